"""``cmsource expand``: a scenario in full."""

import typer

from cmsource.cli import flags
from cmsource.cli.environment import show, show_diagnostics


def command(
    scenario: flags.File,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """Print a scenario in full, every default spelled out, with where each value came from.

    What it prints is a scenario that gives the same result.

    Example: cmsource expand scenarios/quick.yaml > full.yaml
    """
    from cmsource.output.yaml import to_yaml
    from cmsource.reading.load import read_scenario

    reading = read_scenario(scenario, set_ or (), root)
    if reading.scenario is None or reading.tree is None:
        show_diagnostics(reading.diagnostics)
        raise typer.Exit(2)
    show(to_yaml(reading.tree))
