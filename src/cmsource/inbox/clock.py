"""Time zones: how far a clock is ahead of UTC, and which quarters of an hour it shows when."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cmsource.inbox.message_counts import A_DAY, Counts
from cmsource.inbox.tally import Tally
from cmsource.values.language import say
from cmsource.values.quantities import QuantityError, quoted


class Stretch(NamedTuple):
    """Quarters of UTC, up to the next stretch, in which a clock is ahead by so many quarters."""

    start: int
    ahead: int


def offset_at(zone: ZoneInfo, quarter: int) -> int:
    """How many quarters the clock of a zone is ahead of UTC in a quarter of UTC."""
    moment = datetime.fromtimestamp(quarter * 900, UTC).astimezone(zone)
    return int((moment.utcoffset() or timedelta(0)).total_seconds()) // 900


def stretches(zone: ZoneInfo, first: int, last: int) -> list[Stretch]:
    """How far a clock is ahead of UTC, from a few days before a quarter to a few after another."""
    offset = partial(offset_at, zone)
    low, high = first - 2 * A_DAY, last + 2 * A_DAY
    found = [Stretch(low, offset(low))]
    for day in range(low, high, A_DAY):
        before, after = day, min(day + A_DAY, high)
        if offset(after) == found[-1].ahead:
            continue
        while after - before > 1:  # the quarter in which the clock changes
            middle = (before + after) // 2
            if offset(middle) == found[-1].ahead:
                before = middle
            else:
                after = middle
        found.append(Stretch(after, offset(after)))
    return found


def ahead_at(clock: Sequence[Stretch], quarter: int) -> int:
    """How far a clock is ahead of UTC in a quarter of UTC."""
    return clock[bisect_right(clock, quarter, key=lambda stretch: stretch.start) - 1].ahead


def instants_of(tally: Tally, zone: ZoneInfo) -> tuple[list[tuple[int, int]], int]:
    """All messages by quarters of UTC, in order, and how many stand in an hour that never was.

    A time on the clock that comes twice is the first of the two; one that never comes is read with
    the offset before the change, as PEP 495 has it.
    """
    local = list(tally.local)
    if not local:
        return list(tally.instants), 0
    clock = stretches(zone, local[0][0], local[-1][0])
    changes = _changes(clock)
    together = Counts(tally.instants)
    moved = []
    skipped = number = 0
    for quarter, count in local:
        while number < len(changes) and quarter >= changes[number][0]:
            number += 1
        if number < len(changes) and quarter >= changes[number][1]:
            skipped += count if clock[number + 1].ahead > clock[number].ahead else 0
        moved.append((quarter - clock[number].ahead, count))
    together.update(Counts(moved))
    return list(together), skipped


def _changes(clock: Sequence[Stretch]) -> list[tuple[int, int]]:
    """For each change, where on the clock the new time holds for certain, and the old one ends."""
    return [
        (after.start + max(before.ahead, after.ahead), after.start + before.ahead)
        for before, after in pairwise(clock)
    ]


def to_utc(zone: ZoneInfo, first: int, last: int) -> Callable[[int], int]:
    """What turns seconds on a clock into those of UTC, between two of its quarters.

    Ambiguous times are read as `instants_of` reads them.
    """
    clock = stretches(zone, first, last)
    changes = _changes(clock)

    def of(second: int) -> int:
        number = bisect_right(changes, second // 900, key=lambda change: change[0])
        return second - clock[number].ahead * 900

    return of


def zone_name(zone: ZoneInfo) -> str:
    """The name of a zone for people: those of one offset have it with the other sign."""
    west, found, offset = zone.key.partition("Etc/GMT")
    if not found or west or not offset:
        return zone.key
    return f"UTC{-int(offset):+}"


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name such as ``Europe/Paris``.

    Raises:
        QuantityError: there is no such time zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from difflib import get_close_matches
        from zoneinfo import available_timezones

        close = get_close_matches(name, sorted(available_timezones()), 1)
        hint = (
            say("did you mean {name}?", name=close[0])
            if close
            else say("write Europe/Paris or America/Toronto")
        )
        raise QuantityError(say("{name} is not a time zone", name=quoted(name)), hint) from None
