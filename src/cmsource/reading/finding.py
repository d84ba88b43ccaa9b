"""What checks across fields look at, and what they find."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from cmsource.countries import Country
from cmsource.scenario.needs import Needs
from cmsource.scenario.node import Node
from cmsource.scenario.options import Option
from cmsource.scenario.provenance import Origin
from cmsource.scenario.require import Require
from cmsource.scenario.source import Source


class Read(NamedTuple):
    """What there is to check: whatever of the scenario could be read.

    Attributes:
        tree: the whole scenario, short forms and flags in their places.
        country: its country, or None when it is unknown.
        standard: whether its options are the standard ones.
        whole: whether all of its options could be read.
        uses: each source as declared and as options change it, with its path.
        used: the names of the sources that options use.
        closest: gives a hint that names the known word that is meant.
        start: the first day of the horizon, where it is known.
    """

    tree: Node
    country: Country | None
    needs: Needs | None
    require: Require | None
    horizon: float
    sources: Mapping[str, Source]
    options: Sequence[Option]
    standard: bool
    whole: bool
    uses: Sequence[tuple[str, Source]]
    used: Collection[str]
    closest: Callable[[str, Sequence[str]], str]
    start: date | None = None


class Finding(NamedTuple):
    """A diagnostic before it is placed."""

    code: str
    message: str
    at: Node | Origin | None
    hint: str = ""
    path: str = ""


Check: TypeAlias = Callable[[Read], Iterator[Finding]]
"""A check across fields."""


def every_use(sources: Mapping[str, Source], options: Sequence[Option]) -> list[tuple[str, Source]]:
    """Each source as declared and as options change it, with its path."""
    uses = [(f"sources.{name}", source) for name, source in sources.items()]
    for option in options:
        for phase in option.phases:
            for source in phase.sources:
                if source is not sources.get(source.name):
                    uses.append((f"options.{option.name}.{source.name}", source))
    return uses


def names_used(options: Sequence[Option]) -> set[str]:
    """The names of the sources that options use."""
    return {
        source.name for option in options for phase in option.phases for source in phase.sources
    }


def visible(origin: Origin | None, read: Read, path: str) -> Origin | None:
    """An origin that has a line to show: else that of the nearest node in the file."""
    if origin is not None and origin.is_written:
        return origin
    node = read.tree
    for key in path.split("."):
        below = node.get(key)
        if below is None or not below.origin.is_written:
            break
        node = below
    return node.place if node.place.is_written else None
