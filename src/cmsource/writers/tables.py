"""Tables on a terminal: as many columns as there is room for, and nothing in them ever cut.

Bars get shorter first. Then the columns go that want to be kept least. What still has no room goes
on below, or is written as one record for each row.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from cmsource.reports.blocks import ALWAYS, NONE, Bar, Cell, Column, Look, Row, Table, Text, plain
from cmsource.values.language import say
from cmsource.writers.looks import STYLES, rich_text
from cmsource.writers.page import Page

_GAP = 2
_SHORTEST_BAR = 4
_SEEN = 0.005
_TOGETHER = 24
"""Cells of a figure that stays in one line with its name."""
_COMFORTABLE = 28
"""Cells that a column of texts gets before other columns are left out for it."""


class _Sizes(NamedTuple):
    """Cells that a column needs.

    Attributes:
        least: where texts are folded at all their spaces.
        most: where nothing is folded.
        bars: for each cell with a bar, the cells of its text and of its bar.
    """

    least: int
    most: int
    bars: tuple[tuple[int, int], ...]

    def needed(self, longest_bar: int, comfortable: int) -> int:
        """Cells needed where no bar is longer than that and texts have so much room."""
        texts = min(self.most, max(self.least, comfortable))
        return max([texts, *(text + min(bar, longest_bar) for text, bar in self.bars)])


def table(block: Table, page: Page) -> RenderableType:
    """A table of ours as one of Rich's."""
    sizes = [_sizes(block, i) for i in range(len(block.columns))]
    kept = list(range(len(block.columns)))
    while True:
        found = _widths(sizes, kept, page.width, _COMFORTABLE)
        if found:
            return _laid_out(block, kept, *found)
        optional = [i for i in kept if block.columns[i].keep < ALWAYS]
        if not optional:
            break
        kept.remove(min(optional, key=lambda i: (block.columns[i].keep, -i)))
    found = _widths(sizes, kept, page.width, 0)
    if found:
        return _laid_out(block, kept, *found)
    return _pieces(block, sizes, page) if block.goes_on_below else _records(block, page)


def _sizes(block: Table, i: int) -> _Sizes:
    column = block.columns[i]
    texts = [column.title, *(plain(_text_of(row.cells[i])) for row in block.rows)]
    lines = [cell_len(text) for text in texts]
    words = [cell_len(word) for text in texts for word in text.split(" ")]
    bars = tuple(
        (cell_len(plain(cell.text)) + bool(plain(cell.text)), cell.bar.width)
        for row in block.rows
        if isinstance(cell := row.cells[i], Cell) and cell.bar is not None
    )
    return _Sizes(max(words if column.wraps else lines), max(lines), bars)


def _widths(
    sizes: Sequence[_Sizes], kept: Sequence[int], width: int, comfortable: int
) -> tuple[list[int], int] | None:
    """The widths of some columns and of their longest bar; None where they have no room."""
    room = width - _GAP * (len(kept) - 1)
    longest = max([_SHORTEST_BAR, *(bar for i in kept for _, bar in sizes[i].bars)])
    for bar in range(longest, _SHORTEST_BAR - 1, -1):
        widths = [sizes[i].needed(bar, comfortable) for i in kept]
        if sum(widths) <= room:
            break
    else:
        return None
    # What is left goes to texts, first to those that need the least of it.
    wanted = sorted((sizes[i].most - widths[n], n) for n, i in enumerate(kept))
    left = room - sum(widths)
    for number, (more, n) in enumerate(wanted):
        given = max(0, min(more, left // (len(kept) - number)))
        widths[n] += given
        left -= given
    return widths, bar


def _laid_out(
    block: Table, kept: Sequence[int], widths: Sequence[int], longest_bar: int
) -> RichTable:
    found = RichTable(
        box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    for i, width in zip(kept, widths, strict=True):
        column = block.columns[i]
        found.add_column(
            rich_text(column.title),
            justify="right" if column.right else "left",
            width=width,
            no_wrap=not column.wraps,
            overflow="fold",
        )
    for row in block.rows:
        found.add_row(*(_cell(row.cells[i], row.look, longest_bar) for i in kept))
    return found


def _pieces(block: Table, sizes: Sequence[_Sizes], page: Page) -> RenderableType:
    """A table in as many pieces as its columns need, each with the first column."""
    parts: list[RenderableType] = []
    rest = list(range(1, len(block.columns)))
    while rest:
        count = len(rest)
        while count > 1 and _widths(sizes, [0, *rest[:count]], page.width, 0) is None:
            count -= 1
        kept = [0, *rest[:count]]
        widths, bar = _widths(sizes, kept, page.width, 0) or (
            [sizes[i].least for i in kept],
            _SHORTEST_BAR,
        )
        parts += ["", _laid_out(block, kept, widths, bar)]
        rest = rest[count:]
    return Group(*parts[1:])


def _records(block: Table, page: Page) -> RenderableType:
    """A line and its figures for each row."""
    parts: list[RenderableType] = []
    for row in block.rows:
        cells = list(zip(block.columns, row.cells, strict=True))
        signs = [plain(_text_of(cell)) for column, cell in cells if not column.title]
        (column, first), *rest = [(column, cell) for column, cell in cells if column.title]
        head = rich_text("".join(f"{sign} " for sign in signs if sign), row.look)
        if column.right:  # a number says nothing by itself
            head.append(_naming(column, page), "dim")
        parts.append(head.append_text(_cell(first, row.look)))
        figures = [each for each in rest if plain(_text_of(each[1])) not in ("", NONE)]
        if figures:
            parts.append(Padding(_figures(row, figures, page), (0, 0, 0, 4)))
    return Group(*parts)


def _naming(column: Column, page: Page) -> str:
    """The name of a column before one of its cells."""
    return page.language.of(say("{name}: ", name=column.title))


def _figures(row: Row, cells: Sequence[tuple[Column, Text | Cell]], page: Page) -> RichText:
    text = RichText()
    for number, (column, cell) in enumerate(cells):
        text.append(" · " if number else "", "dim")
        said = _cell(cell, row.look, _SHORTEST_BAR)
        name = _naming(column, page)
        if len(name) + said.cell_len <= _TOGETHER:
            name = name.replace(" ", "\N{NO-BREAK SPACE}")
        text.append_text(rich_text(name, Look.FAINT)).append_text(said)
    return text


def _text_of(cell: Text | Cell) -> Text:
    return cell.text if isinstance(cell, Cell) else cell


def _cell(cell: Text | Cell, look: Look, longest_bar: int = _SHORTEST_BAR) -> RichText:
    text = rich_text(_text_of(cell), look)
    if isinstance(cell, Cell) and cell.bar is not None:
        text.append(" " if text.plain else "")
        text.append_text(_bar(cell.bar, min(cell.bar.width, longest_bar)))
    return text


def _bar(bar: Bar, width: int) -> RichText:
    """A bar, heavy where it is full and light where it is not; a little of it is seen as well."""
    full = min(width, max(round(bar.share * width), 1 if bar.share >= _SEEN else 0))
    text = RichText("━" * full, STYLES[bar.look])
    return text.append("─" * (width - full), "dim") if bar.track else text
