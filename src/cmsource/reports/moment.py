"""``coverage --at``: one moment of the week of every option."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.coverage.moment import Moment, OptionMoment
from cmsource.reports.blocks import Block, Facts, Heading
from cmsource.reports.comparison_data import months, share
from cmsource.reports.coverage import phase_of, week_head, week_of
from cmsource.reports.report import Json
from cmsource.reports.wording import cells, share_text, time_text, units_kept
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import both, listed, say
from cmsource.values.money import format_number
from cmsource.values.week import WEEK
from cmsource.values.week_words import day_and_clock, moment_in_words

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

_MUCH = 0.5  # hours of work, from which on a message has to wait for them even if somebody is there


class MomentReport(NamedTuple):
    """One moment of the weeks of the options of a scenario.

    Attributes:
        scenario: the scenario.
        options: what the moment is like in those of its options that are to be shown.
        minute: the moment, in minutes from Monday 00:00.
        season: the months of the year that it is of, for people; "" where all are the same.
    """

    scenario: Scenario
    options: Sequence[OptionMoment]
    minute: int
    season: str = ""

    def blocks(self) -> Iterator[Block]:
        """One sentence for each phase of each option."""
        within = self.scenario.needs.answer_within
        when = say("on {moment}", moment=moment_in_words(self.minute))
        head = listed([self.scenario.name, when], " ")
        yield Heading(listed([head, week_of(self.season)]) if self.season else head, level=1)
        yield Facts(
            tuple(
                (
                    phase_of(option.label, option, phase),
                    units_kept(_told(phase, self.minute, within)),
                )
                for option in self.options
                for phase in option.phases
            )
        )

    def data(self) -> Json:
        """``cmsource/coverage/1`` but for the hours."""
        data = week_head(self.scenario, self.season)
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


def sentence(moment: Moment, minute: int, within: float) -> str:
    """A moment in words: who is on duty, and when an answer can be expected.

    Args:
        moment: of one phase.
        minute: of the week.
        within: minutes in which messages should be answered.
        style: of numbers.
    """
    when = say("on {moment}", moment=moment_in_words(minute))
    return listed([when, _told(moment, minute, within)], " ")


def _told(moment: Moment, minute: int, within: float) -> str:
    """What there is to say of a moment, but for when it is."""
    who = _who(moment)
    if not moment.asked:
        who = listed([say("(outside the cover)"), who], " ")
    parts = [who, *_answer(moment, minute)]
    if moment.in_time is not None and (moment.wait is not None or moment.at_once > 0):
        places = {"share": share_text(moment.in_time), "within": time_text(within)}
        if moment.half is None:
            text = say(
                "{share} of such messages are answered within {within}, most of them never",
                **places,
            )
        else:
            text = say(
                "{share} of such messages are answered within {within}, half of them within {half}",
                half=time_text(moment.half),
                **places,
            )
        parts.append(text)
    return listed(parts, say("; "))


def _who(moment: Moment) -> str:
    """Who is on duty, and whether somebody is there."""
    if not moment.on_duty:
        return say("nobody is on duty")
    names, chance = both(moment.on_duty), share_text(moment.there)
    if moment.on_duty == moment.on_call and len(moment.on_duty) == 1:
        return say(
            "{who} is on call, with a chance of {share} to be there", who=names, share=chance
        )
    if len(moment.on_duty) == 1:
        return say(
            "{who} is on duty, with a chance of {share} to be there", who=names, share=chance
        )
    return say(
        "{who} are on duty, with a chance of {share} that one is there", who=names, share=chance
    )


def _answer(moment: Moment, minute: int) -> Iterator[str]:
    """When a message can be taken, and when those that somebody has to ask about."""
    if moment.at_once > 0:
        share = share_text(moment.at_once)
        yield say("software answers {share} of the messages", share=share)
    if moment.wait is None:
        yield (
            say("the others are never answered: nobody takes any")
            if moment.at_once > 0
            else say("a message is never answered: nobody takes any")
        )
        return
    much = moment.waiting >= _MUCH
    when = _from(minute, moment.wait)
    if moment.wait <= 0:
        when = say("at once at best") if much else say("at once")
    if set(moment.by) == set(moment.on_duty):
        yield say("a message can be taken {when}", when=when)
    else:
        yield say(
            "a message can be taken {when} by {who}, with a chance of {share} to be there then",
            when=when,
            who=both(moment.by),
            share=share_text(moment.chance),
        )
    if much:
        yield say("{hours} h of work wait before it", hours=format_number(moment.waiting, 1))
    for escalation in moment.escalations:
        yield say(
            "the {share} that {source} has to ask about, {when}",
            share=share_text(escalation.share),
            source=escalation.source,
            when=_from(minute, escalation.minutes),
        )


def _from(minute: int, wait: float) -> str:
    day, clock = day_and_clock(round(minute + wait) % WEEK)
    return say("on {day} from {time}", day=day, time=clock)


def _data(moment: Moment, minute: int, scenario: Scenario) -> dict[str, Json]:
    return {
        "from_month": months(moment.from_month),
        "months": months(moment.months),
        "asked": moment.asked,
        "on_duty": list(moment.on_duty),
        "on_call": list(moment.on_call),
        "there": share(moment.there),
        "answered_after_minutes": share(moment.wait),
        "answered_at": _answered_at(moment, minute),
        "by": list(moment.by),
        "chance": share(moment.chance),
        "half_within_minutes": share(moment.half),
        "answered_in_time": share(moment.in_time),
        "answered_at_once": share(moment.at_once),
        "waiting_hours": share(moment.waiting),
        "escalations": [
            {
                "source": escalation.source,
                "share": share(escalation.share),
                "answered_after_minutes": share(escalation.minutes),
            }
            for escalation in moment.escalations
        ],
        "sentence": sentence(moment, minute, scenario.needs.answer_within),
    }


def _answered_at(moment: Moment, minute: int) -> str | None:
    if moment.wait is None:
        return None
    return moment_in_words(round(minute + moment.wait) % WEEK)
