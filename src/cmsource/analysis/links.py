"""Which numbers of a scenario move its ledger and nothing else, and how: what a spreadsheet can do.

A cost is quantity × unit price × index. A number is linked where each of the three follows it in a
straight line (an index: by compound growth) in every entry, while everything else stays as it is:
who is there, who does what, which costs there are and what is said of them. Whatever moves
more, as a wage does, is not. That is not read off the ledger but tried: the scenario is read again
with the number at the ends of its range and between, then with all linked numbers moved together,
and every amount has to come out to the cent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from cmsource.analysis.inputs.by_path import by_path
from cmsource.analysis.inputs.inputs import Input, inputs, written
from cmsource.model.evaluation import Evaluation, evaluated
from cmsource.model.ledger import ledger
from cmsource.model.resource import Resource
from cmsource.results.entry import Entry
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.money import to_cents
from cmsource.values.quantities import QuantityError

Again = Callable[[Mapping[str, str]], Scenario]
"""Reads a scenario again with other values, by path, as one writes them after ``--set``.

Raises `ScenarioError` where it is not valid then.
"""

_What: TypeAlias = tuple[object, ...]
"""What an entry is, in all but its numbers, and how many such ones come before it."""
_Lines: TypeAlias = "dict[tuple[str, _What], Line]"
"""Lines of entries, by option and by what they are."""

_EXACT = 1e-12
"""How far a factor may be from its line, as a share of itself: the noise of its arithmetic."""
_NOISE = 4e-15
"""The same of a slope, which is a quotient of such factors."""
_LARGEST = 1e6
"""The most that is tried, and may be written, of what has no smaller limit."""


class Term(NamedTuple):
    """What an input adds to a factor: the input times a slope."""

    path: str
    slope: float


class Factor(NamedTuple):
    """One of the three factors of a cost.

    Attributes:
        constant: what stays whatever the inputs are.
        terms: what the inputs add.
        growth: the path of a yearly rise; the factor is 1 + that to the power of `years` then.
        years: how often it has risen.
    """

    constant: float
    terms: tuple[Term, ...] = ()
    growth: str = ""
    years: int = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """The inputs that it follows."""
        return (self.growth,) if self.growth else tuple([term.path for term in self.terms])

    def at(self, values: Mapping[str, float]) -> float:
        """Its value where the inputs have some values."""
        if self.growth:
            return float((1 + values[self.growth]) ** self.years)
        return self.constant + sum([term.slope * values[term.path] for term in self.terms])


class Line(NamedTuple):
    """The arithmetic of an entry of the ledger: the product of three factors, to the cent."""

    quantity: Factor
    unit_price: Factor
    price_index: Factor

    @property
    def paths(self) -> tuple[str, ...]:
        """The inputs that it follows."""
        return tuple(dict.fromkeys([path for factor in self for path in factor.paths]))

    def cents(self, values: Mapping[str, float]) -> int:
        """Its amount where the inputs have some values, rounded half to even."""
        quantity, price, index = self
        return to_cents(quantity.at(values) * price.at(values) * index.at(values))


class Links(NamedTuple):
    """How the ledgers of a scenario follow its numbers.

    Attributes:
        inputs: every number of the scenario; of those that are linked, the most is what was tried.
        linked: the paths of those that may be changed.
        lines: of each option by name, the arithmetic of its entries in order.
    """

    inputs: tuple[Input, ...]
    linked: frozenset[str]
    lines: Mapping[str, tuple[Line, ...]]


class _Seen(NamedTuple):
    """What came of a reading.

    Attributes:
        entries: of each option, by what they are.
        assumed: what was taken for granted, by path.
        rest: all else that costs and coverage depend on.
    """

    entries: Mapping[str, Mapping[_What, Entry]]
    assumed: Mapping[str, str]
    rest: object


def links(scenario: Scenario, again: Again) -> Links:
    """Find the numbers of a scenario that are linked to its ledger.

    Args:
        scenario: as it was read.
        again: reads it again.
    """
    known = inputs(scenario)
    resting = _rested_on(scenario)
    search = _Search(scenario, again, known)
    for each in known:
        if each.path in resting and each.about == "input" and not each.whole:
            search.alone(each)
    search.together()
    return Links(
        tuple([search.bounded(each) for each in known]),
        frozenset(search.found),
        {
            name: tuple([search.line(name, what) for what in entries])
            for name, entries in search.base.entries.items()
        },
    )


def _rested_on(scenario: Scenario) -> frozenset[str]:
    """The paths of the numbers that some entry says it rests on."""
    found = evaluated(by_path(scenario)).values()
    refs = {ref for each in found for entry in ledger(each.costs) for ref in entry.refs}
    return frozenset([ref.removeprefix("--set ") for ref in refs])


def _tried(each: Input) -> tuple[float, ...]:
    """Values of an input: the least, two on its way, the most; as one can write them."""
    low, today = each.low, each.value
    high = min(each.high, max(_LARGEST, 10 * today))
    near, far = (0.0137, 0.4321) if each.is_share else (1.37 * today + 0.11, 2.83 * today + 7.53)
    return (low, *[round(min(max(value, low), high), 4) for value in (near, far)], high)


class _Search:
    """Reads a scenario again and again.

    Args:
        scenario: as it was read.
        again: reads it again.
        known: its numbers.

    Attributes:
        base: what came of it as it is.
        found: the lines that follow each number that is linked.
    """

    def __init__(self, scenario: Scenario, again: Again, known: Iterable[Input]) -> None:
        self._scenario = scenario
        self._again = again
        self._today = {each.path: each.value for each in known}
        self._tried: dict[str, tuple[float, ...]] = {}
        self.base = _seen(scenario)
        self.found: dict[str, _Lines] = {}

    def bounded(self, each: Input) -> Input:
        """An input, with what was tried of it as its limits where it is linked."""
        return each._replace(high=self._tried[each.path][-1]) if each.path in self.found else each

    def line(self, name: str, what: _What) -> Line:
        """The line of an entry that follows all the inputs found."""
        entry = self.base.entries[name][what]
        own = [lines[name, what] for lines in self.found.values() if (name, what) in lines]
        return Line(
            *[_summed(pick(entry), [pick(line) for line in own]) for pick in _FACTORS],
        )

    def alone(self, each: Input) -> None:
        """Find the lines that follow an input while nothing else moves."""
        path, tried = each.path, _tried(each)
        seen = []
        for value in tried:
            moved = self._with({path: value})
            if moved is None:
                return
            seen.append(moved)
        lines: _Lines = {}
        for name, entries in self.base.entries.items():
            for what, entry in entries.items():
                points = [(each.value, entry)]
                points += [
                    (value, there)
                    for value, moved in zip(tried, seen, strict=True)
                    if (there := moved.entries[name].get(what)) is not None
                ]
                line = _fitted(path, points)
                if line is None:
                    return
                if line.paths:
                    lines[name, what] = line
        before, self.found = self.found, {path: lines}
        holds = not any(
            self._wrong({path: value}, moved) for value, moved in zip(tried, seen, strict=True)
        )
        self.found = before
        if lines and holds:
            self.found[path] = lines
            self._tried[path] = tried

    def together(self) -> None:
        """Take out the inputs whose lines do not hold while others move too."""
        wrong = {""}
        while wrong:
            wrong = set()
            for shift in range(_TRIED):
                values = {
                    path: self._tried[path][(number + shift) % _TRIED]
                    for number, path in enumerate(self.found)
                }
                moved = self._with(values)
                wrong |= set(values) if moved is None else self._wrong(values, moved)
            self.found = {path: lines for path, lines in self.found.items() if path not in wrong}

    def _with(self, values: Mapping[str, float]) -> _Seen | None:
        """What comes of other values; None where they move more than amounts."""
        try:
            texts = {path: written(self._scenario, path, value) for path, value in values.items()}
            moved = _seen(self._again(texts))
        except (ScenarioError, QuantityError):
            return None
        base = self.base
        assumed = [
            {path: text for path, text in seen.assumed.items() if path not in values}
            for seen in (base, moved)
        ]
        if moved.rest != base.rest or assumed[0] != assumed[1]:
            return None
        # What amounts to nothing is in no ledger; a line gives nothing for it.
        known = all(base.entries[name].keys() >= new.keys() for name, new in moved.entries.items())
        return moved if known else None

    def _wrong(self, values: Mapping[str, float], moved: _Seen) -> set[str]:
        """The inputs that move an entry whose amount is not what its line says."""
        now = {**self._today, **values}
        wrong: set[str] = set()
        for name, entries in self.base.entries.items():
            for what in entries:
                line = self.line(name, what)
                there = moved.entries[name].get(what)
                if line.cents(now) != (0 if there is None else there.cents):
                    wrong |= set(line.paths) or set(values)
        return wrong


def _seen(scenario: Scenario) -> _Seen:
    options = evaluated(scenario)
    return _Seen(
        {name: _keyed(ledger(each.costs)) for name, each in options.items()},
        {each.path: each.value for each in scenario.assumptions},
        (
            scenario.needs,
            scenario.require,
            scenario.horizon,
            scenario.prices.discount,
            {name: _rest(each) for name, each in options.items()},
        ),
    )


def _rest(option: Evaluation) -> object:
    """What an option does, from which everything but its costs follows."""
    phases = [
        (
            phase.start,
            phase.end,
            [(each.is_new, each.since, each.full_from) for each in phase.members],
            [_at_work(resource) for resource in phase.resources],
            [(each.months, each.team.work.usage) for each in phase.seasons],
        )
        for phase in option.phases
    ]
    return option.live, option.forbidden, phases


def _at_work(resource: Resource) -> object:
    """A resource without its prices."""
    return [
        value for name, value in resource._asdict().items() if name not in ("costs", "commitment")
    ]


def _keyed(entries: Iterable[Entry]) -> Mapping[_What, Entry]:
    """Entries by what they are."""
    found: dict[_What, Entry] = {}
    for entry in entries:
        head = (entry.phase, entry.source, entry.category, entry.from_month, entry.months)
        said = (entry.cash, entry.why, entry.unit, entry.details)
        number = 0
        while (key := (*head, *said, number)) in found:
            number += 1
        found[key] = entry
    return found


def _summed(today: float, factors: Sequence[Factor]) -> Factor:
    """A factor that follows several inputs, each of which it follows in a straight line."""
    moved = [factor for factor in factors if factor.paths]
    if not moved:
        return Factor(today)
    if len(moved) == 1:
        return moved[0]
    constant = today + sum([factor.constant - today for factor in moved])
    return Factor(
        0.0 if abs(constant) <= _EXACT * abs(today) else constant,
        tuple(term for factor in moved for term in factor.terms),
    )


_FACTORS: tuple[Callable[[Any], Any], ...] = (
    attrgetter("quantity"),
    attrgetter("unit_price"),
    attrgetter("price_index"),
)
"""The three factors of an entry, and of its line."""
_TRIED = 4
"""Values that are tried of each input."""


def _fitted(path: str, points: Sequence[tuple[float, Entry]]) -> Line | None:
    """The line through an entry at some values of an input; None where it is none."""
    factors = []
    for pick in _FACTORS:
        places = [(value, pick(entry)) for value, entry in points]
        factor = _straight(path, places) or _grown(path, places)
        if factor is None:
            return None
        factors.append(factor)
    return Line(*factors)


def _straight(path: str, places: Sequence[tuple[float, float]]) -> Factor | None:
    """A straight line through some places; None where they are not on one."""
    today = places[0][1]
    if all(value == today for _, value in places):
        return Factor(today)
    (left, low), (right, high) = min(places), max(places)
    if left == right:
        return None
    slope = _short((high - low) / (right - left))
    constant = low - slope * left
    constant = 0.0 if abs(constant) <= _EXACT * abs(today or high) else _short(constant)
    found = Factor(constant, (Term(path, slope),))
    return found if _holds(found, path, places) else None


def _grown(path: str, places: Sequence[tuple[float, float]]) -> Factor | None:
    """A power of 1 plus a yearly rise through some places; None where they are not on one."""
    for years in range(2, 100):  # once is a straight line
        found = Factor(0.0, growth=path, years=years)
        if _holds(found, path, places):
            return found
    return None


def _holds(factor: Factor, path: str, places: Sequence[tuple[float, float]]) -> bool:
    return all(
        abs(factor.at({path: value}) - found) <= _EXACT * max(1.0, abs(found))
        for value, found in places
    )


def _short(number: float) -> float:
    """A number without the noise of how it was worked out."""
    texts = (f"{number:.{digits}g}" for digits in range(1, 17))
    return next((n for n in map(float, texts) if abs(n - number) <= _NOISE * abs(number)), number)
