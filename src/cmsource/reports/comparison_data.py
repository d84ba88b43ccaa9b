"""A comparison as plain data, stable and versioned: ``cmsource/comparison/1``."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from cmsource.results.comparison import FORMAT, Comparison, Signal
from cmsource.results.coverage import Coverage
from cmsource.results.entry import Entry
from cmsource.results.option import OptionResult
from cmsource.results.phase import (
    Answering,
    OnCallResult,
    PhaseResult,
    Roster,
    SeasonResult,
    SourceResult,
)
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import Group, Unit, of_group
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.money import to_cents

Json = dict[str, Any]


def comparison_data(result: Comparison) -> Json:
    """A comparison as plain data, in the order of the format.

    Raises:
        ValueError: its rosters and answer times have not been worked out.
    """
    if not result.detailed:
        raise ValueError("the JSON of a comparison takes its details; compare with details")
    return {
        "format": FORMAT,
        "scenario": {
            "name": result.name,
            "file": result.file,
            "country": result.country,
            "currency": result.currency,
            "horizon_months": months(result.horizon_months),
        },
        "options": {name: _option(option) for name, option in result.options.items()},
        "recommended": result.recommended,
        "reason": result.reason,
        "signals": [_signal(signal) for signal in result.signals],
        "advice": list(result.advice),
        "assumptions": [assumption_data(assumption) for assumption in result.assumptions],
        "warnings": [diagnostic_data(warning) for warning in result.warnings],
        "inputs": dict(result.inputs),
        "units": {
            name: {"per_month": share(each.per_month), "hours_each": share(each.hours_each)}
            for name, each in result.units.items()
        },
    }


def amount(value: Decimal | float | None) -> Decimal | None:
    """Money with two decimals."""
    if value is None or isinstance(value, Decimal):
        return value
    return Decimal(to_cents(value)).scaleb(-2)


def share(value: float | None) -> Decimal | None:
    """A share, a depth or a ratio with six decimals, without minus zero."""
    return None if value is None else Decimal(f"{value:z.6f}")


def months(value: float | None) -> int | Decimal | None:
    """Months: a whole number where it is one, else with six decimals."""
    if value is None:
        return None
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else share(rounded)


def scenario_data(scenario: Scenario) -> Json:
    """Which scenario a result is about."""
    return {
        "name": scenario.name,
        "file": scenario.file,
        "country": scenario.country,
        "currency": scenario.currency,
        "horizon_months": months(scenario.horizon),
    }


_FORMS: Mapping[Unit, Callable[[Any], object]] = {
    "money": amount,
    "share": share,
    "months": share,
    "weeks": share,
    "days": share,
    "flag": bool,
}


def _signal(signal: Signal) -> Json:
    return {
        "rule": signal.rule,
        "speaks_for": list(signal.speaks_for),
        "speaks_against": list(signal.speaks_against),
        "reason": signal.reason,
        "origin": signal.origin,
    }


def _option(option: OptionResult) -> Json:
    return {
        "label": option.label,
        **figures_data("cost", option),
        "by_category": option.by_category,
        "by_source": option.by_source,
        "by_year": list(option.by_year),
        **figures_data("unit cost", option),
        "coverage": figures_data("coverage", option),
        **(_worst_month(option.worst_month) if option.worst_month is not None else {}),
        "horizon_average": {
            name: share(value) for name, value in option.horizon_average._asdict().items()
        },
        "phases": [_phase(phase) for phase in option.phases],
        "requirements": [_requirement(result) for result in option.requirements],
        **figures_data("verdict", option),
        "would_take": option.would_take or None,
        "entries": [entry_data(entry) for entry in option.entries],
    }


def figures_data(group: Group, result: OptionResult | PhaseResult | SeasonResult) -> Json:
    """The figures of a group, of an option or of a phase of one, by their names in JSON."""
    return {figure.column: _FORMS[figure.unit](figure.read(result)) for figure in of_group(group)}


def _worst_month(worst: Coverage) -> Json:
    return {"worst_month": {name: share(value) for name, value in worst._asdict().items()}}


def _phase(phase: PhaseResult) -> Json:
    return {
        "from_month": months(phase.from_month),
        "months": months(phase.months),
        "coverage": figures_data("coverage", phase),
        "sources": _sources(phase.sources),
        "rosters": {name: _roster(roster) for name, roster in phase.rosters.items()},
        "uncovered": str(phase.uncovered) if phase.uncovered else None,
        "answering": _answering(phase.answering),
        **({"seasons": [_season(each) for each in phase.seasons]} if phase.seasons else {}),
    }


def _season(season: SeasonResult) -> Json:
    return {
        "name": season.name,
        "calendar": list(season.calendar),
        "months": months(season.months),
        "shares": {name: share(value) for name, value in season.shares.items()},
        "messages": share(season.messages),
        "hours_needed": share(season.needed),
        "hours_able": share(season.able),
        "coverage": figures_data("coverage", season),
        "sources": _sources(season.sources),
        "answering": _answering(season.answering),
    }


def _sources(sources: Mapping[str, SourceResult]) -> Json:
    return {
        name: {
            "headcount": source.headcount,
            "depth": share(source.depth),
            "presence": share(source.presence),
            "hours_done": share(source.hours_done),
            "messages_done": share(source.messages_done),
            "planned_done": share(source.planned_done),
            "units_done": {activity: share(units) for activity, units in source.units_done.items()},
            "messages_share": share(source.messages_share),
            **({"on_call": _on_call(source.on_call)} if source.on_call is not None else {}),
        }
        for name, source in sources.items()
    }


def _on_call(found: OnCallResult) -> Json:
    return {
        "hours": str(found.hours),
        "presence": share(found.presence),
        "messages_done": share(found.messages_done),
        "call_outs": share(found.call_outs),
        "paid_hours": share(found.paid_hours),
    }


def _answering(answering: Answering | None) -> Json | None:
    if answering is None:
        return None
    return {
        "median_minutes": share(answering.median_minutes),
        "p90_minutes": share(answering.p90_minutes),
        "peak_backlog_hours": share(answering.peak_backlog_hours),
        "peak_at": answering.peak_at,
    }


def _roster(roster: Roster) -> Json:
    return {
        "rows": list(roster.rows),
        "hours": [share(hours) for hours in roster.hours],
        "teams": roster.teams,
        "needed": roster.needed,
        "why_not": roster.why_not or None,
    }


def _requirement(result: RequirementResult) -> Json:
    form = amount if result.unit in ("month", "total") else share
    return {
        "name": result.name,
        "limit": form(result.limit),
        "value": form(result.value),
        "met": result.met,
        "phase": result.phase,
        "unit": result.unit,
        **({"law": result.law} if result.law else {}),
        **({"assumed": True} if result.assumed else {}),
        **({"season": result.season} if result.season else {}),
        **({"months": [months(each) for each in result.months]} if result.months else {}),
    }


def entry_data(entry: Entry, *, details: bool = False) -> Json:
    """A ledger entry as plain data.

    Args:
        entry: the entry.
        details: whether to add what its unit price is made of.
    """
    data: Json = {
        "phase": entry.phase,
        "source": entry.source,
        "category": entry.category,
        "from_month": months(entry.from_month),
        "months": months(entry.months),
        "amount": entry.amount,
        "cash": entry.cash,
        "why": entry.why,
        "refs": list(entry.refs),
        "quantity": share(entry.quantity),
        "unit": entry.unit,
        "unit_price": share(entry.unit_price),
        "price_index": share(entry.price_index),
    }
    if details:
        data["details"] = [
            {
                "name": detail.name,
                "base": amount(detail.base),
                "rate": share(detail.rate),
                "amount": amount(detail.amount),
                "source": detail.source,
            }
            for detail in entry.details
        ]
    return data


def assumption_data(assumption: Assumption) -> Json:
    """An assumption as plain data."""
    return {
        "path": assumption.path,
        "value": assumption.value,
        "source": assumption.source,
        "as_of": assumption.as_of or None,
        "confidence": assumption.confidence,
        **({"money": True} if assumption.money else {}),
    }


def diagnostic_data(diagnostic: Diagnostic) -> Json:
    """A diagnostic as plain data."""
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint or None,
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "path": place.path or None if place else None,
    }


def diagnostics_data(diagnostics: Iterable[Diagnostic]) -> Json:
    """Diagnostics as plain data: ``cmsource/diagnostics/1``."""
    return {
        "format": "cmsource/diagnostics/1",
        "diagnostics": [diagnostic_data(diagnostic) for diagnostic in diagnostics],
    }
