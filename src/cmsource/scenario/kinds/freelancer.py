"""Freelancers."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.scenario.defaults import Defaults
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.provider import Provider
from cmsource.scenario.source import KIND
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.language import say
from cmsource.values.number_types import Share


class Freelancer(Provider):
    """A self-employed community manager, one or two hours a day."""

    place: ClassVar[int] = 5
    also: ClassVar[tuple[str, ...]] = (
        "freelance",
        "indépendant",
        "indépendante",
        "independant",
        "prestataire",
    )
    noun: ClassVar[str] = say("freelancer")
    role: ClassVar[str] = "soloist"
    cursor_end: ClassVar[Literal["outside", "inside", ""]] = "outside"
    cursor_rank: ClassVar[int] = 2

    kind: Literal["freelancer"] = KIND
    planned_absence: Annotated[float, Share(maximum=0.95)] = Field(
        0.0, description="Share of working time off: leave."
    )
    unplanned_absence: Annotated[float, Share(maximum=0.95)] = Field(
        0.0, description="Share of working time lost: sickness."
    )

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the price of a day, and absence."""
        cls.fill_rate(draft, "day_rate", "freelancer_day_rate", "/day")
        cls.fill_included(draft)
        cls.fill_posts(draft)
        cls.fill_on_call(draft)
        draft.fill("planned_absence", lambda: _leave(draft.defaults))
        draft.fill("unplanned_absence", lambda: _loss(draft.defaults))

    @classmethod
    def standard(cls, job: StandardJob) -> Tree:
        """One sitting a day, and no more work than fits it."""
        return {"on_duty": job.sittings(1), "max_hours": job.daily("max_hours")}


def _leave(defaults: Defaults) -> Node:
    """Planned absence of a freelancer."""
    key = "paid_leave_days"
    formula = say("assumption: {what}", what=say("days off as an employee's leave, / 260"))
    days = defaults.country.value(key)
    return defaults.kept(
        "freelancer_leave", lambda: defaults.derived(days / 260.0, (key,), formula)
    )


def _loss(defaults: Defaults) -> Node:
    """Unplanned absence of a freelancer."""
    sick = defaults.country.value("sickness")
    formula = say("assumption: {what}", what=say("sick as often as an employee"))
    return defaults.kept("freelancer_loss", lambda: defaults.derived(sick, ("sickness",), formula))
