"""Canada outside Québec: the federal part of an employer's cost, worked by hand."""

import pytest

import payrolls
from cmsource.values.diagnostics import ScenarioError
from payrolls import year


@pytest.mark.parametrize(
    ("annual", "pension", "second", "insurance"),
    [
        # 5.95 % of 46,500; 2.282 % of 50,000
        (50_000, 2_766.75, 0, 1_141.00),
        # 5.95 % of 71,100, which is the most there is; 4 % of 10,400; 2.282 % of 68,900
        (90_000, 4_230.45, 416.00, 1_572.30),
        (200_000, 4_230.45, 416.00, 1_572.30),
    ],
)
def test_federal_contributions(
    annual: float, pension: float, second: float, insurance: float
) -> None:
    """Pension plan between 3,500 and 74,600, its second addition to 85,000, insurance to 68,900."""
    found = payrolls.cost("CA", annual_gross=annual, work_accident_rate=0.0)
    assert year(found, "pension plan (CPP)") == pytest.approx(pension, abs=0.06)
    assert year(found, "pension plan, second addition (CPP2)") == pytest.approx(second, abs=0.06)
    assert year(found, "employment insurance") == pytest.approx(insurance, abs=0.06)
    assert found.annual == pytest.approx(annual + pension + second + insurance, abs=0.01)


def test_what_a_province_asks_for_may_be_given() -> None:
    """Ontario's health tax at 1.95 %, as somebody who owes it would write it."""
    plain = payrolls.cost("CA", annual_gross=60_000, region="Ontario")
    taxed = payrolls.cost(
        "CA", annual_gross=60_000, region="Ontario", rates={"provincial_tax": 0.0195}
    )
    assert taxed.annual - plain.annual == pytest.approx(1_170)


@pytest.mark.parametrize("name", ["QC", "Québec", "quebec"])
def test_quebec_is_a_country_of_its_own(name: str) -> None:
    """It has other contributions: the way out names it."""
    with pytest.raises(ScenarioError) as caught:
        payrolls.cost("CA", annual_gross=60_000, region=name)
    (found,) = caught.value.diagnostics
    assert found.code == "E208"
    assert "CA-QC" in found.hint
