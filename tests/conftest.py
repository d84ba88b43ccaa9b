"""What tests share: how they read scenarios, and how Hypothesis runs."""

import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from cmsource.cli import main

# A slow machine is not a wrong result.
settings.register_profile("cmsource", deadline=None, print_blob=True)
# In CI the same change gives the same answer twice; everywhere else each run looks further.
settings.register_profile("ci", parent=settings.get_profile("cmsource"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "cmsource")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the fuzzers be run for longer by hand."""
    meaning = "so many times as many cases of each slow fuzzer"
    parser.addoption("--fuzz", type=int, default=1, metavar="TIMES", help=meaning)
    meaning = "keep what simulations of the line come to in tests/plays.json; without -n"
    parser.addoption("--play", action="store_true", help=meaning)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was played, where that was asked for."""
    if session.config.getoption("--play"):
        import kept_plays

        kept_plays.keep()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected: it took a third of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture
def fuzz(request: pytest.FixtureRequest) -> int:
    """How many times as many cases of a slow fuzzer are tried as usual."""
    return int(request.config.getoption("--fuzz"))


class Ran(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


Cli = Callable[..., Ran]


def unframed(text: str) -> str:
    """What an error of usage says, without its colours, its frame and the ends of its lines."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return " ".join(word for word in plain.split() if word.strip("╭╮╰╯│─"))


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command in this process, as in a pipe, without a say of the environment."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Ran(end.value.code, captured.out, captured.err)

    return run


@pytest.fixture
def process() -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """Runs a command in a process of its own, for what only a process has: its streams."""

    def run(*arguments: str | Path, **given: object) -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", "cmsource", *map(str, arguments)]
        given.setdefault("timeout", 60)
        return subprocess.run(command, check=False, **given)  # type: ignore[call-overload, no-any-return]

    return run
