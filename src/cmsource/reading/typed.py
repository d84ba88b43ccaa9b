"""Nodes to typed values, by the shapes that the records declare; everything wrong is reported.

A record's keys, their types and their meaning stand in one place, the record itself
(`cmsource.shape`). Written for this tool rather than with pydantic, whose import and schema
building alone would use up the start-up budget (benchmarks/startup.py measures it).
"""

from collections.abc import Iterable
from typing import Any

from cmsource.diagnostics import did_you_mean
from cmsource.origin import Origins
from cmsource.quantities import QuantityError
from cmsource.readers import Reader
from cmsource.reading.node import Node, Report, shown
from cmsource.shape import (
    Field,
    ListOf,
    MapOf,
    OneOrMap,
    Record,
    Shape,
    Weights,
    fields,
)

MAX_NAME = 60


class Unreadable(Exception):  # noqa: N818 - a signal inside the room, never shown
    """A value that has been reported and has no meaning."""


class TypedReader:
    """Reads nodes as typed values.

    Args:
        currency: the scenario's currency; other currencies are refused.
        report: receives what is wrong.
    """

    def __init__(self, currency: str, report: Report) -> None:
        self.currency = currency
        self.report = report

    def read(self, shape: Shape, node: Node, path: str) -> Any:  # noqa: ANN401 - as the shape says
        """The typed value of a node.

        Raises:
            Unreadable: it has none; the reason is in the report.
        """
        if isinstance(shape, Reader):
            return self.scalar(shape, node, path)
        if isinstance(shape, Record):
            self.expect_map(node, path, "keys")
            return shape.cls(**self.fields(shape.cls, node, path))
        if isinstance(shape, MapOf):
            return self.map_of(shape, node, path)
        if isinstance(shape, ListOf):
            return self.list_of(shape, node, path)
        if isinstance(shape, OneOrMap):
            return self.one_or_map(shape, node, path)
        if isinstance(shape, Weights):
            return self.weights(shape, node, path)
        raise TypeError(f"{path} has a shape of its own")

    def scalar(self, reader: Reader[Any], node: Node, path: str) -> Any:  # noqa: ANN401
        """A single value."""
        value = node.value
        if value is None or isinstance(value, (dict, list)):
            self.report.add(
                "E203", f"`{path}` takes {reader.expected}, found {node.kind()}", node, path=path
            )
            raise Unreadable
        try:
            return reader.read(value, self.currency)
        except QuantityError as error:
            hint = error.hint or f"expected {reader.expected}"
            self.report.add("E204", f"`{path}`: {error.message}", node, hint, path)
            raise Unreadable from None

    def fields(
        self, cls: type[Any], node: Node, path: str, keys: Iterable[str] | None = None
    ) -> dict[str, Any]:
        """Values of a record's keys, and their origins; unknown and missing keys are reported.

        Args:
            cls: the record class.
            node: a map.
            path: its path.
            keys: the keys that are allowed, when they are not all of the record's.

        Raises:
            Unreadable: after all keys are read, when one of them has no meaning or is missing.
        """
        known = fields(cls)
        allowed = known if keys is None else {name: known[name] for name in known if name in keys}
        values: dict[str, Any] = {}
        origins = Origins()
        broken = False
        for name, child in node.entries():
            field = allowed.get(name)
            if field is None:
                self.unknown_key(name, child, list(allowed), path)
                continue
            if child.value is None:
                continue
            try:
                values[name] = self.read(field.shape, child, joined(path, name))
                origins[name] = child.origin
            except Unreadable:
                values[name] = None
                broken = True
        if self.missing(allowed.values(), values, node, path) or broken:
            raise Unreadable
        values["origins"] = origins
        return values

    def missing(
        self, allowed: Iterable[Field], values: dict[str, Any], node: Node, path: str
    ) -> bool:
        """Report required keys that are not there; whether there are any."""
        found = False
        for field in allowed:
            if field.required and field.name not in values:
                self.report.add(
                    "E202",
                    f"`{joined(path, field.name)}` is missing",
                    node,
                    field.meaning,
                    joined(path, field.name),
                )
                found = True
        return found

    def unknown_key(self, name: str, child: Node, allowed: list[str], path: str) -> None:
        """Report a key that nothing knows, with the closest one that is known."""
        where = f" in `{path}`" if path else ""
        hint = did_you_mean(name, allowed)
        if child.value is None and name[:1].isdigit():
            hint = "a comma ends a value inside { }: leave it out of the number, or quote the value"
        self.report.add(
            "E201",
            f"unknown key {shown(name)}{where}",
            child.key or child.origin,
            hint,
            joined(path, name),
        )

    def expect_map(self, node: Node, path: str, noun: str) -> None:
        """Report anything that is not a map."""
        if not isinstance(node.value, dict):
            self.report.add(
                "E203", f"`{path}` takes a map of {noun}, found {node.kind()}", node, path=path
            )
            raise Unreadable

    def name(self, name: str, child: Node, noun: str) -> bool:
        """Whether a name that the user chose can be used; reported when not."""
        problem = ""
        if not name or name != name.strip():
            problem = "is empty or has spaces around it"
        elif "." in name:
            problem = "has a dot, which separates keys in paths"
        elif not name.isprintable():
            problem = "has characters that cannot be shown"
        elif len(name) > MAX_NAME:
            problem = f"is longer than {MAX_NAME} characters"
        if problem:
            message = f"the name of this {noun}, {shown(name)}, {problem}"
            self.report.add("E109", message, child.key or child.origin, "choose another name")
        return not problem

    def map_of(self, shape: MapOf, node: Node, path: str) -> dict[str, Any]:
        """A map with names that the user chose."""
        self.expect_map(node, path, f"{shape.noun} names")
        values = {}
        for name, child in node.items():
            if self.name(name, child, shape.noun):
                try:
                    values[name] = self.read(shape.item, child, joined(path, name))
                except Unreadable:
                    continue
        return values

    def list_of(self, shape: ListOf, node: Node, path: str) -> tuple[Any, ...]:
        """A list, as a tuple."""
        if not isinstance(node.value, list):
            hint = f"write `[{node.value}]`" if isinstance(node.value, str) else ""
            self.report.add("E203", f"`{path}` takes a list, found {node.kind()}", node, hint, path)
            raise Unreadable
        values = []
        for number, child in enumerate(node.value):
            try:
                values.append(self.read(shape.item, child, f"{path}.{number}"))
            except Unreadable:
                continue
        return tuple(values)

    def one_or_map(self, shape: OneOrMap, node: Node, path: str) -> dict[str, Any]:
        """One value for everything, or one by name."""
        if isinstance(node.value, dict):
            return self.map_of(MapOf(shape.item, shape.noun), node, path)
        return {"": self.read(shape.item, node, path)}

    def weights(self, shape: Weights, node: Node, path: str) -> str | tuple[float, ...]:
        """The name of a profile, or its 168 weights."""
        if isinstance(node.value, list):
            return self.weight_list(node, node.value, path)
        if isinstance(node.value, str) and node.value in shape.names:
            return node.value
        expected = f"one of {', '.join(shape.names)}, or a list of 168 weights"
        hint = did_you_mean(str(node.value), shape.names) if isinstance(node.value, str) else ""
        message = f"`{path}` takes {expected}, found {node.kind()}"
        self.report.add("E204", message, node, hint, path)
        raise Unreadable

    def weight_list(self, node: Node, elements: list[Node], path: str) -> tuple[float, ...]:
        """168 weights that are not negative and not all zero."""
        numbers = [child.value for child in elements]
        wrong = next(
            (
                child
                for child in elements
                if isinstance(child.value, bool)
                or not isinstance(child.value, (int, float))
                or not 0 <= child.value <= 1e9
            ),
            None,
        )
        problem = ""
        if wrong is not None:
            problem = f"a weight is a number from 0 to 1,000,000,000, found {wrong.kind()}"
        elif len(numbers) != 168:
            problem = (
                f"168 weights are needed, one for each hour from Monday 00:00, found {len(numbers)}"
            )
        elif not any(numbers):
            problem = "all weights are zero"
        if problem:
            self.report.add("E204", f"`{path}`: {problem}", wrong or node, path=path)
            raise Unreadable
        return tuple(float(child.value) for child in elements)  # type: ignore[arg-type]


def joined(path: str, name: str) -> str:
    """A path one key deeper."""
    return f"{path}.{name}" if path else name
