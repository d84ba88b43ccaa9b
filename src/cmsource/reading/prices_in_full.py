"""Prices in short written in full: everything else knows one key for a price."""

from collections.abc import Collection, Sequence

from cmsource.reading.report import Report
from cmsource.scenario.biller import MESSAGES, RESOLUTIONS
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.record import keys_of
from cmsource.scenario.short_prices import in_full, is_short
from cmsource.values.language import say

_KEY = "per"


def counted_in(tree: Tree) -> tuple[str, ...]:
    """The names of what a scenario counts: messages, activities, further counts, resolutions."""
    needs = tree.get("needs")
    found = [MESSAGES]
    for key in ("work", "counts"):
        node = None if needs is None else needs.get(key)
        if node is not None:
            found += [name for name, _ in node.items()]
    return (*found, RESOLUTIONS)


def sources_in(tree: Tree) -> tuple[str, ...]:
    """The names of the sources of a scenario."""
    node = tree.get("sources")
    return () if node is None else tuple([name for name, _ in node.items()])


def prices_in_full(tree: Tree, report: Report) -> Tree:
    """A scenario in which every price in short is written in full.

    What has none stays the very same node.
    """
    return _in_full(tree, sources_in(tree), counted_in(tree), report)


def each_in_full(trees: Sequence[Node], report: Report) -> list[Node]:
    """Parts of one scenario in which every price in short is written in full.

    Args:
        trees: maps of keys; each may name what another one counts.
        report: receives what is wrong.
    """
    parts = [dict(tree.entries()) for tree in trees]
    names = list(dict.fromkeys(name for part in parts for name in sources_in(part)))
    known = list(dict.fromkeys(name for part in parts for name in counted_in(part)))
    return [
        tree.replaced(_in_full(part, names, known, report))
        for tree, part in zip(trees, parts, strict=True)
    ]


def _in_full(tree: Tree, names: Collection[str], known: Collection[str], report: Report) -> Tree:
    found = dict(tree)
    sources = tree.get("sources")
    if sources is not None and isinstance(sources.value, dict):
        entries = {
            name: _source(node, f"sources.{name}", known, report)
            for name, node in sources.value.items()
        }
        found["sources"] = _changed(sources, entries)
    options = tree.get("options")
    if options is not None:
        found["options"] = _option(options, "options", names, known, report)
    return found


def _changed(node: Node, entries: Tree) -> Node:
    """A map with other values; the same one where they are the same."""
    before = node.value
    assert isinstance(before, dict)
    same = before.keys() == entries.keys() and all(entries[n] is before[n] for n in before)
    return node if same else node.replaced(entries)


def _option(
    node: Node, path: str, names: Collection[str], known: Collection[str], report: Report
) -> Node:
    """An option or a part of one: what stands under the name of a source changes it."""
    value = node.value
    if isinstance(value, list):
        elements = [
            _option(each, f"{path}.{n}", names, known, report) for n, each in enumerate(value)
        ]
        same = all(one is other for one, other in zip(value, elements, strict=True))
        return node if same else node.replaced(elements)
    if not isinstance(value, dict):
        return node
    entries = {}
    for name, child in value.items():
        of_source = len(value) == 1 and name in names and isinstance(child.value, dict)
        here = f"{path}.{name}"
        entries[name] = (
            _source(child, here, known, report)
            if of_source
            else _option(child, here, names, known, report)
        )
    return _changed(node, entries)


def _source(node: Node, path: str, known: Collection[str], report: Report) -> Node:
    """A source, or what changes one, with its prices in full."""
    value = node.value
    if not isinstance(value, dict) or not any(map(is_short, value)):
        return node
    word = node.get("kind")
    kind = KINDS.get(str(word.value)) if word is not None else None
    if kind is not None and _KEY not in keys_of(kind):
        return node
    entries: Tree = {}
    prices: dict[str, tuple[str, Node]] = {}
    for name, child in value.items():
        keys = in_full(name, known) if is_short(name) else (name,)
        if len(keys) > 1:
            _put(prices, keys[1], name, child, path, report)
        elif keys[0] != name and keys[0] in value:
            _both(name, keys[0], child, path, report)
        else:
            entries[keys[0]] = child
    if prices:
        given = entries.get(_KEY)
        if given is not None and given.value is not None and not isinstance(given.value, dict):
            return node.replaced(entries)  # which is refused for what stands there
        for name, child in () if given is None else given.entries():
            _put(prices, name, f"{_KEY}.{name}", child, path, report)
        first = next(iter(prices.values()))[1]
        whole = Node({name: child for name, (_, child) in prices.items()}, first.origin, first.key)
        entries[_KEY] = whole if given is None else given.replaced(whole.value)
    return node.replaced(entries)


def _put(
    prices: dict[str, tuple[str, Node]],
    name: str,
    written: str,
    node: Node,
    path: str,
    report: Report,
) -> None:
    """Take the price of what is counted, unless it has one already."""
    if name in prices:
        _both(written, prices[name][0], node, path, report)
    else:
        prices[name] = written, node


def _both(one: str, other: str, node: Node, path: str, report: Report) -> None:
    message = say(
        "`{around}` has both `{first}` and `{other}`", around=path, first=one, other=other
    )
    report.add("E207", message, node.place, say("keep one of the two"), f"{path}.{one}")
