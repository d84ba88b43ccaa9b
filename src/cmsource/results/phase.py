"""One phase of an option: who is there, what that covers, and how late answers are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cmsource.results.coverage import Coverage
from cmsource.values.week import EMPTY, Week


class OnCallResult(NamedTuple):
    """What one source does on call in one phase.

    Attributes:
        hours: of the week in which it is on call.
        presence: chance that somebody is on call in an hour of them.
        messages_done: hours a week of answering in them.
        call_outs: a week.
        paid_hours: of call-outs, a week.
    """

    hours: Week
    presence: float
    messages_done: float
    call_outs: float
    paid_hours: float


class SourceResult(NamedTuple):
    """What one source does in one phase.

    Attributes:
        headcount: people.
        depth: how many people the roster can put on each hour of duty.
        presence: chance that at least one of them is there in an hour of duty.
        hours_done: hours of work a week, reactive and planned.
        messages_done: the part of them that is messages.
        planned_done: the part of them that is planned work.
        units_done: units done a week of the activities that are counted in units.
        on_call: what it does on call, a part of `messages_done`; None where it never is.
        messages_share: share of all messages that it answers, for good where it is software.
    """

    headcount: int
    depth: float
    presence: float
    hours_done: float
    messages_done: float = 0.0
    planned_done: float = 0.0
    units_done: Mapping[str, float] = MappingProxyType({})
    on_call: OnCallResult | None = None
    messages_share: float = 0.0


class Roster(NamedTuple):
    """A weekly rotation of a team: after each week everybody moves on to the next row.

    Attributes:
        rows: hours of the week of each row, a shift past midnight under the day on which it
            begins; empty when no legal rotation was found.
        hours: hours of work of each row.
        teams: how many such teams the people make, each filling the whole duty.
        needed: smallest headcount for which a rotation was found, None when none was.
        why_not: why there is no rotation; "" when there is one.
    """

    rows: tuple[str, ...]
    hours: tuple[float, ...]
    teams: int
    needed: int | None
    why_not: str


class Answering(NamedTuple):
    """How late messages are answered in a phase, and how much work waits.

    Attributes:
        median_minutes: time within which half of all messages are answered; None if they never are.
        p90_minutes: the same of nine messages in ten.
        peak_backlog_hours: the most work that waits in a week on average, in hours of one person;
            None where it grows without end.
        peak_at: when that is, in minutes from Monday 00:00.
    """

    median_minutes: float | None
    p90_minutes: float | None
    peak_backlog_hours: float | None
    peak_at: int | None


class SeasonResult(NamedTuple):
    """The months of a phase that bring as much work as each other, in steady state.

    Attributes:
        name: the months, for people.
        calendar: the months of the year, from 1 for January.
        months: how many months of the phase.
        shares: how much of the volume that is written comes in them, by activity.
        messages: that come in a week; None where the scenario has none.
        needed: hours of work a week.
        able: hours of work a week that people can do; None where there is no limit.
        coverage: what the sources cover in them.
        sources: what each source does in them.
        answering: how late messages are answered, once `detailed`; None where none come.
    """

    name: str
    calendar: tuple[int, ...]
    months: float
    shares: Mapping[str, float]
    messages: float | None
    needed: float
    able: float | None
    coverage: Coverage
    sources: Mapping[str, SourceResult]
    answering: Answering | None = None


class PhaseResult(NamedTuple):
    """One phase of an option, in steady state.

    Attributes:
        from_month: where it begins on the horizon.
        months: its length.
        coverage: what its sources cover, on average.
        sources: what each source does in it, on average.
        rosters: the weekly rotation of each team in it, once `detailed`.
        uncovered: the hours of the cover in which nobody is on duty.
        answering: how late messages are answered, in an ordinary month where there are seasons,
            once `detailed`; None where none come.
        seasons: its months by how much work they bring; none where every month is the same.
    """

    from_month: float
    months: float
    coverage: Coverage
    sources: Mapping[str, SourceResult]
    rosters: Mapping[str, Roster]
    uncovered: Week = EMPTY
    answering: Answering | None = None
    seasons: tuple[SeasonResult, ...] = ()
