"""Distributions on a range, by the inverses of their distribution functions.

A uniform number from 0 to 1 goes in, a value of the range comes out: that way correlated uniform
numbers give correlated values, whatever the shapes of the ranges.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from math import erfc, sqrt

Quantile = Callable[[float], float]
"""From a share from 0 to 1 to the value that this share of draws stays below."""

_CELLS = 2_000
_NODES = ((-sqrt(3 / 5), 5 / 9), (0.0, 8 / 9), (sqrt(3 / 5), 5 / 9))
"""Gauss and Legendre's rule of three points on the interval from -1 to 1."""


def quantile_of(shape: str, low: float, likely: float, high: float) -> Quantile:
    """The inverse distribution function of a range.

    Args:
        shape: ``triangular`` or ``pert``.
        low: the lowest value.
        likely: the most likely one.
        high: the highest; low <= likely <= high.
    """
    if low == high:
        return lambda _: likely
    if shape == "pert":
        return _pert(low, likely, high)
    return _triangular(low, likely, high)


def _triangular(low: float, likely: float, high: float) -> Quantile:
    """The density rises in a line from the low end to the likely value and falls to the high end.

    Below the likely value m, F(x) = (x - low)² / ((high - low)(m - low)); above it,
    1 - F(x) = (high - x)² / ((high - low)(high - m)).
    """
    width = high - low
    rising, falling = width * (likely - low), width * (high - likely)
    turn = (likely - low) / width

    def value(share: float) -> float:
        if share < turn:
            return low + sqrt(share * rising)
        return high - sqrt((1.0 - share) * falling)

    return value


def _pert(low: float, likely: float, high: float) -> Quantile:
    """A beta distribution on the range, its mean (low + 4 likely + high) / 6.

    Its density is x^a (1 - x)^(4 - a), with x the place in the range from 0 to 1 and a four times
    the place of the likely value. The function is added up over small cells and inverted in a
    straight line within one.
    """
    width = high - low
    shares = _beta((likely - low) / width)

    def value(share: float) -> float:
        cell = min(max(bisect_right(shares, share) - 1, 0), _CELLS - 1)
        step = shares[cell + 1] - shares[cell]
        part = (share - shares[cell]) / step if step > 0.0 else 0.0
        return low + width * (cell + part) / _CELLS

    return value


@lru_cache(maxsize=64)
def _beta(place: float) -> tuple[float, ...]:
    """The distribution function of a PERT on 0 to 1 at the ends of all cells."""
    rise, fall = 4.0 * place, 4.0 - 4.0 * place
    half = 0.5 / _CELLS

    def weight(cell: int) -> float:
        middle = (cell + 0.5) / _CELLS
        points = ((middle + half * node, share) for node, share in _NODES)
        found: float = sum(share * x**rise * (1.0 - x) ** fall for x, share in points)
        return found

    sums = list(accumulate((weight(cell) for cell in range(_CELLS)), initial=0.0))
    return tuple(each / sums[-1] for each in sums)


def normal_share(deviations: float) -> float:
    """The share of a normal distribution below so many standard deviations."""
    return 0.5 * erfc(-deviations / sqrt(2.0))
