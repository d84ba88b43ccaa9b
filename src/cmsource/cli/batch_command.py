"""``cmsource batch``: folders of scenarios, for CI."""

import contextlib
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.writers.formats import BatchFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmsource.analysis.checks.rules import Rule
    from cmsource.cli.batch_job import Job
    from cmsource.cli.cluster import Crew
    from cmsource.reading.saved_files import Archive

RULES = say("What must hold")
"""The panel of flags that say what fails."""

Save = Annotated[
    Path | None,
    flags.option(
        "--save",
        "FILE",
        "Write the results as JSON there too, for a later baseline.",
        flags.OUTPUT,
        callback=flags.a_file,
    ),
]
FailOn = Annotated[
    list[str] | None,
    flags.option(
        "--fail-on",
        "RULE",
        "no-eligible, expectation (always on), assumption-stale, a bound on the recommended "
        'option such as "total>90000", or against a baseline "increase>5%". Can be repeated.',
        RULES,
    ),
]
WarnOn = Annotated[
    list[str] | None,
    flags.option(
        "--warn-on",
        "RULE",
        "The same rules; what breaks them is told, and the run does not fail.",
        RULES,
    ),
]


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    paths: Annotated[
        list[str],
        flags.argument(
            "PATH",
            "Files, folders and patterns such as 'brands/**/*.yaml'; - for a list of them "
            "on standard input, one a line.",
        ),
    ],
    jobs: flags.Jobs = 0,
    cluster: flags.Cluster = "",
    shard: Annotated[str, flags.option("--shard", "I/N", "Only this part of the files: 3/8.")] = "",
    fail_on: FailOn = None,
    warn_on: WarnOn = None,
    baseline: Annotated[
        Path | None,
        flags.option("--baseline", "RESULTS", "Say what changed since this JSON.", RULES),
    ] = None,
    exit_code: flags.ExitCode = False,
    today: Annotated[
        str,
        flags.option("--today", "DATE", "Day from which the age of assumptions is counted.", RULES),
    ] = "",
    form: flags.BatchForm = BatchFormat.TABLE,
    output: flags.Output = None,
    save: Save = None,
    summary: flags.Summary = False,
    set_: flags.Set = None,
    root: Annotated[
        Path | None,
        flags.option(
            "--root",
            "FOLDER",
            "Folder tree that `extends` and links may use; by default the folder "
            "searched, or the file's own.",
            flags.SCENARIO,
        ),
    ] = None,
) -> None:
    """Many scenarios at once: one row each, grand totals, and at the end what failed.

    Folders are searched with all that is below them; files that others extend
    are left out. Exit status 0 when all is as asked, 1 when an expectation or
    rule did not hold, 2 when a scenario is not valid.

    Example: cmsource batch scenarios/ --fail-on no-eligible --format junit --output report.xml
    """
    from cmsource.analysis.checks.row import Checks
    from cmsource.cli.batch_job import Job
    from cmsource.cli.batch_output import DETAILED, Destination, write_batch
    from cmsource.cli.cluster import crew
    from cmsource.reading.folders import find_scenarios, shard_of
    from cmsource.results.rows import Tally

    environment: Environment = context.obj
    part = _part(shard)
    day = _day(today)
    rules = _rules(fail_on, "--fail-on", baseline)
    warned = _rules(warn_on, "--warn-on", baseline)
    if exit_code and baseline is None:
        message = say("it says whether something changed since an earlier result: add --baseline")
        raise typer.BadParameter(message, param_hint="--exit-code")
    earlier = None if baseline is None else environment.saved(baseline, replaceable=True)
    search = find_scenarios([Path(path) for path in _listed(environment, paths)], root)
    environment.files.reads(*(found.file for found in search.files), *search.bases)
    files = search.files if part is None else shard_of(search.files, *part)
    job = Job(
        files=search.files,
        overrides=tuple(set_ or ()),
        root=root,
        checks=Checks(rules, warned, day, earlier is not None),
        baseline=earlier,
        earlier={},
        detailed=form in DETAILED or save is not None,
    )
    to = Destination(form, output, summary, earlier is not None, part, save)
    with crew(environment, jobs, cluster) as found:
        gone: tuple[str, ...] = ()
        if earlier is not None:
            job, gone = _matched(job, earlier, found)
        tally = Tally(len(search.bases), gone, is_part=part is not None)
        job = job._replace(files=files)
        workers = found.workers(job.row, job.given_up, len(files))
        with contextlib.closing(workers.results()) as rows:
            status = write_batch(environment, rows, len(files), tally, to)
    raise typer.Exit(status or int(exit_code and tally.differs))


def _matched(job: "Job", earlier: "Archive", crew: "Crew") -> "tuple[Job, tuple[str, ...]]":
    """The work with what each file was in the baseline, and which files of that are gone.

    Every part of a run matches all of its files, and so all parts find the same.
    """
    from cmsource.reading.saved_runs import matched, unmatched

    def names(numbers: "Sequence[int]") -> list[str]:
        fresh = job._replace(files=[job.files[number] for number in numbers], baseline=None)
        workers = crew.workers(fresh.name, lambda *_: "", len(numbers))
        with contextlib.closing(workers.results()) as found:
            return list(found)

    found = matched(earlier, [each.file for each in job.files], names)
    numbers = {job.files[new].file: old for new, old in found.items()}
    return job._replace(earlier=numbers), unmatched(earlier, found)


def _rules(texts: list[str] | None, flag: str, baseline: Path | None) -> "tuple[Rule, ...]":
    """The rules of a flag."""
    from cmsource.analysis.checks.rules import needs_baseline, read_rules
    from cmsource.values.quantities import QuantityError

    try:
        rules = read_rules(texts or (), flag)
    except QuantityError as error:
        problem, hint = error.message, error.hint
        message = say("{problem}: {hint}", problem=problem, hint=hint) if hint else problem
        raise typer.BadParameter(message) from None
    if needs_baseline(rules) and baseline is None:
        message = say("increase compares with an earlier result: add --baseline")
        raise typer.BadParameter(message, param_hint=flag)
    return rules


def _part(text: str) -> tuple[int, int] | None:
    """A part and how many there are; None for all."""
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        message = say(
            "it is a part and a number of parts, such as 3/8, not {text}", text=repr(text)
        )
        raise typer.BadParameter(message, param_hint="--shard")
    return int(found[1]), int(found[2])


def _day(text: str) -> date:
    """A day; today when it is not given."""
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        message = say("it is a date such as 2027-01-04, not {text}", text=repr(text))
        raise typer.BadParameter(message, param_hint="--today") from None


def _listed(environment: Environment, paths: list[str]) -> list[str]:
    """The paths, those on standard input in place of ``-``."""
    found = []
    for path in paths:
        if path == "-":
            lines = environment.input.read().decode("utf-8", "surrogateescape")
            found += [line for line in lines.splitlines() if line.strip()]
        else:
            found.append(path)
    if not all(found):
        message = say("a path is empty: a variable that stands in its place may have no value")
        raise typer.BadParameter(message)
    return found
