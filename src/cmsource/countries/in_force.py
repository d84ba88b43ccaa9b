"""What is in force in a country on a day: the file of its period, the last values to have begun."""

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from cmsource.countries.country import (
    Change,
    Country,
    Fact,
    Region,
    UnknownCountry,
)
from cmsource.countries.facts import (
    SHIPPED,
    CountryFile,
    Dated,
    known_countries,
    read_file,
    read_once,
)
from cmsource.countries.names import code_named
from cmsource.values.language import Said, say

_LONGEST_NAME = 60

_Read = Callable[[Path], CountryFile]


def load_country(
    code: str, on: datetime.date | None = None, *, folder: Path | None = None
) -> Country:
    """The country ``code`` as of the day ``on``.

    Args:
        code: one of :func:`known_countries`, or a name of one in English or French; capitals and
            accents do not matter.
        on: the day whose period and values are wanted; the end of the newest period when None.
            Outside the known periods the nearest earlier one is used, else the first, and a note
            says so.
        folder: where to look instead of the countries that come with the package.

    Raises:
        UnknownCountry: there is no such country.
        BadCountryFile: its file lacks something.
    """
    if folder is None:
        return _shipped(code, on)
    return _load(code.upper(), on, folder, read_file)


@functools.lru_cache(maxsize=64)
def _shipped(code: str, on: datetime.date | None) -> Country:
    try:
        return _load(code.upper(), on, SHIPPED, read_once)
    except UnknownCountry:
        # The names of countries are many, and most scenarios say the code.
        known = code_named(code) if len(code) <= _LONGEST_NAME else ""
        if not known:
            raise
        return _load(known, on, SHIPPED, read_once)


def _load(code: str, on: datetime.date | None, folder: Path, read: _Read) -> Country:
    # The code comes from users: it must name a folder here, never a path to somewhere else.
    if len(code) > _LONGEST_NAME or not code.replace("-", "").isalnum():
        raise UnknownCountry(code, known_countries(folder))
    paths = sorted((folder / code).glob("*.yaml"))
    if not paths:
        raise UnknownCountry(code, known_countries(folder))
    file, notes = _in_force(paths, on, read)
    following = [read(path) for path in paths if path.stem > file.period]
    return country_of(code, file, on, following)._replace(notes=notes)


def country_of(
    code: str,
    file: CountryFile,
    on: datetime.date | None,
    following: Iterable[CountryFile] = (),
) -> Country:
    """What a country file says of a day.

    Args:
        code: of the country.
        file: the file.
        on: the day; the end of the file's period when None.
        following: files of later periods.
    """
    day = file.last if on is None else on
    facts = {key: _valid(values, day) for key, values in file.facts.items()}
    # Without a day it is an average year under the newest rules, and so are those after it.
    files = [] if on is None else [file, *following]
    regions = [
        Region(
            name,
            region.names,
            region.within,
            {key: _valid(values, day) for key, values in region.facts.items()},
            tuple(
                _later(
                    [(each, each.regions[name].facts) for each in files if name in each.regions],
                    day,
                )
            ),
        )
        for name, region in file.regions.items()
    ]
    return Country(
        code,
        file.name,
        file.currency,
        file.period,
        MappingProxyType(facts),
        (),
        file.payroll,
        day,
        file.last,
        tuple(_later([(each, each.facts) for each in files], day)),
        file.rising,
        regions=tuple(regions),
    )


def _in_force(
    paths: list[Path], on: datetime.date | None, read: _Read
) -> tuple[CountryFile, tuple[str, ...]]:
    """The file whose period holds ``on``, read from the newest back, and what to tell the user."""
    file: CountryFile
    for path in reversed(paths):
        file = read(path)
        if on is None or file.first <= on <= file.last:
            return file, ()
        if on > file.last:
            break
    return file, (outside_periods(str(on), file.period),)


def outside_periods(on: str, period: str) -> Said:
    """What there is to say of a start that no period of a country holds."""
    return say("start {on} is outside the known periods; {period} is used", on=on, period=period)


def _later(
    files: Iterable[tuple[CountryFile, Mapping[str, Dated]]], day: datetime.date
) -> Iterator[Change]:
    """The values of files that begin after a day."""
    for each, facts in files:
        for key, values in facts.items():
            for since, fact in values:
                if since > day:
                    yield Change(since, each.period, each.last, key, fact)


def _valid(values: Dated, on: datetime.date) -> Fact:
    """The value in force on a day: the last that has begun."""
    fact = values[0][1]
    for since, later in values[1:]:
        if since > on:
            break
        fact = later
    return fact
