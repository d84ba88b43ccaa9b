"""One requirement held against one option."""

from collections.abc import Iterable
from typing import NamedTuple

from cmsource.scenario.figures import requirable
from cmsource.values.language import say

LAWFUL = "lawful"
"""The name of what the law asks for, which no scenario has to require."""


class RequirementResult(NamedTuple):
    """One requirement held against one option.

    Attributes:
        name: key under ``require``; `LAWFUL` for what the law asks for.
        limit: what is asked for, a share, months or money.
        value: what the option reaches in its worst phase; None when it cannot be measured.
        met: whether it holds; None when it cannot be judged.
        phase: the worst phase, or None for figures of the whole horizon.
        unit: ``share``, ``months``, ``month`` (money a month), ``total`` (money) or ``law``.
        law: what the law has against the option, with the article; "" where it is no matter of law.
        assumed: whether the scenario does not say so itself.
        season: the months of the year in which it is worst; "" where every month counts the same.
        months: from which month of the horizon to which the worst phase lasts; None where there is
            one phase, and for figures of the whole horizon.
    """

    name: str
    limit: float
    value: float | None
    met: bool | None
    phase: int | None
    unit: str = "share"
    law: str = ""
    assumed: bool = False
    season: str = ""
    months: tuple[float, float] | None = None

    @classmethod
    def forbidden(cls, law: str) -> "RequirementResult":
        """What the law asks for, and an option does not keep."""
        return cls(LAWFUL, 1.0, 0.0, False, None, "law", law)

    @property
    def at_most(self) -> bool:
        """Whether the limit is an upper one."""
        return self.name != LAWFUL and requirable()[self.name].better == "less"

    @property
    def phrase(self) -> str:
        """What is required, within a sentence."""
        return say("the law") if self.name == LAWFUL else requirable()[self.name].phrase


def missed(requirements: Iterable[RequirementResult]) -> tuple[RequirementResult, ...]:
    """The requirements that do not hold."""
    return tuple([each for each in requirements if each.met is False])
