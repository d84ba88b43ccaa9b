"""Lower convex hulls of costs by hours, and the least of one less what the hours are worth."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

Corners: TypeAlias = Sequence[tuple[float, float]]
"""Hours, and the cents that they cost, at the corners of a lower convex hull from left to right."""

Steps: TypeAlias = Sequence[tuple[float, float]]
"""What an hour of work is worth in cents, and how many such hours there are: the dearest first."""


def lower_hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the lower convex hull of points from left to right."""
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) > 1:
            (a, b), (c, d) = hull[-2:]
            if (d - b) * (x - a) < (y - b) * (c - a):
                break
            hull.pop()
        hull.append((x, y))
    return hull


def least(corners: Corners, steps: Steps) -> float:
    """The least that hours cost less what they are worth, over all hours of a hull.

    The dearest hours are worked first, so that each further one is worth no more than those before
    it; and each costs no less than those before it. So it is at its least where one more hour would
    cost what it is worth, or at an end.
    """
    here, found = corners[0]
    left = list(steps)
    left.reverse()
    while here > 0 and left:
        worth, hours = left.pop()
        found -= worth * min(here, hours)
        if hours > here:
            left.append((worth, hours - here))
        here -= hours
    for (low, cents), (high, more) in pairwise(corners):
        slope, length = (more - cents) / (high - low), high - low
        while length > 0:
            worth, hours = left.pop() if left else (0.0, length)
            if slope >= worth:
                return found
            done = min(hours, length)
            found += (slope - worth) * done
            length -= done
            if hours > done:
                left.append((worth, hours - done))
    return found
