"""The cursor between outside and in-house as JSON and CSV."""

import csv
import io
from decimal import Decimal

from cmsource.analysis.cursor.cursor import Cursor, Step
from cmsource.model.judgement import miss_in_words
from cmsource.output.cursor import misses, worse_in_words
from cmsource.reports.comparison_data import Json, assumption_data, months, share
from cmsource.results.comparison import money
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import style_for
from cmsource.values.week import in_words
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

FORMAT = "cmsource/cursor/1"
COLUMNS = (
    "step",
    "hours",
    "people",
    "alone",
    "on_duty_hours",
    "on_duty",
    "total",
    "cash",
    "watched",
    "answered_in_time",
    "work_done",
    "skills_met",
    "continuity",
    "in_house",
    "idle",
    "eligible",
    "misses",
    "cheapest",
    "recommended",
    "worse",
)
FIGURES = (
    "watched",
    "answered_in_time",
    "work_done",
    "skills_met",
    "continuity",
    "in_house",
    "idle",
)


def cursor_json(scenario: Scenario, found: Cursor) -> str:
    """Every step as JSON: ``cmsource/cursor/1``; steps are numbered from 0."""
    return dumps(
        {
            **head(scenario, FORMAT),
            "outside": found.outside.name,
            "inside": found.inside.name,
            "steps": [_step_data(step, scenario) for step in found.steps],
            "cheapest": found.cheapest,
            "recommended": found.recommended,
            "choices": list(found.choices),
            "by_in_house_share": [
                {"at_least": share(row.at_least), "cheapest": row.step, "eligible": row.eligible}
                for row in found.by_share
            ],
            "worse": worse_in_words(found, style_for(scenario.currency)),
            "assumptions": [assumption_data(assumption) for assumption in found.assumptions],
        }
    )


def head(scenario: Scenario, name: str) -> Json:
    """How every JSON of a scenario begins."""
    return {
        "format": name,
        "scenario": {
            "name": scenario.name,
            "file": scenario.file,
            "country": scenario.country,
            "currency": scenario.currency,
            "horizon_months": months(scenario.horizon),
        },
    }


def _step_data(step: Step, scenario: Scenario) -> Json:
    style = style_for(scenario.currency)
    return {
        "hours": share(step.hours),
        "people": step.people,
        "alone": step.alone,
        "on_duty": str(step.on_duty),
        "on_duty_in_words": in_words(step.on_duty),
        "total": money(step.total_cents),
        "cash": money(step.cash_cents),
        "monthly": Decimal(round(step.total_cents / scenario.horizon)).scaleb(-2),
        "coverage": {name: share(getattr(step.coverage, name)) for name in FIGURES},
        "eligible": step.eligible,
        "misses": [miss_in_words(h, style) for h in step.requirements if h.met is False],
        "worse": list(step.worse),
    }


def cursor_csv(scenario: Scenario, found: Cursor) -> str:
    """A row for each step."""
    style = style_for(scenario.currency)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for index, step in enumerate(found.steps):
        writer.writerow(
            [
                index,
                months(step.hours),
                step.people,
                yes(step.alone),
                months(step.on_duty.hours),
                harmless(str(step.on_duty)),
                money(step.total_cents),
                money(step.cash_cents),
                *(share(getattr(step.coverage, name)) for name in FIGURES),
                yes(step.eligible),
                misses(step, style),
                yes(index == found.cheapest),
                yes(index == found.recommended),
                " ".join(step.worse),
            ]
        )
    return text.getvalue()


def yes(fact: bool) -> str:
    """A truth in CSV."""
    return "yes" if fact else "no"
