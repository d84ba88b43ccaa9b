"""Chats exported as pages: Telegram, Discord, Facebook, Instagram, and SMS backups in XML.

A message is a time, in an attribute or as a text by itself; who wrote it stands before.
"""

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from cmsource.inbox.columns import happens_later, readable
from cmsource.inbox.nested import CONVERSATION, Row, one_line
from cmsource.inbox.packed import Bytes
from cmsource.inbox.text_lines import CHUNK, refusal
from cmsource.values.language import say

TITLES = ["date", "author", "direction", CONVERSATION]
_STARTS = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|\?xml)\b", re.I | re.S)
_TIMES = frozenset(("title", "datetime", "date", "time", "timestamp", "data-time", "data-utime"))
_AUTHOR = re.compile(r"author|sender|from_?name|user_?name|\b_a6-h\b|\b_2lel\b", re.I)
"""Classes of who writes; the last two are those of Meta."""
_NO_TEXT = frozenset(("title", "script", "style", "code", "pre"))
_LONGEST = 80
_MOST = 1 << 22
"""Characters of one tag or comment, after which it is taken for one that is never closed."""
_SMS = {"1": "in", "2": "out"}


def is_page(text: str) -> bool:
    """Whether a file that begins like this is HTML or XML."""
    return _STARTS.match(text) is not None


def rows_of_page(path: Path, content: Bytes, name: str) -> Iterator[Row]:
    """The times of a page and who wrote then, as far as that is told.

    Args:
        path: the file, which is one conversation where nothing else is told.
        content: its bytes.
        name: its name within an archive, if it is in one.

    Raises:
        ScenarioError: there is no time in it, or it is broken.
    """
    yield TITLES
    page = _Page(one_line(name or str(path)))
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    count = 0
    try:
        while data := content.read(CHUNK):
            page.feed(decode(data))
            if len(page.rawdata) > _MOST:
                raise _broken(path)
            count += len(page.rows)
            yield from page.taken()
        page.close()
    except AssertionError:  # html.parser, of what is neither HTML nor XML
        raise _broken(path) from None
    count += len(page.rows)
    yield from page.taken()
    if not count:
        raise refusal(
            path,
            say("is a page in which no time of a message can be read"),
            say("export the chat as JSON or CSV"),
        )


def _broken(path: Path) -> Exception:
    reason = say("is a page with a tag that is never closed")
    return refusal(path, reason, say("export the chat as JSON or CSV"))


class _Page(HTMLParser):
    """Takes the messages of a page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._conversation = name
        self.rows: list[Row] = []
        self._author = ""
        self._names = False  # whether the next text says who writes
        self._told = False  # whether the time of the message was in an attribute
        self._passed = False  # whether the next text is the time of something else

    def taken(self) -> list[Row]:
        """The messages so far, which are taken away."""
        rows, self.rows = self.rows, []
        return rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look for a time among the attributes of a tag."""
        held = {name: value or "" for name, value in attrs}
        kind = f"{held.get('class', '')} {held.get('id', '')}"
        self._passed = tag in _NO_TEXT or happens_later(kind)
        self._names = _AUTHOR.search(kind) is not None
        if self._passed:
            return
        for name, value in held.items():
            if name in _TIMES and len(value) <= _LONGEST and readable(value):
                side = _SMS.get(held.get("type", ""), "") if tag == "sms" else ""
                author = held.get("address", "") if tag == "sms" else self._author
                self._add(value, author, side, author if side else "")
                self._told = True
                return

    def handle_data(self, data: str) -> None:
        """Look whether a text is a time, or who writes."""
        text = one_line(data).strip()
        if not text:
            return
        if self._names:
            self._author, self._names, self._told = text[:200], False, False
        elif len(text) <= _LONGEST and readable(text):
            if not self._told and not self._passed:
                self._add(text, self._author)
        else:
            self._told = False

    def _add(self, time: str, author: str, side: str = "", conversation: str = "") -> None:
        named = one_line(conversation) or self._conversation
        self.rows.append([time, one_line(author), side, named])
