"""What the translation of a source needs to know about its surroundings."""

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from cmsource.countries import Country
from cmsource.model.employer import Employer
from cmsource.model.resource import CostLine, Resource
from cmsource.model.year import Year, year_of
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.language import say
from cmsource.values.money import format_amount
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week


class OwnTime(NamedTuple):
    """What an hour costs of the people who tutor, manage and coordinate.

    Attributes:
        rate: money an hour really worked.
        refs: where it came from.
        basis: what it is, when the scenario does not give it; "" when it does.
    """

    rate: float
    refs: tuple[str, ...]
    basis: str


Translated: TypeAlias = dict[int, tuple[Source, Resource]]
"""Resources by the identity of the sources that they are; the source, so that it stays the only one
with this identity, and its resource.
"""


class Setting(NamedTuple):
    """The scenario and what follows from it for every source.

    Attributes:
        office: each office day from its first to its last minute; the rest is after hours.
        employer: what pays the people on the payroll.
        own_time: what an hour of theirs costs.
        year: how the work of a year is spread over its months.
        resources: of the sources that have been translated, by their identity; what an hour of own
            time costs is no part of them.
    """

    scenario: Scenario
    country: Country
    office: Week
    employer: Employer
    own_time: OwnTime
    year: Year
    resources: Translated

    def works_as(self, other: "Setting") -> bool:
        """Whether there is the same work as in another, in the same months and office hours."""
        here, there = self.scenario, other.scenario
        return (
            here.needs is there.needs and here.start == there.start and self.office == other.office
        )

    def lines(self, resource: Resource, year: int) -> list[CostLine]:
        """The rules of cost of a resource in a year of the horizon, own time at what it costs."""
        rate = self.own_time.rate
        return [
            line._replace(unit_price=rate * line.unit_price) if line.own_time else line
            for line in resource.costs(year)
        ]

    def wages(self, year: int) -> float:
        """How far wages have risen by a year of the horizon, 1 in the first."""
        return self.employer.index(year)

    def vendors(self, year: int) -> float:
        """How far vendors' prices have risen by a year of the horizon, 1 in the first."""
        return float((1 + self.scenario.prices.vendors) ** year)

    def price_refs(self, key: str, year: int) -> tuple[str, ...]:
        """Where the rise of ``wages`` or ``vendors`` came from, in the years that it touches."""
        return self.scenario.prices.origins.refs(key) if year else ()


def setting_of(scenario: Scenario) -> Setting:
    """The setting of a scenario."""
    country = scenario.country_data
    if country is None:
        raise ValueError("a scenario carries its country; load it with cmsource.load")
    office = _office(str(country.value("office_hours")))
    employer = Employer(country, scenario.company, scenario.prices.wages)
    own_time = _own_time(scenario, employer)
    return Setting(scenario, country, office, employer, own_time, year_of(scenario), {})


@lru_cache(maxsize=64)
def _office(hours: str) -> Week:
    """Office days; a lunch break is no after-hours work, so they run from first to last minute."""
    week = parse_week(hours)
    days = [week.day_part(day) for day in range(7)]
    return Week.of((d.intervals[0][0], d.intervals[-1][1]) for d in days if d)


def night_of(country: Country) -> Week:
    """The hours of the week that count as night."""
    return _night(str(country.value("night_hours")))


@lru_cache(maxsize=64)
def _night(hours: str) -> Week:
    return parse_week(hours)


def _own_time(scenario: Scenario, employer: Employer) -> OwnTime:
    """The given cost of own time, else that of the country's marketing colleague."""
    if scenario.own_time is not None:
        return OwnTime(scenario.own_time, scenario.origins.refs("own_time"), "")
    country = employer.country
    wage = country.fact("colleague_hourly_wage")
    return OwnTime(
        round(employer.colleague_hour(), 2),
        (f"{country.code}: colleague_hourly_wage", employer.schedule_ref(0)),
        say(
            "an hour really worked by a colleague at {wage} gross, with charges, leave and "
            "sickness ({source})",
            wage=format_amount(wage.value, scenario.currency),
            source=wage.source,
        ),
    )
