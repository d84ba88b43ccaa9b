"""Where, on one input, the option that is ahead changes."""

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import NamedTuple

from cmsource.analysis.breakeven.roots import Bracket, changes, narrowed
from cmsource.analysis.breakeven.two_options import Pair, TwoOptions
from cmsource.analysis.inputs.inputs import Input, step_of
from cmsource.results.requirement import RequirementResult

_FINE = 64
_COARSE = (0.0, 0.125, 0.25, 0.375, 0.5, 0.75, 1.0)
_STRAIGHT = (0.5, 0.75)
_MOST_WHOLE = 200
_STRAIGHT_CENTS = 10.0
_JUMP_CENTS = 50.0
_SHARE_NOISE = 1e-4
_NARROWER = 1 / 32
_FINEST = 1e-4  # of a step


class Crossing(NamedTuple):
    """A place at which the option that is ahead changes.

    Attributes:
        at: where; for a jump the first value beyond it.
        below: the last value, as finely as the input is written, at which `before` is ahead.
        above: the first one at which `after` is.
        before: the option that is ahead below.
        after: the option that is ahead above.
        figures_below: the figure of both options at `below`.
        figures_above: the figure of both options at `above`.
        jumps: whether the difference jumps there rather than passing through nothing.
        misses: for each of the two options the requirements that it misses at `at`.
    """

    at: float
    below: float
    above: float
    before: str
    after: str
    figures_below: tuple[float, float]
    figures_above: tuple[float, float]
    jumps: bool
    misses: Mapping[str, tuple[RequirementResult, ...]]


class Search(NamedTuple):
    """What was found on one input.

    Attributes:
        ahead_low: the option that is ahead at the least value; "" where both are equal.
        ahead_high: the option that is ahead at the largest.
        crossings: where that changes, in ascending order.
        touched: whether the difference of the two moves at all.
    """

    ahead_low: str
    ahead_high: str
    crossings: tuple[Crossing, ...]
    touched: bool


def search(both: TwoOptions, chosen: Input, low: float, high: float, *, fine: bool) -> Search:
    """The break-evens on one input in a range.

    Args:
        both: the two options.
        chosen: the input.
        low: the least value.
        high: the largest.
        fine: whether to look closely, rather than at a few values and along straight lines.
    """
    measure = both.at(chosen)

    def gap(value: float) -> float:
        return both.sign(measure(value))

    ends = gap(low), gap(high)
    touched = fine or any(
        measure(value) != both.today for value in (low, high) if value != chosen.value
    )
    brackets: list[Bracket] = []
    straight = False
    if touched and high > low:
        straight = not fine and _is_straight(gap, chosen, low, high, ends, both)
        if straight:
            brackets = [Bracket(low, high, *ends)] if ends[0] * ends[1] < 0 else []
        else:
            places = _places(chosen, low, high, fine=fine)
            whole = chosen.whole or not fine
            brackets = changes(gap, places, tolerance=step_of(chosen), whole=whole)
    crossings = tuple([_crossing(both, chosen, measure, bracket) for bracket in brackets])
    return Search(both.ahead(ends[0]), both.ahead(ends[1]), crossings, touched)


def _is_straight(
    gap: Callable[[float], float],
    chosen: Input,
    low: float,
    high: float,
    ends: tuple[float, float],
    both: TwoOptions,
) -> bool:
    """Whether the difference lies on a line through its ends, but for the rounding of entries."""
    if chosen.whole:
        return False
    slope = (ends[1] - ends[0]) / (high - low)
    noise = _STRAIGHT_CENTS if both.money else 1e-9
    places = [low + (high - low) * share for share in _STRAIGHT]
    if low < chosen.value < high:
        places.append(chosen.value)
    return all(abs(gap(x) - ends[0] - slope * (x - low)) <= noise for x in places)


def _places(chosen: Input, low: float, high: float, *, fine: bool) -> list[float]:
    """Values to look at, in ascending order."""
    shares = [number / _FINE for number in range(_FINE + 1)] if fine else _COARSE
    if chosen.whole and high - low <= (_MOST_WHOLE if fine else len(shares)):
        return [float(value) for value in range(int(low), int(high) + 1)]
    places = {low + (high - low) * share for share in shares}
    if low <= chosen.value <= high:
        places.add(float(chosen.value))
    if chosen.unit == "months" and fine:  # prices rise, and contracts end, by the year
        places |= {12.0 * year for year in range(1, 51) if low < 12.0 * year < high}
    if chosen.whole:
        places = {float(round(place)) for place in places}
    return sorted(places)


def _crossing(
    both: TwoOptions,
    chosen: Input,
    measure: Callable[[float], Pair],
    bracket: Bracket,
) -> Crossing:
    """A change of sign as finely as the input is written."""

    def gap(value: float) -> float:
        return both.sign(measure(value))

    step = step_of(chosen)

    def written(value: float) -> float:
        return _written(round(value / step), step)

    tight = narrowed(gap, bracket, step, written)
    below, above = tight.low, tight.high
    if below == above:
        below = max(bracket.low, written(below - step))
        above = min(bracket.high, written(above + step))
    # Where both are equal over more than a step, the last value before it and the first behind it.
    if gap(below) * bracket.at_low <= 0:
        edge = _edge(lambda x: gap(x) * bracket.at_low > 0, bracket.low, tight.low, step)
        below = max(bracket.low, _written(floor(edge / step + 1e-9), step))
    if gap(above) * bracket.at_high <= 0:
        edge = _edge(lambda x: gap(x) * bracket.at_high > 0, bracket.high, tight.high, step)
        above = min(bracket.high, _written(ceil(edge / step - 1e-9), step))
    at, jumps = above, False
    if tight.low == tight.high:
        at = tight.low
    elif not chosen.whole:
        at, jumps = _inside(gap, Bracket(below, above, gap(below), gap(above)), both, step)
    return Crossing(
        at,
        below,
        above,
        both.ahead(bracket.at_low),
        both.ahead(bracket.at_high),
        both.figures(measure(below)),
        both.figures(measure(above)),
        jumps,
        {name: both.missed(chosen.path, at, name) for name in both.names},
    )


def _inside(
    gap: Callable[[float], float], found: Bracket, both: TwoOptions, step: float
) -> tuple[float, bool]:
    """Where between two written values the difference is nothing, and whether it jumps there."""
    low, high, at_low, at_high = found
    noise = _JUMP_CENTS if both.money else _SHARE_NOISE
    middle = (low + high) / 2
    if abs(gap(middle) - (at_low + at_high) / 2) > noise:
        width, apart = step, abs(at_high - at_low)
        while apart > noise:
            width *= _NARROWER
            found, before = narrowed(gap, found, width), apart
            apart = abs(found.at_high - found.at_low)
            # A line, however steep, would have lost all but that part of its rise.
            if apart > noise and (apart > before / 2 or width < step * _FINEST):
                return found.high, True
        low, high, at_low, at_high = found
    if at_high == at_low:
        return high, False
    return low + (high - low) * at_low / (at_low - at_high), False


def _written(steps: int, step: float) -> float:
    """So many steps, without binary noise."""
    return round(steps * step, 4)


def _edge(holds: Callable[[float], bool], inside: float, outside: float, step: float) -> float:
    """The last place, to a step, where something holds on the way out of where it does."""
    if holds(outside):
        return outside
    for _ in range(200):
        if abs(outside - inside) <= step:
            break
        middle = (inside + outside) / 2
        if step == 1.0:
            middle = float(round(middle))
            if middle in (inside, outside):
                break
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return inside
