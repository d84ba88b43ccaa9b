"""What reading finds: diagnostics with the line of source that each is about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cmsource.scenario.node import Node
from cmsource.scenario.provenance import Origin
from cmsource.values.diagnostics import Diagnostic, Place, did_you_mean
from cmsource.values.language import say
from cmsource.values.text import printable, shown

MAX_PROBLEMS = 200
"""Of each severity; nobody reads more, and a hostile file can have a million."""

_MAX_PATH = 200
_MAX_CANDIDATES = 500
_MANY = 8
"""A list of more words is long."""
LINE_ENDS = "\n\r\x85\u2028\u2029"
"""Characters that end a line for libyaml, which counts them."""

_LINE_ENDS = re.compile(f"\r\n|[{LINE_ENDS}]")


def end_of(name: str, text: str) -> Origin:
    """The place in a file where a text from its start ends."""
    lines = _LINE_ENDS.split(text)
    return Origin("file", name, len(lines), len(lines[-1]) + 1)


class Report:
    """Collects diagnostics and finds the source line to show for each.

    Attributes:
        texts: text of every file read, by the name under which it is shown.
        found: the diagnostics, in the order in which they were found.
        files: every file that was read, or looked for.
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.found: list[Diagnostic] = []
        self.files: list[str] = []
        self._lines: dict[str, list[str]] = {}
        self._counts = {"error": 0, "warning": 0}
        self._listed: dict[tuple[str, ...], str] = {}

    @property
    def failed(self) -> bool:
        """Whether there is an error among the diagnostics."""
        return self._counts["error"] > 0

    def add(
        self, code: str, message: str, at: Node | Origin | None, hint: str = "", path: str = ""
    ) -> None:
        """Add a diagnostic about a node or a place.

        Nothing of the user's reaches it with control characters in it; of each severity, the first
        `MAX_PROBLEMS` are kept.
        """
        origin = at.origin if isinstance(at, Node) else at
        place = None if origin is None else self.place(origin, printable(path[:_MAX_PATH]))
        self._keep(Diagnostic(code, printable(message), place, printable(hint)))

    def _keep(self, diagnostic: Diagnostic) -> None:
        count = self._counts[diagnostic.severity] = self._counts[diagnostic.severity] + 1
        if count <= MAX_PROBLEMS:
            self.found.append(diagnostic)
        elif count == MAX_PROBLEMS + 1:
            text = say(
                "more than {most} problems were found; the rest is left out", most=MAX_PROBLEMS
            )
            self.found.append(
                Diagnostic(diagnostic.code, text, None, say("mend some of these first"))
            )

    def take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add what has been found before, by another report."""
        for diagnostic in diagnostics:
            self._keep(diagnostic)

    def place(self, origin: Origin, path: str = "") -> Place:
        """The place of an origin, with its line of source."""
        lines = self.lines(origin.name) if origin.kind == "file" else []
        text = lines[origin.line - 1] if 0 < origin.line <= len(lines) else ""
        return origin.place(path, text)

    def lines(self, name: str) -> list[str]:
        """The lines of a file that was read."""
        lines = self._lines.get(name)
        if lines is None:
            lines = self._lines[name] = _LINE_ENDS.split(self.texts.get(name, ""))
        return lines

    def closest(
        self,
        word: str,
        known: Sequence[str],
        also: Iterable[str] = (),
        meaning: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """A hint that names the known word that is meant; nothing once the report is full.

        Where none is, it lists them all; a long list stands once in a report. See `did_you_mean`.
        """
        if self._counts["error"] > MAX_PROBLEMS or len(known) > _MAX_CANDIDATES:
            return ""
        hint = did_you_mean(word[:_MAX_PATH], known, also, meaning)
        if len(known) <= _MANY or hint != did_you_mean("", known):
            return hint
        first = self._listed.setdefault(tuple(known), word)
        if first == word:
            return hint
        return say("the names that are known here stand with {name}", name=shown(first))
