"""Schedules that a country file says by itself: every sum is worked by hand in the test."""

import datetime
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.countries import (
    BadCountryFile,
    Country,
    Employment,
    Fact,
    PayrollLine,
    employer_charges,
    load_country,
    schedule,
)
from cmsource.countries.regions import with_region

HEAD = """
name: Syldavia
currency: SYK
from: 2026-01-01
to: 2026-12-31
facts:
  full_time_hours: {value: 40, source: labour code, confidence: O}
  overtime_premium: {value: 0.5, source: labour code, confidence: O}
  company_size: {value: 10, source: "assumption: small", confidence: G}
payroll:
  source: royal gazette
  confidence: O
"""


Made = Callable[..., Country]
"""A country with the payroll that a test writes."""


@pytest.fixture
def country(tmp_path: Path) -> Made:
    """A country with the lines that a test writes."""

    def made(payroll: str, on: datetime.date | None = None, region: str = "") -> Country:
        (tmp_path / "SY").mkdir(exist_ok=True)
        (tmp_path / "SY" / "2026.yaml").write_text(HEAD + payroll, encoding="utf-8")
        return with_region(load_country("SY", on, folder=tmp_path), region)

    return made


def amounts(country: Country, employment: Employment) -> dict[str, float]:
    """What each line costs a month."""
    return {line.name: line.amount for line in employer_charges(country, employment)}


def test_a_share_between_two_amounts(country: Made) -> None:
    """24,000 a year, between 6,000 and 18,000: 10 % of 12,000 are 1,200 a year, 100 a month."""
    found = country("""
  lines:
    pension: {rate: 0.1, between: [6000, 18000]}
""")
    (line,) = employer_charges(found, Employment(2000, 40))
    assert line == PayrollLine("pension", 1000, 0.1, 100, "royal gazette")


def test_a_limit_may_be_missing_and_of_a_month(country: Made) -> None:
    """2,000 a month: 5 % above 500 are 75; 5 % up to 1,500 are 75; 5 % of all are 100."""
    found = country("""
  lines:
    above: {rate: 0.05, between: [500, null], per: month}
    up to: {rate: 0.05, between: [null, 1500], per: month}
    all: {rate: 0.05}
""")
    assert amounts(found, Employment(2000, 40)) == {"above": 75, "up to": 75, "all": 100}


def test_numbers_may_be_named_and_sourced(country: Made) -> None:
    """The rate is that of the day, with its own source: 2 % of 1,000, 3 % from July."""
    payroll = """
  values:
    accidents:
      - {from: 2026-01-01, value: 0.02, source: law 1}
      - {from: 2026-07-01, value: 0.03, source: law 2}
  lines:
    accidents: {rate: accidents, given: work_accident_rate}
"""
    before = country(payroll, datetime.date(2026, 6, 30))
    after = country(payroll, datetime.date(2026, 7, 1))
    assert employer_charges(before, Employment(1000, 40))[0][2:5] == (0.02, 20, "law 1")
    assert employer_charges(after, Employment(1000, 40))[0][2:5] == (0.03, 30, "law 2")
    own = Employment(1000, 40, work_accident_rate=0.01)
    assert employer_charges(after, own)[0][2:5] == (0.01, 10, "given")


def test_tables_by_age_size_region_and_payroll(country: Made) -> None:
    """Each step counts from where it begins; below the first there is nothing, else says what."""
    payroll = """
  lines:
    by age: {rate: {by: age, 25: 0.01, 35: 0.02}}
    by size: {rate: {by: size, 10: 0.03, else: 0.01}}
    by region: {rate: {by: region, N: 0.04, else: 0.05}}
    by payroll: {rate: {by: payroll, 0: 0.01, 300000: 0.02}}
"""
    found = country(payroll)
    # 1,000 a month; ten that earn the same are paid 120,000 a year
    young = {"by size": 30, "by region": 50, "by payroll": 10}
    assert amounts(found, Employment(1000, 40, age=24)) == young
    assert amounts(found, Employment(1000, 40)) == young  # no age known or assumed
    assert amounts(found, Employment(1000, 40, age=25))["by age"] == 10
    assert amounts(found, Employment(1000, 40, age=60))["by age"] == 20
    assert amounts(found, Employment(1000, 40, size=9))["by size"] == 10
    assert amounts(found, Employment(1000, 40, size=25))["by payroll"] == 20  # 300,000
    assert amounts(found, Employment(1000, 40, annual_payroll=299_999))["by payroll"] == 10
    assert amounts(country(payroll, region="N"), Employment(1000, 40))["by region"] == 40


def test_conditions(country: Made) -> None:
    """A line applies from where it says, and below where it says."""
    found = country("""
  lines:
    large: {rate: 0.01, size_from: 50}
    small: {rate: 0.01, size_below: 50}
    young: {rate: 0.01, age_below: 21}
    adult: {rate: 0.01, age_from: 21}
    rich: {rate: 0.01, wage_above: 12000}
    poor: {rate: 0.01, wage_below: 12000}
    rich payroll: {rate: 0.01, payroll_above: 1000000}
    bound: {rate: 0.01, contract: fixed-term}
    both: {rate: 0.01, contract: [permanent, fixed-term]}
""")
    assert set(amounts(found, Employment(1000, 40, size=49, age=20))) == {"small", "young", "both"}
    wanted = {"large", "adult", "rich", "rich payroll", "bound", "both"}
    rich = Employment(1700, 40, "fixed-term", size=50, age=21)  # 50 x 20,400 = 1,020,000
    assert set(amounts(found, rich)) == wanted
    assert set(amounts(found, Employment(999, 40, "intern"))) == {"small", "poor"}


def test_a_reduction_takes_no_more_than_there_is(country: Made) -> None:
    """Of 100 a month a relief of 60 leaves 40: half of it is 20, and the next takes 40."""
    found = country("""
  lines:
    pension: {rate: 0.1}
    relief: {fixed: 720, reduces: pension}
    levy: {of: pension, rate: 0.5}
    second relief: {fixed: 720, reduces: pension}
""")
    assert amounts(found, Employment(1000, 40)) == {
        "pension": 100,
        "relief": -60,
        "levy": 20,
        "second relief": -40,
    }


def test_pay_bears_what_follows_it(country: Made) -> None:
    """A bonus of a month: 1,000 / 12 = 83.33 a month. Pension 10 % of 13,000 / 12 = 108.33."""
    found = country("""
  lines:
    bonus: {of: gross, rate: {by: age, 0: 0.083333333333, else: 0.083333333333}, pay: yes}
    pension: {rate: 0.1}
    thanks: {fixed: 1200, pay: yes}
""")
    answer = schedule(found, Employment(1000, 40))
    assert [(line.name, line.amount) for line in answer.pay] == [("bonus", 83.33), ("thanks", 100)]
    assert amounts(found, Employment(1000, 40))["pension"] == 108.33
    assert answer.annual == pytest.approx(1000 + 1300 + 1200)


def test_the_least_base(country: Made) -> None:
    """From 22,680 a year on at least 3,780 are insured: 10 % of it, a twelfth a month, 31.50."""
    found = country("""
  lines:
    plan: {rate: 0.1, between: [26460, 90720], at_least: 3780, wage_from: 22680}
""")
    assert amounts(found, Employment(25_000 / 12, 40)) == {"plan": 31.5}
    assert amounts(found, Employment(22_679 / 12, 40)) == {}


def test_overtime_and_a_thirteenth_month(country: Made) -> None:
    """4 h beyond 40: a tenth of 1,000 at 150 %, 150 a month; a 13th month 83.33; 5 % of both."""
    found = country("""
  lines:
    tax: {rate: 0.05}
""")
    assert amounts(found, Employment(1000, 40, overtime_hours=4)) == {
        "overtime pay": 150,
        "tax": 57.5,
    }
    assert amounts(found, Employment(1000, 40, thirteenth_month=True)) == {
        "13th month": 83.33,
        "tax": 54.17,
    }


def test_what_an_employer_agrees_to_costs_as_given(country: Made) -> None:
    """Meal vouchers, a payroll office and a prevention service cost nothing unless given."""
    found = country("  lines: {tax: {rate: 0.05}}")
    employment = Employment(1000, 40, meal_vouchers=160, payroll_office=20, prevention_service=8)
    assert amounts(found, employment) == {
        "tax": 50,
        "meal vouchers": 160,
        "payroll office": 20,
        "prevention service": 8,
    }
    assert schedule(found, employment).annual == pytest.approx(12 * 238)


def test_a_region_stands_in_for_the_country(country: Made) -> None:
    """Values of the narrowest region count; where it has none, those around it."""
    payroll = """
  values:
    rate: {value: 0.01}
    tax: {value: 0.02}
  lines:
    fund: {rate: rate}
    tax: {rate: tax, region: N}
regions:
  N: {name: North, payroll: {values: {rate: {value: 0.03, source: north, confidence: B}}}}
  NC:
    name: North City
    within: N
    payroll: {source: city, confidence: B, values: {tax: {value: 0.04}}}
"""
    assert amounts(country(payroll), Employment(1000, 40)) == {"fund": 10}
    assert amounts(country(payroll, region="N"), Employment(1000, 40)) == {"fund": 30, "tax": 20}
    city = country(payroll, region="NC")
    assert amounts(city, Employment(1000, 40)) == {"fund": 30, "tax": 40}
    assert city.region == ("NC", "N")
    assert amounts(country(payroll, region="W"), Employment(1000, 40)) == {"fund": 10}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{rat: 0.1}", "unknown key `rat`; did you mean `rate`?"),
        ("{}", "a line has a rate or a fixed amount, and not both"),
        ("{rate: 0.1, fixed: 5}", "a line has a rate or a fixed amount, and not both"),
        ("{rate: ten}", "there is no value 'ten'"),
        ("{rate: yes}", "True is no number"),
        ("{rate: {25: 0.1}}", "a table says what it goes by"),
        ("{rate: {by: age, young: 0.1}}", "'young' is no number"),
        ("{rate: 0.1, between: 5}", "`between` is a list of two amounts"),
        ("{rate: 0.1, between: [9, 5]}", "9 is above 5"),
        ("{rate: 0.1, per: week}", "`per` cannot be 'week'"),
        ("{rate: 0.1, of: other}", "there is no line 'other' above"),
        ("{rate: 0.1, reduces: pay}", "there is no line 'pay' above"),
        ("{rate: 0.1, contract: forever}", "unknown contract 'forever'"),
        ("{rate: 0.1, pay: 3}", "`pay` is yes or no"),
        ("{rate: 0.1, given: age}", "`given` cannot be 'age'"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(country: Made, line: str, message: str) -> None:
    """The error names the line and the key."""
    with pytest.raises(BadCountryFile) as caught:
        country(f"  lines:\n    fund: {line}\n")
    assert message in str(caught.value)
    assert "payroll.lines.fund" in str(caught.value)


@given(
    low=st.floats(0, 50_000),
    width=st.floats(0, 100_000),
    pay=st.floats(0, 20_000),
    more=st.floats(0, 5_000),
)
def test_more_pay_never_costs_less(low: float, width: float, pay: float, more: float) -> None:
    """A share between two amounts rises with pay, and stays where the upper one is passed."""
    rule = {"rate": 0.1, "between": [low, low + width]}
    facts = {"payroll.lines.fund": Fact(rule, "test", "2026", "O")}
    country = Country("SY", "Syldavia", "SYK", "2026", MappingProxyType(facts))
    less = schedule(country, Employment(pay, 40)).annual
    most = schedule(country, Employment(pay + more, 40)).annual
    assert less is not None
    assert most is not None
    assert -1e-6 <= most - less <= 0.1 * 12 * more + 1e-6
    assert most <= 0.1 * width + 1e-6
