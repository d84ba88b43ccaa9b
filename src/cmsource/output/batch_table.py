"""The rows of a batch as a table for people, with what failed at its end."""

from collections.abc import Iterator
from io import BytesIO
from itertools import compress

from cmsource.output.batch import compared, counts, grand_totals, problems_of
from cmsource.output.changes import change_text
from cmsource.output.diagnostics import blocks
from cmsource.output.layout import Cell, Column, cell_len, fitted, lines, painter, paragraph
from cmsource.reports.blocks import NONE
from cmsource.reports.wording import share_text
from cmsource.results.difference import Difference
from cmsource.results.rows import Row, Tally
from cmsource.values.money import Style, format_money, format_share, style_for
from cmsource.values.text import printable as safe

_SEPARATOR = "\x1f"  # no cell can hold it: `safe` takes control characters away
_LOOKS = {"ok": "green", "FAILED": "red", "INVALID": "bold red"}


class TableFormat:
    """A table: one line a scenario, then totals, changes and failures.

    Rows are kept as short as can be, because the widths of the columns depend on all of them.

    Args:
        width: cells a line.
        colour: whether to paint.
        baseline: whether there is a column for what changed.
    """

    def __init__(self, *, width: int = 80, colour: bool = False, baseline: bool = False) -> None:
        self._width = width
        self._colour = colour
        self._baseline = baseline
        self._columns = [
            Column(""),
            Column("Scenario", wraps=True),
            Column("Recommended", wraps=True),
            Column("Total", right=True),
            Column("Watched", right=True),
            Column("In time", right=True),
            Column("Eligible", right=True),
            Column("Expected", right=True),
        ]
        if baseline:
            self._columns.append(Column("Change", right=True))
        self._widest = [cell_len(column.title) for column in self._columns]
        self._used = [not column.right for column in self._columns]
        self._rows = BytesIO()
        self._changes: list[str] = []
        self._failures: list[str] = []

    def start(self) -> str:
        """Nothing yet."""
        return ""

    def row(self, row: Row, _comparison: str) -> str:
        """Nothing yet: the row is kept."""
        cells = _cells(row, baseline=self._baseline)
        for i, cell in enumerate(cells):
            self._widest[i] = max(self._widest[i], cell_len(cell))
            self._used[i] = self._used[i] or cell != NONE
        self._rows.write(f"{_SEPARATOR.join(cells)}\n".encode())
        if row.change is not None and not row.change.nothing:
            self._changes.append(change_text(row.change, width=self._width, colour=self._colour))
        failures = failures_text(row, width=self._width, colour=self._colour)
        if failures:
            self._failures.append(failures)
        return ""

    def end(self, tally: Tally) -> Iterator[str]:
        """The table, the totals, what changed, what failed, and the counts."""
        paint = painter(colour=self._colour)
        # A column that says nothing for any scenario gives its room to the others.
        columns = list(compress(self._columns, self._used))
        widths = fitted(columns, list(compress(self._widest, self._used)), self._width)
        self._rows.seek(0)
        rows = (list(compress(_styled(row), self._used)) for row in self._rows)
        for line in lines(columns, rows, widths, paint):
            yield line + "\n"
        yield "\n"
        if tally.totals:
            yield paint("Grand total of the recommended options", "bold") + "\n"
            for line in grand_totals(tally):
                yield paragraph(line, self._width, "    ", "  ") + "\n"
            yield "\n"
        if self._baseline:
            yield paint(compared(tally), "bold") + "\n"
            for file in tally.removed:
                yield paragraph(f"gone: {safe(file)}", self._width, "    ", "  ") + "\n"
            yield "\n"
            for text in self._changes:
                yield text + "\n"
        for text in self._failures:
            yield text + "\n"
        yield paragraph(counts(tally), self._width) + "\n"


def _styled(row: bytes) -> list[Cell]:
    cells = row.decode().rstrip("\n").split(_SEPARATOR)
    look = _LOOKS[cells[0]]
    return [Cell(cells[0], look), *(Cell(text) for text in cells[1:])]


def _cells(row: Row, *, baseline: bool) -> list[str]:
    mark = {"ok": "ok", "failed": "FAILED", "invalid": "INVALID"}[row.status]
    style = style_for(row.currency)
    if row.status == "invalid":
        cells = [mark, safe(row.file), *([NONE] * 6)]
    else:
        cells = [
            mark,
            safe(row.file),
            safe(row.label) or "none",
            NONE if row.cents is None else format_money(row.cents, style, 0),
            share_text(row.watched, style),
            share_text(row.answered_in_time, style),
            f"{row.eligible}/{row.options}",
            f"{row.held}/{row.expected}" if row.expected else NONE,
        ]
    if baseline:
        cells.append(_change(row, row.change, style))
    return cells


def _change(row: Row, change: Difference | None, style: Style) -> str:
    if change is None:
        return "new" if row.is_new else NONE
    if change.old_recommended != change.new_recommended:
        return "other option"
    if change.increase is None:
        return NONE if change.same_result else "changed"
    if change.increase:
        share = format_share(change.increase, style)
        return share if change.increase < 0 else f"+{share}"
    return "=" if change.same_result else "changed"


def failures_text(row: Row, *, width: int = 80, colour: bool = False) -> str:
    """What makes a row fail, in full; "" when nothing does."""
    return blocks(problems_of(row), colour=colour, width=width)
