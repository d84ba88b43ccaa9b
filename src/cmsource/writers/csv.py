"""Reports as CSV, for spreadsheets: an empty cell for no figure, and column names that are keys.

Spreadsheets expect what people of a language write: in English commas between cells and decimal
points, in French semicolons and decimal commas. There a byte-order mark says that it is UTF-8.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cmsource.reports.report import Tabular
from cmsource.values.text import printable, without_commands
from cmsource.writers.page import Page


class _Form(NamedTuple):
    """How cells are written.

    Attributes:
        separator: between cells.
        point: between the digits of a number.
        begin: before the first line.
    """

    separator: str
    point: str
    begin: str


_FORMS = {"en": _Form(",", ".", ""), "fr": _Form(";", ",", "\N{ZERO WIDTH NO-BREAK SPACE}")}
"""By language."""

# A spreadsheet of another country separates at the other sign, and splits texts there, whatever
# their quotes. Japanese ones take the wide forms of the signs too.
_FORMULA = {
    form: re.compile(rf'(?:^|(?<={other}))(?=[\s"]*[=+\-@＝＋－＠])')
    for form, other in (("en", ";"), ("fr", "[;,]"))
}


def lines(report: Tabular, page: Page) -> Iterator[str]:
    """A report as lines of CSV, each as soon as its row is known."""
    yield _FORMS[page.language.code].begin + _line(report.header(), page)
    for row in report.rows():
        yield _line(row, page)


def write(report: Tabular, page: Page) -> str:
    """A report as CSV text."""
    return "".join(lines(report, page))


def _line(cells: Sequence[object], page: Page) -> str:
    text = io.StringIO()
    form = _FORMS[page.language.code]
    writer = csv.writer(text, delimiter=form.separator, lineterminator="\n")
    writer.writerow([_cell(cell, page) for cell in cells])
    return text.getvalue()


def _cell(cell: object, page: Page) -> object:
    if isinstance(cell, str):
        shown = without_commands(printable(page.language.of(cell)))
        return _FORMULA[page.language.code].sub("'", shown)
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", _FORMS[page.language.code].point)
    return cell
