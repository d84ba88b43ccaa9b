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

_NEAR = 0.9  # of the people there: load from which a clear queue does not stay as good as clear
_STEADY = 1e-3
_MOST_WEEKS = 40
import os

_SERV = float(os.environ.get("SERV", ".5"))
_NEAR = float(os.environ.get("NEAR", ".9"))
_STEPS_A_DAY = float(os.environ.get("SAD", "32"))  # of the grid, in an average day's work


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
    """Pieces of a day that goes in one way, within which the same people are there.

    Attributes:
        way: index of the way that the day goes; None before and after its duties.
        chance: of that way.
        people: how many are there.
        busy: whether the load is near or above what they can serve.
        pieces: in order of time.
        before: the backlog at the start.
    """

    way: int | None
    chance: float
    people: float
    busy: bool
    pieces: list[Piece]
    before: Backlog


class Queue:
    """A queue in steady state.

    Args:
        resources: who answers.
        weekly: messages a week.
        service: mean minutes that a message takes.
        profile: when messages arrive.
        within: minutes in which messages should be answered; the week is cut where that matters.

    Attributes:
        answered: share of the messages that can be served at all.
        calendar: the days ahead of a message.
        runs: the week in steady state.
    """

    def __init__(
        self,
        resources: Sequence[Resource],
        weekly: float,
        service: float,
        profile: str | tuple[float, ...],
        within: float,
    ) -> None:
        there = [resource for resource in resources if resource.duty and resource.depth > 0]
        self.service = service
        self.within = within
        self._days = workdays(there)
        self.calendar = Calendar(self._days, there)
        capacity = sum(r.depth * (1 - r.absent) * r.duty.minutes for r in there)
        work = weekly * service
        self.answered = min(1.0, capacity / work)
        self.work = work * self.answered
        self._loads = [weight * self.work / 60 for weight in profile_weights(profile)]
        self.step = max(self.work / 7 / _STEPS_A_DAY, service * _SERV)
        self._grid = Grid(self.step, service, max(capacity, 8 * self.step))
        self.runs: list[Run] = []
        if capacity > 0:
            self._settle()

    def cuts(self, within: float) -> set[float]:
        """Minutes of the week at which the duties in reach of a message change."""
        return {
            (index * DAY + edge - within + delay) % WEEK
            for index, day in enumerate(self._days)
            if day.opens < DAY
            for edge in day.edges
            for delay in self.calendar.delays
            if delay <= within
        }

    def _pieces(self, index: int, cuts: set[float], opening: set[float]) -> Iterator[Piece]:
        day = self._days[index]
        base = index * DAY
        loads = self._loads[index * 24 : index * 24 + 24]
        points = {60 * h for h in range(1, 24) if loads[h] != loads[h - 1]}
        points |= {cut - base for cut in cuts if base < cut < base + DAY}
        for start, end in pairwise(sorted({*points, *day.edges})):
            load = loads[int(start // 60)]
            yield Piece(index, start, end, load, day.team(start), base + start in opening)

    def _stretches(self) -> list[tuple[tuple[Attendance, ...], list[Piece]]]:
        """The week cut into days from their first to their last duty, and the time between."""
        cuts = self.cuts(self.within)
        opening = {
            (index * DAY + day.opens - self.within + delay) % WEEK
            for index, day in enumerate(self._days)
            for delay in self.calendar.delays
        }
        pieces = [piece for index in range(7) for piece in self._pieces(index, cuts, opening)]
        found = []
        for index, group in groupby(pieces, self._on_duty):
            found.append((() if index is None else self._days[index].ways, [*group]))
        return found

    def _on_duty(self, piece: Piece) -> int | None:
        """The day of a piece between its first and its last duty, else None."""
        day = self._days[piece.day]
        return piece.day if day.opens <= piece.start < day.closes else None

    def _settle(self) -> None:
        """Let weeks pass until one begins, or goes on, as the week before did."""
        stretches = self._stretches()
        past: list[tuple[Backlog, list[Run]]] = []
        backlog = Backlog(1.0, [])
        for self.weeks in range(1, _MOST_WEEKS + 1):
            for number, (ways, pieces) in enumerate(stretches):
                if self.weeks > 1 and _distance(past[number][0], backlog) < _STEADY:
                    break
                before, runs = backlog, []
                if ways:
                    backlog = mixed(
                        [
                            (way.chance, self._through((index, way), pieces, backlog, runs))
                            for index, way in enumerate(ways)
                        ]
                    )
                else:
                    backlog = self._through((None, _NOBODY), pieces, backlog, runs)
                past[number : number + 1] = [(before, runs)]
            else:
                continue
            break
        self.runs = [run for _, runs in past for run in runs]

    def _through(
        self, day: tuple[int | None, Attendance], pieces: Sequence[Piece], backlog: Backlog, runs: list[Run]
    ) -> Backlog:
        """The backlog after some pieces of a day that goes in one way; notes the runs."""
        index, way = day
        run: list[Piece] = []
        kind = (0.0, False)
        for piece in pieces:
            people = way.of(piece.team) if index is not None else 0.0
            like = (people, (0 < people * _NEAR < piece.load) + (0 < people <= piece.load))
            if run and (like != kind or (piece.opens and not people)):
                runs.append(Run(index, way.chance, *kind, run, backlog))
                backlog = self._run(runs[-1])
                run = []
            kind = like
            run.append(piece)
        runs.append(Run(index, way.chance, *kind, run, backlog))
        return self._run(runs[-1])

    def _run(self, run: Run) -> Backlog:
        """The backlog at the end of a run."""
        arriving = sum(piece.load * (piece.end - piece.start) for piece in run.pieces)
        served = run.people * sum(piece.end - piece.start for piece in run.pieces)
        after = self._grid.moved(run.before, arriving, served)
        if run.busy:
            after = self._grid.overrun(
                after, arriving - served, 2 * self.service * max(arriving, served)
            )
        return after


_NOBODY = Attendance(1.0, ())


def _distance(first: Backlog, second: Backlog) -> float:
    """How far two distributions are apart: the sum of all differences."""
    pairs = zip_longest(first.masses, second.masses, fillvalue=0.0)
    return abs(first.clear - second.clear) + sum(abs(a - b) for a, b in pairs)
