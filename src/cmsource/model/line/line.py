"""A line of messages in steady state: a week that ends with the chances with which it began.

Each day goes in one of a few ways, by who of each source is there; each way is followed from piece
to piece, and the chances at midnight are the mean of all of them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise, zip_longest
from math import ceil, exp, log2, sqrt
from typing import NamedTuple

from cmsource.model.line.levels import Chances, Flow, Levels, apart
from cmsource.model.line.week_plan import Day, Piece, Way, WeekPlan
from cmsource.values.week import DAY, WEEK

PATIENCE = 2.0 * WEEK
"""Minutes after which a message that nobody has taken is given up."""

_STEP = 60.0  # minutes of the first step into a piece, at most
_STEPS = 3  # of a piece, at most
_ENOUGH = 0.003  # the same from week to week, which ends the search
_CLOSE = 0.001  # the same where long lines carry it on from day to day
_MOST_WEEKS = 12
_ALIKE = 0.01  # a difference of a chance that does not count
_RARE = -7.0  # the logarithm of the chance of a line so long that it lasts
_OUTCOMES = 3  # different amounts of what can be answered later that are told apart
_NEVER = 1e-8
_SHORT, _LONG = 60.0, 120.0  # minutes, above which a piece is looked at twice and three times
_FLAT = -700.0  # an exponent that is as good as minus infinity


_GAUSS = {
    1: ((0.5, 1.0),),
    2: ((0.5 - sqrt(1 / 12), 0.5), (0.5 + sqrt(1 / 12), 0.5)),
    3: ((0.5 - sqrt(0.15), 5 / 18), (0.5, 8 / 18), (0.5 + sqrt(0.15), 5 / 18)),
}
"""Points at which a function is worth knowing for its integral from 0 to 1, with their weights."""


class Course:
    """How the line goes in one piece of a way of a day.

    Args:
        levels: how many may wait.
        people: who are there.
        flow: what comes.
        minutes: from the start of the piece to its end.
        line: the chances at each of them.
    """

    def __init__(
        self,
        levels: Levels,
        people: float,
        flow: Flow,
        minutes: Sequence[float],
        line: Sequence[Chances],
    ) -> None:
        self.levels = levels
        self.people = people
        self.flow = flow
        self.minutes = minutes
        self.line = line

    def mean(self, values: Sequence[float]) -> float:
        """The mean over the piece of something that is known at each of the minutes."""
        total = 0.0
        start, *ends = self.minutes
        first, *others = values
        for end, last in zip(ends, others, strict=True):
            total += (end - start) * (first + last)
            start, first = end, last
        return total / 2 / start

    @cached_property
    def samples(self) -> list[tuple[float, float, Chances]]:
        """Minutes that stand for the piece, with their weights and the chances then."""
        length = self.minutes[-1]
        number = 1 + (length > _SHORT) + (length > _LONG)
        return [
            (part * length, weight, _at(self.minutes, self.line, part * length))
            for part, weight in _GAUSS[number]
        ]

    @cached_property
    def free(self) -> float:
        """The chance that somebody is free, on average."""
        if self.people <= 0:
            return 0.0
        return self.mean([self.levels.free(each, self.people) for each in self.line])

    @cached_property
    def waiting(self) -> tuple[float, float]:
        """How many messages wait for somebody at the start and at the end, on average."""
        first, last = self.line[0], self.line[-1]
        waiting = self.levels.waiting
        return waiting(first, self.people), waiting(last, self.people)


class Stay(NamedTuple):
    """One piece of one way of a day.

    Attributes:
        day: of the week, from 0.
        way: of that day, as an index.
        place: of the piece in the day.
        piece: the piece.
        chance: how often the day goes this way.
        course: how the line goes in it.
    """

    day: int
    way: int
    place: int
    piece: Piece
    chance: float
    course: Course

    @property
    def people(self) -> float:
        """Who are there in it."""
        return self.course.people

    @property
    def flow(self) -> Flow:
        """What comes in it."""
        return self.course.flow

    @property
    def minutes(self) -> list[float]:
        """Minutes of the week, from the start of the piece to its end."""
        return [self.piece.start + minute for minute in self.course.minutes]

    @property
    def line(self) -> Sequence[Chances]:
        """The chances at each of these minutes."""
        return self.course.line

    @property
    def messages(self) -> float:
        """The part of a week's messages that come in it."""
        return self.chance * self.piece.share * self.piece.length

    def at(self, minute: float) -> Chances:
        """The chances at a minute of it."""
        return _at(self.course.minutes, self.course.line, minute - self.piece.start)

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


class Run(NamedTuple):
    """One day.

    Attributes:
        begin: the chances at its start.
        courses: how each piece of each way goes.
        end: the chances at its end.
    """

    begin: Chances
    courses: Sequence[Sequence[Course]]
    end: Chances


class Moment(NamedTuple):
    """A minute at which a message may come.

    Attributes:
        stay: in which it is.
        minute: of the week.
        chances: of how many messages are before it.
        done: answers that can be finished on that day by then.
        first: people who are there or the next to come on that day.
    """

    stay: Stay
    minute: float
    chances: Chances
    done: float
    first: float


class Ahead(NamedTuple):
    """What can be answered in some time.

    Attributes:
        chance: how often it is so much.
        turns: answers that can be finished, on average, by some times of it and by its end.
        first: how many people there are when the first of them come; 0 if nobody does.
    """

    chance: float
    turns: Sequence[float]
    first: float


class Line:
    """A line of messages and the people who take them.

    Args:
        plan: the week.
        flows: what comes a minute, by day, way and piece.
        service: minutes of an answer.

    Attributes:
        days: of the plan.
        flows: the same.
        service: the same.
        weekly: messages that come in a week, if everybody is busy in all of it.
        levels: how many may wait.
    """

    def __init__(
        self, plan: WeekPlan, flows: Sequence[Sequence[Sequence[Flow]]], service: float
    ) -> None:
        self._plan = plan
        self.days = days = plan.days
        self.flows = flows
        self.service = service
        self.weekly = sum(self._arrivals)
        most = max([max(way.there) for day in days for way in day.ways])
        self._turns = [[self._turned(day, way) for way in day.ways] for day in days]
        self._ample = self._steepness * self.weekly < _RARE
        self.levels = Levels(most, 2 * self.weekly, service, self.weekly, fine=not self._ample)
        self._coming: dict[tuple[int, int], Sequence[Ahead]] = {}
        self._known: dict[int, list[Run]] = {number: [] for number in range(7)}

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
        return tuple([stay for day in range(7) for stay in self.stays_of(day)])

    def stays_of(self, number: int) -> list[Stay]:
        """A day of it, way by way."""
        day = self.days[number]
        return [
            Stay(number, index, place, piece, way.chance, course)
            for index, (way, courses) in enumerate(
                zip(day.ways, self.runs[number].courses, strict=True)
            )
            for place, (piece, course) in enumerate(zip(day.pieces, courses, strict=True))
        ]

    @cached_property
    def runs(self) -> list[Run]:
        """The days of a week in steady state; days that go alike are the same."""
        week = [number % 7 for number in range(self._quiet, self._quiet + 7)]
        now = self._guess()
        if self._ample:
            # What a week brings is gone before long: no line lasts from one to the next.
            for number in week[-2:]:
                now = self._run(number, now).end
        else:
            for _ in range(_MOST_WEEKS):
                before = now
                for number in week:
                    now = self._run(number, now).end
                if apart(before, now) < _ENOUGH:
                    break
        found = {}
        for number in week:
            found[number] = self._run(number, now)
            now = found[number].end
        return [found[number] for number in range(7)]

    def _run(self, number: int, now: Chances) -> Run:
        """How a day goes: as one that is like it and began alike, if there has been any."""
        known = self._known[self.kinds[number]]
        for run in reversed(known):
            if apart(run.begin, now) <= (_ALIKE if self._ample else _CLOSE):
                return run
        known.append(self._day(number, now))
        return known[-1]

    @cached_property
    def kinds(self) -> list[int]:
        """For each day, the first to which as much comes and on which people are there alike."""
        seen: dict[object, int] = {}
        return [
            seen.setdefault((alike, tuple(map(tuple, rows))), number)
            for number, (alike, rows) in enumerate(zip(self._plan.alike, self.flows, strict=True))
        ]

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

    def _day(self, number: int, now: Chances) -> Run:
        """Follow a day in all its ways."""
        day, rows = self.days[number], self.flows[number]
        runs: list[list[Course]] = []
        ended: list[tuple[float, Chances]] = []
        # Ways that have gone alike so far have come to the same line.
        known: dict[tuple[tuple[Flow, float], ...], list[Course]] = {}
        for way, row in zip(day.ways, rows, strict=True):
            line = now
            courses: list[Course] = []
            there = tuple(zip(row, way.there, strict=True))
            while len(courses) < len(there):
                place = len(courses)
                flow, people = there[place]
                last = place + 1
                while people > 0 and last < len(there) and there[last] == there[place]:
                    last += 1
                found = known.get(there[:last])
                if found is None:
                    lengths = [piece.length for piece in day.pieces[place:last]]
                    found = known[there[:last]] = self._followed(lengths, flow, people, line)
                courses += found
                line = courses[-1].line[-1]
            runs.append(courses)
            ended.append((way.chance, line))
        return Run(now, runs, _mixed(ended))

    def _followed(
        self, lengths: Sequence[float], flow: Flow, people: float, line: Chances
    ) -> list[Course]:
        """Follow pieces in which as much comes to as many people."""
        minutes, lines = [0.0], [line]
        whole = sum(lengths)
        for step in _steps(whole) if people > 0 else [whole]:
            minutes.append(minutes[-1] + step)
            lines.append(self.levels.after(lines[-1], flow, people, step))
        if len(lengths) == 1:
            return [Course(self.levels, people, flow, minutes, lines)]
        found = []
        start = 0.0
        for length in lengths:
            end = start + length
            cut = _at(minutes, lines, end)
            inside = [
                (minute - start, each)
                for minute, each in zip(minutes, lines, strict=True)
                if start < minute < end
            ]
            found.append(
                Course(
                    self.levels,
                    people,
                    flow,
                    [0.0, *[minute for minute, _ in inside], length],
                    [line, *[each for _, each in inside], cut],
                )
            )
            start, line = end, cut
        return found

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
            mean = stay.course.mean
            come = stay.flow.long * stay.piece.length
            if stay.people > 0:
                full = mean([levels.overflow(line) for line in stay.line])
                lost += stay.chance * full * come
                waits = [levels.waiting(line, stay.people) for line in stay.line]
                busy = mean([a - b for a, b in zip(there, waits, strict=True)])
                left -= stay.chance * busy * stay.piece.length / self.service
            else:
                lost += stay.chance * max(0.0, come - (there[-1] - there[0]))
        lost = max(0.0, min(lost, left))
        return (1 - lost / self.weekly) * (1 - gone)

    @cached_property
    def alike(self) -> list[int]:
        """For each day, the first that goes as it does, after a day that goes as the one before."""
        seen: dict[tuple[int, int], int] = {}
        return [
            seen.setdefault((id(self.runs[number]), id(self.runs[number - 1])), number)
            for number in range(7)
        ]

    def taken_later(self, day: int) -> Iterator[tuple[Stay, float]]:
        """Where somebody is there on a day, how many messages are taken that had to wait.

        They are those that the line in front of the people loses, besides those that join it.
        """
        before = 0.0
        for stay in self.stays_of(day):
            start, end = stay.course.waiting
            if stay.place == 0:
                before = self._left_over[day]
            if stay.people > 0:
                joined = stay.flow.waiting * stay.piece.length * (1 - stay.course.free)
                yield (
                    stay,
                    stay.chance * (max(0.0, before - start) + max(0.0, joined + start - end)),
                )
            before = end

    @cached_property
    def _left_over(self) -> list[float]:
        """Messages that wait in front of the people at the start of each day, on average."""
        found = [0.0] * 7
        for number, (day, run) in enumerate(zip(self.days, self.runs, strict=True)):
            for way, courses in zip(day.ways, run.courses, strict=True):
                found[(number + 1) % 7] += way.chance * courses[-1].waiting[-1]
        return found

    # What becomes of a message.

    def outlook(self, day: int, reach: int) -> tuple[int, ...]:
        """How a day goes and what people can answer on so many days after it, as numbers."""
        kinds = self.kinds
        return id(self.runs[day]), *[kinds[(day + n) % 7] for n in range(1, reach + 1)]

    def moment(self, stay: Stay, minute: float, chances: Chances) -> Moment:
        """A minute of a stay, with the chances of how many are before a message that comes then."""
        there = self.days[stay.day].ways[stay.way].there
        done = self._turns[stay.day][stay.way][stay.place]
        done += stay.people * (minute - stay.piece.start) / self.service
        first = next((n for n in there[stay.place :] if n > 0), 0.0)
        return Moment(stay, minute, chances, done, first)

    def moments(self, stay: Stay) -> list[tuple[float, Moment]]:
        """Minutes that stand for a stay, each after its weight."""
        return [
            (weight, self.moment(stay, stay.piece.start + minute, chances))
            for minute, weight, chances in stay.course.samples
        ]

    def taken_within(self, moment: Moment, within: float) -> float:
        """The chance that a message that comes then is taken within so many minutes."""
        stay, minute, chances, done, first = moment
        end = minute + within
        midnight = (stay.day + 1) * DAY
        late = self.levels.late
        turns = self._turns[stay.day][stay.way]
        if end <= midnight:
            place, part = self._place(stay.day, end)
            more = turns[place] + part * (turns[place + 1] - turns[place]) - done
            # Nobody has come yet.
            if more <= 0 and stay.people <= 0:
                return 0.0
            return 1 - late(chances, more, first)
        rest = turns[-1] - done
        whole, left = divmod(end - midnight, DAY)
        day = (stay.day + 1 + int(whole)) % 7
        place, part = self._place(day, day * DAY + left)
        taken = 0.0
        for chance, before, earlier in self._whole_days((stay.day + 1) % 7, int(whole)):
            here = first or earlier
            sure = rest + before[-1]
            for often, then, later in self._ways[day]:
                more = then[place] + part * (then[place + 1] - then[place])
                people = here or (later if more > 0 else 0.0)
                if people > 0:
                    taken += chance * often * (1 - late(chances, sure + more, people))
        return taken

    def _place(self, day: int, minute: float) -> tuple[int, float]:
        """The piece of a day in which a minute is, and the part of it that is over by then."""
        pieces = self.days[day].pieces
        place = max(0, bisect_left(self._starts[day], minute) - 1)
        piece = pieces[place]
        return place, (minute - piece.start) / piece.length

    @cached_property
    def _starts(self) -> list[list[float]]:
        return [[piece.start for piece in day.pieces] for day in self.days]

    @cached_property
    def _ways(self) -> list[list[Ahead]]:
        """What can be answered on each day, by the start of each piece and by the end."""
        found = []
        for day, turned in zip(self.days, self._turns, strict=True):
            ways = [
                Ahead(way.chance, turns, next((n for n in way.there if n > 0), 0.0))
                for way, turns in zip(day.ways, turned, strict=True)
            ]
            found.append(_joined(ways))
        return found

    def _whole_days(self, day: int, number: int) -> Sequence[Ahead]:
        """What can be answered in so many whole days from the start of a day on."""
        found = self._coming.get((day, number))
        if found is None:
            found = [Ahead(1.0, (0.0,), 0.0)]
            if number > 0:
                last = self._ways[(day + number - 1) % 7]
                found = _joined(
                    [
                        Ahead(chance * often, (turns[-1] + more[-1],), first or other)
                        for chance, turns, first in self._whole_days(day, number - 1)
                        for often, more, other in last
                    ]
                )
            self._coming[day, number] = found
        return found

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


def _at(minutes: Sequence[float], line: Sequence[Chances], minute: float) -> Chances:
    """The chances at a minute: of the two that are known about it, in proportion."""
    place = bisect_left(minutes, minute)
    if place == 0:
        return line[0]
    if place == len(minutes):
        return line[-1]
    start, end = minutes[place - 1 : place + 1]
    before, after = line[place - 1 : place + 1]
    part = (minute - start) / (end - start)
    return [(1 - part) * a + part * b for a, b in zip_longest(before, after, fillvalue=0.0)]


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


def _joined(outcomes: Sequence[Ahead]) -> list[Ahead]:
    """A few outcomes with the same mean: without anybody, and the others by how much it is."""
    found = sorted(outcomes, key=lambda outcome: outcome.turns[-1])
    nobody = [each for each in found if each.first <= 0]
    found = found[len(nobody) :]
    if nobody:
        found.insert(0, nobody[0]._replace(chance=sum([each.chance for each in nobody])))
    while len(found) > _OUTCOMES:
        pairs = list(pairwise(found))[bool(nobody) :]
        losses = [_loss(*pair) for pair in pairs]
        at = losses.index(min(losses)) + bool(nobody)
        found[at : at + 2] = [_mean(*found[at : at + 2])]
    return found


def _mean(one: Ahead, other: Ahead) -> Ahead:
    """Two outcomes as one."""
    chance = one.chance + other.chance
    part = other.chance / chance
    turns = [a + part * (b - a) for a, b in zip(one.turns, other.turns, strict=True)]
    return Ahead(chance, turns, round(one.first + part * (other.first - one.first), 6))


def _loss(one: Ahead, other: Ahead) -> float:
    """How much is lost when two outcomes are joined."""
    apart = other.turns[-1] - one.turns[-1]
    return apart * apart * one.chance * other.chance / (one.chance + other.chance)
