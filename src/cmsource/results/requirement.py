"""One requirement held against one option."""

from collections.abc import Iterable
from typing import NamedTuple

from cmsource.scenario.figures import requirable


class RequirementResult(NamedTuple):
    """One requirement held against one option.

    Attributes:
        name: key under ``require``.
        limit: what is asked for, a share, months or money.
        value: what the option reaches in its worst phase; None when it cannot be measured.
        met: whether it holds; None when it cannot be judged.
        phase: the worst phase, or None for figures of the whole horizon.
        unit: ``share``, ``months``, ``month`` (money a month) or ``total`` (money).
    """

    name: str
    limit: float
    value: float | None
    met: bool | None
    phase: int | None
    unit: str = "share"

    @property
    def at_most(self) -> bool:
        """Whether the limit is an upper one."""
        return requirable()[self.name].better == "less"

    @property
    def phrase(self) -> str:
        """What is required, within a sentence."""
        return requirable()[self.name].phrase


def missed(requirements: Iterable[RequirementResult]) -> tuple[RequirementResult, ...]:
    """The requirements that do not hold."""
    return tuple([each for each in requirements if each.met is False])
