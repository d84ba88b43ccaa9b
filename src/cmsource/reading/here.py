"""The folder from which relative paths start, where it is not that of the process.

A worker that works for several people at a time has one folder for the process, and reads for each
of them from another.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

_HERE: ContextVar[Path] = ContextVar("here", default=Path())


def located(path: Path) -> Path:
    """Where a file is that is shown under its path as given."""
    return _HERE.get() / path


@contextlib.contextmanager
def reading_from(folder: Path) -> Iterator[None]:
    """Relative paths start from a folder until this is left, in this thread alone."""
    before = _HERE.set(folder)
    try:
        yield
    finally:
        _HERE.reset(before)
