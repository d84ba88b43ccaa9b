"""``cmsource merge``: the parts of a sharded batch as one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.text import shown
from cmsource.writers.formats import BatchFormat

if TYPE_CHECKING:
    from cmsource.reading.saved_files import Archive
    from cmsource.results.rows import Row


def command(
    context: typer.Context,
    parts: Annotated[
        list[Path],
        typer.Argument(
            metavar="PART",
            help="What `cmsource batch --shard I/N --format json` wrote; - for standard input.",
            show_default=False,
        ),
    ],
    form: flags.BatchForm = BatchFormat.JSON,
    output: flags.Output = None,
    summary: flags.Summary = False,
) -> None:
    """Put the parts of a sharded batch together: the same bytes as one run would have written.

    A single file of a whole run is taken too, to show it in another format.
    Exit status as that of the one run.

    Example: cmsource merge part-*.json --output results.json
    """
    from cmsource.cli.batch_output import Destination, write_batch
    from cmsource.results.rows import Tally

    environment: Environment = context.obj
    ordered = _in_order([environment.saved(path) for path in parts])
    header = ordered[0].header
    tally = Tally(header.bases, header.removed or ())
    to = Destination(form, output, summary, header.removed is not None)
    count = sum(map(len, ordered))
    raise typer.Exit(write_batch(environment, _woven(ordered), count, tally, to))


def _in_order(archives: "Sequence[Archive]") -> "list[Archive]":
    """The parts from the first to the last, each there once."""
    if len(archives) == 1 and archives[0].is_batch and archives[0].header.shard is None:
        return list(archives)
    by_index: dict[int, Archive] = {}
    counts = set()
    for archive in archives:
        shard = archive.header.shard if archive.is_batch else None
        if shard is None:
            raise typer.BadParameter(
                f"{shown(archive.name)} is no part of a sharded batch: parts are written by "
                "`cmsource batch --shard I/N --format json`"
            )
        if shard[0] in by_index:
            both = f"{shown(by_index[shard[0]].name)} and {shown(archive.name)}"
            raise typer.BadParameter(f"{both} are both part {shard[0]}/{shard[1]}")
        by_index[shard[0]] = archive
        counts.add(shard[1])
    if len(counts) > 1:
        which = " and ".join(f"/{count}" for count in sorted(counts))
        raise typer.BadParameter(f"these parts are of different runs: {which}")
    count = counts.pop()
    missing = [f"{index}/{count}" for index in range(1, count + 1) if index not in by_index]
    if missing:
        raise typer.BadParameter(f"missing: part {', '.join(missing[:10])}")
    ordered = [by_index[index] for index in range(1, count + 1)]
    total = sum(map(len, ordered))
    for index, archive in enumerate(ordered):
        expected = len(range(index, total, count))
        if len(archive) != expected:
            raise typer.BadParameter(
                f"{shown(archive.name)} holds {len(archive)} scenarios instead of {expected}: "
                "the parts are of different runs"
            )
    return ordered


def _woven(ordered: "Sequence[Archive]") -> "Iterator[tuple[Row, str]]":
    """Rows in the order of the one run: every n-th comes from the same part."""
    rows = [archive.rows() for archive in ordered]
    for number in range(sum(map(len, ordered))):
        yield next(rows[number % len(rows)])
