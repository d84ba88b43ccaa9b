"""What the line of one type of messages has to know of the others that its takers take.

Whoever takes several types takes the oldest message. What a taker of a type takes of other types is
one of two things to its line. As far as he takes messages of the type that came at the same time,
all of them wait for him together: that part of the others joins the line when they come. As far as
he does not, because somebody else is sooner at them, he is held up by a longer line: the time that
the rest of the others take is lost to this one.
"""

from collections.abc import Sequence
from functools import cached_property
from math import exp, log
from operator import mul
from typing import NamedTuple

from cmsource.model.line.levels import Flow
from cmsource.model.line.tide import Came, Tide
from cmsource.model.line.week_plan import Day, Way, WeekPlan

_TOLD = 20  # numbers that are told apart, within a factor of e
_NOBODY = 1e-3  # people
_NONE = 1e-12

Taken = list[list[list[float]]]
"""Messages that each source takes, by day and piece."""


class Served(NamedTuple):
    """Messages of a type that each source takes in a week, by day and piece.

    Attributes:
        at_once: of those that come then, those that nobody let wait.
        later: of those that have waited.
    """

    at_once: Taken
    later: Taken


class Spread(NamedTuple):
    """Who takes the messages of a type.

    Attributes:
        first: who takes one that is taken at once, by chance; by day, way and piece.
        next: who takes one that comes then and has to wait.
        served: how many each source takes.
        came: how many of those that come in a piece each source takes, a minute.
        ever: the share that is ever answered where more comes than there is time for; else None.
    """

    first: list[Taken]
    next: list[Taken]
    served: Served
    came: Taken
    ever: float | None


class Sharing:
    """Types of messages that the same sources take some of.

    Args:
        tide: what waits of them on average.
    """

    def __init__(self, tide: Tide) -> None:
        self.tide = tide
        self.types = tide.types
        self.days = tide.days
        self.size = tide.size
        self._ways = [
            {way.crews[0].people: number for number, way in enumerate(day.ways)}
            for day in tide.days
        ]

    def line(self, number: int, plan: WeekPlan) -> tuple[WeekPlan, list[list[list[Flow]]]]:
        """The week of a type's line, less the people who are held up, and what comes to it.

        Args:
            number: of the type.
            plan: its week.
        """
        joined, lost = self._company[number]
        stay = self._stay(number)
        days: list[Day] = []
        rounded: list[list[list[Flow]]] = []
        exact = about = 0.0
        for d, day in enumerate(plan.days):
            ways, rows = [], []
            for way in day.ways:
                mix = self._mix(d, way)
                gone = _mean([(c, lost[d][w]) for c, w in mix])
                there = [
                    _left(people, part) if part else people
                    for people, part in zip(way.there, gone, strict=True)
                ]
                ways.append(way._replace(there=tuple(there)))
                more = _mean([(c, joined[d][w]) for c, w in mix])
                row = []
                for own, others, piece in zip(
                    self.tide.coming[number][d], more, day.pieces, strict=True
                ):
                    flow = own + others / piece.length
                    near = _rounded(flow)
                    part = (own + stay * others / piece.length) / flow if flow > 0 else 0.0
                    row.append(Flow(near, near * part))
                    exact += way.chance * piece.length * flow
                    about += way.chance * piece.length * near
                rows.append(row)
            days.append(day._replace(ways=tuple(ways)))
            rounded.append(rows)
        scale = exact / about  # so that as much comes in a week
        flows = [
            [[Flow(scale * come, scale * long) for come, long in row] for row in rows]
            for rows in rounded
        ]
        seen: dict[object, int] = {}
        alike = [
            seen.setdefault((same, day.ways), d)
            for d, (same, day) in enumerate(zip(plan.alike, days, strict=True))
        ]
        return WeekPlan(tuple(days), tuple(alike)), flows

    def spread(self, number: int, plan: WeekPlan) -> Spread:
        """Who takes a type's messages.

        Args:
            number: of the type.
            plan: its week.
        """
        takers = self.types[number].takers
        firsts: list[Taken] = []
        nexts: list[Taken] = []
        at_onces: Taken = []
        laters: Taken = []
        came: Taken = []
        for d, day in enumerate(plan.days):
            places = range(len(day.pieces))
            first: Taken = []
            then: Taken = []
            sums = [[[0.0] * self.size for _ in places] for _ in range(3)]
            for way in day.ways:
                mix = self._mix(d, way)
                once = [
                    _mean([(c, self.tide.steps[d][w][p].at_once[number]) for c, w in mix])
                    for p in places
                ]
                waited = [
                    _mean([(c, self._later(number, d, w, p)) for c, w in mix]) for p in places
                ]
                usual = [way.people[i] if i in takers else 0.0 for i in range(self.size)]
                first.append([_chances(row, usual) for row in once])
                then.append([_chances(row, usual) for row in waited])
                for p, piece in enumerate(day.pieces):
                    for i, (soon, late) in enumerate(zip(once[p], waited[p], strict=True)):
                        sums[0][p][i] += way.chance * soon
                        sums[2][p][i] += way.chance * (soon + late) / piece.length
            for each, steps in zip(self.days[d].ways, self.tide.steps[d], strict=True):
                for row, step in zip(sums[1], steps, strict=True):
                    for (kind, i, _, _), many in step.later.items():
                        if kind == number:
                            row[i] += each.chance * many
            firsts.append(first)
            nexts.append(then)
            at_onces.append(sums[0])
            laters.append(sums[1])
            came.append(sums[2])
        ever = None
        if number in self.tide.full:
            taken = sum([sum(row) for rows in (*at_onces, *laters) for row in rows])
            ever = min(1.0, taken / self.tide.weekly(number))
        return Spread(firsts, nexts, Served(at_onces, laters), came, ever)

    def _mix(self, day: int, way: Way) -> list[tuple[float, int]]:
        """The ways of the tide's day that are one of a line's, with their chances."""
        return [(crew.chance, self._ways[day][crew.people]) for crew in way.crews]

    def _part(self, kind: int, day: int, way: int, place: int) -> float:
        """How many of a type are left over from a way of a day, for one on average."""
        left = self.tide.steps[day][way][place].left[kind]
        mean = sum(
            [
                each.chance * steps[place].left[kind]
                for each, steps in zip(self.days[day].ways, self.tide.steps[day], strict=True)
            ]
        )
        return left / mean if mean > _NONE else 0.0

    def _later(self, kind: int, day: int, way: int, place: int) -> list[float]:
        """Who takes the messages of a type that come then and have to wait."""
        same = self._same.get((kind, day, way, place))
        other = self._after.get((kind, day, place))
        if other is None:
            return same or [0.0] * self.size
        part = self._part(kind, day, way, place)
        return [a + part * b for a, b in zip(same or [0.0] * self.size, other, strict=True)]

    @cached_property
    def _same(self) -> dict[tuple[int, int, int, int], list[float]]:
        """Who takes those who wait on the day on which they came: by type, day, way and piece."""
        found: dict[tuple[int, int, int, int], list[float]] = {}
        for d, ways in enumerate(self.tide.steps):
            for w, steps in enumerate(ways):
                for step in steps:
                    for (kind, i, came, today), many in step.later.items():
                        if today:
                            key = kind, d, w, came.place
                            found.setdefault(key, [0.0] * self.size)[i] += many
        return found

    @cached_property
    def _after(self) -> dict[tuple[int, int, int], list[float]]:
        """Who takes them on other days, by type, day and piece in which they came."""
        found: dict[tuple[int, int, int], list[float]] = {}
        for day, ways in zip(self.days, self.tide.steps, strict=True):
            for way, steps in zip(day.ways, ways, strict=True):
                for step in steps:
                    for (kind, i, came, today), many in step.later.items():
                        if not today:
                            key = kind, *came
                            found.setdefault(key, [0.0] * self.size)[i] += way.chance * many
        return found

    @cached_property
    def _with(self) -> dict[tuple[int, Came], list[float]]:
        """How far each source is with those of a type that came together and wait, from 0 to 1."""
        sums: dict[tuple[int, Came], list[float]] = {}
        for (kind, day, way, place), row in self._same.items():
            into = sums.setdefault((kind, Came(day, place)), [0.0] * self.size)
            chance = self.days[day].ways[way].chance
            for i, many in enumerate(row):
                into[i] += chance * many
        for (kind, day, place), row in self._after.items():
            into = sums.setdefault((kind, Came(day, place)), [0.0] * self.size)
            for i, many in enumerate(row):
                into[i] += many
        for row in sums.values():
            total = sum(row)
            row[:] = [many / total if total > 0 else 0.0 for many in row]
        return sums

    def _stay(self, number: int) -> float:
        """The part of what joins a type's line that joins it also while it is long.

        That is what others may not take, or have no time for.
        """
        takers = {*self.types[number].takers}
        joined = free = 0.0
        others: set[int] = set()
        for kind, each in enumerate(self.types):
            if kind != number and takers & {*each.takers}:
                taken = sum([self._taken[kind][i] for i in takers])
                joined += taken
                if {*each.takers} - takers:
                    free += taken
                    others |= {*each.takers} - takers
        if joined <= 0:
            return 1.0
        spare = sum([self._spare(i) for i in others])
        return 1 - max(0.0, min(free, spare)) / joined

    def _spare(self, source: int) -> float:
        """Answers a week that a source has time for, besides what it takes."""
        minutes = sum(
            [
                way.chance * way.crews[0].people[source] * piece.length
                for day in self.days
                for way in day.ways
                for piece in day.pieces
                if source in piece.on
            ]
        )
        taken = sum([each[source] for each in self._taken])
        return max(0.0, minutes / self.tide.service - taken)

    @cached_property
    def _taken(self) -> list[list[float]]:
        """How many messages a week each source takes, by type."""
        found = [[0.0] * self.size for _ in self.types]
        for day, ways in zip(self.days, self.tide.steps, strict=True):
            for way, steps in zip(day.ways, ways, strict=True):
                for step in steps:
                    for kind, row in enumerate(step.at_once):
                        for i, many in enumerate(row):
                            found[kind][i] += way.chance * many
                    for (kind, i, _, _), many in step.later.items():
                        found[kind][i] += way.chance * many
        return found

    @cached_property
    def _company(self) -> list[tuple["_ByWay", "_ByWay"]]:
        """For each type by day, way and piece: what joins its line, and the people lost to it."""
        found = [(self._nothing(), self._nothing()) for _ in self.types]
        others = [
            [
                [n for n, each in enumerate(self.types) if n != kind and i in each.takers]
                for i in range(self.size)
            ]
            for kind in range(len(self.types))
        ]
        after: dict[tuple[int, int, Came], float] = {}
        nobody = [0.0] * self.size
        for d, (day, ways) in enumerate(zip(self.days, self.tide.steps, strict=True)):
            for w, (way, steps) in enumerate(zip(day.ways, ways, strict=True)):
                for p, (piece, step) in enumerate(zip(day.pieces, steps, strict=True)):
                    for kind, row in enumerate(step.at_once):
                        for i, many in enumerate(row):
                            for own in others[kind][i] if many > 0 else ():
                                found[own][0][d][w][p] += many
                    for (kind, i, came, today), many in step.later.items():
                        for own in others[kind][i]:
                            part = self._with.get((own, came), nobody)[i]
                            people = (1 - part) * many * self.tide.service / piece.length
                            found[own][1][d][w][p] += people
                            if today:
                                found[own][0][d][w][came.place] += part * many
                            else:
                                key = own, kind, came
                                after[key] = after.get(key, 0.0) + way.chance * part * many
        for (own, kind, (d, p)), many in after.items():
            for w in range(len(self.days[d].ways)):
                found[own][0][d][w][p] += many * self._part(kind, d, w, p)
        return found

    def _nothing(self) -> "_ByWay":
        return [[[0.0] * len(day.pieces) for _ in day.ways] for day in self.days]


_ByWay = list[list[list[float]]]
"""Something by day, way and piece."""


def _mean(rows: Sequence[tuple[float, Sequence[float]]]) -> list[float]:
    """The mean of some rows, each with its chance."""
    if len(rows) == 1:
        return list(rows[0][1])
    chances = [chance for chance, _ in rows]
    columns = zip(*[row for _, row in rows], strict=True)
    return [sum(map(mul, chances, column)) for column in columns]


def _chances(row: Sequence[float], usual: Sequence[float]) -> list[float]:
    """By whom one of some messages is taken; where there are none, by anybody of the usual."""
    for each in (row, usual):
        total = sum(each)
        if total > _NONE:
            return [part / total for part in each]
    return list(usual)


def _left(people: float, lost: float) -> float:
    """People less those who are held up, as exactly as flows."""
    left = people - lost
    return _rounded(left) if left > _NOBODY else 0.0


def _rounded(number: float) -> float:
    """A number to a fortieth of itself, so that days that hardly differ are alike."""
    return exp(round(_TOLD * log(number)) / _TOLD) if number > 0 else 0.0
