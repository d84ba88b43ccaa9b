"""Where a source stands: what the signals ask about it, whatever its kind."""

from typing import NamedTuple

from cmsource.scenario.source import Source


class Standing(NamedTuple):
    """A source as the signals see it.

    Attributes:
        name: the source's name.
        in_house: whether it belongs to the company.
        teaches: whether it brings method to others, and carries none of the job itself.
        replaced: whether its provider replaces people who are gone.
        steered: whether in-house time to steer it is counted.
        skills: what it can do.
    """

    name: str
    in_house: bool
    teaches: bool
    replaced: bool
    steered: bool
    skills: tuple[str, ...]

    @property
    def outside(self) -> bool:
        """Whether it carries the job from outside."""
        return not self.in_house and not self.teaches


def standing(source: Source) -> Standing:
    """Where a source stands."""
    return Standing(
        name=source.name,
        in_house=source.in_house,
        teaches=source.teaches,
        replaced=source.replaced,
        steered=source.is_steered,
        skills=source.skills,
    )
