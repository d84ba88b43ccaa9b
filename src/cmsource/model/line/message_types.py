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
