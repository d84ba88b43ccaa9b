"""Sets of hours of the week: exact, in minutes from Monday 00:00."""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

DAY = 1440
"""Minutes in a day."""
WEEK = 10080
"""Minutes in a week."""
HOURS = 168
"""Hours in a week."""

WEEKS_A_YEAR = 52
"""Weeks of a year, so that all its months are equally long."""
WEEKS_A_MONTH = WEEKS_A_YEAR / 12
"""Weeks of a month."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days in short."""


def a_month_of(weekly: float) -> float:
    """What there is in a month of something that there is so much of in a week."""
    return weekly * WEEKS_A_YEAR / 12


def a_week_of(monthly: float) -> float:
    """What there is in a week of something that there is so much of in a month."""
    return monthly * 12 / WEEKS_A_YEAR


class _Week(NamedTuple):
    intervals: tuple[tuple[int, int], ...]


class Week(_Week):
    """A set of minutes of the week; true if it has any.

    Make one with `Week.of`, `Week.always`, `Week.empty` or `week_reader.parse_week`.

    Attributes:
        intervals: Half-open, sorted, disjoint, not touching, in [0, 10080); Monday 00:00 is 0.
    """

    def __bool__(self) -> bool:
        return bool(self.intervals)

    def __str__(self) -> str:
        return _written(self)

    @classmethod
    def of(cls, intervals: Iterable[tuple[int, int]]) -> "Week":
        """The union of half-open intervals of minutes, in any order.

        One that passes minute 10080 goes on from Monday 00:00; one that ends before it starts, or
        where it starts, is empty.
        """
        pieces: list[tuple[int, int]] = []
        for start, end in intervals:
            if end - start >= WEEK:
                return ALWAYS
            if end > start:
                first = start % WEEK
                last = first + end - start
                pieces.append((first, min(last, WEEK)))
                if last > WEEK:
                    pieces.append((0, last - WEEK))
        pieces.sort()
        merged: list[tuple[int, int]] = []
        for start, end in pieces:
            if merged and start <= merged[-1][1]:
                if end > merged[-1][1]:
                    merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        return cls(tuple(merged))

    @classmethod
    def always(cls) -> "Week":
        """The whole week, 24/7."""
        return ALWAYS

    @classmethod
    def empty(cls) -> "Week":
        """No minute at all."""
        return EMPTY

    def union(self, other: "Week") -> "Week":
        """The minutes in either."""
        return Week.of(self.intervals + other.intervals)

    def intersection(self, other: "Week") -> "Week":
        """The minutes in both."""
        found: list[tuple[int, int]] = []
        mine, theirs = self.intervals, other.intervals
        i = j = 0
        while i < len(mine) and j < len(theirs):
            start, end = max(mine[i][0], theirs[j][0]), min(mine[i][1], theirs[j][1])
            if start < end:
                found.append((start, end))
            if mine[i][1] < theirs[j][1]:
                i += 1
            else:
                j += 1
        return Week(tuple(found))

    def complement(self) -> "Week":
        """The minutes of the week that are not in this set."""
        points = [0, *self.boundaries(), WEEK]
        pairs = zip(points[::2], points[1::2], strict=True)
        return Week(tuple((start, end) for start, end in pairs if start < end))

    def difference(self, other: "Week") -> "Week":
        """The minutes in this set and not in the other."""
        return self.intersection(other.complement())

    @cached_property
    def minutes(self) -> int:
        """How many minutes there are."""
        return sum([end - start for start, end in self.intervals])

    @cached_property
    def hours(self) -> float:
        """How many hours there are."""
        return self.minutes / 60

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days that have any minute, Monday being 0."""
        return tuple(
            sorted(
                {
                    day
                    for start, end in self.intervals
                    for day in range(start // DAY, (end - 1) // DAY + 1)
                }
            )
        )

    def contains(self, minute: int) -> bool:
        """Whether a minute, counted round the week, is in the set."""
        return self.next_on(minute) == 0

    def next_on(self, minute: int) -> int | None:
        """Minutes from a minute until the set has one: 0 within it, None if it has none at all."""
        if not self.intervals:
            return None
        minute %= WEEK
        for start, end in self.intervals:
            if minute < end:
                return max(start - minute, 0)
        return WEEK - minute + self.intervals[0][0]

    @property
    def in_a_row(self) -> tuple[tuple[int, int], ...]:
        """The intervals; one that goes on past Sunday midnight is one, and ends after 10080."""
        found = self.intervals
        if len(found) > 1 and found[0][0] == 0 and found[-1][1] == WEEK:
            return (*found[1:-1], (found[-1][0], WEEK + found[0][1]))
        return found

    def boundaries(self) -> tuple[int, ...]:
        """The minutes at which the intervals start and end, sorted; within 0 to 10080."""
        return tuple(minute for interval in self.intervals for minute in interval)

    def day_part(self, day: int) -> "Week":
        """The minutes of one calendar day, Monday being 0."""
        return self.intersection(Week(((day * DAY, (day + 1) * DAY),)))

    def first_minutes_of_each_day(self, minutes: int) -> "Week":
        """The first so many minutes of the set in each calendar day."""
        kept: list[tuple[int, int]] = []
        for day in range(7):
            left = minutes
            for start, end in self.day_part(day).intervals:
                if left > 0:
                    kept.append((start, min(end, start + left)))
                    left -= end - start
        return Week.of(kept)

    def last_minutes_of_each_day(self, minutes: int) -> "Week":
        """The last so many minutes of the set in each calendar day."""
        kept: list[tuple[int, int]] = []
        for day in range(7):
            left = minutes
            for start, end in reversed(self.day_part(day).intervals):
                if left > 0:
                    kept.append((max(start, end - left), end))
                    left -= end - start
        return Week.of(kept)


ALWAYS = Week(((0, WEEK),))
EMPTY = Week(())


def clock(minute: int) -> str:
    """A minute of a day as a time, such as ``09:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of days that follow each other, as first and last."""
    runs: list[tuple[int, int]] = []
    for day in sorted(days):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _written(week: Week) -> str:
    """The canonical text of a week, which parses back to it."""
    if week == ALWAYS:
        return "24/7"
    if not week:
        return "never"
    intervals = list(week.intervals)
    if intervals[-1][1] == WEEK and intervals[0][0] == 0:
        intervals[-1] = (intervals[-1][0], WEEK + intervals.pop(0)[1])
    hours: dict[int, list[tuple[int, int]]] = {}
    for start, end in intervals:
        # Up to a day, hours past midnight are written at the day they start on; longer ones day by
        # day, since nothing tells 33 hours from 9.
        cuts = [start, end]
        if end - start >= DAY:
            cuts[1:1] = range((start // DAY + 1) * DAY, end, DAY)
        for first, last in pairwise(cuts):
            day = first // DAY
            hours.setdefault(day % 7, []).append((first - day * DAY, last - day * DAY))
    groups: dict[str, list[int]] = {}
    for day in sorted(hours):
        text = " ".join(
            f"{clock(start)}-{clock(end if end <= DAY else end - DAY)}"
            for start, end in sorted(hours[day])
        )
        groups.setdefault(text, []).append(day)
    return ", ".join(f"{_day_names(days)} {text}" for text, days in groups.items())


def _day_names(days: list[int]) -> str:
    if len(days) == 7:
        return "daily"
    return " ".join(
        DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        for first, last in runs(days)
    )
