"""``cmsource simulate``: what the ranges of a scenario do to its answer."""

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, width

if TYPE_CHECKING:
    from cmsource.analysis.simulation.outcomes import Seen
    from cmsource.analysis.simulation.simulation import Sampling

FORMATS = ("text", "json", "csv")
_WORTH_PROCESSES = 4
"""Pieces of work from which on starting processes takes less time than it saves."""


def command(
    scenario: flags.File,
    draws: Annotated[
        int, typer.Option("--draws", "-n", metavar="COUNT", help="How many draws to make.")
    ] = 10_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="NUMBER", help="The same seed, the same draws.")
    ] = 1,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", help="Processes; 0 for one a core.")
    ] = 0,
    form: Annotated[str, typer.Option("--format", "-f", help="text, json or csv.")] = "text",
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """How sure the answer is: draws from the ranges, and how often each option is the cheapest.

    Example: cmsource simulate scenarios/boutique-24-7.yaml --set sources.agence.hourly_rate=60..90
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    if jobs < 0:
        raise flags.usage(f"--jobs is a number of processes, 0 for one a core, not {jobs}")
    from cmsource.analysis.simulation.simulation import MOST_DRAWS, Sampling

    if not 1 <= draws <= MOST_DRAWS:
        raise flags.usage(f"--draws is a number from 1 to {MOST_DRAWS}, not {draws}")
    from cmsource.output import simulation as output
    from cmsource.reading.load import read_scenario
    from cmsource.values.diagnostics import ScenarioError

    reading = read_scenario(scenario, set_ or (), root)
    if reading.scenario is None:
        show_diagnostics(reading.diagnostics, as_json=form == "json")
        raise typer.Exit(2)
    try:
        sampling = Sampling(reading.scenario, draws, seed)
    except ScenarioError as error:
        show_diagnostics(error.diagnostics, as_json=form == "json")
        raise typer.Exit(2) from None
    found = sampling.result(_pieces(sampling, jobs))
    if form == "json":
        show(output.simulation_json(found))
    elif form == "csv":
        show(output.simulation_csv(found))
    else:
        show(output.simulation_text(found, width=width(), colour=colour()))


def _pieces(sampling: "Sampling", jobs: int) -> "Iterator[list[Seen]]":
    """The draws, piece by piece and in order, worked out by several processes where it pays."""
    from cmsource.cli.progress import bar
    from cmsource.cli.workers import Workers, cores

    # Other systems would have to read the scenario again in each process.
    several = sys.platform == "linux" and sampling.pieces >= _WORTH_PROCESSES
    processes = (jobs or cores()) if several else 1

    def again(number: int, _: str) -> "list[Seen]":
        return sampling.piece(number)

    workers = Workers(sampling.piece, again, sampling.pieces, processes)
    with bar(sampling.pieces, "drawing") as step, contextlib.closing(workers.results()) as pieces:
        for piece in pieces:
            yield piece
            step()
