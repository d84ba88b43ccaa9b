"""The most messages that can be answered in time, without working out the queue."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from cmsource.model.arrivals import share_within
from cmsource.model.queueing.answerer import Answerer, answerers
from cmsource.model.resource import Resource
from cmsource.model.staffing import presence
from cmsource.scenario.needs import Messages, Needs
from cmsource.values.week import DAY, EMPTY, WEEK, Week


def upper_bound(resources: Sequence[Resource], needs: Needs) -> float:
    """Share of the messages that come no longer before somebody's duty than an answer may take.

    However many people there are, no more than these can be answered within the time asked for;
    nor more than each source could by itself, being there on some days and not on others.
    """
    if needs.messages is None:
        return 1.0
    watch = EMPTY
    each = 0.0
    for one in answerers(resources):
        begun = _begun(one.duty, ceil(needs.answer_within - one.times[0][0]))
        watch = watch.union(begun)
        each += _alone(one, begun, needs.messages, needs.answer_within)
    return min(share_within(needs.messages.profile, watch), each)


def _alone(one: Answerer, begun: Week, messages: Messages, within: float) -> float:
    """Share of the messages in whose time somebody of one source is there and need not ask.

    Args:
        one: the source.
        begun: when messages come that one of its duties is soon enough for.
        messages: what comes.
        within: minutes until their answers are due.
    """
    able = sum([share for delay, share in one.times if delay <= within])
    on_a_day = presence(one.depth, one.absent)
    # Who is away is away for the day; where the time goes past midnight, others may come.
    all_ = share_within(messages.profile, begun)
    same_day = share_within(messages.profile, _of_one_day(begun, ceil(within)))
    on_any = 1 - (1 - on_a_day) ** int(2 + within // DAY)
    return able * (same_day * on_a_day + (all_ - same_day) * on_any)


@lru_cache(maxsize=256)
def _begun(duty: Week, ahead: int) -> Week:
    """The duty with so many minutes before each of its hours; none when they are negative."""
    if ahead < 0 or not duty:
        return EMPTY
    ahead = min(ahead, WEEK)
    return Week.of((start - ahead, end) for start, end in duty.intervals)


@lru_cache(maxsize=256)
def _of_one_day(week: Week, within: int) -> Week:
    """The minutes of a week from which so much time ends on the same day."""
    return week.intersection(
        Week.of((day * DAY, (day + 1) * DAY - within) for day in range(7) if within < DAY)
    )
