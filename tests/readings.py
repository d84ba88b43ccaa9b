"""Short ways to read a text and to look at what reading found."""

from collections.abc import Sequence

from cmsource.reading.load import read_text
from cmsource.reading.outcome import Reading, scenario_or_error
from cmsource.reports.diagnostics import DiagnosticsReport
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import ENGLISH, Language
from cmsource.writers import terminal
from cmsource.writers.page import Page

BASE = """\
country: FR
needs: {cover: "mon-fri 09:00-17:00", work: {content: 5 h/week}}
sources:
  cm: {kind: employee}
  agence: {kind: agency, hourly_rate: 80}
options:
  hire: [cm]
  agency: [agence]
"""
"""A plain scenario in full form without anything wrong."""


def read(text: str, *overrides: str) -> Reading:
    """A scenario read from text, under the name ``s.yaml``."""
    return read_text(text, "s.yaml", overrides)


def findings(text: str, *overrides: str) -> list[Diagnostic]:
    """What reading a text finds."""
    return list(read(text, *overrides).diagnostics)


def only(found: Sequence[Diagnostic]) -> Diagnostic:
    """The one diagnostic that there is."""
    assert len(found) == 1, "\n".join(f"{d.place}: {d.code} {d.message}" for d in found)
    return found[0]


def wrong(text: str, *overrides: str) -> Diagnostic:
    """The one diagnostic about a text."""
    return only(findings(text, *overrides))


def where(diagnostic: Diagnostic) -> tuple[int, int]:
    """Line and column of a diagnostic."""
    assert diagnostic.place is not None
    return diagnostic.place.line, diagnostic.place.column


def marked(diagnostic: Diagnostic) -> str:
    """The characters of the source line that a diagnostic underlines."""
    place = diagnostic.place
    assert place is not None
    return place.text[place.column - 1 : place.column - 1 + place.length]


def scenario(text: str, *overrides: str) -> Scenario:
    """The scenario of a text that is valid."""
    return scenario_or_error(read(text, *overrides))


def codes(text: str, *overrides: str) -> list[str]:
    """The codes of what reading a text finds, in the order of the file."""
    return [found.code for found in findings(text, *overrides)]


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    colour: bool = False,
    width: int = 80,
    language: Language = ENGLISH,
) -> str:
    """Diagnostics as people see them on a terminal."""
    return terminal.write(DiagnosticsReport(diagnostics), Page(width, colour, language=language))
