"""What options cost and do, without a word of why.

What asks the model thousands of times asks here; a comparison is made of the same evaluations, and
adds the texts and what it says of them.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from cmsource.model.average import option_coverage, phase_coverage
from cmsource.model.ledger import Cost, costs
from cmsource.model.plan import PlannedPhase, live_after, plan
from cmsource.model.setting import Setting, setting_of
from cmsource.results.coverage import Coverage
from cmsource.results.entry import money, per
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario


class Evaluation(NamedTuple):
    """What one option costs and does.

    Attributes:
        option: as read.
        horizon: months over which costs are added up.
        phases: who is there when, and what they do.
        live: months until everybody of the first phase is at work.
        costs: every cost.
        total_cents: economic cost over the horizon.
        cash_cents: the part of it that is really paid.
        forbidden: what the law has against the option; "" for nothing.
    """

    option: Option
    horizon: float
    phases: tuple[PlannedPhase, ...]
    live: float
    costs: tuple[Cost, ...]
    total_cents: int
    cash_cents: int
    forbidden: str = ""

    @property
    def name(self) -> str:
        """Of the option."""
        return self.option.name

    @property
    def label(self) -> str:
        """Of the option, for people."""
        return self.option.label

    @property
    def total(self) -> Decimal:
        """Economic cost over the horizon."""
        return money(self.total_cents)

    @property
    def monthly(self) -> Decimal:
        """Economic cost a month, on average over the horizon."""
        return per(self.total_cents, self.horizon) or money(0)

    @property
    def cash(self) -> Decimal:
        """What is really paid."""
        return money(self.cash_cents)


def evaluate(option: Option, setting: Setting, before: Sequence[PlannedPhase] = ()) -> Evaluation:
    """What one option costs and does.

    Args:
        option: as read.
        setting: where.
        before: its phases as they were planned for the same work, with other numbers of its
            sources, to take from them what goes on as it did.
    """
    phases = plan(option, setting, before)
    return evaluation_of(option, phases, costs(phases, setting), setting)


def evaluation_of(
    option: Option, phases: tuple[PlannedPhase, ...], found: tuple[Cost, ...], setting: Setting
) -> Evaluation:
    """An option with its phases as they are planned, and with what they cost as far as it is known.

    Whoever wants to know first what an option does leaves the costs out.
    """
    return Evaluation(
        option,
        setting.scenario.horizon,
        phases,
        live_after(phases),
        found,
        sum([cost.cents for cost in found]),
        sum([cost.cents for cost in found if cost.line.cash]),
        option.forbidden(setting.country),
    )


def evaluated(scenario: Scenario, only: Collection[str] = ()) -> dict[str, Evaluation]:
    """The options of a scenario by name.

    Args:
        scenario: as read.
        only: names of the options that are wanted; all of them when empty.
    """
    setting = setting_of(scenario)
    return {
        option.name: evaluate(option, setting)
        for option in scenario.options
        if not only or option.name in only
    }


def coverage(option: Evaluation) -> Coverage:
    """Average of an option's phases in steady state, and of their seasons.

    It takes longer than the evaluation, for the share of the messages answered in time.
    """
    return option_coverage(
        option.phases, [phase_coverage(phase, option.live) for phase in option.phases]
    )
