"""Resources at work together: what they do in a week, and the figures of coverage."""

from collections.abc import Sequence
from functools import cached_property
from math import prod

from cmsource.model.departures import weeks_short
from cmsource.model.line.answers import Answers, answers
from cmsource.model.publishing import Published, published
from cmsource.model.regularity import regularity
from cmsource.model.resource import Resource, Usage, desks
from cmsource.model.timeline import teams
from cmsource.model.work import Allocation, allocate
from cmsource.results.coverage import Coverage
from cmsource.scenario.needs import Needs
from cmsource.values.week import Week


class Team:
    """Resources at work together, in steady state.

    Each figure is worked out once it is asked for: what becomes of the messages takes longer than
    everything else together, and neither who watches nor what is paid whatever is done rests on it.

    Args:
        resources: who is at work, independent of each other, in the option's order.
        needs: what the job is.
        office: office hours.
    """

    def __init__(self, resources: tuple[Resource, ...], needs: Needs, office: Week) -> None:
        self.resources = resources
        self.needs = needs
        self._office = office

    @cached_property
    def desks(self) -> tuple[Resource, ...]:
        """The resources by when they are there, on duty and on call."""
        return desks(self.resources)

    @cached_property
    def answers(self) -> Answers | None:
        """What becomes of the messages; None where none come."""
        return answers(self.desks, self.needs, self._office)

    @cached_property
    def work(self) -> Allocation:
        """What they do in a week."""
        return allocate(self.resources, self.needs, self.answers)

    def usage(self, place: int) -> Usage:
        """What one of the resources does in a week; of who can do no work, without all others."""
        resource = self.resources[place]
        if resource.is_idle:
            return allocate((resource,), self.needs, None).usage[0]
        return self.work.usage[place]

    @cached_property
    def _watch(self) -> "_Watch":
        return teams(self.needs.cover, tuple([post.duty for post in self.desks]))

    @cached_property
    def watched(self) -> float:
        """Mean over the cover of the chance that somebody is there: 1 − Π(1 − πᵢ on duty)."""
        nobody = [post.nobody for post in self.desks]
        return _watched(self._watch, nobody, self.needs.cover.minutes)

    @property
    def work_done(self) -> float | None:
        """Share of the work needed that is done; None where none is."""
        work = self.work
        return work.done / work.needed if work.needed > 0 else None

    @property
    def skills_met(self) -> float | None:
        """Share of the skills needed that somebody has; None where none are."""
        needed = self.needs.all_skills
        skills = frozenset().union(*[resource.skills for resource in self.resources])
        return sum([skill in skills for skill in needed]) / len(needed) if needed else None

    @cached_property
    def continuity(self) -> float | None:
        """Share of `watched` that remains without the one person who matters most.

        None where nothing is watched in the first place.
        """
        return _continuity(self.desks, self._watch, self.watched, self.needs.cover.minutes)

    @property
    def in_house(self) -> float | None:
        """Share of the work done that people of the company do; None where none is done."""
        done = self.work.done
        pairs = zip(self.resources, self.work.usage, strict=True)
        ours = [used.done for resource, used in pairs if resource.in_house]
        return sum(ours) / done if done > 0 else None

    @property
    def idle(self) -> float:
        """Share of paid contract hours without work; 0 where none are paid."""
        return _idle(self.resources, self.work)

    @property
    def utilisation(self) -> float | None:
        """A week's message work over the hours on duty, ∫E[N(t)]dt, of those who may take any.

        None for neither.
        """
        reactive = 0.0 if self.answers is None else self.answers.weekly_hours
        takers = [r for r in self.desks if r.largest_share("messages") > 0]
        capacity = sum([r.depth * (1 - r.absent) * r.duty.hours for r in takers])
        return reactive / capacity if reactive > 0 and capacity > 0 else None

    @property
    def answered(self) -> float | None:
        """Share of the messages that are ever answered; None where none come."""
        return None if self.answers is None else self.answers.answered

    @property
    def answered_in_time(self) -> float | None:
        """Share of the messages that are answered in time; None where none come."""
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
    posts: Sequence[Resource], watch: _Watch, watched: float, minutes: int
) -> float | None:
    if watched <= 0:
        return None
    nobody = [post.nobody for post in posts]
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
