"""The comparison: every option of a scenario, what it costs and covers, and which one to take."""

from collections.abc import Iterable, Sequence
from functools import partial

from cmsource.comparison import (
    Average,
    Comparison,
    Coverage,
    Later,
    OptionResult,
    PhaseResult,
    SourceResult,
    per,
    total_cents,
)
from cmsource.model.answering import answers
from cmsource.model.coverage import coverage, watched
from cmsource.model.judgement import (
    is_eligible,
    reason,
    recommended,
    requirements,
    with_frontier,
)
from cmsource.model.lateness import answering
from cmsource.model.ledger import ledger, present_value
from cmsource.model.plan import PlannedPhase, Stretch, plan
from cmsource.model.rosters import rosters
from cmsource.model.setting import Setting, setting_of
from cmsource.model.staffing import presence
from cmsource.model.uncovered import uncovered
from cmsource.model.weight import weighed
from cmsource.scenario import Assumption, Needs, Option, Scenario

_WEEKS_A_MONTH = 52 / 12


def compare(scenario: Scenario) -> Comparison:
    """Compare the options of a scenario.

    Pure: the same scenario gives the same comparison. The definitions of all figures are in
    docs/model.md.
    """
    setting = setting_of(scenario)
    options = with_frontier({o.name: evaluate(o, setting) for o in scenario.options})
    choice = recommended(options)
    return Comparison(
        name=scenario.name,
        file=scenario.file,
        country=scenario.country_data.code if scenario.country_data else scenario.country,
        currency=scenario.currency,
        horizon_months=scenario.horizon,
        options=options,
        recommended=choice,
        reason=reason(options, choice, scenario),
        signals=(),
        assumptions=weighed(_assumptions(scenario, setting, options), options),
        warnings=scenario.warnings,
        inputs=scenario.inputs,
    )


def evaluate(option: Option, setting: Setting) -> OptionResult:
    """What one option costs and covers."""
    scenario = setting.scenario
    phases = plan(option, setting)
    entries = ledger(phases, setting)
    live = max((member.resource.lead for member in phases[0].members), default=0.0)
    results = tuple(_phase(phase, live, setting) for phase in phases)
    figures = _mean([(phase.months, phase.coverage) for phase in results], live)
    over_time = [stretch for phase in phases for stretch in phase.stretches]
    total = total_cents(entries)
    cash = total_cents(entry for entry in entries if entry.cash)
    held = requirements(
        scenario.require, results, figures, cash / 100, total / 100, scenario.horizon
    )
    hours_watched = sum(
        stretch.months * watched(stretch.resources, scenario.needs.cover) for stretch in over_time
    )
    messages = scenario.needs.messages.weekly if scenario.needs.messages is not None else 0.0
    discount = scenario.prices.discount
    return OptionResult(
        name=option.name,
        label=option.label,
        entries=entries,
        horizon=scenario.horizon,
        npv_cents=None if discount is None else present_value(entries, discount),
        coverage=figures,
        average=Later(partial(_average, over_time, scenario, hours_watched)),
        per_hour_worked=per(total, _WEEKS_A_MONTH * sum(s.months * s.work.done for s in over_time)),
        per_watched_hour=per(total, _WEEKS_A_MONTH * hours_watched * scenario.needs.cover.hours),
        per_answered_message=per(
            total,
            _WEEKS_A_MONTH * messages * sum(s.months * s.work.answered for s in over_time),
        ),
        phases=results,
        requirements=held,
        eligible=is_eligible(held),
    )


def _phase(phase: PlannedPhase, live: float, setting: Setting) -> PhaseResult:
    resources = phase.resources
    needs = setting.scenario.needs
    found = answers(resources, needs)
    in_time = None if found is None else found.in_time()
    return PhaseResult(
        from_month=phase.start,
        months=phase.end - phase.start,
        coverage=coverage(resources, needs, phase.work, live, in_time),
        sources={
            r.name: SourceResult(r.headcount, r.depth, presence(r.depth, r.absent), usage.total)
            for r, usage in zip(resources, phase.work.usage, strict=True)
        },
        rosters=rosters(resources, setting.country),
        uncovered=uncovered(resources, needs.cover),
        answers=None if found is None else Later(partial(answering, found)),
    )


def _mean(weighted: Sequence[tuple[float, Coverage]], live: float) -> Coverage:
    """The average of phases weighted by their months; a figure's None counts nowhere."""
    values = {}
    for figure in Coverage._fields:
        known = [
            (months, value) for months, c in weighted if (value := getattr(c, figure)) is not None
        ]
        months = sum(m for m, _ in known)
        values[figure] = sum(m * value for m, value in known) / months if months else None
    return Coverage(**{**values, "live_after_months": live})


def _average(over_time: Iterable[Stretch], scenario: Scenario, hours_watched: float) -> Average:
    """Coverage over the horizon, with nobody there before the start and half during ramps."""
    stretches_ = list(over_time)
    months = sum(stretch.months for stretch in stretches_)
    needed = sum(s.months * s.work.needed for s in stretches_)
    done = sum(s.months * s.work.done for s in stretches_)
    return Average(
        watched=hours_watched / months if months else None,
        answered_in_time=_in_time(stretches_, scenario.needs),
        work_done=done / needed if needed > 0 else None,
    )


def _in_time(over_time: Sequence[Stretch], needs: Needs) -> float | None:
    """Share of the messages over the horizon that are answered in time."""
    months = share = 0.0
    for stretch in over_time:
        found = answers(stretch.resources, needs)
        if found is not None:
            months += stretch.months
            share += stretch.months * found.in_time()
    return share / months if months else None


def _assumptions(
    scenario: Scenario, setting: Setting, options: dict[str, OptionResult]
) -> tuple[Assumption, ...]:
    """What the scenario did not give, and the cost of own time where it was worked out."""
    own = setting.own_time
    used = any(
        entry.category == "own time" and set(own.refs) <= set(entry.refs)
        for option in options.values()
        for entry in option.entries
    )
    if not own.basis or not used:
        return scenario.assumptions
    derived = Assumption(
        "own_time", f"{own.rate:.2f}/h", own.basis, "", "D", ref=own.refs[0] if own.refs else ""
    )
    return (*scenario.assumptions, derived)
