"""People hired for the job: what comes with a post of their own."""

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from cmsource.scenario.defaults import assumed, share_text
from cmsource.scenario.draft import Draft
from cmsource.scenario.employment import Employment
from cmsource.scenario.record import Record
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share
from cmsource.values.quantities import Hours, number_text
from cmsource.values.time_types import Effort
from cmsource.values.week import Week

_NOT_COUNTED = {
    key: assumed(value, key, "no sourced figure: nothing is counted; give your own")
    for key, value in (
        ("training", "0/year"),
        ("equipment", "0"),
        ("benefits", "0/month"),
        ("management", "0 h/week"),
    )
}


class Premiums(Record):
    """What hours at unusual times cost on top, as shares of pay."""

    night: Annotated[float, Share(maximum=3.0)] = Field(
        0.0, description="Extra pay for night hours."
    )
    sunday: Annotated[float, Share(maximum=3.0)] = Field(
        0.0, description="Extra pay for Sunday hours."
    )
    holiday: Annotated[float, Share(maximum=3.0)] = Field(
        0.0, description="Extra pay for public holidays."
    )


class Hired(Employment):
    """Somebody hired for the job."""

    turnover: Annotated[float, Share(maximum=5.0, per_year=True)] = Field(
        0.0, description="Share of the people who leave each year."
    )
    recruitment: Annotated[float, Amount(None)] = Field(
        0.0, description="Cost of hiring one person, once."
    )
    training: Annotated[float, Amount("year")] = Field(
        0.0, description="Training a year, for each person."
    )
    equipment: Annotated[float, Amount(None)] = Field(
        0.0, description="Equipment for each person, once."
    )
    benefits: Annotated[float, Amount("month")] = Field(
        0.0, description="Benefits a month, for each person."
    )
    premiums: Premiums = Field(
        default_factory=Premiums.model_construct,
        description="Extra pay for night, Sunday and public-holiday hours.",
    )
    management: Annotated[Hours, Effort(bare=True)] = Field(
        Hours(0.0, "week"), description="Manager's hours, such as 2 h/week; own time."
    )

    @classmethod
    def fill_post(cls, draft: Draft) -> None:
        """Fill what it takes to hire people, and what is paid for unusual hours."""
        for key, fact, form, unit in (
            ("starts_after", "weeks_to_hire", number_text, " weeks"),
            ("ramp_up", "ramp_up_months", number_text, " months"),
            ("turnover", "turnover", share_text, "/year"),
            ("recruitment", "recruitment", number_text, ""),
        ):
            if draft.lacks(key):
                draft.fill(key, draft.defaults.fact(fact, form, unit))
        for key, node in _NOT_COUNTED.items():
            draft.fill(key, node)
        duty: Week | None = draft.early("on_duty")
        premiums = draft.within("premiums", Premiums)
        if duty is None or premiums is None:
            return
        given = premiums.tree
        filled = {
            key: draft.defaults.fact(f"{key}_premium", share_text)
            for key in premiums_due(duty, draft.defaults.night)
        }
        premiums.tree = {**filled, **given}
        if premiums.tree:
            draft.tree["premiums"] = premiums.node()


@lru_cache(maxsize=1024)
def premiums_due(duty: Week, night: Week) -> tuple[str, ...]:
    """Which premiums a duty has hours for; holidays where it takes in every day of the week."""
    days = duty.days
    applies = {
        "night": bool(duty.intersection(night)),
        "sunday": 6 in days,
        "holiday": len(days) == 7,
    }
    return tuple(key for key, has_hours in applies.items() if has_hours)
