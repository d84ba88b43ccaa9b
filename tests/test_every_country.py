"""Every country from six lines to an answer, and what is said where a term is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payrolls
from cmsource import compare, loads
from cmsource.countries import known_countries, load_country
from cmsource.countries.labour import FACTS, breaches, limits_of
from cmsource.countries.rotations import rotation
from cmsource.countries.working_time import planned_absence
from cmsource.model.employer import Employer
from cmsource.results.comparison import Comparison
from cmsource.scenario.company import Company
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.week_reader import parse_week

COUNTRIES = {
    "BE": (20.65, "EUR"),
    "CA": (38.34, "CAD"),
    "CA-QC": (38.34, "CAD"),
    "CH": (37.55, "CHF"),
    "DE": (20.19, "EUR"),
    "FR": (16.50, "EUR"),
    "GB": (16.41, "GBP"),
    "LU": (24.23, "EUR"),
    "US": (29.81, "USD"),
}
"""A believable wage an hour and the currency of each."""


def scenario(code: str, more: str = "") -> Scenario:
    """The short form in six lines."""
    wage, _ = COUNTRIES[code]
    return loads(
        f"country: {code}\nhourly_wage: {wage}\nagency_rate: 90/h\nhours_per_day: 2\n"
        f"cover: 24/7\ntools: 549/month\n{more}"
    )


def result(code: str, more: str = "") -> Comparison:
    """What comes of the short form."""
    return compare(scenario(code, more), details=False)


def wrong(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a scenario."""
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    return caught.value.diagnostics


def test_every_country_is_here() -> None:
    """A new one is held to the same."""
    assert tuple(COUNTRIES) == known_countries()


@pytest.mark.parametrize(
    ("code", "employee", "colleague"),
    [
        # a year's pay, or twelve months', by which the presets of the market are said
        ("BE", 12 * 3_400, 12 * 4_200),
        ("CH", 82_000, 95_000),
        ("DE", 42_000, 50_000),
        ("GB", 32_000, 35_000),
        ("LU", 12 * 4_200, 12 * 5_000),
        ("US", 62_000, 85_000),
    ],
)
def test_presets_are_pay_of_a_full_post(code: str, employee: float, colleague: float) -> None:
    """The wage an hour is the year's over 52 weeks of a full post, and is said to be a guess."""
    country = load_country(code)
    hours = 52 * country.value("full_time_hours")
    for key, pay in (("employee", employee), ("colleague", colleague)):
        fact = country.fact(f"{key}_hourly_wage")
        assert fact.value * hours == pytest.approx(pay, abs=0.005 * hours)
        assert fact.confidence in ("G", "D")


@given(
    st.sampled_from(sorted(COUNTRIES)),
    st.floats(2_900, 30_000),
    st.integers(1, 500),
    st.one_of(st.none(), st.integers(18, 64)),
)
def test_an_employer_pays_at_least_the_wage(
    code: str, monthly: float, size: int, age: int | None
) -> None:
    """And less than 70 % more, whatever the size and the age; a year is twelve such months."""
    found = payrolls.cost(code, monthly_gross=monthly, size=size, age=age, hours=35)
    assert round(monthly, 2) <= found.total <= 1.7 * monthly
    assert found.annual == pytest.approx(12 * found.total, abs=1.5)
    parts = found.gross + sum(line.amount for line in found.lines)
    assert found.total == pytest.approx(parts, abs=0.005)


@pytest.mark.parametrize("code", COUNTRIES)
def test_six_lines_give_an_answer(code: str) -> None:
    """An option that does the job, in the country's currency, and no warning."""
    found = result(code)
    assert found.currency == COUNTRIES[code][1]
    assert found.recommended is not None
    assert not found.warnings
    hire = found.options["hire"]
    wage, hours = COUNTRIES[code][0], load_country(code).value("full_time_hours")
    pay = wage * hours * 52 * 2
    # Somebody hired costs more than the wage, and less than twice as much, tools and managing
    # included.
    assert pay < float(hire.total) < 2 * pay


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_hire_costs_what_payroll_says(code: str) -> None:
    """Pay and charges of two years are 24 times the month of `employer_cost`, to a few cents."""
    found = result(code).options["hire"]
    ledger = sum(
        float(entry.amount)
        for entry in found.entries
        if entry.category in ("pay", "employer charges")
    )
    wage, size = COUNTRIES[code][0], load_country(code).value("company_size")
    month = payrolls.cost(code, hourly_gross=wage, size=size).total
    assert ledger == pytest.approx(24 * month, abs=1.0)


@pytest.mark.parametrize("code", COUNTRIES)
def test_guesses_are_said_to_be(code: str) -> None:
    """Every guess of the schedule is an assumption with the key that replaces it."""
    paths = {each.path: each for each in result(code).assumptions}
    country = load_country(code)
    keys = {
        "payroll.work_accidents": "company.work_accident_rate",
        "payroll.health_insurance": "company.health_insurance",
        "payroll.annual_payroll": "company.payroll",
    }
    only_of_large_companies = ("payroll.mobility", "payroll.apprentices")
    guesses = [
        key
        for key, fact in country.facts.items()
        if key.startswith("payroll.")
        and fact.confidence == "G"
        and isinstance(fact.value, (int, float))
        and key not in only_of_large_companies
    ]
    for key in guesses:
        path = keys.get(key, f"company.rates.{key.removeprefix('payroll.')}")
        assert paths[path].confidence == "G"
        assert paths[path].source.startswith("assumption")


@pytest.mark.parametrize("code", ["BE", "DE", "GB", "LU"])
def test_guesses_of_the_market_come_first(code: str) -> None:
    """Where no survey of wages or prices was found they stand before what is sourced."""
    listed = result(code).assumptions
    places = {each.path: place for place, each in enumerate(listed)}
    market = ("sources.colleague.hourly_wage", "sources.agency.watch", "own_time")
    assert [listed[places[path]].confidence for path in market] == ["G", "G", "G"]
    sourced = min(place for place, each in enumerate(listed) if each.confidence != "G")
    assert max(places[path] for path in market) < sourced


@pytest.mark.parametrize(("code", "hours"), [("BE", 38), ("CH", 42), ("GB", 37.5), ("US", 40)])
def test_own_time_is_the_year_of_a_colleague(code: str, hours: float) -> None:
    """Everything that a year costs, bonuses included, over the hours really worked."""
    country = load_country(code)
    employer = Employer(country, Company())
    year = payrolls.cost(code, hourly_gross=country.value("colleague_hourly_wage"), size=1).annual
    worked = 52 * hours * (1 - planned_absence(country)) * (1 - country.value("sickness"))
    assert employer.colleague_hour() == pytest.approx(year / worked, rel=1e-4)


def test_holidays_that_are_replaced() -> None:
    """Belgium counts 10 and Luxembourg 11 whatever the year; England has 8 on weekdays."""
    for code, days in (("BE", 10), ("LU", 11), ("GB", 8)):
        country = scenario(code, "start: 2026-07-01\n").country_data
        assert country is not None
        assert country.value("public_holidays_on_weekdays") == days


@pytest.mark.parametrize(
    ("region", "weekdays"), [("Scotland", 9), ("Northern Ireland", 10), ("England", 8)]
)
def test_bank_holidays_by_nation(region: str, weekdays: int) -> None:
    """Holidays package, a year from 1 July 2026; Scotland 9 to 10."""
    more = f"start: 2026-07-01\nhorizon: 12 months\nregion: {region}\n"
    country = scenario("GB", more).country_data
    assert country is not None
    assert weekdays <= country.value("public_holidays_on_weekdays") <= weekdays + 1


def test_a_region_changes_the_costs() -> None:
    """80,000 francs in Vaud cost 968 a year more than in Bern: 2.71 less 1.50 % of pay."""
    pay = COUNTRIES["CH"][0] * 42 * 52
    vaud, bern = (
        float(result("CH", f"region: {canton}\n").options["hire"].total)
        for canton in ("Vaud", "Berne")
    )
    # Own time is a colleague's, whose cost the region changes too.
    assert vaud - bern > 2 * 0.0121 * pay - 1


def test_age_counts() -> None:
    """From 54 to 55 the credits of half the pension rise by 1.5 % of 55,560: 833 a year."""
    text = (
        "country: CH\nneeds: {work: {content: 10 h/week}}\n"
        "sources: {cm: {kind: employee, annual_wage: 82000, hours: 42, age: %d, overtime: paid}}\n"
        "options: {hire: [cm]}\nhorizon: 12 months\n"
    )
    younger, older = (
        sum(
            float(entry.amount)
            for entry in compare(loads(text % age), details=False).options["hire"].entries
            if entry.category == "employer charges"
        )
        for age in (54, 55)
    )
    assert older - younger == pytest.approx(0.015 * (82_000 - 26_460), abs=0.2)


def test_thirteen_months_of_a_monthly_wage() -> None:
    """5,000 francs are paid 13 times; `thirteenth_month: false` makes it 12."""
    text = (
        "country: CH\nneeds: {work: {content: 10 h/week}}\n"
        "sources: {cm: {kind: employee, monthly_wage: 5000, hours: 42%s}}\n"
        "options: {hire: [cm]}\nhorizon: 12 months\n"
    )
    paid = [
        sum(
            float(entry.amount)
            for entry in compare(loads(text % more), details=False).options["hire"].entries
            if entry.category == "pay"
        )
        for more in ("", ", thirteenth_month: false")
    ]
    assert paid == pytest.approx([65_000, 60_000], abs=0.1)


def test_a_thirteenth_month_where_it_is_no_custom() -> None:
    """France: 2,400 paid 13 times a year are 2,600 a month, and cost what 2,600 do."""
    thirteen = payrolls.cost("FR", monthly_gross=2_400, thirteenth_month=True, size=30)
    spread = payrolls.cost("FR", monthly_gross=2_600, size=30)
    assert (thirteen.total, thirteen.annual) == (spread.total, spread.annual)
    assert thirteen.gross == 2_400


def test_a_company_has_its_own_rates() -> None:
    """Class 3 of the Mutualité pays 1.56 % instead of 0.95: 0.61 % of 50,398 in a year."""
    pay = 24.23 * 40 * 52
    usual, own = (
        sum(
            float(entry.amount)
            for entry in result("LU", more).options["hire"].entries
            if entry.category == "employer charges"
        )
        for more in ("", "company: {rates: {mutuality: 1.56%}}\n")
    )
    assert own - usual == pytest.approx(2 * 0.0061 * pay, abs=0.2)
    assert payrolls.cost("LU", monthly_gross=5_000, rates={"mutuality": 0.0266}).total == 5_750.00


@pytest.mark.parametrize(
    ("country", "contract"), [("DE", "apprentice"), ("LU", "intern"), ("US", "intern")]
)
def test_a_guess_forbids_no_wage(country: str, contract: str) -> None:
    """It stands in where no wage is given, and a lower one is not called unlawful."""
    usual = payrolls.cost(country, contract=contract).gross
    assert usual > 0
    assert payrolls.cost(country, contract=contract, monthly_gross=0.9 * usual).gross < usual


SHORT = "hourly_wage: 30\nagency_rate: 90/h\nhours_per_day: 2\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ("country: CH\nregion: Zurch\n" + SHORT, "E208", 2, "did you mean `Zürich`?"),
        ("country: CA\nregion: Québec\n" + SHORT, "E208", 2, "`country: CA-QC`"),
        ("country: US\nregion: Texass\n" + SHORT, "E208", 2, "did you mean `Texas`?"),
        ("country: LU\nstart: 2026-02-30\n" + SHORT, "E204", 2, ""),
        (
            "country: LU\ncompany: {rates: {mutualite: 1%}}\n" + SHORT,
            "E201",
            2,
            "did you mean `mutuality`?",
        ),
        (
            "country: DE\nsources: {cm: {kind: employee, age: 7}}\noptions: {a: [cm]}\n",
            "E204",
            2,
            "",
        ),
        (
            "country: US\nregion: NYC\nsources: {cm: {kind: employee, hourly_wage: 16.50}}\n"
            "options: {a: [cm]}\n",
            "E304",
            3,
            "pay at least $17.00/h",
        ),
    ],
)
def test_what_is_wrong_has_a_place(text: str, code: str, line: int, hint: str) -> None:
    """The line of the region, the date, the rate, the age or the wage, and the way out."""
    (found,) = wrong(text)
    assert (found.code, found.place and found.place.line) == (code, line)
    assert hint in found.hint


@pytest.mark.parametrize(
    ("country", "monthly", "warned"),
    [("LU", 3_300, True), ("LU", 3_330, False), ("BE", 2_240, True)],
)
def test_minimums_that_bind_some(country: str, monthly: float, warned: bool) -> None:
    """3,325.59 a month with a diploma in Luxembourg; 2,242.81 in joint committee 200."""
    hours = load_country(country).value("full_time_hours")
    found: Any = loads(
        f"country: {country}\nsources: {{cm: {{kind: employee, monthly_wage: {monthly}, "
        f"hours: {hours}}}}}\noptions: {{a: [cm]}}\n"
    )
    assert ("W419" in [each.code for each in found.warnings]) is warned


def test_a_country_may_have_no_limits() -> None:
    """Without any rule on hours people may work as long as they like, and a team shares a week."""
    facts = {
        key: fact for key, fact in load_country("US").facts.items() if key not in FACTS.values()
    }
    limits = limits_of(load_country("US")._replace(facts=facts))
    assert limits == (24, 168, 168, 0, 0, 7)
    assert list(breaches([(0, 7 * 24 * 60)], limits)) == []
    found = rotation(parse_week("24/7"), 6, 40, limits)
    assert len(found.rows) == 6


@pytest.mark.parametrize(
    ("country", "duty", "codes"),
    [
        ("BE", "mon-wed 08:00-20:00", ["W410"]),  # 12 h a day, 11 at most
        ("LU", "mon-wed 08:00-19:00", ["W410"]),  # 11 h a day, 10 at most
        ("LU", "mon 14:00-22:00, tue 06:00-14:00", ["W411"]),  # 8 h between two days, 11 at least
        ("CH", "mon 14:00-22:00, tue 06:00-14:00", ["W411"]),
        ("DE", "mon-wed 08:00-20:00", []),  # the law was not read: a guess warns nobody
    ],
)
def test_the_law_on_hours(country: str, duty: str, codes: list[str]) -> None:
    """A rule with a source warns, by country."""
    found = loads(
        f"country: {country}\nsources: {{cm: {{kind: employee, hours: 38, on_duty: '{duty}'}}}}\n"
        "options: {a: [cm]}\n"
    )
    assert [each.code for each in found.warnings if each.code.startswith("W41")] == codes


def test_no_law_on_hours_is_no_limit() -> None:
    """In the United States a day of 13 hours on duty breaks no law that is known."""
    text = (
        "country: US\nsources: {cm: {kind: employee, hours: 39, on_duty: mon-wed 08:00-21:00}}\n"
        "options: {a: [cm]}\n"
    )
    assert [each.code for each in loads(text).warnings if each.code.startswith("W41")] == []
