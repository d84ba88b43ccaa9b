"""One file of messages to counts by quarters of an hour, in one pass whatever its size.

The first lines say how the file is written. The rest is read in batches: a batch of cells in the
expected form is read at once; one that has anything else, cell by cell.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, compress, islice
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.inbox.both_sides import BothSides, both_sides_of
from cmsource.inbox.columns import Rows
from cmsource.inbox.direction import Direction
from cmsource.inbox.layout import Layout, layout_of, layout_of_rows
from cmsource.inbox.moments import Moments
from cmsource.inbox.packed import Part
from cmsource.inbox.records import records_of
from cmsource.inbox.remarks import Writers, left_out, not_utf_8, other_columns, without_messages
from cmsource.inbox.row_batches import NumberedRows, batches, csv_rows, lines_of
from cmsource.inbox.selection import Ids, Selection, Sieve, id_of, kept_by, side_of
from cmsource.inbox.tally import Tally, Unreadable
from cmsource.inbox.text_lines import END, MAX_LINE, Lines, refusal
from cmsource.inbox.time_batches import FAST, NOTHING
from cmsource.inbox.timestamps import StampError, read_stamp
from cmsource.values.diagnostics import did_you_mean
from cmsource.values.language import counted, said_by, say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

if TYPE_CHECKING:  # numpy need not be there
    from cmsource.inbox.plain_rows import PlainRows
    from cmsource.inbox.quick_counts import QuickCounts

EXAMPLES = 5
_SAMPLE = 200
_LARGE = 1 << 25
"""Bytes of first lines that tell how a log is laid out, at most."""
_LONG = 1 << 20
"""Bytes without the end of a row after which a quote is taken for one that is never closed."""


class SingleLog:
    """Counts the messages of one file."""

    def __init__(
        self, path: Path, dayfirst: bool | None, selection: Selection, ids: Ids | None
    ) -> None:
        self.path = path
        self.ids = ids
        self.selection = selection
        self.sieve = Sieve((), None, Direction.ALL)
        self.named = False
        self.owner = ""
        self.told: tuple[str, ...] = ()
        self.rows = 0
        self.unreadable: list[Unreadable] = []
        self.failures = 0
        self.moments = Moments(path, dayfirst)

    def read(self, part: Part, column: str) -> Callable[[bool | None], Tally]:
        """Read all rows of one log.

        Returns:
            What it holds, once other files have said whether dates have their day first: a function
            of that, which raises ScenarioError where it holds nothing.
        """
        self.named = bool(column)
        self.owner = part.owner
        lines = None
        if (records := records_of(self.path, part.content, part.name)) is not None:
            self.told = (records.note,) if records.note else ()
            first = list(islice(records.rows, _SAMPLE))
            layout = layout_of_rows(self.path, first, column)
            self.sieve = self.sieve_for(layout)
            sides = both_sides_of(layout, self.selection, self.owner)
            rows = NumberedRows(chain(first, records.rows), records.first)
            self.take(rows, layout, sides, skipped=layout.skipped)
        else:
            lines = Lines(self.path, part.content, None)
            chunks = lines.chunks()
            head = _head(lines, chunks)
            sample = list(islice(lines.to_the_end((head,)), _SAMPLE))
            layout = layout_of(self.path, [line for line in sample if line is not END], column)
            lines.one_byte = 0  # those of the head are read again
            self.sieve = self.sieve_for(layout)
            sides = both_sides_of(layout, self.selection, self.owner)
            self.take_text(lines, head, chunks, layout, sides)
        return partial(self.tally, layout, sides, lines)

    def tally(
        self,
        layout: Layout,
        sides: BothSides | None,
        lines: Lines | None,
        day_first: bool | None,
    ) -> Tally:
        """What was read.

        Args:
            layout: how the log is laid out.
            sides: its conversations.
            lines: its lines, where it is a text.
            day_first: what the dates of other files show.

        Raises:
            ScenarioError: it holds no message, or dates that can be read in two ways.
        """
        self.moments.shown_elsewhere = day_first
        chosen = (other_columns(layout),) if layout.fitting and not self.named else ()
        settled = tuple(self.settled(layout))
        writers = Writers(layout, self.selection, self.owner)
        notes = [*self.told, *chosen, *settled, *left_out(self.sieve), *writers.named()]
        if lines is not None and lines.one_byte:
            notes.append(not_utf_8(lines.one_byte))
        if not self.moments.instants and not self.moments.local:
            raise without_messages(self.path, layout.title, self.rows, self.unreadable, self.sieve)
        if sides is not None:
            sides.exchange.settle(day_first=self.moments.day_first)
        return Tally(
            str(self.path),
            layout.title,
            layout.others,
            self.rows,
            self.failures,
            tuple(self.unreadable),
            self.moments.instants,
            self.moments.local,
            tuple(notes),
            self.sieve.own,
            self.sieve.others + self.sieve.unmet,
            self.sieve.again,
            layout.days,
            lines is None,
            layout.zone if self.moments.local else "",
            () if sides is None else (sides.exchange,),
            (*self.told, *chosen, *self.moments.order_in_words(), *writers.not_told()),
            "" if self.sieve.side is None else self.sieve.side.owner,
        )

    def take_text(
        self,
        lines: Lines,
        head: bytes,
        chunks: Iterator[bytes],
        layout: Layout,
        sides: BothSides | None,
    ) -> None:
        """Read a text: at once those parts of which there is nothing to say.

        Args:
            lines: makes lines of its bytes.
            head: its first ones.
            chunks: the others.
            layout: how it is laid out.
            sides: what takes conversations in.
        """
        second = next(chunks, b"")
        chunks = chain((second,), chunks)
        # What fits into one chunk is soon read.
        quick = self.quick_for(layout) if second and sides is None else None
        if quick is None:
            reader = csv_rows(lines.to_the_end(chain((head,), chunks)), layout)
            self.take(reader, layout, sides, 0, layout.skipped)
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
                self.take(csv_rows(text, layout), layout, sides, line, skipped)
                rest = b""
                break
            if skipped or not self.at_once(quick, block, rows, line):
                whole = lines.of(block[: rows.end])
                self.take(csv_rows(whole, layout), layout, sides, line, skipped)
            skipped = 0 if rows.end else skipped
            line += rows.lines
            rest = block[rows.end :]
        if rest:
            text = lines.to_the_end((rest,))
            self.take(csv_rows(text, layout), layout, sides, line, skipped)
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
        self.moments.add_blocks(quick, found.times, block, line)
        return True

    def take(
        self,
        reader: Iterator[list[str]],
        layout: Layout,
        sides: BothSides | None,
        before: int = 0,
        skipped: int = 0,
    ) -> None:
        """Read rows, batch by batch.

        Args:
            reader: of the rows, which counts lines as that of `csv` does.
            layout: how they are laid out.
            sides: what takes conversations in.
            before: lines before the first of them.
            skipped: rows before the first message.
        """
        for _ in islice(reader, skipped):
            pass
        fast = FAST.get(layout.form)
        apart = layout.days or layout.clock is not None
        for began, batch, lost in batches(reader):
            start = before + began
            self.end(batch, start)
            kept: Sequence[object] = batch if self.sieve.takes_all else self.sieve.kept(batch)
            rows = batch if kept is batch else list(compress(batch, kept))
            self.rows += sum(map(bool, batch))
            if sides is not None:
                sides.take_in(batch, layout)
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
                self.moments.add_quarters(quarters, zoned=zoned)
            if lost:
                why = counted(
                    lost,
                    "a cell is longer than any message, as after a quote that is never closed: "
                    "this line is lost",
                    "a cell is longer than any message, as after a quote that is never closed: "
                    "{count} lines from here on are lost",
                    count=format_shortest(lost),
                )
                self.swallowed(start + sum(map(lines_of, batch)) + 1, lost, why)

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

    def end(self, batch: Rows, start: int) -> None:
        """Take the line that tells the end from the last batch, and what it says of the quotes."""
        if not batch or not batch[-1] or not batch[-1][-1].endswith(END):
            return
        last = batch.pop()
        if last != [END]:
            # the line that tells the end is among those that it takes
            count = lines_of(last) - 1
            why = counted(
                count,
                "a quote that opens here is never closed: this line is lost",
                "a quote that opens here is never closed: {count} lines from here on are lost",
                count=format_shortest(count),
            )
            self.swallowed(start + sum(map(lines_of, batch)) + 1, count, why)

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
        return self.moments.add_stamps(stamps)

    def one_by_one(self, batch: Rows, kept: Iterable[object], start: int, layout: Layout) -> None:
        """Count those messages of a batch that are kept, row by row."""
        line = start + 1
        least = max(layout.at, layout.clock or 0)
        for row, keep in zip(batch, kept, strict=True):
            if keep and least >= len(row):
                if len(self.unreadable) < EXAMPLES:
                    self.failed(line, say("the row has no column {number}", number=layout.at + 1))
                else:  # millions, after a cell that is too long
                    self.failures += 1
            elif keep:
                try:
                    text = layout.time_in(row)
                    stamp = read_stamp(text, layout.form)
                    # Noon stands for a time that the file does not say.
                    self.moments.add(stamp, row[layout.at] if layout.days else text, line)
                except StampError as error:
                    cell = row[layout.at].strip()
                    said = (
                        say("{text} is not a date", text=shown(cell))
                        if layout.days and cell
                        else say("the cell is empty")
                        if layout.days
                        else said_by(error)
                    )
                    self.failed(line, said)
            line += lines_of(row)

    def failed(self, line: int, reason: str, count: int = 1) -> None:
        """Count a row that cannot be read, or several for one reason, and keep the first few."""
        self.failures += count
        if len(self.unreadable) < EXAMPLES:
            self.unreadable.append(Unreadable(line, reason, count))

    def settled(self, layout: Layout) -> Iterator[str]:
        """Settle which number of a date is its day; what there is to say about it."""
        yield from self.moments.settle(layout.title)
        self.failures += self.moments.rejected
        if (row := self.moments.first_rejected) is not None:
            self.unreadable = sorted([*self.unreadable, row])[:EXAMPLES]


def _head(lines: Lines, chunks: Iterator[bytes]) -> bytes:
    """The first chunks of a text, with enough lines to tell how it is laid out."""
    head = next(chunks)
    while head.count(b"\n") < _SAMPLE and len(head) < _LARGE:
        if (more := next(chunks, None)) is None:
            break
        head += more
        if len(head) - head.rfind(b"\n") > MAX_LINE:
            raise lines.too_long()
    return head
