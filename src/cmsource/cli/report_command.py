"""``cmsource report``: the whole story of one scenario, as a page."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.progress import track
from cmsource.values.language import say
from cmsource.writers.formats import Story


def command(
    context: typer.Context,
    scenario: flags.File,
    output: flags.Output = None,
    form: Annotated[
        Story,
        flags.option(
            "--format", "FORMAT", "How it is written: html, markdown.", flags.OUTPUT, also="-f"
        ),
    ] = Story.HTML,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """The whole story of a scenario: answer, week, what moves it, ledger and sources.

    Example: cmsource report scenarios/boutique-24-7.yaml --output report.html
    """
    from cmsource.analysis.advice import advised
    from cmsource.analysis.coverage.month import one_month
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.analysis.selection import ordered, restricted
    from cmsource.analysis.sensitivity.sensitivity import sensitivity
    from cmsource.model.compare import compare
    from cmsource.model.details import detailed
    from cmsource.reports.compare import CompareReport
    from cmsource.reports.coverage import CoverageReport
    from cmsource.reports.explain import ExplainReport
    from cmsource.reports.sensitivity import SensitivityReport
    from cmsource.reports.story import Chapter, StoryReport
    from cmsource.values.diagnostics import ScenarioError
    from cmsource.writers.formats import Format, pieces
    from cmsource.writers.page import Page

    environment: Environment = context.obj
    chosen = environment.scenario(scenario, set_, root)
    result = ordered(advised(chosen, compare(chosen)), "rank")
    names = [result.recommended or next(iter(result.options))]
    chapters = []
    for part in track(environment, ("week", "inputs", "ledger"), 3, say("writing")):
        if part == "week":
            shown, season = one_month(restricted(chosen, names))
            report = CoverageReport(shown, weeks(shown), season)
            chapters.append(Chapter(say("The week"), report))
        elif part == "inputs":
            try:
                moved = sensitivity(chosen)
            except ScenarioError:  # nothing in it can be moved
                continue
            chapters.append(
                Chapter(say("What moves the answer"), SensitivityReport(chosen, moved, _INPUTS))
            )
        else:
            # The answer has listed the assumptions already.
            whole = detailed(chosen, result, names)._replace(assumptions=())
            ledger = ExplainReport(whole, names)
            chapters.append(Chapter(say("The ledger"), ledger))
    story = StoryReport(CompareReport([result]), chapters)
    page = Page(details=True, language=environment.language)
    with environment.output(output) as write:
        for text in pieces(story, Format(form.value), page):
            write(text)


_INPUTS = 8
"""Inputs that are shown, those that move most."""
