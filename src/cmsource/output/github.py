"""Rows of a batch as workflow commands, which GitHub shows at the file and line they are about."""

from collections.abc import Iterator

from cmsource.output.batch import compared, counts, grand_totals
from cmsource.output.changes import answer_lines
from cmsource.results.rows import Row, Tally
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.text import printable as safe


class GithubFormat:
    """One annotation for each error, failure and warning, then the counts."""

    def __init__(self, *, baseline: bool = False) -> None:
        self._baseline = baseline

    def start(self) -> str:
        """Nothing."""
        return ""

    def row(self, row: Row, _comparison: str) -> str:
        """The annotations of a scenario."""
        found = [_annotation(row.file, each) for each in (*row.diagnostics, *row.failures)]
        change = row.change
        if change is not None and change.old_recommended != change.new_recommended:
            message = "; ".join(answer_lines(change))
            found.append(f"::notice file={_property(row.file)}::{_data(message)}\n")
        return "".join(found)

    def end(self, tally: Tally) -> Iterator[str]:
        """The counts and totals, for the log."""
        if self._baseline:
            yield compared(tally) + "\n"
        for line in grand_totals(tally):
            yield line + "\n"
        yield counts(tally) + "\n"


def _annotation(file: str, found: Diagnostic) -> str:
    place = found.place
    where = {"file": file}
    if place is not None and place.line and place.file != "--set":
        where = {"file": place.file, "line": str(place.line)}
        if place.column:
            where["col"] = str(place.column)
    where["title"] = found.code
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    message = f"{found.message}: {found.hint}" if found.hint else found.message
    return f"::{found.severity} {properties}::{_data(message)}\n"


def _data(text: str) -> str:
    """A message: what would end it or begin another command is written in per cent."""
    shown = safe(text).replace("%", "%25")
    return shown.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, in which colons and commas separate."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
