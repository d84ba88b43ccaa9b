"""``cmsource schema``: the JSON Schema of scenarios."""

from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.values.text import printable

_FILE = Path(__file__).parent.parent / "scenario" / "scenario.schema.json"
"""The schema as the package brings it."""


def command(
    context: typer.Context,
    path: Annotated[
        bool, flags.switch("--path", "Print where the package has it as a file, for editors.")
    ] = False,
) -> None:
    """Print the JSON Schema of scenarios, for completion and help in editors.

    Example: cmsource schema > scenario.schema.json
    """
    environment: Environment = context.obj
    if not path:
        from cmsource.scenario.schema import schema_text

        environment.show(schema_text())
        return
    environment.show(f"{printable(str(_FILE))}\n")
    from zipfile import is_zipfile

    if is_zipfile(environment.program):  # the program as one file
        environment.say(
            say(
                "warning: {program} unpacked this file, and may again elsewhere: "
                "`{command}` writes one that stays",
                program=printable(environment.program),
                command="cmsource schema > scenario.schema.json",
            )
        )
