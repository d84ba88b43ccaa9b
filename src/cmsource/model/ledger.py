"""The ledger of an option: every cost as quantity × unit price, by phase and year."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.comparison import CATEGORIES, Entry
from cmsource.model.plan import PlannedPhase
from cmsource.model.resource import EVER, Commitment, CostLine, Resource, Usage, Words
from cmsource.model.setting import Setting
from cmsource.money import to_cents
from cmsource.scenario import Tool

_MONTHS = 12
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
    """

    phase: int
    source: str
    start: float
    months: float
    quantity: float
    cents: int
    line: CostLine


def costs(phases: Sequence[PlannedPhase], setting: Setting) -> list[Cost]:
    """All costs of an option, phase by phase; what amounts to nothing is left out."""
    found: list[Cost] = []
    for number, phase in enumerate(phases):
        for place, member in enumerate(phase.members):
            resource = member.resource
            for start, end, lines in _runs(resource, place, phase):
                found += _running(number, resource.name, member.since, (start, end), lines)
            if member.is_new:
                for line in resource.costs(phase.work.usage[place], int(phase.start // _MONTHS)):
                    if line.once:
                        found += _once(number, resource.name, line, phase.start)
            if resource.commitment is not None:
                found += _exit(number, phases, resource, setting)
        if setting.scenario.tools:
            found += _tools(number, phase, setting)
    return found


def _running(
    phase: int, name: str, since: float, run: tuple[float, float], lines: Iterable[CostLine]
) -> list[Cost]:
    """The costs of lines that are paid month by month."""
    found = []
    for line in lines:
        _, quantity, _, price, _, index, _, once, served = line
        if once or not price:
            continue
        start, end = run
        if served is not EVER:
            start = max(start, since + served[0])
            end = min(end, since + served[1])
        months = end - start
        if months > _TOLERANCE:
            quantity *= months
            cents = to_cents(quantity * price * index)
            if cents:
                found.append(Cost(phase, name, start, months, quantity, cents, line))
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
    line = cost.line
    why, refs, details = line.words()
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


def _runs(
    resource: Resource, place: int, phase: PlannedPhase
) -> Iterator[tuple[float, float, Sequence[CostLine]]]:
    """The months of a phase in which a resource's lines of cost stay the same, and these lines.

    What is billed is what is done: while others are not there yet or learn the job, those who
    stand in for them work, and cost, more.
    """
    if phase.is_steady:
        usage = phase.work.usage[place]
        for year, start, end in years(phase.start, phase.end):
            yield start, end, resource.costs(usage, year)
        return
    if not resource.by_usage:
        since = max(phase.start, phase.members[place].since)
        for year, start, end in years(since, phase.end):
            yield start, end, resource.costs(Usage(), year)
        return
    name = resource.name
    there = [
        (stretch, done) for stretch in phase.stretches if (done := stretch.usage(name)) is not None
    ]
    # Each line on its own: one that does not depend on the work goes on when the work changes.
    runs: dict[tuple[int, int], list[tuple[float, float, CostLine]]] = {}
    for stretch, usage in there:
        for year, start, end in years(stretch.start, stretch.end):
            for number, line in enumerate(resource.costs(usage, year)):
                found = runs.setdefault((number, year), [])
                if found and _same(found[-1][2], line):
                    found[-1] = (found[-1][0], end, line)
                else:
                    found.append((start, end, line))
    for lines in runs.values():
        for start, end, line in lines:
            yield start, end, (line,)


def _same(one: CostLine, other: CostLine) -> bool:
    """Whether two lines of one rule and year cost the same."""
    return one.quantity == other.quantity and one.unit_price == other.unit_price


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
    phase: int, phases: Sequence[PlannedPhase], resource: Resource, setting: Setting
) -> Iterator[Cost]:
    """What leaving before the end of a commitment costs: what staying until then would have.

    The commitment begins with the phase, as the contract does, even where work starts later.
    """
    commitment = resource.commitment
    if commitment is None or _goes_on(phase, phases, resource):
        return
    end = phases[phase].end
    first = phase
    while first > 0 and any(m.resource.name == resource.name for m in phases[first - 1].members):
        first -= 1
    committed = phases[first].start + commitment.months
    pieces = years(end, committed)
    if not setting.scenario.prices.vendors:
        pieces = [(int(end // _MONTHS), end, committed)] if pieces else []
    for year, start, until in pieces:
        why = f"rest of a commitment of {commitment.months:g} months"
        why += f", at the prices of year {year + 1}" if start > end else ""
        line = CostLine(
            "exit",
            until - start,
            "month",
            commitment.monthly,
            partial(_exit_words, commitment, why),
            setting.vendors(year),
            once=True,
        )
        yield from _once(phase, resource.name, line, end)


def _exit_words(commitment: Commitment, why: str) -> Words:
    return Words(why, commitment.refs())


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


def _tool_words(name: str, tool: Tool, count: int, setting: Setting, year: int) -> Words:
    shared = f", shared by {tool.shared_by}" if tool.shared_by > 1 else ""
    plural = f" for {count} seats" if count > 1 else ""
    refs = tool.origins.refs("price", "shared_by") + setting.price_refs("vendors", year)
    return Words(f"{name}{plural}{shared}", refs)


def present_value(found: Iterable[Cost], discount: float) -> int:
    """Present value of the costs in cents, each taken in the middle of its months."""
    value = sum(
        cost.cents / (1 + discount) ** ((cost.start + cost.months / 2) / _MONTHS)
        for cost in _in_order(found)
    )
    return to_cents(value / 100)
