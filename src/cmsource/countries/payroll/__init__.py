"""Payroll schedules: what an employer pays on top of gross pay, country by country."""

import functools
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from cmsource.countries.country import LINES, BadCountryFile, Country, Fact
from cmsource.countries.payroll import lines
from cmsource.countries.payroll.terms import (
    CONTRACTS,
    Employment,
    PayrollLine,
    Schedule,
    pay_line,
)
from cmsource.values.language import listed, say

__all__ = [
    "CONTRACTS",
    "Employment",
    "PayrollLine",
    "Schedule",
    "employer_charges",
    "own_rates",
    "schedule",
    "with_rates",
]

_Module = Callable[[Country, Employment], Schedule]


PAYROLL = "payroll."
"""The beginning of the keys of a schedule's values."""


def own_rates(country: Country) -> tuple[str, ...]:
    """Names of the values of the payroll schedule in place of which a company may give its own."""
    return tuple(
        key.removeprefix(PAYROLL)
        for key, fact in country.facts.items()
        if key.startswith(PAYROLL) and isinstance(fact.value, (int, float))
    )


def with_rates(country: Country, rates: Mapping[str, float]) -> Country:
    """The country with a company's own values of the payroll schedule, by :func:`own_rates`."""
    if not rates:
        return country
    own = {
        f"{PAYROLL}{name}": Fact(value, "given", str(country.on), "G")
        for name, value in rates.items()
    }
    return country._replace(facts=MappingProxyType({**country.facts, **own}))


def employer_charges(country: Country, employment: Employment) -> tuple[PayrollLine, ...]:
    """Everything the employer pays a month on top of gross pay, each contribution its own line.

    The total is the sum of the amounts; reductions and aids are negative. A country without a
    payroll module or lines gives its fact ``employer_rate``, which makes a schedule of one line.

    Raises: as `schedule` does.
    """
    return schedule(country, employment).lines


def schedule(country: Country, employment: Employment) -> Schedule:
    """The same, without the lines as long as only their sum is wanted.

    Raises:
        ValueError: a term makes no sense (unknown contract, no hours, a company of size zero).
        LookupError: the country has neither a schedule nor an ``employer_rate``.
    """
    if employment.contract not in CONTRACTS:
        contract = repr(employment.contract)
        raise ValueError(
            say("unknown contract {contract}: {known}", contract=contract, known=listed(CONTRACTS))
        )
    if not (employment.monthly_gross >= 0 and employment.hours > 0):
        raise ValueError(say("gross pay must not be negative and hours must be above zero"))
    if employment.size is not None and employment.size < 1:
        raise ValueError(say("a company has at least one employee"))
    if employment.overtime_hours < 0 or employment.periods < 1:
        raise ValueError(say("overtime must not be negative and there is at least one pay a year"))
    found = _of_the_law(country, employment)
    agreed = [
        ("meal vouchers", employment.meal_vouchers),
        ("payroll office", employment.payroll_office),
        ("prevention service", employment.prevention_service),
    ]
    rows = [(name, amount, 1.0, "given") for name, amount in agreed if amount]
    if not rows:
        return found
    annual = found.annual
    if annual is not None:
        annual += employment.periods * sum([row[1] for row in rows])
    return Schedule(found.pay, (*found.charges, *rows), annual)


def _of_the_law(country: Country, employment: Employment) -> Schedule:
    if country.payroll and not employment.thirteenth_month:
        return _module(country.payroll)(country, employment)
    in_lines = any(key.startswith(LINES) for key in country.facts)
    if country.payroll and in_lines:
        return _module(country.payroll)(country, employment)
    if country.payroll:
        return _with_thirteenth(_module(country.payroll), country, employment)
    if in_lines:
        return lines.schedule(country, employment)
    fact = country.fact("employer_rate")
    row = ("employer charges", employment.monthly_gross, fact.value, fact.source)
    return Schedule((), (row,))


def _with_thirteenth(module: _Module, country: Country, employment: Employment) -> Schedule:
    """The schedule of pays that each hold a twelfth of a 13th month.

    A ceiling or a reduction of the month is settled over the year, so that it makes no difference
    when the 13th month is paid.
    """
    gross = employment.monthly_gross
    thirteenth = pay_line("13th month", gross, 1 / 12, "given")
    spread = employment._replace(monthly_gross=gross + thirteenth.amount, thirteenth_month=None)
    found = module(country, spread)
    return found._replace(pay=(thirteenth, *found.pay))


@functools.cache
def _module(name: str) -> _Module:
    if not name.isidentifier():
        raise BadCountryFile(say("payroll module {name} is not a name", name=repr(name)))
    try:
        module = import_module(f"{__name__}.{name}")
    except ModuleNotFoundError:
        raise BadCountryFile(say("there is no payroll module {name}", name=repr(name))) from None
    found: _Module = module.schedule
    return found
