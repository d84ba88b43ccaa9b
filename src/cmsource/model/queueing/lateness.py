"""How long messages wait for their answer, from a sample that stands for those of a week.

Each sample stands for the messages of one piece of the week, of one way in which its day can go,
with a backlog from one part of its distribution. Its turn comes when the people there have had
time for that backlog, on this day or on one of the days after it. What waits gets its answer at
about the same time, so that the times of a sample are spread over the length of its piece, less
what is served in it, and over the time that the backlogs of its part differ by.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, exp, inf
from typing import NamedTuple

from cmsource.model.queueing.answering import Answers
from cmsource.model.queueing.backlog import Backlog
from cmsource.model.queueing.erlang import waiting
from cmsource.model.queueing.queue import Lived, Piece, Queue, Run
from cmsource.results.phase import Answering
from cmsource.values.week import DAY

_PARTS = 3  # of the distribution of the backlog
_LENGTH = 240  # minutes of arrivals that a sample stands for at most
_LEAST = 2e-4  # a share of the messages that counts
_MOST_DAYS = 28


@lru_cache(maxsize=64)
def answering(answers: Answers) -> Answering:
    """How late messages are answered, and when most work waits.

    Options of a scenario often have phases with the same people, whose answers are the same object.
    """
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
        days = queue.days
        # The way in which a day with somebody there mostly goes.
        self._mostly = [
            max((each.whole(i) > 0, way.chance, i) for i, way in enumerate(each.ways))[2]
            for each in days
        ]
        means = [
            sum([way.chance * each.whole(i) for i, way in enumerate(each.ways)]) for each in days
        ]
        self._served = [
            list(accumulate([means[(day + after) % 7] for after in range(_MOST_DAYS)]))
            for day in range(7)
        ]
        # Stretches that are the same are gone through once, on the first of their days.
        alike: dict[tuple[object, ...], list[Lived]] = {}
        for lived in queue.week:
            alike.setdefault((id(lived.passed), lived.ahead), []).append(lived)
        self._samples = [
            sample
            for same in alike.values()
            for message in self._messages(same[0], len(same))
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

    def _messages(self, first: Lived, number: int) -> Iterator[_Message]:
        """The messages of so many stretches of a week, of which one is the first."""
        day, passed = first.day, first.passed
        for run, backlog in zip(passed.runs, passed.backlogs, strict=True):
            if number * run.chance * run.arriving < self._least:
                continue
            parts = self._parts(backlog)
            arrived = served = 0.0
            for piece in run.pieces:
                length = piece.end - piece.start
                samples = ceil(length / _LENGTH)
                half = length / samples / 2
                for index in range(samples):
                    before = (2 * index + 1) * half
                    weight = number * run.chance * piece.load * half * 2
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
            ahead = max(0.0, ahead - (days[day].whole(way) - before))
        after = 1
        while days[(day + after) % 7].closes == days[(day + after) % 7].opens:
            after += 1  # a day without duty
        following = days[(day + after) % 7]
        for index, other in enumerate(following.ways):
            at = following.when(index, ahead)
            if at is None:
                left = max(0.0, ahead - following.whole(index))
                yield from self._later(message, other.chance, (day, after + 1), left)
            else:
                turn = (day + after) % 7, index, at
                yield from self._answers(message, other.chance, turn, after * DAY + at - minute)

    def _later(
        self, message: _Message, chance: float, begin: tuple[int, int], left: float
    ) -> Iterator[_Sample]:
        """When the turn comes of messages that wait beyond the next day, as days go on average.

        Args:
            message: the messages.
            chance: that they wait for so long.
            begin: the day of which they are counted, and how many days after it this begins.
            left: minutes of work that are then before them.
        """
        day, after = begin
        first = (day + after) % 7
        served = self._served[first]
        more = bisect_right(served, left)
        if more == len(served):
            yield _Sample(inf, inf, message.weight * chance)
            return
        number = (first + more) % 7
        following = self._queue.days[number]
        way = self._mostly[number]
        before = served[more - 1] if more else 0.0
        part = (left - before) / (served[more] - before)
        at = following.when(way, part * following.whole(way))
        # The end of the duty is as good where rounding has it a little later.
        at = following.closes if at is None else at
        minute = message.minute + (DAY if message.day != day else 0)
        time = (after + more) * DAY + at - minute
        yield from self._answers(message, chance, (number, way, at), time)

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
        # By an error of rounding a turn can come at the very end of the duty that it belongs to.
        there = there or [times[source] for source, number in enumerate(people) if number > 0]
        for delay, share in min(there):
            yield _Sample(first + delay, last + delay, weight * share)


def _size(backlog: tuple[int, float]) -> float:
    return backlog[1]
