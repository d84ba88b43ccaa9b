"""Files that are written whole or not at all, and what is written to standard output instead."""

import os
import sys
from pathlib import Path
from stat import S_ISREG
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import IO, Any

from cmsource.cli.interrupts import interrupts_held


class WholeFile:
    """A file that appears under its name only when all of it is written.

    What is no regular file, such as a pipe or ``/dev/stdout``, is written directly.

    Args:
        path: the file; None for standard output.

    Raises:
        OSError: on entering, when it cannot be written there.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._temporary: Path | None = None
        self._stream: IO[Any] = sys.stdout

    def __enter__(self) -> "WholeFile":
        if self._path is None:
            return self
        # a link stays a link, and what it leads to is replaced
        target = self._path = Path(os.path.realpath(self._path))
        if target.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        if target.exists() and not S_ISREG(target.stat().st_mode):
            self._stream = target.open("w", encoding="utf-8", newline="\n", errors="replace")
            return self
        try:
            with interrupts_held():
                self._stream = NamedTemporaryFile(
                    "w",
                    encoding="utf-8",
                    newline="\n",
                    errors="replace",
                    dir=target.parent,
                    prefix=f".{target.name[:100]}.",
                    delete=False,
                )
                self._temporary = Path(self._stream.name)
        except BaseException:
            if self._temporary is not None:
                self._temporary.unlink(missing_ok=True)
            raise
        return self

    def write(self, text: str) -> None:
        """Write more of it."""
        if text:
            self._stream.write(text)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if self._path is None:
            if kind is None:
                self._stream.flush()
            return
        try:
            self._stream.close()
            if kind is None and self._temporary is not None:
                self._temporary.chmod(0o644)
                self._temporary.replace(self._path)
                self._temporary = None
        finally:
            if self._temporary is not None:
                self._temporary.unlink(missing_ok=True)
