"""Batches of what should not be there: each gets its row or its error, nothing else is lost."""

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest

from batches import Shell, command, folder, light, process, text
from cmsource.analysis.checks.row import Checks, quick_row
from cmsource.cli import batch_job
from cmsource.cli.workers import Engine, Workers
from cmsource.reading.load import read_scenario
from cmsource.results.rows import Row
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.writers.formats import BatchFormat
from cmsource.writers.markdown import escaped

HOSTILE = (
    "two words.yaml",
    "quo'te.yaml",
    'quo"te.yaml',
    "new\nline.yaml",
    "::error::x.yaml",
    "\r::error::y.yaml",
    "esc\x1b[31mred.yaml",
    "csi\x9b31m.yaml",
    "[bold red]markup[bold].yaml",
    "=1+1.yaml",
    "+1.yaml",
    "-1.yaml",
    "@octocat.yaml",
    "<b>&amp;.yaml",
    "%0A::warning::z.yaml",
    "a|b.yaml",
    "`code`.yaml",
    "turn\u202eedoc.yaml",
    "half\udcff.yaml",
)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line in this process."""
    return Shell(capsys)


def rows(out: str) -> dict[str, dict[str, str]]:
    """The rows of a CSV by their files."""
    return {row["file"]: row for row in csv.DictReader(io.StringIO(out))}


def bomb() -> str:
    """Aliases inside aliases: ten to the ninth values when expanded."""
    lines = ["x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for name, inner in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"x-{name}: &{name} [{', '.join(['*' + inner] * 10)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.skipif(os.name != "posix", reason="links")
@pytest.mark.parametrize("wide", [False, True])
def test_links_stay_inside_the_tree(tmp_path: Path, shell: Shell, *, wide: bool) -> None:
    """A link out of the folder costs its row, shows nothing, and leaves the others alone."""
    outside = folder(tmp_path / "outside", {"secret.yaml": f"password: hunter2\n{text()}"})
    place = folder(tmp_path / "s", {"good.yaml": text(), "sub/good.yaml": text()})
    (place / "inner.yaml").symlink_to("sub/good.yaml")
    (place / "file.yaml").symlink_to(outside / "secret.yaml")
    (place / "tree").symlink_to(outside)
    (place / "sub" / "up.yaml").symlink_to("../../outside/secret.yaml")
    root = ("--root", tmp_path) if wide else ()
    for named in (place, place / "**" / "*.yaml"):
        ran = shell("batch", named, "-f", "csv", "--jobs", 1, *root)
        assert ran.status == 2
        found = {str(Path(file).relative_to(place)): row for file, row in rows(ran.out).items()}
        codes = {file: row["problems"][:4] for file, row in found.items()}
        secret = "E201" if wide else "E101"
        tree = {"tree/secret.yaml": secret} if wide or named != place else {"tree": secret}
        assert codes == {
            "file.yaml": secret,
            "good.yaml": "",
            "inner.yaml": "",
            "sub/good.yaml": "",
            "sub/up.yaml": secret,
            **tree,
        }
        assert ("hunter2" in ran.out + ran.err) is wide
        assert ("out of the folder tree" in ran.err) is not wide


@pytest.mark.parametrize("name", [r'"a\0b"', r'"\ud83d"', "x" * 5000, "[a]", "{}", "~"])
def test_a_base_that_is_no_path_costs_one_row(tmp_path: Path, shell: Shell, name: str) -> None:
    """Whatever a file extends, the other files get their rows."""
    bad = f"extends: {name}\n{text()}"
    place = folder(tmp_path / "s", {"bad.yaml": bad, "base.yaml": text(), "good.yaml": text()})
    (place / "top.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    ran = shell("batch", place, "-f", "csv", "--jobs", 1)
    found = {Path(file).name: row["problems"][:1] for file, row in rows(ran.out).items()}
    assert found == {"bad.yaml": "" if name == "~" else "E", "good.yaml": "", "top.yaml": ""}


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_each_gets_its_row_or_its_error(tmp_path: Path, shell: Shell) -> None:
    """Everything that can go wrong with a file costs that file alone."""
    place = folder(
        tmp_path / "s",
        {
            "bomb.yaml": bomb() + text(),
            "deep.yaml": f"x-a: {'[' * 100}{']' * 100}\n{text()}",
            "deeper.yaml": "a: " + "{a: " * 50_000,
            "empty.yaml": "",
            "good.yaml": text(),
            "list.yaml": "- 1\n",
            "sub/good.yaml": text(),
        },
    )
    (place / "big.yaml").write_bytes(b"# " + b"x" * 50_000_000)
    (place / "latin.yaml").write_bytes("name: café\n".encode("latin-1"))
    (place / "nul.yaml").write_bytes(b"name: a\0b\n")
    (place / "folder.yaml").mkdir()
    (place / "gone.yaml").symlink_to("nowhere.yaml")
    (place / "loop1.yaml").symlink_to("loop2.yaml")
    (place / "loop2.yaml").symlink_to("loop1.yaml")
    (place / "sub" / "up").symlink_to("..")
    (place / "again").symlink_to("sub")
    os.mkfifo(place / "pipe.yaml")
    (place / "link.yaml").symlink_to("pipe.yaml")
    ran = shell("batch", place, "-f", "csv", "--jobs", 1)
    assert ran.status == 2
    found = {str(Path(file).relative_to(place)): row for file, row in rows(ran.out).items()}
    codes = {file: row["problems"][:4] for file, row in found.items()}
    assert codes == {
        "big.yaml": "E102",
        "bomb.yaml": "E106",
        "deep.yaml": "E105",
        "deeper.yaml": "E105",
        "empty.yaml": "E112",
        "gone.yaml": "E101",
        "good.yaml": "",
        "latin.yaml": "E103",
        "link.yaml": "E101",
        "list.yaml": "E112",
        "loop1.yaml": "E101",
        "loop2.yaml": "E101",
        "nul.yaml": codes["nul.yaml"],
        "pipe.yaml": "E101",
        "sub/good.yaml": "",
    }
    assert codes["nul.yaml"].startswith("E")


@pytest.mark.skipif(sys.platform != "linux", reason="names that other systems refuse")
@pytest.mark.parametrize("form", BatchFormat)
def test_hostile_names_and_texts(tmp_path: Path, shell: Shell, form: str) -> None:
    """No escape sequence or markup of a scenario reaches a reader unescaped."""
    name = "<i>@octocat</i> [x](http://example.org) =1 | ::error:: [red]%0A"
    place = tmp_path / "s"
    good = text(more=f"name: '{name}'\nexpect: {{hire: {{total: '< 1'}}}}\n")
    folder(place, dict.fromkeys(HOSTILE, good) | {f"bad {HOSTILE[6]}": "\x1b[2J: 1\n"})
    ran = shell("batch", place, "-f", form)
    assert ran.status == 2
    allowed = {"\n", "\N{NO-BREAK SPACE}"}
    for stream in (ran.out, ran.err):
        wild = {c for c in stream if unicodedata.category(c)[0] == "C" and c not in allowed}
        assert wild == set()
    count = len(HOSTILE) + 1
    if form in ("json", "jsonl"):
        if form == "json":
            found = json.loads(ran.out)["scenarios"]
        else:
            found = [json.loads(line) for line in ran.out.splitlines()]
        files = [row["file"] for row in found]
        assert {Path(file).name for file in files} >= set(HOSTILE)
        assert len(files) == count
    elif form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(ran.out)) for cell in row]
        assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []
        assert len(rows(ran.out)) == count
    elif form == "junit":
        suite = ElementTree.fromstring(ran.out)
        assert len(list(suite.iter("testcase"))) == count
        assert {each.tag for each in suite.iter()} == {
            "testsuites",
            "testsuite",
            "testcase",
            "error",
            "failure",
            "system-out",
        }
    elif form == "github":
        commands = [line for line in ran.out.splitlines() if line.lstrip().startswith("::")]
        assert len(commands) == count
        assert all(line.startswith("::error file=") for line in commands)
    elif form == "gitlab":
        issues = json.loads(ran.out)
        assert len(issues) == count
        assert {issue["severity"] for issue in issues} == {"major"}
    elif form == "markdown":
        assert "<i>" not in ran.out
        assert "@octocat" not in ran.out
        assert "http://" not in ran.out
        assert "](" not in ran.out.replace("\\](", "").replace("\\]\\(", "")
    else:
        assert ran.out.count("FAILED") == len(HOSTILE)


def test_markdown_shows_text_as_it_is() -> None:
    """Mentions, links, HTML, tables and emphasis of a text are only text."""
    shown = escaped("@me <b> [a](b) `c` *d* | www.e.org https://f.org\nx")
    assert "\\<b>" in shown
    for raw in ("@me", "[a]", "`c`", " *d*", " | ", "www.e", "https://"):
        assert raw not in shown.replace("\\", "\\\0")
    assert "\n" not in shown


def test_names_in_the_first_column_of_a_spreadsheet(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of files that begin like a formula are texts."""
    place = folder(tmp_path, {"=cmd.yaml": text(), "@sum.yaml": text()})
    monkeypatch.chdir(place)
    out = shell("batch", "=cmd.yaml", "@sum.yaml", "-f", "csv").out
    assert set(rows(out)) == {"'=cmd.yaml", "'@sum.yaml"}


def test_folders_without_permission(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be entered is reported in its place; the others are searched."""
    place = folder(tmp_path, {"a/x.yaml": text(), "b/y.yaml": text(), "c/z.yaml": text()})
    real = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    ran = shell("batch", place, "-f", "csv")
    assert ran.status == 2
    found = rows(ran.out)
    assert [Path(file).name for file in found] == ["x.yaml", "b", "z.yaml"]
    assert "Permission denied" in found[str(place / "b")]["problems"]


def test_files_without_permission(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be opened is reported; the others are compared."""
    place = folder(tmp_path, {"a.yaml": text(), "b.yaml": text()})
    real = os.open

    def refusing(path: str, *arguments: int, **named: int) -> int:
        if str(path).endswith("a.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, "open", refusing)
    ran = shell("batch", place, "-f", "csv", "--jobs", 1)
    assert ran.status == 2
    assert [row["status"] for row in rows(ran.out).values()] == ["invalid", "ok"]


def test_files_that_vanish(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone when its turn comes is reported; the others are compared."""
    place = folder(tmp_path, {f"{name}.yaml": text() for name in "abc"})

    def slow(path: Path, *arguments: object) -> object:
        (place / "b.yaml").unlink(missing_ok=True)
        return read_scenario(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(batch_job, "read_scenario", slow)
    ran = shell("batch", place, "-f", "csv", "--jobs", 1)
    assert [row["status"] for row in rows(ran.out).values()] == ["ok", "invalid", "ok"]
    assert "does not exist" in " ".join(ran.err.split())


def test_a_mistake_of_ours_costs_one_row(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is raised inside becomes the row's error, without a traceback."""
    place = folder(tmp_path, {f"{name}.yaml": text() for name in "abc"})

    def failing(scenario: Scenario, checks: Checks) -> Row | None:
        if "b.yaml" in scenario.file:
            raise RecursionError("\x1b[31m too deep")
        return quick_row(scenario, checks)

    monkeypatch.setattr(batch_job, "quick_row", failing)
    ran = shell("batch", place, "-f", "csv", "--jobs", 1)
    assert [row["status"] for row in rows(ran.out).values()] == ["ok", "invalid", "ok"]
    assert "E116: RecursionError" in ran.out
    assert "\x1b" not in ran.out + ran.err
    assert "Traceback" not in ran.err


CHILDREN = """
import os, signal, sys, time
from cmsource.cli.workers import Workers

def work(number):
    died = sys.argv[1] + str(number)
    if number in (3, 7) and (number == 7 or not os.path.exists(died)):
        open(died, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.002)
    return number * number

for result in Workers(work, lambda number, how: f"{number} {how}", 40, 3).results():
    print(result)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers that share their code")
def test_a_worker_that_dies(tmp_path: Path) -> None:
    """Its piece is tried again and then given up; every other result is there, in order."""
    done = subprocess.run(
        [sys.executable, "-c", CHILDREN, str(tmp_path / "died")],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    expected = [str(number * number) for number in range(40)]
    expected[7] = "7 killed by SIGKILL"
    assert done.stdout.splitlines() == expected
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
def test_workers_killed_from_outside(tmp_path: Path) -> None:
    """Killing workers of a running batch changes nothing in its output."""
    place = folder(tmp_path, {f"s/{n:03}.yaml": light(12.5 + n / 100) for n in range(250)})
    alone = process("batch", "s", "-f", "csv", "--jobs", 1, cwd=place)
    running = subprocess.Popen(
        command("batch", "s", "-f", "csv", "--jobs", 2),
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    killed: set[int] = set()
    listing = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    end = time.monotonic() + 20
    while len(killed) < 2 and running.poll() is None and time.monotonic() < end:
        for child in [int(word) for word in listing.read_text().split()][:1]:
            if child not in killed:
                os.kill(child, signal.SIGKILL)
                killed.add(child)
        time.sleep(0.05)
    out, err = running.communicate(timeout=30)
    assert killed
    assert out.decode() == alone.out
    assert (running.returncode, err.decode()) == (alone.status, alone.err)


@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """When the parent is killed outright, its workers notice and end."""
    place = folder(tmp_path, {f"s/{n:03}.yaml": light(12.5 + n / 100) for n in range(400)})
    running = subprocess.Popen(
        command("batch", "s", "-f", "csv", "--jobs", 3),
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    listing = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    children: Sequence[str] = []
    end = time.monotonic() + 20
    while len(children) < 3 and time.monotonic() < end:
        children = listing.read_text().split()
        time.sleep(0.01)
    running.kill()
    running.wait(timeout=10)
    assert children
    while any(_alive(child) for child in children) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(_alive(child) for child in children)


def _alive(child: str) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    try:
        return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_work_goes_on_where_no_process_can_be_had() -> None:
    """When the system refuses new processes, the work is done here."""

    def refused(_: int) -> Executor:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    engine = Engine(abs, refused)
    workers = Workers(lambda number: number, lambda number, _: -number, 20, 4, engine)
    assert list(workers.results()) == list(range(20))


def test_another_engine_can_do_the_work() -> None:
    """Whatever starts an `Executor` will do, and no more than a few pieces are under way."""
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        return number * number

    engine = Engine(work, ThreadPoolExecutor)
    results = Workers(work, lambda number, _: -number, 1000, 3, engine).results()
    assert [next(results) for _ in range(10)] == [number * number for number in range(10)]
    assert len(begun) < 100
    assert list(results) == [number * number for number in range(10, 1000)]
    assert sorted(begun) == list(range(1000))


MUTATIONS = ("", "\x00", "\t", "&a ", "*a", "{", "]", "'", "!!x ", "9" * 400, "é\u202e", ": ", "\n")


@pytest.mark.slow
def test_mutated_scenarios(tmp_path: Path, shell: Shell) -> None:
    """Thousands of damaged files in one batch: each has a row, and none breaks it."""
    chance = random.Random(20261121)
    whole = text(more="name: Shop\nhours_per_day: 2\nexpect: {hire: {total: '< 1'}}\n")
    place = tmp_path / "s"
    place.mkdir()
    count = 1500
    for number in range(count):
        damaged = whole
        for _ in range(chance.randrange(1, 3)):
            at, length = chance.randrange(len(damaged)), chance.randrange(0, 6)
            damaged = damaged[:at] + chance.choice(MUTATIONS) + damaged[at + length :]
        (place / f"{number:04}.yaml").write_bytes(damaged.encode("utf-8", "surrogateescape"))
    ran = shell("batch", place, "-f", "csv", "--jobs", 1)
    found = rows(ran.out)
    assert len(found) == count
    assert "E116" not in ran.out
    assert "Traceback" not in ran.err
    statuses = [row["status"] for row in found.values()]
    assert min(statuses.count("failed"), statuses.count("invalid")) > 20


def test_diagnostics_survive_the_way_through_json(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of source that a failure is about is shown again after a merge."""
    files = {"s/a.yaml": "nonsense: 1\n", "s/b.yaml": text()}
    monkeypatch.chdir(folder(tmp_path, files))
    alone = shell("batch", "s").out
    shell("batch", "s", "-f", "json", "-o", "whole.json")
    assert shell("merge", "whole.json", "-f", "table").out == alone
    assert "1 | nonsense: 1" in alone
    assert Diagnostic("E201", "x", Place("a", 1, 2, 3, "t", "p")) != Diagnostic("E201", "x")
