"""Billers: what everybody who bills the company has in common, whatever is sold."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import Field, GetJsonSchemaHandler, ValidationInfo, field_validator
from pydantic_core import CoreSchema

from cmsource.scenario.ad_fee import AdFee
from cmsource.scenario.commitments import ByCommitment, months_of
from cmsource.scenario.inclusion import OF_TIME, Included, Inclusion, Inclusions
from cmsource.scenario.record import ByName
from cmsource.scenario.source import Source
from cmsource.scenario.tiers import (
    RATES,
    WAYS,
    Package,
    PricesOfOne,
    TierError,
    UnitPrices,
    check_tiers,
)
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share
from cmsource.values.quantities import Hours
from cmsource.values.time_types import Duration, EffortOrAll
from cmsource.values.word_types import Choice

MESSAGES = "messages"
"""What people answer, by the name under which it is counted."""

RESOLUTIONS = "resolutions"
"""What software answers, by the name under which it is counted."""

_IN_FRENCH = {"par tranche": "marginal", "global": "whole"}


class Piece(NamedTuple):
    """What has a price for one.

    Attributes:
        name: under which it is counted.
        price: of one, or tiers of it.
        key: under which the price was given.
        depends: keys of the source that say how many there are.
    """

    name: str
    price: UnitPrices
    key: str
    depends: tuple[str, ...] = ()


class Biller(Source):
    """Whoever bills the company."""

    answers: ClassVar[str] = MESSAGES

    retainer: Annotated[float, Amount("month", others=RATES)] = Field(
        0.0, description="Fee a month, whatever the work."
    )
    included: Annotated[dict[str, Annotated[Included, Inclusion()]], Inclusions()] = Field(
        {},
        description="Hours of work inside the retainer, all for whatever there is, or a map by "
        "activity: {posts: 12/month, messages: 300/month, reporting: 4 h/month, hours: 5/month}; "
        "of software {resolutions: 50/month}.",
    )
    per: Annotated[dict[str, UnitPrices], PricesOfOne(say("activity"), "posts")] = Field(
        {},
        description="Price of one, or tiers of it, by activity: {posts: 60, messages: 1.20}; "
        "per_post: 60 for short; of software {resolutions: 0.99}.",
    )
    tiers: Annotated[str | None, Choice(*WAYS, also=_IN_FRENCH)] = Field(
        None,
        description="What the price of a tier is for: marginal for what falls into the tier, whole "
        "for the whole volume of the month.",
    )
    packages: Annotated[dict[str, tuple[Package, ...]], ByName(say("activity"), "posts")] = Field(
        {},
        description="Monthly prices by how many there are of an activity, of messages or of "
        "needs.counts: {posts: [{up_to: 15, price: 800}, {price: 1200}]}.",
    )
    ad_spend: AdFee | None = Field(
        None, description="Fee for running ads: {share: 12%, minimum: 300/month}."
    )
    setup: Annotated[float, Amount(None)] = Field(0.0, description="One-off price of starting.")
    min_months: Annotated[float, Duration("month", bare=True)] = Field(
        0.0, description="Shortest commitment; leaving earlier is paid for."
    )
    notice: Annotated[float, Duration("month", bare=True)] = Field(
        0.0, description="Notice that is paid where it is left for another phase."
    )
    discount: Annotated[dict[str, Annotated[float, Share()]], ByCommitment()] = Field(
        {},
        description="Share off its prices by how long min_months is: {12 months: 10%}.",
    )

    @field_validator("per", "packages")
    @classmethod
    def _ascending(cls, value: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
        for name, price in value.items():
            if isinstance(price, tuple):
                try:
                    check_tiers(price, open_end=info.field_name == "per")
                except TierError as error:
                    raise error.inside(name) from None
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found = super().__get_pydantic_json_schema__(schema, handler)
        in_short(handler.resolve_ref_schema(found))
        return found

    @property
    def fees(self) -> Mapping[str, float]:
        """What a month costs whatever is done, by the key under which it was given."""
        return {"retainer": self.retainer}

    @property
    def bills_call_outs(self) -> bool:
        """Whether an hour of call-outs has a price of its own."""
        return False

    def pieces(self) -> Iterator[Piece]:
        """What has a price for one."""
        for name, price in self.per.items():
            yield Piece(name, price, f"per.{name}")

    @property
    def weekly_included(self) -> float:
        """Hours of work a week inside the retainer; infinite where it pays for all the work."""
        times = [self.included[name] for name in ("", *OF_TIME) if name in self.included]
        if EffortOrAll.word in times:
            return inf
        return sum([each.weekly(self.days_of_duty) for each in times if isinstance(each, Hours)])

    @property
    def includes_time(self) -> bool:
        """Whether it is said how much time of work is inside the retainer."""
        return not self.included.keys().isdisjoint(("", *OF_TIME))

    @property
    def commits(self) -> tuple[str, float]:
        """What is taken off for the commitment: its key in `discount`, and the share."""
        reached = [
            (months, name)
            for name in self.discount
            if (months := months_of(name)) <= self.min_months
        ]
        name = max(reached)[1] if reached else ""
        return name, self.discount.get(name, 0.0)


def in_short(schema: dict[str, Any]) -> None:
    """Let a JSON Schema of a biller take prices in short, such as ``per_post: 60``."""
    keys = schema.get("properties", {})
    if "per" in keys:
        timed = {
            f"^per_{unit}$": keys[key]
            for unit, key in (("hour", "hourly_rate"), ("day", "day_rate"))
            if key in keys
        }
        price = keys["per"]["additionalProperties"]
        schema["patternProperties"] = {**timed, "^per_(?!(hour|day)$).+$": price}
