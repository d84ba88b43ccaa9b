"""Every report: in each format, at each width, with long names, and of nothing."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

import cmsource
from cmsource.analysis.coverage.moment import moments
from cmsource.countries import known_countries, load_country
from cmsource.model.compare import compare
from cmsource.reports.batch import BatchReport, BatchSummary
from cmsource.reports.blocks import Block, Code, Listing, Problem, Section
from cmsource.reports.countries import CountriesReport, CountryReport
from cmsource.reports.coverage import CoverageReport
from cmsource.reports.diagnostics import DiagnosticsReport
from cmsource.reports.diff import Changes, DiffReport, DiffSummary, Unpaired
from cmsource.reports.explain import ExplainReport
from cmsource.reports.inbox import InboxReport
from cmsource.reports.moment import MomentReport
from cmsource.reports.payroll import PayrollReport
from cmsource.reports.report import Readable
from cmsource.results.difference import Changed, Difference, Move, OptionChange, ShareChanged
from cmsource.results.rows import Row, Tally
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.writers.formats import Format, Report, written
from cmsource.writers.page import Page
from readings import findings

ROOT = Path(__file__).parent.parent
LONG = "a rather long name that nobody would give to an option but somebody does"
PATH = "brands/of-a-group/with-many-folders/and-a-long-name-of-a-scenario.yaml"
SCENARIO = f"""\
name: {LONG}
country: FR
horizon: 24 months
needs:
  cover: daily 08:00-22:00
  messages: {{per_day: 40, minutes_each: 4}}
  work: {{content: 6 h/week}}
sources:
  cm: {{kind: employee, headcount: 2, on_duty: daily 09:00-18:00}}
  agence: {{kind: agency, retainer: 1500/month, included: 20 h/month, hourly_rate: 75}}
  nobody: {{kind: coach, day_rate: 900}}
options:
  hire: {{label: {LONG}, sources: [cm]}}
  phased: {{phases: [{{months: 12, sources: [agence]}}, {{sources: [cm]}}]}}
  nobody: [nobody]
"""
PROBLEM = Diagnostic("E201", f"unknown key: {LONG}", Place(PATH, 3, 1, 4, "nope: 1"), LONG)
CHANGE = Difference(
    LONG,
    PATH,
    PATH,
    "EUR",
    "EUR",
    "hire",
    "phased",
    10_000_000,
    12_345_678,
    (
        OptionChange(
            "hire", LONG, 10_000_000, None, True, None, (ShareChanged("watched", 0.5, None),)
        ),
    ),
    (Changed("sources.agence.hourly_rate", "75", "85"),),
    (Changed("sources.cm.turnover", None, "5%"),),
    (Move("hire", "agence", "fees", 100, 20_000, "1 h × €1.00", "2 h × €100.00"),),
)


@cache
def scenario() -> cmsource.Scenario:
    """A scenario with long names, phases, a rotation, and an option that does nothing."""
    return cmsource.loads(SCENARIO, name="s.yaml")


def rows() -> list[Row]:
    """A row of each status, one of them with a change."""
    good = Row(
        PATH, "ok", "n", "FR", "EUR", 24, "hire", LONG, 9_999_999, 416_667, 0.5, None, 0.9, 3, 2, 1
    )
    return [
        good,
        good._replace(status="failed", failures=(PROBLEM,), change=CHANGE),
        Row(PATH, "invalid", diagnostics=(PROBLEM,)),
        good._replace(file="short.yaml", recommended=None, label="", cents=None, is_new=True),
    ]


def batch() -> BatchReport:
    """A batch of all statuses."""
    tally = Tally(1, ("gone.yaml",))

    def taken() -> Iterator[tuple[Row, str]]:
        for row in rows():
            tally.add(row)
            yield row, "null"

    return BatchReport(taken(), tally, baseline=True)


def summary() -> BatchSummary:
    """The same for a comment."""
    tally = Tally(1, ("gone.yaml",))
    document = BatchSummary(tally, baseline=True)
    for row in rows():
        tally.add(row)
        document.add(row)
    return document


def diff() -> DiffReport:
    """Changes of one scenario, and files that are not compared."""
    return DiffReport(Changes([CHANGE], Unpaired([PATH], ["gone.yaml"], [(PATH, "old")])))


@cache
def built(name: str) -> Report:
    """A report that can be written more than once."""
    if name == "explain":
        return ExplainReport(cmsource.compare(scenario()), ("hire", "phased", "nobody"))
    weeks = cmsource.coverage(scenario())
    if name == "coverage":
        return CoverageReport(scenario(), weeks)
    if name == "moment":
        return MomentReport(scenario(), moments(scenario(), weeks, 7260), 7260)
    if name == "payroll":
        return PayrollReport(cmsource.employer_cost("FR", monthly_gross=2600, cadre=True))
    if name == "country":
        return CountryReport(load_country("FR"), None)
    if name == "countries":
        return CountriesReport([load_country(code) for code in known_countries()], None)
    if name == "inbox":
        return InboxReport(cmsource.read_inbox(ROOT / "scenarios" / "messages.csv"))
    assert name == "diagnostics"
    return DiagnosticsReport([PROBLEM, *findings("nme: x\nhorizn: 5\n")])


WRITTEN_ONCE: Mapping[str, Callable[[], Report]] = {"batch": batch, "diff": diff}
NAMES = ("explain", "coverage", "moment", "payroll", "country", "countries", "inbox", "diagnostics")


def report(name: str) -> Report:
    """A report by its command."""
    return WRITTEN_ONCE[name]() if name in WRITTEN_ONCE else built(name)


def code_of(blocks: Iterator[Block]) -> set[str]:
    """Lines to be copied as they are, which are never folded."""
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, Code):
            found |= set(block.text.splitlines())
        elif isinstance(block, Section | Listing):
            found |= code_of(iter(block.blocks))
    return found


@pytest.mark.parametrize("width", (60, 80, 120, 160))
@pytest.mark.parametrize("name", (*NAMES, *WRITTEN_ONCE))
def test_no_line_is_too_wide(name: str, width: int) -> None:
    """At any width lines fit, apart from single words that are longer and text to be copied."""
    readable = report(name)
    assert isinstance(readable, Readable)
    code = code_of(iter(readable.blocks())) if name in NAMES else set()
    text = written(report(name), Format.TABLE, Page(width))
    for line in text.splitlines():
        words = line.split(" ")
        assert cell_len(line) <= width or line in code or max(map(cell_len, words)) > width - 10
    assert not {line for line in text.splitlines() if line.endswith(" ")}


@pytest.mark.parametrize("name", (*NAMES, *WRITTEN_ONCE))
def test_every_format(name: str) -> None:
    """Each can be had in each format; rows have as many cells as the header."""
    for form in Format:
        assert written(report(name), form, Page()).strip()
    json.loads(written(report(name), Format.JSON, Page()))
    header, *lines = csv.reader(io.StringIO(written(report(name), Format.CSV, Page())))
    assert lines
    assert {len(line) for line in lines} == {len(header)}


def test_the_ledger_as_rows_adds_up() -> None:
    """The amounts of an option's entries come to its total."""
    result = compare(scenario())
    text = written(ExplainReport(result, ("hire",)), Format.CSV, Page())
    entries = list(csv.DictReader(io.StringIO(text)))
    total = sum(round(100 * float(entry["amount"])) for entry in entries)
    assert total == result.options["hire"].total_cents
    assert {entry["source"] for entry in entries} >= {"cm"}


def test_nothing_to_say_is_said() -> None:
    """Reports of nothing are short, and no error."""
    assert written(DiagnosticsReport([]), Format.TABLE, Page()) == ""
    counts = "0 scenarios compared: 0 changed, 0 as before, 0 new, 0 gone\n"
    assert written(DiffReport(Changes([], Unpaired())), Format.TABLE, Page()) == counts
    assert "0 scenarios: 0 ok" in written(BatchReport(iter(()), Tally()), Format.TABLE, Page())


def test_rows_do_not_wait_for_all_others() -> None:
    """The first hundred rows of a batch are shown before the next one is asked for."""
    asked = 0

    def endless() -> Iterator[tuple[Row, str]]:
        nonlocal asked
        while True:
            asked += 1
            yield rows()[0], "null"

    blocks = BatchReport(endless(), Tally()).blocks()
    next(blocks)
    assert asked == 100
    next(blocks)
    assert asked == 200


@pytest.mark.parametrize("limit", (1_000, 3_000, 20_000))
def test_a_document_keeps_to_its_limit(limit: int) -> None:
    """Problems, rows and changes share the room there is, and what is left out is counted."""
    tally = Tally()
    document = BatchSummary(tally, baseline=True, limit=limit)
    for _ in range(200):
        for row in rows():
            tally.add(row)
            document.add(row)
    text = written(document, Format.MARKDOWN, Page(limit=limit))
    assert len(text.encode()) <= limit
    assert "800 scenarios: 400 ok, 200 failed, 200 invalid" in text
    for noun in ("problems", "scenarios", "changes"):
        assert f"more {noun} did not fit here" in text


def test_a_document_shares_what_others_leave() -> None:
    """One failing scenario among many: all of it is there, and the rows take the rest."""
    tally = Tally()
    document = BatchSummary(tally, limit=20_000)
    for row in [rows()[2], *([rows()[0]] * 1000)]:
        tally.add(row)
        document.add(row)
    text = written(document, Format.MARKDOWN, Page(limit=20_000))
    assert f"- {PROBLEM.code}" in text
    assert 15_000 < len(text.encode()) <= 20_000


def test_a_comment_says_first_what_changed_most() -> None:
    """The counts, the files that are not compared, then each change folded."""
    text = written(
        DiffSummary(Changes([CHANGE], Unpaired(["new.yaml"], ["gone.yaml"]))),
        Format.MARKDOWN,
        Page(),
    )
    assert text.index("1 scenario compared: 1 changed") < text.index("new.yaml")
    assert text.index("gone.yaml") < text.index("<details><summary>")
    assert "hire → phased, €123,457" in text
    assert "hire · agence · fees" in text


def test_problems_are_points_in_a_document() -> None:
    """Code, place, message and way out, in one list."""
    listing = Listing((Problem(PROBLEM), Problem(PROBLEM)), "problems", "What failed", 3)

    class Sample:
        """A report of it."""

        def blocks(self) -> Iterator[Block]:
            """The listing."""
            yield listing

    text = written(Sample(), Format.MARKDOWN, Page())
    place = PATH.replace("_", "\\_")
    assert text.count(f"- E201 ({place}:3:1): unknown key: {LONG}: {LONG}\n") == 2
    assert text.endswith("3 more problems did not fit here.\n")
    assert written(Sample(), Format.TABLE, Page()).endswith("3 more problems\n")
