"""When a message is taken, by the line that it meets and by what people can answer after it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cmsource.model.line.course import Stay
from cmsource.model.line.levels import Chances
from cmsource.model.line.line import Line
from cmsource.values.week import DAY

_THIRDS = (1 / 6, 1 / 2, 5 / 6)
"""The middle of each third of those who wait."""


class Moment(NamedTuple):
    """A minute of a day at which a message may come.

    Attributes:
        minute: of the day.
        chances: of how many messages are before it.
        people: who are there.
        turns: answers that can be finished on that day, by the start of each piece and by its end.
        done: the same by then.
        first: people who are there or the next to come on that day.
    """

    minute: float
    chances: Chances
    people: float
    turns: Sequence[float]
    done: float
    first: float


class Moments:
    """When messages of a line are taken.

    Args:
        line: the line.
    """

    def __init__(self, line: Line) -> None:
        self._service = line.service
        self._levels = line.levels
        self._ahead = line.ahead

    def moment(self, stay: Stay, minute: float, chances: Chances) -> Moment:
        """A minute of a stay, with the chances of how many are before a message that comes then.

        Args:
            stay: the stay.
            minute: from its start.
            chances: the chances.
        """
        day, way, place, piece, _, course = stay
        people = course.people
        turns = self._ahead.turns[day][way]
        done = turns[place] + people * minute / self._service
        first = people or self._ahead.first[day][way][place]
        return Moment(piece.start - day * DAY + minute, chances, people, turns, done, first)

    def waits(self, day: int, moment: Moment) -> Iterator[tuple[float, float]]:
        """Minutes that a message waits, about: where somebody is free, and where not.

        Args:
            day: of the week, on which it comes.
            moment: at which it comes.

        Yields:
            How often it waits so long, and how long.
        """
        minute, chances, people, turns, done, first = moment
        there = first or people or 1.0
        free = min(1.0, max(0.0, self._levels.free(chances, there)))
        yield free, self._ahead.when(day, turns, done) - minute
        if free < 1:
            sums = list(accumulate(chances))
            last = len(sums) - 1
            for part in _THIRDS:
                place = min(last, bisect_left(sums, free + part * (1 - free)))
                before = 1 + max(0.0, self._levels.messages[place] - there)
                yield (
                    (1 - free) / len(_THIRDS),
                    self._ahead.when(day, turns, done + before) - minute,
                )

    def taken_within(self, day: int, moment: Moment, within: float) -> float:
        """The chance that a message is taken within so many minutes.

        Args:
            day: of the week, on which it comes.
            moment: at which it comes.
            within: minutes.
        """
        minute, chances, people, turns, done, first = moment
        end = minute + within
        late = self._levels.late
        ahead = self._ahead
        if end <= DAY:
            more = ahead.by(turns, day, end) - done
            # Nobody has come yet.
            if more <= 0 and people <= 0:
                return 0.0
            return 1 - late(chances, more, first)
        rest = turns[-1] - done
        whole, left = divmod(end - DAY, DAY)
        last = (day + 1 + int(whole)) % 7
        taken = 0.0
        for chance, before, earlier in ahead.whole_days((day + 1) % 7, int(whole)):
            here = first or earlier
            sure = rest + before[-1]
            for often, then, later in ahead.ways[last]:
                more = ahead.by(then, last, left)
                there = here or (later if more > 0 else 0.0)
                if there > 0:
                    taken += chance * often * (1 - late(chances, sure + more, there))
        return taken
