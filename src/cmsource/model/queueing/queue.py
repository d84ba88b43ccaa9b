"""The queue of messages over the periodic week, in steady state.

Each day goes in one of a few ways, by who is there (`attendance`). Through the hours of a day the
distribution of the backlog moves for each way by itself; where the day's last duty ends they are
mixed, since who is there next does not depend on it. The steady state is the distribution that
the week reproduces.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise, zip_longest
from typing import NamedTuple

from cmsource.model.arrivals import profile_weights
from cmsource.model.queueing.answerer import DECIMALS, Answerer
from cmsource.model.queueing.attendance import Attendance
from cmsource.model.queueing.backlog import Backlog, Grid, mixed
from cmsource.model.queueing.erlang import waiting
from cmsource.model.queueing.reach import calendar
from cmsource.model.queueing.workday import WorkDay, workdays
from cmsource.values.week import DAY, WEEK

_MESSAGES = 2.0  # whose work makes a step of the grid at least
_STEPS_A_DAY = 15  # of the grid, in an average day's work
_STEPS_OF_BACKLOG = 100  # of the grid, in what usually waits
NEAR = 0.75  # of the people there: load from which a clear queue need not stay clear
_GIVEN_UP = 6  # weeks of capacity: what more waits is given up
_STEADY = 4e-3  # the sum of all differences between the distributions of two weeks
_MOST_WEEKS = 20
_NOBODY = Attendance(1.0, ())


class Piece(NamedTuple):
    """A time within which neither arrivals nor duties change.

    Attributes:
        day: from that on which its stretch begins.
        start: from its midnight.
        end: from its midnight.
        load: erlangs, minutes of work that arrive a minute.
        team: who is on duty, as indexes of the sources.
        opens: whether messages that arrive from here on reach the next duty in time.
        beyond: whether messages may be answered in time on a later day.
        reach: the time around it within which no duty changes, now or before the deadlines.
    """

    day: int
    start: float
    end: float
    load: float
    team: tuple[int, ...]
    opens: bool
    beyond: bool
    reach: tuple[float, float]


class Run(NamedTuple):
    """Pieces that follow each other, with the same people there.

    Attributes:
        way: index of the way that the day goes; None before and after its duties.
        chance: of that way.
        people: how many are there.
        busy: whether the load is near what they can serve (1) or above it (2), else 0.
        pieces: in order of time.
        arriving: minutes of work that arrive.
        serving: minutes of people's time.
    """

    way: int | None
    chance: float
    people: float
    busy: int
    pieces: list[Piece]
    arriving: float
    serving: float


class Passed(NamedTuple):
    """A stretch of the week that has been gone through.

    Attributes:
        runs: what it is made of, once for each way in which its day can go.
        backlogs: the backlog at the start of each run.
        after: the backlog at its end.
    """

    runs: list[Run]
    backlogs: list[Backlog]
    after: Backlog


class _Stretch(NamedTuple):
    """A day from its first to its last duty, or the time between two of those.

    Attributes:
        day: on which it begins.
        likeness: stretches of the same are alike.
        ahead: where this is the same too, so are the days after as far as it matters.
        ways: the runs of each way in which the day can go, with its chance.
    """

    day: int
    likeness: object
    ahead: object
    ways: list[tuple[float, list[Run]]]


class Lived(NamedTuple):
    """A stretch of the week in steady state.

    Attributes:
        day: on which it begins.
        likeness: the same where the runs are alike.
        ahead: the same where the days after are alike as far as it matters.
        passed: what became of the backlog; the same object for stretches that went alike.
    """

    day: int
    likeness: object
    ahead: object
    passed: Passed


class Queue:
    """A queue in steady state.

    Args:
        answerers: who answers.
        weekly: messages a week, more than 0.
        service: mean minutes that a message takes.
        profile: when messages arrive.
        within: minutes in which messages should be answered; the week is cut where that matters.

    Attributes:
        answered: share of the messages that the week's capacity is enough for.
        work: minutes of work a week that those are.
        service: mean minutes that a message takes.
        within: minutes in which messages should be answered.
        step: minutes of work between two points of the grid of backlogs.
        days: the seven days.
        calendar: the days ahead of a message.
        week: the week in steady state; it goes round from the end of a duty.
        weeks: how many weeks it took to get there.
    """

    def __init__(
        self,
        answerers: Sequence[Answerer],
        weekly: float,
        service: float,
        profile: str | tuple[float, ...],
        within: float,
    ) -> None:
        # It is one line for all of them, whatever their order.
        takers = sorted([a for a in answerers if a.duty and a.depth > 0])
        self.service = service
        self.within = within = round(within, DECIMALS)
        self.weeks = 0
        self.week: list[Lived] = []
        self.days = workdays(takers)
        self.calendar = calendar(self.days, tuple([one.times for one in takers]), within)
        capacity = sum([a.depth * (1 - a.absent) * a.duty.minutes for a in takers])
        self.answered = min(1.0, capacity / (weekly * service))
        self.work = weekly * service * self.answered
        self._spare = max(0.0, capacity - self.work)
        self._spread = 2 * service * self.work + sum([day.spread for day in self.days])
        most = _GIVEN_UP * capacity
        # A step has to be fine beside the work that people do in the time to answer, or beside what
        # usually waits if that is more.
        fine = within / 2 * max(1.0, capacity / WEEK)
        if self.work > self._spare:
            usual = min(most, self._spread / 2 / self._spare) if self._spare else most
            fine = max(fine, usual / _STEPS_OF_BACKLOG)
        self.step = max(min(self.work / 7 / _STEPS_A_DAY, fine), _MESSAGES * service)
        if capacity > 0:
            self._loads = [weight * self.work / 60 for weight in profile_weights(profile)]
            self._grid = Grid(self.step, service, most)
            self._settle()

    def _stretches(self) -> Iterator[_Stretch]:
        """The week cut into days from their first to their last duty, and the time between.

        It begins after the last duty of a week, where the least is left to do.
        """
        pieces = self._pieces()
        names = [id(day) for day in pieces]  # days that are alike have the same
        on_duty = [index for index, day in enumerate(self.days) if day.opens < DAY]
        ahead = int(self.within // DAY) + 1
        runs: dict[object, list[tuple[float, list[Run]]]] = {}
        last = on_duty[-1] - 7
        for index in on_duty:
            day, before = self.days[index], self.days[last % 7]
            span = range(last, index + 1)
            kind: object = "between", *[names[number % 7] for number in span]
            if kind not in runs:
                between = [
                    piece._replace(day=number - last)
                    for number in span
                    for piece in pieces[number % 7]
                    if (number > last or piece.start >= before.closes)
                    and (number < index or piece.end <= day.opens)
                ]
                runs[kind] = [(1.0, list(_runs(None, _NOBODY, between)))] if between else []
            if runs[kind]:
                follows = self.calendar.kinds(last, len(span) + ahead)
                yield _Stretch(last % 7, kind, follows, runs[kind])
            kind = "during", names[index]
            if kind not in runs:
                during = [p for p in pieces[index] if day.opens <= p.start < day.closes]
                runs[kind] = [
                    (way.chance, list(_runs(number, way, during)))
                    for number, way in enumerate(day.ways)
                ]
            yield _Stretch(index, kind, self.calendar.kinds(index, 1 + ahead), runs[kind])
            last = index

    def _pieces(self) -> list[list[Piece]]:
        """The days cut where arrivals, duties or the duties in reach change.

        Days that are cut alike are the same object.
        """
        cuts: list[set[float]] = [set() for _ in self.days]
        opening: list[set[float]] = [set() for _ in self.days]
        for index, day in enumerate(self.days):
            for delay in self.calendar.delays:
                off = index * DAY - self.within + delay
                for edge in day.changes:
                    number, minute = divmod((off + edge) % WEEK, DAY)
                    on = int(number) % 7  # by an error of rounding the week's end can remain
                    cuts[on].add(minute)
                    if edge == day.opens:
                        opening[on].add(minute)
        known: dict[object, list[Piece]] = {}
        found = []
        for index, day in enumerate(self.days):
            loads = tuple(self._loads[24 * index : 24 * index + 24])
            key = id(day), loads, frozenset(cuts[index]), frozenset(opening[index])
            if key not in known:
                known[key] = self._cut(day, loads, cuts[index], opening[index])
            found.append(known[key])
        return found

    def _cut(
        self, day: WorkDay, loads: Sequence[float], cuts: Set[float], opening: Set[float]
    ) -> list[Piece]:
        """The pieces of one day.

        Args:
            day: who is on duty when.
            loads: erlangs of its hours.
            cuts: minutes from which on other duties are in reach.
            opening: those of them from which on the first of a day is.
        """
        delays = self.calendar.delays
        longest = self.within - delays[0] if delays else 0.0
        changes: list[float] = [60 * h for h in range(1, 24) if loads[h] != loads[h - 1]]
        pieces = []
        for first, last in pairwise(sorted({*day.edges, *cuts})):
            team = day.team(first)
            points = [first, *[point for point in changes if first < point < last], last]
            pieces += [
                Piece(
                    0,
                    start,
                    end,
                    loads[int(start // 60)],
                    team,
                    start in opening,
                    (first + last) / 2 + longest > DAY,
                    (first, last),
                )
                for start, end in pairwise(points)
            ]
        return pieces

    def _settle(self) -> None:
        """Let weeks pass until the backlog is, at some point, as it was a week before."""
        stretches = list(self._stretches())
        known: dict[object, list[tuple[Backlog, Passed]]] = {}
        past: list[tuple[Backlog, Passed]] = []
        starts: list[Backlog] = []
        backlog = self._grid.steady(self.work, self._spare, self._spread)
        for self.weeks in range(1, _MOST_WEEKS + 1):
            starts.append(backlog)
            if self.weeks % 4 == 0:
                backlog = _extrapolated(*starts[-3:])
            for number, stretch in enumerate(stretches):
                if number < len(past) and not past[number][0].differs(backlog, _STEADY):
                    break
                alike = known.setdefault(stretch.likeness, [])
                passed = next(
                    (
                        passed
                        for before, passed in reversed(alike[-4:])
                        if not before.differs(backlog, _STEADY / 2)
                    ),
                    None,
                )
                if passed is None:
                    passed = self._through(stretch, backlog)
                    alike.append((backlog, passed))
                past[number : number + 1] = [(backlog, passed)]
                backlog = passed.after
            else:
                continue
            break
        self.week = [
            Lived(stretch.day, stretch.likeness, stretch.ahead, passed)
            for stretch, (_, passed) in zip(stretches, past, strict=True)
        ]

    def _through(self, stretch: _Stretch, before: Backlog) -> Passed:
        """The backlog through the runs of a stretch."""
        grid = self._grid
        backlogs: list[Backlog] = []
        ends = []
        for chance, runs in stretch.ways:
            backlog = before
            for run in runs:
                backlogs.append(backlog)
                backlog = grid.moved(backlog, run.arriving, run.serving)
                if run.busy:
                    drift = run.arriving - run.serving
                    spread = 2 * self.service * max(run.arriving, run.serving)
                    load = run.people * run.arriving / run.serving
                    backlog = grid.grown(backlog, drift, spread, waiting(run.people, load))
            ends.append((chance, backlog))
        runs = [run for _, runs in stretch.ways for run in runs]
        return Passed(runs, backlogs, mixed(ends))


def _runs(index: int | None, way: Attendance, pieces: Sequence[Piece]) -> Iterator[Run]:
    """Pieces put together where the same people are there and their load is alike."""
    kind = (0.0, 0)
    run: list[Piece] = []
    arriving = length = 0.0
    for piece in pieces:
        people = 0.0 if index is None else way.of(piece.team)
        busy = (piece.load > NEAR * people) + (piece.load >= people) if people else 0
        if run and (kind != (people, busy) or (piece.opens and not people)):
            yield Run(index, way.chance, *kind, run, arriving, kind[0] * length)
            run, arriving, length = [], 0.0, 0.0
        kind = people, busy
        run.append(piece)
        arriving += piece.load * (piece.end - piece.start)
        length += piece.end - piece.start
    yield Run(index, way.chance, *kind, run, arriving, kind[0] * length)


def _extrapolated(first: Backlog, second: Backlog, third: Backlog) -> Backlog:
    """Where three distributions a week apart lead to, if each step is a fixed part of the last."""
    rows = list(zip_longest(first.digits, second.digits, third.digits, fillvalue=0))
    before = sum([abs(b - a) for a, b, _ in rows])
    after = sum([abs(c - b) for _, b, c in rows])
    if not 0 < after < before:
        return third
    ahead = after / (before - after)
    return Backlog.of([max(0.0, c + ahead * (c - b)) for _, b, c in rows])
