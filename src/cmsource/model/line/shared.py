"""The lines of messages of several types, of which people may take some or all.

Whoever takes several types takes the oldest message. So what the people of a line take of other
types waits in it too, or keeps them from it. Which it is, and when, follows from what waits on
average (`tide`, `sharing`).
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.bottlenecks import full_types
from cmsource.model.line.levels import Flow
from cmsource.model.line.line import Line
from cmsource.model.line.lined import Lined
from cmsource.model.line.message_types import MessageType
from cmsource.model.line.sharing import Sharing
from cmsource.model.line.tide import Tide
from cmsource.model.line.week_plan import Watch, WeekPlan, planned_week
from cmsource.scenario.arrivals import profile_weights
from cmsource.values.week import EMPTY, Week

_NONE = 1e-12  # of all messages


def lines_of(
    team: Sequence[Answerer],
    types: Sequence[MessageType],
    weekly: float,
    service: float,
    profile: str | tuple[float, ...],
    office: Week,
    deadlines: tuple[float, ...],
) -> Sequence[Lined]:
    """The lines of all types of messages that anybody may take.

    Args:
        team: who may answer, in the option's order.
        types: of messages.
        weekly: messages a week.
        service: minutes of an answer.
        profile: when messages come.
        office: office hours.
        deadlines: minutes within which a message may have to be taken.
    """
    able = [
        i
        for i, each in enumerate(team)
        if each.duty and each.depth * (1 - each.absent) > 0 and each.takes > 0
    ]
    # Whoever takes no messages cuts no week: without it all would be the same.
    watches = tuple(
        [
            Watch(each.duty if i in able else EMPTY, each.depth, each.absent)
            for i, each in enumerate(team)
        ]
    )
    profiles: tuple[tuple[float, ...], ...] = ()
    if any(kind.profile for kind in types):
        profiles = tuple({profile_weights(kind.profile or profile): None for kind in types})
    week = partial(planned_week, watches, office=office, deadlines=deadlines, profiles=profiles)
    known = [
        (kind.share, tuple([i for i in kind.takers if i in able]), kind.profile or profile)
        for kind in types
    ]
    kinds = []
    for share, takers, comes in known:
        if takers and share > _NONE:
            company = _company(takers, [set(others) for _, others, _ in known])
            plan = week(takers, company, comes)
            kinds.append(_Kind(share, takers, weekly * share, plan, company, comes))
    capacity = [60 * e.depth * (1 - e.absent) * e.duty.hours / service for e in team]
    found: dict[_Kind, Lined] = {}
    for company in dict.fromkeys([kind.company for kind in kinds]):
        group = [kind for kind in kinds if kind.company == company]
        if len(group) == 1:
            line = Line(group[0].plan, _own(group[0]), service)
            found[group[0]] = Lined(*group[0][:3], line, len(team))
        else:
            found.update(zip(group, _shared(group, week, weekly, service, capacity), strict=True))
    return [found[kind] for kind in kinds]


class _Kind(NamedTuple):
    """A type of messages that somebody may take.

    Attributes:
        share: of all messages.
        takers: who may take them and is ever there.
        weekly: how many there are a week.
        plan: the week of those.
        company: the takers, who takes messages that these take as well, and so on.
        comes: when the messages do.
    """

    share: float
    takers: tuple[int, ...]
    weekly: float
    plan: WeekPlan
    company: tuple[int, ...]
    comes: str | tuple[float, ...]


def _company(takers: Sequence[int], others: Sequence[set[int]]) -> tuple[int, ...]:
    """Who takes messages that some takers take as well, or who takes those who do, and so on."""
    company = set(takers)
    while more := {i for other in others if other & company for i in other} - company:
        company |= more
    return tuple(sorted(company))


def _shared(
    kinds: Sequence[_Kind],
    week: Callable[..., WeekPlan],
    weekly: float,
    service: float,
    capacity: Sequence[float],
) -> list[Lined]:
    """The lines of types that have takers in common.

    Args:
        kinds: the types.
        week: the week by takers, company and profile.
        weekly: messages a week, of all types.
        service: minutes of an answer.
        capacity: messages a week that each source can answer.
    """
    types = [MessageType(kind.share, kind.takers) for kind in kinds]
    full = full_types(types, weekly, capacity)
    whole = week((), kinds[0].company, kinds[0].comes)
    tide = Tide(types, [_coming(kind) for kind in kinds], whole, service, full)
    sharing = Sharing(tide)
    found = []
    for number, kind in enumerate(kinds):
        plan, flows = sharing.line(number, kind.plan)
        spread = sharing.spread(number, kind.plan)
        line = Line(plan, flows, service, tide.waits[number])
        found.append(Lined(*kind[:3], line, len(capacity), spread))
    return found


def _coming(kind: _Kind) -> list[list[float]]:
    """How many messages of a type come a minute, by day and piece."""
    return [[kind.weekly * piece.share for piece in day.pieces] for day in kind.plan.days]


def _own(kind: _Kind) -> list[list[list[Flow]]]:
    """The same as a flow, for every way of a day."""
    return [
        [[Flow(more, more) for more in row]] * len(day.ways)
        for row, day in zip(_coming(kind), kind.plan.days, strict=True)
    ]
