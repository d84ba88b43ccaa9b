"""What a command has to say, before any format."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

from cmsource.reports.blocks import Block

Json: TypeAlias = Any
"""Plain data: dicts, lists, texts, decimals, whole numbers, truth values and None."""


@runtime_checkable
class Readable(Protocol):
    """A report for people: written to terminals, as Markdown, as a picture."""

    def blocks(self) -> Iterable[Block]:
        """Its blocks from top to bottom."""
        ...


@runtime_checkable
class Structured(Protocol):
    """A report for programs: written as JSON."""

    def data(self) -> Json:
        """Its data, in the order of the format; the format's name and version are part of it."""
        ...


@runtime_checkable
class Tabular(Protocol):
    """A report for spreadsheets: written as CSV."""

    def header(self) -> Sequence[str]:
        """Names of its columns."""
        ...

    def rows(self) -> Iterable[Sequence[object]]:
        """Its rows: texts, numbers, None for no figure."""
        ...
