"""Agencies."""

from math import inf
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Tree
from cmsource.scenario.provider import RATES, SETUP, Provider, Setup
from cmsource.scenario.source import KIND, OwnPrice
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.language import say
from cmsource.values.money_types import Amount, Price
from cmsource.values.number_types import Number, Share
from cmsource.values.quantities import Hours, PriceTag, number_text
from cmsource.values.time_types import Duration, Effort, EffortOrAll
from cmsource.values.week import Week

_LONG_COVER_HOURS = 60

_SERVICE_LEVEL = assumed(
    "99%", "service_level", say("an agency replaces its people; read the contract")
)
_DEPTH = assumed(1, "depth", say("one person on each hour of duty"))
_COORDINATION = assumed(
    "0 h/week", "coordination", say("no in-house time to steer the agency counted")
)
_BOUGHT = say(
    "assumption: {what}",
    what=say("retainer / hourly rate; ask what the retainer includes, or say `all`"),
)
_WATCH = assumed(
    "0/month",
    "watch",
    say("no price of nights and weekends is given, so none is counted; ask what they cost"),
)
_DIGITS = 6
_MOST_INCLUDED = 10_000.0  # h/week, of many people; more is a slip


class Agency(Provider):
    """An agency that replaces its people and can hold a watch."""

    place: ClassVar[int] = 6
    also: ClassVar[tuple[str, ...]] = ("agence",)
    noun: ClassVar[str] = say("agency")
    role: ClassVar[str] = "firm"
    replaced: ClassVar[bool] = True
    cursor_end: ClassVar[Literal["outside", "inside", ""]] = "outside"
    own_time_key: ClassVar[str] = "coordination"

    kind: Literal["agency"] = KIND
    retainer: Annotated[float, Amount("month")] = Field(
        0.0, description="Fee a month, whatever the work."
    )
    included: Annotated[Hours | str | None, EffortOrAll(_MOST_INCLUDED, days=True)] = Field(
        None, description="Hours of work inside the retainer; all for whatever there is."
    )
    watch: Annotated[PriceTag | None, Price("month", "hour", bare=None)] = Field(
        None, description="Price of being on watch: a month (900/month) or a watched hour (3/h)."
    )
    after_hours: Annotated[float, Number(minimum=1.0, maximum=10.0)] = Field(
        1.0,
        description="Multiplier of the hourly rate for messages answered outside office hours.",
    )
    setup: Setup = SETUP
    min_months: Annotated[float, Duration("month", bare=True)] = Field(
        0.0, description="Shortest commitment; leaving earlier is paid for."
    )
    depth: Annotated[float, Number(minimum=0.0, maximum=1000.0)] = Field(
        1.0, description="People it keeps on each hour of duty."
    )
    service_level: Annotated[float, Share()] = Field(
        0.99, description="Share of duty on which it really has each of them there."
    )
    coordination: Annotated[Hours, Effort(bare=True)] = Field(
        Hours(0.0, "week"),
        description="In-house hours to steer it, such as 1 h/week; own time.",
    )

    def relieved(self, others: Week) -> Self:
        """The same agency for what is left to watch.

        A watch paid by the hour is bought only for the hours in which nobody else is on duty. Paid
        by the month it costs the same for fewer hours, so it goes on as it is.
        """
        if self.watch is None or self.watch.per != "hour":
            return self
        days = self.days_of_duty

        def weekly(hours: Hours | str | None) -> Hours | str | None:
            # Hours a day are per day of the duty agreed on, however much of it is left.
            if isinstance(hours, Hours) and hours.per == "day":
                return Hours(hours.weekly(days), "week")
            return hours

        return self.changed(
            included=weekly(self.included),
            max_hours=weekly(self.max_hours),
            on_duty=self.on_duty.difference(others),
        )

    @property
    def weekly_included(self) -> float:
        """Hours of work a week inside the retainer; infinite where it pays for all the work."""
        if isinstance(self.included, Hours):
            return self.included.weekly(self.days_of_duty)
        return 0.0 if self.included is None else inf

    @property
    def is_steered(self) -> bool:
        """Whether in-house time to steer it is counted."""
        return self.takes_own_time

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the price of an hour, the duty, and what its contract is taken to say."""
        if draft.lacks("included", *RATES):
            rate = draft.defaults.fact("agency_hourly_rate", number_text, "/h")
            draft.fill("hourly_rate", rate)
        if draft.lacks("included"):
            cls._fill_included(draft)
        if draft.lacks("on_duty") and draft.cover is not None:
            duty = assumed(str(draft.cover), "on_duty", say("an agency watches the cover"))
            draft.fill("on_duty", duty)
        if draft.lacks("watch", "after_hours") and cls._watches_long(draft):
            draft.fill("watch", _WATCH)
        draft.fill("service_level", _SERVICE_LEVEL)
        draft.fill("depth", _DEPTH)
        draft.fill("coordination", _COORDINATION)

    @classmethod
    def _watches_long(cls, draft: Draft) -> bool:
        """Whether it is on duty for long, at a price that leaves that open."""
        duty: Week | None = draft.early("on_duty")
        included = draft.early("included")
        return duty is not None and duty.hours > _LONG_COVER_HOURS and included != EffortOrAll.word

    @classmethod
    def own_price(cls, draft: Draft) -> OwnPrice | None:
        """Its price of an hour; see `Source.own_price`."""
        key = next((key for key in RATES if key in draft.tree), None)
        return None if key is None else OwnPrice("agency_hourly_rate", cls.given_rate(draft), key)

    @classmethod
    def _fill_included(cls, draft: Draft) -> None:
        """Fill the hours that a retainer buys: as many as it pays for at the hourly rate."""
        retainer: float | None = draft.early("retainer")
        rate = cls.given_rate(draft)
        if not retainer or rate is None:
            return
        hours = EffortOrAll.word
        if rate > 0:
            most = _MOST_INCLUDED * 52 / 12
            hours = f"{number_text(min(retainer / rate, most), _DIGITS)} h/month"
        draft.fill("included", assumed(hours, "included", _BOUGHT))

    @classmethod
    def standard(cls, job: StandardJob) -> Tree:
        """The rate that the short form gives, and a watch over a long cover."""
        tree = job.said("agency_rate", "hourly_rate")
        if job.cover is not None and job.cover.hours > _LONG_COVER_HOURS:
            tree["watch"] = job.defaults.fact("agency_watch", number_text, "/month")
        return tree
