"""What the options of a scenario come to in each of many draws."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from cmsource.analysis.inputs.inputs import put
from cmsource.analysis.simulation.draws import RangedInput
from cmsource.model.evaluation import Evaluation, evaluate, evaluated
from cmsource.model.plan import PlannedPhase
from cmsource.model.requirements import is_eligible, requirements
from cmsource.model.setting import Translated, setting_of
from cmsource.model.verdict import recommended
from cmsource.results.requirement import missed
from cmsource.scenario.options import Option
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import Scenario

MONEY = ("budget", "cost")
LIMITS = tuple(f"require.{name}" for name in MONEY)
_NONE_PASSED = (False, False)
_KEPT = 20_000
_Values: TypeAlias = tuple[float, ...]
_T = TypeVar("_T")


class Spent(NamedTuple):
    """What an option costs, in cents.

    Attributes:
        total_cents: economic cost.
        cash_cents: the part of it that is really paid.
    """

    total_cents: int
    cash_cents: int


class Outcome(NamedTuple):
    """What one option comes to in one draw.

    Attributes:
        total_cents: its total.
        eligible: whether it meets every requirement.
        passes: which of the limits of `MONEY` it passes.
    """

    total_cents: int
    eligible: bool
    passes: tuple[bool, ...]


class Draw(NamedTuple):
    """One draw.

    Attributes:
        outcomes: what each option comes to, in the order of the scenario.
        chosen: the place of the cheapest eligible option; None when there is none.
    """

    outcomes: tuple[Outcome, ...]
    chosen: int | None


class Outcomes:
    """Works out draws, and of each option only what rests on a range that has moved.

    What it costs rests on prices, and on the work where that is billed; what it does, and so
    whether it is eligible, rests on no price. Both are remembered by the values that they rest on.
    So is how the last draw went: one with as much work plans only those again who are there, or
    work, in another way, and translates only sources that have moved themselves.

    Args:
        scenario: as read.
        ranges: what is drawn.
    """

    def __init__(self, scenario: Scenario, ranges: Sequence[RangedInput]) -> None:
        self.paths = [each.path for each in ranges]
        self.names = [option.name for option in scenario.options]
        self._scenario = scenario.changed(require=_without_money(scenario.require))
        self._costs: list[_Remembered[Spent]] = []
        self._does: list[_Remembered[bool]] = []
        self._plans: list[_Remembered[Sequence[PlannedPhase]]] = []
        moved = _moved(scenario, ranges)
        for option in scenario.options:
            places = [place for place, names in enumerate(moved) if option.name in names]
            billed = _is_billed(option)
            costs = [each for each in places if billed or not _is_work(ranges[each])]
            does = [each for each in places if not is_price(ranges[each])]
            self._costs.append(_Remembered(costs))
            self._does.append(_Remembered(does))
        phases = [phase for option in scenario.options for phase in option.phases]
        self._sources = [source for phase in phases for source in phase.sources]
        apart = self._places("sources.", "options.", "require.", "own_time")
        around = [place for place in range(len(ranges)) if place not in apart]
        self._resources: _Remembered[Translated] = _Remembered(around, most=1)
        # Each holds megabytes; draws that have one in common come one after the other.
        for _ in scenario.options:
            self._plans.append(_Remembered(around, most=1))
        self._limits = _Limits(scenario, self.paths, self._places("require.", "horizon"))

    def _places(self, *starts: str) -> list[int]:
        return [place for place, path in enumerate(self.paths) if path.startswith(starts)]

    def draw(self, values: Sequence[float]) -> Draw:
        """What a draw comes to.

        Args:
            values: one for each range, in their order.
        """
        missing = [
            number
            for number in range(len(self.names))
            if self._costs[number].of(values) is None or self._does[number].of(values) is None
        ]
        moved = self._moved(values, missing)
        found = self._evaluated(moved, missing, values) if missing else {}
        outcomes = []
        for number in range(len(self.names)):
            costs, does = self._costs[number], self._does[number]
            spent, able = costs.of(values), does.of(values)
            if spent is None:
                option = found[number]
                spent = costs.keep(values, Spent(option.total_cents, option.cash_cents))
            if able is None:
                able = does.keep(values, is_eligible(found[number], moved))
            passes = self._limits.passed(spent, values)
            outcomes.append(Outcome(spent.total_cents, able and not any(passes), passes))
        return Draw(tuple(outcomes), self._chosen(outcomes, values))

    def _evaluated(
        self, moved: Scenario, options: Sequence[int], values: Sequence[float]
    ) -> dict[int, Evaluation]:
        """Some options in the scenario of a draw.

        Args:
            moved: the scenario.
            options: their places.
            values: of the draw.
        """
        setting = setting_of(moved)
        setting.resources.update(self._resources.of(values) or {})
        found = {}
        for number in options:
            plans = self._plans[number]
            option = evaluate(moved.options[number], setting, plans.of(values) or ())
            plans.keep(values, option.phases)
            found[number] = option
        # A source that has moved is another object.
        known = setting.resources
        kept = {id(each): known[id(each)] for each in self._sources if id(each) in known}
        self._resources.keep(values, kept)
        return found

    def _moved(self, values: Sequence[float], options: Sequence[int]) -> Scenario:
        """The scenario of a draw, limits of money left out of what is required.

        What none of these options rests on stays at its likely value.
        """
        places = {
            place
            for option in options
            for place in (*self._costs[option].places, *self._does[option].places)
            if not self.paths[place].startswith(LIMITS)
        }
        return put(self._scenario, {self.paths[place]: values[place] for place in sorted(places)})

    def _chosen(self, outcomes: Sequence[Outcome], values: Sequence[float]) -> int | None:
        """The cheapest eligible option; of several the one that a comparison recommends."""
        totals = [each.total_cents for each in outcomes if each.eligible]
        if not totals:
            return None
        least = min(totals)
        places = [
            place
            for place, each in enumerate(outcomes)
            if each.eligible and each.total_cents == least
        ]
        if len(places) > 1:
            equals = evaluated(self._moved(values, places), [self.names[place] for place in places])
            chosen = recommended(equals.values())
            return None if chosen is None else self.names.index(chosen)
        return places[0]


class _Remembered(Generic[_T]):
    """What was worked out for the values of some ranges.

    Args:
        places: of the ranges that it rests on.
        most: for how many values it is remembered.
    """

    def __init__(self, places: Sequence[int], most: int = _KEPT) -> None:
        self.places = tuple(places)
        self._most = most
        self._known: dict[_Values, _T] = {}

    def of(self, values: Sequence[float]) -> _T | None:
        """What is known for a draw."""
        return self._known.get(tuple([values[place] for place in self.places]))

    def keep(self, values: Sequence[float], found: _T) -> _T:
        """Remember what a draw gives."""
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[tuple([values[place] for place in self.places])] = found
        return found


class _Limits:
    """What is required of money.

    Args:
        scenario: as read.
        paths: of all ranges.
        places: of the ranges that limits rest on.
    """

    def __init__(self, scenario: Scenario, paths: Sequence[str], places: Sequence[int]) -> None:
        self._scenario = scenario
        self._paths = {place: paths[place] for place in places}
        self._any = any(getattr(scenario.require, name) is not None for name in MONEY)

    def passed(self, spent: Spent, values: Sequence[float]) -> tuple[bool, ...]:
        """Which of `MONEY` are passed in a draw."""
        if not self._any:
            return _NONE_PASSED
        moved = self._scenario
        if self._paths:
            moved = put(moved, {path: values[place] for place, path in self._paths.items()})
        bill = Evaluation(moved.options[0], moved.horizon, (), 0.0, (), *spent)
        held = requirements(moved.require, bill, only=MONEY)
        lacking = {each.name for each in missed(held)}
        return tuple([name in lacking for name in MONEY])


def _without_money(require: Require) -> Require:
    return require.changed(budget=None, cost=None)


def _is_billed(option: Option) -> bool:
    """Whether what an option costs depends on the work that its sources do."""
    sources = (source for phase in option.phases for source in phase.sources)
    return any(not source.in_house or source.hours_on_call for source in sources)


def _is_work(ranged: RangedInput) -> bool:
    """Whether an input says what there is to do, and what is asked for, rather than who does it."""
    return ranged.path.startswith(("needs.", "require."))


def is_price(ranged: RangedInput) -> bool:
    """Whether an input changes what options cost and nothing of what they do."""
    return ranged.is_money or ranged.path.startswith(("prices.", *LIMITS))


def _moved(scenario: Scenario, ranges: Sequence[RangedInput]) -> list[set[str]]:
    """The options that each range moves, or may move."""
    everything = {option.name for option in scenario.options}
    found = []
    for each in ranges:
        top, name = each.path.split(".")[:2] if "." in each.path else (each.path, "")
        if top == "options":
            found.append({name})
        elif top == "sources":
            found.append(
                {
                    option.name
                    for option in scenario.options
                    for phase in option.phases
                    if any(source.name == name for source in phase.sources)
                }
            )
        else:
            found.append(everything)
    return found
