"""What is taken where nothing national is known: neutral assumptions, each of which says so.

Without a country they are all there is; a user's own country file need not give what they can
stand in for. Wages and prices of market are multiples of two that nobody can guess: the wage of the
person to hire and an agency's rate.
"""

import functools
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cmsource.countries.country import Country, Fact
from cmsource.countries.facts import (
    SHIPPED,
    CountryFile,
    country_file,
    facts_of,
    plain_data,
)
from cmsource.countries.in_force import country_of

NO_COUNTRY = "no country"
"""What stands for the code of a country where there is none."""

SAYS_NO_COUNTRY = f"assumption: {NO_COUNTRY}, "
"""The beginning of the source of every neutral assumption."""
_PERIOD = "assumed"
_FLAT_RATE = "employer_rate"


class _Multiple(NamedTuple):
    """A wage or price as so many times another."""

    of: str
    times: Fact


def is_neutral(source: str) -> bool:
    """Whether a source, or one of those that it is derived from, is a neutral assumption."""
    return SAYS_NO_COUNTRY in source


def multiple_of(key: str) -> str:
    """Of which wage or price of market another is taken as a multiple; "" for any other value."""
    multiple = _neutral()[1].get(key)
    return "" if multiple is None else multiple.of


def without_country(currency: str, on: date | None, own: Mapping[str, Fact]) -> Country:
    """A country of which nothing is known but its currency.

    Args:
        currency: code of every amount.
        on: the first day of the horizon, if it is known.
        own: what the scenario itself says of wages and prices.
    """
    file, _ = _neutral()
    empty = Country(NO_COUNTRY, NO_COUNTRY, currency, _PERIOD, {}, on=on or file.first)
    return completed(empty, own)


def completed(country: Country, own: Mapping[str, Fact]) -> Country:
    """A country with neutral assumptions for what it does not say.

    Args:
        country: as far as it is known.
        own: what the scenario itself says of wages and prices; what the country says goes first.
    """
    file, market = _neutral()
    facts = {**own, **country.facts}
    for key, fact in country_of(NO_COUNTRY, file, None).facts.items():
        if not (key == _FLAT_RATE and country.scheduled):
            facts.setdefault(key, fact)
    for key, (of, times) in market.items():
        if key not in facts and of in facts:
            value = round(facts[of].value * times.value, 2)
            facts[key] = times._replace(value=value)
    return country._replace(facts=MappingProxyType(facts))


@functools.cache
def _neutral() -> tuple[CountryFile, Mapping[str, _Multiple]]:
    """The assumptions, and the multiples."""
    data = plain_data(SHIPPED / "neutral.yaml")
    file = country_file(data, _PERIOD)
    times = facts_of("", data["market"], {"as_of": str(data["as_of"])}, file.first)
    market = {key: _Multiple(data["market"][key]["of"], times[key][0][1]) for key in times}
    return file, market
