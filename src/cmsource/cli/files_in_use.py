"""The files that a command reads and writes, so that none is lost to another."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

import typer

from cmsource.values.language import say
from cmsource.values.text import printable


class FilesInUse:
    """The files of one command.

    Links and other spellings of a path are the same file.
    """

    def __init__(self) -> None:
        self._read: list[str | Path] = []
        self._written: list[Path] = []

    def reads(self, *files: str | Path) -> None:
        """Keep in mind that files are read."""
        self._read += files

    def check(self, target: Path) -> None:
        """Refuse to write a file that is read.

        Raises:
            typer.BadParameter: it is.
        """
        found = _status(target)
        if found is None or not S_ISREG(found.st_mode):
            return  # what is not there is not read, and a pipe or a device holds nothing
        if any(_is_same(found, file) for file in self._read):
            message = say(
                "{file} is read here, and would be lost: choose another name",
                file=printable(str(target)),
            )
            raise typer.BadParameter(message)

    @contextlib.contextmanager
    def writing(self, target: Path) -> Iterator[None]:
        """A file is written until this is left.

        Raises:
            typer.BadParameter: it is read here, or written already.
        """
        self.check(target)
        place = Path(os.path.realpath(target))
        found = _status(place)
        usual = found is None or S_ISREG(found.st_mode)
        if usual and place in self._written:
            message = say(
                "two results would be written to {file}: choose two names",
                file=printable(str(target)),
            )
            raise typer.BadParameter(message)
        self._written.append(place)
        try:
            yield
        finally:
            self._written.remove(place)


def _status(file: str | Path) -> os.stat_result | None:
    """What the system says of a file; None where it says nothing."""
    try:
        return Path(file).stat()
    except (OSError, ValueError):
        return None


def _is_same(found: os.stat_result, file: str | Path) -> bool:
    other = _status(file)
    return other is not None and os.path.samestat(found, other)
