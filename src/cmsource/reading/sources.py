"""Sources: from filled trees to typed values."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from cmsource.reading.filling import Filler
from cmsource.reading.node import EXCLUSIVE, Node, Tree, Value, is_range, merged
from cmsource.reading.report import Report
from cmsource.reading.typed import Keys, TypedReader, Unreadable, joined
from cmsource.scenario.shape import fields
from cmsource.scenario.sources import KINDS, Source
from cmsource.values.text import shown


class SourceReader:
    """Reads sources, as declared and as options change them.

    Args:
        typed: reads single values and records.
        filler: fills the gaps of each kind.
        given: the sources as the user wrote them, by name.

    Attributes:
        filled: the sources in full, by name.
        read: those that could be read.
    """

    def __init__(self, typed: TypedReader, filler: Filler, given: Mapping[str, Node]) -> None:
        self.typed = typed
        self.report: Report = typed.report
        self.filler = filler
        self.given = given
        self.filled = {name: filler.source(node) for name, node in given.items()}
        self.read: dict[str, Source] = {}
        for name, node in self.filled.items():
            if typed.name(name, node, "source"):
                source = self.source(name, node, f"sources.{name}")
                if source is not None:
                    self.read[name] = source

    def source(self, name: str, node: Node, path: str) -> Source | None:
        """One source, or None when it cannot be read."""
        if not isinstance(node.value, dict):
            message = f"`{path}` takes a map with a kind, found {node.kind()}"
            self.report.add("E203", message, node, "write {kind: employee, …}", path)
            return None
        kind = self.kind(node, path)
        if kind is None:
            return None
        common_keys, terms_keys, exclusive = _keys(kind)
        common: Tree = {}
        terms: Tree = {}
        for key, child in node.value.items():
            if key in common_keys.fields:
                common[key] = child
            elif key in terms_keys.fields:
                terms[key] = child
            else:
                self.unknown(key, child, kind, path)
        clash = self.clash(terms, exclusive, path)
        values: dict[str, Any] | None
        try:
            values = self.typed.fields(common_keys, common, node, path)
        except Unreadable:
            values = None
        try:
            values_of_terms = self.typed.fields(terms_keys, terms, node, path)
        except Unreadable:
            return None
        if values is None or clash:
            return None
        values.setdefault("label", name)
        return Source(name=name, terms=KINDS[kind].terms(**values_of_terms), **values)

    def changed(self, name: str, override: Node, path: str) -> tuple[Source | None, Node | None]:
        """A source as an option changes it.

        Args:
            name: a source that can be read.
            override: a map of fields.
            path: where the option names the source.

        Returns:
            The source, None when it cannot be read, and the tree of it in full.
        """
        kind = override.get("kind")
        if kind is not None:
            message = f"`{path}` cannot change the kind of a source"
            hint = "declare another source of that kind"
            self.report.add("E201", message, kind.place, hint, joined(path, "kind"))
            return None, None
        whole = self.filler.source(merged(self.given[name], override))
        return self.source(name, whole, path), whole

    def difference(self, name: str, whole: Node) -> Value:
        """All that a changed source says otherwise than the one it comes from, both in full.

        That is what the override says, and the defaults that are others because of it.
        """
        difference = _difference(self.filled[name], whole)
        return {} if difference is None else difference.value

    def kind(self, node: Node, path: str) -> str | None:
        """The kind of a source, reported when it has none that is known."""
        named = node.get("kind")
        here = f"{path}.kind"
        if named is None:
            hint = f"one of {', '.join(KINDS)}"
            self.report.add("E202", f"`{here}` is missing", node.place, hint, here)
            return None
        if isinstance(named.value, str) and named.value in KINDS:
            return named.value
        text = named.value if isinstance(named.value, str) else ""
        hint = self.report.closest(text, list(KINDS))
        self.report.add("E205", f"unknown kind of source: {named.kind()}", named, hint, here)
        return None

    def unknown(self, key: str, node: Node, kind: str, path: str) -> None:
        """Report a key that a kind does not take; say so when another kind does."""
        owners = [other.name for other in KINDS.values() if key in other.keys]
        if not owners:
            keys = _keys(kind)
            known = [*keys.common.fields, *keys.terms.fields]
            self.typed.unknown_key(key, node, known, path)
            return
        message = f"`{kind}` sources do not take {shown(key)}"
        hint = f"it is a key of: {', '.join(owners)}"
        self.report.add("E201", message, node.place, hint, joined(path, key))

    def clash(self, terms: Tree, exclusive: Iterable[Sequence[str]], path: str) -> bool:
        """Report keys that say the same thing twice; whether there are any."""
        found = False
        for group in exclusive:
            given = [key for key in group if key in terms and terms[key].value is not None]
            for extra in given[1:]:
                message = f"`{path}` has both `{given[0]}` and `{extra}`"
                here = joined(path, extra)
                self.report.add("E207", message, terms[extra].place, "keep one of the two", here)
                found = True
        return found


class _Keys(NamedTuple):
    """The keys that a kind of source takes.

    Attributes:
        common: those of every source.
        terms: those of its terms.
        exclusive: those of its terms of which there can be one, in groups.
    """

    common: Keys
    terms: Keys
    exclusive: tuple[tuple[str, ...], ...]


@cache
def _keys(kind: str) -> _Keys:
    allowed = KINDS[kind].keys
    terms = {name: each for name, each in fields(KINDS[kind].terms).items() if name in allowed}
    exclusive = tuple(group for group in EXCLUSIVE if not allowed.isdisjoint(group))
    return _Keys(Keys.of(fields(Source)), Keys.of(terms), exclusive)


def _difference(before: Node, after: Node) -> Node | None:
    """What merged over one tree gives another; None where there is nothing to change."""
    if not isinstance(before.value, dict) or not isinstance(after.value, dict):
        return None if before.plain() == after.plain() else after
    if is_range(before.value) != is_range(after.value):
        return after
    changed: dict[str, Node] = {}
    for name, node in after.value.items():
        old = before.value.get(name)
        part = node if old is None else _difference(old, node)
        if part is not None:
            changed[name] = part
    for name, node in before.value.items():
        if name not in after.value and node.value is not None:
            changed[name] = Node(None, after.origin)
    return after.replaced(changed) if changed else None
