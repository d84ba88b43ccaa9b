"""``coverage --at``: one moment of the week of every option."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.coverage.moment import Moment, OptionMoment
from cmsource.reports.blocks import Block, Facts, Heading
from cmsource.reports.comparison_data import months, share
from cmsource.reports.coverage import months_of, week_head
from cmsource.reports.report import Json
from cmsource.reports.wording import cells, share_text, time_text, units_kept
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import both
from cmsource.values.money import Style, style_for
from cmsource.values.week import WEEK
from cmsource.values.week_words import moment_in_words

HEADER = (
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
    "half_within_minutes",
    "answered_in_time",
)


class MomentReport(NamedTuple):
    """One moment of the weeks of the options of a scenario.

    Attributes:
        scenario: the scenario.
        options: what the moment is like in those of its options that are to be shown.
        minute: the moment, in minutes from Monday 00:00.
    """

    scenario: Scenario
    options: Sequence[OptionMoment]
    minute: int

    def blocks(self) -> Iterator[Block]:
        """One sentence for each phase of each option."""
        style = style_for(self.scenario.currency)
        within = self.scenario.needs.answer_within
        begin = f"on {moment_in_words(self.minute)}"
        yield Heading(f"{self.scenario.name} {begin}", level=1)
        yield Facts(
            tuple(
                (
                    f"{option.name}{months_of(option, phase, style)}",
                    units_kept(
                        sentence(phase, self.minute, within, style).removeprefix(f"{begin} ")
                    ),
                )
                for option in self.options
                for phase in option.phases
            )
        )

    def data(self) -> Json:
        """``cmsource/coverage/1`` but for the hours."""
        data = week_head(self.scenario)
        data["at"] = moment_in_words(self.minute)
        data["options"] = {
            option.name: {
                "label": option.label,
                "phases": [_data(phase, self.minute, self.scenario) for phase in option.phases],
            }
            for option in self.options
        }
        return data

    def header(self) -> Sequence[str]:
        """What is said of each phase."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row for each phase of each option."""
        for option in self.options:
            for phase in option.phases:
                data = _data(phase, self.minute, self.scenario)
                yield cells(
                    {
                        **data,
                        "option": option.name,
                        "label": option.label,
                        "at": moment_in_words(self.minute),
                        "on_duty": " ".join(phase.on_duty),
                        "by": " ".join(phase.by),
                    },
                    HEADER,
                )


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
        who = f"{both(moment.on_duty)} {verb} on duty, with a chance of {chance} {there}"
    asked = "" if moment.asked else " (outside the cover)"
    text = f"on {moment_in_words(minute)}{asked} {who}; {_answer(moment, minute, style)}"
    if moment.in_time is None or moment.wait is None:
        return text
    chance = share_text(moment.in_time, style)
    text += f"; {chance} of such messages are answered within {time_text(within, style)}"
    if moment.half is None:
        return f"{text}, most of them never"
    return f"{text}, half of them within {time_text(moment.half, style)}"


def _answer(moment: Moment, minute: int, style: Style) -> str:
    if moment.wait is None:
        return "a message is never answered: nobody takes any"
    by = ""
    if set(moment.by) != set(moment.on_duty):
        chance = share_text(moment.chance, style)
        by = f" by {both(moment.by)}, with a chance of {chance} to be there then"
    when = "at once" if moment.wait <= 0 else _from(minute, moment.wait)
    text = f"a message can be taken {when}{by}"
    for escalation in moment.escalations:
        part = share_text(escalation.share, style)
        then = _from(minute, escalation.minutes)
        text += f"; the {part} that {escalation.source} has to ask about, {then}"
    return text


def _from(minute: int, wait: float) -> str:
    day, _, clock = moment_in_words(round(minute + wait) % WEEK).partition(" at ")
    return f"on {day} from {clock}"


def _data(moment: Moment, minute: int, scenario: Scenario) -> dict[str, Json]:
    style = style_for(scenario.currency)
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
        "half_within_minutes": share(moment.half),
        "answered_in_time": share(moment.in_time),
        "escalations": [
            {
                "source": escalation.source,
                "share": share(escalation.share),
                "answered_after_minutes": share(escalation.minutes),
            }
            for escalation in moment.escalations
        ],
        "sentence": sentence(moment, minute, scenario.needs.answer_within, style),
    }


def _answered_at(moment: Moment, minute: int) -> str | None:
    if moment.wait is None:
        return None
    return moment_in_words(round(minute + moment.wait) % WEEK)
