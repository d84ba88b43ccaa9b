"""Columns of text: the one way in which this tool lays out tables for people.

Rich measures the characters; joining columns is done here because Rich's console costs a third of
the start-up budget of a command (benchmarks/startup.py) and every command prints a table.
Colours are written as plain escape codes, and only when the caller asks for them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}
GAP = "  "
_NARROW = str.maketrans(dict.fromkeys("€–—…·×−≤≥→░▒▓█▁▂▃▄▅▆▇", "x"))
"""Signs of ours that take one cell: for these Rich, whose tables are large, need not be loaded."""


def cell_len(text: str) -> int:
    """Cells that a text takes on a terminal; Rich is asked about anything unusual."""
    if text.isascii() or max(text.translate(_NARROW)) < "\u0300":
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


class Cell(NamedTuple):
    """A piece of text and how it looks: names of `_CODES`, separated by spaces."""

    text: str
    style: str = ""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: its heading.
        right: whether its cells are right-aligned, as numbers are.
        wraps: whether long cells go on in the next line.
    """

    title: str
    right: bool = False
    wraps: bool = False


Paint = Callable[[str, str], str]


def painter(*, colour: bool) -> Paint:
    """A function that paints a text in a style, or leaves it plain."""

    def paint(text: str, style: str) -> str:
        if not colour or not style or not text.strip():
            return text
        codes = ";".join(_CODES[name] for name in style.split())
        return f"\x1b[{codes}m{text}\x1b[0m"

    return paint


def fold(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, broken at spaces, and within words if need be."""
    width = max(width, 1)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if cell_len(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        pieces = _chopped(word, width) if cell_len(word) > width else [word]
        lines += pieces[:-1]
        line = pieces[-1] if pieces else ""
    return [*lines, line]


def _chopped(word: str, width: int) -> list[str]:
    from rich.cells import chop_cells

    return chop_cells(word, width)


def paragraph(text: str, width: int, indent: str = "", first: str | None = None) -> str:
    """A text folded to a width, its lines indented."""
    folded = fold(text, width - cell_len(indent))
    head = indent if first is None else first
    return "\n".join((head if number == 0 else indent) + line for number, line in enumerate(folded))


def pad(text: str, width: int, *, right: bool) -> str:
    """A text filled with spaces to a width in cells."""
    space = " " * max(0, width - cell_len(text))
    return space + text if right else text + space


def table_width(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
    """Cells that a table needs when nothing is folded."""
    return sum(_widths(columns, rows)) + len(GAP) * (len(columns) - 1)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    return [
        max([cell_len(column.title), *(cell_len(row[i].text) for row in rows)])
        for i, column in enumerate(columns)
    ]


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    width: int,
    paint: Paint,
    indent: str = "",
) -> list[str]:
    """Lines of a table: headings, then rows; the columns that wrap share what room is left."""
    widths = fitted(columns, _widths(columns, rows), width, indent)
    return list(lines(columns, rows, widths, paint, indent))


def fitted(
    columns: Sequence[Column], widest: Sequence[int], width: int, indent: str = ""
) -> list[int]:
    """Widths of columns in a line of a width, from the width of the widest cell of each."""
    widths = list(widest)
    room = width - len(indent) - len(GAP) * (len(columns) - 1)
    folding = [i for i, column in enumerate(columns) if column.wraps]
    surplus = sum(widths) - room
    for i in sorted(folding, key=lambda i: -widths[i]):
        if surplus > 0:
            least = max(cell_len(columns[i].title), min(12, widths[i]))
            smaller = max(least, widths[i] - surplus)
            surplus -= widths[i] - smaller
            widths[i] = smaller
    return widths


def lines(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    paint: Paint,
    indent: str = "",
) -> Iterator[str]:
    """Lines of a table whose widths are settled, one row at a time."""
    yield _line([Cell(c.title, "bold") for c in columns], columns, widths, paint, indent)
    for row in rows:
        pieces = [
            fold(cell.text, widths[i]) if columns[i].wraps else [cell.text]
            for i, cell in enumerate(row)
        ]
        for number in range(max(map(len, pieces))):
            cells = [
                Cell(piece[number] if number < len(piece) else "", cell.style)
                for piece, cell in zip(pieces, row, strict=True)
            ]
            yield _line(cells, columns, widths, paint, indent)


def _line(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    widths: Sequence[int],
    paint: Paint,
    indent: str,
) -> str:
    parts = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        filled = pad(cell.text, width, right=column.right)
        parts.append(
            filled.replace(cell.text, paint(cell.text, cell.style), 1) if cell.text else filled
        )
    return (indent + GAP.join(parts)).rstrip()
