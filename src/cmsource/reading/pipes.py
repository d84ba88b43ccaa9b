"""Named pipes, as a shell makes them of ``<(…)``: read where somebody writes, refused where not."""

import io
import os
from pathlib import Path
from stat import S_ISFIFO
from typing import TYPE_CHECKING, BinaryIO, cast

from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.language import say
from cmsource.values.text import shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def is_pipe(path: Path) -> bool:
    """Whether a path is that of a named pipe.

    Raises:
        OSError: it is that of nothing.
        ValueError: it is no path.
    """
    return S_ISFIFO(path.stat().st_mode)


def opened(path: Path) -> BinaryIO:
    """A file that is open for reading, a named pipe only when somebody writes to it.

    Raises:
        OSError: it cannot be opened.
        ScenarioError: it is a pipe that nothing is written to.
    """
    if not is_pipe(path):
        return path.open("rb")
    # Opened without waiting: without a writer one would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    stream = os.fdopen(descriptor, "rb", buffering=0)
    try:
        first = os.read(descriptor, 1)
    except BlockingIOError:  # somebody is about to write
        first = None
    if first == b"":
        stream.close()
        message = say("{path} is a pipe that nothing is written to", path=shown(path))
        hint = say("start what writes to it first, or write to a file")
        raise ScenarioError([Diagnostic("E101", message, Place(str(path)), hint)])
    os.set_blocking(descriptor, True)
    return cast(BinaryIO, io.BufferedReader(_Pipe(first or b"", stream)))


class _Pipe(io.RawIOBase):
    """A pipe, the first byte of which has been read.

    Args:
        first: that byte, or none.
        rest: where the others come from.
    """

    def __init__(self, first: bytes, rest: io.FileIO) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        """Read what there is; how many bytes."""
        if not self._first:
            return self._rest.readinto(buffer)
        memoryview(buffer).cast("B")[: len(self._first)] = self._first
        count, self._first = len(self._first), b""
        return count

    def close(self) -> None:
        """Close the pipe."""
        self._rest.close()
        super().close()
