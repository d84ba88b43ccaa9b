"""A simulation of call-outs, message by message, to hold the model's formula against.

It plays the rules of docs/model.md: somebody is on duty and on call in some hours of the week, each
day there or away. A message that comes on call while no call-out is going on begins one, which
counts from a reaction time later until nobody waits and the minimum has passed. What has come
before the hours waits for them, and begins one with them. It shares nothing with the model but the
words.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

DAY = 1440
WEEK = 10080


class Hours(NamedTuple):
    """Hours of one day, from minute to minute of the week, on call or on duty."""

    start: int
    end: int
    on_call: bool = True


class Played(NamedTuple):
    """Call-outs a week, hours a week paid for them, and hours a week of messages in them."""

    number: float
    hours: float
    messages: float


def play(
    windows: Sequence[Hours],
    rate: Callable[[float], float],
    most: float,
    terms: tuple[float, float, float],
    weeks: int,
    seed: int,
    away: float = 0.0,
    others: bool = False,
) -> Played:
    """Play some weeks.

    Args:
        windows: when somebody is there, in order.
        rate: messages a minute at a minute of the week.
        most: the highest rate.
        terms: minutes of an answer on average, to react, and that are paid at least.
        weeks: how many.
        seed: of the random numbers.
        away: chance that nobody is there on a day.
        others: whether somebody else takes what comes outside of the windows, and on days away.
    """
    random = Random(seed)
    service, reaction, minimum = terms
    arrivals: list[float] = []
    clock = random.expovariate(most)
    while clock < weeks * WEEK:
        if random.random() < rate(clock % WEEK) / most:
            arrivals.append(clock)
        clock += random.expovariate(most)
    arrivals.append(float("inf"))
    number, paid, answered, place, waiting = 0, 0.0, 0, 0, 0
    for start, end, on_call in _there(windows, weeks, away, random):
        if others:
            waiting, place = 0, bisect_right(arrivals, start)
        now = float(start)
        since = None if on_call else now
        while now < end:
            come = bisect_right(arrivals, now)
            waiting, place = waiting + come - place, come
            if since is None:
                if not waiting:
                    now = arrivals[place]
                    continue
                number += 1
                since = now = now + reaction
            elif waiting:
                waiting -= 1
                answered += on_call
                now += random.expovariate(1 / service)
            else:
                until = min(end, since + minimum) if on_call else end
                if arrivals[place] < until:
                    now = arrivals[place]
                    continue
                now = max(now, until)
                if on_call:
                    paid += max(minimum, now - since)
                    since = None
        if on_call and since is not None:
            paid += max(minimum, end - since)
    return Played(number / weeks, paid / 60 / weeks, answered * service / 60 / weeks)


def _there(
    windows: Sequence[Hours], weeks: int, away: float, random: Random
) -> Sequence[tuple[int, int, bool]]:
    """The windows of all weeks in which somebody is there, each day there or away."""
    found = []
    for week in range(weeks):
        present = [random.random() >= away for _ in range(7)]
        found += [
            (week * WEEK + start, week * WEEK + end, on_call)
            for start, end, on_call in windows
            if present[start // DAY]
        ]
    return found
