"""What there is to say about the time that a log covers, and the clocks of its times."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from cmsource.inbox.clock import Stretch, ahead_at, zone_name
from cmsource.inbox.message_counts import A_DAY
from cmsource.inbox.span import LONG_SILENCE, Instants, day_of, lasting
from cmsource.inbox.tally import Tally
from cmsource.values.language import counted, say
from cmsource.values.money import format_number, format_shortest
from cmsource.values.week import HOURS
from cmsource.values.week_words import hour_name

_FEW = 10
"""Messages for each hour of the week that make a profile more than chance."""


def about_zones(
    tally: Tally, zone: ZoneInfo, naive: ZoneInfo | None, skipped: int
) -> Iterator[str]:
    """What there is to say about the clocks on which times were written and counted."""
    if skipped:
        yield counted(
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
        yield counted(
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


def about_zone_of_title(zone: ZoneInfo) -> str:
    """What there is to say where the title of a column names the zone of its times."""
    return say(
        "times are those of {zone}, as the title of their column says: --naive-as says otherwise",
        zone=zone_name(zone),
    )


def about_span(
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


def about_silence(instants: Instants, clock: Sequence[Stretch]) -> Iterator[str]:
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


def about_days(tally: Tally, messages: int, *, by_day: bool, carries: bool) -> Iterator[str]:
    """What there is to say where hours are not known, or rest on few messages.

    Args:
        tally: the log.
        messages: how many came.
        by_day: whether only the days count.
        carries: whether the log is long enough for a profile.
    """
    if tally.days:
        yield say(
            "`{column}` says days and no times of the day: days are counted, hours are not known",
            column=tally.column,
        )
    elif by_day:
        yield say(
            "all times in `{column}` are the same time of the day: days are counted, hours are "
            "not known; --column takes another column",
            column=tally.column,
        )
    elif carries and messages < _FEW * HOURS:
        yield counted(
            messages / HOURS,
            "there is {count} message for each hour of the week: small differences between hours "
            "are chance",
            "there are {count} messages for each hour of the week: small differences between "
            "hours are chance",
            count=format_number(messages / HOURS, 1),
        )


def _never_observed(rates: Sequence[float | None]) -> str:
    return counted(
        rates.count(None),
        "the log is too short: {count} hour of the week was never observed, {hour}, and is taken "
        "to be like the same hour of other days",
        "the log is too short: {count} hours of the week were never observed, such as "
        "{hour}, and are taken to be like the same hour of other days",
        hour=hour_name(rates.index(None)),
    )
