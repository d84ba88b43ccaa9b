"""``--set path=value``: a flag that changes one value of the scenario, typed like the file."""

from collections.abc import Sequence

from cmsource.origin import Origin
from cmsource.reading.document import read_document
from cmsource.reading.node import Node, Report, Value, shown

_EXAMPLE = "write it as --set needs.messages.per_day=80"


def apply_overrides(tree: Node, overrides: Sequence[str], report: Report) -> Node:
    """Apply ``path=value`` flags in order; the last one to set a value wins.

    A path names keys with dots between them, and elements of lists by their number from 0. The
    value is read as YAML, so that ``[a, b]`` is a list and ``~`` takes a key away.

    Returns:
        A new tree; `tree` itself is not changed.
    """
    for text in overrides:
        tree = _apply(tree, text, report)
    return tree


def _apply(tree: Node, text: str, report: Report) -> Node:
    path, equals, value_text = text.partition("=")
    whole = Origin("set", text, 1, 1, max(1, len(text)))
    keys = [key.strip() for key in path.split(".")]
    if not equals or not all(keys):
        report.add("E111", f"{shown(text)} is not of the form path=value", whole, _EXAMPLE)
        return tree
    origin = Origin("set", text, 1, len(path) + 2, max(1, len(value_text)))
    scratch = Report()
    value = read_document("--set", value_text, scratch)
    if value is None and scratch.found and scratch.found[0].code != "E112":
        message = f"the value of {shown(path)} cannot be read: {scratch.found[0].message}"
        report.add("E111", message, origin, "quote the value as in YAML")
        return tree
    replaced = _replaced(tree, keys, 0, _moved(value, origin), text, report)
    return tree if replaced is None else replaced


def _moved(node: Node | None, origin: Origin) -> Node:
    """A node read from the flag's text, with the flag as its origin."""
    if node is None:
        return Node(None, origin, origin)
    value: Value = node.value
    if isinstance(value, dict):
        value = {name: _moved(child, origin) for name, child in value.items()}
    elif isinstance(value, list):
        value = [_moved(child, origin) for child in value]
    return Node(value, origin, origin)


def _replaced(
    node: Node | None, keys: list[str], at: int, value: Node, text: str, report: Report
) -> Node | None:
    """The tree with one value replaced, or None (with a report) where the path leads nowhere."""
    if at == len(keys):
        return value
    column = sum(len(key) + 1 for key in keys[:at]) + 1
    place = Origin("set", text, 1, column, len(keys[at]))
    if node is None or node.value is None:
        child = _replaced(None, keys, at + 1, value, text, report)
        return None if child is None else Node({keys[at]: child}, place, place)
    if isinstance(node.value, dict):
        old = node.value.get(keys[at])
        child = _replaced(old, keys, at + 1, value, text, report)
        if child is None:
            return None
        if old is None:
            child.key = place
        return Node({**node.value, keys[at]: child}, node.origin, node.key)
    if isinstance(node.value, list):
        if keys[at].isdigit() and int(keys[at]) < len(node.value):
            number = int(keys[at])
            child = _replaced(node.value[number], keys, at + 1, value, text, report)
            if child is None:
                return None
            elements = [*node.value[:number], child, *node.value[number + 1 :]]
            return Node(elements, node.origin, node.key)
        message = f"{shown('.'.join(keys[:at]))} is a list of {len(node.value)}"
        report.add("E111", message, place, "name one of its elements by its number, from 0")
        return None
    message = f"{shown('.'.join(keys[:at]))} is a single value and has no key {shown(keys[at])}"
    report.add("E111", message, place, _EXAMPLE)
    return None
