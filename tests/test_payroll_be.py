"""Belgium, joint committee 200: employer cost against payroll offices, and years worked by hand."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource.analysis.employer import EmployerCost
from cmsource.countries import load_country
from cmsource.countries.payroll.be import structural_reduction
from cmsource.values.diagnostics import ScenarioError
from payrolls import month, year

BASE, REDUCTION = "base contribution and wage moderation (ONSS)", "structural reduction"
SPECIAL = (
    "closure fund",
    "closure fund, special",
    "unemployment",
    "temporary unemployment",
    "work accidents, special",
    "asbestos fund",
)
FUND = "Social Fund 200"
JULY = datetime.date(2026, 7, 1)


def cost(monthly: float, **terms: Any) -> EmployerCost:  # noqa: ANN401 - as employer_cost takes them
    """The cost of a month's pay for 38 h a week under the rules of July 2026."""
    given = {"monthly_gross": monthly, "hours": 38, "size": 15, "start": JULY}
    return payrolls.cost("BE", **{**given, **terms})


def plain(monthly: float, **terms: Any) -> EmployerCost:  # noqa: ANN401 - as employer_cost takes them
    """The same without a bonus, a premium or double holiday pay: every month is the same."""
    return cost(monthly, **{"contract": "intern", "work_accident_rate": 0.0, **terms})


@pytest.mark.parametrize(
    ("day", "wage", "reduction"),
    [
        # Group S: 2,276.51 x 65 / 21 (3.10) in May with 0.15, and 2,257 x 65 / 22 (2.95) in October
        (datetime.date(2026, 3, 31), 7_057.18, 989.69),
        (datetime.date(2026, 10, 1), 6_658.15, 1_196.94),
        # 0.14 x (11,687.74 - 9,900) = 250.28; nothing from 11,687.74 on
        (JULY, 9_900.00, 250.28),
        (JULY, 11_687.74, 0.0),
        (JULY, 11_687.00, 0.10),
    ],
)
def test_structural_reduction(day: datetime.date, wage: float, reduction: float) -> None:
    """0.14 and 0.15, later 0.16, of what lacks to two limits, each rounded."""
    assert structural_reduction(load_country("BE", day).facts, wage) == reduction


def test_structural_reduction_in_may() -> None:
    """With the 0.16 that the royal decree asks for from April: a third of it is 338.20."""
    facts = load_country("BE", datetime.date(2026, 5, 1)).facts
    assert structural_reduction(facts, 7_057.18) / 3 == pytest.approx(338.20, abs=0.005)


@pytest.mark.parametrize(
    ("part", "counted"),
    [
        (0.8, 1.0),  # 0.8 x 1 / 0.8
        (0.55, 0.55 * 1.18),
        (0.675, 0.675 * (1.18 + 0.28 * 0.125)),
        (0.5, 0.5 * 1.18),
        (0.25, 0.0),
    ],
)
def test_structural_reduction_of_part_time(part: float, counted: float) -> None:
    """As for a full post of 9,000: 0.14 x 2,687.74 + 0.16 x 738.14 = 376.28 + 118.10."""
    facts = load_country("BE", JULY).facts
    wage = 9_000 / round(1 / part, 2)
    expected = (376.28 + 118.10) * counted
    assert structural_reduction(facts, wage, part) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    ("monthly", "base", "special", "fund", "reduction"),
    [
        (2_242.81, 560.70, (12.78, 50.68, 51.80), 5.16, -391.95),
        (3_300, 825.00, (18.81, 74.58, 76.23), 7.59, -83.43),
        (5_000, 1_250.00, (28.50, 113.00, 115.50), 11.50, 0),
    ],
)
def test_a_month_of_the_third_quarter(
    monthly: float, base: float, special: tuple[float, ...], fund: float, reduction: float
) -> None:
    """Under 10, from 10 and from 20 workers; the asbestos fund over the year, 3 of 4 quarters."""
    for size, amount in zip((5, 15, 25), special, strict=True):
        found = plain(monthly, size=size)
        assert month(found, BASE) == pytest.approx(base, abs=0.0101)
        assert month(found, *SPECIAL) == pytest.approx(amount - 0.0001 * monthly / 4, abs=0.03)
        assert month(found, FUND) == pytest.approx(fund, abs=0.0051)
        assert month(found, REDUCTION) == pytest.approx(reduction, abs=0.0051)


@pytest.mark.parametrize(
    ("monthly", "base", "fund"),
    [(2_242.81, 560.70, 5.16), (2_875.48, 718.87, 6.61), (2_350, 587.50, 5.41)],
)
def test_published_contributions(monthly: float, base: float, fund: float) -> None:
    """25 % and the Social Fund's 0.23 % of three wages of the scale."""
    assert month(plain(monthly), BASE) == pytest.approx(base, abs=0.0051)
    assert month(plain(monthly), FUND) == pytest.approx(fund, abs=0.0101)


@pytest.mark.parametrize(
    ("monthly", "annual"), [(2_242.81, 36_063.09), (3_300, 57_824.84), (5_000, 88_334.28)]
)
def test_whole_years(monthly: float, annual: float) -> None:
    """13 M + 330.84 + 0.92 M + 250, contributions, reductions of four quarters, insurance."""
    found = cost(monthly)
    assert found.annual == pytest.approx(annual, abs=0.011)
    assert found.total == pytest.approx(annual / 12, abs=0.05)


def test_a_flat_quarter_misses_a_seventh() -> None:
    """3,300 a month cost 1.46 times twelve months; 1.25 times would be a seventh too little."""
    annual = cost(3_300).annual
    assert annual / (12 * 3_300) == pytest.approx(1.46, abs=0.005)
    assert 1 - 1.25 * 12 * 3_300 / annual == pytest.approx(1 / 7, abs=0.005)


def test_pay_beyond_the_month() -> None:
    """A month in December, 92 % of one in summer, 330.84 in June, eco-vouchers of 250."""
    found = cost(3_000)
    assert year(found, "year-end bonus") == pytest.approx(3_000)
    assert year(found, "double holiday pay") == pytest.approx(2_760)
    assert year(found, "annual premium") == pytest.approx(330.84, abs=0.06)
    assert year(found, "eco-vouchers") == pytest.approx(250, abs=0.06)


def test_part_time_bonuses() -> None:
    """Half of the premium; 150 of eco-vouchers."""
    found = cost(1_650, hours=19)
    assert year(found, "annual premium") == pytest.approx(165.42, abs=0.06)
    assert year(found, "eco-vouchers") == pytest.approx(150, abs=0.06)


def test_the_first_worker() -> None:
    """A quarter of 9,900: 2,475.00 - 250.28 - 2,000 = 224.72 are left."""
    found = plain(3_300, size=1)
    left = year(found, BASE, REDUCTION, "first hire") / 4
    assert left == pytest.approx(224.72, abs=0.03)
    assert month(plain(3_300, size=2), "first hire") == 0
    assert year(plain(2_300, size=1), BASE, REDUCTION, "first hire") == pytest.approx(0, abs=0.2)


def test_the_cap_of_high_wages() -> None:
    """46,439.63 a month: 2 quarters at 25 % of 86,700 and 2 of 88,434 are 87,567."""
    spring = year(plain(46_439.63, start=datetime.date(2026, 4, 1)), BASE)
    summer = year(plain(46_439.63), BASE)
    assert (spring + summer) / 2 == pytest.approx(87_567, abs=0.2)


def test_nothing_else_unless_given() -> None:
    """Meal vouchers, a payroll office and a prevention service cost nothing by themselves."""
    more = {"meal_vouchers": 150.0, "payroll_office": 20.0, "prevention_service": 8.0}
    assert cost(3_000, **more).annual - cost(3_000).annual == pytest.approx(12 * 178)


@pytest.mark.parametrize(("day", "monthly"), [("2026-04-01", 2_189.81), ("2026-07-01", 2_233.61)])
def test_minimum_income(day: str, monthly: float) -> None:
    """CNT, for 38 h a week."""
    start = datetime.date.fromisoformat(day)
    assert cost(monthly, start=start).gross == monthly
    with pytest.raises(ScenarioError) as caught:
        cost(monthly - 2, start=start)
    assert [found.code for found in caught.value.diagnostics] == ["E304"]


@given(st.floats(2_250, 20_000), st.floats(1, 2_000))
def test_more_pay_costs_more(monthly: float, more: float) -> None:
    """The reduction shrinks by at most 0.30 of a wage that rises, and never more."""
    difference = cost(monthly + more).annual - cost(monthly).annual
    most = 13.92 + 13 * (0.25 + 0.0254 + 0.003) + 13 * 0.30
    assert 13.92 * more <= difference <= most * more + 0.1
