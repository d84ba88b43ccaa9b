"""A log of messages as it was read: when they came, counted by quarters of an hour.

Times are counted in quarters of an hour since 1970-01-01 00:00. Every offset of a time zone in use
since 1990 is a whole number of them, so that quarters can be moved between zones exactly, and a
log takes as much memory as the time that it spans, however many rows it has.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import add

A_WEEK = 672
"""Quarters of an hour in a week."""
A_DAY = 96
"""Quarters of an hour in a day."""
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years between which the date of a message is taken for right."""

_NO_WEEK = array("I", bytes(4 * A_WEEK))


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
            week = self._weeks[number] = _NO_WEEK[:]
        week[rest] += count

    def add_to_week(self, number: int, counts: Iterable[int]) -> None:
        """Count messages of each quarter of a week.

        Args:
            number: the week, from that of the first quarter; it begins with ``672 * number``.
            counts: how many came in each of its 672 quarters.
        """
        before = self._weeks.get(number, _NO_WEEK)
        self._weeks[number] = array("I", map(add, before, counts))

    def add(self, quarters: Iterable[int]) -> None:
        """Count messages by the quarters in which they came."""
        for quarter, count in Counter(quarters).items():
            self.add_times(quarter, count)

    def update(self, other: "Counts") -> None:
        """Add the messages of other counts."""
        for number, counts in other._weeks.items():
            self.add_to_week(number, counts)

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
