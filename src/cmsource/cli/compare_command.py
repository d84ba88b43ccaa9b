"""``cmsource compare``: the main job."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.progress import track
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import say
from cmsource.writers.formats import ComparisonFormat

if TYPE_CHECKING:
    from cmsource.reading.load import Reading
    from cmsource.results.comparison import Comparison
    from cmsource.scenario.scenario import Scenario

_CSV, _JSON = ComparisonFormat.CSV, ComparisonFormat.JSON


def _orders() -> list[str]:
    from cmsource.analysis.selection import orders

    return list(orders())


def _order(order: str) -> str:
    return order and flags.one_of(order, _orders())


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenarios: flags.Files,
    only: Annotated[
        str, flags.option("--only", "OPTIONS", "Only these: --only hire,agency.", flags.ANSWER)
    ] = "",
    form: flags.ComparisonForm = ComparisonFormat.TABLE,
    output: flags.Output = None,
    sort: Annotated[
        str,
        flags.option(
            "--sort",
            "FIGURE",
            "Order of the options: rank (eligible, then total), file, total, or a figure "
            "such as watched. Tables come by rank, json and csv in the file's order.",
            flags.OUTPUT,
            callback=_order,
            autocompletion=_orders,
        ),
    ] = "",
    details: Annotated[
        bool,
        flags.switch(
            "--details", "Every assumption and the figures behind the table.", flags.OUTPUT
        ),
    ] = False,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """What every option costs and covers, and which one to take.

    Example: cmsource compare scenarios/boutique-24-7.yaml --only hire,agency
    """
    from cmsource.analysis.advice import advised
    from cmsource.analysis.checks.expectations import failed_expectations
    from cmsource.analysis.selection import ordered, restricted
    from cmsource.model.compare import compare
    from cmsource.model.details import detailed
    from cmsource.reading.load import scenario_or_error
    from cmsource.reports.compare import CompareReport

    environment: Environment = context.obj
    order = sort or ("file" if form in (_JSON, _CSV) else "rank")
    names = flags.names(only)
    if form is ComparisonFormat.XLSX:
        _check_workbook(output, scenarios)
    results: list[Comparison] = []
    found: list[Diagnostic] = []
    status = 0
    for path in track(environment, scenarios, len(scenarios), say("comparing")):
        try:
            read = environment.reader(path, root)
            scenario = scenario_or_error(read(set_ or ()))
            if names:
                scenario = restricted(scenario, names)
        except ScenarioError as error:
            status = 2
            found += error.diagnostics
            continue
        result = compare(scenario)
        if form is _CSV:
            # The other formats carry the warnings themselves.
            found += result.warnings
        if not names:
            # among some of the options, another one may be recommended than was expected of all
            unmet = failed_expectations(result, scenario.expect)
            status = status or bool(unmet)
            found += unmet
        if form is not _CSV:
            result = advised(scenario, result)
        if form is _JSON:
            result = detailed(scenario, result)
        results.append(ordered(result, order))
    if results and output is not None and form is ComparisonFormat.XLSX:
        _write_workbook(environment, scenario, results[0], _again(read, set_ or (), names), output)
    elif results:
        report = CompareReport(results, alone=len(scenarios) == 1)
        environment.write(report, form, details=details, to=output)
    environment.show_diagnostics(found)
    raise typer.Exit(int(status))


def _check_workbook(output: Path | None, scenarios: Sequence[Path]) -> None:
    """Refuse what no workbook can be made for.

    Raises:
        typer.BadParameter: there is no file to write it to, or more than one scenario, or what
            writes workbooks is not installed.
    """
    if output is None:
        message = say("xlsx is a file: say which with `--output FILE.xlsx`")
        raise typer.BadParameter(message, param_hint="--format")
    if len(scenarios) > 1:
        message = say("a workbook holds one scenario: write one for each")
        raise typer.BadParameter(message, param_hint="--format")
    if find_spec("xlsxwriter") is None:
        message = say(
            "xlsx needs XlsxWriter, which is not installed: {command}",
            command="pip install 'cmsource[xlsx]'",
        )
        raise typer.BadParameter(message, param_hint="--format")


def _again(
    read: "Callable[[Sequence[str]], Reading]", set_: Sequence[str], names: Sequence[str]
) -> "Callable[[Mapping[str, str]], Scenario]":
    """What reads a scenario again with other values beside those that the flags give."""
    from cmsource.analysis.selection import restricted
    from cmsource.reading.load import scenario_or_error

    def again(values: Mapping[str, str]) -> "Scenario":
        overrides = [*set_, *(f"{path}={text}" for path, text in values.items())]
        scenario = scenario_or_error(read(overrides))
        return restricted(scenario, names) if names else scenario

    return again


def _write_workbook(
    environment: Environment,
    scenario: "Scenario",
    result: "Comparison",
    again: "Callable[[Mapping[str, str]], Scenario]",
    output: Path,
) -> None:
    """Write a comparison as a workbook.

    Raises:
        typer.BadParameter: the file cannot be written.
    """
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.analysis.links import links
    from cmsource.cli.files import write_file
    from cmsource.reports.workbook import WorkbookReport
    from cmsource.writers.formats import packed
    from cmsource.writers.page import Page

    report = WorkbookReport(scenario, result, links(scenario, again), weeks(scenario))
    page = Page(language=environment.language)
    write_file(output, packed(report, ComparisonFormat.XLSX, page))
