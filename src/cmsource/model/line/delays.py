"""How long answers take to go out after a message is taken, by who takes it."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.arrival import waited_by_arrival
from cmsource.model.line.course import Stay
from cmsource.model.line.lined import Lined
from cmsource.model.line.sharing import Taken
from cmsource.model.line.software import Mix

_NONE = 1e-9  # messages


class Part(NamedTuple):
    """Messages whose answers take as long to go out, besides the time that they take.

    Attributes:
        delay: minutes.
        at_once: share of the messages taken at once.
        later: share of those that wait.
    """

    delay: float
    at_once: float
    later: float


class Delays:
    """The messages of a type by how long their answers take to go out.

    Args:
        team: who may answer, in the option's order.
        lined: the type.
        mixes: how its messages come to people.
        plain: whether they come to people as they are, because no software reads them.
    """

    def __init__(
        self, team: Sequence[Answerer], lined: Lined, mixes: Sequence[Mix], *, plain: bool
    ) -> None:
        self._team = team
        self._lined = lined
        self._mixes = () if plain else mixes
        delays = team[lined.takers[0]].delays
        alike = all(team[i].delays == delays for i in lined.takers)
        self._same = tuple([Part(delay, share, share) for delay, share in delays]) if alike else ()
        self.longest = max([delay for i in lined.takers for delay, _ in team[i].delays])
        self.longest += max([mix.delay for mix in mixes])
        self._of: dict[tuple[int, int, int], tuple[Part, ...]] = {}

    @property
    def alike(self) -> bool:
        """Whether they are the same for all messages."""
        return bool(self._same) and not self._mixes

    def of(self, stay: Stay) -> tuple[Part, ...]:
        """Those that come in a stay."""
        if self._same and not self._mixes:
            return self._same
        key = stay.day, stay.way, stay.place
        found = self._of.get(key)
        if found is None:
            found = self.of_people(stay)
            if self._mixes:
                hour = int(stay.piece.start // 60)
                found = tuple(
                    [
                        Part(part.delay + delay, share * part.at_once, share * part.later)
                        for part in found
                        for delay, by_hour in self._mixes
                        if (share := by_hour[hour]) > 0
                    ]
                )
            self._of[key] = found
        return found

    def of_people(self, stay: Stay) -> tuple[Part, ...]:
        """The same of what takes people no longer because software had it before."""
        if self._same:
            return self._same
        parts: dict[float, tuple[float, float]] = {}
        lined = self._lined
        for who, once, later in zip(self._team, lined.first(stay), self._later(stay), strict=True):
            if once or later:
                for delay, share in who.delays:
                    a, b = parts.get(delay, (0.0, 0.0))
                    parts[delay] = a + share * once, b + share * later
        return tuple([Part(delay, *shares) for delay, shares in parts.items()])

    def _later(self, stay: Stay) -> Sequence[float]:
        """Who takes a message that comes in a stay and has to wait, by chance.

        Whoever is next, as if it were the first in the line, says who is there on that day; who
        takes what comes then on average says how long the line is. It is the mean of both.
        """
        lined = self._lined
        found = lined.next(stay)
        if lined.spread is not None or lined.line.full:
            return found
        usual = self._waited[stay.day][stay.place]
        total = sum(usual)
        if total < _NONE:
            return found
        return [(a + b / total) / 2 for a, b in zip(found, usual, strict=True)]

    @cached_property
    def _waited(self) -> Taken:
        """How many of those that come in each piece and have to wait each source takes."""
        return waited_by_arrival(self._lined)
