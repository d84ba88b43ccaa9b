"""What the people on the payroll cost their employer a month."""

from math import fsum
from typing import NamedTuple

from cmsource.countries import Country, PayrollLine, Schedule, schedule
from cmsource.countries.working_time import Overtime, hours_above, overtime
from cmsource.results.entry import Detail
from cmsource.scenario.company import Company
from cmsource.scenario.employment import Employment
from cmsource.scenario.on_payroll import OnPayroll
from cmsource.scenario.source import Source


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
        country: its payroll schedule; its parameters stay those of the start, however wages rise.
        company: its size and rates.
    """

    def __init__(self, country: Country, company: Company) -> None:
        self.country = country
        self._size = company.size
        self._mobility = company.given("mobility_rate")
        self._accidents = company.given("work_accident_rate")
        self._insurance = company.given("health_insurance")
        self._apprentices = company.given("apprentices")
        self._payroll = company.given("payroll")

    def month(
        self, source: OnPayroll, index: float = 1.0, served: int = 0, premiums: float = 0.0
    ) -> Payroll:
        """Gross pay and employer charges of one person a month, in money.

        Args:
            source: whom it pays.
            index: how far wages have risen.
            served: whole years on the contract since the start.
            premiums: pay for unusual hours that comes on top of the wage, a month.
        """
        hours = contract_hours(source, self.country)
        wage = hourly_wage(source, self.country, served)
        weekly = hours + sum(part.hours * part.premium for part in paid_overtime(source, self))
        gross = wage * weekly * 52 / 12 * index + premiums
        flat = source.charges if isinstance(source, Employment) else None
        if flat is not None:
            return Payroll(gross, gross * flat)
        if hours <= 0:
            return Payroll(gross, 0.0)
        above = hours_above(self.country.facts, hours) if isinstance(source, Employment) else 0.0
        employment = source.contract_for(gross, hours - above, served)._replace(
            overtime_hours=above,
            overtime_included=True,
            size=self._size,
            mobility_rate=self._mobility,
            work_accident_rate=self._accidents,
            health_insurance=self._insurance,
            apprentice_share=self._apprentices,
            annual_payroll=self._payroll,
        )
        found = schedule(self.country, employment)
        return Payroll(gross, found.amount, found)


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


def hourly_wage(source: OnPayroll, country: Country, served: int = 0) -> float:
    """Gross pay an hour of one person; 0 for no hours.

    Args:
        source: the person.
        country: its laws on pay.
        served: whole years on the contract since the start.
    """
    hours = contract_hours(source, country)
    return source.risen(source.hourly(hours), served, country) if hours > 0 else 0.0


def loaded_hour(cost: float, contract: float) -> float:
    """What an hour of somebody on the payroll costs: (pay + charges) / paid hours.

    Args:
        cost: what the person costs a month.
        contract: hours a week that are paid.
    """
    return cost * 12 / 52 / contract if contract > 0 else 0.0
