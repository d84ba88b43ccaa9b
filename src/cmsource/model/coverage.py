"""Resources at work together: what they do in a week, and the figures of coverage."""

from collections.abc import Sequence
from math import prod

from cmsource.model.queueing.answering import Answers, answers
from cmsource.model.resource import Resource
from cmsource.model.timeline import teams
from cmsource.model.work import Allocation, allocate
from cmsource.results.comparison import Coverage
from cmsource.scenario.needs import Needs
from cmsource.values.later import once
from cmsource.values.week import Week


class Team:
    """Resources at work together, in steady state; each figure is worked out when it is asked for.

    Args:
        resources: who is at work, independent of each other, in the option's order.
        needs: what the job is.
        office: office hours.
    """

    def __init__(self, resources: tuple[Resource, ...], needs: Needs, office: Week) -> None:
        self.resources = resources
        self.needs = needs
        self._office = office

    @once
    def work(self) -> Allocation:
        """What they do in a week."""
        return allocate(self.resources, self.needs, self._office)

    @once
    def answers(self) -> Answers | None:
        """What becomes of the messages; None where none come."""
        return answers(self.resources, self.needs)

    @once
    def answered_in_time(self) -> float | None:
        """Share of the messages that are answered in time, which takes longest to work out."""
        return None if self.answers is None else self.answers.in_time()

    @once
    def watched(self) -> float:
        """Mean over the cover of the chance that somebody is there: 1 − Π(1 − πᵢ on duty)."""
        return self._watched([resource.nobody for resource in self.resources])

    def _watched(self, nobody: Sequence[float]) -> float:
        """The same for the chances that none of each resource is there."""
        minutes = self.needs.cover.minutes
        if not minutes:
            return 0.0
        total = 0.0
        for length, there in teams(self.needs.cover, tuple([r.duty for r in self.resources])):
            total += length * (1 - prod([nobody[index] for index in there]))
        return total / minutes

    @once
    def continuity(self) -> float | None:
        """Share of `watched` that remains without the one person who matters most.

        None where nothing is watched in the first place.
        """
        whole = self.watched
        if whole <= 0:
            return None
        nobody = [resource.nobody for resource in self.resources]
        remains = [
            self._watched([*nobody[:index], resource.nobody_less_one, *nobody[index + 1 :]]) / whole
            for index, resource in enumerate(self.resources)
            if not resource.replaced
        ]
        return min(1.0, *remains) if remains else 1.0

    @once
    def work_done(self) -> float | None:
        """Share of the work needed that is done; None where none is."""
        work = self.work
        return work.done / work.needed if work.needed > 0 else None

    @once
    def skills_met(self) -> float | None:
        """Share of the skills needed that somebody has; None where none are."""
        needed = self.needs.skills
        if not needed:
            return None
        skills = frozenset().union(*[resource.skills for resource in self.resources])
        return sum([skill in skills for skill in needed]) / len(needed)

    @once
    def in_house(self) -> float | None:
        """Share of the work done that people of the company do; None where none is done."""
        work = self.work
        ours = [u.total for r, u in zip(self.resources, work.usage, strict=True) if r.in_house]
        return sum(ours) / work.done if work.done > 0 else None

    @once
    def idle(self) -> float:
        """Share of paid contract hours without work; 0 where none are paid."""
        paid = sum([resource.contract for resource in self.resources])
        unused = [
            max(0.0, resource.capacity - usage.total)
            for resource, usage in zip(self.resources, self.work.usage, strict=True)
            if resource.contract > 0
        ]
        return sum(unused) / paid if paid > 0 else 0.0

    @once
    def utilisation(self) -> float | None:
        """A week's message work over the week's capacity on duty, ∫E[N(t)]dt; None for neither."""
        messages = self.needs.messages
        reactive = messages.weekly_hours if messages is not None else 0.0
        capacity = sum([r.depth * (1 - r.absent) * r.duty.hours for r in self.resources])
        return reactive / capacity if reactive > 0 and capacity > 0 else None

    def coverage(self, live_after: float) -> Coverage:
        """Every figure of coverage.

        Args:
            live_after: months until everybody of the option's first phase is at work.
        """
        return Coverage(
            watched=self.watched,
            answered_in_time=self.answered_in_time,
            work_done=self.work_done,
            skills_met=self.skills_met,
            continuity=self.continuity,
            in_house=self.in_house,
            idle=self.idle,
            utilisation=self.utilisation,
            live_after_months=live_after,
        )
