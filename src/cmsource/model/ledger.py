"""The ledger of an option: every cost as quantity × unit price, by phase and year."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.model.billing import Part, Run, in_season, runs_of
from cmsource.model.leaving import owed
from cmsource.model.packs import beyond_a_pack, on_the_contract
from cmsource.model.plan import Member, PlannedPhase
from cmsource.model.resource import EVER, CostLine, Explanation
from cmsource.model.setting import Setting
from cmsource.model.years import MONTHS, TOLERANCE, years
from cmsource.results.entry import CATEGORIES, Entry
from cmsource.scenario.tools import Tool
from cmsource.values.language import listed, say
from cmsource.values.money import to_cents

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
            found += _running(number, phases, member, setting)
            if member.is_new:
                for line in setting.lines(resource, int(phase.start // MONTHS)):
                    if line.once:
                        found += _once(number, resource.name, line, phase.start)
            if resource.commitment is not None:
                for line in owed(number, phases, member, setting):
                    found += _once(number, resource.name, line, phase.end)
        if setting.scenario.tools:
            found += _tools(number, phase, setting)
    return tuple(found)


def _running(
    number: int, phases: Sequence[PlannedPhase], member: Member, setting: Setting
) -> list[Cost]:
    """The costs of a member of a phase that are paid month by month."""
    phase = phases[number]
    resource, _, since, _ = member
    name = resource.name
    found = []
    for year, first, last in years(phase.start, phase.end):
        for line in setting.lines(resource, year):
            _, quantity, _, price, _, index, _, once, served, billed, attended, yearly, *_ = line
            if once or not price:
                continue
            start, end = first, last
            if served is not EVER:
                start = max(start, since + served[0])
                end = min(end, since + served[1])
            runs: list[Run] = [(start, end, quantity, None)]
            if billed is not None:
                runs = (
                    _beyond_a_pack(line, phases[: number + 1], member, (start, end))
                    if yearly
                    else runs_of(billed, name, phase.stretches, (start, end), setting)
                )
            for start, end, quantity, season in runs:
                months = end - start
                if months > TOLERANCE:
                    worked = months if season is None else months * season.part
                    if attended is not None:
                        worked = attended(end - since) - attended(start - since)
                    units = quantity * worked
                    cents = to_cents(units * price * index)
                    if cents:
                        found.append(Cost(number, name, start, months, units, cents, line, season))
    return found


def _beyond_a_pack(
    line: CostLine,
    phases: Sequence[PlannedPhase],
    member: Member,
    year: tuple[float, float],
) -> list[Run]:
    """The months in which units are billed beyond those of a year's pack."""
    worked = on_the_contract(phases, member)
    dry = beyond_a_pack(line, worked, member.since, year)
    return [(start, end, units, None) for start, end, units in dry]


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


def _once(phase: int, source: str, line: CostLine, start: float) -> Iterator[Cost]:
    """The cost of a line that is paid once, unless it amounts to nothing."""
    cents = to_cents(line.quantity * line.unit_price * line.price_index)
    if cents:
        yield Cost(phase, source, start, 0.0, line.quantity, cents, line)


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
        cost.cents / (1 + discount) ** ((cost.start + cost.months / 2) / MONTHS)
        for cost in _in_order(found)
    )
    return to_cents(value / 100)
