"""What a payroll schedule is asked, and what it answers with."""

from typing import NamedTuple

from cmsource.countries.rules import CONTRACTS

__all__ = ["CONTRACTS", "OVERTIME_PAY", "Employment", "PayrollLine", "Row", "Schedule"]


class Employment(NamedTuple):
    """One person's terms for one pay; None stands for the country's fact.

    Attributes:
        monthly_gross: gross pay of the month (of the pay, when ``periods`` is not 12).
        hours: contract hours a week, without overtime.
        contract: one of :data:`CONTRACTS`.
        size: employees of the company.
        cadre: whether the person has the French executive status.
        leave_taken: whether a fixed-term employee takes the paid leave (else it is paid out).
        mobility_rate: the local mobility contribution, a share of pay.
        work_accident_rate: the employer's own rate, a share of pay.
        health_insurance: the employer's part of the health insurance a month.
        overtime_hours: hours a week beyond the contract, paid on top of ``monthly_gross``.
        overtime_included: whether ``monthly_gross`` holds the pay of these hours already.
        apprentice_level: level of the diploma prepared, 3 to 7: decides the state aid.
        apprentice_year: year of the apprenticeship, from 1.
        apprentice_share: apprentices among the company's employees, a share: companies of 250
            and over with few of them pay a supplement.
        annual_payroll: total pay of the company a year (Québec's health fund depends on it).
        periods: pays a year (France: always 12).
        age: of the person.
        thirteenth_month: whether ``monthly_gross`` is paid 13 times a year.
        meal_vouchers: the employer's part of meal vouchers, a month.
        payroll_office: what an outside payroll office costs for the person, a month.
        prevention_service: what a service for safety at work costs for the person, a month.
    """

    monthly_gross: float
    hours: float
    contract: str = "permanent"
    size: int | None = None
    cadre: bool = False
    leave_taken: bool = True
    mobility_rate: float | None = None
    work_accident_rate: float | None = None
    health_insurance: float | None = None
    overtime_hours: float = 0.0
    overtime_included: bool = False
    apprentice_level: int | None = None
    apprentice_year: int = 1
    apprentice_share: float | None = None
    annual_payroll: float | None = None
    periods: int = 12
    age: int | None = None
    thirteenth_month: bool | None = None
    meal_vouchers: float = 0.0
    payroll_office: float = 0.0
    prevention_service: float = 0.0


OVERTIME_PAY = "overtime pay"
"""The name of lines of pay for hours beyond the contract."""

Row = tuple[str, float, float, str]
"""A line without its amount: name, base, rate and source, as in `PayrollLine`."""


class PayrollLine(NamedTuple):
    """One thing that the employer pays on top of gross pay.

    Attributes:
        name: what it is.
        base: the amount it is computed on, to the cent.
        rate: a share of the base; 1 for a fixed amount; negative for a reduction.
        amount: base × rate, rounded to the cent.
        source: where the rate comes from.
        pay: whether the person is paid it, rather than a fund or an insurer.
    """

    name: str
    base: float
    rate: float
    amount: float
    source: str
    pay: bool = False


def cents(amount: float) -> float:
    """``amount`` to the cent, half to even on its decimal value rather than on its binary one."""
    exact = amount * 100
    whole = round(exact)
    # Only next to a tie does the noise of binary fractions matter; dropping it there takes longer.
    if -0.4999 < exact - whole < 0.4999:
        return whole / 100
    return round(round(exact, 4)) / 100


class Schedule(NamedTuple):
    """What an employer pays on top of gross pay.

    Attributes:
        pay: what the person is paid on top of the gross given.
        charges: everything else, of which only the sum is wanted most of the time.
        annual: both over a year, not rounded, where the law reckons by the year; None where a year
            is so many equal pays.
    """

    pay: tuple[PayrollLine, ...]
    charges: tuple[Row, ...]
    annual: float | None = None

    @property
    def amount(self) -> float:
        """All charges, as the sum of their amounts."""
        return round(sum([cents(base * rate) for _, base, rate, _ in self.charges]), 2)

    @property
    def lines(self) -> tuple[PayrollLine, ...]:
        """Every line, the pay first."""
        return (*self.pay, *[line(*row) for row in self.charges])


def line(name: str, base: float, rate: float, source: str) -> PayrollLine:
    """The line ``name``, with its amount rounded to the cent."""
    return PayrollLine(name, cents(base), rate, cents(base * rate), source)


def pay_line(name: str, base: float, rate: float, source: str) -> PayrollLine:
    """The line ``name`` of something that is paid to the person on top of the gross given."""
    return PayrollLine(name, cents(base), rate, cents(base * rate), source, pay=True)
