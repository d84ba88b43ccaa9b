"""The weeks from Monday to Sunday that a log covers, and how their volumes vary."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median, stdev
from typing import NamedTuple

from cmsource.inbox.trend import Week
from cmsource.values.week import HOURS

_FIRST_MONDAY = date(1969, 12, 29)
_MISSING = 3  # messages: a log that lacks so many was hardly begun with the week
_MOST_MISSING = 0.1
"""Share of a week's messages that may be missing from a whole one."""


class Spread(NamedTuple):
    """How the volume of whole weeks varies; the standard deviation takes two weeks at least."""

    weeks: int
    least: int
    median: float
    most: int
    deviation: float | None


def whole_weeks(weeks: dict[int, int], local: Sequence[int], known: Sequence[float]) -> list[Week]:
    """The weeks from Monday to Sunday that the log covers.

    Its first and last weeks are whole when nearly all of their messages are in the log: what is to
    be expected outside is less than three messages and less than a tenth of a week.

    Args:
        weeks: messages by week.
        local: when the log begins and ends, in quarters since the Monday before 1970.
        known: messages an hour for each hour of the week.
    """
    start, end = (quarter / 4 for quarter in local)

    def is_whole(week: int) -> bool:
        outside = sum(
            rate
            for hour, rate in enumerate(known, week * HOURS)
            if hour + 1 <= start or hour >= end
        )
        return outside < min(_MISSING, sum(known) * _MOST_MISSING)

    reach = range(int(start // HOURS), int(-(-end // HOURS)))
    edges = {week for week in (reach[0], reach[-1]) if not is_whole(week)}
    return [
        Week(_FIRST_MONDAY + timedelta(weeks=week), weeks.get(week, 0))
        for week in reach
        if week not in edges
    ]


def spread_of(volumes: Sequence[int]) -> Spread | None:
    """How the volumes of whole weeks vary; None when there is none."""
    if not volumes:
        return None
    return Spread(
        len(volumes),
        min(volumes),
        median(volumes),
        max(volumes),
        stdev(volumes) if len(volumes) > 1 else None,
    )
