"""The rows of a batch for machines: JSON, JSON lines, CSV; and what all formats have in common.

A format takes rows one at a time and gives the text that can be written at once, so that memory
does not grow with what has been written.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Protocol

from cmsource.reports.comparison_data import comparison_data, diagnostic_data, months, share
from cmsource.results.comparison import Comparison, money
from cmsource.results.difference import Changed, Difference
from cmsource.results.rows import Row, Tally
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.money import format_money, style_for
from cmsource.values.text import printable as safe
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

BATCH = "cmsource/batch/1"
ROW = "cmsource/row/1"

Json = dict[str, Any]


class Format(Protocol):
    """One way to write a batch; `ends` says whether nothing comes before the last row."""

    def start(self) -> str:
        """What stands before the first row."""
        ...

    def row(self, row: Row, comparison: str) -> str:
        """What can be written now that this row is known.

        Args:
            row: the row.
            comparison: its result as JSON, ``null`` when there is none; "" when none is wanted.
        """
        ...

    def end(self, tally: Tally) -> Iterator[str]:
        """What stands after the last row."""
        ...


def json_line(data: object) -> str:
    """JSON on one line."""
    return dumps(data, indent=None, end="")


def comparison_line(result: Comparison) -> str:
    """A comparison as JSON on one line."""
    return json_line(comparison_data(result))


def row_line(row: Row, comparison: str) -> str:
    """A row as JSON on one line; its comparison, which is long, stands last."""
    return f'{json_line(row_data(row))[:-1]}, "comparison": {comparison}}}'


class JsonFormat:
    """``cmsource/batch/1``: one JSON object, one line a scenario.

    Args:
        shard: which part this is, and of how many; None for a whole run.
        baseline: whether rows are compared with a baseline.
    """

    def __init__(self, shard: tuple[int, int] | None = None, *, baseline: bool = False) -> None:
        self._shard = shard
        self._baseline = baseline
        self._first = True

    def start(self) -> str:
        """The head of the object."""
        part = ""
        if self._shard is not None:
            part = f', "shard": {{"index": {self._shard[0]}, "of": {self._shard[1]}}}'
        return f'{{"format": "{BATCH}"{part}, "scenarios": ['

    def row(self, row: Row, comparison: str) -> str:
        """One element of the array."""
        comma, self._first = "" if self._first else ",", False
        return f"{comma}\n{row_line(row, comparison)}"

    def end(self, tally: Tally) -> Iterator[str]:
        """The end of the array, and the summary."""
        summary = json_line(summary_data(tally, baseline=self._baseline))
        yield f'\n],\n"summary": {summary}}}\n'


class JsonLinesFormat:
    """``cmsource/row/1``: one JSON object a line, each complete."""

    def start(self) -> str:
        """Nothing."""
        return ""

    def row(self, row: Row, comparison: str) -> str:
        """One line."""
        return row_line(row, comparison) + "\n"

    def end(self, _tally: Tally) -> Iterator[str]:
        """Nothing: every line stands for itself."""
        yield from ()


COLUMNS = (
    "file",
    "status",
    "scenario",
    "country",
    "currency",
    "horizon_months",
    "recommended",
    "label",
    "total",
    "monthly",
    "watched",
    "answered_in_time",
    "work_done",
    "options",
    "eligible",
    "expected",
    "held",
    "old_recommended",
    "old_total",
    "increase",
    "problems",
)


class CsvFormat:
    """One line a scenario, for spreadsheets: an empty cell for no figure."""

    def start(self) -> str:
        """The names of the columns."""
        return _csv(COLUMNS)

    def row(self, row: Row, _comparison: str) -> str:
        """One line."""
        change = row.change
        problems = [f"{found.code}: {found.message}" for found in problems_of(row)]
        return _csv(
            (
                cell(row.file),
                row.status,
                cell(row.name),
                row.country,
                row.currency,
                months(row.horizon_months),
                cell(row.recommended or ""),
                cell(row.label),
                _amount(row.cents),
                _amount(row.monthly_cents),
                share(row.watched),
                share(row.answered_in_time),
                share(row.work_done),
                row.options,
                row.eligible,
                row.expected,
                row.held,
                cell(change.old_recommended or "") if change else "",
                _amount(change.old_cents) if change else "",
                share(change.increase) if change else "",
                cell("; ".join(problems)),
            )
        )

    def end(self, _tally: Tally) -> Iterator[str]:
        """Nothing: sums are for the spreadsheet."""
        yield from ()


def _csv(cells: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def cell(text: str) -> str:
    """A text of the user's for a spreadsheet: printable, and never a formula."""
    return harmless(safe(text))


def problems_of(row: Row) -> tuple[Diagnostic, ...]:
    """What makes a row fail: errors of reading, expectations and rules that did not hold."""
    errors = (found for found in row.diagnostics if found.severity == "error")
    return (*errors, *row.failures)


def _amount(cents: int | None) -> Decimal | None:
    return None if cents is None else money(cents)


def row_data(row: Row) -> Json:
    """A row as plain data, but for its comparison."""
    return {
        "format": ROW,
        "file": row.file,
        "name": row.name,
        "status": row.status,
        "country": row.country,
        "currency": row.currency,
        "horizon_months": months(row.horizon_months),
        "recommended": row.recommended,
        "label": row.label,
        "total": _amount(row.cents),
        "monthly": _amount(row.monthly_cents),
        "watched": share(row.watched),
        "answered_in_time": share(row.answered_in_time),
        "work_done": share(row.work_done),
        "options": row.options,
        "eligible": row.eligible,
        "expected": row.expected,
        "held": row.held,
        "failures": [_problem_data(found) for found in row.failures],
        "diagnostics": [_problem_data(found) for found in row.diagnostics],
        "new": row.is_new,
        "change": None if row.change is None else change_data(row.change),
    }


def _problem_data(found: Diagnostic) -> Json:
    """A diagnostic with the line of source that it is about, so that it can be shown again."""
    place = found.place
    return {
        **diagnostic_data(found),
        "length": place.length if place else 1,
        "text": place.text if place else "",
    }


def summary_data(tally: Tally, *, baseline: bool = False) -> Json:
    """The tally as plain data.

    Args:
        tally: the tally.
        baseline: whether rows were compared with a baseline.
    """
    return {
        "scenarios": tally.scenarios,
        "ok": tally.ok,
        "failed": tally.failed,
        "invalid": tally.invalid,
        "without_recommendation": tally.without,
        "warnings": tally.warnings,
        "changed": tally.changed if baseline else None,
        "new": tally.added if baseline else None,
        "removed": list(tally.removed) if baseline else None,
        "bases_left_out": tally.bases,
        "recommended_totals": {
            currency: {
                "scenarios": found.scenarios,
                "total": money(found.cents),
                "monthly": money(found.monthly_cents),
            }
            for currency, found in sorted(tally.totals.items())
        },
    }


def change_data(change: Difference) -> Json:
    """What changed in one scenario, as plain data."""
    return {
        "file": change.file,
        "old_file": change.old_file,
        "name": change.name,
        "currency": change.currency,
        "old_currency": change.old_currency,
        "recommended": {"old": change.old_recommended, "new": change.new_recommended},
        "total": {
            "old": _amount(change.old_cents),
            "new": _amount(change.new_cents),
            "increase": share(change.increase),
        },
        "options": [
            {
                "option": option.name,
                "label": option.label,
                "total": {"old": _amount(option.old_cents), "new": _amount(option.new_cents)},
                "eligible": {"old": option.old_eligible, "new": option.new_eligible},
                "coverage": {
                    figure.name: {"old": share(figure.old), "new": share(figure.new)}
                    for figure in option.shares
                },
            }
            for option in change.options
        ],
        "inputs": [_changed(each) for each in change.inputs] if change.inputs_known else None,
        "assumptions": [_changed(each) for each in change.assumptions],
        "moves": [
            {
                "option": move.option,
                "source": move.source,
                "category": move.category,
                "old": money(move.old_cents),
                "new": money(move.new_cents),
                "difference": money(move.cents),
                "old_why": move.old_why or None,
                "new_why": move.new_why or None,
            }
            for move in change.moves
        ],
    }


def _changed(changed: Changed) -> Json:
    return {"name": changed.name, "old": changed.old, "new": changed.new}


def counts(tally: Tally) -> str:
    """How many scenarios there are and how they fared, in one line."""
    noun = "scenario" if tally.scenarios == 1 else "scenarios"
    parts = [f"{tally.ok} ok", f"{tally.failed} failed", f"{tally.invalid} invalid"]
    text = f"{tally.scenarios} {noun}: {', '.join(parts)}"
    if tally.without:
        text += f"; {tally.without} without an eligible option"
    if tally.bases:
        text += f"; {tally.bases} left out because others extend {_them(tally.bases)}"
    if tally.warnings:
        text += f"; {tally.warnings} warning{'s' if tally.warnings > 1 else ''}"
    return text


def compared(tally: Tally) -> str:
    """How many scenarios differ from the baseline, in one line."""
    return (
        f"Against the baseline: {tally.changed} changed, {tally.added} new, "
        f"{len(tally.removed)} gone"
    )


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def grand_totals(tally: Tally) -> list[str]:
    """The grand total of the recommended options, one line a currency."""
    found = []
    for currency, (count, cents, monthly) in sorted(tally.totals.items()):
        style = style_for(currency)
        noun = "scenario" if count == 1 else "scenarios"
        each = format_money(monthly, style, 0)
        found.append(
            f"{currency}: {format_money(cents, style, 0)} for {count} {noun}, {each} a month"
        )
    return found
