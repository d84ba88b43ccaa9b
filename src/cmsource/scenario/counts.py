"""How often something comes: a number a day, a week or a month."""

from cmsource.values.week import a_week_of

COUNTS = ("per_day", "per_week", "per_month")
"""Ways to count what comes; one of them is said."""


def a_week(per_day: float | None, per_week: float | None, per_month: float | None) -> float:
    """How many come a week, on calendar days, by the one count that is said; 0 without any."""
    if per_day is not None:
        return per_day * 7.0
    if per_week is not None:
        return per_week
    return a_week_of(per_month or 0.0)
