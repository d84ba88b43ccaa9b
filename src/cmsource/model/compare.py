"""The comparison: every option of a scenario, what it costs and covers, and which one to take."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from cmsource.model.assumption_weights import weighed
from cmsource.model.judgement import best, on_frontier, reason
from cmsource.model.ledger import ledger, present_value
from cmsource.model.outline import Outline, outlined
from cmsource.model.plan import PlannedPhase, Stretch
from cmsource.model.queueing.lateness import answering
from cmsource.model.rosters import rosters
from cmsource.model.setting import Setting, setting_of
from cmsource.model.signals import signals
from cmsource.model.staffing import presence
from cmsource.model.uncovered import uncovered
from cmsource.results.comparison import (
    Average,
    Comparison,
    Entry,
    Ledger,
    OptionResult,
    Options,
    PhaseResult,
    SourceResult,
    per,
)
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.values.later import Later

_WEEKS_A_MONTH = 52 / 12


def compare(scenario: Scenario) -> Comparison:
    """Compare the options of a scenario.

    Pure: the same scenario gives the same comparison. The definitions of all figures are in
    docs/model.md.
    """
    setting = setting_of(scenario)
    outlines = {option.name: Outline(option, setting) for option in scenario.options}
    options = Options(outlines, partial(_result, outlines, setting))
    choice = best(outlines)
    return Comparison(
        name=scenario.name,
        file=scenario.file,
        country=scenario.country_data.code if scenario.country_data else scenario.country,
        currency=scenario.currency,
        horizon_months=scenario.horizon,
        options=options,
        recommended=choice,
        reason=Later(partial(reason, options, choice, scenario)),
        signals=Later(partial(signals, scenario, options)),
        assumptions=Later(partial(_weighed, scenario, setting, options)),
        warnings=scenario.warnings,
        inputs=scenario.inputs,
    )


def evaluate(option: Option, setting: Setting) -> OptionResult:
    """What one option costs and covers."""
    return _result({option.name: outlined(option, setting)}, setting, option.name)


def _result(outlines: Mapping[str, Outline], setting: Setting, name: str) -> OptionResult:
    """The result of an option, of which what takes long is worked out when it is looked at."""
    found = outlines[name]
    scenario = setting.scenario
    over_time = _OverTime(found, scenario)
    return OptionResult(
        name=name,
        label=found.option.label,
        entries=Ledger(over_time.entries, lambda: found),
        horizon=scenario.horizon,
        npv_cents=Later(over_time.present),
        coverage=Later(lambda: found.coverage),
        average=Later(over_time.average),
        per_hour_worked=Later(over_time.per_hour_worked),
        per_watched_hour=Later(over_time.per_watched_hour),
        per_answered_message=Later(over_time.per_answered_message),
        phases=Later(partial(_phases, found, setting)),
        requirements=Later(lambda: found.requirements),
        eligible=Later(lambda: found.eligible),
        on_frontier=Later(partial(on_frontier, name, outlines)),
    )


class _OverTime(NamedTuple):
    """Figures over the whole horizon, with nobody there before the start and half during ramps."""

    found: Outline
    scenario: Scenario

    def entries(self) -> tuple[Entry, ...]:
        """The ledger."""
        return ledger(self.found.spent.costs)

    def present(self) -> int | None:
        """The present value in cents; None without a discount rate."""
        discount = self.scenario.prices.discount
        return None if discount is None else present_value(self.found.spent.costs, discount)

    def stretches(self) -> list[Stretch]:
        """The time of all phases in pieces."""
        return [stretch for phase in self.found.planned for stretch in phase.stretches]

    def hours_watched(self) -> float:
        """Months times the share of the cover that is watched in them."""
        return sum([s.months * s.team.watched for s in self.stretches()])

    def per_hour_worked(self) -> Decimal | None:
        """The total divided by the hours of work done."""
        return self._per(sum([s.months * s.work.done for s in self.stretches()]))

    def per_watched_hour(self) -> Decimal | None:
        """The total divided by the hours of cover watched."""
        return self._per(self.hours_watched() * self.scenario.needs.cover.hours)

    def per_answered_message(self) -> Decimal | None:
        """The total divided by the messages answered."""
        messages = self.scenario.needs.messages
        weekly = messages.weekly if messages is not None else 0.0
        return self._per(weekly * sum([s.months * s.work.answered for s in self.stretches()]))

    def _per(self, monthly_weeks: float) -> Decimal | None:
        return per(self.found.total_cents, _WEEKS_A_MONTH * monthly_weeks)

    def average(self) -> Average:
        """Coverage over the horizon."""
        over_time = self.stretches()
        months = sum([s.months for s in over_time])
        needed = sum([s.months * s.work.needed for s in over_time])
        done = sum([s.months * s.work.done for s in over_time])
        return Average(
            watched=self.hours_watched() / months if months else None,
            answered_in_time=_in_time(over_time),
            work_done=done / needed if needed > 0 else None,
        )


def _phases(found: Outline, setting: Setting) -> tuple[PhaseResult, ...]:
    return tuple([_phase(phase, found.live, setting) for phase in found.planned])


def _phase(phase: PlannedPhase, live: float, setting: Setting) -> PhaseResult:
    team = phase.team
    resources = team.resources
    cover = setting.scenario.needs.cover
    return PhaseResult(
        from_month=phase.start,
        months=phase.end - phase.start,
        coverage=Later(partial(team.coverage, live)),
        sources={
            r.name: SourceResult(r.headcount, r.depth, presence(r.depth, r.absent), usage.total)
            for r, usage in zip(resources, team.work.usage, strict=True)
        },
        rosters=Later(partial(rosters, resources, setting.country)),
        uncovered=Later(partial(uncovered, resources, cover)),
        answers=None if team.answers is None else Later(partial(answering, team.answers)),
    )


def _in_time(over_time: Sequence[Stretch]) -> float | None:
    """Share of the messages over the horizon that are answered in time."""
    months = share = 0.0
    for stretch in over_time:
        found = stretch.team.answered_in_time
        if found is not None:
            months += stretch.months
            share += stretch.months * found
    return share / months if months else None


def _weighed(
    scenario: Scenario, setting: Setting, options: Mapping[str, OptionResult]
) -> tuple[Assumption, ...]:
    return weighed(_assumptions(scenario, setting, options), options)


def _assumptions(
    scenario: Scenario, setting: Setting, options: Mapping[str, OptionResult]
) -> Sequence[Assumption]:
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
