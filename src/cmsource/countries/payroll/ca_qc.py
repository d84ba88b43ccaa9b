"""Employer contributions in Québec.

Rates, ceilings and exemptions are the country's facts (``payroll.…``), with their sources; this
module holds the formulas. Yearly ceilings and exemptions are spread evenly over the pays of the
year, so a pay costs the same in January as in December. Left out: collective agreements, group
insurance, tax credits, the work of those under 18 or over 65.
"""

from collections.abc import Mapping

from cmsource.countries.country import Country, Fact
from cmsource.countries.payroll.terms import (
    OVERTIME_PAY,
    Employment,
    PayrollLine,
    Row,
    Schedule,
    cents,
    pay_line,
)
from cmsource.countries.working_time import overtime


def schedule(country: Country, employment: Employment) -> Schedule:
    """What the employer pays on top of one pay.

    Source of the structure: Revenu Québec's guide for employers (TP-1015.G) and canada.ca for
    employment insurance. An intern who is paid is an employee; a fixed-term contract costs what a
    permanent one does, but for vacation that is paid out when it is not taken.
    """
    facts = country.facts
    periods = employment.periods
    pay = _extra_pay(facts, employment)
    gross = employment.monthly_gross
    for extra in pay:
        gross += extra.amount
    gross = cents(gross)

    def between(low: float, high: float) -> float:
        """The part of the pay between two yearly amounts."""
        return cents(max(0.0, min(gross, high / periods) - low / periods))

    exemption = facts["payroll.pension_exemption"].value
    ceiling = facts["payroll.pension_ceiling"].value
    second = between(ceiling, facts["payroll.pension_second_ceiling"].value)
    insured = between(0, facts["payroll.insurable_ceiling"].value)
    rows = [("pension plan (RRQ)", between(exemption, ceiling), "payroll.pension")]
    if second > 0:
        rows.append(("pension plan, second addition (RRQ)", second, "payroll.pension_second"))
    # The employee's premium is rounded first: that is the amount the employer's is a multiple of.
    employed = between(0, facts["payroll.employment_insurance_ceiling"].value)
    premium = cents(employed * facts["payroll.employment_insurance"].value)
    rows += [
        ("parental insurance (RQAP)", insured, "payroll.parental_insurance"),
        ("employment insurance", premium, "payroll.employment_insurance_multiple"),
        ("labour standards", insured, "payroll.labour_standards"),
    ]
    charges: list[Row] = []
    for name, base, key in rows:
        rate, source, _, _ = facts[key]
        charges.append((name, base, rate, source))
    charges.append(_health_fund(facts, employment, gross))
    rate, source, _, _ = facts["payroll.work_accidents"]
    if employment.work_accident_rate is not None:
        rate, source = employment.work_accident_rate, "given"
    charges.append(("work accidents (CNESST)", insured, rate, source))
    if _annual_payroll(facts, employment) > facts["payroll.training_payroll_above"].value:
        training = facts["payroll.training"]
        charges.append(("training duty", gross, training.value, training.source))
    if employment.health_insurance:
        charges.append(("health insurance", employment.health_insurance, 1, "given"))
    return Schedule(tuple(pay), tuple(charges))


def health_fund_rate(facts: Mapping[str, Fact], annual_payroll: float) -> float:
    """The rate of the health services fund (FSS) for a company of services, by its total payroll.

    1.65 % up to 1 M; 1.2662 + 0.3838 × payroll in M % between; 4.26 % from 7.8 M (Revenu Québec).
    """
    low, low_rate, high, high_rate, constant, slope = facts["payroll.health_fund"].value
    if annual_payroll <= low:
        return float(low_rate)
    if annual_payroll >= high:
        return float(high_rate)
    return float(constant + slope * annual_payroll / 1_000_000)


def _annual_payroll(facts: Mapping[str, Fact], employment: Employment) -> float:
    if employment.annual_payroll is not None:
        return employment.annual_payroll
    return float(facts["payroll.annual_payroll"].value)


def _health_fund(facts: Mapping[str, Fact], employment: Employment, gross: float) -> Row:
    rate = health_fund_rate(facts, _annual_payroll(facts, employment))
    return "health services fund (FSS)", gross, rate, facts["payroll.health_fund"].source


def _extra_pay(facts: Mapping[str, Fact], employment: Employment) -> list[PayrollLine]:
    """Pay on top of the gross given: overtime, and vacation that was not taken."""
    lines: list[PayrollLine] = []
    gross = employment.monthly_gross
    if not employment.overtime_included:
        for hours, premium, source in overtime(facts, employment.overtime_hours):
            # The weeks of the pay cancel out: overtime is a share of the contract hours.
            base = cents(employment.monthly_gross * hours / employment.hours)
            lines.append(pay_line(OVERTIME_PAY, base, 1 + premium, source))
            gross += lines[-1].amount
    if employment.contract == "fixed-term" and not employment.leave_taken:
        leave = facts["payroll.leave_compensation"]
        lines.append(pay_line("paid leave not taken", cents(gross), leave.value, leave.source))
    return lines
