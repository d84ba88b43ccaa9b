"""The week of every option: pictures, and values hour by hour."""

import csv
import io
from collections.abc import Iterator, Sequence

from cmsource.analysis.coverage.moment import Moment, OptionMoment
from cmsource.analysis.coverage.week_picture import Hour, OptionWeek, PhaseWeek
from cmsource.model.queueing.answering import Answers
from cmsource.model.queueing.lateness import answering
from cmsource.output.layout import Cell, Paint, painter, paragraph
from cmsource.output.week import NOTHING, picture, shaded, shades_legend
from cmsource.reports.comparison_data import Json, months, share
from cmsource.reports.wording import plain_number, share_text
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, style_for
from cmsource.values.text import printable as safe
from cmsource.values.week_words import hour_name, in_words, moment_in_words
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

FORMAT = "cmsource/coverage/1"
BARE = "--"
ALWAYS = "██"
COLUMNS = (
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


def coverage_text(
    scenario: Scenario, options: Sequence[OptionWeek], *, width: int = 80, colour: bool = False
) -> str:
    """A picture of the week for each phase of each option, after that of the messages."""
    paint = painter(colour=colour)
    style = style_for(scenario.currency)
    title = paint(paragraph(safe(f"{scenario.name} · cover {scenario.needs.cover}"), width), "bold")
    parts = [title]
    hours = options[0].phases[0].hours if options else ()
    if any(hour.messages for hour in hours):
        parts.append("\n".join(_messages(hours, style, paint, width)))
    parts.append(
        paint(
            paragraph(
                f"Figures are the chance in per cent that somebody is there; {ALWAYS} always, "
                f"{BARE} asked for and nobody on duty, {NOTHING} not asked for",
                width,
            ),
            "dim",
        )
    )
    for option in options:
        for phase in option.phases:
            parts.append(
                "\n".join(_phase(option, phase, style, paint, width, scenario.needs.answer_within))
            )
    return "\n\n".join(parts) + "\n"


def _messages(hours: Sequence[Hour], style: Style, paint: Paint, width: int) -> Iterator[str]:
    values = [hour.messages for hour in hours]
    most = max(range(len(values)), key=lambda hour: (values[hour], -hour))
    yield paint(f"When messages come: {plain_number(sum(values), style)} a week", "bold")
    yield from picture(shaded(values, "cyan"), width, paint)
    largest = f"{plain_number(values[most], style)} messages, {moment_in_words(60 * most)}"
    yield paint(paragraph(shades_legend(largest), width, "  "), "dim")


def span(option: OptionWeek | OptionMoment, phase: PhaseWeek | Moment, style: Style) -> str:
    """Which months of an option a phase is, when it has several."""
    if len(option.phases) < 2:
        return ""
    end = plain_number(phase.from_month + phase.months, style)
    return f", months {plain_number(phase.from_month, style)} to {end}"


def _phase(
    option: OptionWeek, phase: PhaseWeek, style: Style, paint: Paint, width: int, within: float
) -> Iterator[str]:
    name = option.name if option.label == option.name else f"{option.name} · {option.label}"
    title = f"{name}{span(option, phase, style)}: {share_text(phase.watched, style)} watched"
    yield paint(paragraph(safe(title), width), "bold")
    yield from picture([_cell(hour) for hour in phase.hours], width, paint)
    for source, duty in phase.sources.items():
        when = f"on duty {duty.duty}" if duty.duty else "never on duty"
        chance = f", there {share_text(duty.presence, style)} of the time" if duty.duty else ""
        yield paragraph(safe(f"{source}: {when}{chance}"), width, "    ", "  ")
    yield paragraph(f"{_uncovered(phase, style)}", width, "    ", "  ")
    if phase.unattended and phase.sources:
        late = f"{share_text(phase.unattended, style)} of the messages come while nobody is on duty"
        yield paragraph(late, width, "    ", "  ")
    if phase.answers is not None and phase.sources:
        yield paragraph(_in_time(phase.answers, within, style), width, "    ", "  ")
    yield from _backlog(phase, style, paint, width)


def _in_time(answers: Answers, within: float, style: Style) -> str:
    """How many messages are answered in time, and how long the others wait."""
    share = share_text(answers.in_time(), style)
    text = f"{share} of the messages are answered within {length(within, style)}"
    found = answering(answers)
    if found.median_minutes is None:
        return f"{text}, most of them never"
    text += f"; half within {length(found.median_minutes, style)}"
    if found.p90_minutes is None:
        return f"{text}, some never"
    return f"{text}, nine in ten within {length(found.p90_minutes, style)}"


def length(minutes: float, style: Style) -> str:
    """A time in the largest unit that fits: 40 min, 5.5 h, 2.3 days."""
    if minutes < 120 and minutes % 60:
        whole = max(1, round(minutes))
        return f"{whole} min"
    size, unit = (60, "h") if minutes < 2880 else (1440, "days")
    return f"{plain_number(round(minutes / size, 1), style)} {unit}"


def _backlog(phase: PhaseWeek, style: Style, paint: Paint, width: int) -> Iterator[str]:
    """Where work waits, if it does to speak of."""
    if phase.fluid is None:
        return
    waiting = [hour.backlog for hour in phase.hours]
    most = max(range(len(waiting)), key=lambda hour: (waiting[hour], -hour))
    if waiting[most] >= _LEAST_BACKLOG:
        yield paint("  Where messages wait for their answer", "bold")
        yield from picture(shaded(waiting, "yellow"), width, paint)
        when = moment_in_words(60 * most)
        largest = f"{plain_number(waiting[most], style)} h of work, {when}"
        yield paint(paragraph(shades_legend(largest), width, "  "), "dim")
    if phase.fluid.answered < 1:
        lost = share_text(1 - phase.fluid.answered, style)
        text = f"the week's capacity is too small: {lost} of the messages are never answered"
        yield paragraph(text, width, "    ", "  ")


def _uncovered(phase: PhaseWeek, style: Style) -> str:
    if not phase.uncovered:
        return "uncovered: none"
    hours = plain_number(phase.uncovered.hours, style)
    return f"uncovered, {hours} h a week: {in_words(phase.uncovered)}"


def _cell(hour: Hour) -> Cell:
    """An hour as two characters."""
    if hour.there <= 0:
        return Cell(BARE, "red") if hour.uncovered > 0 else Cell(NOTHING, "dim")
    if hour.there >= 1:
        return Cell(ALWAYS, "green")
    text = str(max(1, min(99, round(100 * hour.there))))
    if not hour.asked:
        return Cell(text, "dim")
    part = hour.watched / hour.asked
    return Cell(text, "green" if part >= 0.9 else "yellow" if part >= 0.5 else "red")


def coverage_json(scenario: Scenario, options: Sequence[OptionWeek]) -> str:
    """The values hour by hour as JSON: ``cmsource/coverage/1``."""
    data = head(scenario)
    data["options"] = {
        option.name: {
            "label": option.label,
            "phases": [_phase_data(phase) for phase in option.phases],
        }
        for option in options
    }
    return dumps(data)


def head(scenario: Scenario) -> Json:
    """What the JSON of a week and that of a moment begin with."""
    needs = scenario.needs
    return {
        "format": FORMAT,
        "scenario": {"name": scenario.name, "file": scenario.file},
        "cover": str(needs.cover),
        "messages_per_week": share(needs.messages.weekly if needs.messages is not None else None),
    }


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
            name: {"on_duty": str(source.duty), "presence": share(source.presence)}
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


def _answering_data(phase: PhaseWeek) -> Json:
    """How late messages are answered, in figures of the whole week."""
    found = None if phase.answers is None else answering(phase.answers)
    return {
        "answered_in_time": share(None if phase.answers is None else phase.answers.in_time()),
        "median_minutes": share(None if found is None else found.median_minutes),
        "p90_minutes": share(None if found is None else found.p90_minutes),
    }


def coverage_csv(options: Sequence[OptionWeek]) -> str:
    """The values hour by hour as CSV: a row for each hour of each phase of each option."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for option in options:
        for phase in option.phases:
            for number, hour in enumerate(phase.hours):
                day, clock = hour_name(number).split()
                writer.writerow(
                    (
                        *begins(option, phase),
                        day,
                        clock,
                        *(share(value) for value in hour[:-1]),
                        harmless(" ".join(hour.on_duty)),
                    )
                )
    return text.getvalue()


def begins(option: OptionWeek | OptionMoment, phase: PhaseWeek | Moment) -> tuple[object, ...]:
    """The first cells of a row of CSV: the option, and which months a phase is."""
    return (
        harmless(option.name),
        harmless(option.label),
        months(phase.from_month),
        months(phase.months),
    )
