"""``cmsource simulate``: what the ranges of a scenario do to its answer."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.analysis.simulation.outcomes import Draw
    from cmsource.analysis.simulation.simulation import Sampling

_DRAWS, _FEWER_DRAWS = 10_000, 1_000
_MOST_DRAWS = 100_000
_WORTH_PROCESSES = 4
"""Pieces of work from which on starting processes takes less time than it saves."""


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenario: flags.File,
    draws: Annotated[
        int | None,
        flags.option(
            "--draws",
            "COUNT",
            "How many draws to make; 10,000 unless given, 1,000 with --by.",
            flags.ANSWER,
            also="-n",
            min=1,
            max=_MOST_DRAWS,
        ),
    ] = None,
    by: Annotated[
        str,
        flags.option(
            "--by",
            "SHARE",
            "Draw every number that nobody gave, too: --by 20% less or more.",
            flags.ANSWER,
        ),
    ] = "",
    seed: Annotated[
        int, flags.option("--seed", "NUMBER", "The same seed, the same draws.", flags.ANSWER)
    ] = 1,
    jobs: flags.Jobs = 0,
    cluster: flags.Cluster = "",
    form: flags.Form = Format.TABLE,
    details: Annotated[
        bool,
        flags.switch("--details", "What knowing each number is worth.", flags.OUTPUT),
    ] = False,
    save: Annotated[
        Path | None,
        flags.option(
            "--save",
            "FILE",
            "Write every draw there as CSV: its inputs, the totals and which option wins.",
            flags.OUTPUT,
            callback=flags.a_file,
        ),
    ] = None,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """How sure the answer is: draws from the ranges, and how often each option is the cheapest.

    It says which number to find out first, and what knowing it is worth.

    Example: cmsource simulate scenarios/boutique-24-7.yaml --set sources.agence.hourly_rate=60..90
    """
    from cmsource.analysis.simulation.simulation import Sampling
    from cmsource.reading.outcome import scenario_or_error
    from cmsource.reports.draws import DrawsReport
    from cmsource.reports.simulate import SimulateReport

    environment: Environment = context.obj
    widened = _share(by)
    count = draws or (_FEWER_DRAWS if widened else _DRAWS)
    read = scenario_or_error(environment.read(scenario, set_, root))
    sampling = Sampling(read, count, seed, widened)
    found = sampling.in_order(_pieces(environment, sampling, jobs, cluster))
    if save is not None:
        environment.write(DrawsReport(read, sampling.drawn, found), Format.CSV, to=save)
    environment.write(SimulateReport(sampling.summed(found)), form, details=details)


def _share(text: str) -> float:
    """By which share numbers are drawn; 0 where nothing is said.

    Raises:
        typer.BadParameter: it is no share.
    """
    from cmsource.values.number_types import Share

    if not text:
        return 0.0
    with flags.understood("--by", say("write --by 20%")):
        return float(Share().read(text, ""))


def _pieces(
    environment: Environment, sampling: "Sampling", jobs: int, cluster: str
) -> "Iterator[list[Draw]]":
    """The draws, piece by piece and in order, worked out by several processes where it pays."""
    from cmsource.cli.cluster import crew
    from cmsource.cli.progress import track

    # Other systems would have to read the scenario again in each process.
    several = sys.platform == "linux" and sampling.pieces >= _WORTH_PROCESSES

    def again(number: int, _: str) -> "list[Draw]":
        return sampling.piece(number)

    with crew(environment, jobs if several else 1, cluster) as found:
        workers = found.workers(sampling.piece, again, sampling.pieces)
        with contextlib.closing(workers.results()) as pieces:
            yield from track(environment, pieces, sampling.pieces, say("drawing"))
