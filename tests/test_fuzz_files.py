"""Nothing around a scenario breaks a command: names, links, logs, layouts, flags, signals.

Each case is made from a seed, so that every run has the same ones; ``--fuzz 10`` makes ten times as
many.
"""

import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

import cmsource
from batches import Shell, command, folder, light, text
from cmsource.model.compare import compare
from cmsource.model.details import detailed
from cmsource.reading.load import read_text
from cmsource.reports.inbox import InboxReport
from cmsource.values.diagnostics import ScenarioError
from cmsource.writers.formats import BatchFormat, Format, written
from cmsource.writers.page import Page
from fuzzing import SHORT
from fuzzing_files import command_line, hostile_text, laid_out, log, tree
from readings import BASE, render
from test_fuzz import figures
from test_hostile_texts import assert_harmless, scenario

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="names that other systems refuse"),
]
SMALL = (text(), text(17, "expect: {hire: {total: '< 1'}}\n"), light(16.5), "nonsense: 1\n")
FORMS = (Format.TABLE, Format.MARKDOWN, *(Format.CSV, Format.JSON) * 3)
"""How what was read of a log is shown: tables are laid out, which takes longer than to read it."""


def seeds(count: int, first: int = 1) -> list[object]:
    """So many seeds, of which all but 0 are slow."""
    return [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(first, first + count))]


def every(seed: int, cases: int, times: int) -> Iterator[random.Random]:
    """A source of chance for each case; a twentieth of them for the quick seed.

    The case is named when it fails, so that it can be made again.
    """
    for case in range(max(1, cases // 20) if seed == 0 else cases * times):
        try:
            yield random.Random(f"{seed} {case}")
        except BaseException:
            print(f"seed {seed}, case {case}")  # noqa: T201
            raise


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """The command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return Shell(capsys)


def assert_ended(ran: "Sequence[object]", what: object) -> None:
    """A command ended with a status of ours, and wrote nothing that does harm."""
    status, out, err = ran
    assert status in (0, 1, 2), what
    assert isinstance(out, str)
    assert isinstance(err, str)
    assert "Traceback" not in err, what
    ours = re.compile(r"^::(?=(?:error|warning|notice) file=)", re.MULTILINE)
    assert_harmless(ours.sub("", out))
    assert_harmless(err)


@pytest.mark.parametrize("seed", seeds(3))
def test_trees_of_links(shell: Shell, fuzz: int, seed: int) -> None:
    """Every file has its row, whatever it is called and wherever links lead; nothing hangs."""
    for rng in every(seed, 500, fuzz):
        place = Path("t")
        place.mkdir()
        tree(rng, place, SMALL)
        form = rng.choice(list(BatchFormat))
        ran = shell("batch", "t", "-f", form, "--jobs", 1)
        assert_ended(ran, [*place.rglob("*")])
        assert "E116" not in ran.out + ran.err
        assert "PATH=" not in ran.out + ran.err  # of /proc/self/environ
        shutil.rmtree(place)


@pytest.mark.parametrize("seed", seeds(4))
def test_logs(tmp_path: Path, fuzz: int, seed: int) -> None:
    """A log is read or refused with a diagnostic; what is read can be shown in every format."""
    path = tmp_path / "log.csv"
    read = tried = 0
    for rng in every(seed, 1000, fuzz):
        tried += 1
        path.write_bytes(log(rng))
        try:
            found = cmsource.read_inbox(path, timezone="Europe/Paris")
        except ScenarioError as error:
            assert_harmless(render(tuple(error.diagnostics), width=60))
            continue
        read += 1
        assert_harmless(written(InboxReport(found), rng.choice(FORMS), Page()))
    assert tried / 20 < read < tried


@pytest.mark.parametrize("seed", seeds(3))
def test_layouts(fuzz: int, seed: int) -> None:
    """However a scenario is written, it says the same."""
    whole = [yaml.load(each, yaml.CBaseLoader) for each in (SHORT, BASE)]
    plain = [compared(yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False)) for data in whole]
    for rng in every(seed, 700, fuzz):
        number = rng.randrange(len(whole))
        source = laid_out(rng, whole[number])
        assert compared(source) == plain[number], source


def compared(source: str) -> tuple[object, list[str]]:
    """The figures of a scenario and the codes of what is said of it, at lines that are there."""
    reading = read_text(source, "s.yaml")
    assert reading.scenario is not None, source
    last = len(source.splitlines())
    for found in reading.diagnostics:
        assert found.place is None or found.place.line <= last
    result = detailed(reading.scenario, compare(reading.scenario))
    return figures(result), [found.code for found in reading.diagnostics]


@pytest.mark.parametrize("seed", seeds(5))
def test_command_lines(shell: Shell, fuzz: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any words after `cmsource` end with a status of ours, and leave no files behind."""
    files = {
        "s.yaml": text(),
        "r.yaml": text(17),
        "n.yaml": scenario("=a ::b"),
        "bad.yaml": "a: 1\n",
    }
    folder(Path(), files)
    shell("compare", "s.yaml", "-f", "json")
    Path("b.json").write_text(shell("batch", "s.yaml", "-f", "json").out, encoding="utf-8")
    Path("log.csv").write_text("when\n2026-01-01 12:00\n2026-01-20 12:00\n", encoding="utf-8")
    there = sorted(Path().iterdir())
    for rng in every(seed, 430, fuzz):
        line = command_line(rng, [*files, "b.json", "log.csv"], [".", "/", "nowhere", "/dev/null"])
        if "init" in line[:1]:
            line.append(rng.choice(("-", "s.yaml")))  # which is there
        if "/" in line and "batch" in line:
            continue  # the whole machine has many files
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text().encode())))
        assert_ended(shell(*line), line)
        new = set(Path().iterdir()) - {*there}
        assert not new, (line, new)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_signals(tmp_path: Path, fuzz: int, seed: int) -> None:
    """Whenever a signal comes, the command ends with its status, silent, and leaves no file."""
    place = folder(tmp_path, {f"s/{n:03}.yaml": light(12.5 + n / 100) for n in range(60)})
    for rng in every(seed or 2, 25, fuzz):
        ending = rng.choice((signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        jobs = rng.choice((1, 2))
        running = subprocess.Popen(
            command("batch", "s", "-f", "json", "--jobs", jobs, "-o", "out.json"),
            cwd=place,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        # before the first line of ours is run, a signal ends Python itself
        begun = Path(f"/proc/{running.pid}/maps")
        while running.poll() is None and b"pydantic" not in begun.read_bytes():
            time.sleep(0.005)
        time.sleep(rng.random() * 0.5)
        if ending is signal.SIGINT and running.poll() is None:
            os.killpg(running.pid, ending)
        else:
            running.send_signal(ending)
        out, err = running.communicate(timeout=30)
        left = {path.name for path in place.iterdir()} - {"s"}
        assert left <= {"out.json"}  # it may have been written whole before
        if running.returncode == 0:
            assert left == {"out.json"}
        else:
            # Python ends itself by the signal where it met code that is run from text, or its end
            assert running.returncode in (128 + ending, -ending)
            assert (out, err) == (b"", b"") or left
        (place / "out.json").unlink(missing_ok=True)


@pytest.mark.parametrize("seed", seeds(2))
def test_texts(shell: Shell, fuzz: int, seed: int) -> None:
    """A text that a scenario says everywhere does no harm in any command and format."""
    for rng in every(seed, 200, fuzz):
        said = hostile_text(rng).encode("utf-8", "replace").decode()
        Path("s.yaml").write_text(scenario(said), encoding="utf-8")
        name = rng.choice(("compare", "explain", "coverage", "validate", "batch", "expand"))
        form = rng.choice(list(BatchFormat if name == "batch" else Format))
        flags = () if name == "expand" else ("-f", form)
        assert_ended(shell(name, "s.yaml", *flags), said)
