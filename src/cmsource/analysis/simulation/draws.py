"""What a simulation draws: the ranges of a scenario, as values of its inputs, draw by draw."""

from collections.abc import Sequence
from itertools import repeat
from math import sqrt
from random import Random
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, inputs
from cmsource.analysis.inputs.numbers import from_source
from cmsource.analysis.sensitivity.moves import span_of
from cmsource.analysis.simulation.distributions import normal_share, quantile_of
from cmsource.model.setting import setting_of
from cmsource.scenario.provenance import Origins, built_in
from cmsource.scenario.scenario import Scenario
from cmsource.values.ranges import SHAPES

_VOLUMES = ("messages", "work")
_CENT = 0.01
_STEPS = 200
_CURRENCY = 3
_EXACT = frozenset({"O", "O2"})
"""Marks of what is official."""


class RangedInput(NamedTuple):
    """An input that is given as a range.

    Attributes:
        input: the input, at its likely value.
        low: the lowest value, in the units of the input.
        high: the highest.
        shape: ``triangular`` or ``pert``.
        group: what its draws are correlated with: the name of a source, ``needs``, or "".
        correlation: how closely, from 0 to 1.
    """

    input: Input
    low: float
    high: float
    shape: str
    group: str
    correlation: float

    @property
    def path(self) -> str:
        """The key of the input."""
        return self.input.path

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money, whose unit is ``EUR/h`` or ``CAD``, say."""
        code = self.input.unit.partition("/")[0]
        return len(code) == _CURRENCY and code.isupper()


class Drawn(NamedTuple):
    """The draws of one input.

    Attributes:
        ranged: the input.
        values: a value for each draw.
        clipped: how many draws lay beyond what is legal, and count as the nearest legal value.
    """

    ranged: RangedInput
    values: Sequence[float]
    clipped: int


def ranged_inputs(scenario: Scenario, by: float = 0.0) -> tuple[RangedInput, ...]:
    """The inputs of a scenario that are given as ranges, in the order of ``cmsource expand``.

    Args:
        scenario: as read.
        by: a share of its value by which each number that nobody gave may be less or more; none
            of them is drawn when it is 0.
    """
    found = []
    for each in inputs(scenario):
        span: tuple[float, float] | None = each.range
        shape = each.shape
        if span is None and by > 0.0 and _is_estimate(each):
            span, shape = span_of(each, by)[:2], SHAPES[0]
        if span is None or (each.range is None and span[0] == span[1]):
            continue
        group, close = _group(each.path, scenario)
        found.append(RangedInput(each, *span, shape, group, close))
    return tuple(found)


def with_own_time(scenario: Scenario) -> Scenario:
    """The same scenario, with what an hour of own time is taken to cost as a number of its own."""
    if scenario.own_time is not None:
        return scenario
    taken = setting_of(scenario).own_time
    origin = built_in("own_time", taken.rate, taken.basis, "D")
    changed = scenario.changed(own_time=taken.rate)
    return changed.remember(Origins({**scenario.origins, "own_time": origin}))


def _is_estimate(each: Input) -> bool:
    """Whether a number is filled in and may be another: what the law says is exact.

    What is required, and over how long costs are added up, is chosen and not estimated.
    """
    chosen = each.about != "input" or each.path == "horizon"
    return not (each.given or chosen or not each.confidence or each.confidence in _EXACT)


def _group(path: str, scenario: Scenario) -> tuple[str, float]:
    """What an input is correlated with, and how closely."""
    keys = path.split(".")
    if keys[0] == "needs" and keys[1] in _VOLUMES:
        return "needs", float(scenario.needs.correlated)
    for name in from_source(path)[:1]:
        return f"sources.{name}", float(scenario.sources[name].correlated)
    return "", 0.0


def draw(ranges: Sequence[RangedInput], count: int, seed: int) -> tuple[Drawn, ...]:
    """Draws of every range, the same for the same seed.

    Each input has a random sequence of its own, named by the seed and its path: another range more
    or less changes no draw of the others.

    Args:
        ranges: what to draw.
        count: how many times.
        seed: any whole number.
    """
    groups = {each.group for each in ranges if each.correlation > 0.0}
    common = {group: _normal(f"{seed}:{group}", count) for group in sorted(groups)}
    return tuple(_drawn(each, common.get(each.group), count, seed) for each in ranges)


def _normal(name: str, count: int) -> list[float]:
    gauss = Random(name).gauss
    return [gauss(0.0, 1.0) for _ in repeat(None, count)]


def _drawn(ranged: RangedInput, common: Sequence[float] | None, count: int, seed: int) -> Drawn:
    name = f"{seed}:{ranged.path}"
    if ranged.correlation > 0.0 and common is not None:
        # Two inputs of a group share the common part: their normal numbers correlate by its weight.
        shared, own = sqrt(ranged.correlation), sqrt(1.0 - ranged.correlation)
        pairs = zip(common, _normal(name, count), strict=True)
        uniform = [normal_share(shared * each + own * mine) for each, mine in pairs]
    else:
        random = Random(name).random
        uniform = [random() for _ in repeat(None, count)]
    likely = ranged.input.value
    quantile = quantile_of(ranged.shape, ranged.low, likely, ranged.high)
    values: list[float] = [quantile(share) for share in uniform]
    if ranged.input.whole:
        values = [float(round(value)) for value in values]
    elif ranged.high > ranged.low:
        # The fewer different values there are, the fewer are worked out.
        values = _stepped(values, ranged)
    least, most = ranged.input.low, ranged.input.high
    clipped = sum([value < least or value > most for value in values])
    if clipped:
        values = [min(max(value, least), most) for value in values]
    return Drawn(ranged, values, clipped)


def _stepped(values: Sequence[float], ranged: RangedInput) -> list[float]:
    """Amounts of money to the cent, everything else to a two-hundredth of its range."""
    low, high = ranged.low, ranged.high
    if ranged.is_money and high - low >= _CENT:
        return [min(max(round(value, 2), low), high) for value in values]
    step = (high - low) / _STEPS
    return [min(low + round((value - low) / step) * step, high) for value in values]
