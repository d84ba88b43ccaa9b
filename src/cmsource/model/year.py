"""The months of the calendar that the horizon goes through, as levels of work."""

from collections.abc import Iterator
from math import floor
from typing import NamedTuple

from cmsource.scenario.needs import Needs
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.seasons import Level
from cmsource.values.months import YEAR, calendar_month

_TOLERANCE = 1e-9


class Season(NamedTuple):
    """Months of the year with the same level of work.

    Attributes:
        level: which months, and how much work they bring.
        needs: what the job is in them.
        work: hours of all work, as a share of what is written.
    """

    level: Level
    needs: Needs
    work: float

    @property
    def key(self) -> tuple[int, ...]:
        """What tells it from the other seasons of a year."""
        return self.level.months


class Span(NamedTuple):
    """A run of months of the horizon, of which all or a part have the same level of work.

    Attributes:
        start: first month.
        end: month after the last.
        part: the part of it that has the level; less than 1 where it is not known when.
        season: the level.
    """

    start: float
    end: float
    part: float
    season: Season

    @property
    def months(self) -> float:
        """Months with the level."""
        return (self.end - self.start) * self.part


class Year(NamedTuple):
    """How the work of a year is spread.

    Attributes:
        seasons: the levels of a year; one where every month is the same.
        first: where in the calendar month 0 of the horizon begins, in months from January; None
            where that is not known, and every year is an average one.
    """

    seasons: tuple[Season, ...]
    first: float | None

    def spans(self, start: float, end: float) -> Iterator[Span]:
        """The time from one month of the horizon to another, by levels of work."""
        if len(self.seasons) == 1:
            yield Span(start, end, 1.0, self.seasons[0])
        elif self.first is None:
            for season in self.seasons:
                yield Span(start, end, len(season.level.months) / YEAR, season)
        else:
            yield from self._dated(self.first, start, end)

    def mean(self, activity: str, months: float) -> float:
        """How much of what is written of an activity there is on average over the horizon."""
        spans = self.spans(0.0, months)
        return sum([each.months * each.season.level.shares[activity] for each in spans]) / months

    def _dated(self, first: float, start: float, end: float) -> Iterator[Span]:
        """The same where the months are known."""
        by_month = {month: season for season in self.seasons for month in season.level.months}
        began = here = start
        current: Season | None = None
        while here < end - _TOLERANCE:
            month = floor(first + here + _TOLERANCE)
            season = by_month[month % YEAR]
            if current is not None and season is not current:
                yield Span(began, here, 1.0, current)
                began = here
            current = season
            here = min(end, month + 1 - first)
        if current is not None:
            yield Span(began, end, 1.0, current)


def year_of(scenario: Scenario) -> Year:
    """How the work of a scenario is spread over the year."""
    needs, start = scenario.needs, scenario.start
    if not needs.seasons:
        return Year((Season(needs.levels()[0], needs, 1.0),), None)
    hours = needs.weekly_hours
    seasons = []
    for level in needs.levels():
        there = needs.at(level)
        seasons.append(Season(level, there, there.weekly_hours / hours if hours > 0 else 1.0))
    return Year(tuple(seasons), None if start is None else calendar_month(start))
