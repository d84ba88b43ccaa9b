"""Every kind of source: one module each, which holds all that a scenario says about it.

A `Source` in a module of this package that has a place of its own is a kind: nothing else lists
kinds. What a kind costs and covers stands in the module of the same name in
`cmsource.model.kinds`.
"""

from functools import reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import Field

from cmsource.scenario.source import Source


def _kinds() -> dict[str, type[Source]]:
    found: list[type[Source]] = []
    for module in iter_modules(__path__):
        name = f"{__name__}.{module.name}"
        here = [each for each in vars(import_module(name)).values() if isinstance(each, type)]
        found += [each for each in here if issubclass(each, Source) and "place" in vars(each)]
    return {kind.word(): kind for kind in sorted(found, key=lambda kind: kind.place)}


KINDS = _kinds()
"""Every kind of source, by its word in a file."""

IN_FRENCH = {word: name for name, kind in KINDS.items() for word in kind.also}
"""The English word of each kind, by the French ones."""

if TYPE_CHECKING:
    AnySource: TypeAlias = Source
else:
    AnySource = Annotated[reduce(or_, KINDS.values()), Field(discriminator="kind")]
