"""A comparison as CSV: one row an option, for spreadsheets."""

import csv
import io
from collections.abc import Sequence

from cmsource.model.judgement import miss_in_words
from cmsource.output.json import months, share
from cmsource.results.comparison import Comparison, OptionResult
from cmsource.values.money import style_for

COLUMNS = (
    "file",
    "scenario",
    "option",
    "label",
    "recommended",
    "eligible",
    "misses",
    "currency",
    "horizon_months",
    "total",
    "cash",
    "monthly",
    "more_than_cheapest",
    "npv",
    "watched",
    "answered_in_time",
    "work_done",
    "skills_met",
    "continuity",
    "in_house",
    "idle",
    "utilisation",
    "live_after_months",
    "per_hour_worked",
    "per_watched_hour",
    "per_answered_message",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(results: Sequence[Comparison]) -> str:
    """Comparisons as CSV text: numbers with a decimal point, an empty cell for no figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for result in results:
        for option in result.options.values():
            writer.writerow(_row(result, option))
    return text.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet takes as text: what looks like a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(result: Comparison, option: OptionResult) -> list[object]:
    style = style_for(result.currency)
    cheapest = min(other.total for other in result.options.values())
    misses = [miss_in_words(held, style) for held in option.requirements if held.met is False]
    coverage = option.coverage
    return [
        harmless(result.file),
        harmless(result.name),
        harmless(option.name),
        harmless(option.label),
        "yes" if option.name == result.recommended else "no",
        "yes" if option.eligible else "no",
        "; ".join(misses),
        result.currency,
        months(result.horizon_months),
        option.total,
        option.cash,
        option.monthly,
        option.total - cheapest,
        option.npv,
        *(share(value) for value in coverage[:-1]),
        months(coverage.live_after_months),
        option.per_hour_worked,
        option.per_watched_hour,
        option.per_answered_message,
    ]
