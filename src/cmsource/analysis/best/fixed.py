"""What a source costs whatever it does, and what it bills at least for so many hours of work."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from cmsource.model.ledger import Cost, costs
from cmsource.model.plan import Member, PlannedPhase
from cmsource.model.resource import EVER, CostLine, Part, Resource, Usage
from cmsource.model.setting import Setting
from cmsource.model.years import years

_TOOLS = "tools."
_TOLERANCE = 1e-9
_PARTS = 600
"""Hours of work are told apart so finely: the largest amount is cut into so many parts."""


class Standing(NamedTuple):
    """What is paid for some sources whatever they do, over the horizon.

    Attributes:
        sources: cents for the sources.
        tools: cents for the tools that none of them includes.
        entries: how many amounts were rounded to the cent.
    """

    sources: int
    tools: int
    entries: int


def standing(
    resources: Iterable[Resource], setting: Setting, without: Sequence[str] = ()
) -> Standing:
    """What is paid for sources at work together over the whole horizon, whatever they do.

    Args:
        resources: the sources.
        setting: where.
        without: categories of cost that are left out.
    """
    members = tuple([Member(_idle(each, without), True, 0.0, 0.0) for each in resources])
    # What is not billed by the work done asks nothing of what they do in a season.
    phase = PlannedPhase(0.0, setting.scenario.horizon, members, ())
    found = costs((phase,), setting)
    return Standing(_sum(found, tools=False), _sum(found, tools=True), len(found))


def _sum(found: Iterable[Cost], *, tools: bool) -> int:
    return sum([cost.cents for cost in found if cost.source.startswith(_TOOLS) == tools])


def _idle(resource: Resource, without: Sequence[str]) -> Resource:
    """The same source without what it bills for its work."""

    def lines(year: int) -> tuple[CostLine, ...]:
        return tuple(
            [
                line
                for line in resource.costs(year)
                if line.billed is None and line.category not in without
            ]
        )

    # What leaving costs may follow from the work as well.
    return resource._replace(costs=lines, commitment=None)


def most_hours(resource: Resource, setting: Setting) -> float:
    """Hours of work a week that a source that bills can do, or spare others, at most."""
    software = resource.software
    if software is None:
        return resource.capacity
    messages = [season.needs.messages for season in setting.year.seasons]
    most = max([0.0 if each is None else each.weekly_hours for each in messages])
    return most * software.resolves * resource.largest_share("messages")


class Bills:
    """What a source bills at least for hours of work, over the horizon.

    What depends on what the work is, messages or one of the activities, counts as if there were
    none of it: such a bill may be any.

    Args:
        resource: the source.
        setting: where.
        most: hours a week at most.
        since: month from which everybody is at full capacity; before it nothing is counted.
    """

    def __init__(self, resource: Resource, setting: Setting, most: float, since: float) -> None:
        kinds = _kinds(setting)
        horizon = setting.scenario.horizon
        per_year = []
        for year, first, last in years(0.0, horizon):
            months = max(0.0, last - max(first, since))
            lines = [line for line in resource.costs(year) if line.billed is not None]
            per_year.append((months, last - first, [_least(line, kinds, most) for line in lines]))
        counted = _counted(since, setting)

        def cents(hours: float) -> float:
            found, prices = 0.0, []
            for months, whole, lines in per_year:
                price = sum([line(hours) for line in lines])
                prices.append(price)
                found += 100.0 * price * (months if price > 0 else whole)
            if len(setting.year.seasons) == 1 or min(prices) < 0:
                return found
            # The same hours on average over all seasons, in the year that is cheapest.
            return min(found, 100.0 * min(prices) * counted)

        # Between two amounts it bills no less than for the first, and does no more than the second.
        step = min(most, most_hours(resource, setting)) / _PARTS
        self.nothing = cents(0.0)
        billed, points = self.nothing, [(0.0, self.nothing)]
        for part in range(_PARTS):
            billed = max(billed, cents(step * part))
            points.append((step * (part + 1), billed))
        self.points = lower_hull(points)

    def least(self, worth: float) -> float:
        """The least of what it bills, less what its work is worth: so many cents an hour a week."""
        return min([cents - worth * hours for hours, cents in self.points])


def lower_hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the lower convex hull of points from left to right."""
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) > 1:
            (a, b), (c, d) = hull[-2:]
            if (d - b) * (x - a) < (y - b) * (c - a):
                break
            hull.pop()
        hull.append((x, y))
    return hull


def _counted(since: float, setting: Setting) -> float:
    """Months of the horizon that count: of each season the least part that is left of one."""
    horizon = setting.scenario.horizon
    whole: dict[tuple[int, ...], float] = {}
    after: dict[tuple[int, ...], float] = {}
    for found, start in ((whole, 0.0), (after, min(since, horizon))):
        for span in setting.year.spans(start, horizon):
            found[span.season.key] = found.get(span.season.key, 0.0) + span.months
    parts = [after.get(key, 0.0) / months for key, months in whole.items() if months > 0]
    return horizon * min(parts, default=0.0)


def _kinds(setting: Setting) -> list[Callable[[float], Usage]]:
    """So many hours of work, all of one kind: messages, or one of the activities."""
    needs = setting.scenario.needs
    each = needs.messages.mean_minutes if needs.messages is not None else 1.0
    units = {counted.name: counted.hours_each for counted in needs.in_units()}

    def messages(hours: float) -> Usage:
        return Usage(messages=hours, answered=hours * 60 / each)

    def planned(name: str) -> Callable[[float], Usage]:
        each = units.get(name)

        def usage(hours: float) -> Usage:
            part = Part(hours, hours / each if each else None)
            return Usage(planned=hours, activities={name: part})

        return usage

    return [messages, *(planned(name) for name in needs.work)]


def _least(
    line: CostLine, kinds: Sequence[Callable[[float], Usage]], most: float
) -> Callable[[float], float]:
    """What a line bills a month for so many hours, where the kind of work makes no difference."""
    billed: Any = line.surely or line.billed
    price = line.unit_price * line.price_index
    if line.yearly or line.served is not EVER or line.attended is not None:
        return lambda _: 0.0  # what is paid elsewhere may be enough for all of it
    for hours in (most / 3, most):
        amounts = [billed(kind(hours)) for kind in kinds]
        if max(amounts) - min(amounts) > _TOLERANCE * max(1.0, *amounts):
            nothing = billed(Usage()) * price
            return lambda _: nothing
    return lambda hours: billed(kinds[0](hours)) * price
