"""``cmsource coverage``: the week of every option."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, show_what_is_taken, width

FORMATS = ("text", "json", "csv")


def command(
    scenario: flags.File,
    option: Annotated[
        str, typer.Argument(help="The option; all when left out.", show_default=False)
    ] = "",
    at: Annotated[
        str, typer.Option("--at", metavar="MOMENT", help='One moment only: --at "sat 21:00".')
    ] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="text, json or csv.")] = "text",
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The week of every option: who is there when, what stays uncovered, when messages come.

    Example: cmsource coverage scenarios/boutique-24-7.yaml hire --at "sat 21:00"
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    from cmsource.analysis.coverage.moment import moments
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.analysis.selection import restricted
    from cmsource.output import coverage as output
    from cmsource.output import moment as at_once
    from cmsource.reading.load import read_scenario

    minute = _minute(at) if at else None
    reading = read_scenario(scenario, set_ or (), root)
    chosen, diagnostics = reading.scenario, reading.diagnostics
    if chosen is not None and option:
        chosen, diagnostics = restricted(chosen, [option])
    if chosen is None:
        show_diagnostics(diagnostics, as_json=form == "json")
        raise typer.Exit(2)
    show_what_is_taken(chosen.warnings, as_json=form == "json")
    found = weeks(chosen)
    if minute is not None:
        there = moments(chosen, found, minute)
        if form == "json":
            show(at_once.moment_json(chosen, there, minute))
        elif form == "csv":
            show(at_once.moment_csv(there, minute))
        else:
            show(at_once.moment_text(chosen, there, minute, width=width()))
    elif form == "json":
        show(output.coverage_json(chosen, found))
    elif form == "csv":
        show(output.coverage_csv(found))
    else:
        show(output.coverage_text(chosen, found, width=width(), colour=colour()))


def _minute(text: str) -> int:
    """A minute of the week; leaves with status 2 when the text is none."""
    from cmsource.values.quantities import QuantityError
    from cmsource.values.week import parse_moment

    try:
        return parse_moment(text)
    except QuantityError as error:
        raise flags.usage(f"--at: {error}") from None
