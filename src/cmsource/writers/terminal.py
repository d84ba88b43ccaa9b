"""Reports on a terminal or in a pipe, through Rich."""

import io
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel as RichPanel
from rich.table import Table as RichTable
from rich.text import Text as RichText

from cmsource.reports.blocks import (
    ALWAYS,
    NONE,
    Aside,
    Bar,
    Block,
    Cell,
    Code,
    Facts,
    Heading,
    Items,
    Look,
    Panel,
    Paragraph,
    Section,
    Swing,
    Swings,
    Table,
    Text,
    WeekPicture,
    plain,
    spans,
)
from cmsource.reports.report import Readable
from cmsource.values.text import printable
from cmsource.writers.page import Page

_STYLES = {
    Look.PLAIN: "",
    Look.STRONG: "bold",
    Look.TITLE: "bold",
    Look.KEY: "cyan",
    Look.GOOD: "green",
    Look.BAD: "red",
    Look.WARNING: "yellow",
    Look.BEST: "bold green",
    Look.FAINT: "dim",
}
# Rich breaks lines at no-break spaces as at others. These stand for them until the lines are made.
_KEPT = {"\N{NO-BREAK SPACE}": "\ue000", "\N{NARROW NO-BREAK SPACE}": "\ue001"}
_KEEP = str.maketrans(_KEPT)
_KEPT_BACK = str.maketrans({kept: space for space, kept in _KEPT.items()})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WIDEST_TEXT = 100
_SWING_WIDTH = 24


def write(report: Readable, page: Page) -> str:
    """A report as text, with escape codes where the page takes colours."""
    return _written(report.blocks(), page)


def block_text(block: Block, page: Page) -> str:
    """One block as text, for formats that show pictures as a terminal does."""
    return _written([block], page)


def _written(blocks: Iterable[Block], page: Page) -> str:
    console = console_on(page)
    print_blocks(blocks, console, page)
    assert isinstance(console.file, io.StringIO)
    return finished(console.file.getvalue())


def print_blocks(blocks: Iterable[Block], console: Console, page: Page) -> None:
    """Blocks with an empty line between them, but for what follows its heading."""
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Section) and block.folded and not page.details:
            continue
        if isinstance(block, Aside) and page.details:
            continue
        if before is not None and not isinstance(before, Heading):
            console.print()
        console.print(_renderable(block, page))
        before = block


def console_on(page: Page, *, record: bool = False) -> Console:
    """A console that writes for a page into a text, the same bytes on every machine."""
    return Console(
        file=io.StringIO(),
        width=page.width,
        height=100,
        color_system="standard" if page.colour else None,
        force_terminal=page.colour,
        force_jupyter=False,
        no_color=not page.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        record=record,
        _environ={},
    )


def finished(text: str) -> str:
    """What Rich wrote, without spaces at the ends of lines and with no-break spaces again."""
    lines = [line.rstrip(" ") for line in text.split("\n")]
    return "\n".join(lines).translate(_KEPT_BACK)


def rich_text(text: Text, look: Look = Look.PLAIN) -> RichText:
    """A text of ours as one of Rich's: printable, and without a chance to be taken for markup."""
    found = RichText()
    for span in spans(text):
        style = _STYLES[span.look if span.look is not Look.PLAIN else look]
        found.append(printable(span.text).translate(_KEEP), style)
    return found


def _renderable(block: Block, page: Page) -> RenderableType:
    match block:
        case Heading():
            return rich_text(block.text, Look.TITLE)
        case Paragraph():
            found = rich_text(block.text, block.look)
            return Padding(found, (0, 0, 0, 2 * block.indent)) if block.indent else found
        case Panel():
            return _panel(block, page)
        case Table():
            return _titled(block.title, _table(block, page), block.note)
        case Facts():
            return _titled(block.title, _facts(block))
        case Items():
            return _titled(block.title, _items(block))
        case Code():
            text = printable_lines(block.text)
            return RichText(text, no_wrap=True, overflow="ignore")
        case WeekPicture():
            return _titled(block.title, _week(block, page), block.note)
        case Swings():
            return _swings(block)
        case Aside():
            return rich_text(block.text, Look.FAINT)
        case Section():
            parts = [_renderable(each, page) for each in block.blocks]
            return Group(rich_text(block.title, Look.TITLE), *_spaced(parts))


def printable_lines(text: str) -> str:
    """Text of several lines, each of them printable."""
    return "\n".join(printable(line) for line in text.splitlines())


def _spaced(parts: Sequence[RenderableType]) -> Iterator[RenderableType]:
    for number, part in enumerate(parts):
        if number:
            yield ""
        yield part


def _titled(title: str, body: RenderableType, note: str = "") -> RenderableType:
    parts: list[RenderableType] = [rich_text(title, Look.TITLE)] if title else []
    parts.append(body)
    if note:
        parts.append(Padding(rich_text(note, Look.FAINT), (0, 0, 0, 2)))
    return Group(*parts) if len(parts) > 1 else body


def _panel(block: Panel, page: Page) -> RenderableType:
    lines = [rich_text(line) for line in block.lines]
    style = _STYLES[block.look]
    title = rich_text(block.title, Look.TITLE)
    room = page.width - 8
    if cell_len(title.plain) > room:  # a border cannot be folded; a line in the panel can
        lines.insert(0, title)
        title = RichText()
    width = min(page.width, _WIDEST_TEXT + 4)
    return RichPanel(
        Group(*lines),
        title=title,
        title_align="left",
        border_style=style,
        box=box.ROUNDED,
        width=width,
    )


# Tables -------------------------------------------------------------------------------------------


def _table(block: Table, page: Page) -> RenderableType:
    """A table with as many columns as there is room for, else one record below the other.

    Nothing in it is ever cut: columns that want to be kept least go first.
    """
    console = console_on(page)
    kept = list(range(len(block.columns)))
    while True:
        found = _laid_out(block, kept)
        if _least_width(console, block, kept) <= page.width:
            return found
        optional = [i for i in kept if block.columns[i].keep < ALWAYS]
        if not optional:
            return _records(block, kept)
        kept.remove(min(optional, key=lambda i: (block.columns[i].keep, -i)))


def _least_width(console: Console, block: Table, kept: Sequence[int]) -> int:
    """Cells that some columns of a table need when texts that may fold do so at their spaces."""
    total = 2 * (len(kept) - 1)
    for i in kept:
        column = block.columns[i]
        texts = [rich_text(column.title), *(_cell(row.cells[i], row.look) for row in block.rows)]
        sizes = [Measurement.get(console, console.options, text) for text in texts]
        total += max(size.minimum if column.wraps else size.maximum for size in sizes)
    return total


def _laid_out(block: Table, kept: Sequence[int]) -> RichTable:
    table = RichTable(
        box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    for i in kept:
        column = block.columns[i]
        table.add_column(
            rich_text(column.title),
            justify="right" if column.right else "left",
            no_wrap=not column.wraps,
            overflow="fold",
        )
    for row in block.rows:
        table.add_row(*(_cell(row.cells[i], row.look) for i in kept))
    return table


def _records(block: Table, kept: Sequence[int]) -> RenderableType:
    """A table whose columns do not fit beside each other: a line and its figures for each row."""
    parts: list[RenderableType] = []
    for row in block.rows:
        cells = [(block.columns[i], row.cells[i]) for i in kept]
        named = [(column, cell) for column, cell in cells if column.title]
        signs = " ".join(plain(_text_of(cell)) for column, cell in cells if not column.title)
        first, *rest = named
        rest = [(column, cell) for column, cell in rest if plain(_text_of(cell)) not in ("", NONE)]
        head = rich_text(signs + " " if signs.strip() else "", row.look)
        head.append_text(_cell(first[1], row.look))
        parts.append(head)
        figures = RichText()
        for number, (column, cell) in enumerate(rest):
            figures.append(" · " if number else "", "dim")
            name = f"{column.title}: ".replace(" ", "\ue000")
            figures.append_text(RichText(name, "dim"))
            figures.append_text(_cell(cell, row.look))
        if rest:
            parts.append(Padding(figures, (0, 0, 0, 4)))
    return Group(*parts)


def _text_of(cell: Text | Cell) -> Text:
    return cell.text if isinstance(cell, Cell) else cell


def _cell(cell: Text | Cell, look: Look) -> RichText:
    text = rich_text(_text_of(cell), look)
    if isinstance(cell, Cell) and cell.bar is not None:
        text.append_text(_bar(cell.bar))
    return text


def _bar(bar: Bar) -> RichText:
    """A bar that can be read without colours: heavy where it is full, light where it is not."""
    full = min(bar.width, max(0, round(bar.share * bar.width)))
    text = RichText(" ")
    text.append("━" * full, _STYLES[bar.look])
    return text.append("─" * (bar.width - full), "dim")


def _facts(block: Facts) -> RenderableType:
    table = RichTable.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in block.pairs:
        table.add_row(rich_text(name, Look.STRONG), rich_text(text))
    return table


def _items(block: Items) -> RenderableType:
    table = RichTable.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for point in block.points:
        table.add_row("  -", rich_text(point, block.look))
    return table


# Pictures -----------------------------------------------------------------------------------------


def _week(block: WeekPicture, page: Page) -> RenderableType:
    """Hours across, days down; half a day at a time where room is short."""
    across = 24 if page.width >= 6 + 3 * 24 else 12
    parts: list[RenderableType] = []
    for start in range(0, 24, across):
        table = RichTable.grid(padding=(0, 1, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True)
        for _ in range(across):
            table.add_column(justify="right", no_wrap=True, min_width=2)
        hours = range(start, start + across)
        table.add_row("", *(RichText(str(hour), "dim") for hour in hours))
        for day, name in enumerate(_DAYS):
            cells = (block.hours[24 * day + hour] for hour in hours)
            table.add_row(name, *(RichText(cell.text, _STYLES[cell.look]) for cell in cells))
        parts.append(table)
    return Padding(Group(*_spaced(parts)), (0, 0, 0, 2))


def _swings(block: Swings) -> RenderableType:
    """Bars on one scale from today's amount: full where what moves is higher, light where lower."""
    every = [swing for _, swings in block.groups for swing in swings]
    reach = max((_reach(swing) for swing in every), default=0.0)
    parts: list[RenderableType] = []
    for name, swings in block.groups:
        table = RichTable.grid(padding=(0, 1, 0, 0))
        for side in ("left", "right", "left", "left"):
            table.add_column(justify=side, no_wrap=True)
        for swing in swings:
            table.add_row(
                rich_text(swing.label),
                rich_text(swing.low_text),
                _swing(swing, reach),
                rich_text(swing.high_text),
            )
        parts += [rich_text(name), Padding(table, (0, 0, 0, 2))]
    if block.note:
        parts.insert(0, rich_text(block.note, Look.FAINT))
    return Group(*parts)


def _reach(swing: Swing) -> float:
    return max(abs(swing.low - swing.today), abs(swing.high - swing.today))


def _swing(swing: Swing, reach: float) -> RichText:
    half = _SWING_WIDTH // 2

    def cells(amount: float) -> int:
        return round(half * abs(amount - swing.today) / reach) if reach else 0

    left = [" "] * half
    right = [" "] * half
    for amount, sign in ((swing.low, "░"), (swing.high, "█")):
        for i in range(cells(amount)):
            if amount < swing.today:
                left[half - 1 - i] = sign
            else:
                right[i] = sign
    return RichText("".join(left) + "│" + "".join(right))
