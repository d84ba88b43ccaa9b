"""A country in later years of a horizon: what is known, and beyond that amounts raised as wages."""

from datetime import date
from types import MappingProxyType

from cmsource.countries.country import Country, Fact

_CALENDAR = "public_holidays"
"""The beginning of keys that are counted over the whole horizon."""


def years_later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, where there is none, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def in_year(country: Country, year: int, wages: float = 0.0) -> Country:
    """The country as it is when a year of the horizon begins.

    Values that are known to change until then have changed. Amounts that the law raises as wages
    rise (ceilings, minimum wages) are raised by that rise for each year after the last that is
    known.

    Args:
        country: on the first day of the horizon.
        year: of the horizon, from 0.
        wages: the yearly rise of wages, a share.
    """
    day = years_later(country.on, year)
    facts: dict[str, Fact] = {}
    period, until = country.period, country.known_until
    known: dict[str, int] = {}  # years of values that are known beyond the period
    for change in sorted(country.later, key=lambda each: each.since):
        if change.since <= day:
            period, until = change.period, change.until
            if not change.key.startswith(_CALENDAR):
                facts[change.key] = change.fact
                if change.fact.confidence != "G":
                    known[change.key] = change.since.year
    raised = float((1 + wages) ** max(0, day.year - until.year))
    if raised != 1.0:
        for key in country.rising:
            fact = facts.get(key) or country.fact(key)
            rise = (1 + wages) ** max(0, day.year - max(until.year, known.get(key, 0)))
            facts[key] = fact._replace(value=fact.value * rise)
    if not facts:
        return country
    view = MappingProxyType({**country.facts, **facts})
    return country._replace(period=period, facts=view, raised=raised)


def unknown_from(country: Country, months: float) -> int | None:
    """The first calendar year of a horizon of which no rules are known; None where all are."""
    last = max([country.known_until, *(change.until for change in country.later)]).year
    end = years_later(country.on, max(0, -int(-months // 12) - 1)).year
    return max(last + 1, country.on.year) if end > last else None
