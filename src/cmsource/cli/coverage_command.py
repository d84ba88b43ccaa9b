"""``cmsource coverage``: the week of every option."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format


def command(  # noqa: PLR0917 - one for each flag
    context: typer.Context,
    scenario: flags.File,
    option: Annotated[str, flags.argument("OPTION", "The option; all when left out.")] = "",
    at: Annotated[
        str, flags.option("--at", "MOMENT", 'One moment only: --at "sat 21:00".', flags.ANSWER)
    ] = "",
    month: Annotated[
        str,
        flags.option(
            "--month",
            "MONTH",
            "A month of the seasons, such as nov; else an ordinary one.",
            flags.ANSWER,
        ),
    ] = "",
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The week of every option: who is there when, what stays uncovered, when messages come.

    Example: cmsource coverage scenarios/boutique-24-7.yaml hire --at "sat 21:00"
    """
    from cmsource.analysis.coverage.moment import moments
    from cmsource.analysis.coverage.month import one_month
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.analysis.selection import restricted
    from cmsource.reports.coverage import CoverageReport
    from cmsource.reports.moment import MomentReport
    from cmsource.values.months import month_of
    from cmsource.values.week_reader import parse_moment

    environment: Environment = context.obj
    with flags.understood("--at"):
        minute = parse_moment(at) if at else None
    with flags.understood("--month"):
        which = month_of(month) if month else None
    read = environment.scenario(scenario, set_, root)
    if option:
        read = restricted(read, [option])
    chosen, season = one_month(read, which)
    found = weeks(chosen)
    if minute is None:
        environment.write(CoverageReport(chosen, found, season), form)
    else:
        report = MomentReport(chosen, moments(chosen, found, minute), minute, season)
        environment.write(report, form)
