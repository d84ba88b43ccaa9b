"""The week cut into pieces within which the same people are on duty."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cmsource.values.week import Week

END = 10_080
"""Minutes of a week."""


def pieces(weeks: Sequence[Week]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """The week cut wherever one of several sets of hours begins or ends.

    Yields:
        The first minute of a piece, its end, and which of the sets hold it, as indexes.
    """
    # The intervals of a week neither overlap nor touch, so each of their ends is a change.
    changes: dict[int, list[int]] = {}
    for index, week in enumerate(weeks):
        for minute in week.boundaries():
            changes.setdefault(minute, []).append(index)
    start = 0
    there: frozenset[int] = frozenset()
    for minute in sorted({*changes, END}):
        if minute > start:
            yield start, minute, there
        start = minute
        there = there.symmetric_difference(changes.get(minute, ()))


@lru_cache(maxsize=512)
def teams(cover: Week, duties: tuple[Week, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Minutes of the cover by who is on duty in them, as indexes of the duties."""
    minutes: dict[tuple[int, ...], int] = {}
    for start, end, there in pieces((cover, *duties)):
        if 0 in there:
            team = tuple(sorted(index - 1 for index in there if index))
            minutes[team] = minutes.get(team, 0) + end - start
    return tuple((length, team) for team, length in minutes.items())
