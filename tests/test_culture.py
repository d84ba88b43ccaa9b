"""Whose material goes out, how regularly and how late; what departures cost: by hand, played."""

from math import exp
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.reports.compare import CompareReport
from cmsource.scenario.figures import requirable
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from readings import findings
from strategies import (
    Data,
    agency,
    apprentice,
    colleague,
    employee,
    freelancer,
    intern,
    only_option,
    read,
    scenario,
)
from week_simulation import Worker, regular_weeks, short_weeks

POSTS: Data = {"posts": {"per_month": 12, "hours_each": 1.5}}
"""12 × 12 / 52 = 2.769231 a week, 4.153846 h of them."""

HOURS = 12 * 12 / 52 * 1.5


def figures(sources: Data, option: list[Any] | None = None, **needs: Any) -> Any:  # noqa: ANN401
    """What one option of some sources covers, with posts unless other work is said."""
    work = needs.pop("work", POSTS)
    data = scenario(sources, {"o": option or list(sources)}, work=work, **needs)
    return only_option(data).coverage


# What goes out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("work", "published"),
    [
        ({"content": "6 h/week", "reporting": "4 h/month"}, ("content",)),
        ({"Contenu": "6 h/week"}, ("Contenu",)),
        ({"reporting": "4 h/month"}, ()),
        # What is counted in units, and then no content in hours.
        ({**POSTS, "content": "6 h/week"}, ("posts",)),
        ({**POSTS, "videos": {"per_week": 1, "hours_each": 6}}, ("posts", "videos")),
        # Unless it says otherwise.
        ({**POSTS, "reports": {"per_month": 1, "hours_each": 3, "published": "no"}}, ("posts",)),
        ({"live": {"hours": "2 h/week", "published": "oui"}, "content": "1 h/week"}, ("live",)),
        ({"content": {"hours": "6 h/week", "published": False}}, ()),
    ],
)
def test_what_goes_out(work: Data, published: tuple[str, ...]) -> None:
    """Units, else content, unless an activity says otherwise."""
    assert read(scenario({"cm": employee()}, work=work)).needs.published() == published


def test_brands_keep_what_goes_out(tmp_path: Path) -> None:
    """What goes out for a brand does in the portfolio, and nothing else."""
    works: dict[str, Data] = {
        "a": {"posts": {"per_month": 12, "hours_each": 1.5}},
        "b": {"posts": {"per_month": 4, "hours_each": 2}},  # of other lengths: all in hours
        "c": {"letters": {"per_month": 1, "hours_each": 4, "published": "no"}},
    }
    for name, work in works.items():
        (tmp_path / f"{name}.yaml").write_text(
            yaml.safe_dump(scenario({"cm": employee()}, work=work))
        )
    data = scenario({"cm": employee()})
    del data["needs"]
    data["brands"] = {name: f"{name}.yaml" for name in works}
    (tmp_path / "all.yaml").write_text(yaml.safe_dump(data))
    needs = cmsource.load(str(tmp_path / "all.yaml")).needs
    assert needs.published() == ("posts",)
    assert needs.weekly_work()["posts"] == pytest.approx((12 * 1.5 + 4 * 2) * 12 / 52)


# In-house material --------------------------------------------------------------------------------


def test_material_by_hand() -> None:
    """She makes 2 of 2.769231 posts a week; the agency the rest, half of it with her material."""
    cm = employee(hours="3 h/week", on_duty="mon 09:00-12:00")
    firm = agency(hourly_rate=60, in_house_material={"share": "50%", "minutes_each": "20 min"})
    data = scenario({"cm": cm, "firm": firm}, {"o": ["cm", "firm"]}, work=POSTS, own_time="30/h")
    option = only_option(data)
    units = 12 * 12 / 52
    assert option.coverage.in_house_material == pytest.approx((2 + 0.5 * (units - 2)) / units)
    # 10 minutes for each of the agency's, on average: 0.769231 × 52 × 10 / 60 = 6.666667 h.
    [time] = [entry for entry in option.entries if entry.category == "own time"]
    assert time.source == "firm"
    assert float(time.amount) == pytest.approx((units - 2) * 52 * 10 / 60 * 30, abs=0.01)
    assert not time.cash


def test_material_of_hours() -> None:
    """Where content is counted in hours, so is its share: 3 of 10 h, and a fifth of 7."""
    cm = employee(hours="3 h/week", on_duty="mon 09:00-12:00")
    firm = agency(in_house_material={"share": "20%", "minutes_each": 0})
    found = figures({"cm": cm, "firm": firm}, work={"content": "10 h/week"})
    assert found.in_house_material == pytest.approx((3 + 0.2 * 7) / 10)


def test_of_nothing_there_is_no_share() -> None:
    """Where nothing goes out, or nobody makes it, nothing is measured."""
    found = figures({"cm": employee()}, work={"reporting": "4 h/week"})
    assert (found.in_house_material, found.regularity, found.approval_days) == (None, None, None)
    found = figures({"cm": employee(takes={"posts": "0%"})})
    assert (found.in_house_material, found.approval_days) == (None, None)
    assert found.regularity == 0


# Approval -----------------------------------------------------------------------------------------


def test_approval_by_hand() -> None:
    """144 posts a year × 10 min × 30 = 720, and each of them waits for 36 h."""
    firm = agency(hourly_rate=60, approval={"minutes_each": "10 min", "delay": "36 h"})
    option = only_option(scenario({"firm": firm}, work=POSTS, own_time="30/h"))
    [time] = [entry for entry in option.entries if entry.category == "own time"]
    assert float(time.amount) == 720
    assert option.coverage.approval_days == pytest.approx(1.5)
    # Half by her, who needs none.
    cm = employee(takes={"posts": "50%"})
    assert figures({"cm": cm, "firm": firm}).approval_days == pytest.approx(0.75)


def test_approval_costs_what_is_done() -> None:
    """In December twice as many posts take twice the time: 13 months of 12 × 10 min × 30."""
    firm = agency(hourly_rate=60, approval={"minutes_each": "10 min", "delay": 0})
    data = scenario({"firm": firm}, work=POSTS, own_time="30/h")
    data["needs"]["seasons"] = {"dec": "200%"}
    option = only_option(data)
    times = [entry.amount for entry in option.entries if entry.category == "own time"]
    assert float(sum(times)) == pytest.approx(13 * 12 * 10 / 60 * 30)


def test_what_is_taken_for_granted_is_said() -> None:
    """An approval takes ten minutes and a day, and material a quarter of an hour."""
    firm = agency(approval={}, in_house_material={"share": "10%"})
    whole = read(scenario({"firm": firm}, work=POSTS))
    taken = {each.path: each.value for each in cmsource.compare(whole).assumptions}
    assert taken["sources.firm.approval.minutes_each"] == "10 min"
    assert taken["sources.firm.approval.delay"] == "1 day"
    assert taken["sources.firm.in_house_material.minutes_each"] == "15 min"


@pytest.mark.parametrize(
    ("work", "fields"),
    [
        ({"content": "6 h/week"}, {"approval": {}}),
        ({"content": "6 h/week"}, {"in_house_material": {"share": "10%"}}),
        ({"reporting": "6 h/week"}, {"approval": {"minutes_each": 5}}),
    ],
)
def test_time_for_each_unit_takes_units(work: Data, fields: Data) -> None:
    """What is counted in hours has none to approve."""
    data = scenario({"firm": agency(**fields)}, work=work)
    [found] = findings(yaml.safe_dump(data))
    assert found.code == "E221"
    assert found.hint


# Regularity ---------------------------------------------------------------------------------------


def test_regularity_in_closed_form() -> None:
    """One who is away each week with 10 %; with leave; with another job; two who stand in."""
    away = {"planned_absence": 0, "unplanned_absence": "10%"}
    assert figures({"cm": employee(**away)}).regularity == pytest.approx(0.9)
    both = {"planned_absence": "13%", "unplanned_absence": "5%"}
    assert figures({"cm": employee(**both)}).regularity == pytest.approx(0.87 * 0.95)
    lea = colleague(hours="5 h/week", comes_second="20%", **away)
    assert figures({"lea": lea}).regularity == pytest.approx(0.9 * 0.8)
    # Independent of each other: two of one source, and two sources.
    assert figures({"cm": employee(headcount=2, **away)}).regularity == pytest.approx(0.99)
    two = {"cm": employee(**away), "lea": lea}
    assert figures(two).regularity == pytest.approx(1 - 0.1 * (1 - 0.72))
    # Of two with leave, one is there at least: 26 % of the weeks have one and the others two.
    pair = employee(headcount=2, **both)
    assert figures({"cm": pair}).regularity == pytest.approx(0.26 * 0.95 + 0.74 * (1 - 0.05**2))
    # An agency that replaces its people, and a freelancer.
    assert figures({"firm": agency(service_level="99%")}).regularity == pytest.approx(0.99)
    free = freelancer(planned_absence="10%", unplanned_absence="5%", max_hours="10 h/week")
    assert figures({"free": free}).regularity == pytest.approx(0.9 * 0.95)


def test_half_a_team_may_have_too_little_time() -> None:
    """Two of 3 h each: 4.15 h of posts take both of them, 81 % of the weeks."""
    away = {"planned_absence": 0, "unplanned_absence": "10%"}
    pair = employee(headcount=2, hours="3 h/week", on_duty="mon 09:00-15:00", **away)
    assert figures({"cm": pair}).regularity == pytest.approx(0.81)
    # And one of 4 h never does them all.
    one = employee(hours="4 h/week", on_duty="mon 09:00-13:00", planned_absence=0)
    assert figures({"cm": one}).regularity == 0


def test_messages_come_first() -> None:
    """One always there with 10 h: 50 messages of 6 min leave 5, and 60 leave 4 of 4.15 h."""
    cm = employee(hours="10 h/week", on_duty="mon-fri 09:00-11:00")
    for messages, regular in ((50, 1), (60, 0)):
        data = scenario({"cm": cm}, work=POSTS, messages={"per_week": messages})
        assert only_option(data).coverage.regularity == pytest.approx(regular)


def test_seasons_count_by_months() -> None:
    """She has time for three times as many posts, but not for ten: 11 months of 12."""
    data = scenario({"cm": employee()}, work=POSTS)
    data["needs"]["seasons"] = {"dec": "1000%"}
    option = only_option(data)
    assert option.coverage.regularity == pytest.approx(11 / 12)
    assert option.worst_month is not None
    assert option.worst_month.regularity == 0


def _some(random: Random) -> tuple[Data, list[Worker], Data, Data]:
    """Random sources and work, as a scenario has them and as the simulation does."""
    work: Data = {}
    hours: dict[str, float] = {}
    for name, goes in (("reporting", "no"), ("posts", "yes"), ("videos", "yes")):
        if name == "posts" or random.random() < 0.6:
            hours[name] = round(random.uniform(1, 12), 2)
            work[name] = {"hours": f"{hours[name]:.2f} h/week", "published": goes}
    sources: Data = {}
    workers = []
    for number in range(random.choice((1, 2, 2, 3))):
        planned, absent = random.choice((0, 10, 13, 30)), random.choice((0, 5, 10, 25))
        takes = {name: random.choice((100, 100, 50)) for name in hours if random.random() < 0.5}
        given: Data = {
            "planned_absence": f"{planned}%",
            "unplanned_absence": f"{absent}%",
            "takes": {name: f"{share}%" for name, share in takes.items()},
        }
        shares = {name: share / 100 for name, share in takes.items()}
        kind = random.choice(("employee", "colleague", "freelancer", "firm"))
        a_week = random.choice((3, 6, 12, 20))
        if kind == "employee":
            people = random.choice((1, 2, 4))
            given |= {"hours": f"{a_week} h/week", "headcount": people}
            sources[f"s{number}"] = employee(**given, on_duty="mon 09:00-12:00")
            worker = Worker(people * (1 - planned / 100), a_week, absent / 100, 0, shares)
        elif kind == "colleague":
            second = random.choice((0, 10, 40))
            given |= {"hours": f"{a_week} h/week", "comes_second": f"{second}%"}
            sources[f"s{number}"] = colleague(**given, on_duty="mon 09:00-10:00")
            worker = Worker(1 - planned / 100, a_week, absent / 100, second / 100, shares)
        elif kind == "freelancer":
            given |= {"max_hours": f"{a_week} h/week"}
            sources[f"s{number}"] = freelancer(**given)
            worker = Worker(1 - planned / 100, a_week, absent / 100, 0, shares)
        else:
            level = random.choice((90, 99))
            sources[f"s{number}"] = agency(service_level=f"{level}%", takes=given["takes"])
            worker = Worker(1, absent=1 - level / 100, takes=shares)
        workers.append(worker)
    return sources, workers, work, hours


@pytest.mark.parametrize("seed", range(12))
def test_regularity_against_weeks_that_are_played(seed: int) -> None:
    """Random options of one to three sources, within three standard deviations and a bit."""
    sources, workers, work, hours = _some(Random(seed))
    published = [name for name in hours if name != "reporting"]
    found = figures(sources, work=work).regularity
    weeks = 4000
    played = regular_weeks(workers, hours, published, weeks, seed)
    spread = (found * (1 - found) / weeks) ** 0.5
    assert found == pytest.approx(played, abs=3.5 * spread + 1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000))
def test_one_more_at_the_end_never_makes_it_less_regular(seed: int) -> None:
    """Neither does one more person."""
    sources, _, work, _ = _some(Random(seed))
    found = figures(sources, work=work).regularity
    more = figures({**sources, "last": employee()}, work=work).regularity
    assert more >= found - 1e-9
    name = next((n for n, each in sources.items() if each["kind"] == "employee"), "")
    if name:
        team = {**sources[name], "headcount": sources[name]["headcount"] + 1}
        assert figures({**sources, name: team}, work=work).regularity >= found - 1e-9


def test_many_teams_are_worked_out_soon() -> None:
    """Sources of hundreds of people, of whom no two weeks have as many."""
    away = {"planned_absence": "10%", "unplanned_absence": "10%"}
    sources = {
        f"team-{number}": employee(headcount=190 + number, takes={"posts": "30%"}, **away)
        for number in range(5)
    }
    work = {"posts": {"per_month": 60_000, "hours_each": 1.5}}
    found = figures(sources, work=work).regularity
    assert found is not None
    assert 0 <= found <= 1


# Departures ---------------------------------------------------------------------------------------


def test_departures_by_hand() -> None:
    """A fifth leaves a year, three months to hire and two to learn.

    Of a year of tenure and what follows it, 0.2 × 3 / 12 = 0.05 years are empty, and
    1 − e^(−0.2 × 2 / 12) = 0.032784 learned: (0.05 + 0.032784) / 1.05 × 52 = 4.0998 weeks.
    """
    terms = {"turnover": "20%", "starts_after": 3, "ramp_up": 2}
    one = (0.05 + 1 - exp(-0.2 * 2 / 12)) / 1.05
    assert figures({"cm": employee(**terms)}).weeks_short == pytest.approx(52 * one)
    assert 52 * one == pytest.approx(4.0998, abs=1e-4)
    two = employee(headcount=2, **terms)
    assert figures({"cm": two}).weeks_short == pytest.approx(52 * (1 - (1 - one) ** 2))
    both = {"cm": employee(**terms), "app": apprentice(**terms)}
    assert figures(both).weeks_short == pytest.approx(52 * (1 - (1 - one) ** 2))


def test_who_is_replaced_costs_none() -> None:
    """An agency replaces its people; nobody who never leaves is missed."""
    assert figures({"firm": agency()}).weeks_short == 0
    assert figures({"cm": employee(turnover=0, starts_after=3)}).weeks_short == 0
    # Replaced at once by somebody who knows the job.
    assert figures({"cm": employee(turnover="50%")}).weeks_short == 0


def test_interns_leave_at_the_end_of_each_placement() -> None:
    """Of five months and a gap of one, the gap and a month of learning: 2 / 6 × 52."""
    interns = intern(placement=5, gap=1, ramp_up=1)
    assert figures({"i": interns}).weeks_short == pytest.approx(52 / 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_departures_against_posts_that_are_played(seed: int) -> None:
    """One to three posts over thousands of years, within a twentieth."""
    random = Random(seed)
    posts = [
        (random.uniform(0.1, 1.5), random.uniform(0, 5), random.uniform(0, 4))
        for _ in range(seed + 1)
    ]
    sources = {
        f"p{n}": employee(turnover=f"{100 * t:.9f}%", starts_after=lead, ramp_up=ramp)
        for n, (t, lead, ramp) in enumerate(posts)
    }
    played = short_weeks(posts, 1500, seed, step=1 / 10)
    assert figures(sources).weeks_short == pytest.approx(played, rel=0.05)


# As figures ---------------------------------------------------------------------------------------


def _asked(require: Data) -> cmsource.Comparison:
    away = {"planned_absence": 0, "unplanned_absence": "10%"}
    hire = employee(turnover="20%", starts_after=3, ramp_up=2, **away)
    firm = agency(service_level="99%", hourly_rate=900, approval={"delay": "2 days"})
    sources = {"hire": hire, "firm": firm}
    data = scenario(sources, work=POSTS, require=require)
    return cmsource.compare(read(data), details=True)


def _shown(result: cmsource.Comparison) -> str:
    return written(CompareReport([result]), Format.MARKDOWN, Page())


@pytest.mark.parametrize(
    ("require", "passes", "miss"),
    [
        ({"regularity": "95%"}, "firm", "regular weeks 90% < 95%"),
        ({"in_house_material": "30%"}, "hire", "with in-house material 0% < 30%"),
        ({"weeks_short": 2}, "firm", "short after departures 4.1 weeks > 2 weeks"),
        ({"weeks_short": "14 days"}, "firm", "short after departures 4.1 weeks > 2 weeks"),
        ({"approval_within": "36 h"}, "hire", "until approved 2 days > 1.5 days"),
    ],
)
def test_they_can_be_required(require: Data, passes: str, miss: str) -> None:
    """Each decides, is a column where it is asked for, and says what would do."""
    result = _asked(require)
    assert result.recommended == passes
    text = _shown(result)
    assert miss in text
    [key] = require
    head = next(line for line in text.splitlines() if "Option" in line)
    assert requirable()[key].title in head
    assert requirable()[key].title not in next(
        line for line in _shown(_asked({"work_done": "50%"})).splitlines() if "Option" in line
    )


@pytest.mark.parametrize("key", ["regularity", "in_house_material", "approval_within"])
def test_nothing_to_measure_is_said(key: str) -> None:
    """Where nothing goes out, none of them can be asked for."""
    limit = 1 if key == "approval_within" else "50%"
    data = scenario({"cm": employee()}, work={"reporting": "1 h/week"}, require={key: limit})
    [found] = findings(yaml.safe_dump(data))
    assert found.code == "E306"


def test_they_can_be_expected_and_compared() -> None:
    """Expectations read days and weeks; a difference says what has become worse."""
    data = scenario({"hire": employee(turnover="20%", ramp_up=2)}, work=POSTS)
    data["expect"] = {"hire": {"weeks_short": "<= 10 days", "approval_days": "= 0"}}
    whole = read(data)
    result = cmsource.compare(whole)
    [failed] = cmsource.failed_expectations(whole, result)
    # 0.2 a year, two months to learn: 52 × (1 − e^(−0.2 × 2 / 12)) = 1.70 weeks, 10 days are 1.43.
    assert failed.message == "expected `hire.weeks_short` <= 10 days, found 1.70 weeks"
    data["sources"]["hire"]["turnover"] = "60%"
    change = cmsource.difference(result, cmsource.compare(read(data)))
    names = [share.name for each in change.options for share in each.shares or ()]
    assert names == ["weeks_short"]
