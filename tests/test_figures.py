"""Figures are declared once: one more in the table is in every place that lists figures."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

import cmsource
from cmsource.analysis.checks.difference import difference
from cmsource.analysis.checks.expectations import failed_expectations
from cmsource.analysis.checks.rules import broken_rules, read_rules
from cmsource.analysis.selection import ordered, orders
from cmsource.model.requirements import requirements
from cmsource.reports.compare import CompareReport, shown_figures
from cmsource.reports.comparison_data import comparison_data
from cmsource.scenario import figures
from cmsource.scenario.figures import FIGURES, Figure, Requirement, requirable
from cmsource.scenario.require import Require
from cmsource.values.money import style_for
from strategies import agency, employee, read, scenario


def busy(result: cmsource.OptionResult) -> float:
    """The share of contract hours with work in them."""
    return 1 - (result.coverage.idle or 0.0)


BUSY = Figure(
    "busy",
    "coverage",
    "share",
    "more",
    busy,
    title="Busy",
    phrase="busy hours",
    meaning="share of contract hours with work",
    requirement=Requirement("busy", "At least this share of contract hours with work."),
    keep=50,
)


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that is only declared."""
    monkeypatch.setitem(figures._TABLE, "busy", BUSY)


def two_options(work: str = "7 h/week") -> cmsource.Scenario:
    """An employee of 35 h for so much work, and an agency, which has no idle hours."""
    data = scenario({"cm": employee(), "agence": agency()}, work={"content": work})
    return read({**data, "expect": {"cm": {"busy": ">= 50%"}}})


@pytest.mark.usefixtures("one_more")
def test_a_figure_more_is_everywhere() -> None:
    """Seven of 35 hours are 20%: shown, written, expected, ruled, ordered, required, compared."""
    whole = two_options()
    result = cmsource.compare(whole)
    cm = result.options["cm"]
    # shown and written
    style = style_for("EUR")
    columns = {shown.column.title: shown.cell for shown in shown_figures(result, style)}
    assert columns["Busy"](cm) == "20%"
    report = CompareReport([result])
    place = list(report.header()).index("busy")
    assert [row[place] for row in report.rows()] == [Decimal("0.200000"), Decimal("1.000000")]
    data = comparison_data(result)["options"]["cm"]
    assert data["coverage"]["busy"] == data["phases"][0]["coverage"]["busy"] == Decimal("0.2")
    # expected, and ruled out
    [failed] = failed_expectations(result, whole.expect)
    assert failed.message == "expected `cm.busy` >= 50%, found 20.0%"
    recommended = result.options[result.recommended or ""]
    [broken] = broken_rules(read_rules(["busy<=100%"]), result, None, None)
    assert f"`{recommended.name}.busy` is " in broken.message
    # ordered, the best first
    assert "busy" in orders()
    assert list(ordered(result, "busy").options) == ["agence", "cm"]
    # and what has changed
    change = difference(result, cmsource.compare(two_options("14 h/week")))
    shares = {share.name: (share.old, share.new) for share in change.options[0].shares}
    assert shares["busy"] == (0.2, 0.4)


@pytest.mark.usefixtures("one_more")
def test_a_figure_more_can_be_required() -> None:
    """A limit under its key is held against the worst phase, from the side that is better."""
    seasons = [
        SimpleNamespace(
            coverage=SimpleNamespace(idle=share), name="", season=SimpleNamespace(work=1.0)
        )
        for share in (0.1, 0.8, 0.6)
    ]
    phases = [
        SimpleNamespace(seasons=[each], start=float(number), end=number + 1.0)
        for number, each in enumerate(seasons)
    ]
    option = SimpleNamespace(phases=phases, forbidden="")
    require = SimpleNamespace(busy=0.3, origins={}, **dict.fromkeys(Require.model_fields))
    [held] = requirements(require, option)  # type: ignore[arg-type]
    assert (held.name, held.limit, held.met, held.phase) == ("busy", 0.3, False, 1)
    assert held.value == pytest.approx(0.2)
    assert not held.at_most
    assert held.phrase == "busy hours"


def test_every_requirement_is_a_figure() -> None:
    """The keys of ``require`` are those of the figures that can be required, in their order.

    One more says which months they are held against.
    """
    assert list(Require.model_fields) == [*requirable(), "season"]
    assert {figure.name for figure in requirable().values()} <= set(FIGURES)


def test_directions() -> None:
    """Costs, idle hours and waiting are better when less; everything that is covered when more."""
    less = {name for name, figure in FIGURES.items() if figure.better == "less"}
    money = {name for name, figure in FIGURES.items() if figure.unit == "money"}
    time = {"live_after", "weeks_short", "approval_days"}
    assert less == money | time | {"idle", "utilisation"}
