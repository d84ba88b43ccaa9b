"""Reports on a terminal or in a pipe, through Rich."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel as RichPanel
from rich.table import Table as RichTable
from rich.text import Text as RichText

from cmsource.reports.blocks import (
    Aside,
    Block,
    Code,
    Facts,
    Heading,
    Items,
    Listing,
    Look,
    Panel,
    Paragraph,
    Problem,
    Section,
    Table,
)
from cmsource.reports.report import Readable
from cmsource.values.language import say
from cmsource.values.text import printable
from cmsource.writers.looks import STYLES, finished, rich_text
from cmsource.writers.page import Page
from cmsource.writers.tables import table

if TYPE_CHECKING:  # few reports have pictures
    from cmsource.reports.pictures import Picture

_WIDEST_TEXT = 100


def write(report: Readable, page: Page) -> str:
    """A report as text, with escape codes where the page takes colours."""
    return "".join(pieces(report, page))


def pieces(report: Readable, page: Page) -> Iterator[str]:
    """A report as text, block by block."""
    return _texts(report.blocks(), page)


def block_text(block: Block, page: Page) -> str:
    """One block as text, for formats that show pictures as a terminal does."""
    return "".join(_texts([block], page))


def _texts(blocks: Iterable[Block], page: Page) -> Iterator[str]:
    console = console_on(page)
    for _ in printed(blocks, console, page):
        file = console.file
        assert isinstance(file, io.StringIO)
        yield finished(file.getvalue())
        file.seek(0)
        file.truncate()


def printed(blocks: Iterable[Block], console: Console, page: Page) -> Iterator[Block]:
    """Print blocks, with an empty line between them but for what follows its heading.

    Yields:
        each block once it is printed.
    """
    before: Block | None = None
    for block in map(page.language.of, blocks):
        if _is_folded(block) and not page.details:
            continue
        shown = None if isinstance(block, Aside) and page.details else _renderable(block, page)
        if shown is None:
            continue
        if before is not None and not isinstance(before, Heading):
            console.print()
        # Rich joins bare texts anew, without what they say of folding, and cuts what is too wide.
        console.print(Group(shown), crop=False)
        before = block
        yield block


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


def _renderable(block: Block, page: Page) -> RenderableType | None:
    """A block for Rich; None where nothing is shown of it."""
    match block:
        case Heading() | Aside():
            return rich_text(block.text, Look.TITLE if isinstance(block, Heading) else Look.FAINT)
        case Paragraph():
            found = rich_text(block.text, block.look)
            return Padding(found, (0, 0, 0, 2 * block.indent)) if block.indent else found
        case Panel():
            return _panel(block, page)
        case Table():
            return _titled(
                block.title, table(block, page), " ".join([block.note, *_more(block, page)])
            )
        case Facts():
            return _titled(block.title, _facts(block, page))
        case Items():
            return _titled(block.title, _items(block))
        case Code():
            text = printable_lines(block.text)
            return RichText(text, no_wrap=True, overflow="ignore")
        case Problem():
            from cmsource.writers.excerpt import excerpt

            return excerpt(block.found, page.width, page.language)
        case Section() | Listing():
            return _composed(block, page)
        case _:
            return _picture(block, page)


def _picture(block: "Picture", page: Page) -> RenderableType | None:
    """A picture; None for charts, which pages draw: their figures are in tables too."""
    from cmsource.reports.pictures import Swings, WeekPicture
    from cmsource.writers.pictures import swings, week

    match block:
        case WeekPicture():
            return _titled(block.title, week(block, page), block.note)
        case Swings():
            return swings(block, page)
        case _:
            return None


def _more(block: Table | Listing, page: Page) -> list[str]:
    if not block.omitted:
        return []
    more = say("{count} more {things}", count=block.omitted, things=block.noun)
    return [page.language.of(more)]


def _composed(block: Section | Listing, page: Page) -> RenderableType:
    """A block of blocks."""
    more = [] if isinstance(block, Section) else map(Paragraph, _more(block, page))
    blocks = [each for each in block.blocks if page.details or not _is_folded(each)]
    shown = [_renderable(each, page) for each in (*blocks, *more)]
    parts = [each for each in shown if each is not None]
    head = [rich_text(block.title, Look.TITLE)] if block.title else []
    return Group(*head, *_spaced(parts))


def _is_folded(block: Block) -> bool:
    return isinstance(block, Section) and block.folded


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
    style = STYLES[block.look]
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


def _facts(block: Facts, page: Page) -> RenderableType:
    """Names beside what they are; above it where they are long."""
    names = [rich_text(name, Look.STRONG) for name, _ in block.pairs]
    texts = [rich_text(text) for _, text in block.pairs]
    if max((name.cell_len for name in names), default=0) > page.width // 2:
        pairs = zip(names, texts, strict=True)
        return Group(*(part for n, t in pairs for part in (n, Padding(t, (0, 0, 0, 4)))))
    found = RichTable.grid(padding=(0, 2, 0, 0))
    found.add_column(no_wrap=True)
    found.add_column(overflow="fold")
    for name, text in zip(names, texts, strict=True):
        found.add_row(name, text)
    return found


def _items(block: Items) -> RenderableType:
    found = RichTable.grid(padding=(0, 1, 0, 0))
    found.add_column(no_wrap=True)
    found.add_column(overflow="fold")
    for point in block.points:
        found.add_row("  -", rich_text(point, block.look))
    return found
