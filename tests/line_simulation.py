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

Software reads a message as it comes, in the option's order, if it is on duty and the message's type
is on its arc, which begins where the arc of the source before it ended and moves no person's. It
answers a share of them at once; of its answers a share is wrong, and comes back some time later as
a message for people. What it does not answer it hands over. Each that had the message makes people
need some minutes more for it.

A share of the messages may be answered with a reply kept ready: such an answer takes a share of the
minutes, and goes out so much sooner.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from math import inf, log
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


class Robot(NamedTuple):
    """Software as the simulation sees it, times in minutes.

    Attributes:
        before: how many desks stand before it in the option's order.
        duty: half-open intervals of minutes of the week.
        takes: share of the types that it may take.
        resolves: share of those that it answers.
        wrong: share of its answers that are wrong.
        noticed_after: time until those come back.
        hand_over: time that people need more for a message that it had.
    """

    before: int
    duty: Sequence[tuple[int, int]]
    takes: float
    resolves: float
    wrong: float
    noticed_after: float
    hand_over: float


class Case(NamedTuple):
    """What to simulate.

    Attributes:
        desks: sources of people.
        weights: 168 weights of arrival.
        weekly: messages a week.
        minutes_each: minutes of an answer.
        robots: software, in the option's order.
        ready: share of the messages that a reply kept ready answers.
        ready_takes: what such an answer takes, as a share of the minutes.
    """

    desks: Sequence[Desk]
    weights: Sequence[float]
    weekly: float
    minutes_each: float
    robots: Sequence[Robot] = ()
    ready: float = 0.0
    ready_takes: float = 1.0


class Message:
    """A message that comes to people.

    Args:
        arrived: when it arrived.
        queued: when it came to them.
        kind: its type.
        minutes: what an answer to it takes, on average.
    """

    __slots__ = ("arrived", "kind", "minutes", "queued", "taken")

    def __init__(self, arrived: float, queued: float, kind: int, minutes: float) -> None:
        self.arrived, self.queued, self.kind, self.minutes = arrived, queued, kind, minutes
        self.taken = False


class Played(NamedTuple):
    """What became of the messages that arrived while it counted.

    Attributes:
        waits: minutes until each answer goes out; infinite for those that are never taken.
        shares: share of all messages that each source took.
        busy: hours a week that each source worked on messages.
        resolved: share of all messages that each robot answered, wrong answers among them.
        right: share of all messages that it answered for good.
    """

    waits: list[float]
    shares: list[float]
    busy: list[float]
    resolved: Sequence[float] = ()
    right: Sequence[float] = ()

    def within(self, minutes: float) -> float:
        """Share of the messages answered within so many minutes."""
        return sum(wait <= minutes + 1e-9 for wait in self.waits) / len(self.waits)

    @property
    def answered(self) -> float:
        """Share of the messages that are ever answered."""
        return sum(self.shares) + sum(self.right)

    def quantile(self, share: float) -> float:
        """Minutes within which a share of all messages is answered."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


def simulate(  # noqa: PLR0915 - one loop, as the rules go
    case: Case, weeks: int, seed: int, warm_up: int = 10
) -> Played:
    """Play some weeks.

    Millions of messages go through it: what is done for each of them is written to be fast.

    Args:
        case: what to simulate.
        weeks: how many count.
        seed: of the random numbers.
        warm_up: weeks before them.
    """
    random = Random(seed)
    draw = random.random
    desks, robots = case.desks, case.robots
    edges = _edges(desks, weeks + warm_up + 2, random)
    kinds, arcs = _kinds(desks, robots)
    bounds = [bound for bound, _ in kinds]
    able = [sources for _, sources in kinds]
    mine = [[k for k, sources in enumerate(able) if i in sources] for i in range(len(desks))]
    lines: list[deque[Message]] = [deque() for _ in able]
    people = [0] * len(desks)
    work: list[list[Message]] = [[] for _ in desks]  # messages at hand
    busy = [0.0] * len(desks)
    first, last = warm_up * WEEK, (warm_up + weeks) * WEEK
    waits: list[float] = []
    taken = [0] * len(desks)
    resolved, right = [0] * len(robots), [0] * len(robots)
    counted = 0
    arrivals = _arrivals(case, weeks + warm_up, random)
    coming = next(arrivals, inf)
    wrong: list[tuple[float, int, Message]] = []  # when each comes back
    edge_at, edge_people = next(edges)
    now = 0.0

    def take(source: int, message: Message) -> None:
        work[source].append(message)
        if first <= now < last:
            busy[source] += last - now
        elif now < first:
            busy[source] += last - first
        if not message.taken:
            message.taken = True
            if first <= message.arrived < last:
                desk = desks[source]
                wait = now - message.arrived + message.minutes + desk.delay
                if desk.escalates and draw() < desk.escalates:
                    wait += desk.escalation_delay
                waits.append(wait)
                taken[source] += 1

    def leave(source: int, place: int) -> Message:
        if first <= now < last:
            busy[source] -= last - now
        elif now < first:
            busy[source] -= last - first
        return work[source].pop(place)

    def fill(source: int) -> None:
        at_hand, most = work[source], people[source]
        while len(at_hand) < most:
            oldest, best = inf, -1
            for kind in mine[source]:
                line = lines[kind]
                while line and not line[0].taken and now - line[0].queued > PATIENCE:
                    line.popleft()
                if line and line[0].queued < oldest:
                    oldest, best = line[0].queued, kind
            if best < 0:
                return
            take(source, lines[best].popleft())

    def come(message: Message) -> bool:
        """A message comes to people; whether one of them takes it at once."""
        sources = able[message.kind]
        for i in sources:
            if len(work[i]) < people[i]:
                take(i, message)
                return True
        if sources:
            lines[message.kind].append(message)
        return False

    def ended(at: float) -> tuple[int, int]:
        """Whose work ends, and which of what he has at hand: each at its own speed."""
        found = 0, 0
        for i, at_hand in enumerate(work):
            for place, message in enumerate(at_hand):
                at -= 1 / message.minutes
                found = i, place
                if at <= 0:
                    return found
        return found

    def read(message: Message, place: float) -> bool:
        """Software reads a message as it comes; whether people get it now."""
        counts = first <= now < last
        for number, (robot, (begin, length)) in enumerate(zip(robots, arcs, strict=True)):
            minute = now % WEEK
            if (place - begin) % 1.0 >= length or not any(a <= minute < b for a, b in robot.duty):
                continue
            message.minutes += robot.hand_over
            if draw() >= robot.resolves:
                continue
            resolved[number] += counts
            if draw() >= robot.wrong:
                right[number] += counts
                if counts:
                    waits.append(0.0)
                return False
            message.queued = now + robot.noticed_after
            heappush(wrong, (message.queued, id(message), message))
            return False
        return True

    done, rate = inf, 0.0
    while edge_at < inf:
        now = coming if coming < done else done
        changed = True
        if wrong and wrong[0][0] < min(now, edge_at):
            message = heappop(wrong)[2]
            now = message.queued
            changed = come(message)
        elif edge_at <= now:
            now = edge_at
            people = edge_people
            for i, at_hand in enumerate(work):
                while len(at_hand) > people[i]:
                    left = leave(i, random.randrange(len(at_hand)))
                    lines[left.kind].appendleft(left)
            for i in range(len(desks)):
                fill(i)
            edge_at, edge_people = next(edges, (inf, people))
        elif now == coming:
            if first <= now < last:
                counted += 1
            place = draw()
            minutes = case.minutes_each
            if case.ready and draw() < case.ready:
                minutes *= case.ready_takes
            message = Message(now, now, bisect_right(bounds, place), minutes)
            changed = (not robots or read(message, place)) and come(message)
            coming = next(arrivals, inf)
        else:
            source, place = ended(draw() * rate)
            leave(source, place)
            fill(source)
        if changed:
            rate = sum([1 / message.minutes for at_hand in work for message in at_hand])
        done = now - log(1.0 - draw()) / rate if rate else inf
    waits.extend([inf] * (counted - len(waits)))
    return Played(
        waits,
        [n / counted for n in taken],
        [b / 60 / weeks for b in busy],
        [n / counted for n in resolved],
        [n / counted for n in right],
    )


def _kinds(
    desks: Sequence[Desk], robots: Sequence[Robot]
) -> tuple[list[tuple[float, tuple[int, ...]]], list[tuple[float, float]]]:
    """Parts of the circle of types: the end of each, and who may take it; the arcs of robots."""
    arcs: list[tuple[float, float]] = []
    of_robots: list[tuple[float, float]] = []
    begin = end = 0.0  # where the arcs of the desks before, and of anybody before, ended
    for i in range(len(desks) + 1):
        for robot in robots:
            if robot.before == i:
                of_robots.append((end, robot.takes))
                end = (end + robot.takes) % 1.0
        if i < len(desks):
            arcs.append((begin, desks[i].takes))
            begin = end = (begin + desks[i].takes) % 1.0
    cuts = sorted({0.0, 1.0, *(b for b, _ in arcs), *(((b + t) % 1.0) for b, t in arcs)})
    kinds = []
    for low, high in pairwise(cuts):
        middle = (low + high) / 2
        able = tuple(i for i, (b, t) in enumerate(arcs) if (middle - b) % 1.0 < t)
        kinds.append((high, able))
    return kinds, of_robots


def _arrivals(case: Case, weeks: int, random: Random) -> Iterator[float]:
    """Times of arrival: the exponential clock of a Poisson process, read through the profile."""
    total = sum(case.weights)
    sums = [0.0]
    for weight in case.weights:
        sums.append(sums[-1] + weight / total)
    sums[-1] = 1.0
    draw, weekly = random.random, case.weekly
    clock = -log(1.0 - draw()) / weekly
    while clock < weeks:
        week = int(clock)
        part = clock - week
        hour = min(167, bisect_right(sums, part) - 1)
        inside = (part - sums[hour]) / (sums[hour + 1] - sums[hour])
        yield week * WEEK + 60 * (hour + inside)
        clock -= log(1.0 - draw()) / weekly


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
