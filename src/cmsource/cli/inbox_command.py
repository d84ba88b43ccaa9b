"""``cmsource inbox``: an arrival profile and volumes from a log of messages."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.inbox.direction import Direction
from cmsource.values.language import say
from cmsource.values.text import printable
from cmsource.writers.formats import Format

LOG = say("How the log is read")
"""The panel of flags about the log."""
ROWS = say("Which messages count")
"""The panel of flags that take some of its rows."""


def command(  # noqa: PLR0913 - one parameter a flag
    context: typer.Context,
    logs: Annotated[
        list[Path],
        flags.argument(
            "LOG",
            "CSV, JSON, mbox, chats, workbooks, or archives of them; - for standard input. Several "
            "files are one log.",
        ),
    ],
    *,
    column: Annotated[
        str,
        flags.option(
            "--column", "COLUMN", "Title or number of the column with the times.", LOG, also="-c"
        ),
    ] = "",
    timezone: Annotated[
        str,
        flags.option(
            "--timezone", "TIMEZONE", "Count hours here, such as Europe/Paris.", LOG, also="-z"
        ),
    ] = "UTC",
    naive_as: Annotated[
        str,
        flags.option(
            "--naive-as",
            "TIMEZONE",
            "Where times that do not say their zone are from; --timezone when left out.",
            LOG,
        ),
    ] = "",
    dayfirst: Annotated[
        bool | None,
        typer.Option(
            "--dayfirst/--monthfirst",
            help=say("How to read 03/04/2017. Other dates of the log decide when left out."),
            show_default=False,
            rich_help_panel=LOG,
        ),
    ] = None,
    since: Annotated[
        str, flags.option("--since", "DAY", "The first day that counts: 2026-01-31.", ROWS)
    ] = "",
    until: Annotated[str, flags.option("--until", "DAY", "The last day that counts.", ROWS)] = "",
    where: Annotated[
        list[str] | None,
        flags.option(
            "--where",
            "CONDITION",
            "What rows have to meet: inbound=true, channel!=email, text~refund (contains). "
            "Can be repeated.",
            ROWS,
        ),
    ] = None,
    direction: Annotated[
        Direction | None,
        flags.option(
            "--direction",
            "DIRECTION",
            "Count messages that came in, went out, or all; those that came in when left out and a "
            "column says so.",
            ROWS,
            show_default=False,
        ),
    ] = None,
    office: Annotated[
        str, flags.option("--office", "HOURS", "Office hours.", flags.ANSWER)
    ] = "mon-fri 09:00-18:00",
    form: flags.Form = Format.TABLE,
    output: Annotated[
        Path | None,
        flags.option(
            "--output",
            "FILE",
            "Write the profile to this CSV file.",
            flags.OUTPUT,
            also="-o",
            callback=flags.a_file,
        ),
    ] = None,
    force: Annotated[bool, flags.switch("--force", "Overwrite that file.", flags.OUTPUT)] = False,
) -> None:
    """When messages come and how many, from a log: a profile for needs.messages.

    Example: cmsource inbox export.csv --timezone Europe/Paris --output profile.csv
    """
    from cmsource.cli.progress import progress
    from cmsource.inbox.clock import zone_of
    from cmsource.inbox.log import read_log
    from cmsource.inbox.profile import check_profile, inbox
    from cmsource.inbox.selection import Selection, parse_condition
    from cmsource.inbox.span import Days
    from cmsource.reports.inbox import InboxReport
    from cmsource.values.week_reader import parse_week
    from cmsource.writers import csv
    from cmsource.writers.page import Page

    environment: Environment = context.obj
    if output is not None:
        environment.files.reads(*logs)
        environment.files.check(output)
        if not force and os.path.exists(output):  # noqa: PTH110 - what no path is is said later
            raise flags.already_there(output)
    with flags.understood("--timezone"):
        zone = zone_of(timezone)
    with flags.understood("--naive-as"):
        naive = zone_of(naive_as) if naive_as else None
    with flags.understood("--where"):
        selection = Selection(tuple(map(parse_condition, where or ())), direction)
    days = Days(_day("--since", since), _day("--until", until))
    with flags.understood("--office"):
        hours = parse_week(office)
    stream, size = None, sum(map(_size, logs))
    first, *more = logs
    if str(first) == "-":
        stream, first = environment.input.open(), Path(environment.input.name)
    with progress(environment, size, say("reading"), in_bytes=True) as advance:
        tally = read_log(
            first,
            *more,
            column=column,
            dayfirst=dayfirst,
            selection=selection,
            advance=advance,
            stream=stream,
        )
    result = inbox(tally, zone, naive, hours, days)
    report = InboxReport(result, _as_named(output))
    if output is not None:
        check_profile(result)
        environment.write_file(output, csv.write(report, Page()))
        environment.say(say("wrote {file}", file=printable(str(output))))
    environment.write(report, form)


def _day(flag: str, text: str) -> date | None:
    """A day of the calendar, or None when there is no text.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = say("{text} is no day: write 2026-01-31", text=repr(printable(text)))
        raise typer.BadParameter(message, param_hint=flag) from None


def _as_named(output: Path | None) -> str:
    """The profile file as a scenario beside it names it."""
    if output is None:
        return ""
    return output.name if output.is_absolute() or ".." in output.parts else output.as_posix()


def _size(log: Path) -> int:
    """Bytes of a log, as far as that is known."""
    try:
        return log.stat().st_size
    except (OSError, ValueError):
        return 0
