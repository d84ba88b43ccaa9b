"""Where the rows of a batch go: a format, a file or the screen, the job's summary, the status."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from cmsource.cli.environment import Environment
from cmsource.cli.progress import progress
from cmsource.reports.batch import (
    COMMENT_LIMIT,
    ROWS_AT_ONCE,
    BatchReport,
    BatchSummary,
    counts,
)
from cmsource.reports.batch_data import problems_of, record
from cmsource.results.rows import Row, Tally
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import say
from cmsource.values.system_errors import reason_of
from cmsource.writers import json, markdown
from cmsource.writers.formats import BatchFormat, pieces
from cmsource.writers.page import Page

DETAILED = (BatchFormat.JSON, BatchFormat.JSONL)
"""Formats that hold the whole comparison of every scenario."""

_AT_THE_END = (BatchFormat.MARKDOWN, BatchFormat.JUNIT)
"""Formats that write nothing until all is known."""

_OF_A_REPOSITORY = (BatchFormat.GITHUB, BatchFormat.GITLAB)
"""Formats for servers that know files by their paths in the repository."""

_SUMMARY_LIMIT = 1_000_000


class Destination(NamedTuple):
    """What is written, and where.

    Attributes:
        form: the format.
        file: the file; None for standard output.
        summary: whether to add Markdown to the summary of the CI job.
        baseline: whether rows say what changed.
        shard: which part this is, and of how many.
        save: a second file, which gets the results as JSON whatever the format.
        at_once: whether nothing is shown before all rows are known.
    """

    form: BatchFormat
    file: Path | None
    summary: bool
    baseline: bool
    shard: tuple[int, int] | None = None
    save: Path | None = None
    at_once: bool = False


def write_batch(
    environment: Environment,
    rows: Iterable[tuple[Row, str]],
    count: int,
    tally: Tally,
    to: Destination,
) -> int:
    """Write every row, and give the exit status.

    Args:
        environment: what is written to.
        rows: each row, and its comparison as JSON ("" when the format needs none).
        count: how many there are.
        tally: counts them.
        to: what to write, and where.
    """
    # Standard error tells what failed, unless standard output shows it to the same eyes.
    told = to.file is None and to.form in (BatchFormat.TABLE, BatchFormat.GITHUB)
    summary = _summary(environment, to, tally)
    failures: list[Diagnostic] = []
    with ExitStack() as stack:
        save = None if to.save is None else stack.enter_context(environment.output(to.save))
        out = stack.enter_context(environment.output(to.file, at_once=to.at_once))
        quiet = _is_streaming(environment, to, count)
        step = stack.enter_context(progress(environment, count, say("comparing"), quiet=quiet))

        def taken() -> Iterator[tuple[Row, str]]:
            for number, (row, comparison) in enumerate(rows):
                tally.add(row)
                if save is not None:
                    save(json.element(number, record(row, comparison)))
                if summary is not None:
                    summary.add(row)
                if not told:
                    failures.extend(problems_of(row))
                step(1)
                yield row, comparison

        report = BatchReport(taken(), tally, to.shard, baseline=to.baseline)
        if save is not None:
            save(json.begin(report))
        for text in _texts(environment, report, taken(), tally, to):
            out(text)
        if save is not None:
            save(json.end(report))
    if summary is not None:
        _append_summary(
            environment,
            markdown.write(summary, Page(limit=summary.limit, language=environment.language)),
        )
    if not told:
        environment.show_diagnostics(failures, counted=False)
        if failures:
            environment.tell("\n")
        environment.say(counts(tally))
    return tally.exit_status


def _is_streaming(environment: Environment, to: Destination, count: int) -> bool:
    """Whether rows appear on a terminal as they come, so that no bar need say how far it is."""
    at_the_end = to.form in _AT_THE_END or (to.form is BatchFormat.TABLE and count <= ROWS_AT_ONCE)
    return to.file is None and environment.out.is_terminal and not at_the_end


def _texts(
    environment: Environment,
    report: BatchReport,
    rows: Iterable[tuple[Row, str]],
    tally: Tally,
    to: Destination,
) -> Iterator[str]:
    """The rows in their format, as they come."""
    screen = environment.out
    colour = to.file is None and screen.colour
    language = environment.language_of(to.form)
    page = Page(screen.width, colour, limit=COMMENT_LIMIT, language=language)
    if to.form in _OF_A_REPOSITORY:
        page = page._replace(path_of=environment.repository().path_of)
    if to.form is not BatchFormat.MARKDOWN:
        return pieces(report, to.form, page)
    document = BatchSummary(tally, baseline=to.baseline)
    for row, _ in rows:
        document.add(row)
    return pieces(document, to.form, page)


def _summary(environment: Environment, to: Destination, tally: Tally) -> BatchSummary | None:
    path = environment.summary
    if not to.summary or path is None:
        return None
    used = 0
    with suppress(OSError):  # that it cannot be written is said when it is
        used = path.stat().st_size
    return BatchSummary(tally, baseline=to.baseline, limit=max(0, _SUMMARY_LIMIT - used))


def _append_summary(environment: Environment, text: str) -> None:
    assert environment.summary is not None
    try:
        with environment.summary.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        reason = reason_of(error)
        environment.say(
            say("warning: the summary of the job cannot be written: {reason}", reason=reason)
        )
