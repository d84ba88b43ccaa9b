"""``cmsource batch``: folders of scenarios, for CI."""

import contextlib
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags

Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=0, help="Processes; by default one for each core."),
]
Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", help="table, json, jsonl, csv, markdown, junit or github (annotations)."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there: all of it, or nothing."),
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save", metavar="FILE", help="Write the results as JSON there too, for a later baseline."
    ),
]
Summary = Annotated[
    bool, typer.Option("--summary", help="Add Markdown to the CI job's summary, if it has one.")
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="RULE",
        help="no-eligible, expectation (always on), assumption-stale, a bound on the recommended "
        'option such as "total>90000", or against a baseline "increase>5%". Can be repeated.',
    ),
]


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders and patterns such as 'brands/**/*.yaml'."),
    ],
    form: Format = "table",
    output: Output = None,
    save: Save = None,
    jobs: Jobs = 0,
    fail_on: FailOn = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="RESULTS", help="Say what changed since this JSON."),
    ] = None,
    shard: Annotated[
        str, typer.Option("--shard", metavar="I/N", help="Only this part of the files: 3/8.")
    ] = "",
    summary: Summary = False,
    today: Annotated[
        str,
        typer.Option(
            "--today", metavar="DATE", help="Day from which the age of assumptions is counted."
        ),
    ] = "",
    set_: flags.Set = None,
    root: Annotated[
        Path | None,
        typer.Option(
            "--root",
            metavar="FOLDER",
            help="Folder tree that `extends` may use; by default the folder searched, or the "
            "file's own.",
        ),
    ] = None,
) -> None:
    """Many scenarios at once: one row each, grand totals, and at the end what failed.

    Folders are searched with all that is below them; files that others extend are left out.
    Exit status 0 when all is as asked, 1 when an expectation or rule did not hold, 2 when a
    scenario is not valid.

    Example: cmsource batch scenarios/ --fail-on no-eligible --format junit --output report.xml
    """
    from cmsource.analysis.checks.rules import needs_baseline, read_rules
    from cmsource.cli.batch_output import (
        DETAILED,
        Destination,
        checked_format,
        finished,
        write_batch,
    )
    from cmsource.values.quantities import QuantityError

    checked_format(form)
    part = _shard(shard)
    day = _day(today)
    try:
        rules = read_rules(fail_on or ())
    except QuantityError as error:
        raise flags.usage(
            f"{error.message}: {error.hint}" if error.hint else error.message
        ) from None
    if needs_baseline(rules) and baseline is None:
        raise flags.usage("--fail-on increase compares with an earlier result: add --baseline")
    from cmsource.analysis.checks.row import Standard
    from cmsource.cli.batch_job import Job
    from cmsource.cli.workers import Workers, cores
    from cmsource.reading.folders import find_scenarios, shard_of
    from cmsource.reading.saved_files import Archive
    from cmsource.results.rows import Tally

    earlier = None if baseline is None else Archive(baseline)
    search = find_scenarios([Path(path) for path in paths])
    files = search.files if part is None else shard_of(search.files, *part)
    every = frozenset(found.file for found in search.files if earlier is not None)
    job = Job(
        files=files,
        overrides=tuple(set_ or ()),
        root=root,
        standard=Standard(rules, day, earlier is not None),
        baseline=earlier,
        every=every,
        detailed=form in DETAILED or save is not None,
    )
    workers = Workers(job.row, job.given_up, len(files), jobs or cores())
    gone = () if earlier is None else [file for file in earlier.files if file not in every]
    tally = Tally(len(search.bases), gone)
    to = Destination(form, output, summary, earlier is not None, part, save)
    with contextlib.closing(workers.results()) as rows:
        status = write_batch(rows, len(files), tally, to)
    finished(status)


def _shard(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise flags.usage(f"--shard is a part and a number of parts, such as 3/8, not {text!r}")
    return int(found[1]), int(found[2])


def _day(text: str) -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise flags.usage(f"--today is a date such as 2027-01-04, not {text!r}") from None
