"""Who can still answer a message in time: the capacity there is before its deadline.

A message that arrives at t with so much work before it is answered within T by a source that is
there at some moment between its turn and t + T − delay. Its turn has come once the people there,
all sources together, have had time for the work before it. So for each way that the days within
the window can go there is a largest amount of work before the message up to which it is answered
in time: the capacity until the last moment at which such a source is there.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from cmsource.model.resource import Resource
from cmsource.model.workday import WorkDay
from cmsource.week import DAY

_MOST_WAYS = 24


class Reach(NamedTuple):
    """A chance, and the work up to which it holds that a message is answered in time.

    Attributes:
        chance: of the way the days go and of the sources that need not ask.
        capacity: minutes of people's time.
        people: how many are there at the end of it.
    """

    chance: float
    capacity: float
    people: float


class Calendar:
    """The days of the week, one after the other, with the delays of the sources.

    Args:
        days: the seven days.
        resources: the sources, in the order of the days' indexes.
    """

    def __init__(self, days: Sequence[WorkDay], resources: Sequence[Resource]) -> None:
        self._days = days
        self._delays = [_delays(resource) for resource in resources]
        self.delays = sorted({delay for delays in self._delays for delay, _ in delays})
        self._following: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {}

    def reach(self, day: int, way: int | None, minute: float, within: float) -> list[Reach]:
        """The chances of a message to be answered in time, by the work before it.

        Args:
            day: of its arrival.
            way: how that day goes; None where the message arrives before or after its duties.
            minute: of its arrival, from midnight.
            within: minutes until the deadline.
        """
        if way is None and minute < self._days[day].opens:
            day, minute = day - 1, minute + DAY  # nothing of this day is known yet
        until = minute + within - self.delays[0]
        beyond = max(0, int((until - DAY - 1e-9) // DAY) + 1)
        if len(self.delays) == 1:
            within -= self.delays[0]
            return self._together(day, way, minute, within, beyond) if within >= 0 else []
        found = []
        for chance, ways in self._ways(day, beyond):
            found += self._apart(day, way, ways, minute, within, chance)
        return found

    def _ways(self, day: int, count: int) -> list[tuple[float, tuple[int, ...]]]:
        """The ways in which some days after a day can go together.

        Where they are too many, the later days go as they mostly do.
        """
        if not count:
            return [(1.0, ())]
        known = self._following.get((day, count))
        if known is not None:
            return known
        number = 1
        each = []
        for after in range(1, count + 1):
            ways = [(way.chance, i) for i, way in enumerate(self._days[(day + after) % 7].ways)]
            if number * len(ways) > _MOST_WAYS:
                ways = [(1.0, max(ways)[1])]
            number *= len(ways)
            each.append(ways)
        found = []
        for combination in product(*each):
            chance = 1.0
            for part, _ in combination:
                chance *= part
            found.append((chance, tuple(i for _, i in combination)))
        self._following[day, count] = found
        return found

    def _together(
        self, day: int, way: int | None, minute: float, within: float, beyond: int
    ) -> list[Reach]:
        """Reach where all sources have the same delay."""
        today, until = self._days[day], minute + within
        here = people = 0.0
        if way is not None:
            last = min(until, DAY)
            here = today.served(way, last) - today.served(way, minute)
            people = today.people(way, last)
        if until <= DAY:
            return [Reach(1.0, here, people)] if here > 0 or (people and not within) else []
        found = []
        for chance, ways in self._ways(day, beyond):
            capacity, number = here, people
            for after, other in enumerate(ways, 1):
                following = self._days[(day + after) % 7]
                left = min(until - after * DAY, DAY)
                capacity += following.served(other, left)
                number = following.people(other, left) or number
            if capacity > 0:
                found.append(Reach(chance, capacity, number))
        return found

    def _apart(
        self,
        day: int,
        way: int | None,
        ways: tuple[int, ...],
        minute: float,
        within: float,
        chance: float,
    ) -> list[Reach]:
        """Reach where sources need different times, or some have to ask about some messages."""
        limits = []
        for source, delays in enumerate(self._delays):
            for delay, share in delays:
                limit = self._until_last(day, way, ways, minute, within - delay, source)
                if limit is not None:
                    limits.append((*limit, source, share))
        limits.sort(key=_moment, reverse=True)
        able = [0.0] * len(self._delays)
        found = []
        before = 0.0
        for _, capacity, people, source, share in limits:
            able[source] += share
            nobody = 1.0
            for one in able:
                nobody *= 1 - one
            found.append(Reach(chance * (1 - nobody - before), capacity, people))
            before = 1 - nobody
        return found

    def _until_last(
        self,
        day: int,
        way: int | None,
        ways: tuple[int, ...],
        minute: float,
        within: float,
        source: int,
    ) -> tuple[float, float, float] | None:
        """When a source is there for the last time before the deadline, None if never.

        Returns:
            The minute, the capacity until then and how many people are there then.
        """
        if within < 0:
            return None
        until = minute + within
        passed, found = 0.0, None
        if way is not None:
            today = self._days[day]
            before = today.served(way, minute)
            passed = today.whole(way) - before
            last = today.last(source, minute, min(until, DAY))
            if last is not None and today.ways[way].people[source] > 0:
                found = last, today.served(way, last) - before, today.people(way, last)
        for after, other in enumerate(ways, 1):
            following = self._days[(day + after) % 7]
            last = following.last(source, 0, min(until - after * DAY, DAY))
            if last is not None and following.ways[other].people[source] > 0:
                capacity = passed + following.served(other, last)
                found = last + after * DAY, capacity, following.people(other, last)
            passed += following.whole(other)
        return found


def _moment(limit: tuple[float, float, float, int, float]) -> float:
    return limit[0]


def _delays(resource: Resource) -> list[tuple[float, float]]:
    """The times that a source's answers take in minutes, with the share of messages of each."""
    asked = resource.escalates if resource.escalation_delay else 0.0
    delays = [
        (resource.answer_delay, 1 - asked),
        (resource.answer_delay + resource.escalation_delay, asked),
    ]
    return [(delay, share) for delay, share in delays if share > 0]
