"""Time of work that is sold: what an hour or a day of it costs."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from cmsource.scenario.draft import Draft, early
from cmsource.scenario.record import check_only_one
from cmsource.scenario.source import Source
from cmsource.scenario.tiers import RATES, DayPrices, HourPrices, check_tiers, first_price
from cmsource.values.quantities import Hours
from cmsource.values.ranges import scaled
from cmsource.values.time_types import Duration, Effort

DAY = 420.0
"""Minutes of a day's work."""


class TimeSeller(Source):
    """Whoever sells hours or days of work."""

    hourly_rate: HourPrices = Field(None, description="Price of an hour of work, or tiers of it.")
    day_rate: DayPrices = Field(None, description="Price of a day of work, or tiers of it.")
    day_length: Annotated[float, Duration("minute", bare=False, zero=False, maximum=1440.0)] = (
        Field(DAY, description="A day's work, 7 h.")
    )
    max_hours: Annotated[Hours | None, Effort(bare=False, days=True)] = Field(
        None, description="Most hours of work it can do, such as 40 h/month."
    )

    @field_validator(*RATES)
    @classmethod
    def _one_rate(cls, value: object, info: ValidationInfo) -> object:
        check_only_one(value, info, RATES)
        if isinstance(value, tuple):
            check_tiers(value)
        return value

    @field_validator("max_hours")
    @classmethod
    def _in_hours(cls, value: Hours | None, info: ValidationInfo) -> Hours | None:
        """Hours of work, where they were given in days."""
        return None if value is None else hours_of(value, info)

    @property
    def rate(self) -> float | None:
        """Price of an hour of work, of the first where there are tiers; None where there is none.

        In the scenario's currency an hour, before any discount.
        """
        if self.hourly_rate is not None:
            return first_price(self.hourly_rate)
        daily = first_price(self.day_rate)
        return None if daily is None else daily * 60.0 / self.day_length

    @property
    def rate_key(self) -> str:
        """The key under which the rate was given."""
        return "hourly_rate" if self.hourly_rate is not None else "day_rate"

    @staticmethod
    def given_rate(draft: Draft) -> float | None:
        """Its price of an hour before it is checked; None where it gives none that can be read."""
        rate = _first(draft, "hourly_rate")
        if rate is None and (daily := _first(draft, "day_rate")) is not None:
            rate = daily * 60 / (draft.early("day_length") or DAY)
        return rate


def hours_of(value: Hours, info: ValidationInfo) -> Hours:
    """A time of work in hours, where it was given in days; for validators."""
    if not value.in_days:
        return value
    return Hours(scaled(value.amount, info.data.get("day_length", DAY) / 60), value.per)


def _first(draft: Draft, key: str) -> float | None:
    """A price before it is checked, of tiers the first; None where it cannot be read."""
    node = draft.tree.get(key)
    tiers = () if node is None else node.elements()
    found: float | None = (
        draft.early(key) if not tiers else early(draft.cls, key, tiers[0].get("price"))
    )
    return found
