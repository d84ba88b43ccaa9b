"""The highest price at which an option stays recommended, and the least that pays for it."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, put
from cmsource.analysis.price.edge import Places, Reach, reach
from cmsource.analysis.price.offers import chosen_price, option_named
from cmsource.analysis.price.own_costs import OwnCosts, hours_sold, own_cents, paid_cents
from cmsource.analysis.selection import named_options
from cmsource.model.evaluation import Evaluation, evaluate
from cmsource.model.requirements import is_eligible, requirements
from cmsource.model.setting import setting_of
from cmsource.model.verdict import recommended
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import say

_MONEY = ("month", "total")
"""Units of the requirements that a price can break."""


class Bound(NamedTuple):
    """Something that keeps a price down.

    Attributes:
        option: name of the option that is cheaper above the price; "" for a requirement.
        requirement: the key of the requirement that is missed above it; "" for an option.
        price: the highest price that it allows; None where it allows none.
        ends: whether it keeps the price down at all; else `price` is the highest that was tried.
        misses: what the option misses of what is asked for; such a one keeps nothing down.
    """

    option: str
    requirement: str
    price: float | None
    ends: bool
    misses: tuple[RequirementResult, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether it keeps the price down: a requirement, or an option that does the job."""
        return self.ends and not self.misses


class Price(NamedTuple):
    """How much can be asked for an option.

    Attributes:
        scenario: of the client.
        option: the option that is sold.
        input: the price that is asked about, as it is today.
        seller: name of the source that asks for it.
        recommended: the option that is recommended at today's price, among those compared.
        highest: the highest price at which the option stays recommended; None where there is none.
        lowest: the least price from which it is, up to the highest.
        ends: whether it ceases to be recommended above `highest`; if not, any price will do.
        binding: what keeps the price down; None where nothing does.
        bounds: everything that would, by itself: those first that keep it lowest.
        misses: what the option misses of what is asked for at its least price.
        total_cents: what the option costs the client at the highest price, over the horizon; None
            without one.
        paid_cents: what the client pays the seller today, at the highest price and at the floor.
        hours: hours of work that the seller does over the horizon.
        own: what that costs the seller; None where nobody says it.
        own_cents: the same over the horizon, the margin left out.
        floor: the least price that pays for it and leaves the margin; None where no price does, or
            nobody says what it costs.
    """

    scenario: Scenario
    option: Option
    input: Input
    seller: str
    recommended: str | None
    highest: float | None
    lowest: float | None
    ends: bool
    binding: Bound | None
    bounds: tuple[Bound, ...]
    misses: tuple[RequirementResult, ...]
    total_cents: int | None
    paid_cents: tuple[int, int | None, int | None]
    hours: float
    own: OwnCosts | None = None
    own_cents: int = 0
    floor: float | None = None

    @property
    def room(self) -> float | None:
        """From the floor up to the highest price; below 0 where the floor is higher."""
        if self.highest is None or self.floor is None or not self.ends:
            return None
        return self.highest - self.floor


class _Moved(NamedTuple):
    """The options at one price.

    Attributes:
        found: each by its name.
        eligible: names of those that meet what is asked for.
    """

    found: Mapping[str, Evaluation]
    eligible: frozenset[str]


class _Market:
    """The options of a scenario while a price moves.

    Args:
        scenario: as read.
        names: of the options that are compared.
        chosen: the price.
    """

    def __init__(self, scenario: Scenario, names: Sequence[str], chosen: Input) -> None:
        self.scenario = scenario
        self.places = Places(chosen)
        self._path = chosen.path
        self._base = {each.name: each for each in scenario.options if each.name in names}
        setting = setting_of(scenario)
        found = {name: evaluate(option, setting) for name, option in self._base.items()}
        self._still = _Moved(found, frozenset(self._eligible(found)))
        self._known: dict[int, _Moved] = {}

    def _eligible(self, found: Mapping[str, Evaluation]) -> list[str]:
        return [name for name, each in found.items() if is_eligible(each, self.scenario)]

    def today(self) -> _Moved:
        """The options as things stand."""
        return self._still

    def at(self, steps: int) -> _Moved:
        """The options at a price."""
        known = self._known.get(steps)
        if known is not None:
            return known
        moved = put(self.scenario, {self._path: self.places.value(steps)})
        setting = setting_of(moved)
        others = [each for each in moved.options if each is not self._base.get(each.name, each)]
        found = {each.name: evaluate(each, setting) for each in others}
        able = (self._still.eligible - found.keys()).union(self._eligible(found))
        self._known[steps] = _Moved({**self._still.found, **found}, able)
        return self._known[steps]

    def chosen(self, steps: int, only: Sequence[str] = ()) -> str | None:
        """The option that is recommended at a price.

        Args:
            steps: the price.
            only: names of those compared, whether they do the job or not; the eligible when empty.
        """
        moved = self.at(steps)
        names = only or [name for name in moved.found if name in moved.eligible]
        return recommended(moved.found[name] for name in names)


def price(
    scenario: Scenario,
    option: str,
    *,
    vary: str = "",
    against: Sequence[str] = (),
    own: OwnCosts | None = None,
) -> Price:
    """The highest price at which an option stays recommended, and what keeps it down.

    Args:
        scenario: of the client, as read.
        option: name of the option that is sold.
        vary: the price that moves, a path or its last key; by default the one that brings most.
        against: names of the options that the client would choose from besides; all of them when
            empty.
        own: what serving the client costs who sells, for the floor.

    Raises:
        ScenarioError: there is no such option or price.
        ValueError: the margin is not below 100 %.
    """
    sold = option_named(scenario, option)
    option, against = sold.name, named_options(scenario, against)
    if own is not None and not 0 <= own.margin < 1:
        raise ValueError(say("a margin is a share of the price, below 100 %"))
    chosen, seller = chosen_price(scenario, sold, vary)
    names = [each.name for each in scenario.options if not against or each.name in against]
    names = list(dict.fromkeys([*names, option]))
    market = _Market(scenario, names, chosen)
    places = market.places
    bounds = _bounds(market, option)
    edges = [places.steps(each.price) for each in bounds if each.price is not None]
    found = reach(lambda steps: market.chosen(steps) == option, places, edges)
    today = market.today()
    least = market.at(places.first).found[option]
    floor, cost = _floor(market, option, seller, own)
    return Price(
        scenario,
        sold,
        chosen,
        seller,
        recommended(today.found[name] for name in today.found if name in today.eligible),
        None if found is None else places.value(found.highest),
        None if found is None else places.value(found.lowest),
        found is not None and found.ends,
        _binding(market, option, found, bounds),
        bounds,
        missed(requirements(scenario.require, least)),
        None if found is None else market.at(found.highest).found[option].total_cents,
        (
            paid_cents(today.found[option], seller),
            None if found is None else paid_cents(market.at(found.highest).found[option], seller),
            None if floor is None else paid_cents(market.at(floor).found[option], seller),
        ),
        hours_sold(today.found[option], seller),
        own,
        round(cost),
        None if floor is None else places.value(floor),
    )


def _bounds(market: _Market, option: str) -> tuple[Bound, ...]:
    """What keeps the price down by itself: each other option, and each requirement of money."""
    places, today = market.places, market.today()
    found = []
    for name, other in today.found.items():
        if name == option:
            continue
        far = reach(_cheaper(market, option, name), places)
        misses = () if name in today.eligible else _misses(market, other)
        found.append(_bound(market, far, name, "", misses))
    for held in requirements(market.scenario.require, today.found[option]):
        if held.unit in _MONEY:
            far = reach(_keeps(market, option, held.name), places)
            found.append(_bound(market, far, "", held.name))
    return tuple(sorted(found, key=_by_price))


def _cheaper(market: _Market, option: str, other: str) -> Callable[[int], bool]:
    """Whether an option would be chosen before another one at a price, if both do the job."""
    return lambda steps: market.chosen(steps, (option, other)) == option


def _keeps(market: _Market, option: str, name: str) -> Callable[[int], bool]:
    """Whether an option keeps a requirement at a price."""
    require = market.scenario.require

    def keeps(steps: int) -> bool:
        [held] = requirements(require, market.at(steps).found[option], only=[name])
        return held.met is not False

    return keeps


def _bound(
    market: _Market,
    far: Reach | None,
    option: str,
    requirement: str,
    misses: tuple[RequirementResult, ...] = (),
) -> Bound:
    if far is None:
        return Bound(option, requirement, None, True, misses)
    return Bound(option, requirement, market.places.value(far.highest), far.ends, misses)


def _misses(market: _Market, other: Evaluation) -> tuple[RequirementResult, ...]:
    return missed(requirements(market.scenario.require, other))


def _by_price(bound: Bound) -> tuple[bool, bool, float, str, str]:
    """What binds first, then what keeps the price lowest."""
    price = -1.0 if bound.price is None else bound.price
    return bool(bound.misses), not bound.ends, price, bound.requirement, bound.option


def _binding(
    market: _Market, option: str, found: Reach | None, bounds: Sequence[Bound]
) -> Bound | None:
    """What keeps the price from being higher."""
    if found is not None and not found.ends:
        return None
    steps = market.places.first if found is None else found.highest + 1
    moved = market.at(steps)
    if option in moved.eligible:
        winner = market.chosen(steps)
        return next((each for each in bounds if each.option == winner), None)
    names = {held.name for held in _misses(market, moved.found[option])}
    return next((each for each in bounds if each.requirement in names), None)


def _floor(
    market: _Market, option: str, seller: str, own: OwnCosts | None
) -> tuple[int | None, float]:
    """The least price, in steps, that pays for the work and leaves the margin; and what that costs.

    None where no price does, or nobody says what the work costs.
    """
    if own is None:
        return None, 0.0
    # What is done for the client is the same at every price.
    cost = own_cents(market.today().found[option], seller, own, setting_of(market.scenario))
    least = ceil(round(cost / (1 - own.margin), 4))

    def short(steps: int) -> bool:
        return paid_cents(market.at(steps).found[option], seller) < least

    far = reach(short, market.places)
    if far is None:
        return market.places.first, cost
    return (far.highest + 1 if far.ends else None), cost
