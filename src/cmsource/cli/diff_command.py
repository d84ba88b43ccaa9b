"""``cmsource diff``: what changed between two results, and why."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.writers.formats import Format, pieces

if TYPE_CHECKING:
    from cmsource.reading.saved_runs import Results


def command(
    context: typer.Context,
    old: Annotated[
        Path,
        flags.argument("OLD", "Results as JSON, from before, or a scenario; - for standard input."),
    ],
    new: Annotated[
        Path,
        flags.argument("NEW", "Results as JSON, from now, or a scenario; - for standard input."),
    ],
    form: flags.Form = Format.TABLE,
    output: flags.Output = None,
    details: Annotated[
        bool, flags.switch("--details", "Every value and every cost that differs.", flags.OUTPUT)
    ] = False,
    exit_code: flags.ExitCode = False,
) -> None:
    """What changed between two results, scenario by scenario, and why.

    Takes what `compare --format json` and `batch --format json` or jsonl write, and scenarios,
    which are then compared. Scenarios are matched by their files, else by their names.

    Example: cmsource diff main.json branch.json --format markdown
    """
    from cmsource.analysis.checks.difference import difference
    from cmsource.reading.saved_runs import paired
    from cmsource.reports.batch import COMMENT_LIMIT
    from cmsource.reports.diff import Changes, DiffReport, DiffSummary, Unpaired
    from cmsource.writers.page import Page

    environment: Environment = context.obj
    pairs = paired(*_sides(environment, old, new))
    invalid = list(pairs.unusable())
    unpaired = Unpaired(pairs.added, pairs.removed, invalid, pairs.turned())
    changes = Changes((difference(was, now) for was, now in pairs.results()), unpaired)
    report: DiffReport | DiffSummary = DiffReport(changes, details=details)
    if form is Format.MARKDOWN:
        report = DiffSummary(changes, details)
    screen = environment.out
    colour = output is None and screen.colour
    page = Page(screen.width, colour, details, COMMENT_LIMIT, environment.language_of(form))
    with environment.output(output, at_once=True) as out:  # a late result may be no result
        for text in pieces(report, form, page):
            out(text)
    raise typer.Exit(int(exit_code and changes.differs))


def _sides(environment: Environment, *paths: Path) -> "list[Results]":
    """The results of each side.

    Raises:
        ScenarioError: one cannot be read; the error says what is wrong with any of them.
    """
    found: list[Results] = []
    wrong: list[Diagnostic] = []
    for path in paths:
        try:
            found.append(environment.results(path))
        except ScenarioError as error:
            wrong += error.diagnostics
    if wrong:
        raise ScenarioError(wrong)
    return found
