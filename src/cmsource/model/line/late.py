"""The time within which a share of all messages is answered."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from math import exp, inf, log

_TRIES = 4  # of a time until which a share is answered, at most, where it is known about
_MORE = 4  # further ones where it is not
_CLOSE = 2.0  # minutes between two times, between which a straight line is good enough
_CLOSE_PART = 0.25  # the same as a part of the time
_EXACT = 0.005  # a share of the messages that does not count
_UNSURE = 0.1  # a share of the messages by which what is known about may be wrong
_SURER = 0.7  # of that, after each time that has been looked at
_ALMOST = 1e-9  # minutes: an error of rounding


def reached(
    share: float,
    answered: Callable[[float], float],
    known: dict[float, float],
    bounds: tuple[float, float],
    about: Sequence[tuple[float, float]] = (),
    close: float = _CLOSE_PART,
) -> float | None:
    """The time within which a share is answered.

    It is looked for where it is about. Where other shares near by would take about as long, that is
    it; else what is answered by then is looked at, and it is looked for beside it, or narrowed down
    in the logarithm of time.

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
    goal, unsure = share, _UNSURE
    for number in range(_TRIES + _MORE):
        if high - low < max(_CLOSE, close * (high - least)):
            break
        place = bisect_left(sums, goal)
        between = about[place][0] if place < len(about) else longest
        if number >= _TRIES or not low < between < high:
            part = min(0.8, max(0.2, _part(value(low), share, value(high))))
            start, end = log(low - least + 1), log(high - least + 1)
            between = least - 1 + exp(start + part * (end - start))
        elif _alike(about, sums, goal, unsure) < max(_CLOSE, close * (between - least)):
            return between
        unsure *= _SURER
        found = value(between)
        if abs(found - share) < _EXACT:
            return between
        goal += share - found
        if found < share:
            low = between
        else:
            high = between
    return low + (high - low) * _part(value(low), share, value(high))


def bent(
    about: Sequence[tuple[float, float]], known: Mapping[float, float]
) -> list[tuple[float, float]]:
    """What is answered within some minutes, about, so that it fits what is known.

    Args:
        about: some minutes, upwards, and what is answered within them, about.
        known: the same for some minutes, exactly.
    """
    found: list[tuple[float, float]] = []
    place, before, exact = 0, 0.0, 0.0
    for minutes, share in sorted(known.items()):
        end = bisect_left(about, (minutes + _ALMOST, 0.0))
        part = about[place:end]
        if part:
            first, last = before, part[-1][1]
            times = (share - exact) / (last - first) if last > first else 0.0
            found += [(minute, exact + times * (each - first)) for minute, each in part]
            place, before = end, last
        exact = share
    return found


def _alike(
    about: Sequence[tuple[float, float]], sums: Sequence[float], share: float, unsure: float
) -> float:
    """How many minutes lie between those of a share that is a little less and a little more."""
    last = len(about) - 1
    minutes = about[min(last, bisect_left(sums, share))][0]
    # Many may take as long: then the next ones that take less and more.
    least = min(bisect_left(sums, share - unsure), bisect_left(about, (minutes, 0.0))) - 1
    most = max(bisect_left(sums, share + unsure), bisect_right(about, (minutes, inf)))
    return about[most][0] - about[least][0] if 0 <= least < most <= last else inf


def _part(below: float, value: float, above: float) -> float:
    """How far a value lies between two others, from 0 to 1."""
    return (value - below) / (above - below) if above > below else 0.5
