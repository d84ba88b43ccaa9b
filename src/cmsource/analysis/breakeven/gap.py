"""A figure of two options while one input moves."""

from collections.abc import Callable, Sequence
from math import isnan

from cmsource.analysis.inputs.inputs import Input, put
from cmsource.model.compare import evaluate
from cmsource.model.judgement import requirements
from cmsource.model.ledger import costs
from cmsource.model.outline import IN_TIME, Outline, outlined
from cmsource.model.plan import plan
from cmsource.model.setting import setting_of
from cmsource.results.comparison import RequirementResult
from cmsource.scenario.figures import FIGURES, requirable
from cmsource.scenario.scenario import Scenario

_CENTS = 100.0
_FAST = frozenset({"total", "cash"})
_MONEY = ("budget", "cost")


class Meter:
    """Measures a figure of two options while one input moves."""

    def __init__(self, scenario: Scenario, first: str, second: str, figure: str) -> None:
        self.scenario = scenario
        self.names = first, second
        self.figure = figure
        self.money = FIGURES[figure].unit == "money"
        self.better = -1.0 if FIGURES[figure].better == "more" else 1.0
        self._base = {option.name: option for option in scenario.options}
        self._outlines: dict[str, Outline] = {}
        self._own_time = setting_of(scenario).own_time.rate
        self.today = self.measured(scenario)

    def measured(self, scenario: Scenario, *, local: bool = False) -> tuple[float, float]:
        """The figure of both options; cents where it is money.

        Args:
            scenario: with the input moved.
            local: whether the input is of a source or an option, so that an option without it
                costs what it does today.
        """
        setting = setting_of(scenario)
        same = local and setting.own_time.rate == self._own_time
        values = []
        for place, name in enumerate(self.names):
            option = next(option for option in scenario.options if option.name == name)
            if same and option is self._base[name]:
                values.append(self.today[place])
            elif self.figure in _FAST:
                spent = costs(plan(option, setting), setting)
                cash = self.figure == "cash"
                values.append(float(sum([c.cents for c in spent if c.line.cash or not cash])))
            else:
                found = FIGURES[self.figure].value(evaluate(option, setting))
                scale = _CENTS if self.money else 1.0
                values.append(float("nan") if found is None else found * scale)
        return values[0], values[1]

    def at(self, chosen: Input) -> Callable[[float], tuple[float, float]]:
        """Measures with one input moved; every value once."""
        path = chosen.path
        known = {float(chosen.value): self.today}
        local = path.startswith(("sources.", "options."))

        def measure(value: float) -> tuple[float, float]:
            if value not in known:
                known[value] = self.measured(put(self.scenario, {path: value}), local=local)
            return known[value]

        return measure

    def sign(self, pair: tuple[float, float]) -> float:
        """Below 0 where the first option is ahead, above 0 where the second is, 0 for neither."""
        gap = (pair[0] - pair[1]) * self.better
        if isnan(gap) or (not self.money and abs(gap) < 1e-9):  # nothing to measure, or noise
            return 0.0
        return gap

    def ahead(self, gap: float) -> str:
        """The name of the option that is ahead; "" for neither."""
        return "" if gap == 0 else self.names[0] if gap < 0 else self.names[1]

    def shown(self, value: float) -> float:
        """A measured value in units of the currency, or as it is."""
        return value / _CENTS if self.money else value

    def misses(self, path: str, value: float) -> dict[str, "Misses"]:
        """The requirements that each option misses with an input moved."""
        moved = put(self.scenario, {path: value})
        return {name: Misses(self, moved, name) for name in self.names}

    def base(self, name: str) -> Outline:
        """An option as things stand."""
        if name not in self._outlines:
            self._outlines[name] = outlined(self._base[name], setting_of(self.scenario))
        return self._outlines[name]


class Misses:
    """The requirements that one option misses with an input moved; worked out when asked for.

    Args:
        meter: of the two options.
        moved: the scenario with the input moved.
        name: of the option.
    """

    def __init__(self, meter: Meter, moved: Scenario, name: str) -> None:
        self._meter = meter
        self._moved = moved
        self._name = name
        self._known: Outline | None = None

    def all(self) -> tuple[RequirementResult, ...]:
        """Every one of them."""
        return self._among(list(requirable()))

    def some(self) -> tuple[RequirementResult, ...]:
        """Those that are quick to work out; the share answered in time only when there are none."""
        quick = self._among([name for name in requirable() if name != IN_TIME])
        return quick or self._among([IN_TIME])

    def _among(self, names: Sequence[str]) -> tuple[RequirementResult, ...]:
        found, moved, scenario = self._outline(), self._moved, self._meter.scenario
        base = self._meter.base(self._name)
        again = [name for name in names if name in _MONEY]
        covered: list[RequirementResult] = []
        same = moved.needs is scenario.needs and moved.require is scenario.require
        if same and _coverers(found) == _coverers(base):
            covered = _held(base, scenario, [name for name in names if name not in _MONEY])
        else:
            again = list(names)
        held = [*covered, *_held(found, moved, again)]
        order = {name: place for place, name in enumerate(names)}
        missed = [each for each in held if each.met is False]
        return tuple(sorted(missed, key=lambda each: order[each.name]))

    def _outline(self) -> Outline:
        if self._known is None:
            option = next(each for each in self._moved.options if each.name == self._name)
            self._known = outlined(option, setting_of(self._moved))
        return self._known


def _held(found: Outline, scenario: Scenario, names: Sequence[str]) -> list[RequirementResult]:
    """Some of the requirements held against an option."""
    return list(requirements(scenario.require, found, only=names))


def _coverers(found: Outline) -> list[list[object]]:
    """All that coverage rests on besides the needs: who is there, without what they cost."""
    return [
        [member.resource._replace(costs=_NO_COSTS, commitment=None) for member in phase.members]
        for phase in found.planned
    ]


def _NO_COSTS(_year: int) -> tuple[()]:  # noqa: N802 - stands for a constant
    return ()
