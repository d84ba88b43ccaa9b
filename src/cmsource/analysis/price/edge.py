"""Where along a price something ceases to hold, to the step in which the price is written."""

from collections.abc import Callable, Iterable, Sequence
from math import floor
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, step_of

MOST = 1e9
"""No price is looked for beyond this."""

_USUAL = {"h": 500.0, "day": 2000.0, "month": 10_000.0, "year": 100_000.0, "": 50_000.0}
_TIMES = 4
_PARTS = 16


class Places:
    """The values that a price is looked at, in whole steps of how it is written.

    Args:
        chosen: the price.

    Attributes:
        step: a cent, or a hundredth of a per cent.
        first: the least value, in steps.
        last: the largest.
        coarse: where to look first: evenly up to some times today's value, then by multiples.
    """

    def __init__(self, chosen: Input) -> None:
        self.step = step_of(chosen)
        period = chosen.unit.rpartition("/")[2] if "/" in chosen.unit else ""
        usual = 1.0 if chosen.is_share else _USUAL.get(period, _USUAL[""])
        top = max(_TIMES * chosen.value, usual)
        self.first = self.steps(max(0.0, chosen.low))
        self.last = self.steps(min(MOST, chosen.high))
        end = min(self.steps(top), self.last)
        found = {self.first + (end - self.first) * part // _PARTS for part in range(_PARTS + 1)}
        found.add(self.steps(chosen.value))
        while end < self.last:
            end = min(end * _TIMES, self.last)
            found.add(end)
        self.coarse: Sequence[int] = sorted(found)

    def steps(self, value: float) -> int:
        """The last step that is no more than a value."""
        return floor(value / self.step + 1e-6)

    def value(self, steps: int) -> float:
        """So many steps, without binary noise."""
        return round(steps * self.step, 6)


class Reach(NamedTuple):
    """How far something holds.

    Attributes:
        lowest: the least step from which it holds, up to the highest.
        highest: the last step at which it holds.
        ends: whether it ceases beyond, as far as one looks.
    """

    lowest: int
    highest: int
    ends: bool


def reach(holds: Callable[[int], bool], places: Places, more: Iterable[int] = ()) -> Reach | None:
    """The highest step at which something holds, and how far it holds below; None where nowhere.

    Args:
        holds: whether it does at a step.
        places: where to look; between them one change is taken to be the only one.
        more: further steps to look at.
    """
    tried = sorted({*places.coarse, *(each for each in more if 0 <= each <= places.last)})
    where = [holds(each) for each in tried]
    if not any(where):
        return None
    top = max(index for index, good in enumerate(where) if good)
    bottom = top
    while bottom > 0 and where[bottom - 1]:
        bottom -= 1
    highest, lowest = tried[top], tried[bottom]
    ends = top + 1 < len(tried)
    if ends:
        highest = _last(holds, highest, tried[top + 1])
    if bottom > 0:
        lowest = _last(holds, lowest, tried[bottom - 1])
    return Reach(lowest, highest, ends)


def _last(holds: Callable[[int], bool], inside: int, outside: int) -> int:
    """The last step at which it holds, on the way from where it does to where it does not."""
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return inside
