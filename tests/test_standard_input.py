"""``-``: every command that reads a file reads standard input just as well."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Cli, Ran, unframed
from readings import BASE

RANGE = ("--set", "sources.agence.hourly_rate=60..90")
READERS = {
    "compare": (),
    "explain": (),
    "coverage": (),
    "cursor": (),
    "breakeven": (),
    "best": ("--effort", "1", "--vary", "headcount"),
    "price": ("agency",),
    "sensitivity": (),
    "simulate": (*RANGE, "--draws", "50"),
    "validate": (),
}
"""Commands that read a scenario and can answer in JSON, with the flags that they need."""

Piped = Callable[..., Ran]


@pytest.fixture
def piped(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Piped:
    """Runs a command in a folder of its own with a text on its standard input."""
    monkeypatch.chdir(tmp_path)

    def run(text: str | bytes, *arguments: str | Path) -> Ran:
        data = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return cli(*arguments)

    return run


@pytest.mark.parametrize("command", READERS)
def test_a_scenario(piped: Piped, command: str) -> None:
    """The answer is that of the file, but for its name."""
    Path("scenario.yaml").write_text(BASE, encoding="utf-8")
    flags = (*READERS[command], "--format", "json")
    from_file = piped("", command, "scenario.yaml", *flags)
    from_pipe = piped(BASE, command, "-", *flags)
    assert from_pipe.status == 0
    assert from_pipe.out.replace("<stdin>", "scenario.yaml") == from_file.out
    assert from_pipe.err == from_file.err


def test_a_scenario_in_full(piped: Piped) -> None:
    """`expand` prints one to standard output that `compare` takes from standard input."""
    full = piped(BASE, "expand", "-")
    assert full.status == 0
    flags = ("--format", "csv")
    again = piped(full.out, "compare", "-", *flags)
    assert again.status == 0
    assert again.out == piped(BASE, "compare", "-", *flags).out


@pytest.mark.parametrize("text", ["horizon: lots\n", "a: [", b"name: caf\xe9\n", ""])
def test_what_is_wrong_is_said(piped: Piped, text: str | bytes) -> None:
    """Diagnostics name ``<stdin>``, with line and column."""
    ran = piped(text, "compare", "-")
    assert (ran.status, ran.out) == (2, "")
    assert " --> <stdin>" in ran.err


@pytest.mark.parametrize("command", ["compare", "diff", "merge", "inbox", "batch"])
def test_a_stream_that_cannot_be_read(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """Standard input that is open for writing alone, say, is an error like another."""
    with (tmp_path / "out").open("wb") as out:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(out))
        ran = cli(command, "-", *(["x.json"] if command == "diff" else []))
    assert (ran.status, ran.out) == (2, "")
    assert "cannot be read" in ran.err


def test_too_much_is_refused(piped: Piped) -> None:
    """There is a limit to what is read, as for files."""
    assert "error[E102]" in piped("#" * 1_000_001, "compare", "-").err


def test_bases_are_in_this_folder(piped: Piped) -> None:
    """`extends` starts from the current folder and stays below it, unless ``--root`` widens it."""
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    assert piped("extends: base.yaml\n", "compare", "-").status == 0
    Path("inner").mkdir()
    Path("inner/base.yaml").write_text("extends: ../base.yaml\n", encoding="utf-8")
    assert piped("extends: inner/base.yaml\n", "compare", "-").status == 0
    outside = Path.cwd().parent / "outside.yaml"
    outside.write_text(BASE, encoding="utf-8")
    ran = piped("extends: ../outside.yaml\n", "compare", "-")
    assert (ran.status, "error[E110]" in ran.err) == (2, True)
    assert piped("extends: ../outside.yaml\n", "compare", "-", "--root", "..").status == 0


def test_files_beside_it(piped: Piped) -> None:
    """Other files are read as ever, in their order."""
    Path("a.yaml").write_text(BASE, encoding="utf-8")
    ran = piped(BASE, "compare", "a.yaml", "-", "--format", "json")
    assert [each["scenario"]["file"] for each in json.loads(ran.out)] == ["a.yaml", "<stdin>"]


@pytest.mark.parametrize("command", ["compare", "validate", "diff"])
def test_it_can_be_read_once(piped: Piped, command: str) -> None:
    """A second ``-`` is an error of usage that says what to do."""
    text = piped(BASE, "compare", "-", "-f", "json").out if command == "diff" else BASE
    ran = piped(text, command, "-", "-")
    assert ran.status == 2
    assert "give the other file by its name" in unframed(ran.err)


def test_results(piped: Piped) -> None:
    """`diff` takes either side, `merge` its parts, `batch` its baseline."""
    old = piped(BASE, "compare", "-", "--format", "json").out
    Path("old.json").write_text(old, encoding="utf-8")
    new = piped(BASE, "compare", "-", "--format", "json", "--set", "horizon=12").out
    Path("new.json").write_text(new, encoding="utf-8")
    expected = piped("", "diff", "old.json", "new.json", "--format", "json")
    assert expected.status == 0
    assert piped(old, "diff", "-", "new.json", "--format", "json") == expected
    assert piped(new, "diff", "old.json", "-", "--format", "json") == expected
    Path("s.yaml").write_text(BASE, encoding="utf-8")
    whole = piped("", "batch", "s.yaml", "--format", "json").out
    assert piped(whole, "merge", "-").out == whole
    ran = piped(whole, "batch", "s.yaml", "--baseline", "-", "--fail-on", "increase>5%")
    assert ran.status == 0
    assert "`<stdin>` is not JSON" in unframed(piped("{no", "diff", "-", "old.json").err)


def test_a_list_of_files(piped: Piped) -> None:
    """`batch` takes the names of files, one a line, as `git diff --name-only` writes them."""
    for name in ("a.yaml", "b c.yaml", "left-out.yaml"):
        Path(name).write_text(BASE, encoding="utf-8")
    ran = piped("a.yaml\nb c.yaml\n\n", "batch", "-", "--format", "csv")
    assert ran.status == 0
    assert [line.split(",")[0] for line in ran.out.splitlines()[1:]] == ["a.yaml", "b c.yaml"]


def test_a_log(piped: Piped) -> None:
    """`inbox` reads a log of any size as it comes."""
    days = "".join(f"2026-01-{day:02} 12:00,x\n" for day in range(1, 29))
    Path("log.csv").write_text(f"when,text\n{days}", encoding="utf-8")
    ran = piped(f"when,text\n{days}", "inbox", "-", "--format", "json")
    assert ran.status == 0
    expected = piped("", "inbox", "log.csv", "--format", "json").out
    assert ran.out.replace("<stdin>", "log.csv") == expected
    assert "`<stdin>` is empty" in piped("", "inbox", "-").err
