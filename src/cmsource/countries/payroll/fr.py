"""Employer contributions in France, private sector, general scheme.

Rates and ceilings are the country's facts (``payroll.…``), with their sources; this module holds
the formulas. Left out: sector agreements, meal vouchers, transport passes, local schemes
(Alsace-Moselle), the smoothing of company-size thresholds over five years, the aid for apprentices
of companies of 250 and over, disability. Hours beyond a part-time contract count as overtime.
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
from cmsource.values.week import WEEKS_A_MONTH

SUPPLEMENT_FROM = 250
"""Employees from which a company with few apprentices pays a supplement."""


def schedule(country: Country, employment: Employment) -> Schedule:
    """What the employer pays a month on top of gross pay.

    Source of the structure: URSSAF's open rules (modele-social 11.1.0), décrets 2025-1446 and
    2026-509 for the general reduction.

    Raises:
        ValueError: for a number of pays a year other than 12.
    """
    if employment.periods != 12:
        raise ValueError("France has 12 pays a year in this schedule")
    facts = country.facts
    size = employment.size
    if size is None:
        size = int(facts["company_size"].value)
    if employment.contract == "intern":
        return Schedule((), _intern(facts, employment, size))
    pay = _extra_pay(facts, employment)
    gross = employment.monthly_gross
    for extra in pay:
        gross += extra.amount
    charges = _contributions(facts, employment, size, gross)
    charges += _cover(facts, employment, size, gross)
    charges += _reductions(facts, employment, size, gross)
    charges += _apprenticeship(facts, employment, size)
    return Schedule(tuple(pay), tuple(charges))


def _ceiling(facts: Mapping[str, Fact], hours: float) -> float:
    """The month's social-security ceiling P, prorated to the contract hours and never above one."""
    full: float = facts["payroll.ceiling"].value
    return cents(full * min(1.0, hours / facts["full_time_hours"].value))


def reduction_coefficient(
    facts: Mapping[str, Fact], gross: float, hours: float, size: int
) -> float:
    """The coefficient C of the general reduction (RGDU), rounded to four decimals.

    C = 0.0200 + T × (½ × (3 × S / G − 1))^1.75, at most 0.0200 + T, zero from G ≥ 3 S, where S is
    the minimum wage of the hours at the January rate (décrets 2025-1446 and 2026-509). Just below
    3 S it is still 0.0200, so charges jump by 2 % of pay there: the law has that step.

    Args:
        facts: of France.
        gross: pay of the month, bonuses included.
        hours: hours a week, overtime included.
        size: employees of the company; T differs from 50.
    """
    minimum = facts["payroll.reduction_minimum_wage"].value * hours * WEEKS_A_MONTH
    limit: float = facts["payroll.reduction_multiple"].value * minimum
    if gross >= limit or gross <= 0:
        return 0.0
    floor: float = facts["payroll.reduction_floor"].value
    key = "payroll.reduction_span_small" if size < 50 else "payroll.reduction_span"
    span: float = facts[key].value
    share = 0.5 * (limit / gross - 1.0)
    if share >= 1.0:
        return round(floor + span, 4)
    # float(): the power of a float is Any to the type checker (it may be complex).
    power = float(share ** facts["payroll.reduction_power"].value)
    return round(floor + span * power, 4)


def _extra_pay(facts: Mapping[str, Fact], employment: Employment) -> list[PayrollLine]:
    """Pay on top of the gross given: overtime, and what the end of a fixed-term contract costs."""
    lines: list[PayrollLine] = []
    gross = employment.monthly_gross
    if not employment.overtime_included:
        hourly = gross / (employment.hours * WEEKS_A_MONTH)
        for hours, premium, source in overtime(facts, employment.overtime_hours):
            base = cents(hourly * hours * WEEKS_A_MONTH)
            lines.append(pay_line(OVERTIME_PAY, base, 1 + premium, source))
            gross += lines[-1].amount
    if employment.contract == "fixed-term":
        bonus = facts["payroll.precarity_bonus"]
        lines.append(pay_line("precarity bonus", cents(gross), bonus.value, bonus.source))
        if not employment.leave_taken:
            gross += lines[-1].amount
            leave = facts["payroll.leave_compensation"]
            lines.append(pay_line("paid leave not taken", cents(gross), leave.value, leave.source))
    return lines


def _contributions(
    facts: Mapping[str, Fact], employment: Employment, size: int, gross: float
) -> list[Row]:
    gross = cents(gross)
    ceiling = _ceiling(facts, employment.hours)
    capped = min(gross, ceiling)
    four = min(gross, cents(4 * ceiling))
    rows = [
        ("health", gross, "payroll.health"),
        ("family", gross, "payroll.family"),
        ("old age up to the ceiling", capped, "payroll.old_age_capped"),
        ("old age on all pay", gross, "payroll.old_age"),
        ("unemployment", four, "payroll.unemployment"),
        ("wage guarantee (AGS)", four, "payroll.wage_guarantee"),
        ("supplementary pension, tranche 1", capped, "payroll.pension_1"),
        ("pension balance (CEG), tranche 1", capped, "payroll.balance_1"),
    ]
    if gross > ceiling:
        eight = min(gross, cents(8 * ceiling))
        upper = cents(eight - ceiling)
        rows += [
            ("supplementary pension, tranche 2", upper, "payroll.pension_2"),
            ("pension balance (CEG), tranche 2", upper, "payroll.balance_2"),
            ("technical balance (CET)", eight, "payroll.technical_balance"),
        ]
    rows += _housing(gross, capped, size)
    rows.append(("autonomy (CSA)", gross, "payroll.autonomy"))
    rows.append(("social dialogue", gross, "payroll.social_dialogue"))
    if employment.contract != "apprentice" or size >= 11:
        training = "payroll.training_small" if size < 11 else "payroll.training"
        rows.append(("training", gross, training))
        rows.append(("apprenticeship tax", gross, "payroll.apprenticeship_tax"))
    if employment.contract == "fixed-term":
        rows.append(("fixed-term training (CPF-CDD)", gross, "payroll.training_fixed_term"))
    if employment.cadre:
        rows.append(("executive employment (APEC)", four, "payroll.executive_employment"))
    charges: list[Row] = []
    for name, base, key in rows:
        rate, source, _, _ = facts[key]
        charges.append((name, base, rate, source))
    charges.append(_work_accidents(facts, employment, gross))
    if size >= 11:
        charges.append(_mobility(facts, employment, gross))
    if size >= SUPPLEMENT_FROM:
        charges += _supplement(facts, employment, gross)
    return charges


def _housing(gross: float, capped: float, size: int) -> list[tuple[str, float, str]]:
    if size < 50:
        return [("housing aid (FNAL)", capped, "payroll.housing_aid_small")]
    return [
        ("housing aid (FNAL)", gross, "payroll.housing_aid"),
        ("housing (PEEC)", gross, "payroll.housing"),
    ]


def _work_accidents(facts: Mapping[str, Fact], employment: Employment, base: float) -> Row:
    rate, source, _, _ = facts["payroll.work_accidents"]
    if employment.work_accident_rate is not None:
        rate, source = employment.work_accident_rate, "given"
    return "work accidents (AT/MP)", base, rate, source


def _mobility(facts: Mapping[str, Fact], employment: Employment, base: float) -> Row:
    rate, source, _, _ = facts["payroll.mobility"]
    if employment.mobility_rate is not None:
        rate, source = employment.mobility_rate, "given"
    return "mobility", base, rate, source


def _supplement(facts: Mapping[str, Fact], employment: Employment, base: float) -> list[Row]:
    _, source, _, _ = fact = facts["payroll.apprenticeship_supplement"]
    share = employment.apprentice_share
    if share is None:
        share, usual, _, _ = facts["payroll.apprentices"]
        source = f"{source}; {usual}"
    for below, rate in fact.value:
        if share < below:
            return [("apprenticeship supplement", base, rate, source)]
    return []


def _cover(facts: Mapping[str, Fact], employment: Employment, size: int, gross: float) -> list[Row]:
    """Insurance that the employer pays, and the social package due on it from 11 employees."""
    premium, source, _, _ = facts["payroll.health_insurance"]
    if employment.health_insurance is not None:
        premium, source = employment.health_insurance, "given"
    cover: list[Row] = [("health insurance", premium, 1, source)]
    if employment.cadre:
        death = facts["payroll.death_cover"]
        base = cents(min(gross, facts["payroll.ceiling"].value))
        cover.append(("death cover", base, death.value, death.source))
    if size >= 11:
        package = facts["payroll.social_package"]
        paid = cents(sum([cents(base * rate) for _, base, rate, _ in cover]))
        cover.append(("social package on cover", paid, package.value, package.source))
    return cover


def _reductions(
    facts: Mapping[str, Fact], employment: Employment, size: int, gross: float
) -> list[Row]:
    lines: list[Row] = []
    hours = employment.hours + employment.overtime_hours
    coefficient = reduction_coefficient(facts, gross, hours, size)
    if coefficient > 0:
        source = facts["payroll.reduction_floor"].source
        lines.append(("general reduction (RGDU)", cents(gross), -coefficient, source))
    if employment.overtime_hours > 0:
        small = size < 20
        key = "payroll.overtime_deduction_small" if small else "payroll.overtime_deduction"
        fact = facts[key]
        month = round(employment.overtime_hours * WEEKS_A_MONTH, 2)
        lines.append(("overtime deduction", month, -fact.value, fact.source))
    return lines


def _apprenticeship(facts: Mapping[str, Fact], employment: Employment, size: int) -> list[Row]:
    """What an apprentice's first year costs and brings beyond pay, a twelfth each month."""
    if employment.contract != "apprentice" or employment.apprentice_year != 1:
        return []
    lines: list[Row] = []
    level = employment.apprentice_level
    share = facts["apprentice_training_share"]
    if level in share.value:
        lines.append(("share of training cost", share.value[level], 1 / 12, share.source))
    aid = facts["apprentice_aid"]
    if size < 250 and level in aid.value:
        lines.append(("state aid for an apprentice", aid.value[level], -1 / 12, aid.source))
    return lines


def _intern(facts: Mapping[str, Fact], employment: Employment, size: int) -> tuple[Row, ...]:
    """An intern: nothing up to the legal gratification, most contributions on what exceeds it."""
    exempt = facts["gratification"].value * employment.hours * WEEKS_A_MONTH
    excess = cents(employment.monthly_gross - exempt)
    if excess <= 0:
        return ()
    capped = min(excess, _ceiling(facts, employment.hours))
    rows = [
        ("health", excess, "payroll.health"),
        ("family", excess, "payroll.family"),
        ("old age up to the ceiling", capped, "payroll.old_age_capped"),
        ("old age on all pay", excess, "payroll.old_age"),
        ("autonomy (CSA)", excess, "payroll.autonomy"),
        ("training", excess, "payroll.training_small" if size < 11 else "payroll.training"),
        ("apprenticeship tax", excess, "payroll.apprenticeship_tax"),
    ]
    rows += _housing(excess, capped, size)
    lines = [(name, base, facts[key].value, facts[key].source) for name, base, key in rows]
    lines.append(_work_accidents(facts, employment, excess))
    if size >= 11:
        lines.append(_mobility(facts, employment, excess))
    return tuple(lines)
