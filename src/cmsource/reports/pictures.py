"""The pictures that reports have among their blocks: weeks, what moves, and charts."""

from typing import NamedTuple, TypeAlias

from cmsource.reports.blocks import Look, Text


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


Picture: TypeAlias = WeekPicture | Swings | Stacks | Graph
