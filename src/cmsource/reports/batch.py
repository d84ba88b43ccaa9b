"""``batch`` and ``merge``: many scenarios, one row each, and at the end what failed.

Rows are taken one at a time and given on at once, so that memory does not grow with their number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar

from cmsource.reports.batch_data import (
    HEADER,
    annotation,
    csv_row,
    errors_of,
    outcome_in_words,
    problems_of,
    record,
    summary_data,
    warnings_of,
)
from cmsource.reports.blocks import (
    NONE,
    Block,
    Column,
    Items,
    Listing,
    Look,
    Panel,
    Problem,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.changes import answer_lines, change_section, change_words
from cmsource.reports.report import Annotation, Json, TestCase
from cmsource.reports.wording import (
    changed_ones,
    gone_ones,
    money_text,
    new_ones,
    share_text,
    warning_text,
)
from cmsource.results.difference import Difference
from cmsource.results.rows import BATCH, Tally
from cmsource.results.rows import Row as Outcome
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import counted, listed, say
from cmsource.values.money import format_money, style_for

COMMENT_LIMIT = 65_536
"""Bytes that a comment may have on the platforms people use."""
T = TypeVar("T")
ROWS_AT_ONCE = 100
"""Rows of a table, each of which is laid out by itself, so that none waits for all others."""
_LEAST_ENTRY = 30
"""Bytes that any row takes in a document, and any problem or change."""
_SHOWN_WARNINGS = 10
"""Warnings that are shown under the rows."""
_SHOWN_FILES = 20
_LONGEST_FILE = 200
_STATUS = {
    "ok": Span(say("ok"), Look.GOOD),
    "failed": Span(say("FAILED"), Look.BAD),
    "invalid": Span(say("INVALID"), Look.BAD),
}


class BatchReport:
    """The rows of a batch, taken once, each as soon as it is known.

    Args:
        results: each row, and its comparison as JSON ("" where no format needs it).
        tally: counts the rows; it is complete when all are taken.
        shard: which part of a run this is, and of how many; None for a whole run.
        baseline: whether rows are compared with a baseline.
    """

    def __init__(
        self,
        results: Iterable[tuple[Outcome, str]],
        tally: Tally,
        shard: tuple[int, int] | None = None,
        *,
        baseline: bool = False,
    ) -> None:
        self._results = results
        self._tally = tally
        self._shard = shard
        self._baseline = baseline

    def _outcomes(self) -> Iterator[Outcome]:
        return (row for row, _ in self._results)

    def blocks(self) -> Iterator[Block]:
        """The rows as they come, then what changed, what failed, and the totals."""
        outcomes = self._outcomes()
        failures: list[Diagnostic] = []
        changes: list[Difference] = []
        warnings: _First[Diagnostic] = _First(_SHOWN_WARNINGS)
        while rows := list(islice(outcomes, ROWS_AT_ONCE)):
            yield _table(
                [_table_row(row, baseline=self._baseline) for row in rows],
                baseline=self._baseline,
            )
            failures += (found for row in rows for found in problems_of(row))
            changes += _changes_of(rows)
            warnings.take(found for row in rows for found in warnings_of(row))
        yield from _warnings(warnings)
        yield from map(change_section, changes)
        if self._tally.gone:
            yield Items(tuple(say("gone: {file}", file=file) for file in self._tally.gone))
        yield from map(Problem, failures)
        yield _totals(self._tally, baseline=self._baseline)

    def head(self) -> Mapping[str, Json]:
        """The format, and which part of a run this is."""
        if self._shard is None:
            return {"format": BATCH}
        return {"format": BATCH, "shard": {"index": self._shard[0], "of": self._shard[1]}}

    def records(self) -> Iterator[Mapping[str, Json]]:
        """``cmsource/row/1``, one a scenario."""
        return (record(row, comparison) for row, comparison in self._results)

    def rest(self) -> Mapping[str, Json]:
        """The counts and totals."""
        return {"summary": summary_data(self._tally, baseline=self._baseline)}

    def header(self) -> Sequence[str]:
        """What is said of each scenario."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a scenario."""
        return map(csv_row, self._outcomes())

    def cases(self) -> Iterator[TestCase]:
        """One case a scenario; an invalid one is an error, one that is not as asked a failure."""
        for row in self._outcomes():
            yield TestCase(row.file, errors_of(row), row.failures, outcome_in_words(row))

    def annotations(self) -> Iterator[Annotation]:
        """One for each error, failure and warning, and for another recommendation."""
        for row in self._outcomes():
            for found in (*row.diagnostics, *row.failures):
                yield annotation(row.file, found)
            change = row.change
            if change is not None and change.old_recommended != change.new_recommended:
                yield Annotation("notice", listed(answer_lines(change), say("; ")), row.file)

    def log(self) -> Iterator[str]:
        """The counts and totals."""
        if self._baseline:
            yield _compared(self._tally)
        yield from _grand_totals(self._tally)
        yield counts(self._tally)


class _First(Generic[T]):
    """The first of many things, and how many more there were.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self.kept: list[T] = []
        self.omitted = 0
        self._most = most

    def take(self, things: Iterable[T]) -> None:
        """Keep some more things, or count them."""
        for thing in things:
            if len(self.kept) < self._most:
                self.kept.append(thing)
            else:
                self.omitted += 1


def _warnings(found: _First[Diagnostic]) -> Iterator[Items]:
    """The first of all warnings, and how many more there are."""
    points: list[Text] = list(map(warning_text, found.kept))
    if found.omitted:
        points.append(say("and {count} more", count=found.omitted))
    if points:
        yield Items(tuple(points), say("Warnings"), Look.WARNING)


class BatchSummary:
    """A batch for a comment or a job's summary: the totals first, then what failed, then the rows.

    Args:
        tally: counts the rows; it is complete when all are taken.
        baseline: whether rows are compared with a baseline.
        limit: bytes that the document may have; what surely has no room is only counted.
    """

    def __init__(self, tally: Tally, *, baseline: bool = False, limit: int = COMMENT_LIMIT) -> None:
        self.limit = limit
        self._tally = tally
        self._baseline = baseline
        most = limit // _LEAST_ENTRY
        self._rows = _First[Row](most)
        self._failures = _First[Diagnostic](most)
        self._changes = _First[Section](most)

    def add(self, row: Outcome) -> None:
        """Take one more row."""
        self._rows.take([_table_row(row, baseline=self._baseline)])
        self._failures.take(problems_of(row))
        self._changes.take(map(change_section, _changes_of([row])))

    def blocks(self) -> Iterator[Block]:
        """The totals, what is gone, what failed, the rows, what changed."""
        tally = self._tally
        yield _totals(tally, baseline=self._baseline, title="cmsource · ")
        if tally.gone:
            shown = [
                say("gone: {file}", file=file[:_LONGEST_FILE]) for file in tally.gone[:_SHOWN_FILES]
            ]
            more = len(tally.gone) - len(shown)
            yield Items((*shown, *([say("and {count} more", count=more)] if more else [])))
        if self._failures.kept:
            problems = tuple(map(Problem, self._failures.kept))
            title = say("What failed") if self._tally.exit_status else say("What to look at")
            yield Listing(problems, say("problems"), title, self._failures.omitted)
        yield _table(self._rows.kept, self._rows.omitted, baseline=self._baseline)
        if self._changes.kept:
            yield Listing(tuple(self._changes.kept), say("changes"), "", self._changes.omitted)


def _changes_of(rows: Iterable[Outcome]) -> Iterator[Difference]:
    return (row.change for row in rows if row.change is not None and not row.change.nothing)


# For people ---------------------------------------------------------------------------------------


def _table(rows: Sequence[Row], omitted: int = 0, *, baseline: bool) -> Table:
    columns = [
        Column(""),
        Column(say("Scenario")),
        Column(say("Recommended"), wraps=True),
        Column(say("Total"), right=True),
        Column(say("A month"), right=True, keep=10),
        Column(say("Watched"), right=True, keep=60),
        Column(say("In time"), right=True, keep=60),
        Column(say("Eligible"), right=True, keep=40),
        Column(say("Expected"), right=True, keep=50),
    ]
    if baseline:
        columns.append(Column(say("Change"), right=True, keep=90))
    return Table(tuple(columns), tuple(rows), noun=say("scenarios"), omitted=omitted)


def _table_row(row: Outcome, *, baseline: bool) -> Row:
    style = style_for(row.currency)
    status = _STATUS[row.status]
    more = (_change(row),) if baseline else ()
    if row.status == "invalid":
        return Row((status, row.file, *([NONE] * 7), *more))
    return Row(
        (
            status,
            row.file,
            row.label or say("none"),
            money_text(row.cents, style),
            money_text(row.monthly_cents, style),
            share_text(row.watched),
            share_text(row.answered_in_time),
            f"{row.eligible}/{row.options}",
            f"{row.held}/{row.expected}" if row.expected else NONE,
            *more,
        )
    )


def _change(row: Outcome) -> Text:
    """What became of a scenario since the baseline."""
    if row.change:
        return change_words(row.change)
    if row.validity_changed:
        return say("was valid") if row.status == "invalid" else say("was not valid")
    return say("new") if row.is_new else NONE


def _totals(tally: Tally, *, baseline: bool, title: str = "") -> Panel:
    """The counts, what else is to be known of the rows, the grand totals."""
    remarks = _remarks(tally)
    lines: list[Text] = [listed(remarks, say("; "))] if remarks else []
    lines += [say("Recommended in {totals}", totals=line) for line in _grand_totals(tally)]
    lines += [_compared(tally)] if baseline else []
    look = Look.BAD if tally.exit_status else Look.GOOD
    fared = listed([title, _fared(tally)], "")
    return Panel(fared, tuple(lines or [say("Nothing is recommended.")]), look)


def counts(tally: Tally) -> str:
    """How many scenarios there are and how they fared, in one line."""
    return listed([_fared(tally), *_remarks(tally)], say("; "))


def _fared(tally: Tally) -> str:
    fared = (
        counted(tally.ok, "{count} ok", "{count} ok"),
        say("{count} failed", count=tally.failed),
        counted(tally.invalid, "{count} invalid", "{count} invalid"),
    )
    return counted(
        tally.scenarios,
        "{count} scenario: {fared}",
        "{count} scenarios: {fared}",
        fared=listed(fared),
    )


def _remarks(tally: Tally) -> list[str]:
    remarks: list[str] = []
    if tally.without:
        remarks.append(say("{count} without an eligible option", count=tally.without))
    if tally.bases:
        remarks.append(
            counted(
                tally.bases,
                "{count} left out because others use it",
                "{count} left out because others use them",
            )
        )
    if tally.warnings:
        remarks.append(counted(tally.warnings, "{count} warning", "{count} warnings"))
    return remarks


def _compared(tally: Tally) -> str:
    """How many scenarios differ from the baseline."""
    found = [changed_ones(tally.changed), new_ones(tally.added)]
    if tally.gone is not None:
        found.append(gone_ones(len(tally.gone)))
    return say("Against the baseline: {found}", found=listed(found))


def _grand_totals(tally: Tally) -> Iterator[str]:
    """The grand total of the recommended options, one line a currency."""
    for currency, found in sorted(tally.totals.items()):
        style = style_for(currency)
        total, monthly = (format_money(n, style, 0) for n in (found.cents, found.monthly_cents))
        yield counted(
            found.scenarios,
            "{currency}: {total} for {count} scenario, {monthly} a month",
            "{currency}: {total} for {count} scenarios, {monthly} a month",
            currency=currency,
            total=total,
            monthly=monthly,
        )
