"""Sources: from trees to models, as declared and as options change them."""

from collections.abc import Callable, Mapping

from cmsource.reading.merging import merged
from cmsource.reading.records import RecordReader
from cmsource.reading.report import Report
from cmsource.reading.translate import joined
from cmsource.scenario.kinds import KINDS, in_french
from cmsource.scenario.node import Node, Value
from cmsource.scenario.source import Source
from cmsource.values.language import listed, say
from cmsource.values.ranges import is_range


class SourceReader:
    """Reads sources, as declared and as options change them.

    Args:
        records: reads records and single values.
        fill: fills the gaps of a source by its kind.
        given: the sources as the user wrote them, by name.

    Attributes:
        filled: the sources in full, by name.
        read: those that could be read.
    """

    def __init__(
        self, records: RecordReader, fill: Callable[[Node], Node], given: Mapping[str, Node]
    ) -> None:
        self.records = records
        self.report: Report = records.report
        self.given = given
        self._fill = fill
        self.filled = {name: fill(node) for name, node in given.items()}
        self.read: dict[str, Source] = {}
        for name, node in self.filled.items():
            if records.is_name(name, node, say("source")):
                source = self.source(name, node, f"sources.{name}")
                if source is not None:
                    self.read[name] = source

    def source(self, name: str, node: Node, path: str) -> Source | None:
        """One source, or None when it cannot be read."""
        if not isinstance(node.value, dict):
            message = say(
                "`{path}` takes a map with a kind, found {found}", path=path, found=node.kind()
            )
            self.report.add("E203", message, node, say("write {kind: employee, …}"), path)
            return None
        kind = self._kind(node, path)
        source = None if kind is None else self.records.record(kind, node, path, label=name)
        if source is None or kind is None:
            return None
        if source.label == name == kind.word() and not node.origin.is_written:
            source = source.changed(label=kind.noun or name)
        return source.named(name)

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
            message = say("`{path}` cannot change the kind of a source", path=path)
            hint = say("declare another source of that kind")
            self.report.add("E201", message, kind.place, hint, joined(path, "kind"))
            return None, None
        said, base = override.given().keys(), self.read[name]
        before, filled = self.given[name], self.filled[name].given()
        kept = {key: filled[key] for key in base.kept(said) if key in filled}
        base_node = before.replaced({**dict(before.entries()), **kept})
        whole = self._fill(merged(base_node, override, ("sources", name)))
        source = self.source(name, whole, path)
        if source is not None:
            source = source.varied_from(base, said)
        return source, whole

    def difference(self, name: str, whole: Node) -> Value:
        """All that a changed source says otherwise than the one it comes from, both in full.

        That is what the override says, and the defaults that are others because of it.
        """
        difference = _difference(self.filled[name], whole)
        return {} if difference is None else difference.value

    def _kind(self, node: Node, path: str) -> type[Source] | None:
        """The kind of a source, reported when it has none that is known."""
        named = node.get("kind")
        here = f"{path}.kind"
        if named is None:
            hint = say("one of {words}", words=listed(KINDS))
            self.report.add("E202", say("`{here}` is missing", here=here), node.place, hint, here)
            return None
        if isinstance(named.value, str) and named.value in KINDS:
            return KINDS[named.value]
        text = named.value if isinstance(named.value, str) else ""
        close = self.report.closest(text, list(KINDS), in_french())
        self.report.add(
            "E205", say("unknown kind of source: {found}", found=named.kind()), named, close, here
        )
        return None


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
    for name in before.given():
        if name not in after.value:
            changed[name] = Node(None, after.origin)
    return after.replaced(changed) if changed else None
