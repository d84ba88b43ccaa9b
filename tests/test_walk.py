"""A line from week to week as a walk, held against chances that are added up by themselves."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.model.line.levels import Flow
from cmsource.model.line.walk import Walk, with_more

EVERY_DAY = 7
PARTS = 4000
"""Parts into which lines are cut to add up their chances."""


def walk(
    capacity: float, weekly: float, long: float, limit: float, *, lasting: bool = True
) -> Walk:
    """People who finish as much on every day, and are always there."""
    days = [([1.0], [capacity / EVERY_DAY])] * EVERY_DAY
    return Walk(days, weekly, long, limit, lasting=lasting)


def test_nothing_that_joins_leaves_one_walk() -> None:
    """Drift −20 and variance 80 + 80 + 0 a week: above 50 with exp(−2·20·50 / 160) = exp(−12.5)."""
    found = walk(capacity=100, weekly=80, long=80, limit=30)
    assert found.times == 1
    assert found.fading(50) == pytest.approx(-12.5)


def test_people_who_are_there_on_some_days_only() -> None:
    """The variance of who comes counts: half of the days 20 answers, 0 on the others.

    One day: mean 10, variance 100; a week of messages 60 + 60 of their own: 700 + 120 = 820, with a
    drift of 60 − 70 = −10: above 41 with exp(−2·10·41 / 820) = exp(−1).
    """
    found = Walk([([0.5, 0.5], [0.0, 20.0])] * EVERY_DAY, 60, 60, 100)
    assert found.capacity == 70
    assert found.fading(41) == pytest.approx(-1)


def test_a_line_that_is_hardly_ever_long() -> None:
    """What would join it less then makes no difference."""
    found = walk(capacity=1000, weekly=500, long=300, limit=300)
    assert found.times == 1
    assert with_more([[[Flow(2.0, 1.0)]]], found.times) == [[[Flow(2.0, 2.0)]]]


@given(
    capacity=st.floats(50, 5000),
    use=st.floats(0.9, 0.999),
    own=st.floats(0.5, 0.95),
    limit=st.floats(0.3, 1.0),
)
def test_as_much_joins_as_on_average(capacity: float, use: float, own: float, limit: float) -> None:
    """Of what joins, none does while the line is long; the mean is kept."""
    weekly = use * capacity
    found = walk(capacity, weekly, own * weekly, limit * weekly)
    if found.times == 1:
        return
    edge = limit * weekly
    rest = edge - 40 / found.steep_long  # beyond which hardly any line goes
    top = max(0.0, found.fading(edge))
    steps = [(rest * (n + 0.5) / PARTS) for n in range(PARTS)]
    density = [exp(found.fading(line) - top) for line in steps]
    short = sum([d for d, line in zip(density, steps, strict=True) if line < edge])
    assert found.times * short / sum(density) == pytest.approx(1, abs=0.03)


def test_a_line_that_is_soon_gone_evens_nothing_out() -> None:
    """Drift −4 while it is not long, −10 while it is, and variance 96 + 96 or 90 + 90 a week."""
    found = walk(capacity=100, weekly=96, long=90, limit=30, lasting=False)
    assert found.times == 1
    assert found.fading(50) == pytest.approx(-2 * 4 * 30 / 192 - 2 * 10 * 20 / 180)
    assert walk(capacity=100, weekly=96, long=90, limit=30).times > 1


def test_more_than_can_be_done() -> None:
    """However much more joins short lines, it has an end."""
    found = walk(capacity=100, weekly=120, long=99, limit=50)
    assert found.times <= 4
    assert walk(capacity=100, weekly=120, long=110, limit=50).times == 1


def test_more_while_the_line_is_not_long() -> None:
    """Of two that join one of its own: half as many again makes three, and none while it is."""
    assert with_more([[[Flow(3.0, 1.0)]]], 1.5) == [[[Flow(4.0, 1.0)]]]
