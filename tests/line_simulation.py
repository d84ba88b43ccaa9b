"""A discrete-event simulation of the line of messages, to hold the model's figures against.

It plays the rules of docs/model.md message by message and shares nothing with the model but the
words. Every calendar day each source draws who is there: its roster has ⌈k⌉ people with
probability k − ⌊k⌋ and ⌊k⌋ otherwise, and each of them is away all day with probability u.
Messages arrive as a Poisson process; each has a type, uniform on a circle of length 1, and each
source may take the types of an arc that begins where the arc of the source before it ended. A
message goes to the first source of the option's order that may take it and has a free person; who
becomes free takes the oldest message that he may take; what somebody leaves unfinished goes on with
the next person. Whoever takes a message answers it: its answer goes out the minutes of an answer
and his delay later, later still where he has to ask. What nobody has taken after two weeks is given
up.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from random import Random
from typing import NamedTuple

DAY = 1440
WEEK = 10080
PATIENCE = 2 * WEEK


class Desk(NamedTuple):
    """A source as the simulation sees it, times in minutes.

    Attributes:
        duty: half-open intervals of minutes of the week.
        depth: people rostered on an hour of duty, k.
        absent: chance that a rostered person is away for the day, u.
        delay: time before an answer goes out.
        escalates: share of its messages that it has to ask about.
        escalation_delay: further time those take.
        takes: share of the types that it may take.
    """

    duty: Sequence[tuple[int, int]]
    depth: float
    absent: float = 0.0
    delay: float = 0.0
    escalates: float = 0.0
    escalation_delay: float = 0.0
    takes: float = 1.0


class Case(NamedTuple):
    """What to simulate: sources, 168 weights of arrival, messages a week, minutes of an answer."""

    desks: Sequence[Desk]
    weights: Sequence[float]
    weekly: float
    minutes_each: float


class Played(NamedTuple):
    """What became of the messages that arrived while it counted.

    Attributes:
        waits: minutes until each answer goes out; infinite for those that are never taken.
        shares: share of all messages that each source took.
        busy: hours a week that each source worked on messages.
    """

    waits: list[float]
    shares: list[float]
    busy: list[float]

    def within(self, minutes: float) -> float:
        """Share of the messages answered within so many minutes."""
        return sum(wait <= minutes + 1e-9 for wait in self.waits) / len(self.waits)

    @property
    def answered(self) -> float:
        """Share of the messages that are ever answered."""
        return sum(self.shares)

    def quantile(self, share: float) -> float:
        """Minutes within which a share of all messages is answered."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


def simulate(  # noqa: PLR0912, PLR0915 - one loop, as the rules go
    case: Case, weeks: int, seed: int, warm_up: int = 10
) -> Played:
    """Play some weeks.

    Args:
        case: what to simulate.
        weeks: how many count.
        seed: of the random numbers.
        warm_up: weeks before them.
    """
    random = Random(seed)
    desks = case.desks
    edges = _edges(desks, weeks + warm_up + 2, random)
    kinds = _kinds(desks)
    bounds = [bound for bound, _ in kinds]
    able = [sources for _, sources in kinds]
    mine = [[k for k, sources in enumerate(able) if i in sources] for i in range(len(desks))]
    lines: list[deque[list[float]]] = [deque() for _ in kinds]  # of [arrival, taken by, kind]
    people = [0] * len(desks)
    work: list[list[list[float]]] = [[] for _ in desks]  # messages at hand
    busy = [0.0] * len(desks)
    first, last = warm_up * WEEK, (warm_up + weeks) * WEEK
    waits: list[float] = []
    taken = [0] * len(desks)
    counted = 0
    arrivals = _arrivals(case, weeks + warm_up, random)
    coming = next(arrivals, inf)
    edge_at, edge_people = next(edges)
    rate = 1 / case.minutes_each
    now = 0.0

    def take(source: int, message: list[float]) -> None:
        nonlocal counted
        work[source].append(message)
        if message[1] < 0:
            message[1] = source
            if first <= message[0] < last:
                desk = desks[source]
                asks = desk.escalates and random.random() < desk.escalates
                wait = now - message[0] + case.minutes_each + desk.delay
                waits.append(wait + (desk.escalation_delay if asks else 0.0))
                taken[source] += 1

    def fill(source: int) -> None:
        while len(work[source]) < people[source]:
            best = -1
            for kind in mine[source]:
                line = lines[kind]
                while line and line[0][1] < 0 and now - line[0][0] > PATIENCE:
                    line.popleft()
                if line and (best < 0 or line[0][0] < lines[best][0][0]):
                    best = kind
            if best < 0:
                return
            take(source, lines[best].popleft())

    done = inf
    while True:
        upto = min(coming, done, edge_at)
        if edge_at == inf:
            break
        if first <= now and upto <= last:
            for i, at_hand in enumerate(work):
                busy[i] += len(at_hand) * (upto - now)
        now = upto
        if now == edge_at:
            people = edge_people
            for i, at_hand in enumerate(work):
                while len(at_hand) > people[i]:
                    left = at_hand.pop(random.randrange(len(at_hand)))
                    lines[int(left[2])].appendleft(left)
            for i in range(len(desks)):
                fill(i)
            edge_at, edge_people = next(edges, (inf, people))
        elif now == coming:
            counted += first <= now < last
            kind = bisect_right(bounds, random.random())
            if kind < len(kinds):
                message = [now, -1.0, float(kind)]
                for i in able[kind]:
                    if len(work[i]) < people[i]:
                        take(i, message)
                        break
                else:
                    lines[kind].append(message)
            coming = next(arrivals, inf)
        else:
            at = random.randrange(sum(map(len, work)))
            for i, at_hand in enumerate(work):
                if at < len(at_hand):
                    at_hand[at] = at_hand[-1]
                    at_hand.pop()
                    fill(i)
                    break
                at -= len(at_hand)
        total = sum(map(len, work))
        done = now + random.expovariate(total * rate) if total else inf
    waits += [inf] * (counted - len(waits))
    return Played(waits, [n / counted for n in taken], [b / 60 / weeks for b in busy])


def _kinds(desks: Sequence[Desk]) -> list[tuple[float, tuple[int, ...]]]:
    """Parts of the circle of types: the end of each, and who may take it."""
    arcs = []
    begin = 0.0
    for desk in desks:
        arcs.append((begin, desk.takes))
        begin = (begin + desk.takes) % 1.0
    cuts = sorted({0.0, 1.0, *(b for b, _ in arcs), *(((b + t) % 1.0) for b, t in arcs)})
    kinds = []
    for low, high in pairwise(cuts):
        middle = (low + high) / 2
        able = tuple(i for i, (b, t) in enumerate(arcs) if (middle - b) % 1.0 < t)
        kinds.append((high, able))
    return kinds


def _arrivals(case: Case, weeks: int, random: Random) -> Iterator[float]:
    """Times of arrival: the exponential clock of a Poisson process, read through the profile."""
    total = sum(case.weights)
    sums = [0.0]
    for weight in case.weights:
        sums.append(sums[-1] + weight / total)
    sums[-1] = 1.0
    clock = random.expovariate(case.weekly)
    while clock < weeks:
        week = int(clock)
        part = clock - week
        hour = min(167, bisect_right(sums, part) - 1)
        inside = (part - sums[hour]) / (sums[hour + 1] - sums[hour])
        yield week * WEEK + 60 * (hour + inside)
        clock += random.expovariate(case.weekly)


def _edges(desks: Sequence[Desk], weeks: int, random: Random) -> Iterator[tuple[float, list[int]]]:
    """When the numbers of people there change, and to what."""
    cuts = sorted(
        {d * DAY for d in range(7)} | {m % WEEK for desk in desks for a in desk.duty for m in a}
    )
    for week in range(weeks):
        day = -1
        for cut in cuts:
            if cut // DAY != day:
                day = cut // DAY
                there = [_draw(desk, random) for desk in desks]
            on = [
                there[i] if any(a <= cut < b for a, b in desk.duty) else 0
                for i, desk in enumerate(desks)
            ]
            yield float(week * WEEK + cut), on


def _draw(desk: Desk, random: Random) -> int:
    rostered = int(desk.depth) + (random.random() < desk.depth - int(desk.depth))
    return sum(random.random() >= desk.absent for _ in range(rostered))
