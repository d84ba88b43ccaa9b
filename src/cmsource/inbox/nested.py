"""Records within JSON values as rows: the messages of conversations, of channels, of accounts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from cmsource.inbox.columns import comes_later, readable

Row = list[str]

_SAMPLE = 200
_DEPTH = 6
_NO_MESSAGE = frozenset(("channel_join", "channel_leave", "channel_topic", "channel_purpose"))
_EVENTS = frozenset(
    (
        *("joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate"),
        *("welcomeMessageCreate",),
    )
)
"""What conversations of X hold beside messages, each in a record of that one key."""
_ABOUT_MESSAGES = frozenset(("reactions", "edits", "editHistory", "edit_history", "versions"))
"""Keys of lists with what was done about a message."""
_REFERENCE = 2
"""Keys of a record that only names another one: who and when."""
_IDS = (
    *("id", "conversation_id", "conversationId", "session_id", "sessionId", "ticket_id"),
    *("ticketId", "thread_path", "threadId", "threadName"),
)
"""Keys that name a conversation, in the order in which they are looked for."""
CONVERSATION = "conversation id"
"""Title of the column with what names the record in which a message lies."""
ANY = "*"
"""Stands for whatever key, where each of several names a list of records."""
_FROM_CUSTOMER = "from customer"


def rows_of(values: Iterator[Any]) -> Iterator[Row]:
    """Records within values as rows, under the titles that the first ones have.

    Where they lie in another record, as messages in their conversation, its name is a cell more.
    """
    sample = list(islice(values, _SAMPLE))
    path = _where(sample)
    records = (
        (record, outer)
        for value in chain(sample, values)
        for record, outer in _at(value, path, {})
        if _speaks(record)
    )
    first = [_cells(record, outer) for record, outer in islice(records, _SAMPLE)]
    titles = list(dict.fromkeys(title for record in first for title in record))
    yield titles
    for flat in chain(first, (_cells(record, outer) for record, outer in records)):
        yield [flat.get(title, "") for title in titles]


def one_line(text: str) -> str:
    """A text without line ends."""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def mended(text: str) -> str:
    """A text whose UTF-8 was taken for Latin-1, as in the downloads of Meta, as it was meant."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _speaks(record: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether a record is a message, and not one that a service writes itself or a note."""
    if not isinstance(record, dict):
        return True
    if record.get("type") == "service" and "date" in record:  # Telegram
        return False
    if "part_type" in record:  # Intercom
        return bool(record.get("body")) and record["part_type"] != "note"
    if record.get("public") is False:  # Zendesk
        return False
    if len(record) == 1 and record.keys() <= _EVENTS:  # X
        return False
    kind = record.get("subtype")  # Slack
    return not (isinstance(kind, str) and kind in _NO_MESSAGE)


def _where(values: Sequence[Any]) -> tuple[str, ...]:
    """The keys that lead to the records: the most numerous ones that hold a time.

    Those that only say when something was done later, as conversations do, stand behind them.
    """
    found: dict[tuple[str, ...], list[int]] = {}

    def walk(value: Any, path: tuple[str, ...]) -> None:  # noqa: ANN401
        if not isinstance(value, dict) or len(path) > _DEPTH:
            return
        count = found.setdefault(path, [0, 0, 0])
        count[0] += 1
        if count[1] < _SAMPLE:
            times = [title for title, text in _flat(value).items() if readable(text)]
            count[1] += bool(times)
            count[2] += not all(map(comes_later, times))
        look_within(value, path)

    def look_within(value: dict[str, Any], path: tuple[str, ...]) -> None:
        alike = _named_lists(value)
        for key, each in value.items():
            if isinstance(each, dict) and len(path) < _DEPTH:
                look_within(each, (*path, key))
            elif isinstance(each, list) and key not in _ABOUT_MESSAGES:
                for one in each:
                    if not _refers(one, value):
                        walk(one, (*path, ANY if key in alike else key))

    for value in values:
        walk(value, ())

    def rank(path: tuple[str, ...]) -> tuple[bool, bool, int, int]:
        records, timed, telling = found[path]
        return telling > 0, timed > 0, records, -len(path)

    return max(found, key=rank, default=())


def _refers(record: Any, around: dict[str, Any]) -> bool:  # noqa: ANN401
    """Whether a record only names another one like that around it, as replies in Slack do."""
    return (
        isinstance(record, dict)
        and len(record) <= _REFERENCE
        and len(record) < len(around)
        and record.keys() <= around.keys()
    )


def _named_lists(value: dict[str, Any]) -> frozenset[str]:
    """The keys under which lists of the same records stand, as of a chat under the name of each."""
    shapes = {
        key: frozenset(each[0])
        for key, each in value.items()
        if isinstance(each, list) and each and isinstance(each[0], dict)
    }
    usual = Counter(shapes.values()).most_common(1)
    if not usual or usual[0][1] < 2:
        return frozenset()
    return frozenset(key for key, shape in shapes.items() if shape & usual[0][0])


def _at(value: Any, path: tuple[str, ...], outer: dict[str, Any]) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """The values at the end of some keys, of every element of the lists on the way.

    Each with the record around it that has a name.
    """
    if not path:
        yield value, outer
        return
    if not isinstance(value, dict):
        return
    if _named(value) is not None:
        outer = value
        if (opening := _opening(value)) is not None:
            yield opening, outer
    lists: list[tuple[str, Any]]
    if path[0] == ANY:
        lists = [(key, each) for key, each in value.items() if isinstance(each, list)]
    else:
        lists = [("", value.get(path[0]))]
    for key, inner in lists:
        around = {_IDS[0]: key} if key else outer
        for each in inner if isinstance(inner, list) else [inner]:
            if each is not None:
                yield from _at(each, path[1:], around)


def _named(conversation: dict[str, Any]) -> str | None:
    """What names a record among others, if anything does."""
    names = (conversation.get(key) for key in _IDS)
    return next((str(name) for name in names if isinstance(name, str | int) and name != ""), None)


def _opening(conversation: dict[str, Any]) -> dict[str, Any] | None:
    """The first message of a conversation, where it stands beside the list of the others."""
    source = conversation.get("source")  # Intercom
    if not isinstance(source, dict) or "author" not in source or "created_at" not in conversation:
        return None
    return {**source, "created_at": conversation["created_at"]}


def _cells(record: Any, outer: dict[str, Any]) -> dict[str, str]:  # noqa: ANN401
    """The cells of a record, and what those around it say of it."""
    cells = _flat(record)
    if "timestamp_ms" in cells or "sender_name" in cells:  # Meta
        cells = {title: mended(text) for title, text in cells.items()}
    if (name := _named(outer)) is not None:
        cells.setdefault(CONVERSATION, one_line(name))
    if outer.get("requester_id") and "author_id" in cells:  # Zendesk
        from_customer = cells["author_id"] == str(outer["requester_id"])
        cells.setdefault(_FROM_CUSTOMER, "true" if from_customer else "false")
    return cells


def _flat(record: Any, before: str = "", depth: int = 0) -> dict[str, str]:  # noqa: ANN401
    """The cells of a record, by their keys: ``user.name`` for what is within another."""
    if not isinstance(record, dict):
        return {before or "value": one_line(str(record))}
    cells: dict[str, str] = {}
    for key, value in record.items():
        title = one_line(f"{before}.{key}" if before else str(key))
        if isinstance(value, dict) and depth < _DEPTH:
            cells |= _flat(value, title, depth + 1)
        elif isinstance(value, bool):
            cells[title] = "true" if value else "false"
        elif value is None:
            cells[title] = ""
        elif isinstance(value, str):
            cells[title] = one_line(value)
        elif isinstance(value, int | float):
            cells[title] = str(value)
    return cells
