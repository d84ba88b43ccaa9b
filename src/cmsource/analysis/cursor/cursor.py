"""Where to put the cursor between outside and in-house: every step of it, and the best one.

From all the work outside to all of it in-house: first somebody in-house with a few hours a week
takes what those hours can carry and the outside the rest, then whole people join, and at the end
the in-house people are alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.cursor.endpoints import Ends, ends_of
from cmsource.analysis.cursor.inhouse import InHouse
from cmsource.model.evaluation import coverage, evaluate
from cmsource.model.requirements import requirements
from cmsource.model.setting import Setting, setting_of
from cmsource.model.staff import headcount_of
from cmsource.results.coverage import Coverage
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.on_payroll import OnPayroll
from cmsource.scenario.options import Option, Phase
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.week import EMPTY, Week

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""In-house shares for each of which the cheapest step is looked for."""

WORSE = ("watched", "answered_in_time", "work_done", "continuity")
"""Figures of coverage that can become worse from one step to the next."""

_HALF_DAYS = 10
_TEAMS = 6
_TOLERANCE = 1e-9
_DIGITS = 9
_NOTICED = 0.005
_UNDONE = 5e-4


class Step(NamedTuple):
    """One position of the cursor.

    Attributes:
        hours: hours a week of all in-house people together.
        people: in-house people.
        alone: whether there is nobody outside.
        on_duty: when the in-house people are on duty.
        total_cents: economic cost over the horizon.
        cash_cents: the part of it that is paid.
        coverage: what the step covers, in steady state.
        requirements: every requirement of the scenario held against it.
        eligible: whether all of them hold.
        worse: what is worse than at the step before: ``total`` (dearer) and those of `WORSE`.
    """

    hours: float
    people: int
    alone: bool
    on_duty: Week
    total_cents: int
    cash_cents: int
    coverage: Coverage
    requirements: tuple[RequirementResult, ...]
    eligible: bool
    worse: tuple[str, ...] = ()

    @property
    def in_house(self) -> float:
        """Share of the work done that in-house people do; 0 where none is done."""
        return self.coverage.in_house or 0.0


class Cheapest(NamedTuple):
    """The cheapest steps with at least some in-house share; indexes of the steps.

    Attributes:
        at_least: the share.
        step: the cheapest; None where no step has such a share.
        eligible: the cheapest of those to choose from.
    """

    at_least: float
    step: int | None
    eligible: int | None


class Cursor(NamedTuple):
    """All steps from outside to in-house.

    Attributes:
        outside: the source outside.
        inside: the source in-house, as the scenario has it.
        steps: from all outside to all in-house.
        cheapest: index of the cheapest step.
        recommended: index of the cheapest of the choices; None where there is none.
        choices: indexes of the steps to choose from, see `choices`.
        by_share: the cheapest steps for each of `SHARES`.
        assumptions: what the scenario does not give and some step needed.
    """

    outside: Source
    inside: Source
    steps: tuple[Step, ...]
    cheapest: int
    recommended: int | None
    choices: tuple[int, ...]
    by_share: tuple[Cheapest, ...]
    assumptions: tuple[Assumption, ...]


def cursor(
    scenario: Scenario, *, outside: str = "", inside: str = "", hours: Sequence[float] = ()
) -> Cursor:
    """Where to put the cursor between all outside and all in-house, step by step.

    Args:
        scenario: as read; its options play no part.
        outside: name of an agency or freelancer; the first of the scenario when empty.
        inside: name of an employee or colleague; the first of the scenario when empty.
        hours: steps of in-house hours a week between the ends; half-days up to a full contract
            and then whole people when empty.

    Raises:
        ScenarioError: the scenario has no such two sources, or hours are out of range.
    """
    ends = ends_of(scenario, outside, inside)
    setting = setting_of(scenario)
    people = InHouse(ends.inside, setting)
    sources: list[Source] = []
    steps: list[Step] = []
    for team in _teams(ends, people, setting, hours):
        own = [source for source in team if source.name == ends.inside.name]
        sources += own
        step = _step(team, own[0] if own else None, setting)
        steps.append(step._replace(worse=_worse(steps[-1], step)) if steps else step)
    fitting = choices([(step.eligible, step.coverage) for step in steps], scenario)
    everything = range(len(steps))
    return Cursor(
        ends.outside,
        ends.inside,
        tuple(steps),
        _least(everything, steps),
        _least(fitting, steps) if fitting else None,
        fitting,
        tuple(_by_share(share, steps, fitting) for share in SHARES),
        people.assumptions(sources),
    )


def _teams(
    ends: Ends, people: InHouse, setting: Setting, hours: Sequence[float]
) -> Iterator[tuple[Source, ...]]:
    """The sources of each step, in order of priority."""
    yield (ends.outside,)
    for amount in _checked(hours, people) if hours else hours_of(people):
        inside = people.at(amount)
        outside = ends.outside.relieved(inside.on_duty)
        yield inside, outside
    alone: list[Source] = [people.source]
    alone += [people.alone(number) for number in sorted({people.enough, people.whole})]
    for number, source in enumerate(alone):
        if not any(_same(source, other) for other in alone[number + 1 :]):
            yield (source,)


def _same(one: Source, other: Source) -> bool:
    """Whether two sources are the same people with the same hours, however these are written."""
    return _size(one) == _size(other)


def _size(source: Source) -> tuple[int, float, Week]:
    assert isinstance(source, OnPayroll)
    people = headcount_of(source, source.planned_absence)
    return people, source.weekly_hours, source.on_duty


def hours_of(people: InHouse) -> list[float]:
    """Half-days up to a full contract, the hours that the scenario gives, then whole people."""
    contract = people.contract
    found = [contract * part / _HALF_DAYS for part in range(1, _HALF_DAYS + 1)]
    given = people.given
    if given is not None and all(abs(given - hours) > _TOLERANCE for hours in found):
        found.append(given)
    most = people.whole
    every = list(range(2, most + 1))
    if len(every) > _TEAMS:
        every = sorted({2 + (most - 2) * part // (_TEAMS - 1) for part in range(_TEAMS)})
    return [*sorted(found), *(number * contract for number in every)]


def _checked(hours: Sequence[float], people: InHouse) -> list[float]:
    """Steps that were asked for, in order."""
    for amount in hours:
        people.check(amount)
    return sorted(set(hours))


def _step(team: Sequence[Source], inside: Source | None, setting: Setting) -> Step:
    phase = Phase(start=0.0, months=setting.scenario.horizon, sources=tuple(team))
    result = evaluate(Option(name="cursor", label="cursor", phases=(phase,)), setting)
    held = requirements(setting.scenario.require, result)
    people = 0
    if inside is not None:
        members = result.phases[0].members
        [people] = [m.resource.headcount for m in members if m.resource.name == inside.name]
    return Step(
        people * inside.weekly_hours if inside is not None else 0.0,
        people,
        inside is not None and len(team) == 1,
        inside.on_duty if inside is not None else EMPTY,
        result.total_cents,
        result.cash_cents,
        coverage(result),
        held,
        all(each.met is not False for each in held),
    )


def _worse(before: Step, step: Step) -> tuple[str, ...]:
    found = ["total"] if step.total_cents > before.total_cents else []
    for figure in WORSE:
        old, new = getattr(before.coverage, figure), getattr(step.coverage, figure)
        if old is not None and (new or 0.0) < old - _NOTICED:
            found.append(figure)
    return tuple(found)


def choices(found: Sequence[tuple[bool, Coverage]], scenario: Scenario) -> tuple[int, ...]:
    """Which of some ways to choose from: those that meet every requirement.

    Where none is about work, those that leave work undone which others do are no choice either:
    what nobody does costs nothing.

    Args:
        found: of each, whether it meets every requirement, and what it covers.
        scenario: with the requirements.
    """
    done = {
        i: coverage.work_done or 0.0 for i, (eligible, coverage) in enumerate(found) if eligible
    }
    if scenario.require.work_done is not None or not done:
        return tuple(done)
    most = max(done.values())
    return tuple(index for index, part in done.items() if part >= most - _UNDONE)


def _least(indexes: Iterable[int], steps: Sequence[Step]) -> int:
    """The cheapest; of equals the one that answers and watches more, then the first."""

    def key(index: int) -> tuple[int, float, float, int]:
        step = steps[index]
        answered = round(step.coverage.answered_in_time or 0.0, _DIGITS)
        return step.total_cents, -answered, -round(step.coverage.watched or 0.0, _DIGITS), index

    return min(indexes, key=key)


def _by_share(share: float, steps: Sequence[Step], choices: Sequence[int]) -> Cheapest:
    enough = [i for i, step in enumerate(steps) if step.in_house >= share - _TOLERANCE]
    fitting = [i for i in enough if i in choices]
    return Cheapest(
        share,
        _least(enough, steps) if enough else None,
        _least(fitting, steps) if fitting else None,
    )
