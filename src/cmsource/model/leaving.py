"""What leaving a provider costs: months that are paid for without its being there."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil

from cmsource.model.plan import Member, PlannedPhase, usage_in
from cmsource.model.resource import CostLine, Explanation
from cmsource.model.setting import Setting
from cmsource.model.years import MONTHS, TOLERANCE, years
from cmsource.values.language import counted, listed, say
from cmsource.values.written import written

_Why = Callable[[], str]


def owed(
    number: int, phases: Sequence[PlannedPhase], member: Member, setting: Setting
) -> Iterator[CostLine]:
    """What is to be paid where a member is left at the end of a phase, each line once.

    That is the rest of the shortest commitment or, where it is left for another phase and that
    ends later, its notice; then the rest of the year of days or hours that were bought by the year.
    The end of the horizon is no departure: nothing but a commitment reaches beyond it.

    Args:
        number: of the phase, from 0.
        phases: of the option.
        member: somebody who is there in it.
        setting: where.
    """
    resource, commitment = member.resource, member.resource.commitment
    phase = phases[number]
    if commitment is None or _goes_on(number, phases, resource.name):
        return
    end, since = phase.end, member.since
    is_left = number + 1 < len(phases)
    until = since + commitment.months
    on_notice = is_left and end + commitment.notice > until + TOLERANCE
    if on_notice:
        until = end + commitment.notice
    usage = usage_in(phase.team, resource.name) if until > end else None
    if usage is not None:
        why = (
            partial(_notice, commitment.notice) if on_notice else partial(_rest, commitment.months)
        )
        refs = partial(commitment.refs, on_notice)
        yield from _months((end, until), commitment.monthly(usage), setting, why, refs)
    if is_left and commitment.pack:
        renewed = since + MONTHS * ceil((end - since) / MONTHS - TOLERANCE)
        months = max(end, until), renewed
        yield from _months(months, commitment.pack, setting, _rest_of_a_pack, commitment.pack_refs)


def _goes_on(number: int, phases: Sequence[PlannedPhase], name: str) -> bool:
    following = phases[number + 1].members if number + 1 < len(phases) else ()
    return any(member.resource.name == name for member in following)


def _months(
    between: tuple[float, float],
    monthly: float,
    setting: Setting,
    why: _Why,
    refs: Callable[[], tuple[str, ...]],
) -> Iterator[CostLine]:
    """Months from one to another, at the prices of the years they fall into."""
    if monthly <= 0:
        return
    first, last = between
    pieces = years(first, last)
    if not setting.scenario.prices.vendors:
        pieces = [(int(first // MONTHS), first, last)] if pieces else []
    for year, start, until in pieces:
        priced = year + 1 if start > first else 0
        yield CostLine(
            "exit",
            until - start,
            "month",
            monthly,
            partial(_words, why, priced, refs),
            setting.vendors(year),
            once=True,
        )


def _words(why: _Why, year: int, refs: Callable[[], tuple[str, ...]]) -> Explanation:
    """What is said of months that are owed, at the prices of a year where that is told."""
    said = why()
    if year:
        said = listed([said, say("at the prices of year {year}", year=year)])
    return Explanation(said, refs())


def _rest(months: float) -> str:
    return counted(
        months,
        "rest of a commitment of {count} month",
        "rest of a commitment of {count} months",
        count=written(f"{months:g}"),
    )


def _notice(months: float) -> str:
    return counted(
        months,
        "notice of {count} month",
        "notice of {count} months",
        count=written(f"{months:g}"),
    )


def _rest_of_a_pack() -> str:
    return say("rest of the year of what was agreed on")
