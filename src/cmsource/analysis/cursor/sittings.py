"""When somebody with few hours is on duty: whole sittings, those with most messages first."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from cmsource.scenario.arrivals import share_within
from cmsource.values.week import DAY, Week

Interval = tuple[int, int]
"""Minutes of the week, half-open."""

_LONGEST = 270
_SHORT = 120
_DIGITS = 12


class Place(NamedTuple):
    """Where somebody works.

    Attributes:
        own: the hours of the week that the scenario gives them.
        office: the country's office hours.
        cover: the hours in which somebody must be watching.
        profile: when messages arrive.
        contract: hours a week of one person; up to here the day has a limit.
        longest_day: most hours a day of one person.
    """

    own: Week
    office: Week
    cover: Week
    profile: str | tuple[float, ...]
    contract: float
    longest_day: float

    @property
    def whole(self) -> Week:
        """All the hours in which they could be on duty."""
        return self.own.union(self.cover)


class _Sitting(NamedTuple):
    """Some hours of a day in a row.

    Attributes:
        rank: sittings of a lower rank are taken first.
        density: messages an hour, as a share of the week's.
    """

    rank: int
    start: int
    end: int
    density: float

    @property
    def day(self) -> int:
        return self.start // DAY

    @property
    def minutes(self) -> int:
        return self.end - self.start


def sittings(place: Place) -> tuple[Interval, ...]:
    """All the sittings of a place in the order in which they are taken.

    Their own hours come first, then office hours that are covered, then the rest of the cover;
    among these the sittings with most messages an hour, then the days with least work. A sitting
    is half a day: hours in a row of one day, cut into equal parts of at most four and a half
    hours. As long as it is one person's week, days fill up to their limit only when no other is
    left, and gaps of less than two hours between sittings come last.
    """
    inside = place.own.intersection(place.cover)
    office = place.office.intersection(place.cover).difference(place.own)
    rest = place.cover.difference(place.own).difference(place.office)
    ranked = (inside, place.own.difference(place.cover), office, rest)
    left = [
        _Sitting(rank, start, end, _density(place.profile, start, end))
        for rank, hours in enumerate(ranked)
        for start, end in _cut(hours)
    ]
    load = [0] * 7
    order: list[Interval] = []

    def key(sitting: _Sitting) -> tuple[int, bool, bool, float, int, int]:
        alone = sum(load) < place.contract * 60
        long = alone and load[sitting.day] + sitting.minutes > place.longest_day * 60
        short = alone and sitting.rank > 1 and sitting.minutes < _SHORT
        return sitting.rank, long, short, -sitting.density, load[sitting.day], sitting.start

    while left:
        taken = min(left, key=key)
        left.remove(taken)
        load[taken.day] += taken.minutes
        order.append((taken.start, taken.end))
    return tuple(order)


def duty_of(order: Iterable[Interval], hours: float) -> Week:
    """The first so many hours of sittings in their order; the last of them may be cut short."""
    left = round(hours * 60)
    taken: list[Interval] = []
    for start, end in order:
        if left <= 0:
            break
        taken.append((start, min(end, start + left)))
        left -= end - start
    return Week.of(taken)


def _cut(hours: Week) -> Iterable[Interval]:
    """Half-days: each run of hours of a day in equal parts."""
    for day in range(7):
        for start, end in hours.day_part(day).intervals:
            parts = -(-(end - start) // _LONGEST)
            cuts = [start + (end - start) * part // parts for part in range(parts + 1)]
            yield from pairwise(cuts)


def _density(profile: str | tuple[float, ...], start: int, end: int) -> float:
    share = share_within(profile, Week(((start, end),)))
    return round(share * 60 / (end - start), _DIGITS)
