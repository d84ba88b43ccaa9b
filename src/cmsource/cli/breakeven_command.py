"""``cmsource breakeven``: where two options cost the same."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, show_what_is_taken, width
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page

if TYPE_CHECKING:
    from cmsource.scenario.scenario import Scenario

FORMATS = tuple(Format)


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    scenario: flags.File,
    first: Annotated[
        str,
        typer.Argument(
            metavar="[A]", help="An option; by default the recommended one.", show_default=False
        ),
    ] = "",
    second: Annotated[
        str,
        typer.Argument(
            metavar="[B]", help="Another one; by default the runner-up.", show_default=False
        ),
    ] = "",
    on: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="PATH",
            help="The value that moves: --on sources.agence.hourly_rate. All of them without.",
        ),
    ] = "",
    figure: Annotated[
        str, typer.Option("--figure", metavar="FIGURE", help="total, or another: watched, cash, …")
    ] = "total",
    low: Annotated[
        str, typer.Option("--from", metavar="VALUE", help="Least value to try, with --on.")
    ] = "",
    high: Annotated[
        str, typer.Option("--to", metavar="VALUE", help="Largest value to try, with --on.")
    ] = "",
    details: Annotated[
        bool,
        typer.Option(
            "--details", "--all", help="Every input with a break-even, not the nearest ten."
        ),
    ] = False,
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, markdown, csv, json or svg.")
    ] = "table",
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Where two options cost the same: the values of an input at which the cheaper one changes.

    Example: cmsource breakeven scenarios/boutique-24-7.yaml hire agency --on horizon
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    if (low or high) and not on:
        raise flags.usage("--from and --to say how far one input is moved: name it with --on")
    from cmsource.analysis.breakeven.breakeven import breakeven
    from cmsource.reading.load import read_scenario
    from cmsource.reports.breakeven import BreakevenReport
    from cmsource.values.diagnostics import ScenarioError

    reading = read_scenario(scenario, set_ or (), root)
    chosen = reading.scenario
    if chosen is None:
        show_diagnostics(reading.diagnostics, as_json=form == "json")
        raise typer.Exit(2)
    show_what_is_taken(chosen.warnings, as_json=form == "json")
    try:
        result = breakeven(
            chosen,
            first,
            second,
            on=on,
            figure=figure,
            low=_end(chosen, on, low, "--from"),
            high=_end(chosen, on, high, "--to"),
        )
    except ScenarioError as error:
        show_diagnostics(error.diagnostics, as_json=form == "json")
        raise typer.Exit(2) from None
    except ValueError as error:
        raise flags.usage(str(error)) from None
    report = BreakevenReport(result, asked=bool(on))
    show(written(report, Format(form), Page(width(), colour(), details)))


def _end(scenario: "Scenario", on: str, text: str, flag: str) -> float | None:
    """An end of the range; leaves with status 2 when the text is none."""
    if not text:
        return None
    from cmsource.analysis.inputs.inputs import number_in
    from cmsource.values.quantities import QuantityError

    try:
        return number_in(scenario, on, text)
    except QuantityError as error:
        raise flags.usage(f"{flag}: {error}") from None
