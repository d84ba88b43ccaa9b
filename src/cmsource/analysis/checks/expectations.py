"""Expectations held against a result: what was expected, what was found, where it was asked for."""

from collections.abc import Sequence

from cmsource.model.judgement import misses
from cmsource.results.comparison import Comparison
from cmsource.results.option import OptionResult
from cmsource.scenario.bounds import Bound, value_in_words
from cmsource.scenario.expectations import Expectation
from cmsource.scenario.figures import FIGURES
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import counted, either, listed, say
from cmsource.values.money import format_number, style_for


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
        message = say(
            "expected `{names}` to be recommended, found `{found}`",
            names=either(names),
            found=found,
        )
        return (Diagnostic("E501", message, expectation.place, result.reason),)
    wanted = subject == "eligible"
    return [
        Diagnostic("E501", _eligibility(option, result), expectation.place)
        for option in (result.options[name] for name in names if name in result.options)
        if option.eligible is not wanted
    ]


def _eligibility(option: OptionResult, result: Comparison) -> str:
    if option.eligible:
        return say(
            "expected `{option}` not to be eligible, found that it meets every requirement",
            option=option.name,
        )
    style = style_for(result.currency)
    return say(
        "expected `{option}` to be eligible, found that it misses: {requirements}",
        option=option.name,
        requirements=listed(misses(option.requirements, style)),
    )


def _figure(
    expectation: Expectation, test: Bound, option: OptionResult, result: Comparison
) -> Sequence[Diagnostic]:
    figure = expectation.figure
    value = FIGURES[figure].value(option)
    if value is not None and test.holds(value):
        return ()
    found = value_in_words(figure, value, result.currency, test.step)
    message = say(
        "expected `{figure}` {bound}, found {found}",
        figure=f"{option.name}.{figure}",
        bound=test.text,
        found=found,
    )
    return (Diagnostic("E501", message, expectation.place, _off_by(test, figure, value, result)),)


def _off_by(test: Bound, figure: str, value: float | None, result: Comparison) -> str:
    """By how much a value misses its bound."""
    if value is None or FIGURES[figure].unit == "flag" or test.operator in ("=", "!="):
        return ""
    off = abs(value - test.limit)
    gap: str
    if FIGURES[figure].unit == "share":
        decimals = 1 if test.step >= 0.01 else 2 if test.step >= 0.001 else 4
        points = format_number(off * 100, decimals)
        gap = counted(off * 100, "{count} point", "{count} points", count=points)
    else:
        gap = value_in_words(figure, off, result.currency, test.step)
    if test.operator in ("<", "<="):
        return say("{gap} more than asked for", gap=gap)
    return say("{gap} less than asked for", gap=gap)
