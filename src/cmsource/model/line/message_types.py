"""Types of messages by who may take them.

Each message has a type, a point on a circle of length 1. A source that takes a share of the
messages may take the types of an arc of that length, which begins where the arc of the source
before it ended.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_DIGITS = 12


class MessageType(NamedTuple):
    """Messages that the same sources may take.

    Attributes:
        share: of all messages.
        takers: indexes of the sources, in the option's order; empty for messages that are nobody's.
        profile: when they come; None where that is when all messages do.
    """

    share: float
    takers: tuple[int, ...]
    profile: tuple[float, ...] | None = None


class Arc(NamedTuple):
    """Types that a source may take: where they begin on the circle, and how much of it they are."""

    begin: float
    length: float

    @property
    def end(self) -> float:
        """Where the arc of the next source begins."""
        return round((self.begin + self.length) % 1.0, _DIGITS) % 1.0


@lru_cache(maxsize=256)
def message_types(
    takes: tuple[float, ...], beside: tuple[bool, ...] = ()
) -> tuple[MessageType, ...]:
    """The types of messages of sources that take these shares, in the option's order.

    Args:
        takes: the shares.
        beside: which of them may take the same types as the one before it; none when empty.
    """
    arcs: list[Arc] = []
    start = 0.0
    for number, length in enumerate(takes):
        if beside and beside[number] and arcs:
            arcs.append(Arc(arcs[-1].begin, length))
            continue
        arcs.append(Arc(start, length))
        start = arcs[-1].end
    shares: dict[tuple[int, ...], float] = {}
    for share, takers in cut(arcs):
        shares[takers] = shares.get(takers, 0.0) + share
    return tuple([MessageType(share, takers) for takers, share in shares.items()])


def cut(arcs: Sequence[Arc]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """The circle in pieces: how much of it each is, and which arcs it belongs to, as indexes."""
    cuts = {0.0, 1.0, *[arc.begin for arc in arcs], *[arc.end for arc in arcs]}
    for low, high in pairwise(sorted(cuts)):
        middle = (low + high) / 2
        yield (
            high - low,
            tuple([i for i, arc in enumerate(arcs) if (middle - arc.begin) % 1.0 < arc.length]),
        )


def split_of_a_full_line(
    types: Sequence[MessageType], capacity: Sequence[float]
) -> list[list[float]]:
    """How sources divide their time between types while messages of all of them wait.

    Everybody is busy and takes the oldest message, so that the lines of all types move on alike:
    the time that goes to a type is in proportion to its share. Of the ways to do so the evenest is
    found, by scaling the table's rows and columns in turn (Deming and Stephan, 1940).

    Args:
        types: of messages.
        capacity: hours of each source.

    Returns:
        For each type, the part of each source's time that goes to it.
    """
    total = sum(capacity)
    shared = sum([each.share for each in types if each.takers]) or 1.0
    table = [
        [each.share * hours if i in each.takers else 0.0 for i, hours in enumerate(capacity)]
        for each in types
    ]
    for _ in range(20):
        for row, each in zip(table, types, strict=True):
            found = sum(row)
            if found:
                row[:] = [part * each.share / shared * total / found for part in row]
        for i, hours in enumerate(capacity):
            found = sum([row[i] for row in table])
            if found:
                for row in table:
                    row[i] *= hours / found
    return [
        [part / hours if hours else 0.0 for part, hours in zip(row, capacity, strict=True)]
        for row in table
    ]
