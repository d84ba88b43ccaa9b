"""Remarks in files as workflow commands, which GitHub shows at the file and line."""

from collections.abc import Iterator

from cmsource.reports.report import Annotated, Annotation
from cmsource.values.text import printable, without_commands
from cmsource.writers.page import Page


def pieces(report: Annotated, page: Page) -> Iterator[str]:
    """Each remark as a command, then what the log says."""
    for found in map(page.language.of, report.annotations()):
        yield _command(found, page.path_of(found.file))
    for line in map(page.language.of, report.log()):
        yield f"{without_commands(printable(line))}\n"


def _command(found: Annotation, path: str) -> str:
    properties = {
        "file": path,
        "line": str(found.line or ""),
        "col": str(found.column or ""),
        "title": found.title,
    }
    where = ",".join(f"{name}={_property(text)}" for name, text in properties.items() if text)
    return f"::{found.level} {where}::{_data(found.message)}\n"


def _data(text: str) -> str:
    """A message: what would end it or begin another command is written in per cent."""
    shown = without_commands(printable(text)).replace("%", "%25")
    return shown.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, in which colons and commas separate."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
