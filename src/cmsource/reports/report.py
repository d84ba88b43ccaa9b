"""What a command has to say, before any format."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from cmsource.reports.blocks import Block
from cmsource.values.diagnostics import Diagnostic

if TYPE_CHECKING:
    from cmsource.reports.sheets import Sheet

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
class Booked(Protocol):
    """A report that goes on computing in a spreadsheet: written as XLSX."""

    @property
    def currency(self) -> str:
        """The code of the currency of its amounts."""
        ...

    def sheets(self) -> "Sequence[Sheet]":
        """Its sheets from left to right."""
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


class Encoded(NamedTuple):
    """Data that is JSON text already, such as a result that another process has written."""

    text: str


@runtime_checkable
class Recorded(Protocol):
    """A report of many records: written as JSON or as JSON lines, one at a time.

    So memory does not grow with them. They can be taken once.
    """

    def head(self) -> Mapping[str, Json]:
        """What is known before the first record, such as the format; the records come next."""
        ...

    def records(self) -> Iterable[Mapping[str, Json]]:
        """The records; only the last value of one may be `Encoded`."""
        ...

    def rest(self) -> Mapping[str, Json]:
        """What is known after the last record."""
        ...


RECORDS = "scenarios"
"""The key under which records stand: all that we have are of scenarios."""


class TestCase(NamedTuple):
    """One thing that was checked.

    Attributes:
        file: the file that it is about.
        errors: why it could not be checked.
        failures: what is not as it should be.
        output: what came of it, "" when nothing did.
    """

    file: str
    errors: Sequence[Diagnostic]
    failures: Sequence[Diagnostic]
    output: str


@runtime_checkable
class Tested(Protocol):
    """A report of checks: written as JUnit XML."""

    def cases(self) -> Iterable[TestCase]:
        """The checks; they can be taken once."""
        ...


class Annotation(NamedTuple):
    """A remark at a place in a file.

    Attributes:
        level: ``error``, ``warning`` or ``notice``.
        message: the remark.
        file: the file.
        line, column: from 1; 0 where the whole file, or the whole line, is meant.
        title: a heading; "" for none.
    """

    level: str
    message: str
    file: str
    line: int = 0
    column: int = 0
    title: str = ""


@runtime_checkable
class Annotated(Protocol):
    """A report with remarks in files: written as workflow commands."""

    def annotations(self) -> Iterable[Annotation]:
        """The remarks; they can be taken once."""
        ...

    def log(self) -> Iterator[str]:
        """What the log says after them, line by line."""
        ...
