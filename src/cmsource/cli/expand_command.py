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
    from cmsource.reading.outcome import scenario_or_error
    from cmsource.writers.yaml import to_yaml

    environment: Environment = context.obj
    reading = environment.read(scenario, set_, root)
    scenario_or_error(reading)
    assert reading.tree is not None
    environment.show(to_yaml(reading.tree, environment.language))
