"""A log of messages, in one file or several, to counts by quarters of an hour."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from cmsource.inbox.owner import owner_of
from cmsource.inbox.packed import parts_of
from cmsource.inbox.selection import (
    EVERY_ROW,
    Ids,
    Selection,
)
from cmsource.inbox.single_log import SingleLog
from cmsource.inbox.tally import Tally
from cmsource.inbox.text_lines import Advance, refusal
from cmsource.inbox.together import together
from cmsource.reading.pipes import opened
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import say
from cmsource.values.system_errors import reason_of


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
    owner = owner_of((path, *more)) if stream is None else ""
    for each in (path, *more):
        with _opened(each, stream if each is path else None) as log:
            parts = parts_of(each, log, _size(log), advance)
            for part in parts:
                name = f"{each}/{part.name}" if part.name else str(each)
                owned = part if part.owner else part._replace(owner=owner)
                single = SingleLog(each, dayfirst, selection, ids if more or part.name else None)
                with _refused(name, refused, whole=not part.name):
                    read.append((name, not part.name, single, single.read(owned, column)))
                ids.next_file()
    orders = {single.moments.shows_day_first for _, _, single, _ in read} - {None}
    day_first = orders.pop() if len(orders) == 1 else None
    for name, whole, _, tally in read:
        with _refused(name, refused, whole=whole):
            found.append((name, tally(day_first)))
    if not found:
        raise refused[0][1]
    return together(str(path), len(more), found, [name for name, _ in refused])


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
