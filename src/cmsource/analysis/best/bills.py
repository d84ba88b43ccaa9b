"""What a source that bills its work bills at least for hours of it, over the horizon."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cmsource.analysis.best.fixed import most_hours
from cmsource.analysis.best.hull import Corners, lower_hull
from cmsource.analysis.best.needed import Needed
from cmsource.model.resource import EVER, CostLine, Part, Resource, Usage
from cmsource.model.setting import Setting
from cmsource.model.years import years
from cmsource.scenario.biller import MESSAGES

_PARTS = 600
"""Hours of work are told apart so finely: the largest amount is cut into so many parts."""


class Bill(NamedTuple):
    """What some kinds of work are billed.

    Attributes:
        kinds: messages or activities, whose hours count together.
        corners: the cents of so many hours a week at least; convex.
    """

    kinds: tuple[str, ...]
    corners: Corners


class Bills(NamedTuple):
    """What a source bills at least.

    Attributes:
        apart: bills of which no two have a kind of work in common; every kind is in one of them.
        more: what an hour a week of a kind costs beside these.
    """

    apart: tuple[Bill, ...]
    more: Mapping[str, float]


class _Rule(NamedTuple):
    """What cost lines of a year have in common: the work that they look at."""

    kinds: tuple[str, ...]
    together: bool = False
    free: float = 0.0
    even: bool = False


def bills_of(
    resource: Resource,
    setting: Setting,
    asked: Needed,
    shares: Mapping[str, float],
    since: float,
) -> Bills:
    """What a source bills at least.

    Each cost line looks at some kinds of work. Lines that look at the same ones make a bill; the
    hours that count together make one, and so does each activity that is counted by the piece.
    Where a kind that is counted by the piece also counts among others, what each more hour of it
    costs at least is put beside. What nothing is known of counts as if there were no work.

    Args:
        resource: the source.
        setting: where.
        asked: how much work there is.
        shares: the largest share of each kind that it does.
        since: month from which everybody is at full capacity; before it nothing is counted.
    """
    horizon = setting.scenario.horizon
    pricing = _Pricing(setting, since)
    rules: dict[_Rule, dict[int, list[CostLine]]] = {}
    for number, (year, _, _) in enumerate(years(0.0, horizon)):
        for line in setting.lines(resource, year):
            for rule in _rules_of(line, resource, setting):
                rules.setdefault(rule, {}).setdefault(number, []).append(line)
    known = set(asked.hours)
    most = most_hours(resource, setting)
    apart: list[Bill] = []
    more: dict[str, float] = {}
    nothing = 0.0
    taken: set[str] = set()
    # Those in proportion come last, as they can be put beside others.
    for rule in sorted(rules, key=lambda each: (each.even, -len(each.kinds))):
        kinds = tuple([kind for kind in rule.kinds if kind in known])
        hours = min(most, sum([shares[kind] * asked.busiest[kind] for kind in kinds]))
        corners = pricing.corners(rule, rules[rule], hours)
        if hours > 0 and taken.isdisjoint(kinds):
            taken.update(kinds)
            apart.append(Bill(kinds, corners))
            continue
        nothing += corners[0][1]
        if rule.even and hours > 0:
            slope = (corners[1][1] - corners[0][1]) / hours
            more |= {kind: more.get(kind, 0.0) + slope for kind in kinds}
    rest = tuple([kind for kind in asked.hours if kind not in taken])
    apart.append(Bill(rest, ((0.0, nothing), (most, nothing)) if most > 0 else ((0.0, nothing),)))
    return Bills(tuple(apart), more)


def _rules_of(line: CostLine, resource: Resource, setting: Setting) -> Iterable[_Rule]:
    """The work that a cost line looks at; none where it is not billed by work."""
    if line.billed is None:
        return
    counted = line.counted
    elsewhere = line.yearly or line.served is not EVER or line.attended is not None
    if counted is None or elsewhere or (counted.together and resource.software is not None):
        # What is paid elsewhere may be enough for it; and software works no hours.
        yield _Rule(())
    elif counted.together or not counted.kinds:
        yield _Rule(
            tuple(sorted(counted.kinds)), together=True, free=counted.free, even=counted.even
        )
    else:
        for kind in sorted(counted.kinds):
            # An activity of this name is no message, and has no price by the piece.
            doubtful = kind == MESSAGES and MESSAGES in setting.scenario.needs.work
            yield _Rule(()) if doubtful else _Rule((kind,), even=counted.even)


class _Pricing:
    """Prices hours of work over the horizon.

    Args:
        setting: where.
        since: month from which everybody is at full capacity.
    """

    def __init__(self, setting: Setting, since: float) -> None:
        needs, horizon = setting.scenario.needs, setting.scenario.horizon
        self._each = {counted.name: counted.hours_each for counted in needs.in_units()}
        if needs.messages is not None:
            self._each[MESSAGES] = needs.messages.mean_minutes / 60
        self._years = [
            (max(0.0, last - max(first, since)), last - first)
            for _, first, last in years(0.0, horizon)
        ]
        self._counted = _counted(since, setting)
        # Months billed alike, at most: cut by the year, and by what the seasons bring.
        self._runs = len(self._years) + sum([1 for _ in setting.year.spans(0.0, horizon)])
        self._runs *= 1 if len(setting.year.seasons) == 1 else len(setting.year.seasons)
        self._even = len(setting.year.seasons) == 1

    def corners(self, rule: _Rule, lines: Mapping[int, Sequence[CostLine]], most: float) -> Corners:
        """The least that lines of one rule bill for hours of work, or for more.

        Where they bill in proportion, the ends say all. Else, between two amounts, they bill no
        less than for the first, and no more is done than the second.
        """
        priced = [
            [(line.surely or line.billed, line.unit_price * line.price_index) for line in year]
            for year in [lines.get(number, ()) for number in range(len(self._years))]
        ]

        def cents(hours: float) -> float:
            return self._cents([_price(year, self._usage(rule, hours)) for year in priced])

        # Each amount may have been rounded down by half a cent.
        rounded = 0.5 * self._runs * max([len(year) for year in priced], default=0)
        if rule.even:
            ends = (0.0, most) if most > 0 else (0.0,)
            return [(hours, cents(hours) - rounded) for hours in ends]
        billed = cents(0.0)
        points = [(0.0, billed - rounded)]
        for part in range(_PARTS if most > 0 else 0):
            billed = max(billed, cents(most * part / _PARTS))
            points.append((most * (part + 1) / _PARTS, billed - rounded))
        return lower_hull(points)

    def _usage(self, rule: _Rule, hours: float) -> Usage:
        """So many hours of work of the kinds that lines look at."""
        if rule.together:
            return Usage(planned=max(0.0, hours - rule.free))
        if not rule.kinds:
            return Usage()
        [kind] = rule.kinds
        each = self._each.get(kind)
        units = hours / each if each else None
        if kind == MESSAGES:
            return Usage(messages=hours, answered=units or 0.0, resolved=units or 0.0)
        return Usage(planned=hours, activities={kind: Part(hours, units)})

    def _cents(self, prices: Sequence[float]) -> float:
        """What prices a month, year by year, come to."""
        found = 0.0
        for price, (months, whole) in zip(prices, self._years, strict=True):
            found += 100.0 * price * (months if price > 0 else whole)
        if self._even or min(prices) < 0:
            return found
        # The same hours on average over all seasons, in the year that is cheapest.
        return min(found, 100.0 * min(prices) * self._counted)


def _price(lines: Sequence[tuple[Any, float]], usage: Usage) -> float:
    """What some lines bill a month."""
    return float(sum([billed(usage) * price for billed, price in lines]))


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
