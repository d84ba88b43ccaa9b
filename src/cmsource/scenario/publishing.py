"""What it takes of the company until what others make goes out: its material, and its approval."""

from typing import Annotated, ClassVar

from pydantic import Field

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Node
from cmsource.scenario.record import Record
from cmsource.values.language import say
from cmsource.values.number_types import Share
from cmsource.values.time_types import Duration

_MINUTES_TO_APPROVE = assumed(
    "10 min", "minutes_each", say("no published figure: somebody reads it, and asks for a change")
)
_DELAY = assumed("1 day", "delay", say("no published figure: who approves does so the next day"))
_MINUTES_OF_MATERIAL = assumed(
    "15 min", "minutes_each", say("no published figure: a photograph, and what there is to say")
)


class _Publishing(Record):
    """A record of a provider that costs the company's own time for each unit."""

    filled: ClassVar[tuple[tuple[str, Node], ...]] = ()

    @classmethod
    def completed(cls, draft: Draft, key: str) -> None:
        """Fill what is taken for granted where a provider has such a record.

        Args:
            draft: of the provider.
            key: under which it stands.
        """
        own = None if draft.lacks(key) else draft.within(key, cls)
        if own is not None:
            for name, node in cls.filled:
                own.fill(name, node)
            draft.tree[key] = own.node()


class Approval(_Publishing):
    """What it takes until somebody of the company has approved what a provider has made."""

    filled = (("minutes_each", _MINUTES_TO_APPROVE), ("delay", _DELAY))

    minutes_each: Annotated[float, Duration("minute", bare=True)] = Field(
        0.0, description="In-house time that each unit takes to approve, such as 10 min; own time."
    )
    delay: Annotated[float, Duration("minute", bare=False)] = Field(
        0.0, description="Time until it is approved and goes out, such as 1 day."
    )


class InHouseMaterial(_Publishing):
    """What in-house people bring to what a provider makes: photographs, news, answers."""

    filled = (("minutes_each", _MINUTES_OF_MATERIAL),)

    share: Annotated[float, Share()] = Field(
        description="Share of what it makes that in-house people bring material to."
    )
    minutes_each: Annotated[float, Duration("minute", bare=True)] = Field(
        0.0, description="In-house time that each such unit takes, such as 15 min; own time."
    )
