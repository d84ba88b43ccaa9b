"""The most messages that can be answered in time, without working out the queue."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from cmsource.model.arrivals import share_within
from cmsource.model.queueing.answerer import answerers
from cmsource.model.resource import Resource
from cmsource.scenario import Needs
from cmsource.week import EMPTY, WEEK, Week


def reachable(resources: Sequence[Resource], needs: Needs) -> float:
    """Share of the messages that come no longer before somebody's duty than an answer may take.

    However many people there are, no more than these can be answered within the time asked for.
    """
    if needs.messages is None:
        return 1.0
    watch = EMPTY
    for one in answerers(resources):
        ahead = ceil(needs.answer_within - one.times[0][0])
        watch = watch.union(_begun(one.duty, ahead))
    return share_within(needs.messages.profile, watch)


@lru_cache(maxsize=256)
def _begun(duty: Week, ahead: int) -> Week:
    """The duty with so many minutes before each of its hours; none when they are negative."""
    if ahead < 0 or not duty:
        return EMPTY
    ahead = min(ahead, WEEK)
    return Week.of((start - ahead, end) for start, end in duty.intervals)
