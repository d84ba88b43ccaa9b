"""What the figures say of a scenario: more messages than time, and targets out of reach."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from cmsource.model.evaluation import Evaluation
from cmsource.model.line.answerer import Answerer, who_answer
from cmsource.model.line.answers import Answers
from cmsource.model.plan import InSeason
from cmsource.model.price_warnings import cheaper_beyond
from cmsource.model.uncovered import uncovered
from cmsource.scenario.counts import COUNTS
from cmsource.scenario.options import option_or_phase
from cmsource.scenario.provenance import Origins
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.language import listed, say
from cmsource.values.money import format_number, format_share
from cmsource.values.week import EMPTY, Week

_TOO_MUCH = 1.001  # times the hours that there are
_NOTHING = 1e-6


class Overload(NamedTuple):
    """Messages of some types beside the people who may take them.

    Attributes:
        takers: who may, as indexes.
        hours: of messages a week.
        capacity: hours a week in which those people are on duty and there.
    """

    takers: tuple[int, ...]
    hours: float
    capacity: float


def warnings(options: Iterable[Evaluation], scenario: Scenario) -> tuple[Diagnostic, ...]:
    """What is to be said of the options of a scenario, once they are worked out."""
    known = tuple(options)
    return (
        *_overloads(known, scenario),
        *_out_of_reach(known, scenario),
        *_never_covered(known, scenario),
        *cheaper_beyond(known, scenario),
    )


def overload(answers: Answers) -> Overload | None:
    """Where people have less time on duty than their messages take, the worst; None where nowhere.

    Messages that only some may take are held against the time of those alone.
    """
    hours = answers.weekly * answers.service / 60
    found = []
    for takers in {each.takers for each in answers.types if each.takers}:
        theirs = sum(
            [each.share for each in answers.types if each.takers and {*each.takers} <= {*takers}]
        )
        capacity = sum([_hours_there(answers.team[index]) for index in takers])
        if 0 < capacity * _TOO_MUCH < theirs * hours:
            found.append(Overload(takers, theirs * hours, capacity))
    return max(found, key=lambda each: (each.hours - each.capacity, each.takers), default=None)


def worst_overload(seasons: Iterable[InSeason]) -> tuple[str, Overload | None]:
    """Where people have least time of all seasons, and which season that is; None where nowhere."""
    found = [
        (each.name, worst)
        for each in seasons
        if each.team.answers is not None and (worst := overload(each.team.answers)) is not None
    ]
    return max(found, key=lambda each: each[1].hours - each[1].capacity, default=("", None))


def _hours_there(someone: Answerer) -> float:
    return someone.depth * (1 - someone.absent) * someone.duty.hours


def reachable(answers: Answers) -> float:
    """Share of the messages that would be in time if there always was somebody free on duty."""
    found = answers.at_once(answers.within)
    for left in answers.left:
        for fate in left.fates:
            soon = EMPTY
            for someone in [answers.team[index] for index in left.comes.takers]:
                spare = answers.within - answers.each - fate.more - min(someone.delays)[0]
                if spare >= fate.later and _hours_there(someone) > 0:
                    # What comes to people later has that much less time.
                    since, until = ceil(spare), floor(fate.later)
                    early = [(start - since, end - until) for start, end in someone.duty.intervals]
                    soon = soon.union(Week.of(early))
            found += left.share * answers.comes_within(soon, fate)
    return found


def _overloads(options: Sequence[Evaluation], scenario: Scenario) -> Iterator[Diagnostic]:
    messages = scenario.needs.messages
    if messages is None:
        return
    place = _place(messages.origins, COUNTS, "needs.messages")
    for option in options:
        for number, phase in enumerate(option.phases):
            season, found = worst_overload(phase.seasons)
            if found is None:
                continue
            posts = phase.team.desks
            people = [posts[index].name for index in who_answer(posts)]
            takers = dict.fromkeys([people[index] for index in found.takers])
            names = listed(takers, say(" and "))
            hours = [format_number(each, 1) for each in (found.hours, found.capacity)]
            message = say(
                "{where}: {hours} h of messages a week for {names}, with {capacity} h on duty",
                where=option_or_phase(option.name, number, len(option.phases)),
                hours=hours[0],
                names=names,
                capacity=hours[1],
            )
            yield Diagnostic(
                "W422",
                say("{what} in {season}", what=message, season=season) if season else message,
                place,
                say("give more hours or people, or let somebody else take messages too"),
            )


def _out_of_reach(options: Sequence[Evaluation], scenario: Scenario) -> Iterator[Diagnostic]:
    required = scenario.require.answered_in_time
    lines = [
        [
            each.team.answers
            for phase in option.phases
            for each in phase.seasons
            if each.team.answers
        ]
        for option in options
    ]
    best = [min([reachable(each) for each in found]) for found in lines if found]
    if required is None or not best or max(best) >= required - _NOTHING:
        return
    most = format_share(max(best), 1)
    yield Diagnostic(
        "W423",
        say(
            "no option can answer {required} of the messages in time: at most {most} come while "
            "somebody is on duty or soon enough before",
            required=format_share(required, 1),
            most=most,
        ),
        _place(scenario.require.origins, ("answered_in_time",), "require"),
        say(
            "put somebody on duty in more hours, allow more time, or ask for less than {most}",
            most=most,
        ),
    )


def _never_covered(options: Sequence[Evaluation], scenario: Scenario) -> Iterator[Diagnostic]:
    required, cover = scenario.require.watched, scenario.needs.cover
    if required is None or not options:
        return
    outside = min(
        max(uncovered(phase.resources, cover).hours for phase in option.phases)
        for option in options
    )
    most = 1 - outside / cover.hours
    if most >= required - _NOTHING:
        return
    yield Diagnostic(
        "W423",
        say(
            "no option can watch {required} of the cover: at least {outside} of it is outside "
            "every duty",
            required=format_share(required, 1),
            outside=format_share(1 - most, 1),
        ),
        _place(scenario.require.origins, ("watched",), "require"),
        say(
            "put somebody on duty in more hours, ask for less cover, or require at most {most}",
            most=format_share(floor(most * 1000) / 1000, 1),
        ),
    )


def _place(origins: Origins, keys: Sequence[str], path: str) -> Place | None:
    """The line of the first of some keys that the file or a flag gives."""
    for key in keys:
        origin = origins.get(key)
        if origin is not None and origin.is_written:
            return origin.place(f"{path}.{key}")
    return None
