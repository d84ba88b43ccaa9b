"""``cmsource sensitivity``: which input moves the answer."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, show_what_is_taken, width
from cmsource.cli.progress import bar
from cmsource.writers.formats import Format, Report, written
from cmsource.writers.page import Page

FORMATS = tuple(Format)
_MOST_STEPS = 100


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    scenario: flags.File,
    by: Annotated[
        str, typer.Option("--by", metavar="SHARE", help="How far inputs move: 20% by default.")
    ] = "20%",
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="PATH",
            help="Only this input, or those below it: --on sources.agence. Can be repeated.",
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option",
            metavar="NAME",
            help="Option to show, instead of the recommended one and its runner-up. "
            "Can be repeated.",
        ),
    ] = None,
    figure: Annotated[
        str, typer.Option("--figure", metavar="FIGURE", help="What to look at: total, watched, …")
    ] = "total",
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=0, help="How many inputs people are shown.")
    ] = 10,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--grid",
            metavar="PATH1 PATH2",
            help="A table of two inputs moved together: the recommended option in each cell.",
        ),
    ] = None,
    steps: Annotated[
        int,
        typer.Option("--steps", metavar="N", help="Values of each input in such a table."),
    ] = 5,
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, markdown, csv, json or svg.")
    ] = "table",
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Which input moves the answer: each one moved by itself, what it costs and what it flips.

    Example: cmsource sensitivity scenarios/boutique-24-7.yaml --on sources.agence
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    if not 2 <= steps <= _MOST_STEPS:
        raise flags.usage(f"--steps goes from 2 to {_MOST_STEPS}, not {steps}")
    if pair is not None and pair[0] == pair[1]:
        raise flags.usage(f"--grid takes two different inputs, not {pair[0]!r} twice")
    share = _share(by)
    from cmsource.reading.load import read_scenario
    from cmsource.scenario.figures import measured

    if figure not in measured():
        raise flags.usage(f"--figure is one of {', '.join(measured())}, not {figure!r}")
    reading = read_scenario(scenario, set_ or (), root)
    if reading.scenario is None:
        show_diagnostics(reading.diagnostics, as_json=form == "json")
        raise typer.Exit(2)
    show_what_is_taken(reading.scenario.warnings, as_json=form == "json")
    with ExitStack() as stack:

        def step(count: int) -> Callable[[], None]:
            return stack.enter_context(bar(count, "moving inputs"))

        report: Report
        if pair is not None:
            from cmsource.analysis.sensitivity.grid import grid
            from cmsource.reports.grid import GridReport

            cells = grid(reading.scenario, *pair, by=share, steps=steps, figure=figure, step=step)
            report = GridReport(reading.scenario, cells)
        else:
            from cmsource.analysis.sensitivity.sensitivity import sensitivity
            from cmsource.reports.sensitivity import SensitivityReport

            found = sensitivity(
                reading.scenario,
                by=share,
                on=on or (),
                figure=figure,
                options=option or (),
                step=step,
            )
            report = SensitivityReport(reading.scenario, found, top)
    show(written(report, Format(form), Page(width(), colour())))


def _share(text: str) -> float:
    """How far to move, from the flag; leaves with status 2 when it is no share."""
    from cmsource.values.quantities import QuantityError
    from cmsource.values.readers import Share

    try:
        return Share().read(text, "")
    except QuantityError as error:
        raise flags.usage(f"--by: {error.message}; write --by 20%") from None
