"""The words of a scenario that are French, as the English ones that everything else knows.

Only words of a fixed list are changed, so that results, data and scenarios written in full hold one
word for one thing. Amounts, durations and hours stay as they are written.
"""

from collections.abc import Callable

from cmsource.scenario.kinds import IN_FRENCH, KINDS
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.record import Key, Record, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.source import Source


def in_usual_words(tree: Tree) -> Tree:
    """A scenario in which every kind and choice has its English word."""
    keys = keys_of(ScenarioKeys)
    found = {
        name: _value(keys[name], node) if name in keys else node for name, node in tree.items()
    }
    sources = tree.get("sources")
    if sources is not None and isinstance(sources.value, dict):
        found["sources"] = _each(sources, _source)
    options = tree.get("options")
    if options is not None:
        kinds = {name: _kind(node) for name, node in found["sources"].items()} if sources else {}
        found["options"] = _each(options, lambda option: _option(option, kinds))
    return found


def _each(node: Node, usual: Callable[[Node], Node]) -> Node:
    """A map of which every value is in usual words."""
    if not isinstance(node.value, dict):
        return node
    return node.replaced({name: usual(child) for name, child in node.entries()})


def _value(key: Key, node: Node) -> Node:
    if isinstance(node.value, str) and key.quantity is not None:
        usual = key.quantity.usual(node.value)
        return node if usual == node.value else node.replaced(usual)
    record = key.record
    if record is None:
        return node
    return _each(node, lambda each: _record(record, each)) if key.named else _record(record, node)


def _record(cls: type[Record], node: Node) -> Node:
    if not isinstance(node.value, dict):
        return node
    keys = keys_of(cls)
    return node.replaced(
        {
            name: _value(keys[name], child) if name in keys else child
            for name, child in node.entries()
        }
    )


def _kind(node: Node) -> type[Source] | None:
    named = node.get("kind")
    return KINDS.get(named.value) if named and isinstance(named.value, str) else None


def _source(node: Node) -> Node:
    named = node.get("kind")
    if named is not None and isinstance(named.value, str) and named.value in IN_FRENCH:
        usual = named.replaced(IN_FRENCH[named.value])
        node = node.replaced({**dict(node.entries()), "kind": usual})
    kind = _kind(node)
    return node if kind is None else _record(kind, node)


def _option(node: Node, kinds: dict[str, type[Source] | None]) -> Node:
    """An option or a part of one: what stands under the name of a source changes it."""
    if isinstance(node.value, list):
        return node.replaced([_option(each, kinds) for each in node.value])
    if not isinstance(node.value, dict):
        return node
    found = {}
    for name, child in node.entries():
        kind = kinds.get(name)
        alone = kind is not None and len(node.value) == 1 and isinstance(child.value, dict)
        found[name] = _record(kind, child) if alone and kind is not None else _option(child, kinds)
    return node.replaced(found)
