"""The formats of reports: each can be had of every report that has the part that it writes."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # help shows the names of formats, and writes none
    from cmsource.reports.report import (
        Annotated,
        Booked,
        Readable,
        Recorded,
        Structured,
        Tabular,
        Tested,
    )
    from cmsource.writers.page import Page


class Format(StrEnum):
    """A format that a report can be written in."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    SVG = "svg"
    HTML = "html"


class ComparisonFormat(StrEnum):
    """A format that a comparison can be written in."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    SVG = "svg"
    HTML = "html"
    XLSX = "xlsx"


class Story(StrEnum):
    """A format that a whole story can be written in."""

    HTML = "html"
    MARKDOWN = "markdown"


class BatchFormat(StrEnum):
    """A format that a report of many scenarios can be written in."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"


AnyFormat = Format | ComparisonFormat | BatchFormat
Report: TypeAlias = "Readable | Structured | Tabular | Recorded | Tested | Annotated"


def written(report: Report, form: AnyFormat, page: "Page") -> str:
    """A report in a format.

    Args:
        report: it must have the part that the format writes.
        form: the format.
        page: the language; width and colour, for terminals and pictures of them.

    Raises:
        TypeError: it does not have that part.
    """
    return "".join(pieces(report, form, page))


def pieces(report: Report, form: AnyFormat, page: "Page") -> Iterator[str]:
    """A report in a format, piece by piece as they are known; see `written`."""
    from cmsource.reports.report import (
        Annotated,
        Readable,
        Recorded,
        Structured,
        Tabular,
        Tested,
    )

    # Each writer is imported when it is asked for: Rich takes longer to load than most reports.
    match form.value, report:
        case "json", Structured():
            from cmsource.writers import json

            return json.texts(report)
        case "json", Recorded():
            from cmsource.writers import json

            return json.pieces(report)
        case "jsonl", Recorded():
            from cmsource.writers import json

            return json.lines(report)
        case "csv", Tabular():
            from cmsource.writers import csv

            return csv.lines(report, page)
        case "junit", Tested():
            from cmsource.writers import junit

            return junit.pieces(report, page)
        case "github", Annotated():
            from cmsource.writers import github

            return github.pieces(report, page)
        case "gitlab", Annotated():
            from cmsource.writers import gitlab

            return gitlab.pieces(report, page)
        case "table", Readable():
            from cmsource.writers import terminal

            return terminal.pieces(report, page)
        case "markdown", Readable():
            from cmsource.writers import markdown

            return iter([markdown.write(report, page)])
        case "html", Readable():
            from cmsource.writers import html

            return iter([html.write(report, page)])
        case "svg", Readable():
            from cmsource.writers import svg

            return iter([svg.write(report, page)])
    raise TypeError(f"{type(report).__name__} cannot be written as {form}")


def packed(report: "Booked", form: ComparisonFormat, page: "Page") -> bytes:
    """A report in a format that is no text.

    Args:
        report: with its sheets.
        form: the format, XLSX.
        page: the language.

    Raises:
        ModuleNotFoundError: XlsxWriter is not installed.
        TypeError: the format is text; `written` writes it.
    """
    if form is not ComparisonFormat.XLSX:
        raise TypeError(f"{form} is text")
    from cmsource.writers import xlsx

    return xlsx.write(report, page)
