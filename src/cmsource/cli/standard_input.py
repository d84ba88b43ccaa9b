"""Standard input, for a file named ``-``: it can be read once."""

import os
import tempfile
from pathlib import Path
from stat import S_ISFIFO
from typing import BinaryIO

import typer

from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.text import shown

MOST_PIPED = 1 << 30
"""Bytes of saved results that are taken from a pipe."""
_AT_A_TIME = 1 << 20


class StandardInput:
    """What is piped into a command.

    Args:
        stream: the stream; None when it is closed.
    """

    name = "<stdin>"
    """The name under which it is shown."""

    def __init__(self, stream: BinaryIO | None) -> None:
        self._stream = stream
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self) -> BinaryIO:
        """The stream itself.

        Raises:
            typer.BadParameter: it is closed, or has been read before.
        """
        stream, self._stream = self._stream, None
        if stream is None:
            raise typer.BadParameter(
                "standard input can be read once, and only where it is open: give the other file "
                "by its name",
                param_hint="-",
            )
        return stream

    def read(self) -> bytes:
        """Its bytes, at most one more than a scenario may have."""
        from cmsource.reading.document import MAX_BYTES

        return self.open().read(MAX_BYTES + 1)

    def as_file(self) -> Path:
        """A file that holds it until `close`, for what is read here and there."""
        return self.kept(self.open(), self.name)

    def kept(self, stream: BinaryIO, name: str, before: bytes = b"") -> Path:
        """A file that holds what a stream has until `close`.

        Args:
            stream: the stream.
            name: the name under which it is shown.
            before: what was read of it already.

        Raises:
            ScenarioError: it has more than can be meant.
        """
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="cmsource-")
        with tempfile.NamedTemporaryFile(dir=self._folder.name, delete=False) as file:
            file.write(before)
            while data := stream.read(_AT_A_TIME):
                file.write(data)
                if file.tell() > MOST_PIPED:
                    message = f"{shown(name)} has more than {MOST_PIPED:,} bytes"
                    hint = "write what it gives to a file first, if it ends"
                    raise ScenarioError([Diagnostic("E102", message, Place(name), hint)])
        return Path(file.name)

    def pipe(self, path: Path) -> Path | None:
        """A file that holds what a named pipe gives until `close`; None where it is no such pipe.

        Raises:
            OSError: it cannot be opened.
            ScenarioError: nothing writes to it, or it gives more than can be meant.
        """
        if not S_ISFIFO(path.stat().st_mode):
            return None
        # Opened without waiting: without a writer one would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            try:
                first = os.read(descriptor, 1)
            except BlockingIOError:  # somebody is about to write
                first = None
            if first == b"":
                message = f"{shown(path)} is a pipe that nothing is written to"
                hint = "start what writes to it first, or write to a file"
                raise ScenarioError([Diagnostic("E101", message, Place(str(path)), hint)])
            os.set_blocking(descriptor, True)
            return self.kept(stream, str(path), first or b"")

    def close(self) -> None:
        """Remove the file that held it."""
        if self._folder is not None:
            self._folder.cleanup()
