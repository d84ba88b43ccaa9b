"""``inbox``: what a log says about when messages come, and a profile for a scenario."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cmsource.inbox.answers import Answers, Handling
from cmsource.inbox.message_counts import A_WEEK
from cmsource.inbox.profile import Inbox
from cmsource.inbox.seasons import Year
from cmsource.inbox.span import lasting
from cmsource.inbox.tally import Tally
from cmsource.inbox.trend import Trend
from cmsource.reports.blocks import Block, Code, Facts, Items, Look, Panel, Section, Span, Text
from cmsource.reports.inbox_charts import Charts
from cmsource.reports.inbox_data import inbox_data
from cmsource.reports.inbox_snippet import snippet
from cmsource.reports.pictures import WeekPicture
from cmsource.reports.report import Json
from cmsource.reports.week import shaded_week
from cmsource.reports.wording import title_text, unbroken
from cmsource.values.language import counted, listed, say
from cmsource.values.money import format_number, format_share, format_shortest
from cmsource.values.months import months_in_words
from cmsource.values.week import HOURS
from cmsource.values.week_words import DAY_NAMES, hour_name, moment_in_words
from cmsource.values.written import written

HEADER = ("day", "hour", "weight", "messages", "observed_hours")
_SOME_MONTHS = 3


class InboxReport(NamedTuple):
    """What a log says about when messages come.

    Attributes:
        result: the figures.
        profile: name of the profile file that was written; the scenario gets weights when empty.
    """

    result: Inbox
    profile: str = ""

    def blocks(self) -> Iterator[Block]:
        """The figures, when messages come, what was not read, and the piece of scenario."""
        result = self.result
        yield _answer(result)
        yield Facts(tuple(_figures(result)))
        if result.profile:
            yield _week(result)
        yield from Charts(result.whole_weeks, result.months, result.answers).blocks()
        if result.tally.unreadable:
            yield _unreadable(result.tally)
        if result.notes:
            yield Items(tuple(result.notes), say("Notes"), Look.WARNING)
        if result.per_week is not None:
            code = Code(snippet(result, result.per_week, self.profile), "yaml")
            yield Section(say("For your scenario"), (code,))

    def data(self) -> Json:
        """``cmsource/inbox/1``."""
        return inbox_data(self.result)

    def header(self) -> Sequence[str]:
        """What is said of each hour of the week, as ``profile: {file: …}`` reads it."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each hour of the week.

        The weight of an hour is the messages that came in it, divided by how often it was
        observed; nothing where the log does not tell.
        """
        result = self.result
        for hour in range(HOURS):
            day, clock = hour_name(hour).split()
            weight = None
            if result.profile and result.per_week is not None:
                weight = Decimal(f"{result.profile[hour] * result.per_week:.9g}")
            seen = Decimal(f"{result.observed[hour]:.12g}")
            yield day, clock, weight, result.counts[hour], seen


def _answer(result: Inbox) -> Panel:
    tally = result.tally
    title = title_text(tally.file, tally.column, result.timezone)
    first: list[Span | str] = []
    if result.per_week is not None and result.weekend is not None:
        per_week = format_number(result.per_week, 1)
        volume = counted(
            result.per_week,
            "{count} message a week",
            "{count} messages a week",
            count=per_week,
        )
        first.append(Span(volume, Look.STRONG))
        weekend = format_share(result.weekend)
        first.append(
            say(": {weekend} at weekends", weekend=weekend)
            if result.outside_office is None
            else say(
                ": {outside} outside office hours, {weekend} at weekends",
                outside=format_share(result.outside_office),
                weekend=weekend,
            )
        )
    else:
        missing = (
            say("too many days without a message for messages a week")
            if result.hollow
            else say("too short for messages a week")
        )
        first.append(Span(missing, Look.STRONG))
    seen = counted(
        result.messages,
        "{count} message from {first} to {last}, {weeks}",
        "{count} messages from {first} to {last}, {weeks}",
        count=format_number(result.messages),
        first=str(result.first),
        last=str(result.last),
        weeks=unbroken(lasting(round(A_WEEK * result.weeks))),
    )
    if tally.others:
        others = listed(tally.others)
        seen = say("{seen}; other columns with times: {columns}", seen=seen, columns=others)
    return Panel(title, (tuple(first), seen))


def _figures(result: Inbox) -> Iterator[tuple[Text, Text]]:
    yield say("Whole weeks"), _spread(result)
    if len(result.months) >= _SOME_MONTHS:
        yield say("Whole months"), _months(result)
    if result.year is not None:
        yield say("Seasons"), _seasons(result.year)
    if result.trend is not None:
        yield say("Trend"), _trend(result.trend)
    if result.answers is not None:
        yield say("Answers today"), _answers(result.answers)
        if (handling := result.answers.handling) is not None:
            yield say("Time for each"), _handling(handling)
    yield say("Office hours"), written(str(result.office))
    if result.busiest_days:
        days = (
            unbroken(say("{day} ({count} a day)", day=DAY_NAMES[day], count=_rate(rate)))
            for day, rate in result.busiest_days
        )
        yield say("Busiest days"), listed(days)
        return
    busiest = (
        unbroken(say("{hour} ({count} an hour)", hour=hour_name(hour), count=_rate(rate)))
        for hour, rate in result.busiest
    )
    yield say("Busiest hours"), listed(busiest)


def _rate(rate: float) -> str:
    return format_number(rate, 1 if rate >= 10 else 2)


def _spread(result: Inbox) -> str:
    spread = result.spread
    if spread is None:
        return say("none, from Monday to Sunday, lies within the log")
    if spread.deviation is None:
        return say("one, with {count}", count=format_number(spread.least))
    return say(
        "{weeks}, with {least} to {most}, median {median}, standard deviation {deviation}",
        weeks=spread.weeks,
        least=format_number(spread.least),
        most=format_number(spread.most),
        median=format_number(spread.median, 1),
        deviation=format_number(spread.deviation, 1),
    )


def _answers(answers: Answers) -> str:
    median, nine = _wait(answers.within(0.5)), _wait(answers.within(0.9))
    part = format_share(answers.answered / answers.asked)
    asked = format_number(answers.asked)
    if answers.in_rows:
        return counted(
            answers.asked,
            "within {median} for half of them, {nine} for nine of ten; {share} of {count} "
            "message has one, as `{column}` says",
            "within {median} for half of them, {nine} for nine of ten; {share} of {count} "
            "messages have one, as `{column}` says",
            median=median,
            nine=nine,
            share=part,
            count=asked,
            column=answers.column,
        )
    return counted(
        answers.asked,
        "within {median} for half of them, {nine} for nine of ten; {share} of {count} question "
        "has one, as `{column}` groups them",
        "within {median} for half of them, {nine} for nine of ten; {share} of {count} questions "
        "have one, as `{column}` groups them",
        median=median,
        nine=nine,
        share=part,
        count=asked,
        column=answers.column,
    )


def _handling(handling: Handling) -> str:
    return counted(
        handling.intervals,
        "{minutes} a message, derived from {count} interval between two answers of one person, "
        "with the next question waiting",
        "{minutes} a message, derived from {count} intervals between two answers of one person, "
        "with the next question waiting",
        minutes=_wait(handling.minutes),
        count=format_number(handling.intervals),
    )


def _wait(minutes: float) -> str:
    if minutes < 120:
        return unbroken(say("{count} min", count=format_shortest(minutes, 1)))
    return unbroken(say("{count} h", count=format_shortest(minutes / 60, 1)))


def _months(result: Inbox) -> str:
    ranked = sorted(result.months, key=lambda month: month.per_week)
    least, most = ranked[0], ranked[-1]
    return say(
        "{count}, with {least} a week in {quiet} to {most} a week in {busy}",
        count=len(ranked),
        least=format_number(least.per_week, 1),
        quiet=f"{least.first:%Y-%m}",
        most=format_number(most.per_week, 1),
        busy=f"{most.first:%Y-%m}",
    )


def _seasons(year: Year) -> str:
    shares = (
        unbroken(
            say(
                "{months} {share}",
                months=months_in_words(season.months),
                share=format_share(season.share, 0),
            )
        )
        for season in year.seasons
    )
    return counted(
        year.per_week,
        "{seasons} of the {count} message a week of other months",
        "{seasons} of the {count} messages a week of other months",
        seasons=listed(shares),
        count=format_number(year.per_week, 1),
    )


def _trend(trend: Trend) -> str:
    change, margin = format_share(abs(trend.per_month)), format_share(trend.margin)
    if not trend.stands_out:
        return say("none that stands out from {margin} a month", margin=margin)
    if trend.per_month > 0:
        return say("up {change} a month, ± {margin}", change=change, margin=margin)
    return say("down {change} a month, ± {margin}", change=change, margin=margin)


def _week(result: Inbox) -> WeekPicture:
    hour, rate = result.busiest[0]
    most = counted(
        rate,
        "{count} message an hour, {moment}",
        "{count} messages an hour, {moment}",
        count=_rate(rate),
        moment=moment_in_words(60 * hour),
    )
    return shaded_week(result.profile, most, Look.KEY, say("When they come"))


def _unreadable(tally: Tally) -> Items:
    points = [
        say("record {number}: {reason}", number=row.line, reason=row.reason)
        if tally.records
        else say("line {line}: {reason}", line=row.line, reason=row.reason)
        for row in tally.examples
    ]
    more = tally.unreadable - sum(row.rows for row in tally.examples)
    if more:
        points.append(say("and {count} more", count=format_shortest(more)))
    title = counted(
        tally.rows,
        "Not read: {unread} of {count} row",
        "Not read: {unread} of {count} rows",
        unread=format_shortest(tally.unreadable),
        count=format_shortest(tally.rows),
    )
    return Items(tuple(points), title, Look.WARNING)
