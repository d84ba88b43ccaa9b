"""The time within which a share of all messages is answered."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from math import exp, log

_TRIES = 4  # of a time until which a share is answered, at most, where it is known about
_MORE = 4  # further ones where it is not
_CLOSE = 2.0  # minutes between two times, between which a straight line is good enough
_CLOSE_PART = 0.25  # the same as a part of the time
_EXACT = 0.005  # a share of the messages that does not count


def reached(
    share: float,
    answered: Callable[[float], float],
    known: dict[float, float],
    bounds: tuple[float, float],
    about: Sequence[tuple[float, float]] = (),
    close: float = _CLOSE_PART,
) -> float | None:
    """The time within which a share is answered.

    It is looked for where it is about, and then narrowed down in the logarithm of time.

    Args:
        share: the share.
        answered: what is answered within some minutes.
        known: the same for some minutes, to which others are added.
        bounds: minutes before which no answer goes out, and within which all do that ever do.
        about: some minutes, upwards, and what is answered within them, about.
        close: a part of the time that does not count.

    Returns:
        Minutes; None where less than that share is ever answered.
    """

    def value(minutes: float) -> float:
        if minutes not in known:
            known[minutes] = answered(minutes)
        return known[minutes]

    least, longest = bounds
    if value(longest) < share:
        return None
    low = max([least, *[t for t, found in known.items() if found < share]])
    if value(low) >= share:
        return low
    high = min([t for t, found in known.items() if found >= share and t > low])
    sums = [found for _, found in about]
    goal = share
    for number in range(_TRIES + _MORE):
        if high - low < max(_CLOSE, close * (high - least)):
            break
        place = bisect_left(sums, goal)
        between = about[place][0] if place < len(about) else longest
        if number >= _TRIES or not low < between < high:
            part = min(0.8, max(0.2, _part(value(low), share, value(high))))
            start, end = log(low - least + 1), log(high - least + 1)
            between = least - 1 + exp(start + part * (end - start))
        found = value(between)
        if abs(found - share) < _EXACT:
            return between
        goal += share - found
        if found < share:
            low = between
        else:
            high = between
    return low + (high - low) * _part(value(low), share, value(high))


def _part(below: float, value: float, above: float) -> float:
    """How far a value lies between two others, from 0 to 1."""
    return (value - below) / (above - below) if above > below else 0.5
