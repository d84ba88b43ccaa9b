"""A CSV log of messages to counts by quarters of an hour, in one pass whatever its size.

The first rows say how the file is written: what separates its columns, whether it has titles,
which column holds the times and in which form. The rest is read in batches: a batch of cells in
the expected form is read at once; one that has anything else, cell by cell.
"""

import codecs
import contextlib
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO, NamedTuple

from cmsource.inbox.message_counts import Counts, Tally, Unreadable
from cmsource.inbox.timestamps import FAST, Stamp, StampError, read_stamp
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError, did_you_mean
from cmsource.values.text import printable, shown

CHUNK = 1 << 18
MAX_LINE = 1 << 24
EXAMPLES = 5
_SAMPLE = 200
_BATCH = 512
_END = "\x00the end of the log\x00"
_DELIMITERS = (",", ";", "\t", "|")
_LIKELY = ("time", "date", "created", "sent", "received", "posted", "published", "heure", "envoy")
_DAY, _MONTH = "day", "month"

Advance = Callable[[int], object]
Rows = list[list[str]]


def read_log(
    path: Path,
    *,
    column: str = "",
    dayfirst: bool | None = None,
    advance: Advance | None = None,
    stream: IO[bytes] | None = None,
) -> Tally:
    """Count the messages of a log by the quarters of an hour in which they came.

    Args:
        path: a CSV file.
        column: title of the column with the times, or its number from 1; found when empty.
        dayfirst: whether 03/04/2017 is 3 April; when None, the other dates of the log have to say.
        advance: called with the number of bytes each time that some have been read.
        stream: what to read in place of the file, which is then only named.

    Raises:
        ScenarioError: it is no log whose times can be read; the diagnostics say why.
    """
    try:
        with path.open("rb") if stream is None else contextlib.nullcontext(stream) as log:
            return _Log(path, dayfirst).read(_Lines(path, log, advance), column)
    except FileNotFoundError:
        raise _refusal(path, "does not exist", "check the path", code="E101") from None
    except IsADirectoryError:
        raise _refusal(path, "is a folder", "name a CSV file in it", code="E101") from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise _refusal(path, reason, code="E101") from None


def _refusal(
    path: Path, reason: str, hint: str = "", line: int = 0, code: str = "E115"
) -> ScenarioError:
    place = Place(str(path), line)
    return ScenarioError([Diagnostic(code, f"{shown(path.name or path)} {reason}", place, hint)])


class _Lines:
    """The lines of a file as text, a last one that tells the end, and what was odd about them.

    UTF-8, or UTF-16 where the file says so; lines that are not UTF-8 are read as Latin-1, in which
    every byte is a letter, and counted.
    """

    def __init__(self, path: Path, stream: IO[bytes], advance: Advance | None) -> None:
        self.path = path
        self.stream = stream
        self.advance = advance
        self.latin_1 = 0

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.blocks())

    def blocks(self) -> Iterator[Iterable[str]]:
        """Lines with their ends, in blocks; chained together they cost nothing line by line."""
        rest = b""
        for data in self.chunks():
            head, newline, tail = (rest + data).rpartition(b"\n")
            rest = tail
            if newline:
                yield io.StringIO(self.text(head + newline), newline="\n")
            elif len(rest) > MAX_LINE:
                reason = f"has a line of more than {MAX_LINE:,} bytes: this is no CSV file"
                raise _refusal(self.path, reason)
        if rest:
            yield io.StringIO(self.text(rest + b"\n"), newline="\n")
        yield (_END,)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file as UTF-8 with line ends of one byte, as far as it is text."""
        data = self.next_chunk()
        if not data:
            raise _refusal(self.path, "is empty", "export the log again")
        decoder = None
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
        elif data.startswith(codecs.BOM_UTF8):
            data = data[len(codecs.BOM_UTF8) :]
        elif b"\0" in data or data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
            packed = {b"PK": "export it as CSV", b"\x1f\x8b": "unpack it first"}
            hint = packed.get(data[:2], "export the log as CSV")
            raise _refusal(self.path, "is not a text file", hint)
        held = b""
        while data:
            if decoder is not None:
                data = decoder.decode(data).encode("utf-8", "replace")
            data = held + data
            held = b"\r" if data.endswith(b"\r") else b""  # its \n may be in the next chunk
            data = data[: len(data) - len(held)]
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            yield data
            data = self.next_chunk()
        if held:
            yield b"\n"

    def next_chunk(self) -> bytes:
        """The next bytes of the file; none at its end."""
        data = self.stream.read(CHUNK)
        if self.advance is not None and data:
            self.advance(len(data))
        return data

    def text(self, data: bytes) -> str:
        """Whole lines as text."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return "".join(map(self.line, data.splitlines(keepends=True)))

    def line(self, data: bytes) -> str:
        """One line as text, of whatever encoding."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self.latin_1 += 1
            return data.decode("latin-1")


class _Layout(NamedTuple):
    """How a log is written.

    Attributes:
        delimiter: what separates its columns.
        at: the column with the times, from 0.
        title: its title, or ``column 3``.
        others: titles of other columns that hold times.
        skipped: rows before the first message: titles and what stands above them.
        form: the form of the first times, a key of `FAST` for those that can be read in batches.
    """

    delimiter: str
    at: int
    title: str
    others: tuple[str, ...]
    skipped: int
    form: str


class _Candidate(NamedTuple):
    """A column that may hold the times, and how well it does."""

    at: int
    share: float
    form: str


class _Log:
    """Counts the messages of one log."""

    def __init__(self, path: Path, dayfirst: bool | None) -> None:
        self.path = path
        self.given = dayfirst
        self.rows = 0
        self.unreadable: list[Unreadable] = []
        self.failures = 0
        self.instants = Counts()
        self.local = Counts()
        # What depends on which number of a date is its day, by the order in which it is read:
        # messages, those that cannot be read in that order, and the first of those.
        self.zoned = {_DAY: Counts(), _MONTH: Counts()}
        self.clock = {_DAY: Counts(), _MONTH: Counts()}
        self.against = {_DAY: 0, _MONTH: 0}
        self.first_against: dict[str, Unreadable] = {}
        self.either: Unreadable | None = None

    def read(self, lines: _Lines, column: str) -> Tally:
        """Read all lines."""
        stream = iter(lines)
        sample = list(islice(stream, _SAMPLE))
        layout = _layout(self.path, [line for line in sample if line is not _END], column)
        reader = csv.reader(
            chain(sample, stream), delimiter=layout.delimiter, skipinitialspace=True
        )
        for _ in islice(reader, layout.skipped):
            pass
        fast = FAST.get(layout.form)
        for start, batch, problem in _batches(reader):
            self.end(batch, start)
            try:
                cells = [row[layout.at] for row in batch]
                if fast is None:
                    raise ValueError
                quarters, zoned = fast(cells)
            except (ValueError, IndexError, KeyError, TypeError):
                self.one_by_one(batch, start, layout)
            else:
                self.rows += len(batch)
                (self.instants if zoned else self.local).add(quarters)
            if problem:
                self.rows += 1
                self.failed(start + sum(map(_lines_of, batch)) + 1, problem)
        notes = [*self.ordered(layout)]
        if lines.latin_1:
            notes.append(f"{lines.latin_1:,} lines are not UTF-8 and were read as Latin-1")
        if not self.instants and not self.local:
            self.nothing(layout)
        return Tally(
            str(self.path),
            layout.title,
            layout.others,
            self.rows,
            self.failures,
            tuple(self.unreadable),
            self.instants,
            self.local,
            tuple(notes),
        )

    def end(self, batch: Rows, start: int) -> None:
        """Take the line that tells the end from the last batch, and what it says of the quotes."""
        if not batch or not batch[-1] or not batch[-1][-1].endswith(_END):
            return
        last = batch.pop()
        if last != [_END]:
            line = start + sum(map(_lines_of, batch)) + 1
            count = _lines_of(last)
            self.rows += 1
            reason = f"a quote that opens here is never closed: {count:,} lines to the end are lost"
            self.failed(line, reason)

    def one_by_one(self, batch: Rows, start: int, layout: _Layout) -> None:
        """Count the messages of a batch row by row."""
        line = start + 1
        at, form = layout.at, layout.form
        found: dict[bool, list[int]] = {True: [], False: []}
        in_order: dict[tuple[str, bool], list[int]] = {}
        for row in batch:
            if row:
                self.rows += 1
                try:
                    if at >= len(row):
                        raise StampError(f"the row has no column {at + 1}")
                    stamp = read_stamp(row[at], form)
                    if stamp.ordered or stamp.quarter is None:
                        for order, quarter in self.in_two_orders(stamp, row[at], line):
                            in_order.setdefault((order, stamp.zoned), []).append(quarter)
                    else:
                        found[stamp.zoned].append(stamp.quarter)
                except StampError as error:
                    self.failed(line, str(error))
            line += _lines_of(row)
        self.instants.add(found[True])
        self.local.add(found[False])
        for (order, zoned), quarters in in_order.items():
            (self.zoned if zoned else self.clock)[order].add(quarters)

    def in_two_orders(self, stamp: Stamp, text: str, line: int) -> Iterator[tuple[str, int]]:
        """The quarters of a date that has its day first, its month first, or could have either."""
        for order, quarter in ((_DAY, stamp.quarter), (_MONTH, stamp.month_first)):
            if quarter is not None:
                yield order, quarter
            else:
                self.against[order] += 1
                if order not in self.first_against:
                    self.first_against[order] = Unreadable(line, shown(text))
        if self.either is None and stamp.quarter is not None and stamp.month_first is not None:
            self.either = Unreadable(line, shown(text))

    def failed(self, line: int, reason: str) -> None:
        """Count a row that cannot be read, and keep the first few."""
        self.failures += 1
        if len(self.unreadable) < EXAMPLES:
            self.unreadable.append(Unreadable(line, reason))

    def ordered(self, layout: _Layout) -> Iterator[str]:
        """Settle which number of a date is its day; what there is to say about it."""
        shows_day, shows_month = self.first_against.get(_MONTH), self.first_against.get(_DAY)
        if not shows_day and not shows_month and self.either is None:
            return
        if self.given is not None:
            order = _DAY if self.given else _MONTH
        elif shows_day and shows_month:
            raise _refusal(
                self.path,
                f"has dates with the day first, such as {shows_day.reason} on line "
                f"{shows_day.line}, and with the month first, such as {shows_month.reason} on line "
                f"{shows_month.line}",
                "say which to read: --dayfirst or --monthfirst",
            )
        elif shows_day or shows_month:
            order = _DAY if shows_day else _MONTH
        else:
            assert self.either is not None
            raise _refusal(
                self.path,
                f"has only dates that can be read with the day or with the month first, such as "
                f"{self.either.reason} in `{layout.title}`",
                "say which it is: --dayfirst or --monthfirst",
                self.either.line,
            )
        self.instants.update(self.zoned[order])
        self.local.update(self.clock[order])
        self.failures += self.against[order]
        if (row := self.first_against.get(order)) is not None:
            reason = f"{row.reason} has no {order} in its first place"
            found = sorted([*self.unreadable, Unreadable(row.line, reason)])
            self.unreadable = found[:EXAMPLES]
        shown_by = shows_day if order == _DAY else shows_month
        if self.given is None and shown_by is not None:
            yield (
                f"dates were read with the {order} first, as {shown_by.reason} on line "
                f"{shown_by.line} has it"
            )

    def nothing(self, layout: _Layout) -> None:
        """Refuse a log without one readable time."""
        if not self.unreadable:
            raise _refusal(self.path, "has no rows", "export the log again")
        first = self.unreadable[0]
        raise _refusal(
            self.path,
            f"has no time that can be read in `{layout.title}`, in {self.rows:,} rows: "
            f"{first.reason}",
            "name the right column with --column; times look like 2024-03-05 14:22",
            first.line,
        )


def _lines_of(row: Sequence[str]) -> int:
    """How many lines a row takes: line ends stand in quoted cells."""
    return 1 + sum(cell.count("\n") for cell in row)


def _batches(reader: Iterator[list[str]]) -> Iterator[tuple[int, Rows, str]]:
    """Batches of rows, the line before each, and what stopped it early, if anything did."""
    while True:
        start: int = reader.line_num  # type: ignore[attr-defined]
        batch: Rows = []
        problem = ""
        try:
            batch.extend(islice(reader, _BATCH))  # keeps the rows before one that fails
        except csv.Error:
            problem = "a cell is longer than any message: a quote before it is never closed"
        if not batch and not problem:
            return
        yield start, batch, problem


def _layout(path: Path, sample: Sequence[str], column: str) -> _Layout:
    """How a log is written, from its first lines."""
    forced = ""
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].rstrip("\n")) == 5:
        forced = sample[0][4]  # a line that spreadsheets write and hide
        sample = sample[1:]
    best: tuple[tuple[bool, float, int], str, _Head] | None = None
    for delimiter in (forced,) if forced else _DELIMITERS:
        rows = [row for row in _sample_rows(sample, delimiter) if _has_text(row)]
        if not rows:
            raise _refusal(path, "has no rows", "export the log again")
        head = _head(rows)
        found = bool(_candidates(head.body))
        if column:
            found = _index(column, head.titles) is not None
        width = len(head.titles)
        same = sum(len(row) == width for row in rows) / len(rows)
        rank = (found, round(same, 1), width)
        if best is None or rank > best[0]:
            best = (rank, delimiter, head)
    assert best is not None
    _, delimiter, head = best
    titles = head.titles
    candidates = _candidates(head.body)
    index = _index(column, titles) if column else _likeliest(candidates, titles)
    if index is None:
        raise _no_column(path, column, titles, head.body)
    has_titles = not _readable(titles[index])
    known = {candidate.at: candidate for candidate in candidates}
    others = tuple(_title(titles, i, has_titles) for i in known if i != index)
    form = known[index].form if index in known else ""
    skipped = bool(forced) + _row_number(_sample_rows(sample, delimiter), head.at) + has_titles
    return _Layout(delimiter, index, _title(titles, index, has_titles), others, skipped, form)


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
    timed = [any(map(_readable, row)) for row in rows]
    widths = [len(row) for row, has_time in zip(rows, timed, strict=True) if has_time]
    widths = widths or [len(row) for row in rows]
    usual = max(sorted(set(widths), reverse=True), key=widths.count)
    like = [number for number, row in enumerate(rows) if len(row) == usual]
    messages = [number for number in like if timed[number]]
    first = messages[0] if messages else like[0] + 1
    at = min(range(first), key=lambda number: abs(len(rows[number]) - usual), default=0)
    titles = [cell.strip() for cell in rows[at]]
    titles += [""] * (usual - len(titles))
    return _Head(at, titles, [rows[number] for number in like if number >= first] or [rows[at]])


def _readable(text: str) -> str:
    """The form of a text that is a time, else nothing."""
    try:
        return read_stamp(text).form
    except StampError:
        return ""


def _candidates(rows: Rows) -> list[_Candidate]:
    """Columns of which at least half of the cells that are not empty hold a time."""
    found = []
    for index in range(max(map(len, rows))):
        cells = [row[index] for row in rows if index < len(row) and row[index].strip()]
        forms = [form for form in map(_readable, cells) if form]
        if forms and 2 * len(forms) >= len(cells):
            form = max(sorted(set(forms)), key=forms.count)
            found.append(_Candidate(index, len(forms) / len(rows), form))
    return found


def _likeliest(candidates: Sequence[_Candidate], titles: Sequence[str]) -> int | None:
    """The column to take: dates before numbers, then a telling title, then the fullest column."""

    def rank(candidate: _Candidate) -> tuple[bool, bool, float, int]:
        title = titles[candidate.at].lower() if candidate.at < len(titles) else ""
        telling = any(word in title for word in _LIKELY)
        return candidate.form != "epoch", telling, round(candidate.share, 1), -candidate.at

    return max(candidates, key=rank).at if candidates else None


def _index(column: str, titles: Sequence[str]) -> int | None:
    """The column of that title, exactly or but for its case, or of that number from 1."""
    bare = [title.strip() for title in titles]
    if column in bare:
        return bare.index(column)
    folded = [title.casefold() for title in bare]
    if column.strip().casefold() in folded:
        return folded.index(column.strip().casefold())
    if column.isdecimal() and 1 <= int(column[:9]) <= len(titles):
        return int(column) - 1
    return None


def _title(titles: Sequence[str], index: int, has_titles: bool) -> str:
    title = titles[index] if has_titles and index < len(titles) else ""
    return printable(title) or f"column {index + 1}"


def _no_column(path: Path, column: str, titles: Sequence[str], body: Rows) -> ScenarioError:
    """The refusal of a log in which there is no such column, or none with times."""
    named = [title for title in titles if title]
    if column:
        reason = f"has no column {shown(column)}"
        return _refusal(path, reason, did_you_mean(column, named))
    listed = ", ".join(shown(title) for title in named[:12])
    for row in body:
        for cell in row:
            try:
                read_stamp(cell)
            except StampError as error:
                if "no time of day" in str(error):
                    reason = f"has dates without the time of day, such as {shown(cell)}"
                    return _refusal(path, reason, "export the log with times")
    return _refusal(
        path,
        f"has no column of dates with times; its first row is {listed}",
        "times look like 2024-03-05 14:22; name their column with --column",
    )
