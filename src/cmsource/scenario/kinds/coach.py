"""Coaches."""

from typing import ClassVar, Literal

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.provider import PACKS, Provider
from cmsource.scenario.source import KIND
from cmsource.values.language import say

_DAYS = assumed("1/month", "days", say("one day of coaching a month"))
_NO_WORK = assumed("0 h/week", "max_hours", say("a coach trains; the work stays with the others"))


class Coach(Provider):
    """A trainer who brings method to in-house people."""

    place: ClassVar[int] = 7
    noun: ClassVar[str] = say("coach")
    role: ClassVar[str] = "teacher"
    teaches: ClassVar[bool] = True
    no_cursor_end: ClassVar[str] = "a coach brings method and does none of the work"

    kind: Literal["coach"] = KIND

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the price of a day, and how much of its time goes into what."""
        cls.fill_rate(draft, "day_rate", "coach_day_rate", "/day")
        cls.fill_included(draft)
        cls.fill_posts(draft)
        cls.fill_on_call(draft)
        if draft.lacks("retainer", *PACKS):
            draft.fill("days", _DAYS)
        draft.fill("max_hours", _NO_WORK)
