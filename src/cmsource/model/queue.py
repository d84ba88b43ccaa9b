"""The queue of messages over the periodic week, in steady state.

Each day goes in one of a few ways, by who is there (`attendance`). Through the hours of a day the
distribution of the backlog moves for each way by itself; where the day's last duty ends they are
mixed, since who is there next does not depend on it. The steady state is the distribution that
the week reproduces.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from cmsource.model.arrivals import profile_weights
from cmsource.model.attendance import Attendance
from cmsource.model.backlog import Backlog, Grid, mixed
from cmsource.model.reach import Calendar
from cmsource.model.resource import Resource
from cmsource.model.workday import workdays
from cmsource.week import DAY, WEEK

import os
_STEPS_A_DAY = float(os.environ.get("SAD","16")) # of the grid, in an average day's work
_NEAR = 0.75  # of the people there: load from which a clear queue need not stay clear
_STEADY = 2e-3
_MOST_WEEKS = 40
_NOBODY = Attendance(1.0, ())


class Piece(NamedTuple):
    """A time within which neither arrivals nor duties change.

    Attributes:
        day: of the week.
        start: from its midnight.
        end: from its midnight.
        load: erlangs, minutes of work that arrive a minute.
        team: who is on duty, as indexes of the resources.
        opens: whether messages that arrive from here on reach the next duty in time.
    """

    day: int
    start: float
    end: float
    load: float
    team: tuple[int, ...]
    opens: bool


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
        kind: stretches of one kind are alike, and so are the days that follow as far as it matters.
        ways: the runs of each way in which the day can go, with its chance.
    """

    day: int
    kind: int
    ways: list[tuple[float, list[Run]]]


class Queue:
    """A queue in steady state.

    Args:
        resources: who answers, unless they take no messages.
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
        week: the week in steady state: days to add to those of the runs, and the stretch.
        weeks: how many weeks it took to get there.
    """

    def __init__(
        self,
        resources: Sequence[Resource],
        weekly: float,
        service: float,
        profile: str | tuple[float, ...],
        within: float,
    ) -> None:
        takers = [r for r in resources if r.duty and r.depth > 0 and r.largest_share("messages")]
        self.service = service
        self.within = within
        self.weeks = 0
        self.week: list[tuple[int, Passed]] = []
        self.days = workdays(takers)
        self.calendar = Calendar(self.days, takers)
        capacity = sum(r.depth * (1 - r.absent) * r.duty.minutes for r in takers)
        self.answered = min(1.0, capacity / (weekly * service))
        self.work = weekly * service * self.answered
        self.step = max(self.work / 7 / _STEPS_A_DAY, service*float(os.environ.get('SERV','1')))
        if capacity > 0:
            self._loads = [weight * self.work / 60 for weight in profile_weights(profile)]
            # What has waited for longer than a week's capacity is given up.
            self._grid = Grid(self.step, service, capacity)
            self._settle()

    def cuts(self, within: float) -> set[float]:
        """Minutes of the week at which the duties in reach of a message change."""
        return {
            (index * DAY + edge - within + delay) % WEEK
            for index, day in enumerate(self.days)
            for edge in day.changes
            for delay in self.calendar.delays
            if delay <= within
        }

    def _stretches(self) -> list[_Stretch]:
        """The week cut into days from their first to their last duty, and the time between."""
        cuts = self.cuts(self.within)
        opening = {
            (index * DAY + day.opens - self.within + delay) % WEEK
            for index, day in enumerate(self.days)
            for delay in self.calendar.delays
        }
        pieces = [piece for index in range(7) for piece in self._pieces(index, cuts, opening)]
        kinds: dict[object, int] = {}
        runs: dict[int, list[tuple[float, list[Run]]]] = {}
        found = []
        for on_duty, group in groupby(pieces, self._on_duty):
            stretch = list(group)
            day = stretch[0].day
            alike = tuple([(piece.day - day, *piece[1:]) for piece in stretch])
            # Days that a deadline can fall on, or the next one with duty, are part of the kind.
            last = int((stretch[-1].end + self.within - 1e-6) // DAY)
            days = self.calendar.kinds(day, stretch[-1].day - day + last + 1)
            key = alike, on_duty is None, days
            kind = kinds.setdefault(key, len(kinds))
            if kind not in runs:
                runs[kind] = self._ways(on_duty, stretch)
            found.append(_Stretch(day, kind, runs[kind]))
        return found

    def _ways(self, on_duty: int | None, pieces: Sequence[Piece]) -> list[tuple[float, list[Run]]]:
        """The runs of a stretch for each way in which it can go."""
        if on_duty is None:
            return [(1.0, list(_runs(None, _NOBODY, pieces)))]
        return [
            (way.chance, list(_runs(index, way, pieces)))
            for index, way in enumerate(self.days[on_duty].ways)
        ]

    def _pieces(self, index: int, cuts: set[float], opening: set[float]) -> Iterator[Piece]:
        """A day cut where arrivals, duties or the duties in reach change."""
        day = self.days[index]
        base = index * DAY
        loads = self._loads[24 * index : 24 * index + 24]
        points: set[float] = {60 * h for h in range(1, 24) if loads[h] != loads[h - 1]}
        points |= {cut - base for cut in cuts if base < cut < base + DAY}
        for start, end in pairwise(sorted(points.union(day.edges))):
            load = loads[int(start // 60)]
            yield Piece(index, start, end, load, day.team(start), base + start in opening)

    def _on_duty(self, piece: Piece) -> int | None:
        """The day of a piece between its first and its last duty, else None."""
        day = self.days[piece.day]
        return piece.day if day.opens <= piece.start < day.closes else None

    def _settle(self) -> None:
        """Let weeks pass until the backlog is, at some point, as it was a week before."""
        stretches = self._stretches()
        known: dict[int, list[tuple[Backlog, int, Passed]]] = {}
        past: list[tuple[Backlog, int, Passed]] = []
        starts: list[Backlog] = []
        backlog = Backlog(1.0, 0)
        for self.weeks in range(1, _MOST_WEEKS + 1):
            starts.append(backlog)
            if self.weeks % 4 == 0:
                backlog = _extrapolated(*starts[-3:])
            for number, stretch in enumerate(stretches):
                if number < len(past) and not past[number][0].differs(backlog, _STEADY):
                    break
                alike = known.setdefault(stretch.kind, [])
                for before, day, passed in reversed(alike[-4:]):
                    if not before.differs(backlog, _STEADY / 2):
                        break
                else:
                    day, passed = stretch.day, self._through(stretch, backlog)
                    alike.append((backlog, day, passed))
                past[number : number + 1] = [(backlog, day, passed)]
                backlog = passed.after
            else:
                continue
            break
        self.week = [
            (stretch.day - day, passed)
            for stretch, (_, day, passed) in zip(stretches, past, strict=True)
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
                    backlog = grid.grown(backlog, drift, spread)
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
        busy = (piece.load > _NEAR * people) + (piece.load >= people) if people else 0
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
