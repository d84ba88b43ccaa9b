"""Agencies."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Tree
from cmsource.scenario.on_call import OnCallService
from cmsource.scenario.provider import Provider
from cmsource.scenario.source import KIND, OwnPrice
from cmsource.scenario.standard_job import StandardJob
from cmsource.scenario.tiers import RATES
from cmsource.values.language import say
from cmsource.values.number_types import Number, Share
from cmsource.values.quantities import Hours, number_text
from cmsource.values.time_types import Effort, EffortOrAll
from cmsource.values.week import Week

_LONG_COVER_HOURS = 60

_SERVICE_LEVEL = assumed(
    "99%", "service_level", say("an agency replaces its people; read the contract")
)
_DEPTH = assumed(1, "depth", say("one person on each hour of duty"))
_COORDINATION = assumed(
    "0 h/week", "coordination", say("no in-house time to steer the agency counted")
)
_WATCH = assumed(
    "0/month",
    "watch",
    say("no price of nights and weekends is given, so none is counted; ask what they cost"),
)


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

    @property
    def is_steered(self) -> bool:
        """Whether in-house time to steer it is counted."""
        return self.coordination.amount > 0

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the price of an hour, the duty, and what its contract is taken to say."""
        cls.fill_rate(draft, "hourly_rate", "agency_hourly_rate", "/h")
        cls.fill_included(draft)
        cls.fill_posts(draft)
        cls.fill_on_call(draft)
        if draft.lacks("on_duty") and draft.cover is not None:
            watched = draft.cover.difference(OnCallService.hours_said(draft))
            if watched:
                duty = assumed(str(watched), "on_duty", say("an agency watches the cover"))
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
    def standard(cls, job: StandardJob) -> Tree:
        """The rate that the short form gives, and a watch over a long cover."""
        tree = job.said("agency_rate", "hourly_rate")
        if job.cover is not None and job.cover.hours > _LONG_COVER_HOURS:
            tree["watch"] = job.defaults.fact("agency_watch", number_text, "/month")
        return tree
