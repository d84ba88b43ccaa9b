"""Resources at work together: what they do in a week, and the figures of coverage."""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from cmsource.model.departures import weeks_short
from cmsource.model.line.answers import Answers, answers
from cmsource.model.publishing import Published, published
from cmsource.model.regularity import regularity
from cmsource.model.resource import Resource, desks
from cmsource.model.timeline import teams
from cmsource.model.work import Allocation, allocate
from cmsource.results.coverage import Coverage
from cmsource.scenario.needs import Needs
from cmsource.values.week import Week


class Team(NamedTuple):
    """Resources at work together, in steady state.

    Attributes:
        resources: who is at work, independent of each other, in the option's order.
        desks: the same by when they are there, on duty and on call.
        needs: what the job is.
        answers: what becomes of the messages; None where none come.
        work: what they do in a week.
        watched: mean over the cover of the chance that somebody is there: 1 − Π(1 − πᵢ on duty).
        work_done: share of the work needed that is done; None where none is.
        skills_met: share of the skills needed that somebody has; None where none are.
        continuity: share of `watched` that remains without the one person who matters most; None
            where nothing is watched in the first place.
        in_house: share of the work done that people of the company do; None where none is done.
        idle: share of paid contract hours without work; 0 where none are paid.
        utilisation: a week's message work over the week's capacity on duty, ∫E[N(t)]dt; None for
            neither.
    """

    resources: tuple[Resource, ...]
    desks: tuple[Resource, ...]
    needs: Needs
    answers: Answers | None
    work: Allocation
    watched: float
    work_done: float | None
    skills_met: float | None
    continuity: float | None
    in_house: float | None
    idle: float
    utilisation: float | None

    @property
    def answered(self) -> float | None:
        """Share of the messages that are ever answered; None where none come."""
        return None if self.answers is None else self.answers.answered

    @property
    def answered_in_time(self) -> float | None:
        """Share of the messages that are answered in time; None where none come.

        It takes longer than everything else together, and is worked out once it is asked for.
        """
        return None if self.answers is None else self.answers.in_time

    @property
    def published(self) -> Published:
        """What they do of what goes out."""
        return published(self.resources, self.needs, self.work)

    @property
    def in_house_material(self) -> float | None:
        """Share of what goes out that has in-house material; None where nothing does."""
        return self.published.in_house_material

    @property
    def approval_days(self) -> float | None:
        """Days until what is made is approved, on average; None where nothing goes out."""
        return self.published.approval_days

    @property
    def regularity(self) -> float | None:
        """Share of the weeks in which all that is to go out does; None where nothing is to."""
        return regularity(self.resources, self.needs, self.work.usage)

    @property
    def weeks_short(self) -> float:
        """Weeks a year in which a post is short because somebody left."""
        return weeks_short(self.resources)


def team_of(resources: tuple[Resource, ...], needs: Needs, office: Week) -> Team:
    """Some resources as a team.

    Args:
        resources: who is at work, in the option's order.
        needs: what the job is.
        office: office hours.
    """
    posts = desks(resources)
    becomes = answers(posts, needs, office)
    work = allocate(resources, needs, becomes)
    done = work.done
    watch = teams(needs.cover, tuple([post.duty for post in posts]))
    nobody = [post.nobody for post in posts]
    watched = _watched(watch, nobody, needs.cover.minutes)
    skills = frozenset().union(*[resource.skills for resource in resources])
    needed = needs.all_skills
    ours = [u.done for r, u in zip(resources, work.usage, strict=True) if r.in_house]
    reactive = 0.0 if becomes is None else becomes.weekly_hours
    capacity = sum([r.depth * (1 - r.absent) * r.duty.hours for r in posts])
    return Team(
        resources=resources,
        desks=posts,
        needs=needs,
        answers=becomes,
        work=work,
        watched=watched,
        work_done=done / work.needed if work.needed > 0 else None,
        skills_met=(sum([skill in skills for skill in needed]) / len(needed) if needed else None),
        continuity=_continuity(posts, watch, nobody, watched, needs.cover.minutes),
        in_house=sum(ours) / done if done > 0 else None,
        idle=_idle(resources, work),
        utilisation=reactive / capacity if reactive > 0 and capacity > 0 else None,
    )


_Watch = Sequence[tuple[int, tuple[int, ...]]]
"""Minutes of the cover by who is on duty in them."""


def _watched(watch: _Watch, nobody: Sequence[float], minutes: int) -> float:
    """Mean chance over the cover that somebody is there.

    Args:
        watch: who is on duty when.
        nobody: the chance of each that none of it is there in an hour of duty.
        minutes: length of the cover.
    """
    if not minutes:
        return 0.0
    total = 0.0
    for length, there in watch:
        total += length * (1 - prod([nobody[index] for index in there]))
    return total / minutes


def _continuity(
    posts: Sequence[Resource],
    watch: _Watch,
    nobody: list[float],
    watched: float,
    minutes: int,
) -> float | None:
    if watched <= 0:
        return None
    remains = []
    for name in dict.fromkeys([post.name for post in posts if not post.replaced]):
        less = [
            post.nobody_less_one if post.name == name else alone
            for post, alone in zip(posts, nobody, strict=True)
        ]
        remains.append(_watched(watch, less, minutes) / watched)
    return min(1.0, *remains) if remains else 1.0


def _idle(resources: Sequence[Resource], work: Allocation) -> float:
    paid = sum([resource.contract for resource in resources])
    unused = [
        max(0.0, resource.capacity - usage.on_duty)
        for resource, usage in zip(resources, work.usage, strict=True)
        if resource.contract > 0
    ]
    return sum(unused) / paid if paid > 0 else 0.0


def coverage_of(team: Team, live: float) -> Coverage:
    """Every figure of coverage.

    Args:
        team: who is at work.
        live: months until everybody of the option's first phase is at work.
    """
    return Coverage(
        watched=team.watched,
        answered_in_time=team.answered_in_time,
        answered=team.answered,
        work_done=team.work_done,
        skills_met=team.skills_met,
        continuity=team.continuity,
        in_house=team.in_house,
        idle=team.idle,
        utilisation=team.utilisation,
        live_after_months=live,
        in_house_material=team.in_house_material,
        regularity=team.regularity,
        weeks_short=team.weeks_short,
        approval_days=team.approval_days,
    )
