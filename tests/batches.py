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


def light(wage: float) -> str:
    """A scenario that is quick to compare, for tests that take many."""
    return (
        "needs: {cover: mon-fri 09:00-17:00}\n"
        f"sources: {{cm: {{kind: employee, hourly_wage: {wage}}}}}\n"
        "options: {hire: [cm]}\n"
    )
