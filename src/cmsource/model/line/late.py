"""The time within which a share of all messages is answered."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from math import exp, log

_FOLLOWED = 3  # times that are looked at where what is known about says, at most
_TRIES = 16  # of a time until which a share is answered, at most
_CLOSE = 2.0  # minutes between two times, between which a straight line is good enough
_CLOSE_PART = 0.02  # the same as a part of the time
_EXACT = 0.005  # a share of the messages that does not count
_JUST_BEFORE = 1e-6  # minutes
_NARROWER = 0.1  # of what is left, at least, after each time that has been looked at
_ALMOST = 1e-9  # minutes: an error of rounding


def reached(
    share: float,
    answered: Callable[[float], float],
    known: dict[float, float],
    bounds: tuple[float, float],
    about: Sequence[tuple[float, float]] = (),
    jumps: Sequence[float] = (),
) -> float | None:
    """The time within which a share is answered: what is answered within it is that share.

    It is looked for where it is about, then narrowed down in the logarithm of time. Where many
    answers go out after exactly as long, no other time may have that share: it is the first within
    which as much is answered.

    Args:
        share: the share.
        answered: what is answered within some minutes.
        known: the same for some minutes, to which others are added.
        bounds: minutes before which no answer goes out, and within which all do that ever do.
        about: some minutes, upwards, and what is answered within them, about.
        jumps: minutes after which exactly many answers may go out, upwards.

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
    for jump in jumps:
        if low < jump <= high:
            if value(jump) < share:
                low = jump
                continue
            high = jump - _JUST_BEFORE
            if high <= low or value(high) < share:
                return jump
    sums = [found for _, found in about]
    goal = share
    for number in range(_TRIES):
        if high - low < max(_CLOSE, _CLOSE_PART * (high - least)):
            break
        place = bisect_left(sums, goal)
        between = about[place][0] if place < len(about) else longest
        if number >= _FOLLOWED or not low < between < high:
            part = _part(value(low), share, value(high))
            part = min(1 - _NARROWER, max(_NARROWER, part))
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


def _part(below: float, value: float, above: float) -> float:
    """How far a value lies between two others, from 0 to 1."""
    return (value - below) / (above - below) if above > below else 0.5
