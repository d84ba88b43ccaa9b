"""Work on a cluster of this machine: the same bytes as without one, whatever dies."""

import contextlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from distributed import Client

import cmsource
from batches import command, folder, text
from cmsource.analysis.best.best import Search
from cmsource.cli import cluster
from cmsource.cli.environment import Environment, Screen
from cmsource.cli.standard_input import StandardInput
from cmsource.cli.workers import _AHEAD
from cmsource.reports.best import BestReport

pytestmark = pytest.mark.slow
COUNT = 24
_SECONDS = 120
_A_PAGE = 4096
"""Bytes that may wait to be read, where the system lets us say so."""


class Local:
    """A scheduler and workers on the loopback, each a process of its own.

    Args:
        place: a folder for their files.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._file = place / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", "--no-show")
        self.workers: list[subprocess.Popen[bytes]] = []
        waited = time.monotonic() + _SECONDS
        self.address = ""
        while not self.address and time.monotonic() < waited:
            time.sleep(0.1)
            # It may not be there yet, or be half written.
            with contextlib.suppress(OSError, ValueError):
                self.address = str(json.loads(self._file.read_text("utf-8"))["address"])
        assert self.address

    def add(self, count: int, *flags: str, **variables: str) -> "Local":
        """Start some workers."""
        flags = ("--nthreads", "1", "--no-nanny", "--no-dashboard", *flags)
        self.workers += [self._start("worker", *flags, **variables) for _ in range(count)]
        return self

    def _start(self, what: str, *flags: str, **variables: str) -> "subprocess.Popen[bytes]":
        line = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1"]
        line += ["--scheduler-file", str(self._file), *flags]
        return subprocess.Popen(
            line,
            cwd=self.place,
            env={**os.environ, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        """End all of it."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    """A scheduler without workers yet."""
    found = Local(tmp_path_factory.mktemp("cluster"))
    try:
        yield found
    finally:
        found.end()


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some scenarios, one of which is invalid."""
    monkeypatch.chdir(tmp_path)
    files = {f"shops/{n:02}.yaml": text(15 + n / 10) for n in range(COUNT)}
    return folder(tmp_path, {**files, "shops/07.yaml": "nonsense: 1\n"})


def ran(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command line in a process of its own."""
    return subprocess.run(command(*arguments), capture_output=True, timeout=_SECONDS, check=False)


BATCH = ("batch", "shops", "-f", "jsonl")


@pytest.mark.parametrize("workers", (1, 2))
def test_the_bytes_are_those_of_this_machine(shops: Path, local: Local, workers: int) -> None:
    """Rows, status and messages of a batch; they were worked out over there."""
    there = ran(*BATCH, "--cluster", local.add(workers).address)
    here = ran(*BATCH, "--jobs", "1")
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
    assert there.stderr == here.stderr


def test_each_gets_the_figures_of_their_own_folder(
    local: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once, from folders that hold the same names, on one worker with several threads."""
    address = local.add(1, "--nthreads", "4").address
    homes = [tmp_path / f"{wage}" for wage in (15, 25)]
    running = []
    for home in homes:
        names = [f"shops/{n:02}.yaml" for n in range(COUNT)]
        folder(
            home,
            {**dict.fromkeys(names, "extends: all.yaml\n"), "shops/all.yaml": text(int(home.name))},
        )
        line = command(*BATCH, "--cluster", address)
        running.append(subprocess.Popen(line, cwd=home, stdout=subprocess.PIPE))
    there = [process.communicate(timeout=_SECONDS)[0] for process in running]
    for home, found in zip(homes, there, strict=True):
        monkeypatch.chdir(home)
        assert found == ran(*BATCH, "--jobs", "1").stdout


def test_draws_are_those_of_this_machine(shops: Path, local: Local) -> None:
    """Those of `simulate` too."""
    drawn = ("simulate", "shops/00.yaml", "--set", "agency_rate=60..90", "--draws", "600")
    there = ran(*drawn, "-f", "json", "--cluster", local.add(2).address)
    assert there.returncode == 0, there.stderr
    assert there.stdout == ran(*drawn, "-f", "json", "--jobs", "1").stdout


SEARCHED = ("best", "shops/00.yaml", "--effort", "30", "-f", "json")


def test_the_cheapest_organisation_is_that_of_this_machine(shops: Path, local: Local) -> None:
    """Each round of `best` is worked out over there."""
    there = ran(*SEARCHED, "--cluster", local.add(2).address)
    assert (there.returncode, there.stderr) == (0, b"")
    assert there.stdout == ran(*SEARCHED, "--jobs", "1").stdout


@pytest.mark.parametrize("victim", ("worker", "scheduler"))
def test_rounds_go_on_without_what_is_lost(shops: Path, local: Local, victim: str) -> None:
    """A worker that dies in one round is not missed in the next; a lost scheduler is told once."""
    found, told = io.StringIO(), io.StringIO()
    environment = Environment(
        Screen(found, False, 80, False), Screen(told, False, 80, False), StandardInput(None)
    )
    search, alone = (Search(cmsource.load("shops/00.yaml"), effort=30) for _ in range(2))
    with cluster.crew(environment, 1, local.add(2).address) as team:
        while search.pieces:
            workers = team.workers(search.piece, lambda *_: pytest.fail(), search.pieces)
            search.take(list(workers.results()))
            (local.workers[0] if victim == "worker" else local.scheduler).kill()
    while alone.pieces:
        alone.take([alone.piece(number) for number in range(alone.pieces)])
    assert BestReport(search.result()).data() == BestReport(alone.result()).data()
    assert told.getvalue().count("the cluster was lost") == (victim == "scheduler")


@pytest.mark.parametrize("victim", ("worker", "scheduler"))
def test_what_is_lost_is_done_again(shops: Path, local: Local, victim: str) -> None:
    """A worker that dies costs nothing but time; without a scheduler the rest is done here."""
    # More than two workers are given ahead of the rows that nobody has read yet: however fast
    # they are, the batch cannot be at its end when it loses one.
    folder(shops, {f"shops/more/{n:02}.yaml": text(18 + n / 10) for n in range(2 * _AHEAD)})
    local.add(2)
    line = command(*BATCH, "--cluster", local.address)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.readline()
        (local.workers[0] if victim == "worker" else local.scheduler).kill()
        rest, told = running.stdout.read(), running.stderr.read().decode()
        status = running.wait(_SECONDS)
    here = ran(*BATCH, "--jobs", "1")
    assert first + rest == here.stdout
    assert status == here.returncode == 2
    assert ("the cluster was lost" in told) is (victim == "scheduler")


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("name", ("SIGINT", "SIGTERM"))
def test_a_signal_ends_it_without_a_word(shops: Path, local: Local, name: str) -> None:
    """What was under way over there is left, and nothing is told of that."""
    folder(shops, {f"shops/more/{n:03}.yaml": text(18 + n / 1000) for n in range(20 * _AHEAD)})
    local.add(2)
    number = getattr(signal, name)
    line = command(*BATCH, "--cluster", local.address)
    # Whether results are on their way at that moment is chance: a few tries nearly always meet it.
    for rows in range(1, 4):
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            for _ in range(rows):
                running.stdout.readline()
            running.send_signal(number)
            running.stdout.close()
            told = running.stderr.read().decode()
            assert running.wait(_SECONDS) == 128 + number
        assert "Traceback" not in told
        assert "ERROR" not in told


def test_a_cluster_without_workers(
    shops: Path, local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused, after a while, and so is an address at which nothing answers."""
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(Exception, match="has no workers"), cluster.connected(local.address):
        pass
    local.end()
    with pytest.raises(Exception, match="no cluster answers"), cluster.connected(local.address):
        pass


class TestCheck:
    """Whether results of a cluster are those of this machine."""

    class Client:
        """A connection to one worker that says something of itself."""

        def __init__(self, worker: cluster.Worker | Exception) -> None:
            self._worker = worker

        def wait_for_workers(self, *_: object, **__: object) -> None:
            """It is there."""

        def run(self, *_: object, **__: object) -> dict[str, cluster.Worker | Exception]:
            """What it says."""
            return {"tcp://10.0.0.7:1": self._worker}

    @pytest.mark.parametrize(
        ("differs", "words"),
        (
            ({"version": "9.9"}, "has cmsource 9.9 on Python"),
            ({"python": "3.99"}, "on Python 3.99, and not"),
            ({"code": "another"}, "has another build of cmsource"),
            ({"code": ""}, "has another build of cmsource"),
            ({"has_folder": False}, "does not see this folder"),
        ),
    )
    def test_others_are_refused(self, differs: dict[str, Any], words: str) -> None:
        """Another version, another Python, another disk."""
        worker = cluster.inspected(os.getcwd())  # noqa: PTH109
        cluster._check(self.Client(worker), "tcp://10.0.0.5:8786")
        with pytest.raises(Exception, match=words):
            cluster._check(self.Client(worker._replace(**differs)), "tcp://10.0.0.5:8786")

    @pytest.mark.parametrize(
        ("error", "words"),
        (
            ("ModuleNotFoundError(\"No module named 'cmsource'\")", "has no cmsource .*: install"),
            (
                "Can't get attribute 'inspected' on <module 'cmsource'>",
                "has no cmsource .*: install",
            ),
            ("Timed out trying to connect to 10.0.0.7:1", "does not answer: Timed out"),
        ),
    )
    def test_those_that_cannot_say(self, error: str, words: str) -> None:
        """No cmsource there, or an old one, or the worker is gone."""
        with pytest.raises(Exception, match=words):
            cluster._check(self.Client(Exception(error)), "tcp://10.0.0.5:8786")

    def test_a_worker_without_the_program(self, shops: Path, local: Local, tmp_path: Path) -> None:
        """A real one, as it is when it is installed on this machine only."""
        folder(tmp_path / "empty", {"cmsource.py": "raise ModuleNotFoundError('cmsource')\n"})
        local.add(1, PYTHONPATH=str(tmp_path / "empty"))
        refused = ran(*BATCH, "--cluster", local.address)
        assert (refused.returncode, refused.stdout) == (2, b"")
        told = " ".join(refused.stderr.decode().replace("│", "").split())
        assert "has no cmsource" in told
        assert "Traceback" not in told


def another_version(place: Path) -> str:
    """A copy of the package that says another version of itself, where Python finds it first."""
    package = Path(cmsource.__file__).parent
    shutil.copytree(package, place / "cmsource", ignore=shutil.ignore_patterns("__pycache__"))
    path = place / "cmsource" / "__init__.py"
    ours, theirs = f'__version__ = "{cmsource.__version__}"', '__version__ = "0.9"'
    source = path.read_text("utf-8")
    assert ours in source
    path.write_text(source.replace(ours, theirs), encoding="utf-8")
    return str(place)


class Batch:
    """What a batch on a cluster wrote, and how it ended; known once it has."""

    out = b""
    err = ""
    status = 0


@contextlib.contextmanager
def joined(shops: Path, local: Local, **variables: str) -> Iterator[Batch]:
    """A batch of one worker, which a second one with these variables joins: after its first row."""
    folder(shops, {f"shops/more/{n:03}.yaml": text(18 + n / 100) for n in range(10 * _AHEAD)})
    line = command(*BATCH, "--cluster", local.add(1).address)
    batch = Batch()
    with (
        subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pipesize=_A_PAGE
        ) as running,
        Client(local.address, set_as_default=False) as client,
    ):
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.readline()  # nobody reads the others: the batch waits
        local.add(1, **variables)
        client.wait_for_workers(2, timeout=_SECONDS)
        yield batch
        batch.out, batch.err = first + running.stdout.read(), running.stderr.read().decode()
    batch.status = running.returncode


def test_workers_that_come_later_are_checked(shops: Path, local: Local, tmp_path: Path) -> None:
    """One of another version is refused when it gets its first piece, and does none."""
    place = another_version(tmp_path / "other")
    with joined(shops, local, PYTHONPATH=place) as batch:
        local.workers[0].kill()  # what is left is for the other one
    told = " ".join(batch.err.replace("│", "").split())
    words = f"has cmsource 0.9 on Python .* and not {cmsource.__version__} on"
    assert re.search(f"worker tcp://.* {words}", told), told[-500:]
    assert batch.status == 2
    assert "Traceback" not in told
    assert ran(*BATCH, "--jobs", "1").stdout.startswith(batch.out)


def test_a_worker_like_the_others_may_come_later(shops: Path, local: Local) -> None:
    """It takes its part, and nothing is told of it."""
    with joined(shops, local) as batch:
        pass
    here = ran(*BATCH, "--jobs", "1")
    assert batch.out == here.stdout
    assert batch.err == here.stderr.decode()


def test_a_piece_that_kills_its_workers_is_given_up(local: Local) -> None:
    """Its row says so, and the others are there."""
    script = """
import os
from cmsource.cli.cluster import connected
from cmsource.cli.workers import Workers

def work(number):
    if number == 2:
        os._exit(1)
    return number

with connected(ADDRESS) as found:
    engine = found.engine(work, None)
    print(list(Workers(work, lambda n, death: f"{n} {death}", 6, 2, engine).results()))
"""
    # A scheduler gives a task up whose workers died four times.
    local.add(6)
    source = script.replace("ADDRESS", repr(local.address))
    done = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.stdout == "[0, 1, '2 ended with status 1', 3, 4, 5]\n", done.stderr
