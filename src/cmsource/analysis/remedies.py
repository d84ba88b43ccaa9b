"""What it would take for an option that misses something to pass: one sentence with a number."""

from collections.abc import Iterator, Mapping
from math import ceil, floor, inf

from cmsource.analysis.inputs.by_path import by_path
from cmsource.analysis.inputs.inputs import put, resting_on, step_of
from cmsource.analysis.inputs.names import in_words
from cmsource.analysis.inputs.quantity import quantity
from cmsource.model.evaluation import Evaluation, evaluate, evaluated
from cmsource.model.judgement import can_give, enough
from cmsource.model.ledger import ledger
from cmsource.model.plan import PlannedPhase
from cmsource.model.requirements import requirements
from cmsource.model.setting import Setting, setting_of
from cmsource.model.warnings import overload
from cmsource.results.comparison import Comparison
from cmsource.results.entry import cents_by_ref
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.on_payroll import OnPayroll
from cmsource.scenario.options import Option
from cmsource.scenario.provider import Provider
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.language import counted, listed, say
from cmsource.values.money import Style, format_number, style_for
from cmsource.values.quantities import Hours

_MONEY = frozenset({"budget", "cost"})
_MESSAGES = frozenset({"answered_in_time", "answered", "work_done"})
_TRIED = 2
_TOO_MUCH = 1.001
_NOISE = 1e-6


def remedies(scenario: Scenario, result: Comparison) -> Mapping[str, str]:
    """What it would take for each option that misses something to pass, by its name.

    Each change that is named has been tried: with it the option misses nothing. Of an option that
    passes only where nothing is asked for, it says no more than that people have too much to do.
    """
    names = [name for name, option in result.options.items() if missed(option.requirements)]
    if not names:
        return {}
    setting, style = setting_of(scenario), style_for(scenario.currency)
    found = evaluated(scenario, names)
    told = {name: _remedy(found[name], setting, style) for name in names}
    return {name: text for name, text in told.items() if text}


def _remedy(option: Evaluation, setting: Setting, style: Style) -> str:
    lacks = missed(requirements(setting.scenario.require, option))
    names = {held.name for held in lacks}
    change = None
    if names == {"work_done"}:
        change = _more_work(option, lacks[0], setting)
    elif names <= _MONEY:
        change = _lower_price(option, setting, style)
    if change is None and all(can_give(held, style) for held in lacks):
        where = listed([enough(held, style) for held in lacks], say(" and "))
        change = say("passes {where}", where=where)
    beside = _overload(option) if names & _MESSAGES else ""
    if change is None or not beside:
        return change or beside
    return say("{reason}: {change}", reason=beside, change=change)


def _overload(option: Evaluation) -> str:
    """More work than people have hours for, in the phase where it is worst; "" where nowhere."""
    found = []
    for season in [each for phase in option.phases for each in phase.seasons]:
        team = season.team
        messages = overload(team)
        if messages is not None:
            found.append((messages.hours, messages.capacity, True, season.name))
        able = sum([resource.capacity for resource in team.resources])
        if 0 < able * _TOO_MUCH < team.work.of_people:
            found.append((team.work.of_people, able, False, season.name))
    if not found:
        return ""
    hours, able, messages_only, when = max(found, key=lambda each: each[0] - each[1])
    places = {"hours": format_number(hours, 1), "able": format_number(able, 1)}
    if messages_only:
        text = say("{hours} h of messages a week for {able} h of people", **places)
    else:
        text = say("{hours} h of work a week for {able} h of people", **places)
    return say("in {season} {what}", season=when, what=text) if when else text


# More hours or people -----------------------------------------------------------------------------


def _more_work(option: Evaluation, held: RequirementResult, setting: Setting) -> str | None:
    """The hours or people with which enough work is done; None where those of no one source do."""
    phase = option.phases[held.phase or 0]
    # On average over seasons, what the worst of them lacks is more than enough.
    works = [each.team.work for each in phase.seasons if held.season in ("", each.name)]
    missing = max([held.limit * work.needed - work.done for work in works])
    for words, changed in _stronger(option.option, phase, missing, setting):
        if not missed(requirements(setting.scenario.require, evaluate(changed, setting))):
            return say("needs {what}", what=words)
    return None


def _stronger(
    option: Option, phase: PlannedPhase, missing: float, setting: Setting
) -> Iterator[tuple[str, Option]]:
    """An option in which one source has time for some more hours of work a week, and how."""
    full_time = float(setting.country.value("full_time_hours"))
    members = {source.name: source for each in option.phases for source in each.sources}
    for resource in phase.resources:
        source = members[resource.name]
        if not 0 < resource.capacity < inf:
            continue
        if isinstance(source, OnPayroll) and isinstance(source.headcount, int):
            weekly, people = source.weekly_hours, source.headcount
            extra = _up(missing * weekly * people / resource.capacity)
            if weekly + extra / people <= full_time + _NOISE:
                hours = _scaled(source.hours, (weekly + extra / people) / weekly)
                longer = source.changed(hours=hours).varied_from(source)
                yield _hours_of(extra, source), _with(option, longer)
            heads = ceil(missing * people / resource.capacity - _NOISE)
            words = counted(
                heads,
                "{count} person more like {source}",
                "{count} people more like {source}",
                source=source.label,
            )
            yield words, _with(option, source.changed(headcount=people + heads))
        elif isinstance(source, Provider) and source.max_hours is not None:
            extra = _up(missing)
            share = (resource.capacity + extra) / resource.capacity
            freer = source.changed(max_hours=_scaled(source.max_hours, share))
            yield _hours_of(extra, source), _with(option, freer)


def _hours_of(extra: float, source: Source) -> str:
    hours = format_number(extra, 1)
    return say("{hours} h a week more of {source}", hours=hours, source=source.label)


def _up(hours: float) -> float:
    """Hours to the next tenth."""
    return ceil(hours * 10 - _NOISE) / 10


def _scaled(hours: Hours, by: float) -> Hours:
    return hours._replace(amount=float(hours.amount) * by)


def _with(option: Option, changed: Source) -> Option:
    """An option with another source of that name."""
    phases = [
        phase.changed(
            sources=tuple([changed if s.name == changed.name else s for s in phase.sources])
        )
        for phase in option.phases
    ]
    return option.changed(phases=tuple(phases))


# A lower price ------------------------------------------------------------------------------------


def _lower_price(option: Evaluation, setting: Setting, style: Style) -> str | None:
    """The price with which an option costs no more than is allowed; None where no one does."""
    scenario = setting.scenario
    lacks = missed(requirements(scenario.require, option))
    months = {"month": scenario.horizon}
    excess = max(
        ((held.value or 0.0) - held.limit) * months.get(held.unit, 1.0) * 100 for held in lacks
    )
    named = by_path(scenario)
    resting = cents_by_ref(ledger(evaluated(named, [option.name])[option.name].costs))
    prices = [each for each in resting_on(named, resting) if each.unit.startswith(named.currency)]
    for each in sorted(prices, key=lambda each: (-resting[each.ref], each.path))[:_TRIED]:
        step = step_of(each)
        value = floor(each.value * (1 - excess / resting[each.ref]) / step) * step
        if not max(each.low, step) <= value < each.value:
            continue
        moved = put(scenario, {each.path: round(value, 2)})
        found = evaluated(moved, [option.name])[option.name]
        if not missed(requirements(moved.require, found)):
            today = quantity(each.value, each.unit, style)
            place = quantity(value, each.unit, style, exact=True)
            return say(
                "needs {place} as {input} ({today} today)",
                place=place,
                input=in_words(each.path, scenario),
                today=today,
            )
    return None
