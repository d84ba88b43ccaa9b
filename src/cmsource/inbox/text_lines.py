"""The lines of a log as text, whatever its encoding and its line ends."""

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol

from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

CHUNK = 1 << 20
"""Bytes that are read at once."""
MAX_LINE = 1 << 24
END = "\x00the end of the log\x00"
"""The last line that `Lines` gives."""

Advance = Callable[[int], object]
"""Called with the number of bytes each time that some have been read."""


def refusal(
    path: Path, reason: str, hint: str = "", line: int = 0, code: str = "E115"
) -> ScenarioError:
    """The error that says why a file is no log that can be read."""
    place = Place(str(path), line)
    return ScenarioError(
        [
            Diagnostic(
                code,
                say("{file} {reason}", file=shown(path.name or path), reason=reason),
                place,
                hint,
            )
        ]
    )


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark, told by every other byte of Latin letters, which is zero."""
    for coding, zeros, letters in (
        ("utf-16-le", data[1:400:2], data[:400:2]),
        ("utf-16-be", data[:400:2], data[1:400:2]),
    ):
        if len(zeros) > 8 and not any(zeros) and all(letters):
            return coding
    return None


class Lines:
    """The lines of a file as text, a last one that tells the end, and what was odd about them.

    UTF-8, or UTF-16 where the file says or shows so; lines that are not UTF-8 are read as
    Windows-1252, as French spreadsheets write them, and counted. Where a byte is no letter of it,
    Latin-1 has one.
    """

    def __init__(self, path: Path, stream: Readable, advance: Advance | None) -> None:
        self.path = path
        self.stream = stream
        self.advance = advance
        self.one_byte = 0

    def __iter__(self) -> Iterator[str]:
        return self.to_the_end(self.chunks())

    def to_the_end(self, chunks: Iterable[bytes]) -> Iterator[str]:
        """The lines of all chunks that are left, and the one that tells the end."""
        return chain(chain.from_iterable(map(self.of, self.whole(chunks))), (END,))

    def of(self, block: bytes) -> Iterable[str]:
        """The lines of a block as text, with their ends."""
        return io.StringIO(self.text(block), newline="\n")

    def whole(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Whole lines as bytes, many at a time, of chunks that end anywhere."""
        rest = b""
        for data in chunks:
            head, newline, tail = (rest + data).rpartition(b"\n")
            rest = tail
            if newline:
                yield head + newline
            elif len(rest) > MAX_LINE:
                raise self.too_long()
        if rest:
            yield rest + b"\n"

    def too_long(self) -> ScenarioError:
        """The refusal of a file with a line that is longer than any message."""
        return refusal(
            self.path,
            say(
                "has a line of more than {most} bytes: this is no CSV file",
                most=format_shortest(MAX_LINE),
            ),
        )

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file as UTF-8 with line ends of one byte, as far as it is text."""
        data = self.next_chunk()
        if not data:
            raise refusal(self.path, say("is empty"), say("export the log again"))
        decoder: codecs.IncrementalDecoder | None = None
        if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            decoder = codecs.getincrementaldecoder("utf-32")("replace")
        elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
        elif data.startswith(codecs.BOM_UTF8):
            data = data[len(codecs.BOM_UTF8) :]
        elif (coding := _unmarked(data)) is not None:
            decoder = codecs.getincrementaldecoder(coding)("replace")
        elif b"\0" in data:
            raise refusal(self.path, say("is not a text file"), say("export the log as CSV"))
        if not data:  # nothing but the mark
            raise refusal(self.path, say("is empty"), say("export the log again"))
        held = b""
        while data:
            if decoder is not None:
                data = decoder.decode(data).encode("utf-8", "replace")
            data = held + data
            held = b"\r" if data.endswith(b"\r") else b""  # its \n may be in the next chunk
            data = data[: len(data) - len(held)]
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            yield data
            data = self.next_chunk()
        if held:
            yield b"\n"

    def next_chunk(self) -> bytes:
        """The next bytes of the file; none at its end."""
        data = self.stream.read(CHUNK)
        if self.advance is not None and data:
            self.advance(len(data))
        return data

    def text(self, data: bytes) -> str:
        """Whole lines as text."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return "".join(map(self.line, data.splitlines(keepends=True)))

    def line(self, data: bytes) -> str:
        """One line as text, of whatever encoding."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self.one_byte += 1
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")
