"""Reports of checks as JUnit XML, which every CI server can show."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from xml.etree.ElementTree import Element, SubElement, tostring

from cmsource.reports.report import TestCase, Tested
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import counted, say
from cmsource.values.text import printable, without_commands
from cmsource.writers.page import Page


def pieces(report: Tested, page: Page) -> Iterator[str]:
    """A test suite: what could not be checked is an error, what is not as it should be a failure.

    The counts come first, so each case is kept as text until the last is known.
    """
    cases: list[str] = []
    errors = failures = 0
    for case in report.cases():
        errors += bool(case.errors)
        failures += bool(case.failures) and not case.errors
        case_text = tostring(_case(page.language.of(case), page), encoding="unicode") + "\n"
        cases.append(without_commands(case_text, "&#58;", "&#35;"))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="cmsource" {counts}>\n<testsuite name="cmsource" {counts}>\n'
    yield from cases
    yield "</testsuite>\n</testsuites>\n"


def _case(case: TestCase, page: Page) -> Element:
    path = PurePath(case.file)
    folder = printable(str(path.parent))
    element = Element(
        "testcase",
        {
            "classname": "scenarios" if folder == "." else folder,
            "name": printable(path.name),
            "file": printable(case.file),
        },
    )
    for tag, problems in (("error", case.errors), ("failure", case.failures)):
        # Servers show one of each kind: the first says the message, its text says them all.
        if problems:
            found = SubElement(element, tag, _attributes(problems, page))
            found.text = "\n".join(_words(each, page) for each in problems)
    if case.output:
        SubElement(element, "system-out").text = printable(case.output)
    return element


def _attributes(problems: Sequence[Diagnostic], page: Page) -> dict[str, str]:
    first, *others = problems
    message: str = first.message
    if others:
        message = counted(
            len(others),
            "{message} (and {count} more)",
            "{message} (and {count} more)",
            message=message,
        )
    return {"message": printable(page.language.of(message)), "type": first.code}


def _words(found: Diagnostic, page: Page) -> str:
    said = say("{code}: {message}", code=found.code, message=found.message)
    if found.hint:
        said = say("{problem} ({hint})", problem=said, hint=found.hint)
    if found.place:
        said = say("{place}: {problem}", place=str(found.place), problem=said)
    return printable(page.language.of(said))
