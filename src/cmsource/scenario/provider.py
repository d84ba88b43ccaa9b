"""Providers: everybody who bills the company for what they do, in one language of prices."""

from collections.abc import Mapping
from math import inf
from typing import Annotated, Any, Self

from pydantic import Field, GetJsonSchemaHandler, ValidationInfo, field_validator
from pydantic_core import CoreSchema

from cmsource.scenario.ad_fee import AdFee
from cmsource.scenario.commitments import ByCommitment, months_of
from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft, early
from cmsource.scenario.inclusion import MOST_INCLUDED, OF_TIME, Included, Inclusion, Inclusions
from cmsource.scenario.record import ByName, check_only_one
from cmsource.scenario.source import Source
from cmsource.scenario.tiers import (
    WAYS,
    DayPrices,
    HourPrices,
    Package,
    TierError,
    UnitPrices,
    check_tiers,
    first_price,
)
from cmsource.values.language import say
from cmsource.values.money_types import Amount, Price
from cmsource.values.number_types import Number, Share
from cmsource.values.quantities import Hours, PriceTag, number_text
from cmsource.values.ranges import scaled
from cmsource.values.time_types import Duration, Effort, EffortOrAll, Pack
from cmsource.values.week import Week
from cmsource.values.word_types import Choice

RATES = ("hourly_rate", "day_rate")
"""Ways to say the price of work; a source says one of them at most."""

PACKS = ("days", "hours")
"""Ways to say how much work is paid whether it is used or not; one of them at most."""

DAY = 420.0
"""Minutes of a day's work."""

_DIGITS = 6
_IN_FRENCH = {"par tranche": "marginal", "global": "whole"}
_BEYOND_IN_FRENCH = {"facturé": "billed", "facture": "billed", "refusé": "refused"}
_BOUGHT = say(
    "assumption: {what}",
    what=say("retainer / hourly rate; ask what the retainer includes, or say `all`"),
)


class Provider(Source):
    """A provider, who bills work."""

    hourly_rate: HourPrices = Field(None, description="Price of an hour of work, or tiers of it.")
    day_rate: DayPrices = Field(None, description="Price of a day of work, or tiers of it.")
    day_length: Annotated[float, Duration("minute", bare=False, zero=False, maximum=1440.0)] = (
        Field(DAY, description="A day's work, 7 h.")
    )
    max_hours: Annotated[Hours | None, Effort(bare=False, days=True)] = Field(
        None, description="Most hours of work it can do, such as 40 h/month."
    )
    retainer: Annotated[float, Amount("month")] = Field(
        0.0, description="Fee a month, whatever the work."
    )
    included: Annotated[dict[str, Annotated[Included, Inclusion()]], Inclusions()] = Field(
        {},
        description="Hours of work inside the retainer, all for whatever there is, or a map by "
        "activity: {posts: 12/month, messages: 300/month, hours: 5/month}.",
    )
    per: Annotated[dict[str, UnitPrices], ByName(say("activity"))] = Field(
        {},
        description="Price of one, or tiers of it, by activity: {posts: 60, messages: 1.20}; "
        "per_post: 60 for short.",
    )
    tiers: Annotated[str | None, Choice(*WAYS, also=_IN_FRENCH)] = Field(
        None,
        description="What the price of a tier is for: marginal for what falls into the tier, whole "
        "for the whole volume of the month.",
    )
    packages: Annotated[dict[str, tuple[Package, ...]], ByName(say("activity"))] = Field(
        {},
        description="Monthly prices by how many there are of an activity, of messages or of "
        "needs.counts: {posts: [{up_to: 15, price: 800}, {price: 1200}]}.",
    )
    days: Annotated[Hours | None, Pack("day")] = Field(
        None, description="Days agreed on, a month or a year, paid whether used or not."
    )
    hours: Annotated[Hours | None, Pack("hour")] = Field(
        None, description="Hours agreed on, a month or a year, paid whether used or not."
    )
    beyond: Annotated[str, Choice("billed", "refused", also=_BEYOND_IN_FRENCH)] = Field(
        "billed",
        description="Work beyond the days or hours agreed on, and those included: billed at the "
        "rate, or refused.",
    )
    watch: Annotated[PriceTag | None, Price("month", "hour", "weekend", bare=None)] = Field(
        None,
        description="Price of being on watch: a month (900/month), a watched hour (3/h) or a "
        "weekend (120/weekend).",
    )
    after_hours: Annotated[float, Number(minimum=1.0, maximum=10.0)] = Field(
        1.0,
        description="Multiplier of the price of messages answered outside office hours.",
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

    @field_validator(*RATES, *PACKS)
    @classmethod
    def _one_of_them(cls, value: object, info: ValidationInfo) -> object:
        of_time = info.field_name in RATES
        check_only_one(value, info, RATES if of_time else PACKS)
        if of_time and isinstance(value, tuple):
            check_tiers(value)
        return value

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

    @field_validator("max_hours")
    @classmethod
    def _in_hours(cls, value: Hours | None, info: ValidationInfo) -> Hours | None:
        """Hours of work, where they were given in days."""
        return None if value is None else _hours_of(value, info)

    @field_validator("included")
    @classmethod
    def _each_in_hours(
        cls, value: Mapping[str, Included], info: ValidationInfo
    ) -> Mapping[str, Included]:
        return {
            name: _hours_of(each, info) if isinstance(each, Hours) else each
            for name, each in value.items()
        }

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found = super().__get_pydantic_json_schema__(schema, handler)
        in_short(handler.resolve_ref_schema(found))
        return found

    @property
    def has_ceiling(self) -> bool:
        """Whether it does no more hours than are agreed on, however many its duty has."""
        return self.max_hours is not None or self.beyond == "refused"

    @property
    def rate(self) -> float | None:
        """Price of an hour of work, of the first where there are tiers; None where there is none.

        In the scenario's currency an hour, before any discount.
        """
        if self.hourly_rate is not None:
            return first_price(self.hourly_rate)
        daily = first_price(self.day_rate)
        return None if daily is None else daily * 60.0 / self.day_length

    @property
    def rate_key(self) -> str:
        """The key under which the rate was given."""
        return "hourly_rate" if self.hourly_rate is not None else "day_rate"

    @property
    def pack(self) -> Hours | None:
        """Days or hours of work that are paid whether they are used or not."""
        return self.days if self.days is not None else self.hours

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

    def relieved(self, others: Week) -> Self:
        """The same provider for what is left to watch.

        A watch paid by the hour is bought only for the hours in which nobody else is on duty. Paid
        by the month it costs the same for fewer hours, so it goes on as it is.
        """
        if self.watch is None or self.watch.per != "hour":
            return self
        days = self.days_of_duty

        def weekly(hours: Any) -> Any:  # noqa: ANN401 - hours, a count, a word or nothing
            # Hours a day are per day of the duty agreed on, however much of it is left.
            if isinstance(hours, Hours) and hours.per == "day":
                return Hours(hours.weekly(days), "week")
            return hours

        return self.changed(
            included={name: weekly(each) for name, each in self.included.items()},
            max_hours=weekly(self.max_hours),
            on_duty=self.on_duty.difference(others),
        )

    @classmethod
    def fill_included(cls, draft: Draft) -> None:
        """Fill the hours that a retainer buys: as many as it pays for at the hourly rate."""
        retainer: float | None = draft.early("retainer")
        rate = cls.given_rate(draft)
        if not draft.lacks("included") or not retainer or rate is None:
            return
        hours = EffortOrAll.word
        if rate > 0:
            most = MOST_INCLUDED * 52 / 12
            hours = f"{number_text(min(retainer / rate, most), _DIGITS)} h/month"
        draft.fill("included", assumed(hours, "included", _BOUGHT))

    @staticmethod
    def given_rate(draft: Draft) -> float | None:
        """Its price of an hour before it is checked; None where it gives none that can be read."""
        rate = _first(draft, "hourly_rate")
        if rate is None and (daily := _first(draft, "day_rate")) is not None:
            rate = daily * 60 / (draft.early("day_length") or DAY)
        return rate

    @classmethod
    def fill_rate(cls, draft: Draft, key: str, fact: str, suffix: str) -> None:
        """Fill the price of time with the country's, where none is given and some may be billed.

        Where a retainer includes hours and there is no other price, no more work can be had.
        """
        if draft.lacks(*RATES) and not cls._is_closed(draft):
            draft.fill(key, draft.defaults.fact(fact, number_text, suffix))

    @staticmethod
    def _is_closed(draft: Draft) -> bool:
        """Whether a draft says all that its price buys: a time of work, and nothing else."""
        node = draft.tree.get("included")
        if node is None or not draft.lacks(*PACKS):
            return False
        if draft.early("included") == EffortOrAll.word:
            return True
        if not draft.lacks("per", "packages"):
            return False
        return not isinstance(node.value, dict) or node.value.keys() <= {*OF_TIME}


def in_short(schema: dict[str, Any]) -> None:
    """Let a JSON Schema of a provider take prices in short, such as ``per_post: 60``."""
    keys = schema.get("properties", {})
    if "per" in keys:
        schema["patternProperties"] = {
            "^per_hour$": keys["hourly_rate"],
            "^per_day$": keys["day_rate"],
            "^per_(?!(hour|day)$).+$": keys["per"]["additionalProperties"],
        }


def _hours_of(value: Hours, info: ValidationInfo) -> Hours:
    if not value.in_days:
        return value
    return Hours(scaled(value.amount, info.data.get("day_length", DAY) / 60), value.per)


def _first(draft: Draft, key: str) -> float | None:
    """A price before it is checked, of tiers the first; None where it cannot be read."""
    node = draft.tree.get(key)
    tiers = () if node is None else node.elements()
    found: float | None = (
        draft.early(key) if not tiers else early(draft.cls, key, tiers[0].get("price"))
    )
    return found
