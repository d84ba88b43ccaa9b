"""One file of messages to counts by quarters of an hour, in one pass whatever its size.

The first lines say how the file is written. The rest is read in batches: a batch of cells in the
expected form is read at once; one that has anything else, cell by cell.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, islice
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.inbox.answers import Exchange, conversation_of, person_of
from cmsource.inbox.columns import Rows, column_of
from cmsource.inbox.layout import Layout, layout_of, layout_of_rows
from cmsource.inbox.message_counts import Counts
from cmsource.inbox.packed import Part
from cmsource.inbox.records import records_of
from cmsource.inbox.selection import (
    Direction,
    Ids,
    Keeps,
    Selection,
    Side,
    Sieve,
    id_of,
    kept_by,
    side_of,
    writer_in,
)
from cmsource.inbox.tally import Tally, Unreadable
from cmsource.inbox.text_lines import END, Lines, refusal
from cmsource.inbox.timestamps import FAST, NOTHING, Stamp, StampError, read_stamp
from cmsource.values.diagnostics import did_you_mean
from cmsource.values.language import counted, listed, said_by, say
from cmsource.values.money import format_shortest
from cmsource.values.text import printable, shown

if TYPE_CHECKING:  # numpy need not be there
    from cmsource.inbox.plain_rows import PlainRows
    from cmsource.inbox.plain_times import Times
    from cmsource.inbox.quick_counts import QuickCounts

EXAMPLES = 5
_SAMPLE = 200
_BATCH = 512
_LONG = 1 << 20
"""Bytes without the end of a row after which a quote is taken for one that is never closed."""
_DAY, _MONTH = "day", "month"


class _Rows:
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


class SingleLog:
    """Counts the messages of one file."""

    def __init__(
        self, path: Path, dayfirst: bool | None, selection: Selection, ids: Ids | None
    ) -> None:
        self.path = path
        self.ids = ids
        self.given = dayfirst
        self.selection = selection
        self.sieve = Sieve((), None, Direction.ALL)
        self.side: Side | None = None
        self.order = _DAY
        self.named = False
        self.owner = ""
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

    def read(self, part: Part, column: str) -> Tally:
        """Read all rows of one log."""
        self.named = bool(column)
        self.owner = part.owner
        lines = None
        if (records := records_of(self.path, part.content)) is not None:
            first = list(islice(records.rows, _SAMPLE))
            layout = layout_of_rows(self.path, first, column)
            exchange = self.prepare(layout)
            rows = _Rows(chain(first, records.rows), records.first)
            self.take(rows, layout, exchange, skipped=layout.skipped)
        else:
            lines = Lines(self.path, part.content, None)
            chunks = lines.chunks()
            head = _head(chunks)
            sample = list(islice(lines.to_the_end((head,)), _SAMPLE))
            layout = layout_of(self.path, [line for line in sample if line is not END], column)
            lines.latin_1 = 0  # those of the head are read again
            exchange = self.prepare(layout)
            self.take_text(lines, head, chunks, layout, exchange)
        notes = [
            *self.chosen(layout),
            *self.ordered(layout),
            *self.left_out(),
            *self.written_by(layout),
        ]
        if lines is not None and lines.latin_1:
            notes.append(
                counted(
                    lines.latin_1,
                    "{count} line is not UTF-8 and was read as Latin-1",
                    "{count} lines are not UTF-8 and were read as Latin-1",
                    count=format_shortest(lines.latin_1),
                )
            )
        if not self.instants and not self.local:
            self.nothing(layout)
        if exchange is not None:
            exchange.settle(day_first=self.order == _DAY)
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
            self.sieve.own,
            self.sieve.others + self.sieve.unmet,
            self.sieve.again,
            layout.days,
            lines is None,
            layout.zone if self.local else "",
            () if exchange is None else (exchange,),
        )

    def prepare(self, layout: Layout) -> Exchange | None:
        """Look at how a log is laid out; what takes its conversations in, where it has any."""
        self.sieve = self.sieve_for(layout)
        return self.exchange_in(layout)

    def take_text(
        self,
        lines: Lines,
        head: bytes,
        chunks: Iterator[bytes],
        layout: Layout,
        exchange: Exchange | None,
    ) -> None:
        """Read a text: at once those parts of which there is nothing to say.

        Args:
            lines: makes lines of its bytes.
            head: its first ones.
            chunks: the others.
            layout: how it is laid out.
            exchange: what takes conversations in.
        """
        second = next(chunks, b"")
        chunks = chain((second,), chunks)
        # What fits into one chunk is soon read.
        quick = self.quick_for(layout) if second and exchange is None else None
        if quick is None:
            reader = _csv(lines.to_the_end(chain((head,), chunks)), layout)
            self.take(reader, layout, exchange, 0, layout.skipped)
            return
        # The first rows are read one by one: they say what there is to say of the others.
        cut = len(b"\n".join(head.split(b"\n", _SAMPLE)[:_SAMPLE]))
        line, rest, skipped = 0, b"", layout.skipped
        chunks = chain((head[:cut], head[cut:]), chunks)
        for chunk in chunks:
            block = rest + chunk
            rows = quick.rows(block)
            if rows is None or (not rows.end and len(block) > _LONG):
                text = lines.to_the_end(chain((block,), chunks))
                self.take(_csv(text, layout), layout, exchange, line, skipped)
                rest = b""
                break
            if skipped or not self.at_once(quick, block, rows, line):
                whole = lines.of(block[: rows.end])
                self.take(_csv(whole, layout), layout, exchange, line, skipped)
            skipped = 0 if rows.end else skipped
            line += rows.lines
            rest = block[rows.end :]
        if rest:
            text = lines.to_the_end((rest,))
            self.take(_csv(text, layout), layout, exchange, line, skipped)
        quick.finish()

    def quick_for(self, layout: Layout) -> "QuickCounts | None":
        """What reads whole blocks, where numpy is there and each row is a time or is left out."""
        apart = layout.days or layout.clock is not None
        if apart or not self.sieve.takes_by_side or not layout.delimiter.isascii():
            return None
        try:
            from cmsource.inbox.quick_counts import QuickCounts
        except ImportError:
            return None
        return QuickCounts(layout.delimiter, layout.at, self.sieve)

    def at_once(self, quick: "QuickCounts", block: bytes, rows: "PlainRows", line: int) -> bool:
        """Count the messages of a block, if there is nothing to say about any of its rows.

        Args:
            quick: what reads it.
            block: whole rows.
            rows: where they are.
            line: lines before them.
        """
        if (found := quick.read(block, rows)) is None:
            return False
        self.rows += found.rows
        self.sieve.leave_out(found.other_side)
        for times in found.times:
            if not times.ordered:
                quick.add(self.instants if times.zoned else self.local, times.quarters)
                continue
            counts = self.zoned if times.zoned else self.clock
            for order, quarters in ((_DAY, times.quarters), (_MONTH, times.month_first)):
                self.against[order] += quick.add(counts[order], quarters)
        self.note_orders([times for times in found.times if times.ordered], block, line)
        return True

    def note_orders(self, found: "list[Times]", block: bytes, line: int) -> None:
        """Keep the first dates of a log that show the order of their numbers, or do not."""

        def first(places: Iterable[tuple[int, int] | None]) -> Unreadable | None:
            place = min(filter(None, places), default=None)
            if place is None:
                return None
            start, end = place
            number = line + block.count(b"\n", 0, start) + 1
            return Unreadable(number, shown(block[start:end].decode()))

        for order in {_DAY, _MONTH} - self.first_against.keys():
            if row := first(times.first(times.in_no_order[order]) for times in found):
                self.first_against[order] = row
        if self.either is None:
            self.either = first(times.first(times.in_both_orders) for times in found)

    def take(
        self,
        reader: Iterator[list[str]],
        layout: Layout,
        exchange: Exchange | None,
        before: int = 0,
        skipped: int = 0,
    ) -> None:
        """Read rows, batch by batch.

        Args:
            reader: of the rows, which counts lines as that of `csv` does.
            layout: how they are laid out.
            exchange: what takes conversations in.
            before: lines before the first of them.
            skipped: rows before the first message.
        """
        for _ in islice(reader, skipped):
            pass
        fast = FAST.get(layout.form)
        apart = layout.days or layout.clock is not None
        for began, batch, lost in _batches(reader):
            start = before + began
            self.end(batch, start)
            kept: Sequence[object] = batch if self.sieve.takes_all else self.sieve.kept(batch)
            rows = batch if kept is batch else list(compress(batch, kept))
            self.rows += sum(map(bool, batch))
            if exchange is not None:
                self.take_in(exchange, batch, layout)
            try:
                cells = (
                    list(map(layout.time_in, rows)) if apart else [row[layout.at] for row in rows]
                )
                if fast is None:
                    raise ValueError
                quarters, zoned = fast(cells) if cells else NOTHING
            except (ValueError, IndexError, KeyError, TypeError):
                if not self.text_by_text(rows, layout):
                    self.one_by_one(batch, kept, start, layout)
            else:
                (self.instants if zoned else self.local).add(quarters)
            if lost:
                why = counted(
                    lost,
                    "a cell is longer than any message, as after a quote that is never closed: "
                    "this line is lost",
                    "a cell is longer than any message, as after a quote that is never closed: "
                    "{count} lines from here on are lost",
                    count=format_shortest(lost),
                )
                self.swallowed(start + sum(map(_lines_of, batch)) + 1, lost, why)

    def exchange_in(self, layout: Layout) -> Exchange | None:
        """What takes conversations in, where the log has both sides of them and times."""
        side = side_of(layout.titles, layout.body, self.owner)
        at = conversation_of(layout.titles, layout.body)
        if layout.days:
            return None
        if side is None or at is None:
            if layout.replied is None:
                return None
            self.side = side
            title = printable(layout.titles[layout.replied])
            return Exchange(layout.replied, title, in_rows=True)
        self.side = side
        person = person_of(layout.titles, [row for row in layout.body if side.is_own(row)], side.at)
        return Exchange(at, printable(layout.titles[at]), person)

    def take_in(self, exchange: Exchange, batch: Rows, layout: Layout) -> None:
        """Take the messages of a batch in with their conversations, those of the company too."""
        conditions = self.of_both_sides(layout)
        for row in batch:
            there = max(layout.at, layout.clock or 0) < len(row)
            own = self.side is not None and self.side.is_own(row)
            if own and exchange.in_rows:
                continue
            if there and all(condition(row) for condition in conditions):
                exchange.add(row, layout.time_in(row), layout.form, own)

    def of_both_sides(self, layout: Layout) -> list[Keeps]:
        """What messages of a conversation have to meet: not which way they went."""
        side = None if self.side is None else self.side.at
        asked = [
            condition
            for condition in self.selection.conditions
            if column_of(condition.column, layout.titles) != side
        ]
        return kept_by(asked, layout.titles)[0]

    def sieve_for(self, layout: Layout) -> Sieve:
        """What takes the rows that are asked for out of those of the log."""
        conditions, missing = kept_by(self.selection.conditions, layout.titles)
        if missing is not None:
            reason = say("has no column {column}", column=shown(missing.column))
            hint = did_you_mean(missing.column, [title for title in layout.titles if title])
            raise refusal(self.path, reason, hint)
        side = side_of(layout.titles, layout.body, self.owner)
        direction = self.selection.direction
        if side is None and direction in {Direction.IN, Direction.OUT}:
            raise refusal(
                self.path,
                say("has no column that plainly says which messages came in"),
                say("name what has to stand in one, such as --where sender=customer"),
            )
        id_at = id_of(layout.titles, layout.body)
        return Sieve(conditions, side, direction or Direction.IN, self.ids, id_at)

    def chosen(self, layout: Layout) -> Iterator[str]:
        """What there is to say about the column that was taken, where others would do too."""
        if layout.fitting and not self.named:
            yield say(
                "the times are those of `{column}`; {others} would do too: --column takes another",
                column=layout.title,
                others=listed([say("`{column}`", column=title) for title in layout.fitting]),
            )

    def left_out(self) -> Iterator[str]:
        """What there is to say about the rows that do not count."""
        side, sieve = self.sieve.side, self.sieve
        if side is not None and sieve.own:
            yield counted(
                sieve.own,
                "{rows} row is the company's own, as `{column}` says, and does not count: "
                "--direction all counts it",
                "{rows} rows are the company's own, as `{column}` says, and do not count: "
                "--direction all counts them",
                rows=format_shortest(sieve.own),
                column=printable(side.title),
            )
        if side is not None and sieve.others:
            yield counted(
                sieve.others,
                "{rows} row came in, as `{column}` says, and does not count",
                "{rows} rows came in, as `{column}` says, and do not count",
                rows=format_shortest(sieve.others),
                column=printable(side.title),
            )
        if sieve.unmet:
            yield counted(
                sieve.unmet,
                "{rows} row does not meet --where",
                "{rows} rows do not meet --where",
                rows=format_shortest(sieve.unmet),
            )

    def end(self, batch: Rows, start: int) -> None:
        """Take the line that tells the end from the last batch, and what it says of the quotes."""
        if not batch or not batch[-1] or not batch[-1][-1].endswith(END):
            return
        last = batch.pop()
        if last != [END]:
            # the line that tells the end is among those that it takes
            count = _lines_of(last) - 1
            why = counted(
                count,
                "a quote that opens here is never closed: this line is lost",
                "a quote that opens here is never closed: {count} lines from here on are lost",
                count=format_shortest(count),
            )
            self.swallowed(start + sum(map(_lines_of, batch)) + 1, count, why)

    def swallowed(self, line: int, count: int, why: str) -> None:
        """Count the lines that a quote has made one cell of: each was a row, and none is read."""
        self.rows += count
        self.failed(line, why, count)

    def text_by_text(self, rows: Sequence[Sequence[str]], layout: Layout) -> bool:
        """Count the messages of a batch, each text once; whether nothing about a row was to say."""
        try:
            texts = Counter(map(layout.time_in, rows))
            stamps = [(read_stamp(text, layout.form), count) for text, count in texts.items()]
        except (IndexError, StampError):
            return False
        for stamp, _ in stamps:
            orders = stamp.quarter, stamp.month_first
            if (stamp.ordered or stamp.quarter is None) and (
                (orders[0] is None and _DAY not in self.first_against)
                or (orders[1] is None and _MONTH not in self.first_against)
                or (None not in orders and self.either is None)
            ):
                return False
        for stamp, count in stamps:
            if not stamp.ordered and stamp.quarter is not None:
                (self.instants if stamp.zoned else self.local).add_times(stamp.quarter, count)
                continue
            for order, quarter in ((_DAY, stamp.quarter), (_MONTH, stamp.month_first)):
                if quarter is None:
                    self.against[order] += count
                else:
                    kind = self.zoned if stamp.zoned else self.clock
                    kind[order].add_times(quarter, count)
        return True

    def one_by_one(self, batch: Rows, kept: Iterable[object], start: int, layout: Layout) -> None:
        """Count those messages of a batch that are kept, row by row."""
        line = start + 1
        at, form = layout.at, layout.form
        found: dict[bool, list[int]] = {True: [], False: []}
        in_order: dict[tuple[str, bool], list[int]] = {}
        for row, keep in zip(batch, kept, strict=True):
            if keep:
                try:
                    if max(at, layout.clock or 0) >= len(row):
                        if len(self.unreadable) >= EXAMPLES:  # millions, after a long cell
                            self.failures += 1
                            line += _lines_of(row)
                            continue
                        raise StampError(say("the row has no column {number}", number=at + 1))
                    text = layout.time_in(row)
                    stamp = read_stamp(text, form)
                    if stamp.ordered or stamp.quarter is None:
                        for order, quarter in self.in_two_orders(stamp, text, line):
                            in_order.setdefault((order, stamp.zoned), []).append(quarter)
                    else:
                        found[stamp.zoned].append(stamp.quarter)
                except StampError as error:
                    self.failed(line, said_by(error))
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

    def failed(self, line: int, reason: str, count: int = 1) -> None:
        """Count a row that cannot be read, or several for one reason, and keep the first few."""
        self.failures += count
        if len(self.unreadable) < EXAMPLES:
            self.unreadable.append(Unreadable(line, reason, count))

    def written_by(self, layout: Layout) -> Iterator[str]:
        """What there is to say where a column tells who wrote, and none who is the company."""
        if self.selection.conditions or side_of(layout.titles, layout.body, self.owner) is not None:
            return
        if (found := writer_in(layout.titles, layout.body)) is not None:
            title, name = map(printable, found)
            yield say(
                "`{column}` says who wrote, not for which side: if {name} is you, --where "
                "'{column}!={name}' leaves your answers out",
                column=title,
                name=name,
            )

    def ordered(self, layout: Layout) -> Iterator[str]:
        """Settle which number of a date is its day; what there is to say about it."""
        shows_day, shows_month = self.first_against.get(_MONTH), self.first_against.get(_DAY)
        if not shows_day and not shows_month and self.either is None:
            return
        if self.given is not None:
            order = _DAY if self.given else _MONTH
        elif shows_day and shows_month:
            raise refusal(
                self.path,
                say(
                    "has dates with the day first, such as {day} on line {day_line}, and with the "
                    "month first, such as {month} on line {month_line}",
                    day=shows_day.reason,
                    day_line=shows_day.line,
                    month=shows_month.reason,
                    month_line=shows_month.line,
                ),
                say("say which to read: --dayfirst or --monthfirst"),
            )
        elif shows_day or shows_month:
            order = _DAY if shows_day else _MONTH
        else:
            assert self.either is not None
            raise refusal(
                self.path,
                say(
                    "has only dates that can be read with the day or with the month first, such "
                    "as {date} in `{column}`",
                    date=self.either.reason,
                    column=layout.title,
                ),
                say("say which it is: --dayfirst or --monthfirst"),
                self.either.line,
            )
        self.order = order
        self.instants.update(self.zoned[order])
        self.local.update(self.clock[order])
        self.failures += self.against[order]
        if (row := self.first_against.get(order)) is not None:
            reason = (
                say("{date} has no day in its first place", date=row.reason)
                if order == _DAY
                else say("{date} has no month in its first place", date=row.reason)
            )
            found = sorted([*self.unreadable, Unreadable(row.line, reason)])
            self.unreadable = found[:EXAMPLES]
        shown_by = shows_day if order == _DAY else shows_month
        if self.given is None and shown_by is not None:
            text = (
                say("dates were read with the day first, as {date} on line {line} has it")
                if order == _DAY
                else say("dates were read with the month first, as {date} on line {line} has it")
            )
            yield text.with_places(date=shown_by.reason, line=shown_by.line)

    def nothing(self, layout: Layout) -> None:
        """Refuse a log without one readable time."""
        if not self.unreadable and self.rows:
            raise refusal(
                self.path,
                counted(
                    self.rows,
                    "has {rows} row, which does not count: {why}",
                    "has {rows} rows, of which none counts: {why}",
                    rows=format_shortest(self.rows),
                    why=listed(tuple(self.left_out()), "; "),
                ),
                say("change --where, or count every row with --direction all"),
            )
        if not self.unreadable:
            raise refusal(self.path, say("has no rows"), say("export the log again"))
        first = self.unreadable[0]
        raise refusal(
            self.path,
            say(
                "has no time that can be read in `{column}`, in {count} rows: {reason}",
                column=layout.title,
                count=format_shortest(self.rows),
                reason=first.reason,
            ),
            say("name the right column with --column; times look like 2024-03-05 14:22"),
            first.line,
        )


def _head(chunks: Iterator[bytes]) -> bytes:
    """The first chunks of a text, with enough lines to tell how it is laid out."""
    head = next(chunks)
    while head.count(b"\n") < _SAMPLE and (more := next(chunks, None)) is not None:
        head += more
    return head


def _csv(lines: Iterable[str], layout: Layout) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=layout.delimiter, skipinitialspace=True)


def _lines_of(row: Sequence[str]) -> int:
    """How many lines a row takes: line ends stand in quoted cells."""
    return 1 + sum(cell.count("\n") for cell in row)


def _batches(reader: Iterator[list[str]]) -> Iterator[tuple[int, Rows, int]]:
    """Batches of rows, the line before each, and how many lines after it a long cell has lost."""
    while True:
        start: int = reader.line_num  # type: ignore[attr-defined]
        batch: Rows = []
        lost = 0
        try:
            batch.extend(islice(reader, _BATCH))  # keeps the rows before one that fails
        except csv.Error:  # no message is that long
            read: int = reader.line_num  # type: ignore[attr-defined]
            lost = read - start - sum(map(_lines_of, batch))
        if not batch and not lost:
            return
        yield start, batch, lost
