"""``cmsource validate``: everything that is wrong with scenarios."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, tell, width
from cmsource.values.diagnostics import Diagnostic


def command(
    scenarios: flags.Files,
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Check scenarios and show everything that is wrong with them.

    Exit status 0 when all are valid, else 2.

    Example: cmsource validate scenarios/*.yaml
    """
    if form not in ("text", "json"):
        raise flags.usage(f"--format is text or json, not {form!r}")
    from cmsource.reading.load import read_scenario

    found: list[Diagnostic] = []
    invalid = 0
    for path in scenarios:
        reading = read_scenario(path, set_ or (), root)
        found += reading.diagnostics
        invalid += reading.scenario is None or (strict and bool(reading.diagnostics))
    if form == "json":
        from cmsource.reports.comparison_data import diagnostics_data
        from cmsource.writers.json import dumps

        show(dumps(diagnostics_data(found)))
    elif found:
        from cmsource.output.diagnostics import render

        show(render(found, colour=colour(), width=width()))
    if invalid:
        if len(scenarios) > 1:
            tell(f"{invalid} of {len(scenarios)} scenarios do not pass\n")
        raise typer.Exit(2)
    if form == "text":
        noun = "scenario is" if len(scenarios) == 1 else f"{len(scenarios)} scenarios are"
        tell(f"the {noun} valid\n" if len(scenarios) == 1 else f"all {noun} valid\n")
