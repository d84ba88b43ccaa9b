"""Pictures of the week in shades, legible without colour."""

from collections.abc import Sequence

from cmsource.reports.blocks import Look
from cmsource.reports.pictures import WeekHour, WeekPicture
from cmsource.values.language import say

NOTHING = "·"
_LEVELS = ("░░", "▒▒", "▓▓", "██")


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
    quarter, half, three_quarters, full = _LEVELS
    note = say(
        "{nothing} none, {quarter} up to a quarter, {half} up to half, {three_quarters} up to "
        "three quarters, {full} up to all of the largest: {most}",
        nothing=NOTHING,
        quarter=quarter,
        half=half,
        three_quarters=three_quarters,
        full=full,
        most=most,
    )
    return WeekPicture(hours, title, note)


def _shade(value: float, largest: float, look: Look) -> WeekHour:
    if value <= 0 or largest <= 0:
        return WeekHour(NOTHING, Look.FAINT)
    level = min(3, int(4 * value / largest * (1 - 1e-12)))
    return WeekHour(_LEVELS[level], look)
