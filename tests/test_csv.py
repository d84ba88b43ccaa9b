"""CSV for people and for programs: the same figures, written as a language writes them."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest

from cmsource.values.language import Language, say
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from conftest import Cli
from test_writers import Sample

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SCENARIO = SCENARIOS / "boutique-24-7.yaml"
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
NUMBER = re.compile(r"-?\d+(\.\d+)?(E[+-]?\d+)?")
FRENCH = Page(language=Language("fr"))


def test_french_spreadsheets() -> None:
    """Semicolons, decimal commas, a mark that says UTF-8, words; column names are keys."""
    report = Sample(head=("total", "share"), cells=((Decimal("-1.50"), 0.25), (say("yes"), None)))
    assert written(report, Format.CSV, FRENCH) == f"{MARK}total;share\n-1,50;0,25\noui;\n"
    assert written(report, Format.CSV, Page()) == "total,share\n-1.50,0.25\nyes,\n"


@pytest.mark.parametrize(
    "command",
    [
        ["compare", SCENARIO],
        ["explain", SCENARIO],
        ["coverage", SCENARIO],
        ["cursor", SCENARIO],
        ["breakeven", SCENARIOS / "interns.yaml"],
        ["price", SCENARIO, "agency"],
        ["best", SCENARIO, "--effort", "1", "--vary", "headcount"],
        ["sensitivity", SCENARIO],
        ["batch", SCENARIO],
        ["payroll", "FR", "--monthly", "2500", "--size", "12"],
        ["countries", "FR"],
        ["inbox", SCENARIOS / "messages.csv"],
    ],
)
def test_the_same_numbers_in_both(cli: Cli, command: list[str | Path]) -> None:
    """Every number of the plain form stands in the same cell of the French one, with a comma."""
    plain = cli(*command, "--format", "csv").out
    assert cli(*command, "--format", "csv", "--plain", "--lang", "fr").out == plain
    french = cli(*command, "--format", "csv", "--lang", "fr").out
    assert french.startswith(MARK)
    rows = list(csv.reader(io.StringIO(plain)))
    others = list(csv.reader(io.StringIO(french.removeprefix(MARK)), delimiter=";"))
    assert others[0] == rows[0]
    assert [len(row) for row in others] == [len(row) for row in rows]
    numbers = 0
    for row, other in zip(rows, others, strict=True):
        for cell, there in zip(row, other, strict=True):
            if NUMBER.fullmatch(cell):
                assert Decimal(there.replace(",", ".")) == Decimal(cell)
                assert "." not in there
                numbers += 1
    assert numbers


def test_a_profile_is_read_back_in_french(cli: Cli, tmp_path: Path) -> None:
    """What a French spreadsheet saves again is a profile all the same."""
    saved = tmp_path / "profile.csv"
    saved.write_text(
        cli("inbox", SCENARIOS / "messages.csv", "-f", "csv", "--lang", "fr").out, encoding="utf-8"
    )
    scenario = tmp_path / "s.yaml"
    scenario.write_text(
        "country: FR\nneeds: {cover: 24/7, messages: "
        "{per_day: 20, minutes_each: 4, profile: {file: profile.csv}}}\n"
    )
    assert cli("validate", scenario).status == 0
