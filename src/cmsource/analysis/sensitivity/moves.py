"""One input moved: how far it goes, and what the options come to then."""

from collections.abc import Collection, Mapping
from math import ceil, floor
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, put
from cmsource.analysis.one_figure import value_of
from cmsource.model.evaluation import Evaluation
from cmsource.model.verdict import judged, recommended
from cmsource.scenario.scenario import Scenario

_SAME = 1e-9


class State(NamedTuple):
    """What the options come to.

    Attributes:
        recommended: the option that is recommended, or None.
        figures: the figure looked at, by option; money in units of the currency, shares from 0 to
            1; None where there is nothing to measure.
        options: what the figures were taken from.
        eligible: the options that meet every requirement.
    """

    recommended: str | None
    figures: Mapping[str, float | None]
    options: Mapping[str, Evaluation]
    eligible: frozenset[str]

    def differs(self, other: "State", options: Collection[str]) -> bool:
        """Whether the figure of one of these options is another one."""
        return any(not _same(self.figures[name], other.figures[name]) for name in options)


class Span(NamedTuple):
    """How far an input goes.

    Attributes:
        low: its least value.
        high: its largest.
        low_clipped: whether the least is where it is because less would not be allowed.
        high_clipped: the same for the largest.
    """

    low: float
    high: float
    low_clipped: bool = False
    high_clipped: bool = False


def span_of(moved: Input, by: float) -> Span:
    """The range of an input: the one that the scenario gives, else so much on both sides.

    Args:
        moved: the input; whole numbers move by one at least.
        by: a share of its value.
    """
    if moved.range is not None:
        return Span(*moved.range)
    step = abs(moved.value) * by
    least, most = moved.low, moved.high
    if moved.whole:
        step = max(1, round(step)) if by > 0 else 0
        least, most = ceil(least), floor(most)
    low, high = moved.value - step, moved.value + step
    return Span(
        min(max(low, least), moved.value),
        max(min(high, most), moved.value),
        low < least - _SAME,
        high > most + _SAME,
    )


def state_of(
    scenario: Scenario, figure: str, before: State | None = None, only: Collection[str] = ()
) -> State:
    """What the options of a scenario come to.

    Args:
        scenario: as read, or moved by `put`.
        figure: one of `cmsource.scenario.figures.measured`.
        before: a state in which the other options are the same.
        only: the options to work out, when the others are the same as `before`; all when empty.
    """
    verdict = judged(scenario, only)
    found, eligible = dict(verdict.evaluations), frozenset(verdict.eligible)
    figures = {name: value_of(figure, option, scenario) for name, option in found.items()}
    if before is None:
        return State(verdict.recommended, figures, found, eligible)
    options = {name: found.get(name, known) for name, known in before.options.items()}
    eligible |= before.eligible - found.keys()
    figures = {name: figures.get(name, known) for name, known in before.figures.items()}
    choice = recommended(options[name] for name in options if name in eligible)
    return State(choice, figures, options, eligible)


def moved_state(
    scenario: Scenario, today: State, figure: str, values: Mapping[str, float]
) -> State:
    """What the options come to with other numbers at some paths."""
    touched: set[str] = set()
    for path in values:
        options = _touched(scenario, path)
        if not options:
            touched = set()
            break
        touched |= options
    return state_of(put(scenario, values), figure, today, touched)


def _touched(scenario: Scenario, path: str) -> set[str]:
    """The options that a number can change; empty for all of them."""
    head, _, rest = path.partition(".")
    if head == "options":
        return {option.name for option in scenario.options if rest.startswith(f"{option.name}.")}
    if head != "sources":
        return set()
    source = scenario.sources[rest.partition(".")[0]]
    return {
        option.name
        for option in scenario.options
        if any(each.name == source.name for phase in option.phases for each in phase.sources)
    } or {scenario.options[0].name}


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _SAME * max(1.0, abs(one))
