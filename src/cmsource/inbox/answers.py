"""How a company answers today, where a log has both sides of conversations.

How long answers take, and how long somebody works on one: the minutes between two answers of a
person while the next question was waiting.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from statistics import median
from typing import NamedTuple

from cmsource.inbox.columns import Rows, words_of
from cmsource.inbox.timestamps import StampError, read_stamp

_TITLES = {
    *("conversation", "conversation id", "conversationid", "thread", "thread id", "threadid"),
    *("ticket", "ticket id", "ticketid", "chat id", "chatid", "case id", "discussion"),
    *("session id", "sessionid", "topic id", "conversation uuid", "thread path"),
}
_PERSONS = {
    *("agent", "agent id", "agent name", "agent email", "author", "author id", "author name"),
    *("sender", "sender id", "sender name", "from", "from name", "user", "user id", "user name"),
    *("operator", "operator name", "assignee", "assignee name", "answered by", "replied by"),
    *("sent by", "auteur", "expéditeur", "utilisateur", "nom", "name"),
}
_MOST = 2_000_000
"""Messages that are kept for it, 42 bytes each; longer logs say nothing of answers."""
_LEAST = 10
_LEAST_INTERVALS = 30
_PAUSE = 8
"""Times their median beyond which an interval has a pause in it: one of 250 exponential ones."""
_QUARTER = 900
_UNKNOWN = -1


class Handling(NamedTuple):
    """How long somebody works on a message, estimated.

    Attributes:
        minutes: for each message that came in.
        intervals: between two answers of one person, from which it is.
    """

    minutes: float
    intervals: int


class Answers(NamedTuple):
    """How conversations are answered today.

    A conversation asks when a message comes in, and again after each answer: messages in a row are
    one question, which waits from the first of them.

    Attributes:
        column: title of the column that says which conversation a message is of, or when it was
            answered.
        in_rows: whether each row is a message with the time of its answer.
        asked: questions.
        waits: minutes that each of those waited that have an answer in the log, in ascending order.
        handling: how long somebody works on a message; None where the log does not show it.
    """

    column: str
    in_rows: bool
    asked: int
    waits: Sequence[float]
    handling: Handling | None = None

    @property
    def answered(self) -> int:
        """Questions with an answer in the log."""
        return len(self.waits)

    def within(self, share: float) -> float:
        """Minutes that such a share of the questions with an answer waited at most."""
        return self.waits[ceil(share * len(self.waits)) - 1]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def conversation_of(titles: Sequence[str], body: Rows) -> int | None:
    """The column that says which conversation a message is of, by its title."""
    return _titled(_TITLES, titles, body)


def person_of(titles: Sequence[str], replies: Rows, side: int) -> int | None:
    """The column that says who of the company wrote, by its title.

    Args:
        titles: titles of the columns.
        replies: some rows of the company's own.
        side: the column that says that they are.
    """
    return _titled(_PERSONS, [*titles[:side], "", *titles[side + 1 :]], replies)


def _titled(names: Iterable[str], titles: Sequence[str], body: Rows) -> int | None:
    for at, title in enumerate(titles):
        if words_of(title.rpartition(".")[2]) in names and any(
            at < len(row) and row[at].strip() for row in body
        ):
            return at
    return None


class _Message(NamedTuple):
    """One message of a conversation, in the order in which they are looked at."""

    conversation: int
    second: int
    own: bool
    person: int


class Exchange:
    """Who wrote when in which conversation.

    Args:
        at: the column of the conversation.
        title: its title.
        person: the column of who of the company wrote; None where there is none.
        in_rows: whether each row is a conversation by itself, and the column that of its answer.
    """

    def __init__(
        self, at: int, title: str, person: int | None = None, *, in_rows: bool = False
    ) -> None:
        self.at = at
        self.title = title
        self.person = person
        self.in_rows = in_rows
        self._conversations = array("q")
        self._persons = array("q")
        self._own = array("b")
        self._zoned = array("b")
        # Seconds, when the first number of a date is its day, and when it is the month.
        self._seconds = {True: array("q"), False: array("q")}
        self._settled = array("q")

    def add(self, row: Sequence[str], text: str, form: str, own: bool) -> None:
        """Take a message in; one without a conversation or a time is passed over."""
        if self.is_too_long or (not self.in_rows and not _cell(row, self.at)):
            return
        if not self.in_rows:
            name = "" if self.person is None else _cell(row, self.person)
            self._take(hash(_cell(row, self.at)), text, form, own, hash(name) if name else _UNKNOWN)
            return
        number = hash((id(self), len(self._own)))
        self._take(number, text, form, False, _UNKNOWN)
        if answer := _cell(row, self.at):
            self._take(number, answer, form, True, _UNKNOWN)

    def _take(self, conversation: int, text: str, form: str, own: bool, person: int) -> None:
        try:
            stamp = read_stamp(text, form)
        except StampError:
            return
        day_first = stamp.quarter
        month_first = stamp.month_first if stamp.ordered else day_first
        for is_day_first, quarter in ((True, day_first), (False, month_first)):
            known = _UNKNOWN if quarter is None else quarter * _QUARTER + stamp.seconds
            self._seconds[is_day_first].append(known)
        self._conversations.append(conversation)
        self._persons.append(person)
        self._own.append(own)
        self._zoned.append(stamp.zoned)

    def settle(self, *, day_first: bool) -> None:
        """Say how dates are read that have two orders; no message comes after that."""
        self._settled = self._seconds[day_first]
        self._seconds = {}

    def messages(self, to_utc: Callable[[int], int]) -> Iterator[_Message]:
        """The messages that have a time, in seconds of UTC.

        Args:
            to_utc: seconds of UTC, of seconds on the clock of times that do not say their zone.
        """
        for conversation, second, own, person, zoned in zip(
            self._conversations, self._settled, self._own, self._persons, self._zoned, strict=True
        ):
            if second != _UNKNOWN:
                moment = second if zoned else to_utc(second)
                yield _Message(conversation, moment, bool(own), person)

    @property
    def is_too_long(self) -> bool:
        """Whether there were more messages than are kept."""
        return len(self._own) > _MOST


def answers_in(
    exchanges: Sequence[Exchange],
    to_utc: Callable[[int], int],
    start: float,
    end: float,
) -> Answers | None:
    """How conversations are answered; None where there are too few answers, or too many messages.

    Args:
        exchanges: the conversations of each file; one may go on in several of them.
        to_utc: as in `Exchange.messages`.
        start: the second of UTC before which messages do not count.
        end: the second of UTC from which on they do not.
    """
    if not exchanges or any(exchange.is_too_long for exchange in exchanges):
        return None
    messages = sorted(
        message
        for exchange in exchanges
        for message in exchange.messages(to_utc)
        if start <= message.second < end
    )
    if len(exchanges) > 1:  # a message that stands in two files is one
        messages = list(dict.fromkeys(messages))
    replies: list[_Reply] = []
    asked, since, parts = 0, None, 0
    current = None
    for message in messages:
        if message.conversation != current:
            current, since = message.conversation, None
        if not message.own:
            if since is None:
                asked, since, parts = asked + 1, message.second, 0
            parts += 1
        elif since is not None:
            replies.append(_Reply(message.person, message.second, since, parts))
            since = None
    if len(replies) < _LEAST:
        return None
    waits = sorted((reply.second - reply.asked) / 60 for reply in replies)
    of = exchanges[0]
    return Answers(of.title, of.in_rows, asked, waits, _handling(replies))


class _Reply(NamedTuple):
    """An answer: whose it is, its second, that of the question, and the messages of that."""

    person: int
    second: int
    asked: int
    parts: int


def _handling(replies: Iterable[_Reply]) -> Handling | None:
    """How long somebody works on a message, from the minutes between two answers of a person.

    Only where the question was waiting when the answer before went out: then the person had it to
    work on all the while. Intervals far beyond their median are pauses.
    """
    known = sorted(reply for reply in replies if reply.person != _UNKNOWN)
    intervals = [
        (after.second - before.second, after.parts)
        for before, after in pairwise(known)
        if before.person == after.person and after.asked <= before.second < after.second
    ]
    if len(intervals) < _LEAST_INTERVALS:
        return None
    most = _PAUSE * median(seconds for seconds, _ in intervals)
    busy = [(seconds, parts) for seconds, parts in intervals if seconds <= most]
    minutes = sum(seconds for seconds, _ in busy) / 60 / sum(parts for _, parts in busy)
    return Handling(minutes, len(busy))
