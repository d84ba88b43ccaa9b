"""How long messages wait for their answer, from a sample that stands for those of a week.

Each sample stands for the messages of one piece of the week, of one way in which its day can go,
with a backlog from one part of its distribution. Its turn comes when the people there have had
time for that backlog, on this day or on one of the days after it. What waits gets its answer at
about the same time, so that the times of a sample are spread over the length of its piece, less
what is served in it, and over the time that the backlogs of its part differ by.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil, exp, inf
from typing import NamedTuple

from cmsource.comparison import Answering
from cmsource.model.answering import Answers
from cmsource.model.attendance import Attendance
from cmsource.model.backlog import Backlog
from cmsource.model.erlang import waiting
from cmsource.model.queue import Passed, Piece, Queue, Run
from cmsource.week import DAY

_PARTS = 3  # of the distribution of the backlog
_LENGTH = 240  # minutes of arrivals that a sample stands for at most
_RARE = 2e-2  # a chance from which on the days after go as they mostly do
_LEAST = 2e-4  # a share of the messages that counts
_MOST_DAYS = 28


def answering(answers: Answers) -> Answering:
    """How late messages are answered, and when most work waits."""
    queue = answers.queue
    if not queue.week:
        return Answering(None, None, None, None)
    lateness = Lateness(queue)
    peak_at, peak = max(answers.backlog(), key=_size)
    without_end = queue.answered < 1
    return Answering(
        lateness.quantile(0.5),
        lateness.quantile(0.9),
        None if without_end else peak,
        None if without_end else peak_at,
    )


class _Sample(NamedTuple):
    """Times to answer, spread evenly from one to another, and the work of those messages."""

    first: float
    last: float
    weight: float


class _Message(NamedTuple):
    """A message that waits.

    Attributes:
        day: of its arrival.
        way: how that day goes; None before and after its duties.
        minute: of its arrival.
        ahead: minutes of work before it.
        differ: how much more or less that may be.
        half: half of how much the time to answer of such messages changes.
        weight: work of all those.
    """

    day: int
    way: int | None
    minute: float
    ahead: float
    differ: float
    half: float
    weight: float


class Lateness:
    """The times that messages wait, with how often they do.

    Args:
        queue: in steady state.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._least = _LEAST * queue.work
        self._waiting: dict[tuple[float, float], float] = {}
        self._samples = [
            sample
            for day, passed in queue.week
            for message in self._messages(day, passed)
            for sample in self._turns(message)
        ]

    def quantile(self, share: float) -> float | None:
        """Minutes within which a share of all messages is answered; None if it never is."""
        total = sum([sample.weight for sample in self._samples])
        sought = share * total / self._queue.answered
        if not 0 < sought <= total:
            return None
        changes = []
        for first, last, weight in self._samples:
            if first == inf:
                continue
            # A sample at one moment is as good as one over a thousandth of a minute.
            rate = weight / max(1e-3, last - first)
            changes += [(first, rate), (max(last, first + 1e-3), -rate)]
        changes.sort()
        passed = rate = time = 0.0
        for at, change in changes:
            more = rate * (at - time)
            if passed + more >= sought:
                return round(time + (sought - passed) / rate, 2)
            passed += more
            time, rate = at, rate + change
        return round(time, 2) if passed >= sought * (1 - 1e-6) else None

    def _messages(self, day: int, passed: Passed) -> Iterator[_Message]:
        """The messages of a stretch that begins on a day."""
        for run, backlog in zip(passed.runs, passed.backlogs, strict=True):
            if run.chance * run.arriving < self._least:
                continue
            parts = self._parts(backlog)
            arrived = served = 0.0
            for piece in run.pieces:
                length = piece.end - piece.start
                number = ceil(length / _LENGTH)
                half = length / number / 2
                for index in range(number):
                    before = (2 * index + 1) * half
                    weight = run.chance * piece.load * half * 2
                    work = arrived + piece.load * before, served + run.people * before
                    if weight > self._least:
                        for share, *ahead in self._ahead(run, piece, backlog, parts, work):
                            if weight * share > self._least:
                                minute = piece.start + before
                                here = (day + piece.day) % 7
                                work_ahead, differ, moves = ahead
                                yield _Message(
                                    here,
                                    run.way,
                                    minute,
                                    work_ahead,
                                    differ,
                                    half * moves,
                                    weight * share,
                                )
                arrived += piece.load * length
                served += run.people * length

    def _parts(self, backlog: Backlog) -> list[tuple[float, float, float]]:
        """Shares of a distribution of backlogs, the middle of each and half its width."""
        if backlog.clear > 1 - _LEAST:
            return []
        sums = list(accumulate(backlog.digits))
        step = self._queue.step
        edges = [
            step * (0.5 + bisect_left(sums, part / _PARTS * sums[-1])) for part in range(_PARTS)
        ]
        edges.append(step * (0.5 + bisect_left(sums, 0.98 * sums[-1])))
        share = (1 - backlog.clear) / _PARTS
        return [(share, (low + high) / 2, (high - low) / 2) for low, high in pairwise(edges)]

    def _ahead(
        self,
        run: Run,
        piece: Piece,
        backlog: Backlog,
        parts: Sequence[tuple[float, float, float]],
        work: tuple[float, float],
    ) -> Iterator[tuple[float, float, float, float]]:
        """Shares of the messages of a moment, and what is before them.

        Yields:
            A share, the work before its messages, how much that differs, and how fast their time to
            answer changes in the course of the piece.
        """
        arrived, served = work
        service, people, load = self._queue.service, run.people, piece.load
        clear = backlog.clear
        at_hand = max(0.0, people - 1) * service
        falls = abs(1 - load / people) if people else 1.0
        for share, middle, width in parts:
            ahead = middle + arrived - served
            if people and ahead + width <= 0:
                clear += share
            elif people and ahead < width:
                gone = (width - ahead) / (2 * width)
                clear += share * gone
                yield share * (1 - gone), (ahead + width) / 2, (ahead + width) / 2, falls
            else:
                yield share, max(0.0, ahead - at_hand), width, falls
        if not people:
            none = exp(-arrived / service)
            yield clear * none, 0.0, 0.0, falls
            if none < 1:
                yield clear * (1 - none), arrived / (1 - none), 0.0, falls
        elif load >= people:
            yield clear, max(0.0, arrived - served), 0.0, falls
        else:
            late = self._waiting.get((people, load))
            if late is None:
                late = self._waiting[people, load] = waiting(people, load)
            yield clear * (1 - late), 0.0, 0.0, 0.0
            mean = service * people / (people - load)
            # Three parts of an exponential distribution.
            yield clear * late * 0.4, 0.25 * mean, 0.25 * mean, 0.0
            yield clear * late * 0.4, 1.0 * mean, 0.5 * mean, 0.0
            yield clear * late * 0.2, 2.6 * mean, 1.1 * mean, 0.0

    def _turns(self, message: _Message) -> Iterator[_Sample]:
        """When the turn of some messages comes, by the ways in which the days can go."""
        day, way, minute, ahead, _, _, _ = message
        days = self._queue.days
        if way is None and minute < days[day].opens:
            day, minute = day - 1, minute + DAY
        elif way is not None:
            before = days[day].served(way, minute)
            at = days[day].when(way, before + ahead)
            if at is not None:
                yield from self._answers(message, 1.0, (day, way, at), at - minute)
                return
            ahead -= days[day].whole(way) - before
        still = [(1.0, 1, ahead)]
        while still:
            chance, after, left = still.pop()
            if after > _MOST_DAYS:
                yield _Sample(inf, inf, message.weight * chance)
                continue
            following = days[(day + after) % 7]
            ways = list(enumerate(following.ways))
            if chance < _RARE:
                ways = [max(ways, key=_often)]
            total = sum([other.chance for _, other in ways])
            for index, other in ways:
                share = chance * other.chance / total
                at = following.when(index, left)
                if at is None:
                    still.append((share, after + 1, left - following.whole(index)))
                else:
                    turn = (day + after) % 7, index, at
                    yield from self._answers(message, share, turn, after * DAY + at - minute)

    def _answers(
        self, message: _Message, chance: float, turn: tuple[int, int, float], time: float
    ) -> Iterator[_Sample]:
        """The times until the answers to messages whose turn has come, by who is there then."""
        day, way, minute = turn
        today = self._queue.days[day]
        spread = message.differ / (today.people(way, minute) or 1.0)
        spread += message.half
        first, last, weight = max(0.0, time - spread), time + spread, message.weight * chance
        times = self._queue.calendar.times
        people = today.ways[way].people
        there = [times[source] for source in today.team(minute) if people[source] > 0]
        for delay, share in min(there):
            yield _Sample(first + delay, last + delay, weight * share)


def _often(way: tuple[int, Attendance]) -> float:
    return way[1].chance


def _size(backlog: tuple[int, float]) -> float:
    return backlog[1]
