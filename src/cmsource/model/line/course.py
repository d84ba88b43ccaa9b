"""How a line goes on one day: its pieces in each of the ways in which the day can go."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from cmsource.model.line.levels import Chances, Flow, Levels, apart
from cmsource.model.line.week_plan import Piece

_CHANGE = 5.0  # messages by which a line changes, from which on more moments are looked at
_HARDLY = 1e-4  # a chance that is none
_SETTLED = 0.03  # a difference of chances that is none
_SHORT, _LONG = 60.0, 120.0  # minutes, above which a piece is looked at twice and three times

_GAUSS = {
    1: ((0.5, 1.0),),
    2: ((0.5 - sqrt(1 / 12), 0.5), (0.5 + sqrt(1 / 12), 0.5)),
    3: ((0.5 - sqrt(0.15), 5 / 18), (0.5, 8 / 18), (0.5 + sqrt(0.15), 5 / 18)),
}
"""Points at which a function is worth knowing for its integral from 0 to 1, with their weights."""


class Track:
    """How the line goes while it is followed as one.

    Args:
        levels: how many may wait.
        people: who are there.
        minutes: from its start to its end.
        line: the chances at each of them.
    """

    def __init__(
        self, levels: Levels, people: float, minutes: Sequence[float], line: Sequence[Chances]
    ) -> None:
        self.levels = levels
        self.people = people
        self.minutes = minutes
        self.line = line

    def at(self, minute: float) -> Chances:
        """The chances at a minute: of the two that are known about it, in proportion."""
        place, part = self._about(minute)
        before = self.line[place]
        return _between(before, self.line[place + 1], part) if part else before

    def between(self, known: Sequence[float], minute: float) -> float:
        """What is in proportion to the chances, at a minute.

        Args:
            known: what it is at each of the minutes that are known.
            minute: of the track.
        """
        place, part = self._about(minute)
        return known[place] + part * (known[place + 1] - known[place]) if part else known[place]

    @cached_property
    def waiting(self) -> list[float]:
        """How many messages wait for somebody at each of the minutes, on average."""
        return [self.levels.waiting(each, self.people) for each in self.line]

    @cached_property
    def there(self) -> list[float]:
        """How many messages are there, those among them that are being answered."""
        return [self.levels.waiting(each, 0.0) for each in self.line]

    def _about(self, minute: float) -> tuple[int, float]:
        """The last known minute before one, by its place, and the part of the way to the next."""
        minutes = self.minutes
        place = bisect_left(minutes, minute)
        if place == len(minutes):
            return place - 1, 0.0
        if place == 0 or minutes[place] == minute:
            return place, 0.0
        start, end = minutes[place - 1 : place + 1]
        return place - 1, (minute - start) / (end - start)

    @cached_property
    def settled(self) -> bool:
        """Whether the line hardly changes."""
        return apart(self.line[0], self.line[-1]) < _SETTLED


class Course:
    """How the line goes in one piece of a way of a day.

    Args:
        flow: what comes.
        length: of the piece, in minutes.
        track: of which the piece is a part.
        start: where on the track the piece begins.
        end: where on the track it ends.
    """

    def __init__(self, flow: Flow, length: float, track: Track, start: float, end: float) -> None:
        self.flow = flow
        self.length = length
        self.track = track
        self.people = track.people
        self._start = start
        self._end = end

    def at(self, minute: float) -> Chances:
        """The chances at a minute of the piece."""
        return self.track.at(self._start + minute / self.length * (self._end - self._start))

    @cached_property
    def _known(self) -> list[float]:
        """The minutes of the track at which the line is known in the piece, its ends among them."""
        start, end = self._start, self._end
        return [start, *[each for each in self.track.minutes if start < each < end], end]

    @cached_property
    def minutes(self) -> list[float]:
        """The same from the start of the piece to its end."""
        start, end = self._start, self._end
        if start >= end:
            return [0.0, self.length]
        times = self.length / (end - start)
        return [times * (each - start) for each in self._known]

    def values(self, known: Sequence[float]) -> list[float]:
        """What is known along the track, at each of these minutes."""
        return [self.track.between(known, minute) for minute in self._known]

    def mean(self, known: Sequence[float]) -> float:
        """The mean over the piece of what is known along the track."""
        total = 0.0
        start, *ends = self.minutes
        first, *others = self.values(known)
        for end, last in zip(ends, others, strict=True):
            total += (end - start) * (first + last)
            start, first = end, last
        return total / 2 / start

    @cached_property
    def samples(self) -> list[tuple[float, float, Chances]]:
        """Minutes that stand for the piece, with their weights and the chances then."""
        length = self.length
        number = 1 + (length > _SHORT) + (length > _LONG)
        if self.track.settled:
            if self.people > 0:
                number = 1 + (length > _LONG)
            return [(part * length, weight, self.track.line[-1]) for part, weight in _GAUSS[number]]
        if len(self._known) > number + 1 and self._changes:
            # What becomes of a message changes with the line, which is followed in steps for that.
            return [
                ((first + last) / 2, (last - first) / length, self.at((first + last) / 2))
                for first, last in pairwise(self.minutes)
            ]
        return [(part * length, weight, self.at(part * length)) for part, weight in _GAUSS[number]]

    @property
    def _changes(self) -> bool:
        """Whether the line becomes much longer or shorter."""
        start, end = self.waiting
        return abs(end - start) > _CHANGE

    @cached_property
    def free(self) -> float:
        """The chance that somebody is free, on average."""
        track = self.track
        if track.people <= 0:
            return 0.0
        free = self.mean([track.levels.free(each, track.people) for each in track.line])
        return max(0.0, free)  # chances may be a little below nothing

    @property
    def waiting(self) -> tuple[float, float]:
        """How many messages wait for somebody at the start and at the end, on average."""
        track = self.track
        ends = self._start, self._end
        first, last = [track.between(track.waiting, minute) for minute in ends]
        return first, last


class Stay(NamedTuple):
    """One piece of one way of a day.

    Attributes:
        day: of the week, from 0.
        way: of that day, as an index.
        place: of the piece in the day.
        piece: the piece.
        chance: how often the day goes this way.
        course: how the line goes in it.
    """

    day: int
    way: int
    place: int
    piece: Piece
    chance: float
    course: Course

    @property
    def people(self) -> float:
        """Who are there in it."""
        return self.course.people

    @property
    def flow(self) -> Flow:
        """What comes in it."""
        return self.course.flow

    @property
    def minutes(self) -> list[float]:
        """Minutes of the week, from the start of the piece to its end."""
        return [self.piece.start + minute for minute in self.course.minutes]

    def values(self, known: Sequence[float]) -> list[float]:
        """What is known along the track, at each of these minutes."""
        return self.course.values(known)

    @property
    def messages(self) -> float:
        """The part of a week's messages that come in it."""
        return self.chance * self.piece.share * self.piece.length

    def at(self, minute: float) -> Chances:
        """The chances at a minute of it."""
        return self.course.at(minute - self.piece.start)

    def by_hour(self, values: Sequence[float]) -> Iterator[tuple[int, float, float]]:
        """Hours of the week, the minutes of the stay in each, and the mean of something then."""
        for (start, end), (first, last) in zip(
            pairwise(self.minutes), pairwise(values), strict=True
        ):
            at = start
            while at < end:
                until = min(end, (at // 60 + 1) * 60)
                middle = ((at + until) / 2 - start) / (end - start)
                yield int(at // 60), until - at, first + middle * (last - first)
                at = until


class Run(NamedTuple):
    """One day.

    Attributes:
        begin: the chances at its start.
        courses: how each piece of each way goes.
        end: the chances at its end.
    """

    begin: Chances
    courses: Sequence[Sequence[Course]]
    end: Chances

    def overflows(self, levels: Levels) -> bool:
        """Whether the line is ever as long as it can be."""
        return any(
            levels.overflow(line) > _HARDLY
            for way in self.courses
            for course in way
            for line in course.track.line
        )


def _between(before: Chances, after: Chances, part: float = 0.5) -> Chances:
    """The chances between two others."""
    found = [a + part * (b - a) for a, b in zip(before, after, strict=False)]
    both = len(found)
    found += [(1 - part) * a for a in before[both:]]
    found += [part * b for b in after[both:]]
    return found
