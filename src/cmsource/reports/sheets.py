"""The sheets that workbooks are made of: cells by what they mean, formulas that name other cells.

A formula names cells by sheet, row and column; what a sheet is called, and how a place is written,
is for the writer to say. Texts stand in cells of their own and are never part of a formula, but for
words of ours in `Words`.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from cmsource.reports.blocks import Look


class Form(StrEnum):
    """How the number in a cell is shown."""

    PLAIN = "plain"
    MONEY = "money"
    """An amount to the cent."""
    PRICE = "price"
    """Money a unit: to the cent, or with more decimals where the cent does not hold it."""
    NUMBER = "number"
    WHOLE = "whole"
    INDEX = "index"
    SHARE = "share"
    """A share of 1 in per cent."""
    LIKELY = "likely"
    """A share of 1 in whole per cent, the fuller the darker."""
    YES_NO = "yes-or-no"
    """1 for yes and 0 for no."""
    MARK = "mark"
    """A sign for 1, and nothing for 0."""


class At(NamedTuple):
    """A cell of a sheet, or the cells from it to another one; rows and columns count from 0."""

    sheet: str
    row: int
    column: int
    last_row: int | None = None
    last_column: int | None = None


class Words(NamedTuple):
    """A text of ours within a formula."""

    text: str


Parts: TypeAlias = tuple[str | At | Words, ...]
"""A formula in pieces; functions have their English names and commas, as files keep them."""


class Formula(NamedTuple):
    """What a cell works out.

    Attributes:
        parts: the formula.
        value: what it gives with what is in the sheets, for whoever does not work it out.
    """

    parts: Parts
    value: float | str


class Limits(NamedTuple):
    """The least and the most that may be written in a cell."""

    least: float
    most: float


class Cell(NamedTuple):
    """A cell.

    Attributes:
        value: a text, a number, a formula, or None for nothing.
        form: how a number is shown.
        look: its colour.
        limits: of a cell that may be changed; every other one is locked.
        wraps: whether it is text among text: on the left, and going on in the next line.
    """

    value: float | str | Formula | None = None
    form: Form = Form.PLAIN
    look: Look = Look.PLAIN
    limits: Limits | None = None
    wraps: bool = False


class Pile(NamedTuple):
    """Stacked bars of numbers that stand in the sheets, drawn anew when they change.

    Attributes:
        title: what they show.
        row, column: where on its sheet it is drawn.
        labels: the cells with the names of the bars.
        parts: for each part its name, and its size in every bar.
    """

    title: str
    row: int
    column: int
    labels: At
    parts: tuple[tuple[At, At], ...]


class Sheet(NamedTuple):
    """A sheet of a workbook.

    Attributes:
        key: what formulas call it.
        title: what people see; one of our words, short, and in no language twice.
        rows: its cells.
        widths: of its columns, in characters.
        frozen: rows at the top that stay when it is scrolled.
        piles: what is drawn on it.
    """

    key: str
    title: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    frozen: int = 0
    piles: tuple[Pile, ...] = ()


def head(*titles: str) -> tuple[Cell, ...]:
    """The headings of columns."""
    return tuple([Cell(title, look=Look.TITLE, wraps=True) for title in titles])
