"""People hired for the job: what comes with a post of their own."""

from functools import lru_cache
from typing import Annotated, ClassVar

from pydantic import Field

from cmsource.countries.working_time import hours_above
from cmsource.scenario.defaults import assumed, share_text
from cmsource.scenario.draft import Draft
from cmsource.scenario.employment import WAGES, Employment
from cmsource.scenario.node import Node
from cmsource.scenario.record import Record
from cmsource.scenario.unit_names import A_PERSON
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share
from cmsource.values.quantities import Hours, number_text
from cmsource.values.time_types import Effort
from cmsource.values.week import Week
from cmsource.values.word_types import Choice

_NOT_COUNTED = {
    key: assumed(value, key, say("no sourced figure: nothing is counted; give your own"))
    for key, value in (
        ("training", "0/year"),
        ("equipment", "0"),
        ("benefits", "0/month"),
    )
}
_MANAGEMENT = assumed(
    "1 h/week",
    "management",
    say(
        "assumption: {what}",
        what=say(
            "an hour a week for each person; people report a median of three with their leader "
            "(Leadership IQ, 32,410 in North America), of which others share some"
        ),
    ),
)

_INCLUDED = assumed(
    "included", "overtime", say("a monthly or yearly wage covers the hours above the legal week")
)
_TOLERANCE = 1e-6


def _overtime_of(wage_key: str) -> str:
    """How hours above the legal week are paid where nobody says it."""
    return "paid" if wage_key == "hourly_wage" else "included"


_IN_FRENCH = {"payées": "paid", "payees": "paid", "comprises": "included", "incluses": "included"}


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

    own_time_key: ClassVar[str] = "management"

    turnover: Annotated[float, Share(maximum=5.0, per_year=True)] = Field(
        0.0, description="Share of the people who leave each year."
    )
    recruitment: Annotated[float, Amount(None, each=A_PERSON, usual="3000")] = Field(
        0.0, description="Cost of hiring one person, once."
    )
    training: Annotated[float, Amount("year", each=A_PERSON, usual="600")] = Field(
        0.0, description="Training a year, for each person."
    )
    equipment: Annotated[float, Amount(None, each=A_PERSON, usual="1500")] = Field(
        0.0, description="Equipment for each person, once."
    )
    benefits: Annotated[float, Amount("month", each=A_PERSON, usual="80")] = Field(
        0.0, description="Benefits a month, for each person."
    )
    premiums: Premiums = Field(
        default_factory=Premiums.model_construct,
        description="Extra pay for night, Sunday and public-holiday hours.",
    )
    overtime: Annotated[str | None, Choice("paid", "included", also=_IN_FRENCH)] = Field(
        None,
        description="Hours above the legal week: paid with the country's premium on top, or "
        "included in the wage.",
    )
    management: Annotated[Hours, Effort(bare=True)] = Field(
        Hours(0.0, "week"),
        description="A manager's hours for each person, such as 2 h/week; own time.",
    )

    @property
    def overtime_is_paid(self) -> bool:
        """Whether hours above the legal week earn a premium on top of the wage."""
        return (self.overtime or _overtime_of(self.wage_key)) == "paid"

    @classmethod
    def fill_overtime(cls, draft: Draft) -> None:
        """Say how hours above the legal week are paid, where there are any."""
        hours: Hours | None = draft.early("hours")
        duty: Week | None = draft.early("on_duty")
        facts = draft.defaults.country.facts
        if hours is None or "overtime_premium" not in facts:
            return
        if hours_above(facts, hours.weekly(len(duty.days) if duty else 5)) <= _TOLERANCE:
            return
        given = next((key for key in WAGES if key in draft.tree), WAGES[0])
        how = _overtime_of(given)
        if how == "included":
            draft.fill("overtime", _INCLUDED)
            return
        fact = facts["overtime_premium"]
        draft.fill("overtime", Node(how, draft.defaults.origin("overtime_premium", fact)))

    @classmethod
    def fill_post(cls, draft: Draft) -> None:
        """Fill what it takes to hire people, and what is paid for unusual hours."""
        cls.fill_overtime(draft)
        cls.fill_on_call(draft)
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
        draft.fill("management", _MANAGEMENT)
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
