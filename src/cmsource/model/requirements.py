"""Requirements held against what options cost and do."""

from collections.abc import Collection, Sequence
from typing import Any

from cmsource.model.average import share_of
from cmsource.model.evaluation import Evaluation
from cmsource.model.plan import PlannedPhase
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.figures import Figure, requirable
from cmsource.scenario.require import AVERAGE, Require
from cmsource.scenario.scenario import Scenario

IN_TIME = "answered_in_time"
TOLERANCE = 1e-9

_OF_WORK = frozenset(
    {"answered", "work_done", "in_house", "idle"}
    | {"in_house_material", "regularity", "approval_days"}
)
"""Figures that rest on who does which work."""


def requirements(
    require: Require, option: Evaluation, *, only: Collection[str] | None = None
) -> tuple[RequirementResult, ...]:
    """Requirements held against an option; the law comes first.

    Shares are held against its worst phase, and that against its worst season unless it says so.

    Args:
        require: what it must reach.
        option: what it reaches.
        only: the keys of those to hold against it; all of them when None.
    """
    found = []
    if option.forbidden and only is None:
        found.append(RequirementResult.forbidden(option.forbidden))
    for name, figure in requirable().items():
        limit = getattr(require, name, None) if only is None or name in only else None
        if limit is not None:
            value, phase, season = _value(figure, limit, require, option)
            bound, unit = _bound(figure, limit)
            met = _met(figure, bound, value)
            origin = require.origins.get(name)
            assumed = origin is not None and not origin.is_written
            found.append(
                RequirementResult(
                    name,
                    bound,
                    value,
                    met,
                    phase,
                    unit,
                    "",
                    assumed,
                    season,
                    _months(option, phase),
                )
            )
    return tuple(found)


def _months(option: Evaluation, phase: int | None) -> tuple[float, float] | None:
    """From which month to which one of several phases lasts."""
    if phase is None or len(option.phases) == 1:
        return None
    return option.phases[phase].start, option.phases[phase].end


def meets(require: Require, option: Evaluation) -> bool:
    """Whether an option keeps the law, and every limit that can be judged but the share in time.

    The first that it misses decides. Those that rest on who does which work, which takes longer,
    come last.
    """
    if option.forbidden:
        return False
    for name, figure in sorted(requirable().items(), key=lambda pair: pair[1].name in _OF_WORK):
        limit = getattr(require, name, None) if name != IN_TIME else None
        if limit is None:
            continue
        value, _, _ = _value(figure, limit, require, option)
        if _met(figure, _bound(figure, limit)[0], value) is False:
            return False
    return True


def _bound(figure: Figure, limit: Any) -> tuple[float, str]:  # noqa: ANN401 - as `Require` has it
    """The limit of a requirement as a number, and its unit."""
    if figure.unit == "money":
        return limit.amount, limit.per
    return limit, figure.unit


def _value(
    figure: Figure,
    limit: Any,  # noqa: ANN401 - as `Require` has it
    require: Require,
    option: Evaluation,
) -> tuple[float | None, int | None, str]:
    """The value of a figure that some limit is set for, its worst phase, and its worst season.

    It is None where it cannot be measured; the phase is None and the season "" where it has none.
    """
    if figure.unit == "money":
        value = figure.value(option) or 0.0
        return round(value / option.horizon, 2) if limit.per == "month" else value, None, ""
    if figure.unit == "months":
        return option.live, None, ""
    return _worst(figure, option.phases, on_average(require))


def on_average(require: Require) -> bool:
    """Whether seasons count on average rather than each by itself."""
    return bool(require.season == AVERAGE)


def _worst(
    figure: Figure, phases: Sequence[PlannedPhase], average: bool
) -> tuple[float | None, int | None, str]:
    """A share in the phase, and the season, furthest from what is required; the first of equals."""
    worst: float | None = None
    where: tuple[int | None, str] = None, ""
    needs_value = figure.requirement is not None and figure.requirement.needs_value
    for number, phase in enumerate(phases):
        for value, season in _shares(figure, phase, average):
            if value is None:
                if needs_value:
                    return None, number, season
            elif worst is None or (value > worst if figure.better == "less" else value < worst):
                worst, where = value, (number, season)
    return worst, *where


def _shares(
    figure: Figure, phase: PlannedPhase, average: bool
) -> Sequence[tuple[float | None, str]]:
    """A share in each season of a phase, or on average.

    Months without any work are left out where it is a share of the work that nobody does in them.
    """
    if average:
        return [(share_of(figure, phase), "")]
    found = [(each, figure.read(each)) for each in phase.seasons]
    busy = any(each.season.work > 0 for each in phase.seasons)
    return [
        (value, each.name)
        for each, value in found
        if value is not None or each.season.work > 0 or not busy
    ]


def _met(figure: Figure, limit: float, value: float | None) -> bool | None:
    """Whether a requirement holds; None when the scenario has nothing to judge it by."""
    if value is None:
        return False if figure.requirement and figure.requirement.needs_value else None
    return value <= limit + TOLERANCE if figure.better == "less" else value >= limit - TOLERANCE


def is_eligible(option: Evaluation, scenario: Scenario) -> bool:
    """Whether an option keeps the law, and meets every requirement that can be judged.

    The share answered in time takes longer than everything else and is judged last.
    """
    require = scenario.require
    if not meets(require, option):
        return False
    required = require.answered_in_time
    if not required:
        return True
    figure = requirable()[IN_TIME]
    shares = [
        share for phase in option.phases for share, _ in _shares(figure, phase, on_average(require))
    ]
    return all(share is None or share >= required - TOLERANCE for share in shares)
