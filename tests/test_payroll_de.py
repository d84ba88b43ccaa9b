"""Germany: employer cost against gettsim, published examples, and the edges of each regime."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource.analysis.employer import EmployerCost
from cmsource.values.diagnostics import ScenarioError
from payrolls import month, year

BRANCHES = ("pension (RV)", "unemployment (ALV)", "health (KV)", "care (PV)")
MINIJOB = ("health (Minijob)", "pension (Minijob)")
CENT = 0.0101


def cost(monthly: float, **terms: Any) -> EmployerCost:  # noqa: ANN401 - as employer_cost takes them
    """The cost of a month's pay; hours that keep to the minimum wage."""
    hours = min(40.0, monthly / 14 * 12 / 52)
    return payrolls.cost("DE", **{"monthly_gross": monthly, "hours": hours, **terms})


@pytest.mark.parametrize(
    ("annual", "branches", "total"),
    [
        # gettsim 1.3.1, 2026-07-01, age 35, not Saxony; U3, U2 0.45 % and VBG 0.29 % added by hand
        (28_912, (2_688.82, 375.86, 2_529.80, 520.42), 35_284.20),
        (35_000, (3_255.00, 455.00, 3_062.50, 630.00), 42_714.00),
        (80_000, (7_440.00, 1_040.00, 6_103.13, 1_255.50), 96_550.63),
    ],
)
def test_reference_years(annual: float, branches: tuple[float, ...], total: float) -> None:
    """The four branches as gettsim has them, and 0.89 % more of levies."""
    found = payrolls.cost("DE", annual_gross=annual)
    assert found.annual == pytest.approx(total, abs=CENT)
    for name, amount in zip(BRANCHES, branches, strict=True):
        assert year(found, name) == pytest.approx(amount, abs=0.06)


@pytest.mark.parametrize(
    ("monthly", "employer"),
    [
        (450, 126.00),  # a Minijob: 28 %
        (603, 168.84),
        (700, 186.48),  # a Midijob
        (1_000, 241.06),  # so says the formula of haufe.de too
        (1_500, 332.03),
        (2_000, 423.00),
        (5_812.50, 1_229.34),
    ],
)
def test_reference_months(monthly: float, employer: float) -> None:
    """The four branches together, as gettsim has them."""
    found = cost(monthly)
    assert month(found, *BRANCHES, *MINIJOB) == pytest.approx(employer, abs=0.02)


@pytest.mark.parametrize(
    ("monthly", "shares"),
    [
        # steuertipps.de, employee's shares, which are the employer's too; care without the
        # surcharge of the childless: 1.8 % of 5,812.50
        (6_000, (558.00, 78.00, 508.59, 104.63)),
        (9_000, (785.85, 109.85, 508.59, 104.63)),
    ],
)
def test_published_shares(monthly: float, shares: tuple[float, ...]) -> None:
    """Ceilings of 8,450 and 5,812.50 a month."""
    for name, amount in zip(BRANCHES, shares, strict=True):
        assert month(cost(monthly), name) == pytest.approx(amount, abs=CENT)


def test_a_published_minijob() -> None:
    """550 in 2026: 71.50 + 82.50 + 11.00 + 4.40 + 1.21 + 0.83 = 171.44 (minijobs-aktuell.de)."""
    found = cost(550, size=10, work_accident_rate=0)
    assert found.total - 550 == pytest.approx(171.44, abs=CENT)
    assert month(found, *MINIJOB) == 154.00
    assert month(found, "flat tax (Minijob)") == 11.00
    assert month(found, "sick-pay levy (U1, Minijob)") == 4.40
    assert month(found, "maternity levy (U2, Minijob)") == 1.21
    assert month(found, "insolvency levy (U3)") == pytest.approx(0.83, abs=CENT)


def test_603_is_still_a_minijob() -> None:
    """31.17 % of 603 are 188 (getminijob.de); a cent more is insured as any job is."""
    found = cost(603, size=10, work_accident_rate=0)
    assert found.total - 603 == pytest.approx(187.96, abs=CENT)
    assert month(cost(603.01), *MINIJOB) == 0


def test_the_flat_shares_of_a_full_wage() -> None:
    """21.15 % of the four branches, U3 0.15, U2 0.45, VBG 0.29: 22.04 % of pay."""
    found = cost(4_000)
    assert found.total - 4_000 == pytest.approx(0.2204 * 4_000, abs=CENT)


def test_sick_pay_levy_only_in_small_companies() -> None:
    """U1 is due up to 30 employees; what it refunds is counted up to what it costs."""
    assert month(cost(4_000, size=30), "sick-pay levy (U1)") == 88.00
    assert month(cost(4_000, size=30), "sick pay refunded (U1)") == -88.00
    assert month(cost(4_000, size=31), "sick-pay levy (U1)") == 0


def test_saxony() -> None:
    """There the employer's share of care is 1.3 %, by whatever name it is called."""
    for name in ("SN", "Sachsen", "Saxony", "saxe"):
        assert month(cost(4_000, region=name), "care (PV)") == 52.00
    assert month(cost(4_000, region="Bavaria"), "care (PV)") == 72.00


@pytest.mark.parametrize(("day", "least"), [("2026-12-31", 13.90), ("2027-01-01", 14.60)])
def test_minimum_wage(day: str, least: float) -> None:
    """BGBl. 2025 I 268."""
    terms = {"start": datetime.date.fromisoformat(day)}
    assert payrolls.cost("DE", hourly_gross=least, **terms).gross > 0
    with pytest.raises(ScenarioError) as caught:
        payrolls.cost("DE", hourly_gross=least - 0.01, **terms)
    assert [found.code for found in caught.value.diagnostics] == ["E304"]


@given(st.floats(604, 20_000), st.floats(0, 5_000))
def test_more_pay_costs_more(monthly: float, more: float) -> None:
    """Beyond a Minijob a euro of pay costs from 1 to 1.2204 euros more."""
    difference = cost(monthly + more, hours=1).annual - cost(monthly, hours=1).annual
    assert 12 * more - 0.02 <= difference <= 12 * 1.2204 * more + 0.02
