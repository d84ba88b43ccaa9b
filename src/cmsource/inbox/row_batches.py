"""Rows of cells, taken batch by batch, with the lines of the file in which they stand."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from cmsource.inbox.columns import Rows
from cmsource.inbox.layout import Layout

_BATCH = 512


class NumberedRows:
    """Rows that are taken one after the other, and how many were: as `csv.reader` counts lines."""

    def __init__(self, rows: Iterable[list[str]], first: int) -> None:
        self._rows = iter(rows)
        self.line_num = first - 1

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        row = next(self._rows)
        self.line_num += 1
        return row


def csv_rows(lines: Iterable[str], layout: Layout) -> Iterator[list[str]]:
    """The rows of a CSV file that is laid out so."""
    return csv.reader(lines, delimiter=layout.delimiter, skipinitialspace=True)


def lines_of(row: Sequence[str]) -> int:
    """How many lines a row takes: line ends stand in quoted cells."""
    return 1 + sum(cell.count("\n") for cell in row)


def batches(reader: Iterator[list[str]]) -> Iterator[tuple[int, Rows, int]]:
    """Batches of rows, the line before each, and how many lines after it a long cell has lost."""
    while True:
        start: int = reader.line_num  # type: ignore[attr-defined]
        batch: Rows = []
        lost = 0
        try:
            batch.extend(islice(reader, _BATCH))  # keeps the rows before one that fails
        except csv.Error:  # no message is that long
            read: int = reader.line_num  # type: ignore[attr-defined]
            lost = read - start - sum(map(lines_of, batch))
        if not batch and not lost:
            return
        yield start, batch, lost
