"""Where the rows of a batch go: a format, a file or the screen, the job's summary, the status."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, tell, width
from cmsource.cli.progress import bar
from cmsource.cli.whole_file import WholeFile
from cmsource.output.batch import Format
from cmsource.results.rows import Row, Tally

FORMATS = ("table", "json", "jsonl", "csv", "markdown", "junit", "github")
DETAILED = ("json", "jsonl")
"""Formats that hold the whole comparison of every scenario."""

_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
_STEP_SUMMARY_LIMIT = 1_000_000


class Destination(NamedTuple):
    """What is written, and where.

    Attributes:
        form: one of `FORMATS`.
        file: the file; None for standard output.
        summary: whether to add Markdown to the summary of the CI job.
        baseline: whether rows say what changed.
        shard: which part this is, and of how many.
        save: a second file, which gets the results as JSON whatever the format.
    """

    form: str
    file: Path | None
    summary: bool
    baseline: bool
    shard: tuple[int, int] | None = None
    save: Path | None = None


def checked_format(form: str) -> str:
    """A name of `FORMATS`; anything else is a mistake of usage."""
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    return form


def write_batch(rows: Iterable[tuple[Row, str]], count: int, tally: Tally, to: Destination) -> int:
    """Write every row, and give the exit status.

    Args:
        rows: each row, and its comparison as JSON ("" when the format needs none).
        count: how many there are.
        tally: counts them.
        to: what to write, and where.
    """
    form = _format(to, to.form)
    saved = _format(to, "json")
    summary = _summary_format(to)
    # Standard error tells what failed, unless standard output shows it to the same eyes.
    told = to.file is None and to.form in ("table", "github")
    failures: list[str] = []
    try:
        with ExitStack() as stack:
            save = None if to.save is None else stack.enter_context(WholeFile(to.save))
            out = stack.enter_context(WholeFile(to.file))
            streaming = to.file is None and to.form not in ("table", "markdown", "junit")
            step = stack.enter_context(
                bar(count, "comparing", quiet=streaming and sys.stdout.isatty())
            )
            out.write(form.start())
            if save is not None:
                save.write(saved.start())
            for row, comparison in rows:
                tally.add(row)
                out.write(form.row(row, comparison))
                if save is not None:
                    save.write(saved.row(row, comparison))
                if summary is not None:
                    summary.row(row, "")
                if not told:
                    failures += _failures(row)
                step()
            for text in form.end(tally):
                out.write(text)
            if save is not None:
                for text in saved.end(tally):
                    save.write(text)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or (to.file is None and to.save is None):
            raise
        names = " or ".join(str(file) for file in (to.file, to.save) if file is not None)
        raise flags.usage(f"{names} cannot be written: {error.strerror or error}") from None
    if summary is not None:
        _append_summary(summary.end(tally))
    if not told:
        from cmsource.output.batch import counts

        tell("".join([*(f"{text}\n" for text in failures), counts(tally), "\n"]))
    return tally.exit_status


def _format(to: Destination, form: str) -> Format:
    if form in DETAILED:
        from cmsource.output.batch import JsonFormat, JsonLinesFormat

        if form == "json":
            return JsonFormat(to.shard, baseline=to.baseline)
        return JsonLinesFormat()
    if form == "csv":
        from cmsource.output.batch import CsvFormat

        return CsvFormat()
    if form == "markdown":
        from cmsource.output.batch_markdown import MarkdownFormat

        return MarkdownFormat(baseline=to.baseline)
    if form == "junit":
        from cmsource.output.junit import JunitFormat

        return JunitFormat()
    if form == "github":
        from cmsource.output.github import GithubFormat

        return GithubFormat(baseline=to.baseline)
    from cmsource.output.batch_table import TableFormat

    painted = to.file is None and colour()
    return TableFormat(width=width(), colour=painted, baseline=to.baseline)


def _failures(row: Row) -> Iterator[str]:
    from cmsource.output.batch_table import failures_text

    text = failures_text(row, width=width(sys.stderr), colour=colour(sys.stderr))
    if text:
        yield text


def _summary_format(to: Destination) -> Format | None:
    if not to.summary or not os.environ.get(_STEP_SUMMARY):
        return None
    from cmsource.output.batch_markdown import MarkdownFormat

    path = Path(os.environ[_STEP_SUMMARY])
    used = path.stat().st_size if path.exists() else 0
    return MarkdownFormat(limit=max(0, _STEP_SUMMARY_LIMIT - used), baseline=to.baseline)


def _append_summary(texts: Iterable[str]) -> None:
    try:
        with Path(os.environ[_STEP_SUMMARY]).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write("".join(texts))
    except OSError as error:
        tell(f"warning: the summary of the job cannot be written: {error.strerror or error}\n")


def finished(status: int) -> None:
    """Leave with an exit status when it is not 0."""
    if status:
        raise typer.Exit(status)
