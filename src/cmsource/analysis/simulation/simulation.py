"""What the ranges of a scenario do to its answer: many draws of them, and the options in each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import inputs
from cmsource.analysis.simulation.draws import (
    Drawn,
    RangedInput,
    draw,
    ranged_inputs,
    with_own_time,
)
from cmsource.analysis.simulation.histogram import Bin, bins
from cmsource.analysis.simulation.information import information
from cmsource.analysis.simulation.outcomes import MONEY, Draw, Outcomes, is_price
from cmsource.analysis.simulation.statistics import centred, correlation, percentile
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import say
from cmsource.values.money import format_shortest

DRAWS = 10_000
SEED = 1
MOST_DRAWS = 100_000
LEAST_TO_LEARN_FROM = 200
"""Draws, from which on it is said what knowing a number is worth."""
_OFTEN = 0.5
"""Share of the draws in which an option must do the job to be one to choose from."""
_SLOW = ("needs.messages.", "needs.answer_within", "needs.seasons.")
A_PIECE = 250
"""Draws that are worked out in one go, where several processes share the work."""


class Spread(NamedTuple):
    """The totals of an option over all draws, in cents.

    Attributes:
        least: the smallest.
        p10: the total below which a tenth of the draws stay.
        p50: half of them.
        p90: nine tenths of them.
        most: the largest.
        mean: the average.
    """

    least: float
    p10: float
    p50: float
    p90: float
    most: float
    mean: float


class OptionDraws(NamedTuple):
    """One option over all draws.

    Attributes:
        name: of the option.
        label: for people.
        cheapest: share of the draws in which it is recommended: the cheapest eligible option.
        eligible: share of the draws in which it meets every requirement.
        totals: how its total spreads.
        at_likely: its total with every range at its likely value, in cents.
        over_budget: share of the draws in which its cash passes ``require.budget``; None without.
        over_cost: share in which its total passes ``require.cost``; None without.
        histogram: its totals in bins of equal width.
    """

    name: str
    label: str
    cheapest: float
    eligible: float
    totals: Spread
    at_likely: int
    over_budget: float | None
    over_cost: float | None
    histogram: tuple[Bin, ...]


class Weight(NamedTuple):
    """How an input goes together with the totals: Spearman's rank correlation, from -1 to 1.

    None where there is nothing that moves.

    Attributes:
        drawn: the input and its range.
        clipped: share of its draws that lay beyond what is legal.
        with_lead: with the leader's total less that of the runner-up.
        with_total: with the total of each option, by name.
    """

    drawn: RangedInput
    clipped: float
    with_lead: float | None
    with_total: dict[str, float | None]


class Worth(NamedTuple):
    """What it is worth to know numbers before choosing, in cents of the horizon.

    Attributes:
        options: the options that the choice is between: those eligible in half of the draws.
        chosen: the one of them that costs least on average.
        perfect: what knowing every number is worth.
        of_inputs: what knowing one number alone is worth, by its path, the dearest first.
    """

    options: tuple[str, ...]
    chosen: str
    perfect: float
    of_inputs: Mapping[str, float]


class Simulation(NamedTuple):
    """A scenario drawn many times.

    Attributes:
        name: of the scenario.
        file: that it was read from.
        currency: of all money.
        horizon_months: at the likely value.
        draws: how many.
        seed: what the draws begin with.
        options: in the order of the scenario.
        at_likely: the option that `cmsource.compare` recommends.
        none_eligible: share of the draws in which no option is.
        leaders: the option that is cheapest most often and the runner-up; one when it is alone.
        weights: the inputs, those first that matter most to which of the two costs less.
        by: by which share numbers that nobody gave were drawn, too; 0 where they were not.
        worth: what it is worth to know a number before choosing; None where there is no choice, and
            of less than `LEAST_TO_LEARN_FROM` draws.
    """

    name: str
    file: str
    currency: str
    horizon_months: float
    draws: int
    seed: int
    options: tuple[OptionDraws, ...]
    at_likely: str | None
    none_eligible: float
    leaders: tuple[str, ...]
    weights: tuple[Weight, ...]
    by: float = 0.0
    worth: Worth | None = None


class Sampling:
    """A simulation in pieces, each of which can be worked out anywhere.

    Args:
        scenario: as read, with at least one range.
        draws: how many, from 1 to `MOST_DRAWS`.
        seed: any whole number; the same one gives the same result.
        by: a share of its value by which each number that nobody gave is drawn, too, unless it is
            official; none of them when it is 0.

    Raises:
        ScenarioError: the scenario has no range.
        ValueError: there are too few or too many draws.
    """

    def __init__(
        self, scenario: Scenario, draws: int = DRAWS, seed: int = SEED, by: float = 0.0
    ) -> None:
        if not 1 <= draws <= MOST_DRAWS:
            raise ValueError(
                say(
                    "from 1 to {most} draws can be made, not {count}",
                    most=format_shortest(MOST_DRAWS),
                    count=format_shortest(draws),
                )
            )
        if by > 0.0:
            scenario = with_own_time(scenario)
        ranges = ranged_inputs(scenario, by)
        if not ranges:
            raise _nothing_to_draw(scenario)
        self.scenario = scenario
        self.draws = draws
        self.seed = seed
        self.by = by
        self.drawn = draw(ranges, draws, seed)
        self.outcomes = Outcomes(scenario, ranges)
        self.pieces = -(-draws // A_PIECE)
        # Draws in which everybody does the same come one after the other, and so do those of as
        # many messages, which take longest to work out.
        moved = [each for each in self.drawn if not is_price(each.ranged)]
        moved.sort(key=lambda each: not each.ranged.path.startswith(_SLOW))
        firsts = [_first(each.values) for each in moved]
        self._order = sorted(range(draws), key=lambda number: [first[number] for first in firsts])

    def piece(self, number: int) -> list[Draw]:
        """What the draws of a piece come to.

        Args:
            number: from 0 to `pieces` less one.
        """
        places = self._order[number * A_PIECE : (number + 1) * A_PIECE]
        columns = [each.values for each in self.drawn]
        return [self.outcomes.draw([values[place] for values in columns]) for place in places]

    def in_order(self, pieces: Iterable[Sequence[Draw]]) -> list[Draw]:
        """The draws of all pieces, which come in their order, draw by draw."""
        found = [seen for piece in pieces for seen in piece]
        return [found[place] for place in sorted(range(self.draws), key=self._order.__getitem__)]

    def result(self, pieces: Iterable[Sequence[Draw]]) -> Simulation:
        """What all pieces, in their order, come to together."""
        return self.summed(self.in_order(pieces))

    def summed(self, found: Sequence[Draw]) -> Simulation:
        """What all draws, in their order, come to together."""
        scenario = self.scenario
        likely = self.outcomes.draw([each.ranged.input.value for each in self.drawn])
        chosen = Counter([each.chosen for each in found])
        options, totals = [], {}
        for place, option in enumerate(scenario.options):
            own = [each.outcomes[place] for each in found]
            totals[option.name] = [each.total_cents for each in own]
            passed = [sum([each.passes[limit] for each in own]) for limit in range(len(MONEY))]
            options.append(
                OptionDraws(
                    option.name,
                    option.label,
                    chosen[place] / self.draws,
                    sum([each.eligible for each in own]) / self.draws,
                    _spread(totals[option.name]),
                    likely.outcomes[place].total_cents,
                    None if scenario.require.budget is None else passed[0] / self.draws,
                    None if scenario.require.cost is None else passed[1] / self.draws,
                    bins(totals[option.name]),
                )
            )
        leaders = _leaders(options)
        return Simulation(
            scenario.name,
            scenario.file,
            scenario.currency,
            scenario.horizon,
            self.draws,
            self.seed,
            tuple(options),
            None if likely.chosen is None else scenario.options[likely.chosen].name,
            chosen[None] / self.draws,
            leaders,
            _weights(self.drawn, totals, leaders, self.draws),
            self.by,
            _worth(self.drawn, options, list(totals.values())),
        )


def _worth(
    drawn: Sequence[Drawn], options: Sequence[OptionDraws], totals: Sequence[Sequence[int]]
) -> Worth | None:
    """What it is worth to know each number, where some option does the job in half of the draws.

    None of few draws, from which nothing can be learned.
    """
    if len(totals[0]) < LEAST_TO_LEARN_FROM:
        return None
    able = [place for place, option in enumerate(options) if option.eligible >= _OFTEN]
    found = information([each.values for each in drawn], totals, able)
    if found.chosen is None:
        return None
    pairs = zip((each.ranged.path for each in drawn), found.of_inputs, strict=True)
    return Worth(
        tuple([options[place].name for place in found.options]),
        options[found.chosen].name,
        found.perfect,
        dict(sorted(pairs, key=lambda pair: -pair[1])),
    )


def _first(values: Sequence[float]) -> list[int]:
    """For each value, the place at which it is there for the first time."""
    seen: dict[float, int] = {}
    return [seen.setdefault(value, place) for place, value in enumerate(values)]


def simulate(
    scenario: Scenario, *, draws: int = DRAWS, seed: int = SEED, by: float = 0.0
) -> Simulation:
    """Draw the ranges of a scenario many times: how often each option wins, how totals spread.

    Arguments and errors are those of `Sampling`.
    """
    sampling = Sampling(scenario, draws, seed, by)
    return sampling.result([sampling.piece(number) for number in range(sampling.pieces)])


def _nothing_to_draw(scenario: Scenario) -> ScenarioError:
    """The error of a scenario that has only plain numbers."""
    prices = [each for each in inputs(scenario) if each.given and each.value > 0]
    prices.sort(key=lambda each: not each.unit.endswith("/h"))
    path, value = "sources.agence.hourly_rate", 75.0
    if prices:
        path, value = prices[0].path, prices[0].value
    key = path.rpartition(".")[2]
    ends = f"{0.8 * value:.3g}..{1.2 * value:.3g}"
    hint = say(
        "write {value} in the scenario, or {flag}; {by} draws what nobody gave",
        value=f"{key}: {ends}",
        flag=f"--set {path}={ends}",
        by="--by 20%",
    )
    message = say("`{scenario}` has no range to draw from", scenario=scenario.name)
    return ScenarioError([Diagnostic("E313", message, None, hint)])


def _spread(totals: Sequence[int]) -> Spread:
    ordered = sorted(totals)
    p10, p50, p90 = (percentile(ordered, share) for share in (0.1, 0.5, 0.9))
    return Spread(ordered[0], p10, p50, p90, ordered[-1], sum(ordered) / len(ordered))


def _leaders(options: Sequence[OptionDraws]) -> tuple[str, ...]:
    """The options the choice is between: cheapest most often, else eligible, else cheap."""
    ranked = sorted(options, key=lambda o: (-o.cheapest, -o.eligible, o.totals.p50))
    return tuple(option.name for option in ranked[:2])


def _weights(
    drawn: Sequence[Drawn],
    totals: dict[str, list[int]],
    leaders: Sequence[str],
    draws: int,
) -> tuple[Weight, ...]:
    """Every input with its rank correlations, the heaviest first."""
    first = totals[leaders[0]]
    lead = first
    if len(leaders) > 1:
        lead = [one - other for one, other in zip(first, totals[leaders[1]], strict=True)]
    by_lead = centred(lead)
    by_total = {name: centred(values) for name, values in totals.items()}
    found = []
    for each in drawn:
        own = centred(each.values)
        found.append(
            Weight(
                each.ranged,
                each.clipped / draws,
                correlation(own, by_lead),
                {name: correlation(own, values) for name, values in by_total.items()},
            )
        )
    keyed = [(-abs(weight.with_lead or 0.0), place, weight) for place, weight in enumerate(found)]
    return tuple(weight for _, _, weight in sorted(keyed, key=itemgetter(0, 1)))
