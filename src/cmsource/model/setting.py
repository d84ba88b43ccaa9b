"""What the translation of a source needs to know about its surroundings."""

from functools import lru_cache, partial
from math import fsum
from typing import NamedTuple

from cmsource.comparison import Detail
from cmsource.countries import (
    Country,
    PayrollLine,
    apprentice_minimum_share,
    employer_charges,
)
from cmsource.countries import Employment as Contract
from cmsource.model.memo import Memo
from cmsource.scenario import Scenario
from cmsource.sources import Employment, Placement, Service, Source
from cmsource.week import Week, parse_week


class OwnTime(NamedTuple):
    """The loaded hourly cost of the people who tutor, manage and coordinate.

    Attributes:
        rate: money an hour.
        refs: where it came from.
        basis: whose it is, when the scenario does not give it; "" when it does.
    """

    rate: float
    refs: tuple[str, ...]
    basis: str


class Payroll(NamedTuple):
    """What an employer pays a month for one person.

    Attributes:
        gross: the pay agreed on.
        charges: contributions, insurance and aids.
        lines: everything on top of the pay agreed on.
        extra: pay on top of the gross, such as the bonus at the end of a fixed-term contract.
    """

    gross: float
    charges: float
    lines: tuple[PayrollLine, ...]
    extra: tuple[PayrollLine, ...] = ()

    @property
    def details(self) -> tuple[Detail, ...]:
        """What the charges are made of."""
        return tuple([Detail(*line[:5]) for line in self.lines if not line.pay])

    @property
    def cost(self) -> float:
        """Everything together."""
        return self.gross + self.charges + fsum([line.amount for line in self.extra])


class Setting(NamedTuple):
    """The scenario and what follows from it for every source.

    Attributes:
        office: each office day from its first to its last minute; the rest is after hours.
    """

    scenario: Scenario
    country: Country
    office: Week
    own_time: OwnTime

    def wages(self, year: int) -> float:
        """How far wages have risen by a year of the horizon, 1 in the first."""
        return float((1 + self.scenario.prices.wages) ** year)

    def vendors(self, year: int) -> float:
        """How far vendors' prices have risen by a year of the horizon, 1 in the first."""
        return float((1 + self.scenario.prices.vendors) ** year)

    def price_refs(self, key: str, year: int) -> tuple[str, ...]:
        """Where the rise of ``wages`` or ``vendors`` came from, in the years that it touches."""
        return self.scenario.prices.origins.refs(key) if year else ()


def setting_of(scenario: Scenario) -> Setting:
    """The setting of a scenario."""
    country = scenario.country_data
    if country is None:
        raise ValueError("a scenario carries its country; load it with cmsource.load")
    office = _office(str(country.value("office_hours")))
    return Setting(scenario, country, office, _own_time(scenario, country))


@lru_cache(maxsize=64)
def _office(hours: str) -> Week:
    """Office days; a lunch break is no after-hours work, so they run from first to last minute."""
    week = parse_week(hours)
    days = [week.day_part(day) for day in range(7)]
    return Week.of((d.intervals[0][0], d.intervals[-1][1]) for d in days if d)


def night_of(country: Country) -> Week:
    """The hours of the week that count as night."""
    return _night(str(country.value("night_hours")))


@lru_cache(maxsize=64)
def _night(hours: str) -> Week:
    return parse_week(hours)


def contract_hours(source: Source, country: Country) -> float:
    """Hours a week that a person's wage pays for: a colleague's is a full post."""
    if source.kind == "colleague":
        return float(country.value("full_time_hours"))
    return weekly_hours(source)


def weekly_hours(source: Source) -> float:
    """Hours a week that one person gives to the job; 0 for providers."""
    return source.weekly_hours


def days_of_duty(source: Source) -> int:
    """Days of the week with any duty: what ``h/day`` means for a source; 5 without duty."""
    return source.days_of_duty


def hourly_wage(source: Source, country: Country, served: int = 0) -> float:
    """Gross pay an hour of an employee, a colleague or an apprentice; 0 for no hours.

    Args:
        source: the person.
        country: its minimum for apprentices, which rises with their age and years.
        served: whole years on the contract since the start.
    """
    terms = source.terms
    assert isinstance(terms, Employment)
    hours = contract_hours(source, country)
    wage = terms.hourly(hours) if hours > 0 else 0.0
    if terms.age is None or source.kind != "apprentice" or not served:
        return wage
    share = apprentice_minimum_share(country, terms.age + served, terms.year + served)
    return max(wage, share * float(country.value("minimum_wage")))


def payroll(
    source: Source,
    scenario: Scenario,
    country: Country,
    index: float = 1.0,
    served: int = 0,
    premiums: float = 0.0,
) -> Payroll:
    """Gross pay and employer charges of one person a month, in money.

    Args:
        source: an employee, a colleague, an apprentice or an intern.
        scenario: the company's size and rates.
        country: its payroll schedule; its parameters stay those of the start, whatever the index.
        index: how far wages have risen.
        served: whole years on the contract since the start: an apprentice's pay and aid change.
        premiums: pay for unusual hours that comes on top of the wage, a month.
    """
    terms = source.terms
    assert not isinstance(terms, Service)
    if isinstance(terms, Placement):
        hours = weekly_hours(source)
        gross = terms.gratification * hours * 52 / 12 * index
        contract, flat, cadre = "intern", None, False
    else:
        hours = contract_hours(source, country)
        gross = hourly_wage(source, country, served) * hours * 52 / 12 * index + premiums
        contract = "apprentice" if source.kind == "apprentice" else terms.contract
        flat, cadre = terms.charges, terms.cadre
    if flat is not None:
        return Payroll(gross, gross * flat, ())
    if hours <= 0:
        return Payroll(gross, 0.0, ())
    company = scenario.company
    hired = terms if isinstance(terms, Employment) else None
    employment = Contract(
        round(gross, 2),
        hours,
        contract=contract,
        size=company.size,
        cadre=cadre,
        leave_taken=hired.leave_taken if hired else True,
        mobility_rate=company.given("mobility_rate"),
        work_accident_rate=company.given("work_accident_rate"),
        health_insurance=company.given("health_insurance"),
        apprentice_level=hired.level if hired else None,
        apprentice_year=(hired.year if hired else 1) + served,
        apprentice_share=company.apprentices,
        annual_payroll=company.given("payroll"),
    )
    lines = _lines((country,), employment, lambda: employer_charges(country, employment))
    extra = tuple([line for line in lines if line.pay])
    charges = sum([line.amount for line in lines if not line.pay])
    return Payroll(gross, round(charges, 2), lines, extra)


def loaded_hour(month: Payroll, contract: float) -> float:
    """What an hour of somebody on the payroll costs: (pay + charges) / paid hours.

    Args:
        month: what the person costs.
        contract: hours a week that are paid.
    """
    return month.cost * 12 / 52 / contract if contract > 0 else 0.0


_loaded: Memo[float] = Memo(64)
_lines: Memo[tuple[PayrollLine, ...]] = Memo(64)


def _load(source: Source, scenario: Scenario, country: Country) -> float:
    return loaded_hour(payroll(source, scenario, country), contract_hours(source, country))


def _wage_refs(source: Source) -> tuple[str, ...]:
    terms = source.terms
    return terms.origins.refs(terms.wage_key) if isinstance(terms, Employment) else ()


def _own_time(scenario: Scenario, country: Country) -> OwnTime:
    """The given cost of own time, else the loaded hour of colleagues, else of employees."""
    if scenario.own_time is not None:
        return OwnTime(scenario.own_time, scenario.origins.refs("own_time"), "")
    for kind in ("colleague", "employee"):
        found = {
            source.name: _loaded(
                (source, country, scenario.company), 0, partial(_load, source, scenario, country)
            )
            for source in scenario.sources.values()
            if source.kind == kind and contract_hours(source, country) > 0
        }
        if found:
            refs = [ref for name in sorted(found) for ref in _wage_refs(scenario.sources[name])]
            whose = " and ".join(f"`{name}`" for name in sorted(found))
            mean = "mean of the " if len(found) > 1 else ""
            rate = round(fsum(found.values()) / len(found), 2)
            return OwnTime(rate, tuple(dict.fromkeys(refs)), f"{mean}loaded hourly cost of {whose}")
    full_time = float(country.value("full_time_hours"))
    fact = country.fact("colleague_annual_wage")
    gross = fact.value / 12
    lines = employer_charges(country, Contract(round(gross, 2), full_time))
    loaded = loaded_hour(Payroll(gross, sum(line.amount for line in lines), ()), full_time)
    return OwnTime(
        round(loaded, 2),
        (f"{country.code}: colleague_annual_wage",),
        f"loaded hourly cost of a colleague at {fact.value:g} a year ({fact.source})",
    )
