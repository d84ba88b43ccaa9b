"""Nodes to typed values, by the shapes that the records declare; everything wrong is reported.

A record's keys, their types and their meaning stand in one place, the record itself
(`cmsource.scenario.shape`). Written for this tool rather than with pydantic, whose import
and schema building alone would use up the start-up budget (benchmarks/startup.py measures it).
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from cmsource.reading.node import Node, Tree, is_range
from cmsource.reading.report import Report
from cmsource.scenario.provenance import Origins
from cmsource.scenario.shape import (
    Field,
    ListOf,
    MapOf,
    OneOrMap,
    Record,
    Shape,
    Weights,
    fields,
)
from cmsource.values.quantities import Hours, PriceTag, QuantityError, Scalar
from cmsource.values.readers import Reader
from cmsource.values.text import shown

MAX_NAME = 60
SMALLEST = 1e-6
"""No number of a scenario but 0 may be closer to zero than this: figures divide by them."""

_LONGEST_KEPT = 80


class Unreadable(Exception):  # noqa: N818 - a signal inside the room, never shown
    """A value that has been reported and has no meaning."""


def read_scalar(reader: Reader[Any], raw: Scalar, currency: str) -> Any:  # noqa: ANN401
    """What a reader makes of a scalar.

    Raises:
        QuantityError: it cannot be understood, or is absurdly small.
    """
    if isinstance(raw, str) and len(raw) <= _LONGEST_KEPT:
        return _kept(reader, raw, currency)
    return _checked(reader, raw, currency)


def _checked(reader: Reader[Any], raw: Scalar, currency: str) -> Any:  # noqa: ANN401
    value = reader.read(raw, currency)
    number = value.amount if isinstance(value, (Hours, PriceTag)) else value
    if isinstance(number, float):
        ends = (number,) if number.__class__ is float else (number.low, number.high)  # type: ignore[attr-defined]
        for end in ends:
            if -SMALLEST < end < SMALLEST and end:
                hint = "write 0, or a number that counts"
                raise QuantityError(f"{shown(raw)} is absurdly small", hint)
    return value


_kept = lru_cache(maxsize=4096)(_checked)
"""What a reader makes of a text; the files of a folder say the same things many times.

Numbers are read as fast as they would be looked up.
"""


class Keys(NamedTuple):
    """The keys that a map may have, made ready for reading.

    Attributes:
        fields: all of them, by name.
        readers: the readers of those that are single values.
        required: those that must be there.
    """

    fields: Mapping[str, Field]
    readers: Mapping[str, Reader[Any]]
    required: tuple[Field, ...]

    @classmethod
    def of(cls, allowed: Mapping[str, Field]) -> "Keys":
        """The keys for those fields."""
        readers = {
            name: field.shape for name, field in allowed.items() if isinstance(field.shape, Reader)
        }
        return cls(allowed, readers, tuple(f for f in allowed.values() if f.required))


@cache
def keys_of(shape: Record) -> Keys:
    """The keys of a record."""
    return Keys.of(fields(shape.cls))


class TypedReader:
    """Reads nodes as typed values.

    Args:
        currency: the scenario's currency; other currencies are refused, none when it is "".
        report: receives what is wrong.

    Attributes:
        ranges: what was read and is a range: its path, its node, and what its reader made of it.
    """

    def __init__(self, currency: str, report: Report) -> None:
        self.currency = currency
        self.report = report
        self.ranges: list[tuple[str, Node, Reader[Any], Any]] = []

    def read(self, shape: Shape, node: Node, path: str) -> Any:  # noqa: ANN401 - as the shape says
        """The typed value of a node.

        Raises:
            Unreadable: it has none; the reason is in the report.
        """
        if isinstance(shape, Reader):
            return self.scalar(shape, node, path)
        if isinstance(shape, Record):
            tree = self.expect_map(node, path, "keys")
            return shape.cls(**self.fields(keys_of(shape), tree, node, path))
        if isinstance(shape, MapOf):
            return self.map_of(shape, node, path)
        if isinstance(shape, ListOf):
            return self.list_of(shape, node, path)
        if isinstance(shape, OneOrMap):
            return self.one_or_map(shape, node, path)
        if isinstance(shape, Weights):
            return self.weights(shape, node, path)
        raise TypeError(f"{path} has a shape of its own")

    def scalar(self, reader: Reader[Any], node: Node, path: str, key: str | None = None) -> Any:  # noqa: ANN401
        """A single value.

        Args:
            reader: says what it may be.
            node: the value.
            path: its path, or that of the map or list that has it under `key`.
            key: joined to the path only where that is wanted, which is hardly ever.
        """
        value = node.value
        if value is None or isinstance(value, (dict, list)):
            return self.range(reader, node, joined(path, key))
        try:
            found = read_scalar(reader, value, self.currency)
        except QuantityError as error:
            self.refuse(error, reader, node, joined(path, key))
            raise Unreadable from None
        if isinstance(value, str) and ".." in value and reader.numeric:
            self.ranges.append((joined(path, key), node, reader, found))
        return found

    def refuse(self, error: QuantityError, reader: Reader[Any], node: Node, path: str) -> None:
        """Report a single value that cannot be read."""
        hint = error.hint or f"expected {reader.expected}"
        self.report.add(error.code, f"`{path}`: {error.message}", node, hint, path)

    def range(self, reader: Reader[Any], node: Node, path: str) -> Any:  # noqa: ANN401
        """A range that is written as a map, where a number is expected."""
        if not reader.numeric or not isinstance(node.value, dict) or not is_range(node.value):
            message = f"`{path}` takes {reader.expected}, found {node.kind()}"
            numbers = reader.numeric and isinstance(node.value, dict)
            hint = "a range is written {low: 60, likely: 70, high: 90}" if numbers else ""
            self.report.add("E203", message, node, hint, path)
            raise Unreadable
        from cmsource.reading.ranged import Missed, range_of  # few scenarios have ranges

        found = range_of(node, reader, self.currency)
        if isinstance(found, Missed):
            here = joined(path, found.key) if found.key else path
            self.refuse(found.error, reader, found.at, here)
            raise Unreadable
        self.ranges.append((path, node, reader, found))
        return found

    def fields(self, keys: Keys, tree: Tree, around: Node, path: str) -> dict[str, Any]:
        """Values of the keys of a map, and their origins; unknown and missing ones are reported.

        Args:
            keys: the keys that it may have.
            tree: its entries.
            around: the map.
            path: its path.

        Raises:
            Unreadable: after all keys are read, when one of them has no meaning or is missing.
        """
        values: dict[str, Any] = {}
        broken = False
        readers = keys.readers
        for name, child in tree.items():
            try:
                if child.value is not None and name in readers:
                    values[name] = self.scalar(readers[name], child, path, name)
                elif name not in keys.fields:
                    self.unknown_key(name, child, list(keys.fields), path)
                elif child.value is not None:
                    values[name] = self.read(keys.fields[name].shape, child, joined(path, name))
            except Unreadable:
                values[name] = None
                broken = True
        if self.missing(keys, values, around, path) or broken:
            raise Unreadable
        whole = len(values) == len(tree)
        values["origins"] = Origins(tree if whole else {name: tree[name] for name in values})
        return values

    def missing(self, keys: Keys, values: Mapping[str, Any], around: Node, path: str) -> bool:
        """Report required keys that are not there; whether there are any."""
        found = False
        for field in keys.required:
            if field.name not in values:
                here = joined(path, field.name)
                self.report.add("E202", f"`{here}` is missing", around.place, field.meaning, here)
                found = True
        return found

    def unknown_key(self, name: str, child: Node, allowed: Sequence[str], path: str) -> None:
        """Report a key that nothing knows, with the closest one that is known."""
        where = f" in `{path}`" if path else ""
        hint = self.report.closest(name, allowed)
        if child.value is None and name[:1].isdigit():
            hint = "a comma ends a value inside { }: leave it out of the number, or quote the value"
        message = f"unknown key {shown(name)}{where}"
        self.report.add("E201", message, child.place, hint, joined(path, name))

    def expect_map(self, node: Node, path: str, noun: str, hint: str = "") -> Tree:
        """The entries of a map; anything else is reported.

        Raises:
            Unreadable: it is not.
        """
        if not isinstance(node.value, dict):
            message = f"`{path}` takes a map of {noun}, found {node.kind()}"
            self.report.add("E203", message, node, hint, path)
            raise Unreadable
        return node.value

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
            self.report.add("E109", message, child.place, "choose another name")
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
            single = isinstance(node.value, str)
            hint = f"write {shown(f'[{node.value}]')}" if single else ""
            self.report.add("E203", f"`{path}` takes a list, found {node.kind()}", node, hint, path)
            raise Unreadable
        item = shape.item
        values = []
        for number, child in enumerate(node.value):
            try:
                if isinstance(item, Reader):
                    values.append(self.scalar(item, child, path, str(number)))
                else:
                    values.append(self.read(item, child, f"{path}.{number}"))
            except Unreadable:
                continue
        return tuple(values)

    def one_or_map(self, shape: OneOrMap, node: Node, path: str) -> dict[str, Any]:
        """One value for everything, or one by name."""
        if isinstance(node.value, dict) and not is_range(node.value):
            return self.map_of(MapOf(shape.item, shape.noun), node, path)
        return {"": self.read(shape.item, node, path)}

    def weights(self, shape: Weights, node: Node, path: str) -> str | tuple[float, ...]:
        """The name of a profile, or its 168 weights."""
        if isinstance(node.value, list):
            return self.weight_list(node, node.value, path)
        if isinstance(node.value, str) and node.value in shape.names:
            return node.value
        names = ", ".join(shape.names)
        expected = f"one of {names}, a list of 168 weights, or {{file: profile.csv}}"
        hint = self.report.closest(node.value, shape.names) if isinstance(node.value, str) else ""
        message = f"`{path}` takes {expected}, found {node.kind()}"
        self.report.add("E204", message, node, hint, path)
        raise Unreadable

    def weight_list(self, node: Node, elements: Sequence[Node], path: str) -> tuple[float, ...]:
        """168 weights that are not negative and not all zero."""
        wrong = next((child for child in elements if not _is_weight(child.value)), None)
        problem = ""
        if wrong is not None:
            problem = f"a weight is a number from 0 to 1,000,000,000, found {wrong.kind()}"
        elif len(elements) != 168:
            need = "168 weights are needed, one for each hour from Monday 00:00"
            problem = f"{need}, found {len(elements)}"
        elif not any(child.value for child in elements):
            problem = "all weights are zero"
        if problem:
            self.report.add("E204", f"`{path}`: {problem}", wrong or node, path=path)
            raise Unreadable
        return tuple(float(child.value) for child in elements)  # type: ignore[arg-type]


def _is_weight(value: object) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and (value == 0 or SMALLEST <= value <= 1e9)  # type: ignore[operator]


def joined(path: str, name: str | None) -> str:
    """A path one key deeper; the same without a key."""
    if name is None:
        return path
    return f"{path}.{name}" if path else name
