"""Who does which work: messages by who is on duty first, then planned work by priority."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cmsource.model.arrivals import arrived_by
from cmsource.model.resource import Resource, Usage
from cmsource.model.staffing import presence
from cmsource.scenario import Needs
from cmsource.week import Week

_END = 10_080


class Segment(NamedTuple):
    """A stretch of the week within which neither duty nor office hours change.

    Attributes:
        share: share of the week's messages that arrive in it.
        order: indexes of the resources, first on duty first, in the option's order among equals.
        after_hours: whether it lies outside office hours.
    """

    share: float
    order: tuple[int, ...]
    after_hours: bool


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


def segments(
    resources: Sequence[Resource], profile: str | tuple[float, ...], office: Week
) -> list[Segment]:
    """The week cut where duty or office hours change, with who comes first in each piece."""
    cuts = {0, _END, *office.boundaries()}
    for resource in resources:
        cuts.update(resource.duty.boundaries())
    points = sorted(cuts)
    found = []
    for start, end in pairwise(points):
        waits = [(resource.duty.next_on(start), i) for i, resource in enumerate(resources)]
        order = tuple(i for _, i in sorted((w, i) for w, i in waits if w is not None))
        share = arrived_by(profile, end) - arrived_by(profile, start)
        found.append(Segment(share, order, not office.contains(start)))
    return found


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
        known: dict[tuple[int, ...], dict[int, float]] = {}
        for segment in segments(resources, needs.messages.profile, office):
            shares = known.get(segment.order)
            if shares is None:
                shares = known[segment.order] = split(segment.order, resources)
            for index, share in shares.items():
                hours = reactive * segment.share * share
                messages[index] += hours
                if segment.after_hours:
                    after[index] += hours
    for index, resource in enumerate(resources):
        if messages[index] > resource.capacity:
            after[index] *= resource.capacity / messages[index]
            messages[index] = resource.capacity
    planned = _planned(resources, needs.weekly_work(), messages)
    usage = tuple(map(Usage, messages, after, planned))
    needed = reactive + sum(needs.weekly_work().values())
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
