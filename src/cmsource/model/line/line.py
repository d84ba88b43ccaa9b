"""A line of messages in steady state: a week that ends with the chances with which it began.

Each day goes in one of a few ways, by who of each source is there; each way is followed from piece
to piece, and the chances at midnight are the mean of all of them.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from math import ceil, exp, inf, log, log2

from cmsource.model.line.ahead import Prospect
from cmsource.model.line.course import Course, Run, Stay, Track
from cmsource.model.line.levels import Chances, Flow, apart, levels_of
from cmsource.model.line.walk import Walk, with_more
from cmsource.model.line.week_plan import WeekPlan
from cmsource.values.week import WEEK

PATIENCE = 2.0 * WEEK
"""Minutes after which a message that nobody has taken is given up."""

RARE = -7.0
"""The logarithm of the chance of a line as long as a week below which none lasts."""

_STEP = 90.0  # minutes of the first step into a piece, at most
_STEPS = 3  # of a piece, at most
_DIGITS = 6
_WHOLE = 5.0  # minutes, of which those of a line that gets shorter are a multiple
_GROWTH = 10.0  # messages by which a line grows in a step, at most
_MOST_STEPS = 40  # where it grows by even more
_SETTLED = 0.002  # a difference of chances between steps, after which a line stays as it is
_LASTING = 0.4  # weeks that messages wait on average where a line is never gone
_LONG = 1.0  # messages, from which on it matters how fast a line gets shorter
_ALIKE = 0.08  # a difference of a chance that does not count
_LESS = 0.04  # the same where lines may last
_CLOSE = 0.025  # the same where long lines carry it on from day to day
_ENOUGH = 0.1  # the same from week to week, which ends the search
_MOST_WEEKS = 6
_AGAIN = 0.7  # of that, to forget where it began
_LONGEST = 0.01  # the chance of a line that is worth waiting for until it is gone
_WEEK = 7  # days
_MOST_DAYS = 14  # until then, above which no number of days is enough
_NEVER = 1e-8
_GONE = 1e-4  # the chance that a full line is gone
_FLAT = -700.0  # an exponent that is as good as minus infinity


class Line:
    """A line of messages and the people who take them.

    Args:
        plan: the week.
        flows: what comes a minute, by day, way and piece.
        service: minutes of an answer.
        usual: weeks that messages of the line's type wait on average. A line that is longer than
            that is long.

    Attributes:
        days: of the plan.
        flows: the same.
        service: the same.
        weekly: messages that come in a week, if everybody is busy in all of it.
        ahead: what the people can answer.
        levels: how many may wait.
        rare: the logarithm of the chance of a line as long as a week, about.
        ample: whether what a week brings is gone before long, so that no line lasts.
    """

    def __init__(
        self,
        plan: WeekPlan,
        flows: Sequence[Sequence[Sequence[Flow]]],
        service: float,
        usual: float = 0.0,
    ) -> None:
        self._plan = plan
        self.days = days = plan.days
        self.service = service
        self.flows = flows
        self._arrivals = self._come(lambda flow: flow.come)
        self.weekly = sum(self._arrivals)
        weekly = round(self.weekly, _DIGITS)  # however the week is cut
        limit = usual * weekly
        long = sum(self._come(lambda flow: flow.long))
        self.ahead = Prospect(days, service)
        self._walk = Walk(
            [
                ([way.chance for way in day.ways], [turns[-1] for turns in turned])
                for day, turned in zip(days, self.ahead.turns, strict=True)
            ],
            self.weekly,
            long,
            limit,
            lasting=usual > _LASTING,
        )
        if long < self.weekly:
            self.flows = with_more(flows, self._walk.times)
        self.rare = self._walk.fading(self.weekly)
        self.ample = self.rare < RARE
        most = max([max(way.there) for day in days for way in day.ways])
        self.levels = levels_of(max(1, ceil(most)), 2 * weekly, service, limit)
        self._known: dict[int, list[Run]] = {}

    def _come(self, rate: Callable[[Flow], float]) -> list[float]:
        """Messages of each day, at some rate of what comes."""
        return [
            sum(
                [
                    way.chance * piece.length * rate(flow)
                    for way, row in zip(day.ways, rows, strict=True)
                    for piece, flow in zip(day.pieces, row, strict=True)
                ]
            )
            for day, rows in zip(self.days, self.flows, strict=True)
        ]

    @property
    def capacity(self) -> float:
        """Answers that all who come in a week can finish, on average."""
        return self._walk.capacity

    def _capacity_of(self, day: int) -> float:
        ways = zip(self.days[day].ways, self.ahead.turns[day], strict=True)
        return sum([way.chance * turns[-1] for way, turns in ways])

    @cached_property
    def full(self) -> bool:
        """Whether the line is as good as never gone, so that whoever is there is always busy."""
        fading = self._walk.fading(2 * self.weekly)
        return self._walk.steep_long > 0 and exp(max(_FLAT, -fading)) < _GONE

    # The steady state.

    @property
    def stays(self) -> tuple[Stay, ...]:
        """A week in steady state."""
        return tuple([stay for day in self._stays for stay in day])

    def stays_of(self, number: int) -> Sequence[Stay]:
        """A day of it, way by way."""
        return self._stays[number]

    @cached_property
    def _stays(self) -> list[list[Stay]]:
        return [
            [
                Stay(number, index, place, piece, way.chance, course)
                for index, (way, courses) in enumerate(zip(day.ways, run.courses, strict=True))
                for place, (piece, course) in enumerate(zip(day.pieces, courses, strict=True))
            ]
            for number, (day, run) in enumerate(zip(self.days, self.runs, strict=True))
        ]

    @cached_property
    def runs(self) -> list[Run]:
        """The days of a week in steady state; days that go alike are the same."""
        week = [number % 7 for number in range(self._quiet, self._quiet + 7)]
        now = self._guess()
        if self._memory < _MOST_DAYS:
            # No line lasts: the days until it is gone are enough.
            first, *others = self._before(week)
            now = self._day(first, now).end  # which began with a guess, as no other does
            for number in others:
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
        # What it took to find them is not held for as long as they are.
        self._known.clear()
        self.levels.settle()
        return [found[number] for number in range(7)]

    @cached_property
    def _memory(self) -> float:
        """Days until a line is gone that is as long as one in a hundred."""
        slack = (self.capacity - self.weekly) / 7
        steep = self._walk.steep
        if slack <= 0 or steep >= 0:
            return inf
        return -log(_LONGEST) / -steep / slack

    def _before(self, week: Sequence[int]) -> Sequence[int]:
        """The days before a week that decide how long the line is at its start.

        They begin when there is hardly a line, as the guess of it has it.

        Args:
            week: its days.
        """
        days = 1 + ceil(_AGAIN * self._memory)
        nobody = 1.0  # the chance that nobody has come in those days
        for place, number in enumerate(reversed([*week] * 2), start=1):
            nobody *= sum([way.chance for way in self.days[number].ways if not any(way.there)])
            if nobody < _LONGEST:
                days = max(days, place)
                break
        if days > _WEEK:
            return [*week] * ceil(days / _WEEK)
        level, begin = 0.0, 0
        for place, number in enumerate(week[: _WEEK + 1 - days]):
            if level <= 0:
                begin = place
            level = max(0.0, level + self._arrivals[number] - self._capacity_of(number))
        return week[begin:]

    @cached_property
    def _alike(self) -> float:
        """A difference of chances that does not count: the less, the longer lines carry it on."""
        return max(_CLOSE, (_ALIKE if self.ample else _LESS) / (1 + self._memory))

    def _run(self, number: int, now: Chances) -> Run:
        """How a day goes: as one that is like it and began alike, if there has been any."""
        known = self._known.setdefault(self.kinds[number], [])
        for run in reversed(known):
            if apart(run.begin, now) <= self._alike:
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
        """The line of whole weeks, as a walk, of no more than comes until it is given up."""
        levels = self.levels.messages
        fading = [self._walk.fading(level) for level in levels]
        top = max(fading)
        density = [exp(max(_FLAT, each - top)) for each in fading]
        edges = [0.0, *[(a + b) / 2 for a, b in pairwise(levels)], levels[-1]]
        chances = [d * (b - a) for d, (a, b) in zip(density, pairwise(edges), strict=True)]
        (empty, *others) = _mixed([(1.0, chances)])
        come, some = self.weekly * PATIENCE / WEEK, 1 - empty
        part = come / some if some > come else 1.0
        return [1 - part * some, *[part * chance for chance in others]]

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
                last = _stretch(there, place)
                found = known.get(there[:last])
                if found is None:
                    lengths = [piece.length for piece in day.pieces[place:last]]
                    flows = row[place:last]
                    found = self._followed(lengths, flows, there[place][1], line)
                    known[there[:last]] = found
                courses += found
                line = courses[-1].track.line[-1]
            runs.append(courses)
            ended.append((way.chance, line))
        return Run(now, runs, _mixed(ended))

    def _followed(
        self, lengths: Sequence[float], flows: Sequence[Flow], people: float, line: Chances
    ) -> list[Course]:
        """Follow pieces in which as much comes to as many people, or in which nobody is there.

        While nobody is there the line is followed by what comes, and not by the minutes.
        """
        whole, flow, parts = sum(lengths), flows[0], lengths
        if people <= 0 and len(lengths) > 1:
            come, long = (
                sum([length * each[n] for length, each in zip(lengths, flows, strict=True)])
                for n in range(2)
            )
            flow = Flow(come / whole, long / whole)
            if come > 0:
                parts = [
                    whole * length * each.come / come
                    for length, each in zip(lengths, flows, strict=True)
                ]
        minutes, lines = [0.0], [line]
        if people > 0:
            steps = self._steps(whole, flow, people, line)
        else:
            number = max(1, min(len(lengths), _steps_of(flow.come * whole)))
            steps = [whole / number] * number
        for left, step in zip(range(len(steps) - 1, -1, -1), steps, strict=True):
            minutes.append(minutes[-1] + step)
            lines.append(self.levels.after(lines[-1], flow, people, step))
            if left and people > 0 and apart(*lines[-2:]) < _SETTLED:
                minutes[-1] = whole
                break
        track = Track(self.levels, people, minutes, lines)
        courses = []
        start = 0.0
        for length, part, own in zip(lengths, parts, flows, strict=True):
            end = start + part
            courses.append(Course(own, length, track, start, end))
            start = end
        return courses

    def _steps(self, minutes: float, flow: Flow, people: float, line: Chances) -> list[float]:
        """Steps through a time, in minutes: even ones while the line changes by much."""
        drift = flow.come - people / self.service
        if drift > 0:
            if _steps_of(drift * minutes) <= _STEPS:
                return _doubling(minutes)
            number = min(_MOST_STEPS, _steps_of(drift * minutes))
            return [minutes / number] * number
        long = self.levels.waiting(line, people)
        if long < _LONG or not drift:
            return _doubling(minutes)
        # Until the line is gone, and then as it goes on.
        gone = min(minutes, _STEPS * _WHOLE * ceil(-long / drift / _STEPS / _WHOLE))
        steps = [gone / _STEPS] * _STEPS
        return steps if gone > minutes - 1 else steps + _doubling(minutes - gone)

    @cached_property
    def answered(self) -> float:
        """Share of its messages that are ever answered."""
        gone = 1.0  # the chance that nobody comes in two weeks
        for day in self.days:
            gone *= sum([way.chance for way in day.ways if not any(way.there)]) ** 2
        steep, fading = self._walk.steep_long, self._walk.fading(2 * self.weekly)
        if steep < 0 and exp(max(_FLAT, fading)) < _NEVER:
            return 1 - gone
        if self.full:
            return self.capacity / self.weekly
        levels = self.levels
        if not any(run.overflows(levels) for run in self.runs):
            return 1 - gone
        # Given up is what comes while the line is as long as it can be; but not what people have
        # time for, which tells more of lines that are always long.
        lost, left = 0.0, self.weekly
        for stay in self.stays:
            course, come = stay.course, stay.flow.long * stay.piece.length
            there, waiting = course.track.there, course.track.waiting
            if stay.people > 0:
                full = [levels.overflow(each) for each in course.track.line]
                lost += stay.chance * course.mean(full) * come
                busy = course.mean(there) - course.mean(waiting)
                left -= stay.chance * busy * stay.piece.length / self.service
            else:
                first, *_, last = course.values(there)
                lost += stay.chance * max(0.0, come - (last - first))
        # The line is also as long as it can be where nobody comes in two weeks.
        lost = max(gone, min(lost, left) / self.weekly)
        return 1 - lost

    @cached_property
    def alike(self) -> list[int]:
        """For each day, the first that goes as it does, after a day that goes as the one before."""
        seen: dict[tuple[int, int], int] = {}
        return [
            seen.setdefault((id(self.runs[number]), id(self.runs[number - 1])), number)
            for number in range(7)
        ]

    def outlook(self, day: int, reach: int) -> tuple[int, ...]:
        """How a day goes and what people can answer on so many days after it, as numbers."""
        return self.first_like[day], *(self.kinds * 2)[day + 1 : day + 1 + reach]

    @cached_property
    def first_like(self) -> list[int]:
        """For each day, the first that goes as it does."""
        seen: dict[int, int] = {}
        return [seen.setdefault(id(run), number) for number, run in enumerate(self.runs)]


def _stretch(there: Sequence[tuple[Flow, float]], place: int) -> int:
    """The end of the pieces from one on that are followed as one."""
    flow, people = there[place]
    last = place + 1
    while (
        last < len(there) and there[last][1] == people and (people <= 0 or there[last][0] == flow)
    ):
        last += 1
    return last


def _steps_of(messages: float) -> int:
    """In how many steps a line grows by so many messages; an error of rounding adds none."""
    return ceil(round(messages / _GROWTH, _DIGITS))


def _doubling(minutes: float) -> list[float]:
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
