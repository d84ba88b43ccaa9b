"""Logs that are no CSV files, as rows with titles above: JSON, mbox, chats, web servers, workbooks.

The libraries of each format read it; what is here says which parts of it are messages.
"""

import codecs
import contextlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import HeaderParser
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from cmsource.inbox.columns import readable
from cmsource.inbox.packed import ZIP, Bytes
from cmsource.inbox.text_lines import CHUNK, END, Lines, refusal
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

Row = list[str]

_LOOK = 1 << 12
_SAMPLE = 200
_DOCUMENT = 1 << 26
"""Bytes of a JSON document that is read as a whole; arrays and lines may be of any size."""
_ELEMENT = 1 << 24
_DEPTH = 6
_HEADERS = 1 << 16

_DAY = r"\d{1,4}[./-]\d\d?[./-]\d{1,4}(?:,|\s(?:à|um|at|om|alle))?\s"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\.?)?"
_CHAT = re.compile(
    rf"\s*[\u200e\u200f]*(?:\[({_DAY}{_CLOCK})\]\s?"
    rf"|({_DAY}{_CLOCK})\s-\s)(.*)",
    re.IGNORECASE,
)
_SERVER = re.compile(r'(\S+) \S+ \S+ \[(\d\d/[A-Za-z]{3}/\d{4}:[\d:]{8} [+-]\d{4})\] "([^"]*)"')
_SCRIPT = re.compile(r"\s*(?:window\.[\w.]+|(?:var|let|const)\s+\w+)\s*=\s*(?=[\[{])")
_MAIL = ("Date", "From", "To", "Subject", "Message-ID", "In-Reply-To")
_NO_MESSAGE = frozenset(("channel_join", "channel_leave", "channel_topic", "channel_purpose"))


class Records(NamedTuple):
    """A log as rows.

    Attributes:
        rows: their cells, the titles first; free of line ends.
        first: the number of the first row, as people count: 0 where titles are no row of the file.
    """

    rows: Iterator[Row]
    first: int


def records_of(path: Path, content: Bytes) -> Records | None:
    """The rows of a log that is no CSV file; None when it is one.

    Raises:
        ScenarioError: it looks like something else, and is not.
    """
    start = content.peek(_LOOK)
    if start.startswith(ZIP):
        return Records(_of_workbook(path, content), 1)
    if b"\0" in start or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    text = start.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
    first = text.partition("\n")[0]
    found: Iterator[Row] | None = None
    if _CHAT.match(first):
        found = _of_chat(path, content)
    elif _SERVER.match(first):
        found = _of_server(path, content)
    elif text.startswith("From ") and re.search(r"\n[A-Za-z-]+: ", text):
        found = _of_mails(path, content)
    elif _SCRIPT.match(text) or re.match(r'[\[{]\s*(?:["{\[\]}]|$)', text):
        found = _of_values(_values(path, content))
    return None if found is None else Records(found, 0)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def _of_chat(path: Path, content: Bytes) -> Iterator[Row]:
    """A chat as WhatsApp exports it: ``[31/10/2017, 22:10:47] Anna: Hello``, and with a dash."""
    yield ["date", "author", "text"]
    for line in Lines(path, content, None):
        if (found := _CHAT.match(line)) is None:
            continue  # a line more of the message before
        author, colon, text = found[3].partition(": ")
        if colon:  # without an author, it is the service that speaks
            yield [found[1] or found[2], author.strip("\u200e\u200f "), text.strip()]


def _of_server(path: Path, content: Bytes) -> Iterator[Row]:
    """Requests as web servers log them."""
    yield ["host", "time", "request"]
    for line in Lines(path, content, None):
        if line is END:
            continue
        found = _SERVER.match(line)
        yield list(found.groups()) if found else [line.strip()]


def _of_mails(path: Path, content: Bytes) -> Iterator[Row]:
    """The headers of the mails of a mailbox."""
    yield list(_MAIL)
    headers: list[str] = []
    within, blank, size = False, True, 0
    for line in Lines(path, content, None):
        if blank and line.startswith("From "):
            within, headers, size = True, [], 0
        elif within and (not line.strip() or line is END):
            within = False
            yield _mail(headers)
        elif within and (size := size + len(line)) <= _HEADERS:
            headers.append(line)
        blank = not line.strip()


def _mail(headers: Sequence[str]) -> Row:
    parsed = HeaderParser().parsestr("".join(headers))
    return [_header(str(parsed.get(name, ""))) for name in _MAIL]


def _header(value: str) -> str:
    if "=?" in value:
        with contextlib.suppress(ValueError, LookupError, MessageError):  # then as it is
            value = str(make_header(decode_header(value)))
    return _one_line(value)


def _of_workbook(path: Path, content: Bytes) -> Iterator[Row]:
    """The rows of the longest sheet of a workbook."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise refusal(
            path,
            say("is a workbook, which openpyxl reads"),
            say("install cmsource[xlsx], or export it as CSV"),
        ) from None
    content.stream.seek(0)
    try:
        book = load_workbook(content.stream, read_only=True, data_only=True)
        sheet = max(book.worksheets, key=lambda each: each.max_row or 0)
        for row in sheet.iter_rows(values_only=True):
            yield [_one_line(_cell(value)) for value in row]
    except ScenarioError:
        raise
    except Exception as error:  # openpyxl raises whatever its XML parser and converters do
        raise refusal(
            path,
            say("is a workbook that cannot be read: {reason}", reason=shown(str(error))),
            say("export it as CSV"),
        ) from None


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _values(path: Path, content: Bytes) -> Iterator[Any]:
    """The values of a JSON text: the elements of an array, lines, or the one document."""
    start = content.peek(_LOOK).removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    script = _SCRIPT.match(start)
    begins = start[script.end() :] if script else start.lstrip()
    if begins.startswith("["):
        yield from _elements(path, content, script is not None)
    elif script is None and _is_json(start.partition("\n")[0]) and "\n" in start.strip():
        for line in Lines(path, content, None):
            if line is not END and line.strip():
                yield _is_json(line) or line
    else:
        yield _document(path, content, script is not None)


def _is_json(line: str) -> Any:  # noqa: ANN401 - whatever the line holds
    """What a line holds, when that is an object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _document(path: Path, content: Bytes, script: bool) -> Any:  # noqa: ANN401
    data = content.read(_DOCUMENT)
    pieces = [data]
    size = len(data)
    while data and size <= _DOCUMENT:
        data = content.read(CHUNK)
        pieces.append(data)
        size += len(data)
    if size > _DOCUMENT:
        raise refusal(
            path,
            say(
                "is one JSON object of more than {most} bytes",
                most=format_shortest(_DOCUMENT),
            ),
            say("write its messages as JSON Lines: jq -c '.messages[]'"),
        )
    text = b"".join(pieces).removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    if script and (found := _SCRIPT.match(text)):
        text = text[found.end() :].rstrip().removesuffix(";")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _no_json(path, error.msg, error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise _no_json(path, str(error), 0) from None


def _no_json(path: Path, reason: str, line: int) -> ScenarioError:
    return refusal(
        path,
        say("is not JSON that can be read: {reason}", reason=shown(reason)),
        say("export the log again"),
        line,
    )


def _elements(path: Path, content: Bytes, script: bool) -> Iterator[Any]:
    """The elements of an array, one after the other, whatever its length."""
    decoder = json.JSONDecoder()
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    text = decode(content.read(CHUNK))
    at = text.index("[", _SCRIPT.match(text).end() if script else 0) + 1  # type: ignore[union-attr]
    line = 1 + text.count("\n", 0, at)
    ended = False
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            line += text[at] == "\n"
            at += 1
        if text[at : at + 1] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, at)
            # A number or a word may go on in what was not read yet.
            complete = end < len(text) or ended
        except json.JSONDecodeError as error:
            if ended or len(text) - at > _ELEMENT:
                raise _no_json(path, error.msg, line) from None
            complete = False
        except (ValueError, RecursionError) as error:
            raise _no_json(path, str(error), line) from None
        if complete:
            line += text.count("\n", at, end)
            at = end
            yield value
        else:
            data = content.read(CHUNK)
            ended = not data
            text, at = text[at:] + decode(data, ended), 0


def _of_values(values: Iterator[Any]) -> Iterator[Row]:
    """Records within values as rows, under the titles that the first ones have."""
    sample = list(islice(values, _SAMPLE))
    path = _where(sample)
    records = (
        record for value in chain(sample, values) for record in _at(value, path) if _speaks(record)
    )
    first = [_flat(record) for record in islice(records, _SAMPLE)]
    titles = list(dict.fromkeys(title for record in first for title in record))
    yield titles
    for flat in chain(first, map(_flat, records)):
        yield [flat.get(title, "") for title in titles]


def _speaks(record: Any) -> bool:  # noqa: ANN401
    """Whether a record is a message, and not one that a chat service writes itself."""
    if not isinstance(record, dict):
        return True
    service = record.get("type") == "service" and "date" in record  # Telegram
    kind = record.get("subtype")  # Slack
    return not service and not (isinstance(kind, str) and kind in _NO_MESSAGE)


def _where(values: Sequence[Any]) -> tuple[str, ...]:
    """The keys that lead to the records: the most numerous ones that hold a time."""
    found: dict[tuple[str, ...], list[int]] = {}

    def walk(value: Any, path: tuple[str, ...]) -> None:  # noqa: ANN401
        if not isinstance(value, dict) or len(path) > _DEPTH:
            return
        count = found.setdefault(path, [0, 0])
        count[0] += 1
        if count[1] < _SAMPLE and any(map(readable, _flat(value).values())):
            count[1] += 1
        for key, each in value.items():
            if isinstance(each, dict):
                for inner, deeper in each.items():
                    if isinstance(deeper, list):
                        for one in deeper:
                            walk(one, (*path, key, inner))
            elif isinstance(each, list):
                for one in each:
                    walk(one, (*path, key))

    for value in values:
        walk(value, ())
    return max(found, key=lambda path: (found[path][1] > 0, found[path][0], -len(path)), default=())


def _at(value: Any, path: tuple[str, ...]) -> Iterator[Any]:  # noqa: ANN401
    """The values at the end of some keys, of every element of the lists on the way."""
    if not path:
        yield value
        return
    inner = value.get(path[0]) if isinstance(value, dict) else None
    for each in inner if isinstance(inner, list) else [inner]:
        if each is not None:
            yield from _at(each, path[1:])


def _flat(record: Any, before: str = "", depth: int = 0) -> dict[str, str]:  # noqa: ANN401
    """The cells of a record, by their keys: ``user.name`` for what is within another."""
    if not isinstance(record, dict):
        return {before or "value": _one_line(str(record))}
    cells: dict[str, str] = {}
    for key, value in record.items():
        title = _one_line(f"{before}.{key}" if before else str(key))
        if isinstance(value, dict) and depth < _DEPTH:
            cells |= _flat(value, title, depth + 1)
        elif isinstance(value, bool):
            cells[title] = "true" if value else "false"
        elif value is None:
            cells[title] = ""
        elif isinstance(value, str):
            cells[title] = _one_line(value)
        elif isinstance(value, int | float):
            cells[title] = str(value)
    return cells
