"""Coaches."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.provider import SETUP, Provider, Setup
from cmsource.scenario.source import KIND
from cmsource.values.language import say
from cmsource.values.time_types import DaysPerMonth

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
    setup: Setup = SETUP
    days: Annotated[float, DaysPerMonth()] = Field(0.0, description="Days a month, for a coach.")

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the price of a day, and how much of its time goes into what."""
        cls.fill_day_rate(draft, "coach_day_rate")
        draft.fill("days", _DAYS)
        draft.fill("max_hours", _NO_WORK)
