"""What the people on the payroll cost their employer a month."""

from math import fsum
from typing import NamedTuple

from cmsource.countries import Country, PayrollLine, Schedule, schedule, with_rates
from cmsource.countries import Employment as Contract
from cmsource.countries.working_time import Overtime, hours_above, overtime, planned_absence
from cmsource.countries.years import in_year
from cmsource.results.entry import Detail
from cmsource.scenario.company import Company
from cmsource.scenario.employment import Employment
from cmsource.scenario.on_payroll import OnPayroll
from cmsource.scenario.source import Source
from cmsource.values.week import a_month_of, a_week_of


class Payroll(NamedTuple):
    """What an employer pays a month for one person.

    Attributes:
        gross: the pay agreed on.
        charges: contributions, insurance and aids.
        schedule: the country's, where no flat rate is given.
    """

    gross: float
    charges: float
    schedule: Schedule | None = None

    @property
    def extra(self) -> tuple[PayrollLine, ...]:
        """Pay on top of the gross, such as the bonus at the end of a fixed-term contract."""
        return () if self.schedule is None else self.schedule.pay

    @property
    def details(self) -> tuple[Detail, ...]:
        """What the charges are made of."""
        lines = () if self.schedule is None else self.schedule.lines
        return tuple([Detail(*line[:5]) for line in lines if not line.pay])

    @property
    def cost(self) -> float:
        """Everything together."""
        return self.gross + self.charges + fsum([line.amount for line in self.extra])


class Employer:
    """A company in a country.

    Args:
        country: where it is, on the first day of the horizon.
        company: its size and rates.
        wages: the yearly rise of wages, a share.
    """

    def __init__(self, country: Country, company: Company, wages: float = 0.0) -> None:
        self.country = country
        self._wages = wages
        self._rates = company.rates
        self._years = {0: with_rates(in_year(country, 0, wages), company.rates)}
        self._size = company.size
        self._mobility = company.given("mobility_rate")
        self._accidents = company.given("work_accident_rate")
        self._insurance = company.given("health_insurance")
        self._apprentices = company.given("apprentices")
        self._payroll = company.given("payroll")
        self._vouchers = company.meal_vouchers or 0.0
        self._office = company.payroll_office or 0.0
        self._prevention = company.prevention_service or 0.0

    def country_in(self, year: int) -> Country:
        """The country in a year of the horizon, from 0."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = with_rates(
                in_year(self.country, year, self._wages), self._rates
            )
        return found

    def schedule_ref(self, year: int) -> str:
        """What names the schedule of a year of the horizon in ledger entries."""
        country = self.country_in(year)
        return f"{country.code}: payroll {country.period}"

    def index(self, year: int) -> float:
        """How far wages have risen by a year of the horizon, 1 in the first."""
        return float((1 + self._wages) ** year)

    def wage(self, source: OnPayroll, year: int = 0, served: int = 0) -> float:
        """Gross pay an hour of one person in a year of the horizon, before the rise of wages.

        Args:
            source: the person.
            year: of the horizon, from 0.
            served: whole years on the contract since the start.
        """
        hours = contract_hours(source, self.country)
        if hours <= 0:
            return 0.0
        index = self.index(year)
        wage = source.hourly(hours) * index
        return source.risen(wage, served, self.country_in(year)) / index

    def month(
        self, source: OnPayroll, year: int = 0, served: int = 0, premiums: float = 0.0
    ) -> Payroll:
        """Gross pay and employer charges of one person a month, in money.

        Args:
            source: whom it pays.
            year: of the horizon, from 0.
            served: whole years on the contract since the start.
            premiums: pay for unusual hours that comes on top of the wage, a month, before the rise
                of wages.
        """
        hours = contract_hours(source, self.country)
        weekly = hours + sum(part.hours * part.premium for part in paid_overtime(source, self))
        pay = a_month_of(self.wage(source, year, served) * weekly)
        gross = (pay + premiums) * self.index(year)
        flat = source.charges if isinstance(source, Employment) else None
        if flat is not None:
            return Payroll(gross, gross * flat)
        if hours <= 0:
            return Payroll(gross, 0.0)
        above = hours_above(self.country.facts, hours) if isinstance(source, Employment) else 0.0
        employment = source.contract_for(gross, hours - above, served)._replace(
            overtime_hours=above, overtime_included=True
        )
        found = self.schedule(employment, year)
        return Payroll(gross, found.amount, found)

    def schedule(self, contract: Contract, year: int = 0) -> Schedule:
        """What the company pays a month on top of the gross pay of a contract."""
        here = contract._replace(
            size=self._size,
            mobility_rate=self._mobility,
            work_accident_rate=self._accidents,
            health_insurance=self._insurance,
            apprentice_share=self._apprentices,
            annual_payroll=self._payroll,
            meal_vouchers=self._vouchers,
            payroll_office=self._office,
            prevention_service=self._prevention,
        )
        return schedule(self.country_in(year), here)

    def colleague_hour(self) -> float:
        """What an hour really worked by the country's marketing colleague costs, in money.

        Pay and charges of a full-time post, over its hours less leave, public holidays and
        sickness.
        """
        value = self.country.value
        hours = float(value("full_time_hours"))
        gross = round(a_month_of(value("colleague_hourly_wage") * hours), 2)
        # An hour's pay is a share of the year's, 13th month included where there is one.
        found = self.schedule(Contract(gross, hours, thirteenth_month=False))
        cost = Payroll(gross, found.amount, found).cost
        there = (1 - planned_absence(self.country)) * (1 - value("sickness"))
        return loaded_hour(cost, hours) / float(there)


def paid_overtime(source: OnPayroll, employer: Employer) -> tuple[Overtime, ...]:
    """Hours a week of a contract that earn a premium above the wage."""
    facts = employer.country.facts
    if not isinstance(source, Employment) or not source.overtime_is_paid:
        return ()
    return overtime(facts, hours_above(facts, source.weekly_hours))


def contract_hours(source: Source, country: Country) -> float:
    """Hours a week that a person's wage pays for: a colleague's is a full post."""
    if source.works_elsewhere:
        return float(country.value("full_time_hours"))
    return source.weekly_hours


def loaded_hour(cost: float, contract: float) -> float:
    """What an hour of somebody on the payroll costs: (pay + charges) / paid hours.

    Args:
        cost: what the person costs a month.
        contract: hours a week that are paid.
    """
    return a_week_of(cost) / contract if contract > 0 else 0.0
