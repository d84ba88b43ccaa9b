"""What departures cost in weeks of cover: time in which a post is empty, or being learned."""

from collections.abc import Iterable
from math import exp, prod

from cmsource.model.resource import Resource

_WEEKS = 52.0
_MONTHS = 12.0


def short_after_leaving(turnover: float, lead: float, ramp: float) -> float:
    """Share of the time in which a post is short because somebody left it.

    Whoever fills the post leaves at the rate of turnover, also while learning. It is then empty
    for as long as it takes to hire, and short until the successor has learned it: a renewal from
    one hire to the next, of which the tenure is exponential.

    Args:
        turnover: departures a year from a filled post.
        lead: months until a successor is at work.
        ramp: months until the successor has learned the post.
    """
    if turnover <= 0:
        return 0.0
    empty = turnover * lead / _MONTHS
    learning = 1 - exp(-turnover * ramp / _MONTHS)
    return (empty + learning) / (1 + empty)


def short_between(placement: float, gap: float, ramp: float) -> float:
    """Share of the time in which a seat is short because a placement has ended.

    Args:
        placement: months of one.
        gap: months until the next.
        ramp: months until an intern has learned the job.
    """
    return (gap + min(ramp, placement)) / (placement + gap)


def weeks_short(resources: Iterable[Resource]) -> float:
    """Weeks a year in which at least one post is short because somebody left."""
    none = prod([(1 - each.weeks.short) ** each.headcount for each in resources])
    return _WEEKS * (1 - none)
