"""Files that are written whole or not at all."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_IMODE, S_ISREG
from tempfile import NamedTemporaryFile, SpooledTemporaryFile
from types import TracebackType
from typing import IO, Any

import typer

from cmsource.cli.signals import signals_held
from cmsource.values.language import say
from cmsource.values.system_errors import reason_of
from cmsource.values.text import printable

_TEXT = {"mode": "w", "encoding": "utf-8", "newline": "\n", "errors": "replace"}
"""How files of text are opened."""
_IN_MEMORY = 1 << 22
"""Bytes that are kept before they are shown without a file."""


class WholeFile:
    """A file that appears under its name only when all of it is written.

    A link keeps pointing where it does, and a file that is there keeps its permissions. What is no
    regular file, such as a pipe or ``/dev/stdout``, is written directly.

    Args:
        path: the file.
        binary: whether it takes bytes; else it takes texts.

    Raises:
        typer.BadParameter: it cannot be written.
    """

    def __init__(self, path: Path, *, binary: bool = False) -> None:
        self._name = printable(str(path))
        self._how: dict[str, Any] = {"mode": "wb"} if binary else dict(_TEXT)
        self._path = path
        self._temporary: Path | None = None
        self._stream: IO[Any]

    def __enter__(self) -> "WholeFile":
        with _told(self._name):
            target = self._path = Path(os.path.realpath(self._path))
            if target.is_dir():
                raise IsADirectoryError(21, "Is a directory")
            if target.exists() and not S_ISREG(target.stat().st_mode):
                self._stream = target.open(**self._how)
                return self
            try:
                with signals_held():
                    self._stream = NamedTemporaryFile(
                        **self._how,
                        dir=target.parent,
                        prefix=f".{target.name[:100]}.",
                        delete=False,
                    )
                    self._temporary = Path(self._stream.name)
            except BaseException:
                self._discard()
                raise
        return self

    def write(self, more: str | bytes) -> None:
        """Write more of it."""
        with _told(self._name):
            self._stream.write(more)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        try:
            with _told(self._name):
                self._stream.close()
                if kind is None and self._temporary is not None:
                    self._temporary.chmod(_mode(self._path))
                    self._temporary.replace(self._path)
                    self._temporary = None
        finally:
            self._discard()

    def _discard(self) -> None:
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Turns what the system says into an error of usage."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        message = say("{file} cannot be written: {reason}", file=name, reason=reason)
        raise typer.BadParameter(message) from None


@contextlib.contextmanager
def shown_at_once(show: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """What to write texts with that are shown together when this is left without an error.

    Raises:
        typer.BadParameter: they cannot be kept until then.
    """
    name = say("a temporary file")
    with SpooledTemporaryFile(
        _IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline=""
    ) as kept:

        def write(text: str) -> None:
            with _told(name):
                kept.write(text)

        yield write
        with _told(name):
            kept.seek(0)
        while text := kept.read(_IN_MEMORY):
            show(text)


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        typer.BadParameter: it cannot be written.
    """
    with WholeFile(path, binary=isinstance(content, bytes)) as file:
        file.write(content)


def _mode(path: Path) -> int:
    """The permissions of a file, or those that a new one would have."""
    try:
        return S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0o022)
        os.umask(mask)
        return 0o666 & ~mask
