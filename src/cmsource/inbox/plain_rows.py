"""Rows of a CSV file where their quotes follow the rules, found in whole blocks with numpy.

What is found is what `csv` would find. A block in which something is odd is not taken apart.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Places: TypeAlias = NDArray[np.intp]
"""Places in a block, in bytes."""

_NEWLINE, _QUOTE, _SPACE = b'\n" '
_PACKED = 5
"""Letters that are packed into one number, beside what is known of those before."""
_LONGEST = 1 << 17
"""Bytes of a row: `csv` takes no longer cell."""


class Cells(NamedTuple):
    """The cells of one column: where each begins, and where it ends."""

    starts: Places
    ends: Places


class PlainRows(NamedTuple):
    """The whole rows at the beginning of a block.

    Attributes:
        data: the block.
        delimiter: what separates cells.
        starts: where each row with any text begins.
        ends: where its line end stands.
        end: where the last whole row ends, with its line end.
        lines: line ends up to there.
        quotes: where quotes stand up to there, of which every other one closes.
        first_quotes: where the first quote at or after the beginning of each row stands.
    """

    data: Bytes
    delimiter: int
    starts: Places
    ends: Places
    end: int
    lines: int
    quotes: Places
    first_quotes: Places

    def column(self, at: int) -> Cells | None:
        """The cells of a column, without the quotes around them; None when a row has none."""
        delimiters = np.flatnonzero(self.data[: self.end] == self.delimiter)
        found = self._between(delimiters, at)
        if found is None or len(self.quotes) == 0:
            return found
        if (self.first_quotes < found.ends).any():
            # A quoted cell stands there or before, in which a delimiter is none.
            within = np.searchsorted(self.quotes, delimiters) & 1
            if (found := self._between(delimiters[within == 0], at)) is None:
                return None
        quoted = self.data[found.starts] == _QUOTE
        return Cells(found.starts + quoted, found.ends - quoted) if quoted.any() else found

    def _between(self, delimiters: Places, at: int) -> Cells | None:
        first = np.searchsorted(delimiters, self.starts)
        padded = np.append(delimiters, np.full(at + 1, len(self.data), np.intp))
        starts = self.starts if at == 0 else padded[first + at - 1] + 1
        if (starts > self.ends).any():
            return None
        while (spaces := (starts < self.ends) & (self.data[starts] == _SPACE)).any():
            starts = starts + spaces
        return Cells(starts, np.minimum(padded[first + at], self.ends))


def plain_rows(block: bytes, delimiter: str) -> PlainRows | None:
    """The rows of a block that begins with one; None where its quotes do not follow the rules.

    A quote opens a cell at its beginning, closes it at its end, and stands for itself within it
    where there are two.
    """
    data = np.frombuffer(block, np.uint8)
    separator = ord(delimiter)
    newlines = np.flatnonzero(data == _NEWLINE)
    quotes = np.flatnonzero(data == _QUOTE)
    ends = newlines
    before = np.zeros_like(newlines)  # quotes before each of them
    if len(quotes):
        before = np.searchsorted(quotes, newlines)
        outside = before & 1 == 0
        if not outside.all():
            ends, before = newlines[outside], before[outside]
    end = int(ends[-1]) + 1 if len(ends) else 0
    if len(quotes):
        quotes = quotes[: before[-1] if len(before) else 0]
        opening, closing = quotes[::2], quotes[1::2]
        for around in (data[opening[opening > 0] - 1], data[closing + 1]):
            ends_cell = (around == separator) | (around == _NEWLINE) | (around == _QUOTE)
            if not ends_cell.all():
                return None
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    first_quotes = np.append(quotes, len(data))[np.concatenate([[0], before[:-1]])[: len(ends)]]
    if len(ends) and (ends - starts).max() > _LONGEST:
        return None
    text = ends > starts
    if not text.all():
        starts, ends, first_quotes = starts[text], ends[text], first_quotes[text]
    lines = int(np.searchsorted(newlines, end))
    return PlainRows(data, separator, starts, ends, end, lines, quotes, first_quotes)


def letters_of(data: Bytes, starts: Places, size: int) -> Bytes:
    """Texts of one size: a row for the first letter of each, one for the second, and so on."""
    texts = np.ndarray((len(data) - size + 1,), f"V{size}", data, strides=(1,))[starts]
    return np.ascontiguousarray(texts.view(np.uint8).reshape(-1, size).T)


def alike(letters: Bytes) -> tuple[list[bytes], Places]:
    """The different ones among some texts, and for each text which of them it is.

    Args:
        letters: the texts, as `letters_of` has them.
    """
    numbers = np.zeros(letters.shape[1], np.intp)
    first = np.zeros(1, np.intp)
    varying = np.flatnonzero((letters != letters[:, :1]).any(axis=1))
    for start in range(0, len(varying), _PACKED):
        packed = numbers
        for at in varying[start : start + _PACKED]:
            packed = packed << 8 | letters[at]
        _, first, numbers = np.unique(packed, return_index=True, return_inverse=True)
    return [letters[:, at].tobytes() for at in first], numbers
