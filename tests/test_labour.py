"""Labour in scenarios: hours of duty against the law, contracts, real holidays, the company."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest

import cmsource
from cmsource.countries import Country, UnknownRegion, load_country, placed
from cmsource.countries.calendars import public_holidays, regions, with_calendar
from cmsource.reading.load import read_text
from cmsource.results.option import OptionResult
from cmsource.scenario.assumption import Assumption
from cmsource.values.diagnostics import Diagnostic

FRANCE = load_country("FR")


def text(source: str, top: str = "country: FR", needs: str = "{cover: 24/7}") -> str:
    """A scenario with one source."""
    return f"{top}\nneeds: {needs}\nsources: {{x: {source}}}\noptions: {{only: [x]}}\n"


def found(source: str, top: str = "country: FR") -> list[Diagnostic]:
    """What is said about a scenario with one source."""
    return list(read_text(text(source, top)).diagnostics)


def said(source: str, top: str = "country: FR") -> list[tuple[str, str]]:
    """Codes and messages about a scenario with one source."""
    return [(one.code, one.message) for one in found(source, top)]


def option(source: str, top: str = "country: FR") -> OptionResult:
    """The result of the one option."""
    return cmsource.compare(cmsource.loads(text(source, top))).options["only"]


def assumed(source: str, top: str = "country: FR") -> dict[str, Assumption]:
    """The assumptions by their path."""
    scenario = cmsource.loads(text(source, top))
    return {one.path: one for one in scenario.assumptions}


# Hours of one person ----------------------------------------------------------------------------


def test_a_long_day() -> None:
    """Twelve hours in a day are more than ten; the rule and the hours are named, and the place."""
    (one,) = found("{kind: employee, hourly_wage: 20, on_duty: mon 08:00-20:00}")
    assert one.code == "W410"
    assert one.message == (
        "`x`: mon 08:00-20:00 is 12 h; at most 10 h a day, service-public.fr F1911"
    )
    assert one.place is not None
    assert (one.place.line, one.place.path) == (3, "sources.x.on_duty")
    assert "headcount: 2" in one.hint


def test_days_of_the_same_length_are_named_together() -> None:
    """Two days of eleven hours are one warning, a third of twelve another."""
    duty = "mon-tue 08:00-19:00, thu 08:00-20:00"
    codes = said(f'{{kind: employee, hourly_wage: 20, on_duty: "{duty}"}}')
    assert [message.partition(";")[0] for _, message in codes] == [
        "`x`: mon-tue 08:00-19:00 is 11 h",
        "`x`: thu 08:00-20:00 is 12 h",
    ]


def test_a_short_night() -> None:
    """From 07:00 to 23:00 only eight hours of rest are left, and ten in between."""
    duty = "mon-tue 07:00-09:00 19:00-23:00"
    ((code, message),) = said(f'{{kind: employee, hourly_wage: 20, on_duty: "{duty}"}}')
    assert code == "W411"
    assert "mon 07:00 to tue 23:00 is without 11 h of rest in a row" in message
    assert message.endswith("Code du travail L3131-1")


def test_no_free_day() -> None:
    """Two hours on each of seven days leave 22 hours of rest at most, and no day off."""
    codes = said("{kind: employee, hourly_wage: 20, on_duty: daily 09:00-11:00}")
    assert [code for code, _ in codes] == ["W412", "W414"]
    assert "the longest rest of the week is 22 h; at least 35 h" in codes[0][1]
    assert "is 7 days in a row; at most 6 days, Code du travail L3132-1" in codes[1][1]


def test_long_weeks() -> None:
    """48 hours a week are the most; 44 on average, as every week is the same."""
    person = "{{kind: employee, hourly_wage: 20, hours: 50, on_duty: '{}'}}"
    ((code, message),) = said(person.format("mon-fri 08:00-17:00, sat 08:00-12:00"))
    assert code == "W413"
    assert "is 49 h a week; at most 48 h a week, service-public.fr F1911" in message
    ((code, message),) = said(person.format("mon-fri 08:00-17:00"))
    assert code == "W413"
    assert "is 45 h a week; at most 44 h a week on average" in message


def test_office_hours_are_lawful() -> None:
    """The country's own office hours break nothing, in both countries."""
    assert found("{kind: employee}") == []
    assert found("{kind: employee}", "country: CA-QC") == []


def test_a_colleague_is_held_against_the_day_only() -> None:
    """Nobody knows the other hours of somebody who has another job."""
    person = "{kind: colleague, hourly_wage: 20, hours: 30, on_duty: daily 08:00-12:00}"
    assert found(person) == []
    day = "{kind: colleague, hourly_wage: 20, hours: 30, on_duty: mon 08:00-19:00}"
    assert [code for code, _ in said(day)] == ["W410"]


def test_providers_answer_for_their_people() -> None:
    """An agency's and a freelancer's hours are their own affair."""
    assert found("{kind: agency, hourly_rate: 75}") == []
    assert found("{kind: freelancer, on_duty: daily 06:00-22:00}") == []


def test_an_intern_has_the_same_hours() -> None:
    """The limits of a working day hold for interns too."""
    assert tuple(code for code, _ in said("{kind: intern, on_duty: mon 08:00-19:00}")) == ("W410",)


def test_what_a_country_only_assumes_breaks_nothing() -> None:
    """Québec's law has no daily maximum: the assumption of ten hours warns nobody."""
    assert load_country("CA-QC").fact("day_maximum_hours").confidence == "G"
    assert found("{kind: employee, on_duty: mon 08:00-20:00}", "country: CA-QC") == []


def test_a_duty_beyond_the_contract_is_one_error() -> None:
    """Where hours are missing, what law says about them is not added."""
    assert [code for code, _ in said("{kind: employee, on_duty: 24/7}")] == ["E302"]


# Teams ------------------------------------------------------------------------------------------


def test_a_team_without_a_rotation() -> None:
    """A weekend round the clock takes three people."""
    (one,) = found('{kind: employee, headcount: 2, on_duty: "sat-sun 00:00-24:00"}')
    assert one.code == "W415"
    assert one.message.endswith("sat has 3 shifts, each for another person")
    assert one.hint == "headcount: 3 would do (1 more)"


@pytest.mark.parametrize("headcount", ["auto", "6", "8"])
def test_a_team_round_the_clock_is_lawful(headcount: str) -> None:
    """The team that has hours enough has a rotation too."""
    assert found(f"{{kind: employee, headcount: {headcount}, on_duty: 24/7}}") == []


def test_the_roster_is_in_the_result() -> None:
    """JSON has the rows of each team in its phase, and reads them back."""
    source = "{kind: employee, headcount: auto, on_duty: 24/7}"
    result = cmsource.compare(cmsource.loads(text(source)))
    phase = json.loads(cmsource.to_json(result))["options"]["only"]["phases"][0]
    roster = phase["rosters"]["x"]
    assert len(roster["rows"]) == phase["sources"]["x"]["headcount"] == 6
    assert sum(roster["hours"]) == 168
    assert (roster["teams"], roster["why_not"]) == (1, None)
    again = cmsource.from_json(cmsource.to_json(result))
    assert again.options["only"].phases[0].rosters == result.options["only"].phases[0].rosters


def test_explain_shows_the_roster() -> None:
    """People read the rows as hours of the week."""
    from cmsource.reports.explain import ExplainReport
    from cmsource.writers import terminal
    from cmsource.writers.page import Page

    result = cmsource.compare(
        cmsource.loads(text("{kind: employee, headcount: 2, on_duty: daily 09:00-18:00}"))
    )
    shown = terminal.write(ExplainReport(result, ["only"]), Page())
    assert "Weekly rotation of x" in shown
    assert "31.5\N{NO-BREAK SPACE}h a week on average" in shown
    none = cmsource.compare(
        cmsource.loads(text('{kind: employee, headcount: 2, on_duty: "sat-sun 00:00-24:00"}'))
    )
    told = terminal.write(ExplainReport(none, ["only"]), Page())
    assert "3 people would do" in " ".join(told.split())


def test_one_person_has_no_roster() -> None:
    """Rotations are for teams; a colleague's other hours are not ours to plan."""
    for source in ("{kind: employee}", "{kind: colleague, headcount: 2, hours: 5 h/week}"):
        assert option(source).phases[0].rosters == {}


# Contracts --------------------------------------------------------------------------------------

FREE = "recruitment: 0, turnover: 0, management: 0"
"""Nothing beside pay and charges."""
FIXED = "{kind: employee, monthly_wage: 2300, contract: fixed-term, starts_after: 0, %s}"


def test_the_end_of_a_fixed_term_contract() -> None:
    """10% of 2,300 is pay of its own; the month costs 3,240 with it (FR.md), a permanent 2,808."""
    top = "country: FR\nhorizon: 12 months\ncompany: {size: 10, work_accident_rate: 2.08%}"
    result = option(FIXED % FREE, top)
    pay = [entry for entry in result.entries if entry.category == "pay"]
    assert [(entry.why, entry.cents) for entry in pay] == [
        ("gross pay", 12 * 230_000),
        ("precarity bonus, 10% of €2,300.00 a month", 12 * 23_000),
    ]
    assert float(result.total) / 12 == pytest.approx(3240, rel=0.005)


def test_leave_that_is_paid_out() -> None:
    """Another 10% on top, 3,675 in all; whoever is paid the leave is there in that time."""
    top = "country: FR\nhorizon: 12 months\ncompany: {size: 10, work_accident_rate: 2.08%}"
    source = FIXED % f"leave_taken: false, {FREE}"
    result = option(source, top)
    assert float(result.total) / 12 == pytest.approx(3675, rel=0.005)
    assert any("paid leave not taken" in entry.why for entry in result.entries)
    absence = assumed(source, top)["sources.x.planned_absence"]
    assert absence.value == "3.4615%"  # 9 / 260
    assert "paid out" in absence.source


def test_a_cadre_is_sick_less_often() -> None:
    """2.3% of working time instead of 4.8%: 1 - 0.977 x (1 - 0.1555 x 3.76923 / 12) = 7.1%."""
    assert assumed("{kind: employee, cadre: true}")["sources.x.unplanned_absence"].value == (
        "7.072%"
    )
    assert assumed("{kind: employee}")["sources.x.unplanned_absence"].value == "9.4498%"


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ("turnover: 0%", "4.8%"),
        ("turnover: 50%", "19.7513%"),  # 1 - 0.952 x (1 - 0.5 x 3.76923 / 12)
        ("ramp_up: 6 months", "11.9171%"),  # 1 - 0.952 x (1 - 0.1555 x (2.76923 + 3) / 12)
        ("turnover: 100%, ramp_up: 0", "26.7692%"),  # 1 - 0.952 x (1 - 2.76923 / 12)
        ("turnover: 500%", "95%"),  # more than all of it: the most that a source may be absent
    ],
)
def test_who_leaves_takes_the_successors_ramp_up_along(fields: str, lost: str) -> None:
    """A source's own turnover and ramp-up decide what of its time is lost, where it gives them."""
    found = assumed(f"{{kind: employee, {fields}}}")["sources.x.unplanned_absence"]
    assert found.value == lost
    assert ("all sectors" in found.source) == ("turnover" not in fields)


APPRENTICE = "{kind: apprentice, starts_after: 0, recruitment: 0, turnover: 0, management: 0, %s}"


def test_apprentice_pay_by_age_and_year() -> None:
    """43% of 12.31 at 18 to 20, 51% in the second year; 21 after it: the share of that age."""
    top = "country: FR\nhorizon: 24 months"
    result = option(APPRENTICE % "age: 18, level: 8", top)
    hours = 35 * 52
    pay = [entry for entry in result.entries if entry.category == "pay"]
    assert [entry.amount for entry in pay] == [
        Decimal("9633.81"),  # 5.2933, as the file writes 43% of 12.31, x 1,820
        Decimal(str(round(12.31 * 0.51 * hours, 2))),
    ]
    older = option(APPRENTICE % "age: 20, level: 8", top)
    second = [entry for entry in older.entries if entry.category == "pay"][1]
    assert second.amount == Decimal(str(round(12.31 * 0.61 * hours, 2)))
    assert "year 2 of the apprenticeship" in second.why


def test_apprentice_years_count_from_the_start_of_the_contract() -> None:
    """Three months of search come before the horizon, whose years are those of the contract."""
    source = "{kind: apprentice, age: 18, starts_after: 3 months}"
    pay = [
        (entry.from_month, entry.months)
        for entry in option(source, "country: FR\nhorizon: 24 months").entries
        if entry.category == "pay"
    ]
    assert pay == [(0, 12), (12, 12)]


def test_state_aid_for_an_apprentice() -> None:
    """Level 5 brings 4,500 in the first year, level 6 2,000 less a share of 750; then nothing."""
    top = "country: FR\nhorizon: 24 months\ncompany: {size: 8}"
    none = option(APPRENTICE % "age: 18, level: 8", top)
    five = option(APPRENTICE % "age: 18, level: 5", top)
    six = option(APPRENTICE % "age: 18, level: 6", top)
    assert none.total - five.total == 4500
    # A twelfth of 2,000 and of 750 each month, each rounded to the cent.
    assert none.total - six.total == 12 * (Decimal("166.67") - Decimal("62.50"))


def test_a_second_year_apprentice_brings_no_aid() -> None:
    """The aid is of the first year of the contract."""
    top = "country: FR\nhorizon: 12 months\ncompany: {size: 8}"
    terms = "age: 18, year: 2, hourly_wage: 8, level: %d"
    assert (
        option(APPRENTICE % (terms % 5), top).total == option(APPRENTICE % (terms % 8), top).total
    )


def test_what_an_apprentice_is_assumed_to_be() -> None:
    """Age and level that are not given are guesses that everybody can see."""
    seen = assumed("{kind: apprentice}")
    assert (seen["sources.x.age"].value, seen["sources.x.age"].confidence) == ("21", "G")
    assert (seen["sources.x.level"].value, seen["sources.x.level"].confidence) == ("6", "G")
    wage = seen["sources.x.hourly_wage"]
    assert wage.value == "6.5243/h"  # 53% of 12.31
    assert "53% of the minimum wage at 21 in year 1" in wage.source


@pytest.mark.parametrize(
    ("terms", "age"),
    [
        ("hourly_wage: 3.40", "16"),  # 27% of 12.31 is 3.32, 43% is 5.29
        ("hourly_wage: 5.30", "18"),
        ("hourly_wage: 7", "21"),  # 53% is 6.52
        ("hourly_wage: 12.31", "26"),
        ("hourly_wage: 7, year: 2", "18"),  # 51% is 6.28, 61% is 7.51
        ("hourly_wage: 6.80, year: 3", "17"),  # 55% is 6.77
        ("hourly_wage: 9, year: 4", "19"),  # 67% is 8.25, 78% is 9.60
        ("monthly_wage: 990", "21"),  # 6.53 an hour of 151.67
        ("annual_wage: 6000, hours: 17.5 h/week", "21"),  # 6.59 an hour of 910
    ],
)
def test_a_wage_says_how_old_an_apprentice_is_taken_to_be(terms: str, age: str) -> None:
    """The oldest group whose minimum it reaches in its year, begun at 16 if it can be."""
    found = assumed(f"{{kind: apprentice, {terms}}}")["sources.x.age"]
    assert (found.value, found.confidence) == (age, "G")
    assert f"at {age} year" in found.source


def test_other_hours_make_an_apprentice_no_older() -> None:
    """990 a month for 35 h is 6.53 an hour, at 21; half of the hours keep both, and move up too."""
    text = (
        "country: FR\nhorizon: 24 months\nneeds: {work: {content: 5 h/week}}\n"
        "sources: {al: {kind: apprentice, monthly_wage: 990, starts_after: 0}}\n"
        "options: {half: [al: {hours: 17.5 h/week}]}\n"
    )
    result = cmsource.compare(cmsource.loads(text)).options["half"]
    pay = [entry.amount for entry in result.entries if entry.category == "pay"]
    assert pay == [Decimal("5940.00"), Decimal("6833.28")]  # 990 x 12 / 2, 61% x 12.31 x 910


def test_an_age_that_is_assumed_breaks_no_law() -> None:
    """6.80 an hour in a third year is lawful at 17, who would have begun at 15; nobody said so."""
    assert said("{kind: apprentice, year: 3, hourly_wage: 6.80}") == []
    assert said("{kind: apprentice, year: 5, hourly_wage: 6.80}") == []


def test_an_apprentice_moves_up_on_the_anniversary_whatever_was_given() -> None:
    """7 an hour, for 53% of 12.31 at least; 61% from the second year on, 7.5091 x 1.820 h."""
    result = option(APPRENTICE % "hourly_wage: 7", "country: FR\nhorizon: 24 months")
    pay = [entry.amount for entry in result.entries if entry.category == "pay"]
    assert pay == [Decimal("12740.00"), Decimal("13666.56")]


def test_an_apprentice_below_the_minimum() -> None:
    """67% of 12.31 in the third year at 19; 27% is the least at any age in the first."""
    ((code, message),) = said("{kind: apprentice, age: 19, year: 3, hourly_wage: 8}")
    assert code == "E304"
    assert "below the legal minimum of €8.25" in message
    assert said("{kind: apprentice, hourly_wage: 3.40}") == []
    ((_, message),) = said("{kind: apprentice, hourly_wage: 3.20}")
    assert "of any age" in message


def test_only_apprentices_have_a_level() -> None:
    """The keys of an apprentice mean nothing for others."""
    assert [code for code, _ in said("{kind: employee, level: 6}")] == ["E201"]


# The company ------------------------------------------------------------------------------------


def test_the_payroll_of_a_company_in_quebec() -> None:
    """FSS: 1.65% up to 1 M, 4.26% from 7.8 M, where the training duty of 1% is due too."""
    source = f"{{kind: employee, annual_wage: 50000, starts_after: 0, {FREE}}}"
    top = "country: CA-QC\nhorizon: 12 months\ncompany: {payroll: %s}"
    small, large = (option(source, top % pay).total for pay in ("900000", "8000000"))
    month = Decimal(str(round(50_000 / 12, 2)))
    fund = round(month * Decimal("0.0426"), 2) - round(month * Decimal("0.0165"), 2)
    assert large - small == 12 * (fund + round(month * Decimal("0.01"), 2))
    seen = assumed("{kind: employee}", "country: CA-QC")["company.payroll"]
    assert (seen.value, seen.confidence) == ("500000/year", "G")


def test_rates_of_the_company() -> None:
    """Mobility of 3.2% and an accident rate of 2.08%; what is not given is assumed."""
    source = f"{{kind: employee, monthly_wage: 2600, starts_after: 0, {FREE}}}"
    top = "country: FR\nhorizon: 12 months\ncompany: {size: 30%s}"
    plain = option(source, top % "")
    assert plain.total == 12 * Decimal("3311.80")  # at 0.64% of accidents
    paris = option(source, top % ", mobility_rate: 3.2%, work_accident_rate: 2.08%")
    assert paris.total - plain.total == 12 * (
        Decimal("83.20") + Decimal("54.08") - Decimal("16.64")
    )
    seen = assumed("{kind: employee}", top % "")
    assert seen["company.mobility_rate"].value == "0%"
    assert seen["company.work_accident_rate"].value == "0.64%"
    assert seen["company.health_insurance"].value == "20/month"
    assert "company.mobility_rate" not in assumed("{kind: employee}", "country: FR")


# Real dates -------------------------------------------------------------------------------------


def per_year(country: Country) -> tuple[float, float]:
    """Public holidays a year, and those on weekdays."""
    return country.value("public_holidays"), country.value("public_holidays_on_weekdays")


def test_holidays_of_a_horizon() -> None:
    """2027: 11, of which 7 on weekdays (1 January, Easter Monday, Ascension, Whit Monday, …)."""
    whole = placed(FRANCE, datetime.date(2027, 1, 1), 12)
    assert per_year(whole) == (11, 7)
    # From 4 January 2027 for two years: 6 + 9 weekdays, and 1 January 2029.
    two = placed(FRANCE, datetime.date(2027, 1, 4), 24)
    assert per_year(two) == (11, 8)
    assert two.fact("public_holidays").source == ("holidays package, FR, 2027-01-04 to 2029-01-03")


def test_holidays_of_a_region() -> None:
    """Alsace and Moselle have Good Friday and 26 December too."""
    day = datetime.date(2027, 1, 1)
    assert per_year(placed(FRANCE, day, 12, "Moselle")) == (13, 8)
    assert per_year(placed(FRANCE, day, 12, "alsace")) == (13, 8)
    national, alsace = with_calendar(FRANCE, None, 24), placed(FRANCE, None, 24, "Alsace")
    assert per_year(national) == (11, 8.8)
    assert per_year(alsace)[0] == 13
    assert "average of 2024-2033" in alsace.fact("public_holidays").source


def test_holidays_of_a_short_horizon() -> None:
    """One month without a holiday, and one with three on weekdays: counted a year."""
    assert per_year(placed(FRANCE, datetime.date(2027, 2, 1), 1)) == (0, 0)
    # May 2027: 1, 6, 8 and 17; the 1st and the 8th are Saturdays.
    assert per_year(placed(FRANCE, datetime.date(2027, 5, 1), 1)) == (48, 24)
    assert placed(FRANCE, datetime.date(2027, 5, 1), 0) == FRANCE


def test_holidays_of_quebec() -> None:
    """Eight a year, Christmas on a Saturday being given on the Monday as well."""
    quebec = placed(load_country("CA-QC"), datetime.date(2026, 1, 1), 12)
    assert per_year(quebec) == (8, 8)


def test_a_country_without_a_calendar_keeps_its_average() -> None:
    """A made-up country is in no package of calendars."""
    country = FRANCE._replace(code="XX")
    assert placed(country, datetime.date(2027, 1, 1), 12) == country


def test_unknown_regions() -> None:
    """A name that is no region; Québec, which is a region itself; codes are known as well."""
    with pytest.raises(UnknownRegion, match="Bretagne") as caught:
        placed(FRANCE, None, 12, "Bretagne")
    assert "Moselle" in caught.value.known
    with pytest.raises(UnknownRegion, match="known: none"):
        placed(load_country("CA-QC"), None, 12, "Ontario")
    assert not any(name.startswith("Zone") for name in regions("FR"))
    assert regions("XX") == ()
    assert len(public_holidays("FR", 2027, "57")) == 13


def test_a_scenario_with_a_start_counts_its_days() -> None:
    """Planned absence is (25 + 8) / 260 from 4 January 2027 on, for two years."""
    top = "country: FR\nstart: 2027-01-04\nhorizon: 24 months"
    absence = assumed("{kind: employee}", top)["sources.x.planned_absence"]
    assert absence.value == "12.6923%"
    assert "2027-01-04 to 2029-01-03" in absence.source


def test_a_scenario_with_an_unknown_region() -> None:
    """The place of the name is shown, with the regions that are known."""
    (one,) = found("{kind: employee}", "country: FR\nregion: Moselle et Alsace")
    assert one.code == "E208"
    assert one.place is not None
    assert (one.place.line, one.place.column) == (2, 9)
    (one,) = found("{kind: employee}", "country: CA-QC\nregion: Ontario")
    assert "leave it out" in one.hint


def test_the_region_is_kept_by_expand(tmp_path: Any) -> None:  # noqa: ANN401
    """A scenario in full says its region, and gives the same result."""
    path = tmp_path / "regional.yaml"
    path.write_text(text("{kind: employee}", "country: FR\nregion: Moselle"), encoding="utf-8")
    full = cmsource.expand(path)
    assert "region: Moselle" in full
    result = cmsource.compare(cmsource.load(path))
    again = cmsource.compare(cmsource.loads(full))
    assert again.options["only"].total == result.options["only"].total


def test_without_a_start_no_calendar_is_loaded() -> None:
    """Start-up stays fast: the calendars take as long to load as everything else."""
    import subprocess
    import sys

    code = (
        "import sys, cmsource; cmsource.compare(cmsource.loads('country: FR'));"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
