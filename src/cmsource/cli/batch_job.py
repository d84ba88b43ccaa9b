"""What a worker of a batch does: one file to its row."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cmsource.analysis.checks.row import Checks, quick_row, row_of
from cmsource.cli.signals import status_of_end
from cmsource.model.compare import compare
from cmsource.reading.folders import Found
from cmsource.reading.load import read_scenario
from cmsource.reading.outcome import Reading
from cmsource.reading.saved_files import Archive
from cmsource.results.rows import Row
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.language import say
from cmsource.values.text import printable as safe


class Job(NamedTuple):
    """The work of a batch.

    Attributes:
        files: the files, in order.
        overrides: ``--set`` flags.
        root: the folder tree of ``extends``, instead of that of each file.
        checks: what every result is held against.
        baseline: earlier results.
        earlier: for a file that the baseline has too, the number of its result there.
        detailed: whether the comparison is wanted as JSON.
    """

    files: Sequence[Found]
    overrides: tuple[str, ...]
    root: Path | None
    checks: Checks
    baseline: Archive | None
    earlier: Mapping[str, int]
    detailed: bool

    def name(self, number: int) -> str:
        """The name of the scenario in a file; "" when it is not valid."""
        found = self.files[number]
        try:
            scenario = None if found.problem is not None else self._reading(found).scenario
        except Exception as error:  # its row will say it
            if (status := status_of_end(error)) is not None:
                raise SystemExit(status) from None
            return ""
        return "" if scenario is None else scenario.name

    def row(self, number: int) -> tuple[Row, str]:
        """The row of a file, and its comparison as JSON when that is wanted (else "")."""
        found = self.files[number]
        if found.problem is not None:
            return self._invalid(found.file, [found.problem])
        try:
            return self._compared(found)
        except ScenarioError as error:
            return self._invalid(found.file, error.diagnostics)
        except Exception as error:  # whatever it is, the other files must not suffer
            if (status := status_of_end(error)) is not None:
                raise SystemExit(status) from None
            return self._broken(found.file, f"{type(error).__name__}: {error}")

    def given_up(self, number: int, death: str) -> tuple[Row, str]:
        """The row of a file whose worker died again and again."""
        return self._broken(
            self.files[number].file, say("the process that worked on it was {death}", death=death)
        )

    def _reading(self, found: Found) -> Reading:
        root = Path(found.root) if self.root is None else self.root
        return read_scenario(Path(found.file), self.overrides, root)

    def _compared(self, found: Found) -> tuple[Row, str]:
        reading = self._reading(found)
        scenario = reading.scenario
        if scenario is None:
            return self._invalid(found.file, reading.diagnostics)
        if not self.detailed:
            quick = quick_row(scenario, self.checks)
            if quick is not None:
                return quick, ""
        result = compare(scenario, details=self.detailed)
        earlier, was_invalid = None, False
        if self.baseline is not None:
            number = self.earlier.get(found.file)
            if number is not None:
                earlier = self.baseline.comparison(number)
                was_invalid = earlier is None
        row = row_of(scenario, result, self.checks, earlier, was_invalid=was_invalid)
        if not self.detailed:
            return row, ""
        from cmsource.reports.comparison_data import comparison_data
        from cmsource.writers.json import line

        return row, line(comparison_data(result))

    def _invalid(self, file: str, diagnostics: Sequence[Diagnostic]) -> tuple[Row, str]:
        row = Row(file, "invalid", diagnostics=tuple(diagnostics))
        if self.baseline is not None:
            number = self.earlier.get(file)
            was_valid = number is not None and not self.baseline.is_invalid(number)
            row = row._replace(is_new=number is None, validity_changed=was_valid)
        return row, "null" if self.detailed else ""

    def _broken(self, file: str, what: str) -> tuple[Row, str]:
        hint = say("run it alone with `cmsource compare`, and report it when it fails there too")
        message = what if safe(what) == what[:500] else safe(what)[:500]
        return self._invalid(file, [Diagnostic("E116", message, Place(file), hint)])
