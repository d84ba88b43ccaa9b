"""The lines of messages of several types, of which people may take some or all.

Whoever takes several types takes the oldest message. So the people of a line also take messages of
other types, and these join the line: all that they take while somebody of them is free, and, while
messages wait, those that nobody else has time for. How many they take, and when, follows from the
lines of those types, which are worked out as if nobody ever waited, and then from each other: once,
and where many wait twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from math import exp, inf, log
from types import MappingProxyType
from typing import NamedTuple

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.course import Stay
from cmsource.model.line.erlang import blocking
from cmsource.model.line.levels import Flow
from cmsource.model.line.line import RARE, Line
from cmsource.model.line.message_types import MessageType, split_of_a_full_line
from cmsource.model.line.taking import Taking
from cmsource.model.line.week_plan import Watch, WeekPlan, planned_week
from cmsource.values.week import EMPTY, WEEK, Week

_ROUNDS = 2
_BUSY = 0.7  # of people's time, up to which one round is enough as long as
_SHORT = -15.0  # the logarithm of the chance of a line that lasts is no higher
_EVENED = 10  # times that work is handed on from who has no time for it, at most
_LITTLE = 0.005  # of a source's time, by which it may take too much
_TOLD = 20  # flows that are told apart, within a factor of e

_Taken = list[list[list[float]]]
"""Messages that each source takes a minute, by day and piece."""


class Lined:
    """A type of messages and its line.

    Args:
        share: of all messages.
        takers: who may take them and is ever there, as indexes.
        weekly: messages of this type a week.
        line: with all that its people take.
        parts: of each source's time, the part that goes to this type while all types wait.
        inner: where only people are on duty who also take all messages of a type with fewer takers,
            that type, and for how many minutes no others come: so long both wait in one line. By
            day and place of the piece.
        calm: whether no line lasts: then what waits is made of what has come. Of lines that last,
            what is taken is made of as people divide their time.
    """

    def __init__(
        self,
        share: float,
        takers: tuple[int, ...],
        weekly: float,
        line: Line,
        parts: Sequence[float],
        inner: Mapping[tuple[int, int], tuple[int, float]] = MappingProxyType({}),
        *,
        calm: bool = True,
    ) -> None:
        self.share = share
        self.takers = takers
        self.weekly = weekly
        self.line = line
        self.parts = parts
        self.inner = inner
        self.calm = calm
        self._taking = Taking(line, self.part_of)
        self._first: dict[tuple[int, int, int], list[float]] = {}
        self._next: dict[tuple[int, int, int], list[float]] = {}

    def part_of(self, stay: Stay) -> float:
        """The part of those who wait in a stay that is of this type."""
        coming = self.weekly * stay.piece.share
        return min(1.0, coming / stay.flow.waiting) if stay.flow.waiting > 0 else 1.0

    def first(self, stay: Stay) -> list[float]:
        """Who takes a message of a stay that is taken at once, by chance."""
        key = self.line.kinds[stay.day], stay.way, stay.place
        found = self._first.get(key)
        if found is None:
            load = stay.flow.free * self.line.service
            hunted = partial(_hunted, self.takers, load=load)
            found = self._first[key] = self._by_crew(stay, hunted)
        return found

    def next(self, stay: Stay) -> list[float]:
        """Who takes a message that has to wait, by chance: those there, or the next to come."""
        key = self.line.kinds[stay.day] if stay.people > 0 else stay.day, stay.way, stay.place
        found = self._next.get(key)
        if found is None:
            found = self._next[key] = self._by_crew(stay, self._in_turn)
        return found

    def _by_crew(self, stay: Stay, who: Callable[[Sequence[float]], list[float]]) -> list[float]:
        """Who takes a message, over all who may be there."""
        found = [0.0] * len(self.parts)
        for chance, people in self._taking.crews(stay):
            found = [a + chance * b for a, b in zip(found, who(people), strict=True)]
        total = sum(found)
        return [part / total for part in found] if total > 0 else found

    def _in_turn(self, people: Sequence[float]) -> list[float]:
        """Who of some people takes the next message, by the time that goes to this type."""
        parts = [n * part for n, part in zip(people, self.parts, strict=True)]
        total = sum(parts)
        return [part / total for part in parts] if total > 0 else parts

    @cached_property
    def busy(self) -> _Taken:
        """How many each source takes a minute, by day and piece, where all are always busy."""
        service = self.line.service
        return [
            [
                [
                    sum([way.chance * way.people[i] for way in day.ways]) * part / service
                    if i in piece.on and i in self.takers
                    else 0.0
                    for i, part in enumerate(self.parts)
                ]
                for piece in day.pieces
            ]
            for day in self.line.days
        ]

    def taken(self, day: int) -> Iterator[tuple[Stay, float, float]]:
        """How many messages of the type are taken in each stay of a day, at once and later."""
        for taken in self._taking.later(day):
            stay = taken.stay
            late = taken.own if self.calm else taken.messages * self.part_of(stay)
            yield stay, stay.messages * self.weekly * stay.course.free, late


def lines_of(
    team: Sequence[Answerer],
    types: Sequence[MessageType],
    weekly: float,
    service: float,
    profile: str | tuple[float, ...],
    office: Week,
    deadlines: tuple[float, ...],
) -> Sequence[Lined]:
    """The lines of all types of messages that anybody may take.

    Args:
        team: who may answer, in the option's order.
        types: of messages.
        weekly: messages a week.
        service: minutes of an answer.
        profile: when messages come.
        office: office hours.
        deadlines: minutes within which a message may have to be taken.
    """
    able = [
        i
        for i, each in enumerate(team)
        if each.duty and each.depth * (1 - each.absent) > 0 and each.takes > 0
    ]
    # Whoever takes no messages cuts no week: without it all would be the same.
    watches = tuple(
        [
            Watch(each.duty if i in able else EMPTY, each.depth, each.absent)
            for i, each in enumerate(team)
        ]
    )
    kinds = []
    for kind in types:
        takers = tuple([i for i in kind.takers if i in able])
        if takers:
            company = tuple(
                sorted({i for k in types if set(k.takers) & set(takers) for i in k.takers})
            )
            plan = planned_week(watches, takers, company, profile, office, deadlines)
            kinds.append(_Kind(kind.share, takers, weekly * kind.share, plan))
    if len(kinds) <= 1:
        alone = [1.0] * len(team)
        return [Lined(*kind[:3], Line(kind.plan, _own(kind), service), alone) for kind in kinds]
    capacity = [60 * e.depth * (1 - e.absent) * e.duty.hours / service for e in team]
    parts = split_of_a_full_line([MessageType(k.share, k.takers) for k in kinds], capacity)
    taken = _evened(kinds, [_at_once(kind, service, len(team)) for kind in kinds], capacity)
    use = sum([kind.weekly for kind in kinds]) / sum([capacity[i] for i in able])
    found: list[Lined] = []
    for number in range(_ROUNDS):
        if number > 0:
            taken = _evened(kinds, [_takes(lined) for lined in found], capacity)
        needed = _needed(kinds, taken, capacity)
        lines = [
            Line(kind.plan, _joined(n, kinds, taken, needed, service), service)
            for n, kind in enumerate(kinds)
        ]
        rare = max([line.rare for line in lines])
        found = [
            Lined(*kind[:3], line, parts[n], _inner(n, kinds), calm=rare < RARE)
            for n, (kind, line) in enumerate(zip(kinds, lines, strict=True))
        ]
        if use <= _BUSY and rare <= _SHORT:
            break
    return found


class _Kind(NamedTuple):
    """A type of messages that somebody may take.

    Attributes:
        share: of all messages.
        takers: who may take them and is ever there.
        weekly: how many there are a week.
        plan: the week of those.
    """

    share: float
    takers: tuple[int, ...]
    weekly: float
    plan: WeekPlan


def _inner(number: int, kinds: Sequence[_Kind]) -> dict[tuple[int, int], tuple[int, float]]:
    """For pieces in which only takers of another type are on duty, that type, and until when.

    Args:
        number: of a type with more takers.
        kinds: all types.
    """
    own = kinds[number]
    found: dict[tuple[int, int], tuple[int, float]] = {}
    for other, kind in enumerate(kinds):
        if not set(kind.takers) < set(own.takers):
            continue
        more = set(own.takers).difference(kind.takers)
        begins = inf
        for late, day in [(late, day) for late in (WEEK, 0) for day in range(6, -1, -1)]:
            for place in range(len(own.plan.days[day].pieces) - 1, -1, -1):
                piece = own.plan.days[day].pieces[place]
                if more.intersection(piece.on):
                    begins = piece.start + late
                elif not late:
                    alone = begins - (piece.start + piece.end) / 2
                    if alone > found.get((day, place), (0, 0.0))[1]:
                        found[day, place] = other, alone
    return found


def _own(kind: _Kind) -> list[list[list[Flow]]]:
    """What comes of a type, by day, way and piece."""
    return [
        [[Flow(*[kind.weekly * piece.share] * 3) for piece in day.pieces]] * len(day.ways)
        for day in kind.plan.days
    ]


def _joined(
    number: int,
    kinds: Sequence[_Kind],
    taken: Sequence[_Taken],
    needed: Sequence[Sequence[float]],
    service: float,
) -> list[list[list[Flow]]]:
    """What comes to the people of one type, by day, way and piece.

    Args:
        number: of the type.
        kinds: all types.
        taken: of each type, how many each source takes; the same list for days that are alike.
        needed: of each type, the part of it that the people of each type have to take in a week.
        service: minutes of an answer.
    """
    own = kinds[number]
    others = [n for n in range(len(kinds)) if set(kinds[n].takers) & set(own.takers)]
    others.remove(number)
    known: dict[tuple[int, ...], list[list[Flow]]] = {}
    found = []
    for day, (each, alike) in enumerate(zip(*own.plan, strict=True)):
        key = alike, *[id(rows[day]) for rows in taken]
        if key not in known:
            sources = range(len(each.ways[0].people))
            usual = [sum([way.chance * way.people[i] for way in each.ways]) for i in sources]
            known[key] = rows = []
            for way in each.ways:
                there = [way.people[i] / usual[i] if usual[i] else 0.0 for i in sources]
                row = []
                for place, piece in enumerate(each.pieces):
                    free = waiting = long = own.weekly * piece.share
                    by = {
                        n: [a * b for a, b in zip(there, taken[n][day][place], strict=True)]
                        for n in others
                    }
                    for other in others:
                        here = sum(by[other])
                        if not here:
                            continue
                        total = sum(taken[other][day][place])
                        outside = [i for i in kinds[other].takers if i not in own.takers]
                        inside = here - sum([by[other][i] for i in outside])
                        people = sum([way.people[i] for i in outside if i in piece.on])
                        load = total + sum(
                            [by[n][i] for n in others if n != other for i in outside]
                        )
                        must = total * blocking(people, load * service)
                        usually = total * inside / here
                        free += max(must, usually)
                        waiting += must
                        long += usually * needed[other][number]
                    row.append(Flow(_rounded(free), _rounded(waiting), _rounded(long)))
                rows.append(row)
        found.append(known[key])
    return found


def _rounded(flow: float) -> float:
    """A flow to a fortieth of itself, so that days that hardly differ are alike."""
    return exp(round(_TOLD * log(flow)) / _TOLD) if flow > 0 else 0.0


def _needed(
    kinds: Sequence[_Kind], taken: Sequence[_Taken], capacity: Sequence[float]
) -> list[list[float]]:
    """For each type, the part of it that the people of each type take and nobody else has time for.

    Args:
        kinds: all types.
        taken: of each type, how many each source takes.
        capacity: messages a week that each source can answer.
    """
    weekly = _weekly(kinds, taken, len(capacity))
    found = []
    for other, kind in enumerate(kinds):
        parts = []
        for own in kinds:
            inside = sum([weekly[other][i] for i in own.takers])
            spare = 0.0
            for i in kind.takers:
                if i not in own.takers:
                    spare += capacity[i] - sum([w[i] for n, w in enumerate(weekly) if n != other])
            must = max(0.0, kind.weekly - max(0.0, spare))
            parts.append(min(1.0, must / inside) if inside > 0 else 0.0)
        found.append(parts)
    return found


def _weekly(kinds: Sequence[_Kind], taken: Sequence[_Taken], size: int) -> list[list[float]]:
    """Of each type, how many messages each of so many sources takes a week."""
    weekly = []
    for kind, each in zip(kinds, taken, strict=True):
        sums = [0.0] * size
        for day, row in zip(kind.plan.days, each, strict=True):
            for piece, by in zip(day.pieces, row, strict=True):
                sums = [a + piece.length * b for a, b in zip(sums, by, strict=True)]
        weekly.append(sums)
    return weekly


def _evened(
    kinds: Sequence[_Kind], taken: Sequence[_Taken], capacity: Sequence[float]
) -> list[_Taken]:
    """What sources take of each type, within the time that they have in a week."""
    weekly = _weekly(kinds, taken, len(capacity))
    found = []
    for before, after, each in zip(weekly, within_capacity(weekly, capacity), taken, strict=True):
        if before == after:
            found.append(each)
            continue
        scale = [b / a if a else 1.0 for a, b in zip(before, after, strict=True)]
        # Days that are alike stay the same list.
        days = {
            id(rows): [[a * b for a, b in zip(row, scale, strict=True)] for row in rows]
            for rows in each
        }
        found.append([days[id(rows)] for rows in each])
    return found


def within_capacity(
    taken: Sequence[Sequence[float]], capacity: Sequence[float]
) -> list[list[float]]:
    """What sources take of some types, none of them more than it has time for.

    What is too much goes to others who take messages of that type already and have time left, as
    far as they have.

    Args:
        taken: of each type, how many messages each source takes in some time.
        capacity: how many each source can answer in that time.
    """
    found = [list(row) for row in taken]
    for _ in range(_EVENED):
        spare = [most - sum([row[i] for row in found]) for i, most in enumerate(capacity)]
        over = [i for i, left in enumerate(spare) if left < -_LITTLE * capacity[i]]
        if not over:
            break
        for i in over:
            rooms = [
                min(
                    row[i], sum([max(0.0, spare[j]) for j, has in enumerate(row) if has and j != i])
                )
                for row in found
            ]
            most = sum(rooms)
            if not most:
                continue
            moved = min(1.0, -spare[i] / most)
            for row, room in zip(found, rooms, strict=True):
                part = moved * room
                others = [
                    max(0.0, s) if has and j != i else 0.0
                    for j, (has, s) in enumerate(zip(row, spare, strict=True))
                ]
                total = sum(others)
                if part and total:
                    row[i] -= part
                    for j, other in enumerate(others):
                        row[j] += part * other / total
    return found


def _takes(lined: Lined) -> _Taken:
    """How many messages of a type each source takes a minute, by day and piece."""
    if lined.line.full:
        return lined.busy
    found: _Taken = []
    for day, alike in enumerate(lined.line.alike):
        if alike < day:
            found.append(found[alike])
            continue
        rows = [[0.0] * len(lined.parts) for _ in lined.line.days[day].pieces]
        for stay, at_once, later in lined.taken(day):
            soon, late = at_once / stay.piece.length, later / stay.piece.length
            rows[stay.place] = [
                already + soon * first + late * then
                for already, first, then in zip(
                    rows[stay.place], lined.first(stay), lined.next(stay), strict=True
                )
            ]
        found.append(rows)
    return found


def _at_once(kind: _Kind, service: float, size: int) -> _Taken:
    """How many messages of a type each source takes a minute as long as nobody has to wait."""
    found: _Taken = []
    for number, (day, alike) in enumerate(zip(*kind.plan, strict=True)):
        if alike < number:
            found.append(found[alike])
            continue
        row = []
        for place, piece in enumerate(day.pieces):
            coming = kind.weekly * piece.share
            by = [0.0] * size
            for way in day.ways:
                if way.there[place] > 0:
                    here = [n if i in piece.on else 0.0 for i, n in enumerate(way.people)]
                    hunted = _hunted(kind.takers, here, coming * service)
                    by = [a + way.chance * coming * b for a, b in zip(by, hunted, strict=True)]
            row.append(by)
        found.append(row)
    return found


def _hunted(takers: Sequence[int], people: Sequence[float], load: float) -> list[float]:
    """Who takes a message that is taken at once: the first in order who is free, by chance.

    Of those who are there, the first n answer what Erlang's loss formula lets n people answer.

    Args:
        takers: who may take it, in order.
        people: how many of each source are there.
        load: erlangs.
    """
    found = [0.0] * len(people)
    total = 0.0
    before = 1.0
    for i in takers:
        if people[i] > 0:
            total += people[i]
            after = blocking(total, load)
            found[i] = before - after
            before = after
    taken = 1.0 - before
    return [part / taken for part in found] if taken > 0 else found
