"""The figures of coverage of a set of resources, in steady state."""

from collections.abc import Sequence
from math import prod

from cmsource.comparison import Coverage
from cmsource.model.resource import Resource
from cmsource.model.staffing import presence
from cmsource.model.timeline import teams
from cmsource.model.work import Allocation
from cmsource.scenario import Needs
from cmsource.week import Week


def watched(resources: Sequence[Resource], cover: Week, less_one: int | None = None) -> float:
    """Mean over the cover of the chance that somebody is there: 1 − Π(1 − πᵢ on duty).

    Args:
        resources: who is at work, independent of each other.
        cover: the hours to be watched.
        less_one: index of the resource of which one person is gone, if any.
    """
    if not cover.minutes:
        return 0.0
    nobody = [
        1 - presence(r.depth_less_one if i == less_one else r.depth, r.absent)
        for i, r in enumerate(resources)
    ]
    total = 0.0
    for minutes, team in teams(cover, tuple(r.duty for r in resources)):
        total += minutes * (1 - prod([nobody[i] for i in team]))
    return total / cover.minutes


def continuity(resources: Sequence[Resource], cover: Week) -> float | None:
    """Share of `watched` that remains without the one person who matters most.

    None where nothing is watched in the first place.
    """
    whole = watched(resources, cover)
    if whole <= 0:
        return None
    remains = [
        watched(resources, cover, less_one=index) / whole
        for index, resource in enumerate(resources)
        if not resource.replaced
    ]
    return min(1.0, *remains) if remains else 1.0


def utilisation(resources: Sequence[Resource], allocation_hours: float) -> float | None:
    """A week's message work over the week's capacity on duty, ∫E[N(t)]dt."""
    capacity = sum(r.depth * (1 - r.absent) * r.duty.hours for r in resources)
    return allocation_hours / capacity if capacity > 0 else None


def coverage(
    resources: Sequence[Resource],
    needs: Needs,
    work: Allocation,
    live_after: float,
    answered_in_time: float | None = None,
) -> Coverage:
    """Every figure of coverage of the resources of one phase."""
    done = work.done
    in_house = sum(u.total for r, u in zip(resources, work.usage, strict=True) if r.in_house)
    paid = sum(r.contract for r in resources)
    unused = sum(
        max(0.0, r.capacity - u.total)
        for r, u in zip(resources, work.usage, strict=True)
        if r.contract > 0
    )
    skills = frozenset().union(*(r.skills for r in resources))
    reactive = needs.messages.weekly_hours if needs.messages is not None else 0.0
    return Coverage(
        watched=watched(resources, needs.cover),
        answered_in_time=answered_in_time,
        work_done=done / work.needed if work.needed > 0 else None,
        skills_met=(
            sum(skill in skills for skill in needs.skills) / len(needs.skills)
            if needs.skills
            else None
        ),
        continuity=continuity(resources, needs.cover),
        in_house=in_house / done if done > 0 else None,
        idle=unused / paid if paid > 0 else 0.0,
        utilisation=utilisation(resources, reactive) if reactive > 0 else None,
        live_after_months=live_after,
    )
