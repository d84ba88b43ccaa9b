"""Totals in bins of equal width, with edges that are easy to say."""

from collections.abc import Sequence
from math import floor, log10
from typing import NamedTuple

_WANTED = 10
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Bin(NamedTuple):
    """One bin.

    Attributes:
        low: its lower edge in cents, part of it.
        high: its upper edge; part of it in the last bin only.
        share: the share of all values in it.
    """

    low: int
    high: int
    share: float


def bins(values: Sequence[int]) -> tuple[Bin, ...]:
    """At most ten or so bins over all values; one of no width when all are equal.

    Args:
        values: at least one, in cents.
    """
    least, most = min(values), max(values)
    if least == most:
        return (Bin(least, most, 1.0),)
    width = _width(most - least)
    start = least // width
    last = max(start, -(-most // width) - 1)
    counts = [0] * (last - start + 1)
    for value in values:
        counts[min(value // width, last) - start] += 1
    return tuple(
        Bin((start + place) * width, (start + place + 1) * width, count / len(values))
        for place, count in enumerate(counts)
    )


def _width(span: int) -> int:
    """A round width of bins, of which ten at most fit into the span."""
    least = span / _WANTED
    power = 10.0 ** floor(log10(least))
    for step in _STEPS:
        width = round(step * power)
        if width >= least and width >= 1:
            return width
    return max(1, round(10 * power))
