"""The report of ``compare``: what its panel says of each kind of answer, and its table."""

from pathlib import Path

import pytest

import cmsource
from cmsource.reports.blocks import Cell, Look, Panel, Table, Text, plain
from cmsource.reports.compare import CompareReport
from cmsource.reports.explain import ExplainReport
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from strategies import Data, agency, compared, employee, freelancer, scenario

SCENARIOS = Path(__file__).parent.parent / "scenarios"
LONG = "Community manager en alternance, trois jours par semaine à Lyon"


def panel_of(data: Data) -> Panel:
    """The first block of a report."""
    block = next(CompareReport([compared(data)]).blocks())
    assert isinstance(block, Panel)
    return block


def said(data: Data) -> str:
    """What the panel says, with ordinary spaces."""
    return " ".join(plain(line) for line in panel_of(data).lines).replace("\N{NO-BREAK SPACE}", " ")


def text_of(cell: Text | Cell) -> str:
    """The text of a cell."""
    return plain(cell.text if isinstance(cell, Cell) else cell)


def two(second: float = 3500, require: Data | None = None) -> Data:
    """Two agencies with a retainer a month, over a year; the first at 3,000."""
    sources = {"a": agency(retainer=3000), "b": agency(retainer=second)}
    return scenario(sources, require=require or {})


def test_one_option() -> None:
    """There is nothing to choose, and nothing that would tip it over."""
    data = scenario({"a": agency(retainer=3000)})
    assert said(data) == "Take a: €36,000, the only option."
    text = written(CompareReport([compared(data)]), Format.TABLE, Page())
    assert "Tips over" not in text


@pytest.mark.parametrize("width", [30, 50, 80, 120])
def test_live_after_is_always_shown(width: int) -> None:
    """However narrow the page: three months until the hire comes, none until the agency does."""
    sources = {"cm": employee(starts_after=3), "a": agency(retainer=3000)}
    result = compared(scenario(sources, {"hire": ["cm"], "agency": ["a"]}))
    text = " ".join(written(CompareReport([result]), Format.TABLE, Page(width=width)).split())
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    assert ("Live" in text, "3 months" in text, "0 months" in text) == (True, True, True)
    entries = written(ExplainReport(result, ["hire", "agency"]), Format.TABLE, Page(width=120))
    assert entries.count("all at work after 3 months: month 0 is that day") == 1
    assert entries.count("all at work after") == 1


def test_without_requirements() -> None:
    """Nothing is said of a job that is done: nobody said what it is."""
    assert said(two()) == (
        "Take a: €36,000, the cheapest of the 2 options. b is there for €6,000 more."
    )


def test_several_do_the_job() -> None:
    """The runner-up is named with what it costs more."""
    assert said(two(require={"watched": "50%"})) == (
        "Take a: €36,000, the cheapest of the 2 options that do the job. b does it for €6,000 more."
    )


def test_one_does_the_job() -> None:
    """A cheaper option that misses something is named with what it misses.

    An hour of 9 is 11% of the cover; 10 h a week at 50 are 26,000 a year.
    """
    sources = {"a": agency(retainer=3000), "f": freelancer()}
    assert said(scenario(sources, require={"watched": "50%"})) == (
        "Take a: €36,000, the only one of 2 options that does the job. "
        "f costs €10,000 less but misses: watched 11% < 50%."
    )


def test_none_does_the_job() -> None:
    """The panel is a warning, and says which option is nearest and what it misses."""
    data = two(require={"cost": "1000 total"})
    panel = panel_of(data)
    assert panel.look is Look.WARNING
    assert said(data) == (
        "None can be recommended No option meets every requirement, so none is recommended. "
        "Nearest is a, which misses: cost €36,000 > €1,000."
    )


@pytest.mark.parametrize(
    ("second", "require", "words"),
    [
        (3000, {}, "b is there for the same money."),
        (3000, {"watched": "50%"}, "b does it for the same money."),
        (3000.01, {}, "b is there for €0.12 more."),
    ],
)
def test_a_tie(second: float, require: Data, words: str) -> None:
    """Equal costs are said to be equal, and only equal ones: 12 cents are not nothing."""
    assert said(two(second, require)).endswith(words)


def test_uncovered_hours() -> None:
    """The hours of the cover in which the recommended option has nobody are in the answer."""
    text = said(scenario({"cm": employee()}))
    assert text.endswith("Nobody is on duty: weekdays 12:30-13:30 and 17:00-18:00.")


def test_every_option_has_a_row_and_a_verdict() -> None:
    """The recommended one stands out; each has a bar in the colour of the verdict."""
    sources = {"a": agency(retainer=3000), "f": freelancer()}
    result = compared(scenario(sources, require={"watched": "50%"}))
    table = next(b for b in CompareReport([result]).blocks() if isinstance(b, Table))
    titles = [column.title for column in table.columns]
    assert [text_of(row.cells[titles.index("Option")]) for row in table.rows] == ["a", "f"]
    assert [row.look for row in table.rows] == [Look.BEST, Look.PLAIN]
    assert [text_of(row.cells[titles.index("OK")]) for row in table.rows] == ["✓", "✗"]
    cells = [row.cells[titles.index("Watched")] for row in table.rows]
    bars = [cell.bar for cell in cells if isinstance(cell, Cell)]
    assert [bar and bar.look for bar in bars] == [Look.GOOD, Look.BAD]


def test_what_is_asked_for_is_shown_before_what_is_not() -> None:
    """Continuity has its column at 80 columns where it is required."""
    sources = {f"a{n}": agency(retainer=3000 + n) for n in range(3)}
    messages = {"per_week": 20}
    heads = []
    for require in ({}, {"continuity": "10%"}):
        result = compared(scenario(sources, messages=messages, require=require))
        text = written(CompareReport([result]), Format.TABLE, Page(80))
        heads.append(next(line for line in text.splitlines() if "Option" in line))
    assert "Continuity" not in heads[0]
    assert "Continuity" in heads[1]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_widths(width: int) -> None:
    """Nine options, or long labels, keep to the width, with all details."""
    sources: Data = {f"s{n}": agency(retainer=3000 + n, label=f"{LONG} {n}") for n in range(3)}
    results = [
        cmsource.compare(cmsource.load(SCENARIOS / "quick.yaml")),
        compared(scenario(sources, {f"o{n}": [f"s{n}"] for n in range(3)})),
    ]
    for details in (False, True):
        text = written(
            CompareReport(results, alone=False), Format.TABLE, Page(width, details=details)
        )
        assert max(map(len, text.splitlines())) <= width
        for name in results[0].options:
            assert name in text.split()


def test_details_are_folded_in_documents() -> None:
    """Markdown has everything, folded; a terminal has it when it is asked for."""
    report = CompareReport([compared(two())])
    markdown = written(report, Format.MARKDOWN, Page())
    assert "<details><summary>Cost by category</summary>" in markdown
    assert "--details" not in markdown
    short = written(report, Format.TABLE, Page())
    assert "Cost by category" not in short
    assert "--details" in short
    assert "Cost by category" in written(report, Format.TABLE, Page(details=True))
