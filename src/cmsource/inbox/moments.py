"""When the messages of a file came, while it is open which number of a date is its day."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.inbox.message_counts import Counts
from cmsource.inbox.tally import Unreadable
from cmsource.inbox.text_lines import refusal
from cmsource.inbox.timestamps import Stamp
from cmsource.values.language import say
from cmsource.values.text import shown

if TYPE_CHECKING:  # numpy need not be there
    from cmsource.inbox.plain_times import Times
    from cmsource.inbox.quick_counts import QuickCounts

_DAY, _MONTH = "day", "month"


class Moments:
    """Counts the moments of one file.

    Args:
        path: the file, for what is said about it.
        day_first: whether 03/04/2017 is 3 April; when None, the other dates have to say.

    Attributes:
        instants: moments with a zone, in quarters of UTC.
        local: moments without one, in quarters on the clock of the place.
        shown_elsewhere: whether dates of other files have their day first; None where they do not
            tell.
        day_first: how dates are read, once that is settled.
        rejected: dates that cannot be read so.
        first_rejected: the first of them.
    """

    def __init__(self, path: Path, day_first: bool | None) -> None:
        self._path = path
        self._given = day_first
        self.instants = Counts()
        self.local = Counts()
        self.shown_elsewhere: bool | None = None
        self.day_first = True
        self._settled = False
        self.rejected = 0
        self.first_rejected: Unreadable | None = None
        # What depends on which number of a date is its day, by the order in which it is read:
        # messages, those that cannot be read in that order, and the first of those.
        self._zoned = {_DAY: Counts(), _MONTH: Counts()}
        self._clock = {_DAY: Counts(), _MONTH: Counts()}
        self._against = {_DAY: 0, _MONTH: 0}
        self._first_against: dict[str, Unreadable] = {}
        self._either: Unreadable | None = None

    def add_quarters(self, quarters: Iterable[int], *, zoned: bool) -> None:
        """Count moments that have one order."""
        (self.instants if zoned else self.local).add(quarters)

    def add(self, stamp: Stamp, text: str, line: int) -> None:
        """Count a moment, and keep it where it is the first that shows an order, or does not.

        Args:
            stamp: the moment.
            text: how it is written.
            line: where.
        """
        if not _is_open(stamp):
            self._count(stamp, 1)
            return
        row = Unreadable(line, shown(text))
        orders = ((_DAY, stamp.quarter), (_MONTH, stamp.month_first))
        for order, quarter in orders:
            if quarter is None:
                self._first_against.setdefault(order, row)
        if self._either is None and None not in (stamp.quarter, stamp.month_first):
            self._either = row
        self._count(stamp, 1)

    def add_stamps(self, stamps: Sequence[tuple[Stamp, int]]) -> bool:
        """Count moments, each so many times; nothing is done where one would have to be kept."""
        for stamp, _ in stamps:
            orders = stamp.quarter, stamp.month_first
            if _is_open(stamp) and (
                (orders[0] is None and _DAY not in self._first_against)
                or (orders[1] is None and _MONTH not in self._first_against)
                or (None not in orders and self._either is None)
            ):
                return False
        for stamp, count in stamps:
            self._count(stamp, count)
        return True

    def _count(self, stamp: Stamp, count: int) -> None:
        if stamp.quarter is not None and not stamp.ordered:
            (self.instants if stamp.zoned else self.local).add_times(stamp.quarter, count)
            return
        for order, quarter in ((_DAY, stamp.quarter), (_MONTH, stamp.month_first)):
            if quarter is None:
                self._against[order] += count
            else:
                kind = self._zoned if stamp.zoned else self._clock
                kind[order].add_times(quarter, count)

    def add_blocks(
        self, quick: "QuickCounts", found: "Sequence[Times]", block: bytes, line: int
    ) -> None:
        """Count the moments of a block.

        Args:
            quick: what counts them.
            found: the moments.
            block: where they stand.
            line: lines before it.
        """
        for times in found:
            if not times.ordered:
                quick.add(self.instants if times.zoned else self.local, times.quarters)
                continue
            counts = self._zoned if times.zoned else self._clock
            for order, quarters in ((_DAY, times.quarters), (_MONTH, times.month_first)):
                self._against[order] += quick.add(counts[order], quarters)
        self._note_orders([times for times in found if times.ordered], block, line)

    def _note_orders(self, found: "Sequence[Times]", block: bytes, line: int) -> None:
        """Keep the first dates that show the order of their numbers, or do not."""

        def first(places: Iterable[tuple[int, int] | None]) -> Unreadable | None:
            place = min(filter(None, places), default=None)
            if place is None:
                return None
            start, end = place
            number = line + block.count(b"\n", 0, start) + 1
            return Unreadable(number, shown(block[start:end].decode()))

        for order in {_DAY, _MONTH} - self._first_against.keys():
            if row := first(times.first(times.in_no_order[order]) for times in found):
                self._first_against[order] = row
        if self._either is None:
            self._either = first(times.first(times.in_both_orders) for times in found)

    @property
    def shows_day_first(self) -> bool | None:
        """Whether its dates have their day first; None where they do not tell, or say both."""
        day, month = _MONTH in self._first_against, _DAY in self._first_against
        return day if day is not month else None

    def settle(self, title: str) -> Iterator[str]:
        """Settle which number of a date is its day; what there is to say about it.

        Args:
            title: the title of their column.

        Raises:
            ScenarioError: the dates do not tell.
        """
        shows_day, shows_month = self._first_against.get(_MONTH), self._first_against.get(_DAY)
        if not shows_day and not shows_month and self._either is None:
            return
        if self._given is not None:
            order = _DAY if self._given else _MONTH
        elif shows_day and shows_month:
            raise refusal(
                self._path,
                say(
                    "has dates with the day first, such as {day} on line {day_line}, and with the "
                    "month first, such as {month} on line {month_line}",
                    day=shows_day.reason,
                    day_line=shows_day.line,
                    month=shows_month.reason,
                    month_line=shows_month.line,
                ),
                say("say which to read: --dayfirst or --monthfirst"),
            )
        elif shows_day or shows_month:
            order = _DAY if shows_day else _MONTH
        elif self.shown_elsewhere is not None:
            order = _DAY if self.shown_elsewhere else _MONTH
            yield (
                say("dates were read with the day first, as those of other files")
                if self.shown_elsewhere
                else say("dates were read with the month first, as those of other files")
            )
        else:
            assert self._either is not None
            raise refusal(
                self._path,
                say(
                    "has only dates that can be read with the day or with the month first, such "
                    "as {date} in `{column}`",
                    date=self._either.reason,
                    column=title,
                ),
                say("say which it is: --dayfirst or --monthfirst"),
                self._either.line,
            )
        self.day_first = order == _DAY
        self._settled = True
        self.instants.update(self._zoned[order])
        self.local.update(self._clock[order])
        self.rejected = self._against[order]
        if (row := self._first_against.get(order)) is not None:
            reason = (
                say("{date} has no day in its first place", date=row.reason)
                if order == _DAY
                else say("{date} has no month in its first place", date=row.reason)
            )
            self.first_rejected = Unreadable(row.line, reason)
        shown_by = shows_day if order == _DAY else shows_month
        if self._given is None and shown_by is not None:
            text = (
                say("dates were read with the day first, as {date} on line {line} has it")
                if order == _DAY
                else say("dates were read with the month first, as {date} on line {line} has it")
            )
            yield text.with_places(date=shown_by.reason, line=shown_by.line)

    def order_in_words(self) -> Iterator[str]:
        """How dates were read, where nobody has asked for it and it makes a difference."""
        if self._settled and self._given is None:
            yield (
                say("dates were read with the day first")
                if self.day_first
                else say("dates were read with the month first")
            )


def _is_open(stamp: Stamp) -> bool:
    """Whether it depends on the order of its numbers when it is."""
    return stamp.ordered or stamp.quarter is None
