"""Luxembourg: employer cost against months worked by hand from the published rates and ceilings."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource.analysis.employer import EmployerCost
from cmsource.countries import load_country
from cmsource.values.diagnostics import ScenarioError
from payrolls import month


def cost(monthly: float, **terms: Any) -> EmployerCost:  # noqa: ANN401 - as employer_cost takes them
    """The cost of a month's pay for 40 h a week."""
    return payrolls.cost("LU", **{"monthly_gross": monthly, "hours": 40, **terms})


@pytest.mark.parametrize(
    ("monthly", "lines", "total"),
    [
        # 8.50, 2.80 + 0.25, 0.95, 0.65 and 0.14 %, each rounded
        (3_325.59, (282.68, 101.43, 31.59, 21.62, 4.66), 3_767.57),
        (5_000, (425.00, 152.50, 47.50, 32.50, 7.00), 5_664.50),
        (9_000, (765.00, 274.50, 85.50, 58.50, 12.60), 10_196.10),
    ],
)
def test_months(monthly: float, lines: tuple[float, ...], total: float) -> None:
    """Class 2 of the Mutualité, since June 2026."""
    found = cost(monthly)
    health = ("health, care", "health, sick pay")
    names = (
        ("pension",),
        health,
        ("mutuality of employers",),
        ("work accidents",),
        ("health at work",),
    )
    assert [month(found, *each) for each in names] == list(lines)
    assert found.total == total


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        # 13,518.68 until May; 8.50 % of 13,856.63 are 1,177.81 from June on
        ("2026-05-31", (1_149.09, 412.32, 128.43, 87.87, 18.93)),
        ("2026-06-01", (1_177.81, 422.63, 131.64, 90.07, 19.40)),
    ],
)
def test_ceilings(day: str, lines: tuple[float, ...]) -> None:
    """Nothing is due above the ceiling of the month."""
    found = cost(20_000, start=datetime.date.fromisoformat(day))
    kind, cash = (month(found, name) for name in ("health, care", "health, sick pay"))
    rest = [
        month(found, name)
        for name in ("mutuality of employers", "work accidents", "health at work")
    ]
    assert [month(found, "pension"), round(kind + cash, 2), *rest] == pytest.approx(lines)


def test_a_year_with_a_thirteenth_month() -> None:
    """12 x 4,531.60 + 4,000 + 340 + 112 + 38 + 26 + 5.60: no sick pay insurance on the bonus."""
    found = cost(4_000, thirteenth_month=True)
    assert found.annual == 58_900.80
    assert cost(4_000).annual == 54_379.20  # 12 x 4,531.60
    assert cost(4_000).total == 4_531.60


def test_the_formula_on_the_parameters_of_2020() -> None:
    """Pension 8, health 3.05, class 2 1.07, accidents 0.75, health at work 0.10: 12.97 % (FEDIL).

    In 2026 the same formula gives 13.29 % of 4,000: 531.60; with accidents at 0.75 % 4 more.
    """
    assert cost(4_000).total - 4_000 == pytest.approx(0.1329 * 4_000)
    assert cost(4_000, work_accident_rate=0.0075).total - cost(4_000).total == pytest.approx(4)


@pytest.mark.parametrize(("day", "monthly"), [("2026-05-31", 2_703.74), ("2026-06-01", 2_771.33)])
def test_minimum_wage(day: str, monthly: float) -> None:
    """2,703.74 x 992.24 / 968.04 = 2,771.33, for 40 h a week."""
    start = datetime.date.fromisoformat(day)
    assert cost(monthly, start=start).gross == monthly
    with pytest.raises(ScenarioError) as caught:
        cost(monthly - 2, start=start)
    assert [found.code for found in caught.value.diagnostics] == ["E304"]


def test_the_minimum_of_qualified_staff() -> None:
    """A fifth more: 3,325.59 a month."""
    hourly = load_country("LU").value("minimum_wage_qualified")
    assert hourly * 40 * 52 / 12 == pytest.approx(3_325.59, abs=0.1)


@given(st.floats(2_800, 30_000), st.floats(0, 3_000))
def test_more_pay_costs_more(monthly: float, more: float) -> None:
    """A euro costs from 1 to 1.1329 euros more, and 1 above the ceiling."""
    difference = cost(monthly + more).annual - cost(monthly).annual
    assert 12 * more - 0.02 <= difference <= 12 * 1.1329 * more + 0.02
    if monthly > 13_857:
        assert difference == pytest.approx(12 * more, abs=0.02)
