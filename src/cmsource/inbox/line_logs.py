"""Logs with one time a line, as rows with titles above: chats, web servers, system logs."""

import contextlib
import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from cmsource.inbox.nested import CONVERSATION, Row, one_line
from cmsource.inbox.packed import Bytes
from cmsource.inbox.text_lines import END, Lines, refusal
from cmsource.values.language import say
from cmsource.values.text import shown

_DAY = r"\d{1,4}[./-](?:\d\d?|[a-z]{3})[./-]\d{1,4}(?:,|\s(?:à|um|at|om|alle))?\s"
_CLOCK = r"\d{1,2}(?:[:.]|\sh\s)\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\.?)?"
_CHAT = re.compile(
    rf"\s*[\u200e\u200f]*(?:\[({_DAY}{_CLOCK})\]\s?"
    rf"|({_DAY}{_CLOCK})\s-\s)(.*)",
    re.IGNORECASE,
)
_DISCORD = re.compile(r"={9,}\s*\nGuild: [^\n]*\s*\nChannel: ")
_SERVER = re.compile(
    r'(?:\S+:\d+ )?(\S+) \S+ \S+ \[(\d\d/[A-Za-z]{3}/\d{4}:[\d:]{8} [+-]\d{4})\] "([^"]*)"'
)
_FIELDS = re.compile(r"#.*\n(?:#.*\n)*", re.MULTILINE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# RFC 5424, section 6; the time alone in its form, as rsyslog and journalctl write it; RFC 3164,
# section 4.1, with a year where somebody wrote one.
_SYSLOG = re.compile(r"<\d{1,3}>[1-9]\d{0,2} (\S+) (\S+) (\S+) \S+ \S+ ?(.*)")
_SYSLOG_ISO = re.compile(
    r"(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?) ([\w.:-]+) "
    r"(?=[^\s:\[]+(?:\[[^\]\s]*\])?: )(.*)"
)
_SYSLOG_BSD = re.compile(
    r"(?:(\d{4}) )?(?:<\d{1,3}>)?(?:(\d{4}) )?"
    rf"({'|'.join(_MONTHS)})  ?(\d\d?) (?:(\d{{4}}) )?(\d\d:\d\d:\d\d(?:\.\d+)?) ([\w.:-]+) (.*)"
)
_PROGRAM = re.compile(r"([^\s:\[]+)(?:\[[^\]\s]*\])?: ?")
_JOURNAL = "-- "
"""What lines of journalctl begin with that are about the log itself."""
_HALF_A_DAY = 12


def rows_of_lines(path: Path, content: Bytes, text: str, name: str = "") -> Iterator[Row] | None:
    """The rows of a log with one time a line; None when it is another one.

    Args:
        path: the file.
        content: its bytes.
        text: how it begins.
        name: its name within an archive, if it is in one.
    """
    first = next((line for line in text.split("\n") if not line.startswith(_JOURNAL)), "")
    if _CHAT.match(first):
        return _of_chat(path, content, name)
    if _DISCORD.match(text):
        return _of_chat(path, content, name, named_alone=True)
    if _SERVER.match(first):
        return _of_server(path, content)
    if (head := _FIELDS.match(text)) is not None and "#Fields:" in head[0]:
        return _of_fields(path, content)
    if any(form.match(first) for form in (_SYSLOG, _SYSLOG_ISO, _SYSLOG_BSD)):
        return _of_system(path, content)
    return None


def _of_chat(path: Path, content: Bytes, name: str, *, named_alone: bool = False) -> Iterator[Row]:
    """A chat as WhatsApp exports it: ``[31/10/2017, 22:10:47] Anna: Hello``, and with a dash.

    Args:
        path: the file, which is one conversation.
        content: its bytes.
        name: its name within an archive, if it is in one.
        named_alone: whether who writes stands alone after the time, as exporters of Discord have
            it, and the text on the next lines.
    """
    yield ["date", "author", "text", CONVERSATION]
    conversation = one_line(name or str(path))
    for line in Lines(path, content, None):
        if (found := _CHAT.match(line)) is None:
            continue  # a line more of the message before
        author, colon, text = found[3].partition(": ")
        if named_alone:
            author, colon, text = found[3], ":", ""
        if colon:  # without an author, it is the service that speaks
            who = author.strip("\u200e\u200f ")
            yield [found[1] or found[2], who, text.strip(), conversation]


def _of_server(path: Path, content: Bytes) -> Iterator[Row]:
    """Requests as web servers log them."""
    yield ["host", "time", "request"]
    for line in Lines(path, content, None):
        if line is END:
            continue
        found = _SERVER.match(line)
        yield list(found.groups()) if found else [line.strip()]


# The extended log format of the W3C --------------------------------------------------------------

_MOMENT = "date time"


def _of_fields(path: Path, content: Bytes) -> Iterator[Row]:
    """Lines under ``#Fields:``, as IIS, CloudFront and Exchange write them.

    Dates and times of their own columns are those of UTC, as the format says, unless the file says
    ``#Time Format: Local``. https://www.w3.org/TR/WD-logfile.html
    """
    titles: list[str] = []
    names: list[str] = []
    comma, day = False, _Day()
    zone = "Z"
    for line in Lines(path, content, None):
        if line is END or not line.strip():
            continue
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            if key == "Fields":
                comma = "," in value
                names = [each.strip() for each in value.split("," if comma else None)]
                if names and not titles:
                    titles = _titles(names)
                    yield titles
            elif key == "Date":
                day.begins(value.strip())
            elif key == "Time Format" and value.strip().lower() == "local":
                zone = ""
            continue
        cells = _cells(line.strip("\n"), len(names), comma=comma)
        if cells is None:
            yield [line.strip()]
            continue
        found = dict(zip(names, cells, strict=True))
        if "time" in found:
            found[_MOMENT] = f"{found.get('date') or day.of(found['time'])} {found['time']}{zone}"
        yield [found.get(title, "") for title in titles]


def _titles(names: list[str]) -> list[str]:
    """The columns of some fields: the time first, with its date in one."""
    if "time" not in names:
        return names
    return [_MOMENT, *(name for name in names if name not in ("date", "time"))]


def _cells(line: str, count: int, *, comma: bool) -> list[str] | None:
    """The values of a line; None when they are not as many as there are fields."""
    cells = line.split("\t") if "\t" in line else line.split()
    if comma or len(cells) != count:  # texts in quotes may hold what separates them
        separator = "," if comma else "\t" if "\t" in line else " "
        with contextlib.suppress(csv.Error):  # no value is that long
            cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    return cells if len(cells) == count else None


class _Day:
    """The day of times without a date: that of ``#Date:``, and the next one after midnight."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._hour = 0

    def begins(self, moment: str) -> None:
        """Take the day from a directive."""
        try:
            self._day, self._hour = date.fromisoformat(moment[:10]), 0
        except ValueError:
            self._day = None

    def of(self, clock: str) -> str:
        """The day of the next time; "" where no directive says it."""
        if self._day is None:
            return ""
        hour = int(clock[:2]) if clock[:2].isdecimal() else self._hour
        if self._hour - hour >= _HALF_A_DAY and self._day < date.max:
            self._day += timedelta(days=1)
        self._hour = hour
        return self._day.isoformat()


# System logs -------------------------------------------------------------------------------------


def _of_system(path: Path, content: Bytes) -> Iterator[Row]:
    """Lines of a system log: RFC 5424, RFC 3164 with a year, and the form with the time alone.

    Raises:
        ScenarioError: times say no year, which decides on which day of the week they are.
    """
    yield ["time", "host", "program", "text"]
    for number, line in enumerate(Lines(path, content, None), 1):
        if line is END or line.startswith(_JOURNAL) or not line.strip():
            continue
        if (found := _SYSLOG.match(line)) is not None:
            yield [found[1], found[2], found[3], found[4].strip()]
        elif (found := _SYSLOG_ISO.match(line)) is not None:
            yield [found[1], found[2], *_program_of(found[3])]
        elif (found := _SYSLOG_BSD.match(line)) is not None:
            before, after, month, day, between, clock, host, text = found.groups()
            if not (year := before or after or between):
                raise refusal(
                    path,
                    say("says no year in its times: {text}", text=shown(f"{month} {day} {clock}")),
                    say(
                        "write the year in front of each line, as `sed 's/^/2024 /'` does, or "
                        "export times with their year, as `journalctl -o short-iso` does"
                    ),
                    number,
                )
            moment = f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02} {clock}"
            yield [moment, host, *_program_of(text)]
        else:
            yield [line.strip()]


def _program_of(text: str) -> tuple[str, str]:
    """Which program wrote a line, as far as it says, and what it wrote."""
    found = _PROGRAM.match(text)
    return (found[1], text[found.end() :].strip()) if found else ("", text.strip())
