"""A progress bar for what takes more than a second: on a terminal only, on standard error."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from cmsource.cli.environment import Environment, Screen

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

_WAIT = 1.0
"""Seconds before the bar appears."""
_REFRESH = 0.1
"""Seconds between two pictures of it."""


@contextmanager
def progress(
    environment: Environment, total: int, what: str, *, in_bytes: bool = False, quiet: bool = False
) -> Iterator[Callable[[int], None]]:
    """A bar that the function it gives moves on.

    Args:
        environment: whose standard error it is on.
        total: how many steps there are.
        what: what is being done, such as ``comparing``.
        in_bytes: whether steps are bytes.
        quiet: whether to show nothing, whoever is watching.

    Yields:
        What to call with each number of steps done.
    """
    if quiet or not environment.err.is_terminal:
        yield lambda _: None
        return
    begun = shown = monotonic()
    done = 0
    bar: Progress | None = None

    def step(count: int) -> None:
        nonlocal bar, done, shown
        done += count
        now = monotonic()
        if now - begun < _WAIT or now - shown < _REFRESH:
            return
        shown = now
        if bar is None:
            bar = _bar(environment.err, in_bytes=in_bytes)
            bar.add_task(environment.language.of(what), total=total)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, refresh=True)

    try:
        yield step
    finally:
        if bar is not None:
            bar.stop()


@contextmanager
def counted(environment: Environment, what: str) -> Iterator[Callable[[int], Callable[[], None]]]:
    """A bar for work that finds out by itself how much there is of it.

    Args:
        environment: whose standard error it is on.
        what: what is being done.

    Yields:
        What is told how many steps there are, and gives what is called after each.
    """
    with ExitStack() as stack:

        def steps(total: int) -> Callable[[], None]:
            step = stack.enter_context(progress(environment, total, what))
            return lambda: step(1)

        yield steps


def track(environment: Environment, items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items one by one, with a bar."""
    with progress(environment, total, what) as step:
        for item in items:
            yield item
            step(1)


def _bar(screen: Screen, *, in_bytes: bool) -> "Progress":
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    counted = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = TextColumn("{task.description}"), BarColumn(), counted, Remaining()
    # No thread may refresh it: processes are started while it is there.
    return Progress(*columns, console=screen.console(), auto_refresh=False, transient=True)
