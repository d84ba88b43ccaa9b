"""What the tests of batches share: folders of scenarios, and running the command line."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from cmsource.cli import main

SHORT = "country: FR\nhourly_wage: {wage}\nagency_rate: 75/h\ncover: mon-fri 09:00-17:00\n"


class Ran(NamedTuple):
    """How a command line ended, and what it wrote."""

    status: int
    out: str
    err: str


class Shell:
    """Runs the command line in this process.

    Args:
        capsys: pytest's capture of the standard streams.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Ran:
        """Run one command line."""
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        streams = self._capsys.readouterr()
        status = end.value.code
        return Ran(status if isinstance(status, int) else 0, streams.out, streams.err)


def text(wage: float = 16.5, more: str = "") -> str:
    """A small scenario."""
    return SHORT.format(wage=wage) + more


def folder(place: Path, texts: Mapping[str, str]) -> Path:
    """A folder with files by their names, folders made where the names have them."""
    for name, content in texts.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return place


def command(*arguments: object) -> list[str]:
    """The command line as a process of its own."""
    return [sys.executable, "-m", "cmsource", *map(str, arguments)]


def process(*arguments: object, cwd: Path | None = None, **more: str) -> Ran:
    """Run one command line as a process of its own; `more` adds to the environment."""
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **more},
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


PEAK = """
import sys
from pathlib import Path
from cmsource.cli import main
try:
    main()
finally:
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    Path("peak").write_text(str(peak // 1024))
"""


def peak(cwd: Path, *arguments: object) -> tuple[int, int]:
    """The exit status of a command line, and the megabytes of memory that it took at its peak."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *map(str, arguments)],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode, int((cwd / "peak").read_text())


def light(wage: float) -> str:
    """A scenario that is quick to compare, for tests that take many."""
    return (
        "needs: {cover: mon-fri 09:00-17:00}\n"
        f"sources: {{cm: {{kind: employee, hourly_wage: {wage}}}}}\n"
        "options: {hire: [cm]}\n"
    )
