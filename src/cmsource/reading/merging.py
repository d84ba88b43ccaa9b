"""Trees over each other: a file over its base, an option's changes over a source."""

from collections.abc import Collection, Mapping, Sequence

from cmsource.scenario.counts import COUNTS
from cmsource.scenario.employment import WAGES
from cmsource.scenario.node import Node, Tree, Value
from cmsource.scenario.provider import PACKS
from cmsource.scenario.tiers import RATES
from cmsource.values.ranges import is_range, may_be_range

_ONE_OR_MAP = "takes"
"""The key under which a map can be values by any name; they do not merge with a range."""


def _each_other(*groups: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What each key excludes, of groups of which one key is said."""
    return {key: tuple(group) for group in groups for key in group}


_OF_SOURCES = _each_other(WAGES, RATES, PACKS)
_OF_MESSAGES = _each_other(COUNTS)
_OF_WORK = {
    **dict.fromkeys(COUNTS, (*COUNTS, "hours")),
    "hours": (*COUNTS, "hours_each"),
    "hours_each": ("hours",),
}
_OF_OPTIONS = _each_other(("sources", "phases"))


def merged(base: Node, over: Node, path: Sequence[str] = ()) -> Node:
    """One tree over another: maps merge key by key, everything else replaces.

    A key takes the place of the keys of the base that it excludes.

    Args:
        base: what is built on.
        over: what is built.
        path: the keys of a scenario that lead to both.
    """
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    result = dict(base.value)
    for name, node in over.value.items():
        before = result.get(name)
        if before is None:
            if node.value is not None:
                displace(name, result, path, over.value)
            result[name] = node
        else:
            apart = _are_unlike(name, before.value, node.value)
            result[name] = node if apart else merged(before, node, (*path, name))
    return over.replaced(result)


def _are_unlike(name: str, one: Value, other: Value) -> bool:
    """Whether one map is a range and the other, under the same key, has keys of its own."""
    if is_range(one) == is_range(other) or not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    return name == _ONE_OR_MAP or not may_be_range({**one, **other})


def displace(name: str, tree: Tree, path: Sequence[str], kept: Collection[str] = ()) -> None:
    """Take the keys that a key excludes out of a map.

    Args:
        name: the key.
        tree: the map, which is changed.
        path: the keys of a scenario that lead to it.
        kept: the keys that stay in any case.
    """
    for other in _excluded_in(path).get(name, ()):
        if other != name and other not in kept:
            tree.pop(other, None)


def _excluded_in(path: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """What keys exclude each other in a map of a scenario, by the keys that lead to it."""
    match (*path,):
        case ("sources", _) | ("options", _, _, *_):
            return _OF_SOURCES
        case ("options", _):
            return _OF_OPTIONS
        case ("needs", "messages"):
            return _OF_MESSAGES
        case ("needs", "work", _):
            return _OF_WORK
    return {}
