"""Which options of a scenario are eligible, which is recommended, and which lead."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from cmsource.model.evaluation import Evaluation, coverage, evaluated
from cmsource.model.requirements import is_eligible
from cmsource.results.coverage import Coverage
from cmsource.scenario.scenario import Scenario

_DIGITS = 9


class Verdict(NamedTuple):
    """Which options of a scenario are eligible, and which one is recommended.

    Attributes:
        evaluations: of the options by name, in the order of the scenario.
        eligible: names of those that meet every requirement that can be judged.
        recommended: the eligible option of least total; None when none is eligible.
    """

    evaluations: Mapping[str, Evaluation]
    eligible: tuple[str, ...]
    recommended: str | None


def judged(scenario: Scenario, only: Collection[str] = ()) -> Verdict:
    """Which options of a scenario are eligible, and which one is recommended.

    Agrees with `cmsource.compare` to the cent.

    Args:
        scenario: as read.
        only: names of the options that are wanted; all of them when empty.
    """
    found = evaluated(scenario, only)
    eligible = tuple([name for name, each in found.items() if is_eligible(each, scenario)])
    return Verdict(found, eligible, recommended(found[name] for name in eligible))


def recommended(eligible: Iterable[Evaluation]) -> str | None:
    """The one of some options to take; None without any."""
    able = {option.name: option for option in eligible}
    totals = {name: option.total_cents for name, option in able.items()}
    return cheapest(totals, lambda name: coverage(able[name]))


def cheapest(totals: Mapping[str, int], covers: Callable[[str], Coverage]) -> str | None:
    """The option of least total; on a tie the one that answers and watches more, then by name.

    Args:
        totals: of the options that can be taken, in cents.
        covers: what one of them covers; asked for on a tie alone.
    """
    least = min(totals.values(), default=0)
    equals = [name for name, cents in totals.items() if cents == least]
    if len(equals) <= 1:
        return equals[0] if equals else None
    return min(equals, key=lambda name: (_by_cover(covers(name)), name))


def _by_cover(found: Coverage) -> tuple[float, float]:
    """What answers most first, then what watches most."""
    return -ranked(found.answered_in_time), -ranked(found.watched)


def ranked(share: float | None) -> float:
    """A share to rank options by, without the noise of how it was added up; 0 for none."""
    return round(share or 0.0, _DIGITS)


def leads(total_cents: int, covers: Coverage, others: Iterable[tuple[int, Coverage]]) -> bool:
    """Whether no other option costs less and covers as much or more.

    Args:
        total_cents: of the option.
        covers: what it covers.
        others: totals and coverage of the others.
    """
    return not any(
        cents < total_cents
        and ranked(other.watched) >= ranked(covers.watched)
        and ranked(other.answered_in_time) >= ranked(covers.answered_in_time)
        for cents, other in others
    )
