"""What the translation of a source needs to know about its surroundings."""

from typing import NamedTuple

from cmsource.comparison import Detail
from cmsource.countries import Country, employer_charges
from cmsource.countries import Employment as Contract
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
    """What an employer pays a month for one person."""

    gross: float
    charges: float
    details: tuple[Detail, ...]


class Setting(NamedTuple):
    """The scenario and what follows from it for every source."""

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


def setting_of(scenario: Scenario) -> Setting:
    """The setting of a scenario."""
    country = scenario.country_data
    if country is None:
        raise ValueError("a scenario carries its country; load it with cmsource.load")
    office = parse_week(str(country.value("office_hours")))
    return Setting(scenario, country, office, _own_time(scenario, country))


def contract_hours(source: Source, country: Country) -> float:
    """Hours a week that a person's wage pays for: a colleague's is a full post."""
    if source.kind == "colleague":
        return float(country.value("full_time_hours"))
    return weekly_hours(source)


def weekly_hours(source: Source) -> float:
    """Hours a week that one person gives to the job; 0 for providers."""
    terms = source.terms
    if isinstance(terms, Service):
        return 0.0
    return terms.hours.weekly(days_of_duty(source))


def days_of_duty(source: Source) -> int:
    """Days of the week with any duty: what ``h/day`` means for a source; 5 without duty."""
    return len(source.on_duty.days) or 5


def payroll(source: Source, scenario: Scenario, country: Country, index: float = 1.0) -> Payroll:
    """Gross pay and employer charges of one person a month, in money.

    Args:
        source: an employee, a colleague, an apprentice or an intern.
        scenario: the company's size and rates.
        country: its payroll schedule; its parameters stay those of the start, whatever the index.
        index: how far wages have risen.
    """
    terms = source.terms
    assert not isinstance(terms, Service)
    if isinstance(terms, Placement):
        hours = weekly_hours(source)
        gross = terms.gratification * hours * 52 / 12 * index
        contract, flat, cadre = "intern", None, False
    else:
        hours = contract_hours(source, country)
        gross = terms.hourly(hours) * hours * 52 / 12 * index
        contract = "apprentice" if source.kind == "apprentice" else terms.contract
        flat, cadre = terms.charges, terms.cadre
    if flat is not None:
        return Payroll(gross, gross * flat, ())
    if hours <= 0:
        return Payroll(gross, 0.0, ())
    company = scenario.company
    lines = employer_charges(
        country,
        Contract(
            round(gross, 2),
            hours,
            contract=contract,
            size=company.size,
            cadre=cadre,
            mobility_rate=company.mobility_rate,
            work_accident_rate=company.work_accident_rate,
        ),
    )
    details = tuple(Detail(*line) for line in lines)
    return Payroll(gross, round(sum(line.amount for line in lines), 2), details)


def loaded_hour(source: Source, scenario: Scenario, country: Country, index: float = 1.0) -> float:
    """What an hour of somebody on the payroll costs: (gross + charges) / paid hours."""
    month = payroll(source, scenario, country, index)
    hours = contract_hours(source, country) * 52 / 12
    return (month.gross + month.charges) / hours if hours > 0 else 0.0


def _own_time(scenario: Scenario, country: Country) -> OwnTime:
    """The given cost of own time, else a colleague's loaded hour, else an employee's."""
    if scenario.own_time is not None:
        return OwnTime(scenario.own_time, scenario.origins.refs("own_time"), "")
    for kind in ("colleague", "employee"):
        for source in scenario.sources.values():
            if source.kind == kind and isinstance(source.terms, Employment):
                rate = round(loaded_hour(source, scenario, country), 2)
                refs = source.terms.origins.refs(source.terms.wage_key)
                return OwnTime(rate, refs, f"loaded hourly cost of `{source.name}`")
    full_time = float(country.value("full_time_hours"))
    fact = country.fact("colleague_annual_wage")
    gross = fact.value / 12
    lines = employer_charges(country, Contract(round(gross, 2), full_time))
    loaded = (gross + sum(line.amount for line in lines)) * 12 / 52 / full_time
    return OwnTime(
        round(loaded, 2),
        (f"{country.code}: colleague_annual_wage",),
        f"loaded hourly cost of a colleague at {fact.value:g} a year ({fact.source})",
    )
