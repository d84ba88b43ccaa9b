"""Where a function of one number changes its sign: bracketing, for smooth and stepped functions."""

from collections.abc import Callable, Sequence
from math import ceil, log2
from typing import NamedTuple

Function = Callable[[float], float]
"""A function of one number; only the sign of what it gives decides."""

_GOLDEN = 0.381966011250105
_MOST_STEPS = 200


class Bracket(NamedTuple):
    """Two neighbouring places between which a function changes its sign.

    Attributes:
        low: the last place on one side.
        high: the first place on the other; the same as `low` where the function is 0 there.
        at_low: the function's value at `low`.
        at_high: the function's value at `high`.
    """

    low: float
    high: float
    at_low: float
    at_high: float


def narrowed(
    f: Function,
    found: Bracket,
    tolerance: float,
    written: Callable[[float], float] | None = None,
) -> Bracket:
    """A bracket no wider than a tolerance around a change of sign.

    The ITP method (I. F. D. Oliveira, R. H. C. Takahashi, "An Enhancement of the Bisection Method
    Average Performance Preserving Minmax Optimality", ACM TOMS 47(1), 2021): a step towards the
    straight line's root, kept so close to the middle that it never takes more than two steps longer
    than bisection, whatever the function; it needs no continuity.

    Args:
        f: the function.
        found: a bracket whose two values have opposite signs.
        tolerance: width at which to stop; above 0.
        written: gives the nearest of some places, a tolerance from each other; the function is
            then looked at in these alone, and the bracket ends with two neighbours.

    Raises:
        ValueError: the values at the ends have the same sign.
    """
    low, high, at_low, at_high = found
    if at_low == 0.0:
        return Bracket(low, low, 0.0, 0.0)
    if at_high == 0.0:
        return Bracket(high, high, 0.0, 0.0)
    if (at_low < 0) == (at_high < 0):
        raise ValueError(f"no change of sign between {low} and {high}")
    half = tolerance / 2
    most = ceil(log2(max(1.0, (high - low) / tolerance))) + 1
    kappa = 0.2 / (high - low)
    for step in range(_MOST_STEPS):
        width = high - low
        if width <= tolerance * (1 + 1e-12):
            break
        middle = (low + high) / 2
        line = (at_high * low - at_low * high) / (at_high - at_low)
        towards = 1.0 if middle >= line else -1.0
        cut = kappa * width * width
        truncated = line + towards * cut if cut <= abs(middle - line) else middle
        # 2.0 ** -step of the first width is what bisection would have left by now.
        radius = max(half * 2.0 ** (most - step) - width / 2, 0.0)
        near = abs(truncated - middle) <= radius
        place = truncated if near else middle - towards * radius
        if written is not None:
            place = written(place)
            place = place if place > low else written(low + tolerance)
            place = place if place < high else written(high - tolerance)
        elif not low < place < high:
            place = middle
        if not low < place < high:
            break
        value = f(place)
        if value == 0.0:
            return Bracket(place, place, 0.0, 0.0)
        if (value < 0) == (at_low < 0):
            low, at_low = place, value
        else:
            high, at_high = place, value
    return Bracket(low, high, at_low, at_high)


def changes(
    f: Function, places: Sequence[float], *, tolerance: float, whole: bool = False
) -> list[Bracket]:
    """Every change of sign that shows at some places, or between three of them.

    Between places with values of the same sign, where the middle one of three is the closest to 0,
    the function may touch 0 and turn back: the turning point is looked for by golden section.

    Args:
        f: the function.
        places: where to look, in ascending order.
        tolerance: how narrow the brackets and the search for turning points end.
        whole: whether the places are whole numbers, and only such are asked for.

    Returns:
        Brackets of opposite signs, not yet narrowed, in ascending order. Where the function is 0
        from one place to another, the bracket spans all of it.
    """
    known = [(place, f(place)) for place in places]
    if not whole:
        known = sorted([*known, *_turns(f, known, tolerance)])
    found: list[Bracket] = []
    last: tuple[float, float] | None = None
    for place, value in known:
        if value == 0.0:
            continue
        if last is not None and (value < 0) != (last[1] < 0):
            found.append(Bracket(last[0], place, last[1], value))
        last = place, value
    return found


def _turns(
    f: Function, known: Sequence[tuple[float, float]], tolerance: float
) -> list[tuple[float, float]]:
    """Places on the other side of 0 between three places on one side."""
    found = []
    for (low, a), (place, b), (high, c) in zip(known, known[1:], known[2:], strict=False):
        sign = -1.0 if b < 0 else 1.0
        if b == 0.0 or sign * a <= 0 or sign * c <= 0 or not (abs(b) < abs(a) and abs(b) <= abs(c)):
            continue
        turn = _turn(lambda x, sign=sign: sign * f(x), low, place, sign * b, high, tolerance)  # type: ignore[misc]
        if turn is not None:
            found.append((turn[0], sign * turn[1]))
    return found


def _turn(
    f: Function, low: float, place: float, value: float, high: float, tolerance: float
) -> tuple[float, float] | None:
    """A place between two others where a function is below 0, on the way to its least value."""
    for _ in range(_MOST_STEPS):
        if high - low <= tolerance:
            break
        left = place - low > high - place
        tried = place - _GOLDEN * (place - low) if left else place + _GOLDEN * (high - place)
        other = f(tried)
        if other < 0:
            return tried, other
        if other < value:
            low, high = (low, place) if left else (place, high)
            place, value = tried, other
        elif left:
            low = tried
        else:
            high = tried
    return None
