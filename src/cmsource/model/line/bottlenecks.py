"""Types of messages of which more come than people have time for.

Whoever takes several types takes the oldest message, so that people who are busy with a longer line
have no time for a shorter one. Who is busy with what follows from the time that they have: the
narrowest neck first.
"""

from collections.abc import Sequence
from itertools import combinations

from cmsource.model.line.message_types import MessageType

_EQUAL = 1e-9


def full_types(
    types: Sequence[MessageType], weekly: float, capacity: Sequence[float]
) -> frozenset[int]:
    """The types of which more come than there is time for, by their indexes.

    The first are those with most messages for the time of all who may take any of them. These
    people have no time for others: the next are found among the types and the people who are left.

    Args:
        types: of messages, each with somebody who has time.
        weekly: messages a week.
        capacity: messages a week that each source can answer.
    """
    left = list(range(len(types)))
    people = {i for each in types for i in each.takers}
    full: set[int] = set()
    while left:
        share, neck, inside = _narrowest(types, left, people, capacity)
        if share * weekly <= 1:
            break
        full.update(inside)
        people -= neck
        left = [n for n in left if n not in inside]
    return frozenset(full)


def _narrowest(
    types: Sequence[MessageType], left: Sequence[int], people: set[int], capacity: Sequence[float]
) -> tuple[float, set[int], list[int]]:
    """Most of all messages for a message of some people's time, these people, and their types.

    Their types are those that nobody else may take.
    """
    most, neck, types_of_it = 0.0, people, list(left)
    for number in range(1, len(people) + 1):
        for some in combinations(sorted(people), number):
            inside = [n for n in left if people.intersection(types[n].takers) <= set(some)]
            used = people.intersection([i for n in inside for i in types[n].takers])
            if used == set(some):
                share = sum([types[n].share for n in inside]) / sum([capacity[i] for i in some])
                if share >= most - _EQUAL:
                    most, neck, types_of_it = share, used, inside
    return most, neck, types_of_it
