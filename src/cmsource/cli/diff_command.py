"""``cmsource diff``: what changed between two results, and why."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format, pieces
from cmsource.writers.page import Page


def command(
    context: typer.Context,
    old: Annotated[
        Path, flags.argument("OLD", "Results as JSON, from before; - for standard input.")
    ],
    new: Annotated[Path, flags.argument("NEW", "Results as JSON, from now; - for standard input.")],
    form: flags.Form = Format.TABLE,
    output: flags.Output = None,
    details: Annotated[
        bool, flags.switch("--details", "Every value and every cost that differs.", flags.OUTPUT)
    ] = False,
    exit_code: flags.ExitCode = False,
) -> None:
    """What changed between two results, scenario by scenario, and why.

    Takes what `compare --format json` and `batch --format json` or jsonl write.
    Scenarios are matched by their files, else by their names.

    Example: cmsource diff main.json branch.json --format markdown
    """
    from cmsource.analysis.checks.difference import difference
    from cmsource.reading.saved_runs import paired
    from cmsource.reports.batch import COMMENT_LIMIT
    from cmsource.reports.diff import Changes, DiffReport, DiffSummary, Unpaired

    environment: Environment = context.obj
    pairs = paired(environment.saved(old), environment.saved(new))
    unpaired = Unpaired(pairs.added, pairs.removed, list(pairs.unusable()))
    changes = Changes((difference(was, now) for was, now in pairs.results()), unpaired)
    report: DiffReport | DiffSummary = DiffReport(changes, details=details)
    if form is Format.MARKDOWN:
        report = DiffSummary(changes, details)
    screen = environment.out
    page = Page(screen.width, output is None and screen.colour, details, COMMENT_LIMIT)
    page = replace(page, language=environment.language_of(form))
    with environment.output(output, at_once=True) as out:  # a late result may be no result
        for text in pieces(report, form, page):
            out(text)
    raise typer.Exit(int(exit_code and changes.differs))
