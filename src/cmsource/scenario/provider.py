"""Providers: everybody who bills the company for what they do, in one language of prices."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator

from cmsource.scenario.biller import Biller
from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.inclusion import MOST_INCLUDED, OF_TIME, Included
from cmsource.scenario.on_call import OnCallService
from cmsource.scenario.publishing import Approval, InHouseMaterial
from cmsource.scenario.record import check_only_one
from cmsource.scenario.tiers import RATES
from cmsource.scenario.timed import TimeSeller, hours_of
from cmsource.values.language import say
from cmsource.values.money_types import Price
from cmsource.values.number_types import Number
from cmsource.values.quantities import Hours, PriceTag, number_text
from cmsource.values.time_types import EffortOrAll, Pack
from cmsource.values.week import EMPTY, Week, a_month_of
from cmsource.values.word_types import Choice

PACKS = ("days", "hours")
"""Ways to say how much work is paid whether it is used or not; one of them at most."""

_DIGITS = 6
_BEYOND_IN_FRENCH = {"facturé": "billed", "facture": "billed", "refusé": "refused"}
_BOUGHT = say(
    "assumption: {what}",
    what=say("retainer / hourly rate; ask what the retainer includes, or say `all`"),
)


class Provider(Biller, TimeSeller):
    """A provider, who bills work.

    Its rates are read before what it includes, of which days are told in hours.
    """

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

    on_call: OnCallService | None = Field(
        None,
        description="Hours in which it can be called out, and what that costs, such as "
        "{hours: sat-sun 09:00-21:00, per_call_out: 80}.",
    )
    approval: Approval | None = Field(
        None,
        description="In-house approval of each unit of what it makes to go out, such as "
        "{minutes_each: 10 min, delay: 1 day}.",
    )
    in_house_material: InHouseMaterial | None = Field(
        None,
        description="What in-house people bring to what it makes to go out, such as {share: 50%, "
        "minutes_each: 15 min}.",
    )

    @field_validator(*PACKS)
    @classmethod
    def _one_pack(cls, value: object, info: ValidationInfo) -> object:
        check_only_one(value, info, PACKS)
        return value

    @field_validator("included")
    @classmethod
    def _each_in_hours(
        cls, value: Mapping[str, Included], info: ValidationInfo
    ) -> Mapping[str, Included]:
        return {
            name: hours_of(each, info) if isinstance(each, Hours) else each
            for name, each in value.items()
        }

    @property
    def hours_on_call(self) -> Week:
        """Its hours on call, without those on duty; see `Source.hours_on_call`."""
        return EMPTY if self.on_call is None else self.on_call.hours.difference(self.on_duty)

    @property
    def bills_call_outs(self) -> bool:
        """Whether an hour of call-outs has a price of its own."""
        return self.on_call is not None and self.on_call.call_out is not None

    @property
    def sells_beyond(self) -> bool:
        """Whether more hours than are agreed on, and included, can be had at a rate."""
        return self.rate is not None and self.beyond == "billed"

    @property
    def has_ceiling(self) -> bool:
        """Whether it does no more hours than are agreed on, however many its duty has."""
        return self.max_hours is not None or self.beyond == "refused"

    @property
    def pack(self) -> Hours | None:
        """Days or hours of work that are paid whether they are used or not."""
        return self.days if self.days is not None else self.hours

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

    @property
    def takes_own_time(self) -> bool:
        """Whether it takes hours of those who coordinate, approve and bring material."""
        posts = (self.approval, self.in_house_material)
        return super().takes_own_time or any(each and each.minutes_each > 0 for each in posts)

    @classmethod
    def fill_posts(cls, draft: Draft) -> None:
        """Fill what it takes of the company's time until what it makes goes out."""
        Approval.completed(draft, "approval")
        InHouseMaterial.completed(draft, "in_house_material")

    @classmethod
    def fill_on_call(cls, draft: Draft) -> None:
        """Fill what a provider on call is taken to ask."""
        OnCallService.asked(draft)

    @classmethod
    def fill_included(cls, draft: Draft) -> None:
        """Fill the hours that a retainer buys: as many as it pays for at the hourly rate."""
        retainer: float | None = draft.early("retainer")
        rate = cls.given_rate(draft)
        if not draft.lacks("included") or not retainer or rate is None:
            return
        hours = EffortOrAll.word
        if rate > 0:
            most = a_month_of(MOST_INCLUDED)
            hours = f"{number_text(min(retainer / rate, most), _DIGITS)} h/month"
        draft.fill("included", assumed(hours, "included", _BOUGHT))

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
