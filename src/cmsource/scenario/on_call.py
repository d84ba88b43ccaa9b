"""On call: hours in which somebody of the company can be called out, and what that pays."""

from typing import Annotated

from pydantic import Field, field_validator

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Node
from cmsource.scenario.record import Record
from cmsource.scenario.unit_names import A_CALL_OUT, texts_in
from cmsource.values.language import say
from cmsource.values.money_types import Amount, Price
from cmsource.values.money_words import units_of
from cmsource.values.quantities import PriceTag, QuantityError, number_text, quoted
from cmsource.values.time_types import Duration, WeekHours
from cmsource.values.unit_words import units_in
from cmsource.values.week import DAY, EMPTY, WEEK, Week, a_week_of

_REACTION = assumed(
    "30 min",
    "reaction",
    say("assumption: half an hour until somebody on call at home begins to answer"),
)
_MINIMUM = assumed(
    "0 min",
    "minimum",
    say(
        "assumption: a call-out is paid as long as it lasts; agreements often pay an hour at least"
    ),
)
_NOTHING_FOR_IT = assumed(
    "0/month",
    "pay",
    say("no price of being on call is given, so none is counted; ask what it costs"),
)
_WEEKEND = Week(((5 * DAY, WEEK),))
_NIGHT = 21 * 60, 30 * 60
"""A night, as minutes from the midnight before it: from nine in the evening to six."""


class OnCallService(Record):
    """Hours on call of a provider, and what it asks for them."""

    hours: Annotated[Week, WeekHours(empty=True)] = Field(
        description="Hours of the week in which it is on call, beside those on duty; one person "
        "of it at a time."
    )
    pay: Annotated[PriceTag, Price("weekend", "week", "night", "day", "hour", "month")] = Field(
        PriceTag(0.0, "month"),
        description="Price of being on call, called out or not: 76/weekend, or by the week, night, "
        "day, hour or month.",
    )
    per_call_out: Annotated[float, Amount(None, each=A_CALL_OUT, usual="80")] = Field(
        0.0, description="Price of each call-out, however long it lasts, such as 80."
    )
    call_out: Annotated[float | None, Amount("hour", usual="90")] = Field(
        None,
        description="Price of an hour of call-outs, 0 where the price of each is all; without it "
        "they are hours of work like others.",
    )
    minimum: Annotated[float, Duration("minute", bare=False, maximum=1440)] = Field(
        0.0, description="Time that each call-out is paid for at least, such as 1 h."
    )
    reaction: Annotated[float, Duration("minute", bare=False, maximum=1440)] = Field(
        30.0, description="Time until somebody on call begins to answer, such as 30 min."
    )

    @field_validator("pay", "call_out", mode="before")
    @classmethod
    def _by_time(cls, price: object) -> object:
        """What is paid for time is not the flat fee, which has a key of its own."""
        said = [unit for _, text in texts_in(price, ()) for unit in units_of(text)]
        word = next((w for unit in said for w in units_in(unit) if w in A_CALL_OUT), "")
        if word:
            raise QuantityError(
                say("this is a price of time, and cannot be that of {unit}", unit=quoted(word)),
                say("write the price of each call-out under per_call_out"),
            )
        return price

    def times_a_week(self, hours: Week) -> float:
        """How often the pay is due a week for being on call in some hours.

        A day and a night count where hours in a row begin, and once more every 24 hours; a night
        is one that they have a part of, a weekend any hour of Saturday or Sunday.
        """
        per = self.pay.per
        if not hours:
            return 0.0
        if per == "hour":
            return hours.hours
        if per == "weekend":
            return 1.0 if hours.intersection(_WEEKEND) else 0.0
        if per == "night":
            first, last = _NIGHT
            nights = (Week.of([(day * DAY + first, day * DAY + last)]) for day in range(7))
            return float(sum([bool(hours.intersection(night)) for night in nights]))
        if per == "day":
            return float(sum([-((start - end) // DAY) for start, end in hours.in_a_row]))
        return a_week_of(1) if per == "month" else 1.0

    @classmethod
    def _begun(cls, draft: Draft) -> Draft | None:
        """The draft of what a source says of being on call, with how it goes; None for nothing."""
        own = draft.within("on_call", cls)
        if own is None or draft.lacks("on_call"):
            return None
        own.fill("reaction", _REACTION)
        own.fill("minimum", _MINIMUM)
        return own

    @classmethod
    def asked(cls, draft: Draft) -> None:
        """Fill what a provider on call is taken to ask, in the draft of the source."""
        own = cls._begun(draft)
        if own is None:
            return
        if draft.lacks("watch"):
            own.fill("pay", _NOTHING_FOR_IT)
        draft.tree["on_call"] = own.node()

    @classmethod
    def hours_said(cls, draft: Draft) -> Week:
        """The hours on call that a source says, before they are checked; none where it has none."""
        own = draft.within("on_call", cls)
        return EMPTY if own is None else own.early("hours") or EMPTY


class OnCall(OnCallService):
    """Hours on call of somebody on the payroll, and what is paid for them."""

    pay: Annotated[PriceTag, Price("weekend", "week", "night", "day", "hour", "month")] = Field(
        description="Gross pay for being on call, called out or not: 76/weekend, or by the week, "
        "night, day, hour or month."
    )
    per_call_out: Annotated[float, Amount(None, each=A_CALL_OUT, usual="25")] = Field(
        0.0, description="Gross pay for each call-out, on top of that of its hours, such as 25."
    )
    call_out: Annotated[float | None, Amount("hour")] = Field(
        None, description="Gross pay an hour of call-outs."
    )

    @staticmethod
    def completed(draft: Draft, wage: float | None) -> None:
        """Fill what somebody on call is taken to agree on, in the draft of the source.

        Args:
            draft: of the source.
            wage: its pay an hour; None where that is not known.
        """
        own = OnCall._begun(draft)
        if own is None:
            return
        if wage:
            own.fill("call_out", _call_out(wage))
        draft.tree["on_call"] = own.node()


def _call_out(wage: float) -> Node:
    said = say("assumption: call-outs are working time, and paid like any hour of it")
    return assumed(f"{number_text(wage)}/h", "call_out", said, "D")
