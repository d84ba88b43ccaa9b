"""What somebody on the payroll costs the employer a month, without a scenario."""

import datetime
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from cmsource.countries import (
    CONTRACTS,
    Country,
    Employment,
    Fact,
    PayrollLine,
    UnknownCountry,
    UnknownRegion,
    apprentice_minimum_share,
    load_country,
    minimum_wage,
    own_rates,
    placed,
    schedule,
    which_country,
    with_rates,
)
from cmsource.countries.payroll.lines import usual_age
from cmsource.countries.payroll.terms import OVERTIME_PAY
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError, did_you_mean
from cmsource.values.language import counted, listed, say
from cmsource.values.money import format_amount, format_digits
from cmsource.values.week import a_month_of

WAGES = ("monthly_gross", "hourly_gross", "annual_gross")
_PLAIN: Mapping[str, str] = MappingProxyType({})
_NO_FACTS: Mapping[str, Fact] = MappingProxyType({})
_NO_RATES: Mapping[str, float] = MappingProxyType({})
_CENT = 0.005
YOUNGEST, OLDEST = 14, 100
"""Ages at which somebody may work, and beyond which an age is a slip."""


class EmployerCost(NamedTuple):
    """What one person costs the employer a month.

    Attributes:
        country: code of the country whose schedule applies.
        total: gross pay and all lines, a twelfth of what a year costs.
        gross: gross pay of the month, overtime included.
        ratio: total divided by gross; None when nothing is paid.
        overtime: the part of the gross that pays hours beyond the contract.
        lines: everything on top of the gross, reductions and aids negative.
        currency: of every amount.
        period: of the country's data.
        hours: hours a week.
        contract: which one.
        size: employees of the company.
        warnings: what the user should know, such as that another period's rules are used.
        annual: what a year costs, yearly bonuses and the pay of holidays included.
        region: codes of the region whose rules apply, the narrowest first; empty for none.
        assumed_age: the age by which contributions are reckoned where none is given; None where
            one is given or the country does not ask.
    """

    country: str
    total: float
    gross: float
    ratio: float | None
    overtime: tuple[PayrollLine, ...]
    lines: tuple[PayrollLine, ...]
    currency: str
    period: str
    hours: float
    contract: str
    size: int
    warnings: tuple[Diagnostic, ...] = ()
    annual: float = 0.0
    region: tuple[str, ...] = ()
    assumed_age: int | None = None


def employer_cost(  # noqa: PLR0913 - one keyword for each thing that the law asks about
    country: str | Country,
    *,
    monthly_gross: float | None = None,
    hourly_gross: float | None = None,
    annual_gross: float | None = None,
    hours: float | None = None,
    size: int | None = None,
    cadre: bool = False,
    contract: str = "permanent",
    start: datetime.date | None = None,
    leave_taken: bool = True,
    overtime: float = 0.0,
    mobility_rate: float | None = None,
    work_accident_rate: float | None = None,
    health_insurance: float | None = None,
    company_payroll: float | None = None,
    apprentices: float | None = None,
    age: int | None = None,
    year: int = 1,
    level: int | None = None,
    region: str | None = None,
    thirteenth_month: bool | None = None,
    meal_vouchers: float = 0.0,
    payroll_office: float = 0.0,
    prevention_service: float = 0.0,
    rates: Mapping[str, float] = _NO_RATES,
    names: Mapping[str, str] = _PLAIN,
) -> EmployerCost:
    """What somebody on the payroll costs the employer a month, line by line.

    One of the three wages is given; an apprentice or an intern without one gets the legal minimum.

    Args:
        country: code or name of a country, such as ``FR``, or a country that was read.
        monthly_gross: gross pay a month for the hours.
        hourly_gross: gross pay an hour.
        annual_gross: gross pay a year for the hours: twelve months, and the thirteenth where one
            is paid.
        hours: contract hours a week; a full-time week when None.
        size: employees of the company; the country's assumption when None.
        cadre: whether the person has the French executive status.
        contract: ``permanent``, ``fixed-term``, ``apprentice`` or ``intern``.
        start: the day whose rules apply; the newest known when None. Of a day outside the known
            periods the nearest apply, and a warning says so.
        leave_taken: whether a fixed-term employee takes the paid leave; else it is paid out.
        overtime: hours a week beyond the contract, paid on top of the gross.
        mobility_rate: local transport contribution, a share of gross pay (France).
        work_accident_rate: the company's own rate, a share of gross pay.
        health_insurance: employer's part of the health insurance a month.
        company_payroll: pay of all employees a year (Québec, United Kingdom, New York).
        apprentices: apprentices as a share of all employees (France, from 250 employees).
        age: of the person; the legal minimum and contributions may depend on it.
        year: of the apprenticeship, from 1.
        level: of the diploma that an apprentice prepares, 3 to 8; decides the state aid.
        region: by name or code, where a country's rules differ by region (``CA``, ``Zürich``).
        thirteenth_month: whether a wage given by the month is paid 13 times a year; as is usual
            in the country when None.
        meal_vouchers: the employer's part of meal vouchers, a month.
        payroll_office: an outside payroll office for the person, a month.
        prevention_service: a service for safety at work for the person, a month.
        rates: the company's own values of the country's payroll, by name, such as
            ``{"mutuality": 0.0156}``.
        names: what to call the arguments in diagnostics, such as the flags of a command.

    Raises:
        ScenarioError: something makes no sense or is unlawful; its diagnostics say everything.
    """
    given = (monthly_gross, hourly_gross, annual_gross)
    problems = [*_wrong_wages(given, contract, names)]
    data = _country(country, start, region, names, problems)
    facts: Mapping[str, Fact] = data.facts if data is not None else _NO_FACTS
    weekly, staff = hours, size
    if weekly is None:
        weekly = float(facts["full_time_hours"].value) if "full_time_hours" in facts else 35.0
    if staff is None:
        staff = int(facts["company_size"].value) if "company_size" in facts else 1
    person = _Person(contract, weekly, staff, age, year, overtime)
    problems += _wrong_terms(person, names)
    if data is not None and rates:
        problems += _wrong_rates(data, rates, names)
        data = with_rates(data, rates)
    if problems or data is None:
        raise ScenarioError(problems)
    month = a_month_of(weekly)
    least = _least(data, person)
    if monthly_gross is not None:
        gross = monthly_gross
    elif hourly_gross is not None:
        gross = hourly_gross * month
    elif annual_gross is not None:
        gross = annual_gross / 12
    else:
        gross = (least.hourly or least.usual) * month
    unpaid = gross == 0 and contract == "intern"  # lawful where the placement is short
    if gross < (least.hourly - _CENT) * month and not unpaid:
        raise ScenarioError([_unlawful(data, person, gross / month, least, given, names)])
    if annual_gross is not None:
        thirteenth_month = False  # it is part of the year's pay
    elif monthly_gross is None and thirteenth_month is None:
        thirteenth_month = False
    found = schedule(
        data,
        Employment(
            gross,
            weekly,
            contract=contract,
            size=staff,
            cadre=cadre,
            leave_taken=leave_taken,
            mobility_rate=mobility_rate,
            work_accident_rate=work_accident_rate,
            health_insurance=health_insurance,
            overtime_hours=overtime,
            apprentice_level=level,
            apprentice_year=year,
            apprentice_share=apprentices,
            annual_payroll=company_payroll,
            age=age,
            thirteenth_month=thirteenth_month,
            meal_vouchers=meal_vouchers,
            payroll_office=payroll_office,
            prevention_service=prevention_service,
        ),
    )
    every = found.lines
    paid = tuple([line for line in every if line.name == OVERTIME_PAY])
    lines = tuple([line for line in every if line.name != OVERTIME_PAY])
    agreed, gross = 12 * gross, round(round(gross, 2) + sum(line.amount for line in paid), 2)
    total = round(gross + sum(line.amount for line in lines), 2)
    annual = 12 * total
    if found.annual is not None:
        annual = agreed + found.annual
    return EmployerCost(
        data.code,
        total,
        gross,
        total / gross if gross else None,
        paid,
        lines,
        data.currency,
        data.period,
        weekly,
        contract,
        staff,
        tuple([Diagnostic("W404", note, _place("start", names)) for note in data.notes]),
        round(annual, 2),
        data.region,
        usual_age(data, contract) if age is None else None,
    )


class _Person(NamedTuple):
    contract: str
    hours: float
    size: int
    age: int | None
    year: int
    overtime: float


class _Minimum(NamedTuple):
    """The least that the law lets an employer pay an hour, and where that is from."""

    hourly: float
    source: str
    as_of: str
    usual: float = 0.0


def _place(key: str, names: Mapping[str, str]) -> Place:
    return Place(names.get(key, key), path=key)


@lru_cache(maxsize=64)
def _known(code: str, start: datetime.date | None, region: str | None) -> Country:
    """A country on a day, each looked up once."""
    return placed(load_country(code, start), None, region=region)


def _country(
    country: str | Country,
    start: datetime.date | None,
    region: str | None,
    names: Mapping[str, str],
    problems: list[Diagnostic],
) -> Country | None:
    """The country's data in force at the start; else None, and the problems say why."""
    code = country.code if isinstance(country, Country) else country
    try:
        if isinstance(country, Country):
            return placed(country, None, region=region)
        return _known(code, start, region)
    except UnknownCountry:
        hint = which_country(code)
        message = say("unknown country {country}", country=repr(code))
        problems.append(Diagnostic("E206", message, _place("country", names), hint))
    except UnknownRegion as error:
        hint = did_you_mean(error.region, error.known)
        if error.country:
            hint = say(
                "the country is {country}, which has rules of its own", country=error.country
            )
        message = say(
            "unknown region {region} of {country}", region=repr(error.region), country=code
        )
        problems.append(Diagnostic("E208", message, _place("region", names), hint))
    return None


def _wrong_terms(person: _Person, names: Mapping[str, str]) -> Iterator[Diagnostic]:
    if person.contract not in CONTRACTS:
        hint = did_you_mean(person.contract, CONTRACTS)
        message = say("unknown contract {contract}", contract=repr(person.contract))
        yield Diagnostic("E204", message, _place("contract", names), hint)
    if person.size < 1:
        message = say("a company has at least one employee, not {count}", count=person.size)
        yield Diagnostic(
            "E204", message, _place("size", names), say("write the number of employees")
        )
    if not 0 < person.hours <= 168:
        message = counted(
            person.hours,
            "{count} hour a week makes no sense",
            "{count} hours a week make no sense",
            count=format_digits(person.hours),
        )
        yield Diagnostic("E204", message, _place("hours", names), say("write the contract's hours"))
    elif not 0 <= person.overtime <= 168 - person.hours:
        message = counted(
            person.overtime,
            "{count} hour of overtime a week makes no sense",
            "{count} hours of overtime a week make no sense",
            count=format_digits(person.overtime),
        )
        yield Diagnostic("E204", message, _place("overtime", names), say("write hours a week"))
    if person.age is not None and not YOUNGEST <= person.age <= OLDEST:
        message = counted(
            person.age,
            "an age of {count} makes no sense",
            "an age of {count} makes no sense",
            count=format_digits(person.age),
        )
        hint = say("write {youngest} to {oldest} years", youngest=YOUNGEST, oldest=OLDEST)
        yield Diagnostic("E204", message, _place("age", names), hint)
    if person.year < 1:
        message = say("the years of an apprenticeship count from 1")
        yield Diagnostic("E204", message, _place("year", names), say("write 1 for the first year"))


def _wrong_rates(
    country: Country, rates: Mapping[str, float], names: Mapping[str, str]
) -> Iterator[Diagnostic]:
    known = own_rates(country)
    for name, value in rates.items():
        if name not in known:
            message = say(
                "the payroll of {country} has no value {value}",
                country=country.name,
                value=repr(name),
            )
            hint = did_you_mean(name, known)
            yield Diagnostic("E201", message, _place("rates", names), hint)
        elif not 0 <= value < 1e9:
            message = say("{name}: {value} makes no sense", name=name, value=format_digits(value))
            yield Diagnostic(
                "E204", message, _place("rates", names), say("write a share or an amount")
            )


def _wrong_wages(
    given: tuple[float | None, ...], contract: str, names: Mapping[str, str]
) -> Iterator[Diagnostic]:
    found = [key for key, wage in zip(WAGES, given, strict=True) if wage is not None]
    ways = [names.get(key, key) for key in WAGES]
    if len(found) > 1:
        keys = listed([names.get(key, key) for key in found], say(" and "))
        message = say("{keys} say the wage twice", keys=keys)
        yield Diagnostic("E207", message, _place(found[1], names), say("keep one"))
    elif not found and contract in ("permanent", "fixed-term"):
        message = say("no wage is given")
        hint = say("give one of {keys}", keys=listed(ways))
        yield Diagnostic("E202", message, _place(WAGES[0], names), hint)
    for key, wage in zip(WAGES, given, strict=True):
        # The comparison also refuses nan.
        if wage is not None and not 0 <= wage < 1e9:
            message = say("a wage of {wage} makes no sense", wage=format_digits(wage))
            yield Diagnostic("E204", message, _place(key, names), say("write an amount of money"))


def _least(country: Country, person: _Person) -> _Minimum:
    """The legal minimum of pay an hour for a contract; nothing where the country has none."""
    intern = person.contract == "intern"
    fact = country.facts.get("gratification") if intern else minimum_wage(country, person.age)
    if fact is None or fact.confidence == "G":
        # A guess forbids nothing; it only stands in where no wage is given.
        return _Minimum(0.0, "", "", 0.0 if fact is None else float(fact.value))
    if person.contract != "apprentice":
        return _Minimum(float(fact.value), fact.source, fact.as_of)
    table = country.facts.get("apprentice_wage_shares")
    shares = country.facts.get("apprentice_wage_share") if table is None else table
    if shares is None:
        return _Minimum(float(fact.value), fact.source, fact.as_of)
    # Without an age, what is lawful at some age is not refused.
    ages = (person.age,) if table is None or person.age is not None else tuple(table.value)
    share = min(apprentice_minimum_share(country, age, person.year) for age in ages)
    least = float(fact.value) * share
    if shares.confidence == "G":
        return _Minimum(0.0, "", "", least)
    return _Minimum(least, shares.source, shares.as_of)


def _unlawful(
    country: Country,
    person: _Person,
    hourly: float,
    least: _Minimum,
    given: tuple[float | None, ...],
    names: Mapping[str, str],
) -> Diagnostic:
    key = next(key for key, wage in zip(WAGES, given, strict=True) if wage is not None)
    message = say(
        "{hourly} an hour is below the legal minimum of {minimum} ({country}, {as_of})",
        hourly=format_amount(hourly, country.currency),
        minimum=format_amount(least.hourly, country.currency),
        country=country.code,
        as_of=least.as_of,
    )
    month = round(a_month_of(least.hourly * person.hours), 2)
    hint = say(
        "pay at least {hour} an hour, {month} a month ({source})",
        hour=format_amount(least.hourly, country.currency),
        month=format_amount(month, country.currency),
        source=least.source,
    )
    return Diagnostic("E304", message, _place(key, names), hint)
