"""``--set path=value``: a flag that changes one value of the scenario, typed like the file."""

from collections.abc import Callable, Sequence

from cmsource.reading.document import read_document
from cmsource.reading.merging import displace
from cmsource.reading.report import Report
from cmsource.reading.yaml_builder import MAX_DEPTH
from cmsource.scenario.node import Node, Tree, Value
from cmsource.scenario.provenance import Origin
from cmsource.values.language import say
from cmsource.values.text import shown

_EXAMPLE = say("write it as --set needs.messages.per_day=80")


class Overrides:
    """The flags of a command, in order; the last one to set a value wins.

    A path names keys with dots between them, and elements of lists by their number from 0. The
    value is read as YAML, so that ``[a, b]`` is a list and ``~`` takes a key away.

    Args:
        texts: what stands after each ``--set``.
        report: receives what is wrong.
    """

    def __init__(self, texts: Sequence[str], report: Report) -> None:
        flags = [_Flag(text, report) for text in texts]
        self.waiting = [flag for flag in flags if flag.is_readable()]

    @property
    def values(self) -> list[tuple[str, Node]]:
        """The flags that wait, as path and value."""
        return [(".".join(flag.keys), flag.value) for flag in self.waiting if flag.value]

    def rename(self, rename: Callable[[Sequence[str]], Sequence[str]]) -> None:
        """Give the flags other paths: what a path is short for."""
        for flag in self.waiting:
            flag.keys = list(rename(flag.keys))

    def apply(self, tree: Tree, now: Callable[[Sequence[str]], bool]) -> Tree:
        """A tree with the values of the flags in it whose path can be followed now.

        Args:
            tree: what there is of the scenario; it is not changed itself.
            now: tells from a path whether what it leads to is there.
        """
        if not self.waiting:
            return tree
        whole = Node(tree, Origin("built-in", "built-in"))
        for flag in [flag for flag in self.waiting if now(flag.keys)]:
            self.waiting.remove(flag)
            whole = flag.replaced(whole, 0) or whole
        assert isinstance(whole.value, dict)
        return whole.value


class _Flag:
    """One flag, taken apart."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.report = report
        self.path, self.equals, self.value_text = text.partition("=")
        self.keys = [key.strip() for key in self.path.split(".")]
        self.value: Node | None = None

    def place(self, start: int, length: int) -> Origin:
        """So many characters of the flag, from a position counted from 0."""
        return Origin("set", self.text, 1, start + 1, max(1, length))

    def refuse(self, message: str, place: Origin, hint: str = _EXAMPLE) -> None:
        """Report that the flag cannot be applied."""
        self.report.add("E111", message, place, hint)

    def is_readable(self) -> bool:
        """Whether the flag has a path and a value; reported when not."""
        whole = self.place(0, len(self.text))
        if not self.equals or not all(self.keys):
            self.refuse(say("{text} is not of the form path=value", text=shown(self.text)), whole)
        elif len(self.keys) > MAX_DEPTH:
            self.refuse(say("the path has more than {most} keys", most=MAX_DEPTH), whole)
        else:
            return self.read_value()
        return False

    def read_value(self) -> bool:
        """Read the value as YAML; whether that worked."""
        before = len(self.path) + 1
        scratch = Report()
        value = read_document("--set", self.value_text, scratch)
        whole = self.place(before, len(self.value_text))
        wrong = [found for found in scratch.found if found.code != "E112"]
        for found in wrong:
            where = whole
            if found.place is not None and found.place.column:
                start = self.position(found.place.line, found.place.column)
                where = self.place(start, found.place.length)
            message = say(
                "the value of {path} cannot be read: {problem}",
                path=shown(self.path),
                problem=found.message,
            )
            self.refuse(message, where, say("quote the value as in YAML"))
        self.value = Node(None, whole, whole) if value is None else self.moved(value)
        return not wrong

    def position(self, line: int, column: int) -> int:
        """Where a place of the value stands in the flag, counted from 0."""
        lines = self.value_text.split("\n")[: line - 1]
        place = len(self.path) + 1 + sum(len(text) + 1 for text in lines) + column - 1
        return min(place, len(self.text))

    def moved(self, node: Node) -> Node:
        """A node read from the value, with its place in the flag."""
        value: Value = node.value
        if isinstance(value, dict):
            value = {name: self.moved(child) for name, child in value.items()}
        elif isinstance(value, list):
            value = [self.moved(child) for child in value]
        origin = self.in_flag(node.origin)
        return Node(value, origin, origin if node.key is None else self.in_flag(node.key))

    def in_flag(self, origin: Origin) -> Origin:
        """A place of the value as a place of the flag."""
        return self.place(self.position(origin.line, origin.column), origin.length)

    def replaced(self, node: Node | None, at: int) -> Node | None:
        """A tree with the value in it, or None (and a report) where the path leads nowhere.

        Args:
            node: the tree that the keys before `at` lead to.
            at: the next key.
        """
        if at == len(self.keys):
            return self.value
        name = self.keys[at]
        place = self.place(sum(len(key) + 1 for key in self.path.split(".")[:at]), len(name))
        if node is None or node.value is None:
            child = self.replaced(None, at + 1)
            if child is None:
                return None
            return Node({name: Node(child.value, child.origin, place)}, place, place)
        so_far = shown(".".join(self.keys[:at]))
        if isinstance(node.value, dict):
            old = node.value.get(name)
            child = self.replaced(old, at + 1)
            if child is None:
                return None
            last = at + 1 == len(self.keys)
            key = place if old is None or last else old.place
            entries = {**node.value, name: Node(child.value, child.origin, key)}
            if last and child.value is not None:
                displace(name, entries, self.keys[:at])
            return node.replaced(entries)
        if isinstance(node.value, list):
            number = int(name) if name.isascii() and name.isdecimal() and len(name) < 9 else -1
            if not 0 <= number < len(node.value):
                hint = say("name one of its elements by its number, from 0")
                self.refuse(
                    say("{so_far} is a list of {count}", so_far=so_far, count=len(node.value)),
                    place,
                    hint,
                )
                return None
            child = self.replaced(node.value[number], at + 1)
            if child is None:
                return None
            elements = [*node.value[:number], child, *node.value[number + 1 :]]
            return node.replaced(elements)
        self.refuse(
            say(
                "{so_far} is a single value and has no key {name}", so_far=so_far, name=shown(name)
            ),
            place,
        )
        return None
