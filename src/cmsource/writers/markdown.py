"""Reports as Markdown: for a wiki page, a pull request or a mail."""

from collections.abc import Iterator, Sequence

from cmsource.reports.blocks import (
    Aside,
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
    Swings,
    Table,
    Text,
    WeekPicture,
    spans,
)
from cmsource.reports.report import Readable
from cmsource.writers import terminal
from cmsource.writers.page import Page

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>()#|~"})
_BOLD = (Look.STRONG, Look.TITLE, Look.BEST)
_PICTURES = Page(width=100)


def write(report: Readable) -> str:
    """A report as Markdown."""
    return "\n\n".join(part for block in report.blocks() for part in _parts(block)) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    shown = "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)
    return shown.translate(_SPECIAL).replace("\N{NO-BREAK SPACE}", "&nbsp;")


def _text(text: Text, look: Look = Look.PLAIN) -> str:
    parts = []
    for span in spans(text):
        found = escaped(span.text)
        bold = (span.look if span.look is not Look.PLAIN else look) in _BOLD
        parts.append(f"**{found}**" if bold and found.strip() else found)
    return "".join(parts).replace("****", "")


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph():
            yield _text(block.text, block.look)
        case Panel():
            yield f"## {_text(block.title)}"
            yield from (_text(line) for line in block.lines)
        case Table():
            yield from _titled(block.title)
            yield _table(block)
            yield from _titled(block.note, bold=False)
        case Facts():
            yield from _titled(block.title)
            yield "\n".join(f"- **{_text(name)}**: {_text(text)}" for name, text in block.pairs)
        case Items():
            yield from _titled(block.title)
            yield "\n".join(f"- {_text(point)}" for point in block.points)
        case Code():
            yield _fenced(terminal.printable_lines(block.text), block.language)
        case WeekPicture() | Swings():
            yield _fenced(terminal.block_text(block, _PICTURES), "text")
        case Aside():
            return
        case Section():
            inner = [part for each in block.blocks for part in _parts(each)]
            if block.folded:
                body = "\n\n".join(inner)
                yield f"<details><summary>{escaped(block.title)}</summary>\n\n{body}\n\n</details>"
            else:
                yield f"### {escaped(block.title)}"
                yield from inner


def _titled(text: str, *, bold: bool = True) -> Iterator[str]:
    if text:
        yield f"**{escaped(text)}**" if bold else escaped(text)


def _table(block: Table) -> str:
    rows = [
        [_text(c.text if isinstance(c, Cell) else c, row.look) for c in row.cells]
        for row in block.rows
    ]
    # A column of bars alone has nothing to say here.
    kept = [i for i, c in enumerate(block.columns) if c.title or any(row[i] for row in rows)]
    heads = [escaped(block.columns[i].title) for i in kept]
    rule = ["---:" if block.columns[i].right else "---" for i in kept]
    rows = [[row[i] for i in kept] for row in rows]
    return "\n".join(_line(cells) for cells in (heads, rule, *rows))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fenced(text: str, language: str) -> str:
    """A block of code, its fence longer than any in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
