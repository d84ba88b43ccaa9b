"""When the messages of a line that had to wait are taken, and by whom."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from cmsource.model.line.course import Stay
from cmsource.model.line.line import Line
from cmsource.model.line.week_plan import Crew, Piece

_TURNS = 2  # of the week, until it is known what waits at its start


class Taken(NamedTuple):
    """Messages of one stay that are taken after they had to wait.

    Attributes:
        stay: in which they are taken.
        messages: how many.
        left: how many wait at its end.
    """

    stay: Stay
    messages: float
    left: float


class Taking:
    """How the messages that wait in a line are taken.

    They are those that the line in front of the people loses, besides those that join it.

    Args:
        line: the line.
    """

    def __init__(self, line: Line) -> None:
        self.line = line

    def later(self, day: int) -> Iterator[Taken]:
        """What is taken in the stays of a day in which somebody is there."""
        for taken in self._stays(day, self._nights[day]):
            if taken.stay.people > 0:
                yield taken

    @cached_property
    def _nights(self) -> list[float]:
        """How many wait at the start of each day."""
        found = [0.0] * 7
        for _ in range(_TURNS):
            ended: list[float] = []
            for day, alike in enumerate(self.line.alike):
                if alike < day:
                    ended.append(ended[alike])
                    continue
                last = len(self.line.days[day].pieces) - 1
                ways = [each for each in self._stays(day, found[day]) if each.stay.place == last]
                ended.append(sum([each.stay.chance * each.left for each in ways]))
            found = [ended[number - 1] for number in range(7)]
        return found

    def _stays(self, day: int, night: float) -> Iterator[Taken]:
        """What is taken in each stay of a day, and what waits at its end.

        Args:
            day: of the week.
            night: what waits at its start.
        """
        line = night
        for stay in self.line.stays_of(day):
            if stay.place == 0:
                line = night
            start, end = stay.course.waiting
            joined = stay.flow.come * stay.piece.length * (1 - stay.course.free)
            taken = max(0.0, line - start) + max(0.0, start + joined - end)
            line = end
            yield Taken(stay, stay.chance * taken, line)

    def crews(self, stay: Stay) -> Sequence[Crew]:
        """Who may be there in a stay, or be the next to come where nobody is."""
        day = self.line.days[stay.day]
        way = day.ways[stay.way]
        for piece, people in zip(day.pieces[stay.place :], way.there[stay.place :], strict=True):
            if people > 0:
                return _on_duty(way.crews, piece)
        return self._first_of[(stay.day + 1) % 7]

    @cached_property
    def _first_of(self) -> list[list[Crew]]:
        """Who may be the first to come from the start of each day on."""
        found: list[list[Crew]] = [[] for _ in range(7)]
        for number in [*range(6, -1, -1)] * 2:
            day = self.line.days[number]
            sums: dict[tuple[float, ...], float] = {}
            for way in day.ways:
                first = next((p for p, n in zip(day.pieces, way.there, strict=True) if n > 0), None)
                later = found[(number + 1) % 7]
                for chance, people in later if first is None else _on_duty(way.crews, first):
                    sums[people] = sums.get(people, 0.0) + way.chance * chance
            found[number] = [Crew(chance, people) for people, chance in sums.items()]
        return found


def _on_duty(crews: Sequence[Crew], piece: Piece) -> list[Crew]:
    """Those of some crews who are on duty in a piece."""
    return [
        Crew(chance, tuple([n if i in piece.on else 0.0 for i, n in enumerate(people)]))
        for chance, people in crews
    ]
