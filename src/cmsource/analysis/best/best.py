"""The cheapest organisation found that does the job, and how much cheaper any could be."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import inf
from typing import Any, NamedTuple

from cmsource.analysis.best.bound import Bounds
from cmsource.analysis.best.climb import Climb
from cmsource.analysis.best.floors import Floors
from cmsource.analysis.best.freedom import Freedom
from cmsource.analysis.best.judge import Judge, Score
from cmsource.analysis.best.moves import LEVELS, PAIRS, Moves
from cmsource.analysis.best.organisation import Builder, Organisation, Part, names
from cmsource.analysis.best.starts import CURSOR, MIXES, Start, Starts
from cmsource.model.evaluation import Evaluation
from cmsource.model.requirements import is_eligible, requirements
from cmsource.model.setting import setting_of
from cmsource.model.verdict import judged, recommended
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import say

EFFORT = 200
MOST_EFFORT = 100_000
NAME = "best"

_MOST_TOGETHER = 3
_ALL_SETS = 8
"""Sources up to which every set of them has a bound of its own."""
_LEAST_A_SET = 30
_ANY = 10**15
_POLISHED = 3
_COARSE_PART = 0.6
_WITHOUT_MESSAGES = 4
"""So many times as many are looked at where nobody waits for an answer, which is little work."""


class Change(NamedTuple):
    """What one kind of cost of one source comes to in two options, in cents."""

    source: str
    category: str
    before: int
    after: int


class Least(NamedTuple):
    """The least that one way to look comes to, in cents, and with which sources."""

    cents: int
    sources: tuple[str, ...]


class Best(NamedTuple):
    """The cheapest organisation found.

    Attributes:
        scenario: whose sources they are.
        name: that the answer has as an option.
        found: what it costs and does; None where nothing found does the job.
        written: the option as a file says it.
        misses: what the nearest misses, where nothing does the job.
        shipped: the cheapest of the scenario's own options that do the job; None for none.
        stays: whether nothing is cheaper than that one, which is then the answer.
        changes: what differs from it, the largest difference first.
        cursor_cents: the cheapest step of the cursor that does the job and the law allows.
        mixes_cents: the cheapest of the mixes.
        bound_cents: no organisation of these sources that does the job costs less; None where
            the answer has phases, of which the bound says nothing.
        looked: how many organisations were looked at.
        sets: how many sets of sources were searched.
        ruled_out: how many cannot hold anything cheaper, as their bounds say.
        left_out: how many were not searched, for want of effort.
        effort: that was asked for.
        cursor_sources: the sources of that step of the cursor; none without one.
    """

    scenario: Scenario
    name: str
    found: Evaluation | None
    written: Sequence[Any]
    misses: tuple[RequirementResult, ...]
    shipped: Evaluation | None
    stays: bool
    changes: tuple[Change, ...]
    cursor_cents: int | None
    mixes_cents: int | None
    bound_cents: int | None
    looked: int
    sets: int
    ruled_out: int
    left_out: int
    effort: int
    cursor_sources: tuple[str, ...] = ()

    @property
    def gap(self) -> float | None:
        """How much less than the answer anything could cost at most, as a share of it."""
        if self.found is None or self.bound_cents is None or self.found.total_cents <= 0:
            return None
        return max(0.0, 1 - self.bound_cents / self.found.total_cents)


class Found(NamedTuple):
    """What came of one piece of the search.

    Attributes:
        organisation: the best of it; empty where there is none.
        score: how good that is.
        looked: how many were looked at.
        kinds: the least of what does the job by where it is from.
        work: the largest share of the work that one that does the job does.
    """

    organisation: Organisation
    score: Score | None
    looked: int
    kinds: Mapping[str, Least]
    work: float


class Search:
    """A search in rounds of pieces, each of which can be worked out anywhere.

    Ask for `pieces`, work out `piece` of each number, give all of them to `take` in their order,
    until there are no more; then `result` has the answer.

    Args:
        scenario: as read.
        keep: paths of what stays as the scenario has it, see `Freedom`.
        vary: paths of what may change; everything when empty.
        effort: how many organisations to look at, about.

    Raises:
        ScenarioError: a path names nothing that can be changed.
        ValueError: the effort is out of range.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        keep: Sequence[str] = (),
        vary: Sequence[str] = (),
        effort: int = EFFORT,
    ) -> None:
        if not 1 <= effort <= MOST_EFFORT:
            raise ValueError(say("the effort goes from 1 to {most}", most=MOST_EFFORT))
        setting = setting_of(scenario)
        self._scenario = scenario
        self._asked = {"keep": tuple(keep), "vary": tuple(vary), "effort": effort}
        self._effort = effort
        waiting = scenario.needs.messages is not None and scenario.needs.messages.weekly > 0
        self._budget = effort if waiting else effort * _WITHOUT_MESSAGES
        self._builder = Builder(setting)
        self._freedom = Freedom(setting, keep, vary)
        self._bounds = Bounds(self._builder, self._freedom)
        self._judge = Judge(self._builder, Floors(self._bounds))
        self._moves = Moves(self._builder, self._freedom)
        self._starts = Starts(self._builder, self._freedom, self._moves)
        self._climb = Climb(self._judge, self._moves, self._starts)
        self._verdict = judged(scenario)
        self._rounds: list[Sequence[Found]] = []
        self._looked = 0
        self._kinds: dict[str, Least] = {}
        self._sets = self._promising()
        self._tasks: list[tuple[Sequence[str], Organisation, int]] = [
            (each, (), 0) for each in self._sets
        ]
        self._results: list[Found] = []
        self._left_out = 0

    def __reduce__(self) -> tuple[Any, ...]:
        """What another machine makes it again from: what it was asked, and was given so far."""
        return _made_again, (self._scenario, self._asked, tuple(self._rounds))

    # The rounds ----------------------------------------------------------------------------------

    @property
    def pieces(self) -> int:
        """How many pieces the round has; 0 at the end."""
        return len(self._tasks)

    def piece(self, number: int) -> Found:
        """What comes of a piece of the round."""
        sources, here, effort = self._tasks[number]
        if not self._rounds:
            return self._begun(sources)
        levels = LEVELS if len(self._rounds) == 1 else (*LEVELS[1:], *LEVELS, *PAIRS)
        found, score, looked = self._climb.from_(here, effort, levels)
        return Found(found, score, looked, {}, 0.0)

    def take(self, results: Sequence[Found]) -> None:
        """Go on to the next round with what came of all pieces of this one."""
        self._looked += sum(each.looked for each in results)
        for each in results:
            for kind, least in each.kinds.items():
                self._kinds[kind] = min(least, self._kinds.get(kind, least))
        if not self._rounds:
            self._judge.work = max((each.work for each in results), default=0.0)
        known = [each for each in results if each.score is not None]
        self._results += known
        tasks: list[tuple[Sequence[str], Organisation, int]] = []
        if not self._rounds:
            ordered = self._in_turn(known)
            most = max(1, int(self._budget * _COARSE_PART) // _LEAST_A_SET)
            self._left_out = max(0, len(ordered) - most)
            chosen = ordered[:most]
            share = int(self._budget * _COARSE_PART / max(1, len(chosen)))
            tasks = [(names(e.organisation), e.organisation, max(1, share)) for e in chosen]
        elif len(self._rounds) == 1:
            budget = self._budget * (1 - _COARSE_PART)
            chosen = sorted(known, key=_rank)[: max(_POLISHED, int(budget) // _LEAST_A_SET)]
            share = int(budget / max(1, len(chosen)))
            tasks = [(names(e.organisation), e.organisation, max(1, share)) for e in chosen]
        self._rounds.append(tuple(results))
        self._tasks = tasks

    def _in_turn(self, known: Sequence[Found]) -> list[Found]:
        """The starts of all sets: in turn the best one, and one whose set could cost least."""
        places = {frozenset(each): place for place, each in enumerate(self._sets)}
        by_score = sorted(known, key=_rank)
        by_bound = sorted(known, key=lambda e: places[frozenset(names(e.organisation))])
        both = [each for pair in zip(by_score, by_bound, strict=True) for each in pair]
        return list({each.organisation: each for each in both}.values())

    def _begun(self, sources: Sequence[str]) -> Found:
        """The best start of some sources, and what is known of the others."""
        kinds: dict[str, Least] = {}
        work = 0.0
        scored: list[tuple[Score, int]] = []
        starts = self._starts.of(sources)
        # Of how much of the work each does only what fits says anything, so all are worked out.
        all_of_them = self._scenario.require.work_done is None
        for number, start in self._in_order(starts, scored):
            organisation, kind = start.organisation, start.kind
            fits = any(score.fits for score, _ in scored)
            if all_of_them or not fits:
                score = self._judge.score(organisation)
            else:
                least = kinds[kind].cents if kind in kinds else _ANY
                known = Score(0.0, least, _ANY, _ANY)
                better = self._judge.better(organisation, known)
                if better is None:
                    continue
                score = better
            scored.append((score, number))
            if not score.fits:
                continue
            here = Least(score.cents, names(organisation))
            kinds[kind] = min(here, kinds.get(kind, here))
            if score.cents == min(kinds.values()).cents:
                self._judge.learn(organisation, score.cents)
            if all_of_them:
                work = max(work, self._judge.work_done(organisation))
        if not scored:
            return Found((), None, 0, kinds, work)
        score, number = min(scored)
        return Found(starts[number].organisation, score, len(starts), kinds, work)

    def _in_order(
        self, starts: Sequence[Start], scored: Sequence[tuple[Score, int]]
    ) -> Iterator[tuple[int, Start]]:
        """Starts with their places: once one does the job, those first that may cost least."""
        left = list(enumerate(starts))
        while left and not any(score.fits for score, _ in scored):
            yield left.pop(0)
        yield from sorted(left, key=lambda each: self._judge.least(each[1].organisation))

    # The sets of sources -------------------------------------------------------------------------

    def _promising(self) -> list[tuple[str, ...]]:
        """The sets of sources that can hold something cheaper than what the scenario has."""
        everyone = self._available()
        most = len(everyone) if len(everyone) <= _ALL_SETS else _MOST_TOGETHER
        sets = [
            each
            for size in range(1, most + 1)
            for each in combinations(everyone, size)
            if self._freedom.needed.issubset(each)
        ]
        least = {each: self._bounds.of(each, fine=False) for each in sets}
        shipped_one = self._shipped()
        known = inf if shipped_one is None else shipped_one.total_cents
        for each, bound in least.items():
            if bound < known:
                least[each] = max(bound, self._bounds.of(each))
        self._bound = min(least.values(), default=inf)
        if most < len(everyone):
            self._bound = min(self._bound, self._bounds.of_any(everyone))
        small = [each for each in sets if len(each) <= _MOST_TOGETHER or len(everyone) <= 4]
        shipped = {frozenset(names(each)) for each in self._starts.shipped}
        kept = [
            e for e in small if least[e] < known or (frozenset(e) in shipped and least[e] < inf)
        ]
        self._ruled_out = len(sets) - len(kept)
        return sorted(kept, key=lambda each: (least[each], each))

    def _shipped(self) -> Evaluation | None:
        """The cheapest of the scenario's options that do the job, with who has to be part of it."""
        able = [
            each
            for name, each in self._verdict.evaluations.items()
            if name in self._verdict.eligible
            and all(
                self._freedom.needed.issubset([source.name for source in phase.sources])
                for phase in each.option.phases
            )
        ]
        name = recommended(able)
        return next((each for each in able if each.name == name), None)

    def _available(self) -> list[str]:
        """The sources to choose from: those whom the law lets do the job.

        Where it forbids that a source does the job without others (interns), the search does not
        look for others as a pretext: it takes such a source where an option of the scenario does.
        """
        scenario, country = self._scenario, self._builder.setting.country
        taken = {
            source.name
            for option in scenario.options
            if option.name in self._verdict.eligible
            for phase in option.phases
            for source in phase.sources
        }
        return [
            name
            for name in scenario.sources
            if name in taken
            or name in self._freedom.needed
            or not self._builder.option((Part(name),)).forbidden(country)
        ]

    # The answer ----------------------------------------------------------------------------------

    def result(self) -> Best:
        """The answer."""
        scenario = self._scenario
        shipped = self._shipped()
        best = min(self._results, key=_rank, default=None)
        found: Evaluation | None = None
        written: Sequence[Any] = ()
        misses: tuple[RequirementResult, ...] = ()
        name = self._name()
        if best is not None:
            simple = self._climb.simpler(best.organisation)
            found = self._judge.evaluation(simple, name)
            written = self._builder.written(simple)
            if not is_eligible(found, scenario):
                misses = missed(requirements(scenario.require, found))
                found = None
        stays = shipped is not None and (found is None or found.total_cents >= shipped.total_cents)
        if stays:
            found, written, misses = shipped, (), ()
            assert shipped is not None
            name = shipped.name
        phased = found is not None and len(found.option.phases) > 1
        bound = None if phased or self._bound == inf else max(0, int(self._bound))
        if bound is not None and found is not None:
            # Of the scenario's options with other prices than its sources the bound says nothing.
            bound = min(bound, found.total_cents)
        return Best(
            scenario,
            name,
            found,
            written,
            misses,
            shipped,
            stays,
            _changes(shipped, found),
            self._kinds[CURSOR].cents if CURSOR in self._kinds else None,
            self._kinds[MIXES].cents if MIXES in self._kinds else None,
            bound,
            self._looked,
            len(self._sets),
            self._ruled_out,
            self._left_out,
            self._effort,
            self._kinds[CURSOR].sources if CURSOR in self._kinds else (),
        )

    def _name(self) -> str:
        """A name that no option of the scenario has."""
        taken = {option.name for option in self._scenario.options}
        number, name = 1, NAME
        while name in taken:
            number += 1
            name = f"{NAME}-{number}"
        return name


def _made_again(
    scenario: Scenario, asked: Mapping[str, Any], rounds: Sequence[Sequence[Found]]
) -> Search:
    """A search that has come as far as another one of the same scenario."""
    search = Search(scenario, **asked)
    for results in rounds:
        search.take(results)
    return search


def best(
    scenario: Scenario,
    *,
    keep: Sequence[str] = (),
    vary: Sequence[str] = (),
    effort: int = EFFORT,
) -> Best:
    """The cheapest organisation of a scenario's sources that does the job, as far as it was looked.

    Args:
        scenario: as read.
        keep: paths of what stays as the scenario has it: ``sources.cm`` (who is then part of the
            answer), ``sources.cm.hours``, or ``takes`` of all.
        vary: paths of what may change; everything when empty.
        effort: how many organisations to look at, about; the same effort, the same answer.

    Raises:
        ScenarioError: a path names nothing that can be changed.
        ValueError: the effort is out of range.
    """
    search = Search(scenario, keep=keep, vary=vary, effort=effort)
    while search.pieces:
        search.take([search.piece(number) for number in range(search.pieces)])
    return search.result()


def _rank(found: Found) -> tuple[Score, Organisation]:
    """The best first; equals by what they are."""
    assert found.score is not None
    return found.score, found.organisation


def _changes(before: Evaluation | None, after: Evaluation | None) -> tuple[Change, ...]:
    """What each kind of cost of each source comes to in both, where it differs."""
    if before is None or after is None:
        return ()
    sums: dict[tuple[str, str], list[int]] = {}
    for place, each in enumerate((before, after)):
        for cost in each.costs:
            key = cost.source, str(cost.line.category)
            sums.setdefault(key, [0, 0])[place] += cost.cents
    found = [Change(*key, *pair) for key, pair in sums.items() if pair[0] != pair[1]]
    return tuple(sorted(found, key=lambda each: (-abs(each.after - each.before), each)))
