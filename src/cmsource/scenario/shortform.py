"""The short form: a few keys at the top of the file stand for a whole scenario."""

import re
from typing import Annotated

from pydantic import Field

from cmsource.scenario.record import Record
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.quantities import Hours, Scalar, as_text, split_period
from cmsource.values.time_types import Duration, Effort, WeekHours
from cmsource.values.week import Week

_BARE = re.compile(r"[0-9]+([.,][0-9]+)?( ?\.\. ?[0-9]+([.,][0-9]+)?)?")


class DailyHours(Effort):
    """Hours of work a day, above 0; a number without a unit is hours."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(bare=False)
        object.__setattr__(self, "what", say("hours of work a day"))
        object.__setattr__(self, "examples", ("2 h/day", "2"))

    def read(self, raw: Scalar, currency: str) -> Hours:
        """Read hours a day; see `Quantity.read`."""
        if isinstance(raw, bool):
            raise self._refusal(raw)
        text = as_text(raw)
        if _BARE.fullmatch(text):
            text += " h"
        if split_period(" ".join(text.split()))[1] is None:
            text += "/day"
        hours = super().read(text, currency)
        if hours.per != "day" or getattr(hours.amount, "low", hours.amount) <= 0:
            raise self._refusal(raw)
        return hours

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"]}


class ShortForm(Record):
    """The keys of the short form that the full form does not have at its top."""

    hourly_wage: Annotated[float | None, Amount("hour", zero=False)] = Field(
        None, description="Gross hourly wage of the person you would hire."
    )
    agency_rate: Annotated[float | None, Amount("hour", usual="75")] = Field(
        None, description="An agency's price of an hour, without VAT."
    )
    hours_per_day: Annotated[Hours | None, DailyHours()] = Field(
        None,
        description="Hours of work a day with cover: half answering messages, half content.",
    )
    cover: Annotated[Week | None, WeekHours()] = Field(
        None,
        description="Hours of the week in which somebody must be watching, such as 24/7.",
    )
    answer_within: Annotated[float | None, Duration("minute", bare=False, zero=False)] = Field(
        None, description="How soon a message wants its answer."
    )
    tools: Annotated[float | None, Amount("month", usual="99")] = Field(
        None, description="Price of the tools that in-house people need, such as 549/month."
    )
