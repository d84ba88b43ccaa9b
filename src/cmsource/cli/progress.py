"""A progress bar for what takes longer than a second: on a terminal only, on standard error."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_WORTH_A_BAR = 40
_REFRESH = 0.1  # seconds


def track(items: Sequence[T], what: str) -> Iterator[T]:
    """The items one by one, with a bar when there are many and somebody is watching.

    Args:
        items: what is being worked through.
        what: what is being done, such as ``comparing``.
    """
    if len(items) < _WORTH_A_BAR or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track as rich_track

    console = Console(stderr=True)
    yield from rich_track(items, description=what, console=console, transient=True)


@contextmanager
def bar(count: int, what: str, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """A bar that each call of the function it gives moves on by one.

    Args:
        count: how many steps there are.
        what: what is being done.
        quiet: whether to show nothing, whoever is watching.
    """
    if quiet or count < _WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda: None
        return
    from time import monotonic

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    # No thread may refresh the bar: processes are started while it is there.
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining()
    shown = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    task = shown.add_task(what, total=count)
    last = 0.0

    def step() -> None:
        nonlocal last
        shown.advance(task)
        now = monotonic()
        if now - last > _REFRESH:
            last = now
            shown.refresh()

    with shown:
        yield step
