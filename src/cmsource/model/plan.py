"""An option unrolled over the horizon: phases, who is new in each, who is there when.

The horizon counts months of service: at month 0 every source of the first phase is at work.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from cmsource.model.coverage import Team
from cmsource.model.kinds import translate
from cmsource.model.resource import Resource, Usage
from cmsource.model.setting import Setting
from cmsource.model.year import Season, Span
from cmsource.scenario.options import Option
from cmsource.scenario.seasons import ordinary


class Member(NamedTuple):
    """A resource in a phase; a source that goes on from the phase before keeps its dates.

    Attributes:
        resource: who.
        is_new: whether it was not there in the phase before.
        since: month at which it starts to work: the start of the phase in which it is new.
        full_from: month from which its capacity counts whole.
    """

    resource: Resource
    is_new: bool
    since: float
    full_from: float


class Stretch(NamedTuple):
    """Months of a phase in which the same resources are there, some at half capacity.

    Attributes:
        span: the months, and which season they are.
        team: who is there, and what they do.
    """

    span: Span
    team: Team

    @property
    def months(self) -> float:
        """How many months."""
        return self.span.months

    @property
    def messages(self) -> float:
        """Messages, as a share of what is written."""
        return self.span.season.level.messages

    def usage(self, name: str) -> Usage | None:
        """What a resource does in a week; None when it is not there."""
        return usage_in(self.team, name)


def usage_in(team: Team, name: str) -> Usage | None:
    """What a resource of a team does in a week; None when it is not in it."""
    for place, resource in enumerate(team.resources):
        if resource.name == name:
            return team.usage(place)
    return None


class InSeason(NamedTuple):
    """The members of a phase in the months of one season, in steady state.

    Attributes:
        season: which months.
        months: how many months of the phase.
        team: the members at work together.
    """

    season: Season
    months: float
    team: Team

    @property
    def name(self) -> str:
        """The months, for people; "" where every month is the same."""
        return self.season.level.name

    @property
    def coverage(self) -> Team:
        """Where figures of coverage are read from."""
        return self.team

    @property
    def messages(self) -> float:
        """Messages, as a share of what is written."""
        return self.season.level.messages


class PlannedPhase(NamedTuple):
    """A phase with its members, and what they do in steady state.

    Attributes:
        start: first month.
        end: month after the last.
        members: in the option's order.
        seasons: the same at work together in each of its seasons, one where every month is the
            same.
        stretches: its time in order, cut where a season begins or somebody reaches full capacity.
    """

    start: float
    end: float
    members: tuple[Member, ...]
    seasons: tuple[InSeason, ...]
    stretches: tuple[Stretch, ...]

    def goes_on_as(self, start: float, end: float, members: Sequence[Member]) -> bool:
        """Whether some members from one month to another do the same, whatever they cost."""
        same = (start, end, len(members)) == (self.start, self.end, len(self.members))
        return same and all(
            one[1:] == other[1:] and one.resource.does_as(other.resource)
            for one, other in zip(members, self.members, strict=True)
        )

    @property
    def months(self) -> float:
        """Its length."""
        return self.end - self.start

    @property
    def team(self) -> Team:
        """The members at work together in an ordinary month: one of its longest season."""
        if len(self.seasons) == 1:
            return self.seasons[0].team
        return max(self.seasons, key=lambda each: ordinary(each.season.level, each.months)).team

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Its members' resources."""
        return self.seasons[0].team.resources


def plan(
    option: Option, setting: Setting, before: Sequence[PlannedPhase] = ()
) -> tuple[PlannedPhase, ...]:
    """The phases of an option; whoever is new in one is at half capacity during its ramp.

    Args:
        option: as read.
        setting: where.
        before: its phases as they were planned for the same work, with other numbers of its
            sources; what goes on as in one of them, whatever it costs, is taken from it.
    """
    phases: list[PlannedPhase] = []
    there_before: Mapping[str, Member] = {}
    for phase, known in zip_longest(option.phases, before[: len(option.phases)]):
        members = []
        for source in phase.sources:
            resource = translate(source, setting)
            stays = there_before.get(source.name)
            if stays is not None:
                members.append(Member(resource, False, stays.since, stays.full_from))
                continue
            members.append(Member(resource, True, phase.start, phase.start + resource.ramp))
        there_before = {member.resource.name: member for member in members}
        end = phase.start + phase.months
        if known is not None and known.goes_on_as(phase.start, end, members):
            phases.append(known._replace(members=tuple(members)))
            continue
        there = tuple([member.resource for member in members])
        seasons = _seasons(there, phase.start, end, setting)
        time = _stretches(members, seasons, phase.start, end, setting)
        phases.append(PlannedPhase(phase.start, end, tuple(members), seasons, time))
    return tuple(phases)


def live_after(phases: tuple[PlannedPhase, ...]) -> float:
    """Months until everybody of the first phase is at work, which is month 0 of the horizon."""
    return max([member.resource.lead for member in phases[0].members], default=0.0)


def _seasons(
    there: tuple[Resource, ...], start: float, end: float, setting: Setting
) -> tuple[InSeason, ...]:
    """Some resources in each of the seasons of a run of months."""
    if len(setting.year.seasons) == 1:
        [every] = setting.year.seasons
        return (InSeason(every, end - start, Team(there, every.needs, setting.office)),)
    seasons: dict[tuple[int, ...], Season] = {}
    months: dict[tuple[int, ...], float] = {}
    for span in setting.year.spans(start, end):
        key = span.season.key
        seasons[key] = span.season
        months[key] = months.get(key, 0.0) + span.months
    return tuple(
        [
            InSeason(season, months[key], Team(there, season.needs, setting.office))
            for key, season in sorted(seasons.items(), key=lambda pair: pair[0])
        ]
    )


def _stretches(
    members: Sequence[Member],
    seasons: Sequence[InSeason],
    start: float,
    end: float,
    setting: Setting,
) -> tuple[Stretch, ...]:
    """A run of months, cut where a season begins or somebody reaches full capacity."""
    steady = {each.season.key: each.team for each in seasons}
    cuts = {start, end, *[each.full_from for each in members if start < each.full_from < end]}
    found = []
    for first, last in pairwise(sorted(cuts)):
        if all(first >= member.full_from for member in members):
            found += [
                Stretch(span, steady[span.season.key]) for span in setting.year.spans(first, last)
            ]
            continue
        there = tuple(
            [
                member.resource if first >= member.full_from else member.resource.halved
                for member in members
            ]
        )
        learning: dict[tuple[int, ...], Team] = {}
        for span in setting.year.spans(first, last):
            key = span.season.key
            if key not in learning:
                learning[key] = Team(there, span.season.needs, setting.office)
            found.append(Stretch(span, learning[key]))
    return tuple(found)
