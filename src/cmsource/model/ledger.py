"""The ledger of an option: every cost as quantity × unit price, by phase and year."""

from collections.abc import Iterator, Sequence

from cmsource.comparison import CATEGORIES, Entry
from cmsource.model.plan import Member, PlannedPhase
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting
from cmsource.money import to_cents

_MONTHS = 12


def ledger(phases: Sequence[PlannedPhase], setting: Setting) -> tuple[Entry, ...]:
    """All entries of an option, phase by phase; what amounts to nothing is left out."""
    entries: list[Entry] = []
    for number, phase in enumerate(phases):
        for member, usage in zip(phase.members, phase.work.usage, strict=True):
            for year, start, months in years(member.since, phase.end):
                for line in member.resource.costs(usage, year):
                    if not line.once:
                        entries += _entry(number, member.resource.name, line, start, months)
            if member.is_new:
                year = int(phase.start // _MONTHS)
                for line in member.resource.costs(usage, year):
                    if line.once:
                        name = member.resource.name
                        entries += _entry(number, name, line, phase.start, 0.0)
            entries += _exit(number, phases, member)
        entries += _tools(number, phase, setting)
    names = list(dict.fromkeys(entry.source for entry in entries))
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.phase,
                names.index(entry.source),
                CATEGORIES.index(entry.category),
                entry.from_month,
            ),
        )
    )


def years(start: float, end: float) -> Iterator[tuple[int, float, float]]:
    """The years of the horizon that months from `start` to `end` fall into.

    Yields:
        The year from 0, the month where the piece begins, and its length in months.
    """
    while start < end - 1e-9:
        year = int(start // _MONTHS)
        stop = min(end, (year + 1) * _MONTHS)
        yield year, start, stop - start
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


def _exit(phase: int, phases: Sequence[PlannedPhase], member: Member) -> Iterator[Entry]:
    """What leaving before the end of a commitment costs, where a run of phases ends."""
    resource, commitment = member.resource, member.resource.commitment
    if commitment is None or _goes_on(phase, phases, resource):
        return
    first = phase
    while first > 0 and any(m.resource.name == resource.name for m in phases[first - 1].members):
        first -= 1
    since = next(m.since for m in phases[first].members if m.resource.name == resource.name)
    end = phases[phase].end
    missing = commitment.months - (end - since)
    if missing <= 1e-9:
        return
    line = CostLine(
        "exit",
        f"rest of a commitment of {commitment.months:g} months",
        missing,
        "month",
        commitment.monthly,
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
        for year, start, months in years(phase.start, phase.end):
            line = CostLine(
                "tools",
                f"{name}{plural}{shared}",
                count / tool.shared_by,
                "month",
                tool.price,
                price_index=setting.vendors(year),
                refs=tool.origins.refs("price", "shared_by"),
            )
            yield from _entry(number, f"tools.{name}", line, start, months)


def present_value(entries: Sequence[Entry], discount: float) -> int:
    """Present value of the entries in cents, each taken in the middle of its months."""
    value = sum(
        entry.cents / (1 + discount) ** ((entry.from_month + entry.months / 2) / _MONTHS)
        for entry in entries
    )
    return to_cents(value / 100)
