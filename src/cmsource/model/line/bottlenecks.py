"""Types of messages that wait for the same people where people have little time.

Whoever takes several types takes the oldest message. So types that share busy people wait for as
long as each other, as if everybody of them could take all of their messages, and people who are
busy with a longer line have no time for a shorter one. Who is busy with what follows from the time
that they have: the narrowest neck first.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from cmsource.model.line.message_types import MessageType

_EQUAL = 1e-9


class Bottleneck(NamedTuple):
    """Types that wait for the same people where people are busy.

    Attributes:
        types: their indexes.
        takers: who has time for them.
        busy: of each of them, messages for the time of the people that decide it: its own, or those
            that a narrower neck has taken from it.
        use: messages for the time of its own people.
    """

    types: tuple[int, ...]
    takers: tuple[int, ...]
    busy: tuple[float, ...]
    use: float


def bottlenecks(
    types: Sequence[MessageType], weekly: float, capacity: Sequence[float]
) -> list[Bottleneck]:
    """All types, the narrowest neck first.

    The first are those with most messages for the time of all who may take any of them. These
    people have no time for others: the next are found among the types and the people who are left.

    Args:
        types: of messages, each with somebody who has time.
        weekly: messages a week.
        capacity: messages a week that each source can answer.
    """
    left = list(range(len(types)))
    people = {i for each in types for i in each.takers}
    lost: dict[int, float] = {}
    found = []
    while left:
        busy, neck, inside = _narrowest(types, left, people, capacity)
        busy *= weekly
        found.append(
            Bottleneck(
                tuple(inside),
                tuple(sorted(neck)),
                tuple([lost.get(n, busy) for n in inside]),
                busy,
            )
        )
        people -= neck
        left = [n for n in left if n not in inside]
        for n in left:
            if neck.intersection(types[n].takers):
                lost[n] = max(lost.get(n, 0.0), busy)
    return found


def _narrowest(
    types: Sequence[MessageType], left: Sequence[int], people: set[int], capacity: Sequence[float]
) -> tuple[float, set[int], list[int]]:
    """The most messages for some people's time, these people, and the types only they may take."""
    most, neck, types_of_it = 0.0, people, list(left)
    for number in range(1, len(people) + 1):
        for some in combinations(sorted(people), number):
            inside = [n for n in left if people.intersection(types[n].takers) <= set(some)]
            used = people.intersection([i for n in inside for i in types[n].takers])
            if used == set(some):
                busy = sum([types[n].share for n in inside]) / sum([capacity[i] for i in some])
                if busy >= most - _EQUAL:
                    most, neck, types_of_it = busy, used, inside
    return most, neck, types_of_it
