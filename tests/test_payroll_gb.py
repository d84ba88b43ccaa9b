"""United Kingdom: employer cost against worked cases, published examples and the law's edges."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource.analysis.employer import EmployerCost
from cmsource.values.diagnostics import ScenarioError
from payrolls import year

INSURANCE, PENSION, LEVY = "National Insurance", "workplace pension", "Apprenticeship Levy"


def cost(annual: float, **terms: Any) -> EmployerCost:  # noqa: ANN401 - as employer_cost takes them
    """The cost of a year's pay in a company that has used up its Employment Allowance."""
    return payrolls.cost("GB", **{"annual_gross": annual, "size": 30, **terms})


@pytest.mark.parametrize(
    ("annual", "insurance", "pension", "total"),
    [
        # policyengine-uk 2.162.10, year 2026, age 30 (National Insurance); 3 % of 6,240 to 50,270
        (24_784.50, 2_967.68, 556.34, 28_308.51),
        (35_000, 4_500.00, 862.80, 40_362.80),
        (80_000, 11_250.00, 1_320.90, 92_570.90),
    ],
)
def test_reference_cases(annual: float, insurance: float, pension: float, total: float) -> None:
    """National Insurance as policyengine-uk has it, the least pension worked by hand."""
    found = cost(annual)
    assert year(found, INSURANCE) == pytest.approx(insurance, abs=0.06)  # bases in whole pence
    assert year(found, PENSION) == pytest.approx(pension, abs=0.06)
    assert found.annual == total
    assert found.total == pytest.approx(total / 12, abs=0.02)


@pytest.mark.parametrize(
    ("annual", "insurance"),
    [
        # employercalculator.co.uk, 52,000; calculatesalary.uk, the others (of 2025-26)
        (52_000, 7_050),
        (50_000, 6_750),
        (25_000, 3_000),
        (30_000, 3_750),
        (100_000, 14_250),
    ],
)
def test_published_examples(annual: float, insurance: float) -> None:
    """15 % of what exceeds 5,000."""
    assert year(cost(annual), INSURANCE) == pytest.approx(insurance, abs=0.06)


def test_the_legal_pension_is_of_a_band() -> None:
    """3 % of 43,760 are 1,312.80, not 1,500; of 44,030 1,320.90 (employercalculator: 1,321)."""
    assert year(cost(50_000), PENSION) == pytest.approx(1_312.80, abs=0.06)
    assert year(cost(52_000), PENSION) == pytest.approx(1_320.90, abs=0.06)


def test_the_young() -> None:
    """Under 21 nothing is due up to 50,270; nobody is enrolled before 22."""
    assert cost(35_000, age=20).annual == 35_000
    assert year(cost(60_000, age=20), INSURANCE) == pytest.approx(1_459.50, abs=0.06)
    assert cost(35_000, age=21).annual == 39_500  # 35,000 + 4,500
    assert cost(35_000, age=22).annual == 40_362.80


def test_apprentices_under_25() -> None:
    """Nothing up to 50,270 either."""
    apprentice = {"contract": "apprentice", "year": 1}
    assert year(cost(30_000, age=24, **apprentice), "National Insurance (apprentice)") == 0
    found = year(cost(30_000, age=25, **apprentice), "National Insurance (apprentice)")
    assert found == pytest.approx(3_750, abs=0.06)


def test_employment_allowance() -> None:
    """10,500 a company: nothing left to pay for the first two on 35,000, 3,000 for the third."""
    paid = [
        year(cost(35_000, size=size), INSURANCE)
        + year(cost(35_000, size=size), "Employment Allowance")
        for size in (1, 2, 3, 4)
    ]
    assert paid == pytest.approx([0, 0, 3_000, 4_500], abs=0.06)
    assert sum(paid[:3]) == pytest.approx(3 * 4_500 - 10_500, abs=0.2)


def test_no_duty_to_enrol() -> None:
    """At 9,999 a year, and at 10,000; from 10,000.01 on 3 % of what exceeds 6,240."""
    for annual in (9_999, 10_000):
        assert year(cost(annual, hours=12), PENSION) == 0
    assert year(cost(10_001, hours=12), PENSION) == pytest.approx(112.83, abs=0.06)


def test_half_time() -> None:
    """The 5,000 are not prorated: 17,500 costs 1,875 and 337.80 more."""
    assert cost(17_500, hours=18.75).annual == 19_712.80


@pytest.mark.parametrize(("annual", "levy"), [(24_784.50, 123.92), (35_000, 175), (80_000, 400)])
def test_apprenticeship_levy(annual: float, levy: float) -> None:
    """0.5 % of pay above a pay bill of 3,000,000, where it is nil (willowfinancial.co.uk)."""
    more = cost(annual, company_payroll=3_000_001).annual - cost(annual).annual
    assert more == pytest.approx(levy, abs=0.01)
    assert cost(annual, company_payroll=3_000_000).annual == cost(annual).annual


@pytest.mark.parametrize(
    ("day", "age", "least"),
    [
        ("2026-03-31", None, 12.21),
        ("2026-04-01", None, 12.71),
        ("2026-04-01", 20, 10.85),
        ("2026-04-01", 17, 8.00),
    ],
)
def test_minimum_wage(day: str, age: int | None, least: float) -> None:
    """SI 2025/401 and SI 2026/357, by day and age; 12.71 at 37.5 h is 24,784.50 a year."""
    start = datetime.date.fromisoformat(day)
    terms = {"age": age, "start": start}
    found = payrolls.cost("GB", hourly_gross=least, **terms)
    assert found.gross == pytest.approx(least * 37.5 * 52 / 12, abs=0.01)
    with pytest.raises(ScenarioError) as caught:
        payrolls.cost("GB", hourly_gross=least - 0.01, **terms)
    assert [found.code for found in caught.value.diagnostics] == ["E304"]


@given(st.floats(25_000, 200_000), st.floats(0, 20_000))
def test_more_pay_costs_more(annual: float, more: float) -> None:
    """Every pound of pay costs at most 15 % and 3 % more, and never less than itself."""
    small = {"company_payroll": 1_000_000}  # no levy
    difference = cost(annual + more, **small).annual - cost(annual, **small).annual
    assert more - 0.02 <= difference <= 1.18 * more + 0.02


@pytest.mark.parametrize(
    ("terms", "code"),
    [({"region": "Narnia"}, "E208"), ({"age": 7}, "E204"), ({"age": 130}, "E204")],
)
def test_what_is_wrong_is_named(terms: dict[str, Any], code: str) -> None:
    """A region or an age that is none has a diagnostic at its argument."""
    with pytest.raises(ScenarioError) as caught:
        cost(35_000, **terms)
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert found.place is not None
    assert found.place.path in terms
