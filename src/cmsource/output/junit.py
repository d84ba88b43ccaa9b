"""Rows of a batch as JUnit XML, which every CI server can show: one test case a scenario."""

from collections.abc import Iterator
from pathlib import PurePath
from xml.etree.ElementTree import Element, SubElement, tostring

from cmsource.results.rows import Row, Tally
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.money import format_money, format_share, style_for
from cmsource.values.text import printable as safe


class JunitFormat:
    """A test suite; an invalid scenario is an error, one that is not as asked a failure."""

    def __init__(self) -> None:
        self._cases: list[str] = []

    def start(self) -> str:
        """Nothing yet: the counts come first."""
        return ""

    def row(self, row: Row, _comparison: str) -> str:
        """Nothing yet: the test case is kept as text."""
        self._cases.append(tostring(_case(row), encoding="unicode") + "\n")
        return ""

    def end(self, tally: Tally) -> Iterator[str]:
        """All of it."""
        counts = (
            f'tests="{tally.scenarios}" failures="{tally.failed}" errors="{tally.invalid}" '
            'skipped="0"'
        )
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<testsuites name="cmsource" {counts}>\n<testsuite name="cmsource" {counts}>\n'
        yield from self._cases
        yield "</testsuite>\n</testsuites>\n"


def _case(row: Row) -> Element:
    path = PurePath(row.file)
    folder = safe(str(path.parent))
    case = Element(
        "testcase",
        {
            "classname": "scenarios" if folder == "." else folder,
            "name": safe(path.name),
            "file": safe(row.file),
        },
    )
    errors = [found for found in row.diagnostics if found.severity == "error"]
    for tag, problems in (("error", errors), ("failure", row.failures)):
        # Servers show one of each kind: the first says the message, its text says them all.
        if problems:
            first = problems[0]
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            attributes = {"message": safe(first.message) + more, "type": first.code}
            SubElement(case, tag, attributes).text = "\n".join(map(_words, problems))
    if row.status != "invalid":
        SubElement(case, "system-out").text = _result(row)
    return case


def _words(found: Diagnostic) -> str:
    where = f"{found.place}: " if found.place else ""
    hint = f" ({found.hint})" if found.hint else ""
    return safe(f"{where}{found.code}: {found.message}{hint}")


def _result(row: Row) -> str:
    style = style_for(row.currency)
    if row.cents is None:
        return safe(f"{row.name}: no option is eligible")
    text = f"{row.name}: {row.label}, {format_money(row.cents, style)}"
    if row.watched is not None:
        text += f", watched {format_share(row.watched, style)}"
    return safe(text)
