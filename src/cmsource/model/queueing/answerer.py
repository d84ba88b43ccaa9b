"""A source as the queue of messages sees it, whatever else it does and costs."""

from collections.abc import Iterable
from typing import NamedTuple

from cmsource.model.resource import Resource
from cmsource.values.week import Week

DECIMALS = 9  # of minutes: what is left of a time after a delay is not an error of rounding

Times = tuple[tuple[float, float], ...]
"""Minutes, the shortest first, each with a share of the messages."""


class Answerer(NamedTuple):
    """Somebody who answers messages.

    Attributes:
        duty: hours of the week on watch.
        depth: people that the roster can put on each hour of duty.
        absent: chance that a rostered person is not there.
        times: what an answer can take once its turn has come, with the share of the messages that
            take it.
    """

    duty: Week
    depth: float
    absent: float
    times: Times = ((0.0, 1.0),)


def answerers(resources: Iterable[Resource]) -> tuple[Answerer, ...]:
    """Those of some sources that answer messages."""
    return tuple(
        [
            answerer(resource)
            for resource in resources
            if resource.depth > 0 and resource.duty and resource.largest_share("messages") > 0
        ]
    )


def answerer(resource: Resource) -> Answerer:
    """How a source answers: after its delay, or its escalation delay as well."""
    delay, asked = resource.answer_delay, resource.escalates
    if not resource.escalation_delay:
        asked = 0.0
    times = ((delay, 1 - asked), (delay + resource.escalation_delay, asked))
    return Answerer(
        resource.duty,
        resource.depth,
        resource.absent,
        tuple([(round(time, DECIMALS), share) for time, share in times if share > 0]),
    )
