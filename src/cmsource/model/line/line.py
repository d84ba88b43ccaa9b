"""A line of messages in steady state: a week that ends with the chances with which it began.

Each day goes in one of a few ways, by who of each source is there; each way is followed from piece
to piece, and the chances at midnight are the mean of all of them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from math import ceil, exp, log2
from typing import NamedTuple

from cmsource.model.line.levels import Chances, Flow, Levels
from cmsource.model.line.week_plan import Day, Piece, Way
from cmsource.values.week import DAY, WEEK

PATIENCE = 2.0 * WEEK
"""Minutes after which a message that nobody has taken is given up."""

_STEP = 60.0  # minutes of the first step into a piece, at most
_STEPS = 4  # of a piece, at most
_ENOUGH = 0.01  # a change of the line from week to week, as a part of it, that ends the search
_MOST_WEEKS = 12
_ALIKE = 0.01  # a difference of the line, as a part of it, that does not count
_RARE = -7.0  # the logarithm of the chance of a line so long that it lasts
_OUTCOMES = 5  # different amounts of what can be answered later that are told apart
_NEVER = 1e-8
_GRIDS = (0.25, 1.0, 5.0, 15.0, 60.0)  # minutes that a time is rounded to
_PART = 120  # of the time that a message may wait, that a rounding is at most
_FLAT = -700.0  # an exponent that is as good as minus infinity


class Stay(NamedTuple):
    """One piece of one way of a day, with the chances at some minutes of it.

    Attributes:
        day: of the week, from 0.
        way: of that day, as an index.
        place: of the piece in the day.
        piece: the piece.
        chance: how often the day goes this way.
        people: who are there in it.
        flow: what comes in it.
        minutes: of the week, from the start of the piece to its end.
        line: the chances at each of them.
    """

    day: int
    way: int
    place: int
    piece: Piece
    chance: float
    people: float
    flow: Flow
    minutes: Sequence[float]
    line: Sequence[Chances]

    def mean(self, values: Sequence[float]) -> float:
        """The mean over the piece of something that is known at each of the minutes."""
        total = 0.0
        for (start, end), (first, last) in zip(
            pairwise(self.minutes), pairwise(values), strict=True
        ):
            total += (end - start) * (first + last)
        return total / 2 / self.piece.length

    def at(self, minute: float) -> Chances:
        """The chances at a minute of it: of the two that are known about it, in proportion."""
        for (start, end), (before, after) in zip(
            pairwise(self.minutes), pairwise(self.line), strict=True
        ):
            if minute <= end:
                part = (minute - start) / (end - start)
                size = max(len(before), len(after))
                padded = [(*each, *[0.0] * (size - len(each))) for each in (before, after)]
                return [(1 - part) * a + part * b for a, b in zip(*padded, strict=True)]
        return self.line[-1]

    def by_hour(self, values: Sequence[float]) -> Iterator[tuple[int, float, float]]:
        """Hours of the week, the minutes of the stay in each, and the mean of something then."""
        for (start, end), (first, last) in zip(
            pairwise(self.minutes), pairwise(values), strict=True
        ):
            at = start
            while at < end:
                until = min(end, (at // 60 + 1) * 60)
                middle = ((at + until) / 2 - start) / (end - start)
                yield int(at // 60), until - at, first + middle * (last - first)
                at = until


class Ahead(NamedTuple):
    """What can be answered from some moment until another.

    Attributes:
        chance: how often it is so much.
        turns: answers that can be finished, on average.
        first: how many people there are when the first of them come.
    """

    chance: float
    turns: float
    first: float


class Line:
    """A line of messages and the people who take them.

    Args:
        days: the week.
        flows: what comes a minute, by day, way and piece.
        service: minutes of an answer.

    Attributes:
        days: the same.
        flows: the same.
        service: the same.
        weekly: messages that come in a week, if everybody is busy in all of it.
        levels: how many may wait.
    """

    def __init__(
        self, days: Sequence[Day], flows: Sequence[Sequence[Sequence[Flow]]], service: float
    ) -> None:
        self.days = days
        self.flows = flows
        self.service = service
        self.weekly = sum(self._arrivals)
        most = max([max(way.there) for day in days for way in day.ways])
        self._turns = [[self._turned(day, way) for way in day.ways] for day in days]
        self._ample = self._steepness * self.weekly < _RARE
        self.levels = Levels(most, 2 * self.weekly, service, self.weekly, fine=not self._ample)
        self._coming: dict[tuple[int, float], tuple[Ahead, ...]] = {}

    @cached_property
    def _arrivals(self) -> list[float]:
        """Messages of each day."""
        return [
            sum(
                [
                    way.chance * piece.length * flow.long
                    for way, row in zip(day.ways, rows, strict=True)
                    for piece, flow in zip(day.pieces, row, strict=True)
                ]
            )
            for day, rows in zip(self.days, self.flows, strict=True)
        ]

    def _turned(self, day: Day, way: Way) -> list[float]:
        """Answers that can be finished by the start of each piece of a day, and by its end."""
        turns = [0.0]
        for piece, people in zip(day.pieces, way.there, strict=True):
            turns.append(turns[-1] + people * piece.length / self.service)
        return turns

    @cached_property
    def capacity(self) -> float:
        """Answers that all who come in a week can finish, on average."""
        return sum([self._capacity_of(day) for day in range(7)])

    def _capacity_of(self, day: int) -> float:
        ways = zip(self.days[day].ways, self._turns[day], strict=True)
        return sum([way.chance * turns[-1] for way, turns in ways])

    @cached_property
    def _steepness(self) -> float:
        """How fast long lines grow rarer: the line of whole weeks is a walk that goes up and down.

        One with drift −v and variance σ² a week, which never goes below nothing, is above x with a
        chance of exp(−2vx/σ²).
        """
        noise = self.weekly + min(self.weekly, self.capacity)
        for day, each in enumerate(self._turns):
            mean = self._capacity_of(day)
            ways = zip(self.days[day].ways, each, strict=True)
            noise += sum([way.chance * (turns[-1] - mean) ** 2 for way, turns in ways])
        return -2 * (self.capacity - self.weekly) / noise

    # The steady state.

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """A week in steady state."""
        week = [number % 7 for number in range(self._quiet, self._quiet + 7)]
        now = self._guess()
        if self._ample:
            # What a week brings is gone before long: no line lasts from one to the next.
            now = self._week(week[-2:], now)[1]
        else:
            for _ in range(_MOST_WEEKS):
                before = now
                now = self._week(week, now)[1]
                if self.levels.apart(before, now) < _ENOUGH:
                    break
        return tuple(self._week(week, now)[0])

    def _week(self, days: Sequence[int], now: Chances) -> tuple[list[Stay], Chances]:
        """Follow some days; gives their stays, and the chances at the end.

        Days that are alike and begin alike go alike: one of them is followed for all.
        """
        stays: list[Stay] = []
        known: dict[int, tuple[Chances, list[Stay], Chances]] = {}
        for number in days:
            kind = self._kinds[number]
            found = known.get(kind)
            if found is None or self.levels.apart(found[0], now) > _ALIKE:
                found = known[kind] = (now, *self._day(number, now))
            stays += [self._moved(stay, number) for stay in found[1]]
            now = found[2]
        return stays, now

    def _moved(self, stay: Stay, day: int) -> Stay:
        """A stay on another day that goes alike."""
        if stay.day == day:
            return stay
        later = (day - stay.day) * DAY
        minutes = [minute + later for minute in stay.minutes]
        return stay._replace(day=day, piece=self.days[day].pieces[stay.place], minutes=minutes)

    @cached_property
    def _kinds(self) -> list[int]:
        """For each day, the first that is like it."""
        seen: dict[object, int] = {}
        kinds = []
        for number, (day, flows) in enumerate(zip(self.days, self.flows, strict=True)):
            lengths = tuple([piece.length for piece in day.pieces])
            likeness = (lengths, day.ways, tuple(map(tuple, flows)))
            kinds.append(seen.setdefault(likeness, number))
        return kinds

    @cached_property
    def _quiet(self) -> int:
        """The day before which the line is shortest, so that a guess of it is best."""
        best, level, least = 0, 0.0, 0.0
        for day in range(7):
            level += self._arrivals[day] - self._capacity_of(day)
            if level < least:
                best, least = day + 1, level
        return best % 7

    def _guess(self) -> Chances:
        """The line of whole weeks, as a walk."""
        steep = self._steepness
        levels = self.levels.messages
        top = levels[-1] if steep > 0 else 0.0
        density = [exp(max(_FLAT, steep * (level - top))) for level in levels]
        edges = [0.0, *[(a + b) / 2 for a, b in pairwise(levels)], levels[-1]]
        chances = [d * (b - a) for d, (a, b) in zip(density, pairwise(edges), strict=True)]
        return _mixed([(1.0, chances)])

    def _day(self, number: int, now: Chances) -> tuple[list[Stay], Chances]:
        """Follow a day in all its ways; gives its stays, and the chances at its end."""
        day, rows = self.days[number], self.flows[number]
        stays: list[Stay] = []
        ended: list[tuple[float, Chances]] = []
        # Ways that have gone alike so far have come to the same line.
        known: dict[tuple[tuple[Flow, float], ...], tuple[list[float], list[Chances]]] = {}
        for index, (way, row) in enumerate(zip(day.ways, rows, strict=True)):
            line = now
            course = tuple(zip(row, way.there, strict=True))
            for place, piece in enumerate(day.pieces):
                so_far = course[: place + 1]
                found = known.get(so_far)
                flow, people = so_far[-1]
                if found is None:
                    found = known[so_far] = self._piece(piece, flow, people, line)
                stays.append(Stay(number, index, place, piece, way.chance, people, flow, *found))
                line = found[1][-1]
            ended.append((way.chance, line))
        return stays, _mixed(ended)

    def _piece(
        self, piece: Piece, flow: Flow, people: float, line: Chances
    ) -> tuple[list[float], list[Chances]]:
        at = piece.start
        minutes, found = [at], [line]
        for step in _steps(piece.length):
            line = self.levels.after(line, flow, people, step)
            at += step
            minutes.append(at)
            found.append(line)
        return minutes, found

    @cached_property
    def answered(self) -> float:
        """Share of its messages that are ever answered."""
        gone = 1.0  # the chance that nobody comes in two weeks
        for day in self.days:
            gone *= sum([way.chance for way in day.ways if not any(way.there)]) ** 2
        if self._steepness < 0 and exp(max(_FLAT, self._steepness * 2 * self.weekly)) < _NEVER:
            return 1 - gone
        levels = self.levels
        if not any(levels.overflow(line) for stay in self.stays for line in stay.line):
            return 1 - gone
        # Given up is what comes while the line is as long as it can be; but not what people have
        # time for, which tells more of lines that are always long.
        lost, left = 0.0, self.weekly
        for stay in self.stays:
            there = [levels.waiting(line, 0.0) for line in stay.line]
            come = stay.flow.long * stay.piece.length
            if stay.people > 0:
                full = stay.mean([levels.overflow(line) for line in stay.line])
                lost += stay.chance * full * come
                waits = [levels.waiting(line, stay.people) for line in stay.line]
                busy = stay.mean([a - b for a, b in zip(there, waits, strict=True)])
                left -= stay.chance * busy * stay.piece.length / self.service
            else:
                lost += stay.chance * max(0.0, come - (there[-1] - there[0]))
        lost = max(0.0, min(lost, left))
        return (1 - lost / self.weekly) * (1 - gone)

    def taken_later(self) -> Iterator[tuple[Stay, float]]:
        """Where somebody is there, how many messages are taken that had to wait.

        They are those that the line in front of the people loses, besides those that join it.
        """
        levels = self.levels
        night = self._left_over
        before = 0.0
        for stay in self.stays:
            people = stay.people
            start, *_, end = [levels.waiting(each, people) for each in stay.line]
            if stay.place == 0:
                before = night[stay.day]
            if people > 0:
                free = stay.mean([levels.free(each, people) for each in stay.line])
                joined = stay.flow.waiting * stay.piece.length * (1 - free)
                yield (
                    stay,
                    stay.chance * (max(0.0, before - start) + max(0.0, joined + start - end)),
                )
            before = end

    @cached_property
    def _left_over(self) -> list[float]:
        """Messages that wait in front of the people at the start of each day, on average."""
        levels = self.levels
        found = [0.0] * 7
        for stay in self.stays:
            if stay.place == len(self.days[stay.day].pieces) - 1:
                last = stay.line[-1]
                found[(stay.day + 1) % 7] += stay.chance * levels.waiting(last, stay.people)
        return found

    # What becomes of a message.

    def taken_within(
        self, stay: Stay, minute: float, chances: Sequence[float], within: float
    ) -> float:
        """The chance that a message of one minute of a stay is taken within some time.

        Args:
            stay: in which it comes.
            minute: of the week.
            chances: of how many are before it.
            within: minutes.
        """
        taken = 0.0
        for chance, turns, first in self._ahead(stay, minute, within):
            if first > 0:
                taken += chance * (1 - self.levels.late(chances, turns, first))
        return taken

    def _ahead(self, stay: Stay, minute: float, within: float) -> Sequence[Ahead]:
        """What can be answered from a minute of a stay on, within some time."""
        day, index, place, piece, _, people = stay[:6]
        turns = self._turns[day][index]
        now = turns[place] + people * (minute - piece.start) / self.service
        end = minute + within
        if people > 0 and end <= piece.end:
            return (Ahead(1.0, people * within / self.service, people),)
        last = (day + 1) * DAY
        done, first = turns[-1] - now, people
        if end <= last:
            done = self._until(day, index, end)[0] - now
        if first <= 0 < done:
            first = next(n for n in self.days[day].ways[index].there[place:] if n > 0)
        if end <= last:
            return (Ahead(1.0, done, first),)
        later = self._from_midnight((day + 1) % 7, _rounded(end - last, within))
        return [Ahead(chance, done + more, first or other) for chance, more, other in later]

    def _until(self, day: int, way: int, minute: float) -> tuple[float, float]:
        """Answers that can be finished on a day by a minute, and who are the first to come."""
        place = bisect_left(self._starts[day], minute) - 1
        if place < 0:
            return 0.0, 0.0
        there = self.days[day].ways[way].there
        turns = self._turns[day][way]
        length = minute - self._starts[day][place]
        done = turns[place] + min(
            there[place] * length / self.service, turns[place + 1] - turns[place]
        )
        first, people = self._firsts[day][way]
        return done, people if first <= place else 0.0

    @cached_property
    def _starts(self) -> list[list[float]]:
        return [[piece.start for piece in day.pieces] for day in self.days]

    @cached_property
    def _firsts(self) -> list[list[tuple[int, float]]]:
        """In which piece of each way of a day the first people come, and how many."""
        return [
            [
                next(((i, n) for i, n in enumerate(way.there) if n > 0), (len(way.there), 0.0))
                for way in day.ways
            ]
            for day in self.days
        ]

    def _from_midnight(self, day: int, within: float) -> tuple[Ahead, ...]:
        """What can be answered from the start of a day on, within some time."""
        key = day, within
        found = self._coming.get(key)
        if found is None:
            whole = int(within // DAY)
            last, rest = (day + whole) % 7, within - whole * DAY
            found = self._whole_days(day, whole)
            if rest > 0:
                found = self._with_day(found, last, last * DAY + rest)
            self._coming[key] = found
        return found

    def _whole_days(self, day: int, number: int) -> tuple[Ahead, ...]:
        """What can be answered in so many whole days from the start of a day on."""
        found = self._coming.get((day, number * DAY))
        if found is None:
            found = (Ahead(1.0, 0.0, 0.0),)
            if number > 0:
                last = (day + number - 1) % 7
                before = self._whole_days(day, number - 1)
                found = self._with_day(before, last, (last + 1) * DAY)
            self._coming[day, number * DAY] = found
        return found

    def _with_day(self, before: Sequence[Ahead], day: int, minute: float) -> tuple[Ahead, ...]:
        """What can be answered in some time and then on one more day, until a minute."""
        ways = [
            (way.chance, *self._until(day, index, minute))
            for index, way in enumerate(self.days[day].ways)
        ]
        return _joined(
            [
                Ahead(chance * often, turns + more, first or other)
                for chance, turns, first in before
                for often, more, other in ways
            ]
        )

    def people(self, stay: Stay) -> list[float]:
        """How many of each source are there in a stay."""
        people = self.days[stay.day].ways[stay.way].people
        return [n if i in stay.piece.on else 0.0 for i, n in enumerate(people)]

    def next_people(self, stay: Stay) -> Sequence[float]:
        """How many of each source are the next to come after a stay in which nobody is there."""
        day = self.days[stay.day]
        way = day.ways[stay.way]
        for piece, people in zip(day.pieces[stay.place :], way.there[stay.place :], strict=True):
            if people > 0:
                return [n if i in piece.on else 0.0 for i, n in enumerate(way.people)]
        return self._first_of[(stay.day + 1) % 7]

    @cached_property
    def _first_of(self) -> list[list[float]]:
        """How many of each source are the first to come from the start of each day on."""
        size = len(self.days[0].ways[0].people)
        found = [[0.0] * size for _ in range(7)]
        for number in [*range(6, -1, -1)] * 2:
            day = self.days[number]
            mean = [0.0] * size
            for way in day.ways:
                first = next((p for p, n in zip(day.pieces, way.there, strict=True) if n > 0), None)
                later = found[(number + 1) % 7]
                for i, people in enumerate(way.people):
                    here = later[i] if first is None else people if i in first.on else 0.0
                    mean[i] += way.chance * here
            found[number] = mean
        return found


def _steps(minutes: float) -> list[float]:
    """Steps through a time, each twice as long as the one before: most happens at the start."""
    number = max(1, min(_STEPS, ceil(log2(minutes / _STEP + 1))))
    first = minutes / (2**number - 1)
    return [first * 2**step for step in range(number)]


def _mixed(ended: list[tuple[float, Chances]]) -> Chances:
    """The mean of chances, with a sum of 1."""
    mixed = [0.0] * max([len(line) for _, line in ended])
    for chance, line in ended:
        part = chance / sum(line)
        mixed[: len(line)] = [a + part * b for a, b in zip(mixed, line, strict=False)]
    return mixed


def _rounded(minutes: float, within: float) -> float:
    """A time that matters less exactly the longer a message may wait, so that many are the same."""
    grid = next(step for step in _GRIDS if step * _PART >= min(within, _GRIDS[-1] * _PART))
    return round(grid * round(minutes / grid), 6)


def _joined(outcomes: Sequence[Ahead]) -> tuple[Ahead, ...]:
    """A few outcomes with the same mean: without anybody, and the others by how much it is."""
    alike: dict[tuple[float, float], float] = {}
    for chance, turns, first in outcomes:
        key = round(turns, 6), first
        alike[key] = alike.get(key, 0.0) + chance
    found = [Ahead(chance, turns, first) for (turns, first), chance in sorted(alike.items())]
    fixed = 1 if found[0].turns <= 0 else 0
    while len(found) > _OUTCOMES:
        _, at = min([(_loss(found[i], found[i + 1]), i) for i in range(fixed, len(found) - 1)])
        a, b = found[at : at + 2]
        chance = a.chance + b.chance
        turns = (a.chance * a.turns + b.chance * b.turns) / chance
        first = (a.chance * a.first + b.chance * b.first) / chance
        found[at : at + 2] = [Ahead(chance, turns, first)]
    return tuple(found)


def _loss(first: Ahead, second: Ahead) -> float:
    """How much is lost when two outcomes are joined."""
    apart = second.turns - first.turns
    return apart * apart * first.chance * second.chance / (first.chance + second.chance)
