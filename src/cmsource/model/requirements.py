"""Requirements held against what options cost and do."""

from collections.abc import Collection, Sequence
from typing import Any

from cmsource.model.evaluation import Evaluation
from cmsource.model.plan import PlannedPhase
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.figures import Figure, requirable
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import Scenario

IN_TIME = "answered_in_time"
TOLERANCE = 1e-9


def requirements(
    require: Require, option: Evaluation, *, only: Collection[str] | None = None
) -> tuple[RequirementResult, ...]:
    """Requirements held against an option, shares against its worst phase; the law comes first.

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
            value, phase = _value(figure, limit, option)
            bound, unit = _bound(figure, limit)
            met = _met(figure, bound, value)
            origin = require.origins.get(name)
            assumed = origin is not None and not origin.is_written
            found.append(RequirementResult(name, bound, value, met, phase, unit, assumed=assumed))
    return tuple(found)


def meets(require: Require, option: Evaluation) -> bool:
    """Whether an option keeps the law, and every limit that can be judged but the share in time.

    The first that it misses decides.
    """
    if option.forbidden:
        return False
    for name, figure in requirable().items():
        limit = getattr(require, name, None) if name != IN_TIME else None
        if limit is None:
            continue
        value, _ = _value(figure, limit, option)
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
    option: Evaluation,
) -> tuple[float | None, int | None]:
    """The value of a figure that some limit is set for, and its worst phase if it has any.

    It is None where it cannot be measured.
    """
    if figure.unit == "money":
        value = figure.value(option) or 0.0
        return round(value / option.horizon, 2) if limit.per == "month" else value, None
    if figure.unit == "months":
        return option.live, None
    return _worst(figure, option.phases)


def _worst(figure: Figure, phases: Sequence[PlannedPhase]) -> tuple[float | None, int | None]:
    """A share in the phase that is furthest from what is required, and the first of equals."""
    worst: float | None = None
    place: int | None = None
    for number, phase in enumerate(phases):
        value: float | None = figure.read(phase)
        if value is None:
            if figure.requirement is not None and figure.requirement.needs_value:
                return None, number
        elif worst is None or (value > worst if figure.better == "less" else value < worst):
            worst, place = value, number
    return worst, place


def _met(figure: Figure, limit: float, value: float | None) -> bool | None:
    """Whether a requirement holds; None when the scenario has nothing to judge it by."""
    if value is None:
        return False if figure.requirement and figure.requirement.needs_value else None
    return value <= limit + TOLERANCE if figure.better == "less" else value >= limit - TOLERANCE


def is_eligible(option: Evaluation, scenario: Scenario) -> bool:
    """Whether an option keeps the law, and meets every requirement that can be judged.

    The share answered in time takes longer than everything else and is judged last.
    """
    required = scenario.require.answered_in_time
    if not meets(scenario.require, option):
        return False
    shares = [phase.team.answered_in_time for phase in option.phases] if required else []
    return all(share is None or share >= required - TOLERANCE for share in shares)
