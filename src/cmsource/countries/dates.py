"""How old a sourced value is."""

from datetime import date, timedelta

from cmsource.countries.country import Country, Fact

YEARS = 2
"""A value of more than so many years ago is stale."""


def last_day(as_of: str) -> date:
    """The last day that a date of a fact can mean: ``2023`` is the end of that year."""
    parts = [int(part) for part in as_of.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    if len(parts) > 2:
        return date(year, month, parts[2])
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def newest(country: Country) -> date:
    """The day of the country's newest value; of a year or month, the day on which it begins."""
    return max(date.fromisoformat(f"{fact.as_of}-01-01"[:10]) for fact in country.facts.values())


def stale_before(day: date) -> date:
    """Values of before this day are stale on a day."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year - YEARS, day=28)


def is_stale(fact: Fact, day: date) -> bool:
    """Whether a fact is of more than two years before a day."""
    return last_day(fact.as_of) < stale_before(day)
