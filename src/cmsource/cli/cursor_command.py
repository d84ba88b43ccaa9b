"""``cmsource cursor``: how much to do in-house and how much outside."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, show_what_is_taken, width
from cmsource.writers.formats import Format, Report, written
from cmsource.writers.page import Page

FORMATS = tuple(Format)


def command(  # noqa: PLR0917 - one for each flag
    scenario: flags.File,
    outside: Annotated[
        str, typer.Option(metavar="SOURCE", help="The agency or freelancer; else the first.")
    ] = "",
    inside: Annotated[
        str, typer.Option(metavar="SOURCE", help="The employee or colleague; else the first.")
    ] = "",
    hours: Annotated[
        str,
        typer.Option(
            metavar="LIST",
            help="Steps of in-house hours a week, such as 5,10,17.5; else half-days.",
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            metavar="LIST", help="Move it for each activity instead, such as content,messages."
        ),
    ] = "",
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, markdown, csv, json or svg.")
    ] = "table",
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Where to put the cursor: from all outside to all in-house, what each step costs and covers.

    Example: cmsource cursor scenarios/boutique-24-7.yaml --inside colleague
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    amounts = _numbers(hours)
    activities = [name.strip() for name in by.split(",") if name.strip()]
    if by and not activities:
        raise flags.usage("--by takes activities, such as content,messages")
    if activities and len(amounts) > 1:
        raise flags.usage("with --by, --hours is one number: the hours that are shared out")
    from cmsource.reading.load import read_scenario

    reading = read_scenario(scenario, set_ or (), root)
    if reading.scenario is None:
        show_diagnostics(reading.diagnostics, as_json=form == "json")
        raise typer.Exit(2)
    show_what_is_taken(reading.scenario.warnings, as_json=form == "json")
    report: Report
    if activities:
        from cmsource.analysis.cursor.mixes import mixes
        from cmsource.reports.mixes import MixesReport

        share_out = amounts[0] if amounts else None
        sets = mixes(reading.scenario, activities, outside, inside, share_out)
        report = MixesReport(reading.scenario, sets)
    else:
        from cmsource.analysis.cursor.cursor import cursor
        from cmsource.reports.cursor import CursorReport

        found = cursor(reading.scenario, outside, inside, amounts)
        report = CursorReport(reading.scenario, found)
    show(written(report, Format(form), Page(width(), colour())))


def _numbers(text: str) -> list[float]:
    """Hours a week separated by commas; leaves with status 2 when one is none."""
    found = []
    for part in text.split(",") if text else ():
        try:
            number = float(part.strip().removesuffix("h"))
        except ValueError:
            number = float("nan")
        if not 0 < number < float("inf"):
            raise flags.usage(
                f"--hours: {part.strip()[:40]!r} is no number of hours; write --hours 5,10,17.5"
            )
        found.append(number)
    return found
