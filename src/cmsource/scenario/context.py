"""What cannot be counted but speaks for one family of options or another."""

from typing import Annotated

from pydantic import Field

from cmsource.scenario.record import Record
from cmsource.values.time_types import Duration
from cmsource.values.word_types import Choice, Flag, Text


class Context(Record):
    """What cannot be counted but speaks for one family of options or another."""

    goal: Annotated[str | None, Text()] = Field(
        None, description="What the presence is for, such as leads."
    )
    audience: Annotated[str | None, Choice("broad", "niche")] = Field(
        None, description="A broad public, or a niche such as investors."
    )
    market: Annotated[str | None, Choice("b2b", "b2c")] = Field(
        None, description="Whether companies (b2b) or consumers (b2c) buy."
    )
    expertise: Annotated[str | None, Choice("general", "technical")] = Field(
        None, description="How technical the subject is."
    )
    tried_in_house: Annotated[float | None, Duration("month", bare=True)] = Field(
        None, description="How long it has been tried in-house."
    )
    result: Annotated[str, Choice("none", "some", "good")] = Field(
        "none", description="What that has brought; none, unless given."
    )
    approvals: Annotated[str | None, Choice("light", "vertical")] = Field(
        None, description="How answers are approved before they go out."
    )
    speed: Annotated[bool, Flag()] = Field(False, description="Whether it has to take effect fast.")
    content: Annotated[str | None, Choice("produced", "authentic")] = Field(
        None, description="Content made at a desk, or authentic and made on the spot."
    )
    maturity: Annotated[str | None, Choice("starting", "growing")] = Field(
        None,
        description="Whether the company starts with the subject, or knows more and more of it.",
    )
