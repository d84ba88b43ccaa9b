"""What each brand of a portfolio has of the sources that they share, and what it costs."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from cmsource.model.evaluation import Evaluation
from cmsource.model.plan import InSeason, PlannedPhase
from cmsource.model.verdict import judged
from cmsource.scenario.needs import Needs
from cmsource.scenario.scenario import Brand, Scenario
from cmsource.scenario.seasons import MESSAGES
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.language import say


class Alone(NamedTuple):
    """What a brand would pay by itself, with the sources of its own scenario.

    Attributes:
        option: the recommended one, as its scenario calls it for people.
        monthly: its cost a month, in the currency of the portfolio.
    """

    option: str
    monthly: float


class Part(NamedTuple):
    """A brand's part of an option.

    Attributes:
        brand: the brand.
        cents: of the total.
        messages: hours a week that are spent on its messages, on average over the horizon.
        planned: hours a week of its planned work that are done.
    """

    brand: Brand
    cents: int
    messages: float
    planned: float


class Shared(NamedTuple):
    """An option, and what each brand has of it; the parts add up to its total.

    Attributes:
        option: the option.
        eligible: whether it meets every requirement of the portfolio.
        parts: in the order of the portfolio.
    """

    option: Evaluation
    eligible: bool
    parts: tuple[Part, ...]


class Portfolio(NamedTuple):
    """Brands that share their sources.

    Attributes:
        options: in the order of the scenario, by name.
        recommended: the name of the cheapest that does the job of all brands; None for none.
        alone: by brand, what it would pay by itself; None where nothing of its own does its job.
    """

    options: Mapping[str, Shared]
    recommended: str | None
    alone: Mapping[str, Alone | None]


def portfolio(scenario: Scenario) -> Portfolio:
    """What each brand has of every option, and what it would pay by itself.

    Each cost of a source is shared by the hours that the source spends on each brand in that phase;
    software counts with those that it saves. What belongs to no hours (tools, somebody who is there
    and has nothing to do) is shared by the hours that the brands need. Amounts are rounded so that
    they add up to the total, by the largest remainders.

    Args:
        scenario: with brands.

    Raises:
        ScenarioError: it has none, or a brand's scenario is in another currency.
    """
    if not scenario.brands:
        message = say("the scenario has no brands to share its sources")
        hint = say("write {texts}", texts="brands: {fashion: fashion.yaml, home: home.yaml}")
        raise ScenarioError([Diagnostic("E308", message, Place(scenario.file), hint)])
    found = judged(scenario)
    return Portfolio(
        {
            name: Shared(each, name in found.eligible, _parts(each, scenario.brands))
            for name, each in found.evaluations.items()
        },
        found.recommended,
        {brand.name: _alone(brand, scenario) for brand in scenario.brands},
    )


def _alone(brand: Brand, scenario: Scenario) -> Alone | None:
    own = brand.scenario
    if own.currency != scenario.currency:
        return None
    found = judged(own)
    if found.recommended is None:
        return None
    chosen = found.evaluations[found.recommended]
    return Alone(chosen.label, chosen.total_cents / 100 / own.horizon)


def _parts(option: Evaluation, brands: Sequence[Brand]) -> tuple[Part, ...]:
    needed = [_needed(brand.scenario.needs) for brand in brands]
    cents = [Fraction(0)] * len(brands)
    by_source: dict[tuple[int, str], list[float]] = {}
    messages, planned = [0.0] * len(brands), [0.0] * len(brands)
    for number, phase in enumerate(option.phases):
        for name, reactive, work, answers in _hours(phase, brands):
            hours = zip(reactive, work, answers, strict=True)
            by_source[number, name] = [sum(each) for each in hours]
            for place in range(len(brands)):
                messages[place] += reactive[place] / option.horizon
                planned[place] += work[place] / option.horizon
    for cost in option.costs:
        weights = by_source.get((cost.phase, cost.source), [])
        for place, part in enumerate(_shares(weights, needed)):
            cents[place] += cost.cents * part
    whole = _whole(cents, brands, option.total_cents)
    return tuple(map(Part, brands, whole, messages, planned))


def _hours(
    phase: PlannedPhase, brands: Sequence[Brand]
) -> list[tuple[str, list[float], list[float], list[float]]]:
    """For each source of a phase its months times hours a week, on messages and on planned work.

    Software spends none: last come the hours that people would for what it answers.
    """
    found = []
    for place, resource in enumerate(phase.resources):
        reactive, planned, answers = ([0.0] * len(brands) for _ in range(3))
        for season in phase.seasons:
            work = season.team.work
            spent = {MESSAGES: work.usage[place].messages}
            spent |= {name: hours[place] for name, hours in work.planned.items()}
            for name, hours in spent.items():
                into = reactive if name == MESSAGES else planned
                for index, part in enumerate(_of_activity(name, season, brands)):
                    into[index] += season.months * hours * part
            if resource.software is not None:
                for index, part in enumerate(_of_activity(MESSAGES, season, brands)):
                    answers[index] += season.months * work.usage[place].done * part
        found.append((resource.name, reactive, planned, answers))
    return found


def _of_activity(name: str, season: InSeason, brands: Sequence[Brand]) -> list[float]:
    """The share of each brand in an activity, in the months of a season."""
    months = season.season.level.months
    amounts = [
        sum([_amount(name, month, brand.scenario.needs) for month in months]) for brand in brands
    ]
    whole = sum(amounts)
    return [amount / whole if whole else 0.0 for amount in amounts]


def _amount(name: str, month: int, needs: Needs) -> float:
    """Hours a week of an activity in a month of the calendar."""
    level = next(each for each in needs.levels() if month in each.months)
    job = needs.at(level)
    if name == MESSAGES:
        return 0.0 if job.messages is None else job.messages.weekly_hours
    return job.weekly_work().get(name, 0.0)


def _needed(needs: Needs) -> float:
    """Hours of all work a week, on average over a year."""
    levels = needs.levels()
    months = sum([len(level.months) for level in levels])
    return sum([len(level.months) * needs.at(level).weekly_hours for level in levels]) / months


def _shares(weights: Sequence[float], otherwise: Sequence[float]) -> list[Fraction]:
    """Weights as shares of their sum; those of others, or equal ones, where there are none."""
    for each in (weights, otherwise):
        exact = [Fraction(weight) for weight in each]
        whole = sum(exact)
        if whole > 0:
            return [weight / whole for weight in exact]
    return [Fraction(1, len(otherwise))] * len(otherwise)


def _whole(cents: Sequence[Fraction], brands: Sequence[Brand], total: int) -> list[int]:
    """Parts in whole cents that add up to a total, by the largest remainders, then by name."""
    found = [int(part // 1) for part in cents]
    order = sorted(
        range(len(cents)), key=lambda place: (found[place] - cents[place], brands[place].name)
    )
    for place in order[: total - sum(found)]:
        found[place] += 1
    return found
