"""Who can still answer a message in time: the capacity there is before its deadline.

A message that arrives at t with so much work before it is answered within T by a source that is
there at some moment between its turn and t + T − delay. Its turn has come once the people there,
all sources together, have had time for the work before it. So for each way that the days within
the window can go there is a largest amount of work before the message up to which it is answered
in time: the capacity until the last moment at which such a source is there.
"""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from cmsource.model.queueing.answerer import Times
from cmsource.model.queueing.workday import WorkDay
from cmsource.values.week import DAY, WEEK

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


_Limit = tuple[float, float, float, float, int, float]
"""The last moment at which a source is there in time: when that is, the capacity until then, how it
changes with the arrival of the message, people there, the source, and its share of messages."""

_Ways = tuple[int, ...]
_Moment = tuple[float, float, float, float]
"""A chance, the capacity for a message, how it changes with its arrival, and people there."""


class Calendar:
    """The days of the week, one after the other, with the delays of the sources.

    Args:
        days: the seven days; those that are alike are the same object.
        times: what each source's answers can take, in minutes, with their shares, in the order of
            the days' indexes.
        within: minutes in which messages should be answered.

    Attributes:
        times: as given.
        delays: all different ones that leave time, the shortest first.
    """

    def __init__(self, days: tuple[WorkDay, ...], times: tuple[Times, ...], within: float) -> None:
        self._days = days
        # Enough weeks for a stretch of days without duty and the deadlines after it.
        self._kinds = (int(within // WEEK) + 4) * tuple([days.index(day) for day in days])
        self._within = within
        self.times = times
        self._answers = [
            (source, delay, share)
            for source, times in enumerate(self.times)
            for delay, share in times
            if delay <= within
        ]
        self.delays = sorted({delay for _, delay, _ in self._answers})
        # All answer after the same delay, and have time left then.
        self._alike = self.delays[:1] == self.delays != [within] and [
            source for source, _, share in self._answers if share == 1
        ] == [*range(len(self.times))]
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
        moments = self._reach(kinds, way, start + half)
        if len(moments) == 1:
            chance, capacity, change, people = moments[0]
            lean = change * half
            return [Reach(chance, capacity - lean, capacity + lean, people)]
        alike: dict[tuple[float, float, float], float] = {}
        for chance, capacity, change, people in moments:
            lean = change * half
            ends = (round(capacity - lean, 6), round(capacity + lean, 6), people)
            alike[ends] = alike.get(ends, 0.0) + chance
        return [Reach(chance, *ends) for ends, chance in alike.items() if chance > _RARE]

    def kinds(self, day: int, count: int) -> _Ways:
        """Which days follow each other: of each, the first day of the week that is like it."""
        return self._kinds[day % 7 : day % 7 + count]

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
            done, rate, people = today.at(way, last)
            before, here_now, _ = today.at(way, minute)
            here = done - before
            change = (rate if until < DAY else 0.0) - here_now
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
                done, rate, last_there = following.at(other, min(left, DAY))
                capacity += done
                if left < DAY:
                    lean += rate
                number = last_there or number
            if capacity > 0:
                found.append((chance, capacity, lean, number))
        return found

    def _apart(
        self, kinds: _Ways, ways: tuple[int | None, ...], minute: float, chance: float
    ) -> list[_Moment]:
        """Reach where sources need different times, or have to ask about some messages."""
        passed = lean = 0.0
        latest: dict[tuple[int, float], _Limit] = {}
        deadline = minute + self._within
        for after, (kind, way) in enumerate(zip(kinds, ways, strict=True)):
            if way is None:
                continue
            day, midnight = self._days[kind], after * DAY
            start = max(0.0, minute - midnight)
            done, rate, _ = day.at(way, start)
            before = done - passed
            if start:
                lean = -rate
            if deadline - midnight - self.delays[-1] <= _LAST_WEEK:
                for source, delay, share in self._answers:
                    until = deadline - midnight - delay
                    last = day.last(way, source, start, until if until < DAY else DAY)
                    if last is not None:
                        done, rate, there = day.at(way, last)
                        change = lean + (rate if last == until else 0.0)
                        limit = (last + midnight, done - before, change, there, source, share)
                        latest[source, delay] = limit
            # else everybody comes again before the deadline
            passed = day.whole(way) - before
        if len(latest) == 1:
            ((_, capacity, change, there, _, share),) = latest.values()
            return [(chance * share, capacity, change, there)]
        able: dict[int, float] = {}
        found = []
        total = 0.0
        for _, capacity, change, there, source, share in sorted(latest.values(), reverse=True):
            able[source] = able.get(source, 0.0) + share
            nobody = 1.0
            for one in able.values():
                nobody *= 1 - one
            found.append((chance * (1 - nobody - total), capacity, change, there))
            total = 1 - nobody
        return found


calendar = lru_cache(maxsize=128)(Calendar)
"""The days ahead for some sources and a time to answer, however many messages there are."""
