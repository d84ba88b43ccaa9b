"""Later years of a horizon: known rules of their own, and beyond them amounts raised as wages."""

from datetime import date

import pytest

from cmsource.countries import load_country
from cmsource.countries.years import in_year, unknown_from, years_later
from strategies import compared, employee, only_option, scenario


def test_what_is_known_of_a_later_year() -> None:
    """Of a start in January 2026: the minimum wage of June a year later, 12.31 in the reduction."""
    first = load_country("FR", date(2026, 1, 1))
    second = in_year(first, 1)
    key = "payroll.reduction_minimum_wage"
    assert [each.value("minimum_wage") for each in (first, second)] == [12.02, 12.31]
    assert [each.value(key) for each in (first, second)] == [12.02, 12.31]
    assert second.value("payroll.ceiling") == 4005

    # Without a day it is an average year under the newest rules, 2026, and so is the second.
    newest = load_country("FR")
    assert [in_year(newest, year).value(key) for year in (0, 1)] == [12.02, 12.02]
    assert in_year(newest, 1, 0.02).value(key) == pytest.approx(12.02 * 1.02)


def test_amounts_of_unknown_years_rise_with_wages() -> None:
    """By hand, 2 % a year: 4,005 x 1.02 = 4,085.10, x 1.02 = 4,166.802; rates stay."""
    country = load_country("FR", date(2026, 7, 1))
    assert in_year(country, 0, 0.02) is country
    found = [in_year(country, year, 0.02) for year in (1, 2)]
    assert [each.value("payroll.ceiling") for each in found] == pytest.approx([4085.10, 4166.802])
    assert found[0].value("payroll.reduction_minimum_wage") == pytest.approx(12.31 * 1.02)
    assert found[0].value("payroll.health") == 0.13
    assert found[0].value("employee_hourly_wage") == 15.93  # a price of today, which `prices` moves


def test_the_next_period_takes_over() -> None:
    """Québec of January 2025: the rates of 2026 in the second year, the third is not known."""
    country = load_country("CA-QC", date(2025, 1, 1))
    years = [in_year(country, year, 0.03) for year in range(3)]
    assert [each.period for each in years] == ["2025", "2026", "2026"]
    assert [each.value("payroll.pension") for each in years] == [0.064, 0.063, 0.063]
    ceilings = [each.value("payroll.pension_ceiling") for each in years]
    assert ceilings == pytest.approx([71300, 74600, 74600 * 1.03])
    assert {each.value("payroll.pension_exemption") for each in years} == {3500}


@pytest.mark.parametrize(
    ("code", "key", "values"),
    [
        ("CH", "payroll.plan_entry", (22_680, 23_040, 23_040 * 1.03)),
        ("DE", "minimum_wage", (13.90, 14.60, 14.60 * 1.03)),
        ("GB", "minimum_wage", (12.71, 13.21, 13.21 * 1.03)),
        ("US", "payroll.social_security_ceiling", (184_500, 192_300, 192_300 * 1.03)),
        # of 2027 nothing is known
        ("LU", "payroll.ceiling", (13_856.63, 13_856.63 * 1.03, 13_856.63 * 1.03**2)),
    ],
)
def test_what_is_known_ahead_does_not_rise(code: str, key: str, values: tuple[float, ...]) -> None:
    """Amounts of 2027 that are law already are taken as they are, and rise from then on."""
    country = load_country(code, date(2026, 7, 1))
    assert [in_year(country, year, 0.03).value(key) for year in range(3)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("country", "start", "months", "year"),
    [
        ("FR", None, 12, None),
        ("FR", None, 13, 2027),
        ("FR", date(2026, 3, 1), 12, None),
        ("FR", date(2026, 3, 1), 24, 2027),
        ("FR", date(2029, 3, 1), 12, 2029),
        ("CA-QC", date(2025, 3, 1), 24, None),
        ("CA-QC", date(2025, 3, 1), 25, 2027),
    ],
)
def test_the_first_year_that_is_not_known(
    country: str, start: date | None, months: float, year: int | None
) -> None:
    """The year of the day on which a year of the horizon begins."""
    assert unknown_from(load_country(country, start), months) == year


def test_the_same_day_later() -> None:
    """29 February is the 28th in most years."""
    assert years_later(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert years_later(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_charges_by_year() -> None:
    """Québec, 4,166.67 a month from January 2025, by hand; that month of 2026 is in CA-QC.md.

    2025: 6.4 % x 3,875.00 = 248.00; 0.692 % = 28.83; 1.31 % = 54.58, x 1.4 = 76.41; 1.65 % = 68.75;
    0.06 % = 2.50; 1.54 % = 64.17: 488.66. 2026: 244.12 + 25.08 + 54.17 x 1.4 (75.84) + 68.75 + 2.50
    + 64.17 = 480.46, which is 5,766 a year.
    """
    person = employee(hourly_wage=None, annual_wage=50_000, hours="40 h/week")
    del person["charges"]
    data = scenario({"cm": person}, country="CA-QC", horizon=24, start="2025-01-01")
    charges = [each for each in only_option(data).entries if each.category == "employer charges"]
    assert [float(each.amount) for each in charges] == pytest.approx(
        [12 * 488.66, 12 * 480.46], abs=0.13
    )
    assert [each.refs[0] for each in charges] == ["CA-QC: payroll 2025", "CA-QC: payroll 2026"]


def test_ceilings_rise_under_rising_wages() -> None:
    """5,000 a month and 2 %: the second year has 5,100 and a ceiling of 4,085.10."""
    person = employee(hourly_wage=None, monthly_wage=5000)
    del person["charges"]
    data = scenario({"cm": person}, horizon=24, prices={"wages": "2%/year"})
    charges = [each for each in only_option(data).entries if each.category == "employer charges"]
    bases = [
        [line.base for line in each.details if line.name == "old age up to the ceiling"]
        for each in charges
    ]
    assert bases == [[4005.00], [4085.10]]
    assert "of 2026 × 1.02" in charges[1].why


def test_charges_rise_as_wages_where_ceilings_do() -> None:
    """2,600 a month: the coefficient of the reduction and all bases keep their proportion.

    20 of health insurance and 1.60 on it do not rise: 711.80 + 0.02 x (711.80 - 21.60) = 725.60.
    """
    person = employee(hourly_wage=None, monthly_wage=2600)
    del person["charges"]
    data = scenario({"cm": person}, horizon=24, prices={"wages": "2%/year"}, company={"size": 30})
    charges = [each for each in only_option(data).entries if each.category == "employer charges"]
    assert [float(each.amount / 12) for each in charges] == pytest.approx(
        [711.80, 725.60], abs=0.04
    )


@pytest.mark.parametrize(("horizon", "listed"), [(12, False), (24, True)])
def test_years_not_known_yet_are_an_assumption(horizon: int, *, listed: bool) -> None:
    """That ceilings rise with wages is said where there are such years."""
    person = employee()
    del person["charges"]
    result = compared(scenario({"cm": person}, horizon=horizon), details=False)
    found = [each for each in result.assumptions if each.path == "prices.wages"]
    assert [(each.value, each.confidence) for each in found] == [("0%/year", "G")] * listed
    charges = [each.value for each in result.assumptions if each.path == "sources.cm.charges"]
    assert ["from 2027 on rise with wages" in each for each in charges] == [listed]
    flat = compared(scenario({"cm": employee()}, horizon=horizon), details=False)
    assert "prices.wages" not in [each.path for each in flat.assumptions]
