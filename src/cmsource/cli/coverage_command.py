"""``cmsource coverage``: the week of every option."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format


def command(
    context: typer.Context,
    scenario: flags.File,
    option: Annotated[str, flags.argument("OPTION", "The option; all when left out.")] = "",
    at: Annotated[
        str, flags.option("--at", "MOMENT", 'One moment only: --at "sat 21:00".', flags.ANSWER)
    ] = "",
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The week of every option: who is there when, what stays uncovered, when messages come.

    Example: cmsource coverage scenarios/boutique-24-7.yaml hire --at "sat 21:00"
    """
    from cmsource.analysis.coverage.moment import moments
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.analysis.selection import restricted
    from cmsource.reports.coverage import CoverageReport
    from cmsource.reports.moment import MomentReport
    from cmsource.values.diagnostics import ScenarioError

    environment: Environment = context.obj
    minute = _minute(at) if at else None
    chosen = environment.scenario(scenario, set_, root)
    if option:
        fewer, diagnostics = restricted(chosen, [option])
        if fewer is None:
            raise ScenarioError(diagnostics)
        chosen = fewer
    found = weeks(chosen)
    if minute is None:
        environment.write(CoverageReport(chosen, found), form)
    else:
        report = MomentReport(chosen, moments(chosen, found, minute), minute)
        environment.write(report, form)


def _minute(text: str) -> int:
    """A minute of the week; an error of usage when the text is none."""
    from cmsource.values.quantities import QuantityError
    from cmsource.values.week_reader import parse_moment

    try:
        return parse_moment(text)
    except QuantityError as error:
        raise typer.BadParameter(str(error), param_hint="--at") from None
