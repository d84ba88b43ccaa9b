"""An option unrolled over the horizon: phases, who is new in each, who is there when."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from cmsource.later import Later
from cmsource.model.kinds import translate
from cmsource.model.memo import Memo
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
        resources: who is there; of their costs, the members of the phase know.
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

    def usage(self, name: str) -> Usage | None:
        """What a resource does in a week; None when it is not there."""
        for resource, usage in zip(self.resources, self.work.usage, strict=True):
            if resource.name == name:
                return usage
        return None


class PlannedPhase(NamedTuple):
    """A phase with its members, their work in steady state, and the time until then in pieces.

    Attributes:
        start: first month.
        end: month after the last.
        members: in the option's order.
        resources: what they do and cover in steady state; of their costs, the members know.
        work: what they do in a week then.
        pieces: the time of the phase in pieces; only what is billed by work asks for them.
    """

    start: float
    end: float
    members: tuple[Member, ...]
    resources: tuple[Resource, ...]
    work: Allocation
    pieces: Later[tuple[Stretch, ...]]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The time of the phase in pieces, in order."""
        return self.pieces()

    @property
    def is_steady(self) -> bool:
        """Whether everybody is at work, at full capacity, from the first month on."""
        return all(member.full_from <= self.start for member in self.members)


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
        there = tuple([member.resource.alike for member in members])
        work = _allocated(there, setting)
        pieces = partial(_stretches, phase.start, end, members, there, work, setting)
        phases.append(PlannedPhase(phase.start, end, tuple(members), there, work, Later(pieces)))
    return tuple(phases)


_allocations: Memo[Allocation] = Memo(64)


def _allocated(there: tuple[Resource, ...], setting: Setting) -> Allocation:
    """What resources do in a week; people who cost something else do the same."""
    needs, office = setting.scenario.needs, setting.office
    return _allocations((needs, office, *there), 0, lambda: allocate(there, needs, office))


def _stretches(
    start: float,
    end: float,
    members: Sequence[Member],
    steady: tuple[Resource, ...],
    work: Allocation,
    setting: Setting,
) -> tuple[Stretch, ...]:
    """A phase cut where somebody starts or reaches full capacity."""
    cuts = {start, end}
    for member in members:
        for month in (member.since, member.full_from):
            if start < month < end:
                cuts.add(month)
    found = []
    for first, last in pairwise(sorted(cuts)):
        if all(first >= member.full_from for member in members):
            found.append(Stretch(first, last, steady, work))
            continue
        there = tuple(
            [
                resource if first >= member.full_from else resource.halved()
                for member, resource in zip(members, steady, strict=True)
                if first >= member.since
            ]
        )
        found.append(Stretch(first, last, there, _allocated(there, setting)))
    return tuple(found)
