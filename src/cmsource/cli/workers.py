"""The same work on many numbered pieces, through `concurrent.futures`, results in order."""

import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
)
from contextvars import ContextVar
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, Generic, NamedTuple, TypeVar

from cmsource.cli.signals import ENDING, signals_held
from cmsource.values.language import say

T = TypeVar("T")
R = TypeVar("R")

_TRIES = 3
"""Deaths of workers at one piece; the first may be the machine's fault, not the piece's."""
_AHEAD = 16
"""Pieces a worker that may be under way or finished before the one that is next in order."""

_WORK: ContextVar[Callable[[int], Any]] = ContextVar("work")
"""What a worker process does; it gets it once, when it starts."""


class Engine(NamedTuple, Generic[T]):
    """What pieces are worked on with.

    Another engine, such as that of a cluster, is another function that starts an `Executor`.

    Attributes:
        task: what is submitted with the number of each piece.
        start: starts an executor with a number of workers.
        lost: what it raises for a piece at which workers died again and again.
        gone: is called when it is there no longer, and what is left is done here.
    """

    task: Callable[[int], T]
    start: Callable[[int], Executor]
    lost: tuple[type[Exception], ...] = ()
    gone: Callable[[], None] = lambda: None


def processes(work: Callable[[int], T]) -> Engine[T]:
    """Processes of this machine."""

    def start(workers: int) -> Executor:
        context: Any = get_context("fork" if sys.platform == "linux" else "spawn")
        return ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(work,))

    return Engine(_task, start)


def _begin(work: Callable[[int], Any]) -> None:
    """The start of a worker process."""
    # Ctrl-C reaches all processes of a terminal; the one that started the workers ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ending in ENDING:
        signal.signal(ending, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, *ENDING})
    Thread(target=_end_with_parent, daemon=True).start()
    _WORK.set(work)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _task(number: int) -> Any:  # noqa: ANN401 - whatever the work gives
    return _WORK.get()(number)


def _ready(_: int) -> None:
    """Nothing: a worker that gives this back is there."""


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Generic[T]):
    """Does the same work on pieces that are numbered from 0.

    When a worker is killed, its executor is lost with all that was under way. What may have been
    at a worker is then tried alone, one piece after the other, so that only a piece whose worker
    dies again and again is given up.

    Args:
        work: what is done with a piece; must not raise.
        given_up: the result for a piece at which workers died again and again, from how they did.
        pieces: how many there are.
        jobs: how many workers; with 1 process the work is done right here.
        engine: what starts them; processes when None.
    """

    def __init__(
        self,
        work: Callable[[int], T],
        given_up: Callable[[int, str], T],
        pieces: int,
        jobs: int,
        engine: Engine[T] | None = None,
    ) -> None:
        self._work = work
        self._given_up = given_up
        self._pieces = pieces
        self._jobs = min(jobs, pieces)
        self._elsewhere = engine is not None or self._jobs > 1
        self._engine = processes(work) if engine is None else engine

    def results(self) -> Generator[T, None, None]:
        """The results in the order of the pieces; workers end when this is closed."""
        done = suspects = 0
        while self._elsewhere and done < self._pieces:
            try:
                if done < suspects:
                    yield self._alone(done, self._engine)
                    done += 1
                    continue
                with contextlib.closing(self._together(done)) as together:
                    for result in together:
                        yield result
                        done += 1
            except BrokenExecutor:
                # one of these was at the worker that died, or all of them are well
                suspects = done + self._jobs + 1
            except OSError:
                self._engine.gone()
                break  # no process can be had: the work is done here
        yield from map(self._work, range(done, self._pieces))

    def _together(self, first: int) -> Generator[T, None, None]:
        """The results from a piece on, as long as no worker dies."""
        waiting: deque[tuple[int, Future[T]]] = deque()
        with _ended(self._engine.start(self._jobs)) as executor:
            for number in range(first, self._pieces):
                waiting.append((number, _submitted(executor, self._engine.task, number)))
                if len(waiting) >= _AHEAD * self._jobs:
                    yield self._result(*waiting.popleft())
            while waiting:
                yield self._result(*waiting.popleft())

    def _result(self, number: int, future: Future[T]) -> T:
        try:
            return future.result()
        except self._engine.lost:
            # Workers of a cluster have several pieces at a time: which it was is found out here.
            return self._alone(number, processes(self._work))
        except CancelledError as error:  # not by us: nobody waits for what we cancel
            raise ConnectionError from error

    def _alone(self, number: int, engine: Engine[T]) -> T:
        """The result of one piece, with nothing else under way."""
        workers: list[BaseProcess] = []
        for _ in range(_TRIES - 1):
            with _ended(engine.start(1)) as executor:
                others = active_children()
                with contextlib.suppress(BrokenExecutor):
                    # how it died is known of a worker that was seen alive only
                    _submitted(executor, _ready, number).result()
                    workers = [child for child in active_children() if child not in others]
                    return _submitted(executor, engine.task, number).result()
        return self._given_up(number, _death(workers))


def _submitted(executor: Executor, task: Callable[[int], R], number: int) -> Future[R]:
    # processes may be started here: no signal must meet one before it has begun
    with signals_held():
        return executor.submit(task, number)


@contextlib.contextmanager
def _ended(executor: Executor) -> Iterator[Executor]:
    """An executor that is at an end when this is left; pieces that are under way are finished.

    Nobody kills its workers: one may be writing a result, for the rest of which the executor would
    wait for ever.
    """
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _death(workers: list[BaseProcess]) -> str:
    """How a worker ended, for people."""
    status = next((worker.exitcode for worker in workers if worker.exitcode is not None), None)
    if status is None:
        return say("ended")
    if status >= 0:
        return say("ended with status {status}", status=status)
    try:
        return say("killed by {signal}", signal=signal.Signals(-status).name)
    except ValueError:
        return say("killed by signal {number}", number=-status)
