"""The time that a log covers: the days that are asked for, stray dates, what was observed of it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cmsource.inbox.clock import Stretch, ahead_at
from cmsource.inbox.message_counts import A_DAY, A_WEEK
from cmsource.values.language import counted as counted_words
from cmsource.values.language import say
from cmsource.values.money import format_number, format_shortest
from cmsource.values.week import HOURS

MONDAY = 3 * A_DAY  # 1970-01-01 was a Thursday
_EPOCH = date(1970, 1, 1)
_ENOUGH = 20
_STRAY = 100
_NEAR = 7  # days
LONG_SILENCE = 14  # days
_BEYOND_CHANCE = 20
"""Times the mean of the intervals: one of 485 million random ones is that long."""
_HOLLOW = 2 / 3
_THIN = 10

Instants = Sequence[tuple[int, int]]
"""Quarters of UTC in order, and how many messages came in each."""


class Days(NamedTuple):
    """The days that are asked for, on the clock of the time zone; the log's own where None."""

    since: date | None = None
    until: date | None = None


EVERY_DAY = Days()


def day_of(local: int) -> date:
    """The day of a quarter on a clock."""
    return _EPOCH + timedelta(days=local // A_DAY)


def midnight(day: date, zone: ZoneInfo) -> int:
    """The quarter of UTC with which a day begins on a clock."""
    return int(datetime.combine(day, time(), zone).timestamp()) // 900


def on_days(instants: Instants, days: Days, zone: ZoneInfo) -> Instants:
    """The messages of the days that are asked for."""
    first, last = 0, len(instants)
    if days.since is not None:
        first = bisect_left(instants, (midnight(days.since, zone), 0))
    if days.until is not None:
        last = bisect_left(instants, (midnight(days.until + timedelta(days=1), zone), 0))
    return instants[first:last]


def without_strays(instants: Instants, days: Days) -> Instants:
    """The messages without the few that lie far outside the time in which all others came.

    A wrong date, or a handful of old messages in an export of last month, would make the log look
    long and thin. The densest days that hold all messages but one in a hundred, or all but one of
    twenty and more, are looked for. Where they are less than half of the log, they are the log,
    with such days around them as are not next to empty. No message is stray on a side for which a
    day is asked.
    """
    by_day: dict[int, int] = {}
    for quarter, count in instants:
        by_day[quarter // A_DAY] = by_day.get(quarter // A_DAY, 0) + count
    order, counts = list(by_day), list(by_day.values())
    total = sum(counts)
    if total < _ENOUGH:
        return instants
    few = max(1, total // _STRAY)
    first, last = _densest(order, counts, total - few)
    if days.since is not None:
        first = 0
    if days.until is not None:
        last = len(order) - 1
    length = order[last] - order[first] + 1
    if 2 * length > order[-1] - order[0] + 1:
        return instants
    thin = sum(counts[first : last + 1]) / length / _THIN
    while first and order[first] - order[first - 1] <= _NEAR and counts[first - 1] >= thin:
        first -= 1
    while (
        last + 1 < len(order)
        and order[last + 1] - order[last] <= _NEAR
        and counts[last + 1] >= thin
    ):
        last += 1
    low = bisect_left(instants, (order[first] * A_DAY, 0))
    high = bisect_left(instants, ((order[last] + 1) * A_DAY, 0))
    return instants[low:high]


def is_hollow(instants: Instants) -> bool:
    """Whether most of the time that messages span is long silences, which chance does not explain.

    A shop that opens for a season has a silence of half of its log, or a little more.
    """
    quarters = [quarter for quarter, _ in instants]
    spanned = quarters[-1] - quarters[0]
    least = max(LONG_SILENCE * A_DAY, _BEYOND_CHANCE * spanned / total(instants))
    gaps = (after - before for before, after in pairwise(quarters))
    return sum(gap for gap in gaps if gap >= least) > _HOLLOW * spanned


def strays_in_words(asked: Instants, instants: Instants, clock: Sequence[Stretch]) -> str:
    """What there is to say about messages far outside the time of the others."""
    outside = [quarter for quarter, _ in asked if not instants[0][0] <= quarter <= instants[-1][0]]
    first, last = (
        day_of(quarter + ahead_at(clock, quarter)).isoformat()
        for quarter in (outside[0], outside[-1])
    )
    count = total(asked) - total(instants)
    return counted_words(
        count,
        "{count} message, of {days}, lies far outside the days on which the others came, and does "
        "not count; --since and --until say otherwise",
        "{count} messages, of {days}, lie far outside the days on which the others came, and do "
        "not count; --since and --until say otherwise",
        count=format_shortest(count),
        days=first if count == 1 else say("{first} to {last}", first=first, last=last),
    )


def _densest(order: Sequence[int], counts: Sequence[int], least: int) -> tuple[int, int]:
    """The first and the last of the days that hold so many messages in the shortest time."""
    best = 0, len(order) - 1
    first = held = 0
    for last, count in enumerate(counts):
        held += count
        while held - counts[first] >= least:
            held -= counts[first]
            first += 1
        if held >= least and order[last] - order[first] < order[best[1]] - order[best[0]]:
            best = first, last
    return best


def at_one_hour(instants: Instants, clock: Sequence[Stretch], least: int) -> list[date] | None:
    """The day of each entry, where all messages of so many days came at one time; else None.

    Nobody writes at 17:30:00 each day: such a column says days and no hours. They may stand on the
    clock of UTC or on that of the place.
    """
    for local in ([q for q, _ in instants], [q + ahead_at(clock, q) for q, _ in instants]):
        found = [day_of(quarter) for quarter in local]
        if len({quarter % A_DAY for quarter in local}) == 1 and len(set(found)) >= least:
            return found
    return None


def counted(instants: Instants, clock: Sequence[Stretch]) -> tuple[list[int], dict[int, int]]:
    """Messages by hour of the week, and by week; weeks are counted from that of 1970-01-01."""
    hours = [0] * HOURS
    weeks: dict[int, int] = {}
    number = 0
    for quarter, count in instants:
        while number + 1 < len(clock) and quarter >= clock[number + 1].start:
            number += 1
        week, rest = divmod(quarter + clock[number].ahead + MONDAY, A_WEEK)
        hours[rest // 4] += count
        weeks[week] = weeks.get(week, 0) + count
    return hours, weeks


def whole_hours(first: int, last: int, clock: Sequence[Stretch]) -> tuple[int, int]:
    """The time observed: from the full hour before the first message to that after the last."""
    start = first - (first + ahead_at(clock, first)) % 4
    end = last + 4 - (last + ahead_at(clock, last)) % 4
    return start, end


def observed(start: int, end: int, clock: Sequence[Stretch]) -> list[float]:
    """How often each hour of the week went by on a clock, in real time, between two quarters."""
    seen = [0] * HOURS
    ends = [stretch.start for stretch in clock[1:]] + [end]
    for (begins, ahead), until in zip(clock, ends, strict=True):
        low, high = max(start, begins), min(end, until)
        if low >= high:
            continue
        weeks, rest = divmod(high - low, A_WEEK)
        for hour in range(HOURS):
            seen[hour] += 4 * weeks
        position = low + ahead + MONDAY
        for quarter in range(position, position + rest):
            seen[quarter % A_WEEK // 4] += 1
    return [quarters / 4 for quarters in seen]


def total(instants: Iterable[tuple[int, int]]) -> int:
    """How many messages there are."""
    return sum(count for _, count in instants)


def lasting(quarters: int) -> str:
    """A time in words, in the unit in which it is more than one or two: hours, days, weeks."""
    if quarters < 2 * A_DAY:
        return counted_words(
            quarters // 4, "{count} hour", "{count} hours", count=format_shortest(quarters / 4, 1)
        )
    if quarters < 2 * A_WEEK:
        days = quarters / A_DAY
        return counted_words(days, "{count} day", "{count} days", count=format_shortest(days, 1))
    weeks = quarters / A_WEEK
    shown = format_number(weeks, 1)
    return counted_words(weeks, "{count} week", "{count} weeks", count=shown)
