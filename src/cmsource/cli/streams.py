"""The standard streams of a command: one that is full, closed or gone ends it with a message.

Whoever writes, a report, Typer's help or what it says of a mistake, writes to these. So there is
one place that knows what happens when a stream fails, and one from which no text of a user's gets
out as a command of a CI platform.
"""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from cmsource.values.language import ENGLISH, Language, say
from cmsource.values.system_errors import reason_of
from cmsource.values.text import without_commands


class _Stream(io.TextIOBase):
    """A standard stream, in UTF-8 whatever the locale.

    Args:
        stream: that of the process; None when it was closed before the start.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = None if stream is None or stream.closed else stream
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]

    def isatty(self) -> bool:
        """Whether somebody is watching."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """The number of the file; `OSError` when it is closed."""
        return self._open.fileno()

    def write(self, text: str) -> int:
        """Write a text."""
        if not isinstance(text, str):
            raise TypeError("a text is written, not bytes")  # as every stream of texts says
        try:
            self._open.write(text)
        except OSError as error:
            self._fail(error)
        return len(text)

    def flush(self) -> None:
        """Pass on what was written; nothing is left of it where the stream was closed meanwhile."""
        try:
            if self._stream is not None and not self._stream.closed:
                self._stream.flush()
        except OSError as error:
            self._fail(error)

    @property
    def _open(self) -> TextIO:
        if self._stream is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._stream

    def _fail(self, error: OSError) -> None:
        """Forget what is still to be written: it would fail again when the interpreter ends."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


class Messages(_Stream):
    """Standard error: what cannot be told there is lost, and nothing else is.

    Attributes:
        lost: whether something could not be told.
        language: finds out in which language people are told something.
    """

    lost = False
    language: Callable[[], Language] = staticmethod(lambda: ENGLISH)

    def write(self, text: str) -> int:
        """Write a text, without what a CI platform would take as a command."""
        return super().write(without_commands(text))

    def status(self, status: int) -> int:
        """The exit status of a command: 2 when something could not be told, if not worse."""
        return max(status, 2) if self.lost else status

    def _fail(self, error: OSError) -> None:
        self.lost = True
        super()._fail(error)


class Results(_Stream):
    """Standard output: where it cannot be written, a message says so and the command ends.

    Args:
        stream: that of the process; None when it was closed before the start.
        messages: where it is said.

    Raises:
        SystemExit: with status 2, from `write` and `flush`.
    """

    def __init__(self, stream: TextIO | None, messages: Messages) -> None:
        super().__init__(stream)
        self._messages = messages

    def _fail(self, error: OSError) -> None:
        super()._fail(error)
        reason = reason_of(error)
        text = say("error: the output cannot be written: {reason}", reason=reason)
        self._messages.write(f"{self._messages.language().of(text)}\n")
        self._messages.flush()
        raise SystemExit(2) from None


@contextlib.contextmanager
def standard_streams() -> Iterator[Messages]:
    """Standard output and standard error of this process, until this is left."""
    messages = Messages(sys.stderr)
    with (
        contextlib.redirect_stdout(Results(sys.stdout, messages)),
        contextlib.redirect_stderr(messages),
    ):
        yield messages
