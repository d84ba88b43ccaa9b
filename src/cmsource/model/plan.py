"""An option unrolled over the horizon: phases, who is new in each, who is there when."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from cmsource.model.coverage import Team
from cmsource.model.kinds import translated
from cmsource.model.memo import Memo
from cmsource.model.resource import Resource, Usage
from cmsource.model.setting import Setting
from cmsource.model.work import Allocation
from cmsource.scenario.options import Option
from cmsource.values.later import once


class Member(NamedTuple):
    """A resource in a phase; a source that goes on from the phase before keeps its dates.

    Attributes:
        resource: who.
        is_new: whether it was not there in the phase before.
        since: month at which it starts to work, maybe after the end of the phase.
        full_from: month from which its capacity counts whole.
    """

    resource: Resource
    is_new: bool
    since: float
    full_from: float


class Stretch(NamedTuple):
    """Months of a phase in which the same resources are there, some at half capacity.

    Attributes:
        start: first month.
        end: month after the last.
        team: who is there, and what they do; of their costs, the members of the phase know.
    """

    start: float
    end: float
    team: Team

    @property
    def months(self) -> float:
        """Its length."""
        return self.end - self.start

    @property
    def work(self) -> Allocation:
        """What they do in a week."""
        return self.team.work

    def usage(self, name: str) -> Usage | None:
        """What a resource does in a week; None when it is not there."""
        for place, resource in enumerate(self.team.resources):
            if resource.name == name:
                return self.work.usage[place]
        return None


class _Phase(NamedTuple):
    start: float
    end: float
    members: tuple[Member, ...]
    team: Team
    setting: Setting


class PlannedPhase(_Phase):
    """A phase with its members, their work in steady state, and the time until then in pieces.

    Attributes:
        start: first month.
        end: month after the last.
        members: in the option's order.
        team: the same in steady state; of their costs, the members know.
        setting: what they were planned for.
    """

    @property
    def resources(self) -> tuple[Resource, ...]:
        """What the members do and cover in steady state; of their costs, the members know."""
        return self.team.resources

    @property
    def work(self) -> Allocation:
        """What they do in a week then."""
        return self.team.work

    @once
    def is_steady(self) -> bool:
        """Whether everybody is at work, at full capacity, from the first month on."""
        return all(member.full_from <= self.start for member in self.members)

    @once
    def stretches(self) -> tuple[Stretch, ...]:
        """The time of the phase in order, cut where somebody starts or reaches full capacity."""
        start, end, members, steady, setting = self
        cuts = {start, end}
        for member in members:
            for month in (member.since, member.full_from):
                if start < month < end:
                    cuts.add(month)
        found = []
        for first, last in pairwise(sorted(cuts)):
            if all(first >= member.full_from for member in members):
                found.append(Stretch(first, last, steady))
                continue
            there = tuple(
                [
                    resource if first >= member.full_from else resource.halved
                    for member, resource in zip(members, steady.resources, strict=True)
                    if first >= member.since
                ]
            )
            found.append(Stretch(first, last, _team(there, setting)))
        return tuple(found)


def plan(option: Option, setting: Setting) -> tuple[PlannedPhase, ...]:
    """The phases of an option: leads count in the first one, ramps where a source is new."""
    phases: list[PlannedPhase] = []
    before: Mapping[str, Member] = {}
    for number, phase in enumerate(option.phases):
        members, there = [], []
        for source in phase.sources:
            resource, alike = translated(source, setting)
            there.append(alike)
            known = before.get(source.name)
            if known is not None:
                members.append(Member(resource, False, known.since, known.full_from))
                continue
            since = phase.start + (resource.lead if number == 0 else 0.0)
            members.append(Member(resource, True, since, since + resource.ramp))
        before = {member.resource.name: member for member in members}
        team = _team(tuple(there), setting)
        end = phase.start + phase.months
        phases.append(PlannedPhase(phase.start, end, tuple(members), team, setting))
    return tuple(phases)


_teams: Memo[Team] = Memo(64)


def _team(there: tuple[Resource, ...], setting: Setting) -> Team:
    """Resources at work together; people who cost something else do and cover the same."""
    needs, office = setting.scenario.needs, setting.office
    return _teams((needs, office, *there), 0, lambda: Team(there, needs, office))
