"""A log of messages as it was read: when they came, counted by quarters of an hour.

Times are counted in quarters of an hour since 1970-01-01 00:00. Every offset of a time zone in use
since 1990 is a whole number of them, so that quarters can be moved between zones exactly, and a
log takes as much memory as the time that it spans, however many rows it has.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

A_WEEK = 672
"""Quarters of an hour in a week."""
A_DAY = 96
"""Quarters of an hour in a day."""
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years between which the date of a message is taken for right."""


class Counts:
    """How many messages came in each quarter of an hour.

    Kept by weeks: 2.7 KB for each week with any message, and at most 16 MB in all.
    """

    __slots__ = ("_weeks",)

    def __init__(self, counts: Iterable[tuple[int, int]] = ()) -> None:
        self._weeks: dict[int, array[int]] = {}
        for quarter, count in counts:
            self.add_times(quarter, count)

    def add_times(self, quarter: int, count: int) -> None:
        """Count so many messages of one quarter."""
        number, rest = divmod(quarter, A_WEEK)
        week = self._weeks.get(number)
        if week is None:
            week = self._weeks[number] = array("I", bytes(4 * A_WEEK))
        week[rest] += count

    def add(self, quarters: Iterable[int]) -> None:
        """Count messages by the quarters in which they came."""
        for quarter, count in Counter(quarters).items():
            self.add_times(quarter, count)

    def update(self, other: "Counts") -> None:
        """Add the messages of other counts."""
        for quarter, count in other:
            self.add_times(quarter, count)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Quarters in the order of time, with how many messages came in each that has any."""
        for number in sorted(self._weeks):
            for rest, count in enumerate(self._weeks[number]):
                if count:
                    yield number * A_WEEK + rest, count

    def __bool__(self) -> bool:
        return bool(self._weeks)

    @property
    def total(self) -> int:
        """All messages."""
        return sum(map(sum, self._weeks.values()))


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


class Answers(NamedTuple):
    """How conversations are answered today.

    A conversation asks when a message comes in, and again after each answer: messages in a row are
    one question, which waits from the first of them.

    Attributes:
        column: title of the column that says which conversation a message is of.
        asked: questions.
        answered: those with an answer in the log.
        median: minutes that half of those waited at most.
        nine_of_ten: minutes that nine of ten of them waited at most.
    """

    column: str
    asked: int
    answered: int
    median: float
    nine_of_ten: float


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
        answers: how long answers take today, where the log has both sides of conversations.
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
    answers: Answers | None = None
