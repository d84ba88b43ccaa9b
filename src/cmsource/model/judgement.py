"""From figures to a recommendation: requirements, eligibility, the frontier, the reason."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Protocol

from cmsource.comparison import (
    AT_MOST,
    Coverage,
    OptionResult,
    RequirementResult,
)
from cmsource.later import Later
from cmsource.money import Style, format_money, format_number, format_share, style_for
from cmsource.scenario import Require, Scenario

TOLERANCE = 1e-9
_DIGITS = 9

WORDS = {
    "watched": "watched",
    "answered_in_time": "answered in time",
    "work_done": "work done",
    "skills_met": "skills",
    "continuity": "continuity",
    "in_house": "in-house share",
    "idle": "idle hours",
    "live_within": "live after",
    "budget": "cash",
    "cost": "cost",
}
"""What each requirement is about, for people."""

_SLOW = "answered_in_time"
_FIGURES = tuple(name for name in Require._fields if name != "origins")
_MONEY = ("budget", "cost")
_QUICK = tuple(name for name in _FIGURES if name not in (*_MONEY, _SLOW))

_OF_SOMETHING = frozenset({"continuity", "in_house"})
"""Shares of what an option watches or does: one that watches or does nothing has none of them."""


class _Spent(Protocol):
    """What an option costs."""

    @property
    def total_cents(self) -> int: ...

    @property
    def cash_cents(self) -> int: ...


class _Covered(Protocol):
    """A phase, of which the share answered in time is best asked for last."""

    @property
    def without_time(self) -> Coverage: ...

    @property
    def coverage(self) -> Coverage: ...


def requirements(
    require: Require,
    phases: Sequence[_Covered],
    live: float,
    spent: Callable[[], _Spent],
    horizon: float,
    *,
    only: Collection[str] = _FIGURES,
) -> tuple[RequirementResult, ...]:
    """Requirements held against an option; shares against its worst phase.

    Args:
        require: what it must reach.
        phases: what it covers.
        live: months until everybody of the first phase is at work.
        spent: gives what it costs over the horizon.
        horizon: months.
        only: which requirements.
    """
    found = []
    for name in only:
        limit = getattr(require, name)
        if limit is None:
            continue
        if name in _MONEY:
            cents = spent().total_cents if name == "cost" else spent().cash_cents
            value = round(cents / 100 / horizon, 2) if limit.per == "month" else cents / 100
            result = RequirementResult(name, limit.amount, value, None, None, limit.per)
        elif name == "live_within":
            result = RequirementResult(name, limit, live, None, None, "months")
        else:
            result = _worst(name, limit, phases)
        found.append(result._replace(met=_met(result)))
    return tuple(found)


def _worst(name: str, limit: float, phases: Sequence[_Covered]) -> RequirementResult:
    """A share in the phase that is furthest from what is required, the first of equals."""
    values = []
    for number, phase in enumerate(phases):
        found = phase.coverage if name == _SLOW else phase.without_time
        values.append((getattr(found, name), number))
    known = [(value, number) for value, number in values if value is not None]
    lacking = [number for value, number in values if value is None]
    if lacking and name in _OF_SOMETHING:
        return RequirementResult(name, limit, None, None, lacking[0])
    if not known:
        return RequirementResult(name, limit, None, None, None)
    sign = -1.0 if name in AT_MOST else 1.0
    value, number = min(known, key=lambda pair: sign * pair[0])
    return RequirementResult(name, limit, value, None, number)


def _met(result: RequirementResult) -> bool | None:
    """Whether a requirement holds; None when the scenario has nothing to judge it by."""
    if result.value is None:
        return False if result.name in _OF_SOMETHING else None
    if result.at_most:
        return result.value <= result.limit + TOLERANCE
    return result.value >= result.limit - TOLERANCE


def is_eligible(results: Sequence[RequirementResult]) -> bool:
    """Whether every requirement that can be judged holds."""
    return all(result.met is not False for result in results)


def eligible(held: Callable[..., Sequence[RequirementResult]], in_time: Callable[[], bool]) -> bool:
    """Whether every requirement that can be judged holds; those that take long are judged last.

    Args:
        held: gives the results of the requirements named by ``only``.
        in_time: whether as many messages are answered in time as is required.
    """
    for names in (_QUICK, _MONEY):
        if not is_eligible(held(only=names)):
            return False
    return in_time()


def with_frontier(options: Mapping[str, OptionResult]) -> dict[str, OptionResult]:
    """The options, each knowing whether it is on the frontier of cost and coverage."""
    return {
        name: option._replace(on_frontier=Later(partial(_on_frontier, option, options)))
        for name, option in options.items()
    }


def _on_frontier(option: OptionResult, options: Mapping[str, OptionResult]) -> bool:
    return not any(_dominates(other, option) for other in options.values())


def _dominates(other: OptionResult, option: OptionResult) -> bool:
    """Whether another option costs less and covers as much or more."""
    return other.total_cents < option.total_cents and all(
        _known(other, figure) >= _known(option, figure) for figure in ("watched", _SLOW)
    )


def _known(option: "_Judged", figure: str) -> float:
    """A share to rank options by, without the noise of how it was added up; 0 for none."""
    return round(getattr(option.coverage, figure) or 0.0, _DIGITS)


class _Judged(Protocol):
    """What options are ranked by."""

    @property
    def total_cents(self) -> int: ...

    @property
    def eligible(self) -> bool: ...

    @property
    def coverage(self) -> Coverage: ...


def recommended(options: Mapping[str, OptionResult]) -> str | None:
    """The eligible option of least total; on a tie the one that answers and watches more."""
    return best(options)


def best(options: Mapping[str, _Judged]) -> str | None:
    """The name of the eligible option of least total; on a tie as `recommended` says."""
    costs = [(each.total_cents, name) for name, each in options.items() if each.eligible]
    least = min(costs, default=(0, ""))[0]
    equals = [name for cents, name in costs if cents == least]
    if len(equals) <= 1:
        return equals[0] if equals else None

    def key(name: str) -> tuple[float, float, str]:
        answered, watched = (_known(options[name], each) for each in (_SLOW, "watched"))
        return -answered, -watched, name

    return min(equals, key=key)


def miss_in_words(result: RequirementResult, style: Style) -> str:
    """A requirement that does not hold, such as ``watched 17.0% < 95.0%``."""
    sign = ">" if result.at_most else "<"
    if result.value is None:
        return f"{WORDS[result.name]} not measured"
    value, limit = amounts_in_words(result, style)
    return f"{WORDS[result.name]} {value} {sign} {limit}"


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
        return tuple(  # type: ignore[return-value]
            f"{format_number(months, style, 0 if months == int(months) else 1)} "
            + ("month" if months == 1 else "months")
            for months in (value, result.limit)
        )
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
    elif not required:
        first = f"It costs the least of the {len(options)} options"
    elif len(eligible) == 1:
        first = "It is the only option that meets every requirement"
    else:
        first = f"It costs the least of the {len(eligible)} options that meet every requirement"
    text = f"{first}: {total} over {months} months."
    cheaper = [o for o in options.values() if o.total_cents < option.total_cents]
    if cheaper:
        least = min(cheaper, key=lambda o: (o.total_cents, o.name))
        saving = format_money(option.total_cents - least.total_cents, style, 0)
        misses = ", ".join(miss_in_words(r, style) for r in least.requirements if r.met is False)
        text += f" {least.label} would cost {saving} less but misses: {misses}."
    elif len(eligible) > 1:
        others = [o for o in eligible if o.name != choice]
        second = min(others, key=lambda o: (o.total_cents, o.name))
        more = format_money(second.total_cents - option.total_cents, style, 0)
        text += f" Next is {second.label}, {more} more."
    return text


def _why_none(options: Mapping[str, OptionResult], style: Style) -> str:
    """What the option that misses the fewest requirements would still have to reach."""
    if not options:
        return "There is no option to compare."

    def key(option: OptionResult) -> tuple[int, int, str]:
        return sum(r.met is False for r in option.requirements), option.total_cents, option.name

    nearest = min(options.values(), key=key)
    misses = ", ".join(miss_in_words(r, style) for r in nearest.requirements if r.met is False)
    return (
        "No option meets every requirement, so none is recommended. "
        f"Nearest is {nearest.label}, which misses: {misses}."
    )
