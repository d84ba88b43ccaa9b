"""Switzerland: employer cost by line, age and canton, against worked and published cases."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource.analysis.employer import EmployerCost
from cmsource.values.diagnostics import ScenarioError
from payrolls import month, year

PENSION, RISK = "occupational pension (BVG/LPP)", "pension risk and costs"


def cost(annual: float, age: int = 40, **terms: Any) -> EmployerCost:  # noqa: ANN401
    """The cost of a year's pay in the average canton, unless the terms name another."""
    return payrolls.cost("CH", **{"annual_gross": annual, "age": age, **terms})


@pytest.mark.parametrize(
    ("annual", "age", "lines", "total"),
    [
        # 5.3 %, 1.1 %, half of the credits, 1.25 %, 1.69 %, 0.3 %, 0.7 % and 0.212 %, by hand
        (52_000, 30, (2_756, 572, 893.90, 319.25, 878.80, 156, 364, 110.24), 58_050.19),
        (80_000, 40, (4_240, 880, 2_677, 669.25, 1_352, 240, 560, 169.60), 90_787.85),
        (110_000, 50, (5_830, 1_210, 4_819.50, 803.25, 1_859, 330, 770, 233.20), 125_854.95),
    ],
)
def test_a_year_line_by_line(
    annual: float, age: int, lines: tuple[float, ...], total: float
) -> None:
    """The average canton; coordinated wages of 25,540, 53,540 and 64,260."""
    found = cost(annual, age)
    assert [12 * line.base * line.rate for line in found.lines] == pytest.approx(lines, abs=0.06)
    assert found.annual == total


@pytest.mark.parametrize(
    ("canton", "totals"),
    [
        ("VD", (58_580.59, 73_539.95, 91_603.85, 108_822.15, 126_976.95, 181_972.75)),
        ("BE", (57_951.39, 72_753.45, 90_635.85, 107_672.65, 125_645.95, 180_036.75)),
    ],
)
def test_cantons(canton: str, totals: tuple[float, ...]) -> None:
    """2.71 and 1.50 % for family allowances; 160,000 is above the ceilings."""
    wages = (52_000, 65_000, 80_000, 95_000, 110_000, 160_000)
    ages = (30, 30, 40, 40, 50, 50)
    found = [cost(wage, age, region=canton).annual for wage, age in zip(wages, ages, strict=True)]
    assert found == pytest.approx(totals, abs=0.011)


@pytest.mark.parametrize(
    ("monthly", "age", "name", "amount"),
    [
        # an open payroll engine, Geneva 2026, to five centimes
        (2_000, 30, "old age (AHV/AVS)", 106.00),
        (2_000, 30, "unemployment (ALV/AC)", 22.00),
        (2_000, 30, PENSION, 11.05),
        (6_000, 45, PENSION, 284.65),
        (15_000, 45, "old age (AHV/AVS)", 795.00),
        (15_000, 45, "unemployment (ALV/AC)", 135.85),
        (5_000, 45, "family allowances (FAK/CAF)", 111.00),
    ],
)
def test_months_of_an_open_engine(monthly: float, age: int, name: str, amount: float) -> None:
    """Twelve months in Geneva."""
    found = cost(12 * monthly, age, region="Geneva", hours=min(42, monthly / 24.6 * 12 / 52))
    assert month(found, name) == pytest.approx(amount, abs=0.031)


@pytest.mark.parametrize(
    ("annual", "day", "coordinated"),
    [
        # another open engine's tests
        (22_000, "2026-12-31", 0),
        (25_000, "2026-12-31", 3_780),
        (90_000, "2026-12-31", 63_540),
        (200_000, "2026-12-31", 64_260),
        (200_000, "2027-01-01", 65_280),
        # 22,680 is insured, a centime less is not
        (22_680, "2026-12-31", 3_780),
        (22_679.99, "2026-12-31", 0),
    ],
)
def test_coordinated_wages(annual: float, day: str, coordinated: float) -> None:
    """What the occupational pension is of: 7.5 % of it at 45."""
    found = cost(annual, 45, start=datetime.date.fromisoformat(day))
    assert year(found, PENSION) == pytest.approx(0.075 * coordinated, abs=0.06)


def test_2027() -> None:
    """80,000: coordinated 53,120, so 2,656.00 and 664.00; 90,761.60 in all."""
    found = cost(80_000, start=datetime.date(2027, 1, 1))
    assert year(found, PENSION) == pytest.approx(2_656, abs=0.06)
    assert year(found, RISK) == pytest.approx(664, abs=0.06)
    assert found.annual == 90_761.60


def test_what_the_law_fixes() -> None:
    """Old age, unemployment, half of the pension and family allowances: 89,149 of 80,000."""
    names = ("old age (AHV/AVS)", "unemployment (ALV/AC)", PENSION, "family allowances (FAK/CAF)")
    assert 80_000 + year(cost(80_000), *names) == pytest.approx(89_149, abs=0.2)


@pytest.mark.parametrize(
    ("age", "rate"),
    [(17, 0), (24, 0), (25, 0.035), (34, 0.035), (35, 0.05), (45, 0.075), (55, 0.09), (65, 0.09)],
)
def test_pension_by_age(age: int, rate: float) -> None:
    """Half of 7, 10, 15 and 18 % of the coordinated wage; only risk before 25."""
    found = cost(80_000, age)
    assert year(found, PENSION) == pytest.approx(rate * 53_540, abs=0.06)
    risk = 0.0125 * 53_540 if age >= 18 else 0
    assert year(found, RISK) == pytest.approx(risk, abs=0.06)


def test_interns_are_young() -> None:
    """Without an age they are 21, and nobody saves for a pension before 25; with one it counts."""
    intern = {"monthly_gross": 2_500, "contract": "intern", "region": "ZH"}
    assert month(payrolls.cost("CH", **intern), PENSION) == 0
    assert month(payrolls.cost("CH", **intern, age=30), PENSION) > 0


def test_thirteen_months() -> None:
    """5,000 a month are 65,000 a year by custom; 60,000 where the contract says twelve."""
    monthly = {"monthly_gross": 5_000, "age": 30, "region": "ZH"}
    assert payrolls.cost("CH", **monthly).annual == cost(65_000, 30, region="Zürich").annual
    twelve = payrolls.cost("CH", **monthly, thirteenth_month=False)
    assert twelve.annual == cost(60_000, 30, region="zurich").annual
    assert payrolls.cost("CH", **monthly).total == pytest.approx(
        payrolls.cost("CH", **monthly).annual / 12, abs=0.04
    )


def test_minimum_wages() -> None:
    """24.59 an hour in Geneva; none in Zürich."""
    assert payrolls.cost("CH", hourly_gross=20, region="ZH").gross == 3_640  # x 182 h
    with pytest.raises(ScenarioError) as caught:
        payrolls.cost("CH", hourly_gross=24.58, region="GE")
    assert [found.code for found in caught.value.diagnostics] == ["E304"]


def test_an_unknown_canton() -> None:
    """The error names it, and what comes near."""
    with pytest.raises(ScenarioError) as caught:
        cost(80_000, region="Zurch")
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("E208", "did you mean `Zürich`?")


@given(st.floats(23_000, 300_000), st.integers(18, 65))
def test_older_and_dearer(annual: float, age: int) -> None:
    """Age never makes anybody cheaper, and the ratio stays between 1.08 and 1.20."""
    found = cost(annual, age)
    if age < 65:
        assert found.annual <= cost(annual, age + 1).annual
    assert 1.08 < found.annual / annual < 1.20
