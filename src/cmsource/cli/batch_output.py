"""Where the rows of a batch go: a format, a file or the screen, the job's summary, the status."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from cmsource.cli.environment import Environment
from cmsource.cli.flags import BatchFormat as Format
from cmsource.cli.progress import progress
from cmsource.output import batch as output
from cmsource.results.rows import Row, Tally

DETAILED = (Format.JSON, Format.JSONL)
"""Formats that hold the whole comparison of every scenario."""

_AT_THE_END = (Format.TABLE, Format.MARKDOWN, Format.JUNIT)
"""Formats that write nothing until all is known."""

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
    """

    form: Format
    file: Path | None
    summary: bool
    baseline: bool
    shard: tuple[int, int] | None = None
    save: Path | None = None


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
    form = _writer(environment, to, to.form)
    saved = _writer(environment, to, Format.JSON)
    summary = _summary_writer(environment, to)
    # Standard error tells what failed, unless standard output shows it to the same eyes.
    told = to.file is None and to.form in (Format.TABLE, Format.GITHUB)
    failures: list[str] = []
    with ExitStack() as stack:
        save = None if to.save is None else stack.enter_context(environment.output(to.save))
        out = stack.enter_context(environment.output(to.file))
        streaming = to.file is None and to.form not in _AT_THE_END and environment.out.is_terminal
        step = stack.enter_context(progress(environment.err, count, "comparing", quiet=streaming))
        out(form.start())
        if save is not None:
            save(saved.start())
        for row, comparison in rows:
            tally.add(row)
            out(form.row(row, comparison))
            if save is not None:
                save(saved.row(row, comparison))
            if summary is not None:
                summary.row(row, "")
            if not told:
                failures += _failures(environment, row)
            step(1)
        for text in form.end(tally):
            out(text)
        if save is not None:
            for text in saved.end(tally):
                save(text)
    if summary is not None:
        _append_summary(environment, summary.end(tally))
    if not told:
        environment.tell("".join([*(f"{text}\n" for text in failures), output.counts(tally), "\n"]))
    return tally.exit_status


def _writer(environment: Environment, to: Destination, form: Format) -> output.Format:
    if form is Format.JSON:
        return output.JsonFormat(to.shard, baseline=to.baseline)
    if form is Format.JSONL:
        return output.JsonLinesFormat()
    if form is Format.CSV:
        return output.CsvFormat()
    if form is Format.MARKDOWN:
        from cmsource.output.batch_markdown import MarkdownFormat

        return MarkdownFormat(baseline=to.baseline)
    if form is Format.JUNIT:
        from cmsource.output.junit import JunitFormat

        return JunitFormat()
    if form is Format.GITHUB:
        from cmsource.output.github import GithubFormat

        return GithubFormat(baseline=to.baseline)
    from cmsource.output.batch_table import TableFormat

    screen = environment.out
    painted = to.file is None and screen.colour
    return TableFormat(width=screen.width, colour=painted, baseline=to.baseline)


def _failures(environment: Environment, row: Row) -> Iterator[str]:
    from cmsource.output.batch_table import failures_text

    screen = environment.err
    text = failures_text(row, width=screen.width, colour=screen.colour)
    if text:
        yield text


def _summary_writer(environment: Environment, to: Destination) -> output.Format | None:
    path = environment.summary
    if not to.summary or path is None:
        return None
    from cmsource.output.batch_markdown import MarkdownFormat

    used = path.stat().st_size if path.exists() else 0
    return MarkdownFormat(limit=max(0, _SUMMARY_LIMIT - used), baseline=to.baseline)


def _append_summary(environment: Environment, texts: Iterable[str]) -> None:
    assert environment.summary is not None
    try:
        with environment.summary.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write("".join(texts))
    except OSError as error:
        reason = error.strerror or error
        environment.tell(f"warning: the summary of the job cannot be written: {reason}\n")
