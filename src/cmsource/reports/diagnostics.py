"""Diagnostics: what is wrong with scenarios, where, and the way out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.reports.blocks import Block, Paragraph, Problem
from cmsource.reports.comparison_data import diagnostic_data, diagnostics_data
from cmsource.reports.report import Json
from cmsource.reports.wording import cells, count_text
from cmsource.values.diagnostics import Diagnostic

HEADER = ("severity", "code", "file", "line", "column", "path", "message", "hint")


class DiagnosticsReport(NamedTuple):
    """Diagnostics in the order in which they are to be shown.

    Attributes:
        diagnostics: the diagnostics.
        counted: whether people are told at the end how many there are.
    """

    diagnostics: Sequence[Diagnostic]
    counted: bool = True

    def blocks(self) -> Iterator[Block]:
        """Each diagnostic, then how many there are."""
        yield from map(Problem, self.diagnostics)
        if self.diagnostics and self.counted:
            yield Paragraph(counted(self.diagnostics))

    def data(self) -> Json:
        """``cmsource/diagnostics/1``."""
        return diagnostics_data(self.diagnostics)

    def header(self) -> Sequence[str]:
        """What is said of each diagnostic."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a diagnostic."""
        return (cells(diagnostic_data(found), HEADER) for found in self.diagnostics)


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """How many errors and warnings there are."""
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    counts = ((errors, "error"), (len(diagnostics) - errors, "warning"))
    return " and ".join(count_text(number, noun) for number, noun in counts if number)
