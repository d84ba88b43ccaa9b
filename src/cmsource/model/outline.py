"""Options in outline: what they cost and cover, without a word of why.

What asks the model thousands of times asks here; a comparison is made of the same outlines and puts
the texts to them when they are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.comparison import (
    Coverage,
    RequirementResult,
)
from cmsource.later import Later
from cmsource.model.coverage import coverage
from cmsource.model.judgement import TOLERANCE, best, eligible, requirements
from cmsource.model.ledger import Cost, costs
from cmsource.model.memo import Memo
from cmsource.model.plan import PlannedPhase, plan
from cmsource.model.queueing.answering import answers
from cmsource.model.queueing.known import is_enough
from cmsource.model.queueing.reachable import reachable
from cmsource.model.setting import Setting, setting_of
from cmsource.scenario import Option, Scenario

IN_TIME = "answered_in_time"


class OutlinedPhase(NamedTuple):
    """What one phase covers in steady state.

    Attributes:
        months: its length.
        without_time: its coverage but for what is answered in time, which takes longest.
        in_time: the share answered in time; None where no messages come.
    """

    months: float
    without_time: Coverage
    in_time: Later[float | None]

    @property
    def coverage(self) -> Coverage:
        """All figures of its coverage."""
        return self.without_time._replace(answered_in_time=self.in_time())


class Spent(NamedTuple):
    """What an option costs."""

    costs: list[Cost]
    total_cents: int
    cash_cents: int


class Outline(NamedTuple):
    """What one option costs and covers.

    Attributes:
        name: of the option.
        phases: coverage of each phase.
        coverage_: average of the phases, weighted by their months.
        requirements_: every requirement held against the option.
        eligible_: whether all of those hold that can be judged.
        planned: its phases with who is there and what they do.
        spent: every cost, and their sums.
    """

    name: str
    phases: tuple[OutlinedPhase, ...]
    coverage_: Later[Coverage]
    requirements_: Later[tuple[RequirementResult, ...]]
    eligible_: Later[bool]
    planned: tuple[PlannedPhase, ...]
    spent: Later[Spent]

    @property
    def total_cents(self) -> int:
        """Economic cost over the horizon."""
        return self.spent().total_cents

    @property
    def cash_cents(self) -> int:
        """The part of it that is really paid."""
        return self.spent().cash_cents

    @property
    def coverage(self) -> Coverage:
        """Average of the phases in steady state, weighted by their months."""
        return self.coverage_()

    @property
    def requirements(self) -> tuple[RequirementResult, ...]:
        """Every requirement held against the option."""
        return self.requirements_()

    @property
    def eligible(self) -> bool:
        """Whether every requirement that can be judged holds."""
        return self.eligible_()


def outline(scenario: Scenario, only: Collection[str] = ()) -> dict[str, Outline]:
    """The options of a scenario in outline, by name.

    Agrees to the cent with `cmsource.compare`. What takes long, the share of messages answered in
    time, is worked out when it is looked at, or when eligibility rests on it.

    Args:
        scenario: as read.
        only: names of the options that are wanted; all of them when empty.
    """
    setting = setting_of(scenario)
    return {
        option.name: outlined(option, setting)
        for option in scenario.options
        if not only or option.name in only
    }


def recommended(outlines: Mapping[str, Outline]) -> str | None:
    """The eligible option of least total; on a tie the one that answers and watches more."""
    return best(outlines)


def outlined(option: Option, setting: Setting) -> Outline:
    """One option in outline."""
    scenario = setting.scenario
    rests_on = (
        option,
        scenario.needs,
        scenario.require,
        scenario.tools,
        scenario.prices,
        scenario.company,
        setting.country,
    )
    numbers = setting.own_time, scenario.horizon
    return _outlines(rests_on, numbers, partial(_outlined, option, setting))


_SLACK = 1e-3  # the queue is worked out by quadrature

_outlines: Memo[Outline] = Memo(32)
_phases: Memo[OutlinedPhase] = Memo(64)


def _outlined(option: Option, setting: Setting) -> Outline:
    scenario = setting.scenario
    planned = plan(option, setting)
    spent = Later(partial(_spent, planned, setting))
    live = max([member.resource.lead for member in planned[0].members], default=0.0)
    phases = tuple([_phase(phase, live, setting) for phase in planned])
    held = partial(requirements, scenario.require, phases, live, spent, scenario.horizon)
    return Outline(
        option.name,
        phases,
        Later(partial(mean, phases, live)),
        Later(held),
        Later(partial(eligible, held, partial(_in_time, planned, phases, scenario))),
        planned,
        spent,
    )


def _in_time(
    planned: Sequence[PlannedPhase], phases: Sequence[OutlinedPhase], scenario: Scenario
) -> bool:
    """Whether each phase answers as many messages in time as is required."""
    required, needs = scenario.require.answered_in_time, scenario.needs
    if not required or needs.messages is None or needs.messages.weekly <= 0:
        return True
    if any(reachable(phase.resources, needs) < required - _SLACK for phase in planned):
        return False  # however many people there were
    return all(
        is_enough(phase.resources, needs, required - TOLERANCE, outlined.in_time)
        for phase, outlined in zip(planned, phases, strict=True)
    )


def _spent(planned: Sequence[PlannedPhase], setting: Setting) -> Spent:
    found = costs(planned, setting)
    total = sum([cost.cents for cost in found])
    return Spent(found, total, sum([cost.cents for cost in found if cost.line.cash]))


def _phase(phase: PlannedPhase, live: float, setting: Setting) -> OutlinedPhase:
    needs = setting.scenario.needs
    resources, work = phase.resources, phase.work
    months = phase.end - phase.start

    def in_time() -> float | None:
        found = answers(resources, needs)
        return None if found is None else found.in_time()

    def work_out() -> OutlinedPhase:
        return OutlinedPhase(months, coverage(resources, needs, work, live), Later(in_time))

    return _phases((work, needs, *resources), (months, live), work_out)


def mean(phases: Sequence[OutlinedPhase], live: float) -> Coverage:
    """The average of phases weighted by their months; a figure that is None counts nowhere."""
    if len(phases) == 1:
        return phases[0].coverage
    weighted = [(phase.months, phase.coverage) for phase in phases]
    values = []
    for place in range(len(Coverage._fields)):
        known = [(months, value) for months, c in weighted if (value := c[place]) is not None]
        months = sum([m for m, _ in known])
        values.append(sum([m * value for m, value in known]) / months if months else None)
    return Coverage(*values)._replace(live_after_months=live)
