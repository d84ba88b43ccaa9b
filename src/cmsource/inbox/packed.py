"""Files as they come: plain, or logs in a ZIP or GZ archive, unpacked as they are read."""

import gzip
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from cmsource.inbox.nested import mended
from cmsource.inbox.text_lines import Advance, refusal
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

ZIP, GZ = b"PK\x03\x04", b"\x1f\x8b"
_ANY_SIZE = 1 << 26
"""Bytes that an archive may unpack to whatever its own size."""
_MOST_TIMES = 200
"""How many times its own size it may unpack to beyond that; texts pack to a tenth or so."""
_MOST_MEMBERS = 50_000
_SOME_MEMBERS = 50
_SOME_BYTES = 80
"""More than a file takes that holds nothing but the beginning and the end of a list."""
_HEAD = 1 << 12
_PARTICIPANTS = re.compile(r'"participants":\s*\[([^\]]*)\]')
_NAME = re.compile(r'"name":\s*("(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")')
_LOGS = re.compile(r"\.(csv|tsv|txt|json|jsonl|ndjson|js|mbox|log|html?|xml)$", re.IGNORECASE)
_PAGES = re.compile(r"\.(html?|xml)$", re.IGNORECASE)
_PLAIN = (
    re.compile(r"/\d{4}-\d\d-\d\d\.json$"),  # Slack: a folder a channel, a file a day
    # X: messages to the account, else what it wrote itself
    re.compile(r"(^|/)direct-messages(-group)?(-part\d+)?\.js$"),
    re.compile(r"(^|/)tweets?(-part\d+)?\.js$"),
    re.compile(  # Instagram and Facebook: a folder a conversation
        r"(^|/)messages/(inbox|message_requests|archived_threads|e2ee_cutover)/[^/]+/"
        r"message_\d+\.(json|html)$"
    ),
)
"""Files that are the log, among others that are not, in archives that services export."""


class Bytes:
    """The bytes of a file, of which the first can be looked at before they are read.

    Args:
        path: the file, for what is said about it.
        stream: where they come from.
        advance: called with how many were read, each time.
        most: how many there may be.
    """

    def __init__(
        self,
        path: Path,
        stream: IO[bytes],
        advance: Advance | None = None,
        most: int | None = None,
    ) -> None:
        self.path = path
        self.stream = stream
        self.advance = advance
        self.most = most
        self.count = 0
        self._ahead = b""

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read; fewer at the end of the file."""
        while len(self._ahead) < size and (data := self._next(size - len(self._ahead))):
            self._ahead += data
        return self._ahead[:size]

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most so many when that is not negative."""
        if size < 0:
            data = self._ahead
            self._ahead = b""
            pieces = [data]
            while data := self._next(1 << 20):
                pieces.append(data)
            return b"".join(pieces)
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._next(size)

    def _next(self, size: int) -> bytes:
        try:
            data = self.stream.read(size)
        except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
            raise refusal(
                self.path,
                say("is a broken archive: {reason}", reason=str(error)),
                say("export the log again"),
            ) from None
        self.count += len(data)
        if self.advance is not None and data:
            self.advance(len(data))
        if self.most is not None and self.count > self.most:
            raise refusal(
                self.path,
                say("unpacks to more than {most} bytes", most=format_shortest(self.most)),
                say("unpack it yourself, if that is what it should hold"),
            )
        return data


class Part(NamedTuple):
    """One log of a file.

    Attributes:
        name: its name within an archive; empty for the file itself.
        content: its bytes.
        owner: whose conversations it holds, where those around it say so; else empty.
    """

    name: str
    content: Bytes
    owner: str = ""


def parts_of(path: Path, stream: IO[bytes], size: int, advance: Advance | None) -> Iterator[Part]:
    """The logs of a file: itself, or what it packs.

    Args:
        path: the file, for what is said about it.
        stream: its bytes; an archive of several files has to be one that can be read in any order.
        size: how many there are, as far as that is known.
        advance: called with how many were read, each time.

    Raises:
        ScenarioError: it is an archive that cannot be read.
    """
    content = Bytes(path, stream, advance)
    start = content.peek(4)
    if start.startswith(GZ):
        most = _ANY_SIZE + _MOST_TIMES * size
        yield _unpacked(path, "", gzip.GzipFile(fileobj=content), most)  # type: ignore[call-overload]
    elif start == ZIP:
        yield from _members(path, stream)
        if advance is not None:
            advance(size)
    else:
        yield Part("", content)


def _unpacked(path: Path, name: str, stream: IO[bytes], most: int) -> Part:
    """What an archive packs, when that is no archive too."""
    content = Bytes(path, stream, most=most)
    if content.peek(4).startswith((ZIP, GZ)):
        reason = say("holds an archive within an archive")
        raise refusal(path, reason, say("unpack it first"))
    return Part(name, content)


def _members(path: Path, stream: IO[bytes]) -> Iterator[Part]:
    """The logs in a ZIP archive."""
    if not stream.seekable():
        raise refusal(
            path,
            say("is an archive of several files, which cannot be read from a pipe"),
            say("write it to a file first"),
        )
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise broken(path, error) from None
    with archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            check_workbook(path, archive)
            stream.seek(0)
            yield Part("", Bytes(path, stream))
            return
        infos = _logs_among(path, archive.infolist())
        owner = _owner(path, archive, infos)
        for info in infos:
            try:
                member = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                raise broken(path, error) from None
            with member:
                most = _ANY_SIZE + _MOST_TIMES * info.compress_size
                yield _unpacked(path, info.filename, member, most)._replace(owner=owner)


def _owner(path: Path, archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> str:
    """Who takes part in all conversations of an archive that has one a file; nobody else does."""
    if not infos or not _PLAIN[-1].search(infos[0].filename):
        return ""
    everybody: list[set[str]] = []
    for info in infos[:_SOME_MEMBERS]:
        try:
            with archive.open(info) as member:
                start = Bytes(path, member).peek(_HEAD).decode("utf-8", "replace")
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise broken(path, error) from None
        if found := _PARTICIPANTS.search(start):
            names = [json.loads(name) for name in _NAME.findall(found[1])]
            everybody.append({mended(name) for name in names})
    common = set.intersection(*everybody) if len(everybody) > 1 else set()
    return common.pop() if len(common) == 1 else ""


def _logs_among(path: Path, infos: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members of an archive that may be logs."""
    found = [
        info
        for info in infos
        if _LOGS.search(info.filename) and not info.is_dir() and "__MACOSX/" not in info.filename
    ]
    if others := [info for info in found if not _PAGES.search(info.filename)]:
        found = others  # pages beside them show what they hold
    for plain in _PLAIN:
        known = [info for info in found if plain.search(info.filename)]
        if any(info.file_size > _SOME_BYTES for info in known):
            found = known
    if not found:
        listed = [info.filename for info in infos if not info.is_dir()][:3]
        raise refusal(
            path,
            say("packs no log, but {files}", files=", ".join(map(shown, listed)))
            if listed
            else say("is empty"),
            say("an archive may hold CSV, JSON, mbox and text files"),
        )
    if len(found) > _MOST_MEMBERS:
        most = format_shortest(_MOST_MEMBERS)
        raise refusal(path, say("packs more than {most} files", most=most), say("unpack it first"))
    return found


def check_workbook(path: Path, archive: zipfile.ZipFile) -> None:
    """See that a workbook does not unpack to far more than its size.

    Raises:
        ScenarioError: it does.
    """
    packed = sum(info.compress_size for info in archive.infolist())
    most = _ANY_SIZE + _MOST_TIMES * packed
    if sum(info.file_size for info in archive.infolist()) > most:
        raise refusal(
            path,
            say("unpacks to more than {most} bytes", most=format_shortest(most)),
            say("export it as CSV"),
        )


def broken(path: Path, error: Exception) -> ScenarioError:
    """The refusal of an archive that cannot be read."""
    return refusal(
        path,
        say("is an archive that cannot be read: {reason}", reason=shown(str(error))),
        say("unpack it first, or export the log again"),
    )
