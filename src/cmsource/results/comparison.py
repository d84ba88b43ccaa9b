"""The options of a scenario side by side: frozen data, complete when it is made."""

from collections.abc import Mapping
from typing import NamedTuple

from cmsource.results.option import OptionResult
from cmsource.scenario.assumption import Assumption
from cmsource.values.diagnostics import Diagnostic

FORMAT = "cmsource/comparison/1"
"""The format of a comparison as JSON."""


class Units(NamedTuple):
    """How much of an activity is needed that is counted in units.

    Attributes:
        per_month: units a month, on average over the horizon.
        hours_each: hours that one takes.
    """

    per_month: float
    hours_each: float


class Signal(NamedTuple):
    """A judgement that speaks for or against options, and changes no figure.

    Attributes:
        rule: what it is about, in a few words.
        speaks_for: names of the options that it speaks for.
        speaks_against: names of the options that it speaks against.
        reason: why, in a sentence or two.
        origin: where the judgement is from.
    """

    rule: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    reason: str
    origin: str


class Comparison(NamedTuple):
    """All options of a scenario side by side, and which one is recommended.

    Attributes:
        name: of the scenario.
        file: of the scenario.
        country: its code.
        currency: of all money.
        horizon_months: over which costs are added up.
        options: results by name, in the order of the scenario.
        recommended: the eligible option of least total cost, or None when none is eligible.
        reason: why it is recommended, or why none is.
        signals: what speaks for and against options beside the figures.
        assumptions: every value that the scenario did not give, those that weigh most first.
        warnings: of reading, and what the figures say of the scenario.
        inputs: every value that the scenario gave, by its path; empty when it is not known.
        units: what is needed of the activities that are counted in units, by activity.
        advice: three sentences: what to choose, what it costs and covers, what would change that;
            none where it was not asked for.
        detailed: whether the phases have their rosters and answer times, which take long to find.
    """

    name: str
    file: str
    country: str
    currency: str
    horizon_months: float
    options: Mapping[str, OptionResult]
    recommended: str | None
    reason: str
    signals: tuple[Signal, ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[Diagnostic, ...]
    inputs: Mapping[str, str] = {}
    units: Mapping[str, Units] = {}
    advice: tuple[str, ...] = ()
    detailed: bool = False

    @property
    def eligible(self) -> tuple[str, ...]:
        """Names of the options that meet every requirement."""
        return tuple([name for name, each in self.options.items() if each.eligible])
