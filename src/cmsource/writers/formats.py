"""The formats of reports: each can be had of every report that has the part that it writes."""

from enum import StrEnum

from cmsource.reports.report import Readable, Structured, Tabular
from cmsource.writers.page import Page


class Format(StrEnum):
    """A format that a report can be written in."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    SVG = "svg"


Report = Readable | Structured | Tabular


def written(report: Report, form: Format, page: Page) -> str:
    """A report in a format.

    Args:
        report: it must have the part that the format writes.
        form: the format.
        page: width and colour, for terminals and pictures of them.

    Raises:
        TypeError: it does not have that part.
    """
    # Each writer is imported when it is asked for: Rich takes longer to load than most reports.
    if form is Format.JSON and isinstance(report, Structured):
        from cmsource.writers import json

        return json.write(report)
    if form is Format.CSV and isinstance(report, Tabular):
        from cmsource.writers import csv

        return csv.write(report)
    if isinstance(report, Readable):
        if form is Format.TABLE:
            from cmsource.writers import terminal

            return terminal.write(report, page)
        if form is Format.MARKDOWN:
            from cmsource.writers import markdown

            return markdown.write(report)
        if form is Format.SVG:
            from cmsource.writers import svg

            return svg.write(report, page)
    raise TypeError(f"{type(report).__name__} cannot be written as {form}")
