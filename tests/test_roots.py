"""Changes of sign: brackets of smooth, kinked and stepped functions."""

from collections.abc import Callable
from itertools import pairwise
from math import cos, exp, floor, log, log2, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.analysis.breakeven.roots import Bracket, changes, narrowed


def bracket(f: Callable[[float], float], low: float, high: float) -> Bracket:
    """The whole range as a bracket."""
    return Bracket(low, high, f(low), f(high))


@pytest.mark.parametrize(
    ("f", "low", "high", "root"),
    [
        (lambda x: x**3 - x - 2, 1, 2, 1.5213797068045676),
        (lambda x: exp(x) - 3, 0, 5, log(3)),
        (cos, 0, 3, pi / 2),
        (lambda x: 5.5 * x + 40_000 - 8 * x, 0, 100_000, 16_000),
        (lambda x: abs(x - 3) - 1, 2.5, 50, 4),
        (lambda x: (x - 1) ** 9, 0.2, 7, 1),
    ],
)
def test_the_root_lies_in_a_narrow_bracket(
    f: Callable[[float], float], low: float, high: float, root: float
) -> None:
    """The bracket holds the root in closed form and is as narrow as asked for."""
    found = narrowed(f, bracket(f, low, high), 1e-9)
    assert found.low - 1e-9 <= root <= found.high + 1e-9 or abs(f(found.low)) < 1e-60
    assert found.high - found.low <= 1e-9


@given(st.floats(-1000, 1000), st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_a_jump_is_found_like_a_root(at: float, left: float, right: float) -> None:
    """A function that is negative before a place and positive from it on changes sign there."""

    def f(x: float) -> float:
        return right if x >= at else -left

    found = narrowed(f, bracket(f, -1001.0, 1001.0), 1e-6)
    assert found.low <= at <= found.high <= found.low + 1.0001e-6
    assert (found.at_low, found.at_high) == (-left, right)


@given(st.integers(1, 9_999), st.floats(-5, 5))
def test_whole_numbers_are_neighbours(at: int, slope: float) -> None:
    """Between whole numbers the bracket ends one wide, on either side of the step."""

    def f(x: float) -> float:
        assert x == int(x)
        return (1 if x >= at else -1) * (10 + abs(slope) * x)

    found = narrowed(f, bracket(f, 0.0, 10_000.0), 1.0, round)
    assert (found.low, found.high) == (at - 1, at)


@given(st.floats(0.01, 0.99), st.floats(0.1, 8))
def test_it_takes_hardly_longer_than_bisection(root: float, power: float) -> None:
    """At most two evaluations more than halving the range until it is narrow enough."""
    calls = 0

    def f(x: float) -> float:
        nonlocal calls
        calls += 1
        return (1.0 if x >= root else -1.0) * float(abs(x - root) ** power)

    found = Bracket(0.0, 1.0, f(0.0), f(1.0))
    calls = 0
    narrowed(f, found, 1e-7)
    assert calls <= log2(1e7) + 3


def test_ends_of_one_sign_are_refused() -> None:
    """Without a change of sign there is nothing to narrow."""
    with pytest.raises(ValueError, match="no change of sign"):
        narrowed(lambda x: x, Bracket(1, 2, 1, 2), 0.1)


def test_several_changes_are_found_each() -> None:
    """A cubic with roots 1, 4 and 8 changes its sign three times."""

    def f(x: float) -> float:
        return (x - 1) * (x - 4) * (x - 8)

    found = changes(f, [i / 2 + 0.1 for i in range(20)], tolerance=1e-6)
    roots = [narrowed(f, each, 1e-9).low for each in found]
    assert roots == pytest.approx([1, 4, 8], abs=1e-8)


def test_a_short_dip_between_places_is_found() -> None:
    """Between 4 and 5 a kinked function goes below 0 and back, though it is positive at both."""

    def f(x: float) -> float:
        return abs(x - 4.6) - 0.05

    found = changes(f, [float(i) for i in range(10)], tolerance=1e-6)
    roots = [narrowed(f, each, 1e-9).low for each in found]
    assert roots == pytest.approx([4.55, 4.65], abs=1e-8)


def test_a_range_of_zeros_is_one_change() -> None:
    """Where the function is 0 from 3 to 5, the bracket spans that; touching 0 is no change."""

    def f(x: float) -> float:
        return min(x - 3, 0.0) + max(x - 5, 0.0)

    found = changes(f, [float(i) for i in range(10)], tolerance=1e-6)
    assert [(each.low, each.high) for each in found] == [(2, 6)]
    assert not changes(lambda x: abs(x - 3), [float(i) for i in range(10)], tolerance=1e-6)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=5, unique=True))
def test_steps_on_whole_numbers(at: list[int]) -> None:
    """Each step across 0 of a stairway over whole numbers is found."""
    at = sorted(at)

    def f(x: float) -> float:
        return 1.0 if sum(x >= each for each in at) % 2 else -1.0

    found = changes(f, [float(i) for i in range(52)], tolerance=1.0, whole=True)
    assert [each.high for each in found] == at
    assert all(first.high <= second.low for first, second in pairwise(found))
    assert all(floor(each.high) == each.low + 1 for each in found)
