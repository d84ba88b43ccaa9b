"""How much of a year's working time people are away."""

from collections.abc import Mapping
from typing import NamedTuple

from cmsource.countries.country import Country, Fact
from cmsource.values.week import WEEKS_A_MONTH

WORKING_DAYS = 260
"""Working days a year: 52 weeks of five."""


def planned_absence(country: Country) -> float:
    """The share of working days that is leave or a public holiday.

    (paid leave + public holidays on weekdays) / 260. France: 34 / 260 = 13.1 %.
    """
    leave: float = country.value("paid_leave_days")
    holidays: float = country.value("public_holidays_on_weekdays")
    return (leave + holidays) / WORKING_DAYS


def unplanned_absence(sick: float, turnover: float, months_lost: float) -> float:
    """The share of working time lost to sickness, and to people who leave and are replaced.

    1 − (1 − sick)(1 − turnover × months lost / 12). France: 12 weeks to hire and half of two months
    of ramp-up, 1 − 0.952 × (1 − 0.1555 × 3.77 / 12) = 9.4 %.

    Args:
        sick: share of working time.
        turnover: share of the people who leave in a year.
        months_lost: of work with each of them: how long the post stays empty, and half of the
            successor's ramp-up. With so many of both that more than all the time is lost, all of
            it is.
    """
    return 1 - (1 - sick) * (1 - min(1.0, turnover * months_lost / 12))


def months_to_hire(country: Country) -> float:
    """The country's weeks to hire, in months of 52/12 weeks."""
    return float(country.value("weeks_to_hire")) / WEEKS_A_MONTH


class Overtime(NamedTuple):
    """Hours above the legal week that earn the same premium.

    Attributes:
        hours: a week.
        premium: a share of the wage, on top of it.
        source: where the premium is from.
    """

    hours: float
    premium: float
    source: str


def hours_above(facts: Mapping[str, Fact], hours: float) -> float:
    """Hours a week of a contract that are above the legal week."""
    return max(0.0, hours - float(facts["full_time_hours"].value))


def overtime(facts: Mapping[str, Fact], hours: float) -> tuple[Overtime, ...]:
    """Hours above the legal week by their premium; none where the country has no such premium.

    France: 25 % for the first 8 hours a week, 50 % beyond; Québec: 50 % for all of them.

    Args:
        facts: of the country.
        hours: a week, above the legal week.
    """
    premium = facts.get("overtime_premium")
    if premium is None or hours <= 0:
        return ()
    beyond = facts.get("overtime_premium_beyond", premium)
    limit = facts.get("overtime_first_hours")
    first = hours if limit is None else min(hours, float(limit.value))
    parts = (
        Overtime(first, float(premium.value), premium.source),
        Overtime(hours - first, float(beyond.value), beyond.source),
    )
    return tuple(part for part in parts if part.hours > 0)
