"""Logs that are no CSV files, as rows with titles above: JSON, mbox, pages, lines, workbooks.

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
from pathlib import Path
from typing import Any, NamedTuple

from cmsource.inbox.line_logs import rows_of_lines
from cmsource.inbox.nested import CONVERSATION, Row, one_line, rows_of
from cmsource.inbox.packed import ZIP, Bytes
from cmsource.inbox.pages import is_page, rows_of_page
from cmsource.inbox.text_lines import CHUNK, END, Lines, refusal
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

_LOOK = 1 << 12
_DOCUMENT = 1 << 26
"""Bytes of a JSON document that is read as a whole; arrays and lines may be of any size."""
_ELEMENT = 1 << 24
_HEAD = 1 << 16
_FIRST_LIST = re.compile(
    r'\s*\{(?:\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-+.\w]+)\s*,)*'
    r'\s*"(?:[^"\\]|\\.)*"\s*:\s*\['
)
"""An object in which nothing but texts, numbers and words stands before the first list."""
_HEADERS = 1 << 16

_SCRIPT = re.compile(r"\s*(?:window\.[\w.]+|(?:var|let|const)\s+\w+)\s*=\s*(?=[\[{])")
_DIRECTION, _LABELS = "direction", "X-Gmail-Labels"
_THREAD = ("X-GM-THRID", "References")
_MAIL = (
    *("Date", "From", "To", "Subject", "Message-ID", "In-Reply-To"),
    *(_DIRECTION, CONVERSATION),
)
_SENT = {
    *("sent", "sent mail", "sent messages", "envoyés", "messages envoyés", "gesendet", "enviado"),
    *("enviados", "inviati", "inviata", "posta inviata", "verzonden"),
    *("draft", "drafts", "brouillon", "brouillons", "entwurf", "entwürfe", "borradores", "bozze"),
    *("rascunho", "rascunhos", "concept", "concepten"),
}
"""Labels of Gmail for what the owner of a mailbox wrote, in the languages of dates."""
_OWN_POSTS = re.compile(r"window\.YTD\.(?:note_)?tweets?\.")
_FROM = re.compile(r"From .*\d\d:\d\d.*\d{4}")
_ANY_FROM = re.compile(r"From ")


class Records(NamedTuple):
    """A log as rows.

    Attributes:
        rows: their cells, the titles first; free of line ends.
        first: the number of the first row, as people count: 0 where titles are no row of the file.
        note: what the user should know about what they are; else empty.
    """

    rows: Iterator[Row]
    first: int
    note: str = ""


def records_of(path: Path, content: Bytes, name: str = "") -> Records | None:
    """The rows of a log that is no CSV file; None when it is one.

    Args:
        path: the file, for what is said about it.
        content: its bytes.
        name: its name within an archive; empty for the file itself.

    Raises:
        ScenarioError: it looks like something else, and is not.
    """
    start = content.peek(_LOOK)
    if start.startswith(ZIP):
        return Records(_of_workbook(path, content), 1)
    if b"\0" in start or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    text = start.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
    found: Iterator[Row] | None = None
    if (lines := rows_of_lines(path, content, text, name)) is not None:
        found = lines
    elif text.startswith("From ") and re.search(r"\n[A-Za-z-]+: ", text):
        found = _of_mails(path, content)
    elif is_page(text):
        found = rows_of_page(path, content, name)
    elif _SCRIPT.match(text) or re.match(r'[\[{]\s*(?:["{\[\]}]|$)', text):
        found = rows_of(_values(path, content))
    if found is None:
        return None
    own = say(
        "these are posts of the account itself, and not messages to it: those to it are in "
        "direct-messages.js"
    )
    return Records(found, 0, own if _OWN_POSTS.match(text) else "")


def _of_mails(path: Path, content: Bytes) -> Iterator[Row]:
    """The headers of the mails of a mailbox."""
    yield list(_MAIL)
    headers: list[str] = []
    within, blank, size = False, True, 0
    begins: re.Pattern[str] | None = None
    for line in Lines(path, content, None):
        if blank and line.startswith("From ") and (begins is None or begins.match(line)):
            if begins is None:  # where the first one says when, others are texts
                begins = _FROM if _FROM.match(line) else _ANY_FROM
            within, headers, size = True, [], 0
        elif within and (not line.strip() or line is END):
            within = False
            yield _mail(headers)
        elif within and (size := size + len(line)) <= _HEADERS:
            headers.append(line)
        blank = not line.strip()


def _mail(headers: Sequence[str]) -> Row:
    parsed = HeaderParser().parsestr("".join(headers))
    cells = {name: _header(str(parsed.get(name, ""))) for name in (*_MAIL, *_THREAD, _LABELS)}
    threads = (cells[name].partition(" ")[0] for name in (*_THREAD, "In-Reply-To", "Message-ID"))
    labels = {label.strip().lower() for label in cells[_LABELS].split(",")} - {""}
    cells[_DIRECTION] = "" if not labels else "out" if labels & _SENT else "in"
    cells[CONVERSATION] = next(filter(None, threads), "")
    return [cells[name] for name in _MAIL]


def _header(value: str) -> str:
    if "=?" in value:
        with contextlib.suppress(ValueError, LookupError, MessageError):  # then as it is
            value = str(make_header(decode_header(value)))
    return one_line(value)


def _of_workbook(path: Path, content: Bytes) -> Iterator[Row]:
    """The rows of the longest sheet of a workbook."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise refusal(
            path,
            say("is a workbook, which openpyxl reads"),
            say("install cmsource[inbox], or export it as CSV"),
        ) from None
    content.stream.seek(0)
    try:
        book = load_workbook(content.stream, read_only=True, data_only=True)
        sheet = max(book.worksheets, key=lambda each: each.max_row or 0)
        for row in sheet.iter_rows(values_only=True):
            yield [one_line(_cell(value)) for value in row]
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
        yield from _document(path, content, script is not None)


def _is_json(line: str) -> Any:  # noqa: ANN401 - whatever the line holds
    """What a line holds, when that is an object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _document(path: Path, content: Bytes, script: bool) -> Iterator[Any]:
    """The one document of a file; where it is large, the elements of the first list in it."""
    start = content.peek(_HEAD)
    data = content.read(_DOCUMENT)
    pieces = [data]
    size = len(data)
    while data and size <= _DOCUMENT:
        data = content.read(CHUNK)
        pieces.append(data)
        size += len(data)
    if size > _DOCUMENT:
        if _FIRST_LIST.match(start.decode("utf-8", "replace")):
            yield from _elements(path, content, script, b"".join(pieces))
            return
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
        yield json.loads(text)
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


def _elements(path: Path, content: Bytes, script: bool, begun: bytes = b"") -> Iterator[Any]:
    """The elements of the first array, one after the other, whatever its length.

    Args:
        path: the file.
        content: what is left of it.
        script: whether it is an assignment of JavaScript.
        begun: what was read of it.
    """
    decoder = json.JSONDecoder()
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    text = decode(begun or content.read(CHUNK))
    opening = _FIRST_LIST.match(text) if begun else _SCRIPT.match(text) if script else None
    at = opening.end() if opening else 0
    if not begun:
        at = text.index("[", at) + 1
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
