"""A part of a country: what it is called, its own values, its calendar of public holidays."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from cmsource.countries import calendars
from cmsource.countries.country import Country, Region
from cmsource.countries.facts import known_countries


class UnknownRegion(LookupError):  # noqa: N818 - what happened, not what to call it
    """A country has no region of that name with values or public holidays of its own.

    Attributes:
        region: the name that was asked for.
        known: names that are known.
        country: code of the country that the region is of its own; empty for none.
    """

    def __init__(self, region: str, known: tuple[str, ...], country: str = "") -> None:
        super().__init__(region, known, country)
        self.region = region
        self.known = known
        self.country = country

    def __str__(self) -> str:
        known = ", ".join(self.known) or "none"
        return f"no region {self.region!r} with rules of its own (known: {known})"


def placed(
    country: Country, start: date | None, months: float = 0.0, region: str | None = None
) -> Country:
    """The country as it is in a region, with its public holidays counted by their dates.

    Args:
        country: with the values of the whole country and the days of an average year.
        start: first day of the horizon; ten years are counted when None.
        months: length of the horizon; no days are counted when 0 and no region is given.
        region: by code or name, in capitals or not, with accents or not; None for the country.

    Raises:
        UnknownRegion: there is no such region.
    """
    calendar = None
    if region is not None:
        country, calendar = _in_region(country, region)
    # A region without a calendar of its own goes by the country's.
    if calendar is None and (start is None or months <= 0):
        return country
    return calendars.with_calendar(country, start, months, calendar)


def _in_region(country: Country, region: str) -> tuple[Country, str | None]:
    """The country with a region's values, and the name of the region's calendar."""
    wanted = _folded(region)
    own = {_folded(name): each.code for each in country.regions for name in _names(each)}
    dated = calendars.regions(country.code)
    by_name = {_folded(name): name for name in dated}
    if wanted in by_name:
        of_its_own = f"{country.code}-{calendars.region_code(country.code, by_name[wanted])}"
        if of_its_own in known_countries():
            raise UnknownRegion(region, dated, of_its_own)
    if wanted not in own and wanted not in by_name:
        known = dict.fromkeys([*[each.names[0] for each in country.regions], *dated])
        raise UnknownRegion(region, tuple(known))
    code = own.get(wanted) or calendars.region_code(country.code, by_name[wanted])
    found = with_region(country, code)
    calendar = by_name.get(wanted)
    if calendar is None:
        calendar = next(
            (by_name[each.casefold()] for each in found.region if each.casefold() in by_name), None
        )
    return found, calendar


def with_region(country: Country, code: str) -> Country:
    """The country with the values of a region, and of those that it lies in, in place of its own.

    Args:
        country: the country.
        code: of the region; one without values of its own changes none.
    """
    by_code = {each.code: each for each in country.regions}
    around: list[str] = []
    while code and code not in around:
        around.append(code)
        code = by_code[code].within if code in by_code else ""
    facts, later = dict(country.facts), list(country.later)
    for each in reversed(around):
        if each in by_code:
            own = by_code[each]
            facts |= own.facts
            later = [change for change in later if change.key not in own.facts] + [*own.later]
    return country._replace(facts=MappingProxyType(facts), later=tuple(later), region=tuple(around))


def _names(region: Region) -> Iterator[str]:
    yield region.code
    yield from region.names


def _folded(name: str) -> str:
    """A name without capitals and accents, to compare it by."""
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
