"""``cmsource portfolio``: brands that share their sources."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format


def command(
    context: typer.Context,
    scenario: flags.File,
    option: Annotated[
        str,
        flags.option(
            "--option", "OPTION", "The one to show; by default the recommended one.", flags.ANSWER
        ),
    ] = "",
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Brands that share one team or agency: what each of them has of it, costs, and would alone.

    Example: cmsource portfolio scenarios/group/portfolio.yaml
    """
    from cmsource.analysis.portfolio import portfolio
    from cmsource.analysis.selection import named_options
    from cmsource.reports.portfolio import PortfolioReport

    environment: Environment = context.obj
    chosen = environment.scenario(scenario, set_, root)
    [option] = named_options(chosen, [option]) if option else ("",)
    environment.write(PortfolioReport(chosen, portfolio(chosen), option), form)
