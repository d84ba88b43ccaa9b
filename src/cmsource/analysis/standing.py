"""How countries compare as employers: one wage in each, the hours worked for it, how sure it is."""

from typing import NamedTuple

from cmsource.countries import Country, Employment, minimum_wage, schedule
from cmsource.countries.working_time import planned_absence

GROSS = 3000.0
"""The wage a month by which countries are compared, in money of each."""


class Standing(NamedTuple):
    """What a full post at one wage comes to in a country.

    Attributes:
        country: the country.
        total: what it costs the employer a month, a twelfth of a year, in money.
        hours: really worked a year: leave, public holidays and sickness taken off.
        minimum: least pay an hour of an adult; None where there is none for the whole country.
        values: how many sourced values the country has.
        guesses: how many of them are guesses.
    """

    country: Country
    total: float
    hours: float
    minimum: float | None
    values: int
    guesses: int


def standing(country: Country) -> Standing:
    """Where a country stands, at its assumed company size.

    Raises:
        LookupError: the country lacks hours, absences or what an employer pays.
    """
    value = country.value
    hours = float(value("full_time_hours"))
    found = schedule(country, Employment(GROSS, hours))
    pay = sum(line.amount for line in found.pay)
    total = GROSS + pay + found.amount
    if found.annual is not None:
        total = GROSS + found.annual / 12
    worked = 52 * hours * (1 - planned_absence(country)) * (1 - float(value("sickness")))
    least = minimum_wage(country)
    guesses = sum(fact.confidence == "G" for fact in country.facts.values())
    return Standing(
        country,
        round(total, 2),
        worked,
        None if least is None else float(least.value),
        len(country.facts),
        guesses,
    )
