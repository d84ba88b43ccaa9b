"""From a log of messages to an arrival profile and volumes, on the clock of one time zone.

Each hour of the week is weighed by how often it was observed between the first message and the
last: a log that begins on a Wednesday and ends on a Sunday has one Monday fewer than Wednesdays,
and nothing of that shows in the profile. The hours of the first and the last message count as
observed in whole; the hour that summer time skips was not there to be observed, and the one that
winter time repeats was observed twice.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import inf
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cmsource.inbox.answers import Answers, answers_in
from cmsource.inbox.clock import Stretch, ahead_at, instants_of, offset_at, stretches, to_utc
from cmsource.inbox.message_counts import A_DAY, A_WEEK
from cmsource.inbox.rates import (
    busiest_days,
    busiest_hours,
    rates_by_day,
    rates_by_hour,
    without_gaps,
)
from cmsource.inbox.seasons import Year, year_of
from cmsource.inbox.span import (
    EVERY_DAY,
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
from cmsource.inbox.span_remarks import (
    about_days,
    about_silence,
    about_span,
    about_zone_of_title,
    about_zones,
)
from cmsource.inbox.tally import Tally, Unreadable
from cmsource.inbox.text_lines import refusal
from cmsource.inbox.trend import Month, Trend, months_of, trend_of
from cmsource.inbox.trend import Week as FullWeek
from cmsource.inbox.whole_weeks import Spread, spread_of, whole_weeks
from cmsource.scenario.arrivals import share_within
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import say
from cmsource.values.text import shown
from cmsource.values.week import Week

WEEKEND = Week(((5 * 1440, 7 * 1440),))
_MOST_GUESSED = 0.1
"""Share of a week's messages that may be guessed before nothing is said of a week."""


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
    notes = [*tally.notes, *about_zones(tally, zone, naive, skipped)]
    if named is not None:
        notes.append(about_zone_of_title(named))
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
    rates = (rates_by_day if by_day is not None else rates_by_hour)(hours, seen)
    known, guessed = without_gaps(rates)
    hollow = days == EVERY_DAY and is_hollow(instants)
    carries = guessed <= _MOST_GUESSED and not hollow
    profile = tuple(rate / sum(known) for rate in known)
    notes += about_span(rates, end - start, carries=carries, hollow=hollow)
    silences = list(about_silence(instants, clock))
    notes += silences
    notes += about_days(tally, sum(hours), by_day=by_day is not None, carries=carries)
    local = [quarter + ahead_at(clock, quarter) + MONDAY for quarter in (start, end)]
    covered = whole_weeks(weeks, local, known) if carries else []
    volumes = [week.messages for week in covered]
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
        whole_weeks=tuple(covered),
        spread=spread_of(volumes),
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
        busiest=busiest_hours(rates) if by_day is None else (),
        busiest_days=busiest_days(rates) if by_day is not None else (),
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


def _by_date(instants: Instants, clock: Sequence[Stretch]) -> list[tuple[date, int]]:
    """Messages by day on a clock."""
    days: dict[date, int] = {}
    for quarter, count in instants:
        day = day_of(quarter + ahead_at(clock, quarter))
        days[day] = days.get(day, 0) + count
    return list(days.items())
