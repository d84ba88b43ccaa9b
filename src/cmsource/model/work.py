"""Who does which work: messages as the line has it, then planned work by priority."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cmsource.model.line.answerer import which_read, who_answer
from cmsource.model.line.answers import Answers
from cmsource.model.line.call_outs import CallOuts, Terms, call_outs
from cmsource.model.resource import Part, Resource, Usage, desks
from cmsource.scenario.needs import Needs

_NEVER = 0.0, CallOuts(0.0, 0.0)


class Allocation(NamedTuple):
    """Work needed and done in a week, in hours.

    Attributes:
        usage: what each resource does, in the option's order.
        planned: hours of each planned activity that each resource does, in the same order.
        needed: all work.
        answered: share of the messages that somebody answers, sooner or later.
        of_people: hours that people need for all work that software leaves them.
    """

    usage: tuple[Usage, ...]
    planned: Mapping[str, Sequence[float]]
    needed: float
    answered: float
    of_people: float

    @property
    def done(self) -> float:
        """All work done."""
        return sum(usage.done for usage in self.usage)


def allocate(resources: Sequence[Resource], needs: Needs, answers: Answers | None) -> Allocation:
    """Allocate a week's work to the resources of a phase, in the option's order.

    Messages come before planned work; what one cannot do of an activity passes to the next.

    Args:
        resources: who is at work.
        needs: what the job is.
        answers: what becomes of the messages, of the resources' `desks`; None where none come.
    """
    reactive = needs.messages.weekly_hours if needs.messages is not None else 0.0
    messages = [0.0] * len(resources)
    after = [0.0] * len(resources)
    resolved = [0.0] * len(resources)
    shares = [0.0] * len(resources)
    on_call: dict[int, tuple[float, CallOuts]] = {}
    if answers is not None and needs.messages is not None:
        posts = desks(resources)
        owners = [index for index, each in enumerate(resources) for _ in desks([each])]
        # Answers to messages that software had before take longer than the work needed says.
        longer = answers.service / needs.messages.mean_minutes
        for place, post in enumerate(who_answer(posts)):
            index = owners[post]
            shares[index] += answers.shares[place]
            hours = reactive * answers.shares[place] * longer
            messages[index] += hours
            if posts[post].dear_after_hours:
                after[index] += reactive * answers.after_hours[place] * longer
            if posts[post].on_call:
                found = called_out(answers, place, posts[post])
                # Whatever is answered is paid.
                on_call[index] = hours, found._replace(hours=max(found.hours, hours))
        for place, index in enumerate(which_read(resources)):
            shares[index] = answers.right[place]
            resolved[index] = needs.messages.weekly * answers.resolved[place]
    work = needs.weekly_work()
    in_contract = [hours - on_call.get(i, _NEVER)[0] for i, hours in enumerate(messages)]
    planned = _planned(resources, work, needs.skills_for(), in_contract)
    sums = [sum(parts) for parts in zip(*planned.values(), strict=True)] or [0.0] * len(resources)
    needed = reactive + sum(work.values())
    answered = 0.0 if answers is None else answers.answered
    done = [reactive * share + hours for share, hours in zip(shares, sums, strict=True)]
    weekly = 0.0 if needs.messages is None else needs.messages.weekly
    counts = [weekly * share for share in shares]
    parts = _by_resource(planned, needs, len(resources))
    called = [on_call.get(index, _NEVER) for index in range(len(resources))]
    usage = tuple(
        map(
            Usage,
            messages,
            after,
            sums,
            counts,
            parts,
            [hours for hours, _ in called],
            [found.number for _, found in called],
            [found.hours for _, found in called],
            done,
            resolved,
        )
    )
    of_people = needed
    if answers is not None:
        of_people = answers.weekly_hours + sum(work.values())
    return Allocation(usage, planned, needed, answered, of_people)


def called_out(answers: Answers, place: int, desk: Resource) -> CallOuts:
    """The call-outs of somebody on call, who is so many of the answering team."""
    standby = desk.standby
    assert standby is not None
    terms = Terms(answers.service, standby.reaction, standby.minimum)
    return call_outs(answers.takers.flows_to(place), desk.duty, 1 - desk.nobody, terms)


def _by_resource(
    planned: Mapping[str, Sequence[float]], needs: Needs, resources: int
) -> list[dict[str, Part]]:
    """What each resource does of each activity, in hours and in units."""
    each = {work.name: work.hours_each for work in needs.in_units()}
    found: list[dict[str, Part]] = [{} for _ in range(resources)]
    for activity, hours in planned.items():
        length = each.get(activity)
        for index, done in enumerate(hours):
            found[index][activity] = Part(done, None if length is None else done / length)
    return found


def _planned(
    resources: Sequence[Resource],
    work: Mapping[str, float],
    skills: Mapping[str, frozenset[str]],
    messages: Sequence[float],
) -> dict[str, list[float]]:
    """Hours that each resource does of each activity, in the scenario's order.

    Args:
        resources: who is at work.
        work: hours needed, by activity.
        skills: what whoever takes an activity must have.
        messages: hours of its contract that each resource answers messages.
    """
    free = [max(0.0, r.capacity - hours) for r, hours in zip(resources, messages, strict=True)]
    done = {}
    for activity, needed in work.items():
        remaining = needed
        parts = []
        asked = skills.get(activity, frozenset())
        for index, resource in enumerate(resources):
            able = asked <= resource.skills
            most = resource.largest_share(activity) * needed if able else 0.0
            part = max(0.0, min(remaining, most, free[index]))
            free[index] -= part
            remaining -= part
            parts.append(part)
        done[activity] = parts
    return done
