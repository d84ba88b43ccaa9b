"""What a log of messages holds, as it was read."""

from typing import NamedTuple

from cmsource.inbox.answers import Exchange
from cmsource.inbox.message_counts import Counts


class Unreadable(NamedTuple):
    """A row without a time that can be read.

    Attributes:
        line: its first line in the file, from 1.
        reason: why, with what stands there; free of control characters.
        rows: how many rows it stands for: those that an unclosed quote has swallowed, too.
    """

    line: int
    reason: str
    rows: int = 1


class Tally(NamedTuple):
    """What a log of messages holds.

    Attributes:
        file: the file as the user named it.
        column: title of the column with the times, or its number from 1.
        others: titles of other columns that hold times too.
        rows: rows with any text, the titles left out.
        unreadable: how many of them have no time that can be read.
        examples: the first few of those, or of what stands for several of them.
        instants: messages whose time has a zone; quarters in UTC.
        local: messages whose time has none; quarters on the clock of the place.
        notes: what the user should know about how the file was read.
        own: rows that were left out as the company's own.
        left_out: rows that were left out because others were asked for.
        again: rows that were left out as they stand in an earlier file too.
        days: whether the log says days and no times; messages are counted at noon.
        records: whether rows are counted as records, where they are no lines of a text.
        zone: the time zone of times that do not say theirs, where the title of their column does.
        exchanges: the conversations of each file that has both sides of them.
        reading: what of the notes says how the file was read, without lines: where there are many
            files, what they have in common.
        owner: who is taken for the company, where nothing but who takes part says so; else empty.
    """

    file: str
    column: str
    others: tuple[str, ...]
    rows: int
    unreadable: int
    examples: tuple[Unreadable, ...]
    instants: Counts
    local: Counts
    notes: tuple[str, ...]
    own: int = 0
    left_out: int = 0
    again: int = 0
    days: bool = False
    records: bool = False
    zone: str = ""
    exchanges: tuple[Exchange, ...] = ()
    reading: tuple[str, ...] = ()
    owner: str = ""
