"""Shifts: a team's duty cut into what one person works on one day."""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from cmsource.countries.labour import Interval, Limits
from cmsource.values.week import DAY, DAYS, WEEK, Week

_TOLERANCE = 1e-9
_LENGTHS = (8, 7, 6, 5, 4, 3, 2, 1)
_FIRST_SHIFT = 6 * 60
_STEP = 15


class Shift(NamedTuple):
    """One person's work of one day: minutes from Monday 00:00, a shift past Sunday goes on.

    Attributes:
        parts: stretches of work, more than one when there is a break.
    """

    parts: tuple[Interval, ...]

    @property
    def start(self) -> int:
        """The minute at which it begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """The minute at which it ends."""
        return self.parts[-1][1]

    @property
    def minutes(self) -> int:
        """Minutes of work, breaks left out."""
        return sum(end - start for start, end in self.parts)

    @property
    def day(self) -> int:
        """The day on which it begins, Monday being 0."""
        return self.start // DAY


Row = tuple[Shift, ...]


def cuts(duty: Week, hours: float, limits: Limits) -> Iterator[list[list[Shift]]]:
    """Ways to cut the duty into shifts by the day on which they begin, the longest shifts first."""
    most = min(limits.day, hours)
    for length in (most, *(each for each in _LENGTHS if each < most)):
        days: list[list[Shift]] = [[] for _ in range(7)]
        for shift in _with_breaks(list(_pieces(duty, length)), length, limits):
            days[shift.day].append(shift)
        yield days


def _pieces(duty: Week, length: float) -> Iterator[Interval]:
    """The duty in pieces of at most so many hours, of about the same size within a day."""
    for start, end in _stretches(duty):
        for first in range(start, end, DAY):
            last = min(first + DAY, end)
            count = ceil((last - first) / (length * 60) - _TOLERANCE)
            edges = [
                first + round((last - first) * number / count / _STEP) * _STEP
                for number in range(count)
            ]
            for here, there in zip(edges, [*edges[1:], last], strict=True):
                if there > here:
                    yield here, there


def _stretches(duty: Week) -> list[Interval]:
    """The duty's intervals, one that goes over Sunday night in one piece."""
    found = list(duty.intervals)
    if found == [(0, WEEK)]:
        return [(_FIRST_SHIFT, _FIRST_SHIFT + WEEK)]
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == WEEK:
        found = [*found[1:-1], (found[-1][0], WEEK + found[0][1])]
    return found


def _with_breaks(pieces: list[Interval], length: float, limits: Limits) -> list[Shift]:
    """Pieces of the same day put together as one shift with breaks, where that is allowed."""
    found: list[Shift] = []
    # A piece that was cut off beyond Sunday belongs to the day on which it begins.
    for start, end in sorted((start % WEEK, start % WEEK + end - start) for start, end in pieces):
        last = found[-1] if found else None
        if (
            last is not None
            and last.day == start // DAY
            and start > last.end
            and last.minutes + end - start <= length * 60
            and end - last.start <= DAY - limits.daily_rest * 60
        ):
            found[-1] = Shift((*last.parts, (start, end)))
        else:
            found.append(Shift(((start, end),)))
    return found


def row_text(row: Row) -> str:
    """A row such as ``mon-thu 06:00-14:00, sat-sun 22:00-06:00``; ``never`` for a week off."""
    if not row:
        return "never"
    groups: list[tuple[str, list[int]]] = []
    for shift in row:
        midnight = shift.day * DAY
        times = " ".join(
            f"{_clock(start - midnight)}-{_clock(end - midnight)}" for start, end in shift.parts
        )
        if groups and groups[-1][0] == times and groups[-1][1][-1] == shift.day - 1:
            groups[-1][1].append(shift.day)
        else:
            groups.append((times, [shift.day]))
    return ", ".join(
        f"{DAYS[days[0]]}{f'-{DAYS[days[-1]]}' if len(days) > 1 else ''} {times}"
        for times, days in groups
    )


def _clock(minute: int) -> str:
    """A time of day; midnight is 24:00, which only ends of shifts are."""
    minute -= DAY if minute > DAY else 0
    return f"{minute // 60:02d}:{minute % 60:02d}"
