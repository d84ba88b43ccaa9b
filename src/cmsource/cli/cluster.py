"""Workers of a cluster, which `dask.distributed` runs: the extra ``[cluster]``."""

import contextlib
import logging
import os
import platform
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import cache, lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typer

from cmsource import __version__
from cmsource.cli.environment import Environment
from cmsource.cli.workers import Engine, Workers, cores
from cmsource.reading.here import reading_from
from cmsource.values.language import Said, say

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

_SECONDS = 20
"""How long a scheduler may take to answer, and a worker to be there."""
_LOGGERS = ("distributed", "tornado", "asyncio")
_FLAG = "--cluster"


class Worker(NamedTuple):
    """What a worker of a cluster says of itself.

    Attributes:
        version: of cmsource; "" when it has none.
        python: version of Python, without the last number.
        has_folder: whether it sees the folder that we work in.
        code: a mark of all that figures follow from; "" of a version that does not say it.
    """

    version: str
    python: str
    has_folder: bool
    code: str = ""


class UnfitWorker(Exception):  # noqa: N818 - what it is, not what to call it
    """A worker that came later has done nothing: its results would not be those of this machine.

    Args:
        name: its address.
        worker: what it says of itself.
    """

    def __init__(self, name: str, worker: Worker) -> None:
        super().__init__(name, worker)
        self.name = name
        self.worker = worker


class Cluster:
    """A cluster that is connected, and fit for the work.

    Args:
        client: the connection.

    Attributes:
        workers: pieces that it worked on at the same time when it was found.
    """

    def __init__(self, client: "Client") -> None:
        self._client = client
        threads: dict[str, int] = client.nthreads()
        self.workers = max(1, sum(threads.values()))

    def engine(self, work: Callable[[int], T], gone: Callable[[], None]) -> Engine[T]:
        """What works on numbered pieces there; pieces of workers that are lost are done again.

        Args:
            work: what is done with a piece.
            gone: is called when the cluster is lost, and the rest is done here.
        """
        from distributed import KilledWorker

        return Engine(
            work,
            lambda _: _Executor(self._client, work),
            lost=(KilledWorker,),
            gone=gone,
        )


class Crew:
    """Those who work for a command: processes of this machine, or a cluster while it is there.

    Args:
        environment: is told when a cluster is lost.
        jobs: processes of this machine; 0 for one for each core.
        cluster: that works in their place.
    """

    def __init__(self, environment: Environment, jobs: int, cluster: Cluster | None = None) -> None:
        self._environment = environment
        self._jobs = jobs
        self._cluster = cluster

    def workers(
        self, work: Callable[[int], T], given_up: Callable[[int, str], T], pieces: int
    ) -> Workers[T]:
        """Workers for numbered pieces, as `Workers` says of them."""
        if self._cluster is None:
            return Workers(work, given_up, pieces, self._jobs or cores())
        engine = self._cluster.engine(work, self._lost)
        return Workers(work, given_up, pieces, self._cluster.workers, engine)

    def _lost(self) -> None:
        """Go on without the cluster."""
        self._cluster = None
        self._environment.say(say("warning: the cluster was lost; the rest is worked on here"))


@contextlib.contextmanager
def crew(environment: Environment, jobs: int, address: str) -> Iterator[Crew]:
    """Those who work for a command, until this is left.

    Args:
        environment: is told when a cluster is lost.
        jobs: processes of this machine; 0 for one for each core.
        address: of the scheduler of a cluster; "" to work on this machine.

    Raises:
        typer.BadParameter: the cluster is not there, or not fit for the work.
    """
    if not address:
        yield Crew(environment, jobs)
        return
    with connected(address) as cluster:
        yield Crew(environment, jobs, cluster)


@contextlib.contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of a scheduler, such as ``tcp://10.0.0.5:8786``, until this is left.

    Raises:
        typer.BadParameter: it is not there, or not fit for the work.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError:
        message = say("a cluster takes the extra [cluster]: pip install 'cmsource[cluster]'")
        raise typer.BadParameter(message, param_hint=_FLAG) from None
    # What it tells of lost connections is told by us, where it matters; and what was under way when
    # a command is ended fails, which matters to nobody.
    # Those below them have levels of their own, which its configuration has set.
    for name in (*_LOGGERS, *logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise typer.BadParameter(_no_answer(address), param_hint=_FLAG) from error
    try:
        try:
            _check(client, address)
            cluster = Cluster(client)
        except OSError as error:
            raise typer.BadParameter(_no_answer(address), param_hint=_FLAG) from error
        try:
            yield cluster
        except UnfitWorker as unfit:
            here = inspected(os.getcwd())  # noqa: PTH109
            message = _misfit(unfit.name, unfit.worker, here)
            raise typer.BadParameter(message, param_hint=_FLAG) from None
    finally:
        with contextlib.suppress(OSError, TimeoutError):
            client.close(timeout=_SECONDS)


def _no_answer(address: str) -> Said:
    return say("no cluster answers at {address}", address=address)


def _check(client: "Client", address: str) -> None:
    """Refuse a cluster without workers, or whose results would not be those of this machine."""
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except (OSError, TimeoutError):
        message = say("the cluster at {address} has no workers", address=address)
        raise typer.BadParameter(message, param_hint=_FLAG) from None
    here = inspected(os.getcwd())  # noqa: PTH109
    found: dict[str, Worker | Exception]
    found = client.run(inspected, os.getcwd(), on_error="return")  # noqa: PTH109
    for name, worker in sorted(found.items()):
        if worker == here:
            continue
        message = (
            _unasked(name, worker) if isinstance(worker, Exception) else _misfit(name, worker, here)
        )
        raise typer.BadParameter(message, param_hint=_FLAG)


def _misfit(name: str, worker: Worker, here: Worker) -> Said:
    """Why results of a worker would not be those of this machine."""
    if worker.version != here.version or worker.python != here.python:
        return say(
            "worker {name} has cmsource {version} on Python {python}, and not {our_version} on "
            "{our_python} as here",
            name=name,
            version=worker.version,
            python=worker.python,
            our_version=here.version,
            our_python=here.python,
        )
    if worker.code != here.code:
        return say(
            "worker {name} has another build of cmsource {version}, or another version of the "
            "package holidays: install there what is installed here",
            name=name,
            version=worker.version,
        )
    return say(
        "worker {name} does not see this folder: share it, or check it out there too", name=name
    )


def _unasked(name: str, error: Exception) -> Said:
    """Why a worker could not say anything of itself."""
    # The question is a function of ours, which a worker has to have: the error names it if not.
    if "cmsource" in str(error):
        return say(
            "worker {name} has no cmsource {version}: install it there too",
            name=name,
            version=__version__,
        )
    return say("worker {name} does not answer: {error}", name=name, error=error)


def inspected(folder: str) -> Worker:
    """What the process that this runs in says of itself."""
    python = ".".join(platform.python_version_tuple()[:2])
    return Worker(__version__, python, os.path.isdir(folder), _code())  # noqa: PTH112


@cache
def _code() -> str:
    """A mark of all that figures follow from: our code and facts, and the dates of holidays.

    Two checkouts of one version differ in it where anybody has changed a line.
    """
    package = Path(__file__).parent.parent
    files = (*package.rglob("*.py"), *(package / "countries").rglob("*.yaml"))
    marks = sha256(metadata.version("holidays").encode())
    for name, file in sorted((file.relative_to(package).as_posix(), file) for file in files):
        marks.update(f"\0{name}\0".encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return marks.hexdigest()


class _Executor(Executor):
    """Submits pieces to a cluster.

    Args:
        client: the connection.
        work: what is done with a piece.
    """

    def __init__(self, client: "Client", work: Callable[[int], Any]) -> None:
        from distributed.protocol import pickle

        self._client = client
        self._executor = client.get_executor(pure=False)
        self._folder = os.getcwd()  # noqa: PTH109 - workers get it as text
        self._here = inspected(self._folder)
        # A task of its own, not data: it goes to each worker once, and can be made again. It goes
        # there packed: another version might not know what is in it, and could not say so.
        self._work = client.submit(_given, pickle.dumps(work), pure=False)

    def submit(self, fn: Callable[..., T], /, *args: Any, **named: Any) -> "Future[T]":  # noqa: ANN401
        """Submit a piece; what is done with it is known already."""
        del fn, named
        future: Future[T] = self._executor.submit(
            _done_alike, self._here, self._folder, self._work, *args
        )
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave what is not done yet."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._work.release()


def _given(work: bytes) -> bytes:
    return work


def _done_alike(expected: Worker, folder: str, work: bytes, number: int) -> Any:  # noqa: ANN401
    """A piece of the work, by a worker that is as those that were asked at the beginning.

    Raises:
        UnfitWorker: it has joined since then, and is not.
    """
    from distributed import get_worker

    found = inspected(folder)
    if found != expected:
        raise UnfitWorker(get_worker().address, found)
    # Other threads of this process may work for others, in another folder.
    with reading_from(Path(folder)):
        return _unpacked(work)(number)


@lru_cache(maxsize=8)  # several may have work here
def _unpacked(work: bytes) -> Callable[[int], Any]:
    from distributed.protocol import pickle

    unpacked: Callable[[int], Any] = pickle.loads(work)
    return unpacked
