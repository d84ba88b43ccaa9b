"""The cursor between outside and in-house: steps worked by hand, ends, and what always holds."""

import csv
import io
import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.cursor.cursor import Cursor, Step
from cmsource.analysis.cursor.sittings import Place, duty_of, sittings
from cmsource.reports.cursor import CursorReport
from cmsource.reports.mixes import MixesReport
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from cmsource.writers.formats import Format, Report, written
from cmsource.writers.page import Page
from conftest import Cli
from strategies import (
    BUSINESS,
    COVERS,
    OFFICE,
    Data,
    agencies,
    agency,
    coach,
    colleague,
    colleagues,
    employee,
    employees,
    freelancer,
    freelancers,
    intern,
    needs_data,
    read,
)
from strategies import scenario as scenario_data

CONTENT = {"content": "10 h/week"}
SCENARIOS = Path(__file__).parent.parent / "scenarios"
BOUTIQUE = SCENARIOS / "boutique-24-7.yaml"


def moved(data: Data, outside: str = "", inside: str = "", hours: Sequence[float] = ()) -> Cursor:
    """The cursor of a scenario given as plain data."""
    return cmsource.cursor(read(data), outside=outside, inside=inside, hours=hours)


def two(cm: Data, agence: Data, **fields: Any) -> Data:  # noqa: ANN401
    """A scenario of an employee and an agency."""
    return scenario_data({"cm": cm, "agence": agence}, **fields)


def only_hour(day: int, clock: int) -> list[float]:
    """A profile with all messages in one hour of the week."""
    weights = [0.0] * 168
    weights[24 * day + clock] = 1.0
    return weights


def at(found: Cursor, hours: float, *, alone: bool = False) -> Step:
    """The step with so many hours a week."""
    [step] = [s for s in found.steps if s.hours == pytest.approx(hours) and s.alone == alone]
    return step


class TestByHand:
    """Totals and shares by arithmetic."""

    def test_planned_work(self) -> None:
        """10 h of content a week, an hour at 75 outside or at 20 and 40 % charges in-house."""
        data = two(employee(charges="40%"), agency(), cover=OFFICE, work=CONTENT)
        found = moved(data)
        totals = {
            0: 10 * 52 * 75,
            3.5: 3.5 * 52 * 28 + 6.5 * 52 * 75,
            7: 7 * 52 * 28 + 3 * 52 * 75,
            10.5: 10.5 * 52 * 28,
            35: 35 * 52 * 28,
        }
        for hours, total in totals.items():
            assert at(found, hours).total_cents == round(total * 100)
        assert at(found, 35, alone=True).total_cents == 35 * 52 * 28 * 100
        assert at(found, 3.5).in_house == pytest.approx(0.35)
        assert found.recommended is not None
        assert found.steps[found.recommended] == at(found, 10.5)

    def test_steps_of_ones_own(self) -> None:
        """At 10 h all of the work is in-house: 10 · 52 · 20."""
        data = two(employee(), agency(), cover=OFFICE, work=CONTENT)
        found = moved(data, hours=[35, 10])
        assert [step.hours for step in found.steps] == [0, 10, 35, 35]
        assert at(found, 10).total_cents == 10 * 52 * 20 * 100
        assert at(found, 10).in_house == 1
        assert at(found, 10).on_duty.hours == 10

    def test_messages_and_planned_work(self) -> None:
        """16.8 h of messages spread evenly keep one person busy for a tenth of each hour.

        The agency is on duty as well and takes what comes while she is busy: of two who take turns
        in this order the first takes 1 / (1 + 0.1), Erlang's formula for one server.
        """
        data = two(
            employee(),
            agency(),
            cover="24/7",
            work={"content": "5 h/week"},
            messages={"per_week": 168},
        )
        found = moved(data, hours=[3.5, 10, 35])
        inside = {0: 0, 3.5: 3.5, 10: 1 / 1.1 + 5, 35: 3.5 / 1.1 + 5}
        for hours, done in inside.items():
            step = at(found, hours)
            total = (hours * 20 + (21.8 - done) * 75) * 52 * 100
            assert step.total_cents == pytest.approx(total, rel=0.002)
            assert step.in_house == pytest.approx(done / 21.8, abs=0.002)
            assert step.coverage.watched == pytest.approx(1)
            assert step.coverage.work_done == pytest.approx(1)

    @pytest.mark.parametrize("wage", [{"annual_wage": 36400}, {"monthly_wage": 36400 / 12}])
    def test_half_a_contract_earns_half_the_wage(self, wage: Data) -> None:
        """36,400 a year for 35 h a week is 20 an hour at every step."""
        person = employee(**wage)
        del person["hourly_wage"]
        found = moved(two(person, agency(), cover=OFFICE, work=CONTENT))
        same = moved(two(employee(), agency(), cover=OFFICE, work=CONTENT))
        assert [s.total_cents for s in found.steps] == [s.total_cents for s in same.steps]

    def test_a_colleague_costs_no_cash(self) -> None:
        """30 an hour of her own time, and the agency's hours in cash."""
        data = scenario_data({"anna": colleague(), "agence": agency()}, cover=OFFICE, work=CONTENT)
        step = at(moved(data), 5)
        assert step.total_cents == (5 * 30 + 5 * 75) * 52 * 100
        assert step.cash_cents == 5 * 75 * 52 * 100

    def test_a_watch_by_the_hour_is_bought_for_what_is_left(self) -> None:
        """2 an hour for 168 hours, then for 158."""
        data = two(employee(), agency(watch="2/h"), cover="24/7", work=CONTENT)
        found = moved(data, hours=[10])
        assert found.steps[0].total_cents == (10 * 75 + 168 * 2) * 52 * 100
        assert at(found, 10).total_cents == (10 * 20 + 158 * 2) * 52 * 100
        assert at(found, 10).coverage.watched == pytest.approx(1)

    def test_a_watch_by_the_month_goes_on(self) -> None:
        """100 a month, whoever else is on duty."""
        data = two(employee(), agency(watch="100/month"), cover="24/7", work=CONTENT)
        assert at(moved(data, hours=[10]), 10).total_cents == (10 * 20 * 52 + 1200) * 100

    def test_nobody_takes_more_messages_than_fit(self) -> None:
        """20 h of messages on Monday morning: 3.5 of them in-house, none undone."""
        data = two(
            employee(),
            agency(),
            cover="24/7",
            messages={"per_week": 200, "profile": only_hour(0, 9)},
        )
        step = at(moved(data), 3.5)
        assert str(step.on_duty) == "mon 09:00-12:30"
        assert step.total_cents == pytest.approx((3.5 * 20 + 16.5 * 75) * 52 * 100, rel=0.01)
        assert step.coverage.work_done == pytest.approx(1)

    def test_premiums_reach_the_team(self) -> None:
        """One person alone for 24/7 on 168 h of contract: the country's premiums on 20 an hour."""
        person = employee(hours="168 h/week", on_duty="mon 09:00-12:00")
        del person["premiums"]
        data = two(person, agency(), cover="mon-sun 21:00-23:00", work=CONTENT)
        found = moved(data)
        country = read(data).country_data
        assert country is not None
        night, sunday, holiday = (
            country.value(f"{key}_premium") for key in ("night", "sunday", "holiday")
        )
        extra = 14 * 52 * night + 2 * 52 * sunday + 2 * country.value("public_holidays") * holiday
        assert found.steps[-1].total_cents == pytest.approx((168 * 52 + extra) * 2000, abs=3)
        assert {a.path for a in found.assumptions} == {
            f"sources.cm.premiums.{key}" for key in ("night", "sunday", "holiday")
        }

    def test_what_gets_worse(self) -> None:
        """Dearer from the step on at which there is no work left to take over."""
        data = two(employee(), agency(), cover=OFFICE, work=CONTENT)
        found = moved(data)
        dearer = [step.hours for step in found.steps if "total" in step.worse and not step.alone]
        assert dearer == [14, 17.5, 21, 24.5, 28, 31.5, 35]

    def test_what_nobody_does_is_no_saving(self) -> None:
        """A colleague alone with 5 h for 10 h of work costs least, and is no choice."""
        sources = {"anna": colleague(), "agence": agency()}
        found = moved(scenario_data(sources, cover=OFFICE, work=CONTENT))
        [alone] = [step for step in found.steps if step.alone and step.hours == 5]
        assert alone.total_cents == 5 * 30 * 52 * 100
        assert found.steps[found.cheapest] == alone
        assert alone.coverage.work_done == pytest.approx(0.5)
        assert found.recommended is not None
        assert found.steps[found.recommended].hours == 10.5
        require = {"work_done": "50%"}
        lax = moved(scenario_data(sources, cover=OFFICE, work=CONTENT, require=require))
        assert lax.recommended == lax.cheapest

    def test_cheapest_for_each_share(self) -> None:
        """Half of the 10 h in-house takes 7 h of the steps, and all of them 10.5 h."""
        person = employee(hourly_wage=100)
        found = moved(
            two(person, agency(), cover=OFFICE, work=CONTENT, require={"in_house": "60%"})
        )
        hours = [found.steps[row.step].hours for row in found.by_share if row.step is not None]
        assert hours == [0, 3.5, 7, 10.5, 10.5]
        fitting = [found.steps[r.eligible].hours for r in found.by_share if r.eligible is not None]
        assert fitting == [7, 7, 7, 10.5, 10.5]
        assert found.cheapest == 0
        assert found.recommended == 2


class TestDuty:
    """When the in-house person is on duty."""

    def test_where_most_messages_arrive(self) -> None:
        """All messages on Thursday afternoon: the first half-day is there."""
        data = two(
            employee(),
            agency(),
            cover="24/7",
            messages={"per_week": 10, "profile": only_hour(3, 15)},
        )
        assert str(moved(data).steps[1].on_duty) == "thu 13:30-17:00"

    def test_inside_their_own_hours_first(self) -> None:
        """Messages on Saturday night do not move somebody who works on Monday mornings."""
        data = two(
            employee(hours="10 h/week", on_duty="mon-tue 09:00-12:00"),
            agency(),
            cover="24/7",
            messages={"per_week": 10, "profile": only_hour(5, 23)},
        )
        found = moved(data)
        assert str(at(found, 3.5).on_duty) == "mon 09:00-12:00, tue 09:00-09:30"
        assert str(at(found, 10).on_duty) == "mon-tue 09:00-12:00"

    def test_days_fill_evenly(self) -> None:
        """Without messages every day gets a morning before any gets an afternoon."""
        place = Place(
            Week.empty(),
            parse_week(OFFICE),
            parse_week(OFFICE),
            "flat",
            contract=35,
            longest_day=10,
        )
        order = sittings(place)
        assert str(duty_of(order, 17.5)) == "mon-fri 09:00-12:30"
        assert str(duty_of(order, 35)) == OFFICE

    def test_no_day_is_longer_than_the_law_allows(self) -> None:
        """35 of 168 hours with all messages on Monday: ten hours at most on that day."""
        profile = tuple(1.0 if hour < 24 else 0.0 for hour in range(168))
        place = Place(Week.always(), Week.empty(), Week.always(), profile, 35, 10)
        duty = duty_of(sittings(place), 35)
        assert duty.hours == 35
        assert 0 < duty.day_part(0).hours <= 10

    @given(st.sampled_from(COVERS), st.sampled_from((OFFICE, BUSINESS, "sat 10-12")))
    def test_sittings_are_all_of_the_place_once(self, cover: str, own: str) -> None:
        """The sittings of a place do not overlap and leave nothing out."""
        place = Place(parse_week(own), parse_week(OFFICE), parse_week(cover), "evening", 35, 10)
        order = sittings(place)
        assert Week.of(order) == place.whole
        assert sum(end - start for start, end in order) == place.whole.minutes


def same(step: Step, option: cmsource.OptionResult) -> None:
    """A step is an option: to the cent, and in every figure."""
    assert step.total_cents == option.total_cents
    assert step.cash_cents == option.cash * 100
    assert step.coverage == option.coverage
    assert step.requirements == option.requirements
    assert step.eligible == option.eligible


@st.composite
def cases(draw: st.DrawFn) -> Data:
    """A source in-house, one outside, and needs of any kind."""
    needs = draw(needs_data())
    return {
        "country": "FR",
        "horizon": draw(st.integers(1, 30)),
        "needs": needs,
        "require": {"watched": "80%"},
        "sources": {
            # The option `team` is on duty in all of the cover, and nobody is on call on duty.
            "cm": {**draw(st.one_of(employees(), colleagues())), "on_call": None},
            "agence": draw(st.one_of(agencies(), freelancers())),
        },
        "options": {
            "outside": ["agence"],
            "inside": ["cm"],
            "team": [
                {"cm": {"headcount": "auto", "hours": "35 h/week", "on_duty": needs["cover"]}}
            ],
        },
        "tools": {"suite": {"price": 99, "per": "seat", "included_by": ["agence"]}},
    }


class TestAlways:
    """What holds for every scenario."""

    @settings(max_examples=25)
    @given(cases())
    def test_the_ends_are_the_pure_options(self, data: Data) -> None:
        """Nothing of the other source is left at either end."""
        scenario = read(data)
        options = cmsource.compare(scenario).options
        found = cmsource.cursor(scenario, hours=[5])
        same(found.steps[0], options["outside"])
        same(found.steps[-1], options["team"])
        alone = [step for step in found.steps if step.alone]
        assert any(step.total_cents == options["inside"].total_cents for step in alone)

    @settings(max_examples=15)
    @given(cases())
    def test_steps_go_inwards(self, data: Data) -> None:
        """Hours and duty only grow beside the outside, and never beyond the contracts."""
        found = moved(data)
        beside = [step for step in found.steps if not step.alone]
        for before, step in pairwise(beside):
            assert before.hours < step.hours
            assert not before.on_duty.difference(step.on_duty)
        for step in found.steps:
            assert step.on_duty.hours <= step.hours + 1 / 60
        # One step of a case may do no work at all, and then has no share of it. Of a busy line with
        # `takes` shares are known to some points only (docs/model.md).
        shares = [step.in_house for step in found.steps if step.coverage.in_house is not None]
        assert all(later >= sooner - 0.07 for sooner, later in pairwise(shares))

    @settings(max_examples=10)
    @given(cases())
    def test_the_order_of_sources_is_nothing(self, data: Data) -> None:
        """The file may name them in any order."""
        turned = {**data, "sources": dict(reversed(data["sources"].items()))}
        one, other = moved(data, hours=[5, 20]), moved(turned, hours=[5, 20])
        assert one.steps == other.steps
        assert one.by_share == other.by_share

    def test_the_examples_hold(self) -> None:
        """The reference scenario: its own pure options are steps of its cursor."""
        scenario = cmsource.load(BOUTIQUE)
        options = cmsource.compare(scenario).options
        found = cmsource.cursor(scenario)
        same(found.steps[0], options["agency"])
        same(found.steps[-1], options["team"])
        same(next(step for step in found.steps if step.alone), options["hire"])


SOURCES = {
    "agence": agency(),
    "free": freelancer(),
    "cm": employee(),
    "anna": colleague(),
    "coach": coach(),
    "stage": intern(),
}


class TestEnds:
    """Which two sources, and what is wrong with them."""

    def test_the_first_of_each(self) -> None:
        """By default the first agency or freelancer and the first employee or colleague."""
        found = moved(scenario_data(SOURCES), hours=[5])
        assert (found.outside.name, found.inside.name) == ("agence", "cm")
        found = moved(scenario_data(SOURCES), hours=[5], outside="free", inside="anna")
        assert (found.outside.name, found.inside.name) == ("free", "anna")

    @pytest.mark.parametrize(
        ("ends", "said"),
        [
            ({"outside": "agense"}, "did you mean `agence`?"),
            ({"inside": "ana"}, "did you mean `anna`?"),
            ({"outside": "coach"}, "coach brings method"),
            ({"inside": "stage"}, "intern's hours"),
            ({"inside": "agence"}, "the inside end is an employee or colleague"),
            ({"outside": "cm"}, "--outside takes one of: agence, free"),
            ({"outside": "cm", "inside": "cm"}, "both ends"),
            ({"hours": [0]}, "out of range"),
            ({"hours": [10_000]}, "out of range"),
            ({"hours": [float("nan")]}, "out of range"),
        ],
    )
    def test_wrong_ends(self, ends: Data, said: str) -> None:
        """Each says what is wrong and the way out."""
        with pytest.raises(cmsource.ScenarioError) as error:
            moved(scenario_data(SOURCES), **ends)
        [problem] = error.value.diagnostics
        assert problem.code == "E312"
        assert said in f"{problem.message}; {problem.hint}"

    def test_no_end(self) -> None:
        """A scenario without anybody in-house, or without anybody outside."""
        for sources, kind in (({"agence": agency()}, "employee"), ({"cm": employee()}, "agency")):
            with pytest.raises(cmsource.ScenarioError) as error:
                moved(scenario_data(sources))
            assert f"kind: {kind}" in error.value.diagnostics[0].hint


class TestMixes:
    """The cursor of each activity."""

    def data(self, **fields: Any) -> Data:  # noqa: ANN401
        """4 h of content and 2 h of reporting for a colleague with 5 h, and an agency."""
        work = {"content": "4 h/week", "reporting": "2 h/week"}
        return scenario_data(
            {"anna": colleague(), "agence": agency()}, cover=OFFICE, work=work, **fields
        )

    def test_by_hand(self) -> None:
        """5 h of hers are paid anyway; every hour beyond the share of content costs 75."""
        found = cmsource.mixes(read(self.data()), ["content", "reporting"])
        assert len(found.mixes) == 25
        totals = {mix.shares: mix.total_cents for mix in found.mixes}
        assert totals[0, 0] == (5 * 30 + 6 * 75) * 52 * 100
        assert totals[0.5, 0.25] == (5 * 30 + (6 - 2.5) * 75) * 52 * 100
        assert found.recommended is not None
        best = found.mixes[found.recommended]
        assert best.total_cents == (5 * 30 + 1 * 75) * 52 * 100
        assert sum(done.undone for done in best.work.values()) == pytest.approx(0)

    def test_what_nobody_does_is_no_saving(self) -> None:
        """All in-house leaves an hour undone: cheaper, and no choice unless it is asked for."""
        found = cmsource.mixes(read(self.data()), ["content", "reporting"])
        [last] = [mix for mix in found.mixes if mix.shares == (1, 1)]
        assert last.total_cents == 5 * 30 * 52 * 100
        assert last.work["reporting"].undone == pytest.approx(1)
        lax = read(self.data(require={"work_done": "80%"}))
        chosen = cmsource.mixes(lax, ["content", "reporting"])
        assert chosen.recommended is not None
        assert chosen.mixes[chosen.recommended].shares == (1, 1)

    def test_a_mix_is_an_option_with_takes(self) -> None:
        """The hybrid of the reference scenario, with a quarter of the messages."""
        scenario = cmsource.load(
            BOUTIQUE,
            overrides=["options.hybrid.0.colleague.takes.messages=25%"],
        )
        hybrid = cmsource.compare(scenario).options["hybrid"]
        found = cmsource.mixes(scenario, ["content", "messages"], inside="colleague")
        [mix] = [mix for mix in found.mixes if mix.shares == (0.75, 0.25)]
        assert mix.total_cents == hybrid.total_cents
        assert mix.coverage == hybrid.coverage

    def test_none_and_all(self) -> None:
        """At 0 % nothing is done in-house, at 100 % nothing outside."""
        data = self.data(messages={"per_week": 20})
        found = cmsource.mixes(read(data), ["messages", "content", "reporting"], hours=35)
        assert len(found.mixes) == 125
        assert found.hours == 35
        none, every = found.mixes[0], found.mixes[-1]
        assert none.in_house == 0
        assert all(done.inside == 0 for done in none.work.values())
        assert every.in_house == pytest.approx(1)
        assert all(done.outside == 0 for done in every.work.values())

    def test_the_frontier(self) -> None:
        """Each mix on it costs more than the one before, and does more in-house."""
        found = cmsource.mixes(read(self.data()), ["content"], hours=5)
        every = [found.mixes[index] for index in found.frontier]
        costs = [mix.total_cents for mix in every]
        assert costs == sorted(costs)
        assert [mix.in_house for mix in every] == sorted(mix.in_house for mix in every)
        assert every[0].total_cents == min(mix.total_cents for mix in found.mixes)

    @pytest.mark.parametrize(
        ("activities", "said"),
        [
            (["contents"], "did you mean `content`?"),
            (["messages"], "no activity `messages`"),
            (["a", "b"], "no activity `a`"),
            ([], "name one to 3 of: content, reporting"),
        ],
    )
    def test_wrong_activities(self, activities: list[str], said: str) -> None:
        """Each says what is wrong and the way out."""
        with pytest.raises(cmsource.ScenarioError) as error:
            cmsource.mixes(read(self.data()), activities)
        problem = error.value.diagnostics[0]
        assert said in f"{problem.message}; {problem.hint}"

    def test_too_many_activities(self) -> None:
        """Four of them are 625 combinations, which nobody reads."""
        work = dict.fromkeys(("a", "b", "c", "d"), "1 h/week")
        data = scenario_data({"cm": employee(), "agence": agency()}, work=work)
        with pytest.raises(cmsource.ScenarioError, match="625"):
            cmsource.mixes(read(data), list(work))


def words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.replace("│", " ").split())


def text_of(report: Report, width: int = 80, *, colour: bool = False) -> str:
    """A report as a terminal of a width shows it."""
    return written(report, Format.TABLE, Page(width, colour=colour))


class TestOutput:
    """What people and machines get."""

    def test_the_answer_comes_first(self, cli: Cli) -> None:
        """The name of the case, then where to put the cursor, in 80 columns without colour."""
        ran = cli("cursor", BOUTIQUE)
        assert ran.status == 0
        assert not ran.err
        lines = ran.out.splitlines()
        assert "Boutique en ligne" in lines[0]
        assert re.match(r"│ Put the cursor at [0-9,]+\N{NO-BREAK SPACE}h a week in-house", lines[1])
        assert all(len(line) <= 80 for line in lines)
        assert "\x1b" not in ran.out
        assert ran.out == cli("cursor", BOUTIQUE).out

    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_widths(self, width: int) -> None:
        """Every line keeps to the width; colours are all that is added where they may be used."""
        for name in ("quick", "boutique-24-7"):
            scenario = cmsource.load(SCENARIOS / f"{name}.yaml")
            report = CursorReport(scenario, cmsource.cursor(scenario))
            plain = text_of(report, width)
            assert max(map(len, plain.splitlines())) <= width
            coloured = text_of(report, width, colour=True)
            assert "\x1b[" in coloured
            assert words(re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == words(plain)

    def test_nothing_meets_the_requirements(self) -> None:
        """Then nothing is recommended, and what is missing is said."""
        data = two(employee(), agency(), cover=OFFICE, work=CONTENT, require={"budget": 1})
        scenario = read(data)
        found = cmsource.cursor(scenario)
        assert found.recommended is None
        text = text_of(CursorReport(scenario, found))
        assert "No step meets every requirement" in text
        assert "misses: cash" in words(text)
        mixes = cmsource.mixes(scenario, ["content"])
        assert mixes.recommended is None
        assert "None of the 5 mixes" in text_of(MixesReport(scenario, mixes))

    def test_json(self, cli: Cli) -> None:
        """Every step with its money and shares; indexes point at steps."""
        ran = cli("cursor", BOUTIQUE, "--hours", "10", "--format", "json")
        data = json.loads(ran.out)
        assert next(iter(data)) == "format"
        assert data["format"] == "cmsource/cursor/1"
        assert [step["hours"] for step in data["steps"]][:2] == [0, 10]
        best = data["steps"][data["recommended"]]
        assert best["eligible"]
        assert best["total"] == min(s["total"] for s in data["steps"] if s["eligible"])

    def test_csv(self) -> None:
        """A row for each step, the same figures as in the JSON."""
        scenario = cmsource.load(BOUTIQUE)
        found = cmsource.cursor(scenario)
        report = CursorReport(scenario, found)
        rows = list(csv.DictReader(io.StringIO(written(report, Format.CSV, Page()))))
        data = json.loads(written(report, Format.JSON, Page()))
        assert [float(row["total"]) for row in rows] == [step["total"] for step in data["steps"]]
        assert [row["recommended"] for row in rows].count("yes") == 1

    def test_mixes_in_every_form(self, cli: Cli) -> None:
        """Text, JSON and CSV of the mixes."""
        line = ("cursor", BOUTIQUE, "--by", "content, messages")
        text = cli(*line)
        assert text.status == 0
        head = words(text.out.partition("╰")[0])
        assert "content and messages: in-house or outside?" in head
        assert "Best mix: content " in head
        assert all(len(row) <= 80 for row in text.out.splitlines())
        data = json.loads(cli(*line, "--format", "json").out)
        assert data["format"] == "cmsource/mixes/1"
        assert len(data["mixes"]) == 25
        rows = list(csv.DictReader(io.StringIO(cli(*line, "--format", "csv").out)))
        assert [float(row["total"]) for row in rows] == [mix["total"] for mix in data["mixes"]]

    def test_long_names_fit(self) -> None:
        """Three activities and two sources with names of 40 characters, in 80 columns."""
        long = "ä" * 37
        work = {f"{long} {number}": "50 h/week" for number in range(3)}
        sources = {
            "anna": colleague(hours="7 h/day", on_duty=OFFICE, label=f"{long} in"),
            "agence": agency(label=f"{long} out", hourly_rate=900),
        }
        scenario = read(scenario_data(sources, work=work, horizon=60))
        mixes = cmsource.mixes(scenario, list(work))
        found = cmsource.cursor(scenario)
        for report in (MixesReport(scenario, mixes), CursorReport(scenario, found)):
            text = text_of(report)
            assert max(map(len, text.splitlines())) <= 80
            assert long in text

    def test_nothing_drives_a_terminal(self) -> None:
        """Control characters of labels and names do not get out."""
        scenario = read(two(employee(), agency(), cover=OFFICE, work=CONTENT))
        bad = {name: s.changed(label=f"{name}\x1b[31m\x9b") for name, s in scenario.sources.items()}
        needs = scenario.needs.changed(work={"con\x1b[31mtent": scenario.needs.work["content"]})
        scenario = scenario.changed(name="x\x1b[2Jy", sources=bad, needs=needs)
        found = cmsource.cursor(scenario)
        mixes = cmsource.mixes(scenario, ["con\x1b[31mtent"])
        for report in (CursorReport(scenario, found), MixesReport(scenario, mixes)):
            for form in Format:
                text = written(report, form, Page())
                assert text
                assert "\x1b" not in text
                assert "\x9b" not in text

    @pytest.mark.parametrize(
        "flags",
        [
            ("--hours", "5,x"),
            ("--hours", "-5"),
            ("--hours", "nan"),
            ("--hours", "5,10", "--by", "content"),
            ("--by", ","),
            ("--by", "nothing"),
            ("--outside", "nobody"),
            ("--format", "xml"),
        ],
    )
    def test_bad_flags(self, cli: Cli, flags: tuple[str, ...]) -> None:
        """Status 2, a message, nothing on standard output."""
        ran = cli("cursor", BOUTIQUE, *flags)
        assert ran.status == 2
        assert not ran.out
        assert re.search("error|Invalid value", ran.err)
