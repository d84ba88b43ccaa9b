"""``cmsource explain``: the ledger."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format


def command(
    context: typer.Context,
    scenario: flags.File,
    option: Annotated[
        str, flags.argument("OPTION", "The option; the recommended one, else all, when left out.")
    ] = "",
    every: Annotated[bool, flags.switch("--all", "Explain every option.", flags.ANSWER)] = False,
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The ledger of an option: every cost with its arithmetic and its sources.

    Example: cmsource explain scenarios/boutique-24-7.yaml agency
    """
    from cmsource.analysis.selection import named_options
    from cmsource.model.compare import compare
    from cmsource.model.details import detailed
    from cmsource.reports.explain import ExplainReport

    environment: Environment = context.obj
    chosen = environment.scenario(scenario, set_, root)
    asked = named_options(chosen, [option] if option else [])
    result = compare(chosen)  # it is compared with all others
    names = list(asked or result.options)
    if not asked and result.recommended is not None and not every:
        names = [result.recommended]
    environment.write(ExplainReport(detailed(chosen, result, names), names), form)
