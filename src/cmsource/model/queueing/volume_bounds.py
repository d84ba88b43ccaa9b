"""What is known of the share answered in time from other volumes of the same messages.

More messages, or longer ones, are never answered sooner by the same people. Whether enough of them
are in time is therefore plain for every volume above one at which too few were, and for every one
below a volume at which enough were: an analysis that asks for thousands of volumes works out those
near the limit and few others.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cmsource.model.queueing.answerer import Answerer, answerers
from cmsource.model.resource import Resource
from cmsource.scenario.needs import Needs

MARGIN = 0.02
"""The model is as exact as its grid: shares so close to the limit say nothing of other volumes."""


class _Volume(NamedTuple):
    """Messages a week, and the mean minutes of one."""

    weekly: float
    each: float

    def holds(self, other: "_Volume") -> bool:
        """Whether another volume is not above this one in anything."""
        return other.weekly <= self.weekly and other.each <= self.each


class _Verdicts:
    """Volumes at which enough messages were answered in time, and at which too few were.

    Of those that follow from each other only the strongest are kept.
    """

    def __init__(self) -> None:
        self._enough: list[_Volume] = []
        self._too_few: list[_Volume] = []

    def of(self, volume: _Volume) -> bool | None:
        """Whether it is plain that enough messages of a volume are in time; None if it is not."""
        if any(known.holds(volume) for known in self._enough):
            return True
        if any(volume.holds(known) for known in self._too_few):
            return False
        return None

    def learn(self, volume: _Volume, *, enough: bool) -> None:
        """Remember what was worked out for a volume."""
        if enough:
            kept = [known for known in self._enough if not volume.holds(known)]
            self._enough = [*kept, volume]
        else:
            kept = [known for known in self._too_few if not known.holds(volume)]
            self._too_few = [*kept, volume]


@lru_cache(maxsize=128)
def _verdicts(
    takers: tuple[Answerer, ...],
    profile: str | tuple[float, ...],
    within: float,
    required: float,
) -> _Verdicts:
    return _Verdicts()


def is_enough(
    resources: Sequence[Resource],
    needs: Needs,
    required: float,
    work_out: Callable[[], float | None],
) -> bool:
    """Whether a required share of the messages is answered in time; so it is where none come.

    Args:
        resources: who is at work.
        needs: what comes.
        required: the share.
        work_out: gives the share that is, if nothing is known of it.
    """
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return True
    verdicts = _verdicts(answerers(resources), messages.profile, needs.answer_within, required)
    volume = _Volume(messages.weekly, messages.minutes_each)
    found = verdicts.of(volume)
    if found is not None:
        return found
    share = work_out() or 0.0
    enough = share >= required
    if abs(share - required) >= MARGIN:
        verdicts.learn(volume, enough=enough)
    return enough
