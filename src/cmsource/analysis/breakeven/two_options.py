"""A figure of two options while one input moves."""

from collections.abc import Callable
from math import isnan

from cmsource.analysis.inputs.inputs import Input, put
from cmsource.analysis.one_figure import value_of
from cmsource.model.evaluation import evaluate
from cmsource.model.requirements import requirements
from cmsource.model.setting import setting_of
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario

_CENTS = 100.0


class TwoOptions:
    """Measures a figure of two options while one input moves."""

    def __init__(self, scenario: Scenario, first: str, second: str, figure: str) -> None:
        self.scenario = scenario
        self.names = first, second
        self.figure = figure
        self.money = FIGURES[figure].unit == "money"
        self.better = -1.0 if FIGURES[figure].better == "more" else 1.0
        self._base = {option.name: option for option in scenario.options}
        self.today = self.measured(scenario)

    def measured(self, scenario: Scenario, *, local: bool = False) -> tuple[float, float]:
        """The figure of both options; cents where it is money.

        Args:
            scenario: with the input moved.
            local: whether the input is of a source or an option, so that an option without it
                costs what it does today.
        """
        setting = setting_of(scenario)
        values = []
        for place, name in enumerate(self.names):
            option = next(option for option in scenario.options if option.name == name)
            if local and option is self._base[name]:
                values.append(self.today[place])
            else:
                found = value_of(self.figure, evaluate(option, setting), scenario)
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

    def missed(self, path: str, value: float, name: str) -> tuple[RequirementResult, ...]:
        """The requirements that an option misses with an input moved.

        Args:
            path: of the input.
            value: where it is moved to.
            name: of the option.
        """
        moved = put(self.scenario, {path: value})
        option = next(option for option in moved.options if option.name == name)
        return missed(requirements(moved.require, evaluate(option, setting_of(moved))))
