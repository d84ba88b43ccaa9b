"""The blocks that reports are made of: text and tables by what they mean, in no format yet.

Texts hold what is to be said, as it is: each writer escapes it for its format.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import say

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


class WeekHour(NamedTuple):
    """One hour of a week in a picture.

    Attributes:
        text: at most two characters, legible without colour.
        look: its colour.
    """

    text: str
    look: Look = Look.PLAIN


class WeekPicture(NamedTuple):
    """A week, seven days of 24 hours.

    Attributes:
        hours: 168, from Monday 00:00.
        title: what it shows.
        note: what its signs mean.
    """

    hours: tuple[WeekHour, ...]
    title: str = ""
    note: str = ""


class Swing(NamedTuple):
    """What an amount does when something moves: one bar from its least to its most.

    Attributes:
        label: what the amount is of.
        low: the amount at the lower value of what moves.
        today: the amount as things are.
        high: the amount at the higher value.
        least_text, most_text: the least and the most of the three in words.
    """

    label: Text
    low: float
    today: float
    high: float
    least_text: str
    most_text: str

    @property
    def reach(self) -> float:
        """How far it goes from today's amount."""
        return max(abs(self.low - self.today), abs(self.high - self.today))


class SwingGroup(NamedTuple):
    """Something that moves, and the amounts that it moves.

    Attributes:
        title: what moves, and how far.
        swings: the amounts.
        lines: what else comes of it.
    """

    title: Text
    swings: tuple[Swing, ...]
    lines: tuple[Text, ...] = ()


class Swings(NamedTuple):
    """Amounts that move, on one scale around today's.

    Attributes:
        groups: what moves.
        note: what the amounts are; what the signs mean is added.
        reach: the amount at both ends of the scale; 0 for the largest that there is.
    """

    groups: tuple[SwingGroup, ...]
    note: str = ""
    reach: float = 0.0


class Part(NamedTuple):
    """A part of an amount.

    Attributes:
        name: what it is; the same name has the same colour throughout a chart.
        share: of the longest stack of the chart.
        text: the amount in words.
    """

    name: str
    share: float
    text: str


class Stack(NamedTuple):
    """An amount made of parts.

    Attributes:
        label: whose it is.
        parts: from left to right.
        text: the whole amount in words.
        look: `Look.BEST` for what is recommended.
    """

    label: str
    parts: tuple[Part, ...]
    text: str
    look: Look = Look.PLAIN


class Stacks(NamedTuple):
    """Amounts and what they are made of, as stacked bars on one scale."""

    title: str
    stacks: tuple[Stack, ...]


class Tick(NamedTuple):
    """A place on an axis and what is written there; places go from 0 to 1."""

    at: float
    text: str


class Axis(NamedTuple):
    """An axis of a chart.

    Attributes:
        title: what is measured on it.
        ticks: where something is written.
    """

    title: str
    ticks: tuple[Tick, ...]


class Dot(NamedTuple):
    """Something between two axes.

    Attributes:
        label: what it is.
        x, y: from 0 to 1.
        text: its figures in words.
        look: its colour.
    """

    label: str
    x: float
    y: float
    text: str
    look: Look = Look.PLAIN


class Series(NamedTuple):
    """A line between two axes: points from left to right, from 0 to 1."""

    label: str
    points: tuple[tuple[float, float], ...]
    look: Look = Look.PLAIN


class Graph(NamedTuple):
    """Dots and lines between two axes.

    Attributes:
        title: what it shows.
        x, y: the axes.
        dots: what stands for itself.
        series: lines, each with its label at its end.
        limit: a height that matters, such as what is asked for; None for none.
    """

    title: str
    x: Axis
    y: Axis
    dots: tuple[Dot, ...] = ()
    series: tuple[Series, ...] = ()
    limit: Tick | None = None


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
    Heading
    | Paragraph
    | Panel
    | Table
    | Facts
    | Items
    | Code
    | WeekPicture
    | Swings
    | Stacks
    | Graph
    | Problem
    | Aside
    | Section
    | Listing
)


CHARTS = (Stacks, Graph)
"""Blocks that pages draw; the figures of all of them are in tables too."""


def joined(texts: Sequence[Text], separator: str = ", ") -> tuple[Span, ...]:
    """Texts one after the other, with a separator between them."""
    found: list[Span] = []
    for number, text in enumerate(texts):
        if number:
            found.append(Span(separator))
        found += spans(text)
    return tuple(found)
