"""``cmsource compare``: the main job."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, width
from cmsource.cli.progress import track
from cmsource.reports.compare import CompareReport
from cmsource.results.comparison import Comparison
from cmsource.values.diagnostics import Diagnostic
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page

FORMATS = tuple(Format)


def command(
    scenarios: flags.Files,
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, markdown, csv, json or svg.")
    ] = "table",
    only: Annotated[
        str, typer.Option("--only", metavar="OPTIONS", help="Only these: --only hire,agency.")
    ] = "",
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="FIGURE",
            help="Order of the options: rank (eligible, then total), file, total, or a figure "
            "such as watched. Tables come by rank, json and csv in the file's order.",
        ),
    ] = "",
    details: Annotated[
        bool, typer.Option("--details", help="Every assumption and the figures behind the table.")
    ] = False,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """What every option costs and covers, and which one to take.

    Example: cmsource compare scenarios/boutique-24-7.yaml --only hire,agency
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    from cmsource.analysis.advice import advised
    from cmsource.analysis.checks.expectations import failed_expectations
    from cmsource.analysis.selection import ordered, orders, restricted
    from cmsource.model.compare import compare
    from cmsource.reading.load import read_scenario

    if sort and sort not in orders():
        raise flags.usage(f"--sort is one of {', '.join(orders())}, not {sort!r}")
    order = sort or ("rank" if form not in ("json", "csv") else "file")
    names = [name.strip() for name in only.split(",") if name.strip()]
    results: list[Comparison] = []
    unmet: list[Diagnostic] = []
    failed = False
    for path in track(scenarios, "comparing"):
        reading = read_scenario(path, set_ or (), root)
        diagnostics = reading.diagnostics
        scenario = reading.scenario
        if scenario is not None and names:
            scenario, diagnostics = restricted(scenario, names)
        if scenario is None:
            failed = True
            show_diagnostics(diagnostics, as_json=form == "json")
            continue
        if form == "csv":
            # The other formats carry the warnings themselves.
            show_diagnostics(scenario.warnings)
        result = compare(scenario)
        if not names:
            # among some of the options, another one may be recommended than was expected of all
            unmet += failed_expectations(result, scenario.expect)
        if form != "csv":
            result = advised(scenario, result)
        results.append(ordered(result, order))
    if results:
        report = CompareReport(results, alone=len(scenarios) == 1)
        show(written(report, Format(form), Page(width(), colour(), details)))
    if unmet:
        show_diagnostics(unmet, as_json=form == "json")
    if failed or unmet:
        raise typer.Exit(2 if failed else 1)
