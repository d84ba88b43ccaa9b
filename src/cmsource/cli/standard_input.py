"""Standard input, for a file named ``-``: it can be read once."""

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

import typer


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
        stream = self.open()
        self._folder = tempfile.TemporaryDirectory(prefix="cmsource-")
        path = Path(self._folder.name) / "stdin"
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        return path

    def close(self) -> None:
        """Remove the file that held it."""
        if self._folder is not None:
            self._folder.cleanup()
