"""``cmsource expand``: a scenario in full."""

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment


def command(
    context: typer.Context,
    scenario: flags.File,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Print a scenario in full, every default spelled out, with where each value came from.

    What it prints is a scenario that gives the same result.

    Example: cmsource expand scenarios/quick.yaml > full.yaml
    """
    from cmsource.values.diagnostics import ScenarioError
    from cmsource.writers.yaml import to_yaml

    environment: Environment = context.obj
    reading = environment.read(scenario, set_, root)
    if reading.scenario is None or reading.tree is None:
        raise ScenarioError(reading.diagnostics)
    environment.show(to_yaml(reading.tree))
