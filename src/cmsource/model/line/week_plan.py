"""The week of a line cut into pieces within which nothing changes, and how its days can go.

A piece begins where a duty or office hours begin or end, where the profile changes, and where a
message that comes then has its deadline at one of these.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cmsource.model.line.attendance import attendances
from cmsource.scenario.arrivals import profile_weights
from cmsource.values.week import DAY, WEEK, Week

_SAME = 1e-9


class Piece(NamedTuple):
    """A stretch of one day.

    Attributes:
        start: minute of the week at which it begins.
        end: minute at which it ends.
        share: share of the week's messages that come in a minute of it.
        on: who is on duty, as indexes.
        office: whether it is within office hours.
    """

    start: float
    end: float
    share: float
    on: tuple[int, ...]
    office: bool

    @property
    def length(self) -> float:
        """In minutes."""
        return self.end - self.start


class Crew(NamedTuple):
    """Who may be there together.

    Attributes:
        chance: how often they are, of all the times that are spoken of.
        people: how many of each source.
    """

    chance: float
    people: tuple[float, ...]


class Way(NamedTuple):
    """One way in which a day can go.

    Attributes:
        chance: how often it does.
        people: how many of each source are there, on average where several ways are alike.
        there: people who are there in each piece of the day.
        crews: who they are, where different people can be as many.
    """

    chance: float
    people: tuple[float, ...]
    there: tuple[float, ...]
    crews: tuple[Crew, ...]


class Day(NamedTuple):
    """One day of the week: its pieces, and the ways in which it can go."""

    pieces: tuple[Piece, ...]
    ways: tuple[Way, ...]


class WeekPlan(NamedTuple):
    """The days of a week from Monday on.

    Attributes:
        days: seven.
        alike: of each, the first that is the same but for its date.
    """

    days: tuple[Day, ...]
    alike: tuple[int, ...]


class Watch(NamedTuple):
    """A source as the line sees it.

    Attributes:
        duty: hours of the week in which it answers.
        depth: people that the roster can put on each hour of duty.
        absent: chance that a rostered person stays away for a day.
    """

    duty: Week
    depth: float
    absent: float


@lru_cache(maxsize=64)
def planned_week(
    team: tuple[Watch, ...],
    takers: tuple[int, ...],
    company: tuple[int, ...],
    profile: str | tuple[float, ...],
    office: Week,
    deadlines: tuple[float, ...],
    profiles: tuple[tuple[float, ...], ...] = (),
) -> WeekPlan:
    """The days of a week and how they can go.

    Args:
        team: everybody whose duty the week is cut by.
        takers: who may take the messages of a line, as indexes; when empty, all ways of a day are
            told apart by everybody who comes, and nobody takes anything.
        company: these, and who may take other messages that they may take as well.
        profile: when messages come.
        office: office hours.
        deadlines: minutes within which a message may have to be taken.
        profiles: when messages of other lines come, by which the week is cut as well.
    """
    cut = _pieces(tuple([watch.duty for watch in team]), profile, office, deadlines, profiles)
    there = tuple(
        [
            watch if index in company else watch._replace(depth=0.0)
            for index, watch in enumerate(team)
        ]
    )
    days = tuple([Day(pieces, _ways(there, takers, pieces)) for pieces in cut])
    seen: dict[object, int] = {}
    alike = []
    for number, day in enumerate(days):
        pieces = tuple([(p.length, p.share, p.on, p.office) for p in day.pieces])
        alike.append(seen.setdefault((pieces, day.ways), number))
    return WeekPlan(days, tuple(alike))


@lru_cache(maxsize=64)
def _pieces(
    duties: tuple[Week, ...],
    profile: str | tuple[float, ...],
    office: Week,
    deadlines: tuple[float, ...],
    profiles: tuple[tuple[float, ...], ...],
) -> tuple[tuple[Piece, ...], ...]:
    weights = profile_weights(profile)
    edges = {float(minute) for week in (office, *duties) for minute in week.boundaries()}
    cuts = {edge % WEEK for edge in edges}
    on_watch = {float(minute) for week in duties for minute in week.boundaries()}
    # At midnight others may come, whose duty goes on.
    nights = [day * DAY for day in range(7)]
    on_watch.update([float(night) for night in nights if any(_holds(d, night) for d in duties)])
    for deadline in deadlines:
        cuts.update([round((edge - deadline) % WEEK, 6) % WEEK for edge in on_watch])
    for each in (weights, *profiles):
        cuts.update([60.0 * h for h in range(168) if abs(each[h] - each[h - 1]) > _SAME])
    days: list[tuple[Piece, ...]] = []
    ordered = sorted(cuts)
    for day in range(7):
        first, last = float(day * DAY), float(day * DAY + DAY)
        inside = [cut for cut in ordered if first < cut < last]
        days.append(
            tuple(
                [
                    Piece(
                        start,
                        end,
                        weights[int(start // 60)] / 60,
                        tuple([i for i, duty in enumerate(duties) if _holds(duty, start)]),
                        _holds(office, start),
                    )
                    for start, end in zip((first, *inside), (*inside, last), strict=True)
                ]
            )
        )
    return tuple(days)


def _holds(week: Week, minute: float) -> bool:
    at = bisect_right(week.intervals, (minute, WEEK + 1)) - 1
    return at >= 0 and minute < week.intervals[at][1]


def _ways(
    team: Sequence[Watch], takers: tuple[int, ...], pieces: tuple[Piece, ...]
) -> tuple[Way, ...]:
    """How a day can go; ways in which as many people are there all day are one."""
    minutes = [0.0] * len(team)
    for piece in pieces:
        for index in piece.on:
            minutes[index] += piece.length
    staff = tuple(
        [
            (watch.depth if there else 0.0, watch.absent)
            for watch, there in zip(team, minutes, strict=True)
        ]
    )
    alike: dict[tuple[tuple[float, ...], tuple[float, ...]], list[tuple[float, tuple[float, ...]]]]
    alike = {}
    for chance, people in attendances(staff, tuple(minutes)):
        there = tuple([sum([people[i] for i in piece.on if i in takers]) for piece in pieces])
        alike.setdefault((there, () if takers else people), []).append((chance, people))
    ways = []
    for (there, _), same in alike.items():
        chance = sum([each for each, _ in same])
        mean = tuple(
            [sum([c * people[i] for c, people in same]) / chance for i in range(len(team))]
        )
        ways.append(Way(chance, mean, there, tuple([Crew(c / chance, who) for c, who in same])))
    return tuple(ways)
