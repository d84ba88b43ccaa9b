"""The blocks that reports are made of: text and tables by what they mean, in no format yet.

Texts hold what is to be said, as it is: each writer escapes it for its format.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import say

if TYPE_CHECKING:  # they are made of texts, and most reports have none
    from cmsource.reports.pictures import Picture

NONE = "–"
"""What stands for a figure that there was nothing to measure for."""


class Look(StrEnum):
    """What a piece of text is, from which each format takes how it looks."""

    PLAIN = "plain"
    STRONG = "strong"
    TITLE = "title"
    KEY = "key"
    """A key of the scenario, or a path of a file."""
    GOOD = "good"
    BAD = "bad"
    WARNING = "warning"
    BEST = "best"
    """What is recommended."""
    FAINT = "faint"


class Span(NamedTuple):
    """A piece of text with one look."""

    text: str
    look: Look = Look.PLAIN


Text: TypeAlias = str | Span | tuple[str | Span, ...]
"""A line of text: plain, of one look, or of several pieces."""


def spans(text: Text) -> tuple[Span, ...]:
    """The pieces of a text."""
    if isinstance(text, str):
        return (Span(text),)
    if isinstance(text, Span):
        return (text,)
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in text)


def plain(text: Text) -> str:
    """A text without its looks."""
    return "".join(span.text for span in spans(text))


class Heading(NamedTuple):
    """A heading: level 1 for a report, 2 for a part of it."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Sentences that flow to the width there is.

    Attributes:
        text: the sentences.
        look: of the pieces that have none of their own.
        indent: steps by which it is set in.
    """

    text: Text
    look: Look = Look.PLAIN
    indent: int = 0


class Panel(NamedTuple):
    """The answer: what somebody reads who reads nothing else.

    Attributes:
        title: what the report is about.
        lines: paragraphs.
        look: `Look.GOOD` where there is an answer, `Look.WARNING` where there is none.
    """

    title: Text
    lines: tuple[Text, ...]
    look: Look = Look.GOOD


class Bar(NamedTuple):
    """A share or an amount as a bar beside its figure.

    Attributes:
        share: how much of the bar is full, from 0 to 1.
        look: its colour.
        width: cells that a whole bar takes on a terminal with room for it.
        track: whether the part that is not full is drawn, as for the share of a whole.
    """

    share: float
    look: Look = Look.PLAIN
    width: int = 6
    track: bool = True


class Cell(NamedTuple):
    """A cell that is more than text."""

    text: Text
    bar: Bar | None = None


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: its heading; short, it is never broken.
        right: whether it is aligned to the right, as numbers are.
        wraps: whether its cells may go on in the next line; numbers, keys and paths never do.
        keep: the higher, the longer it stays where room is short; the highest are never left out.
    """

    title: str
    right: bool = False
    wraps: bool = False
    keep: int = 100


ALWAYS = 100
"""`Column.keep` of a column that is never left out."""


class Row(NamedTuple):
    """A row of a table, with the look of those of its cells that have none of their own."""

    cells: tuple[Text | Cell, ...]
    look: Look = Look.PLAIN


class Table(NamedTuple):
    """Rows under headings.

    Attributes:
        columns: from left to right.
        rows: as many cells as columns in each.
        title: what it shows; "" where the heading before it says so.
        note: what its signs mean.
        goes_on_below: whether columns without room stand below, beside the first one again.
        noun: what its rows are.
        omitted: how many there are besides.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    goes_on_below: bool = False
    noun: str = say("rows")
    omitted: int = 0


class Facts(NamedTuple):
    """Names on the left, what they are on the right."""

    pairs: tuple[tuple[Text, Text], ...]
    title: str = ""


class Items(NamedTuple):
    """A list of points."""

    points: tuple[Text, ...]
    title: str = ""
    look: Look = Look.PLAIN


class Code(NamedTuple):
    """Text to be copied as it is, such as a piece of a scenario."""

    text: str
    language: str = ""


class Problem(NamedTuple):
    """What is wrong, where, with the line of source that it is about, and the way out."""

    found: Diagnostic


class Aside(NamedTuple):
    """What else the command can show: said where somebody is typing commands, and nowhere else."""

    text: str


class Section(NamedTuple):
    """Blocks under one heading.

    Attributes:
        title: the heading.
        blocks: what stands under it.
        folded: whether few ask for it: documents fold it, terminals show it with the details.
        collapsed: whether documents fold it though terminals show it.
    """

    title: str
    blocks: "tuple[Block, ...]"
    folded: bool = False
    collapsed: bool = False


class Listing(NamedTuple):
    """Blocks of one kind, of which the last may be left out where room is short.

    Attributes:
        blocks: the blocks, the most important first.
        noun: what they are.
        title: what they have in common.
        omitted: how many there are besides.
    """

    blocks: "tuple[Block, ...]"
    noun: str
    title: str = ""
    omitted: int = 0


Block: TypeAlias = (
    "Heading | Paragraph | Panel | Table | Facts | Items | Code | Picture | Problem | Aside"
    " | Section | Listing"
)


def joined(texts: Sequence[Text], separator: str = ", ") -> tuple[Span, ...]:
    """Texts one after the other, with a separator between them."""
    found: list[Span] = []
    for number, text in enumerate(texts):
        if number:
            found.append(Span(separator))
        found += spans(text)
    return tuple(found)
