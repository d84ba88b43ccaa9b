"""Pictures of the week in shades, legible without colour."""

from collections.abc import Sequence

from cmsource.reports.blocks import Look, WeekHour, WeekPicture

NOTHING = "·"
_LEVELS = ("░░", "▒▒", "▓▓", "██")
_QUARTERS = ("a quarter", "half", "three quarters", "all")


def shaded_week(values: Sequence[float], most: str, look: Look, title: str = "") -> WeekPicture:
    """Values of the 168 hours as shades: a dot for none, then one for each quarter of the largest.

    Args:
        values: one for each hour from Monday 00:00.
        most: the largest value, with its unit.
        look: how the shades look.
        title: what is shown.
    """
    largest = max(values, default=0.0)
    hours = tuple(_shade(value, largest, look) for value in values)
    parts = [f"{level} up to {part}" for level, part in zip(_LEVELS, _QUARTERS, strict=True)]
    note = f"{NOTHING} none, {', '.join(parts)} of the largest: {most}"
    return WeekPicture(hours, title, note)


def _shade(value: float, largest: float, look: Look) -> WeekHour:
    if value <= 0 or largest <= 0:
        return WeekHour(NOTHING, Look.FAINT)
    level = min(3, int(4 * value / largest * (1 - 1e-12)))
    return WeekHour(_LEVELS[level], look)
