"""A scenario as a tree in which every value remembers where it came from."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeAlias

from cmsource.countries import Fact
from cmsource.scenario.provenance import Origin
from cmsource.values.text import described

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
    def fact(self) -> Fact | None:
        """What a value that was filled in rests on; None for a value that was given."""
        found = self._origin
        return found.fact if isinstance(found, Origin) else None

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

    def plain(self) -> Any:  # noqa: ANN401 - as the file says
        """The value as plain Python data, nulls included."""
        value = self.value
        if isinstance(value, dict):
            return {name: node.plain() for name, node in value.items()}
        return [node.plain() for node in value] if isinstance(value, list) else value

    def kind(self) -> str:
        """What the value is, in words, for messages."""
        return described(self.value)


def origin_of(marked: Marked) -> Origin:
    """The place of what the parser read; of several lines it is where the first begins."""
    start, end = marked.start_mark, marked.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Origin("file", start.name, start.line + 1, start.column + 1, max(1, length))
