"""From a log of messages to an arrival profile and volumes, on the clock of one time zone.

Each hour of the week is weighed by how often it was observed between the first message and the
last: a log that begins on a Wednesday and ends on a Sunday has one Monday fewer than Wednesdays,
and nothing of that shows in the profile. The hours of the first and the last message count as
observed in whole; the hour that summer time skips was not there to be observed, and the one that
winter time repeats was observed twice.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import inf
from pathlib import Path
from statistics import fmean, median, stdev
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cmsource.inbox.answers import Answers, answers_in
from cmsource.inbox.clock import (
    Stretch,
    ahead_at,
    instants_of,
    offset_at,
    stretches,
    to_utc,
    zone_name,
)
from cmsource.inbox.message_counts import A_DAY, A_WEEK
from cmsource.inbox.seasons import Year, year_of
from cmsource.inbox.span import (
    EVERY_DAY,
    LONG_SILENCE,
    MONDAY,
    Days,
    Instants,
    at_one_hour,
    counted,
    day_of,
    is_hollow,
    lasting,
    midnight,
    observed,
    on_days,
    strays_in_words,
    total,
    whole_hours,
    without_strays,
)
from cmsource.inbox.tally import Tally, Unreadable
from cmsource.inbox.text_lines import refusal
from cmsource.inbox.trend import Month, Trend, months_of, trend_of
from cmsource.inbox.trend import Week as FullWeek
from cmsource.scenario.arrivals import share_within
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import counted as counted_words
from cmsource.values.language import say
from cmsource.values.money import format_number, format_shortest, style_for
from cmsource.values.text import shown
from cmsource.values.week import HOURS, Week
from cmsource.values.week_words import hour_name

BUSIEST = 5
WEEKEND = Week(((5 * 1440, 7 * 1440),))
_FIRST_MONDAY = date(1969, 12, 29)
_FEW = 10
_MOST_GUESSED = 0.1
"""Share of a week's messages that may be guessed before nothing is said of a week."""
_MISSING = 3  # messages: a log that lacks so many was hardly begun with the week


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
        strays: messages left out, far outside the days on which the others came.
        first: day of the first message on that clock.
        last: day of the last one.
        weeks: time observed, in weeks.
        per_week: messages in an average week: the sum of the averages of its 168 hours. None when
            more than a tenth of it would be guessed, as of a log of less than a week.
        whole_weeks: from Monday to Sunday, as far as the log covers them.
        spread: of weeks from Monday to Sunday that the log covers; None when there is none.
        months: volumes of the months that lie within the log.
        year: months of the year with other volumes; None where chance explains them all, or a log
            is of less than a year.
        trend: how the volume of weeks changes; None for a log of less than twelve.
        answers: how long answers take today, where the log has both sides of conversations.
        profile: share of the week's messages in each hour from Monday 00:00; sums to 1. Empty when
            the log is too short or says days and no hours.
        counts: messages in each hour of the week.
        observed: how often each hour of the week was observed; a half-hour counts half.
        office: the office hours that `outside_office` is about.
        outside_office: share of the messages outside them; None without a profile.
        weekend: share of the messages on Saturday and Sunday; None when too short.
        hollow: whether most of the time is without messages, so that there is no rate.
        busiest: the hours of the week with the most messages, and how many an hour.
        busiest_days: the same for days, 0 for Monday, where the log says no hours.
        notes: what the user should know.
    """

    tally: Tally
    timezone: str
    messages: int
    strays: int
    first: date
    last: date
    weeks: float
    per_week: float | None
    whole_weeks: tuple[FullWeek, ...]
    spread: Spread | None
    months: tuple[Month, ...]
    year: Year | None
    trend: Trend | None
    answers: Answers | None
    profile: tuple[float, ...]
    counts: tuple[int, ...]
    observed: tuple[float, ...]
    office: Week
    outside_office: float | None
    weekend: float | None
    hollow: bool
    busiest: tuple[tuple[int, float], ...]
    busiest_days: tuple[tuple[int, float], ...]
    notes: tuple[str, ...]

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The first few rows that could not be read."""
        return self.tally.examples


def inbox(
    tally: Tally, zone: ZoneInfo, naive: ZoneInfo | None, office: Week, days: Days = EVERY_DAY
) -> Inbox:
    """Work a log out on the clock of a time zone.

    Args:
        tally: the log; it has at least one message.
        zone: the time zone on whose clock hours are counted.
        naive: the time zone of times that do not say theirs; when None, the one that the title of
            their column names, else `zone`.
        office: office hours.
        days: the days that are asked for.

    Raises:
        ScenarioError: no message came on them.
    """
    named = ZoneInfo(tally.zone) if tally.zone and naive is None else None
    naive = naive or named
    everything, skipped = instants_of(tally, naive or zone)
    asked = on_days(everything, days, zone)
    if not asked:
        raise _none(tally, everything, zone)
    instants = without_strays(asked, days)
    notes = [*tally.notes, *_about_zones(tally, zone, naive, skipped)]
    if named is not None:
        notes.append(
            say(
                "times are those of {zone}, as the title of their column says: --naive-as says "
                "otherwise",
                zone=zone_name(named),
            )
        )
    first, last = instants[0][0], instants[-1][0]
    clock = stretches(zone, everything[0][0], everything[-1][0])
    if len(instants) < len(asked):
        notes.append(strays_in_words(asked, instants, clock))
    first_day, last_day = (day_of(quarter + ahead_at(clock, quarter)) for quarter in (first, last))
    start, end = whole_hours(first, last, clock)
    by_day = at_one_hour(instants, clock, least=1 if tally.days else 7)
    if by_day is not None:
        first_day, last_day = by_day[0], by_day[-1]
        instants = [
            (midnight(day, zone) + A_DAY // 2, count)
            for day, (_, count) in zip(by_day, instants, strict=True)
        ]
        start, end = midnight(first_day, zone), midnight(last_day + timedelta(days=1), zone)
    if days.since is not None and asked[0] != everything[0]:
        start = midnight(days.since, zone)
    if days.until is not None and asked[-1] != everything[-1]:
        end = midnight(days.until + timedelta(days=1), zone)
    hours, weeks = counted(instants, clock)
    seen = observed(start, end, clock)
    rates = _by_day(hours, seen) if by_day is not None else _by_hour(hours, seen)
    known, guessed = _filled(rates)
    hollow = days == EVERY_DAY and is_hollow(instants)
    carries = guessed <= _MOST_GUESSED and not hollow
    profile = tuple(rate / sum(known) for rate in known)
    notes += _about_span(rates, end - start, carries=carries, hollow=hollow)
    silences = list(_about_silence(instants, clock))
    notes += silences
    if tally.days:
        notes.append(
            say(
                "`{column}` says days and no times of the day: days are counted, hours are not "
                "known",
                column=tally.column,
            )
        )
    elif by_day is not None:
        notes.append(
            say(
                "all times in `{column}` are the same time of the day: days are counted, hours "
                "are not known; --column takes another column",
                column=tally.column,
            )
        )
    elif carries and sum(hours) < _FEW * HOURS:
        notes.append(
            counted_words(
                sum(hours) / HOURS,
                "there is {count} message for each hour of the week: small differences between "
                "hours are chance",
                "there are {count} messages for each hour of the week: small differences between "
                "hours are chance",
                count=format_number(sum(hours) / HOURS, style_for("EUR"), 1),
            )
        )
    local = [quarter + ahead_at(clock, quarter) + MONDAY for quarter in (start, end)]
    whole_weeks = _whole_weeks(weeks, local, known) if carries else []
    volumes = [week.messages for week in whole_weeks]
    by_date = _by_date(instants, clock)
    tells_hours = carries and by_day is None
    return Inbox(
        tally=tally,
        timezone=zone.key,
        messages=sum(hours),
        strays=total(asked) - total(instants),
        first=first_day,
        last=last_day,
        weeks=(end - start) / A_WEEK,
        per_week=sum(known) if carries else None,
        whole_weeks=tuple(whole_weeks),
        spread=_spread(volumes),
        months=tuple(months_of(by_date, first_day, last_day)),
        year=None if silences else year_of(by_date, first_day, last_day, volumes),
        trend=trend_of(volumes),
        answers=_answers(tally, everything, naive or zone, days, zone),
        profile=profile if tells_hours else (),
        counts=tuple(hours),
        observed=tuple(seen),
        office=office,
        outside_office=1 - share_within(profile, office) if tells_hours else None,
        weekend=share_within(profile, WEEKEND) if carries else None,
        hollow=hollow,
        busiest=_busiest(rates) if by_day is None else (),
        busiest_days=_busiest_days(rates) if by_day is not None else (),
        notes=tuple(notes),
    )


def check_profile(result: Inbox) -> None:
    """See that a log tells enough for a profile.

    Raises:
        ScenarioError: it is too short, or says days and no hours.
    """
    if result.profile:
        return
    path = Path(result.tally.file)
    if result.hollow:
        raise refusal(
            path,
            say("is without a message for most of the time that it covers"),
            say("say with --since and --until which days it covers"),
        )
    if result.per_week is None:
        raise refusal(
            path,
            say(
                "covers {time}, and a profile takes a week at least",
                time=lasting(round(A_WEEK * result.weeks)),
            ),
            say("export a longer time; several weeks give a profile worth its name"),
        )
    raise refusal(
        path,
        say("says days and no hours in {column}", column=shown(result.tally.column)),
        say("export the log with times, or name a column that has them with --column"),
    )


def _answers(
    tally: Tally, everything: Instants, naive: ZoneInfo, days: Days, zone: ZoneInfo
) -> Answers | None:
    """How conversations are answered on the days that are asked for."""
    start, end = -inf, inf
    if days.since is not None:
        start = 900 * midnight(days.since, zone)
    if days.until is not None:
        end = 900 * midnight(days.until + timedelta(days=1), zone)
    utc = to_utc(naive, everything[0][0], everything[-1][0])
    return answers_in(tally.exchanges, utc, start, end)


def _none(tally: Tally, everything: Instants, zone: ZoneInfo) -> ScenarioError:
    first, last = (
        day_of(quarter + offset_at(zone, quarter))
        for quarter in (everything[0][0], everything[-1][0])
    )
    return refusal(
        Path(tally.file),
        say("has no message on the days that are asked for"),
        say(
            "its messages are from {first} to {last}",
            first=first.isoformat(),
            last=last.isoformat(),
        ),
    )


def _about_zones(
    tally: Tally, zone: ZoneInfo, naive: ZoneInfo | None, skipped: int
) -> Iterator[str]:
    """What there is to say about the clocks on which times were written and counted."""
    if skipped:
        yield counted_words(
            skipped,
            "{count} time stands in an hour that summer time skips; it counts an hour later",
            "{count} times stand in an hour that summer time skips; they count an hour later",
            count=format_shortest(skipped),
        )
    if zone.key == "UTC" and tally.instants:
        yield say("hours are counted in UTC: --timezone Europe/Paris counts them in Paris")
    if not tally.local or naive is not None:
        return
    if tally.instants:
        yield counted_words(
            tally.local.total,
            "{count} time does not say its zone, the others do: it was read as one of {zone}, and "
            "--naive-as says of where it is",
            "{count} times do not say their zone, the others do: they were read as those of "
            "{zone}, and --naive-as says of where they are",
            count=format_shortest(tally.local.total),
            zone=zone.key,
        )
    elif zone.key == "UTC":
        yield say(
            "times do not say their zone and were taken as they stand: if they are those of UTC, "
            "all hours are off by the time difference; --naive-as UTC --timezone Europe/Paris "
            "counts them in Paris"
        )


def _about_span(
    rates: Sequence[float | None], quarters: int, *, carries: bool, hollow: bool
) -> Iterator[str]:
    """What there is to say about the time that a log covers."""
    if hollow:
        yield say(
            "most of the time that the log covers is without a message, which makes any rate "
            "too low: --since and --until say which days it covers"
        )
    elif not carries:
        yield say(
            "the log covers {time}: messages a week and a profile take a week at least",
            time=lasting(quarters),
        )
    elif None in rates:
        yield _never_observed(rates)


def _about_silence(instants: Instants, clock: Sequence[Stretch]) -> Iterator[str]:
    """What there is to say about the longest time without a message."""
    quarters = [quarter for quarter, _ in instants]
    silence = max(pairwise(quarters), key=lambda pair: pair[1] - pair[0], default=None)
    if silence is not None and silence[1] - silence[0] >= LONG_SILENCE * A_DAY:
        before, after = (day_of(quarter + ahead_at(clock, quarter)) for quarter in silence)
        yield say(
            "there is no message between {before} and {after}: if a date is wrong or a part "
            "is missing, the volume comes out too low",
            before=str(before),
            after=str(after),
        )


def _never_observed(rates: Sequence[float | None]) -> str:
    return counted_words(
        rates.count(None),
        "the log is too short: {count} hour of the week was never observed, {hour}, and is taken "
        "to be like the same hour of other days",
        "the log is too short: {count} hours of the week were never observed, such as "
        "{hour}, and are taken to be like the same hour of other days",
        hour=hour_name(rates.index(None)),
    )


def _by_hour(counts: Sequence[int], seen: Sequence[float]) -> list[float | None]:
    """Messages an hour for each hour of the week; None where it was never observed."""
    return [count / hours if hours else None for count, hours in zip(counts, seen, strict=True)]


def _by_day(counts: Sequence[int], seen: Sequence[float]) -> list[float | None]:
    """The same where only days are known: each hour of a day like the others."""
    rates: list[float | None] = []
    for start in range(0, HOURS, 24):
        hours = sum(seen[start : start + 24])
        rates += [sum(counts[start : start + 24]) / hours if hours else None] * 24
    return rates


def _busiest(rates: Sequence[float | None]) -> tuple[tuple[int, float], ...]:
    """The hours of the week with the most messages, of those that were observed."""
    known = [(hour, rate) for hour, rate in enumerate(rates) if rate]
    return tuple(sorted(known, key=lambda each: (-each[1], each[0]))[:BUSIEST])


def _busiest_days(rates: Sequence[float | None]) -> tuple[tuple[int, float], ...]:
    """The days of the week with the most messages, and how many a day."""
    days = [(day, sum(rate or 0 for rate in rates[24 * day : 24 * day + 24])) for day in range(7)]
    known = [(day, rate) for day, rate in days if rate]
    return tuple(sorted(known, key=lambda each: (-each[1], each[0]))[:3])


def _filled(rates: Sequence[float | None]) -> tuple[list[float], float]:
    """Messages an hour for each hour of the week, and what share of them is guessed.

    An hour that was never observed gets the mean of the same hour on the days that were, and where
    no day has it, the mean of all hours: unknown is not zero.
    """
    everything = fmean(rate for rate in rates if rate is not None)
    known = []
    guessed = 0.0
    for hour, rate in enumerate(rates):
        alike = [r for r in rates[hour % 24 :: 24] if r is not None]
        known.append(rate if rate is not None else fmean(alike) if alike else everything)
        guessed += known[-1] if rate is None else 0
    return known, guessed / sum(known)


def _whole_weeks(
    weeks: dict[int, int], local: Sequence[int], known: Sequence[float]
) -> list[FullWeek]:
    """The weeks from Monday to Sunday that the log covers.

    Its first and last weeks are whole when nearly all of their messages are in the log: what is to
    be expected outside is less than three messages and less than a tenth of a week.

    Args:
        weeks: messages by week.
        local: when the log begins and ends, in quarters since the Monday before 1970.
        known: messages an hour for each hour of the week.
    """
    start, end = (quarter / 4 for quarter in local)

    def is_whole(week: int) -> bool:
        outside = sum(
            rate
            for hour, rate in enumerate(known, week * HOURS)
            if hour + 1 <= start or hour >= end
        )
        return outside < min(_MISSING, sum(known) * _MOST_GUESSED)

    reach = range(int(start // HOURS), int(-(-end // HOURS)))
    edges = {week for week in (reach[0], reach[-1]) if not is_whole(week)}
    return [
        FullWeek(_FIRST_MONDAY + timedelta(weeks=week), weeks.get(week, 0))
        for week in reach
        if week not in edges
    ]


def _spread(volumes: Sequence[int]) -> Spread | None:
    """How the volumes of whole weeks vary; None when there is none."""
    if not volumes:
        return None
    return Spread(
        len(volumes),
        min(volumes),
        median(volumes),
        max(volumes),
        stdev(volumes) if len(volumes) > 1 else None,
    )


def _by_date(instants: Instants, clock: Sequence[Stretch]) -> list[tuple[date, int]]:
    """Messages by day on a clock."""
    days: dict[date, int] = {}
    for quarter, count in instants:
        day = day_of(quarter + ahead_at(clock, quarter))
        days[day] = days.get(day, 0) + count
    return list(days.items())
