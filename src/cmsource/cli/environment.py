"""What the commands print to: width, colour, streams; the only room that reads the environment."""

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from stat import S_IMODE
from typing import TextIO

from cmsource.values.diagnostics import Diagnostic

NARROW = 80
WIDEST = 200


def width(stream: TextIO | None = None) -> int:
    """Cells a line: those of the terminal, or COLUMNS, or 80 in a pipe."""
    if not _is_terminal(stream) and not os.environ.get("COLUMNS", "").isdecimal():
        return NARROW
    return max(40, min(WIDEST, shutil.get_terminal_size((NARROW, 24)).columns))


def colour(stream: TextIO | None = None) -> bool:
    """Whether to paint: on a terminal, unless NO_COLOR or a dumb terminal says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_terminal(stream) and os.environ.get("TERM") != "dumb"


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream, by default standard output, is a terminal; a closed one is not."""
    out = sys.stdout if stream is None else stream
    return out is not None and out.isatty()


def show(text: str) -> None:
    """Write a result to standard output; where it cannot be written, say so and end."""
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        tell(f"error: the output cannot be written: {error.strerror or error}\n")
        with contextlib.suppress(AttributeError, OSError):
            # What is left in the buffer would fail again when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(2) from None


def tell(text: str) -> None:
    """Write what is not a result to standard error, if that can be written."""
    with contextlib.suppress(AttributeError, OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def show_diagnostics(diagnostics: Sequence[Diagnostic], *, as_json: bool = False) -> None:
    """Write diagnostics to standard error."""
    if as_json:
        from cmsource.reports.comparison_data import diagnostics_data
        from cmsource.writers.json import dumps

        tell(dumps(diagnostics_data(diagnostics)))
        return
    from cmsource.output.diagnostics import render

    tell(render(diagnostics, colour=colour(sys.stderr), width=width(sys.stderr)))


def show_what_is_taken(warnings: Sequence[Diagnostic], *, as_json: bool = False) -> None:
    """Say on standard error which ranges count as one number, where the output does not."""
    taken = [warning for warning in warnings if warning.code == "W407"]
    if taken:
        show_diagnostics(taken, as_json=as_json)


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; a link keeps pointing where it does.

    Raises:
        OSError: it cannot be written.
    """
    from tempfile import NamedTemporaryFile

    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as device:
            device.write(text)
        return
    with NamedTemporaryFile(
        "w",
        encoding="utf-8",
        errors="replace",
        newline="\n",
        dir=target.parent,
        prefix=".cmsource-",
        delete=False,
    ) as stream:
        temporary = Path(stream.name)
        try:
            stream.write(text)
            stream.close()
            temporary.chmod(_mode(target))
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _mode(path: Path) -> int:
    """The permissions of a file, or those that a new one would have."""
    try:
        return S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0o022)
        os.umask(mask)
        return 0o666 & ~mask
