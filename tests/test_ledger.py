"""The ledger worked by hand: each category of cost, phases, years, prices and rounding."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import fsum

import pytest

from cmsource.countries import Employment, employer_charges, load_country
from cmsource.model.years import years
from cmsource.results.entry import CATEGORIES
from cmsource.results.option import OptionResult
from strategies import (
    Data,
    agency,
    apprentice,
    coach,
    colleague,
    compared,
    employee,
    freelancer,
    intern,
    only_option,
    scenario,
)

F = Fraction
MONTH = F(52, 12)
"""Weeks a month."""


def money(value: F | int) -> Decimal:
    """An exact amount as the ledger writes it, to the cent."""
    return Decimal(round(F(value) * 100)).scaleb(-2)


def lines(option: OptionResult, category: str) -> list[tuple[float, float, Decimal]]:
    """The entries of a category: from which month, for how many, how much."""
    return [(e.from_month, e.months, e.amount) for e in option.entries if e.category == category]


# What each category is --------------------------------------------------------------------------


def test_pay_and_charges_by_headcount() -> None:
    """Three people at 18.30 for 30 h: 3 × 18.30 × 30 × 52 a year, and 41 % on top."""
    person = employee(hourly_wage=18.3, hours="30 h/week", headcount=3, charges="41%")
    option = only_option(scenario({"cm": person}))
    pay = 3 * F("18.3") * 30 * 52
    assert option.by_category == {
        "pay": money(pay),
        "employer charges": money(pay * F(41, 100)),
    }


@pytest.mark.parametrize(
    "wage", [{"hourly_wage": 20}, {"monthly_wage": 3033.33}, {"annual_wage": 36400}]
)
def test_wages_an_hour_a_month_or_a_year(wage: Data) -> None:
    """20 an hour for 35 h is 36,400 a year, or 3,033.33 a month (which lacks four cents a year)."""
    person = employee()
    del person["hourly_wage"]
    option = only_option(scenario({"cm": person | wage}))
    expected = Decimal("36399.96") if "monthly_wage" in wage else Decimal("36400.00")
    assert option.total == expected


def test_premiums_for_night_sunday_and_holiday_hours() -> None:
    """A team round the clock: 63 night hours, 24 on Sunday, 11 holidays of 24 h a year.

    Five people of 35 h put 175/168 of a person on each hour. Night is 21:00 to 06:00.
    """
    premiums = {"night": "25%", "sunday": "50%", "holiday": "100%"}
    person = employee(headcount=5, on_duty="24/7", premiums=premiums)
    option = only_option(scenario({"cm": person}, cover="24/7"))
    depth = F(175, 168)
    year = depth * 20 * (63 * 52 * F(1, 4) + 24 * 52 * F(1, 2) + 24 * 11)
    parts = [amount for _, _, amount in lines(option, "premiums")]
    assert len(parts) == 3
    assert sum(parts) == pytest.approx(money(year), abs=Decimal("0.02"))
    night = depth * 20 * 63 * 52 * F(1, 4)
    assert money(night) in parts


def test_charges_bear_on_premiums_at_the_flat_rate() -> None:
    """Five people at 20 an hour: 182,000 of pay and 35,562.50 of premiums a year, 42 % on both."""
    premiums = {"night": "25%", "sunday": "50%", "holiday": "100%"}
    person = employee(
        hourly_wage=20,
        headcount=5,
        on_duty="24/7",
        planned_absence=0,
        premiums=premiums,
        charges="42%",
    )
    option = only_option(scenario({"cm": person}))
    assert option.by_category["pay"] == money(5 * 20 * 35 * 52)
    assert option.by_category["premiums"] == money(F("35562.50"))
    assert option.by_category["employer charges"] == money(F("217562.50") * F(42, 100))


def test_charges_bear_on_premiums_by_the_schedule() -> None:
    """A month's gross is 3,033.33 of wage and 592.71 of premiums: 3,626.04 for the schedule."""
    premiums = {"night": "25%", "sunday": "50%", "holiday": "100%"}
    person = employee(
        hourly_wage=20, headcount=5, on_duty="24/7", planned_absence=0, premiums=premiums
    )
    del person["charges"]
    option = only_option(scenario({"cm": person}) | {"company": {"size": 5}})
    schedule = employer_charges(load_country("FR"), Employment(3626.04, 35, size=5))
    month = fsum(line.amount for line in schedule)
    assert option.by_category["employer charges"] == money(5 * 12 * F(f"{month:.2f}"))


def test_no_holiday_premium_where_holidays_are_off() -> None:
    """Monday to Saturday, public holidays are days off, and nothing is at night or on Sunday."""
    premiums = {"night": "25%", "sunday": "50%", "holiday": "100%"}
    person = employee(on_duty="mon-sat 10:00-15:00", premiums=premiums)
    option = only_option(scenario({"cm": person}))
    assert "premiums" not in option.by_category


def test_everything_around_a_post() -> None:
    """Benefits, equipment, training, hiring and managing are a head."""
    person = employee(
        headcount=2,
        benefits=60,
        equipment=1200,
        training=700,
        recruitment=3000,
        turnover="20%/year",
        management="3 h/week",
    )
    option = only_option(scenario({"cm": person}, horizon=18, own_time=45))
    costs = option.by_category
    assert costs["benefits"] == money(2 * 60 * 18)
    assert costs["equipment"] == money(2 * 1200)
    assert costs["training"] == money(2 * 700 * F(18, 12))
    assert costs["recruitment"] == money(2 * 3000)
    assert costs["turnover"] == money(2 * F(20, 100) * 3000 * F(18, 12))
    assert costs["own time"] == money(2 * 3 * 52 * F(18, 12) * 45)
    assert option.total - option.cash == costs["own time"]
    assert lines(option, "equipment") == [(0, 0, money(2400))]


@pytest.mark.parametrize("kind", [employee, apprentice])
def test_whoever_is_hired_takes_a_managers_hour(kind: Callable[..., Data]) -> None:
    """An hour a week for each of three, as an assumption, where nobody says otherwise."""
    person = kind(headcount=3)
    del person["management"]
    result = compared(scenario({"cm": person}, own_time=40))
    assert result.options["cm"].by_category["own time"] == money(3 * 52 * 40)
    [assumed] = [each for each in result.assumptions if each.path == "sources.cm.management"]
    assert (assumed.value, assumed.confidence) == ("1 h/week", "G")


@pytest.mark.parametrize("size", [10, 60])
def test_own_time_is_an_hour_worked_by_the_countrys_colleague(size: int) -> None:
    """Whoever else is there, and at the company's own rates; or as the scenario says.

    22.20 x 35 x 52 / 12 = 3,367.00 gross. Contributions: health 13 %, family 5.25, old age 10.66,
    unemployment and AGS 4.25, pension 6.01, work accidents 0.64, autonomy 0.3, dialogue 0.016,
    apprenticeship 0.68: 40.806 %; under 11 employees housing 0.1 and training 0.55, from 50 on
    housing 0.5 + 0.45, training 1 and 8 % of the 20 for health insurance.
    The reduction: S = 12.02 x 151.67 = 1,823.03, (½ (3 S / G - 1))^1.75 = 0.13037, x 0.3781 or
    0.3821 and + 0.02: 0.0693 or 0.0698. Away: 34 of 260 days, and 4.8 % of the others.
    """
    share = F("0.41456") - F("0.0693") if size == 10 else F("0.42756") - F("0.0698")
    cost = 3367 * (1 + share) + (20 if size == 10 else F("21.60"))
    hour = cost / (35 * MONTH) / (F(226, 260) * F("0.952"))
    sources = {
        "agence": agency(coordination="2 h/week"),
        "marie": colleague(charges="20%"),
        "cm": employee(hourly_wage=50),
    }
    options = {"agency": ["agence"]}
    data = scenario(sources, options, company={"size": size})
    found = only_option(data).by_category["own time"]
    assert found == money(2 * 52 * F(round(hour * 100), 100))
    given = only_option(scenario(sources, options, own_time=99)).by_category["own time"]
    assert given == money(2 * 52 * 99)


def test_watch_by_the_watched_hour() -> None:
    """Three an hour for the 25 hours of cover that fall into the agency's evenings."""
    firm = agency(on_duty="daily 17:00-22:00", watch="3/h")
    option = only_option(scenario({"agence": firm}, cover="mon-fri 09:00-22:00"))
    assert option.by_category["watch"] == money(25 * 52 * 3)


def test_after_hours_messages_cost_their_multiplier() -> None:
    """Evenly spread, 128 of 168 messages come outside office days of 9:00-17:00, lunch included.

    The work itself is in the fees; only what comes on top is in the watch.
    """
    firm = agency(hourly_rate=60, after_hours=1.5)
    option = only_option(scenario({"agence": firm}, messages={"per_week": 168}))
    hours = F(168 * 6, 60)
    assert option.by_category["fees"] == money(hours * 52 * 60)
    assert option.by_category["watch"] == money(hours * F(128, 168) * 52 * 30)


def test_messages_of_the_night_answered_at_the_desk_are_not_after_hours() -> None:
    """An agency on duty in office hours answers the night's messages in the morning: no extra."""
    firm = agency(after_hours=2, on_duty="mon-fri 09:00-12:30 13:30-17:00")
    option = only_option(scenario({"agence": firm}, messages={"per_week": 168}))
    assert "watch" not in option.by_category


def test_messages_that_wait_for_an_early_shift_are_after_hours() -> None:
    """On duty from 08:00 to 10:00 on weekdays: what comes before 9:00 is answered before 9:00.

    Messages from Monday 10:00 to Tuesday 08:00 wait for 08:00 and are answered outside office
    hours, as are those until 09:00; only those between 09:00 and 10:00 are not. They are so short
    that nobody is ever busy for long.
    """
    firm = agency(hourly_rate=60, after_hours=1.5, on_duty="mon-fri 08:00-10:00")
    messages = {"per_week": 168, "minutes_each": 0.01}
    option = only_option(scenario({"agence": firm}, messages=messages))
    hours = F(168, 6000) * F(163, 168)
    assert float(option.by_category["watch"]) == pytest.approx(float(hours * 52 * 30), rel=0.01)


def test_whoever_is_always_busy_works_as_much_in_each_hour() -> None:
    """16.8 h of messages for 10 h of duty, half of which is before 9:00."""
    firm = agency(hourly_rate=60, after_hours=1.5, on_duty="mon-fri 08:00-10:00")
    option = only_option(scenario({"agence": firm}, messages={"per_week": 168}))
    assert float(option.by_category["fees"]) == pytest.approx(10 * 52 * 60, rel=0.005)
    assert float(option.by_category["watch"]) == pytest.approx(5 * 52 * 30, rel=0.06)


def test_after_hours_of_a_retainer_is_priced_at_its_own_hour() -> None:
    """2,000 for 40 h included are 50 an hour: half of it on top of each hour after hours."""
    firm = agency(retainer=2000, included="40 h/month", after_hours=1.5)
    option = only_option(scenario({"agence": firm}, messages={"per_week": 50}))
    hours = F(50 * 6, 60)
    assert option.by_category == {
        "fees": money(2000 * 12),
        "watch": money(hours * F(128, 168) * 52 * 25),
    }


@pytest.mark.parametrize("rate", [{}, {"hourly_rate": 75}])
def test_an_all_inclusive_retainer_pays_for_everything(rate: Data) -> None:
    """With `included: all` it costs the same for 10 h as for 30 h a week."""
    firm = agency(retainer=4000, included="all", **rate)
    for hours in (10, 30):
        option = only_option(scenario({"agence": firm}, work={"content": f"{hours} h/week"}))
        assert option.total == money(48_000)
        assert option.coverage.work_done == pytest.approx(1)


def retainer_alone(**fields: object) -> Data:
    """An agency with a retainer of which nobody says what it includes."""
    return {"kind": "agency", "on_duty": "24/7", "service_level": 1, "coordination": 0, **fields}


@pytest.mark.parametrize(
    ("rate", "an_hour", "included"),
    [
        ({}, F(175, 2), "28.571429 h/month"),  # the market's 87.50
        ({"hourly_rate": 75}, F(75), "33.333333 h/month"),
        ({"day_rate": 525}, F(75), "33.333333 h/month"),  # a day of 7 h
        ({"day_rate": 600, "day_length": "8 h"}, F(75), "33.333333 h/month"),
    ],
)
def test_a_retainer_buys_the_hours_that_it_pays_for(rate: Data, an_hour: F, included: str) -> None:
    """2,500 a month for 36 h a week, 156 h a month: all of them cost the hourly rate.

    So does a retainer that says its hours. Where the work fits, nothing but it is to pay.
    """
    rates = rate or {"hourly_rate": 87.5}
    sources = {
        "unsaid": retainer_alone(retainer=2500, **rate),
        "said": retainer_alone(retainer=2500, included=included, **rates),
    }
    options = compared(scenario(sources, work={"content": "36 h/week"}, horizon=24)).options
    assert options["unsaid"].total == money(156 * an_hour * 24)
    assert options["unsaid"].by_category == options["said"].by_category
    assert options["unsaid"].coverage == options["said"].coverage
    fits = compared(scenario(sources, work={"content": "6 h/week"})).options  # 26 h a month
    assert {option.total for option in fits.values()} == {money(2500 * 12)}


def test_what_a_retainer_buys_follows_the_option() -> None:
    """3,900 a month at 75 is 52 h, 12 h a week: of 20 h a week eight more are billed.

    Whichever of the two an option changes, the hours follow: 2,600 at 75 is 8 h a week, and at 50
    12 h a week; eight of 20 h remain.
    """
    firm = retainer_alone(retainer=3900, hourly_rate=75)
    options = {
        "as-it-is": ["firm"],
        "smaller": [{"firm": {"retainer": 2600}}],
        "both": [{"firm": {"retainer": 2600, "hourly_rate": 50}}],
        "all": [{"firm": {"included": "all"}}],
    }
    found = compared(scenario({"firm": firm}, options, work={"content": "20 h/week"})).options
    assert {name: option.total for name, option in found.items()} == {
        "as-it-is": money(3900 * 12 + 8 * 52 * 75),
        "smaller": money(2600 * 12 + 12 * 52 * 75),
        "both": money(2600 * 12 + 8 * 52 * 50),
        "all": money(3900 * 12),
    }


def test_after_hours_of_a_retainer_alone() -> None:
    """1,300 at 50 an hour buys 6 h a week, more than 50 messages of 6 minutes: 5 h.

    Of these 128 of 168 come outside office hours, for half of 50 on top. A commitment of a year is
    owed whole: after five months the other seven are paid.
    """
    firm = retainer_alone(retainer=1300, hourly_rate=50, after_hours=1.5, min_months=12)
    option = only_option(scenario({"agence": firm}, messages={"per_week": 50}, horizon=5))
    hours = F(50 * 6, 60)
    assert option.by_category == {
        "fees": money(1300 * 5),
        "watch": money(hours * F(128, 168) * MONTH * 5 * 25),
        "exit": money(1300 * 7),
    }


def test_a_retainer_beside_hours_that_cost_nothing() -> None:
    """Whatever it is said to buy, there is nothing more to pay."""
    firm = retainer_alone(retainer=1000, hourly_rate=0)
    option = only_option(scenario({"agence": firm}, work={"content": "40 h/week"}))
    assert option.total == money(12_000)
    assert option.coverage.work_done == pytest.approx(1)


def test_a_retainer_for_many_people() -> None:
    """84,500 a month at 75 buys 260 h a week, more than a week has: 240 h are inside it."""
    firm = retainer_alone(retainer=84_500, hourly_rate=75)
    work = {"a": "120 h/week", "b": "120 h/week"}
    option = only_option(scenario({"agence": firm}, work=work))
    assert option.total == money(84_500 * 12)
    assert option.coverage.work_done == pytest.approx(1)


def test_retainer_with_included_hours_and_no_rate_is_a_ceiling() -> None:
    """20 h a month are done of the 43.33 that are needed, and nothing more can be bought."""
    firm = agency(retainer=1500, included="20 h/month")
    option = only_option(scenario({"agence": firm}))
    assert option.total == money(18_000)
    assert option.coverage.work_done == pytest.approx(float(20 / (10 * MONTH)))


def test_included_hours_are_not_carried_over() -> None:
    """With more hours included than worked, the retainer is all there is to pay."""
    firm = agency(retainer=1500, included="60 h/month", hourly_rate=75)
    assert only_option(scenario({"agence": firm})).total == money(18_000)


def test_coordination_is_own_time() -> None:
    """Two hours a week to steer an agency, at 40."""
    firm = agency(hourly_rate=0, coordination="2 h/week")
    option = only_option(scenario({"agence": firm}, own_time=40))
    assert (option.total, option.cash) == (money(2 * 52 * 40), money(0))


# Tools ------------------------------------------------------------------------------------------


def test_tools_by_the_team_and_by_the_seat() -> None:
    """Two employees and a freelancer are three seats; a coach and an agency need none."""
    tools = {
        "suite": {"price": 100, "per": "seat"},
        "listening": {"price": 300},
        "shared": {"price": 90, "shared_by": 3},
    }
    sources = {
        "cm": employee(headcount=2),
        "lea": freelancer(),
        "coach": coach(),
        "agence": agency(),
    }
    options = {"all": list(sources), "agency": ["agence"]}
    result = compared(scenario(sources, options, tools=tools)).options
    assert result["all"].by_source["tools.suite"] == money(3 * 100 * 12)
    assert result["all"].by_source["tools.listening"] == money(300 * 12)
    assert result["all"].by_source["tools.shared"] == money(30 * 12)
    # at least one seat
    assert result["agency"].by_source["tools.suite"] == money(100 * 12)


def test_tools_are_included_phase_by_phase() -> None:
    """Eight months of an agency that brings the tool, four months of paying for two interns."""
    sources = {"agence": agency(), "stage": intern(headcount=2)}
    phases = {"phases": [{"months": 8, "sources": ["agence"]}, {"sources": ["stage"]}]}
    tools = {"suite": {"price": 50, "per": "seat", "included_by": ["agence"]}}
    option = only_option(scenario(sources, {"phased": phases}, tools=tools))
    assert lines(option, "tools") == [(8, 4, money(50 * 2 * 4))]


# Phases, leads, ramps ---------------------------------------------------------------------------


def test_the_horizon_counts_months_of_service() -> None:
    """Hired after three months: twelve months of pay all the same, the hiring paid once."""
    person = employee(starts_after=3, recruitment=900, benefits=10)
    option = only_option(scenario({"cm": person}))
    assert lines(option, "pay") == [(0, 12, money(20 * 35 * MONTH * 12))]
    assert lines(option, "recruitment") == [(0, 0, money(900))]
    assert option.by_category["benefits"] == money(120)
    assert option.coverage.live_after_months == 3


@pytest.mark.parametrize(
    "waiting",
    [
        {"cm": 3, "agence": 0},  # the agency begins with the hire, not three months before
        {"cm": 0, "agence": 2},
        {"cm": 3, "agence": 30},  # longer than the horizon
    ],
)
def test_waiting_saves_nothing(waiting: dict[str, int]) -> None:
    """However long each source takes to come, all costs and all service are the same.

    A year of both: 7,280 of pay for 7 h a week at 20, three hours a week of the agency at 75 make
    11,700, its watch 1,200 and the hiring 900.
    """

    def both(waits: dict[str, int]) -> OptionResult:
        person = employee(hours="7 h/week", on_duty="mon-thu 09:00-10:45", recruitment=900)
        firm = agency(watch="100/month", min_months=12)
        sources = {"cm": person, "agence": firm}
        for name, months in waits.items():
            sources[name] = {**sources[name], "starts_after": months}
        return only_option(scenario(sources, {"both": ["cm", "agence"]}))

    waited, prompt = both(waiting), both({})
    assert waited.total == prompt.total == 7280 + 11_700 + 1200 + 900
    assert waited.entries == prompt.entries
    assert waited.horizon_average == prompt.horizon_average
    assert waited.per_hour_worked == prompt.per_hour_worked == money(F(21_080) / 520)
    assert waited.coverage.live_after_months == max(waiting.values())


def test_leads_count_in_the_first_phase_only() -> None:
    """Who comes in a later phase was recruited ahead and is there from its first day."""
    sources = {"agence": agency(), "cm": employee(starts_after=4, recruitment=900)}
    phases = {"phases": [{"months": 5, "sources": ["agence"]}, {"sources": ["cm"]}]}
    option = only_option(scenario(sources, {"phased": phases}))
    assert lines(option, "pay") == [(5, 7, money(20 * 35 * MONTH * 7))]
    assert lines(option, "recruitment") == [(5, 0, money(900))]
    assert option.coverage.live_after_months == 0


def test_a_source_that_goes_on_pays_neither_ramp_nor_setup_again() -> None:
    """The agency stays in the second phase: set up once, while the hire is new there."""
    sources = {
        "agence": agency(setup=2000, ramp_up=2),
        "cm": employee(equipment=1000, ramp_up=2, takes="50%"),
    }
    phases = {"phases": [{"months": 6, "sources": ["agence"]}, {"sources": ["cm", "agence"]}]}
    option = only_option(scenario(sources, {"phased": phases}, cover="24/7"))
    assert lines(option, "setup") == [(0, 0, money(2000))]
    assert lines(option, "equipment") == [(6, 0, money(1000))]
    # half an agency for two months, all of it for the ten others
    assert option.horizon_average.watched == pytest.approx((2 * 0.5 + 10) / 12)


def test_a_source_that_comes_back_is_new_again() -> None:
    """An agency that leaves for a phase is set up twice."""
    sources = {"agence": agency(setup=2000), "cm": employee()}
    phases = [
        {"months": 4, "sources": ["agence"]},
        {"months": 4, "sources": ["cm"]},
        {"sources": ["agence"]},
    ]
    option = only_option(scenario(sources, {"phased": {"phases": phases}}))
    assert lines(option, "setup") == [(0, 0, money(2000)), (8, 0, money(2000))]


def test_a_phase_shorter_than_a_lead_is_served_whole() -> None:
    """Recruiting takes four months, and comes before a first phase of two months."""
    person = employee(starts_after=4, ramp_up=3)
    phases = {"phases": [{"months": 2, "sources": ["cm"]}, {"sources": ["cm"]}]}
    options = compared(scenario({"cm": person}, {"one": ["cm"], "two": phases})).options
    for option in options.values():
        assert option.total == money(20 * 35 * MONTH * 12)
        watched = (3 * 0.5 + 9) / 12 * 35 / 45
        assert option.horizon_average.watched == pytest.approx(watched)


def test_who_stands_in_for_a_hire_is_paid_for_it() -> None:
    """An agency does six of ten hours while the hire learns the job, two after that.

    The hire can do 8 h a week, 4 h in the ramp-up; the agency bills what he leaves: 6, 2.
    """
    duty = "mon-thu 09:00-11:00"
    person = employee(hours="8 h/week", on_duty=duty, starts_after=3, ramp_up=2)
    sources = {"cm": person, "agence": agency()}
    option = only_option(scenario(sources, {"both": ["cm", "agence"]}))
    assert lines(option, "fees") == [
        (0, 2, money(75 * 6 * MONTH * 2)),
        (2, 10, money(75 * 2 * MONTH * 10)),
    ]
    assert lines(option, "pay") == [(0, 12, money(20 * 8 * MONTH * 12))]
    assert option.horizon_average.work_done == pytest.approx(1)
    hours = 10 * 52
    assert option.per_hour_worked == money(F(option.total) / hours)


def test_a_freelancer_in_the_ramp_up_bills_half() -> None:
    """A ceiling of 8 h a week is 4 h in the first three months."""
    person = freelancer(max_hours="8 h/week", ramp_up=3)
    option = only_option(scenario({"lea": person}))
    assert option.total == money(50 * 4 * MONTH * 3 + 50 * 8 * MONTH * 9)


# Overtime ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "hours", "pay"),
    [
        ("FR", 35, 35 * 20),
        ("FR", 39, 35 * 20 + 4 * 25),  # 25 % on the first eight hours above 35
        ("FR", 45, 35 * 20 + 8 * 25 + 2 * 30),  # 50 % beyond
        ("CA-QC", 39, 39 * 20),
        ("CA-QC", 45, 40 * 20 + 5 * 30),  # half as much again above 40
        ("BE", 42, 38 * 20 + 4 * 30),  # 50 %, Sundays and holidays apart
        ("CH", 46, 42 * 20 + 4 * 25),  # 25 % beyond the contract's usual week
        ("LU", 45, 40 * 20 + 5 * 28),  # 40 %
        ("US", 44, 40 * 20 + 4 * 30),  # time and a half beyond 40
        ("GB", 40, 40 * 20),  # no legal premium
        ("DE", 44, 44 * 20),
    ],
)
def test_hours_above_the_legal_week_earn_a_premium(country: str, hours: int, pay: int) -> None:
    """On an hourly wage; charges given as a share bear on it as on any pay."""
    person = employee(hours=f"{hours} h/week", charges="50%", overtime=None)
    option = only_option(scenario({"cm": person}, country=country))
    assert option.by_category["pay"] == money(pay * 52)
    assert option.by_category["employer charges"] == money(F(pay * 52, 2))


@pytest.mark.parametrize("wage", [{"hourly_wage": 20, "overtime": "included"}, {}])
def test_a_wage_may_cover_the_hours_above_the_legal_week(wage: dict[str, object]) -> None:
    """A yearly wage does, and any wage of which it is said: 39 × 52 × 20 = 40,560 a year."""
    person = employee(hours="39 h/week", hourly_wage=None, annual_wage=40560, overtime=None)
    if wage:
        person = employee(hours="39 h/week", **wage)
    result = compared(scenario({"cm": person}), details=False)
    option = result.options["cm"]
    assert option.by_category["pay"] == 40560
    [entry] = [entry for entry in option.entries if entry.category == "pay"]
    assert "4 h a week above the legal week included" in entry.why
    listed = [each.path for each in result.assumptions]
    assert ("sources.cm.overtime" in listed) == (not wage)


def test_the_schedule_of_hours_above_the_legal_week() -> None:
    """2,300 gross for 35 h and four hours on top cost 3,218.36 a month (URSSAF's open rules)."""
    person = employee(
        hourly_wage="15.16483516", hours="39 h/week", overtime=None
    )  # 2300 × 12 / 52 / 35
    del person["charges"]
    company = {"size": 10, "work_accident_rate": "2.08%"}
    option = only_option(scenario({"cm": person}, company=company))
    assert abs(option.total - 12 * Decimal("3218.36")) < Decimal("0.30")


def test_a_wage_that_covers_overtime_brings_its_deduction() -> None:
    """Four hours a week are 17.33 a month; 1.50 for each of them under 20 employees: 26.00."""
    person = employee(hours="39 h/week", hourly_wage=None, monthly_wage=2500, overtime=None)
    del person["charges"]
    option = only_option(scenario({"cm": person}, company={"size": 19}))
    [charges] = [entry for entry in option.entries if entry.category == "employer charges"]
    assert ("overtime deduction", 17.33, -1.5, -26.0) in [each[:4] for each in charges.details]


# Commitments ------------------------------------------------------------------------------------


def test_leaving_early_pays_to_the_end_of_the_commitment() -> None:
    """Five months of an agency that wants twelve: seven more retainers and watches, at the end."""
    firm = agency(retainer=1000, included="100 h/month", watch="200/month", min_months=12)
    sources = {"agence": firm, "cm": employee()}
    phases = {"phases": [{"months": 5, "sources": ["agence"]}, {"sources": ["cm"]}]}
    option = only_option(scenario(sources, {"phased": phases}))
    assert lines(option, "exit") == [(5, 0, money(7 * 1200))]


def test_a_commitment_starts_with_the_service_and_runs_over_phases() -> None:
    """At work, and paid, until month 9: nine of twelve months, so three are missing."""
    firm = agency(retainer=1000, min_months=12, starts_after=2)
    sources = {"agence": firm, "cm": employee()}
    phases = [
        {"months": 4, "sources": ["agence"]},
        {"months": 5, "sources": ["cm", "agence"]},
        {"sources": ["cm"]},
    ]
    option = only_option(scenario(sources, {"phased": {"phases": phases}}))
    assert lines(option, "exit") == [(9, 0, money(3 * 1000))]
    assert lines(option, "fees") == [(0, 4, money(4 * 1000)), (4, 5, money(5 * 1000))]


@pytest.mark.parametrize(("horizon", "missing"), [(11, 1), (12, 0), (13, 0)])
def test_a_commitment_longer_than_the_horizon_is_paid(horizon: int, missing: int) -> None:
    """The end of the horizon is a leaving like another."""
    data = scenario({"agence": agency(retainer=1000, min_months=12)}, horizon=horizon)
    option = only_option(data)
    assert option.total == money(1000 * (horizon + missing))


@pytest.mark.parametrize(("horizon", "wait"), [(6, 2), (6, 6), (4, 7), (12, 1)])
def test_no_wait_makes_a_commitment_cheaper(horizon: int, wait: int) -> None:
    """Whoever signs for twelve months pays twelve, whenever they begin: fees and exit together."""
    firm = agency(retainer=1000, min_months=12, starts_after=wait)
    option = only_option(scenario({"agence": firm}, horizon=horizon))
    assert option.total == money(12 * 1000)


def test_leaving_costs_what_staying_would() -> None:
    """Rising prices and a watch by the hour: the rest of the commitment is what it would cost.

    Six months, then eighteen more: six at the first year's prices, twelve 10 % dearer.
    """
    firm = agency(retainer=1000, min_months=24, watch="1/h", on_duty="mon-fri 09:00-17:00")
    prices = {"vendors": "10%/year"}
    month = 1000 + 40 * MONTH
    option = only_option(scenario({"agence": firm}, horizon=6, prices=prices))
    assert lines(option, "exit") == [
        (6, 0, money(month * 6)),
        (6, 0, money(month * 12 * F(11, 10))),
    ]
    stayed = only_option(scenario({"agence": firm}, horizon=24, prices=prices))
    assert abs(stayed.total - option.total) <= Decimal("0.03")


def test_an_agency_without_a_retainer_has_nothing_to_pay_out() -> None:
    """Hours that are not worked are not billed, commitment or not."""
    data = scenario({"agence": agency(min_months=24)})
    assert "exit" not in only_option(data).by_category


# Years and prices -------------------------------------------------------------------------------


def test_years_of_the_horizon() -> None:
    """Months 10 to 26.5 are two of the first year, twelve of the second, 2.5 of the third."""
    assert list(years(10, 26.5)) == [(0, 10, 12), (1, 12, 24), (2, 24, 26.5)]
    assert list(years(12, 12)) == []


def test_wages_rise_from_the_second_year_on() -> None:
    """3 % a year: pay, flat charges and own time at 1, 1.03 and 1.03² for half a year."""
    person = employee(charges="40%", management="1 h/week")
    data = scenario({"cm": person}, horizon=30, prices={"wages": "3%/year"}, own_time=50)
    option = only_option(data)
    pay = 20 * 35 * 52
    indexes = (F(1), F(103, 100), F(103, 100) ** 2 / 2)
    assert [amount for _, _, amount in lines(option, "pay")] == [money(pay * i) for i in indexes]
    charges = [amount for _, _, amount in lines(option, "employer charges")]
    assert charges == [money(pay * i * F(2, 5)) for i in indexes]
    time = [amount for _, _, amount in lines(option, "own time")]
    assert time == [money(52 * 50 * i) for i in indexes]
    assert len(option.by_year) == 3
    assert option.by_year[2] == money(pay * indexes[2] * F(7, 5)) + money(52 * 50 * indexes[2])


def test_vendors_prices_rise() -> None:
    """10 % a year: retainer, watch, hours, tools, and a set-up in the second year."""
    firm = agency(retainer=500, included=0, hourly_rate=60, watch="100/month", setup=1000)
    sources = {"cm": employee(), "agence": firm}
    phases = {"phases": [{"months": 12, "sources": ["cm"]}, {"sources": ["agence"]}]}
    data = scenario(sources, {"phased": phases}, horizon=24, prices={"vendors": "10%"})
    option = only_option(data | {"tools": {"suite": {"price": 30}}})
    dearer = F(11, 10)
    assert option.by_category == {
        "pay": money(20 * 35 * 52),
        "fees": money(500 * 12 * dearer) + money(10 * 52 * 60 * dearer),
        "watch": money(100 * 12 * dearer),
        "setup": money(1000 * dearer),
        "tools": money(360) + money(360 * dearer),
    }


def test_present_value_by_the_middle_of_the_months() -> None:
    """At 10 %: a year of pay counts at its middle, what is paid once on its day."""
    person = employee(equipment=1000)
    data = scenario({"cm": person}, horizon=24, prices={"discount": "10%"})
    option = only_option(data)
    year = 20 * 35 * 52
    value = 1000 + year / 1.1**0.5 + year / 1.1**1.5
    assert option.npv == Decimal(f"{value:.2f}")
    free = only_option(scenario({"cm": person}, horizon=24, prices={"discount": 0}))
    assert free.npv == free.total
    assert only_option(scenario({"cm": person})).npv is None


# Totals -----------------------------------------------------------------------------------------


def test_each_entry_is_rounded_once_and_totals_are_exact() -> None:
    """A third of a cent a month: three tools of 0.10 shared by 3 are 40 cents a year each.

    Over 20 months, 12 make 40.00 cents and 8 make 26.67, so 27: the total is 67 a tool, where
    one rounding at the end would have given 66.67.
    """
    tools = {name: {"price": 0.1, "shared_by": 3} for name in "abc"}
    firm = agency(hourly_rate=0)
    option = only_option(scenario({"agence": firm}, tools=tools, horizon=20))
    assert [entry.cents for entry in option.entries] == [40, 27] * 3
    assert option.total == Decimal("2.01")
    assert option.by_year == (Decimal("1.20"), Decimal("0.81"))


@pytest.mark.parametrize(
    ("price", "cents"), [(0.005, 0), (0.015, 2), (0.025, 2), (0.035, 4), (1.115, 112), (2.675, 268)]
)
def test_halves_of_a_cent_go_to_the_even_one(price: float, cents: int) -> None:
    """Half a cent goes to the even cent, on the decimal value that was written."""
    data = scenario({"agence": agency(setup=f"{price:.4f}", hourly_rate=0)})
    assert only_option(data).total == Decimal(cents).scaleb(-2)


def test_totals_are_sums_of_the_entries() -> None:
    """Total, cash, category, source, year and month all come from the same entries."""
    sources = {
        "cm": employee(hourly_wage=17.77, headcount=2, recruitment=333.33, ramp_up=1),
        "agence": agency(retainer=999.99, hourly_rate=71.3, coordination=1, min_months=30),
    }
    option = only_option(
        scenario(
            sources,
            {"both": ["cm", "agence"]},
            horizon=25,
            own_time=41.11,
            prices={"wages": "1.7%", "vendors": "2.3%"},
            tools={"suite": {"price": 49.99, "per": "seat"}},
        )
    )
    cents = [entry.cents for entry in option.entries]
    assert option.total_cents == sum(cents)
    for parts in (option.by_category.values(), option.by_source.values(), option.by_year):
        assert sum(parts) == option.total
    assert option.cash == option.total - option.by_category["own time"]
    assert option.monthly == money(F(sum(cents), 100) / 25)
    assert [c for c in CATEGORIES if c in option.by_category] == list(option.by_category)
    assert all(entry.amount == money(F(entry.cents, 100)) for entry in option.entries)


def test_every_entry_is_quantity_by_price_by_index() -> None:
    """An entry carries the arithmetic that gives its amount."""
    sources = {"cm": employee(hourly_wage=17.77), "agence": agency(retainer=999.99, setup=10)}
    data = scenario(sources, {"both": ["cm", "agence"]}, horizon=30, prices={"vendors": "3%"})
    entries = only_option(data).entries
    for entry in entries:
        exact = entry.quantity * entry.unit_price * entry.price_index
        assert entry.cents == pytest.approx(exact * 100, abs=0.5001)
    assert fsum(entry.quantity for entry in entries) > 0


def test_entries_say_which_inputs_they_rest_on() -> None:
    """In the years that prices rise, the rise is among what an entry rests on."""
    firm = agency(retainer=1000)
    option = only_option(scenario({"agence": firm}, horizon=24, prices={"vendors": "5%"}))
    first, second = option.entries
    assert set(first.refs) < set(second.refs)
    [rise] = set(second.refs) - set(first.refs)
    assert rise.startswith("scenario:")


def test_unit_costs() -> None:
    """36,400 for 520 hours of work, 52 × 35 hours watched and 52 × 60 messages."""
    option = only_option(
        scenario(
            {"cm": employee()},
            messages={"per_week": 60},
            work={"content": "4 h/week"},
            cover="24/7",
        )
    )
    assert option.per_hour_worked == money(F(36_400, 520))
    assert option.per_watched_hour == money(F(36_400, 35 * 52))
    assert option.per_answered_message == money(F(36_400, 60 * 52))


def test_unit_costs_of_nothing_are_absent() -> None:
    """A coach does nothing, watches nothing and answers nothing."""
    option = only_option(scenario({"coach": coach()}))
    assert option.per_hour_worked is None
    assert option.per_watched_hour is None
    assert option.per_answered_message is None
