"""Why an option is recommended or is not, in words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from math import ceil, floor
from typing import Any, TypeVar

from cmsource.model.evaluation import Evaluation
from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import counted, listed, say
from cmsource.values.money import (
    LENGTHS,
    Style,
    format_money,
    format_number,
    format_share,
    format_shortest,
    style_for,
)

_NOISE = 1e-7
_EXACT = 1e-9
_FINE = 2
"""Decimals with which a value is told at most, where fewer would not be true as a limit."""

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
    """A requirement that does not hold, such as ``watched 17% < 95% in months 12 to 24``."""
    if result.law:
        return say("the law ({law})", law=result.law)
    if result.value is None:
        return say("{what} not measured", what=result.phrase)
    value, limit = amounts_in_words(result, style)
    miss = listed([result.phrase, value, ">" if result.at_most else "<", limit], " ")
    return when_in_words(miss, result)


def when_in_words(what: str, held: RequirementResult) -> str:
    """What is said of a requirement, with the months in which it is worst where not all are."""
    if held.months is None:
        return say("{what} in {season}", what=what, season=held.season) if held.season else what
    first, last = map(format_shortest, held.months)
    places = {"what": what, "season": held.season, "first": first, "last": last}
    if held.season:
        return say("{what} in {season}, months {first} to {last}", **places)
    return say("{what} in months {first} to {last}", **places)


def amounts_in_words(held: RequirementResult, style: Style) -> tuple[str, str]:
    """Value and limit of a requirement.

    The value is told so that it is true as a limit too: were no more asked for, it would be met.
    """
    value, decimals = _as_limit(held, style)
    limit = held.limit * _scale(held)
    written = [each for each in (0, 1, 2, 3) if abs(limit - round(limit, each)) < _EXACT]
    exact = min(written, default=_FINE)
    return _amount(held, value, decimals, style), _amount(held, limit, exact, style)


def can_give(held: RequirementResult, style: Style) -> bool:
    """Whether less could be asked for so that it is met; to ask for nothing is no way out."""
    if held.law:
        return True
    if held.value is None:
        return False
    value, _ = _as_limit(held, style)
    if held.at_most:
        return held.unit != "share" or value < _scale(held)
    return value > 0


def _as_limit(held: RequirementResult, style: Style) -> tuple[float, int]:
    """A value rounded to the side on which it is met as a limit, and to how many decimals.

    They are the fewest at which that side is the nearer one, `_FINE` of them at most.
    """
    value = (held.value or 0.0) * _scale(held)
    side, noise = (ceil, -_NOISE) if held.at_most else (floor, _NOISE)
    rounded, decimals = value, 0
    for decimals in _decimals(held, style):
        rounded = side(value * 10**decimals + noise) / 10**decimals
        if abs(rounded - round(value, decimals)) < _EXACT:
            break
    return rounded, decimals


def _scale(held: RequirementResult) -> float:
    """By what a value is multiplied to be shown."""
    return 100.0 if held.unit == "share" else 1.0


def _decimals(held: RequirementResult, style: Style) -> tuple[int, ...]:
    """How many decimals a value may be shown with."""
    if held.unit == "share":
        return 0, 1, _FINE
    if held.unit in LENGTHS:
        return 1, _FINE
    return (0, _FINE) if style.digits else (0,)


def _amount(held: RequirementResult, shown: float, decimals: int, style: Style) -> str:
    """A value or a limit as it is shown, with its unit."""
    if held.unit == "share":
        return format_share(shown / _scale(held), decimals)
    if held.unit in LENGTHS:
        return LENGTHS[held.unit](shown, decimals)
    amount = format_money(round(shown * 100), style, decimals)
    return say("{amount}/month", amount=amount) if held.unit == "month" else amount


def enough(held: RequirementResult, style: Style) -> str:
    """Where an option would meet a requirement that it misses, such as ``at 68 % in time``."""
    if held.law:
        return say("if the law allowed it")
    limit, _ = amounts_in_words(held, style)
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
