"""A type of messages and its line: who takes its messages, at once or after they waited."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from cmsource.model.line.course import Stay
from cmsource.model.line.erlang import blocking
from cmsource.model.line.line import Line
from cmsource.model.line.sharing import Served, Spread, Taken
from cmsource.model.line.taking import Taking
from cmsource.model.line.week_plan import Crew

_NEVER = 1e-6  # of the messages, that are as good as none


class Lined:
    """A type of messages and its line.

    Args:
        share: of all messages.
        takers: who may take them and is ever there, as indexes.
        weekly: messages of this type a week.
        line: with all that its people take.
        size: how many sources there are.
        spread: who takes its messages, where the takers take others too.
    """

    def __init__(
        self,
        share: float,
        takers: tuple[int, ...],
        weekly: float,
        line: Line,
        size: int,
        spread: Spread | None = None,
    ) -> None:
        self.share = share
        self.takers = takers
        self.weekly = weekly
        self.line = line
        self.size = size
        self.spread = spread
        self._taking = Taking(line)
        self._first: dict[tuple[int, int, int], list[float]] = {}
        self._next: dict[tuple[int, int, int], list[float]] = {}
        self._new: dict[tuple[int, int, int], list[float]] = {}

    @cached_property
    def ever(self) -> float:
        """The share of it that is ever answered; that one in a million is not is nothing."""
        if self.spread is not None and self.spread.ever is not None:
            return self.spread.ever
        found = self.line.answered
        return found if found < 1 - _NEVER else 1.0

    def ever_at(self, stay: Stay) -> float:
        """The same of what comes in a stay.

        Where the line is as long as it can be, a message is given up unless it is taken just before
        that, at the same minute of the week: as many are as those who are there then have time for.
        """
        if self.ever < 1 and self.line.full and stay.flow.come > 0:
            return min(1.0, stay.people / self.line.service / stay.flow.come)
        return self.ever

    def part_of(self, stay: Stay) -> float:
        """The part of those who wait in a stay that is of this type."""
        coming = self.weekly * stay.piece.share
        return min(1.0, coming / stay.flow.come) if stay.flow.come > 0 else 1.0

    def first(self, stay: Stay) -> list[float]:
        """Who takes a message of a stay that is taken at once, by chance."""
        if self.spread is not None:
            return self.spread.first[stay.day][stay.way][stay.place]
        key = self.line.kinds[stay.day], stay.way, stay.place
        found = self._first.get(key)
        if found is None:
            load = stay.flow.come * self.line.service
            found = self._first[key] = self._by_crew(
                self._taking.crews(stay), partial(hunted, self.takers, load=load)
            )
        return found

    def next(self, stay: Stay) -> list[float]:
        """Who takes a message that has to wait, by chance: those there, or the next to come."""
        if self.spread is not None:
            return self.spread.next[stay.day][stay.way][stay.place]
        key = self.line.kinds[stay.day] if stay.people > 0 else stay.day, stay.way, stay.place
        found = self._next.get(key)
        if found is None:
            found = self._next[key] = self._by_crew(self._taking.crews(stay), _in_turn)
        return found

    def newcomers(self, stay: Stay) -> list[float]:
        """Who takes a message as he comes, by chance; who takes others where nobody comes."""
        key = self.line.kinds[stay.day], stay.way, stay.place
        found = self._new.get(key)
        if found is None:
            found = self._new[key] = self._by_crew(self._taking.newcomers(stay), _in_turn)
        return found

    def _by_crew(
        self, crews: Sequence[Crew], who: Callable[[Sequence[float]], list[float]]
    ) -> list[float]:
        """Who takes a message, over all who may be there."""
        found = [0.0] * self.size
        for chance, people in crews:
            found = [a + chance * b for a, b in zip(found, who(people), strict=True)]
        total = sum(found)
        return [part / total for part in found] if total > 0 else found

    @cached_property
    def busy(self) -> Taken:
        """How many each source takes a minute, by day and piece, where all are always busy."""
        service = self.line.service
        return [
            [
                [
                    sum([way.chance * way.people[i] for way in day.ways]) / service
                    if i in piece.on and i in self.takers
                    else 0.0
                    for i in range(self.size)
                ]
                for piece in day.pieces
            ]
            for day in self.line.days
        ]

    @cached_property
    def served(self) -> Served:
        """What each source takes, as the line has it."""
        days = self.line.days
        if self.spread is not None:
            return self.spread.served
        if self.line.full:
            all_later = [
                [
                    [part * piece.length for part in row]
                    for piece, row in zip(day.pieces, rows, strict=True)
                ]
                for day, rows in zip(days, self.busy, strict=True)
            ]
            return Served([[[0.0] * len(row) for row in rows] for rows in all_later], all_later)
        found = Served([], [])
        for number, alike in enumerate(self.line.alike):
            if alike < number:
                found.at_once.append(found.at_once[alike])
                found.later.append(found.later[alike])
                continue
            once, then = ([[0.0] * self.size for _ in days[number].pieces] for _ in range(2))
            for stay, at_start, later in self._taking.later(number):
                soon = stay.messages * self.weekly * stay.course.free
                _add(once[stay.place], self.first(stay), soon)
                _add(then[stay.place], self.next(stay), later)
                if at_start > 0:
                    _add(then[stay.place], self.newcomers(stay), at_start)
            found.at_once.append(once)
            found.later.append(then)
        return found


def _add(row: list[float], other: Sequence[float], times: float) -> None:
    for place, part in enumerate(other):
        row[place] += times * part


def _in_turn(people: Sequence[float]) -> list[float]:
    """Who of some people takes the next message: each of them as likely as another."""
    total = sum(people)
    return [n / total for n in people] if total > 0 else list(people)


def hunted(takers: Sequence[int], people: Sequence[float], load: float) -> list[float]:
    """Who takes a message that is taken at once: the first in order who is free, by chance.

    Of those who are there, the first n answer what Erlang's loss formula lets n people answer.

    Args:
        takers: who may take it, in order.
        people: how many of each source are there.
        load: erlangs.
    """
    found = [0.0] * len(people)
    total = 0.0
    before = 1.0
    for i in takers:
        if people[i] > 0:
            total += people[i]
            after = blocking(total, load)
            found[i] = before - after
            before = after
    taken = 1.0 - before
    return [part / taken for part in found] if taken > 0 else found
