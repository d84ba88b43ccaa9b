"""What the figures say of a scenario: more messages than time, and targets out of reach."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from cmsource.model.coverage import Team
from cmsource.model.evaluation import Evaluation
from cmsource.model.line.answerer import Answerer, who_answer
from cmsource.model.line.answers import Answers
from cmsource.model.line.software import Fate
from cmsource.model.plan import InSeason
from cmsource.model.price_warnings import cheaper_beyond
from cmsource.model.resource import Resource
from cmsource.model.uncovered import uncovered
from cmsource.scenario.counts import COUNTS
from cmsource.scenario.options import option_or_phase
from cmsource.scenario.provenance import Origins
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.language import both, say
from cmsource.values.money import format_number, format_share
from cmsource.values.week import EMPTY, Week

_TOO_MUCH = 1.001  # times the hours that there are
_NOTHING = 1e-6


class Overload(NamedTuple):
    """Messages of some types beside the people who may take them.

    Attributes:
        takers: who may, as indexes.
        hours: of messages a week.
        capacity: hours a week that those people have for them.
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


def overload(team: Team) -> Overload | None:
    """Where people have less time than their messages take, the worst; None where nowhere.

    Messages that only some may take are held against the time of those alone: that in which they
    are on duty and there, and no more than they have agreed on.
    """
    answers = team.answers
    if answers is None:
        return None
    posts = [team.desks[index] for index in who_answer(team.desks)]
    takes = tuple([post.largest_share("messages") for post in posts])
    types = [each for each in answers.asked_of(takes) if each.takers]
    hours = answers.weekly * answers.service / 60
    found = []
    for takers in _together([frozenset(each.takers) for each in types]):
        theirs = hours * sum([each.share for each in types if takers.issuperset(each.takers)])
        capacity = sum([min(_hours_there(posts[index]), posts[index].capacity) for index in takers])
        if 0 < capacity * _TOO_MUCH < theirs:
            found.append(Overload(tuple(sorted(takers)), theirs, capacity))
    return max(found, key=lambda each: (each.hours - each.capacity, each.takers), default=None)


def _together(groups: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """Some groups of people, and all that several of them are together."""
    found: set[frozenset[int]] = set()
    for group in groups:
        found |= {group, *[group | other for other in found]}
    return found


def worst_overload(seasons: Iterable[InSeason]) -> tuple[str, Overload | None]:
    """Where people have least time of all seasons, and which season that is; None where nowhere."""
    found = [(each.name, worst) for each in seasons if (worst := overload(each.team)) is not None]
    return max(found, key=lambda each: each[1].hours - each[1].capacity, default=("", None))


def _hours_there(someone: Answerer | Resource) -> float:
    return someone.depth * (1 - someone.absent) * someone.duty.hours


def reachable(answers: Answers) -> float:
    """Share of the messages that would be in time if there always was somebody free on duty."""
    found = answers.at_once(answers.within)
    for left in answers.left:
        able = [answers.team[index] for index in left.comes.takers]
        for fate in left.fates:
            parts = [part for someone in able for part in _soon_enough(someone, answers, fate)]
            taken = EMPTY
            for share, early in sorted(parts, key=lambda part: part[0], reverse=True):
                hours = early.difference(taken)
                found += share * left.share * answers.comes_within(hours, fate)
                taken = taken.union(early)
    return found


def _soon_enough(someone: Answerer, answers: Answers, fate: Fate) -> Iterator[tuple[float, Week]]:
    """When messages come of which somebody can answer a share in time, and that share."""
    total = 0.0
    for delay, share in sorted(someone.delays if _hours_there(someone) > 0 else ()):
        total += share
        spare = answers.within - answers.each - fate.more - delay
        if spare >= fate.later:
            # What comes to people later has that much less time.
            since, until = ceil(spare), floor(fate.later)
            early = [(start - since, end - until) for start, end in someone.duty.intervals]
            yield total, Week.of(early)


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
            names = both(list(takers))
            hours = [format_number(each, 1) for each in (found.hours, found.capacity)]
            message = say(
                "{where}: {hours} h of messages a week for {names}, with time for {capacity} h",
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


def takeable(answers: Answers) -> float:
    """Share of the messages that somebody who is ever there may take, or that software answers."""
    there = [_hours_there(someone) > 0 for someone in answers.team]
    for_people = [
        left.comes.share for left in answers.left if any(there[i] for i in left.comes.takers)
    ]
    return sum(for_people) + sum(answers.right)


def _out_of_reach(options: Sequence[Evaluation], scenario: Scenario) -> Iterator[Diagnostic]:
    lines = [
        [
            each.team.answers
            for phase in option.phases
            for each in phase.seasons
            if each.team.answers
        ]
        for option in options
    ]
    lines = [found for found in lines if found]
    if not lines:
        return
    require = scenario.require
    most = max([min([takeable(each) for each in found]) for found in lines])
    if require.answered is not None and most < require.answered - _NOTHING:
        yield Diagnostic(
            "W423",
            say(
                "no option can ever answer {required} of the messages: {most} at most are for "
                "somebody",
                required=format_share(require.answered, 1),
                most=_floored(most),
            ),
            _place(require.origins, ("answered",), "require"),
            say("let somebody take all of them, or require at most {most}", most=_floored(most)),
        )
    yield from _never_in_time(lines, most, scenario)


def _never_in_time(
    lines: Sequence[Sequence[Answers]], ever: float, scenario: Scenario
) -> Iterator[Diagnostic]:
    """Where fewer can be in time than have to be, or none though somebody may take them."""
    require, needs = scenario.require, scenario.needs
    most = max([min([reachable(each) for each in found]) for found in lines])
    if require.answered_in_time is not None:
        if most < require.answered_in_time - _NOTHING:
            yield Diagnostic(
                "W423",
                say(
                    "no option can answer {required} of the messages in time: {most} at most, if "
                    "somebody on duty always was free",
                    required=format_share(require.answered_in_time, 1),
                    most=_floored(most),
                ),
                _place(require.origins, ("answered_in_time",), "require"),
                say(
                    "put somebody on duty in more hours, allow more time, delay fewer answers, or "
                    "require at most {most}",
                    most=_floored(most),
                )
                if most > _NOTHING
                else say("allow more time, or delay fewer answers"),
            )
    elif most <= _NOTHING < ever and all(each.each < each.within for each in lines[0]):
        yield Diagnostic(
            "W423",
            say("no option can answer any message in time, even if somebody always was free"),
            _place(needs.origins, ("answer_within",), "needs"),
            say("allow more time, or delay fewer answers"),
        )


def _floored(share: float) -> str:
    """A share that is not more than it is."""
    return format_share(floor(share * 1000 + _NOTHING) / 1000, 1)


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
            most=_floored(most),
        ),
    )


def _place(origins: Origins, keys: Sequence[str], path: str) -> Place | None:
    """The line of the first of some keys that the file or a flag gives."""
    for key in keys:
        origin = origins.get(key)
        if origin is not None and origin.is_written:
            return origin.place(f"{path}.{key}")
    return None
