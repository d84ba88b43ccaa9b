"""``cmsource best``: the cheapest organisation that does the job."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import Language, say
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.analysis.best.best import Best, Found, Search
    from cmsource.cli.cluster import Crew
    from cmsource.reading.outcome import Reading

_EFFORT = 200


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenario: flags.File,
    keep: Annotated[
        list[str] | None,
        flags.option(
            "--keep",
            "PATH",
            "What stays as it is: sources.cm (who is then part of the answer), "
            "sources.cm.hours, takes. Can be repeated.",
            flags.ANSWER,
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        flags.option(
            "--vary",
            "PATH",
            "What may change, and nothing else: sources.cm.hours, on_duty. Can be repeated.",
            flags.ANSWER,
        ),
    ] = None,
    effort: Annotated[
        int,
        flags.option(
            "--effort",
            "COUNT",
            "How many organisations to look at, about; the same effort, the same answer.",
            flags.ANSWER,
            min=1,
            max=100_000,
        ),
    ] = _EFFORT,
    jobs: flags.Jobs = 0,
    cluster: flags.Cluster = "",
    form: flags.Form = Format.TABLE,
    output: Annotated[
        Path | None,
        flags.option(
            "--output",
            "FILE",
            "Write a scenario there that has the answer.",
            flags.OUTPUT,
            also="-o",
            callback=flags.a_file,
        ),
    ] = None,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The cheapest organisation that does the job: who, how many hours, when, and for what work.

    Example: cmsource best scenarios/boutique-24-7.yaml --keep sources.colleague.hours
    """
    from cmsource.analysis.best.best import Search
    from cmsource.cli.cluster import crew
    from cmsource.reading.outcome import scenario_or_error
    from cmsource.reports.best import BestReport

    environment: Environment = context.obj
    read = environment.reader(scenario, root)
    reading = read(set_ or ())
    chosen = scenario_or_error(reading)
    environment.show_diagnostics([each for each in reading.diagnostics if each.code == "W407"])
    search = Search(chosen, keep=keep or (), vary=vary or (), effort=effort)
    # Other systems would have to read the scenario again in each process.
    with crew(environment, jobs if sys.platform == "linux" else 1, cluster) as team:
        while search.pieces:
            search.take(_worked_out(environment, search, team))
    found = search.result()
    if output is not None:
        base = "" if set_ else _below(scenario, output)
        environment.write_file(
            output, _scenario(found, base, read, set_ or (), environment.language)
        )
    environment.write(BestReport(found), form)


def _worked_out(environment: Environment, search: "Search", team: "Crew") -> "list[Found]":
    """The pieces of a round, in order."""
    from cmsource.cli.progress import track

    def again(number: int, _: str) -> "Found":
        return search.piece(number)

    workers = team.workers(search.piece, again, search.pieces)
    with contextlib.closing(workers.results()) as results:
        return list(track(environment, results, search.pieces, say("searching")))


def _scenario(
    found: "Best",
    base: str,
    read: "Callable[[Sequence[str]], Reading]",
    overrides: Sequence[str],
    language: Language,
) -> str:
    """A scenario that has the answer as an option: the file with one more, or all of it in full.

    Args:
        found: the answer.
        base: the way to the file, where it can be extended; "" where it cannot.
        read: reads it, with values that replace its own.
        overrides: those that were asked for.
        language: of the comments.
    """
    from cmsource.reports.option_text import option_text
    from cmsource.writers.yaml import to_yaml

    option = option_text(found.name, found.written) if found.written else ""
    if base:
        # What the scenario expects is of its own options.
        return f"extends: {json.dumps(base, ensure_ascii=False)}\nexpect: ~\n{option}"
    more = ["expect=~"]
    if found.written:
        more.append(f"options.{found.name}={json.dumps(found.written, ensure_ascii=False)}")
    tree = read([*overrides, *more]).tree
    assert tree is not None
    return to_yaml(tree, language)


def _below(path: Path, output: Path) -> str:
    """The way from the folder of a file to one that it may extend; "" where there is none."""
    if str(path) == "-" or not path.is_file():
        return ""
    way = os.path.relpath(path.resolve(), output.resolve().parent)
    return "" if way.startswith("..") else way
