"""Who is there on a day: the people of each source that the roster has and who have come.

Absences last whole days. On each day, independently of other days and sources, the roster of a
source has ⌈k⌉ people with probability k − ⌊k⌋ and ⌊k⌋ otherwise; each of them is there with
probability 1 − u. Over the hours this is the mixture of two binomials of `staffing`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from math import exp, floor, lgamma, log
from typing import NamedTuple

_EACH = 4  # different numbers of people of one source
_JOINT = 7  # different days altogether
_NEGLIGIBLE = 3e-3
_ALIKE = 4e-4  # a difference between two ways that does not count
_MANY = 12
_GROUPS = (0.1, 0.5, 0.9, 2.0)


class Attendance(NamedTuple):
    """One way a day can go.

    Attributes:
        chance: how often it does.
        people: how many of each source are there; means where ways that are alike were joined.
    """

    chance: float
    people: tuple[float, ...]

    def of(self, team: Iterable[int]) -> float:
        """How many of some sources, by index, are there."""
        return sum(self.people[index] for index in team)


def attendances(
    staff: Sequence[tuple[float, float]], minutes: Sequence[float] = ()
) -> tuple[Attendance, ...]:
    """The ways a day can go, with chances that add up to 1.

    Where there are many, those that differ least are joined into their mean, so that the expected
    number of people of each source is kept exactly.

    Args:
        staff: rostered depth k and absence u of each source on duty that day; depth 0 for others.
        minutes: how long each of them is on duty, all alike when empty: whether somebody is there
            who only comes for an hour makes little difference.
    """
    longest = max(minutes, default=0.0)
    weights = [each / longest for each in minutes] if longest else [1.0] * len(staff)
    joint = [Attendance(1.0, ())]
    for number, (depth, absent) in enumerate(staff):
        joint = [
            Attendance(a.chance * b.chance, a.people + b.people)
            for a in joint
            for b in _one(depth, absent)
        ]
        joint = _joined(joint, _JOINT, weights, _ALIKE if number else 0.0)
    return tuple(joint)


@lru_cache(maxsize=256)
def _one(depth: float, absent: float) -> tuple[Attendance, ...]:
    """The mixture of two binomials of one source."""
    low = floor(depth)
    more = depth - low
    high = low + (more > 0)
    chances = [
        (1 - more) * _binomial(low, absent, there) + more * _binomial(high, absent, there)
        for there in range(high + 1)
    ]
    ways = [Attendance(c, (float(n),)) for n, c in enumerate(chances) if c > 0]
    return tuple(_joined(_grouped(ways) if len(ways) > _MANY else ways, _EACH))


def _binomial(rostered: int, absent: float, there: int) -> float:
    """Chance that so many of the people rostered are there."""
    if there > rostered:
        return 0.0
    missing = rostered - there
    if absent <= 0:
        return float(missing == 0)
    if absent >= 1:
        return float(there == 0)
    ways = lgamma(rostered + 1) - lgamma(there + 1) - lgamma(missing + 1)
    return exp(ways + there * log(1 - absent) + missing * log(absent))


def _grouped(ways: list[Attendance]) -> list[Attendance]:
    """Numbers of people of one source in a few groups: the tails, and two halves between."""
    bounds = iter(_GROUPS)
    bound = next(bounds)
    groups: list[list[Attendance]] = [[]]
    passed = 0.0
    for way in ways:
        if passed > bound and groups[-1]:
            groups.append([])
            while bound < passed:
                bound = next(bounds)
        groups[-1].append(way)
        passed += way.chance
    return [
        Attendance(
            (chance := sum(way.chance for way in group)),
            (sum(way.chance * way.people[0] for way in group) / chance,),
        )
        for group in groups
    ]


def _joined(
    ways: list[Attendance], most: int, weights: Sequence[float] = (1.0,), alike: float = 0.0
) -> list[Attendance]:
    """At most so many ways, the negligible and those that are most alike joined.

    Args:
        ways: of the sources so far.
        most: how many may be left.
        weights: how much each source counts.
        alike: a difference below which ways are joined, however few there are.
    """
    chain = len(ways[0].people) == 1  # of one source, only neighbours are alike
    pairs = [
        (_difference(one, other, weights), one, other)
        for one, other in (pairwise(ways) if chain else combinations(ways, 2))
    ]
    while len(ways) > 1:
        least, first, second = min(pairs)
        if len(ways) <= most:
            rare = [way for way in ways if way.chance < _NEGLIGIBLE]
            if rare:
                # Others have no need to be joined.
                least, first, second = min([p for p in pairs if p[1] in rare or p[2] in rare])
            elif least >= alike:
                break
        at = ways.index(first)
        joined = ways[at] = _mean(first, second)
        ways.remove(second)
        # Only what the two were compared with has to be compared anew.
        gone = first, second
        pairs = [pair for pair in pairs if pair[1] not in gone and pair[2] not in gone]
        for place in (at - 1, at + 1) if chain else range(len(ways)):
            if place != at and 0 <= place < len(ways):
                one, other = (ways[place], joined) if place < at else (joined, ways[place])
                pairs.append((_difference(one, other, weights), one, other))
    return ways


def _mean(first: Attendance, second: Attendance) -> Attendance:
    """Two ways as one."""
    chance = first.chance + second.chance
    share = first.chance / chance
    pairs = zip(first.people, second.people, strict=True)
    return Attendance(chance, tuple([share * a + (1 - share) * b for a, b in pairs]))


def _difference(first: Attendance, second: Attendance, weights: Sequence[float]) -> float:
    """How much is lost when two ways are joined: their chance, and how far apart they are."""
    apart = 0.0
    for a, b, weight in zip(first.people, second.people, weights, strict=False):
        apart += weight * ((a - b) / max(a, b, 1.0)) ** 2 / max(0.25, min(a, b))
    return first.chance * second.chance / (first.chance + second.chance) * apart
