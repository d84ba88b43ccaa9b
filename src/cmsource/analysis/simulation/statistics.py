"""Figures of many draws: percentiles, ranks, and how two series go together."""

from collections.abc import Sequence
from math import floor, sqrt


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies.

    Linear between neighbours: with n values in order, that share of the way from the first to the
    last, at place share · (n - 1) (Hyndman and Fan's type 7).

    Args:
        ordered: at least one value, in ascending order.
        share: from 0 to 1.
    """
    place = share * (len(ordered) - 1)
    below = floor(place)
    part = place - below
    if part == 0.0:
        return ordered[below]
    return ordered[below] + part * (ordered[below + 1] - ordered[below])


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, from 1; equal values share the average of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start + 1
        value = values[order[start]]
        while end < len(order) and values[order[end]] == value:
            end += 1
        shared = (start + end + 1) / 2.0
        for place in order[start:end]:
            found[place] = shared
        start = end
    return found


def centred(values: Sequence[float]) -> list[float] | None:
    """The ranks of values, less their mean and scaled to length 1; None when all are equal.

    The product of two such series is their rank correlation.
    """
    found = ranks(values)
    mean = (len(found) + 1) / 2.0
    away = [rank - mean for rank in found]
    length = sqrt(sum([each * each for each in away]))
    return [each / length for each in away] if length > 0.0 else None


def correlation(one: Sequence[float] | None, other: Sequence[float] | None) -> float | None:
    """Spearman's rank correlation of two series that `centred` made; None where one is constant."""
    if one is None or other is None:
        return None
    product = sum([a * b for a, b in zip(one, other, strict=True)])
    return min(1.0, max(-1.0, product))
