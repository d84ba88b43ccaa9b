"""Diagnostics: what is wrong with scenarios, where, and the way out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.reports.blocks import Block, Paragraph, Problem
from cmsource.reports.comparison_data import diagnostic_data, diagnostics_data
from cmsource.reports.report import Json
from cmsource.reports.wording import cells
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import Said, both, counted

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
            yield Paragraph(how_many(self.diagnostics))

    def data(self) -> Json:
        """``cmsource/diagnostics/1``."""
        return diagnostics_data(self.diagnostics)

    def header(self) -> Sequence[str]:
        """What is said of each diagnostic."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a diagnostic."""
        return (cells(diagnostic_data(found), HEADER) for found in self.diagnostics)


def how_many(diagnostics: Sequence[Diagnostic]) -> Said:
    """How many errors and warnings there are."""
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    parts = []
    if errors:
        parts.append(counted(errors, "{count} error", "{count} errors"))
    if warnings:
        parts.append(counted(warnings, "{count} warning", "{count} warnings"))
    return both(parts)
