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
    audience: Annotated[
        str | None, Choice("broad", "niche", also={"large": "broad", "grand public": "broad"})
    ] = Field(None, description="A broad public, or a niche such as investors.")
    market: Annotated[
        str | None,
        Choice("b2b", "b2c", also={"B2B": "b2b", "BtoB": "b2b", "B2C": "b2c", "BtoC": "b2c"}),
    ] = Field(None, description="Whether companies (b2b) or consumers (b2c) buy.")
    expertise: Annotated[
        str | None,
        Choice(
            "general",
            "technical",
            also={
                "général": "general",
                "generale": "general",
                "générale": "general",
                "technique": "technical",
            },
        ),
    ] = Field(None, description="How technical the subject is.")
    tried_in_house: Annotated[float | None, Duration("month", bare=True)] = Field(
        None, description="How long it has been tried in-house."
    )
    result: Annotated[
        str,
        Choice("none", "some", "good", also={"aucun": "none", "partiel": "some", "bon": "good"}),
    ] = Field("none", description="What that has brought; none, unless given.")
    approvals: Annotated[
        str | None,
        Choice(
            "light",
            "vertical",
            also={
                "légères": "light",
                "léger": "light",
                "hiérarchiques": "vertical",
                "hiérarchique": "vertical",
            },
        ),
    ] = Field(None, description="How answers are approved before they go out.")
    speed: Annotated[bool, Flag()] = Field(False, description="Whether it has to take effect fast.")
    content: Annotated[
        str | None,
        Choice("produced", "authentic", also={"produit": "produced", "authentique": "authentic"}),
    ] = Field(None, description="Content made at a desk, or authentic and made on the spot.")
    maturity: Annotated[
        str | None,
        Choice(
            "starting",
            "growing",
            also={"débutante": "starting", "débutant": "starting", "croissante": "growing"},
        ),
    ] = Field(
        None,
        description="Whether the company starts with the subject, or knows more and more of it.",
    )
