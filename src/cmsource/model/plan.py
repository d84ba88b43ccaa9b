"""An option unrolled over the horizon: phases, who is new in each, who is there when."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cmsource.model.kinds import translate
from cmsource.model.resource import Resource, Usage
from cmsource.model.setting import Setting
from cmsource.model.work import Allocation, allocate
from cmsource.scenario import Option


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
        resources: who is there.
        work: what they do in a week.
    """

    start: float
    end: float
    resources: tuple[Resource, ...]
    work: Allocation

    @property
    def months(self) -> float:
        """Its length."""
        return self.end - self.start

    @property
    def usage(self) -> Mapping[str, Usage]:
        """What each resource does in a week, by name."""
        return dict(zip((r.name for r in self.resources), self.work.usage, strict=True))


class PlannedPhase(NamedTuple):
    """A phase with its members, their work in steady state, and the time until then in pieces."""

    start: float
    end: float
    members: tuple[Member, ...]
    work: Allocation
    stretches: tuple[Stretch, ...]

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources in steady state, in the option's order."""
        return tuple(member.resource for member in self.members)


def plan(option: Option, setting: Setting) -> tuple[PlannedPhase, ...]:
    """The phases of an option: leads count in the first one, ramps where a source is new."""
    phases: list[PlannedPhase] = []
    before: Mapping[str, Member] = {}
    for number, phase in enumerate(option.phases):
        members = []
        for source in phase.sources:
            resource = translate(source, setting)
            known = before.get(source.name)
            if known is not None:
                members.append(Member(resource, False, known.since, known.full_from))
                continue
            since = phase.start + (resource.lead if number == 0 else 0.0)
            members.append(Member(resource, True, since, since + resource.ramp))
        before = {member.resource.name: member for member in members}
        end = phase.start + phase.months
        work = allocate([m.resource for m in members], setting.scenario.needs, setting.office)
        stretches = _stretches(phase.start, end, members, work, setting)
        phases.append(PlannedPhase(phase.start, end, tuple(members), work, stretches))
    return tuple(phases)


def _stretches(
    start: float, end: float, members: Sequence[Member], steady: Allocation, setting: Setting
) -> tuple[Stretch, ...]:
    """A phase cut where somebody starts or reaches full capacity."""
    cuts = {start, end}
    for member in members:
        cuts |= {month for month in (member.since, member.full_from) if start < month < end}
    found = []
    for first, last in pairwise(sorted(cuts)):
        there = tuple(
            member.resource if first >= member.full_from else member.resource.halved()
            for member in members
            if first >= member.since
        )
        if len(there) == len(members) and all(first >= m.full_from for m in members):
            work = steady
        else:
            work = allocate(there, setting.scenario.needs, setting.office)
        found.append(Stretch(first, last, there, work))
    return tuple(found)
