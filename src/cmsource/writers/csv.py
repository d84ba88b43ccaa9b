"""Reports as CSV, for spreadsheets: decimal points, and an empty cell for no figure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from cmsource.reports.report import Tabular
from cmsource.values.text import printable, without_commands
from cmsource.writers.page import Page

# Where semicolons separate, as in French spreadsheets, a text is split at them, whatever its
# quotes. Japanese ones take the wide forms of the signs too.
_FORMULA = re.compile(r'(?:^|(?<=;))(?=[\s"]*[=+\-@＝＋－＠])')


def lines(report: Tabular, page: Page) -> Iterator[str]:
    """A report as lines of CSV, each as soon as its row is known."""
    yield _line(report.header())
    for row in report.rows():
        yield _line(page.language.of(tuple(row)))


def write(report: Tabular, page: Page) -> str:
    """A report as CSV text."""
    return "".join(lines(report, page))


def _line(cells: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(
        [
            harmless(without_commands(printable(cell))) if isinstance(cell, str) else cell
            for cell in cells
        ]
    )
    return text.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet takes as text: what looks like a formula gets an apostrophe."""
    return _FORMULA.sub("'", text)
