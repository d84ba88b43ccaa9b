"""Worker processes: the same work on many numbered pieces, results in order.

Unlike the pools of the standard library, this one goes on when a worker is killed from outside: the
piece it was working on is tried again by others before it is given up, and nothing else is lost.
"""

import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, NamedTuple, TypeVar

from cmsource.cli.files import interrupts_held

T = TypeVar("T")

_AHEAD = 4  # pieces that a worker has waiting, so that it never waits itself
_TRIES = 3  # deaths of workers at one piece: the first may be the machine's fault, not the piece's
_WINDOW = 16  # pieces a worker that may be finished before the one that is next in order


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection
    waiting: deque[int]


class Workers(Generic[T]):
    """Does the same work on pieces 0, 1, 2, … in processes of its own.

    Args:
        work: what is done with a piece; must not raise.
        given_up: the result for a piece at which workers died again and again, from how they did.
        pieces: how many there are.
        jobs: how many processes; with 1 the work is done right here.
    """

    def __init__(
        self, work: Callable[[int], T], given_up: Callable[[int, str], T], pieces: int, jobs: int
    ) -> None:
        self._work = work
        self._given_up = given_up
        self._pieces = pieces
        self._jobs = min(jobs, pieces)
        self._workers: list[_Worker] = []
        self._again: deque[int] = deque()
        self._deaths: dict[int, int] = {}
        self._done: dict[int, T] = {}
        self._next = 0

    def results(self) -> Generator[T, None, None]:
        """The results in the order of the pieces; workers are killed when this is closed."""
        if self._jobs <= 1:
            yield from map(self._work, range(self._pieces))
            return
        try:
            for head in range(self._pieces):
                while head not in self._done:
                    self._hire()
                    if not self._workers:
                        # no process can be had: do it here
                        self._again = deque(n for n in self._again if n != head)
                        self._next = max(self._next, head + 1)
                        self._done[head] = self._work(head)
                        break
                    self._hand_out(head)
                    self._collect()
                yield self._done.pop(head)
        finally:
            for worker in self._workers:
                worker.process.kill()
            for worker in self._workers:
                worker.process.join()
                worker.pipe.close()

    def _hire(self) -> None:
        context: Any = get_context("fork" if sys.platform == "linux" else "spawn")
        while len(self._workers) < self._jobs:
            ours, theirs = context.Pipe()
            others = [worker.pipe for worker in self._workers] if sys.platform == "linux" else []
            process = context.Process(
                target=_serve, args=(theirs, self._work, [*others, ours]), daemon=True
            )
            try:
                with interrupts_held():
                    process.start()
            except OSError:
                ours.close()
                return
            finally:
                theirs.close()
            self._workers.append(_Worker(process, ours, deque()))

    def _hand_out(self, head: int) -> None:
        limit = min(self._pieces, head + _WINDOW * self._jobs)
        for _ in range(_AHEAD):
            for worker in self._workers:
                if len(worker.waiting) >= _AHEAD or (not self._again and self._next >= limit):
                    continue
                if self._again:
                    number = self._again.popleft()
                else:
                    number = self._next
                    self._next += 1
                worker.waiting.append(number)
                # a worker that died is noticed when it is listened to
                with contextlib.suppress(OSError):
                    worker.pipe.send(number)

    def _collect(self) -> None:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index] # what it waits for is what it returns
            try:
                number, result = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            worker.waiting.remove(number)
            self._done[number] = result

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        if not worker.waiting:
            return
        first = worker.waiting[0]
        self._deaths[first] = self._deaths.get(first, 0) + 1
        if self._deaths[first] >= _TRIES:
            worker.waiting.popleft()
            self._done[first] = self._given_up(first, _death(worker.process.exitcode))
        self._again.extendleft(reversed(worker.waiting))


def _death(status: int | None) -> str:
    """How a process ended, for people."""
    if status is not None and status < 0:
        try:
            return f"killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"killed by signal {-status}"
    return f"ended with status {status}"


def _serve(pipe: Connection, work: Callable[[int], T], others: list[Connection]) -> None:
    """The life of a worker: it ends when nobody is there to talk to."""
    # Ctrl-C reaches all processes of a terminal; the one that started the workers ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if sys.platform == "linux":
        # Copies of the ends of other workers would keep those alive when the parent is gone.
        for other in others:
            other.close()
    try:
        while True:
            number = pipe.recv()
            pipe.send((number, work(number)))
    except (EOFError, OSError):
        return
