"""The ledger of an option: every cost as quantity × unit price, by phase and year."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.comparison import CATEGORIES, Entry
from cmsource.model.plan import Member, PlannedPhase
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting
from cmsource.money import to_cents

_MONTHS = 12
_TOLERANCE = 1e-9


class _Run(NamedTuple):
    """Months of one year in which a line of cost stays the same."""

    year: int
    start: float
    end: float
    line: CostLine


def ledger(phases: Sequence[PlannedPhase], setting: Setting) -> tuple[Entry, ...]:
    """All entries of an option, phase by phase; what amounts to nothing is left out."""
    entries: list[Entry] = []
    for number, phase in enumerate(phases):
        for member, usage in zip(phase.members, phase.work.usage, strict=True):
            name = member.resource.name
            for run in _runs(member.resource, phase):
                first = max(run.start, member.since + run.line.served[0])
                last = min(run.end, member.since + run.line.served[1])
                if last - first > _TOLERANCE:
                    entries += _entry(number, name, run.line, first, last - first)
            if member.is_new:
                for line in member.resource.costs(usage, int(phase.start // _MONTHS)):
                    if line.once:
                        entries += _entry(number, name, line, phase.start, 0.0)
            entries += _exit(number, phases, member, setting)
        entries += _tools(number, phase, setting)
    rank = {name: i for i, name in enumerate(dict.fromkeys(entry.source for entry in entries))}
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.phase,
                rank[entry.source],
                CATEGORIES.index(entry.category),
                entry.from_month,
            ),
        )
    )


def _runs(resource: Resource, phase: PlannedPhase) -> list[_Run]:
    """The lines of a resource that is paid month by month, each as long as it stays the same.

    What is billed is what is done: while others are not there yet or learn the job, those who
    stand in for them work, and cost, more.
    """
    runs: dict[tuple[int, int], list[_Run]] = {}
    for stretch in phase.stretches:
        usage = stretch.usage.get(resource.name)
        if usage is None:
            continue
        for year, start, end in years(stretch.start, stretch.end):
            for place, line in enumerate(resource.costs(usage, year)):
                found = runs.setdefault((place, year), [])
                if line.once:
                    continue
                if found and found[-1].line == line:
                    found[-1] = found[-1]._replace(end=end)
                else:
                    found.append(_Run(year, start, end, line))
    return [run for found in runs.values() for run in found]


def years(start: float, end: float) -> Iterator[tuple[int, float, float]]:
    """The years of the horizon that months from `start` to `end` fall into.

    Yields:
        The year from 0, the month where the piece begins, and the month where it ends.
    """
    while start < end - 1e-9:
        year = int(start // _MONTHS)
        stop = min(end, (year + 1) * _MONTHS)
        yield year, start, stop
        start = stop


def _entry(phase: int, source: str, line: CostLine, start: float, months: float) -> Iterator[Entry]:
    """The entry of one line, unless it amounts to nothing."""
    quantity = line.quantity * (1.0 if line.once else months)
    cents = to_cents(quantity * line.unit_price * line.price_index)
    if cents:
        yield Entry(
            phase,
            source,
            line.category,
            start,
            months,
            cents,
            line.cash,
            line.why,
            tuple(dict.fromkeys(line.refs)),
            quantity,
            line.unit,
            line.unit_price,
            line.price_index,
            line.details,
        )


def _exit(
    phase: int, phases: Sequence[PlannedPhase], member: Member, setting: Setting
) -> Iterator[Entry]:
    """What leaving before the end of a commitment costs: what staying until then would have.

    The commitment begins with the phase, as the contract does, even where work starts later.
    """
    resource, commitment = member.resource, member.resource.commitment
    if commitment is None or _goes_on(phase, phases, resource):
        return
    end = phases[phase].end
    first = phase
    while first > 0 and any(m.resource.name == resource.name for m in phases[first - 1].members):
        first -= 1
    committed = phases[first].start + commitment.months
    pieces = list(years(end, committed))
    if not setting.scenario.prices.vendors:
        pieces = [(int(end // _MONTHS), end, committed)] if pieces else []
    for year, start, until in pieces:
        line = CostLine(
            "exit",
            f"rest of a commitment of {commitment.months:g} months"
            + (f", at the prices of year {year + 1}" if start > end else ""),
            until - start,
            "month",
            commitment.monthly,
            price_index=setting.vendors(year),
            once=True,
            refs=commitment.refs,
        )
        yield from _entry(phase, resource.name, line, end, 0.0)


def _goes_on(phase: int, phases: Sequence[PlannedPhase], resource: Resource) -> bool:
    following = phases[phase + 1].members if phase + 1 < len(phases) else ()
    return any(member.resource.name == resource.name for member in following)


def _tools(number: int, phase: PlannedPhase, setting: Setting) -> Iterator[Entry]:
    """Tools of a phase that nobody in it includes: once, or for each seat."""
    names = {resource.name for resource in phase.resources}
    seats = max(1, sum(resource.seats for resource in phase.resources))
    for name, tool in setting.scenario.tools.items():
        if names & set(tool.included_by):
            continue
        count = seats if tool.per == "seat" else 1
        shared = f", shared by {tool.shared_by}" if tool.shared_by > 1 else ""
        plural = f" for {count} seats" if count > 1 else ""
        for year, start, end in years(phase.start, phase.end):
            line = CostLine(
                "tools",
                f"{name}{plural}{shared}",
                count / tool.shared_by,
                "month",
                tool.price,
                price_index=setting.vendors(year),
                refs=(
                    *tool.origins.refs("price", "shared_by"),
                    *setting.price_refs("vendors", year),
                ),
            )
            yield from _entry(number, f"tools.{name}", line, start, end - start)


def present_value(entries: Sequence[Entry], discount: float) -> int:
    """Present value of the entries in cents, each taken in the middle of its months."""
    value = sum(
        entry.cents / (1 + discount) ** ((entry.from_month + entry.months / 2) / _MONTHS)
        for entry in entries
    )
    return to_cents(value / 100)
