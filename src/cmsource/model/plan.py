"""An option unrolled over the horizon: phases, who is new in each, who is there when."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cmsource.model.kinds import translate
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.model.work import Allocation, allocate
from cmsource.scenario import Option


class Member(NamedTuple):
    """A resource in a phase.

    Attributes:
        resource: who.
        is_new: whether it was not there in the phase before.
        since: month at which it starts to work.
        full_from: month from which its capacity counts whole.
    """

    resource: Resource
    is_new: bool
    since: float
    full_from: float


class PlannedPhase(NamedTuple):
    """A phase with its members and their work in steady state."""

    start: float
    end: float
    members: tuple[Member, ...]
    work: Allocation

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources in steady state, in the option's order."""
        return tuple(member.resource for member in self.members)


class Stretch(NamedTuple):
    """Months of a phase in which the same resources are there, some at half capacity."""

    months: float
    resources: tuple[Resource, ...]
    work: Allocation


def plan(option: Option, setting: Setting) -> tuple[PlannedPhase, ...]:
    """The phases of an option: leads count in the first one, ramps where a source is new."""
    phases: list[PlannedPhase] = []
    before: frozenset[str] = frozenset()
    for number, phase in enumerate(option.phases):
        end = phase.start + phase.months
        members = []
        for source in phase.sources:
            resource = translate(source, setting)
            is_new = source.name not in before
            lead = resource.lead if number == 0 else 0.0
            since = min(end, phase.start + lead)
            full = min(end, since + (resource.ramp if is_new else 0.0))
            members.append(Member(resource, is_new, since, full))
        before = frozenset(source.name for source in phase.sources)
        resources = [member.resource for member in members]
        work = allocate(resources, setting.scenario.needs, setting.office)
        phases.append(PlannedPhase(phase.start, end, tuple(members), work))
    return tuple(phases)


def stretches(phase: PlannedPhase, setting: Setting) -> Iterator[Stretch]:
    """A phase cut where somebody starts or reaches full capacity."""
    cuts = {phase.start, phase.end}
    for member in phase.members:
        cuts |= {member.since, member.full_from}
    points = sorted(cuts)
    for start, end in pairwise(points):
        there = tuple(
            member.resource if start >= member.full_from else member.resource.halved()
            for member in phase.members
            if start >= member.since
        )
        if there == phase.resources:
            work = phase.work
        else:
            work = allocate(there, setting.scenario.needs, setting.office)
        yield Stretch(end - start, there, work)
