"""Pictures of the week: seven days of 24 hours, two characters an hour, legible without colour."""

from collections.abc import Sequence

from cmsource.output.layout import Cell, Paint

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = 168
NOTHING = "·"
_LEVELS = ("░░", "▒▒", "▓▓", "██")
_LABEL = 4
_HOUR = 3


def picture(cells: Sequence[Cell], width: int, paint: Paint, indent: str = "  ") -> list[str]:
    """Lines of a picture: hours across, days down; half a day at a time where room is short.

    Args:
        cells: one for each hour from Monday 00:00; texts of at most two characters.
        width: cells a line.
        paint: how to paint.
        indent: what each line begins with.
    """
    room = (width - len(indent) - _LABEL) // _HOUR
    across = 24 if room >= 24 else 12
    lines: list[str] = []
    for start in range(0, 24, across):
        hours = range(start, start + across)
        if lines:
            lines.append("")
        lines.append(paint(indent + " " * _LABEL + "".join(f"{hour:>3}" for hour in hours), "dim"))
        for day, name in enumerate(DAYS):
            row = "".join(_cell(cells[24 * day + hour], paint) for hour in hours)
            lines.append(f"{indent}{name.ljust(_LABEL)}{row}".rstrip())
    return lines


def _cell(cell: Cell, paint: Paint) -> str:
    space = " " * max(0, _HOUR - len(cell.text))
    return space + paint(cell.text, cell.style)


def shaded(values: Sequence[float], style: str = "") -> list[Cell]:
    """Values as shades: a dot for none, then a shade for each quarter of the largest value."""
    most = max(values, default=0.0)
    cells = []
    for value in values:
        if value <= 0 or most <= 0:
            cells.append(Cell(NOTHING, "dim"))
            continue
        level = min(3, int(4 * value / most * (1 - 1e-12)))
        cells.append(Cell(_LEVELS[level], style))
    return cells


def shades_legend(most: str) -> str:
    """What the shades mean.

    Args:
        most: the largest value, with its unit.
    """
    quarters = ("a quarter", "half", "three quarters", "all")
    parts = ", ".join(
        f"{level} up to {share}" for level, share in zip(_LEVELS, quarters, strict=True)
    )
    return f"{NOTHING} none, {parts} of the largest: {most}"
