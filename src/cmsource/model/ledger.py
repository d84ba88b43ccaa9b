"""The ledger of an option: every cost as quantity × unit price, by phase and year."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.model.billing import Part, Run, in_season, runs_of
from cmsource.model.plan import Member, PlannedPhase, Stretch, stretches
from cmsource.model.resource import EVER, Commitment, CostLine, Explanation, Resource
from cmsource.model.setting import Setting
from cmsource.results.entry import CATEGORIES, Entry
from cmsource.scenario.tools import Tool
from cmsource.values.language import listed, say
from cmsource.values.money import to_cents
from cmsource.values.written import written

_MONTHS = 12.0  # a year
_TOLERANCE = 1e-9
_RANK = {category: rank for rank, category in enumerate(CATEGORIES)}


class Cost(NamedTuple):
    """One cost, of which an entry of the ledger is made when it is shown.

    Attributes:
        phase: index of the phase, from 0.
        source: name of the source, or ``tools.NAME``.
        start: where it begins on the horizon, in months.
        months: time that it covers; 0 for what is paid once.
        quantity: how many units.
        cents: the amount, rounded once, half to even.
        line: the rule.
        season: the months of the year that it is for; None where it is for all of its time.
    """

    phase: int
    source: str
    start: float
    months: float
    quantity: float
    cents: int
    line: CostLine
    season: Part | None = None


def costs(phases: Sequence[PlannedPhase], setting: Setting) -> tuple[Cost, ...]:
    """All costs of an option, phase by phase; what amounts to nothing is left out."""
    found: list[Cost] = []
    for number, phase in enumerate(phases):
        for member in phase.members:
            resource = member.resource
            found += _running(number, phase, member, setting)
            if member.is_new:
                for line in resource.costs(int(phase.start // _MONTHS)):
                    if line.once:
                        found += _once(number, resource.name, line, phase.start)
            if resource.commitment is not None:
                found += _exit(number, phases, member, setting)
        if setting.scenario.tools:
            found += _tools(number, phase, setting)
    return tuple(found)


def _running(number: int, phase: PlannedPhase, member: Member, setting: Setting) -> list[Cost]:
    """The costs of a member of a phase that are paid month by month."""
    resource, _, since, _ = member
    name = resource.name
    pieces: Sequence[Stretch] = ()
    found = []
    for year, first, last in years(phase.start, phase.end):
        for line in resource.costs(year):
            _, quantity, _, price, _, index, _, once, served, billed, attended = line
            if once or not price:
                continue
            start, end = first, last
            if served is not EVER:
                start = max(start, since + served[0])
                end = min(end, since + served[1])
            runs: list[Run] = [(start, end, quantity, None)]
            if billed is not None:
                pieces = pieces or stretches(phase, setting)
                runs = runs_of(billed, name, pieces, (start, end), setting)
            for start, end, quantity, season in runs:
                months = end - start
                if months > _TOLERANCE:
                    worked = months if season is None else months * season.part
                    if attended is not None:
                        worked = attended(end - since) - attended(start - since)
                    units = quantity * worked
                    cents = to_cents(units * price * index)
                    if cents:
                        found.append(Cost(number, name, start, months, units, cents, line, season))
    return found


def ledger(found: Iterable[Cost]) -> tuple[Entry, ...]:
    """The entries of an option, with all that is said of them, in order."""
    return tuple([_entry(cost) for cost in _in_order(found)])


def _in_order(found: Iterable[Cost]) -> list[Cost]:
    """Costs by phase, source, category and month."""
    costs_ = list(found)
    rank = {name: i for i, name in enumerate(dict.fromkeys([cost.source for cost in costs_]))}
    return sorted(
        costs_,
        key=lambda cost: (cost.phase, rank[cost.source], _RANK[cost.line.category], cost.start),
    )


def _entry(cost: Cost) -> Entry:
    line, season = cost.line, cost.season
    why, refs, details = line.explain()
    if season is not None:
        why, refs = listed([why, in_season(season, cost.months)]), (*refs, *season.refs)
    return Entry(
        cost.phase,
        cost.source,
        line.category,
        cost.start,
        cost.months,
        cost.cents,
        line.cash,
        why,
        tuple(dict.fromkeys(refs)),
        cost.quantity,
        line.unit,
        line.unit_price,
        line.price_index,
        details,
    )


def years(start: float, end: float) -> list[tuple[int, float, float]]:
    """The years of the horizon that months from `start` to `end` fall into.

    Returns:
        The year from 0, the month where the piece begins, and the month where it ends.
    """
    found = []
    while start < end - _TOLERANCE:
        year = int(start // _MONTHS)
        stop = min(end, (year + 1) * _MONTHS)
        found.append((year, start, stop))
        start = stop
    return found


def _once(phase: int, source: str, line: CostLine, start: float) -> Iterator[Cost]:
    """The cost of a line that is paid once, unless it amounts to nothing."""
    cents = to_cents(line.quantity * line.unit_price * line.price_index)
    if cents:
        yield Cost(phase, source, start, 0.0, line.quantity, cents, line)


def _exit(
    phase: int, phases: Sequence[PlannedPhase], member: Member, setting: Setting
) -> Iterator[Cost]:
    """What leaving before the end of a commitment costs: what staying until then would have."""
    resource, commitment = member.resource, member.resource.commitment
    if commitment is None or _goes_on(phase, phases, resource):
        return
    end = phases[phase].end
    committed = member.since + commitment.months
    pieces = years(end, committed)
    if not setting.scenario.prices.vendors:
        pieces = [(int(end // _MONTHS), end, committed)] if pieces else []
    for year, start, until in pieces:
        priced = year + 1 if start > end else 0
        line = CostLine(
            "exit",
            until - start,
            "month",
            commitment.monthly,
            partial(_exit_words, commitment, priced),
            setting.vendors(year),
            once=True,
        )
        yield from _once(phase, resource.name, line, end)


def _exit_words(commitment: Commitment, year: int) -> Explanation:
    """What is said of a commitment that goes on, at the prices of a year where that is told."""
    months = written(f"{commitment.months:g}")
    why = say("rest of a commitment of {count} months", count=months)
    if year:
        why = listed([why, say("at the prices of year {year}", year=year)])
    return Explanation(why, commitment.refs())


def _goes_on(phase: int, phases: Sequence[PlannedPhase], resource: Resource) -> bool:
    following = phases[phase + 1].members if phase + 1 < len(phases) else ()
    return any(member.resource.name == resource.name for member in following)


def _tools(number: int, phase: PlannedPhase, setting: Setting) -> Iterator[Cost]:
    """Tools of a phase that nobody in it includes: once, or for each seat."""
    names = {member.resource.name for member in phase.members}
    seats = max(1, sum([member.resource.seats for member in phase.members]))
    pieces = years(phase.start, phase.end)
    for name, tool in setting.scenario.tools.items():
        if not names.isdisjoint(tool.included_by):
            continue
        count = seats if tool.per == "seat" else 1
        for year, start, end in pieces:
            line = CostLine(
                "tools",
                count / tool.shared_by,
                "month",
                tool.price,
                partial(_tool_words, name, tool, count, setting, year),
                setting.vendors(year),
            )
            quantity = line.quantity * (end - start)
            cents = to_cents(quantity * line.unit_price * line.price_index)
            if cents:
                yield Cost(number, f"tools.{name}", start, end - start, quantity, cents, line)


def _tool_words(name: str, tool: Tool, count: int, setting: Setting, year: int) -> Explanation:
    why = say("{tool} for {count} seats", tool=name, count=count) if count > 1 else name
    if tool.shared_by > 1:
        why = listed([why, say("shared by {count}", count=tool.shared_by)])
    refs = tool.origins.refs("price", "shared_by") + setting.price_refs("vendors", year)
    return Explanation(why, refs)


def present_value(found: Iterable[Cost], discount: float) -> int:
    """Present value of the costs in cents, each taken in the middle of its months."""
    value = sum(
        cost.cents / (1 + discount) ** ((cost.start + cost.months / 2) / _MONTHS)
        for cost in _in_order(found)
    )
    return to_cents(value / 100)
