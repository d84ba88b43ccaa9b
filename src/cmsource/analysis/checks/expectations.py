"""Expectations held against a result: what was expected, what was found, where it was asked for."""

from collections.abc import Sequence

from cmsource.model.judgement import misses
from cmsource.results.comparison import Comparison
from cmsource.results.option import OptionResult
from cmsource.scenario.bounds import Bound, value_in_words
from cmsource.scenario.expectations import Expectation
from cmsource.scenario.figures import FIGURES
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.money import style_for


def failed_expectations(
    result: Comparison, expectations: Sequence[Expectation]
) -> tuple[Diagnostic, ...]:
    """One diagnostic for each expectation that does not hold, in the order of the scenario.

    Args:
        result: the comparison of all options of the scenario.
        expectations: ``scenario.expect``.
    """
    return tuple(found for each in expectations for found in _failures(each, result))


def _failures(expectation: Expectation, result: Comparison) -> Sequence[Diagnostic]:
    subject, bound = expectation.subject, expectation.bound
    if expectation.test is not None:
        option = result.options.get(subject)
        return () if option is None else _figure(expectation, expectation.test, option, result)
    names = (bound,) if isinstance(bound, str) else bound
    if subject == "recommended":
        found = result.recommended or "none"
        if found in names:
            return ()
        message = f"expected `{' or '.join(names)}` to be recommended, found `{found}`"
        return (Diagnostic("E501", message, expectation.place, result.reason),)
    wanted = subject == "eligible"
    return [
        Diagnostic("E501", _eligibility(option, result), expectation.place)
        for option in (result.options[name] for name in names if name in result.options)
        if option.eligible is not wanted
    ]


def _eligibility(option: OptionResult, result: Comparison) -> str:
    if option.eligible:
        return f"expected `{option.name}` not to be eligible, found that it meets every requirement"
    style = style_for(result.currency)
    lacks = ", ".join(misses(option.requirements, style))
    return f"expected `{option.name}` to be eligible, found that it misses: {lacks}"


def _figure(
    expectation: Expectation, test: Bound, option: OptionResult, result: Comparison
) -> Sequence[Diagnostic]:
    figure = expectation.figure
    value = FIGURES[figure].value(option)
    if value is not None and test.holds(value):
        return ()
    found = value_in_words(figure, value, result.currency, test.step)
    message = f"expected `{option.name}.{figure}` {test.text}, found {found}"
    return (Diagnostic("E501", message, expectation.place, _off_by(test, figure, value, result)),)


def _off_by(test: Bound, figure: str, value: float | None, result: Comparison) -> str:
    """By how much a value misses its bound."""
    if value is None or FIGURES[figure].unit == "flag" or test.operator in ("=", "!="):
        return ""
    gap = value_in_words(figure, abs(value - test.limit), result.currency, test.step)
    if FIGURES[figure].unit == "share":
        gap = gap.replace("%", "points").replace("\N{NO-BREAK SPACE}", " ")
    return f"{gap} {'more' if test.operator in ('<', '<=') else 'less'} than asked for"
