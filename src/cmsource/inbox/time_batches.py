"""Whole batches of cells read as moments at once, in the forms that large logs use.

A reader refuses a batch of which it is not sure, in which case each cell is read on its own.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from cmsource.inbox.timestamps import (
    EPOCH,
    EPOCH_UTC,
    ISO_TEXT,
    LEAST,
    MOST,
    QUARTER,
    SECONDS,
    epoch_unit,
    twitter_moment,
)


class Batch(NamedTuple):
    """Moments of one batch of cells, all with a zone or all without."""

    quarters: list[int]
    zoned: bool


NOTHING = Batch([], False)
"""What a batch without cells holds."""


def _of_moments(moments: Sequence[datetime]) -> Batch:
    zoned = moments[0].tzinfo is not None
    epoch = EPOCH_UTC if zoned else EPOCH
    # A moment of the other sort cannot be subtracted: TypeError, and the batch is refused.
    return _in_range(Batch([(moment - epoch) // QUARTER for moment in moments], zoned))


def _in_range(batch: Batch) -> Batch:
    if min(batch.quarters) < LEAST or max(batch.quarters) >= MOST:
        raise ValueError
    return batch


def _fast_iso(cells: Sequence[str]) -> Batch:
    if min(map(len, cells)) < ISO_TEXT:
        raise ValueError
    return _of_moments(list(map(datetime.fromisoformat, cells)))


def _fast_twitter(cells: Sequence[str]) -> Batch:
    return _of_moments(list(map(twitter_moment, cells)))


def _fast_epoch(cells: Sequence[str]) -> Batch:
    if not "".join(cells).isdecimal() or max(map(len, cells)) > 19:
        raise ValueError
    values = list(map(int, cells))
    unit = epoch_unit(min(values), max(values))
    if unit is None:
        raise ValueError
    return Batch([value // (SECONDS * unit) for value in values], True)


FAST: dict[str, Callable[[Sequence[str]], Batch]] = {
    "iso": _fast_iso,
    "twitter": _fast_twitter,
    "epoch": _fast_epoch,
}
"""Readers of whole batches, by form; they raise ValueError, KeyError or TypeError to refuse one."""
