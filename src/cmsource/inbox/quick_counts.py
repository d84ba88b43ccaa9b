"""Blocks of plain rows counted at once, with numpy: large CSV files take a third of the time.

It counts what reading row by row would, or nothing: a block that has anything to say is refused.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from cmsource.inbox.message_counts import A_WEEK, Counts
from cmsource.inbox.plain_rows import Cells, PlainRows, alike, letters_of, plain_rows
from cmsource.inbox.plain_times import UNKNOWN, Flags, PlainTimes, Quarters, Times
from cmsource.inbox.selection import Sieve

_MANY = 1 << 18
"""Times that are kept before they are counted, of 8 bytes each."""


_SIZES = 12
_LONGEST_WORD = 40
"""Letters of a word that says which side a message is of."""


class Found(NamedTuple):
    """The messages of a block.

    Attributes:
        times: of those that count, in parts.
        rows: all rows with any text.
        other_side: those that the sieve leaves out.
    """

    times: list[Times]
    rows: int
    other_side: int


class QuickCounts:
    """Reads blocks of a log, and counts times.

    Args:
        delimiter: what separates its cells.
        at: the column of its times.
        sieve: what rows have to meet: nothing, or to be of one side.
    """

    def __init__(self, delimiter: str, at: int, sieve: Sieve) -> None:
        self._delimiter = delimiter
        self._at = at
        self._sieve = sieve
        self._times = PlainTimes()
        self._waiting: dict[int, tuple[Counts, list[Quarters]]] = {}
        self._size = 0

    def rows(self, block: bytes) -> PlainRows | None:
        """The whole rows of a block; None where its quotes do not follow the rules."""
        return plain_rows(block, self._delimiter)

    def read(self, block: bytes, rows: PlainRows) -> Found | None:
        """The messages of a block; None where any of them has to be looked at by itself."""
        if not _is_utf_8(block, rows.end):
            return None
        if not len(rows.starts):
            return Found([], 0, 0)
        cells = rows.column(self._at)
        if cells is None:
            return None
        kept = cells
        if (side := self._sieve.side) is not None:
            sides = rows.column(side.at)
            if sides is None:
                return None
            own = _flags(rows, sides, side.means_own)
            if own is None:
                return None
            mask = own if self._sieve.wants_own else ~own
            kept = Cells(cells.starts[mask], cells.ends[mask])
        times = self._times.read(rows.data, kept) if len(kept.starts) else []
        if times is None:
            return None
        count = len(cells.starts)
        return Found(times, count, count - len(kept.starts))

    def add(self, counts: Counts, quarters: Quarters) -> int:
        """Count messages, soon; how many of them have no quarter."""
        known = quarters[quarters != UNKNOWN]
        if not len(known):
            return len(quarters)
        self._waiting.setdefault(id(counts), (counts, []))[1].append(known)
        self._size += len(known)
        if self._size > _MANY:
            self.finish()
        return len(quarters) - len(known)

    def finish(self) -> None:
        """Count the messages that wait to be counted."""
        for counts, waiting in self._waiting.values():
            quarters = np.concatenate(waiting)
            first = int(quarters.min()) // A_WEEK
            weeks = int(quarters.max()) // A_WEEK + 1 - first
            found = np.bincount(quarters - first * A_WEEK, minlength=weeks * A_WEEK)
            found = found.reshape(weeks, A_WEEK)
            for week in np.flatnonzero(found.any(axis=1)).tolist():
                counts.add_to_week(first + week, found[week].tolist())
        self._waiting.clear()
        self._size = 0


def _is_utf_8(block: bytes, end: int) -> bool:
    if block.isascii():
        return True
    try:
        block[:end].decode()
    except UnicodeDecodeError:
        return False
    return True


def _flags(rows: PlainRows, cells: Cells, means: Callable[[str], bool]) -> Flags | None:
    """What some cells mean; None where they are long, or of many sizes."""
    sizes = cells.ends - cells.starts
    different = np.unique(sizes).tolist()
    if len(different) > _SIZES or different[-1] > _LONGEST_WORD:
        return None
    flags = np.zeros(len(sizes), np.bool_)
    for size in different:
        of_size = sizes == size
        if size:
            texts, numbers = alike(letters_of(rows.data, cells.starts[of_size], size))
            meant = np.array([means(text.decode()) for text in texts], np.bool_)
            flags[of_size] = meant[numbers]
    return flags
