"""Break-evens: where two options cost the same, against closed forms and by their properties."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.breakeven.breakeven import Breakeven, default_range
from cmsource.analysis.breakeven.crossings import Crossing
from cmsource.analysis.inputs.inputs import input_at, put, step_of
from cmsource.reports.breakeven import BreakevenReport
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from conftest import Cli
from searches import WHERE, breakevens
from strategies import agency, compared, employee, freelancer, read, scenario, scenarios

EXAMPLES = Path(__file__).parent.parent / "scenarios"
SHOP = str(EXAMPLES / "boutique-24-7.yaml")
SOON = str(EXAMPLES / "interns.yaml")
"""An example whose break-evens are found sooner."""


def one(data: dict[str, Any], on: str, **more: Any) -> Breakeven:  # noqa: ANN401
    """The break-evens on one input of a scenario as plain data."""
    [found] = cmsource.breakeven(read(data), "a", "b", on=on, **more).found
    return found


def only(found: Breakeven) -> Crossing:
    """The one break-even."""
    [crossing] = found.crossings
    return crossing


def per_message(price: float, setup: float) -> dict[str, Any]:
    """An agency billed by the message: 6 minutes each at ten times the price an hour."""
    return agency(hourly_rate=price * 10, setup=setup)


def by_message(setup_a: float, price_a: float, setup_b: float, price_b: float) -> dict[str, Any]:
    """Two agencies over a year of 52 weeks, billed by the message."""
    return scenario(
        {"a": per_message(price_a, setup_a), "b": per_message(price_b, setup_b)},
        cover="24/7",
        messages={"per_week": 100, "minutes_each": 6},
        work={},
    )


def test_the_textbook_case_of_make_or_buy() -> None:
    """40,000 + 5.5 q against 8 q meet at 40,000 / 2.5 = 16,000: 307.69 messages a week."""
    data = by_message(40_000, 5.5, 0, 8)
    found = only(one(data, "needs.messages.per_week", low=1, high=1000))
    assert found.at == pytest.approx(16_000 / 52, abs=0.001)
    assert (found.before, found.after, found.jumps) == ("b", "a", False)


def test_a_second_textbook_case() -> None:
    """80,000 + 9 q against 10,000 + 16 q meet at 70,000 / 7 = 10,000: 192.31 messages a week."""
    data = by_message(80_000, 9, 10_000, 16)
    found = only(one(data, "needs.messages.per_week", low=1, high=1000))
    assert found.at == pytest.approx(10_000 / 52, abs=0.001)


@pytest.mark.slow
@given(st.integers(0, 50_000), st.integers(1, 40), st.integers(0, 50_000), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_two_lines_meet_where_they_must(f1: int, s1: int, f2: int, s2: int) -> None:
    """The break-even of f1 + s1 q and f2 + s2 q is at (f2 - f1) / (s1 - s2), if that is in range.

    A cent of rounding on each of four entries moves it by 4 cents over the difference of slopes.
    """
    assume(s1 != s2)
    root = (f2 - f1) / (s1 - s2) / 52
    found = one(by_message(f1, s1, f2, s2), "needs.messages.per_week", low=1, high=1000)
    slack = 0.04 / abs(s1 - s2) / 52 + 1e-6
    if 1 + slack < root < 1000 - slack:
        assert only(found).at == pytest.approx(root, abs=slack + 0.0001)
        assert only(found).before == ("a" if s1 > s2 else "b")
    elif not 1 - slack <= root <= 1000 + slack:
        assert not found.crossings


def test_an_hourly_rate_against_a_retainer() -> None:
    """520 h a year at x against 12 x 2,600 = 31,200 a year: equal at exactly 60 an hour."""
    data = scenario({"a": agency(hourly_rate=75), "b": agency(retainer="2600/month")})
    found = one(data, "sources.a.hourly_rate")
    crossing = only(found)
    assert crossing.at == 60
    assert (crossing.below, crossing.above) == (59.99, 60.01)
    assert (crossing.before, crossing.after) == ("a", "b")
    assert crossing.figures_below[0] == pytest.approx(59.99 * 520)
    assert crossing.figures_below[1] == 31_200
    assert found.change == pytest.approx(-0.2)


def test_between_two_heads() -> None:
    """A head costs 20 x 35 x 52 = 36,400 a year: two stay below 100,000, and three do not."""
    data = scenario(
        {"a": employee(headcount=2), "b": agency(hourly_rate=75, setup=61_000)},
        work={"content": "10 h/week"},
    )
    crossing = only(one(data, "sources.a.headcount", high=10))
    assert (crossing.below, crossing.above) == (2, 3)
    assert (crossing.before, crossing.after) == ("a", "b")
    assert crossing.figures_below == (2 * 36_400, 61_000 + 39_000)
    assert crossing.figures_above[0] == 3 * 36_400


def test_a_jump_is_called_a_jump() -> None:
    """Duty of 35 h takes two contracts of 17.5 h and three of less: the cost falls by a third.

    20 x 52 x 3 x 17.5 = 54,600 a year just below 17.5 h, and 36,400 from there on; the agency
    costs 520 x 100 = 52,000.
    """
    data = scenario(
        {"a": employee(headcount="auto", hourly_wage=20), "b": agency(hourly_rate=100)},
    )
    found = one(data, "sources.a.hours", low=17, high=20)
    crossing = only(found)
    assert crossing.jumps
    assert crossing.at == pytest.approx(17.5, abs=1e-4)
    assert (crossing.before, crossing.after) == ("b", "a")


def test_several_break_evens_on_one_input() -> None:
    """Included hours and a ceiling make the lines cross twice: at 5 and at 20 hours a week.

    a: 1,300 a month with 65 h (15 a week) included, then 60 an hour; b: 20 x 13/3 hours a month at
    60 / ... is worked out below by months of 52/12 weeks.
    """
    data = scenario(
        {
            "a": agency(retainer="1300/month", included="65 h/month", hourly_rate=60),
            "b": freelancer(hourly_rate=30, max_hours="40 h/week"),
        },
        {"a": ["a"], "b": ["b"]},
    )
    # a month has 13/3 weeks: b costs 130 w; a costs 1,300 up to w = 15, then 1,300 + 260 (w - 15).
    # equal at w = 10, and again where 130 w = 1,300 + 260 w - 3,900, w = 20.
    found = one(data, "needs.work.content", low=0, high=40)
    assert [crossing.at for crossing in found.crossings] == pytest.approx([10, 20], abs=0.01)
    assert [crossing.after for crossing in found.crossings] == ["a", "b"]


def test_none_is_said_to_be_none() -> None:
    """An agency at half the price is the cheaper one at any amount of work."""
    data = scenario({"a": agency(hourly_rate=40), "b": agency(hourly_rate=80)})
    found = one(data, "needs.work.content", low=1, high=100)
    assert not found.crossings
    assert (found.ahead_low, found.ahead_high, found.nearest) == ("a", "a", None)


def test_options_that_stay_equal() -> None:
    """The same agency twice costs the same throughout: nobody is ahead, nothing crosses."""
    data = scenario({"a": agency(), "b": agency()})
    result = cmsource.breakeven(read(data), on="needs.work.content")
    assert result.ahead == ""
    assert not result.found[0].crossings


def test_other_figures() -> None:
    """An agency with service level x watches more than 90% of the time from x = 0.9 on."""
    data = scenario(
        {"a": agency(service_level="50%"), "b": agency(service_level="90%")}, cover="24/7"
    )
    crossing = only(one(data, "sources.a.service_level", figure="watched"))
    assert crossing.at == pytest.approx(0.9, abs=1e-4)
    assert (crossing.before, crossing.after) == ("b", "a")


def test_every_input_is_tried_and_the_nearest_comes_first() -> None:
    """Without an input, those are first that need the smallest change in per cent."""
    result = breakevens(cmsource.load(SHOP))
    changes = [abs(found.change) for found in result.found if found.change is not None]
    assert len(changes) > 5
    assert changes == sorted(changes)
    assert {result.first, result.second} == {"hybrid", "agency"}


@pytest.mark.slow
def test_the_quick_search_agrees_with_the_thorough_one() -> None:
    """What trying every input finds on one is among what asking for that one finds.

    Where figures jump there may be several, of which the quick search finds one.
    """
    base = cmsource.load(SHOP)
    for found in breakevens(base).found:
        if found.nearest is None:
            continue
        [thorough] = cmsource.breakeven(base, on=found.input.path).found
        near = 1.01 * step_of(found.input)
        assert any(abs(each.at - found.nearest.at) <= near for each in thorough.crossings)


def test_who_misses_what_is_said() -> None:
    """An option that stops doing the job at the break-even is said to."""
    data = scenario(
        {"a": agency(depth=1), "b": employee()}, cover="24/7", require={"watched": "90%"}
    )
    crossing = only(one(data, "sources.b.hourly_wage", low=13, high=40))
    missed = {name: [held.name for held in each] for name, each in crossing.misses.items()}
    assert missed == {"a": [], "b": ["watched"]}


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(scenarios(), st.sampled_from(["agency.hourly_rate", "cm.hourly_wage", "cm.recruitment"]))
def test_at_a_break_even_the_totals_are_a_step_apart(data: dict[str, Any], key: str) -> None:
    """Below it one is cheaper, above it the other, and at it they are a step apart at most."""
    data["options"] = {"one": ["agency"], "two": ["cm", "agency"]}
    base = read(data)
    path = f"sources.{key}"
    if input_at(base, path).value == 0:
        return
    [found] = cmsource.breakeven(base, "one", "two", on=path).found
    for crossing in found.crossings:
        gaps = []
        for place in (crossing.below, crossing.above):
            options = cmsource.compare(put(base, {path: place})).options
            gaps.append(options["one"].total_cents - options["two"].total_cents)
        assert gaps[0] * gaps[1] < 0
        assert (crossing.before == "one") == (gaps[0] < 0)
        assert crossing.below <= crossing.at <= crossing.above
        exact = cmsource.compare(put(base, {path: crossing.at})).options
        gap = abs(exact["one"].total_cents - exact["two"].total_cents)
        assert crossing.jumps or gap <= max(abs(g) for g in gaps)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(scenarios(options=2), st.sampled_from(["total", "cash", "watched", "per_hour_worked"]))
def test_any_two_options_can_be_asked_about(data: dict[str, Any], figure: str) -> None:
    """Whatever the scenario, each input is answered for, and a break-even lies where it says."""
    base = read(data)
    if len(base.options) < 2:
        return
    result = cmsource.breakeven(base, figure=figure)
    for found in result.found:
        assert found.low <= found.high
        for crossing in found.crossings:
            assert found.low <= crossing.below <= crossing.at <= crossing.above <= found.high
            assert {crossing.before, crossing.after} == {result.first, result.second}
    report = BreakevenReport(result)
    assert json.loads(written(report, Format.JSON, Page()))["figure"] == figure
    text = written(report, Format.TABLE, Page(80, details=True))
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_default_range() -> None:
    """From 0 to four times today's value, a share to 100%, as far as the value may go."""
    base = read(scenario({"a": agency(hourly_rate=50), "b": employee(hourly_wage=20)}))
    assert default_range(input_at(base, "sources.a.hourly_rate")) == (0, 200)
    assert default_range(input_at(base, "sources.a.service_level")) == (0, 1)
    low, high = default_range(input_at(base, "sources.b.hourly_wage"))
    assert (low, high) == (cmsource.load_country("FR").value("minimum_wage"), 80)


def test_a_range_of_the_scenario_is_the_range_that_is_tried() -> None:
    """From 50 to 70 an hour there is a break-even with 60; from 65 to 70 there is none."""
    for text, count in (("50..70", 1), ("65..70", 0)):
        data = scenario({"a": agency(hourly_rate=text), "b": agency(hourly_rate=60)})
        found = one(data, "sources.a.hourly_rate")
        assert (found.low, found.high) == tuple(map(float, text.split("..")))
        assert len(found.crossings) == count


# The command -------------------------------------------------------------------------------------


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Status, standard output and standard error of the command."""
    monkeypatch.setattr(WHERE, breakevens)
    return lambda *arguments: tuple(cli("breakeven", *arguments))


def rate_of_the_agency() -> str:
    """The rate at which the shop's agency costs as much as the hybrid, as reports write it."""
    path = "sources.agence.hourly_rate"
    [found] = cmsource.breakeven(cmsource.load(SHOP), "hybrid", "agency", on=path).found
    assert found.nearest is not None
    return f"€{found.nearest.at:.2f}/h"


def test_the_text_says_where_and_who(run: Run) -> None:
    """The answer names the value, its distance, and who is cheaper on both sides."""
    status, out, _ = run(SHOP, "hybrid", "agency", "--on", "sources.agence.hourly_rate")
    assert status == 0
    assert f"Break-even: {rate_of_the_agency()}" in out.replace("\N{NO-BREAK SPACE}", " ")
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("name", ["boutique-24-7", "quick", "quebec-sme", "interns"])
def test_the_table_fits_any_terminal(name: str) -> None:
    """No line of the table of all inputs is too wide, and every key and number is whole."""
    result = breakevens(cmsource.load(EXAMPLES / f"{name}.yaml"))
    keys = [each.input.path for each in result.found if each.nearest is not None]
    assert keys
    for width in (60, 80, 120):
        text = written(BreakevenReport(result), Format.TABLE, Page(width, details=True))
        assert all(len(line) <= width for line in text.splitlines())
        words = text.split()
        assert all(key in words for key in keys)


def test_what_would_turn_the_answer_is_said_first(run: Run) -> None:
    """The panel has who is ahead today, and the nearest break-even with its key."""
    status, out, _ = run(SHOP)
    assert status == 0
    said = " ".join(out.partition("╰")[0].replace("│", "").split())
    options = cmsource.compare(cmsource.load(SHOP)).options
    cost = {name: f"€{each.total:,.0f}" for name, each in options.items()}
    assert f"Today hybrid costs less: {cost['hybrid']} against {cost['agency']} for agency." in said
    assert "agency costs less when sources.agence.hourly_rate falls to " in said
    assert "--details: 2 more break-evens, further away" in out
    _, everything, _ = run(SHOP, "--all")
    assert "sources.colleague.planned_absence " in everything
    assert "sources.colleague.planned_absence " not in out
    missed = r"misses watched, answered in time, work done there: (\S+, )*sources\.agence\.depth"
    assert re.search(missed, " ".join(out.split()))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("total", "Today b costs less: €26,000 against €36,000 for a."),
        ("monthly", "Today b has the lower cost a month: €2,167 against €3,000 for a."),
        ("per_hour_worked", "Today b has the lower cost per hour worked: €50.00 against €69.23"),
        ("watched", "Today a is ahead on watched: 100.0% against 11.1% for b."),
        ("work_done", "Today both are equal on work done: 100.0%."),
        ("per_answered_message", "There is nothing to compare today: no cost per answered message"),
    ],
)
def test_every_figure_has_its_sentence(figure: str, words: str) -> None:
    """An agency at 3,000 a month, and 520 hours at 50 an hour by somebody who is there 5 of 45."""
    data = scenario({"a": agency(retainer=3000), "b": freelancer()})
    text = written(BreakevenReport(breakeven_of(data, figure)), Format.TABLE, Page(120))
    assert words in text.replace("\N{NO-BREAK SPACE}", " ")


def breakeven_of(data: dict[str, Any], figure: str) -> cmsource.Breakevens:
    """The break-evens of the two options of a scenario."""
    return cmsource.breakeven(read(data), "a", "b", figure=figure)


def test_a_page_can_hold_it(run: Run) -> None:
    """Markdown has the same table, what is further away folded."""
    status, out, _ = run(SHOP, "--format", "markdown")
    assert status == 0
    row = f"| `sources.agence.hourly_rate` | €75/h | {rate_of_the_agency()} | -52% |"
    assert row in out
    assert "<details><summary>2 more break-evens, further away</summary>" in out


def test_the_range_can_be_given_as_people_write_it(run: Run) -> None:
    """From €40/h on there is no break-even of the hybrid and the agency."""
    path = "sources.agence.hourly_rate"
    status, out, _ = run(SHOP, "--on", path, "--from", "€40/h", "--to", "90")
    assert status == 0
    assert "No break-even between €40" in out


def test_json_and_csv_say_the_same(run: Run) -> None:
    """Both have a row or an object for every input, with the same break-evens."""
    _, text, _ = run(SOON, "--format", "json")
    data = json.loads(text)
    assert data["format"] == "cmsource/breakeven/1"
    _, text, _ = run(SOON, "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["breakeven"]]
    found = [
        (each["path"], crossing["at"]) for each in data["inputs"] for crossing in each["breakevens"]
    ]
    assert [(row["path"], float(row["breakeven"])) for row in rows] == found != []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--on", "sources.agence.rate"),
        ("hire", "hire"),
        ("hire", "agence"),
        ("--figure", "beauty"),
        ("--from", "3"),
        ("--on", "horizon", "--from", "soon"),
        ("--on", "horizon", "--from", "5000 months"),
        ("--on", "horizon", "--from", "30", "--to", "20"),
        ("--on", "needs.work.content", "--from", "1 h/month"),
        ("--format", "xml"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    """Status 2, a message, and nothing on standard output."""
    status, out, error = run(SHOP, *arguments)
    assert (status, out) == (2, "")
    assert "rror" in error
    assert "Traceback" not in error


def test_one_option_has_no_break_even(run: Run, tmp_path: Any) -> None:  # noqa: ANN401
    """It takes two."""
    path = tmp_path / "one.yaml"
    path.write_text(yaml.safe_dump(scenario({"a": agency()})), encoding="utf-8")
    status, _, error = run(str(path))
    assert status == 2
    assert "two options" in error


def test_closed_forms_are_those_of_the_model() -> None:
    """The cases above are what the model computes: 100 messages at 5.5 over 52 weeks, and setup."""
    totals = compared(by_message(40_000, 5.5, 0, 8)).options
    assert float(totals["a"].total) == 40_000 + 5.5 * 5_200
    assert float(totals["b"].total) == 8 * 5_200


def test_each_input_is_a_step() -> None:
    """Who waits is told how many inputs there are, and of each that is done."""
    told: list[str] = []

    def step(total: int) -> Callable[[], None]:
        told.append(f"of {total}")
        return lambda: told.append("done")

    source = cmsource.load(SOON)
    tried = len(cmsource.breakeven(source, step=step).found)
    assert tried > 10
    assert told == [f"of {tried}", *["done"] * tried]
    told.clear()
    cmsource.breakeven(source, on="horizon", step=step)
    assert told == ["of 1", "done"]


@pytest.mark.parametrize("command", ["breakeven", "sensitivity"])
def test_a_bar_on_a_terminal_only(cli: Cli, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Moving every input takes its time: who watches sees how far it is, on standard error."""
    from cmsource.cli import progress

    monkeypatch.setattr(progress, "_WAIT", 0.0)
    monkeypatch.setattr(progress, "_REFRESH", 0.0)
    quiet = cli(command, SOON)
    assert "moving inputs" not in quiet.err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    watched = cli(command, SOON)
    assert "moving inputs" in watched.err
    assert "moving inputs" not in watched.out


def test_who_does_not_do_the_job_is_not_ahead() -> None:
    """A freelancer is cheaper throughout and watches 5 h of 45: eligible, the agency is ahead."""
    sources = {"a": agency(retainer=3000), "b": freelancer(hourly_rate=10)}
    data = scenario(sources, require={"watched": "50%"})
    # 10 h x 52 x 10 = 5,200 = 12 x 433.33
    assert only(one(data, "sources.a.retainer")).at == pytest.approx(5200 / 12)
    asked = one(data, "sources.a.retainer", eligible=True)
    assert (asked.crossings, asked.ahead_low, asked.ahead_high) == ((), "a", "a")


def test_where_somebody_ceases_to_do_the_job_is_a_break_even() -> None:
    """A budget of 30,000 is passed above 2,500 a month; from there on the other one is to be taken.

    That one costs 36,000, of which 12,000 are own time and no cash: by cost they meet at 3,000.
    """
    other = agency(retainer=2000, coordination="10 h/week")
    sources = {"a": agency(retainer=1000), "b": other}
    data = scenario(sources, require={"budget": 30_000}, own_time=12_000 / 520)
    assert only(one(data, "sources.a.retainer", high=4000)).at == pytest.approx(3000, abs=0.01)
    crossing = only(one(data, "sources.a.retainer", eligible=True, high=4000))
    assert (crossing.below, crossing.above) == (2500, 2500.01)
    assert (crossing.before, crossing.after, crossing.jumps) == ("a", "b", True)


def test_eligible_says_so(cli: Cli) -> None:
    """The cheaper one that does not do the job is told; with the flag it is not ahead."""
    flags = ("breakeven", SHOP, "hire", "agency", "--on", "sources.agence.retainer")
    told = " ".join(cli(*flags).out.replace("│", " ").split())
    assert "hire costs less throughout. Yet hire misses watched" in told
    told = " ".join(cli(*flags, "--eligible").out.replace("│", " ").split())
    assert "agency is the one to take throughout" in told
    assert json.loads(cli(*flags, "--eligible", "--format", "json").out)["ahead"] == "agency"


def test_a_requirement_of_nothing_is_no_break_even() -> None:
    """One person alone has no continuity: only where none is asked for would he be taken."""
    sources = {"cm": employee(), "agency": agency(hourly_rate=100)}
    data = scenario(sources, require={"continuity": "30%"})
    result = cmsource.breakeven(read(data), "cm", "agency", on="require.continuity", eligible=True)
    [found] = result.found
    assert (found.low, found.high) == (0.0001, 1.0)
    assert not found.crossings
    assert result.ahead == "agency"
