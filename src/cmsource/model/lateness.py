"""How long messages wait for their answer: a sample of messages spread evenly over all that arrive.

Each stands for the messages of a few hours of one way in which a day can go, with a backlog from
the middle of some share of its distribution. Its turn comes when the people there have had time
for that backlog, on this day or on one of the days after it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil, exp, inf

from cmsource.model.erlang import waiting
from cmsource.model.queue import Queue, Run
from cmsource.week import DAY

_LENGTH = 120  # minutes of arrivals that one sample stands for
_PARTS = (1 / 6, 1 / 2, 5 / 6)  # of the distribution of the backlog
_WAITS = ((0.711, 0.2936), (0.289, 1.7389))  # two points with the moments of an exponential
_LEAST = 2e-3  # a chance that is not followed any further
_MOST_DAYS = 28


class Lateness:
    """The times that messages wait, with how often they do.

    Args:
        queue: in steady state.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        samples = sorted(self._samples())
        self._times = [time for time, _ in samples]
        self._sums = list(accumulate(weight for _, weight in samples))

    def quantile(self, share: float) -> float | None:
        """Minutes within which a share of all messages is answered; None if it never is."""
        total = self._sums[-1] / self._queue.answered if self._sums else 0.0
        at = bisect_left(self._sums, share * total)
        if at >= len(self._times) or self._times[at] == inf:
            return None
        return self._times[at]

    def _samples(self) -> Iterator[tuple[float, float]]:
        """Times to answer and their weights: the work of the messages that take them."""
        for run in self._queue.runs:
            if run.chance < _LEAST:
                continue
            parts = _middles(run.before.masses, self._queue.step)
            arrived = served = 0.0
            for piece in run.pieces:
                length = piece.end - piece.start
                number = ceil(length / _LENGTH)
                for index in range(number):
                    passed = (index + 0.5) / number * length
                    weight = run.chance * piece.load * length / number
                    work, people = arrived + piece.load * passed, served + run.people * passed
                    for share, ahead in self._ahead(run, piece.load, parts, work, people):
                        for chance, time in self._turns(
                            piece.day, run.way, piece.start + passed, ahead
                        ):
                            yield time, weight * share * chance
                arrived += piece.load * length
                served += run.people * length

    def _ahead(
        self,
        run: Run,
        load: float,
        parts: Sequence[tuple[float, float]],
        arrived: float,
        served: float,
    ) -> Iterator[tuple[float, float]]:
        """Shares of the messages of a moment, and the work before them."""
        service, people = self._queue.service, run.people
        clear = run.before.clear
        for share, level in parts:
            ahead = level + arrived - served
            if people and ahead <= 0:
                clear += share
            else:
                yield share, max(0.0, ahead - max(0.0, people - 1) * service)
        if not people:
            none = exp(-arrived / service)
            yield clear * none, 0.0
            if none < 1:
                yield clear * (1 - none), arrived / (1 - none)
        elif load >= people:
            yield clear, max(0.0, arrived - served)
        else:
            late = waiting(people, load)
            yield clear * (1 - late), 0.0
            for share, times in _WAITS:
                yield clear * late * share, times * service * people / (people - load)

    def _turns(
        self, day: int, way: int | None, minute: float, ahead: float
    ) -> Iterator[tuple[float, float]]:
        """When a message with some work before it is answered, by the ways the days can go.

        Yields:
            A chance, and minutes from the arrival.
        """
        days = self._queue.days
        if way is None and minute < days[day].opens:
            day, minute = day - 1, minute + DAY
        open_: list[tuple[float, int, float]] = []
        if way is None:
            open_.append((1.0, 1, ahead))
        else:
            before = days[day].served(way, minute)
            at = days[day].when(way, before + ahead)
            if at is None:
                open_.append((1.0, 1, ahead - days[day].whole(way) + before))
            else:
                yield from self._answers(1.0, day, way, at, at - minute)
        while open_:
            chance, after, left = open_.pop()
            if chance < _LEAST or after > _MOST_DAYS:
                yield chance, inf if after > _MOST_DAYS else after * DAY - minute
                continue
            following = days[(day + after) % 7]
            for index, other in enumerate(following.ways):
                at = following.when(index, left)
                if at is None:
                    rest = left - following.whole(index)
                    open_.append((chance * other.chance, after + 1, rest))
                else:
                    time = after * DAY + at - minute
                    share = chance * other.chance
                    yield from self._answers(share, (day + after) % 7, index, at, time)

    def _answers(
        self, chance: float, day: int, way: int, minute: float, time: float
    ) -> Iterator[tuple[float, float]]:
        """The times to answer of messages whose turn has come, with the delay of who is there."""
        people = self._queue.days[day].ways[way].people
        there = [source for source in self._queue.days[day].team(minute) if people[source] > 0]
        by_source = self._queue.calendar.by_source
        for delay, share in min((by_source[source] for source in there), default=((0.0, 1.0),)):
            yield chance * share, time + delay


def _middles(masses: Sequence[float], step: float) -> list[tuple[float, float]]:
    """Shares of a distribution of backlogs, and the backlog in the middle of each."""
    sums = list(accumulate(masses))
    if not sums or sums[-1] < _LEAST:
        return []
    return [
        (sums[-1] / len(_PARTS), step * (1 + bisect_left(sums, part * sums[-1]))) for part in _PARTS
    ]
