"""What an hour of work and of watch is taken to be worth, and the bound that comes of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from cmsource.analysis.best.bills import Bills
from cmsource.analysis.best.hull import least
from cmsource.analysis.best.needed import TOLERANCE, Needed
from cmsource.analysis.best.ways import Curve, Way

_ROUNDS = 3
_TRIED = 120
_FINER = 6
_LITTLE = 1e-4


class Worths(NamedTuple):
    """What an hour a week is taken to be worth over the horizon, in cents.

    Attributes:
        work: of each kind of work, 0 or more.
        watch: of the cover.
    """

    work: Mapping[str, float]
    watch: float


class Candidate(NamedTuple):
    """A source that may be part of an organisation.

    Attributes:
        curves: the ways to have it.
        bills: what it bills; None for those whose hours are paid whatever they do.
        most: hours of each kind of work that it may do.
        optional: whether it may be left out.
    """

    curves: Sequence[Curve]
    bills: Bills | None
    most: Mapping[str, float]
    optional: bool

    @property
    def hours(self) -> float:
        """Hours of work a week that it can do at most."""
        work = max([way.work for curve in self.curves for way in curve])
        return min(work, sum(self.most.values()))

    @property
    def watch(self) -> float:
        """Hours of the cover a week in which it can watch at most."""
        return max([way.watch for curve in self.curves for way in curve])

    def least(self, worths: Worths) -> float:
        """The least that it costs less what its work and watch are worth."""
        watch = worths.watch
        if self.bills is None:
            steps = self._steps(self.most, worths.work)
            found = min(
                [
                    least([(way.work, way.cents - watch * way.watch) for way in curve], steps)
                    for curve in self.curves
                ]
            )
        else:
            found = min([way.cents - watch * way.watch for [way] in self.curves])
            more = self.bills.more
            for bill in self.bills.apart:
                steps = self._steps(bill.kinds, worths.work, more)
                found += least(bill.corners, steps)
        return min(0.0, found) if self.optional else found

    def _steps(
        self, kinds: Iterable[str], worth: Mapping[str, float], more: Mapping[str, float] = {}
    ) -> list[tuple[float, float]]:
        """What its hours are worth beyond what they cost beside, the dearest first."""
        steps = [(worth[kind] - more.get(kind, 0.0), self.most[kind]) for kind in kinds]
        return sorted([step for step in steps if step[0] > 0], reverse=True)


def can(candidates: Sequence[Candidate], asked: Needed) -> bool:
    """Whether some sources have enough hours of work, and of watch, for what is asked for."""
    able = _able(candidates, asked)
    if asked.least_worth(dict.fromkeys(able, 0.0), able) is None:
        return False
    hours = sum([each.hours for each in candidates])
    watch = sum([each.watch for each in candidates])
    return hours >= asked.work - TOLERANCE and watch >= asked.watch - TOLERANCE


def _able(candidates: Sequence[Candidate], asked: Needed) -> dict[str, float]:
    """Hours of each kind of work that some sources may do together."""
    return {kind: sum([each.most[kind] for each in candidates]) for kind in asked.hours}


def dual(candidates: Sequence[Candidate], asked: Needed) -> Callable[[Worths], float]:
    """What some sources cost at least, tools aside, by what their work is taken to be worth."""
    able = _able(candidates, asked)

    def bound(worths: Worths) -> float:
        work = asked.least_worth(worths.work, able)
        if work is None:
            return inf
        found = work + worths.watch * asked.watch
        return found + sum([each.least(worths) for each in candidates])

    return bound


def highest(
    bound: Callable[[Worths], float],
    candidates: Sequence[Candidate],
    asked: Needed,
    start: Worths | None = None,
) -> Worths:
    """The worths with the highest bound that was found; each that is tried is one.

    A bound is concave in the worths: along a line it rises, and then falls, so that of many few
    have to be tried.

    Args:
        bound: by the worths.
        candidates: whose bound it is.
        asked: what is asked for.
        start: where to go on from, with other worths of one kind of work after the other; None for
            the best of those that are the same for all work.
    """
    kinds = tuple(asked.hours)
    work, watch = _tried(candidates)

    def with_work(block: Sequence[str], base: Worths, finer: int = 0) -> Worths:
        """The best of other worths of some kinds of work."""
        return _peak(
            bound,
            lambda worth: base._replace(work={**base.work, **dict.fromkeys(block, worth)}),
            work,
            finer,
        )

    if start is None:
        best = _peak(
            lambda here: bound(with_work(kinds, here)),
            lambda worth: Worths(dict.fromkeys(kinds, 0.0), worth),
            watch,
        )
        return with_work(kinds, best)
    best = start
    together = [each.kinds for c in candidates if c.bills is not None for each in c.bills.apart]
    blocks = dict.fromkeys([*together, *[(kind,) for kind in kinds], kinds])
    for _ in range(_ROUNDS):
        before = bound(best)
        for block in blocks:
            best = max(best, with_work(block, best, _FINER), key=bound)
        watched = _peak(bound, lambda worth, here=best: here._replace(watch=worth), watch, _FINER)  # type: ignore[misc]
        best = max(best, watched, key=bound)
        if bound(best) <= before * (1 + _LITTLE):
            break
    return best


def _peak(
    bound: Callable[[Worths], float],
    at: Callable[[float], Worths],
    tried: Sequence[float],
    finer: int = 0,
) -> Worths:
    """The highest bound along a line, on which they rise and then fall.

    Args:
        bound: to be as high as can be.
        at: the worths at a place on the line.
        tried: places in ascending order.
        finer: how often the way between two of them is cut by a third around the highest.
    """
    low, high = 0, len(tried) - 1
    while low < high:
        middle = (low + high) // 2
        if bound(at(tried[middle])) < bound(at(tried[middle + 1])):
            low = middle + 1
        else:
            high = middle
    best = at(tried[low])
    least, most = tried[max(0, low - 1)], tried[min(len(tried) - 1, low + 1)]
    for _ in range(finer):
        one, other = at((2 * least + most) / 3), at((least + 2 * most) / 3)
        found = bound(one), bound(other)
        if found[0] < found[1]:
            least = (2 * least + most) / 3
        else:
            most = (least + 2 * most) / 3
        best = max(best, one if found[0] >= found[1] else other, key=bound)
    return best


def _tried(candidates: Sequence[Candidate]) -> tuple[list[float], list[float]]:
    """What an hour a week of work, and of watch, could be worth over the horizon: cents, to try."""
    work, watch = {0.0}, {0.0}
    for each in candidates:
        for cents, hours, watched in _differences(each.curves):
            if 0 < hours < inf and each.bills is None:
                work.add(cents / hours)
            if watched > 0:
                watch.add(cents / watched)
        if each.bills is None:
            continue
        more = {0.0, *each.bills.more.values()}
        for bill in each.bills.apart:
            ends = (bill.corners[0], bill.corners[-1])
            for (hours, cents), (later, billed) in (*pairwise(bill.corners), ends):
                if hours < later < inf:
                    slope = (billed - cents) / (later - hours)
                    work.update([slope + beside for beside in more])
    return _some(work), _some(watch)


def _differences(curves: Sequence[Curve]) -> Iterator[Way]:
    """What ways have more than none, and more than those before them, where that costs more."""
    for curve in curves:
        yield from [way for way in curve if way.cents > 0]
        for one, other in pairwise(curve):
            if other.cents > one.cents and other.work < inf:
                yield Way(other.cents - one.cents, other.work - one.work, other.watch - one.watch)


def _some(values: set[float]) -> list[float]:
    """So many of the values at most, from the least to the largest."""
    ordered = sorted(values)
    if len(ordered) <= _TRIED:
        return ordered
    return [ordered[(len(ordered) - 1) * n // (_TRIED - 1)] for n in range(_TRIED)]
