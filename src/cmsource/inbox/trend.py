"""How the volume of a log changes: month by month, and by a line through its weeks."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, linear_regression
from typing import NamedTuple

_LEAST_WEEKS = 12
_CALENDAR_WEEKS = 365.25 / 12 / 7


class Week(NamedTuple):
    """A week from Monday to Sunday that the log covers.

    Attributes:
        monday: its first day.
        messages: how many came in it.
    """

    monday: date
    messages: int


class Month(NamedTuple):
    """A month that the log covers from its first day to its last.

    Attributes:
        first: its first day.
        messages: how many came in it.
        per_week: the same for seven of its days.
    """

    first: date
    messages: int
    per_week: float


class Trend(NamedTuple):
    """The straight line through the volumes of whole weeks, by least squares.

    Attributes:
        per_month: change from month to month, as a share of an average one.
        margin: two standard errors of it, which holds for weeks that vary on their own.
    """

    per_month: float
    margin: float

    @property
    def stands_out(self) -> bool:
        """Whether it is more than chance would do in 19 of 20 logs without one."""
        return abs(self.per_month) > self.margin


def months_of(by_day: Sequence[tuple[date, int]], first: date, last: date) -> list[Month]:
    """The whole months between two days.

    Args:
        by_day: messages by day, in order.
        first: the first day of the log, counted whole.
        last: its last day.
    """
    starts = [date(first.year, first.month, 1)]
    while starts[-1] <= last:
        starts.append((starts[-1] + timedelta(days=31)).replace(day=1))
    found = []
    for start, after in pairwise(starts):
        if start >= first and after - timedelta(days=1) <= last:
            count = sum(count for day, count in by_day if start <= day < after)
            found.append(Month(start, count, 7 * count / (after - start).days))
    return found


def trend_of(volumes: Sequence[int]) -> Trend | None:
    """The trend of the volumes of weeks in a row; None for less than twelve, or none at all."""
    if len(volumes) < _LEAST_WEEKS or not any(volumes):
        return None
    weeks = range(len(volumes))
    slope, start = linear_regression(weeks, volumes)
    middle = fmean(weeks)
    rest = sum((volume - start - slope * week) ** 2 for week, volume in enumerate(volumes))
    spread = sum((week - middle) ** 2 for week in weeks)
    error = sqrt(rest / (len(volumes) - 2) / spread)
    scale = _CALENDAR_WEEKS / fmean(volumes)
    return Trend(slope * scale, 2 * error * scale)
