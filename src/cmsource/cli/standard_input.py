"""Standard input, for a file named ``-``: it can be read once."""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import typer

from cmsource.reading.pipes import is_pipe, opened
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.system_errors import reason_of
from cmsource.values.text import shown

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

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
        self._folder: TemporaryDirectory[str] | None = None

    def open(self) -> BinaryIO:
        """The stream itself.

        Raises:
            typer.BadParameter: it is closed, or has been read before.
        """
        stream, self._stream = self._stream, None
        if stream is None:
            raise typer.BadParameter(
                say(
                    "standard input can be read once, and only where it is open: give the other "
                    "file by its name"
                ),
                param_hint="-",
            )
        return stream

    @property
    def is_terminal(self) -> bool:
        """Whether somebody types it."""
        return self._stream is not None and not self._stream.closed and self._stream.isatty()

    def typed(self) -> TextIO:
        """What somebody types, line by line; its end is an `EOFError`.

        Raises:
            typer.BadParameter: it is closed, or has been read before.
        """
        return _Typed(self.open(), encoding="utf-8", errors="replace")

    def read(self, most: int = -1) -> bytes:
        """Its bytes, so many at most.

        Raises:
            ScenarioError: they cannot be read.
        """
        with _told(self.name):
            return self.open().read(most)

    def as_file(self) -> Path:
        """A file that holds it until `close`, for what is read here and there."""
        return self.kept(self.open(), self.name)

    def kept(self, stream: BinaryIO, name: str) -> Path:
        """A file that holds what a stream has until `close`.

        Args:
            stream: the stream.
            name: the name under which it is shown.

        Raises:
            ScenarioError: it has more than can be meant, or cannot be read.
        """
        from tempfile import NamedTemporaryFile, TemporaryDirectory

        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="cmsource-")
        with _told(name), NamedTemporaryFile(dir=self._folder.name, delete=False) as file:
            while data := stream.read(_AT_A_TIME):
                file.write(data)
                if file.tell() > MOST_PIPED:
                    message = say(
                        "{file} has more than {most} bytes",
                        file=shown(name),
                        most=format_shortest(MOST_PIPED),
                    )
                    hint = say("write what it gives to a file first, if it ends")
                    raise ScenarioError([Diagnostic("E102", message, Place(name), hint)])
        return Path(file.name)

    def pipe(self, path: Path) -> Path | None:
        """A file that holds what a named pipe gives until `close`; None where it is no such pipe.

        Raises:
            OSError: it cannot be opened.
            ScenarioError: nothing writes to it, or it gives more than can be meant.
        """
        if not is_pipe(path):
            return None
        with opened(path) as stream:
            return self.kept(stream, str(path))

    def close(self) -> None:
        """Remove the file that held it."""
        if self._folder is not None:
            self._folder.cleanup()


class _Typed(io.TextIOWrapper):
    """Lines that somebody types; asked for one after the last, it raises rather than say ""."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """The next line, with its end.

        Raises:
            EOFError: there is none.
        """
        line = super().readline(size)
        if not line:
            raise EOFError
        return line


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Turns what the system says into a diagnostic: a stream that cannot be read, or kept."""
    try:
        yield
    except OSError as error:
        message = say("{file} cannot be read: {reason}", file=shown(name), reason=reason_of(error))
        raise ScenarioError([Diagnostic("E101", message, Place(name))]) from None
