"""Which options of a scenario to show, and in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from cmsource.results.comparison import Comparison
from cmsource.results.option import OptionResult
from cmsource.scenario.figures import FIGURES, Figure, measured
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean
from cmsource.values.language import CODES, Language, said, say


def named_options(scenario: Scenario, words: Iterable[str]) -> tuple[str, ...]:
    """The names of the options that some words mean.

    A word is the name of an option, or what it is called for people in any language, if no other
    one is called so.

    Raises:
        ScenarioError: there is no option of a name.
    """
    known = [option.name for option in scenario.options]
    called = _called(scenario.options)
    found = {word: word if word in known else called.get(word.casefold(), "") for word in words}
    wrong = [word for word, name in found.items() if not name]
    if wrong:
        shown = [said(_with_label, option.name, option.label) for option in scenario.options]
        raise ScenarioError(
            Diagnostic(
                "E310",
                say("`{scenario}` has no option `{option}`", scenario=scenario.name, option=name),
                None,
                did_you_mean(name, known, called, shown=shown),
            )
            for name in wrong
        )
    return tuple(found.values())


def _called(options: Iterable[Option]) -> Mapping[str, str]:
    """What options are called in any language, small, and their names; none that two share."""
    found: dict[str, set[str]] = {}
    for option in options:
        for code in CODES:
            label = Language(code).of(option.label)
            found.setdefault(label.casefold(), set()).add(option.name)
    return {label: min(names) for label, names in found.items() if len(names) == 1}


def _with_label(language: Language, name: str, label: str) -> str:
    """The name of an option, and what it is called where that is something else."""
    told = language.of(label)
    return name if told == name else f"{name} ({told})"


def restricted(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """The scenario with only the named options.

    Raises:
        ScenarioError: there is no option of a name.
    """
    wanted = named_options(scenario, names)
    options = tuple(option for option in scenario.options if option.name in wanted)
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
