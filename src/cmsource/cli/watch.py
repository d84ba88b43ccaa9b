"""Doing something again whenever a file that it read is saved, until Ctrl-C.

A few files are looked at four times a second. That costs next to nothing, works on every system and
disk, and with editors that write another file and rename it; a library that asks the system instead
would be another thing to install, for a quarter of a second.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import sleep
from typing import TypeAlias

_PAUSE = 0.25
"""Seconds between two looks."""
_SETTLES = 0.05
"""Seconds for which files that have changed must stay as they are: a save takes some time."""

_Mark: TypeAlias = tuple[int, int, int] | None
"""What changes when a file is saved; None for a file that is not there."""


def watch(files: Sequence[Path], again: Callable[[], Iterable[Path]]) -> None:
    """Do something, and again each time that a file has changed; Ctrl-C ends it.

    Args:
        files: those that it will read, as far as they are known.
        again: does it, and says which files it read or looked for.

    Raises:
        KeyboardInterrupt: somebody does not want to go on.
    """
    while True:
        before = _marks(files)
        files = list(dict.fromkeys(again()))
        # One that was saved meanwhile has changed; one that was not known is as it is now.
        before = _marks(files) | {path: before[path] for path in files if path in before}
        while _marks(files) == before:
            sleep(_PAUSE)
        latest = _marks(files)
        sleep(_SETTLES)
        while (now := _marks(files)) != latest:
            latest = now
            sleep(_SETTLES)


def _marks(files: Iterable[Path]) -> dict[Path, _Mark]:
    return {path: _mark(path) for path in files}


def _mark(path: Path) -> _Mark:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
