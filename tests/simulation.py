"""A discrete-event simulation of one queue of messages, to hold the model's figures against.

It shares nothing with the model but the words. Every calendar day each source draws who is there:
its roster has ⌈k⌉ people with probability k − ⌊k⌋ and ⌊k⌋ otherwise, and each of them is absent all
day with probability u. Messages arrive as a Poisson process, wait in one line, first come first
served, over all hours without anybody, and take exponential times to answer. Who leaves puts the
message at hand back at the head of the line. Once a message's turn has come, its answer goes out
as soon as any source that is there has one ready: after its delay, and after its escalation delay
as well when this source has to ask about this message.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

DAY = 1440
WEEK = 10080


class Desk(NamedTuple):
    """A source as the simulation sees it, times in minutes.

    Attributes:
        duty: half-open intervals of minutes of the week.
        depth: people rostered on an hour of duty, k.
        absent: chance that a rostered person is away for the day, u.
        delay: time before an answer goes out.
        escalates: share of the messages that it has to ask about.
        escalation_delay: further time those take.
    """

    duty: Sequence[tuple[int, int]]
    depth: float
    absent: float = 0.0
    delay: float = 0.0
    escalates: float = 0.0
    escalation_delay: float = 0.0


class Case(NamedTuple):
    """What to simulate: sources, 168 weights of arrival, messages a week, minutes of an answer."""

    desks: Sequence[Desk]
    weights: Sequence[float]
    weekly: float
    minutes_each: float


def simulate(case: Case, weeks: int, seed: int, warm_up: int = 10) -> list[float]:
    """Minutes until the answer of every message that arrives, warm-up left out.

    Args:
        case: what to simulate.
        weeks: how many weeks count.
        seed: of the random numbers.
        warm_up: weeks before them.
    """
    random = Random(seed)
    days = 7 * (weeks + warm_up)
    present = [[_draw(desk, random) for _ in range(days)] for desk in case.desks]
    arrivals = _arrivals(case, weeks + warm_up, random)
    changes = _changes(case.desks, present, weeks + warm_up)
    starts = _serve(arrivals, changes, 1 / case.minutes_each, random)
    first = bisect_left(arrivals, warm_up * WEEK)
    # The last messages may not have been started when the time is up; a few hundred weeks
    # outweigh them.
    counted = list(zip(arrivals, starts, strict=False))[first:]
    if not any(desk.delay or desk.escalates for desk in case.desks):
        return [start - arrival for arrival, start in counted]
    windows = [
        _windows(desk, there, weeks + warm_up)
        for desk, there in zip(case.desks, present, strict=True)
    ]
    return [_answered(start, case.desks, windows, random) - arrival for arrival, start in counted]


def share_within(waits: Sequence[float], minutes: float) -> float:
    """Share of the messages answered within so many minutes."""
    return sum(wait <= minutes + 1e-9 for wait in waits) / len(waits)


def _draw(desk: Desk, random: Random) -> int:
    rostered = int(desk.depth) + (random.random() < desk.depth - int(desk.depth))
    return sum(random.random() >= desk.absent for _ in range(rostered))


def _arrivals(case: Case, weeks: int, random: Random) -> list[float]:
    """Times of arrival: the exponential clock of a Poisson process, read through the profile."""
    total = sum(case.weights)
    sums = [0.0]
    for weight in case.weights:
        sums.append(sums[-1] + weight / total)
    sums[-1] = 1.0
    times = []
    clock = random.expovariate(case.weekly)
    while clock < weeks:
        week = int(clock)
        part = clock - week
        hour = min(167, bisect_right(sums, part) - 1)
        inside = (part - sums[hour]) / (sums[hour + 1] - sums[hour])
        times.append(week * WEEK + 60 * (hour + inside))
        clock += random.expovariate(case.weekly)
    return times


def _pieces(desk: Desk) -> list[tuple[int, int]]:
    """The duty cut at midnights."""
    cut = []
    for begin, end in desk.duty:
        start = begin
        while start < end:
            stop = min(end, (start // DAY + 1) * DAY)
            cut.append((start, stop))
            start = stop
    return cut


def _changes(
    desks: Sequence[Desk], present: Sequence[Sequence[int]], weeks: int
) -> list[tuple[float, int]]:
    """When the number of people there changes, and to how many."""
    steps: dict[int, int] = {}
    for desk, there in zip(desks, present, strict=True):
        for start, stop in _pieces(desk):
            for week in range(weeks):
                people = there[week * 7 + start // DAY]
                base = week * WEEK
                steps[base + start] = steps.get(base + start, 0) + people
                steps[base + stop] = steps.get(base + stop, 0) - people
    number = 0
    found: list[tuple[float, int]] = []
    for time in sorted(steps):
        if steps[time]:
            number += steps[time]
            found.append((time, number))
    return found


def _serve(
    arrivals: Sequence[float], changes: Sequence[tuple[float, int]], rate: float, random: Random
) -> list[float]:
    """When the answer to each message is begun, in the order of arrival."""
    starts: list[float] = []
    waiting = len(arrivals)
    servers = busy = put_back = 0
    now = 0.0
    here = 0  # messages that have arrived
    edges = iter([*changes, (float("inf"), 0)])
    edge, after = next(edges)
    done = float("inf")
    while True:
        coming = arrivals[here] if here < waiting else float("inf")
        now = min(coming, done, edge)
        if now == float("inf"):
            return starts
        if now == edge:
            servers = after
            edge, after = next(edges)
            if busy > servers:
                put_back += busy - servers
                busy = servers
        elif now == coming:
            here += 1
        else:
            busy -= 1
        while busy < servers:
            if put_back:
                put_back -= 1
            elif len(starts) < here:
                starts.append(now)
            else:
                break
            busy += 1
        done = now + random.expovariate(busy * rate) if busy else float("inf")


def _windows(desk: Desk, there: Sequence[int], weeks: int) -> tuple[list[float], list[float]]:
    """Starts and ends of the times at which a source has anybody there."""
    pairs = sorted(
        (week * WEEK + start, week * WEEK + stop)
        for start, stop in _pieces(desk)
        for week in range(weeks)
        if there[week * 7 + start // DAY]
    )
    return [start for start, _ in pairs], [stop for _, stop in pairs]


def _answered(
    start: float,
    desks: Sequence[Desk],
    windows: Sequence[tuple[list[float], list[float]]],
    random: Random,
) -> float:
    """When the first answer goes out, once a message's turn has come."""
    best = float("inf")
    for desk, (opens, closes) in zip(desks, windows, strict=True):
        index = bisect_right(closes, start)
        if index == len(opens):
            continue
        extra = desk.escalation_delay if random.random() < desk.escalates else 0.0
        best = min(best, max(start, opens[index]) + desk.delay + extra)
    return best
