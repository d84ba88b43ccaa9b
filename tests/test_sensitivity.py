"""Sensitivity: closed forms by hand, flips where the break-even says, what the command prints."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import inputs, put
from cmsource.analysis.sensitivity.moves import Span, moved_state, span_of, state_of
from cmsource.analysis.sensitivity.sensitivity import Bar
from cmsource.reports.grid import GridReport
from cmsource.reports.sensitivity import SensitivityReport
from cmsource.scenario.figures import measured
from cmsource.writers.formats import Format, Report, written
from cmsource.writers.page import Page
from conftest import Cli, unframed
from strategies import Data, agency, colleague, compared, employee, read, scenario, scenarios

SCENARIOS = Path(__file__).parent.parent / "scenarios"
WEEKS = 52


def two_agencies(**fields: object) -> Data:
    """10 h/week of content for a year: `fixed` for 3,000 a month, `hourly` by the hour."""
    sources = {
        "fixed": agency(retainer=3000),
        "hourly": agency(hourly_rate=fields.pop("rate", 60)),
    }
    return {**scenario(sources), **fields}


FIXED = 3000 * 12  # 36,000
HOURLY = 10 * WEEKS * 60  # 31,200 at 60 an hour
BREAK_EVEN = FIXED / (10 * WEEKS)  # 69.23 an hour


def bar(tornado: cmsource.Tornado, path: str) -> Bar:
    """The bar of an input."""
    return next(each for each in tornado.bars if each.input.path == path)


def test_a_linear_input_moves_the_total_by_its_share() -> None:
    """20% of the rate is 20% of the money that rests on it, up and down alike."""
    found = cmsource.sensitivity(read(two_agencies()))
    rate = bar(found, "sources.hourly.hourly_rate")
    assert (rate.span.low, rate.span.high) == (48, 72)
    assert rate.low.figures == {"fixed": FIXED, "hourly": 10 * WEEKS * 48}
    assert rate.high.figures == {"fixed": FIXED, "hourly": 10 * WEEKS * 72}
    assert rate.swing("hourly") == pytest.approx(0.4 * HOURLY)
    assert rate.swing("fixed") == 0
    retainer = bar(found, "sources.fixed.retainer")
    assert retainer.low.figures["fixed"] == 0.8 * FIXED
    assert retainer.high.figures["fixed"] == 1.2 * FIXED


def test_only_the_part_that_rests_on_an_input_moves() -> None:
    """With a retainer of 500 and 10 hours included, the rate moves the hours beyond only."""
    source = agency(retainer=500, hourly_rate=60, included="10 h/month")
    found = cmsource.sensitivity(read(scenario({"a": source})), by=0.1)
    beyond = 10 * WEEKS - 10 * 12
    rate = bar(found, "sources.a.hourly_rate")
    assert rate.swing("a") == pytest.approx(0.2 * 60 * beyond)


@pytest.mark.parametrize(("by", "flips"), [(0.15, False), (0.153, False), (0.154, True)])
def test_the_recommendation_flips_at_the_break_even(by: float, flips: bool) -> None:
    """60 an hour and 69.23 are 15.38% apart: 15.3% more keeps `hourly`, 15.4% does not."""
    assert round(BREAK_EVEN / 60, 4) == 1.1538
    found = cmsource.sensitivity(read(two_agencies()), by=by, on=["sources.hourly.hourly_rate"])
    [rate] = found.bars
    assert found.today.recommended == "hourly"
    assert rate.flips is flips
    assert rate.high.recommended == ("fixed" if flips else "hourly")
    assert rate.low.recommended == "hourly"
    assert found.flips == ((rate,) if flips else ())


def test_flips_come_first_then_the_widest() -> None:
    """A narrow input that flips stands before a wide one that does not; the rest by width."""
    found = cmsource.sensitivity(read(two_agencies()), figure="total")
    order = [each.flips for each in found.bars]
    assert order == sorted(order, reverse=True)
    widths = [max(map(each.swing, found.options)) for each in found.bars if not each.flips]
    assert widths == sorted(widths, reverse=True)
    # 20% of the fixed price, the rate and the hours flip; over a longer time nothing changes.
    flipping = {each.input.path for each in found.flips}
    paths = {"sources.hourly.hourly_rate", "sources.fixed.retainer", "needs.work.content"}
    assert flipping == paths
    assert not bar(found, "horizon").flips


def test_a_range_of_the_scenario_comes_before_the_step() -> None:
    """`60..90` is moved from 60 to 90, today 75, whatever the step is."""
    found = cmsource.sensitivity(read(two_agencies(rate="60..90")), by=0.01)
    rate = bar(found, "sources.hourly.hourly_rate")
    assert rate.span == Span(60, 90)
    assert found.today.figures["hourly"] == 10 * WEEKS * 75
    assert rate.low.figures["hourly"] == 10 * WEEKS * 60
    assert rate.high.figures["hourly"] == 10 * WEEKS * 90
    assert bar(found, "sources.fixed.retainer").span == Span(2970, 3030)


def test_inputs_are_clipped_at_what_they_may_be() -> None:
    """99% of service goes up to 100% only, a wage down to the legal minimum; both are said."""
    sources = {"cm": employee(hourly_wage=13), "a": agency(service_level=0.99)}
    found = cmsource.sensitivity(read(scenario(sources)), figure="watched")
    level = bar(found, "sources.a.service_level").span
    assert (round(level.low, 9), level.high) == (0.792, 1)
    assert (level.low_clipped, level.high_clipped) == (False, True)
    wage = bar(cmsource.sensitivity(read(scenario(sources))), "sources.cm.hourly_wage").span
    assert wage.low > 0.8 * 13
    assert (wage.low_clipped, wage.high_clipped) == (True, False)


def test_whole_numbers_move_by_one_at_least() -> None:
    """20% of two people is none: they become one and three."""
    people = employee(headcount=2)
    [found] = cmsource.sensitivity(read(scenario({"cm": people})), on=["sources.cm.headcount"]).bars
    assert found.span == Span(1, 3)
    a_person = 20 * 35 * WEEKS
    assert (found.low.figures["cm"], found.high.figures["cm"]) == (a_person, 3 * a_person)


def test_what_moves_nothing_is_counted_apart() -> None:
    """A share of 0 is 0; an input without effect on any option is left out, and both are named."""
    data = scenario(
        {"a": agency(min_months=6, included="1 h/week", retainer=10, hourly_rate=60)},
        prices={"vendors": "0%"},
    )
    found = cmsource.sensitivity(read(data))
    assert "prices.vendors" in found.unmoved
    assert "sources.a.min_months" in found.without_effect
    paths = {each.input.path for each in found.bars}
    assert not paths & {*found.unmoved, *found.without_effect}
    assert found.tried == len(found.bars) + len(found.without_effect)


def test_requirements_flip_and_assumptions_are_marked() -> None:
    """A requirement moves no figure but who is recommended; what nobody gave is marked."""
    sources = {"few": agency(hourly_rate=50), "many": agency(hourly_rate=60)}
    sources["few"]["service_level"] = 0.85
    del sources["many"]["depth"]
    found = cmsource.sensitivity(read({**scenario(sources), "require": {"watched": "80%"}}))
    watched = bar(found, "require.watched")
    assert found.today.recommended == "few"
    assert (watched.low.recommended, watched.high.recommended) == ("few", "many")
    assert watched.low.figures == watched.high.figures == found.today.figures
    assert watched.input.given
    assert not bar(
        cmsource.sensitivity(read(scenario(sources)), figure="watched"), "sources.many.depth"
    ).input.given


def test_wages_of_a_source_move_no_option_without_it() -> None:
    """Own time is the country's colleague's, whoever of the scenario earns what."""
    data = scenario({"a": agency(coordination="1 h/week"), "me": colleague()}, {"a": ["a"]})
    assert not cmsource.sensitivity(read(data), on=["sources.me.hourly_wage"]).bars


@pytest.mark.parametrize("figure", measured())
def test_every_figure_agrees_with_the_comparison(figure: str) -> None:
    """At both ends of a bar the figure is that of `compare` with the input set there."""
    data = two_agencies(prices={"discount": "4%"})
    data["needs"]["messages"] = {"per_day": 20, "minutes_each": 6, "profile": "flat"}
    path = "sources.hourly.service_level"
    found = cmsource.sensitivity(read(data), on=[path, "needs.messages.per_day"], figure=figure)
    for each in found.bars:
        for value, state in ((each.span.low, each.low), (each.span.high, each.high)):
            result = cmsource.compare(put(read(data), {each.input.path: value}))
            assert state.recommended == result.recommended
            for name, option in result.options.items():
                key = "live_after_months" if figure == "live_after" else figure
                of = option.coverage if key in option.coverage._fields else option
                expected = getattr(of, key)
                seen = state.figures[name]
                assert (seen is None) == (expected is None)
                assert seen is None or seen == pytest.approx(float(expected), abs=0.005)


def test_a_step_of_nothing_moves_nothing() -> None:
    """By 0%, every input stays where it is."""
    found = cmsource.sensitivity(read(two_agencies()), by=0)
    assert (found.bars, found.without_effect) == ((), ())
    assert len(found.unmoved) > 5


def test_a_grid_by_hand() -> None:
    """Rate and retainer at −20, −10, 0, +10, +20%: each cell the cheaper of the two."""
    rates, retainers = (48, 54, 60, 66, 72), (2400, 2700, 3000, 3300, 3600)
    found = cmsource.grid(
        read(two_agencies()), "sources.hourly.hourly_rate", "sources.fixed.retainer"
    )
    assert found.row_values == pytest.approx(rates)
    assert found.column_values == pytest.approx(retainers)
    for rate, row in zip(rates, found.cells, strict=True):
        for retainer, state in zip(retainers, row, strict=True):
            totals = {"fixed": retainer * 12, "hourly": rate * 10 * WEEKS}
            assert state.figures == pytest.approx(totals)
            assert state.recommended == min(totals, key=lambda name: totals[name])


def test_a_grid_over_a_range_has_today_in_the_middle() -> None:
    """`{low: 50, likely: 60, high: 90}`: halves of 50..60 and 60..90."""
    data = two_agencies(rate={"low": 50, "likely": 60, "high": 90})
    found = cmsource.grid(read(data), "sources.hourly.hourly_rate", "needs.work.content")
    assert found.row_values == (50, 55, 60, 75, 90)
    even = cmsource.grid(read(data), "sources.hourly.hourly_rate", "needs.work.content", steps=2)
    assert even.row_values == (50, 90)
    assert len(even.cells) == len(even.cells[0]) == 2


def test_a_grid_of_whole_numbers_has_each_once() -> None:
    """Two people by ±20% are one, two and three, in five steps too."""
    data = scenario({"cm": employee(headcount=2)})
    found = cmsource.grid(read(data), "sources.cm.headcount", "sources.cm.hourly_wage")
    assert found.row_values == (1, 2, 3)


def test_a_grid_takes_two_inputs_and_two_steps() -> None:
    """The same input twice, or one value of each, is no table."""
    source = read(two_agencies())
    with pytest.raises(ValueError, match="two different inputs"):
        cmsource.grid(source, "horizon", "horizon")
    with pytest.raises(ValueError, match="two steps"):
        cmsource.grid(source, "horizon", "needs.work.content", steps=1)


SLOW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@SLOW
@given(scenarios(options=2), st.data())
def test_the_centre_of_a_grid_is_the_comparison(data: Data, draw: st.DataObject) -> None:
    """Today's values give what `compare` gives, to the cent."""
    source = read(data)
    movable = [each for each in inputs(source) if each.about != "context"]
    pair = draw.draw(st.lists(st.sampled_from(movable), min_size=2, max_size=2, unique=True))
    found = cmsource.grid(source, pair[0].path, pair[1].path, steps=3)
    row = found.row_values.index(pair[0].value)
    column = found.column_values.index(pair[1].value)
    state, result = found.cells[row][column], compared(data)
    assert state.recommended == result.recommended
    assert state.figures == {n: pytest.approx(float(o.total)) for n, o in result.options.items()}


@pytest.mark.slow
@SLOW
@given(scenarios(options=3), st.floats(0, 0.5))
def test_bars_are_whole_comparisons(data: Data, by: float) -> None:
    """Working out only the options that an input touches gives the same as working out all."""
    source = read(data)
    today = state_of(source, "total")
    for each in inputs(source)[::5]:
        span = span_of(each, by)
        assert each.low <= span.low <= each.value <= span.high <= each.high
        moved = moved_state(source, today, "total", {each.path: span.high})
        whole = state_of(put(source, {each.path: span.high}), "total")
        assert moved.figures == whole.figures
        assert moved.recommended == whole.recommended


# The command -------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with the two agencies, the rate as a range."""
    path = tmp_path / "two.yaml"
    path.write_text(yaml.safe_dump(two_agencies(rate="50..70", name="Two")), encoding="utf-8")
    return path


def test_the_command_says_what_flips(cli: Cli, file: Path) -> None:
    """The answer first, then what changes the recommendation and to what, with both bars."""
    ran = cli("sensitivity", file)
    assert ran.status == 0
    assert ran.err.startswith("warning[W407]: a range is taken at the likely value")
    assert "Recommended today: hourly" in ran.out
    assert "sources.hourly.hourly_rate: 50 to €70/h (today 60, a range)" in ran.out
    assert "→ at €70/h: fixed is recommended" in ran.out
    first = ran.out.index("These change the recommendation")
    assert first < ran.out.index("sources.hourly.hourly_rate:") < ran.out.index("Widest first")
    assert "€26,000" in ran.out  # 520 hours at 50


@pytest.mark.parametrize("name", ["boutique-24-7", "quick", "quebec-sme"])
def test_text_fits_its_width(name: str) -> None:
    """Tornados and grids of the examples keep to the width, with colour and without."""
    source = cmsource.load(SCENARIOS / f"{name}.yaml")
    rate, cover = [each.path for each in inputs(source) if each.path.startswith("sources.")][:2]
    reports: list[Report] = [
        SensitivityReport(source, cmsource.sensitivity(source)),
        GridReport(source, cmsource.grid(source, rate, cover, steps=7)),
    ]
    for report in reports:
        for width in (60, 80, 120):
            text = written(report, Format.TABLE, Page(width))
            assert max(map(len, text.splitlines())) <= width
            coloured = written(report, Format.TABLE, Page(width, colour=True))
            assert "\x1b[" in coloured
            assert _plain(coloured).split() == text.split()


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_bars_stand_on_one_scale(cli: Cli, file: Path) -> None:
    """The middle of every bar is in one column, and what moves as much has as long a bar.

    520 hours at 50 to 70 rather than 60 move the total by 5,200 down and up; the contract of
    3,000 a month by 7,200 down and up, a fifth of it.
    """
    ran = cli("sensitivity", file, "--on", "sources")
    bars = [line for line in ran.out.splitlines() if line.startswith("    ") and "█" in line]
    assert len({line.index("│") for line in bars}) == 1
    rate = next(line for line in bars if "26,000" in line)
    fixed = next(line for line in bars if "28,800" in line)
    assert rate.count("░") == rate.count("█")
    assert fixed.count("░") == fixed.count("█")
    assert rate.count("█") / fixed.count("█") == pytest.approx(5200 / 7200, abs=0.05)


def test_json_has_every_option_at_both_ends(cli: Cli, file: Path) -> None:
    """Numbers as numbers, money with two decimals, and the recommendation at each end."""
    ran = cli("sensitivity", file, "--format", "json", "--on", "sources.hourly")
    data: dict[str, Any] = json.loads(ran.out)
    assert list(data)[:5] == ["format", "scenario", "figure", "by", "today"]
    assert data["format"] == "cmsource/sensitivity/1"
    assert data["today"] == {
        "recommended": "hourly",
        "figures": {"fixed": FIXED, "hourly": HOURLY},
    }
    [rate] = [each for each in data["inputs"] if each["path"].endswith("hourly_rate")]
    assert (rate["low"], rate["high"], rate["range"], rate["flips"]) == (50, 70, True, True)
    assert rate["at_high"] == {"recommended": "fixed", "figures": {"fixed": 36000, "hourly": 36400}}
    assert '"hourly": 36400.00' in ran.out


def test_csv_has_a_row_for_each_end_and_option(cli: Cli, file: Path) -> None:
    """Both ends of the rate, for both options."""
    ran = cli("sensitivity", file, "-f", "csv", "--on", "sources.hourly.hourly_rate")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    seen = [(r["end"], r["option"], r["figure_then"], r["recommended"]) for r in rows]
    assert seen == [
        ("low", "fixed", "36000.00", "hourly"),
        ("low", "hourly", "26000.00", "hourly"),
        ("high", "fixed", "36000.00", "fixed"),
        ("high", "hourly", "36400.00", "fixed"),
    ]


def test_the_command_prints_a_grid(cli: Cli, file: Path) -> None:
    """Letters for options, a star at today's values; the same cells in CSV and JSON."""
    flags = ("--grid", "sources.hourly.hourly_rate", "sources.fixed.retainer", "--steps", "3")
    ran = cli("sensitivity", file, *flags)
    assert ran.status == 0
    # fixed where it costs 2,400 and the hour 60 or 70, and at 3,000 against 70
    assert "Of 9 cells: fixed in 3, hourly in 6." in ran.out
    assert "A\N{NO-BREAK SPACE}fixed, B\N{NO-BREAK SPACE}hourly" in ran.out
    # at 60 an hour: 28,800 a year fixed, or 31,200 by the hour
    row = next(line for line in ran.out.splitlines() if line.strip().startswith("*60"))
    assert row.split(None, 1)[1].startswith("A €28,800")
    rows = list(csv.reader(io.StringIO(cli("sensitivity", file, *flags, "-f", "csv").out)))
    assert len(rows) == 10
    assert rows[4] == ["60.000000", "2400.000000", "fixed", "28800.00"]
    data = json.loads(cli("sensitivity", file, *flags, "-f", "json").out)
    assert data["format"] == "cmsource/grid/1"
    assert data["rows"]["values"] == [50, 60, 70]
    assert data["cells"][1][0] == {
        "recommended": "fixed",
        "figures": {"fixed": 28800, "hourly": 31200},
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--by", "much"], "--by: "),
        (["--by", "-10%"], "--by: "),
        (["--by", "200%"], "--by: "),
        (["--figure", "colour"], "'--figure': there is no 'colour'; known here: total, "),
        (["--figure", "eligible"], "'--figure': there is no 'eligible'; known here: total, "),
        (["--format", "xml"], "'xml' is not one of 'table', 'markdown', 'csv', 'json'"),
        (["--steps", "1"], "'--steps': "),
        (["--option", "hourlie"], "did you mean `hourly`?"),
        (["--on", "sources.hourly.hourly_rat"], "did you mean `sources.hourly.hourly_rate`?"),
        (["--on", "name"], "no number at `name`"),
        (["--grid", "horizon", "horizon"], "--grid: it takes two different inputs"),
        (["--grid", "horizon", "nowhere"], "no number at `nowhere`"),
        (["--set", "horizon=x"], "`horizon`"),
    ],
)
def test_bad_input_is_said(cli: Cli, file: Path, arguments: list[str], words: str) -> None:
    """Status 2 and a sentence that says what is wrong, on standard error."""
    ran = cli("sensitivity", file, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in unframed(ran.err)
    assert "Traceback" not in ran.err


def test_other_options_and_figures(cli: Cli, file: Path) -> None:
    """`--option` shows another one, `--figure` and `--top` what is looked at and how much of it."""
    ran = cli("sensitivity", file, "--option", "fixed", "--figure", "monthly", "--top", "1")
    assert ran.status == 0
    assert "Shown: fixed (€3,000)" in ran.out
    assert "\n    fixed " in ran.out
    assert "\n    hourly " not in ran.out


def test_the_option_that_takes_the_place_is_drawn(cli: Cli, tmp_path: Path) -> None:
    """A third option that an input makes the cheapest has its bar, though it is not shown else."""
    data = two_agencies()
    data["sources"]["third"] = agency(retainer=3100)
    data["options"]["third"] = ["third"]
    path = tmp_path / "three.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    ran = cli("sensitivity", path, "--on", "sources.third.retainer")
    assert "Shown: hourly" in ran.out
    assert "→ at €2,480/month: third is recommended" in ran.out
    # 12 × 2,480 and 12 × 3,720
    for total in ("€29,760", "€44,640"):
        assert total in ran.out.partition("\n    third ")[2]


def test_no_option_can_be_recommended(cli: Cli, file: Path) -> None:
    """With a requirement that nothing meets, the two cheapest are shown and nothing flips."""
    ran = cli("sensitivity", file, "--set", "require.budget=10/month")
    assert ran.status == 0
    assert "Recommended today: none" in ran.out
    assert "Shown: hourly (€31,200) and fixed" in ran.out


def test_names_cannot_drive_the_terminal() -> None:
    """No control character of a name gets out to people, and JSON writes it as an escape."""
    source = read(two_agencies())
    options = tuple(o.changed(name=f"{o.name}\x1b[31m") for o in source.options)
    source = source.changed(name="\x1b]0;x\x07", options=options)
    found = cmsource.sensitivity(source)
    cells = cmsource.grid(source, "horizon", "sources.hourly.hourly_rate")
    reports: list[Report] = [SensitivityReport(source, found), GridReport(source, cells)]
    for report in reports:
        for form in Format:
            text = written(report, form, Page())
            assert text
            assert "\x1b" not in text
            assert "\x07" not in text
