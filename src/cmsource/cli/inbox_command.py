"""``cmsource inbox``: an arrival profile and volumes from a log of messages."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, tell, width, write_file

_WORTH_A_BAR = 10_000_000
"""Bytes of a log that take longer than a moment to read."""


def command(  # noqa: PLR0913 - one parameter a flag
    log: Annotated[Path, typer.Argument(help="A CSV file with a row a message.")],
    *,
    column: Annotated[
        str,
        typer.Option("--column", "-c", help="Title or number of the column with the times."),
    ] = "",
    timezone: Annotated[
        str, typer.Option("--timezone", "-z", help="Count hours here, such as Europe/Paris.")
    ] = "UTC",
    naive_as: Annotated[
        str,
        typer.Option(
            "--naive-as",
            metavar="TIMEZONE",
            help="Where times that do not say their zone are from; --timezone when left out.",
        ),
    ] = "",
    dayfirst: Annotated[
        bool | None,
        typer.Option(
            "--dayfirst/--monthfirst",
            help="How to read 03/04/2017. Other dates of the log decide when left out.",
            show_default=False,
        ),
    ] = None,
    office: Annotated[
        str, typer.Option("--office", metavar="HOURS", help="Office hours.")
    ] = "mon-fri 09:00-18:00",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the profile to this CSV file."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite that file.")] = False,
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """When messages come and how many, from a log: a profile for needs.messages.

    Example: cmsource inbox export.csv --timezone Europe/Paris --output profile.csv
    """
    if form not in ("text", "json"):
        raise flags.usage(f"--format is text or json, not {form!r}")
    if output is not None:
        _refuse_to_overwrite(output, log, force=force)
    from cmsource.inbox.log import read_log
    from cmsource.inbox.profile import inbox, zone_of
    from cmsource.output.inbox import inbox_json, inbox_text, profile_csv
    from cmsource.values.diagnostics import ScenarioError
    from cmsource.values.quantities import QuantityError
    from cmsource.values.week import parse_week

    try:
        flag = "--timezone"
        zone = zone_of(timezone)
        flag = "--naive-as"
        naive = zone_of(naive_as) if naive_as else None
        flag = "--office"
        hours = parse_week(office)
    except QuantityError as error:
        raise flags.usage(f"{flag}: {error}") from None
    try:
        with _progress(log) as advance:
            tally = read_log(log, column=column, dayfirst=dayfirst, advance=advance)
    except ScenarioError as error:
        show_diagnostics(error.diagnostics, as_json=form == "json")
        raise typer.Exit(2) from None
    result = inbox(tally, zone, naive, hours)
    if output is not None:
        try:
            write_file(output, profile_csv(result))
        except OSError as error:
            reason = error.strerror or str(error)
            raise flags.usage(f"{output} cannot be written: {reason}") from None
        tell(f"wrote {output}\n")
    if form == "json":
        show(inbox_json(result))
    else:
        show(inbox_text(result, _as_named(output), width=width(), colour=colour()))


def _refuse_to_overwrite(output: Path, log: Path, *, force: bool) -> None:
    """Leave with status 2 when the file is there, unless forced; the log itself never goes."""
    try:
        there = output.exists()
        same = there and output.samefile(log)
    except OSError:
        return  # whatever is wrong with it is said when it is written or read
    if same:
        raise flags.usage(f"{output} is the log: choose another name for the profile")
    if there and not force:
        raise flags.usage(f"{output} exists: choose another name, or --force to overwrite it")


def _as_named(output: Path | None) -> str:
    """The profile file as a scenario beside it names it."""
    if output is None:
        return ""
    return output.name if output.is_absolute() or ".." in output.parts else output.as_posix()


@contextlib.contextmanager
def _progress(log: Path) -> Iterator[Callable[[int], object] | None]:
    """What to call with each number of bytes read: a bar for large logs, on a terminal only."""
    try:
        size = log.stat().st_size
    except (OSError, ValueError):
        size = 0
    if size < _WORTH_A_BAR or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True),
        transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("reading", total=size)
        yield lambda count: bar.advance(task, count)
