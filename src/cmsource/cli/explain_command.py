"""``cmsource explain``: the ledger."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, show_what_is_taken, width


def command(
    scenario: flags.File,
    option: Annotated[
        str, typer.Argument(help="The option; the recommended one, else all, when left out.")
    ] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    every: Annotated[bool, typer.Option("--all", help="Explain every option.")] = False,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The ledger of an option: every cost with its arithmetic and its sources.

    Example: cmsource explain scenarios/boutique-24-7.yaml agency
    """
    if form not in ("text", "json"):
        raise flags.usage(f"--format is text or json, not {form!r}")
    from cmsource.analysis.selection import restricted
    from cmsource.model.compare import compare
    from cmsource.output.explain import explain_json, explain_text
    from cmsource.reading.load import read_scenario

    reading = read_scenario(scenario, set_ or (), root)
    if reading.scenario is None:
        show_diagnostics(reading.diagnostics, as_json=form == "json")
        raise typer.Exit(2)
    show_what_is_taken(reading.scenario.warnings, as_json=form == "json")
    if option:
        chosen, diagnostics = restricted(reading.scenario, [option])
        if chosen is None:
            show_diagnostics(diagnostics, as_json=form == "json")
            raise typer.Exit(2)
    result = compare(reading.scenario)
    names = list(result.options)
    if option:
        names = [option]
    elif result.recommended is not None and not every:
        names = [result.recommended]
    if form == "json":
        show(explain_json(result, names))
    else:
        show(explain_text(result, names, width=width(), colour=colour()))
