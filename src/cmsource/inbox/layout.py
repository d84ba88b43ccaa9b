"""How a log is written: its separator, its titles, the column of the times and their form."""

import contextlib
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cmsource.inbox.columns import (
    Rows,
    apart,
    candidates,
    column_of,
    comes_later,
    likeliest,
    readable,
    replied_in,
    twin_of,
    would_do,
    zone_in,
)
from cmsource.inbox.text_lines import refusal
from cmsource.inbox.timestamps import is_day, joined
from cmsource.values.diagnostics import ScenarioError, did_you_mean
from cmsource.values.language import listed, say
from cmsource.values.text import printable, shown

_NOON = "12:00"  # stands for a time that nobody says
_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01", "\x1f")


class Layout(NamedTuple):
    """How a log is written.

    Attributes:
        delimiter: what separates its columns; nothing where rows are read otherwise.
        at: the column with the times, from 0.
        title: its title, or ``column 3``.
        others: titles of other columns that hold times.
        fitting: those of them that may say when messages came in.
        skipped: rows before the first message: titles and what stands above them.
        form: the form of the first times, a key of `FAST` for those that can be read in batches.
        clock: the column with the times of the day where `at` has days; else None.
        days: whether `at` has days, of which no column says the time.
        zone: the time zone that their titles name; else empty.
        replied: the column with the time at which each message was answered; None without one.
        titles: titles of all columns; empty texts where there are none.
        body: the first messages.
    """

    delimiter: str
    at: int
    title: str
    others: tuple[str, ...]
    fitting: tuple[str, ...]
    skipped: int
    form: str
    clock: int | None
    days: bool
    zone: str
    replied: int | None
    titles: tuple[str, ...]
    body: Rows

    def time_in(self, row: Sequence[str]) -> str:
        """The text of a row that says when its message came.

        Raises:
            IndexError: the row has no such cell.
        """
        if self.clock is not None:
            return joined(row[self.at], row[self.clock])
        return joined(row[self.at], _NOON) if self.days else row[self.at]


def layout_of(path: Path, sample: Sequence[str], column: str) -> Layout:
    """How a log is written, from its first lines.

    Args:
        path: the file, for what is said about it.
        sample: its first lines.
        column: title of the column with the times, or its number from 1; found when empty.

    Raises:
        ScenarioError: there is no such column, or none with times.
    """
    forced = ""
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].rstrip("\n")) == 5:
        forced = sample[0][4]  # a line that spreadsheets write and hide
        sample = sample[1:]
    best: tuple[tuple[bool, bool, float, int], str, _Head] | None = None
    there = [each for each in _DELIMITERS if any(each in line for line in sample)]
    for delimiter in (forced,) if forced else there or _DELIMITERS[:1]:
        rows = [row for row in _sample_rows(sample, delimiter) if _has_text(row)]
        if not rows:
            raise refusal(path, say("has no rows"), say("export the log again"))
        head = _head(rows)
        has_it = bool(candidates(head.body)) or apart(head.body, head.titles) is not None
        if column:
            has_it = column_of(column, head.titles) is not None
        width = len(head.titles)
        same = sum(len(row) == width for row in rows) / len(rows)
        fits = len(rows[head.at]) == width  # a comma may stand in numbers, and not in their titles
        rank = (has_it, fits, round(same, 1), width)
        if best is None or rank > best[0]:
            best = (rank, delimiter, head)
    assert best is not None
    _, delimiter, head = best
    above = bool(forced) + _row_number(_sample_rows(sample, delimiter), head.at)
    return _layout(path, delimiter, head, above, column)


def layout_of_rows(path: Path, sample: Rows, column: str) -> Layout:
    """How a log is written that has been taken apart to rows, from the first of them."""
    rows = [row for row in sample if _has_text(row)]
    if not rows:
        raise refusal(path, say("has no rows"), say("export the log again"))
    head = _head(rows)
    return _layout(path, "", head, _row_number(sample, head.at), column)


def _layout(path: Path, delimiter: str, head: "_Head", above: int, column: str) -> Layout:
    """The column of the times among those of the first rows."""
    titles = head.titles
    found = candidates(head.body)
    index = column_of(column, titles) if column else likeliest(found, titles)
    if column and index is None:
        raise _no_column(path, column, titles, head.body)
    if not column and index is not None:
        twin = twin_of(index, found, titles, head.body)
        index = index if twin is None else twin
    split = None
    if column or index is None or _all_midnight(head.body, index):
        split = apart(head.body, titles, index)
        if split is not None and (index is None or split.clock is not None or column):
            index = split.day
        else:
            split = None
    if index is None:
        raise _no_column(path, column, titles, head.body)
    has_titles = not readable(titles[index]) and not (split and is_day(titles[index]))
    known = {candidate.at: candidate for candidate in found}
    others = tuple(_title(titles, i, has_titles) for i in known if i != index)
    form = known[index].form if index in known else ""
    skipped = above + has_titles
    clock = split.clock if split is not None else None
    if clock is not None and head.body:
        form = readable(joined(head.body[0][index], head.body[0][clock]))
    named = tuple(titles) if has_titles else ("",) * len(titles)
    return Layout(
        delimiter,
        index,
        _title(titles, index, has_titles),
        others,
        tuple(
            _title(titles, i, has_titles)
            for i in known
            if i != index and would_do(known[i], titles)
        ),
        skipped,
        form,
        clock,
        split is not None and clock is None,
        next(filter(None, (zone_in(named[i]) for i in (clock, index) if i is not None)), ""),
        replied_in(found, named, head.body, index) if split is None else None,
        named,
        head.body,
    )


def _all_midnight(rows: Rows, index: int) -> bool:
    """Whether a column has days that are written as times."""
    cells = [row[index] for row in rows if index < len(row) and row[index].strip()]
    return all(map(is_day, cells))


def _sample_rows(sample: Sequence[str], delimiter: str) -> Rows:
    """The rows of some lines, those without any text too, up to one that cannot be read."""
    rows: Rows = []
    with contextlib.suppress(csv.Error):
        rows.extend(csv.reader(sample, delimiter=delimiter, skipinitialspace=True))
    return rows


def _has_text(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row)


def _row_number(rows: Rows, head: int) -> int:
    """The number of a row among all of them, from its number among those with text."""
    return [number for number, row in enumerate(rows) if _has_text(row)][head]


class _Head(NamedTuple):
    """The row with the titles, or the first message where there are none.

    Attributes:
        at: its number among the rows with text, from 0.
        titles: its cells, at least as many as messages have.
        body: rows of the messages' width, to tell the columns by.
    """

    at: int
    titles: list[str]
    body: Rows


def _head(rows: Rows) -> _Head:
    """Find the row with the titles: above the messages, and of their width.

    Rows are of any width: exports put lines above the titles, leave empty cells at the end of a
    row out, and break texts into lines without quotes. Messages are rows with a time in them, of
    the width that most of those have.
    """
    timed = [any(map(readable, row)) for row in rows]
    if not any(timed):
        timed = [any(map(is_day, row)) for row in rows]
    widths = [len(row) for row, has_time in zip(rows, timed, strict=True) if has_time]
    widths = widths or [len(row) for row in rows]
    usual = max(sorted(set(widths), reverse=True), key=widths.count)
    like = [number for number, row in enumerate(rows) if len(row) == usual]
    messages = [number for number in like if timed[number]]
    first = messages[0] if messages else like[0] + 1

    def unlike(number: int) -> tuple[int, int]:
        row = rows[number]
        return abs(len(row) - usual), -sum(bool(cell.strip()) for cell in row)

    at = min(range(first), key=unlike, default=0)
    titles = [cell.strip() for cell in rows[at]]
    titles += [""] * (usual - len(titles))
    return _Head(at, titles, [rows[number] for number in like if number >= first] or [rows[at]])


def _title(titles: Sequence[str], index: int, has_titles: bool) -> str:
    title = titles[index] if has_titles and index < len(titles) else ""
    return printable(title) or say("column {number}", number=index + 1)


def _no_column(path: Path, column: str, titles: Sequence[str], body: Rows) -> ScenarioError:
    """The refusal of a log in which there is no such column, or none with times."""
    named = [title for title in titles if title]
    if column:
        reason = say("has no column {column}", column=shown(column))
        return refusal(path, reason, did_you_mean(column, named))
    if body == [list(titles)]:
        return refusal(
            path,
            say("has titles and no message: {titles}", titles=listed(list(map(shown, named[:12])))),
            say("export the log again, with its messages"),
        )
    later = [titles[each.at] for each in candidates(body) if comes_later(titles[each.at])]
    if later:
        return refusal(
            path,
            say(
                "says when something was done about messages, in {columns}, and not when they "
                "came in",
                columns=listed([shown(title) for title in later[:12]]),
            ),
            say("export the log with the time of each message, or name a column with --column"),
        )
    return refusal(
        path,
        say(
            "has no column of dates with times; its first row is {titles}",
            titles=listed([shown(title) for title in named[:12]]),
        ),
        say("times look like 2024-03-05 14:22; name their column with --column"),
    )
