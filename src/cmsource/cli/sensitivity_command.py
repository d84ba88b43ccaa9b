"""``cmsource sensitivity``: which input moves the answer."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.progress import counted
from cmsource.values.language import say
from cmsource.writers.formats import Format, Report

_MOST_STEPS = 100


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenario: flags.File,
    by: Annotated[str, flags.option("--by", "SHARE", "How far inputs move.", flags.ANSWER)] = "20%",
    on: Annotated[
        list[str] | None,
        flags.option(
            "--on",
            "PATH",
            "Only this input, or those below it: --on sources.agence. Can be repeated.",
            flags.ANSWER,
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        flags.option(
            "--option",
            "NAME",
            "Option to show, instead of the recommended one and its runner-up. Can be repeated.",
            flags.ANSWER,
        ),
    ] = None,
    figure: flags.Figure = "total",
    pair: Annotated[
        tuple[str, str] | None,
        flags.option(
            "--grid",
            "PATH1 PATH2",
            "A table of two inputs moved together: the recommended option in each cell.",
            flags.ANSWER,
        ),
    ] = None,
    steps: Annotated[
        int,
        flags.option(
            "--steps",
            "N",
            "Values of each input in such a table.",
            flags.ANSWER,
            min=2,
            max=_MOST_STEPS,
        ),
    ] = 5,
    top: Annotated[
        int, flags.option("--top", "N", "How many inputs people are shown.", flags.OUTPUT, min=0)
    ] = 10,
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Which input moves the answer: each one moved by itself, what it costs and what it flips.

    Example: cmsource sensitivity scenarios/boutique-24-7.yaml --on sources.agence
    """
    if pair is not None and pair[0] == pair[1]:
        message = say("it takes two different inputs, not {input} twice", input=repr(pair[0]))
        raise typer.BadParameter(message, param_hint="--grid")
    from cmsource.values.number_types import Share

    with flags.understood("--by", say("write --by 20%")):
        share = Share().read(by, "")
    environment: Environment = context.obj
    chosen = environment.scenario(scenario, set_, root)
    report: Report
    with counted(environment, say("moving inputs")) as bar:
        if pair is not None:
            from cmsource.analysis.sensitivity.grid import grid
            from cmsource.reports.grid import GridReport

            cells = grid(chosen, *pair, by=share, steps=steps, figure=figure, step=bar)
            report = GridReport(chosen, cells)
        else:
            from cmsource.analysis.sensitivity.sensitivity import sensitivity
            from cmsource.reports.sensitivity import SensitivityReport

            found = sensitivity(
                chosen, by=share, on=on or (), figure=figure, options=option or (), step=bar
            )
            report = SensitivityReport(chosen, found, top)
    environment.write(report, form)
