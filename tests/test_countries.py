"""Countries as data: periods, sources, a new country, and working time."""

import datetime
import pickle
import re
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.countries import (
    CONFIDENCE,
    BadCountryFile,
    Country,
    Employment,
    PayrollLine,
    UnknownCountry,
    apprentice_minimum_share,
    calendars,
    employer_charges,
    known_countries,
    load_country,
    minimum_monthly_wage,
    working_time,
)

# fmt: off
DEFAULTS = (
    "full_time_hours", "office_hours", "paid_leave_days", "public_holidays",
    "public_holidays_on_weekdays", "sickness", "turnover", "weeks_to_hire", "ramp_up_months",
    "recruitment", "night_hours", "night_premium", "sunday_premium", "holiday_premium",
    "employee_hourly_wage", "colleague_hourly_wage", "gratification", "freelancer_day_rate",
    "agency_hourly_rate", "agency_watch", "coach_day_rate", "company_size",
    "apprentice_wage_share", "day_maximum_hours", "daily_rest_hours", "weekly_rest_hours",
    "days_in_a_row_maximum", "overtime_first_hours", "overtime_premium",
)
# fmt: on
"""Facts that scenarios start from: every country has them."""

KNOWN = ("BE", "CA", "CA-QC", "CH", "DE", "FR", "GB", "LU", "US")
"""The countries that come with the package."""

MADE_UP = """
name: Syldavia
currency: SYK
from: 2026-01-01
to: 2026-12-31
facts:
  minimum_wage:
    - {from: 2026-07-01, value: 9.0, source: law 2, confidence: O}
    - {from: 2026-01-01, value: 8.0, source: law 1, confidence: O}
  employer_rate: {value: 0.25, source: the royal gazette, as_of: 2025, confidence: O2}
"""


def every_period() -> list[Country]:
    """Each shipped country in each of its periods."""
    return [
        load_country("FR", datetime.date(2026, 1, 1)),
        load_country("FR"),
        load_country("CA-QC", datetime.date(2025, 1, 1)),
        load_country("CA-QC", datetime.date(2025, 12, 31)),
        load_country("CA-QC", datetime.date(2026, 1, 1)),
        load_country("CA-QC"),
        *[load_country(code) for code in known_countries() if code not in ("FR", "CA-QC")],
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of countries with a made-up one."""
    (tmp_path / "SY").mkdir()
    (tmp_path / "SY" / "2026.yaml").write_text(MADE_UP, encoding="utf-8")
    return tmp_path


def test_known_countries() -> None:
    """Nothing else in the folder passes for a country."""
    assert known_countries() == KNOWN


@pytest.mark.parametrize("country", every_period(), ids=lambda c: f"{c.code}-{c.period}")
def test_every_fact_is_sourced(country: Country) -> None:
    """A value has a source, a date and a mark; an assumption says so and is marked as a guess."""
    for key, fact in country.facts.items():
        assert fact.source.strip(), key
        assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", fact.as_of), key
        assert fact.confidence in CONFIDENCE, key
        if fact.source.startswith("assumption"):
            assert fact.confidence == "G", key


@pytest.mark.parametrize("country", every_period(), ids=lambda c: f"{c.code}-{c.period}")
def test_every_default_is_there(country: Country) -> None:
    """Scenario defaults exist and make sense together, and so does the payroll schedule."""
    for key in DEFAULTS:
        assert country.value(key) is not None
    assert 0 < country.value("public_holidays_on_weekdays") <= country.value("public_holidays")
    assert 0 < country.value("sickness") < 0.2
    assert country.value("day_maximum_hours") + country.value("daily_rest_hours") <= 24
    assert country.value("employee_hourly_wage") < country.value("colleague_hourly_wage")
    wage = country.value("employee_hourly_wage") * 35 * 52 / 12
    if country.code not in ("CA", "CH"):  # provinces and cantons have minimum wages
        assert country.value("minimum_wage") < country.value("employee_hourly_wage")
        wage = minimum_monthly_wage(country, 35)
    assert employer_charges(country, Employment(wage, 35))


def test_wages_of_france_are_those_of_the_page() -> None:
    """metier.org: 29,000 and 40,410 a year for 151.67 h a month: 15.93 and 22.20 an hour."""
    country = load_country("FR")
    for key, yearly in (("employee_hourly_wage", 29_000), ("colleague_hourly_wage", 40_410)):
        assert country.value(key) == pytest.approx(yearly / 12 / 151.67, abs=0.005)
        assert country.fact(key).confidence == "B"


@pytest.mark.parametrize(("year", "ceiling"), [(2025, 71_300), (2026, 74_600)])
def test_wages_of_quebec_are_brought_to_the_year(year: int, ceiling: int) -> None:
    """ISQ 2017: 28.42 and 35.60 an hour; the ceiling of the pension plan was 55,300 then.

    2026: 28.42 x 74,600 / 55,300 = 38.34, 35.60 x 74,600 / 55,300 = 48.02.
    """
    country = load_country("CA-QC", datetime.date(year, 12, 31))
    assert country.value("payroll.pension_ceiling") == ceiling
    for key, wage in (("employee_hourly_wage", 28.42), ("colleague_hourly_wage", 35.60)):
        assert country.value(key) == pytest.approx(wage * ceiling / 55_300, abs=0.005)


def test_minimum_wage_follows_the_day() -> None:
    """France raised it on 1 June 2026, Québec does every 1 May."""
    assert load_country("FR", datetime.date(2026, 5, 31)).value("minimum_wage") == 12.02
    assert load_country("FR", datetime.date(2026, 6, 1)).value("minimum_wage") == 12.31
    assert load_country("FR").value("minimum_wage") == 12.31
    assert load_country("CA-QC", datetime.date(2026, 5, 1)).value("minimum_wage") == 16.60
    assert load_country("CA-QC", datetime.date(2026, 4, 30)).value("minimum_wage") == 16.10
    assert load_country("CA-QC", datetime.date(2025, 4, 30)).value("minimum_wage") == 15.75


def test_minimum_monthly_wage() -> None:
    """1,867.02 a month for 35 h since June 2026."""
    assert minimum_monthly_wage(load_country("FR"), 35) == 1867.02


def test_apprentice_aid_follows_the_hiring_day() -> None:
    """5,000 at every level until 7 March 2026, by level after."""
    before = load_country("FR", datetime.date(2026, 3, 7)).value("apprentice_aid")
    after = load_country("FR", datetime.date(2026, 3, 8)).value("apprentice_aid")
    assert set(before.values()) == {5000}
    assert after == {3: 5000, 4: 5000, 5: 4500, 6: 2000, 7: 2000}


@pytest.mark.parametrize(
    ("age", "year", "share"),
    [(17, 1, 0.27), (18, 1, 0.43), (20, 3, 0.67), (21, 2, 0.61), (25, 4, 0.78), (26, 1, 1.0)],
)
def test_apprentice_minimum_share(age: int, year: int, share: float) -> None:
    """The table of service-public.fr, by age and year."""
    assert apprentice_minimum_share(load_country("FR"), age, year) == share


def test_apprentice_minimum_share_without_an_age() -> None:
    """The country's usual apprentice stands in; years count from 1."""
    assert apprentice_minimum_share(load_country("FR")) == 0.53
    assert apprentice_minimum_share(load_country("CA-QC"), 19) == 1
    with pytest.raises(ValueError, match="from 1"):
        apprentice_minimum_share(load_country("FR"), 19, 0)


def test_period_follows_the_day() -> None:
    """The file of the year in force, without a note."""
    country = load_country("CA-QC", datetime.date(2025, 12, 31))
    assert (country.period, country.notes) == ("2025", ())
    assert load_country("CA-QC", datetime.date(2026, 1, 1)).period == "2026"
    assert load_country("CA-QC").period == "2026"


@pytest.mark.parametrize(
    ("code", "day", "period"),
    [
        ("FR", datetime.date(2031, 1, 1), "2026"),
        ("FR", datetime.date(2020, 1, 1), "2026"),
        ("CA-QC", datetime.date(2024, 12, 31), "2025"),
    ],
)
def test_outside_the_known_periods(code: str, day: datetime.date, period: str) -> None:
    """The nearest period is used, and a note names it."""
    country = load_country(code, day)
    assert country.period == period
    assert country.notes == (f"start {day} is outside the known periods; {period} is used",)


@pytest.mark.parametrize("code", ["XX", "", "../FR", "FR/2026", "payroll", "-", "FR\0"])
def test_unknown_country(code: str) -> None:
    """A code that is no country says which are; none leads out of the folder."""
    with pytest.raises(UnknownCountry, match=", ".join(KNOWN)) as caught:
        load_country(code)
    assert isinstance(caught.value, LookupError)
    assert caught.value.known == KNOWN
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_capitals_of_a_code_do_not_matter() -> None:
    """`fr` is France."""
    assert load_country("fr") == load_country("FR")


def test_missing_fact_names_country_and_key() -> None:
    """The message says what was looked for, and where."""
    with pytest.raises(LookupError, match=r"France \(FR, 2026\) has no value for 'moon_rate'"):
        load_country("FR").value("moon_rate")


def test_a_country_travels_to_worker_processes() -> None:
    """It pickles, stays equal, and stays read-only on the other side."""
    country = load_country("FR")
    copy = pickle.loads(pickle.dumps(country))
    assert copy == country
    with pytest.raises(TypeError):
        copy.facts["minimum_wage"] = None


def test_a_new_country_is_one_file(folder: Path) -> None:
    """A made-up country: values by day, defaults of date, and a flat rate of charges."""
    assert known_countries(folder) == ("SY",)
    country = load_country("SY", datetime.date(2026, 8, 1), folder=folder)
    assert (country.name, country.currency, country.period) == ("Syldavia", "SYK", "2026")
    assert country.fact("minimum_wage") == (9.0, "law 2", "2026-01-01", "O")
    assert load_country("SY", datetime.date(2026, 2, 1), folder=folder).value("minimum_wage") == 8.0
    lines = employer_charges(country, Employment(1000, 40))
    assert lines == (PayrollLine("employer charges", 1000, 0.25, 250.0, "the royal gazette"),)


def test_a_new_country_can_use_a_payroll_module(folder: Path) -> None:
    """A neighbour that takes over a schedule names its module and gives its own values."""
    shipped = Path(sys.modules[load_country.__module__].__file__ or "").parent
    text = (shipped / "CA-QC" / "2026.yaml").read_text(encoding="utf-8")
    (folder / "NB").mkdir()
    (folder / "NB" / "2026.yaml").write_text(
        text.replace("pension: {value: 0.063}", "pension: {value: 0.1}"), encoding="utf-8"
    )
    country = load_country("NB", folder=folder)
    lines = employer_charges(country, Employment(50000, 40, periods=1))
    assert lines[0].amount == 4650.00


def test_a_country_without_schedule_or_rate(folder: Path) -> None:
    """Charges that nothing describes are an error, never zero."""
    path = folder / "SY" / "2026.yaml"
    path.write_text(MADE_UP.replace("employer_rate", "other"), encoding="utf-8")
    with pytest.raises(LookupError, match="employer_rate"):
        employer_charges(load_country("SY", folder=folder), Employment(1000, 40))


@pytest.mark.parametrize("name", ["none_such", "terms.x", "../fr"])
def test_a_payroll_module_that_is_not_there(folder: Path, name: str) -> None:
    """The message names the module."""
    path = folder / "SY" / "2026.yaml"
    path.write_text(MADE_UP + f"payroll: {{module: {name}}}\n", encoding="utf-8")
    with pytest.raises(BadCountryFile, match=re.escape(name)):
        employer_charges(load_country("SY", folder=folder), Employment(1000, 40))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2]", "expected a map"),
        ("name: A\n  b: [", "2026.yaml"),
        ("name: A", "'currency' is missing"),
        (MADE_UP.replace("from: 2026-01-01\nto", "from: soon\nto"), "'from' must be a day"),
        (MADE_UP.replace("confidence: O2", "confidence: X"), "confidence of 'employer_rate'"),
        (MADE_UP.replace("confidence: O2", "weight: 1"), "'employer_rate' lacks 'confidence'"),
        (MADE_UP.replace("source: the royal gazette, ", ""), "'employer_rate' lacks 'source'"),
        (MADE_UP.replace("value: 0.25", "rate: 0.25"), "'employer_rate' lacks 'value'"),
        (MADE_UP + "  sickness: 0.05\n", "'sickness' must be a map"),
        (MADE_UP + "  sickness: []\n", "'sickness'"),
        (MADE_UP + "payroll: {values: 3}\n", "map of facts"),
        (MADE_UP + "payroll: fr\n", "'payroll' must be a map"),
    ],
)
def test_bad_files_say_what_is_wrong(folder: Path, text: str, message: str) -> None:
    """Each mistake names the file and the key."""
    path = folder / "SY" / "2026.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadCountryFile, match=message) as caught:
        load_country("SY", folder=folder)
    assert str(path) in str(caught.value)


def test_a_file_too_large_is_refused(folder: Path) -> None:
    """A country is small; a huge file is a mistake."""
    (folder / "SY" / "2026.yaml").write_text(MADE_UP + "#" * 1_000_001, encoding="utf-8")
    with pytest.raises(BadCountryFile, match="larger than"):
        load_country("SY", folder=folder)


def test_planned_absence() -> None:
    """France: 25 days of leave and 9 holidays of 260 days; Québec: 10 and 8."""
    assert working_time.planned_absence(load_country("FR")) == pytest.approx(34 / 260)
    assert working_time.planned_absence(load_country("CA-QC")) == pytest.approx(18 / 260)


def test_unplanned_absence() -> None:
    """4.8 % sick, 15.55 % leave; 12 weeks to hire and half of two months of ramp-up: 3.769 months.

    1 − 0.952 × (1 − 0.1555 × 3.769 / 12) = 0.09450.
    """
    france = load_country("FR")
    assert working_time.months_to_hire(france) == pytest.approx(2.769, abs=0.0005)
    months, value = working_time.months_to_hire(france) + 1, france.value
    absent = working_time.unplanned_absence(value("sickness"), value("turnover"), months)
    assert absent == pytest.approx(0.09450, abs=0.000005)
    assert working_time.unplanned_absence(0.1, 0.5, 6) == pytest.approx(0.325)  # 1 − 0.9 × 0.75
    assert working_time.unplanned_absence(0, 10, 12) == 1


@given(st.floats(0, 1), st.floats(0, 3), st.floats(0, 24))
def test_unplanned_absence_is_a_share(sick: float, turnover: float, months: float) -> None:
    """It lies between sickness alone and all the time."""
    absent = working_time.unplanned_absence(sick, turnover, months)
    assert sick - 1e-12 <= absent <= 1


def test_public_holidays_of_a_year() -> None:
    """France 2027: 11 days, 7 of them on weekdays; a region adds its own."""
    days = calendars.public_holidays("FR", 2027)
    assert len(days) == 11
    assert sum(day.weekday() < 5 for day, _ in days) == 7
    assert days[0] == (datetime.date(2027, 1, 1), days[0][1])
    assert len(calendars.public_holidays("FR", 2027, "Moselle")) == 13
    quebec = calendars.public_holidays("CA-QC", 2026)
    assert sum(day.weekday() < 5 for day, _ in quebec) == 8
    with pytest.raises(LookupError, match="XX"):
        calendars.public_holidays("XX", 2027)


def test_public_holidays_asks_for_the_region(monkeypatch: pytest.MonkeyPatch) -> None:
    """The part after the dash is the region, unless another is given; days come in order."""
    asked: list[tuple[str, str | None, int]] = []

    def country_holidays(country: str, subdiv: str | None, years: int) -> dict[datetime.date, str]:
        asked.append((country, subdiv, years))
        return {datetime.date(2026, 12, 25): "Noël", datetime.date(2026, 1, 1): "An"}

    package = types.ModuleType("holidays")
    package.country_holidays = country_holidays  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "holidays", package)
    days = calendars.public_holidays("CA-QC", 2026)
    assert [day.month for day, _ in days] == [1, 12]
    calendars.public_holidays("FR", 2026, "Moselle")
    calendars.public_holidays("FR", 2026)
    assert asked == [("CA", "QC", 2026), ("FR", "Moselle", 2026), ("FR", None, 2026)]


def test_public_holidays_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what is missing."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ModuleNotFoundError, match="'holidays' package"):
        calendars.public_holidays("FR", 2026)


def test_loading_a_country_imports_no_calendars() -> None:
    """Start-up is budgeted: calendars are imported when dates are asked for."""
    assert "holidays" not in vars(calendars)
