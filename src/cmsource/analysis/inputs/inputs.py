"""The numeric inputs of a scenario, and the scenario with some of them moved.

An input is a number of the complete scenario, as ``cmsource expand`` prints it. Moving it leaves
everything else as it is: what was worked out from it when the file was read, such as a default,
stays. Options that use a source as it is move with the source; a field that an option overrides
is an input of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from cmsource.analysis.inputs.limits import limits_of
from cmsource.analysis.inputs.numbers import (
    SOMEWHERE,
    NumberAt,
    from_source,
    number_at,
    numbers_of,
    shared,
)
from cmsource.analysis.inputs.replacing import put
from cmsource.scenario.counts import COUNTS
from cmsource.scenario.inclusion import Inclusion
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.scenario.unit_names import wrong_units
from cmsource.values.language import say
from cmsource.values.money_types import Amount, UnitPrice
from cmsource.values.number_types import Share
from cmsource.values.quantities import (
    PER,
    Hours,
    PriceTag,
    QuantityError,
    bounded,
    has_two_readings,
)
from cmsource.values.time_types import Duration

__all__ = ["Input", "input_at", "inputs", "number_in", "put", "resting_on", "step_of", "written"]

_SHORT = {"hour": "h"}
"""Periods as units have them, where it is in short."""
_LENGTHS = {"minute": "min", "hour": "h", "day": "days", "week": "weeks", "month": "months"}
_COUNTED = {
    "headcount": "people",
    "size": "people",
    "depth": "people",
    "shared_by": "companies",
    "age": "years",
    "per_day": "messages/day",
    "per_week": "messages/week",
    "per_month": "messages/month",
    "after_hours": "times",
}
"""What the plain numbers are numbers of."""

_WORK = "needs.work."
_ABOUT = {"require": "requirement", "context": "context"}


class Input(NamedTuple):
    """One number of a scenario.

    Attributes:
        path: its key, as after ``--set``: ``sources.agence.hourly_rate``.
        unit: ``EUR/h``, ``EUR/month``, ``EUR``, ``%`` and ``%/year`` (a share from 0 to 1),
            ``months``, ``min``, ``h``, ``h/week``, ``h/month``, ``h/day``, ``days/month``,
            ``people``, ``messages/day``, ``units/month``…; "" for a plain number.
        value: today's, in that unit, but for shares, which go from 0 to 1.
        low: the least that it may be, the checks of reading included.
        high: the most that it may be.
        whole: whether it is a whole number.
        given: whether the file or a flag gives it; else it is an assumption, or the value that a
            key has when nobody says anything.
        ref: where it came from, as ledger entries say it; "" for what nobody says.
        range: least and most of a value that was given as a range.
        about: ``input``, ``requirement`` (it moves no figure, only who is eligible) or
            ``context`` (it moves judgements only).
        meaning: what the key means.
        shape: how likely the values of a range are, ``triangular`` or ``pert``.
        confidence: how far an assumption can be trusted, as its mark; "" for what is given.
    """

    path: str
    unit: str
    value: float
    low: float
    high: float
    whole: bool = False
    given: bool = True
    ref: str = ""
    range: tuple[float, float] | None = None
    about: str = "input"
    meaning: str = ""
    shape: str = ""
    confidence: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it goes from 0 to 1 and is shown in per cent."""
        return self.unit.startswith("%")


def inputs(scenario: Scenario) -> tuple[Input, ...]:
    """Every numeric input of a scenario, in the order of ``cmsource expand``.

    What nobody gives and nothing fills in (an agency's ``setup`` of 0, say) is not among them;
    `input_at` finds it all the same.
    """
    found = [item for item in numbers_of(scenario) if item.origin is not None]
    changed = _changed(scenario)
    return tuple(_input(item, scenario, changed) for item in found)


def step_of(chosen: Input) -> float:
    """How finely a value of an input is written: a cent, a hundredth of a per cent, one head."""
    if chosen.whole:
        return 1.0
    return 0.0001 if chosen.is_share else 0.01


def resting_on(scenario: Scenario, refs: Collection[str]) -> tuple[Input, ...]:
    """The inputs that came from some places, named as ledger entries name them."""
    asked = frozenset(refs)
    found = [item for item in numbers_of(scenario) if item.origin and item.origin.ref in asked]
    changed = _changed(scenario)
    return tuple([_input(item, scenario, changed) for item in found])


def input_at(scenario: Scenario, path: str) -> Input:
    """The input at a path.

    Raises:
        ScenarioError: there is no number at the path; the error says which one is meant.
    """
    return _input(number_at(scenario, path), scenario, _changed(scenario))


def number_in(scenario: Scenario, path: str, text: str) -> float:
    """A value for an input, as people write it: ``82,50 €/h``, or 82.5 in the input's own unit.

    Raises:
        ScenarioError: there is no number at the path.
        QuantityError: the text is no such value, or is per another period than the one held.
    """
    item = number_at(scenario, path)
    try:
        own = isinstance(item.quantity, Share) or has_two_readings(text.strip())
        number = None if own else float(text)
    except ValueError:
        number = None
    if number is not None:
        return bounded(number)
    value = item.quantity.read(text, scenario.currency)
    if isinstance(item.quantity, UnitPrice):
        for error in wrong_units({from_source(item.path)[2]: text}):
            raise error
    if isinstance(value, (Hours, PriceTag)):
        if value.per != item.value.per:
            other = item.quantity.written(item.value)
            raise QuantityError(
                say(
                    "`{path}` is {per}, and {text} is {other}",
                    path=path,
                    per=PER[item.value.per],
                    text=text,
                    other=PER[value.per],
                ),
                say("write it like {text}", text=other),
            )
        value = value.amount
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise QuantityError(
            say("{text} is not a number", text=text),
            say("write {texts}", texts=item.quantity.expected),
        )
    return float(value)


def written(scenario: Scenario, path: str, value: float) -> str:
    """A value of an input as one would write it after ``--set``, such as ``82.50/h``.

    Raises:
        ScenarioError: there is no number at the path.
    """
    item = number_at(scenario, path)
    number = item.value
    period = isinstance(number, (Hours, PriceTag))
    return item.quantity.written(number._replace(amount=value) if period else value)


def _changed(scenario: Scenario) -> Mapping[str, Sequence[Source]]:
    """The sources of options that override something, by the names of those they come from."""
    found: dict[str, list[Source]] = {}
    for option in scenario.options:
        for phase in option.phases:
            for source in phase.sources:
                if source is not scenario.sources[source.name]:
                    found.setdefault(source.name, []).append(source)
    return found


def _uses(
    item: NumberAt, scenario: Scenario, changed: Mapping[str, Sequence[Source]]
) -> tuple[Source, ...]:
    """The sources, as declared and as options use them, that move with a number."""
    head, name, *keys = *item.path.split("."), ""
    keys = keys[:-1]
    if head == "sources":
        base = scenario.sources[name]
        return (base, *(each for each in changed.get(name, ()) if shared(base, each, keys)))
    if head == "options" and from_source(item.path):
        option = next(each for each in scenario.options if each.name == name)
        phase = option.phases[int(keys[1]) if keys[0] == "phases" else 0]
        places = [key for key in keys[2 if keys[0] == "phases" else 0 :] if key.isdecimal()]
        return (phase.sources[int(places[0])],)
    return ()


def _input(item: NumberAt, scenario: Scenario, changed: Mapping[str, Sequence[Source]]) -> Input:
    """The number where it stands as an input."""
    value, origin = item.value, item.origin
    number = value.amount if isinstance(value, (Hours, PriceTag)) else value
    low, high = limits_of(scenario, item.path, item.quantity, value, _uses(item, scenario, changed))
    given = origin is not None and origin.fact is None
    if origin is SOMEWHERE:
        given = item.path in scenario.inputs
    span = getattr(number, "low", None), getattr(number, "high", None)
    return Input(
        item.path,
        _unit(item, scenario.currency),
        int(number) if isinstance(number, int) else float(number),
        min(low, number),
        max(high, number),
        isinstance(number, int),
        given,
        "" if origin is None or origin is SOMEWHERE else origin.ref,
        None if span[0] is None or span[1] is None else (float(span[0]), float(span[1])),
        _ABOUT.get(item.path.partition(".")[0], "input"),
        item.key.meaning,
        getattr(number, "shape", ""),
        "" if origin is None or origin.fact is None else origin.fact.confidence,
    )


def _unit(item: NumberAt, currency: str) -> str:
    """What a number is counted in."""
    quantity, value = item.quantity, item.value
    if isinstance(value, PriceTag):
        return (
            currency if value.per == "total" else f"{currency}/{_SHORT.get(value.per, value.per)}"
        )
    if isinstance(value, Hours):
        period = _SHORT.get(value.per, value.per)
        return f"{'days' if value.in_days else 'h'}/{period}"
    if isinstance(quantity, Amount):
        return (
            f"{currency}/{_SHORT.get(quantity.period, quantity.period)}"
            if quantity.period
            else currency
        )
    if isinstance(quantity, Share):
        return "%/year" if quantity.per_year else "%"
    if isinstance(quantity, Duration):
        return _LENGTHS[quantity.unit]
    if isinstance(quantity, Inclusion):
        return "messages/month" if item.path.endswith(".messages") else "units/month"
    if item.key.name == "up_to":
        priced = from_source(item.path)[1]
        return {"hourly_rate": "h", "day_rate": "days"}.get(priced, "units") + "/month"
    if item.path.startswith(_WORK) and item.key.name in COUNTS:
        return f"units/{item.key.name.removeprefix('per_')}"
    return _COUNTED.get(item.key.name, "")
