"""Messages that stand for all that come to a line, and how soon they are answered."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from cmsource.model.line.course import Stay
from cmsource.model.line.delays import Part
from cmsource.model.line.line import PATIENCE, Line
from cmsource.model.line.moments import Moment, Moments

_FEW = 1e-5  # of the messages, that do not count
_ALMOST = 1e-9  # minutes: an error of rounding


class Sample(NamedTuple):
    """A message that stands for some others.

    Attributes:
        share: of all messages of its type, those that it stands for.
        moment: at which it comes.
        parts: how long its answer takes to go out.
    """

    share: float
    moment: Moment
    parts: Sequence[Part]


class Samples:
    """Messages that stand for all of a line.

    Args:
        line: the line.
        share_of: of all messages of a type, those that come in a stay.
        parts_of: how long answers take to go out of those.
        service: minutes of an answer.
        ever: the share of the messages of its type that are ever answered.
        alike: whether days that go alike have the same samples.
    """

    def __init__(
        self,
        line: Line,
        share_of: Callable[[Stay], float],
        parts_of: Callable[[Stay], Sequence[Part]],
        service: float,
        *,
        ever: float = 1.0,
        alike: bool = False,
    ) -> None:
        self.line = line
        self.moments = Moments(line)
        self._alike = alike
        self._share_of = share_of
        self._parts_of = parts_of
        self._service = service
        self._ever = ever
        self._known: dict[tuple[int, float], list[list[Sample]]] = {}

    def answered(self, day: int, minutes: float, least: float) -> list[float]:
        """Share of the messages that come in each piece of a day and are answered so soon.

        Args:
            day: of the week.
            minutes: how soon.
            least: as in `_of_day`.
        """
        soon, ever = self.chance, self._ever
        return [
            sum(
                [
                    share * soon(day, moment, parts, minutes, ever)
                    for share, moment, parts in samples
                ]
            )
            for samples in self._of_day(day, least)
        ]

    def about(self, day: int, least: float) -> Iterator[tuple[float, float]]:
        """How long answers take to go out to messages that come on a day, about.

        Args:
            day: of the week.
            least: as in `_of_day`.

        Yields:
            Minutes, and the share of the messages of this type whose answers take them.
        """
        for samples in self._of_day(day, least):
            for share, moment, parts in samples:
                for often, wait in self.moments.waits(day, moment):
                    for delay, _, later in parts:
                        yield wait + self._service + delay, share * often * later

    def chance(
        self, day: int, moment: Moment, parts: Sequence[Part], minutes: float, ever: float
    ) -> float:
        """The chance that a message that comes at a moment of a day is answered so soon.

        Args:
            day: of the week.
            moment: of that day.
            parts: how long its answer takes to go out.
            minutes: how soon.
            ever: the chance that it is ever taken; later than when it is given up, it never is.
        """
        line = self.line
        found = 0.0
        for delay, at_once, later in parts:
            due = minutes - self._service - delay
            if due < -_ALMOST:
                continue
            if due >= PATIENCE:
                taken = ever
            else:
                taken = self.moments.taken_within(day, moment, max(0.0, due))
            if at_once == later:
                found += later * taken
            else:
                people = moment.people
                free = line.levels.free(moment.chances, people) if people > 0 else 0.0
                found += at_once * free + later * max(0.0, taken - free)
        return found

    def _of_day(self, day: int, least: float) -> list[list[Sample]]:
        """Some messages that stand for all of a day, by the piece in which they come.

        Args:
            day: of the week.
            least: the share that one of them stands for at least: of those that would stand for
                less, some are left out, and the others stand for them too.
        """
        line = self.line
        day = line.first_like[day] if self._alike else day
        found = self._known.get((day, least))
        if found is None:
            found = self._known[day, least] = [[] for _ in line.days[day].pieces]
            stays = [(self._share_of(stay), stay) for stay in line.stays_of(day)]
            stays = [each for each in stays if each[0] > _FEW]
            total = sum([share for share, _ in stays])
            each = total / ceil(total / least) if least > 0 and total > 0 else 0.0
            passed = each / 2
            chosen = []
            for share, stay in stays:
                for minute, weight, chances in stay.course.samples:
                    here = share * weight
                    passed += here
                    if passed >= each:
                        stands = here if here >= each else passed - passed % each
                        passed -= stands
                        chosen.append((stands, stay, minute, chances))
            # The last that are left out have none after them.
            times = total / sum([stands for stands, *_ in chosen]) if chosen else 1.0
            for stands, stay, minute, chances in chosen:
                moment = self.moments.moment(stay, minute, chances)
                sample = Sample(times * stands, moment, self._parts_of(stay))
                found[stay.place].append(sample)
        return found
