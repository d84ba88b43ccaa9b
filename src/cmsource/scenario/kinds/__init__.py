"""Every kind of source: one module each, which holds all that a scenario says about it.

A `Source` in a module of this package that has a place of its own is a kind, and the module is
called by its word: nothing else lists kinds. What a kind costs and covers stands in the module of
the same name in `cmsource.model.kinds`.
"""

from collections.abc import Iterator, Mapping
from functools import cache, reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from typing import Annotated

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from cmsource.scenario.source import Source


class _Kinds(Mapping[str, type[Source]]):
    """Every kind by its word in a file, loaded when it is first asked for.

    A scenario has few of the kinds, and models take long to make: loading all of them took 2 % of
    the time of a whole `compare` (benchmarks/startup.py).
    """

    def __init__(self) -> None:
        self._words = frozenset(module.name for module in iter_modules(__path__))

    def __getitem__(self, word: str) -> type[Source]:
        if word not in self._words:
            raise KeyError(word)
        return _kind(word)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._words, key=lambda word: _kind(word).place))

    def __len__(self) -> int:
        return len(self._words)


@cache
def _kind(word: str) -> type[Source]:
    """The kind in the module of a word."""
    here = vars(import_module(f"{__name__}.{word}")).values()
    sources = [each for each in here if isinstance(each, type) and issubclass(each, Source)]
    (kind,) = [each for each in sources if "place" in vars(each)]
    return kind


KINDS = _Kinds()
"""Every kind of source, by its word in a file; in the order of their places."""


@cache
def in_french() -> Mapping[str, str]:
    """The English word of each kind, by the French ones."""
    return {word: name for name, kind in KINDS.items() for word in kind.also}


class _ByKind:
    """Annotates a source of any kind: its word decides which model reads the rest."""

    def __get_pydantic_core_schema__(self, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        kinds = reduce(or_, KINDS.values())
        return handler.generate_schema(Annotated[kinds, Field(discriminator="kind")])


AnySource = Annotated[Source, _ByKind()]
"""A source of any kind, for models that hold some."""
