"""The lines of messages of several types, of which people may take some or all.

Whoever takes several types takes the oldest message. So what the people of a line take of other
types waits in it too, from when it comes. How much that is follows from the lines of those types,
which are worked out as if nobody ever waited, and then from each other: once, and where many wait
twice.

So each line knows of the others only on average, which is right while few wait. Where people are
always busy, whom they answer depends on who waits longest: there `bottlenecks` says who waits with
whom, and the busier people are, the nearer each type's line is to the line of its bottleneck.
"""

from collections.abc import Sequence
from math import exp, inf, log
from typing import NamedTuple

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.bottlenecks import bottlenecks
from cmsource.model.line.levels import Flow
from cmsource.model.line.line import RARE, Line
from cmsource.model.line.lined import Lined, Pool, Taken, hunted
from cmsource.model.line.message_types import MessageType, split_of_a_full_line
from cmsource.model.line.served import by_arrival, served, settled
from cmsource.model.line.week_plan import Watch, WeekPlan, planned_week
from cmsource.scenario.arrivals import profile_weights
from cmsource.values.week import EMPTY, WEEK, Week

_ROUNDS = 2
_BUSY = 0.7  # of people's time, up to which one round is enough as long as
_SHORT = -15.0  # the logarithm of the chance of a line that lasts is no higher
_EVENED = 10  # times that work is handed on from who has no time for it, at most
_HARDLY = 0.02  # a weight that does not count
_LITTLE = 0.005  # of a source's time, by which it may take too much
_NONE = 1e-12  # of all messages
_TOLD = 20  # flows that are told apart, within a factor of e


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
    kinds = []
    coming: list[str | tuple[float, ...]] = []  # when the messages of each kind do
    profiles: tuple[tuple[float, ...], ...] = ()
    if any(kind.profile for kind in types):
        profiles = tuple({profile_weights(kind.profile or profile): None for kind in types})
    for kind in types:
        takers = tuple([i for i in kind.takers if i in able])
        if takers and kind.share > _NONE:
            company = tuple(
                sorted({i for k in types if set(k.takers) & set(takers) for i in k.takers})
            )
            comes = kind.profile or profile
            plan = planned_week(watches, takers, company, comes, office, deadlines, profiles)
            kinds.append(_Kind(kind.share, takers, weekly * kind.share, plan))
            coming.append(comes)
    if len(kinds) <= 1:
        alone = [1.0] * len(team)
        return [Lined(*kind[:3], Line(kind.plan, _own(kind), service), alone) for kind in kinds]
    capacity = [60 * e.depth * (1 - e.absent) * e.duty.hours / service for e in team]
    parts = split_of_a_full_line([MessageType(k.share, k.takers) for k in kinds], capacity)
    taken = _evened(kinds, [_at_once(kind, service, len(team)) for kind in kinds], capacity)
    use = sum([kind.weekly for kind in kinds]) / sum([capacity[i] for i in able])
    found: list[Lined] = []
    for number in range(_ROUNDS):
        if number > 0:
            together = settled(found, [served(lined) for lined in found])
            taken = [by_arrival(*each) for each in zip(found, together, strict=True)]
            taken = _evened(kinds, taken, capacity)
        needed = _needed(kinds, taken, capacity)
        lines = [
            Line(kind.plan, _joined(n, kinds, taken, needed), service)
            for n, kind in enumerate(kinds)
        ]
        rare = max([line.rare for line in lines])
        found = [
            Lined(*kind[:3], line, parts[n], _inner(n, kinds), calm=rare < RARE)
            for n, (kind, line) in enumerate(zip(kinds, lines, strict=True))
        ]
        if use <= _BUSY and rare <= _SHORT:
            break
    for neck in bottlenecks([MessageType(k.share, k.takers) for k in kinds], weekly, capacity):
        weights = [min(1.0, busy) ** 2 for busy in neck.busy]
        if len(neck.types) == 1 and (weights[0] < _HARDLY or _alone(neck.types[0], kinds)):
            continue
        share = sum([kinds[number].share for number in neck.types])
        comes = _together([(kinds[n].share, coming[n]) for n in neck.types])
        plan = planned_week(watches, neck.takers, neck.takers, comes, office, deadlines, profiles)
        pooled = Line(plan, _own(_Kind(share, neck.takers, weekly * share, plan)), service)
        for number, weight in zip(neck.types, weights, strict=True):
            found[number].pool = Pool(pooled, weight, neck.whole)
    return found


class _Kind(NamedTuple):
    """A type of messages that somebody may take.

    Attributes:
        share: of all messages.
        takers: who may take them and is ever there.
        weekly: how many there are a week.
        plan: the week of those.
    """

    share: float
    takers: tuple[int, ...]
    weekly: float
    plan: WeekPlan


def _together(
    parts: Sequence[tuple[float, str | tuple[float, ...]]],
) -> str | tuple[float, ...]:
    """When messages come of which each share comes by a profile of its own."""
    first = parts[0][1]
    if all(profile == first for _, profile in parts):
        return first
    weighted = [[share * w for w in profile_weights(profile)] for share, profile in parts]
    return tuple([sum(hour) for hour in zip(*weighted, strict=True)])


def _alone(number: int, kinds: Sequence[_Kind]) -> bool:
    """Whether nobody who takes a type takes another."""
    takers = set(kinds[number].takers)
    return not any(takers & set(kind.takers) for n, kind in enumerate(kinds) if n != number)


def _inner(number: int, kinds: Sequence[_Kind]) -> dict[tuple[int, int], tuple[int, float]]:
    """For pieces in which only takers of another type are on duty, that type, and until when.

    Args:
        number: of a type with more takers.
        kinds: all types.
    """
    own = kinds[number]
    found: dict[tuple[int, int], tuple[int, float]] = {}
    for other, kind in enumerate(kinds):
        if not set(kind.takers) < set(own.takers):
            continue
        more = set(own.takers).difference(kind.takers)
        begins = inf
        for late, day in [(late, day) for late in (WEEK, 0) for day in range(6, -1, -1)]:
            for place in range(len(own.plan.days[day].pieces) - 1, -1, -1):
                piece = own.plan.days[day].pieces[place]
                if more.intersection(piece.on):
                    begins = piece.start + late
                elif not late:
                    alone = begins - (piece.start + piece.end) / 2
                    if alone > found.get((day, place), (0, 0.0))[1]:
                        found[day, place] = other, alone
    return found


def _own(kind: _Kind) -> list[list[list[Flow]]]:
    """What comes of a type, by day, way and piece."""
    return [
        [[Flow(*[kind.weekly * piece.share] * 2) for piece in day.pieces]] * len(day.ways)
        for day in kind.plan.days
    ]


def _joined(
    number: int,
    kinds: Sequence[_Kind],
    taken: Sequence[Taken],
    needed: Sequence[Sequence[float]],
) -> list[list[list[Flow]]]:
    """What comes to the people of one type, by day, way and piece.

    Args:
        number: of the type.
        kinds: all types.
        taken: of each type, how many each source takes; the same list for days that are alike.
        needed: of each type, the part of it that the people of each type have to take in a week.
    """
    own = kinds[number]
    others = [n for n in range(len(kinds)) if set(kinds[n].takers) & set(own.takers)]
    others.remove(number)
    known: dict[tuple[int, ...], list[list[Flow]]] = {}
    found = []
    for day, (each, alike) in enumerate(zip(*own.plan, strict=True)):
        key = alike, *[id(rows[day]) for rows in taken]
        if key not in known:
            sources = range(len(each.ways[0].people))
            usual = [sum([way.chance * way.people[i] for way in each.ways]) for i in sources]
            known[key] = rows = []
            for way in each.ways:
                there = [way.people[i] / usual[i] if usual[i] else 0.0 for i in sources]
                row = []
                for place, piece in enumerate(each.pieces):
                    come = long = own.weekly * piece.share
                    for other in others:
                        here = [a * b for a, b in zip(there, taken[other][day][place], strict=True)]
                        if any(here):
                            inside = sum([here[i] for i in own.takers]) / sum(here)
                            part = sum(taken[other][day][place]) * inside
                            come += part
                            long += part * needed[other][number]
                    row.append(Flow(_rounded(come), _rounded(long)))
                rows.append(row)
        found.append(known[key])
    return found


def _rounded(flow: float) -> float:
    """A flow to a fortieth of itself, so that days that hardly differ are alike."""
    return exp(round(_TOLD * log(flow)) / _TOLD) if flow > 0 else 0.0


def _needed(
    kinds: Sequence[_Kind], taken: Sequence[Taken], capacity: Sequence[float]
) -> list[list[float]]:
    """For each type, the part of it that the people of each type take and nobody else has time for.

    Args:
        kinds: all types.
        taken: of each type, how many each source takes.
        capacity: messages a week that each source can answer.
    """
    weekly = _weekly(kinds, taken, len(capacity))
    found = []
    for other, kind in enumerate(kinds):
        parts = []
        for own in kinds:
            inside = sum([weekly[other][i] for i in own.takers])
            spare = 0.0
            for i in kind.takers:
                if i not in own.takers:
                    spare += capacity[i] - sum([w[i] for n, w in enumerate(weekly) if n != other])
            must = max(0.0, kind.weekly - max(0.0, spare))
            parts.append(min(1.0, must / inside) if inside > 0 else 0.0)
        found.append(parts)
    return found


def _weekly(kinds: Sequence[_Kind], taken: Sequence[Taken], size: int) -> list[list[float]]:
    """Of each type, how many messages each of so many sources takes a week."""
    weekly = []
    for kind, each in zip(kinds, taken, strict=True):
        sums = [0.0] * size
        for day, row in zip(kind.plan.days, each, strict=True):
            for piece, by in zip(day.pieces, row, strict=True):
                sums = [a + piece.length * b for a, b in zip(sums, by, strict=True)]
        weekly.append(sums)
    return weekly


def _evened(
    kinds: Sequence[_Kind], taken: Sequence[Taken], capacity: Sequence[float]
) -> list[Taken]:
    """What sources take of each type, within the time that they have in a week."""
    weekly = _weekly(kinds, taken, len(capacity))
    found = []
    for before, after, each in zip(weekly, within_capacity(weekly, capacity), taken, strict=True):
        if before == after:
            found.append(each)
            continue
        scale = [b / a if a else 1.0 for a, b in zip(before, after, strict=True)]
        # Days that are alike stay the same list.
        days = {
            id(rows): [[a * b for a, b in zip(row, scale, strict=True)] for row in rows]
            for rows in each
        }
        found.append([days[id(rows)] for rows in each])
    return found


def within_capacity(
    taken: Sequence[Sequence[float]], capacity: Sequence[float]
) -> list[list[float]]:
    """What sources take of some types, none of them more than it has time for.

    What is too much goes to others who take messages of that type already and have time left, as
    far as they have.

    Args:
        taken: of each type, how many messages each source takes in some time.
        capacity: how many each source can answer in that time.
    """
    found = [list(row) for row in taken]
    for _ in range(_EVENED):
        spare = [most - sum([row[i] for row in found]) for i, most in enumerate(capacity)]
        over = [i for i, left in enumerate(spare) if left < -_LITTLE * capacity[i]]
        if not over:
            break
        for i in over:
            rooms = [
                min(
                    row[i], sum([max(0.0, spare[j]) for j, has in enumerate(row) if has and j != i])
                )
                for row in found
            ]
            most = sum(rooms)
            if not most:
                continue
            moved = min(1.0, -spare[i] / most)
            for row, room in zip(found, rooms, strict=True):
                part = moved * room
                others = [
                    max(0.0, s) if has and j != i else 0.0
                    for j, (has, s) in enumerate(zip(row, spare, strict=True))
                ]
                total = sum(others)
                if part and total:
                    row[i] -= part
                    for j, other in enumerate(others):
                        row[j] += part * other / total
    return found


def _at_once(kind: _Kind, service: float, size: int) -> Taken:
    """How many messages of a type each source takes a minute as long as nobody has to wait."""
    found: Taken = []
    for number, (day, alike) in enumerate(zip(*kind.plan, strict=True)):
        if alike < number:
            found.append(found[alike])
            continue
        row = []
        for place, piece in enumerate(day.pieces):
            coming = kind.weekly * piece.share
            by = [0.0] * size
            for way in day.ways:
                if way.there[place] > 0:
                    here = [n if i in piece.on else 0.0 for i, n in enumerate(way.people)]
                    who = hunted(kind.takers, here, coming * service)
                    by = [a + way.chance * coming * b for a, b in zip(by, who, strict=True)]
            row.append(by)
        found.append(row)
    return found
