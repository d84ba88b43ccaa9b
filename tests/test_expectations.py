"""Expectations, bounds and the rules of ``--fail-on``."""

from datetime import date
from pathlib import Path

import pytest

import cmsource
from cmsource.analysis.checks.difference import difference
from cmsource.analysis.checks.expectations import failed_expectations
from cmsource.analysis.checks.rules import broken_rules, read_rules
from cmsource.cli import main
from cmsource.results.comparison import Comparison
from cmsource.scenario.bounds import read_bound
from cmsource.scenario.figures import FIGURES
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.quantities import QuantityError

DAY = date(2026, 11, 21)
SHORT = "country: FR\nhourly_wage: 16.50\nagency_rate: 75/h\ncover: 24/7\n"


def found(expect: str, text: str = SHORT) -> list[str]:
    """What is said about the expectations of a scenario."""
    return [problem.message for problem in diagnostics(expect, text)]


def diagnostics(expect: str, text: str = SHORT) -> tuple[Diagnostic, ...]:
    """The failed expectations of a scenario."""
    scenario = cmsource.loads(text + "expect:\n" + expect, name="s.yaml")
    return failed_expectations(cmsource.compare(scenario), scenario.expect)


def wrong(expect: str) -> list[tuple[str, str]]:
    """Codes and messages of expectations that cannot be read."""
    with pytest.raises(ScenarioError) as error:
        cmsource.loads(SHORT + "expect:\n" + expect)
    return [(problem.code, problem.message) for problem in error.value.diagnostics]


@pytest.fixture(scope="module")
def result() -> Comparison:
    """The result of the short scenario."""
    return cmsource.compare(cmsource.loads(SHORT))


def test_what_holds_says_nothing(result: Comparison) -> None:
    """Bounds around the figures of a result hold, whatever the figure."""
    option = result.options["hire"]
    lines = []
    for name, figure in FIGURES.items():
        value = figure.value(option)
        if value is None:
            continue
        if figure.unit == "flag":
            lines.append(f"    {name}: {str(bool(value)).lower()}\n")
            continue
        unit = {"share": "%", "money": ""}.get(figure.unit, f" {figure.unit}")
        shown = value * 100 if figure.unit == "share" else value
        lines.append(f'    {name}: ">= {shown - 0.01 if shown else 0:.2f}{unit}"\n')
    assert len(lines) > 10
    assert found("  hire:\n" + "".join(lines)) == []


def test_a_failure_says_expected_found_and_where() -> None:
    """The message has both values; the place is the line of the bound."""
    problem = diagnostics('  hire: {watched: ">= 1%",\n    total: "<= 90"}\n')[0]
    assert problem.code == "E501"
    assert problem.message.startswith("expected `hire.total` <= 90, found ")
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (7, 12)
    assert problem.place.text == '    total: "<= 90"}'
    assert problem.hint.endswith("more than asked for")


def test_recommendation(result: Comparison) -> None:
    """One name, or none."""
    best = result.recommended
    assert found(f"  recommended: {best}\n") == []
    assert found("  recommended: phased\n") == [
        f"expected `phased` to be recommended, found `{best}`"
    ]
    nothing = SHORT + "require: {watched: 100%, cost: 10}\n"
    assert found("  recommended: none\n", nothing) == []
    assert found("  recommended: hire\n", nothing) == [
        "expected `hire` to be recommended, found `none`"
    ]


def test_eligibility() -> None:
    """Each option of a list counts."""
    text = SHORT + "require: {watched: 90%}\n"
    assert found("  eligible: [agency]\n  not_eligible: [hire]\n", text) == []
    first, second = found("  eligible: [agency, hire]\n  not_eligible: [agency]\n", text)
    assert first.startswith("expected `hire` to be eligible, found that it misses: watched ")
    assert second == "expected `agency` not to be eligible, found that it meets every requirement"


def test_equality_is_as_fine_as_it_is_written() -> None:
    """A limit without decimals holds for what rounds to it."""
    bound = read_bound("= 17%", "watched", "EUR")
    assert bound.holds(0.1693)
    assert not bound.holds(0.1649)
    assert not read_bound("= 17.0%", "watched", "EUR").holds(0.1693)
    assert read_bound("= 82493", "total", "EUR").holds(82493.4)
    assert not read_bound("= 82493.00", "total", "EUR").holds(82493.4)
    assert read_bound("!= 17%", "watched", "EUR").holds(0.5)


@pytest.mark.parametrize(
    ("text", "figure", "limit"),
    (
        ("<= 90 000 €", "total", 90000.0),
        ("<=90000", "total", 90000.0),
        ("≤ 6000/month", "monthly", 6000.0),
        (">= 95%", "watched", 0.95),
        (">= 0.95", "watched", 0.95),
        (">= 1", "watched", 1.0),
        ("> 120%", "utilisation", 1.2),
        ("< 2 months", "live_after", 2.0),
        ("= 3", "live_after", 3.0),
        ("== 16,50 €/h", "per_hour_worked", 16.5),
        (True, "eligible", 1.0),
    ),
)
def test_bounds_that_are_read(text: str | bool, figure: str, limit: float) -> None:
    """A bound is an operator and a limit in the unit of its figure."""
    assert read_bound(text, figure, "EUR").limit == pytest.approx(limit)


@pytest.mark.parametrize(
    ("text", "figure"),
    (
        ("90000", "total"),
        (90000, "total"),
        (0.95, "watched"),
        (">= 95", "watched"),
        ("<= 3000 USD", "total"),
        ("<= 3000/day", "monthly"),
        ("<= -1", "total"),
        ("=> 3", "total"),
        ("<= many", "total"),
        ("", "total"),
        ("<=", "total"),
        (">= 101%", "watched"),
        ("<= nan", "total"),
        ("<= 1e400", "total"),
        ("= true", "eligible"),
        (True, "total"),
    ),
)
def test_bounds_that_are_refused(text: str | float | bool, figure: str) -> None:
    """What is no bound, or could be several, is refused with a way out."""
    with pytest.raises(QuantityError) as error:
        read_bound(text, figure, "EUR")
    assert error.value.hint


def test_names_that_do_not_exist_are_errors() -> None:
    """Options and figures are checked when the scenario is read, with a suggestion."""
    said = wrong('  recommended: agenci\n  hire: {totl: "<= 3"}\n  hybird: {}\n')
    assert [code for code, _ in said] == ["E309", "E201", "E309"]
    with pytest.raises(ScenarioError) as error:
        cmsource.loads(SHORT + 'expect: {hire: {totl: "<= 3"}}\n')
    assert error.value.diagnostics[0].hint == "did you mean `total`?"


@pytest.mark.parametrize(
    ("expect", "code"),
    (
        ('  agency: "<= 3"\n', "E203"),
        ("  agency: {total: [1]}\n", "E203"),
        ("  eligible: agency\n", "E203"),
        ("  eligible: {agency: yes}\n", "E203"),
        ("  recommended: {}\n", "E203"),
        ("  recommended: []\n", "E203"),
        ("  - agency\n", "E203"),
        ("  agency: {total: 90000}\n", "E204"),
        ('  agency: {watched: ">= 95"}\n', "E204"),
    ),
)
def test_wrong_shapes_are_errors(expect: str, code: str) -> None:
    """Nothing that was meant to be asserted is passed over."""
    assert [found for found, _ in wrong(expect)] == [code]


def test_compare_holds_expectations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The result comes out, what failed goes to standard error, the status is 1."""
    file = tmp_path / "s.yaml"
    file.write_text(SHORT + 'expect: {hire: {total: "<= 10"}}\n', encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["compare", str(file)])
    assert end.value.code == 1
    streams = capsys.readouterr()
    assert "Take " in streams.out
    assert "expected `hire.total` <= 10" in streams.err
    with pytest.raises(SystemExit) as end:
        main(["compare", str(file), "--only", "agency"])
    assert end.value.code == 0


def problems(rules: list[str], result: Comparison, old: Comparison | None = None) -> list[str]:
    """What rules say about a result."""
    change = None if old is None else difference(old, result)
    return [found.message for found in broken_rules(read_rules(rules), result, change, DAY)]


def test_figures_are_those_of_the_recommended_option(result: Comparison) -> None:
    """A rule fails when its bound holds."""
    best = result.options[str(result.recommended)]
    assert problems([f"total>{best.total - 1}"], result) != []
    assert problems([f"total>{best.total}"], result) == []
    assert problems(["watched<10%,total>0"], result)[-1].startswith("--fail-on total>0: ")
    assert problems(["eligible"], result) != []


def test_no_eligible() -> None:
    """The rule fails where nothing is recommended, and figures have nothing to say there."""
    none = cmsource.compare(cmsource.loads(SHORT + "require: {watched: 100%, cost: 10}\n"))
    assert problems(["no-eligible", "total>0"], none) == [
        "--fail-on no-eligible: no option is eligible"
    ]


def test_increase(result: Comparison) -> None:
    """The rise of the recommended option's total, as a share or an amount."""
    dearer = cmsource.compare(cmsource.loads(SHORT.replace("75/h", "90/h")))
    old, new = (r.options[str(r.recommended)].total for r in (result, dearer))
    assert new > old
    share = (new / old - 1) * 100
    assert problems([f"increase>{share - 1:.3f}%"], dearer, result) != []
    assert problems([f"increase>{share + 1:.3f}%"], dearer, result) == []
    assert problems([f"increase>{new - old - 1}"], dearer, result) != []
    assert problems([f"increase>{new - old + 1}"], dearer, result) == []
    assert problems(["increase>0%"], result, dearer) == []
    assert problems(["increase>0%"], result) == []


def test_stale_assumptions(result: Comparison) -> None:
    """Dated values that are no law are stale after the age that is asked for."""
    dated = [a for a in result.assumptions if a.as_of and a.confidence not in ("O", "O2")]
    assert dated
    oldest = max((2026 - int(a.as_of[:4]) for a in dated), default=0)
    assert problems([f"assumption-stale>{12 * oldest + 24} months"], result) == []
    assert len(problems(["assumption-stale>0 months"], result)) == 1
    later = cmsource.compare(cmsource.loads(SHORT + "start: 2031-01-01\n"))
    assert "2031" in problems(["assumption-stale>600 months"], later)[0]


@pytest.mark.parametrize(
    "text",
    (
        "",
        "no-eligibl",
        "total",
        "total>",
        "total>many",
        "watched<95",
        "no-eligible>3",
        "eligible>3",
        "assumption-stale<3 months",
        "increase>x%",
        "total>90000 €",
        "total>1,",
    ),
)
def test_rules_that_are_refused(text: str) -> None:
    """A rule that cannot be read says so."""
    with pytest.raises(QuantityError):
        read_rules([text])
