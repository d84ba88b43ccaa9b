"""Why an option is recommended or is not, in words."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from cmsource.model.evaluation import Evaluation
from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import (
    Style,
    format_money,
    format_months,
    format_number,
    format_share,
    style_for,
)

P = TypeVar("P", Evaluation, OptionResult)


def by_cost(option: Evaluation | OptionResult) -> tuple[int, str]:
    """A key that sorts the cheapest first, equals by their names."""
    return option.total_cents, option.name


def runner_up(options: Iterable[P], chosen: str, eligible: Collection[str]) -> P | None:
    """The next eligible option after one; the cheapest other where none is eligible.

    Args:
        options: all of them.
        chosen: the name of the one.
        eligible: names of those that do the job.
    """
    others = [each for each in options if each.name != chosen]
    able = [each for each in others if each.name in eligible]
    allowed = [each for each in others if not each.forbidden]
    return min(able or allowed or others, key=by_cost, default=None)


def nearest(options: Iterable[OptionResult]) -> OptionResult:
    """The option that misses the fewest requirements, the cheapest of those; a lawful one first."""

    def key(each: OptionResult) -> tuple[bool, int, int, str]:
        return bool(each.forbidden), len(missed(each.requirements)), *by_cost(each)

    return min(options, key=key)


def misses(requirements: Iterable[RequirementResult], style: Style) -> list[str]:
    """The requirements that do not hold, in words."""
    return [miss_in_words(held, style) for held in missed(requirements)]


def miss_in_words(result: RequirementResult, style: Style) -> str:
    """A requirement that does not hold, such as ``watched 17.0% < 95.0%``."""
    sign = ">" if result.at_most else "<"
    if result.law:
        return f"the law ({result.law})"
    if result.value is None:
        return f"{result.phrase} not measured"
    value, limit = amounts_in_words(result, style)
    return f"{result.phrase} {value} {sign} {limit}"


def amounts_in_words(result: RequirementResult, style: Style) -> tuple[str, str]:
    """Value and limit of a requirement, precise enough to tell them apart."""
    value = result.value or 0.0
    if result.unit == "share":
        for decimals in (0, 1, 2, 3):
            pair = (
                format_share(value, style, decimals),
                format_share(result.limit, style, decimals),
            )
            if pair[0] != pair[1]:
                break
        return pair
    if result.unit == "months":
        return format_months(value, style), format_months(result.limit, style)
    each = "/month" if result.unit == "month" else ""
    decimals = 0 if abs(value - result.limit) >= 1 else 2
    return (
        format_money(round(value * 100), style, decimals) + each,
        format_money(round(result.limit * 100), style, decimals) + each,
    )


def reason(options: Mapping[str, OptionResult], choice: str | None, scenario: Scenario) -> str:
    """Why an option is recommended, or what keeps every option from being so."""
    style = style_for(scenario.currency)
    if choice is None:
        return _why_none(options, style)
    option = options[choice]
    total = format_money(option.total_cents, style, 0)
    eligible = [other for other in options.values() if other.eligible]
    required = bool(option.requirements)
    months = format_number(scenario.horizon, style, 0 if scenario.horizon % 1 == 0 else 1)
    if len(options) == 1:
        first = "It is the only option"
    elif not required and len(eligible) == 1:
        first = f"It is the only one of {len(options)} options that the law allows"
    elif not required and len(eligible) < len(options):
        first = f"It costs the least of the {len(eligible)} options that the law allows"
    elif not required:
        first = f"It costs the least of the {len(options)} options"
    elif len(eligible) == 1:
        first = "It is the only option that meets every requirement"
    else:
        first = f"It costs the least of the {len(eligible)} options that meet every requirement"
    text = f"{first}: {total} over {months} months."
    cheaper = [o for o in options.values() if o.total_cents < option.total_cents]
    if cheaper:
        least = min(cheaper, key=by_cost)
        saving = format_money(option.total_cents - least.total_cents, style, 0)
        lacks = ", ".join(misses(least.requirements, style))
        text += f" {least.label} would cost {saving} less but misses: {lacks}."
    elif len(eligible) > 1:
        second = min((each for each in eligible if each.name != choice), key=by_cost)
        more = format_money(second.total_cents - option.total_cents, style, 0)
        text += f" Next is {second.label}, {more} more."
    return text


def _why_none(options: Mapping[str, OptionResult], style: Style) -> str:
    """What the option that misses the fewest requirements would still have to reach."""
    if not options:
        return "There is no option to compare."
    least = nearest(options.values())
    return (
        "No option meets every requirement, so none is recommended. "
        f"Nearest is {least.label}, which misses: {', '.join(misses(least.requirements, style))}."
    )
