"""When the messages of a line that had to wait are taken, and by whom."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from cmsource.model.line.course import Stay
from cmsource.model.line.line import Line
from cmsource.model.line.week_plan import Crew, Piece

_TURNS = 2  # of the week, until it is known what waits at its start


class Left(NamedTuple):
    """What is left at the end of a stay.

    Attributes:
        waiting: messages that wait for somebody.
        begun: those among them that somebody has begun to answer, who had to leave.
    """

    waiting: float = 0.0
    begun: float = 0.0


class Taken(NamedTuple):
    """Messages of one stay that are taken after they had to wait.

    Attributes:
        stay: in which they are taken.
        at_start: how many by those who come at its start.
        later: how many by anybody in the course of it.
    """

    stay: Stay
    at_start: float
    later: float


class Taking:
    """How the messages that wait in a line are taken.

    They are those that the line in front of the people loses, besides those that join it. What
    somebody leaves unfinished waits again, but whoever goes on with it has not taken it.

    Args:
        line: the line.
    """

    def __init__(self, line: Line) -> None:
        self.line = line

    def later(self, day: int) -> Iterator[Taken]:
        """What is taken in the stays of a day in which somebody is there."""
        for taken, _ in self._stays(day, self._nights[day]):
            if taken.stay.people > 0:
                yield taken

    @cached_property
    def _nights(self) -> list[Left]:
        """What is left at the start of each day."""
        found = [Left()] * 7
        for _ in range(_TURNS):
            ended: list[Left] = []
            for day, alike in enumerate(self.line.alike):
                if alike < day:
                    ended.append(ended[alike])
                    continue
                last = len(self.line.days[day].pieces) - 1
                ways = [
                    (taken.stay.chance, left)
                    for taken, left in self._stays(day, found[day])
                    if taken.stay.place == last
                ]
                ended.append(Left(*[sum([c * left[n] for c, left in ways]) for n in range(2)]))
            found = [ended[number - 1] for number in range(7)]
        return found

    def _stays(self, day: int, night: Left) -> Iterator[tuple[Taken, Left]]:
        """What is taken in each stay of a day, and what is left at its end.

        Args:
            day: of the week.
            night: what is left at its start.
        """
        line, begun = night
        before = 0.0
        for stay in self.line.stays_of(day):
            if stay.place == 0:
                line, begun = night
                before = 0.0
            start, end = stay.course.waiting
            begun += max(0.0, min(start - line, before - stay.people))
            before = stay.people
            at_start = max(0.0, line - start)
            joined = stay.flow.come * stay.piece.length * (1 - stay.course.free)
            later = max(0.0, start + joined - end)
            # What was begun is the oldest.
            again = min(begun, at_start)
            more = min(begun - again, later)
            begun -= again + more
            line = end
            chance = stay.chance
            taken = Taken(stay, chance * (at_start - again), chance * (later - more))
            yield taken, Left(line, begun)

    def crews(self, stay: Stay) -> Sequence[Crew]:
        """Who may be there in a stay, or be the next to come where nobody is."""
        day = self.line.days[stay.day]
        way = day.ways[stay.way]
        for piece, people in zip(day.pieces[stay.place :], way.there[stay.place :], strict=True):
            if people > 0:
                return _on_duty(way.crews, piece)
        return self._first_of[(stay.day + 1) % 7]

    def newcomers(self, stay: Stay) -> Sequence[Crew]:
        """Who comes at the start of a stay; all who are there where nobody comes."""
        pieces = self.line.days[stay.day].pieces
        before = pieces[stay.place - 1].on if stay.place > 0 else ()
        found = self.crews(stay)
        if not before or stay.people <= 0:
            return found
        new = [
            Crew(chance, tuple([0.0 if i in before else n for i, n in enumerate(people)]))
            for chance, people in found
        ]
        return new if any(any(people) for _, people in new) else found

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
