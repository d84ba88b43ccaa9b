"""A scenario as a tree in which every value remembers where it came from."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from cmsource.diagnostics import Diagnostic, Place
from cmsource.origin import Origin

Plain: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Plain | dict[str, Node] | list[Node]"


class Node:
    """One value of the tree: a map, a list, or a single value.

    Attributes:
        value: the value; maps and lists hold nodes.
        origin: where it came from.
        key: where the key stands under which it is found, for maps read from a file.
    """

    __slots__ = ("key", "origin", "value")

    def __init__(self, value: Value, origin: Origin, key: Origin | None = None) -> None:
        self.value = value
        self.origin = origin
        self.key = key

    def get(self, *path: str) -> "Node | None":
        """The node at a path of keys, or None where there is none (null counts as none)."""
        node: Node | None = self
        for name in path:
            if node is None or not isinstance(node.value, dict):
                return None
            node = node.value.get(name)
        return None if node is None or node.value is None else node

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The entries of a map that are given: null means that a key is not."""
        if isinstance(self.value, dict):
            yield from ((name, node) for name, node in self.value.items() if node.value is not None)

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """All entries of a map, null ones too."""
        if isinstance(self.value, dict):
            yield from self.value.items()

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
            return "a map"
        if isinstance(value, list):
            return "a list"
        if value is None:
            return "nothing"
        if isinstance(value, bool):
            return f"the truth value {str(value).lower()}"
        return f"the {'text' if isinstance(value, str) else 'number'} {shown(value)}"


def shown(value: object, width: int = 60) -> str:
    """A value of the user's in a message: short, and without control characters."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    return f"`{text[: width - 1]}…`" if len(text) > width else f"`{text}`"


class Report:
    """Collects diagnostics and finds the source line to show for each.

    Args:
        texts: text of every file read, by the name under which it is shown.
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.found: list[Diagnostic] = []
        self._lines: dict[str, list[str]] = {}

    @property
    def failed(self) -> bool:
        """Whether there is an error among the diagnostics."""
        return any(diagnostic.severity == "error" for diagnostic in self.found)

    def add(
        self, code: str, message: str, at: Node | Origin | None, hint: str = "", path: str = ""
    ) -> None:
        """Add a diagnostic about a node or a place."""
        origin = at.origin if isinstance(at, Node) else at
        place = None if origin is None else self.place(origin, path)
        self.found.append(Diagnostic(code, message, place, hint))

    def place(self, origin: Origin, path: str = "") -> Place:
        """The place of an origin, with its line of source."""
        if origin.kind == "set":
            return Place("--set", 1, origin.column, origin.length, origin.name, path)
        if origin.kind != "file":
            return Place(origin.ref, path=path)
        text = ""
        if origin.line:
            lines = self._lines.get(origin.name)
            if lines is None:
                lines = self.texts.get(origin.name, "").split("\n")
                self._lines[origin.name] = lines
            if origin.line <= len(lines):
                text = lines[origin.line - 1].rstrip("\r")
        return Place(origin.name, origin.line, origin.column, origin.length, text, path)


class Input(NamedTuple):
    """A text to read and the name under which it is shown."""

    name: str
    text: str
