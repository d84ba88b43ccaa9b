"""The comparison: every option of a scenario, what it costs and covers, and which one to take."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from cmsource.countries import is_neutral
from cmsource.model.assumption_weights import weighed
from cmsource.model.average import option_coverage, phase_coverage, worst_month
from cmsource.model.coverage import Team, coverage_of
from cmsource.model.evaluation import Evaluation, evaluate
from cmsource.model.judgement import reason
from cmsource.model.ledger import ledger, present_value
from cmsource.model.plan import InSeason, PlannedPhase, Stretch
from cmsource.model.requirements import requirements
from cmsource.model.resource import Resource, Usage
from cmsource.model.setting import Setting, setting_of
from cmsource.model.signals import signals
from cmsource.model.staffing import presence
from cmsource.model.uncovered import uncovered
from cmsource.model.verdict import leads, recommended
from cmsource.model.warnings import warnings
from cmsource.results.comparison import Comparison, Units
from cmsource.results.coverage import Average, Coverage
from cmsource.results.entry import per
from cmsource.results.option import OptionResult
from cmsource.results.phase import OnCallResult, PhaseResult, SeasonResult, SourceResult
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.seasons import MESSAGES
from cmsource.values.week import WEEKS_A_MONTH


def compare(scenario: Scenario, *, details: bool = False) -> Comparison:
    """Compare the options of a scenario.

    Pure: the same scenario gives the same comparison. The definitions of all figures are in
    docs/model.md. Advice is left to `advised`.

    Args:
        scenario: as read.
        details: whether to work out the rosters and answer times of all options, too; `detailed`
            adds those of some to a result.
    """
    setting = setting_of(scenario)
    found = [_measured(evaluate(each, setting), setting, details) for each in scenario.options]
    able = [each.evaluation for each in found if each.eligible]
    choice = recommended(able)
    totals = [(each.evaluation.total_cents, each.coverage) for each in found]
    options = {each.evaluation.name: _result(each, totals, setting) for each in found}
    return Comparison(
        name=scenario.name,
        file=scenario.file,
        country=scenario.country,
        currency=scenario.currency,
        horizon_months=scenario.horizon,
        options=options,
        recommended=choice,
        reason=reason(options, choice, scenario),
        signals=signals(scenario, options),
        assumptions=weighed(
            _assumptions(scenario, setting, options),
            options,
            choice,
            [name for name, source in scenario.sources.items() if not source.in_house],
        ),
        warnings=(*scenario.warnings, *warnings([each.evaluation for each in found], scenario)),
        inputs=dict(scenario.inputs),
        units={
            name: Units(units * WEEKS_A_MONTH * setting.year.mean(name, scenario.horizon), each)
            for name, units, each in scenario.needs.in_units()
        },
        detailed=details,
    )


class _Measured(NamedTuple):
    """An option with what it covers and what is required of it."""

    evaluation: Evaluation
    phases: tuple[PhaseResult, ...]
    coverage: Coverage
    requirements: tuple[RequirementResult, ...]

    @property
    def eligible(self) -> bool:
        """Whether every requirement that can be judged holds."""
        return all(held.met is not False for held in self.requirements)


def _measured(option: Evaluation, setting: Setting, details: bool) -> _Measured:
    phases = tuple([_phase(phase, option.live, setting) for phase in option.phases])
    covered = option_coverage(option.phases, [phase.coverage for phase in phases])
    held = requirements(setting.scenario.require, option)
    if details:
        from cmsource.model.details import detailed_phases

        phases = detailed_phases(phases, option.phases, setting)
    return _Measured(option, phases, covered, held)


def _phase(phase: PlannedPhase, live: float, setting: Setting) -> PhaseResult:
    seasons = [(each.months, each.messages, _sources(each.team)) for each in phase.seasons]
    return PhaseResult(
        from_month=phase.start,
        months=phase.months,
        coverage=phase_coverage(phase, live),
        sources=_on_average(seasons),
        rosters={},
        uncovered=uncovered(phase.resources, setting.scenario.needs.cover),
        seasons=tuple([_season(each, live) for each in phase.seasons if each.name]),
    )


def _season(found: InSeason, live: float) -> SeasonResult:
    level, messages = found.season.level, found.season.needs.messages
    return SeasonResult(
        name=found.name,
        calendar=tuple([month + 1 for month in level.months]),
        months=found.months,
        shares={
            name: share
            for name, share in level.shares.items()
            if name != MESSAGES or messages is not None
        },
        messages=None if messages is None else messages.weekly,
        needed=found.team.work.needed,
        able=_able(found.team),
        coverage=coverage_of(found.team, live),
        sources=_sources(found.team),
    )


def _able(team: Team) -> float | None:
    """Hours of work a week that people can do; None where there is no limit to it."""
    able = sum([resource.capacity for resource in team.resources])
    return able if able < inf else None


def _sources(team: Team) -> dict[str, SourceResult]:
    """What each source of a team does in a week."""
    messages = team.needs.messages
    weekly = 0.0 if messages is None else messages.weekly
    return {
        r.name: SourceResult(
            r.headcount,
            r.depth,
            presence(r.depth, r.absent),
            used.total,
            used.messages,
            used.planned,
            {name: part.units for name, part in used.activities.items() if part.units is not None},
            _on_call(r, used),
            used.answered / weekly if weekly > 0 else 0.0,
        )
        for r, used in zip(team.resources, team.work.usage, strict=True)
    }


def _on_call(resource: Resource, used: Usage) -> OnCallResult | None:
    standby = resource.standby
    if standby is None:
        return None
    there = presence(standby.depth, resource.absent)
    done = used.on_call, used.call_outs, used.paid_on_call
    return OnCallResult(standby.hours, there, *done)


def _on_average(
    seasons: Sequence[tuple[float, float, dict[str, SourceResult]]],
) -> dict[str, SourceResult]:
    """What each source does in a week on average, by the months and messages of the seasons."""
    if len(seasons) == 1:
        return seasons[0][2]
    months = sum([each for each, _, _ in seasons])
    messages = sum([each * times for each, times, _ in seasons])

    def mean(values: Iterable[float]) -> float:
        pairs = zip(seasons, values, strict=True)
        return sum([n * value for (n, _, _), value in pairs]) / months

    def of_messages(values: Iterable[float]) -> float:
        pairs = zip(seasons, values, strict=True)
        total = sum([n * times * value for (n, times, _), value in pairs])
        return total / messages if messages > 0 else 0.0

    found = {}
    for name, first in seasons[0][2].items():
        each = [sources[name] for _, _, sources in seasons]
        found[name] = first._replace(
            hours_done=mean(does.hours_done for does in each),
            messages_done=mean(does.messages_done for does in each),
            planned_done=mean(does.planned_done for does in each),
            units_done={
                activity: mean([does.units_done[activity] for does in each])
                for activity in first.units_done
            },
            messages_share=of_messages(does.messages_share for does in each),
        )
        on_call = [does.on_call for does in each if does.on_call is not None]
        if on_call:
            found[name] = found[name]._replace(
                on_call=on_call[0]._replace(
                    messages_done=mean([does.messages_done for does in on_call]),
                    call_outs=mean([does.call_outs for does in on_call]),
                    paid_hours=mean([does.paid_hours for does in on_call]),
                )
            )
    return found


def _result(
    found: _Measured, totals: Sequence[tuple[int, Coverage]], setting: Setting
) -> OptionResult:
    option, scenario = found.evaluation, setting.scenario
    discount, messages = scenario.prices.discount, scenario.needs.messages
    # Over the horizon ramps count half.
    pieces = [piece for phase in option.phases for piece in phase.stretches]
    watched = sum([piece.months * piece.team.watched for piece in pieces])
    done = sum([piece.months * piece.team.work.done for piece in pieces])
    answered = sum([piece.months * piece.messages * piece.team.work.answered for piece in pieces])
    answered *= messages.weekly if messages is not None else 0.0
    total = option.total_cents
    return OptionResult(
        name=option.name,
        label=option.label,
        entries=ledger(option.costs),
        horizon=scenario.horizon,
        npv_cents=None if discount is None else present_value(option.costs, discount),
        coverage=found.coverage,
        worst_month=worst_month(option.phases, option.live),
        horizon_average=_average(pieces, watched, done),
        per_hour_worked=per(total, WEEKS_A_MONTH * done),
        per_watched_hour=per(total, WEEKS_A_MONTH * (watched * scenario.needs.cover.hours)),
        per_answered_message=per(total, WEEKS_A_MONTH * answered),
        phases=found.phases,
        requirements=found.requirements,
        eligible=found.eligible,
        on_frontier=leads(total, found.coverage, totals),
    )


def _average(pieces: Sequence[Stretch], watched: float, done: float) -> Average:
    """Coverage over the horizon.

    Args:
        pieces: the time of all phases.
        watched: months times the share of the cover that is watched in them.
        done: months times the hours of work a week that are done in them.
    """
    months = sum([piece.months for piece in pieces])
    needed = sum([piece.months * piece.team.work.needed for piece in pieces])
    shares = [(piece.months * piece.messages, piece.team.answered_in_time) for piece in pieces]
    known = [(length, share) for length, share in shares if share is not None]
    asked = sum([length for length, _ in known])
    return Average(
        watched=watched / months if months else None,
        answered_in_time=sum([n * share for n, share in known]) / asked if asked else None,
        work_done=done / needed if needed > 0 else None,
    )


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
    # What is worked out from a guess is one itself.
    wage = setting.country.facts.get("colleague_hourly_wage")
    guessed = is_neutral(own.basis) or (wage is not None and wage.confidence == "G")
    mark = "G" if guessed else "D"
    derived = Assumption(
        "own_time",
        f"{own.rate:.2f}/h",
        own.basis,
        "",
        mark,
        ref=own.refs[0] if own.refs else "",
        money=True,
    )
    return (*scenario.assumptions, derived)
