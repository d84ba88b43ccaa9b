"""United States: employer cost against policyengine-us, published examples, and state by state."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource.analysis.employer import EmployerCost
from cmsource.values.diagnostics import ScenarioError
from payrolls import year


def cost(annual: float, region: str | None = None, **terms: Any) -> EmployerCost:  # noqa: ANN401
    """The cost of a year's pay without workers' compensation, as the reference cases have it."""
    given = {"annual_gross": annual, "region": region, "work_accident_rate": 0.0}
    return payrolls.cost("US", **{**given, **terms})


@pytest.mark.parametrize(
    ("region", "annual", "total"),
    [
        # policyengine-us 2.68.0, 2026, age 30, one job; a full-time minimum wage, 50,000, 120,000
        ("TX", 15_080, 16_518.62),
        ("TX", 25_000, 27_197.50),
        ("TX", 50_000, 54_110.00),
        ("TX", 120_000, 129_465.00),
        ("FL", 31_200, 33_817.80),
        ("FL", 50_000, 54_056.00),
        ("FL", 120_000, 129_411.00),
        # the same with a FUTA of 2.1 % where the engine keeps 1.8 %: 21 more
        ("CA", 35_152, 38_212.13 + 21),
        ("CA", 50_000, 54_196.00 + 21),
        ("CA", 120_000, 129_551.00 + 21),
        # 4.1 % of 17,600 where the engine still has 3.4 % of 12,500
        ("NY", 35_360, 38_828.64),
        ("NY", 50_000, 54_588.60),
        ("NY", 120_000, 129_943.60),
    ],
)
def test_reference_cases(region: str, annual: float, total: float) -> None:
    """Social Security, Medicare, federal and state unemployment, and what a state adds."""
    assert cost(annual, region).annual == pytest.approx(total, abs=0.006)


def test_social_security_and_medicare() -> None:
    """50,000: 3,100 + 725 = 3,825, policyengine-us's own test; 120,000: 7,440 and 1,740."""
    found = cost(50_000)
    assert year(found, "Social Security", "Medicare") == pytest.approx(3_825, abs=0.02)
    found = cost(120_000)
    assert year(found, "Social Security") == pytest.approx(7_440, abs=0.01)
    assert year(found, "Medicare") == pytest.approx(1_740, abs=0.01)


def test_ceilings_of_social_security() -> None:
    """6.2 % of 184,500 are 11,439 in 2026, of 192,300 11,922.60 in 2027."""
    assert year(cost(200_000), "Social Security") == pytest.approx(11_439, abs=0.01)
    later = cost(200_000, start=datetime.date(2027, 1, 1))
    assert year(later, "Social Security") == pytest.approx(11_922.60, abs=0.01)


def test_federal_unemployment() -> None:
    """42 a year; 147 in California at 2.1 % (American Staffing Association)."""
    names = ("federal unemployment tax (FUTA)", "FUTA credit reduction")
    assert year(cost(50_000), *names) == pytest.approx(42, abs=0.01)
    assert year(cost(50_000, "CA"), *names) == pytest.approx(147, abs=0.01)


@pytest.mark.parametrize(
    ("region", "amount"),
    [("CA", 238), ("TX", 243), ("NY", 721.60), ("FL", 189), (None, 270), ("Ohio", 270)],
)
def test_state_unemployment(region: str | None, amount: float) -> None:
    """A new employer's rate of the state's base; elsewhere a guess, 2.7 % of 10,000."""
    assert year(cost(50_000, region), "state unemployment") == pytest.approx(amount, abs=0.1)


def test_commuter_tax_of_new_york() -> None:
    """By the payroll of a quarter: 0.60 % from 437,500 on in the city, 0.34 % around it."""
    name = "commuter transportation tax (MCTMT)"
    quarter = {"company_payroll": 4 * 500_000}
    assert year(cost(60_000, "New York City", **quarter), name) == pytest.approx(360, abs=0.1)
    assert year(cost(60_000, "Long Island", **quarter), name) == pytest.approx(204, abs=0.1)
    assert year(cost(60_000, "NY", **quarter), name) == 0
    assert year(cost(60_000, "NYC", company_payroll=4 * 312_500), name) == 0


def test_workers_compensation_is_a_preset() -> None:
    """0.25 % of pay unless given, 0.5 % in California."""
    preset = {"annual_gross": 80_000}
    assert payrolls.cost("US", region="FL", **preset).annual == pytest.approx(86_351 + 200)
    found = payrolls.cost("US", region="CA", **preset)
    assert year(found, "workers' compensation") == pytest.approx(400, abs=0.1)


@pytest.mark.parametrize(
    ("region", "day", "least"),
    [
        ("FL", "2026-09-29", 14.00),
        ("FL", "2026-09-30", 15.00),
        ("CA", "2026-01-01", 16.90),
        ("NY", "2026-01-01", 16.00),
        ("NYC", "2026-01-01", 17.00),
        ("TX", "2026-01-01", 7.25),
        (None, "2026-01-01", 7.25),
    ],
)
def test_minimum_wages(region: str | None, day: str, least: float) -> None:
    """By state and day."""
    terms = {"start": datetime.date.fromisoformat(day), "region": region}
    assert payrolls.cost("US", hourly_gross=least, **terms).gross > 0
    with pytest.raises(ScenarioError) as caught:
        payrolls.cost("US", hourly_gross=least - 0.01, **terms)
    assert [found.code for found in caught.value.diagnostics] == ["E304"]


def test_an_unknown_state() -> None:
    """The error names it, and what comes near."""
    with pytest.raises(ScenarioError) as caught:
        cost(50_000, "Texass")
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("E208", "did you mean `Texas`?")


@given(st.sampled_from([None, "CA", "TX", "NY", "FL"]), st.floats(36_000, 400_000))
def test_a_dollar_more_costs_at_most_its_taxes(region: str | None, annual: float) -> None:
    """Beyond the bases of unemployment only 7.65 % are left, and 1.45 % above the ceiling."""
    difference = cost(annual + 1_000, region).annual - cost(annual, region).annual
    assert 1_014.5 - 0.02 <= difference <= 1_076.5 + 0.02
