"""Ranges in the place of a number: written as a map, and what to say where one number is needed."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from cmsource.reading.node import Node
from cmsource.reading.report import Report
from cmsource.reading.typed import read_scalar
from cmsource.scenario.provenance import Origin
from cmsource.values.quantities import RANGE_KEYS, Hours, PriceTag, QuantityError
from cmsource.values.ranges import SHAPES, RangeError, ranged
from cmsource.values.readers import Reader
from cmsource.values.text import shown

_MOST_NAMED = 4


class Missed(NamedTuple):
    """Something wrong with a part of a range.

    Attributes:
        error: what.
        at: the part.
        key: the key of the part, "" for the whole.
    """

    error: QuantityError
    at: Node
    key: str


def range_of(node: Node, reader: Reader[Any], currency: str) -> Any:  # noqa: ANN401
    """The range that a map says, each of its numbers read by itself.

    Returns:
        The value that the reader makes of a range, or what is `Missed`.
    """
    values: dict[str, Any] = {}
    for key in RANGE_KEYS[:3]:
        part = node.get(key)
        if part is None:
            continue
        value = part.value
        if isinstance(value, (dict, list)) or (isinstance(value, str) and ".." in value):
            error = QuantityError(f"an end of a range is one number, found {part.kind()}", "")
            return Missed(error, part, key)
        try:
            assert value is not None
            values[key] = read_scalar(reader, value, currency)
        except QuantityError as wrong:
            return Missed(wrong, part, key)
    for key in ("low", "high"):
        if key not in values:
            error = RangeError(f"the range has no {key} end", f"write {key}: and a number")
            return Missed(error, node, "")
    shape = node.get("shape")
    if shape is not None and shape.value not in SHAPES:
        error = RangeError(f"no range has the shape {shown(shape.value)}", " or ".join(SHAPES))
        return Missed(error, shape, "shape")
    try:
        shaped = SHAPES[0] if shape is None else str(shape.value)
        return ranged(values["low"], values.get("likely"), values["high"], shaped)
    except QuantityError as wrong:
        return Missed(wrong, node, "")


def say_what_is_taken(ranges: Iterable[tuple[str, Node, Reader[Any], Any]], report: Report) -> None:
    """Warn, once, that ranges count as one number each.

    Args:
        ranges: as a `TypedReader` collects them; the same one may be there several times.
        report: receives the warning.
    """
    once: dict[Origin, tuple[str, Node, Reader[Any], Any]] = {}
    for each in ranges:
        once.setdefault(each[1].origin, each)
    found = sorted(once.values(), key=lambda each: (each[1].origin.name, *each[1].origin[2:4]))
    path, node, _, _ = found[0]
    named = [_named(*each) for each in found[:_MOST_NAMED]]
    if len(once) > _MOST_NAMED:
        named.append(f"and {len(once) - _MOST_NAMED} more")
    what = "a range is" if len(once) == 1 else f"{len(once)} ranges are"
    message = f"{what} taken at the likely value: {'; '.join(named)}"
    report.add("W407", message, node, "`cmsource simulate` draws from ranges", path)


def _named(path: str, node: Node, reader: Reader[Any], value: Any) -> str:  # noqa: ANN401
    """A range and the value taken, as one would write them."""
    number: Any = value.amount if isinstance(value, (Hours, PriceTag)) else value
    low, likely, high = (
        reader.written(each if number is value else value._replace(amount=each))
        for each in (number.low, number + 0, number.high)
    )
    text = node.value if isinstance(node.value, str) else f"{low}..{high}"
    return f"`{path}` {shown(text)} as {likely}"
