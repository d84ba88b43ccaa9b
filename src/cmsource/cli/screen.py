"""What the commands print to: width, colour, streams; the only room that reads the environment."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from cmsource.diagnostics import Diagnostic

NARROW = 80
WIDEST = 200


def width(stream: TextIO | None = None) -> int:
    """Cells a line: those of the terminal, or COLUMNS, or 80 in a pipe."""
    out = sys.stdout if stream is None else stream
    if not out.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        return NARROW
    return max(40, min(WIDEST, shutil.get_terminal_size((NARROW, 24)).columns))


def colour(stream: TextIO | None = None) -> bool:
    """Whether to paint: on a terminal, unless NO_COLOR or a dumb terminal says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    out = sys.stdout if stream is None else stream
    return out.isatty() and os.environ.get("TERM") != "dumb"


def show(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text)
    sys.stdout.flush()


def tell(text: str) -> None:
    """Write what is not a result to standard error."""
    sys.stderr.write(text)
    sys.stderr.flush()


def show_diagnostics(diagnostics: Sequence[Diagnostic], *, as_json: bool = False) -> None:
    """Write diagnostics to standard error."""
    if as_json:
        from cmsource.output.json import diagnostics_json

        tell(diagnostics_json(diagnostics))
        return
    from cmsource.output.diagnostics import render

    tell(render(diagnostics, colour=colour(sys.stderr), width=width(sys.stderr)))


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as stream:
        stream.write(text)
    temporary = Path(stream.name)
    try:
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
