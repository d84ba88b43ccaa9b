"""Public holidays by their real dates: those of a horizon, or of ten years of a region.

They come from the ``holidays`` package, which is imported only here and only when a scenario says
when it starts or in which region: loading its calendars takes as long as everything else.
"""

from datetime import date, timedelta
from importlib import import_module
from types import MappingProxyType
from typing import Any

from cmsource.countries.country import Country, Fact
from cmsource.values.language import say

AVERAGE_YEARS = range(2024, 2034)
"""The years over which the days of an average year are counted."""

_LONGEST_CODE = 3

FIXED = "public_holidays_fixed"
"""The fact that public holidays are as many in every year, whatever their dates."""
USUAL = "calendar_region"
"""The fact that names the region whose calendar counts where no region is given."""


def public_holidays(
    code: str, year: int, region: str | None = None
) -> tuple[tuple[date, str], ...]:
    """The public holidays of a year, by date, with their names.

    Args:
        code: a country or a country and its region, ``FR``, ``CA-QC``.
        year: of the calendar.
        region: as the ``holidays`` package names it, where it has its own calendar (``Moselle``);
            replaces the region in ``code``.

    Raises:
        ModuleNotFoundError: the package is not installed.
        LookupError: it does not know the country or the region.
    """
    country, _, part = code.upper().partition("-")
    try:
        days = _package().country_holidays(country, subdiv=region or part or None, years=year)
    except NotImplementedError as error:
        raise LookupError(f"no public holidays for {code}: {error}") from None
    return tuple(sorted(days.items()))


def regions(code: str) -> tuple[str, ...]:
    """The regions of a country with calendars of their own; none for a code that is a region."""
    if "-" in code:
        return ()
    try:
        calendar = _package().country_holidays(code.upper())
    except NotImplementedError:
        return ()
    names = (*calendar.subdivisions, *calendar.subdivisions_aliases)
    # School holidays go by zone; public holidays do not. Names come before codes.
    known = {name for name in names if not name.startswith("Zone ")}
    return tuple(sorted(known, key=lambda name: (len(name) <= _LONGEST_CODE, name)))


def region_code(code: str, region: str) -> str:
    """The code of a region in the calendars of a country, for one of :func:`regions`."""
    calendar = _package().country_holidays(code.upper())
    aliases: dict[str, str] = calendar.subdivisions_aliases
    return aliases.get(region, region)


def with_calendar(
    country: Country, start: date | None, months: float, region: str | None = None
) -> Country:
    """The country with its public holidays counted by their dates.

    Args:
        country: with the days of an average year.
        start: first day of the horizon; ten years are counted when None.
        months: length of the horizon.
        region: one of :func:`regions`; None for the calendar that the country goes by.

    Returns:
        The country with the days a year of that time; as it is when no calendar is known, or where
        their number is the same in every year.
    """
    if FIXED in country.facts:
        return country
    usual = country.facts.get(USUAL)
    name = usual.value if region is None and usual is not None else region
    try:
        if start is None:
            years: float = len(AVERAGE_YEARS)
            days = [day for year in AVERAGE_YEARS for day in _dates(country.code, year, name)]
            first, last = AVERAGE_YEARS[0], AVERAGE_YEARS[-1]
            when = say("average of {first}-{last}", first=first, last=last)
            as_of = str(AVERAGE_YEARS[0])
        else:
            end = _later(start, months)
            years = months / 12
            days = [
                day
                for year in range(start.year, end.year + 1)
                for day in _dates(country.code, year, name)
                if start <= day < end
            ]
            last_day = end - timedelta(days=1)
            when = say("{start} to {end}", start=start, end=last_day)
            as_of = start.isoformat()
    except LookupError:
        return country
    if years <= 0:
        return country
    place = country.code if name is None else f"{country.code} {name}"
    source = say("holidays package, {place}, {when}", place=place, when=when)
    weekdays = sum(day.weekday() < 5 for day in days)
    facts = {
        **country.facts,
        "public_holidays": Fact(round(len(days) / years, 4), source, as_of, "O"),
        "public_holidays_on_weekdays": Fact(round(weekdays / years, 4), source, as_of, "O"),
    }
    return country._replace(facts=MappingProxyType(facts))


def _package() -> Any:  # noqa: ANN401 - a module
    try:
        return import_module("holidays")
    except ModuleNotFoundError:
        message = "the dates of public holidays need the 'holidays' package"
        raise ModuleNotFoundError(message, name="holidays") from None


def _dates(code: str, year: int, region: str | None) -> list[date]:
    return [day for day, _ in public_holidays(code, year, region)]


def _later(day: date, months: float) -> date:
    """A day so many months later; part of a month in days."""
    whole = int(months)
    year, month = divmod(day.month - 1 + whole, 12)
    following = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(
        days=1
    )
    same = following.replace(day=min(day.day, following.day))
    return same + timedelta(days=round((months - whole) * 365 / 12))
