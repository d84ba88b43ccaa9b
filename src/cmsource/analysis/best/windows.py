"""When somebody could be on duty: hours in a row on some days, where most messages arrive."""

from collections.abc import Iterator, Sequence

from cmsource.analysis.cursor.sittings import Place
from cmsource.scenario.arrivals import share_within
from cmsource.values.week import DAY, WEEK, Week

_DAYS = (range(5), range(6), range(7), (5, 6), (0, 2, 4), (6,), (5,))
"""Sets of days: the week, with Saturday, all, the weekend, every other, a day of the weekend."""

_GRID = 180
_SHORTEST = 30
_QUARTER = 15
_DIGITS = 9


def windows(place: Place, hours: float, most: int) -> Iterator[Week]:
    """Hours in a row on each of some days, within the cover: those with most messages first.

    Args:
        place: where they work.
        hours: a week, to be shared out evenly to the days.
        most: how many of each set of days.
    """
    for days in _DAYS:
        length = int(hours * 60 / len(days)) // _QUARTER * _QUARTER
        if not _SHORTEST <= length <= place.longest_day * 60:
            continue
        found = [
            (round(-share_within(place.profile, week), _DIGITS), start, week)
            for start in range(0, DAY, _GRID)
            if (week := _daily(days, start, length)).difference(place.cover).minutes == 0
        ]
        yield from [week for _, _, week in sorted(found)[:most]]


def _daily(days: Sequence[int], start: int, length: int) -> Week:
    return Week.of((day * DAY + start, day * DAY + start + length) for day in days)


def shifted(duty: Week, minutes: int) -> Week:
    """The same hours so much later, or earlier."""
    return Week.of(
        ((start + minutes) % WEEK, (start + minutes) % WEEK + end - start)
        for start, end in duty.intervals
    )


def longer(duty: Week, minutes: int, *, first: bool) -> Week:
    """A duty whose sittings all begin so much earlier, or end so much later; shorter below 0."""
    moved = []
    for start, end in duty.intervals:
        begin, until = (start - minutes, end) if first else (start, end + minutes)
        if until - begin >= _SHORTEST:
            moved.append((begin % WEEK, begin % WEEK + until - begin))
    return Week.of(moved)


def fitted(duty: Week, minutes: int) -> Week:
    """A duty cut at the ends of its days until it is no longer than so many minutes."""
    while duty.minutes > max(minutes, 0) and duty.minutes > _QUARTER:
        days = len(duty.days) or 1
        less = -(-(duty.minutes - minutes) // days)
        less = max(_QUARTER, -(-less // _QUARTER) * _QUARTER)
        parts = [duty.day_part(day) for day in duty.days]
        kept = [week.first_minutes_of_each_day(max(0, week.minutes - less)) for week in parts]
        cut = Week.of(each for week in kept for each in week.intervals)
        if not cut or cut.minutes >= duty.minutes:
            break
        duty = cut
    return duty
