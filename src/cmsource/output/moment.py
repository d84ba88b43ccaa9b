"""One moment of the week of every option: a sentence, JSON, CSV."""

import csv
import io
from collections.abc import Sequence

from cmsource.analysis.coverage.moment import Moment, OptionMoment
from cmsource.output.coverage import begins, head, length, span
from cmsource.output.layout import paragraph
from cmsource.reports.comparison_data import Json, months, share
from cmsource.reports.wording import share_text
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, style_for
from cmsource.values.text import printable as safe
from cmsource.values.week import WEEK
from cmsource.values.week_words import moment_in_words
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

COLUMNS = (
    "option",
    "label",
    "from_month",
    "months",
    "at",
    "asked",
    "on_duty",
    "there",
    "answered_after_minutes",
    "answered_at",
    "by",
    "chance",
    "queue_minutes",
    "answered_in_time",
)


def moment_text(
    scenario: Scenario, options: Sequence[OptionMoment], minute: int, *, width: int = 80
) -> str:
    """One sentence for each phase of each option about a minute of the week."""
    style = style_for(scenario.currency)
    lines = []
    for option in options:
        for phase in option.phases:
            said = sentence(phase, minute, scenario.needs.answer_within, style)
            text = f"{option.name}{span(option, phase, style)}: {said}"
            lines.append(paragraph(safe(text), width, "  ", ""))
    return "\n".join(lines) + "\n"


def sentence(moment: Moment, minute: int, within: float, style: Style) -> str:
    """A moment in words: who is on duty, and when an answer can be expected.

    Args:
        moment: of one phase.
        minute: of the week.
        within: minutes in which messages should be answered.
        style: of numbers.
    """
    if not moment.on_duty:
        who = "nobody is on duty"
    else:
        chance = share_text(moment.there, style)
        alone = len(moment.on_duty) == 1
        verb, there = ("is", "to be there") if alone else ("are", "that one is there")
        who = f"{_and(moment.on_duty)} {verb} on duty, with a chance of {chance} {there}"
    asked = "" if moment.asked else " (outside the cover)"
    text = f"on {moment_in_words(minute)}{asked} {who}; {_answer(moment, minute, style)}"
    if moment.in_time is None or moment.wait is None:
        return text
    chance = share_text(moment.in_time, style)
    return f"{text}; {chance} of such messages are answered within {length(within, style)}"


def _answer(moment: Moment, minute: int, style: Style) -> str:
    if moment.wait is None:
        return "a message is never answered: nobody takes any"
    by = ""
    if set(moment.by) != set(moment.on_duty):
        chance = share_text(moment.chance, style)
        by = f" by {_and(moment.by)}, with a chance of {chance} to be there then"
    when = "at once" if moment.wait <= 0 else _from(minute, moment.wait)
    text = f"a message is answered {when}{by}"
    if moment.queue is not None and moment.queue >= moment.wait + 1:
        text += f"; others wait before it, so that its turn comes {_from(minute, moment.queue)}"
    for escalation in moment.escalations:
        part = share_text(escalation.share, style)
        then = _from(minute, escalation.minutes)
        text += f"; the {part} that {escalation.source} has to ask about, {then}"
    return text


def _from(minute: int, wait: float) -> str:
    day, _, clock = moment_in_words(round(minute + wait) % WEEK).partition(" at ")
    return f"on {day} from {clock}"


def _and(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def moment_json(scenario: Scenario, options: Sequence[OptionMoment], minute: int) -> str:
    """A moment as JSON, in the format of the week but for the hours."""
    style, needs = style_for(scenario.currency), scenario.needs
    data = head(scenario)
    data["at"] = moment_in_words(minute)
    data["options"] = {
        option.name: {
            "label": option.label,
            "phases": [
                _moment_data(phase, minute, needs.answer_within, style) for phase in option.phases
            ],
        }
        for option in options
    }
    return dumps(data)


def _moment_data(moment: Moment, minute: int, within: float, style: Style) -> Json:
    return {
        "from_month": months(moment.from_month),
        "months": months(moment.months),
        "asked": moment.asked,
        "on_duty": list(moment.on_duty),
        "there": share(moment.there),
        "answered_after_minutes": share(moment.wait),
        "answered_at": _answered_at(moment, minute),
        "by": list(moment.by),
        "chance": share(moment.chance),
        "queue_minutes": share(moment.queue),
        "answered_in_time": share(moment.in_time),
        "escalations": [
            {
                "source": escalation.source,
                "share": share(escalation.share),
                "answered_after_minutes": share(escalation.minutes),
            }
            for escalation in moment.escalations
        ],
        "sentence": sentence(moment, minute, within, style),
    }


def _answered_at(moment: Moment, minute: int) -> str | None:
    if moment.wait is None:
        return None
    return moment_in_words(round(minute + moment.wait) % WEEK)


def moment_csv(options: Sequence[OptionMoment], minute: int) -> str:
    """A moment as CSV: a row for each phase of each option."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for option in options:
        for phase in option.phases:
            writer.writerow(
                (
                    *begins(option, phase),
                    moment_in_words(minute),
                    "yes" if phase.asked else "no",
                    harmless(" ".join(phase.on_duty)),
                    share(phase.there),
                    share(phase.wait),
                    _answered_at(phase, minute),
                    harmless(" ".join(phase.by)),
                    share(phase.chance),
                    share(phase.queue),
                    share(phase.in_time),
                )
            )
    return text.getvalue()
