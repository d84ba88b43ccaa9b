"""``coverage``: the week of every option, in pictures and hour by hour."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.coverage.moment import Moment, OptionMoment
from cmsource.analysis.coverage.week_picture import Hour, OptionWeek, PhaseWeek
from cmsource.model.line.answers import answering
from cmsource.reports.blocks import (
    Bar,
    Block,
    Cell,
    Column,
    Facts,
    Look,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.comparison_data import months, share
from cmsource.reports.pictures import WeekHour, WeekPicture
from cmsource.reports.report import Json
from cmsource.reports.week import NOTHING, shaded_week
from cmsource.reports.wording import (
    hours_text,
    plain_number,
    share_text,
    time_text,
    title_text,
    units_kept,
)
from cmsource.results.phase import Answering
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import counted, listed, say
from cmsource.values.week_words import hour_name, in_words, moment_in_words
from cmsource.values.written import written

FORMAT = "cmsource/coverage/1"
BARE = "--"
ALWAYS = "██"
HEADER = (
    "option",
    "label",
    "from_month",
    "months",
    "day",
    "hour",
    "asked",
    "there",
    "watched",
    "uncovered",
    "messages",
    "backlog_hours",
    "on_duty",
)
_LEAST_BACKLOG = 0.05  # hours of work, from which on a picture shows it
_LEAST_LOST = 5e-4  # of the messages, that are spoken of


class CoverageReport(NamedTuple):
    """The weeks of the options of a scenario.

    Attributes:
        scenario: the scenario, in one month of its year.
        options: the weeks of those of its options that are to be shown.
        season: the months that are like it, for people; "" where all are.
    """

    scenario: Scenario
    options: Sequence[OptionWeek]
    season: str = ""

    def blocks(self) -> Iterator[Block]:
        """The options side by side, when messages come, then a picture for each phase of each."""
        yield _answer(self.scenario, self.options, self.season)
        if sum(len(option.phases) for option in self.options) > 1:
            yield _side_by_side(self.options)
        hours = self.options[0].phases[0].hours if self.options else ()
        if any(hour.messages for hour in hours):
            yield _messages(hours)
        yield Paragraph(
            say(
                "Below, figures are the chance in per cent that somebody is there; {always} "
                "always, {bare} asked for and nobody on duty, {nothing} not asked for",
                always=ALWAYS,
                bare=BARE,
                nothing=NOTHING,
            ),
            Look.FAINT,
        )
        for option in self.options:
            for phase in option.phases:
                blocks = tuple(_phase(phase, self.scenario.needs.answer_within))
                yield Section(_title(option, phase), blocks)

    def data(self) -> Json:
        """``cmsource/coverage/1``: the values hour by hour."""
        data = week_head(self.scenario, self.season)
        data["options"] = {
            option.name: {
                "label": option.label,
                "phases": [_phase_data(phase) for phase in option.phases],
            }
            for option in self.options
        }
        return data

    def header(self) -> Sequence[str]:
        """What is said of each hour."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each hour of each phase of each option."""
        for option in self.options:
            for phase in option.phases:
                for number, hour in enumerate(phase.hours):
                    day, clock = hour_name(number).split()
                    values = [share(value) for value in hour[:-1]]
                    duty = " ".join(hour.on_duty)
                    yield (*row_begin(option, phase), written(day), clock, *values, duty)


def months_of(option: OptionWeek | OptionMoment, phase: PhaseWeek | Moment) -> str:
    """Which months of an option a phase is; "" where it is all of them."""
    if len(option.phases) < 2:
        return ""
    return say(
        "months {first} to {last}",
        first=plain_number(phase.from_month),
        last=plain_number(phase.from_month + phase.months),
    )


def phase_of(name: str, option: OptionWeek | OptionMoment, phase: PhaseWeek | Moment) -> str:
    """What an option is called, with the months of a phase where there are several."""
    months_ = months_of(option, phase)
    return listed([name, months_]) if months_ else name


def row_begin(
    option: OptionWeek | OptionMoment, phase: PhaseWeek | Moment
) -> tuple[str, str, object, object]:
    """The first cells of a row of CSV: the option, and which months a phase is."""
    return option.name, option.label, months(phase.from_month), months(phase.months)


def week_head(scenario: Scenario, season: str) -> dict[str, Json]:
    """What the JSON of a week and that of a moment begin with."""
    needs = scenario.needs
    return {
        "format": FORMAT,
        "scenario": {"name": scenario.name, "file": scenario.file},
        "cover": str(needs.cover),
        "messages_per_week": share(needs.messages.weekly if needs.messages is not None else None),
        **({"season": season} if season else {}),
    }


def week_of(season: str) -> str:
    """Which months of the year a week is of; "" where every month is the same."""
    return say("a week in {season}", season=season) if season else ""


def _title(option: OptionWeek, phase: PhaseWeek) -> str:
    name = option.label
    if option.label != option.name:
        name = listed([option.name, option.label], " · ")
    return say(
        "{option}: {share} watched",
        option=phase_of(name, option, phase),
        share=share_text(phase.watched),
    )


def _answer(scenario: Scenario, options: Sequence[OptionWeek], season: str) -> Panel:
    """Which option watches most of the cover, and which least."""
    cover = say("cover {hours}", hours=written(str(scenario.needs.cover)))
    title = title_text(scenario.name, cover, week_of(season))
    phases = [(option, phase) for option in options for phase in option.phases]
    watched = [(phase.watched, option, phase) for option, phase in phases]
    known = [(value, option, phase) for value, option, phase in watched if value is not None]
    if not known:
        return Panel(title, (say("No hour of the week is asked for."),), Look.WARNING)
    most, least = max(known, key=lambda each: each[0]), min(known, key=lambda each: each[0])
    lines: list[Text] = []
    for value, option, phase in (most, least) if len(known) > 1 else (most,):
        name = Span(phase_of(option.label, option, phase), Look.STRONG)
        watched_text = say(
            ": {share} watched, {uncovered}.",
            share=share_text(value),
            uncovered=_uncovered(phase),
        )
        lines.append((name, watched_text))
    return Panel(title, tuple(lines))


def _side_by_side(options: Sequence[OptionWeek]) -> Table:
    columns = (
        Column(say("Option"), wraps=True),
        Column(FIGURES["watched"].title, right=True),
        Column(FIGURES["answered_in_time"].title, right=True),
        Column(say("Uncovered a week"), right=True),
        Column(say("Off duty"), right=True, keep=50),
    )
    rows = []
    for option in options:
        for phase in option.phases:
            in_time = None if phase.answers is None else phase.answers.in_time
            cells = (
                phase_of(option.label, option, phase),
                _bar(phase.watched),
                _bar(in_time),
                hours_text(phase.uncovered.hours),
                share_text(phase.unattended),
            )
            rows.append(Row(cells))
    note = say("Off duty: messages that come while nobody is on duty.")
    return Table(columns, tuple(rows), note=note)


def _bar(value: float | None) -> Text | Cell:
    text = share_text(value)
    return text if value is None else Cell(text, Bar(value))


def _messages(hours: Sequence[Hour]) -> WeekPicture:
    values = [hour.messages for hour in hours]
    most = max(range(len(values)), key=lambda hour: (values[hour], -hour))
    largest = counted(
        values[most],
        "{count} message, {when}",
        "{count} messages, {when}",
        count=plain_number(values[most]),
        when=moment_in_words(60 * most),
    )
    title = say("When messages come: {count} a week", count=plain_number(sum(values)))
    return shaded_week(values, largest, Look.KEY, title)


def _phase(phase: PhaseWeek, within: float) -> Iterator[Block]:
    yield WeekPicture(tuple(map(_hour, phase.hours)))
    yield Facts(tuple(_facts(phase, within)))
    yield from _backlog(phase)


def _facts(phase: PhaseWeek, within: float) -> Iterator[tuple[Text, Text]]:
    for source, duty in phase.sources.items():
        if not duty.duty and not duty.on_call:
            yield source, say("never on duty")
        if duty.at_once is not None:
            share = share_text(duty.at_once)
            hours = written(str(duty.duty))
            told = say("software, {hours}: answers {share} at once", hours=hours, share=share)
            yield source, told
            continue
        if duty.duty:
            there = share_text(duty.presence)
            hours = written(str(duty.duty))
            told = say("on duty {hours}, there {share} of the time", hours=hours, share=there)
            yield source, told
        if duty.on_call:
            there = share_text(duty.presence_on_call)
            hours = written(str(duty.on_call))
            told = say("on call {hours}, there {share} of the time", hours=hours, share=there)
            yield source, told
    yield say("Uncovered"), _left(phase) if phase.uncovered else say("nothing uncovered")
    if not phase.sources:
        return
    if phase.unattended:
        share = share_text(phase.unattended)
        yield say("Messages"), say("{share} come while nobody is on duty", share=share)
    if phase.answers is not None:
        found = answering(phase.answers)
        yield say("Answers"), _in_time(phase.answers.in_time, found, within)
    if phase.answers is not None and 1 - phase.answers.answered >= _LEAST_LOST:
        lost = share_text(1 - phase.answers.answered)
        text = say("{share} of the messages are never answered", share=lost)
        yield say("Never"), Span(text, Look.WARNING)


def _in_time(in_time: float | None, found: Answering, within: float) -> str:
    """How many messages are answered in time, and how long the others wait."""
    places = {"share": share_text(in_time), "within": time_text(within)}
    if found.median_minutes is None:
        return units_kept(say("{share} within {within}, most of them never", **places))
    places["half"] = time_text(found.median_minutes)
    if found.p90_minutes is None:
        return units_kept(say("{share} within {within}; half within {half}, some never", **places))
    places["most"] = time_text(found.p90_minutes)
    return units_kept(
        say("{share} within {within}; half within {half}, nine in ten within {most}", **places)
    )


def _backlog(phase: PhaseWeek) -> Iterator[WeekPicture]:
    """Where work waits, if it does to speak of."""
    waiting = [hour.backlog for hour in phase.hours]
    most = max(range(len(waiting)), key=lambda hour: (waiting[hour], -hour))
    if phase.answers is not None and waiting[most] >= _LEAST_BACKLOG:
        when = moment_in_words(60 * most)
        hours = hours_text(waiting[most])
        largest = say("{hours} of work, {when}", hours=hours, when=when)
        title = say("Where messages wait for their answer")
        yield shaded_week(waiting, largest, Look.WARNING, title)


def _uncovered(phase: PhaseWeek) -> str:
    if not phase.uncovered:
        return say("nothing uncovered")
    return say("uncovered {hours}", hours=_left(phase))


def _left(phase: PhaseWeek) -> str:
    """The hours of the cover in which nobody is on duty: how many, and which."""
    hours = hours_text(phase.uncovered.hours)
    return say("{hours} a week: {when}", hours=hours, when=in_words(phase.uncovered))


def _hour(hour: Hour) -> WeekHour:
    """An hour as two characters."""
    if hour.there <= 0:
        return WeekHour(BARE, Look.BAD) if hour.uncovered > 0 else WeekHour(NOTHING, Look.FAINT)
    if hour.there >= 1:
        return WeekHour(ALWAYS, Look.GOOD)
    text = str(max(1, min(99, round(100 * hour.there))))
    if not hour.asked:
        return WeekHour(text, Look.FAINT)
    part = hour.watched / hour.asked
    return WeekHour(text, Look.GOOD if part >= 0.9 else Look.WARNING if part >= 0.5 else Look.BAD)


def _phase_data(phase: PhaseWeek) -> Json:
    return {
        "from_month": months(phase.from_month),
        "months": months(phase.months),
        "watched": share(phase.watched),
        "uncovered_hours": share(phase.uncovered.hours),
        "uncovered": str(phase.uncovered),
        "uncovered_in_words": in_words(phase.uncovered),
        "messages_while_nobody_on_duty": share(phase.unattended),
        **_answering_data(phase),
        "sources": {
            name: {
                "on_duty": str(source.duty),
                "presence": share(source.presence),
                "answered_at_once": share(source.at_once),
                **(
                    {
                        "on_call": str(source.on_call),
                        "presence_on_call": share(source.presence_on_call),
                    }
                    if source.on_call
                    else {}
                ),
            }
            for name, source in phase.sources.items()
        },
        "hours": [
            {
                "hour": hour_name(number),
                "asked": share(hour.asked),
                "there": share(hour.there),
                "watched": share(hour.watched),
                "uncovered": share(hour.uncovered),
                "messages": share(hour.messages),
                "backlog_hours": share(hour.backlog),
                "on_duty": list(hour.on_duty),
            }
            for number, hour in enumerate(phase.hours)
        ],
    }


def _answering_data(phase: PhaseWeek) -> dict[str, Json]:
    """How late messages are answered, in figures of the whole week."""
    found = None if phase.answers is None else answering(phase.answers)
    return {
        "answered_in_time": share(None if phase.answers is None else phase.answers.in_time),
        "answered": share(None if phase.answers is None else phase.answers.answered),
        "median_minutes": share(None if found is None else found.median_minutes),
        "p90_minutes": share(None if found is None else found.p90_minutes),
    }
