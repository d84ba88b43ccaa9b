"""One moment of the week: who is on duty, and when a message that comes then is answered."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

from cmsource.analysis.coverage.week_picture import OptionWeek, PhaseWeek
from cmsource.model.resource import Resource, desks
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
        on_duty: who is on duty or on call.
        on_call: those of them who are on call.
        there: chance that somebody of those is there.
        wait: minutes until somebody is on duty who answers a message; None when nobody does.
        half: minutes within which a message that comes then is as likely to be answered as not;
            None where it is more likely never to be, or none come.
        by: who gives it: the sources that are the first to be on duty, in the option's order.
        chance: chance that one of them is there.
        escalations: what takes longer because it has to be asked about.
        in_time: chance that a message that comes then is answered in time; None where none come.
        at_once: the part of it that software gives.
        waiting: hours of work that wait then, on average.
    """

    from_month: float
    months: float
    asked: bool
    on_duty: tuple[str, ...]
    on_call: tuple[str, ...]
    there: float
    wait: float | None
    half: float | None
    by: tuple[str, ...]
    chance: float
    escalations: tuple[Escalation, ...]
    in_time: float | None
    at_once: float = 0.0
    waiting: float = 0.0


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
    posts = desks(phase.resources)
    now = [each for each in posts if each.duty.contains(minute) and each.nobody < 1]
    waits = [
        (wait + each.answer_delay, each)
        for each in posts
        if _answers(each) and (wait := each.duty.next_on(minute)) is not None
    ]
    soonest = min([wait for wait, _ in waits], default=None)
    by = [each for wait, each in waits if wait == soonest]
    return Moment(
        phase.from_month,
        phase.months,
        scenario.needs.cover.contains(minute),
        _names(now),
        _names([each for each in now if each.on_call]),
        _somebody(now),
        soonest,
        None if phase.answers is None else phase.answers.half_at(minute),
        _names(by),
        _somebody(by),
        tuple(
            Escalation(name, source.escalates, (soonest or 0.0) + source.escalation_delay)
            for name in _names(by)
            if (source := sources[name]).escalates > 0
        ),
        None if phase.answers is None else phase.answers.chance_at(minute),
        0.0
        if phase.answers is None
        else phase.answers.at_once_at(minute, scenario.needs.answer_within),
        0.0 if phase.answers is None else phase.answers.waiting_at(minute) / 60,
    )


def _answers(resource: Resource) -> bool:
    """Whether a resource answers messages at all."""
    there = presence(resource.depth, resource.absent) > 0
    return there and resource.largest_share("messages") > 0 and resource.capacity > 0


def _names(posts: Sequence[Resource]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(post.name for post in posts))


def _somebody(posts: Sequence[Resource]) -> float:
    """Chance that one of some sources is there."""
    return 1 - prod(post.nobody for post in posts)
