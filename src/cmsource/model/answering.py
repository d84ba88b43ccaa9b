"""How late messages are answered: the share answered in time, the usual delays, the backlog.

The definitions, and how well they hold against simulation, are in docs/model.md.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from math import erf, exp, pi, sqrt

from cmsource.model.backlog import Levels, exceeds
from cmsource.model.erlang import waiting
from cmsource.model.queue import Piece, Queue
from cmsource.week import DAY


class Answers:
    """What becomes of the messages of a queue.

    Args:
        queue: in steady state.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._waiting: dict[tuple[float, float], float] = {}

    def share_within(self, within: float) -> float:
        """Share of all messages that are answered within so many minutes of their arrival."""
        queue = self._queue
        cuts = sorted(queue.cuts(within)) if within != queue.within else []
        total = 0.0
        for run in queue.runs:
            levels = Levels(run.before.masses, queue.step)
            arrived = served = 0.0
            for piece in run.pieces:
                if piece.load:
                    for start, end in _split(piece, cuts):
                        already = start - piece.start
                        stay = _Stay(
                            run,
                            piece,
                            levels,
                            end - start,
                            arrived + piece.load * already,
                            served + run.people * already,
                        )
                        share = self._stay(stay, start, within)
                        total += run.chance * piece.load * (end - start) * share
                arrived += piece.load * (piece.end - piece.start)
                served += run.people * (piece.end - piece.start)
        return min(1.0, queue.answered * total / queue.work)

    def _stay(self, stay: "_Stay", start: float, within: float) -> float:
        run, piece = stay.run, stay.piece
        quarter = stay.length / 4
        calendar = self._queue.calendar
        service = self._queue.service
        share = 0.0
        for chance, first, last, people in calendar.reach(piece.day, run.way, start, start + stay.length, within):
            begun = max(0.0, people - 1) * service
            share += chance * self._answered(stay, first, last, begun)
        return share

    def _answered(self, stay, first, last, begun):
        """Mean chance over a time that the work before a message is at most some capacity.

        Args:
            stay: the time.
            first: capacity until the deadline at the start, in minutes.
            last: at the end.
        """
        run, levels = stay.run, stay.levels
        service = self._queue.service
        arrived, served = stay.arrived, stay.served
        more = stay.piece.load * stay.length
        done = run.people * stay.length
        spread, wider = sqrt(2 * service * arrived), sqrt(2 * service * (arrived + more))
        start, end = served - arrived, served + done - arrived - more
        some = levels.total > 1e-6
        clear = run.before.clear
        within = (
            levels.blurred(first + begun + start, last + begun + end, spread, wider)
            if some
            else 0.0
        )
        if not run.people:
            middle = arrived + more / 2
            deviation = sqrt(2 * service * middle)
            empty = exp(-middle / service)
            normal = _normal_along(
                (first + begun - arrived) / deviation, (last + begun - arrived - more) / deviation
            )
            return within + clear * max(empty, normal)
        if run.busy:
            tail = self._overrun(stay, first, last)
        else:
            load = stay.piece.load
            rate = (run.people - load) / (run.people * service)
            tail = self._waits(run.people, load) * _fading(rate * first, rate * last)
        if not some:
            return clear * (1 - tail)
        zero = levels.blurred(start, end, spread, wider)
        return max(0.0, within - zero) + (clear + zero) * (1 - tail)

    def _overrun(self, stay, first, last):
        """Mean chance that a queue that was clear has grown too long."""
        service = self._queue.service
        run, load = stay.run, stay.piece.load
        begun = service * sqrt(run.people)
        drift = load - run.people
        growth = stay.arrived - stay.served
        points = [0.0, 1.0]
        if drift > 0:
            here = ((first + last) / 2 + begun - growth) / drift / stay.length
            if 0 < here < 1.5:
                wide = 2 * sqrt(2 * service * (stay.arrived + load * min(1,here) * stay.length)) / drift / stay.length
                points[1:1] = [x for x in (here - wide, here, here + wide) if 0 < x < 1]
        elif not stay.arrived:
            points[1:1] = [0.1, 0.4]
        total = 0.0
        for low, high in pairwise(points):
            for node in (0.21132486540518713, 0.7886751345948129):
                part = low + node * (high - low)
                work = stay.arrived + load * part * stay.length
                used = stay.served + run.people * part * stay.length
                level = first + part * (last - first) + begun
                total += (high - low) / 2 * exceeds(level, work - used, 2 * service * max(work, used))
        return total

    def _waits(self, people: float, load: float) -> float:
        known = self._waiting.get((people, load))
        if known is None:
            known = self._waiting[people, load] = waiting(people, load)
        return known


class _Stay:
    __slots__ = ("arrived", "length", "levels", "piece", "run", "served")

    def __init__(self, run, piece, levels, length, arrived, served):
        self.run = run
        self.piece = piece
        self.levels = levels
        self.length = length
        self.arrived = arrived
        self.served = served


def _split(piece: Piece, cuts: list[float]) -> Iterator[tuple[float, float]]:
    base = piece.day * DAY
    first = bisect_right(cuts, base + piece.start)
    points = [piece.start]
    while first < len(cuts) and cuts[first] < base + piece.end:
        points.append(cuts[first] - base)
        first += 1
    points.append(piece.end)
    return pairwise(points)


def _fading(first: float, last: float) -> float:
    """Mean of exp(−x) while x moves evenly from one value to another."""
    if abs(last - first) < 1e-6:
        return exp(-(first + last) / 2)
    return (exp(-first) - exp(-last)) / (last - first)


def _normal_along(first: float, last: float) -> float:
    """Mean of the normal distribution function while its argument moves evenly."""
    if abs(last - first) < 1e-3:
        return _normal((first + last) / 2)
    return (_area(last) - _area(first)) / (last - first)


def _normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def _area(z: float) -> float:
    """The integral of the normal distribution function up to z."""
    return z * _normal(z) + exp(-z * z / 2) / sqrt(2 * pi)
