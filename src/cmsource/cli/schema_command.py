"""``cmsource schema``: the JSON Schema of scenarios."""

import typer

from cmsource.cli.environment import Environment


def command(context: typer.Context) -> None:
    """Print the JSON Schema of scenarios, for completion and help in editors.

    Example: cmsource schema > scenario.schema.json
    """
    from cmsource.scenario.schema import schema_text

    environment: Environment = context.obj
    environment.show(schema_text())
