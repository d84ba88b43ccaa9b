"""What ``cmsource compare`` does once: reads, compares, writes, and says what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cmsource.analysis.advice import advised
from cmsource.analysis.checks.expectations import failed_expectations
from cmsource.analysis.selection import ordered, restricted
from cmsource.cli.environment import Environment
from cmsource.cli.progress import track
from cmsource.model.compare import compare
from cmsource.reading.outcome import Reading, scenario_or_error
from cmsource.reports.compare import CompareReport
from cmsource.results.comparison import Comparison
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import say
from cmsource.writers.formats import ComparisonFormat

if TYPE_CHECKING:
    from cmsource.reports.what_if import WhatIfReport

_TABLE, _CSV = ComparisonFormat.TABLE, ComparisonFormat.CSV
_JSON, _XLSX = ComparisonFormat.JSON, ComparisonFormat.XLSX


class Asked(NamedTuple):
    """What a command line asks of `compare`.

    Attributes:
        scenarios: the files.
        names: the options to compare; all when empty.
        form: how the answer is written.
        output: the file that gets it; None for standard output.
        order: of the options.
        details: whether folded sections are shown.
        overrides: texts after ``--set``.
        root: the folder tree to which ``extends`` is confined.
        what_if: whether the answer without the overrides stands beside.
    """

    scenarios: Sequence[Path]
    names: Sequence[str]
    form: ComparisonFormat
    output: Path | None
    order: str
    details: bool
    overrides: Sequence[str]
    root: Path | None
    what_if: bool


class Comparing:
    """A comparison that can be made again.

    Args:
        environment: where it reads from and writes to.
        asked: what is asked for.

    Attributes:
        files: those that were read the last time, or looked for.
        results: what came out the last time, of the scenarios that are valid.
    """

    def __init__(self, environment: Environment, asked: Asked) -> None:
        self._environment = environment
        self._asked = asked
        self.files: list[Path] = list(asked.scenarios)
        self.results: list[Comparison] = []

    def once(self) -> int:
        """Compare and write; the exit status.

        Raises:
            typer.BadParameter: the answer cannot be written.
        """
        asked, environment = self._asked, self._environment
        self.files, self.results = list(asked.scenarios), []
        found: list[Diagnostic] = []
        befores: list[Comparison] = []
        scenario: Scenario | None = None
        status = 0
        scenarios = asked.scenarios
        for path in track(environment, scenarios, len(scenarios), say("comparing")):
            try:
                read = environment.reader(path, asked.root)
                scenario = self._scenario(read(asked.overrides))
                before = self._scenario(read(())) if asked.what_if else None
            except ScenarioError as error:
                status = 2
                found += error.diagnostics
                continue
            result = compare(scenario, details=asked.form is _JSON)
            if asked.form is _CSV:
                # The other formats carry the warnings themselves.
                found += result.warnings
            if not asked.names and not asked.what_if:
                # Among some of the options, another one may be recommended than was expected of
                # all; and what is asked of a file is asked of it as it is.
                unmet = failed_expectations(result, scenario.expect)
                status = status or int(bool(unmet))
                found += unmet
            self.results.append(self._whole(scenario, result))
            if before is not None:
                earlier = compare(before, details=asked.form is _JSON)
                befores.append(self._whole(before, earlier))
        if self.results:
            self._write(befores, scenario, read)
        environment.show_diagnostics(found)
        return status

    def _scenario(self, reading: Reading) -> Scenario:
        """The scenario that was read, with the options that are asked for.

        Raises:
            ScenarioError: it is not valid, or has no such options.
        """
        self.files += [Path(file) for file in reading.files]
        scenario = scenario_or_error(reading)
        return restricted(scenario, self._asked.names) if self._asked.names else scenario

    def _whole(self, scenario: Scenario, result: Comparison) -> Comparison:
        """A result with what its format shows."""
        asked = self._asked
        if asked.form is not _CSV:
            result = advised(scenario, result)
        return ordered(result, asked.order)

    def _write(
        self,
        befores: Sequence[Comparison],
        scenario: Scenario | None,
        read: Callable[[Sequence[str]], Reading],
    ) -> None:
        asked, environment = self._asked, self._environment
        if asked.output is not None and asked.form is _XLSX and scenario is not None:
            again = self._again(read)
            _write_workbook(environment, scenario, self.results[0], again, asked.output)
            return
        alone = len(asked.scenarios) == 1
        in_full = asked.details or asked.form is not _TABLE
        report: CompareReport | WhatIfReport = CompareReport(self.results, alone, in_full)
        if asked.what_if:
            report = _beside(befores, self.results, alone)
        environment.write(report, asked.form, details=asked.details, to=asked.output)

    def _again(
        self, read: Callable[[Sequence[str]], Reading]
    ) -> Callable[[Mapping[str, str]], Scenario]:
        """What reads a scenario again with other values beside those that the flags give."""

        def again(values: Mapping[str, str]) -> Scenario:
            more = (f"{path}={text}" for path, text in values.items())
            return self._scenario(read([*self._asked.overrides, *more]))

        return again


def _beside(
    befores: Sequence[Comparison], results: Sequence[Comparison], alone: bool
) -> "WhatIfReport":
    """Results beside those without the overrides."""
    from cmsource.analysis.checks.difference import difference
    from cmsource.reports.what_if import WhatIf, WhatIfReport

    pairs = zip(befores, results, strict=True)
    return WhatIfReport([WhatIf(was, now, difference(was, now)) for was, now in pairs], alone)


def _write_workbook(
    environment: Environment,
    scenario: Scenario,
    result: Comparison,
    again: Callable[[Mapping[str, str]], Scenario],
    output: Path,
) -> None:
    """Write a comparison as a workbook.

    Raises:
        typer.BadParameter: the file cannot be written.
    """
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.analysis.links import links
    from cmsource.reports.workbook import WorkbookReport
    from cmsource.writers.formats import packed
    from cmsource.writers.page import Page

    report = WorkbookReport(scenario, result, links(scenario, again), weeks(scenario))
    page = Page(language=environment.language)
    environment.write_file(output, packed(report, ComparisonFormat.XLSX, page))
