"""The months of the year in which a log has more or fewer messages than in the others."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, median
from typing import NamedTuple

from cmsource.values.months import YEAR

_A_YEAR = 365
_LEAST_DAYS = 20
"""Days of each month of the year that a log has to cover."""
_STANDS_OUT = 2.87
"""Standard errors beyond which one of twelve months is by chance in one of twenty years."""
_ALIKE = 2.0
"""Standard errors within which two months in a row are one season."""
_MOST = 10.0
"""The largest level that `needs.seasons` takes."""


class Season(NamedTuple):
    """Months in a row with another volume than an ordinary month.

    Attributes:
        months: from 0 for January.
        share: their volume, as a share of an ordinary one.
    """

    months: tuple[int, ...]
    share: float


class Year(NamedTuple):
    """The seasons of a log.

    Attributes:
        per_week: messages a week in a month without a season.
        seasons: the others; a year of them and the ordinary months has the messages of the log.
    """

    per_week: float
    seasons: tuple[Season, ...]


class _Month(NamedTuple):
    """All days of one month of the year, and how many messages came on them."""

    messages: float
    days: int

    @property
    def rate(self) -> float:
        """Messages a day."""
        return self.messages / self.days


def year_of(
    by_day: Sequence[tuple[date, int]], first: date, last: date, volumes: Sequence[int]
) -> Year | None:
    """The seasons of a log that covers a year or more; None where there are none to tell.

    A month has a season when it differs from the ordinary ones by more than chance explains. How
    much that is, neighbouring weeks say: they differ by chance and hardly by the season.

    Args:
        by_day: messages by day.
        first: the first day of the log.
        last: its last day.
        volumes: of its whole weeks, in order.
    """
    if (last - first).days + 1 < _A_YEAR or len(volumes) < 2 or not any(volumes):
        return None
    days = [0] * YEAR
    for number in range((last - first).days + 1):
        days[(first + timedelta(days=number)).month - 1] += 1
    messages = [0.0] * YEAR
    for day, count in by_day:
        messages[day.month - 1] += count
    if min(days) < _LEAST_DAYS:
        return None
    months = [_Month(*each) for each in zip(messages, days, strict=True)]
    noise = _noise(volumes)

    def error(month: _Month, rate: float) -> float:
        """Standard errors between the volume of a month and that of a rate a day."""
        return (month.messages - rate * month.days) / sqrt(max(rate * month.days, 1.0) * noise)

    ordinary = _ordinary(months, error)
    base = _rate([months[number] for number in ordinary])
    if len(ordinary) == YEAR or not base:
        return None
    groups = _groups([number for number in range(YEAR) if number not in ordinary], months, error)
    seasons = [Season(group, _rate([months[each] for each in group]) / base) for group in groups]
    if any(season.share > _MOST for season in seasons):
        return None
    return Year(7 * base, tuple(seasons))


def _noise(volumes: Sequence[int]) -> float:
    """How many times as much as a Poisson process weeks vary, from each to the next; 1 at least."""
    steps = fmean((after - before) ** 2 for before, after in pairwise(volumes))
    return max(1.0, steps / 2 / fmean(volumes))


def _rate(months: Sequence[_Month]) -> float:
    """Messages a day; every month counts as equally long, as in the model."""
    return fmean(month.rate for month in months)


def _ordinary(months: Sequence[_Month], error: Callable[[_Month, float], float]) -> list[int]:
    """The months that chance explains, of a common volume: begun with those around the median."""
    base = median(month.rate for month in months)
    ordinary: list[int] = []
    for _ in range(YEAR):
        found = [
            number for number, month in enumerate(months) if abs(error(month, base)) <= _STANDS_OUT
        ]
        found = found or [min(range(YEAR), key=lambda each: abs(months[each].rate - base))]
        if found == ordinary:
            break
        ordinary = found
        base = _rate([months[number] for number in ordinary])
    return ordinary


def _groups(
    numbers: Sequence[int],
    months: Sequence[_Month],
    error: Callable[[_Month, float], float],
) -> list[tuple[int, ...]]:
    """Months in a row that are alike, December and January too."""
    groups: list[list[int]] = []
    for number in numbers:
        if (
            groups
            and groups[-1][-1] == number - 1
            and _are_alike(groups[-1], number, months, error)
        ):
            groups[-1].append(number)
        else:
            groups.append([number])
    around = len(groups) > 1 and groups[0][0] == 0 and groups[-1][-1] == YEAR - 1
    if around and _are_alike(groups[-1], 0, months, error):
        groups[-1] += groups.pop(0)
    return [tuple(group) for group in groups]


def _are_alike(
    group: Sequence[int],
    number: int,
    months: Sequence[_Month],
    error: Callable[[_Month, float], float],
) -> bool:
    """Whether a month has the volume of others, within chance of both."""
    return abs(error(months[number], _rate([months[each] for each in group]))) <= _ALIKE * sqrt(2)
