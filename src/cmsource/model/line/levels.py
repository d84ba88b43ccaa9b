"""How many messages wait: chances on a grid of levels, and how they change while people answer.

The number of messages that are waiting or being answered goes up by one with each arrival and down
by one with each answer that is finished, at a rate in proportion to the people who are busy. Up to
the people there, the grid holds every number; above them its steps grow, and each step up or down
is as likely as keeps the mean and, where steps are small enough, the variance of the change.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from math import erf, exp, log, sqrt
from operator import mul, sub
from typing import NamedTuple

_GROWTH = 0.25  # a step is at most this part of the line
_PARTS = 20  # and of the longest one
_CROWD = 12  # of more people, not every number is a level
_PART = 0.25  # of √people: steps about them
_TAIL = 1e-5  # a chance that is left out
_MANY = 1.0  # arrivals of which not every number is told apart
_MARGIN = 5  # levels that a step can newly reach
_BLOCK = 10  # levels that are made ready at once besides those in use
_BUSY = 2.5  # standard deviations by which a line is longer than what can be answered
_SMEARED = 0.02  # a chance of such lines that does not count
_HARDLY = 0.003  # a chance of others that does not
_TURNS = 2  # in which few messages are added
_THIRD = 1 - sqrt(0.5)
_BACK = -(1 - 2 * _THIRD) / _THIRD
_KEPT = 1000  # times, flows and people for which it is known what they change
_TOLD = 64  # numbers of turns that are told apart, within a factor of e
_FEW = 30.0  # turns whose chances are added up one by one
_REACH = sqrt(3)  # standard deviations from the mean of a normal spread to those that stand for it
_SURE = 3.0  # turns more than messages, and standard deviations of them, that are enough for all
_FAR = 4.5  # standard deviations

Chances = list[float]
"""The chance of each level, as far as there is any."""


class Flow(NamedTuple):
    """Messages that come a minute.

    Attributes:
        come: how many.
        long: while the line is long.
    """

    come: float
    long: float


_Factors = tuple[list[float], list[float], list[float]]


class _Spread(NamedTuple):
    """Three levels that a level goes to, and the part that goes to each."""

    low: int
    middle: int
    high: int
    under: float
    most: float
    over: float


class Levels:
    """A grid of levels, and what happens on it.

    What changes it in some time is worked out once: it is the same for all teams that are as large
    and have as many messages.

    Args:
        people: the most who are ever there, as a whole number.
        top: the longest line, in messages; what would make it longer is given up.
        service: minutes of an answer.
        long: messages besides those whom everybody answers, above which a line is long.

    Attributes:
        messages: how many each level stands for, upwards from 0.
    """

    def __init__(self, people: int, top: float, service: float, long: float) -> None:
        self.messages = _grid(people, top)
        self._steps = [b - a for a, b in pairwise(self.messages)]
        self.long = people + long
        self.rate = 1 / service
        self._changes: dict[tuple[Flow, float], tuple[list[float], list[float]]] = {}
        self._factors: dict[tuple[Flow, float, float], _Factors] = {}
        self._spreads: dict[tuple[Flow, float, float], list[_Spread]] = {}
        self._late: dict[tuple[int | None, float], list[float]] = {}
        self._waiting: dict[float, list[float]] = {}

    def settle(self) -> None:
        """Forget what only following a line takes, if it has become much."""
        if len(self._factors) + len(self._spreads) > _KEPT:
            self._changes.clear()
            self._factors.clear()
            self._spreads.clear()
        if len(self._late) + len(self._waiting) > _KEPT:
            self._late.clear()
            self._waiting.clear()

    def after(self, now: Chances, flow: Flow, people: float, minutes: float) -> Chances:
        """The chances some time later.

        Args:
            now: the chances.
            flow: what comes.
            people: who are there and answer.
            minutes: how much later.
        """
        count = flow.come * minutes
        if people <= 0:
            return (
                self._grown(now, count)
                if count <= _MANY
                else self._moved(now, 0, flow, 0.0, minutes)
            )
        busy = self._all_busy(flow, people, minutes)
        if len(now) > busy and sum(now[busy:]) > _SMEARED:
            rest = sum(now[:busy])
            if rest < _HARDLY:
                return _trimmed(
                    self._moved([rest + now[busy], *now[busy + 1 :]], busy, flow, people, minutes)
                )
            low = self._followed(now[:busy], flow, people, minutes)
            high = self._moved(now[busy:], busy, flow, people, minutes)
            return _trimmed([a + b for a, b in zip_longest(low, high, fillvalue=0.0)])
        return _trimmed(self._followed(now, flow, people, minutes))

    def _grown(self, now: Chances, count: float) -> Chances:
        """The chances after so few messages more, on average, of which nobody takes any."""
        part = count / _TURNS
        for _ in range(_TURNS):
            up = [part * c / s for c, s in zip(now, self._steps, strict=False)]
            rest = [*now, 0.0] if len(up) == len(now) else now  # of the longest line none is left
            now = [a + b - c for a, b, c in zip_longest(rest, [0.0, *up], up, fillvalue=0.0)]
        return _trimmed(now)

    def _all_busy(self, flow: Flow, people: float, minutes: float) -> int:
        """The lowest level from which on everybody is as good as sure to be busy all the time."""
        done = people * self.rate
        fall = max(0.0, done - flow.come) * minutes + _BUSY * sqrt((flow.come + done) * minutes)
        return bisect_left(self.messages, people + fall)

    def _followed(self, now: Chances, flow: Flow, people: float, minutes: float) -> Chances:
        """The chances later, from step to step of the levels."""
        size = self._reached(len(now), flow.come * minutes)
        factors = self._factored(flow, people, minutes * _THIRD, size)
        once = _solved(factors, now + [0.0] * (size - len(now)), size)
        twice = _solved(factors, once, size)
        # Two implicit steps, combined so that the error is of third order and no stiffness matters.
        # Some chances may come out a little below nothing: cutting them off would move the mean.
        return [b + _BACK * (a - b) for a, b in zip(once, twice, strict=True)]

    def _reached(self, size: int, count: float) -> int:
        """How many levels there may be after so many arrivals, on average, if nobody answered."""
        found = size + _MARGIN
        if count > _MANY:
            highest = self.messages[size - 1] + 2 * count + _FAR * sqrt(count)
            found = max(found, bisect_right(self.messages, highest) + 1)
        return min(found, len(self.messages))

    def _factored(self, flow: Flow, people: float, minutes: float, size: int) -> _Factors:
        """What solving p = q + minutes · change(p) takes on the lowest levels, found once."""
        key = flow, people, minutes
        found = self._factors.get(key)
        if found is None or len(found[0]) < size:
            enough = min(size + _BLOCK, len(self.messages))
            found = self._factors[key] = self._factor(flow, people, minutes, enough)
        return found

    def _factor(self, flow: Flow, people: float, minutes: float, size: int) -> _Factors:
        known = self._changes.get((flow, people))
        if known is None or len(known[0]) < size:
            known = self._changes[flow, people] = self._rates(flow, people, size)
        up, down = known[0][:size], known[1][:size]
        inverse, lower, upper = [], [], []
        carried = before = 0.0
        after = [*down[1:], 0.0]
        for rise, fall, into in zip(up, down, after, strict=True):
            pivot = 1 / (1 + minutes * (rise + fall) - minutes * before * carried)
            inverse.append(pivot)
            lower.append(minutes * before * pivot)
            carried = minutes * into * pivot
            upper.append(carried)
            before = rise
        return inverse, lower, upper

    def _rates(self, flow: Flow, people: float, size: int) -> tuple[list[float], list[float]]:
        """Rates of a step up and of a step down from each of the lowest levels."""
        levels = self.messages
        up, down = [], []
        last = len(levels) - 1
        for place, level in enumerate(levels[:size]):
            out = self.rate * min(level, people)
            come = flow.come if level < self.long else flow.long
            if place == 0:
                up.append(come / levels[1])
                down.append(0.0)
                continue
            below = level - levels[place - 1]
            if place == last:
                up.append(0.0)
                down.append(out / below)
                continue
            above = levels[place + 1] - level
            drift, noise = come - out, come + out
            rise = (noise + drift * below) / (above * (above + below))
            fall = (noise - drift * above) / (below * (above + below))
            if rise < 0:
                rise, fall = 0.0, -drift / below
            elif fall < 0:
                rise, fall = drift / above, 0.0
            up.append(rise)
            down.append(fall)
        return up, down

    def _moved(
        self, now: Chances, first: int, flow: Flow, people: float, minutes: float
    ) -> Chances:
        """The chances later of the levels from one on, where everybody is busy all the time.

        The line then moves as a whole, which steps of the levels would smear.
        """
        key = flow, people, minutes
        spread = self._spreads.get(key)
        if spread is None:
            spread = self._spreads[key] = []
        if len(spread) < len(now):
            spread += self._spread(first + len(spread), first + len(now), flow, people, minutes)
        new = [0.0] * len(self.messages)
        for chance, (low, middle, high, under, most, over) in zip(now, spread, strict=False):
            new[low] += chance * under
            new[middle] += chance * most
            new[high] += chance * over
        return _trimmed(new)

    def _spread(
        self, first: int, end: int, flow: Flow, people: float, minutes: float
    ) -> list[_Spread]:
        """Where each of some levels goes.

        Three levels keep the mean and the variance of what comes and is answered. Two about the
        mean would add a variance of their own, of up to a quarter of the square of a step, each
        time that a line moves: long lines, whose steps are wide, would soon be spread out by it.
        Where the variance is small, the outer levels may get a little less than nothing.
        """
        levels = self.messages
        last = len(levels) - 1
        done = people * self.rate
        noise = (flow.come + done) * minutes
        reach = _REACH * sqrt(noise)
        found = []
        for level in levels[first:end]:
            come = flow.come if level < self.long else flow.long
            goal = min(levels[last], max(0.0, level + (come - done) * minutes))
            after = min(last, bisect_right(levels, goal))
            nearer = goal - levels[after - 1] < levels[after] - goal
            middle = max(1, after - 1 if nearer else after)
            about = levels[middle]
            low = max(0, min(middle, bisect_right(levels, about - reach)) - 1)
            over_about = reach
            if about - levels[low] < reach and goal > 0:
                # The line cannot get shorter than nothing, but longer by as much more.
                over_about = max(reach, noise / goal)
            high = max(middle + 1, bisect_left(levels, about + over_about))
            if high > last:
                # At the end of the grid, at least the mean is kept.
                part = (goal - levels[after - 1]) / (levels[after] - levels[after - 1])
                found.append(_Spread(after - 1, after - 1, after, 0.0, 1 - part, part))
                continue
            below, here, above = [goal - levels[place] for place in (low, middle, high)]
            under = (noise + here * above) / ((below - here) * (below - above))
            over = (noise + here * below) / ((above - here) * (above - below))
            found.append(_Spread(low, middle, high, under, 1 - under - over, over))
        return found

    def overflow(self, now: Chances) -> float:
        """The chance that the line is as long as it can be."""
        return now[-1] if len(now) == len(self.messages) else 0.0

    def free(self, now: Sequence[float], people: float) -> float:
        """The chance that one of the people there is free."""
        place = bisect_left(self.messages, people)
        found = sum(now[:place])
        if 0 < place < len(self.messages) and self.messages[place] > people:
            # Between two levels, as far as the people go beyond the lower one.
            low, high = self.messages[place - 1], self.messages[place]
            found -= now[place - 1] * (high - people) / (high - low) if place <= len(now) else 0.0
        return found

    def waiting(self, now: Chances, people: float) -> float:
        """How many messages wait for one of the people there, on average."""
        found = self._waiting.get(people)
        if found is None:
            found = self._waiting[people] = [max(0.0, m - people) for m in self.messages]
        return _product(now, found)

    def late(self, now: Sequence[float], turns: float, people: float) -> float:
        """The chance that a message has not been taken when so many more could have been.

        Args:
            now: the chances when it comes.
            turns: how many answers can be finished until then, on average.
            people: how many can take one at once.
        """
        spare = turns - self.messages[len(now) - 1] + people - _SURE
        if spare > 0 and spare * spare > _SURE * _SURE * turns:
            return 0.0
        number = round(_TOLD * log(turns)) if turns > 0 else None
        key = number, people
        found = self._late.get(key)
        if found is None:
            about = exp(number / _TOLD) if number is not None else 0.0
            found = self._late[key] = _fewer([m - people for m in self.messages], about)
        return _product(now, found)


def _grid(most: int, top: float) -> list[float]:
    widest = max(1.0, top / _PARTS)
    crowd = most > _CROWD
    about = max(1.0, _PART * sqrt(most)) if crowd else 1.0
    levels = [0.0]
    end = max(top, most + 4)
    while levels[-1] < end:
        level = levels[-1]
        apart = level - most if level >= most or not crowd else (most - level) / 2
        step = min(widest, max(about, _GROWTH * apart))
        # What is given up depends on how the line leaves its end.
        levels.append(level + min(step, max(1.0, (end - level) / 3)))
    return levels


levels_of = lru_cache(maxsize=16)(Levels)
"""The grid of all teams that are as large and have as many messages."""


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products, as far as both go."""
    total: float = sum(map(mul, one, other))
    return total


def apart(one: Chances, other: Chances) -> float:
    """The most by which the chance of anything differs between two lines."""
    both = min(len(one), len(other))
    alone = sum(map(abs, one[both:])) + sum(map(abs, other[both:]))
    found: float = sum(map(abs, map(sub, one, other))) + alone
    return found / 2


def _solved(factors: _Factors, now: Sequence[float], size: int) -> list[float]:
    inverse, lower, upper = factors
    value = 0.0
    forward = [
        value := chance * pivot + below * value
        for chance, pivot, below in zip(now, inverse, lower, strict=False)
    ]
    value = 0.0
    forward.reverse()
    solved = [
        value := chance + above * value
        for chance, above in zip(forward, upper[size - 1 :: -1], strict=True)
    ]
    solved.reverse()
    return solved


def _trimmed(new: Chances) -> Chances:
    """Without the highest levels that have hardly any chance."""
    while len(new) > 1 and abs(new[-1]) < _TAIL:
        new.pop()
    return new


def _fewer(ahead: list[float], turns: float) -> list[float]:
    """The chance that at most so many answers are finished: Poisson with a mean of `turns`.

    Args:
        ahead: numbers, upwards; between whole ones the chance is taken in a straight line.
        turns: the mean.
    """
    if turns <= 0:
        return [0.0 if each < 0 else 1.0 for each in ahead]
    apart = _FAR * sqrt(turns)
    low = bisect_left(ahead, max(0.0, turns - apart - 1))
    high = max(low, bisect_right(ahead, turns + apart + _FAR))
    between = ahead[low:high]
    return [0.0] * low + _between(between, turns) + [1.0] * (len(ahead) - high)


def _between(ahead: Sequence[float], turns: float) -> list[float]:
    """The same for numbers of which neither is certain."""
    if turns > _FEW:
        # Wilson and Hilferty (1931): the cube root of a gamma variable is close to normal.
        shapes = [each + 1 for each in ahead]
        return [
            0.5 - 0.5 * erf(3 * sqrt(n / 2) * ((turns / n) ** (1 / 3) - 1 + 1 / (9 * n)))
            for n in shapes
        ]
    found = []
    term = total = exp(-turns)
    whole = 0
    for each in ahead:
        while whole < int(each):
            whole += 1
            term *= turns / whole
            total += term
        found.append(min(1.0, total + (each - whole) * term * turns / (whole + 1)))
    return found
