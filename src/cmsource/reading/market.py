"""Wages and prices of market that a scenario gives itself, for where no country says them."""

from collections.abc import Iterator

from cmsource.countries import Fact, multiple_of
from cmsource.scenario.defaults import Defaults, lacking
from cmsource.scenario.draft import Draft, early
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.shortform import ShortForm
from cmsource.values.language import say
from cmsource.values.week import Week

OWN_TIME_WAGE = "colleague_hourly_wage"
"""What own time is valued by."""

_UNREAD = 1.0
"""What stands in for a price that is given and cannot be read: it is wrong, and not missing."""

SHORT_KEYS = {"employee_hourly_wage": "hourly_wage", "agency_hourly_rate": "agency_rate"}
"""The keys of the short form that say what a country would."""


def own_prices(tree: Tree, defaults: Defaults, cover: Week | None) -> dict[str, Fact]:
    """What a scenario says of wages and prices, by the key under which a country says it.

    Args:
        tree: its entries, in either form.
        defaults: what is known without them.
        cover: the hours of ``needs.cover``, when they can be read.
    """
    found: dict[str, Fact] = {}
    for fact, key in SHORT_KEYS.items():
        if key in tree:
            value: float | None = early(ShortForm, key, tree[key])
            found[fact] = _given(_UNREAD if value is None else value, tree[key])
    sources = tree.get("sources")
    for _, node in () if sources is None else sources.items():
        word = node.get("kind")
        kind = KINDS.get(word.value) if word and isinstance(word.value, str) else None
        if kind is None:
            continue
        own = kind.own_price(Draft(kind, node, defaults, cover))
        if own is not None:
            at = node.get(own.key)
            value = _UNREAD if own.value is None else own.value
            found.setdefault(own.fact, _given(value, node if at is None else at))
    return found


def _given(value: float, at: Node) -> Fact:
    source = say("assumption: no country, the same as given ({place})", place=at.origin.ref)
    return Fact(round(value, 2), source, "", "G")


def prices_to_give(full: Node, defaults: Defaults, *, own_time: bool, short: bool) -> list[str]:
    """The keys of the wages and prices that nobody can guess and a scenario has to give.

    Args:
        full: the scenario, every default spelled out.
        defaults: what its country says.
        own_time: whether own time is taken, and neither given nor known.
        short: whether it is in short form.
    """
    found = dict(_stand_ins(full)) if defaults.stands_in else {}
    awaited = set(found.values())
    # With those that others are multiples of, the others are known.
    keys = {path: fact for path, fact in found.items() if multiple_of(fact) not in awaited}
    if own_time and awaited.isdisjoint((OWN_TIME_WAGE, multiple_of(OWN_TIME_WAGE))):
        keys["own_time"] = OWN_TIME_WAGE
    if short:
        return list(dict.fromkeys(SHORT_KEYS.get(fact, path) for path, fact in keys.items()))
    return list(keys)


def _stand_ins(full: Node) -> Iterator[tuple[str, str]]:
    """What only stands in for a value of a country that it does not have: path, and which value."""
    waiting: list[tuple[str, Node]] = [("", full)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node.value, dict):
            prefix = f"{path}." if path else ""
            waiting += [(prefix + name, child) for name, child in reversed(node.value.items())]
        elif fact := lacking(node):
            yield path, fact
