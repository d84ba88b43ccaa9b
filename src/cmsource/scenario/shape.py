"""How the keys of a scenario are described: one table serves reading, editors and the docs.

A field of a record is written ``name: Annotated[type, reader, "what it means"]``. The reader is
a reader of `cmsource.values`, or one of the shapes below; fields without one are not keys.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from cmsource.values.readers import Reader


class Record:
    """A map whose keys are the annotated fields of a NamedTuple class."""

    def __init__(self, cls: type[Any]) -> None:
        self.cls = cls


class MapOf:
    """A map from names that the user chooses to values of one shape.

    Args:
        item: shape of the values.
        noun: what a name stands for, in messages.
    """

    def __init__(self, item: "Shape", noun: str) -> None:
        self.item = item
        self.noun = noun


class ListOf:
    """A list of values of one shape, as a tuple."""

    def __init__(self, item: "Shape") -> None:
        self.item = item


class OneOrMap:
    """One value for everything, or a map with a value for each name.

    Read as a mapping in which the key "" holds the value for everything.
    """

    def __init__(self, item: Reader[Any], noun: str) -> None:
        self.item = item
        self.noun = noun


class Weights:
    """The name of a profile, or 168 weights, one for each hour from Monday 00:00.

    The weights are a list, or a map with the ``file`` that holds them, which is read beforehand.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names


class Special:
    """A value that has its own reading: sources, options, expectations.

    Args:
        schema: its JSON Schema, for editors.
    """

    def __init__(self, schema: dict[str, object]) -> None:
        self.schema = schema


Shape = Reader[Any] | Record | MapOf | ListOf | OneOrMap | Weights | Special


class Field(NamedTuple):
    """One key of a record: its name, shape and meaning, and whether it must be there."""

    name: str
    shape: Shape
    meaning: str
    required: bool


def fields(cls: type[Any]) -> dict[str, Field]:
    """The keys of a record class, in the order in which they are declared."""
    return _cached(cls)  # type: ignore[arg-type] # mypy takes classes of NamedTuples for unhashable


@cache
def _cached(cls: type[Any]) -> dict[str, Field]:
    return {field.name: field for field in _fields(cls)}


def _fields(cls: type[Any]) -> Iterator[Field]:
    defaults = cls._field_defaults
    for name, annotation in cls.__annotations__.items():
        metadata = getattr(annotation, "__metadata__", None)
        if metadata is not None:
            yield Field(name, metadata[0], metadata[1], name not in defaults)
