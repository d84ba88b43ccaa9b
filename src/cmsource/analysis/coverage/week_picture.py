"""The week of an option hour by hour: who is there, what stays uncovered, when messages come.

Everything is exact: the week is cut where a duty, the cover or an hour begins or ends, so that a
duty of half an hour counts as half of its hour.
"""

from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

from cmsource.analysis.coverage.month import one_month
from cmsource.model.line.answers import Answers
from cmsource.model.plan import PlannedPhase, plan
from cmsource.model.resource import Resource, desks
from cmsource.model.setting import setting_of
from cmsource.model.staffing import presence
from cmsource.model.timeline import pieces
from cmsource.model.uncovered import on_watch, uncovered
from cmsource.scenario.arrivals import profile_weights, share_within
from cmsource.scenario.needs import Needs
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.values.week import EMPTY, Week

HOURS = 168


class Hour(NamedTuple):
    """One hour of the week; shares of its length, from 0 to 1.

    Attributes:
        asked: share of it that is in the cover.
        there: chance that somebody is there, on average over the hour.
        watched: share of it that is in the cover, times the chance that somebody is there then.
        uncovered: share of it that is in the cover and in which nobody is on duty.
        messages: messages that come in it; 0 where the scenario has none.
        backlog: work that waits for an answer in it, on average, in hours of one person.
        on_duty: who is on duty in it, for any part of it, in the option's order.
    """

    asked: float
    there: float
    watched: float
    uncovered: float
    messages: float
    backlog: float
    on_duty: tuple[str, ...]


class OnDuty(NamedTuple):
    """When a source is there, and the chance that at least one of its people is there then.

    Attributes:
        duty: hours of the week on duty.
        presence: the chance in them.
        on_call: hours of the week on call.
        presence_on_call: the chance in those.
        at_once: share of the messages that it answers at once and for good, where it is software.
    """

    duty: Week
    presence: float
    on_call: Week = EMPTY
    presence_on_call: float = 0.0
    at_once: float | None = None


class PhaseWeek(NamedTuple):
    """The week of one phase in steady state.

    Attributes:
        from_month: first month.
        months: length.
        hours: the 168 hours from Monday 00:00.
        sources: the sources by name, in the option's order.
        uncovered: the minutes of the cover in which nobody is on duty.
        unattended: share of the messages that come while nobody is on duty; None without any.
        resources: the sources as the model has them.
        answers: what becomes of the messages, by chance; None without any.
    """

    from_month: float
    months: float
    hours: tuple[Hour, ...]
    sources: Mapping[str, OnDuty]
    uncovered: Week
    unattended: float | None
    resources: tuple[Resource, ...]
    answers: Answers | None

    @property
    def watched(self) -> float | None:
        """Mean over the cover of the chance that somebody is there; None without cover."""
        asked = sum(hour.asked for hour in self.hours)
        return sum(hour.watched for hour in self.hours) / asked if asked > 0 else None


class OptionWeek(NamedTuple):
    """The weeks of an option, one for each phase."""

    name: str
    label: str
    phases: tuple[PhaseWeek, ...]


def weeks(scenario: Scenario) -> tuple[OptionWeek, ...]:
    """The weeks of all options of a scenario, in its order, in an ordinary month of its year."""
    scenario = one_month(scenario).scenario
    setting = setting_of(scenario)
    return tuple(_option(option, plan(option, setting)) for option in scenario.options)


def _option(option: Option, phases: Sequence[PlannedPhase]) -> OptionWeek:
    return OptionWeek(option.name, option.label, tuple(_phase(phase) for phase in phases))


def _phase(phase: PlannedPhase) -> PhaseWeek:
    resources, needs = phase.resources, phase.team.needs
    messages = needs.messages
    unattended = None
    weekly = 0.0 if messages is None else messages.weekly
    if messages is not None and weekly > 0:
        unattended = share_within(messages.profile, on_watch(resources).complement())
    return PhaseWeek(
        phase.start,
        phase.end - phase.start,
        hours(resources, needs, phase.team.answers),
        {
            r.name: _on_duty(r)
            if r.software is None
            else OnDuty(r.software.duty, 0.0, at_once=used.answered / weekly if weekly > 0 else 0.0)
            for r, used in zip(resources, phase.team.work.usage, strict=True)
        },
        uncovered(resources, needs.cover),
        unattended,
        resources,
        phase.team.answers,
    )


def _on_duty(resource: Resource) -> OnDuty:
    there = OnDuty(resource.duty, presence(resource.depth, resource.absent))
    standby = resource.standby
    if standby is None:
        return there
    chance = presence(standby.depth, resource.absent)
    return there._replace(on_call=standby.hours, presence_on_call=chance)


def hours(
    resources: Sequence[Resource], needs: Needs, answers: Answers | None = None
) -> tuple[Hour, ...]:
    """The hours of the week of some resources, who are independent of each other."""
    posts = desks(resources)
    nobody = [1 - presence(post.depth, post.absent) for post in posts]
    asked, there, watched, bare = ([0.0] * HOURS for _ in range(4))
    names: list[set[int]] = [set() for _ in range(HOURS)]
    grid = Week(tuple((60 * hour, 60 * hour + 60) for hour in range(0, HOURS, 2)))
    for start, end, sets in pieces((grid, needs.cover, *(post.duty for post in posts))):
        # Every other hour is in the grid, so no piece goes past the end of an hour.
        hour, length = start // 60, (end - start) / 60
        team = [index - 2 for index in sets if index >= 2]
        chance = 1 - prod(nobody[index] for index in team)
        there[hour] += length * chance
        names[hour].update(team)
        if 1 in sets:
            asked[hour] += length
            watched[hour] += length * chance
            bare[hour] += length if chance <= 0 else 0.0
    waits = answers.waiting if answers is not None else (0.0,) * HOURS
    work = answers.service / 60 if answers is not None else 0.0
    weekly = needs.messages.weekly if needs.messages is not None else 0.0
    weights = profile_weights(needs.messages.profile) if needs.messages is not None else ()
    return tuple(
        Hour(
            asked[hour],
            there[hour],
            watched[hour],
            bare[hour],
            weekly * weights[hour] if weights else 0.0,
            waits[hour] * work,
            tuple(dict.fromkeys(posts[index].name for index in sorted(names[hour]))),
        )
        for hour in range(HOURS)
    )
