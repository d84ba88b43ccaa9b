"""From figures to a recommendation: requirements, eligibility, the frontier, the reason."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from cmsource.results.comparison import (
    Coverage,
    OptionResult,
    RequirementResult,
)
from cmsource.scenario.figures import Figure, requirable
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, format_money, format_number, format_share, style_for

TOLERANCE = 1e-9
_DIGITS = 9

_SLOW = "answered_in_time"


class _Phase(Protocol):
    """A phase of an option, whose team has the figures of what it covers by name."""

    @property
    def team(self) -> object: ...


class Reaching(Protocol):
    """What requirements are held against: what an option costs and covers."""

    @property
    def planned(self) -> Sequence[_Phase]:
        """Its phases."""

    @property
    def live(self) -> float:
        """Months until everybody of the first phase is at work."""

    @property
    def horizon(self) -> float:
        """Months over which costs are added up."""

    @property
    def total_cents(self) -> int:
        """Economic cost over the horizon."""

    @property
    def cash_cents(self) -> int:
        """The part of it that is really paid."""


def requirements(
    require: Require, option: Reaching, *, only: Collection[str] | None = None
) -> tuple[RequirementResult, ...]:
    """Requirements held against an option; shares against its worst phase.

    Args:
        require: what it must reach.
        option: what it reaches.
        only: the keys of those to hold against it; all of them when None.
    """
    found = []
    for name, figure in requirable().items():
        limit = getattr(require, name, None) if only is None or name in only else None
        if limit is not None:
            value, phase = _value(figure, limit, option)
            bound, unit = _bound(figure, limit)
            met = _met(figure, bound, value)
            found.append(RequirementResult(name, bound, value, met, phase, unit))
    return tuple(found)


_Limits = tuple[tuple[Figure, Any], ...]


def limits_of(require: Require) -> _Limits:
    """The limits that `meets` asks for, with their figures: all but the share answered in time.

    That one takes longer to hold against an option.
    """
    return tuple(
        [
            (figure, limit)
            for name, figure in requirable().items()
            if name != _SLOW and (limit := getattr(require, name, None)) is not None
        ]
    )


def meets(limits: _Limits, option: Reaching) -> bool:
    """Whether an option keeps all limits that can be judged; the first that it misses decides."""
    for figure, limit in limits:
        if _met(figure, _bound(figure, limit)[0], _value(figure, limit, option)[0]) is False:
            return False
    return True


def _bound(figure: Figure, limit: Any) -> tuple[float, str]:  # noqa: ANN401 - as `Require` has it
    """The limit of a requirement as a number, and its unit."""
    if figure.unit == "money":
        return limit.amount, limit.per
    return limit, figure.unit


def _value(
    figure: Figure,
    limit: Any,  # noqa: ANN401 - as `Require` has it
    option: Reaching,
) -> tuple[float | None, int | None]:
    """The value of a figure that some limit is set for, and its worst phase if it has any.

    It is None where it cannot be measured.
    """
    if figure.unit == "money":
        cents = option.total_cents if figure.name == "total" else option.cash_cents
        monthly = limit.per == "month"
        return round(cents / 100 / option.horizon, 2) if monthly else cents / 100, None
    if figure.unit == "months":
        return option.live, None
    return _worst(figure, option.planned)


def _worst(figure: Figure, phases: Sequence[_Phase]) -> tuple[float | None, int | None]:
    """A share in the phase that is furthest from what is required, and the first of equals."""
    worst: float | None = None
    place: int | None = None
    for number, phase in enumerate(phases):
        value: float | None = getattr(phase.team, figure.name)
        if value is None:
            if figure.requirement is not None and figure.requirement.needs_value:
                return None, number
        elif worst is None or (value > worst if figure.better == "less" else value < worst):
            worst, place = value, number
    return worst, place


def _met(figure: Figure, limit: float, value: float | None) -> bool | None:
    """Whether a requirement holds; None when the scenario has nothing to judge it by."""
    if value is None:
        return False if figure.requirement and figure.requirement.needs_value else None
    return value <= limit + TOLERANCE if figure.better == "less" else value >= limit - TOLERANCE


def on_frontier(name: str, options: Mapping[str, "_Judged"]) -> bool:
    """Whether no other option costs less and covers as much or more."""
    option = options[name]
    return not any(_dominates(other, option) for other in options.values())


def _dominates(other: "_Judged", option: "_Judged") -> bool:
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


def best(options: Mapping[str, _Judged]) -> str | None:
    """The eligible option of least total; on a tie the one that answers and watches more."""
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
