"""From figures to a recommendation: requirements, eligibility, the frontier, the reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from cmsource.results.comparison import (
    AT_MOST,
    Coverage,
    OptionResult,
    RequirementResult,
)
from cmsource.scenario.scenario import Require, Scenario
from cmsource.values.money import Style, format_money, format_number, format_share, style_for

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
REQUIREMENTS = tuple(name for name in Require._fields if name != "origins")
_MONEY = ("budget", "cost")
_QUICK = tuple(name for name in REQUIREMENTS if name not in (*_MONEY, _SLOW))

_OF_SOMETHING = frozenset({"continuity", "in_house"})
"""Shares of what an option watches or does: one that watches or does nothing has none of them."""


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
    require: Require, option: Reaching, *, only: Collection[str] = REQUIREMENTS
) -> tuple[RequirementResult, ...]:
    """Requirements held against an option; shares against its worst phase.

    Args:
        require: what it must reach.
        option: what it reaches.
        only: which requirements.
    """
    found = []
    for name in only:
        limit = getattr(require, name)
        if limit is not None:
            value, phase = _figure(name, limit, option)
            bound, unit = _bound(name, limit)
            met = _met(name, bound, value)
            found.append(RequirementResult(name, bound, value, met, phase, unit))
    return tuple(found)


def limits_of(require: Require) -> tuple[tuple[str, Any], ...]:
    """The limits that `meets` asks for, by name: all but the share answered in time.

    What takes longer to hold against an option comes later.
    """
    names = (*_QUICK, *_MONEY)
    return tuple([(n, limit) for n in names if (limit := getattr(require, n)) is not None])


def meets(limits: Iterable[tuple[str, Any]], option: Reaching) -> bool:
    """Whether an option keeps all limits that can be judged; the first that it misses decides."""
    for name, limit in limits:
        if _met(name, _bound(name, limit)[0], _figure(name, limit, option)[0]) is False:
            return False
    return True


def _bound(name: str, limit: Any) -> tuple[float, str]:  # noqa: ANN401 - as `Require` has it
    """The limit of a requirement as a number, and its unit."""
    if name in _MONEY:
        return limit.amount, limit.per
    return limit, "months" if name == "live_within" else "share"


def _figure(
    name: str,
    limit: Any,  # noqa: ANN401 - as `Require` has it
    option: Reaching,
) -> tuple[float | None, int | None]:
    """The figure that a requirement with some limit is about, and its worst phase if any.

    It is None where it cannot be measured.
    """
    if name in _MONEY:
        cents = option.total_cents if name == "cost" else option.cash_cents
        monthly = limit.per == "month"
        return round(cents / 100 / option.horizon, 2) if monthly else cents / 100, None
    if name == "live_within":
        return option.live, None
    return _worst(name, option.planned)


def _worst(name: str, phases: Sequence[_Phase]) -> tuple[float | None, int | None]:
    """A share in the phase that is furthest from what is required, and the first of equals."""
    worst: float | None = None
    place: int | None = None
    at_most = name in AT_MOST
    for number, phase in enumerate(phases):
        value: float | None = getattr(phase.team, name)
        if value is None:
            if name in _OF_SOMETHING:
                return None, number
        elif worst is None or (value > worst if at_most else value < worst):
            worst, place = value, number
    return worst, place


def _met(name: str, limit: float, value: float | None) -> bool | None:
    """Whether a requirement holds; None when the scenario has nothing to judge it by."""
    if value is None:
        return False if name in _OF_SOMETHING else None
    return value <= limit + TOLERANCE if name in AT_MOST else value >= limit - TOLERANCE


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
