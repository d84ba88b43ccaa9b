"""Who does which work: messages by who is on duty first, then planned work by priority."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cmsource.model.arrivals import arrived_by
from cmsource.model.resource import Resource, Usage
from cmsource.model.staffing import presence
from cmsource.model.timeline import pieces
from cmsource.scenario.needs import Needs
from cmsource.values.week import Week


class Batch(NamedTuple):
    """Messages that the same sources come to in the same order, wherever in the week they arrive.

    Attributes:
        share: share of the week's messages.
        order: indexes of the sources, first on duty first, in the option's order among equals.
        outside: those of them who come to these messages outside office hours.
    """

    share: float
    order: tuple[int, ...]
    outside: frozenset[int]


class Allocation(NamedTuple):
    """Work needed and done in a week, in hours.

    Attributes:
        usage: what each resource does, in the option's order.
        needed: all work.
        answered: share of the messages that somebody answers, sooner or later.
    """

    usage: tuple[Usage, ...]
    needed: float
    answered: float

    @property
    def done(self) -> float:
        """All work done."""
        return sum(usage.total for usage in self.usage)


@lru_cache(maxsize=512)
def batches(
    duties: tuple[Week, ...], profile: str | tuple[float, ...], office: Week
) -> tuple[Batch, ...]:
    """The week's messages by who comes to them first.

    Args:
        duties: hours on watch of each source, in the option's order.
        profile: when messages arrive.
        office: office hours; who is not on duty comes to a message when its duty next begins.
    """
    shares: dict[tuple[tuple[int, ...], frozenset[int]], float] = {}
    for start, end, there in pieces((office, *duties)):
        after_hours = 0 not in there
        waits: list[tuple[int, int]] = []
        outside: set[int] = set()
        for index, duty in enumerate(duties):
            wait = 0 if index + 1 in there else duty.next_on(start)
            if wait is None:
                continue
            waits.append((wait, index))
            if after_hours if wait == 0 else not office.contains(start + wait):
                outside.add(index)
        key = tuple(index for _, index in sorted(waits)), frozenset(outside)
        share = arrived_by(profile, end) - arrived_by(profile, start)
        shares[key] = shares.get(key, 0.0) + share
    return tuple(Batch(share, *key) for key, share in shares.items())


def split(order: tuple[int, ...], resources: Sequence[Resource]) -> dict[int, float]:
    """Share of the messages of one moment that each resource answers.

    Each resource in turn takes what it may of what remains, if somebody is there. What then
    remains is answered later, shared in proportion to what each took, none above what it may take;
    what nobody may take is left undone.
    """
    remaining = 1.0
    taken: dict[int, float] = {}
    for index in order:
        resource = resources[index]
        part = min(remaining, resource.largest_share("messages"))
        part *= presence(resource.depth, resource.absent)
        if part > 0:
            taken[index] = part
            remaining -= part
    return _with_the_rest(taken, remaining, resources)


def _with_the_rest(
    taken: dict[int, float], remaining: float, resources: Sequence[Resource]
) -> dict[int, float]:
    """Add what remains in proportion to what each took, up to what each may take."""
    open_to = dict(taken)
    while remaining > 1e-12 and open_to:
        total = sum(open_to.values())
        left = 0.0
        for index, part in list(open_to.items()):
            limit = resources[index].largest_share("messages")
            wanted = taken[index] + remaining * part / total
            if wanted > limit:
                left += wanted - limit
                wanted = limit
                del open_to[index]
            taken[index] = wanted
        remaining = left
    return taken


def allocate(resources: Sequence[Resource], needs: Needs, office: Week) -> Allocation:
    """Allocate a week's work to the resources of a phase, in the option's order.

    Messages come before planned work; hours beyond a resource's capacity are not done.
    """
    messages = [0.0] * len(resources)
    after = [0.0] * len(resources)
    reactive = needs.messages.weekly_hours if needs.messages is not None else 0.0
    if reactive > 0 and needs.messages is not None:
        duties = tuple(resource.duty for resource in resources)
        for batch in batches(duties, needs.messages.profile, office):
            for index, share in split(batch.order, resources).items():
                hours = reactive * batch.share * share
                messages[index] += hours
                if index in batch.outside:
                    after[index] += hours
    for index, resource in enumerate(resources):
        if messages[index] > resource.capacity:
            after[index] *= resource.capacity / messages[index]
            messages[index] = resource.capacity
    work = needs.weekly_work()
    usage = tuple(map(Usage, messages, after, _planned(resources, work, messages)))
    needed = reactive + sum(work.values())
    return Allocation(usage, needed, sum(messages) / reactive if reactive > 0 else 0.0)


def _planned(
    resources: Sequence[Resource], work: Mapping[str, float], messages: Sequence[float]
) -> list[float]:
    """Hours of planned work of each resource, activity by activity in the scenario's order."""
    done = [0.0] * len(resources)
    for activity, needed in work.items():
        remaining = needed
        for index, resource in enumerate(resources):
            free = resource.capacity - messages[index] - done[index]
            part = max(0.0, min(remaining, resource.largest_share(activity) * needed, free))
            done[index] += part
            remaining -= part
    return done
