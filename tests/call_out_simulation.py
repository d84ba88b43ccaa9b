"""A simulation of call-outs, message by message, to hold the model's formula against.

It plays the rules of docs/model.md: somebody is on call in some hours of the week, each day there
or away. A message that comes while no call-out is going on begins one, which counts from a reaction
time later until nobody waits and the minimum has passed. What has come before the hours on call
waits for them, and begins one with them. It shares nothing with the model but the words.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

DAY = 1440
WEEK = 10080


class Played(NamedTuple):
    """Call-outs a week, paid hours a week, and messages answered in them a week."""

    number: float
    hours: float
    messages: float


def play(  # noqa: PLR0912 - one loop, as the rules go
    stretches: Sequence[tuple[int, int]],
    rate: Callable[[float], float],
    most: float,
    terms: tuple[float, float, float],
    weeks: int,
    seed: int,
    away: float = 0.0,
    waits: bool = False,
) -> Played:
    """Play some weeks.

    Args:
        stretches: hours on call, from minute to minute, each within one day.
        rate: messages a minute at a minute of the week.
        most: the highest rate.
        terms: minutes of an answer on average, to react, and that are paid at least.
        weeks: how many.
        seed: of the random numbers.
        away: chance that nobody is on call on a day.
        waits: whether messages that come outside wait for the next stretch; else others take them.
    """
    random = Random(seed)
    service, reaction, minimum = terms
    number, paid, answered = 0, 0.0, 0
    clock = random.expovariate(most)
    line: list[float] = []
    arrivals: list[float] = []
    while clock < weeks * WEEK:
        if random.random() < rate(clock % WEEK) / most:
            arrivals.append(clock)
        clock += random.expovariate(most)
    place = 0
    for week in range(weeks):
        for begin, finish in stretches:
            start, end = week * WEEK + begin, week * WEEK + finish
            upto = bisect_right(arrivals, start)
            line = arrivals[place:upto] if waits else []
            if random.random() < away:
                # Whoever comes on the day goes on waiting, or is taken by others.
                place = place if waits else bisect_right(arrivals, end)
                continue
            place = upto
            now = float(start)
            while True:
                if not line:
                    if place >= len(arrivals) or arrivals[place] >= end:
                        break
                    now = max(now, arrivals[place])
                    line.append(arrivals[place])
                    place += 1
                since = now + reaction
                number += 1
                now = since
                while True:
                    while place < len(arrivals) and arrivals[place] <= min(now, end - 1e-9):
                        line.append(arrivals[place])
                        place += 1
                    if now >= end:
                        break
                    if line:
                        line.pop(0)
                        answered += 1
                        now += random.expovariate(1 / service)
                        continue
                    until = since + minimum
                    coming = arrivals[place] if place < len(arrivals) else float("inf")
                    if coming >= min(until, end):
                        now = max(now, min(until, end))
                        break
                    now = coming
                paid += max(minimum, min(now, end) - since)
                if now >= end:
                    break
    return Played(number / weeks, paid / 60 / weeks, answered / weeks)
