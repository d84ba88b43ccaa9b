"""Why an option is recommended or is not, in words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from math import ceil, floor
from typing import Any, TypeVar

from cmsource.model.evaluation import Evaluation
from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import Said, counted, listed, say
from cmsource.values.money import (
    LENGTHS,
    Style,
    format_money,
    format_number,
    format_share,
    style_for,
)

_NOISE = 1e-7
_EXACT = 1e-9

P = TypeVar("P", Evaluation, OptionResult)


def by_cost(option: Evaluation | OptionResult) -> tuple[int, str]:
    """A key that sorts the cheapest first, equals by their names."""
    return option.total_cents, option.name


def by_miss(option: OptionResult) -> tuple[bool, float, int, str]:
    """A key that sorts what misses least first, equals by cost; a lawful option before others."""
    return bool(option.forbidden), shortfall(option.requirements), *by_cost(option)


def shortfall(requirements: Iterable[RequirementResult]) -> float:
    """How much of what is asked for is missed: the gaps as shares of their limits, added up.

    What cannot be measured is missed whole. Gaps that differ by less than a hundredth are the same.
    """
    gaps = [
        1.0 if held.value is None else abs(held.value - held.limit) / (abs(held.limit) or 1.0)
        for held in missed(requirements)
    ]
    return max(round(sum(gaps), 2), 0.01) if gaps else 0.0


def runner_up(
    options: Iterable[P],
    chosen: str,
    eligible: Collection[str],
    near: Callable[[P], Any] = by_cost,
) -> P | None:
    """The next eligible option after one; where no other is eligible, what comes nearest.

    Args:
        options: all of them.
        chosen: the name of the one.
        eligible: names of those that do the job.
        near: a key by which what misses something comes near.
    """
    others = [each for each in options if each.name != chosen]
    able = [each for each in others if each.name in eligible]
    allowed = [each for each in others if not each.forbidden]
    return min(able, key=by_cost) if able else min(allowed or others, key=near, default=None)


def nearest(options: Iterable[OptionResult]) -> OptionResult:
    """The option that misses least of what is asked for, the cheapest of those; lawful ones first.

    Raises:
        ValueError: there is none.
    """
    return min(options, key=by_miss)


def tempting(options: Iterable[OptionResult], chosen: OptionResult) -> OptionResult | None:
    """Of what is cheaper than the chosen option and misses something, what misses least."""
    cheaper = [each for each in options if each.total_cents < chosen.total_cents]
    return min(cheaper, key=by_miss, default=None)


def misses(requirements: Iterable[RequirementResult], style: Style) -> list[str]:
    """The requirements that do not hold, in words."""
    return [miss_in_words(held, style) for held in missed(requirements)]


def miss_in_words(result: RequirementResult, style: Style) -> str:
    """A requirement that does not hold, such as ``watched 17.0% < 95.0%``."""
    if result.law:
        return say("the law ({law})", law=result.law)
    if result.value is None:
        return say("{what} not measured", what=result.phrase)
    value, limit = amounts_in_words(result, style)
    miss = listed([result.phrase, value, ">" if result.at_most else "<", limit], " ")
    return say("{what} in {season}", what=miss, season=result.season) if result.season else miss


def amounts_in_words(result: RequirementResult, style: Style) -> tuple[str, str]:
    """Value and limit of a requirement, precise enough to tell them apart."""
    value = result.value or 0.0
    if result.unit == "share":
        for decimals in (0, 1, 2, 3):
            pair = (
                format_share(value, decimals),
                format_share(result.limit, decimals),
            )
            if pair[0] != pair[1]:
                break
        return pair
    if result.unit in LENGTHS:
        length = LENGTHS[result.unit]
        return length(value), length(result.limit)
    decimals = 0 if abs(value - result.limit) >= 1 else 2
    first, second = (
        format_money(round(each * 100), style, decimals) for each in (value, result.limit)
    )
    return (_a_month(first), _a_month(second)) if result.unit == "month" else (first, second)


def _a_month(amount: str) -> Said:
    return say("{amount}/month", amount=amount)


def limits_in_words(held: RequirementResult, style: Style) -> tuple[str, str]:
    """The limit with which an option would meet a requirement, rounded to its side, and today's."""
    value = held.value or 0.0
    if held.unit == "share":
        cents = value * 100
        rounded = float(ceil(cents - _NOISE) if held.at_most else floor(cents + _NOISE)) / 100
        first, second = (format_share(each, digits(each)) for each in (rounded, held.limit))
    elif held.unit == "months":
        rounded = ceil(value * 10 - _NOISE) / 10
        first, second = (
            counted(each, "{count} month", "{count} months", count=format_number(each, 1))
            for each in (rounded, held.limit)
        )
    elif held.unit in LENGTHS:
        rounded = ceil(value * 10 - _NOISE) / 10
        first, second = (LENGTHS[held.unit](each) for each in (rounded, held.limit))
    else:
        money = ceil(value - _NOISE) * 100, round(held.limit * 100)
        first, second = (
            _a_month(format_money(cents, style, 0))
            if held.unit == "month"
            else format_money(cents, style, 0)
            for cents in money
        )
    return first, second


def digits(share: float) -> int:
    """Decimals of a share that is written as it was asked for."""
    return 0 if abs(share * 100 - round(share * 100)) < _EXACT else 1


def enough(held: RequirementResult, style: Style) -> str:
    """Where an option would meet a requirement that it misses, such as ``at 68 % in time``."""
    if held.law:
        return say("if the law allowed it")
    if held.value is None:
        return say("if nothing were asked of the {what}", what=held.phrase)
    limit, _ = limits_in_words(held, style)
    if held.unit in ("share", "weeks", "days"):
        return say("at {limit} {what}", limit=limit, what=held.phrase)
    if held.unit == "months":
        return say("if it may be {what} {limit}", what=held.phrase, limit=limit)
    return say("at {limit} of {what}", limit=limit, what=held.phrase)


def reason(options: Mapping[str, OptionResult], choice: str | None, scenario: Scenario) -> str:
    """Why an option is recommended, or what keeps every option from being so."""
    style = style_for(scenario.currency)
    if choice is None:
        return _why_none(options, style)
    option = options[choice]
    total = format_money(option.total_cents, style, 0)
    eligible = [other for other in options.values() if other.eligible]
    required = bool(option.requirements)
    count = format_number(scenario.horizon, 0 if scenario.horizon % 1 == 0 else 1)
    if len(options) == 1:
        first = say("It is the only option")
    elif not required and len(eligible) == 1:
        first = say("It is the only one of {count} options that the law allows", count=len(options))
    elif not required and len(eligible) < len(options):
        first = say(
            "It costs the least of the {count} options that the law allows", count=len(eligible)
        )
    elif not required:
        first = say("It costs the least of the {count} options", count=len(options))
    elif len(eligible) == 1:
        first = say("It is the only option that meets every requirement")
    else:
        first = say(
            "It costs the least of the {count} options that meet every requirement",
            count=len(eligible),
        )
    months = counted(scenario.horizon, "{count} month", "{count} months", count=count)
    text = say("{which}: {total} over {months}.", which=first, total=total, months=months)
    least = tempting(options.values(), option)
    if least is not None:
        cheaper = say(
            "{option} would cost {amount} less but misses: {what}.",
            option=least.label,
            amount=format_money(option.total_cents - least.total_cents, style, 0),
            what=listed(misses(least.requirements, style)),
        )
        return listed([text, cheaper], " ")
    if len(eligible) > 1:
        second = min((each for each in eligible if each.name != choice), key=by_cost)
        more = format_money(second.total_cents - option.total_cents, style, 0)
        following = say("Next is {option}, {amount} more.", option=second.label, amount=more)
        return listed([text, following], " ")
    return text


def _why_none(options: Mapping[str, OptionResult], style: Style) -> str:
    """What the option that misses least would still have to reach."""
    if not options:
        return say("There is no option to compare.")
    least = nearest(options.values())
    return say(
        "No option meets every requirement, so none is recommended. Nearest is {option}, which "
        "misses: {what}.",
        option=least.label,
        what=listed(misses(least.requirements, style)),
    )
