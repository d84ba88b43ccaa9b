"""A row of a batch for programs: its cells, its data, its annotations, and the counts of all."""

from collections.abc import Mapping, Sequence

from cmsource.reports.changes import amount, change_data
from cmsource.reports.comparison_data import diagnostic_data, months, share
from cmsource.reports.report import Annotation, Encoded, Json
from cmsource.reports.wording import cells
from cmsource.results.entry import money
from cmsource.results.rows import ROW, Tally
from cmsource.results.rows import Row as Outcome
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.language import listed, say
from cmsource.values.money import format_money, format_share, style_for

HEADER = (
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


def problems_of(row: Outcome) -> tuple[Diagnostic, ...]:
    """What is to be told of a row: errors, and expectations and rules that did not hold."""
    warned = [found for found in row.diagnostics if found.code == "W502"]
    return (*errors_of(row), *row.failures, *warned)


def errors_of(row: Outcome) -> tuple[Diagnostic, ...]:
    """What keeps a scenario from being compared."""
    return tuple(found for found in row.diagnostics if found.severity == "error")


def warnings_of(row: Outcome) -> tuple[Diagnostic, ...]:
    """What is doubtful in a scenario, but what is told with its problems."""
    told = problems_of(row)
    found = [each for each in row.diagnostics if each not in told]
    return tuple(each if each.place else each._replace(place=Place(row.file)) for each in found)


def csv_row(row: Outcome) -> Sequence[object]:
    """The cells of a row, as `HEADER` names them."""
    change = row.change
    data = {
        **_row_data(row),
        "scenario": row.name,
        "problems": listed(
            (
                say("{code}: {message}", code=found.code, message=found.message)
                for found in problems_of(row)
            ),
            say("; "),
        ),
    }
    if change is not None:
        data["old_recommended"] = change.old_recommended
        data["old_total"] = amount(change.old_cents)
        data["increase"] = share(change.increase)
    return cells(data, HEADER)


def outcome_in_words(row: Outcome) -> str:
    """What came of a scenario, in one line."""
    if row.status == "invalid":
        return ""
    style = style_for(row.currency)
    if row.cents is None:
        return say("{scenario}: no option is eligible", scenario=row.name)
    text = say(
        "{scenario}: {option}, {total}",
        scenario=row.name,
        option=row.label,
        total=format_money(row.cents, style),
    )
    if row.watched is not None:
        return listed([text, say("watched {share}", share=format_share(row.watched))])
    return text


def annotation(file: str, found: Diagnostic) -> Annotation:
    """A diagnostic of a file as CI servers show it."""
    place = found.place
    message = found.message
    if found.hint:
        message = say("{message}: {hint}", message=message, hint=found.hint)
    if place is None or not place.line or place.file == "--set":
        return Annotation(found.severity, message, file, title=found.code)
    return Annotation(found.severity, message, place.file, place.line, place.column, found.code)


def record(row: Outcome, comparison: str) -> Mapping[str, Json]:
    """A row as plain data: ``cmsource/row/1``.

    Args:
        row: the row.
        comparison: its result as JSON, ``null`` when there is none.
    """
    return {
        "format": ROW,
        **_row_data(row),
        "failures": [_problem_data(found) for found in row.failures],
        "diagnostics": [_problem_data(found) for found in row.diagnostics],
        "new": row.is_new,
        "validity_changed": row.validity_changed,
        "change": None if row.change is None else change_data(row.change),
        "comparison": Encoded(comparison),
    }


def _row_data(row: Outcome) -> dict[str, Json]:
    """What JSON and CSV say of a row."""
    return {
        "file": row.file,
        "name": row.name,
        "status": row.status,
        "country": row.country,
        "currency": row.currency,
        "horizon_months": months(row.horizon_months),
        "recommended": row.recommended,
        "label": row.label,
        "total": amount(row.cents),
        "monthly": amount(row.monthly_cents),
        "watched": share(row.watched),
        "answered_in_time": share(row.answered_in_time),
        "work_done": share(row.work_done),
        "options": row.options,
        "eligible": row.eligible,
        "expected": row.expected,
        "held": row.held,
    }


def _problem_data(found: Diagnostic) -> Json:
    """A diagnostic with the line of source that it is about, so that it can be shown again."""
    place = found.place
    return {
        **diagnostic_data(found),
        "length": place.length if place else 1,
        "text": place.text if place else "",
    }


def summary_data(tally: Tally, *, baseline: bool) -> Json:
    """The counts and totals of a batch."""
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
