"""Times of whole columns, read at once with numpy where they are all written alike.

Each day, with whatever else a text says besides its time of the day, is read by `stamp_of` once;
hours and minutes are added to it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cmsource.inbox.plain_rows import Bytes, Cells, Places, alike, letters_of
from cmsource.inbox.timestamps import Stamp, StampError, epoch_unit, stamp_of

Quarters: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
UNKNOWN = -1
"""Stands for the quarter of a date that there is not in one of the orders of its numbers."""

_CLOCK = re.compile(rb"(?:(?<![\d:])\d\d| \d):\d\d(?P<seconds>:\d\d(?:[.,]\d+)?)?(?![\d:])")
_HALF = re.compile(rb"[ap]\.? ?m", re.IGNORECASE)
_ZERO, _NINE, _COLON, _SPACE = b"09: "
_LONGEST = 60
_LENGTHS = 12
"""Lengths of texts that are told apart: 1/2/2024 9:05 and 12/12/2024 19:05 are of one column."""


_NOWHERE = Cells(np.array([], np.intp), np.array([], np.intp))


class Times(NamedTuple):
    """The times of some cells.

    Attributes:
        cells: where they stand.
        quarters: of each, as `Stamp.quarter` has it; `UNKNOWN` for None.
        month_first: when the first number is the month; the same where it matters for none.
        zoned: whether all of them say their zone, or none does.
        ordered: whether any depends on which number is the day.
    """

    cells: Cells
    quarters: Quarters
    month_first: Quarters
    zoned: bool
    ordered: bool

    @property
    def in_no_order(self) -> dict[str, Flags]:
        """Which of them are no dates with the ``day`` first, and which not with the ``month``."""
        return {"day": self.quarters == UNKNOWN, "month": self.month_first == UNKNOWN}

    @property
    def in_both_orders(self) -> Flags:
        """Which of them are dates in both orders, and not the same one."""
        known: Flags = (self.quarters != UNKNOWN) & (self.month_first != UNKNOWN)
        differ: Flags = known & (self.quarters != self.month_first)
        return differ

    def first(self, which: Flags) -> tuple[int, int] | None:
        """Where the first of some of them begins, and where it ends."""
        at = int(which.argmax())
        return (int(self.cells.starts[at]), int(self.cells.ends[at])) if which[at] else None


class _Day(NamedTuple):
    """A day as one text has it: its midnight, in both orders of its numbers.

    Attributes:
        half: whether its hours are those of half a day.
    """

    stamp: Stamp
    half: bool


class PlainTimes:
    """Reads the times of columns, and remembers days."""

    def __init__(self) -> None:
        self._days: dict[tuple[bytes, bytes, bytes], _Day | None] = {}

    def read(self, data: Bytes, cells: Cells) -> list[Times] | None:
        """The times of cells, in parts; None where any cell is not like the others, or no time."""
        sizes = cells.ends - cells.starts
        least, most = int(sizes.min()), int(sizes.max())
        if least < 1 or most > _LONGEST:
            return None
        different = [least] if least == most else np.unique(sizes).tolist()
        if len(different) > _LENGTHS:
            return None
        found = []
        for size in different:
            part = cells
            if len(different) > 1:
                alike = sizes == size
                part = Cells(cells.starts[alike], cells.ends[alike])
            letters = letters_of(data, part.starts, size)
            first = letters[:, 0].tobytes()
            times = _epochs(letters) if first.isdigit() else self._clocks(letters, first)
            if times is None:
                return None
            found.append(times._replace(cells=part))
        return found

    def _clocks(self, letters: Bytes, first: bytes) -> Times | None:
        """Times with hours and minutes at the place where the first one has them.

        Args:
            letters: a row for the first letter of each text, one for the second, and so on.
            first: the first text.
        """
        if (clock := _CLOCK.search(first)) is None:
            return None
        start, end = clock.span()
        digits = [start + 1, start + 3, start + 4]
        marks = {start + 2: _COLON}
        if clock["seconds"] is not None:
            marks[start + 5] = _COLON
            digits += [start + 6, start + 7, *range(start + 9, end)]
            if end > start + 8:
                marks[start + 8] = first[start + 8]
            if (letters[start + 6] > _ZERO + 5).any():
                return None
        tens = letters[start]
        spaced = tens == _SPACE
        if not (
            all((letters[at] == mark).all() for at, mark in marks.items())
            and all(_are_digits(letters[at]).all() for at in digits)
            and (_are_digits(tens) | spaced).all()
        ):
            return None
        if (
            start
            and (_are_digits(letters[start - 1]) & ~spaced | (letters[start - 1] == _COLON)).any()
        ):
            return None
        if end < len(first) and (_are_digits(letters[end]) | (letters[end] == _COLON)).any():
            return None
        hours = np.where(spaced, 0, tens - _ZERO) * 10 + letters[start + 1] - _ZERO
        minutes = (letters[start + 3] - _ZERO) * 10 + letters[start + 4] - _ZERO
        marked = np.where(spaced, _SPACE, _ZERO).astype(np.uint8)[None, :]
        around = np.concatenate([letters[:start], marked, letters[end:]])
        which, numbers = alike(around)
        days = [self._day(text[:start], text[start:], clock["seconds"]) for text in which]
        return _moved(days, numbers, hours, minutes)

    def _day(self, before: bytes, after: bytes, seconds: bytes | None) -> _Day | None:
        """The midnight of a day; None for one that is none, or has no quarters like all others.

        Args:
            before: what stands before the hours.
            after: the first letter of the hours, a space or a zero, and what stands after the time.
            seconds: those that the texts have; None where they have none.
        """
        key = before, after[1:], after[:1] + (b":00" if seconds else b"")
        if key not in self._days:
            self._days[key] = _midnight(*key)
        return self._days[key]


def _midnight(before: bytes, after: bytes, clock: bytes) -> _Day | None:
    half = _HALF.search(after) is not None
    tens, rest = clock[:1], clock[1:]
    hour = b"1:" if half else b"0:"
    found = []
    for minute in (b"00", b"14"):
        text = b"".join((before, tens, hour, minute, rest, after))
        try:
            stamp = stamp_of(text.decode())
        except (StampError, UnicodeDecodeError):
            return None
        found.append(stamp)
    stamp, later = found
    if stamp is None or later is None or stamp.quarter != later.quarter:
        return None  # its offset from UTC may be no whole number of quarters
    if half:  # an hour after midnight, or noon
        orders = (None if each is None else each - 4 for each in (stamp.quarter, stamp.month_first))
        first, second = orders
        stamp = stamp._replace(quarter=first, month_first=second)
    return _Day(stamp, half)


def _are_digits(letters: Bytes) -> Flags:
    return (letters >= _ZERO) & (letters <= _NINE)


def _moved(
    days: Sequence[_Day | None], numbers: Places, hours: Bytes, minutes: Bytes
) -> Times | None:
    """Moments of some days; None where they are not all of one sort."""
    known = [day for day in days if day is not None]
    sorts = {(day.stamp.zoned, day.half) for day in known}
    if len(known) < len(days) or len(sorts) != 1:
        return None
    [(zoned, half)] = sorts
    least, most = (1, 12) if half else (0, 23)
    if hours.min() < least or hours.max() > most or minutes.max() > 59:
        return None
    moved = ((hours % 12 if half else hours) * 4 + minutes // 15).astype(np.int64)

    def since(midnights: Iterator[int | None]) -> Quarters:
        first = np.array([UNKNOWN if each is None else each for each in midnights], np.int64)
        of_rows = first[numbers]
        return np.where(of_rows == UNKNOWN, UNKNOWN, of_rows + moved)

    ordered = any(day.stamp.ordered or day.stamp.quarter is None for day in known)
    quarters = since(day.stamp.quarter for day in known)
    if not ordered:
        return Times(_NOWHERE, quarters, quarters, zoned, ordered=False)
    month_first = since(
        day.stamp.month_first if day.stamp.ordered else day.stamp.quarter for day in known
    )
    return Times(_NOWHERE, quarters, month_first, zoned, ordered=True)


def _epochs(letters: Bytes) -> Times | None:
    """Seconds since 1970, or thousandths and so on, all of one unit."""
    size = len(letters)
    if not 9 <= size <= 18 or not _are_digits(letters).all():
        return None
    powers = 10 ** np.arange(size - 1, -1, -1, dtype=np.int64)
    values = powers @ (letters - _ZERO).astype(np.int64)
    unit = epoch_unit(int(values.min()), int(values.max()))
    if unit is None:
        return None
    quarters = values // (900 * unit)
    return Times(_NOWHERE, quarters, quarters, zoned=True, ordered=False)
