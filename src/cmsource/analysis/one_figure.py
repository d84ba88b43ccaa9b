"""The value of one figure of an option, worked out without the others where it can be."""

from cmsource.model.average import share_of_all
from cmsource.model.compare import compare
from cmsource.model.evaluation import Evaluation
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario

_OF_ENTRIES = frozenset({"total", "cash", "monthly"})


def value_of(name: str, option: Evaluation, scenario: Scenario) -> float | None:
    """A figure of an option: money in units of the currency, shares from 0 to 1.

    Args:
        name: of the figure.
        option: what the option costs and does.
        scenario: that it belongs to.
    """
    figure = FIGURES[name]
    if name in _OF_ENTRIES:
        return figure.value(option)
    if figure.unit == "months":
        return option.live
    if figure.group == "coverage":
        return share_of_all(figure, option.phases)
    alone = compare(scenario.changed(options=(option.option,)))
    return figure.value(alone.options[option.name])
