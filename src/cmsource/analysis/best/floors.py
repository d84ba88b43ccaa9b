"""The least that an organisation as it is can cost, found out without planning it."""

from math import inf
from typing import NamedTuple

from cmsource.analysis.best.bound import Bounds
from cmsource.analysis.best.organisation import Organisation, Part, names
from cmsource.analysis.best.worths import Candidate, Worths, can, dual, highest

_CLOSE = 0.99
_KEPT = 6
"""Worths that are tried, the last that were learned."""


class _Place(NamedTuple):
    """What an organisation has: some sources, the month from which all are at full capacity.

    Attributes:
        tools: cents that tools cost at least.
        since: that month.
    """

    tools: float
    since: float


class Floors:
    """Lower bounds of what organisations cost that do the job, at worths learned from others.

    What work and watch are worth to one organisation is nearly what they are worth to those near
    it. A bound holds whatever they are taken to be worth; so with the worths of those before, the
    bound of the next one is a sum of a number for each of its parts, known already for most.

    Args:
        bounds: of sources, whatever is changed of them.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._asked = bounds.asked
        self._places: dict[frozenset[str], _Place] = {}
        self._candidates: dict[tuple[Part, float], Candidate] = {}
        self._learned: list[Worths] = []
        self._least: list[dict[tuple[Part, float], float]] = []
        self._base: list[float] = []

    def of(self, organisation: Organisation) -> float:
        """The least that it costs if it does the job, in cents; infinite where it cannot do it."""
        tools, since = self._place(organisation)
        candidates = [self._candidate(part, since) for part in organisation]
        if not can(candidates, self._asked):
            return inf
        found = 0.0
        for number, worths in enumerate(self._learned):
            known = self._least[number]
            bound = self._base[number]
            for part, candidate in zip(organisation, candidates, strict=True):
                key = part, since
                if key not in known:
                    known[key] = candidate.least(worths)
                bound += known[key]
            found = max(found, bound)
        return tools + found

    def paid_anyway(self, organisation: Organisation) -> float:
        """What is paid for its sources whatever they do, in cents; tools are left out."""
        return sum([self._bounds.way(part).cents for part in organisation])

    def learn(self, organisation: Organisation, cents: int) -> None:
        """Keep what work and watch are worth to an organisation that costs so much.

        It is not worth the while where what is known already says nearly all of it.
        """
        if self.of(organisation) >= _CLOSE * cents:
            return
        _, since = self._place(organisation)
        candidates = [self._candidate(part, since) for part in organisation]
        bound = dual(candidates, self._asked)
        common = highest(bound, candidates, self._asked)
        worths = highest(bound, candidates, self._asked, common)
        if worths in self._learned:
            return
        for rows in (self._learned, self._least, self._base):
            del rows[: len(rows) - _KEPT + 1]
        self._learned.append(worths)
        self._least.append({})
        work = self._asked.least_worth(worths.work, self._asked.hours) or 0.0
        self._base.append(work + worths.watch * self._asked.watch)

    def _place(self, organisation: Organisation) -> _Place:
        key = frozenset(names(organisation))
        found = self._places.get(key)
        if found is None:
            place = _Place(self._bounds.tools(key), self._bounds.since(key))
            found = self._places[key] = place
        return found

    def _candidate(self, part: Part, since: float) -> Candidate:
        key = part, since
        found = self._candidates.get(key)
        if found is None:
            found = self._candidates[key] = self._bounds.as_it_is(part, since)
        return found
