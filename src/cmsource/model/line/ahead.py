"""What the people of a line can answer from some moment on, by who may come until then."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cmsource.model.line.week_plan import Day, Way
from cmsource.values.week import DAY

_FAR = 14  # days, after which nothing is waited for
_OUTCOMES = 3  # different amounts of what can be answered that are told apart


class Ahead(NamedTuple):
    """What can be answered in some time.

    Attributes:
        chance: how often it is so much.
        turns: answers that can be finished, on average, by some times of it and by its end.
        first: how many people there are when the first of them come; 0 if nobody does.
    """

    chance: float
    turns: Sequence[float]
    first: float


class Prospect:
    """What can be answered on the days of a week.

    Args:
        days: the week.
        service: minutes of an answer.

    Attributes:
        turns: answers that can be finished, by day and way: by the start of each piece, and by the
            end of the day.
        first: how many people are there first from the start of each piece on; 0 if nobody is.
    """

    def __init__(self, days: Sequence[Day], service: float) -> None:
        self._days = days
        self._service = service
        self.turns = [[self._turned(day, way) for way in day.ways] for day in days]
        self.first = [[_firsts(way) for way in day.ways] for day in days]
        self._starts = [
            [*[piece.start - number * DAY for piece in day.pieces], float(DAY)]
            for number, day in enumerate(days)
        ]
        self._whole: dict[tuple[int, int], Sequence[Ahead]] = {}

    def _turned(self, day: Day, way: Way) -> list[float]:
        turns = [0.0]
        for piece, people in zip(day.pieces, way.there, strict=True):
            turns.append(turns[-1] + people * piece.length / self._service)
        return turns

    def by(self, turns: Sequence[float], day: int, minute: float) -> float:
        """What can be answered by a minute of a day.

        Args:
            turns: the same by the start of each piece and by its end.
            day: of the week.
            minute: of that day.
        """
        starts = self._starts[day]
        place = bisect_left(starts, minute, 1) - 1
        start = starts[place]
        before, after = turns[place : place + 2]
        if before == after:
            return before
        return before + (after - before) * (minute - start) / (starts[place + 1] - start)

    @cached_property
    def ways(self) -> list[list[Ahead]]:
        """What can be answered on each day, by the start of each piece and by the end."""
        found = []
        for day, turned, firsts in zip(self._days, self.turns, self.first, strict=True):
            ways = [
                Ahead(way.chance, turns, first[0])
                for way, turns, first in zip(day.ways, turned, firsts, strict=True)
            ]
            found.append(_joined(ways))
        return found

    def when(self, day: int, turns: Sequence[float], number: float) -> float:
        """The minute by which so many can be answered, about, from the start of a day on.

        Args:
            day: of the week.
            turns: what can be answered on that day by the start of each piece and by its end.
            number: answers; later days are as they are on average.
        """
        later = 0
        while number >= turns[-1] and later < _FAR:
            number -= turns[-1]
            later += 1
            turns = self._usual[(day + later) % 7]
        day = (day + later) % 7
        place = min(len(turns) - 1, bisect_right(turns, max(0.0, number))) - 1
        start, end = self._starts[day][place : place + 2]
        before, after = turns[place : place + 2]
        part = (number - before) / (after - before) if after > before else 0.0
        return later * DAY + start + part * (end - start)

    @cached_property
    def _usual(self) -> list[list[float]]:
        """The same on each day on average: by the start of each piece and by the end."""
        return [
            [
                sum([way.chance * each for way, each in zip(day.ways, by, strict=True)])
                for by in zip(*turned, strict=True)
            ]
            for day, turned in zip(self._days, self.turns, strict=True)
        ]

    def whole_days(self, day: int, number: int) -> Sequence[Ahead]:
        """What can be answered in so many whole days from the start of a day on."""
        found = self._whole.get((day, number))
        if found is None:
            found = [Ahead(1.0, (0.0,), 0.0)]
            if number > 0:
                last = self.ways[(day + number - 1) % 7]
                found = _joined(
                    [
                        Ahead(chance * often, (turns[-1] + more[-1],), first or other)
                        for chance, turns, first in self.whole_days(day, number - 1)
                        for often, more, other in last
                    ]
                )
            self._whole[day, number] = found
        return found


def _firsts(way: Way) -> list[float]:
    found: list[float] = []
    first = 0.0
    for people in reversed(way.there):
        first = people if people > 0 else first
        found.append(first)
    return found[::-1]


def _joined(outcomes: Sequence[Ahead]) -> list[Ahead]:
    """A few outcomes with the same mean: without anybody, and the others by how much it is."""
    found = sorted(outcomes, key=lambda outcome: outcome.turns[-1])
    nobody = [each for each in found if each.first <= 0]
    found = found[len(nobody) :]
    if nobody:
        found.insert(0, nobody[0]._replace(chance=sum([each.chance for each in nobody])))
    while len(found) > _OUTCOMES:
        pairs = list(pairwise(found))[bool(nobody) :]
        losses = [_loss(*pair) for pair in pairs]
        at = losses.index(min(losses)) + bool(nobody)
        found[at : at + 2] = [_mean(*found[at : at + 2])]
    return found


def _mean(one: Ahead, other: Ahead) -> Ahead:
    """Two outcomes as one."""
    chance = one.chance + other.chance
    part = other.chance / chance
    turns = [a + part * (b - a) for a, b in zip(one.turns, other.turns, strict=True)]
    return Ahead(chance, turns, round(one.first + part * (other.first - one.first), 6))


def _loss(one: Ahead, other: Ahead) -> float:
    """How much is lost when two outcomes are joined."""
    apart = other.turns[-1] - one.turns[-1]
    return apart * apart * one.chance * other.chance / (one.chance + other.chance)
