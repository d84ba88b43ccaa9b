"""How far the slider of an input goes, and in which steps."""

from math import ceil, floor, log10
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, step_of

_STEPS = 40
"""Steps of a slider, about."""
_FROM_NOTHING = {True: 0.2, False: 100.0}
"""How far the slider of a value of 0 goes, for shares and for all else."""
_FEW = 4


class Slider(NamedTuple):
    """The least and the most that a slider shows, and its steps, in the unit of its input.

    Values beyond it can be typed.
    """

    low: float
    high: float
    step: float


def slider_of(item: Input) -> Slider:
    """From nothing to twice today's value, within what reading would accept."""
    size = abs(item.value)
    reach = 2 * size if size else _FROM_NOTHING[item.is_share]
    if item.whole:
        reach = max(reach, size + _FEW)
    low = 0.0 if item.value >= 0 else -reach
    high = reach if item.value >= 0 or item.low >= 0 else 0.0
    if item.range is not None:
        low, high = min(low, item.range[0]), max(high, item.range[1])
    low, high = max(low, item.low), min(high, item.high)
    step = max(step_of(item), _round(reach / _STEPS))
    first, last = ceil(round(low / step, 6)) * step, floor(round(high / step, 6)) * step
    if first < item.low:  # which is next to nothing where nothing makes no sense
        first += step
    return Slider(round(first, 9), round(max(first, last), 9), round(step, 9))


def _round(step: float) -> float:
    """The next step below of the form 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** floor(log10(step))
    return next(each * power for each in (5, 2, 1) if each * power <= step * 1.000001)
