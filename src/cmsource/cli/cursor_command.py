"""``cmsource cursor``: how much to do in-house and how much outside."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.writers.formats import Format, Report


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenario: flags.File,
    outside: Annotated[
        str,
        flags.option(
            "--outside", "SOURCE", "The agency or freelancer; else the first.", flags.ANSWER
        ),
    ] = "",
    inside: Annotated[
        str,
        flags.option(
            "--inside", "SOURCE", "The employee or colleague; else the first.", flags.ANSWER
        ),
    ] = "",
    hours: Annotated[
        str,
        flags.option(
            "--hours",
            "LIST",
            "Steps of in-house hours a week, such as 5,10,17.5; else half-days.",
            flags.ANSWER,
        ),
    ] = "",
    by: Annotated[
        str,
        flags.option(
            "--by",
            "LIST",
            "Move it for each activity instead, such as content,messages.",
            flags.ANSWER,
        ),
    ] = "",
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Where to put the cursor: from all outside to all in-house, what each step costs and covers.

    Example: cmsource cursor scenarios/boutique-24-7.yaml --inside colleague
    """
    amounts = _numbers(hours)
    activities = flags.names(by)
    if by and not activities:
        message = say("write activities, such as content,messages")
        raise typer.BadParameter(message, param_hint="--by")
    if activities and len(amounts) > 1:
        message = say("with --by it is one number: the hours that are shared out")
        raise typer.BadParameter(message, param_hint="--hours")
    environment: Environment = context.obj
    chosen = environment.scenario(scenario, set_, root)
    report: Report
    if activities:
        from cmsource.analysis.cursor.mixes import mixes
        from cmsource.reports.mixes import MixesReport

        sets = mixes(
            chosen,
            activities,
            outside=outside,
            inside=inside,
            hours=amounts[0] if amounts else None,
        )
        report = MixesReport(chosen, sets)
    else:
        from cmsource.analysis.cursor.cursor import cursor
        from cmsource.reports.cursor import CursorReport

        found = cursor(chosen, outside=outside, inside=inside, hours=amounts)
        report = CursorReport(chosen, found)
    environment.write(report, form)


def _numbers(text: str) -> list[float]:
    """Hours a week separated by commas; an error of usage when one is none."""
    found = []
    for part in text.split(",") if text else ():
        try:
            number = float(part.strip().removesuffix("h"))
        except ValueError:
            number = float("nan")
        if not 0 < number < float("inf"):
            message = say(
                "{text} is no number of hours; write --hours 5,10,17.5",
                text=repr(part.strip()[:40]),
            )
            raise typer.BadParameter(message, param_hint="--hours")
        found.append(number)
    return found
