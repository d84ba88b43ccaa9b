"""One moment of the week: who is on duty, and when a message that comes then is answered."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

from cmsource.analysis.coverage.week_picture import OptionWeek, PhaseWeek
from cmsource.model.resource import Resource
from cmsource.model.staffing import presence
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source


class Escalation(NamedTuple):
    """Messages that a source has to ask the company about.

    Attributes:
        source: who.
        share: of the messages that it answers.
        minutes: until those are answered, from the moment on.
    """

    source: str
    share: float
    minutes: float


class Moment(NamedTuple):
    """One moment of a phase.

    Attributes:
        from_month: first month of the phase.
        months: its length.
        asked: whether it is in the cover.
        on_duty: who is on duty.
        there: chance that somebody of those is there.
        wait: minutes until somebody is on duty who answers a message; None when nobody does.
        half: minutes within which a message that comes then is as likely to be answered as not;
            None where it is more likely never to be, or none come.
        by: who gives it: the sources that are the first to be on duty, in the option's order.
        chance: chance that one of them is there.
        escalations: what takes longer because it has to be asked about.
        in_time: chance that a message that comes then is answered in time; None where none come.
    """

    from_month: float
    months: float
    asked: bool
    on_duty: tuple[str, ...]
    there: float
    wait: float | None
    half: float | None
    by: tuple[str, ...]
    chance: float
    escalations: tuple[Escalation, ...]
    in_time: float | None


class OptionMoment(NamedTuple):
    """One moment of an option, for each of its phases."""

    name: str
    label: str
    phases: tuple[Moment, ...]


def moments(scenario: Scenario, weeks: Sequence[OptionWeek], minute: int) -> list[OptionMoment]:
    """What a minute of the week is like in each option.

    Args:
        scenario: the scenario.
        weeks: the weeks of its options, in its order.
        minute: the minute, from Monday 00:00.
    """
    found = []
    for option, week in zip(scenario.options, weeks, strict=True):
        phases = tuple(
            _moment(part, {source.name: source for source in phase.sources}, scenario, minute)
            for phase, part in zip(option.phases, week.phases, strict=True)
        )
        found.append(OptionMoment(option.name, option.label, phases))
    return found


def _moment(
    phase: PhaseWeek, sources: Mapping[str, Source], scenario: Scenario, minute: int
) -> Moment:
    present = {r.name: presence(r.depth, r.absent) for r in phase.resources}
    now = tuple(r.name for r in phase.resources if r.duty.contains(minute) and present[r.name] > 0)
    waits = {
        r.name: wait + sources[r.name].answer_delay
        for r in phase.resources
        if _answers(r) and (wait := r.duty.next_on(minute)) is not None
    }
    soonest = min(waits.values(), default=None)
    by = tuple(name for name, wait in waits.items() if wait == soonest)
    return Moment(
        phase.from_month,
        phase.months,
        scenario.needs.cover.contains(minute),
        now,
        _somebody(now, present),
        soonest,
        None if phase.answers is None else phase.answers.half_at(minute),
        by,
        _somebody(by, present),
        tuple(
            Escalation(name, source.escalates, waits[name] + source.escalation_delay)
            for name in by
            if (source := sources[name]).escalates > 0
        ),
        None if phase.answers is None else phase.answers.chance_at(minute),
    )


def _answers(resource: Resource) -> bool:
    """Whether a resource answers messages at all."""
    there = presence(resource.depth, resource.absent) > 0
    return there and resource.largest_share("messages") > 0 and resource.capacity > 0


def _somebody(names: Sequence[str], present: Mapping[str, float]) -> float:
    """Chance that one of some sources is there."""
    return 1 - prod(1 - present[name] for name in names)
