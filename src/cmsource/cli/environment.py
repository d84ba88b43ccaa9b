"""What commands read from and print to: streams, widths, colours and variables, found out once."""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from cmsource.cli.files_in_use import FilesInUse
from cmsource.cli.standard_input import StandardInput
from cmsource.cli.streams import Messages
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import CODES, ENGLISH, Language

if TYPE_CHECKING:
    from rich.console import Console

    from cmsource.cli.repository import Repository
    from cmsource.reading.outcome import Reading
    from cmsource.reading.saved_files import Archive
    from cmsource.reading.saved_runs import Results
    from cmsource.scenario.scenario import Scenario
    from cmsource.writers.formats import AnyFormat, Report

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that say the language of a process, the first that is set."""
_NARROW = 80
_NARROWEST, _WIDEST = 40, 200


def locale_of(variables: Mapping[str, str]) -> str:
    """The language that a process runs in, where it is one of ours; else ""."""
    said = next((variables[key] for key in _LOCALE if variables.get(key)), "")
    code = said[:2].lower()
    return code if code in CODES and not said[2:3].isalpha() else ""


def language_asked(arguments: Sequence[str], variables: Mapping[str, str]) -> str:
    """The language that a command line or a variable asks for, before anything else is read.

    Help and what is said of a mistaken command line must know it; whether there is such a
    language is checked with all other flags, and told in that of the variable. "" for one that is
    unknown.
    """
    for code in (language_named(arguments, variables), language_named((), variables)):
        if code in CODES:
            return code
    return ""


def language_named(arguments: Sequence[str], variables: Mapping[str, str]) -> str:
    """The same as it is written, known or not; "" for none."""
    flag, code = "--lang", variables.get("CMSOURCE_LANG", "")
    given = [*arguments, ""]
    for argument, after in pairwise(given):
        if argument == "--":
            break
        if argument == flag:
            code = after
        elif argument.startswith(f"{flag}="):
            code = argument.partition("=")[2]
    return code


class Screen(NamedTuple):
    """A stream that text is shown on.

    Attributes:
        stream: the stream.
        is_terminal: whether somebody is watching.
        width: cells a line: those of the terminal, or COLUMNS, or 80 in a pipe.
        colour: whether to paint: on a terminal, unless NO_COLOR or a dumb terminal says otherwise.
    """

    stream: TextIO
    is_terminal: bool
    width: int
    colour: bool

    @classmethod
    def of(cls, stream: TextIO, variables: Mapping[str, str]) -> "Screen":
        """The screen of a stream of this process."""
        terminal = stream.isatty()
        width = _NARROW
        if terminal or variables.get("COLUMNS", "").isdecimal():
            columns = shutil.get_terminal_size((_NARROW, 24)).columns
            width = max(_NARROWEST, min(_WIDEST, columns))
        colour = terminal and variables.get("TERM") != "dumb"
        colour = (colour or bool(variables.get("FORCE_COLOR"))) and not variables.get("NO_COLOR")
        return cls(stream, terminal, width, colour)

    def console(self) -> "Console":
        """The same for Rich."""
        from rich.console import Console

        return Console(
            file=self.stream,
            width=self.width,
            force_terminal=self.is_terminal,
            no_color=not self.colour,
        )


def _language_in(reading: "Reading") -> str:
    """The language that a scenario says, also one that is not valid; "" for none."""
    if reading.scenario is not None:
        return reading.scenario.language or ""
    node = None if reading.tree is None else reading.tree.get("language")
    return node.value if node is not None and node.value in CODES else ""


class Environment:
    """The surroundings of one command; nothing else reads the environment or the streams.

    Args:
        out: where results go.
        err: where all else goes.
        input: standard input, for a file named ``-``.
        summary: the file that gets the summary of a CI job, if there is one.
        locale: the language of the terminal that results go to, where it is one of ours; else "".
        program: the file that was started.
        project: the folder of the repository that a CI job works on, where a variable names it.

    Attributes:
        as_json: whether diagnostics are written as JSON, as ``--format json`` asks.
        plain: whether CSV is for programs, and the same in every language.
        named: the language that the command line or a variable names, known or not; "" for none.
        chosen: the same where it is known, else "".
        written: the language that a scenario says; "" for none.
        files: those that are read and written.
    """

    def __init__(
        self,
        out: Screen,
        err: Screen,
        input: StandardInput,
        summary: Path | None = None,
        locale: str = "",
        program: str = "",
        project: str = "",
    ) -> None:
        self.out = out
        self.err = err
        self.input = input
        self.summary = summary
        self.locale = locale
        self.program = program
        self._project = project
        self.as_json = False
        self.plain = False
        self.named = ""
        self.chosen = ""
        self.written = ""
        self.files = FilesInUse()

    @classmethod
    def of_process(cls, arguments: Sequence[str] = ()) -> "Environment":
        """That of this process, within `standard_streams`.

        Args:
            arguments: the command line.
        """
        variables = os.environ
        summary = variables.get("GITHUB_STEP_SUMMARY")
        out = Screen.of(sys.stdout, variables)
        if "COLUMNS" in variables:
            variables["COLUMNS"] = str(out.width)  # Typer's help reads it too: within reason
        environment = cls(
            out=out,
            err=Screen.of(sys.stderr, variables),
            input=StandardInput(getattr(sys.stdin, "buffer", None)),
            summary=Path(summary) if summary else None,
            locale=locale_of(variables) if out.is_terminal else "",
            program=sys.argv[0],
            project=variables.get("CI_PROJECT_DIR", ""),
        )
        if isinstance(sys.stderr, Messages):
            sys.stderr.language = lambda: environment.language
        environment.named = language_named(arguments, variables)
        environment.chosen = language_asked(arguments, variables)
        return environment

    @property
    def language(self) -> Language:
        """The language in which people are told everything."""
        return Language(self.chosen or self.written or self.locale or ENGLISH.code)

    def language_of(self, form: str) -> Language:
        """The language of a result in a format."""
        return ENGLISH if form == "csv" and self.plain else self.language

    def read(
        self, path: Path, overrides: Sequence[str] | None = None, root: Path | None = None
    ) -> "Reading":
        """Read a scenario from its file, or from standard input where that is ``-``."""
        return self.reader(path, root)(overrides or ())

    def reader(self, path: Path, root: Path | None = None) -> "Callable[[Sequence[str]], Reading]":
        """What reads a scenario as often as one likes, each time with other values.

        Args:
            path: its file; standard input where that is ``-``, which is read once.
            root: the folder tree to which ``extends`` is confined.
        """
        from cmsource.reading.document import MAX_BYTES
        from cmsource.reading.load import read_bytes, read_scenario

        data = self.input.read(MAX_BYTES + 1) if str(path) == "-" else None

        def read(overrides: Sequence[str]) -> "Reading":
            if data is None:
                found = read_scenario(path, overrides, root)
            else:
                found = read_bytes(data, self.input.name, overrides, root)
            self.files.reads(*found.files)
            if not self.written:
                self.written = _language_in(found)
            return found

        return read

    def scenario(
        self, path: Path, overrides: Sequence[str] | None = None, root: Path | None = None
    ) -> "Scenario":
        """Read a scenario that must be valid; say which ranges count as one number.

        Raises:
            ScenarioError: it is not valid.
        """
        from cmsource.reading.outcome import scenario_or_error

        reading = self.read(path, overrides, root)
        scenario = scenario_or_error(reading)
        self.show_diagnostics([each for each in reading.diagnostics if each.code == "W407"])
        return scenario

    def saved(self, path: Path, *, replaceable: bool = False) -> "Archive":
        """Open saved results: a file, a pipe, or standard input where that is ``-``.

        Args:
            path: the file.
            replaceable: whether newer results may take its place.

        Raises:
            ScenarioError: they cannot be read.
        """
        from cmsource.reading.saved_files import Archive

        if str(path) == "-":
            return Archive(self.input.as_file(), self.input.name)
        if not replaceable:
            self.files.reads(path)
        with contextlib.suppress(OSError, ValueError):  # it is told by whoever reads the file
            if (kept := self.input.pipe(path)) is not None:
                return Archive(kept, str(path))
        return Archive(path)

    def results(self, path: Path) -> "Results":
        """Results that are saved, or those of a scenario; standard input where it is ``-``.

        A file is a scenario where its name says so, and what is piped in where it does not begin
        as JSON does.

        Raises:
            ScenarioError: they cannot be read, or the scenario is not valid.
        """
        from cmsource.model.compare import compare
        from cmsource.reading.document import MAX_BYTES
        from cmsource.reading.load import read_bytes
        from cmsource.reading.outcome import scenario_or_error
        from cmsource.reading.saved_files import Archive
        from cmsource.reading.saved_runs import OneResult
        from cmsource.reading.scenario_names import SUFFIXES

        if str(path) == "-":
            kept = self.input.as_file()
            with kept.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            if not data.strip() or data.lstrip().startswith((b"{", b"[")):
                return Archive(kept, self.input.name)
            reading = read_bytes(data, self.input.name)
        elif path.suffix.lower() in SUFFIXES:
            reading = self.read(path)
        else:
            return self.saved(path)
        return OneResult(compare(scenario_or_error(reading)))

    def write(
        self,
        report: "Report",
        form: "AnyFormat",
        *,
        details: bool = False,
        to: Path | None = None,
    ) -> None:
        """Write a report in a format.

        Args:
            report: it must have the part that the format writes.
            form: the format.
            details: whether folded sections are shown.
            to: the file that gets it; None for standard output.

        Raises:
            typer.BadParameter: the file cannot be written.
        """
        from cmsource.writers.formats import pieces
        from cmsource.writers.page import Page

        colour = self.out.colour and to is None
        page = Page(self.out.width, colour, details, language=self.language_of(form))
        with self.output(to) as write:
            for text in pieces(report, form, page):
                write(text)

    def repository(self) -> "Repository":
        """The repository that this folder is in."""
        from cmsource.cli.repository import Repository

        return Repository(self._project)

    def clear(self) -> None:
        """Begin with an empty screen, where results go to a terminal."""
        if self.out.is_terminal:
            self.out.console().clear()

    def show(self, text: str) -> None:
        """Write a result to standard output."""
        self.out.stream.write(text)
        self.out.stream.flush()

    @contextlib.contextmanager
    def output(
        self, path: Path | None, *, at_once: bool = False
    ) -> Iterator[Callable[[str], None]]:
        """What to write a result with, piece by piece: to a file, whole or not at all, or shown.

        Args:
            path: the file; None for standard output.
            at_once: whether nothing is shown before all of it is known, as what may still be
                refused on the way.

        Raises:
            typer.BadParameter: the file cannot be written.
        """
        if path is None and not at_once:
            yield self.show
            return
        from cmsource.cli.files import WholeFile, shown_at_once

        if path is None:
            with shown_at_once(self.show) as write:
                yield write
            return
        with self.files.writing(path), WholeFile(path) as file:
            yield file.write

    def write_file(self, path: Path, content: str | bytes) -> None:
        """Write a file whole or not at all.

        Raises:
            typer.BadParameter: it cannot be written, or is read here.
        """
        from cmsource.cli.files import write_file

        with self.files.writing(path):
            write_file(path, content)

    def say(self, text: str) -> None:
        """Tell one sentence on a line of its own, in the language of all that is told."""
        self.tell(f"{self.language.of(text)}\n")

    def tell(self, text: str) -> None:
        """Write what is not a result to standard error, if that can be written."""
        self.err.stream.write(text)
        self.err.stream.flush()

    def show_diagnostics(self, diagnostics: Sequence[Diagnostic], *, counted: bool = True) -> None:
        """Write diagnostics to standard error, if there are any, and how many there are."""
        if not diagnostics:
            return
        from cmsource.reports.diagnostics import DiagnosticsReport
        from cmsource.writers.formats import Format, written
        from cmsource.writers.page import Page

        form = Format.JSON if self.as_json else Format.TABLE
        page = Page(self.err.width, self.err.colour, language=self.language)
        self.tell(written(DiagnosticsReport(diagnostics, counted), form, page))
