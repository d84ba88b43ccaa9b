"""Québec's employer charges against a replayed pay and cases worked by hand."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.countries import Employment, employer_charges, load_country
from cmsource.countries.payroll.ca_qc import health_fund_rate
from cmsource.countries.payroll.terms import cents

QUEBEC = load_country("CA-QC")
QUEBEC_2025 = load_country("CA-QC", datetime.date(2025, 6, 30))


def charges(employment: Employment) -> dict[str, float]:
    """The amounts of the lines by their names."""
    return {line.name: line.amount for line in employer_charges(QUEBEC, employment)}


def test_replayed_pay() -> None:
    """A pay of 1,516.32 on 27 periods, as Revenu Québec's and the CRA's calculators have it."""
    pay = Employment(1516.32, 40, periods=27, annual_payroll=14861.60, work_accident_rate=0.0112)
    lines = charges(pay)
    assert lines["pension plan (RRQ)"] == 87.36
    assert lines["parental insurance (RQAP)"] == 9.13
    assert lines["employment insurance"] == 27.59
    assert lines["health services fund (FSS)"] == 25.02
    assert lines["work accidents (CNESST)"] == 16.98
    assert lines["labour standards"] == 0.91  # 1,516.32 × 0.06 %
    assert len(lines) == 6


def test_fifty_thousand_a_year() -> None:
    """50,000 costs 55,766 a year with a small payroll, by the year and by the month."""
    year = charges(Employment(50000, 40, periods=1))
    assert 50000 + math.fsum(year.values()) == pytest.approx(55765.50, abs=1e-9)
    month = charges(Employment(50000 / 12, 40))
    assert 50000 + 12 * math.fsum(month.values()) == pytest.approx(55766, abs=0.5)


def test_above_every_ceiling() -> None:
    """110,000 a year, worked by hand from the table of 2026."""
    assert charges(Employment(110000, 40, periods=1)) == {
        "pension plan (RRQ)": 4479.30,  # (74,600 − 3,500) × 6.30 %
        "pension plan, second addition (RRQ)": 416.00,  # (85,000 − 74,600) × 4 %
        "parental insurance (RQAP)": 620.06,  # 103,000 × 0.602 %
        "employment insurance": 1253.98,  # 68,900 × 1.30 % × 1.4
        "labour standards": 61.80,
        "health services fund (FSS)": 1815.00,  # no ceiling
        "work accidents (CNESST)": 1586.20,
    }


def test_2025() -> None:
    """50,000 a year in 2025, worked by hand from that year's table."""
    lines = {
        line.name: line.amount
        for line in employer_charges(QUEBEC_2025, Employment(50000, 40, periods=1))
    }
    assert lines == {
        "pension plan (RRQ)": 2976.00,  # 46,500 × 6.40 %
        "parental insurance (RQAP)": 346.00,
        "employment insurance": 917.00,  # 50,000 × 1.31 % × 1.4
        "labour standards": 30.00,
        "health services fund (FSS)": 825.00,
        "work accidents (CNESST)": 770.00,
    }


@pytest.mark.parametrize(
    ("payroll", "rate"),
    [(1, 0.0165), (1e6, 0.0165), (2e6, 0.020338), (7.8e6, 0.0426), (1e9, 0.0426)],
)
def test_health_fund_rate(payroll: float, rate: float) -> None:
    """1.65 %, 4.26 % and the line between: 1.2662 + 0.3838 × 2 = 2.0338 %."""
    assert health_fund_rate(QUEBEC.facts, payroll) == pytest.approx(rate, abs=1e-12)


def test_health_fund_line_meets_its_ends() -> None:
    """The line between the two rates meets both within a thousandth of a point."""
    assert health_fund_rate(QUEBEC.facts, 1e6 + 1) == pytest.approx(0.0165, abs=1e-5)
    assert health_fund_rate(QUEBEC.facts, 7.8e6 - 1) == pytest.approx(0.0426, abs=1e-5)


def test_training_duty_above_two_millions() -> None:
    """1 % of pay, for a payroll above 2 M only."""
    assert "training duty" not in charges(Employment(4000, 40, annual_payroll=2e6))
    assert charges(Employment(4000, 40, annual_payroll=2.1e6))["training duty"] == 40.00


def test_vacation_paid_out() -> None:
    """A fixed-term employee who takes no vacation is paid 4 %, which bears contributions."""
    lines = charges(Employment(4000, 40, "fixed-term", leave_taken=False))
    assert lines["paid leave not taken"] == 160.00
    assert lines["health services fund (FSS)"] == 68.64  # 4,160 × 1.65 %
    taken, permanent = Employment(4000, 40, "fixed-term"), Employment(4000, 40)
    assert charges(taken) == charges(permanent)


def test_overtime() -> None:
    """4 h a week beyond 40 at time and a half: 400 × 1.5."""
    assert charges(Employment(4000, 40, overtime_hours=4))["overtime pay"] == 600.00


def test_health_insurance_only_when_given() -> None:
    """Group insurance is the employer's choice."""
    assert "health insurance" not in charges(Employment(4000, 40))
    assert charges(Employment(4000, 40, health_insurance=55.5))["health insurance"] == 55.50


def test_pay_below_the_exemption() -> None:
    """Up to 3,500 a year nothing goes to the pension plan."""
    assert charges(Employment(291.66, 5))["pension plan (RRQ)"] == 0


@given(
    st.floats(0, 20000),
    st.sampled_from([1, 12, 24, 26, 27, 52]),
    st.floats(0, 1e7),
    st.floats(0, 9),
)
def test_lines(gross: float, periods: int, payroll: float, overtime: float) -> None:
    """Each amount is base × rate to the cent; together they stay under 15.6 %, the sum of rates."""
    terms = Employment(gross, 40, periods=periods, annual_payroll=payroll, overtime_hours=overtime)
    lines = employer_charges(QUEBEC, terms)
    for line in lines:
        assert line.amount == pytest.approx(line.base * line.rate, abs=0.00501)
        assert line.amount == cents(line.amount)
        assert line.amount >= 0
    paid = gross + math.fsum(line.amount for line in lines if line.name == "overtime pay")
    total = math.fsum(line.amount for line in lines if line.name != "overtime pay")
    assert total <= 0.156 * paid + 0.06


@given(st.floats(0, 15000), st.floats(0.01, 500))
def test_better_pay_never_costs_less(gross: float, raised: float) -> None:
    """Charges never fall as pay rises."""
    low = math.fsum(charges(Employment(gross, 40)).values())
    assert math.fsum(charges(Employment(gross + raised, 40)).values()) >= low - 1e-9
