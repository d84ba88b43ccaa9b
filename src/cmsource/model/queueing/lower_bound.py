"""The fewest messages that are answered in time, without working out the queue.

Whoever answers besides one source only takes work away from those in front, so that what one
source alone is sure to answer in time is answered in time by every team that it is in.
"""

from collections.abc import Sequence
from math import exp

from cmsource.model.arrivals import profile_weights, share_within
from cmsource.model.queueing.answerer import Answerer
from cmsource.model.queueing.attendance import attendances
from cmsource.model.queueing.erlang import waiting
from cmsource.model.queueing.queue import NEAR
from cmsource.scenario.needs import Messages, Needs

_FADED = 3.0  # mean times of a wait, after which few messages are still waiting


def lower_bound(team: Sequence[Answerer], needs: Needs) -> float:
    """Share of the messages that are sure to be answered in time; 0 where that is not known.

    Args:
        team: who answers.
        needs: what comes, and how long an answer may take.
    """
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return 1.0
    alone = [_alone(one, messages, needs.answer_within) for one in team]
    return max(alone, default=0.0)


def _alone(one: Answerer, messages: Messages, within: float) -> float:
    """Share of the messages that one source alone is sure to answer in time.

    Counted are those that come while somebody is on duty and nothing is left over from before,
    less those that wait too long by Erlang's formula at the busiest hour. How often something is
    left over follows from the balance of work: while it is, n people take it down by n − ρ minutes
    a minute, and in a week they take down as much as arrives when too few are there.
    """
    (delay, share), service = one.times[0], messages.minutes_each
    ahead = within - delay
    if ahead <= 0:
        return 0.0
    duty = one.duty
    busiest = max(profile_weights(messages.profile)) / 60 * messages.weekly
    load = busiest * service
    on_duty = share_within(messages.profile, duty)
    there = soon = left = 0.0
    for chance, (people,) in attendances([(one.depth, one.absent)]):
        if load >= NEAR * people:
            continue
        there += chance
        spare = people - load
        enough = min(ahead, _FADED * service / spare)
        # The end of a duty cuts the time short for those who come just before it.
        ends = len(duty.intervals) + len(duty.days)
        cut = min(on_duty, ends * enough * busiest / messages.weekly)
        late = exp(-spare * enough / service) * on_duty + cut
        soon += chance * (on_duty - waiting(people, load) * late)
        left = max(left, load / spare)
    return max(0.0, share * (soon - left * (1 - there * on_duty)))
