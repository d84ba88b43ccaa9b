"""From a log of messages to an arrival profile and volumes, on the clock of one time zone.

Each hour of the week is weighed by how often it was observed between the first message and the
last: a log that begins on a Wednesday and ends on a Sunday has one Monday fewer than Wednesdays,
and nothing of that shows in the profile. The hours of the first and the last message count as
observed in whole; the hour that summer time skips was not there to be observed, and the one that
winter time repeats was observed twice.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, stdev
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cmsource.inbox.clock import Stretch, ahead_at, instants_of, offset_at, stretches
from cmsource.inbox.message_counts import A_DAY, A_WEEK, Tally, Unreadable
from cmsource.inbox.text_lines import refusal
from cmsource.model.arrivals import share_within
from cmsource.values.language import say
from cmsource.values.money import format_number, format_shortest, style_for
from cmsource.values.week import HOURS, Week
from cmsource.values.week_words import hour_name

BUSIEST = 5
WEEKEND = Week(((5 * 1440, 7 * 1440),))
_MONDAY = 3 * A_DAY  # 1970-01-01 was a Thursday
_EPOCH = date(1970, 1, 1)
_LONG_SILENCE = 14  # days
_FEW = 10


class Spread(NamedTuple):
    """How the volume of whole weeks varies; the standard deviation takes two weeks at least."""

    weeks: int
    least: int
    median: float
    most: int
    deviation: float | None


class Inbox(NamedTuple):
    """What a log says about when messages come, and how many.

    Attributes:
        tally: the log as it was read.
        timezone: the time zone on whose clock hours are counted.
        messages: messages counted.
        first: day of the first message on that clock.
        last: day of the last one.
        weeks: time observed, in weeks.
        per_week: messages in an average week: the sum of the averages of its 168 hours.
        spread: of weeks from Monday to Sunday that lie wholly between the first and the last day;
            None when there is none.
        profile: share of the week's messages in each hour from Monday 00:00; sums to 1.
        counts: messages in each hour of the week.
        observed: how often each hour of the week was observed; a half-hour counts half.
        office: the office hours that `outside_office` is about.
        outside_office: share of the messages outside them.
        weekend: share of the messages on Saturday and Sunday.
        busiest: the hours of the week with the most messages, and how many an hour.
        notes: what the user should know.
    """

    tally: Tally
    timezone: str
    messages: int
    first: date
    last: date
    weeks: float
    per_week: float
    spread: Spread | None
    profile: tuple[float, ...]
    counts: tuple[int, ...]
    observed: tuple[float, ...]
    office: Week
    outside_office: float
    weekend: float
    busiest: tuple[tuple[int, float], ...]
    notes: tuple[str, ...]

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The first few rows that could not be read."""
        return self.tally.examples


class Days(NamedTuple):
    """The days that are asked for, on the clock of the time zone; the log's own where None."""

    since: date | None = None
    until: date | None = None


EVERY_DAY = Days()


def inbox(
    tally: Tally, zone: ZoneInfo, naive: ZoneInfo | None, office: Week, days: Days = EVERY_DAY
) -> Inbox:
    """Work a log out on the clock of a time zone.

    Args:
        tally: the log; it has at least one message.
        zone: the time zone on whose clock hours are counted.
        naive: the time zone of times that do not say theirs; `zone` when None.
        office: office hours.
        days: the days that are asked for.

    Raises:
        ScenarioError: no message came on them.
    """
    notes = list(tally.notes)
    everything, skipped = instants_of(tally, naive or zone)
    instants = _on(everything, days, zone)
    if not instants:
        raise refusal(
            Path(tally.file),
            say("has no message on the days that are asked for"),
            say(
                "its messages are from {first} to {last}",
                first=_day(everything[0][0] + offset_at(zone, everything[0][0])).isoformat(),
                last=_day(everything[-1][0] + offset_at(zone, everything[-1][0])).isoformat(),
            ),
        )
    if skipped:
        notes.append(
            say(
                "{count} times stand in an hour that summer time skips; they count an hour later",
                count=format_shortest(skipped),
            )
        )
    if zone.key == "UTC" and tally.instants:
        notes.append(say("hours are counted in UTC: --timezone Europe/Paris counts them in Paris"))
    quarters = [quarter for quarter, _ in instants]
    first, last = quarters[0], quarters[-1]
    clock = stretches(zone, first, last)
    counts, weeks = _counted(instants, clock)
    start, end = _whole_hours(first, last, clock)
    if days.since is not None and instants[0] != everything[0]:
        start = _midnight(days.since, zone)
    if days.until is not None and instants[-1] != everything[-1]:
        end = _midnight(days.until + timedelta(days=1), zone)
    observed = _observed(start, end, clock)
    rates = [count / seen if seen else None for count, seen in zip(counts, observed, strict=True)]
    known = _filled(rates, notes)
    per_week = sum(known)
    profile = tuple(rate / per_week for rate in known)
    first_day, last_day = (_day(quarter + ahead_at(clock, quarter)) for quarter in (first, last))
    silence = max(pairwise(quarters), key=lambda pair: pair[1] - pair[0], default=(first, first))
    if silence[1] - silence[0] >= _LONG_SILENCE * A_DAY:
        before, after = (_day(quarter + ahead_at(clock, quarter)) for quarter in silence)
        notes.append(
            say(
                "there is no message between {before} and {after}: if a date is wrong or a part "
                "is missing, the volume comes out too low",
                before=str(before),
                after=str(after),
            )
        )
    if sum(counts) < _FEW * HOURS:
        notes.append(
            say(
                "there are {count} messages for each hour of the week: small differences between "
                "hours are chance",
                count=format_number(sum(counts) / HOURS, style_for("EUR"), 1),
            )
        )
    ranked = sorted(range(HOURS), key=lambda hour: (-known[hour], hour))
    return Inbox(
        tally=tally,
        timezone=zone.key,
        messages=sum(counts),
        first=first_day,
        last=last_day,
        weeks=(end - start) / A_WEEK,
        per_week=per_week,
        spread=_spread(weeks, first_day, last_day),
        profile=profile,
        counts=tuple(counts),
        observed=tuple(observed),
        office=office,
        outside_office=1 - share_within(profile, office),
        weekend=share_within(profile, WEEKEND),
        busiest=tuple((hour, known[hour]) for hour in ranked[:BUSIEST] if known[hour] > 0),
        notes=tuple(notes),
    )


def _on(
    instants: Sequence[tuple[int, int]], days: Days, zone: ZoneInfo
) -> Sequence[tuple[int, int]]:
    """The messages of the days that are asked for."""
    first, last = 0, len(instants)
    if days.since is not None:
        first = bisect_left(instants, (_midnight(days.since, zone), 0))
    if days.until is not None:
        last = bisect_left(instants, (_midnight(days.until + timedelta(days=1), zone), 0))
    return instants[first:last]


def _midnight(day: date, zone: ZoneInfo) -> int:
    """The quarter of UTC with which a day begins on a clock."""
    return int(datetime.combine(day, time(), zone).timestamp()) // 900


def _counted(
    instants: Sequence[tuple[int, int]], clock: Sequence[Stretch]
) -> tuple[list[int], dict[int, int]]:
    """Messages by hour of the week, and by week; weeks are counted from that of 1970-01-01."""
    hours = [0] * HOURS
    weeks: dict[int, int] = {}
    number = 0
    for quarter, count in instants:
        while number + 1 < len(clock) and quarter >= clock[number + 1].start:
            number += 1
        week, rest = divmod(quarter + clock[number].ahead + _MONDAY, A_WEEK)
        hours[rest // 4] += count
        weeks[week] = weeks.get(week, 0) + count
    return hours, weeks


def _whole_hours(first: int, last: int, clock: Sequence[Stretch]) -> tuple[int, int]:
    """The time observed: from the full hour before the first message to that after the last."""
    start = first - (first + ahead_at(clock, first)) % 4
    end = last + 4 - (last + ahead_at(clock, last)) % 4
    return start, end


def _observed(start: int, end: int, clock: Sequence[Stretch]) -> list[float]:
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
        position = low + ahead + _MONDAY
        for quarter in range(position, position + rest):
            seen[quarter % A_WEEK // 4] += 1
    return [quarters / 4 for quarters in seen]


def _filled(rates: Sequence[float | None], notes: list[str]) -> list[float]:
    """Messages an hour for each hour of the week; hours never observed as the others at that time.

    An hour that was never observed gets the mean of the same hour on the days that were, and where
    no day has it, the mean of all hours: unknown is not zero.
    """
    missing = [hour for hour, rate in enumerate(rates) if rate is None]
    if not missing:
        return [rate for rate in rates if rate is not None]
    everything = fmean(rate for rate in rates if rate is not None)
    known = []
    for hour, rate in enumerate(rates):
        alike = [r for r in rates[hour % 24 :: 24] if r is not None]
        known.append(rate if rate is not None else fmean(alike) if alike else everything)
    notes.append(
        say(
            "the log is too short: {count} hours of the week were never observed, such as "
            "{hour}, and are taken to be like the same hour of other days",
            count=len(missing),
            hour=hour_name(missing[0]),
        )
    )
    return known


def _day(local: int) -> date:
    return _EPOCH + timedelta(days=local // A_DAY)


def _spread(weeks: dict[int, int], first: date, last: date) -> Spread | None:
    """The volumes of the weeks from Monday to Sunday that lie wholly within the log's days."""
    since, until = (first - _EPOCH).days, (last - _EPOCH).days
    monday = _MONDAY // A_DAY
    complete = range(-(-(since + monday) // 7), (until + monday + 1) // 7)
    volumes = [weeks.get(week, 0) for week in complete]
    if not volumes:
        return None
    return Spread(
        len(volumes),
        min(volumes),
        median(volumes),
        max(volumes),
        stdev(volumes) if len(volumes) > 1 else None,
    )
