"""``cmsource breakeven``: where two options cost the same."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.progress import counted
from cmsource.values.language import say
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.scenario.scenario import Scenario


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenario: flags.File,
    first: Annotated[str, flags.argument("A", "An option; by default the recommended one.")] = "",
    second: Annotated[str, flags.argument("B", "Another one; by default the runner-up.")] = "",
    on: Annotated[
        str,
        flags.option(
            "--on",
            "PATH",
            "The value that moves: --on sources.agence.hourly_rate. All of them without.",
            flags.ANSWER,
        ),
    ] = "",
    figure: flags.Figure = "total",
    eligible: Annotated[
        bool,
        flags.switch(
            "--eligible",
            "An option is ahead only where it meets every requirement.",
            flags.ANSWER,
        ),
    ] = False,
    low: Annotated[
        str, flags.option("--from", "VALUE", "Least value to try, with --on.", flags.ANSWER)
    ] = "",
    high: Annotated[
        str, flags.option("--to", "VALUE", "Largest value to try, with --on.", flags.ANSWER)
    ] = "",
    details: Annotated[
        bool,
        flags.switch(
            "--details",
            "Every input with a break-even, not the nearest ten.",
            flags.OUTPUT,
            also="--all",
        ),
    ] = False,
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Where two options cost the same: the values of an input at which the cheaper one changes.

    Example: cmsource breakeven scenarios/boutique-24-7.yaml hire agency --on horizon
    """
    if (low or high) and not on:
        hint = "--from" if low else "--to"
        raise typer.BadParameter(
            say("it says how far one input is moved: name it with --on"), param_hint=hint
        )
    from cmsource.analysis.breakeven.breakeven import breakeven
    from cmsource.reports.breakeven import BreakevenReport

    environment: Environment = context.obj
    chosen = environment.scenario(scenario, set_, root)
    try:
        with counted(environment, say("moving inputs")) as bar:
            result = breakeven(
                chosen,
                first,
                second,
                on=on,
                figure=figure,
                eligible=eligible,
                low=_end(chosen, on, low, "--from"),
                high=_end(chosen, on, high, "--to"),
                step=bar,
            )
    except ValueError as error:
        raise typer.BadParameter(error.args[0]) from None
    environment.write(BreakevenReport(result, asked=bool(on)), form, details=details)


def _end(scenario: "Scenario", on: str, text: str, flag: str) -> float | None:
    """An end of the range; an error of usage when the text is none."""
    if not text:
        return None
    from cmsource.analysis.inputs.inputs import number_in

    with flags.understood(flag):
        return number_in(scenario, on, text)
