"""What is billed by the work done: how many units, month by month of a phase and of the year."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from cmsource.model.plan import Stretch
from cmsource.model.resource import Usage
from cmsource.model.setting import Setting
from cmsource.values.language import counted, say
from cmsource.values.months import months_in_words
from cmsource.values.written import written

_TOLERANCE = 1e-9


class Part(NamedTuple):
    """Months of the year in which something is billed.

    Attributes:
        calendar: which, from 0 for January.
        part: how much of the time that a cost covers they are, where it is not known when; else 1.
        refs: where it came from that they differ from others.
    """

    calendar: frozenset[int]
    part: float
    refs: tuple[str, ...]


Run: TypeAlias = tuple[float, float, float, Part | None]
"""Months in which as many units are billed: the first month, the month after the last, how many
units a month, and which months of the year those are, None for all of them.
"""


def runs_of(
    billed: Callable[[Usage], float],
    name: str,
    pieces: Sequence[Stretch],
    year: tuple[float, float],
    setting: Setting,
) -> list[Run]:
    """The months of a year in a phase in which as many units are billed, and how many they are.

    What is billed is what is done: while others learn the job, those who stand in for them work,
    and cost, more; and so do all in the months of a season, each month by its own work.

    Args:
        billed: units a month for what is done in a week.
        name: the resource.
        pieces: the time of the phase.
        year: first month, and the month after the last.
        setting: where.
    """
    first, last = year
    even = len(setting.year.seasons) == 1
    refs = () if even else setting.scenario.needs.origins.refs("seasons")
    runs: list[Run] = []
    for stretch in pieces:
        span = stretch.span
        start, end = max(span.start, first), min(span.end, last)
        usage = stretch.usage(name) if start < end - _TOLERANCE else None
        if usage is None:
            continue
        units = billed(usage)
        if even:
            _extend((start, end, units, None), runs)
        else:
            level = span.season.level
            season = Part(frozenset(level.months), span.part, () if level.is_written else refs)
            _add((start, end, units, season), runs)
    if even:
        return runs
    joined: list[Run] = []
    for run in runs:
        _extend(run, joined)
    everything = frozenset().union(*[each.span.season.level.months for each in pieces])
    return [_without_name(run, everything) for run in joined]


def _add(run: Run, runs: list[Run]) -> None:
    """Add months to those of the same time in which as many units are billed."""
    for place, other in enumerate(runs):
        if other[:3] == run[:3]:
            runs[place] = (*run[:3], _both(other[3], run[3], 1.0))
            return
    runs.append(run)


def _extend(run: Run, runs: list[Run]) -> None:
    """Add months that come next, to the last ones where as many units are billed in them."""
    if runs:
        start, end, units, season = runs[-1]
        if end == run[0] and units == run[2] and _alike(season, run[3]):
            runs[-1] = (start, run[1], units, _both(season, run[3], 0.0))
            return
    runs.append(run)


def _both(one: Part | None, other: Part | None, added: float) -> Part | None:
    """Months together, whose parts are added where they share their time."""
    if one is None or other is None:
        return None
    return Part(
        one.calendar | other.calendar,
        one.part + added * other.part,
        tuple(dict.fromkeys(one.refs + other.refs)),
    )


def _alike(one: Part | None, other: Part | None) -> bool:
    """Whether months are the same part of their time, or all of it."""
    if one is None or other is None:
        return one is other
    return one.part == other.part and (one.part == 1 or one.calendar == other.calendar)


def _without_name(run: Run, everything: frozenset[int]) -> Run:
    """A run that need not be told by its months where it has all that there are."""
    season = run[3]
    return (*run[:3], None) if season is not None and season.calendar >= everything else run


def in_season(season: Part, months: float) -> str:
    """The months of the year that a cost is for."""
    name = months_in_words(season.calendar)
    if season.part == 1:
        return say("in {season}", season=name)
    return counted(
        months,
        "in {season}, {part} of this {count} month",
        "in {season}, {part} of these {count} months",
        season=name,
        part=written(f"{season.part * months:.4g}"),
        count=written(f"{months:.4g}"),
    )
