"""Streams that are full, closed or gone: status 2, a message if it can be shown, no traceback."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from batches import text
from cmsource.cli.app import COMMANDS
from readings import BASE

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")

COMMAND_LINES = {
    "": "",
    "--help": "--help",
    "--version": "--version",
    "--nothing": "--nothing",
    "help of a command": "batch --help",
    "no argument": "compare",
    "no file": "compare no-such-scenario-at-all.yaml",
    "standard input": "compare -",
    "compare": "compare s.yaml --set sources.agence.hourly_rate=60..90",
    "explain": "explain s.yaml",
    "coverage": "coverage s.yaml",
    "sensitivity": "sensitivity s.yaml",
    "simulate": "simulate s.yaml --set sources.agence.hourly_rate=60..90 --draws 20",
    "cursor": "cursor s.yaml",
    "breakeven": "breakeven s.yaml --on sources.agence.hourly_rate",
    "portfolio": "portfolio s.yaml",
    "price": "price s.yaml agency",
    "best": "best s.yaml --effort 1 --vary headcount",
    "batch": "batch many -f csv --jobs 2",
    "diff": "diff b.json b.json",
    "merge": "merge b.json -f table",
    "init": "init new.yaml --force",
    "new": "new six.yaml",
    "init -": "init -",
    "validate": "validate s.yaml",
    "expand": "expand s.yaml",
    "inbox": "inbox log.csv",
    "payroll": "payroll --country FR --monthly-wage 2500",
    "countries": "countries",
    "schema": "schema",
    "report": "report s.yaml",
    "serve": "serve --folder no-such-page",
}
QUICK = ("--help", "--version", "--nothing", "compare", "batch")

WAYS = ("full", "closed", "gone")
BROKEN: dict[str, tuple[str, str]] = {
    f"{out or 'whole'} {err or 'whole'}": (out, err)
    for out in ("", *WAYS)
    for err in ("", *WAYS)
    if (out or err) and (not out or not err or out == err)
}
"""How standard output and standard error are broken."""


class Ended(NamedTuple):
    """How a command ended, and what it wrote to the streams that are whole."""

    status: int
    out: bytes
    err: bytes


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands read."""
    folder = tmp_path_factory.mktemp("streams")
    (folder / "s.yaml").write_text(BASE, encoding="utf-8")
    (folder / "many").mkdir()
    for number in range(3):
        (folder / "many" / f"{number}.yaml").write_text(text(16 + number), encoding="utf-8")
    days = "".join(f"2026-01-{day:02} 12:00,x\n" for day in range(1, 29))
    (folder / "log.csv").write_text(f"when,text\n{days}", encoding="utf-8")
    command = [sys.executable, "-m", "cmsource", "batch", "s.yaml", "-f", "json", "-o", "b.json"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def closing(numbers: Sequence[int]) -> None:
    """Close streams."""
    for number in numbers:
        os.close(number)


def ended(place: Path, line: str, out: str = "", err: str = "", *, stdin: bool = True) -> Ended:
    """Run a command line whose streams are broken in these ways."""
    with ExitStack() as stack:

        def broken(how: str) -> int:
            if how == "full":
                return stack.enter_context(Path("/dev/full").open("wb")).fileno()
            if how == "gone":
                reader, writer = os.pipe()
                os.close(reader)
                stack.callback(os.close, writer)
                return writer
            return subprocess.PIPE

        closed = [number for number, how in ((1, out), (2, err)) if how == "closed"]
        closed += [] if stdin else [0]
        ran = subprocess.run(
            [sys.executable, "-m", "cmsource", *line.split()],
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=broken(out),
            stderr=broken(err),
            preexec_fn=lambda: closing(closed),
            timeout=60,
            check=False,
        )
    return Ended(ran.returncode, ran.stdout or b"", ran.stderr or b"")


def product() -> Iterator[object]:
    """Every command line with every way, of which a few are quick.

    Standard error, whose ways are the same for all, is broken in each way for a third of those that
    are not quick, alone and together with standard output.
    """
    for place, name in enumerate(COMMAND_LINES):
        for way, (_, err) in BROKEN.items():
            mine = not err or WAYS.index(err) == place % len(WAYS)
            if mine or name in QUICK:
                quick = mine and name in QUICK
                yield pytest.param(name, way, marks=() if quick else pytest.mark.slow)


@pytest.fixture(scope="module")
def whole(place: Path) -> Callable[[str], Ended]:
    """How command lines end whose streams are whole."""
    found: dict[str, Ended] = {}

    def end(line: str) -> Ended:
        if line not in found:
            found[line] = ended(place, line)
        return found[line]

    return end


@pytest.mark.parametrize(("name", "way"), [*product()])
def test_what_is_lost_is_status_2(
    place: Path, whole: Callable[[str], Ended], name: str, way: str
) -> None:
    """Whatever a command has to say: what cannot be said on one stream does not touch the other."""
    line = COMMAND_LINES[name]
    out, err = BROKEN[way]
    expected = whole(line)
    assert expected.status in (0, 2)
    ran = ended(place, line, out, err)
    lost = (out and expected.out) or (err and expected.err)
    assert ran.status == (2 if lost else expected.status)
    assert b"Traceback" not in ran.err
    if not out:
        assert ran.out == expected.out
    if not err and out and expected.out:
        assert b"error: the output cannot be written: " in ran.err
    elif not err:
        assert ran.err == expected.err


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in COMMAND_LINES],
)
def test_nobody_types(place: Path, whole: Callable[[str], Ended], name: str) -> None:
    """A closed standard input changes nothing; that of a command that reads it is said."""
    line = COMMAND_LINES[name]
    ran = ended(place, line, stdin=False)
    assert ran.status == whole(line).status
    assert b"Traceback" not in ran.err
    if name == "standard input":
        assert b"only where it is open" in b" ".join(ran.err.replace(b"\xe2\x94\x82", b"").split())
    else:
        assert ran == whole(line)
    closed = ended(place, line, "closed", "closed", stdin=False)
    assert closed.status == (2 if whole(line).out or whole(line).err else 0)


def test_every_command_is_there() -> None:
    """No command is left out."""
    assert set(COMMANDS) <= set(COMMAND_LINES)


def test_a_reader_that_goes_early(place: Path) -> None:
    """``| head`` gets what it asked for; that the rest went nowhere is said, once."""
    line = f"{sys.executable} -m cmsource schema | head -c 1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", line], cwd=place, capture_output=True, timeout=60, check=False
    )
    assert ran.stdout == b"{"
    assert ran.returncode in (0, 2)  # the pipe may have taken it all before
    assert ran.stderr.count(b"error") == (ran.returncode == 2)


@pytest.mark.parametrize("target", ["/dev/full", "/dev/stdout"])
def test_a_file_that_cannot_take_it(place: Path, target: str) -> None:
    """`--output` to what is full, or to a pipe that has gone, is an error of usage."""
    ran = ended(place, f"batch s.yaml -f json -o {target}", "gone")
    assert ran.status == 2
    assert b"cannot be written" in ran.err
    assert b"Traceback" not in ran.err
