"""The prices of an option: what those who sell it can ask for, and which of them brings most."""

from typing import NamedTuple

from cmsource.analysis.inputs.by_path import by_path
from cmsource.analysis.inputs.inputs import Input, input_at
from cmsource.analysis.inputs.numbers import forms_of, in_full, numbers_of, shared
from cmsource.analysis.selection import named_options
from cmsource.model.evaluation import evaluate
from cmsource.model.setting import setting_of
from cmsource.scenario.options import Option
from cmsource.scenario.record import Key
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import listed, say
from cmsource.values.money_types import Amount, UnitPrice
from cmsource.values.quantities import PriceTag

_SHOWN = 6


class Offer(NamedTuple):
    """A price of an option.

    Attributes:
        path: its key.
        source: name of the source that asks for it.
        given: whether anybody says it; else it is 0, or filled in.
        once: whether it is paid once.
        cents: what rests on it over the horizon, in cents.
    """

    path: str
    source: str
    given: bool
    once: bool
    cents: int


def option_named(scenario: Scenario, name: str) -> Option:
    """The option of a name.

    Raises:
        ScenarioError: there is none.
    """
    [found] = named_options(scenario, [name])
    return next(option for option in scenario.options if option.name == found)


def offers(scenario: Scenario, option: Option) -> tuple[Offer, ...]:
    """The prices that the sources of an option ask for, those first that bring most today.

    Sources outside come before people on the payroll: those sell, these are paid. What is paid
    again and again comes before what is paid once.
    """
    named = by_path(scenario)
    there = next(each for each in named.options if each.name == option.name)
    brought: dict[str, int] = {}
    for cost in evaluate(there, setting_of(named)).costs:
        for ref in cost.line.explain().refs:
            path = ref.removeprefix("--set ")
            brought[path] = brought.get(path, 0) + cost.cents
    inside = {name: source.in_house for name, source in scenario.sources.items()}
    found = [
        Offer(
            item.path,
            source,
            item.origin is not None,
            _is_once(item.key, item.value),
            brought.get(item.path, 0),
        )
        for item in numbers_of(scenario)
        if (source := _seller(scenario, option, item.path)) and _is_price(item.key, item.value)
    ]
    order = {each.path: place for place, each in enumerate(found)}

    def first(each: Offer) -> tuple[bool, bool, bool, int, int]:
        return inside[each.source], not each.cents, each.once, -each.cents, order[each.path]

    return tuple(sorted(found, key=first))


def chosen_price(scenario: Scenario, option: Option, vary: str = "") -> tuple[Input, str]:
    """The price of an option that is asked about, and who asks for it.

    Args:
        scenario: as read.
        option: one of its options.
        vary: path of a price, or its last key alone, such as ``retainer``; by default the main
            price: of those paid again and again the one that brings most today.

    Raises:
        ScenarioError: the option has no such price, or none at all.
    """
    found = offers(scenario, option)
    if not vary:
        if not found:
            raise _error(
                scenario, option, say("option `{option}` has no price", option=option.name)
            )
        return input_at(scenario, found[0].path), found[0].source
    wanted = in_full(scenario, vary)
    alike = [each for each in found if each.path == wanted or each.path.endswith(f".{wanted}")]
    if not alike:
        given = [each.path for each in found if each.given or each.cents][:_SHOWN]
        message = say("option `{option}` has no price at `{path}`", option=option.name, path=vary)
        hint = say("its prices: {paths}", paths=listed(given)) if given else ""
        raise _error(scenario, option, message, hint)
    return input_at(scenario, alike[0].path), alike[0].source


def _error(scenario: Scenario, option: Option, message: str, hint: str = "") -> ScenarioError:
    prices = say("name one with --vary, such as sources.agence.retainer")
    return ScenarioError([Diagnostic("E311", message, None, hint or prices)])


def _is_price(key: Key, value: object) -> bool:
    """Whether a number is an amount of money that somebody asks for."""
    return isinstance(value, PriceTag) or isinstance(key.quantity, Amount)


def _is_once(key: Key, value: object) -> bool:
    """Whether a price is paid once."""
    if isinstance(value, PriceTag):
        return value.per == "total"
    if isinstance(key.quantity, UnitPrice):  # of a post, say, of which there are more each month
        return False
    return isinstance(key.quantity, Amount) and key.quantity.period is None


def _seller(scenario: Scenario, option: Option, path: str) -> str:
    """The source of an option that a number belongs to; "" where it belongs to none of them."""
    members = [source for phase in option.phases for source in phase.sources]
    head, name, *keys = [*path.split("."), ""]
    keys = keys[:-1]
    if head == "sources":
        # What the option says otherwise of a source is no price of the option.
        base = scenario.sources[name]
        own = [each for each in members if each.name == name]
        takes = any(each is base or shared(base, each, keys) for each in own)
        return name if takes else ""
    if head != "options" or name != option.name:
        return ""
    form = forms_of(scenario)[name]
    place = {"list": 1, "sources": 2, "phases": 4}[form]
    there = len(keys) > place and any(each.name == keys[place] for each in members)
    return keys[place] if there else ""
