"""Figures of coverage over seasons and phases: the average, and the worst month.

What is a share of something is averaged by how much there is of it: messages answered by the
messages that come, work done by the hours needed, in-house work by the hours done. The rest is
averaged by months.
"""

from collections.abc import Iterable, Sequence

from cmsource.model.coverage import coverage_of
from cmsource.model.plan import InSeason, PlannedPhase
from cmsource.results.coverage import Coverage
from cmsource.scenario.figures import Figure, of_group

_OF_MESSAGES = frozenset({"answered", "answered_in_time"})
_OF_PUBLISHED = frozenset({"in_house_material", "approval_days"})


def phase_coverage(phase: PlannedPhase, live: float) -> Coverage:
    """Every figure of coverage of a phase, on average over its seasons.

    Args:
        phase: the phase.
        live: months until everybody of the option's first phase is at work.
    """
    found = [coverage_of(each.team, live) for each in phase.seasons]
    if len(found) == 1:
        return found[0]
    return Coverage(
        *[
            _mean(
                [
                    (each.months * _weight(name, each), values[place])
                    for each, values in zip(phase.seasons, found, strict=True)
                ]
            )
            for place, name in enumerate(Coverage._fields)
        ]
    )


def option_coverage(phases: Sequence[PlannedPhase], covered: Sequence[Coverage]) -> Coverage:
    """The average of the phases of an option; a figure that is None counts nowhere.

    Args:
        phases: the phases.
        covered: what each of them covers.
    """
    if len(covered) == 1:
        return covered[0]
    values = [
        _mean(
            [
                (phase.months * _phase_weight(name, phase), each[place])
                for phase, each in zip(phases, covered, strict=True)
            ]
        )
        for place, name in enumerate(Coverage._fields)
    ]
    return Coverage(*values)._replace(live_after_months=covered[0].live_after_months)


def share_of(figure: Figure, phase: PlannedPhase) -> float | None:
    """One share of a phase on average over its seasons, without working out the others."""
    if len(phase.seasons) == 1:
        found: float | None = figure.read(phase.seasons[0])
        return found
    return _mean(
        [(each.months * _weight(figure.name, each), figure.read(each)) for each in phase.seasons]
    )


def share_of_all(figure: Figure, phases: Sequence[PlannedPhase]) -> float | None:
    """One share of an option, on average over its phases."""
    shares = [share_of(figure, phase) for phase in phases]
    if len(shares) == 1:
        return shares[0]
    return _mean(
        [
            (phase.months * _phase_weight(figure.name, phase), share)
            for phase, share in zip(phases, shares, strict=True)
        ]
    )


def worst_month(phases: Iterable[PlannedPhase], live: float) -> Coverage | None:
    """The worst value of each figure over all seasons; None where every month is the same."""
    seasons = [season for phase in phases for season in phase.seasons]
    if not any(season.name for season in seasons):
        return None
    found = [coverage_of(each.team, live) for each in seasons]
    better = {figure.column: figure.better for figure in of_group("coverage")}
    values = []
    for place, name in enumerate(Coverage._fields):
        known = [value for each in found if (value := each[place]) is not None]
        worst = max if better[name] == "less" else min
        values.append(worst(known) if known else None)
    return Coverage(*values)


def _weight(name: str, season: InSeason) -> float:
    """How much a month of a season counts for a figure."""
    if name in _OF_MESSAGES:
        return season.messages
    if name == "work_done":
        return season.team.work.needed
    if name in _OF_PUBLISHED:
        return season.team.published.all
    return season.team.work.done if name == "in_house" else 1.0


def _phase_weight(name: str, phase: PlannedPhase) -> float:
    """How much a month of a phase counts for a figure: more, where more comes in it."""
    if name in _OF_MESSAGES:
        parts = [each.months * each.messages for each in phase.seasons]
    elif name == "work_done":
        parts = [each.months * each.season.work for each in phase.seasons]
    else:
        return 1.0
    return sum(parts) / phase.months


def _mean(weighted: Sequence[tuple[float, float | None]]) -> float | None:
    known = [(weight, value) for weight, value in weighted if value is not None]
    weights = sum([weight for weight, _ in known])
    return sum([weight * value for weight, value in known]) / weights if weights else None
