"""No file that a command reads or writes is lost to another."""

import os
from pathlib import Path

import pytest

from batches import Shell, folder, text


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs the command line in this process."""
    return Shell(capsys)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> Path:
    """A folder of scenarios, a link to one, saved results and a log of messages."""
    monkeypatch.chdir(tmp_path)
    files = {"s/a.yaml": "extends: ../base/b.yaml\n", "base/b.yaml": text(), "s/c.yaml": text(17)}
    log = "time\n" + "".join(f"2026-01-{day:02}T10:00:00\n" for day in range(1, 29))
    folder(tmp_path, {**files, "log.csv": log, "more.csv": log})
    (tmp_path / "link.yaml").symlink_to("s/c.yaml")
    for name in ("old", "new"):
        shell("batch", "s", "--root", ".", "--save", f"{name}.json")
    shell("batch", "s", "--root", ".", "--shard", "1/1", "--save", "part.json")
    return tmp_path


@pytest.mark.parametrize(
    "line",
    (
        "compare s/c.yaml --format json --output s/c.yaml",
        "compare s/c.yaml --format json --output link.yaml",
        "compare link.yaml --format json --output s/../s/c.yaml",
        "compare s/a.yaml s/c.yaml --root . --format json --output base/b.yaml",
        "compare s/c.yaml --format xlsx --output s/c.yaml",
        "report s/c.yaml --output s/c.yaml",
        "best s/c.yaml --effort 1 --output link.yaml",
        "simulate s/c.yaml --by 20% --draws 100 --save s/c.yaml",
        "batch s --root . --save s/c.yaml",
        "batch s --root . --format json --output link.yaml",
        "diff old.json new.json --output new.json",
        "diff s/c.yaml new.json --format json --output s/c.yaml",
        "merge part.json --output part.json",
        "inbox log.csv --output log.csv --force",
        "inbox log.csv more.csv --output ./more.csv --force",
    ),
)
def test_what_is_read_stays(place: Path, shell: Shell, line: str) -> None:
    """Through links and other spellings too; the status is that of a command that is not valid."""
    files = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    ran = shell(*line.split())
    assert "is read here, and would be lost" in " ".join(ran.err.replace("│", "").split())
    assert ran.status == 2
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == files


@pytest.mark.parametrize("other", ("r", "./r", "link"))
def test_two_results_have_two_places(place: Path, shell: Shell, other: str) -> None:
    """Neither replaces the other."""
    (place / "link").symlink_to("r")
    ran = shell("batch", "s", "--root", ".", "-f", "junit", "--output", "r", "--save", other)
    assert "two results would be written to" in ran.err
    assert (ran.status, (place / "r").exists()) == (2, False)


@pytest.mark.skipif(os.name == "nt", reason="devices")
def test_what_holds_nothing_may_have_both(place: Path, shell: Shell) -> None:
    """A device takes what comes; and newer results may replace those they were compared with."""
    null = ("--output", os.devnull, "--save", os.devnull)
    assert shell("batch", "s", "--root", ".", *null).status == 0
    ran = shell("batch", "s", "--root", ".", "--baseline", "old.json", "--save", "old.json")
    assert ran.status == 0
    assert "0 changed, 0 new, 0 gone" in ran.out
    assert shell("batch", "s", "--root", ".", "--baseline", "old.json").status == 0


def test_a_dash_is_standard_output(place: Path, shell: Shell) -> None:
    """For the answer; what is written beside it needs a name."""
    for line in ("compare s/c.yaml --format json", "batch s/c.yaml --format json"):
        assert shell(*line.split(), "--output", "-") == shell(*line.split())
    for line in (
        "batch s/c.yaml --save -",
        "simulate s/c.yaml --save -",
        "best s/c.yaml --output -",
        "inbox log.csv --output -",
    ):
        ran = shell(*line.split())
        assert (ran.status, "name a file" in ran.err) == (2, True), line
    assert not (place / "-").exists()


@pytest.mark.parametrize("paths", (("",), ("s/c.yaml", "")))
def test_an_empty_path_is_none(place: Path, shell: Shell, paths: tuple[str, ...]) -> None:
    """It is not the current folder: a variable of a script may have no value."""
    ran = shell("batch", *paths)
    assert (ran.status, ran.out) == (2, "")
    assert "a path is empty" in ran.err


@pytest.mark.parametrize("line", ("diff s old.json", "diff old.json s", "merge s"))
def test_a_folder_holds_no_result_itself(place: Path, shell: Shell, line: str) -> None:
    """It is called what it is, as `compare` does."""
    ran = shell(*line.split())
    assert ran.status == 2
    assert "error[E101]: `s` is a folder" in ran.err
    assert "name a file of results in it" in ran.err
    assert "is a folder" in shell("batch", "s", "--root", ".", "--baseline", "").err


def test_a_new_scenario_that_is_not_valid(place: Path, shell: Shell) -> None:
    """The comment says so of it, as of one that was there before."""
    folder(place, {"s/z.yaml": "nonsense: 1\n"})
    shell("batch", "s", "--root", ".", "--save", "now.json")
    told = shell("diff", "old.json", "now.json", "--format", "markdown").out
    assert "- new: `s/z.yaml`" in told
    assert "- not valid in the new results: `s/z.yaml`" in told
    assert (
        "- not valid in the old results: `s/z.yaml`"
        in shell("diff", "now.json", "old.json", "--format", "markdown").out
    )
