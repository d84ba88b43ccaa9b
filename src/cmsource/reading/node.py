"""A scenario as a tree in which every value remembers where it came from."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol, TypeAlias

from cmsource.scenario.provenance import Origin
from cmsource.values.quantities import RANGE_KEYS
from cmsource.values.text import shown

Plain: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Plain | dict[str, Node] | list[Node]"
Tree: TypeAlias = "dict[str, Node]"


class Marked(Protocol):
    """What the parser read, which knows where it stands: its marks count from 0."""

    start_mark: Any
    end_mark: Any


class Node:
    """One value of the tree: a map, a list, or a single value.

    Places are worked out when they are asked for: of most values nobody ever does.

    Args:
        value: the value; maps and lists hold nodes.
        origin: where it came from.
        key: where the key stands under which it is found, for maps read from a file.
    """

    __slots__ = ("_key", "_origin", "value")

    def __init__(
        self, value: Value, origin: Origin | Marked, key: Origin | Marked | None = None
    ) -> None:
        self.value = value
        self._origin = origin
        self._key = key

    def __reduce__(self) -> tuple[object, ...]:  # the parser's marks stay behind
        return Node, (self.value, self.origin, self.key)

    @property
    def origin(self) -> Origin:
        """Where it came from."""
        found = self._origin
        if not isinstance(found, Origin):
            found = self._origin = origin_of(found)
        return found

    @property
    def key(self) -> Origin | None:
        """Where the key stands under which it is found; None where there is none in a file."""
        found = self._key
        if found is not None and not isinstance(found, Origin):
            found = self._key = origin_of(found)
        return found

    def replaced(self, value: Value) -> "Node":
        """Another value in the place of this one."""
        return Node(value, self._origin, self._key)

    @property
    def place(self) -> Origin:
        """Where to point at it as a whole: its key, else itself."""
        return self.key or self.origin

    def get(self, *path: str) -> "Node | None":
        """The node at a path of keys, or None where there is none (null counts as none)."""
        node: Node | None = self
        for name in path:
            if node is None or not isinstance(node.value, dict):
                return None
            node = node.value.get(name)
        return None if node is None or node.value is None else node

    def given(self) -> "Tree":
        """The entries of a map that are given: null means that a key is not."""
        if not isinstance(self.value, dict):
            return {}
        return {name: node for name, node in self.value.items() if node.value is not None}

    def items(self) -> Iterable[tuple[str, "Node"]]:
        """The entries of a map that are given, by name."""
        return self.given().items()

    def entries(self) -> Iterable[tuple[str, "Node"]]:
        """All entries of a map, null ones too."""
        return self.value.items() if isinstance(self.value, dict) else ()

    def elements(self) -> Sequence["Node"]:
        """The elements of a list; none for anything else."""
        return self.value if isinstance(self.value, list) else ()

    def plain(self) -> object:
        """The value as plain Python data."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def kind(self) -> str:
        """What the value is, in words, for messages."""
        value = self.value
        if isinstance(value, dict):
            return "a map" if value else "an empty map"
        if isinstance(value, list):
            return "a list" if value else "an empty list"
        if value is None:
            return "nothing"
        if isinstance(value, bool):
            return f"the truth value {str(value).lower()}"
        return f"the {'text' if isinstance(value, str) else 'number'} {shown(value)}"


def origin_of(marked: Marked) -> Origin:
    """The place of what the parser read; of several lines it is where the first begins."""
    start, end = marked.start_mark, marked.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Origin("file", start.name, start.line + 1, start.column + 1, max(1, length))


def is_range(value: object) -> bool:
    """Whether a value is a map that stands for a range: it has ends, and no other keys."""
    return (
        isinstance(value, dict)
        and ("low" in value or "high" in value)
        and value.keys() <= _RANGE_KEYS
    )


EXCLUSIVE = (
    ("hourly_wage", "monthly_wage", "annual_wage"),
    ("hourly_rate", "day_rate"),
    ("per_day", "per_week", "per_month"),
)
"""Keys that say the same thing in different ways: a map has one of each group at most."""

_RANGE_KEYS = frozenset(RANGE_KEYS)
_ONE_OR_MAP = "takes"
"""The key under which a map can be a range, or values by name; neither merges with the other."""

_GROUP_OF = {key: group for group in EXCLUSIVE for key in group}


def merged(base: Node, over: Node) -> Node:
    """One tree over another: maps merge key by key, everything else replaces.

    A key takes the place of the keys of the base that it excludes.
    """
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    result = dict(base.value)
    for name, node in over.value.items():
        if name in result:
            replaces = name == _ONE_OR_MAP and is_range(node.value) != is_range(result[name].value)
            result[name] = node if replaces else merged(result[name], node)
        else:
            if name in _GROUP_OF and node.value is not None:
                displace(name, result, over.value)
            result[name] = node
    return over.replaced(result)


def displace(name: str, tree: Tree, kept: Collection[str] = ()) -> None:
    """Take the keys that a key excludes out of a map, but for those in `kept`."""
    for other in _GROUP_OF.get(name, ()):
        if other != name and other not in kept:
            tree.pop(other, None)
