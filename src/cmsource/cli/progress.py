"""A progress bar for what takes longer than a second: on a terminal only, on standard error."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_WORTH_A_BAR = 40


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
