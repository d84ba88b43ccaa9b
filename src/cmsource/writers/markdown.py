"""Reports as Markdown: for a wiki page, a pull request or a mail."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cmsource.reports.blocks import (
    Block,
    Cell,
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
    Text,
    spans,
)
from cmsource.reports.pictures import Swings, WeekPicture
from cmsource.reports.report import Readable
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import say
from cmsource.values.text import without_commands
from cmsource.writers import terminal
from cmsource.writers.page import Page

# Signs that Markdown takes, where it takes them: parentheses, minus signs and the like stay as they
# are. A star between words is none, nor an underscore inside a word, nor what begins no tag.
_TAKEN = re.compile(
    r"[\\`\[\]#|~]|(?<!\S )\*|\*(?! )|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|$)|&(?=#?\w*(?:;|$))"
)
# What would begin a list or a quote at the beginning of a line.
_BEGINNING = re.compile(r"^(?=>|--|[-+](?: |$))")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?: |$))")
_ISSUE = re.compile(r"(?<=#)(?=[0-9])")
_PLAIN_KEY = re.compile(r"[\w./:+-]+")
_BOLD = (Look.STRONG, Look.TITLE, Look.BEST)
_PICTURES = Page(width=100)
_ENGLISH = Page()


def write(report: Readable, page: Page) -> str:
    """A report as Markdown.

    Args:
        report: the report.
        page: what the text may have, as a comment on a pull request; what has no room is counted.
    """
    blocks = map(page.language.of, report.blocks())
    texts = (
        (block_text(block, page) for block in blocks)
        if page.limit is None
        else _within(list(blocks), page.limit, page)
    )
    return "\n\n".join(text for text in texts if text) + "\n"


def _within(blocks: Sequence[Block], limit: int, page: Page) -> Iterator[str]:
    """Blocks as far as there is room: tables and listings share what the others leave."""
    texts = [block_text(block, page) for block in blocks]
    many = [isinstance(block, Table | Listing) for block in blocks]
    left = limit - sum(_size(text) for text, long in zip(texts, many, strict=True) if not long)
    sharing = sum(many)
    for block, text in zip(blocks, texts, strict=True):
        shown = text
        if isinstance(block, Table | Listing):
            if _size(text) > left // sharing:
                shown = _cut(block, left // sharing, page)
            sharing -= 1
            left -= _size(shown)
        yield shown


def _cut(block: Table | Listing, room: int, page: Page) -> str:
    """As many of the first entries of a block as there is room for, and how many there are more."""
    entries = len(block.rows if isinstance(block, Table) else block.blocks)

    def shown(count: int) -> str:
        omitted = block.omitted + entries - count
        if isinstance(block, Table):
            return block_text(block._replace(rows=block.rows[:count], omitted=omitted), page)
        return block_text(block._replace(blocks=block.blocks[:count], omitted=omitted), page)

    count = bisect_right(range(entries), room, key=lambda count: _size(shown(count)))
    return shown(max(0, count - 1))


def _size(text: str) -> int:
    """Bytes that a block takes, because platforms differ in what they call a character."""
    return len(text.encode("utf-8", "replace")) + len("\n\n")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no mention of people or issues, no link."""
    return _unlinked(_TAKEN.sub(r"\\\g<0>", _on_one_line(text)))


def _at_beginning(text: str) -> str:
    """Text of Markdown that begins a line, so that it is no list, quote, code or command."""
    shown = _NUMBERED.sub(r"\1\\", _BEGINNING.sub(r"\\", text.lstrip(" ")))
    return without_commands(shown, colon="\\:")


def _in_html(text: str) -> str:
    """The same in a block of HTML, where Markdown's own signs mean nothing and are not escaped."""
    return _unlinked(html.escape(without_commands(_on_one_line(text)), quote=False))


def _on_one_line(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)


def _unlinked(text: str) -> str:
    shown = _ISSUE.sub("<!-- -->", text.replace("\N{NO-BREAK SPACE}", "&nbsp;"))
    shown = shown.replace("@", "@<!-- -->").replace("://", ":<!-- -->//")
    return shown.replace("www.", "www<!-- -->.")


def _text(text: Text, look: Look = Look.PLAIN) -> str:
    parts = []
    for span in spans(text):
        found = _key(span.text) if span.look is Look.KEY else escaped(span.text)
        bold = (span.look if span.look is not Look.PLAIN else look) in _BOLD
        parts.append(_bold(found) if bold else found)
    return "".join(parts).replace("****", "")


def _bold(text: str) -> str:
    """Markdown in bold; what is blank cannot be."""
    inner = text.strip()
    return text.replace(inner, f"**{inner}**", 1) if inner else text


def _key(text: str) -> str:
    """A key or a path as code, where it has no signs with which code would end."""
    return f"`{text}`" if _PLAIN_KEY.fullmatch(text) else escaped(text)


def block_text(block: Block, page: Page = _ENGLISH) -> str:
    """One block as Markdown."""
    return "\n\n".join(_parts(block, page))


def _parts(block: Block, page: Page) -> Iterator[str]:
    """A block as paragraphs; asides, which are for who types commands, are none."""
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph():
            yield _at_beginning(_text(block.text, block.look))
        case Panel():
            yield f"## {_text(block.title)}"
            yield from (_at_beginning(_text(line)) for line in block.lines)
        case Table():
            yield from _titled(block.title)
            yield _table(block)
            yield from _titled(block.note, bold=False)
            yield from _more(block, page)
        case Facts():
            yield from _titled(block.title)
            yield "\n".join(
                f"- {_at_beginning(_bold(_text(name)))}: {_text(text)}"
                for name, text in block.pairs
            )
        case Items():
            yield from _titled(block.title)
            yield "\n".join(f"- {_at_beginning(_text(point))}" for point in block.points)
        case Code():
            yield _fenced(terminal.printable_lines(block.text), block.language)
        case WeekPicture() | Swings():
            yield _fenced(
                terminal.block_text(block, _PICTURES._replace(language=page.language)), "text"
            )
        case Problem():
            yield _problem(block.found, page)
        case Section() | Listing():
            yield from _composed(block, page)


def _composed(block: Section | Listing, page: Page) -> Iterator[str]:
    """A block of blocks."""
    inner = [block_text(each, page) for each in block.blocks]
    if isinstance(block, Listing):
        yield from _titled(block.title)
        # Points of one list stand close together.
        points = all(isinstance(each, Problem) for each in block.blocks)
        yield ("\n" if points else "\n\n").join(inner)
        yield from _more(block, page)
    elif block.folded or block.collapsed:
        body = "\n\n".join(inner)
        yield f"<details><summary>{_in_html(block.title)}</summary>\n\n{body}\n\n</details>"
    else:
        yield f"### {escaped(block.title)}"
        yield from inner


def _problem(found: Diagnostic, page: Page) -> str:
    language = page.language
    where = f" ({escaped(str(found.place))})" if found.place else ""
    colon = escaped(language.of(say(": ")))
    message = colon.join(escaped(language.of(text)) for text in (found.message, found.hint) if text)
    return f"- {found.code}{where}{colon}{message}"


def _more(block: Table | Listing, page: Page) -> Iterator[str]:
    if block.omitted:
        places = {"count": block.omitted, "things": block.noun}
        yield page.language.of(say("{count} more {things} did not fit here.", **places))


def _titled(text: str, *, bold: bool = True) -> Iterator[str]:
    if text:
        yield _at_beginning(_bold(escaped(text)) if bold else escaped(text))


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
    return f"{fence}{language}\n{without_commands(text.rstrip())}\n{fence}"
