"""``cmsource compare``: the main job."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.progress import track
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import say
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.results.comparison import Comparison


def _orders() -> list[str]:
    from cmsource.analysis.selection import orders

    return list(orders())


def _order(order: str) -> str:
    return order and flags.one_of(order, _orders())


def command(  # noqa: PLR0917 - one for each flag
    context: typer.Context,
    scenarios: flags.Files,
    only: Annotated[
        str, flags.option("--only", "OPTIONS", "Only these: --only hire,agency.", flags.ANSWER)
    ] = "",
    form: flags.Form = Format.TABLE,
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
    order = sort or ("file" if form in (Format.JSON, Format.CSV) else "rank")
    names = flags.names(only)
    results: list[Comparison] = []
    found: list[Diagnostic] = []
    status = 0
    for path in track(environment, scenarios, len(scenarios), say("comparing")):
        try:
            scenario = scenario_or_error(environment.read(path, set_, root))
            if names:
                scenario = restricted(scenario, names)
        except ScenarioError as error:
            status = 2
            found += error.diagnostics
            continue
        result = compare(scenario)
        if form is Format.CSV:
            # The other formats carry the warnings themselves.
            found += result.warnings
        if not names:
            # among some of the options, another one may be recommended than was expected of all
            unmet = failed_expectations(result, scenario.expect)
            status = status or bool(unmet)
            found += unmet
        if form is not Format.CSV:
            result = advised(scenario, result)
        if form is Format.JSON:
            result = detailed(scenario, result)
        results.append(ordered(result, order))
    if results:
        report = CompareReport(results, alone=len(scenarios) == 1)
        environment.write(report, form, details=details)
    environment.show_diagnostics(found)
    raise typer.Exit(int(status))
