"""A figure of two options while one input moves."""

from collections.abc import Callable, Mapping
from math import isnan
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, put
from cmsource.analysis.one_figure import value_of
from cmsource.model.evaluation import Evaluation, evaluate
from cmsource.model.requirements import is_eligible, requirements
from cmsource.model.setting import Setting, setting_of
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario

_CENTS = 100.0
_FAR = 1e12
"""By how much an option is behind that does not do the job."""


class Pair(NamedTuple):
    """The figure of two options, and whether each does the job.

    Attributes:
        first, second: the figure; cents where it is money.
        fits: whether each meets what is asked for; both do where nobody wants to know.
    """

    first: float
    second: float
    fits: tuple[bool, bool] = (True, True)


class TwoOptions:
    """Measures a figure of two options while one input moves.

    Args:
        scenario: as read.
        first: name of one option.
        second: name of the other.
        figure: what is compared.
        eligible: whether an option is ahead only where it meets every requirement.
    """

    def __init__(
        self, scenario: Scenario, first: str, second: str, figure: str, *, eligible: bool = False
    ) -> None:
        self.scenario = scenario
        self.eligible = eligible
        self.names = first, second
        self.figure = figure
        self.money = FIGURES[figure].unit == "money"
        self.better = -1.0 if FIGURES[figure].better == "more" else 1.0
        self._base = {option.name: option for option in scenario.options}
        self._setting = setting_of(scenario)
        self._today = {name: evaluate(self._base[name], self._setting) for name in self.names}
        self.today = self.measured(scenario)

    def measured(self, scenario: Scenario, *, local: bool = False) -> Pair:
        """The figure of both options.

        Args:
            scenario: with the input moved.
            local: whether the input is of a source or an option, so that an option without it
                costs what it does today.
        """
        setting = setting_of(scenario)
        values: list[float] = []
        fits: list[bool] = []
        for place, name in enumerate(self.names):
            option = next(option for option in scenario.options if option.name == name)
            if local and option is self._base[name]:
                values.append((self.today.first, self.today.second)[place])
                fits.append(self.today.fits[place])
            else:
                measured = self._evaluated(option, setting)
                found = value_of(self.figure, measured, scenario)
                scale = _CENTS if self.money else 1.0
                values.append(float("nan") if found is None else found * scale)
                fits.append(not self.eligible or is_eligible(measured, scenario))
        return Pair(values[0], values[1], (fits[0], fits[1]))

    def _evaluated(self, option: Option, setting: Setting) -> Evaluation:
        """One of the options with an input moved; what goes on as today is not planned again."""
        same = setting.works_as(self._setting)
        return evaluate(option, setting, self._today[option.name].phases if same else ())

    def at(self, chosen: Input) -> Callable[[float], Pair]:
        """Measures with one input moved; every value once."""
        path = chosen.path
        known = {float(chosen.value): self.today}
        local = path.startswith(("sources.", "options."))

        def measure(value: float) -> Pair:
            if value not in known:
                known[value] = self.measured(put(self.scenario, {path: value}), local=local)
            return known[value]

        return measure

    def sign(self, pair: Pair) -> float:
        """Below 0 where the first option is ahead, above 0 where the second is, 0 for neither."""
        if pair.fits != (True, True):
            return _FAR * (pair.fits[1] - pair.fits[0])
        gap = (pair.first - pair.second) * self.better
        if isnan(gap) or (not self.money and abs(gap) < 1e-9):  # nothing to measure, or noise
            return 0.0
        return gap

    def ahead(self, gap: float) -> str:
        """The name of the option that is ahead; "" for neither."""
        return "" if gap == 0 else self.names[0] if gap < 0 else self.names[1]

    def shown(self, value: float) -> float:
        """A measured value in units of the currency, or as it is."""
        return value / _CENTS if self.money else value

    def figures(self, pair: Pair) -> tuple[float, float]:
        """What both come to, in units of the currency where it is money."""
        return self.shown(pair.first), self.shown(pair.second)

    def lacks(self) -> Mapping[str, tuple[RequirementResult, ...]]:
        """What each of the two misses today of what is asked for."""
        require = self.scenario.require
        return {name: missed(requirements(require, self._today[name])) for name in self.names}

    def missed(self, path: str, value: float, name: str) -> tuple[RequirementResult, ...]:
        """The requirements that an option misses with an input moved.

        Args:
            path: of the input.
            value: where it is moved to.
            name: of the option.
        """
        moved = put(self.scenario, {path: value})
        option = next(option for option in moved.options if option.name == name)
        return missed(requirements(moved.require, self._evaluated(option, setting_of(moved))))
