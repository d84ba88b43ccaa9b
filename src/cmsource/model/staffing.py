"""How many people a roster puts on each hour, and the chance that somebody is there."""

from math import floor

from cmsource.countries.labour import smallest_headcount

__all__ = ["presence", "rostered_depth", "smallest_headcount"]


def rostered_depth(headcount: float, hours: float, planned: float, duty_hours: float) -> float:
    """How many people a roster can put on each hour of duty.

    n·h·(1 − p) / L, and never more than n·(1 − p): where the duty is shorter than the contract,
    people are still away for their leave, and nobody stands beside himself.

    Args:
        headcount: people, n.
        hours: contract hours a week of each, h.
        planned: planned absence as a share of working time, p.
        duty_hours: length of the duty in hours a week, L.
    """
    if duty_hours <= 0 or headcount <= 0:
        return 0.0
    return min(headcount * hours * (1 - planned) / duty_hours, headcount * (1 - planned))


def presence(depth: float, absent: float) -> float:
    """Chance that at least one person is there in an hour of duty.

    Of the hours, a share k − ⌊k⌋ has ⌈k⌉ people rostered and the rest ⌊k⌋, each of them there with
    probability 1 − u: a mixture of two binomials. For k ≤ 1 that is k·(1 − u).

    Args:
        depth: rostered depth, k.
        absent: unplanned absence as a share of working time, u.
    """
    below = floor(depth)
    more = depth - below
    alone = absent**below  # chance that none of ⌊k⌋ people is there; 1 for none
    return 1 - alone * (1 - more + more * absent)
