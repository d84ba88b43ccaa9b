"""The words of a scenario that are French, as the English ones that everything else knows.

Only words of a fixed list are changed, so that results, data and scenarios written in full hold one
word for one thing. Amounts, durations and hours stay as they are written.
"""

from collections.abc import Callable, Mapping

from cmsource.scenario.kinds import KINDS, in_french
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.record import Key, Record, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.seasons import ByMonths
from cmsource.scenario.source import Source

_Usual = Callable[[Node], Node]


def in_usual_words(tree: Tree) -> Tree:
    """A scenario in which every kind and choice has its English word.

    What is English already stays the very same node: most files are, and nodes take time to make.
    """
    keys = keys_of(ScenarioKeys)
    found = {
        name: _value(keys[name], node) if name in keys else node for name, node in tree.items()
    }
    sources = tree.get("sources")
    if sources is not None:
        found["sources"] = sources = _each(sources, _source)
    options = tree.get("options")
    if options is not None:
        kinds = {name: _kind(node) for name, node in sources.items()} if sources else {}
        found["options"] = _each(options, lambda option: _option(option, kinds))
    return found


def with_usual_months(tree: Tree) -> Tree:
    """A scenario in which the months of seasons are as flags name them."""
    needs = tree.get("needs")
    seasons = None if needs is None else needs.get("seasons")
    if needs is None or seasons is None or not isinstance(seasons.value, dict):
        return tree
    usual = _months(ByMonths(), seasons)
    return {**tree, "needs": needs.replaced({**dict(needs.entries()), "seasons": usual})}


def _changed(node: Node, entries: Mapping[str, Node]) -> Node:
    """A map with other values; the same one where they are the same."""
    before = node.value
    assert isinstance(before, dict)
    same = all(entries[name] is child for name, child in before.items())
    return node if same else node.replaced(dict(entries))


def _each(node: Node, usual: _Usual) -> Node:
    """A map of which every value is in usual words."""
    if not isinstance(node.value, dict):
        return node
    return _changed(node, {name: usual(child) for name, child in node.value.items()})


def _value(key: Key, node: Node) -> Node:
    if key.quantity is not None and isinstance(node.value, str):
        usual = key.quantity.usual(node.value)
        return node if usual == node.value else node.replaced(usual)
    if not isinstance(node.value, dict):
        return node
    if isinstance(key.named, ByMonths):
        return _months(key.named, node)
    record = key.record
    if record is None:
        return node
    return _each(node, lambda each: _record(record, each)) if key.named else _record(record, node)


def _months(names: ByMonths, node: Node) -> Node:
    """A map from months in usual words.

    Of two that are the same then, a flag counts, or the file that extends the other; two of one
    file both stay, to be told of.
    """
    entries: dict[str, Node] = {}
    for name, child in node.entries():
        usual = names.usual(name)
        before = entries.get(usual)
        one_file = before is not None and before.origin.name == child.origin.name
        entries[name if one_file else usual] = child
    assert isinstance(node.value, dict)
    return node if entries.keys() == node.value.keys() else node.replaced(dict(entries))


def _record(cls: type[Record], node: Node) -> Node:
    if not isinstance(node.value, dict):
        return node
    keys = keys_of(cls)
    entries = {
        name: _value(keys[name], child) if name in keys else child
        for name, child in node.value.items()
    }
    return _changed(node, entries)


def _kind(node: Node) -> type[Source] | None:
    named = node.get("kind")
    return KINDS.get(named.value) if named and isinstance(named.value, str) else None


def _source(node: Node) -> Node:
    named = node.get("kind")
    if named is None or not isinstance(named.value, str):
        return node
    if named.value in KINDS:
        return _record(KINDS[named.value], node)
    if named.value not in in_french():
        return node
    usual = named.replaced(in_french()[named.value])
    inside = node.replaced({**dict(node.entries()), "kind": usual})
    return _record(KINDS[in_french()[named.value]], inside)


def _option(node: Node, kinds: Mapping[str, type[Source] | None]) -> Node:
    """An option or a part of one: what stands under the name of a source changes it."""
    value = node.value
    if isinstance(value, list):
        elements = [_option(each, kinds) for each in value]
        same = all(one is other for one, other in zip(value, elements, strict=True))
        return node if same else node.replaced(elements)
    if not isinstance(value, dict):
        return node
    entries = {}
    for name, child in value.items():
        kind = kinds.get(name) if len(value) == 1 and isinstance(child.value, dict) else None
        entries[name] = _option(child, kinds) if kind is None else _record(kind, child)
    return _changed(node, entries)
