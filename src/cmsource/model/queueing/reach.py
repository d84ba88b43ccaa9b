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

from cmsource.model.queueing.answerer import Answerer
from cmsource.model.queueing.workday import WorkDay
from cmsource.week import DAY

_MOST_WAYS = 24
_RARE = 1e-6
_LAST_WEEK = 8 * DAY


class Reach(NamedTuple):
    """A chance, and the work up to which it holds that a message is answered in time.

    The work is given for the start and the end of a time of arrival; between, it changes evenly.

    Attributes:
        chance: of the way the days go, and of the sources that need not ask.
        first: minutes of people's time until the deadline, for a message at the start.
        last: for one at the end.
        people: how many are there at the deadline.
    """

    chance: float
    first: float
    last: float
    people: float


class _Limit(NamedTuple):
    """The last moment at which a source is there in time."""

    moment: float
    capacity: float
    change: float
    people: float
    source: int
    share: float


_Ways = tuple[int, ...]
_Moment = tuple[float, float, float, float]
"""A chance, the capacity for a message, how it changes with its arrival, and people there."""


class Calendar:
    """The days of the week, one after the other, with the delays of the sources.

    Args:
        days: the seven days; those that are alike are the same object.
        answerers: the sources, in the order of the days' indexes.
        within: minutes in which messages should be answered.

    Attributes:
        times: what each source's answers can take, in minutes, with their shares.
        delays: all different ones that leave time, the shortest first.
    """

    def __init__(
        self, days: Sequence[WorkDay], answerers: Sequence[Answerer], within: float
    ) -> None:
        self._days = days
        self._kinds = [days.index(day) for day in days]
        self._within = within
        self.times = [answerer.times for answerer in answerers]
        self._delays = [
            [(delay, share) for delay, share in times if delay <= within] for times in self.times
        ]
        self.delays = sorted({delay for delays in self._delays for delay, _ in delays})
        # All answer after the same delay, and have time left then.
        self._alike = self.delays[:1] == self.delays != [within] and all(
            delays and delays[0][1] == 1 for delays in self._delays
        )
        self._following: dict[_Ways, list[tuple[float, _Ways]]] = {}
        self._known: dict[tuple[object, ...], list[Reach]] = {}

    def reach(self, day: int, way: int | None, start: float, end: float) -> list[Reach]:
        """The chances of messages to be answered in time, by the work before them.

        Args:
            day: of their arrival, from Monday; goes on past the week.
            way: how that day goes; None where they arrive before or after its duties.
            start: from midnight; no duty may change between start and end, nor before their
                deadlines.
            end: from midnight.
        """
        if not self.delays:
            return []
        middle = (start + end) / 2
        until = middle + self._within - self.delays[0]
        if way is None:
            today = self._days[day % 7]
            if middle < today.opens:
                if until <= today.opens:
                    return []
                # Nothing of this day is known yet.
                day, start, end, until = day - 1, start + DAY, end + DAY, until + DAY
            elif until <= DAY:
                return []
        beyond = max(0, int((until - DAY) // DAY) + 1)
        kinds = self.kinds(day, beyond + 1)
        key = (kinds, way, start, end)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._over(kinds, way, start, end)
        return found

    def _over(self, kinds: _Ways, way: int | None, start: float, end: float) -> list[Reach]:
        """Reach over a time, from its middle and how it changes there."""
        half = (end - start) / 2
        alike: dict[tuple[float, float, float], float] = {}
        for chance, capacity, change, people in self._reach(kinds, way, start + half):
            lean = change * half
            ends = (round(capacity - lean, 6), round(capacity + lean, 6), people)
            alike[ends] = alike.get(ends, 0.0) + chance
        return [Reach(chance, *ends) for ends, chance in alike.items() if chance > _RARE]

    def kinds(self, day: int, count: int) -> tuple[int, ...]:
        """Which days follow each other: of each, the first day of the week that is like it."""
        return tuple([self._kinds[(day + after) % 7] for after in range(count)])

    def _reach(self, kinds: _Ways, way: int | None, minute: float) -> list[_Moment]:
        """Reach of messages that arrive at one moment."""
        if self._alike:
            return self._together(kinds, way, minute, self._within - self.delays[0])
        if len(kinds) == 1:
            return self._apart(kinds, (way,), minute, 1.0)
        return [
            one
            for chance, ways in self._ways(kinds[1:])
            for one in self._apart(kinds, (way, *ways), minute, chance)
        ]

    def _ways(self, kinds: _Ways) -> list[tuple[float, _Ways]]:
        """The ways in which days that follow each other can go together.

        Where they are too many, the later days go as they mostly do.
        """
        known = self._following.get(kinds)
        if known is not None:
            return known
        number = 1
        each = []
        for kind in kinds:
            ways = [(way.chance, i) for i, way in enumerate(self._days[kind].ways)]
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
        self._following[kinds] = found
        return found

    def _together(
        self, kinds: _Ways, way: int | None, minute: float, within: float
    ) -> list[_Moment]:
        """Reach where all sources have the same delay."""
        until = minute + within
        here = people = change = 0.0
        if way is not None:
            today, last = self._days[kinds[0]], min(until, DAY)
            here = today.served(way, last) - today.served(way, minute)
            people = today.people(way, last)
            change = -today.rate(way, minute)
            if until < DAY:
                change += today.rate(way, until)
        if len(kinds) == 1:
            return [(1.0, here, change, people)] if here > 0 else []
        found = []
        for chance, ways in self._ways(kinds[1:]):
            capacity, number, lean = here, people, change
            for after, other in enumerate(ways, 1):
                following = self._days[kinds[after]]
                left = until - after * DAY
                if left <= 0:
                    break
                if left < DAY:
                    capacity += following.served(other, left)
                    lean += following.rate(other, left)
                else:
                    left = DAY
                    capacity += following.whole(other)
                number = following.people(other, left) or number
            if capacity > 0:
                found.append((chance, capacity, lean, number))
        return found

    def _apart(
        self, kinds: _Ways, ways: tuple[int | None, ...], minute: float, chance: float
    ) -> list[_Moment]:
        """Reach where sources need different times, or have to ask about some messages."""
        passed = lean = 0.0
        latest: dict[tuple[int, float], _Limit] = {}
        for after, (kind, way) in enumerate(zip(kinds, ways, strict=True)):
            if way is None:
                continue
            day, midnight = self._days[kind], after * DAY
            start = max(0.0, minute - midnight)
            before = day.served(way, start) - passed
            if start:
                lean = -day.rate(way, start)
            people = day.ways[way].people
            if minute + self._within - self.delays[-1] - midnight > _LAST_WEEK:
                passed = day.whole(way) - before  # everybody comes again before the deadline
                continue
            for source, delays in enumerate(self._delays):
                if not people[source]:
                    continue
                for delay, share in delays:
                    until = minute + self._within - delay - midnight
                    last = day.last(source, start, until if until < DAY else DAY)
                    if last is not None:
                        capacity = day.served(way, last) - before
                        change = lean + (day.rate(way, last) if last == until else 0.0)
                        there = day.people(way, last)
                        latest[source, delay] = _Limit(
                            last + midnight, capacity, change, there, source, share
                        )
            passed = day.whole(way) - before
        if len(latest) == 1:
            (limit,) = latest.values()
            return [(chance * limit.share, limit.capacity, limit.change, limit.people)]
        able = [0.0] * len(self._delays)
        found = []
        total = 0.0
        for limit in sorted(latest.values(), reverse=True):
            able[limit.source] += limit.share
            nobody = 1.0
            for one in able:
                nobody *= 1 - one
            found.append(
                (chance * (1 - nobody - total), limit.capacity, limit.change, limit.people)
            )
            total = 1 - nobody
        return found
