"""Nodes to records and values: pydantic checks them, and what it refuses is reported in place."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import getitem
from typing import Any, TypeVar

from pydantic import ValidationError

from cmsource.reading.report import Report
from cmsource.reading.translate import Translator, joined
from cmsource.scenario.node import Node
from cmsource.scenario.provenance import Origin, Origins
from cmsource.scenario.record import Key, Record, keys_of, problem_of_name
from cmsource.scenario.shapes import shape_of
from cmsource.values.language import Said, counted, listed, say
from cmsource.values.quantities import Hours, PriceTag, QuantityError
from cmsource.values.quantity_type import Context, Quantity, SaidRange
from cmsource.values.text import shown
from cmsource.values.written import written

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_MOST_NAMED = 4


class RecordReader:
    """Reads nodes as records and single values.

    Args:
        currency: the scenario's currency; other currencies are refused, none when it is "".
        report: receives what is wrong.
    """

    def __init__(self, currency: str, report: Report) -> None:
        self.report = report
        self._context = Context(currency)
        self._ranges: dict[Origin, tuple[str, Node, SaidRange]] = {}

    def record(self, cls: type[R], node: Node, path: str, **otherwise: object) -> R | None:
        """The record that a map is; None, and a report, where it is none.

        Args:
            cls: the record.
            node: the map.
            path: its path.
            otherwise: values of keys that are not given.
        """
        data = node.plain()
        if otherwise and isinstance(data, dict):
            given = {name: value for name, value in data.items() if value is not None}
            data = {**data, **otherwise, **given}
        record: R | None
        try:
            record = cls.model_validate(data, context=self._context)
        except ValidationError as error:
            Translator(cls, node, path, self.report).add(error)
            record = self._without_unknown_keys(cls, data, error)
        if record is not None:
            _remember_places(record, node)
        self._note_ranges(node, data, path)
        return record

    def _without_unknown_keys(self, cls: type[R], data: Any, error: ValidationError) -> R | None:  # noqa: ANN401
        """The record that a map is but for keys that nothing knows; None if more is wrong."""
        found = error.errors(include_url=False, include_input=False)
        if any(each["type"] != "extra_forbidden" for each in found):
            return None
        for each in found:
            *around, name = each["loc"]
            del reduce(getitem, around, data)[name]
        try:
            return cls.model_validate(data, context=self._context)
        except ValidationError:  # what is missing was written under a key that nothing knows
            return None

    def value(self, quantity: Quantity[T], node: Node, path: str) -> T | None:
        """A single value; None, and a report, where it cannot be understood."""
        data = node.plain()
        try:
            found = quantity.value(data, self._context.currency)
        except QuantityError as error:
            Translator(Record, node, path, self.report).refuse(error, ())
            return None
        if quantity.is_range(data):
            self._context.ranges.append(SaidRange(quantity, data, found))
            self._note_ranges(node, data, path)
        return found

    def map_of(self, key: Key, node: Node, path: str) -> dict[str, Record] | None:
        """Records by names that the user chose; those that cannot be read are left out."""
        assert key.named is not None and key.record is not None
        noun, hint = key.named.noun, say("write {texts}", texts=shape_of(key, node.value))
        if not self.is_map(node, path, say("{noun} names", noun=noun), hint):
            return None
        found = {}
        for name, child in node.items():
            record = None
            if self.is_name(name, child, noun):
                record = self.record(key.record, child, joined(path, name))
            if record is not None:
                found[name] = record
        return found

    def is_map(self, node: Node, path: str, noun: str, hint: str = "") -> bool:
        """Whether a node is a map; reported when not."""
        if isinstance(node.value, dict):
            return True
        message = say(
            "`{path}` takes a map of {noun}, found {found}", path=path, noun=noun, found=node.kind()
        )
        self.report.add("E203", message, node, hint, path)
        return False

    def is_name(self, name: str, node: Node, noun: str) -> bool:
        """Whether a name that the user chose can be used; reported when not."""
        problem = problem_of_name(name)
        if problem:
            message = say(
                "the name of this {noun}, {name}, {problem}",
                noun=noun,
                name=shown(name),
                problem=problem,
            )
            self.report.add("E109", message, node.place, say("choose another name"))
        return not problem

    def say_what_is_taken(self) -> None:
        """Warn, once, that the ranges that were read count as one number each."""
        if not self._ranges:
            return
        once = sorted(
            self._ranges.values(), key=lambda each: (each[1].origin.name, *each[1].origin[2:4])
        )
        path, node, _ = once[0]
        named = [_named(*each) for each in once[:_MOST_NAMED]]
        if len(once) > _MOST_NAMED:
            named.append(say("and {count} more", count=len(once) - _MOST_NAMED))
        message = counted(
            len(once),
            "a range is taken at the likely value: {ranges}",
            "{count} ranges are taken at the likely value: {ranges}",
            ranges=listed(named, say("; ")),
        )
        self.report.add("W407", message, node, say("`cmsource simulate` draws from ranges"), path)

    def _note_ranges(self, node: Node, data: object, path: str) -> None:
        """Note where the ranges stand that checking has just come across."""
        for found in self._context.ranges:
            for here, at in _places_of(found.said, node, data, path):
                self._ranges.setdefault(at.origin, (here, at, found))
        self._context.ranges.clear()


@cache
def _records_in(cls: type[Record]) -> tuple[str, ...]:
    """The keys of a record under which there are other records, by themselves or by name."""
    return tuple(key.name for key in keys_of(cls).values() if key.record)


@cache
def _maps_in(cls: type[Record]) -> tuple[str, ...]:
    """The keys of a record under which there are values by names that the user chose."""
    return tuple(key.name for key in keys_of(cls).values() if key.named)


def _remember_places(record: Record, node: Node) -> None:
    """Tell a record, and those in it, where their fields came from."""
    given = node.given()
    by_name = {
        f"{name}.{key}": child
        for name in _maps_in(type(record))
        if name in given
        for key, child in given[name].items()
    }
    record.remember(Origins({**given, **by_name} if by_name else given))
    for name in _records_in(type(record)):
        if name in given:
            _remember_places_in(getattr(record, name), given[name])


def _remember_places_in(value: object, node: Node) -> None:
    """The same of the records in a value: itself, those in a list, those in a map by name."""
    if isinstance(value, Record):
        _remember_places(value, node)
    elif isinstance(value, tuple):
        for each, child in zip(value, node.elements(), strict=False):
            _remember_places_in(each, child)
    elif isinstance(value, Mapping):
        entries = node.given()
        for name, each in value.items():
            if name in entries:  # else it is written for short, as one value
                _remember_places_in(each, entries[name])


def _places_of(said: object, node: Node, data: Any, path: str) -> Iterator[tuple[str, Node]]:  # noqa: ANN401
    """Where an object stands in data that a node holds: paths and nodes."""
    if data is said:
        yield path, node
    elif isinstance(node.value, dict):
        for name, child in node.value.items():
            if name in data:  # else it is an unknown key, which has been taken out
                yield from _places_of(said, child, data[name], joined(path, name))
    elif isinstance(node.value, list):
        for number, child in enumerate(node.value):
            yield from _places_of(said, child, data[number], joined(path, str(number)))


def _named(path: str, node: Node, found: SaidRange) -> Said:
    """A range and the value taken, as one would write them."""
    value = found.value
    number: Any = value.amount if isinstance(value, (Hours, PriceTag)) else value
    low, likely, high = (
        found.quantity.written(each if number is value else value._replace(amount=each))
        for each in (number.low, number + 0, number.high)
    )
    text = node.value if isinstance(node.value, str) else f"{low}..{high}"
    return say("`{path}` {text} as {likely}", path=path, text=shown(text), likely=written(likely))


def unknown_key(name: str, node: Node, allowed: Sequence[str], path: str, report: Report) -> None:
    """Report a key that nothing knows, with the closest one that is known."""
    Translator(Record, node, path, report).unknown(name, node, allowed, path)
