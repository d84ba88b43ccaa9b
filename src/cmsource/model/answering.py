"""How late messages are answered: the share answered in time, and the work that waits.

A message is answered in time when the work before it is at most the capacity until its deadline
(`reach`), for the backlog that the queue has at its arrival (`queue`); where there is none, when it
waits no longer than Erlang's formula says. Between the breakpoints of the week all of these change
evenly, and the mean over the messages that arrive is worked out exactly or by quadrature.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import erf, exp, pi, sqrt
from typing import NamedTuple

from cmsource.model.backlog import Levels, exceeds
from cmsource.model.erlang import waiting
from cmsource.model.queue import Passed, Piece, Queue, Run
from cmsource.model.resource import Resource
from cmsource.scenario import Needs
from cmsource.week import DAY, WEEK

_LONGEST = 4 * WEEK
_SOME = 1e-6
_ROOT2 = sqrt(2)
_NODES = (0.5 - sqrt(3) / 6, 0.5 + sqrt(3) / 6)  # of Gauss-Legendre quadrature with two points


def answers(resources: Sequence[Resource], needs: Needs) -> "Answers | None":
    """What becomes of the messages that some resources answer; None where no messages come."""
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return None
    within = min(needs.answer_within, _LONGEST)
    weekly, service = messages.weekly, messages.minutes_each
    return Answers(Queue(resources, weekly, service, messages.profile, within))


class _Stay(NamedTuple):
    """A time of arrival within a piece of a run.

    Attributes:
        run: who is there.
        piece: when.
        clear: chance that the queue is clear at the start of the run.
        levels: the backlog at the start of the run; None where there is none to speak of.
        start: from midnight.
        end: from midnight.
        arrived: minutes of work that have arrived in the run before it.
        served: minutes of people's time in the run before it.
        arriving: minutes of work that arrive in it.
        serving: minutes of people's time in it.
    """

    run: Run
    piece: Piece
    clear: float
    levels: Levels | None
    start: float
    end: float
    arrived: float
    served: float
    arriving: float
    serving: float


class Answers:
    """What becomes of the messages of a queue.

    Args:
        queue: in steady state.

    Attributes:
        queue: the same.
    """

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self._levels: dict[int, list[Levels | None]] = {}
        self._waiting: dict[tuple[float, float], float] = {}

    def in_time(self) -> float:
        """Share of all messages that are answered within the time that was asked for."""
        queue = self.queue
        parts: dict[int, float] = {}
        total = 0.0
        for _, passed in queue.week:
            part = parts.get(id(passed))
            if part is None:
                part = parts[id(passed)] = sum(
                    [
                        stay.run.chance * stay.arriving * self._share(stay)
                        for stay in self._stays(passed, ())
                        if stay.arriving > 0
                    ]
                )
            total += part
        return min(1.0, queue.answered * total / queue.work) if total else 0.0

    def chance_at(self, minute: int) -> float:
        """Chance that a message of one minute of the week is answered in time."""
        found = 0.0
        for days, passed in self.queue.week:
            at = minute - days * DAY
            day, start = divmod(at, DAY)
            found += sum(
                stay.run.chance * self._share(stay)
                for stay in self._stays(passed, (at, at + 1))
                if stay.piece.day == day and start <= stay.start < start + 1
            )
        return self.queue.answered * found

    def backlog(self) -> list[tuple[int, float]]:
        """Expected work that waits, in hours of one person, where duties or arrivals change.

        Returns:
            Minutes of the week in order, from 0 to 10,080, with the work at that time.
        """
        waiting_work: dict[int, float] = {}
        for days, passed in self.queue.week:
            for stay in self._stays(passed, ()):
                base = (stay.piece.day + days) * DAY
                arrived, served = stay.arrived, stay.served
                if not base and not stay.start:
                    _add(waiting_work, 0, stay, arrived, served)
                minute = round(base + stay.end)
                _add(waiting_work, minute, stay, arrived + stay.arriving, served + stay.serving)
        return [(minute, work / 60) for minute, work in sorted(waiting_work.items())]

    def _stays(self, passed: Passed, cuts: Sequence[float]) -> Iterator[_Stay]:
        """The times of arrival of a stretch, cut at some minutes of the week as well."""
        step = self.queue.step
        levels = self._levels.get(id(passed))
        if levels is None:
            levels = self._levels[id(passed)] = [
                Levels(backlog, step) if backlog.clear < 1 - _SOME else None
                for backlog in passed.backlogs
            ]
        for run, backlog, level in zip(passed.runs, passed.backlogs, levels, strict=True):
            arrived = served = 0.0
            for piece in run.pieces:
                for start, end in _split(piece, cuts) if cuts else ((piece.start, piece.end),):
                    arriving, serving = piece.load * (end - start), run.people * (end - start)
                    yield _Stay(
                        run,
                        piece,
                        backlog.clear,
                        level,
                        start,
                        end,
                        arrived,
                        served,
                        arriving,
                        serving,
                    )
                    arrived += arriving
                    served += serving

    def _share(self, stay: _Stay) -> float:
        """Share of the messages of a time that are answered in time."""
        queue = self.queue
        share = 0.0
        for chance, first, last, people in queue.calendar.reach(
            stay.piece.day, stay.run.way, stay.start, stay.end, queue.within
        ):
            # Where several are there, work that others have at hand keeps nobody waiting.
            at_hand = (people - 1) * queue.service if people > 1 else 0.0
            share += chance * self._answered(stay, first, last, at_hand)
        return share

    def _answered(self, stay: _Stay, first: float, last: float, at_hand: float) -> float:
        """Mean chance over a time that the work before a message is at most some capacity.

        Args:
            stay: the time.
            first: capacity until the deadline for a message at its start, in minutes.
            last: for one at its end.
            at_hand: work before a message for which it need not wait.
        """
        run, piece, clear, levels, _, _, arrived, served, arriving, serving = stay
        service = self.queue.service
        people = run.people
        if not people:
            late = 0.0
        elif run.busy:
            late = self._grown(stay, first, last)
        else:
            load = piece.load
            rate = (people - load) / (people * service)
            late = self._waits(people, load) * _fading_along(rate * first, rate * last)
        backlogged = cleared = 0.0
        if levels is not None:
            # Levels that the backlog at the start of the run may have had.
            start = served - arrived
            end = start + serving - arriving
            before = sqrt(2 * service * arrived)
            after = sqrt(2 * service * (arrived + arriving))
            backlogged = levels.blurred(
                first + at_hand + start, last + at_hand + end, before, after
            )
            if people:
                cleared = levels.blurred(start, end, before, after)
        if people:
            return max(0.0, backlogged - cleared) + (clear + cleared) * (1 - late)
        middle = arrived + arriving / 2
        empty = exp(-middle / service)
        if middle > 0:
            deviation = sqrt(2 * service * middle)
            low = (first + at_hand - arrived) / deviation
            high = (last + at_hand - arrived - arriving) / deviation
            empty = max(empty, _normal_along(low, high))
        return backlogged + clear * empty

    def _grown(self, stay: _Stay, first: float, last: float) -> float:
        """Mean chance that a queue that was clear has grown beyond some capacity.

        Gauss-Legendre quadrature between points set around the time at which it does so on
        average, where the chance changes fastest.
        """
        service = self.queue.service
        people, load = stay.run.people, stay.piece.load
        # An answer begun goes on beyond the level at which the next message has to wait.
        at_hand = service * sqrt(people)
        points = [0.0, 1.0]
        if load > people:
            growth = stay.arriving - stay.serving
            ahead = (first + last) / 2 + at_hand - stay.arrived + stay.served
            middle = ahead / growth
            if 0 < middle < 1.5:
                work = stay.arrived + min(1.0, middle) * stay.arriving
                wide = 2 * sqrt(2 * service * work) / growth
                around = (middle - wide, middle, middle + wide)
                points[1:1] = [point for point in around if 0 < point < 1]
        elif not stay.arrived:
            points[1:1] = [0.1, 0.4]
        total = 0.0
        for low, high in pairwise(points):
            for node in _NODES:
                part = low + node * (high - low)
                work = stay.arrived + part * stay.arriving
                done = stay.served + part * stay.serving
                level = first + part * (last - first) + at_hand
                chance = exceeds(level, work - done, 2 * service * max(work, done))
                total += chance * (high - low) / 2
        return total

    def _waits(self, people: float, load: float) -> float:
        known = self._waiting.get((people, load))
        if known is None:
            known = self._waiting[people, load] = waiting(people, load)
        return known


def _add(to: dict[int, float], minute: int, stay: _Stay, arrived: float, served: float) -> None:
    """Add the expected backlog of one way in which a day can go, in minutes of work."""
    expected = stay.clear * max(0.0, arrived - served)
    if stay.levels is not None:
        expected += stay.levels.above(served - arrived)
    to[minute] = to.get(minute, 0.0) + stay.run.chance * expected


def _split(piece: Piece, cuts: Sequence[float]) -> Iterator[tuple[float, float]]:
    """A piece cut at some minutes of the week, which are in order."""
    base = piece.day * DAY
    points = [piece.start]
    for cut in cuts[bisect_right(cuts, base + piece.start) :]:
        if cut >= base + piece.end:
            break
        points.append(cut - base)
    return pairwise([*points, piece.end])


def _fading_along(first: float, last: float) -> float:
    """Mean of exp(−x) while x moves evenly from one value to another."""
    if abs(last - first) < 1e-6:
        return exp(-(first + last) / 2)
    return (exp(-first) - exp(-last)) / (last - first)


def _normal_along(first: float, last: float) -> float:
    """Mean of the normal distribution function while its argument moves evenly."""
    if abs(last - first) < 1e-3:
        return _normal((first + last) / 2)
    return (_normal_area(last) - _normal_area(first)) / (last - first)


def _normal(z: float) -> float:
    return (1 + erf(z / _ROOT2)) / 2


def _normal_area(z: float) -> float:
    """The integral of the normal distribution function up to z."""
    return z * _normal(z) + exp(-z * z / 2) / sqrt(2 * pi)
