"""What labour law lets one person's working hours be, over a week or a cycle of weeks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import NamedTuple

from cmsource.countries import Country
from cmsource.values.week import DAY, WEEK

_TOLERANCE = 1e-9

Interval = tuple[int, int]
"""Minutes of work, from Monday 00:00 of the first week of the cycle."""


class Limits(NamedTuple):
    """The limits of a country, in hours; infinite or 0 where it sets none.

    Attributes:
        day: most hours of work in a calendar day.
        week: most hours of work in a calendar week.
        average: most hours a week on average.
        daily_rest: least hours in a row without work between two days of work.
        weekly_rest: least hours in a row without work in a week.
        days: most days of work in a row.
    """

    day: float
    week: float
    average: float
    daily_rest: float
    weekly_rest: float
    days: int


class Breach(NamedTuple):
    """Working hours that a limit does not allow.

    Attributes:
        rule: the field of `Limits` that is broken.
        hours: how many hours (for ``days``, days) there are.
        start: the minute at which the working hours in question begin.
        end: the minute at which they end.
    """

    rule: str
    hours: float
    start: int
    end: int


FACTS = {
    "day": "day_maximum_hours",
    "week": "week_maximum_hours",
    "average": "week_average_maximum_hours",
    "daily_rest": "daily_rest_hours",
    "weekly_rest": "weekly_rest_hours",
    "days": "days_in_a_row_maximum",
}
"""Which sourced value of a country each limit is."""


def limits_of(country: Country) -> Limits:
    """The limits of a country; a rule that it has no sourced value for does not limit."""

    def value(rule: str, otherwise: float) -> float:
        fact = country.facts.get(FACTS[rule])
        return otherwise if fact is None else float(fact.value)

    return Limits(
        day=value("day", 24.0),
        week=value("week", 168.0),
        average=value("average", 168.0),
        daily_rest=value("daily_rest", 0.0),
        weekly_rest=value("weekly_rest", 0.0),
        days=int(value("days", 7)),
    )


def smallest_headcount(hours: float, planned: float, duty_hours: float) -> int:
    """The smallest headcount whose roster puts at least one person on each hour of duty.

    Args:
        hours: contract hours a week of each person.
        planned: planned absence as a share of working time.
        duty_hours: length of the duty in hours a week.
    """
    if duty_hours <= 0 or hours <= 0:
        return 1
    present = 1 - planned
    least = max(duty_hours / (hours * present), 1 / present)
    return max(1, ceil(least - _TOLERANCE))


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Intervals in order, those that touch made one."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def breaches(work: Sequence[Interval], limits: Limits, weeks: int = 1) -> Iterator[Breach]:
    """What a person's working hours break, when they come back every so many weeks.

    A calendar day runs from midnight to midnight, a week from Monday. The work between two daily
    rests is one day of work, of the day on which it begins: it may span 24 hours less the daily
    rest, and is work on every day that it touches when it spans more. A rest serves the week that
    has a day or more of it; a rest as long as two serves both weeks that have a day of it.

    Args:
        work: minutes from Monday 00:00 of the first week; what passes the end of the cycle goes
            on at its beginning.
        limits: what is allowed.
        weeks: length of the cycle.
    """
    cycle = weeks * WEEK
    pieces = _within(work, cycle)
    if not pieces:
        return
    yield from _days(pieces, limits)
    yield from _weeks(pieces, limits, weeks)
    # From here on time goes round: a stretch of work over the end of the cycle is one.
    if len(pieces) > 1 and pieces[0][0] == 0 and pieces[-1][1] == cycle:
        pieces = [*pieces[1:-1], (pieces[-1][0], cycle + pieces[0][1])]
    rests = [
        (end, pieces[(number + 1) % len(pieces)][0] + (cycle if number + 1 == len(pieces) else 0))
        for number, (_, end) in enumerate(pieces)
    ]
    stints = _stints(pieces, rests, limits, cycle)
    allowed = DAY - limits.daily_rest * 60
    if limits.daily_rest > 0:
        for start, end in stints:
            if end - start > allowed:
                yield Breach("daily_rest", (end - start) / 60, start, end)
    yield from _in_a_row(stints, limits, weeks)
    yield from _weekly_rests(rests, limits, weeks)


def _within(work: Iterable[Interval], cycle: int) -> list[Interval]:
    """Work as sorted, joined intervals inside the cycle."""
    found = []
    for start, end in work:
        first = start % cycle
        last = first + end - start
        found.append((first, min(last, cycle)))
        if last > cycle:
            found.append((0, last - cycle))
    return joined(found)


def _days(pieces: Sequence[Interval], limits: Limits) -> Iterator[Breach]:
    parts = [
        (day, max(start, day * DAY), min(end, (day + 1) * DAY))
        for start, end in pieces
        for day in range(start // DAY, (end - 1) // DAY + 1)
    ]
    for _, group in groupby(parts, key=lambda part: part[0]):
        same = list(group)
        hours = sum(end - start for _, start, end in same) / 60
        if hours > limits.day + _TOLERANCE:
            yield Breach("day", hours, same[0][1], same[-1][2])


def _weeks(pieces: Sequence[Interval], limits: Limits, weeks: int) -> Iterator[Breach]:
    total = 0.0
    broken = False
    for week in range(weeks):
        first, last = week * WEEK, (week + 1) * WEEK
        hours = sum(max(0, min(end, last) - max(start, first)) for start, end in pieces) / 60
        total += hours
        if hours > limits.week + _TOLERANCE:
            broken = True
            yield Breach("week", hours, first, last)
    if not broken and total / weeks > limits.average + _TOLERANCE:
        yield Breach("average", total / weeks, 0, weeks * WEEK)


def _stints(
    pieces: Sequence[Interval], rests: Sequence[Interval], limits: Limits, cycle: int
) -> list[Interval]:
    """Work between two daily rests, from its begin to its end; all of it when there is no rest."""
    least = limits.daily_rest * 60
    ends = [number for number, (start, end) in enumerate(rests) if end - start >= max(least, 1)]
    if not ends:
        return [(pieces[0][0], pieces[0][0] + cycle)]
    found = []
    for before, after in zip([ends[-1], *ends[:-1]], ends, strict=True):
        first = pieces[(before + 1) % len(pieces)][0]
        last = pieces[after][1]
        found.append((first, last if last > first else last + cycle))
    return found


def _in_a_row(stints: Sequence[Interval], limits: Limits, weeks: int) -> Iterator[Breach]:
    """The longest run of days on which work begins."""
    count = weeks * 7
    allowed = DAY - limits.daily_rest * 60
    # Work without a daily rest for longer than a day may last is work on every day it touches.
    days = {
        day % count
        for start, end in stints
        for day in range(start // DAY, (end - 1 if end - start > allowed else start) // DAY + 1)
    }
    if not days or limits.days >= count:
        return
    if len(days) == count:
        yield Breach("days", float(count), 0, count * DAY)
        return
    runs = []
    for day in sorted(days):
        if (day - 1) % count not in days:
            length = 1
            while (day + length) % count in days:
                length += 1
            runs.append((length, day))
    length, day = max(runs, key=lambda run: (run[0], -run[1]))
    if length > limits.days:
        yield Breach("days", float(length), day * DAY, (day + length) * DAY)


def _weekly_rests(rests: Sequence[Interval], limits: Limits, weeks: int) -> Iterator[Breach]:
    """Every week has its rest, and none counts for two weeks unless it is as long as two."""
    least = limits.weekly_rest * 60
    if least <= 0:
        return
    served: set[int] = set()
    longest = 0
    for start, end in rests:
        longest = max(longest, end - start)
        if end - start < least:
            continue
        touched = range(start // WEEK, (end - 1) // WEEK + 1)
        parts = {week: min(end, (week + 1) * WEEK) - max(start, week * WEEK) for week in touched}
        enough = [week for week in touched if parts[week] >= min(DAY, least)]
        if end - start < 2 * least:
            enough = sorted(enough, key=lambda week: (-parts[week], week))[:1]
        served.update(week % weeks for week in enough)
    for week in range(weeks):
        if week not in served:
            yield Breach("weekly_rest", longest / 60, week * WEEK, (week + 1) * WEEK)
