"""``cmsource validate``: everything that is wrong with scenarios."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import counted
from cmsource.writers.formats import Format


def command(
    context: typer.Context,
    scenarios: flags.Files,
    strict: Annotated[bool, flags.switch("--strict", "Warnings fail too.", flags.ANSWER)] = False,
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Check scenarios and show everything that is wrong with them.

    Exit status 0 when all are valid, else 2.

    Example: cmsource validate scenarios/*.yaml
    """
    from cmsource.reports.diagnostics import DiagnosticsReport

    environment: Environment = context.obj
    found: list[Diagnostic] = []
    invalid = 0
    for path in scenarios:
        reading = environment.read(path, set_, root)
        found += reading.diagnostics
        invalid += reading.scenario is None or (strict and bool(reading.diagnostics))
    if found or form is not Format.TABLE:
        environment.write(DiagnosticsReport(found), form)
    if invalid:
        if len(scenarios) > 1:
            environment.say(
                counted(
                    invalid,
                    "{count} of {all} scenarios do not pass",
                    "{count} of {all} scenarios do not pass",
                    all=len(scenarios),
                )
            )
        raise typer.Exit(2)
    if form is Format.TABLE:
        count = len(scenarios)
        environment.say(counted(count, "the scenario is valid", "all {count} scenarios are valid"))
