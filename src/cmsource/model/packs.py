"""Packs of a year: work that is paid in equal months and used in any of them."""

from collections.abc import Callable, Iterable, Sequence

from cmsource.model.plan import Member, PlannedPhase
from cmsource.model.resource import CostLine, Usage
from cmsource.model.years import MONTHS, TOLERANCE

Worked = tuple[float, float, Callable[[Callable[[Usage], float]], float]]
"""Months, from and to, and what gives a number a month from how it follows a week's work."""


def on_the_contract(phases: Sequence[PlannedPhase], member: Member) -> list[Worked]:
    """What a member has done since it came.

    Where it is not known when the months of a season come, they count by their mean.
    """
    name = member.resource.name
    found: dict[tuple[float, float], list[tuple[float, Usage]]] = {}
    for phase in phases:
        if phase.start < member.since - TOLERANCE:
            continue
        for stretch in phase.stretches:
            usage = stretch.usage(name)
            if usage is not None:
                months = stretch.span.start, stretch.span.end
                found.setdefault(months, []).append((stretch.span.part, usage))
    return [(*months, _mean_of(parts)) for months, parts in found.items()]


def _mean_of(
    parts: Sequence[tuple[float, Usage]],
) -> Callable[[Callable[[Usage], float]], float]:
    return lambda billed: sum([part * billed(usage) for part, usage in parts])


def beyond_a_pack(
    line: CostLine, worked: Iterable[Worked], since: float, year: tuple[float, float]
) -> list[tuple[float, float, float]]:
    """The months in which units are billed because those of the year's pack are used up.

    Args:
        line: the rule, with the units of a year's pack.
        worked: what has been done on the contract.
        since: the month in which it began.
        year: first month that is asked for, and the month after the last.

    Returns:
        First month, month after the last, and units a month.
    """
    assert line.billed is not None
    first, last = year
    left, renewed = line.yearly, since + MONTHS
    runs: list[tuple[float, float, float]] = []
    for start, end, mean in worked:
        units = mean(line.billed)
        at = start
        while at < end - TOLERANCE:
            stop = min(end, renewed)
            dry = min(stop, at + left / units) if units > 0 else stop
            left -= units * (dry - at)
            begins, ends = max(dry, first), min(stop, last)
            if begins < ends - TOLERANCE:
                runs.append((begins, ends, units))
            at = stop
            if at >= renewed - TOLERANCE:
                left, renewed = line.yearly, renewed + MONTHS
    return runs
