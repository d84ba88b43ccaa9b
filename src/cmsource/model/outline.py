"""Options in outline: what they cost and cover, without a word of why.

What asks the model thousands of times asks here; a comparison is made of the same outlines and puts
the texts to them when they are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.model.coverage import Team
from cmsource.model.judgement import TOLERANCE, best, meets, requirements
from cmsource.model.ledger import Cost, costs
from cmsource.model.memo import Memo
from cmsource.model.plan import PlannedPhase, plan
from cmsource.model.queueing.answerer import answerers
from cmsource.model.queueing.lower_bound import certain
from cmsource.model.queueing.upper_bound import reachable
from cmsource.model.queueing.volume_bounds import MARGIN, is_enough
from cmsource.model.setting import Setting, setting_of
from cmsource.results.comparison import (
    Coverage,
    RequirementResult,
)
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.values.later import once

IN_TIME = "answered_in_time"


class OutlinedPhase(NamedTuple):
    """What one phase covers in steady state.

    Attributes:
        months: its length.
        live: months until everybody of the first phase is at work.
        team: who is at work, and what they cover.
    """

    months: float
    live: float
    team: Team

    @property
    def coverage(self) -> Coverage:
        """All figures of its coverage."""
        return self.team.coverage(self.live)

    def in_time(self) -> float | None:
        """The share answered in time; None where no messages come."""
        return self.team.answered_in_time


class Spent(NamedTuple):
    """What an option costs."""

    costs: list[Cost]
    total_cents: int
    cash_cents: int


class Outline:
    """What one option costs and covers; each figure is worked out when it is asked for.

    Args:
        option: as read.
        setting: what it is held against; of its scenario only what options rest on counts.
    """

    def __init__(self, option: Option, setting: Setting) -> None:
        self.option = option
        self._setting = setting

    @property
    def name(self) -> str:
        """Of the option."""
        return self.option.name

    @property
    def horizon(self) -> float:
        """Months over which costs are added up."""
        return self._setting.scenario.horizon

    @once
    def planned(self) -> tuple[PlannedPhase, ...]:
        """Its phases with who is there and what they do."""
        return plan(self.option, self._setting)

    @once
    def live(self) -> float:
        """Months until everybody of the first phase is at work."""
        return max([member.resource.lead for member in self.planned[0].members], default=0.0)

    @once
    def phases(self) -> tuple[OutlinedPhase, ...]:
        """Coverage of each phase."""
        live = self.live
        return tuple([OutlinedPhase(p.end - p.start, live, p.team) for p in self.planned])

    @once
    def spent(self) -> Spent:
        """Every cost, and their sums."""
        found = costs(self.planned, self._setting)
        total = sum([cost.cents for cost in found])
        return Spent(found, total, sum([cost.cents for cost in found if cost.line.cash]))

    @property
    def total_cents(self) -> int:
        """Economic cost over the horizon."""
        return self.spent.total_cents

    @property
    def cash_cents(self) -> int:
        """The part of it that is really paid."""
        return self.spent.cash_cents

    @once
    def coverage(self) -> Coverage:
        """Average of the phases in steady state, weighted by their months."""
        return mean(self.phases, self.live)

    @once
    def requirements(self) -> tuple[RequirementResult, ...]:
        """Every requirement held against the option."""
        return requirements(self._setting.scenario.require, self)

    @once
    def eligible(self) -> bool:
        """Whether every requirement that can be judged holds; what takes long is judged last."""
        return meets(self._setting.limits, self) and _in_time(self, self._setting.scenario)


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
    return _outlines(rests_on, numbers, partial(Outline, option, setting))


_SLACK = 5e-3  # the queue joins days that hardly differ

_outlines: Memo[Outline] = Memo(32)


def _in_time(option: Outline, scenario: Scenario) -> bool:
    """Whether each phase answers as many messages in time as is required."""
    required, needs = scenario.require.answered_in_time, scenario.needs
    if not required or needs.messages is None or needs.messages.weekly <= 0:
        return True
    if any(reachable(phase.resources, needs) < required - _SLACK for phase in option.planned):
        return False  # however many people there were
    return all(
        certain(answerers(phase.resources), needs) >= required + MARGIN  # without asking more
        or is_enough(phase.resources, needs, required - TOLERANCE, outlined.in_time)
        for phase, outlined in zip(option.planned, option.phases, strict=True)
    )


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
