"""``cmsource merge``: the parts of a sharded batch as one."""

from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import BatchFormat


def command(
    context: typer.Context,
    parts: Annotated[
        list[Path],
        flags.argument(
            "PART", "What `cmsource batch --shard I/N --format json` wrote; - for standard input."
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
    from cmsource.reading.saved_runs import parts_in_order, removed_of, rows_in_order
    from cmsource.results.rows import Tally

    environment: Environment = context.obj
    try:
        ordered = parts_in_order([environment.saved(path) for path in parts])
    except ValueError as error:
        raise typer.BadParameter(error.args[0]) from None
    removed = removed_of(ordered)
    tally = Tally(ordered[0].header.bases, removed or ())
    # A row is checked when its turn comes: what is refused then has not shown those before it.
    to = Destination(form, output, summary, removed is not None, at_once=True)
    count = sum(map(len, ordered))
    raise typer.Exit(write_batch(environment, rows_in_order(ordered), count, tally, to))
