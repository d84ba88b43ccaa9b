"""Trees over each other: a file over its base, an option's changes over a source."""

from collections.abc import Collection

from cmsource.scenario.counts import COUNTS
from cmsource.scenario.employment import WAGES
from cmsource.scenario.node import Node, Tree, Value
from cmsource.scenario.provider import PACKS
from cmsource.scenario.timed import RATES
from cmsource.values.ranges import is_range, may_be_range

_ONE_OR_MAP = "takes"
"""The key under which a map can be values by any name; they do not merge with a range."""

_RATES = (*RATES, "per_hour")
_GROUP_OF = {key: group for group in (WAGES, _RATES, PACKS, COUNTS) for key in group}


def merged(base: Node, over: Node) -> Node:
    """One tree over another: maps merge key by key, everything else replaces.

    A key takes the place of the keys of the base that it excludes.
    """
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    result = dict(base.value)
    for name, node in over.value.items():
        if name in result:
            apart = _are_unlike(name, result[name].value, node.value)
            result[name] = node if apart else merged(result[name], node)
        else:
            if name in _GROUP_OF and node.value is not None:
                displace(name, result, over.value)
            result[name] = node
    return over.replaced(result)


def _are_unlike(name: str, one: Value, other: Value) -> bool:
    """Whether one map is a range and the other, under the same key, has keys of its own."""
    if is_range(one) == is_range(other) or not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    return name == _ONE_OR_MAP or not may_be_range({**one, **other})


def displace(name: str, tree: Tree, kept: Collection[str] = ()) -> None:
    """Take the keys that a key excludes out of a map, but for those in `kept`."""
    for other in _GROUP_OF.get(name, ()):
        if other != name and other not in kept:
            tree.pop(other, None)
