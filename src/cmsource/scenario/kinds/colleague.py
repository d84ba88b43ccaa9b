"""Colleagues."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.employment import Employment
from cmsource.scenario.node import Tree
from cmsource.scenario.source import KIND, OwnPrice
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.language import say
from cmsource.values.number_types import Share
from cmsource.values.quantities import number_text
from cmsource.values.week import Week

_WAGE = "colleague_hourly_wage"
_ON_CALL_ALONE = assumed("0 h/week", "hours", say("on call alone: no hours on duty"), "D")

_COMES_SECOND = assumed(
    "10%",
    "comes_second",
    say("no published figure: one week in ten the main job leaves no time; decides regularity"),
)


class Colleague(Employment):
    """Somebody already on the payroll who gives some hours to the job."""

    place: ClassVar[int] = 2
    also: ClassVar[tuple[str, ...]] = ("collègue", "collegue", "collaborateur", "collaboratrice")
    noun: ClassVar[str] = say("colleague")
    role: ClassVar[str] = "insider"
    works_elsewhere: ClassVar[bool] = True
    cursor_end: ClassVar[Literal["outside", "inside", ""]] = "inside"
    cursor_rank: ClassVar[int] = 2

    kind: Literal["colleague"] = KIND
    comes_second: Annotated[float, Share()] = Field(
        0.0,
        description="Share of the weeks in which the main job leaves no time for planned work.",
    )

    @classmethod
    def own_price(cls, draft: Draft) -> OwnPrice | None:
        """Its wage; see `Source.own_price`."""
        return cls.own_wage(draft, _WAGE)

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the wage, the hours given, and absence."""
        cls.fill_wage(draft, _WAGE)
        cls.fill_person(draft)
        duty: Week | None = draft.early("on_duty")
        if duty:
            value = number_text(duty.hours) + " h/week"
            hours = assumed(value, "hours", say("the hours given are the hours on duty"), "D")
            draft.fill("hours", hours)
        elif not draft.lacks("on_call"):
            draft.fill("hours", _ON_CALL_ALONE)
        cls.fill_absence(draft, lambda: cls.leave(draft), lambda: cls.loss(draft))
        draft.fill("comes_second", _COMES_SECOND)
        cls.fill_on_call(draft)

    @classmethod
    def standard(cls, job: StandardJob) -> Tree:
        """Two sittings a day, at the ends of the office day."""
        return {"on_duty": job.sittings(2), "hours": job.daily("hours")}
