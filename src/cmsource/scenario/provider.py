"""Providers: everybody who bills the company for what they do."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from cmsource.scenario.draft import Draft
from cmsource.scenario.record import check_only_one
from cmsource.scenario.source import Source
from cmsource.values.money_types import Amount
from cmsource.values.quantities import Hours, number_text
from cmsource.values.ranges import scaled
from cmsource.values.time_types import Duration, Effort

RATES = ("hourly_rate", "day_rate")
"""Ways to say the price of work; a source says one of them at most."""

DAY = 420.0
"""Minutes of a day's work."""

Setup = Annotated[float, Amount(None)]
SETUP = Field(0.0, description="One-off price of starting.")


class Provider(Source):
    """A provider, who bills work."""

    hourly_rate: Annotated[float | None, Amount("hour")] = Field(
        None, description="Price of an hour of work."
    )
    day_rate: Annotated[float | None, Amount("day")] = Field(
        None, description="Price of a day of work."
    )
    day_length: Annotated[float, Duration("minute", bare=False, zero=False, maximum=1440.0)] = (
        Field(DAY, description="A day's work, 7 h.")
    )
    max_hours: Annotated[Hours | None, Effort(bare=False, days=True)] = Field(
        None, description="Most hours of work it can do, such as 40 h/month."
    )

    @field_validator(*RATES)
    @classmethod
    def _one_rate(cls, value: float | None, info: ValidationInfo) -> float | None:
        check_only_one(value, info, RATES)
        return value

    @field_validator("max_hours", "included", check_fields=False)
    @classmethod
    def _in_hours(cls, value: Hours | str | None, info: ValidationInfo) -> Hours | str | None:
        """Hours of work, where they were given in days."""
        if not isinstance(value, Hours) or not value.in_days:
            return value
        return Hours(scaled(value.amount, info.data.get("day_length", DAY) / 60), value.per)

    @property
    def has_ceiling(self) -> bool:
        """Whether it does no more hours than are agreed on, however many its duty has."""
        return self.max_hours is not None

    @property
    def rate(self) -> float | None:
        """Price of an hour of work, or None when work is not billed by time."""
        if self.hourly_rate is not None:
            return self.hourly_rate
        if self.day_rate is not None:
            return self.day_rate * 60.0 / self.day_length
        return None

    @property
    def rate_key(self) -> str:
        """The key under which the rate was given."""
        return "hourly_rate" if self.hourly_rate is not None else "day_rate"

    @staticmethod
    def given_rate(draft: Draft) -> float | None:
        """Its price of an hour before it is checked; None where it gives none that can be read."""
        rate: float | None = draft.early("hourly_rate")
        if rate is None and (daily := draft.early("day_rate")) is not None:
            rate = daily * 60 / (draft.early("day_length") or DAY)
        return rate

    @classmethod
    def fill_day_rate(cls, draft: Draft, fact: str) -> None:
        """Fill the price of a day with the country's, where no price is given."""
        if draft.lacks(*RATES):
            draft.fill("day_rate", draft.defaults.fact(fact, number_text, "/day"))
