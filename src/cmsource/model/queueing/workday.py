"""A day of the week as the queue of messages sees it: who is on duty when, and what it can do."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from cmsource.model.queueing.answerer import Answerer
from cmsource.model.queueing.attendance import Attendance, attendances
from cmsource.values.week import DAY, Week

Part = tuple[tuple[int, int], ...]


class WorkDay:
    """One calendar day, in minutes from its midnight.

    Attributes:
        ways: the ways in which it can go; one, with nobody, on a day without duty.
        opens: minute at which the first duty begins; the end of the day without any.
        closes: minute at which the last duty ends; the end of the day without any.
        changes: minutes at which duties begin or end.
        edges: the same, with the day's own.
        teams: who is on duty from each edge on, as indexes of the sources.
    """

    def __init__(self, parts: tuple[Part, ...], staff: Sequence[tuple[float, float]]) -> None:
        minutes = sorted(minute for part in parts for pair in part for minute in pair)
        self.opens, self.closes = (minutes[0], minutes[-1]) if minutes else (DAY, DAY)
        self.changes = sorted(set(minutes))
        self.edges = sorted({0, DAY, *minutes})
        self.teams = [
            tuple(
                index
                for index, part in enumerate(parts)
                if any(start <= minute < end for start, end in part)
            )
            for minute in self.edges
        ]
        self.ways: tuple[Attendance, ...] = attendances(
            [pair if part else (0.0, 0.0) for pair, part in zip(staff, parts, strict=True)],
            [sum([end - start for start, end in part]) for part in parts],
        )
        latest_first = [part[::-1] for part in parts]
        self._there = [
            [part if number else () for part, number in zip(latest_first, way.people, strict=True)]
            for way in self.ways
        ]
        lengths = [end - start for start, end in pairwise(self.edges)]
        self._rates = [[way.of(team) for team in self.teams] for way in self.ways]
        self._latest = [[*accumulate(rates, _latest)] for rates in self._rates]
        self._done = [
            list(accumulate((n * x for n, x in zip(rates, lengths, strict=False)), initial=0.0))
            for rates in self._rates
        ]

    @cached_property
    def spread(self) -> float:
        """Variance of the minutes of people's time of the whole day."""
        mean = sum([way.chance * done[-1] for way, done in zip(self.ways, self._done, strict=True)])
        return sum(
            [
                way.chance * (done[-1] - mean) ** 2
                for way, done in zip(self.ways, self._done, strict=True)
            ]
        )

    def team(self, minute: float) -> tuple[int, ...]:
        """Who is on duty at a minute."""
        return self.teams[bisect_right(self.edges, minute) - 1]

    def at(self, way: int, minute: float) -> tuple[float, float, float]:
        """How a day stands at a minute of it.

        Returns:
            Minutes of people's time since the day began; how many are there; and how many are or
            were last, 0 before the first duty.
        """
        at = bisect_right(self.edges, minute) - 1
        rate = self._rates[way][at]
        done = self._done[way][at] + rate * (minute - self.edges[at])
        return done, rate, self._latest[way][at]

    def served(self, way: int, minute: float) -> float:
        """Minutes of people's time from the start of the day to a minute of it."""
        return self.at(way, minute)[0]

    def people(self, way: int, minute: float) -> float:
        """How many are there at a minute, or were last; 0 before the first duty."""
        return self.at(way, minute)[2]

    def when(self, way: int, amount: float) -> float | None:
        """The minute from which on more than an amount has been served; None if it never is."""
        done, rates = self._done[way], self._rates[way]
        # An amount below nothing can only be an error of rounding: the first who come are meant.
        at = bisect_right(done, max(0.0, amount)) - 1
        if at >= len(self.edges) - 1:
            return None
        # As more is done by the next edge than by this one, somebody is there.
        return self.edges[at] + max(0.0, amount - done[at]) / rates[at]

    def whole(self, way: int) -> float:
        """Minutes of people's time of the whole day."""
        return self._done[way][-1]

    def last(self, way: int, source: int, after: float, before: float) -> float | None:
        """The last moment at which a source is there within a time; None where it never is."""
        for start, end in self._there[way][source]:
            if start < before:
                return None if end <= after else end if end < before else before
        return None


def _latest(before: float, now: float) -> float:
    return now or before


def workdays(answerers: Sequence[Answerer]) -> tuple[WorkDay, ...]:
    """The days of a week from Monday on; days that are alike are the same object."""
    staff = tuple([(answerer.depth, answerer.absent) for answerer in answerers])
    weeks = [_days(answerer.duty) for answerer in answerers]
    return tuple([_workday(tuple([week[day] for week in weeks]), staff) for day in range(7)])


@lru_cache(maxsize=512)
def _days(duty: Week) -> tuple[Part, ...]:
    """The parts of a duty on each day, in minutes from its midnight."""
    return tuple(
        tuple((start - day * DAY, end - day * DAY) for start, end in duty.day_part(day).intervals)
        for day in range(7)
    )


_workday = lru_cache(maxsize=512)(WorkDay)
