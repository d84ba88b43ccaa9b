"""Which options of a scenario to show, and in which order."""

from collections.abc import Callable, Iterable, Sequence

from cmsource.results.comparison import Comparison
from cmsource.results.option import OptionResult
from cmsource.scenario.figures import FIGURES, Figure, measured
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean
from cmsource.values.language import say


def check_options(scenario: Scenario, names: Iterable[str]) -> None:
    """Refuse names that no option has.

    Raises:
        ScenarioError: there is no option of a name.
    """
    known = [option.name for option in scenario.options]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise ScenarioError(
            Diagnostic(
                "E310",
                say("`{scenario}` has no option `{option}`", scenario=scenario.name, option=name),
                None,
                did_you_mean(name, known),
            )
            for name in wrong
        )


def restricted(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """The scenario with only the named options.

    Raises:
        ScenarioError: there is no option of a name.
    """
    check_options(scenario, names)
    options = tuple(option for option in scenario.options if option.name in names)
    return scenario.changed(options=options)


_Key = Callable[[OptionResult], tuple[float, ...]]


def _rank(option: OptionResult) -> tuple[float, ...]:
    """Eligible options first, then by total."""
    return not option.eligible, option.total_cents


def _best(figure: Figure) -> _Key:
    """Options that are best by a figure first, those without one last."""
    sign = -1.0 if figure.better == "more" else 1.0

    def key(option: OptionResult) -> tuple[float, ...]:
        value = figure.value(option)
        return (1.0, 0.0) if value is None else (0.0, sign * value)

    return key


def orders() -> tuple[str, ...]:
    """The orders of options by name: by rank, as in the file, or by a figure."""
    return ("rank", "file", *measured())


def ordered(result: Comparison, order: str) -> Comparison:
    """The comparison with its options in one of the `orders`; of equals the cheaper comes first."""
    if order == "file":
        return result
    key = _rank if order == "rank" else _best(FIGURES[order])
    options = sorted(
        result.options.items(), key=lambda item: (key(item[1]), item[1].total_cents, item[0])
    )
    return result._replace(options=dict(options))
