"""Chances of a line on its grid, held against the mean and the variance of what happens to it."""

from random import Random

import pytest

from cmsource.model.line.levels import Chances, Flow, Levels

SERVICE = 2.0
LEVELS = Levels(1, 2000, SERVICE, 0.0)
"""For one person, up to two thousand messages."""


def moments(chances: Chances) -> tuple[float, float, float]:
    """The sum, the mean and the variance of how many wait."""
    levels = LEVELS.messages[: len(chances)]
    total = sum(chances)
    mean = sum([c * m for c, m in zip(chances, levels, strict=True)]) / total
    square = sum([c * m * m for c, m in zip(chances, levels, strict=True)]) / total
    return total, mean, square - mean * mean


def spread(low: float, high: float) -> Chances:
    """Alike chances of some levels."""
    found = [1.0 if low <= level <= high else 0.0 for level in LEVELS.messages if level <= high]
    return [chance / sum(found) for chance in found]


@pytest.mark.parametrize("people", [0.0, 1.0])
@pytest.mark.parametrize("minutes", [1.0, 30.0, 90.0])
def test_a_long_line_moves_by_what_comes_and_is_answered(people: float, minutes: float) -> None:
    """However often it is moved, and however wide the steps of its levels are.

    0.45 come a minute and, where he is there, 0.5 are answered: the mean changes by the difference
    and the variance, as of two Poisson numbers, by the sum.
    """
    flow = Flow(0.45, 0.45)
    chances = spread(600, 1000)
    _, before, noise = moments(chances)
    times = 20
    for _ in range(times):
        chances = LEVELS.after(chances, flow, people, minutes)
    total, mean, variance = moments(chances)
    passed = times * minutes
    assert total == pytest.approx(1, abs=1e-3)
    assert mean == pytest.approx(before + (0.45 - 0.5 * people) * passed, rel=0.01)
    assert variance == pytest.approx(noise + (0.45 + 0.5 * people) * passed, rel=0.1)


@pytest.mark.parametrize("minutes", [30.0, 180.0, 480.0])
def test_nothing_is_lost_at_the_ends_of_the_grid(minutes: float) -> None:
    """All chances together stay 1 from the longest line down to none."""
    chances = spread(1900, 2100)
    while LEVELS.waiting(chances, 1.0) > 1:
        chances = LEVELS.after(chances, Flow(0.1, 0.1), 1.0, minutes)
        assert sum(chances) == pytest.approx(1, abs=1e-3)


def test_nothing_leaves_the_grid() -> None:
    """What would make the line longer than it can be is given up, and it is never below nothing."""
    full = [0.0] * (len(LEVELS.messages) - 1) + [1.0]
    assert LEVELS.overflow(LEVELS.after(full, Flow(5.0, 5.0), 1.0, 500)) == pytest.approx(1)
    gone = spread(600, 1000)
    for _ in range(40):
        gone = LEVELS.after(gone, Flow(0.0, 0.0), 1.0, 120)
    assert sum(gone) == pytest.approx(1, abs=1e-3)
    assert LEVELS.waiting(gone, 1.0) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("top", [24, 60, 150, 700, 5000])
@pytest.mark.parametrize("seed", range(6))
def test_nothing_unevens_a_line_however_often_it_is_moved(top: int, seed: int) -> None:
    """What is below nothing somewhere stays little, whatever comes and goes from time to time.

    A day in which one who is there for an hour or two answers what comes is followed again and
    again, until it ends as it began.
    """
    random = Random(seed)
    people = random.choice((1, 2, 5))
    levels = Levels(people, top, random.choice((2.0, 20.0, 60.0)), 0.0)
    weekly = top / 2
    duty = random.choice((60.0, 120.0, 480.0))
    day = [(0.0, 1440 - duty - random.uniform(0, 600)), *[(float(people), duty / 3)] * 3]
    come = weekly / 7 / 1440
    flows = [(Flow(come * random.uniform(0.2, 2), come), *each) for each in day]
    chances = [0.0] * (len(levels.messages) // 2) + [1.0]
    for _ in range(200):
        for flow, there, minutes in flows:
            chances = levels.after(chances, flow, there, minutes)
        assert sum(map(abs, chances)) < 2.5  # at first, from one level only
    assert sum(map(abs, chances)) < 1.1
    assert sum(chances) == pytest.approx(1, abs=0.02)
