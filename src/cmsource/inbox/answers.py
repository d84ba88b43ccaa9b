"""How long a company takes to answer today, where a log has both sides of conversations."""

from array import array
from collections.abc import Sequence
from math import ceil

from cmsource.inbox.columns import Rows, words_of
from cmsource.inbox.message_counts import Answers
from cmsource.inbox.timestamps import StampError, read_stamp

_TITLES = {
    *("conversation", "conversation id", "conversationid", "thread", "thread id", "threadid"),
    *("ticket", "ticket id", "ticketid", "chat id", "chatid", "case id", "discussion"),
}
_MOST = 2_000_000
"""Messages that are kept for it, 33 bytes each; longer logs say nothing of answers."""
_LEAST = 10
_QUARTER = 900


def conversation_of(titles: Sequence[str], body: Rows) -> int | None:
    """The column that says which conversation a message is of, by its title."""
    for at, title in enumerate(titles):
        if words_of(title) in _TITLES and any(at < len(row) and row[at].strip() for row in body):
            return at
    return None


class Exchange:
    """Who wrote when in which conversation.

    Args:
        at: the column of the conversation.
        title: its title.
    """

    def __init__(self, at: int, title: str) -> None:
        self.at = at
        self.title = title
        self._conversations = array("q")
        self._own = array("b")
        # Seconds, when the first number of a date is its day, and when it is the month.
        self._seconds = {True: array("q"), False: array("q")}

    def add(self, row: Sequence[str], text: str, form: str, own: bool) -> None:
        """Take a message in; one without a conversation or a time is passed over."""
        if self.at >= len(row) or not row[self.at].strip() or len(self._own) > _MOST:
            return
        try:
            stamp = read_stamp(text, form)
        except StampError:
            return
        day_first = stamp.quarter
        month_first = stamp.month_first if stamp.ordered else day_first
        for is_day_first, quarter in ((True, day_first), (False, month_first)):
            known = -1 if quarter is None else quarter * _QUARTER + stamp.seconds
            self._seconds[is_day_first].append(known)
        self._conversations.append(hash(row[self.at].strip()))
        self._own.append(own)

    def answers(self, day_first: bool) -> Answers | None:
        """How they are answered; None where there are too few answers, or too many messages.

        Args:
            day_first: how dates are read that have two orders.
        """
        if len(self._own) > _MOST:
            return None
        seconds = self._seconds[day_first]
        order = sorted(
            (number for number, second in enumerate(seconds) if second >= 0),
            key=lambda number: (self._conversations[number], seconds[number], self._own[number]),
        )
        waits: list[float] = []
        asked, current, since = 0, None, None
        for number in order:
            if self._conversations[number] != current:
                current, since = self._conversations[number], None
            if not self._own[number]:
                if since is None:
                    asked, since = asked + 1, seconds[number]
            elif since is not None:
                waits.append((seconds[number] - since) / 60)
                since = None
        if len(waits) < _LEAST:
            return None
        waits.sort()

        def within(share: float) -> float:
            return waits[ceil(share * len(waits)) - 1]

        return Answers(self.title, asked, len(waits), within(0.5), within(0.9))
