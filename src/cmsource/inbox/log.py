"""A log of messages, in one file or several, to counts by quarters of an hour."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from cmsource.inbox.clock import instants_of
from cmsource.inbox.message_counts import Counts
from cmsource.inbox.packed import parts_of
from cmsource.inbox.selection import (
    EVERY_ROW,
    Ids,
    Selection,
)
from cmsource.inbox.single_log import EXAMPLES, SingleLog
from cmsource.inbox.tally import Tally, Unreadable
from cmsource.inbox.text_lines import Advance, refusal
from cmsource.reading.pipes import opened
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import counted, say
from cmsource.values.money import format_shortest
from cmsource.values.system_errors import reason_of
from cmsource.values.text import printable, shown

_SAID_ONE_BY_ONE = 3
"""Files of which each has its own notes; those of more would be a wall of them."""


def read_log(
    path: Path,
    *more: Path,
    column: str = "",
    dayfirst: bool | None = None,
    selection: Selection = EVERY_ROW,
    advance: Advance | None = None,
    stream: IO[bytes] | None = None,
) -> Tally:
    """Count the messages of a log by the quarters of an hour in which they came.

    Args:
        path: a file: CSV, JSON, mbox, a chat, a workbook, or an archive of some.
        more: other files that are part of the same log.
        column: title of the column with the times, or its number from 1; found when empty.
        dayfirst: whether 03/04/2017 is 3 April; when None, the other dates of the log have to say.
        selection: which rows count.
        advance: called with the number of bytes each time that some have been read.
        stream: what to read in place of the first file, which is then only named.

    Raises:
        ScenarioError: it is no log whose times can be read; the diagnostics say why.
    """
    ids = Ids()
    read: list[tuple[str, bool, SingleLog, Callable[[bool | None], Tally]]] = []
    found: list[tuple[str, Tally]] = []
    refused: list[tuple[str, ScenarioError]] = []
    for each in (path, *more):
        with _opened(each, stream if each is path else None) as log:
            parts = parts_of(each, log, _size(log), advance)
            for part in parts:
                name = f"{each}/{part.name}" if part.name else str(each)
                single = SingleLog(each, dayfirst, selection, ids if more or part.name else None)
                with _refused(name, refused, whole=not part.name):
                    read.append((name, not part.name, single, single.read(part, column)))
                ids.next_file()
    orders = {single.moments.shows_day_first for _, _, single, _ in read} - {None}
    day_first = orders.pop() if len(orders) == 1 else None
    for name, whole, _, tally in read:
        with _refused(name, refused, whole=whole):
            found.append((name, tally(day_first)))
    if not found:
        raise refused[0][1]
    return _together(str(path), len(more), found, [name for name, _ in refused])


@contextlib.contextmanager
def _refused(name: str, refused: list[tuple[str, ScenarioError]], *, whole: bool) -> Iterator[None]:
    """Take a part of an archive that is no log as refused; a whole file ends the reading."""
    try:
        yield
    except ScenarioError as error:
        if whole:
            raise
        refused.append((name, error))


@contextlib.contextmanager
def _opened(path: Path, stream: IO[bytes] | None) -> Iterator[IO[bytes]]:
    """A file that is open; what goes wrong with it while it is read is a refusal.

    Raises:
        ScenarioError: it cannot be read.
    """
    try:
        with opened(path) if stream is None else contextlib.nullcontext(stream) as log:
            yield log
    except FileNotFoundError:
        raise refusal(path, say("does not exist"), say("check the path"), code="E101") from None
    except IsADirectoryError:
        raise refusal(path, say("is a folder"), say("name a file in it"), code="E101") from None
    except OSError as error:
        reason = say("cannot be read: {reason}", reason=reason_of(error))
        raise refusal(path, reason, code="E101") from None


def _size(stream: IO[bytes]) -> int:
    """Bytes of an open file; 0 where nobody can tell."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, AttributeError):
        return 0


def _together(
    path: str, more: int, found: Sequence[tuple[str, Tally]], refused: Sequence[str]
) -> Tally:
    """The logs of several files as one."""
    first = found[0][1]
    if len(found) == 1 and not refused and not more:
        return first
    instants, local = Counts(), Counts()
    examples: list[Unreadable] = []
    notes: list[str] = []
    if len(found) > 1:
        notes.append(say("{count} files are one log", count=format_shortest(len(found))))
    if refused:
        notes.append(
            counted(
                len(refused),
                "{count} file in it is no log of messages: {name}",
                "{count} files in it are no logs of messages, such as {name}",
                count=format_shortest(len(refused)),
                name=printable(refused[0]),
            )
        )
    zones = {tally.zone for _, tally in found if tally.local}
    for name, tally in found:
        if len(zones) > 1 and tally.zone:
            instants.update(Counts(instants_of(tally, ZoneInfo(tally.zone))[0]))
        else:
            instants.update(tally.instants)
            local.update(tally.local)
        where = shown(Path(name).name)
        examples += [
            row._replace(reason=say("{reason}, in {file}", reason=row.reason, file=where))
            for row in tally.examples
        ]
        if len(found) <= _SAID_ONE_BY_ONE:
            notes += [say("{file}: {note}", file=where, note=note) for note in tally.notes]
    own, left_out, again = (
        sum(getattr(tally, name) for _, tally in found) for name in ("own", "left_out", "again")
    )
    if len(found) > _SAID_ONE_BY_ONE:
        if own:
            notes.append(
                counted(
                    own,
                    "{rows} row is the company's own and does not count: --direction all counts it",
                    "{rows} rows are the company's own and do not count: --direction all counts "
                    "them",
                    rows=format_shortest(own),
                )
            )
        if left_out:
            notes.append(
                counted(
                    left_out,
                    "{rows} row was not asked for and does not count",
                    "{rows} rows were not asked for and do not count",
                    rows=format_shortest(left_out),
                )
            )
    if again:
        notes.append(
            counted(
                again,
                "{rows} row stands in an earlier file too, as its id says, and counts once",
                "{rows} rows stand in an earlier file too, as their ids say, and count once",
                rows=format_shortest(again),
            )
        )
    others = dict.fromkeys(title for _, tally in found for title in tally.others)
    return first._replace(
        file=path if not more else say("{file} and {count} more", file=path, count=more),
        others=tuple(others),
        rows=sum(tally.rows for _, tally in found),
        unreadable=sum(tally.unreadable for _, tally in found),
        examples=tuple(examples[:EXAMPLES]),
        instants=instants,
        local=local,
        notes=tuple(notes),
        own=own,
        left_out=left_out,
        again=again,
        days=all(tally.days for _, tally in found),
        zone=zones.pop() if len(zones) == 1 else "",
        exchanges=tuple(each for _, tally in found for each in tally.exchanges),
    )
