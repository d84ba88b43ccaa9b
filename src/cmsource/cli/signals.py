"""Signals that end a command: what it has begun is taken back before it ends."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that end a program from outside: a shutdown, a CI job cancelled, a terminal closed."""


def end_orderly() -> None:
    """Let signals that end a program raise `SystemExit`, so that no temporary file stays.

    One that is ignored, as under ``nohup``, stays so.
    """
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End with the status that shells give to a program that a signal has ended."""
    for other in ENDING:
        signal.signal(other, signal.SIG_IGN)  # a second one must not meet the tidying up
    raise SystemExit(128 + number)


def status_of_end(error: BaseException) -> int | None:
    """The exit status of the end by a signal of which an error was made; None if it was not.

    Python 3.11 makes a `RuntimeError` of whatever comes while a class is made, as modules are
    loaded.
    """
    cause = error.__cause__
    if isinstance(cause, KeyboardInterrupt):
        return 130
    return cause.code if isinstance(cause, SystemExit) and isinstance(cause.code, int) else None


@contextlib.contextmanager
def signals_held() -> Iterator[None]:
    """Holds them and Ctrl-C back while something is begun that must then be ended."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *ENDING})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
