"""The years of the horizon."""

MONTHS = 12.0
"""Months a year."""

TOLERANCE = 1e-9
"""Months that are none."""


def years(start: float, end: float) -> list[tuple[int, float, float]]:
    """The years of the horizon that months from `start` to `end` fall into.

    Returns:
        The year from 0, the month where the piece begins, and the month where it ends.
    """
    found = []
    while start < end - TOLERANCE:
        year = int(start // MONTHS)
        stop = min(end, (year + 1) * MONTHS)
        found.append((year, start, stop))
        start = stop
    return found
