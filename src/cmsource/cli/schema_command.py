"""``cmsource schema``: the JSON Schema of scenarios."""

from cmsource.cli.environment import show


def command() -> None:
    """Print the JSON Schema of scenarios, for completion and help in editors.

    Example: cmsource schema > scenario.schema.json
    """
    from cmsource.output.schema import schema_text

    show(schema_text())
