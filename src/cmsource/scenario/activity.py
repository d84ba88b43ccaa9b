"""Planned work: an activity in hours, or in units that take so many hours each."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    field_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from cmsource.scenario.counts import COUNTS, a_week
from cmsource.scenario.record import Record, check_only_one
from cmsource.values.language import say
from cmsource.values.number_types import Frequency
from cmsource.values.quantities import (
    PERIODS,
    Hours,
    QuantityError,
    find_number,
    in_full,
    quoted,
    split_period,
)
from cmsource.values.ranges import may_be_range
from cmsource.values.time_types import Duration, Effort
from cmsource.values.word_types import Text, YesNo

_WAYS = (*COUNTS, "hours")
"""Ways to say how much of an activity there is; one of them is said."""

_LONGEST_UNIT = 500.0
"""Hours of a unit at most: three months of one person. So ``1.875 h`` can only be one thing."""


class Activity(Record):
    """An activity in full: so many units of so many hours each, or hours; the skills for it."""

    per_day: Annotated[float | None, Frequency("day")] = Field(
        None, description="Units a calendar day, on average, such as posts."
    )
    per_week: Annotated[float | None, Frequency("week")] = Field(
        None, description="Units a week, on average."
    )
    per_month: Annotated[float | None, Frequency("month")] = Field(
        None, description="Units a month, on average."
    )
    hours: Annotated[Hours | None, Effort(bare=False)] = Field(
        None,
        description="Hours of the activity, in the place of units; h/day is a day with cover.",
        validate_default=True,
    )
    hours_each: Annotated[
        float | None, Duration("hour", bare=True, zero=False, maximum=_LONGEST_UNIT)
    ] = Field(None, description="Time that one unit takes, such as 1.5 h.", validate_default=True)
    skills: tuple[Annotated[str, Text()], ...] = Field(
        (), description="Skills that whoever takes the activity must have, every one of them."
    )
    published: Annotated[bool | None, YesNo()] = Field(
        None,
        description="Whether it goes out to the public, as posts do; that of units does unless "
        "it says no.",
    )

    @field_validator(*_WAYS)
    @classmethod
    def _said_once(cls, value: object, info: ValidationInfo) -> object:
        check_only_one(value, info, _WAYS)
        # What could not be read is not in what is known, and is no missing one either.
        last = info.field_name == _WAYS[-1] and value is None
        if last and all(info.data.get(key, 0) is None for key in COUNTS):
            words = {
                "keys": say("per_day, per_week, per_month nor hours"),
                "first": COUNTS[-1],
                "hint": say("write per_month: 12 and hours_each: 1.5, or hours: 6 h/week"),
            }
            raise PydanticCustomError("none_of", "there is neither {keys}", words)
        return value

    @field_validator("hours_each")
    @classmethod
    def _of_units(cls, value: float | None, info: ValidationInfo) -> float | None:
        check_only_one(value, info, ("hours",))
        if (
            value is None
            and "hours" in info.data
            and any(info.data.get(key) is not None for key in COUNTS)
        ):
            raise PydanticCustomError("missing", "units take time")
        return value

    @property
    def weekly_units(self) -> float:
        """Units a week; 0 where the activity is counted in hours."""
        return a_week(self.per_day, self.per_week, self.per_month)

    def weekly(self, days: int) -> float:
        """Hours a week, where a week has that many days with cover."""
        if self.hours is not None:
            return self.hours.weekly(days)
        return self.weekly_units * (self.hours_each or 0.0)


Work: TypeAlias = Hours | Activity
"""An activity as a scenario has it: hours for short, or in full."""


class HoursOrUnits(Effort):
    """Hours per period, or in their place a map that says an `Activity` in full."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(bare=False)

    def __get_pydantic_core_schema__(
        self, wanted: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def read(
            value: object, activity: Callable[[object], Activity], info: ValidationInfo
        ) -> Work:
            in_full = isinstance(value, Activity) or (
                isinstance(value, Mapping) and not may_be_range(value)
            )
            return activity(value) if in_full else self.validated(value, info)

        return core_schema.with_info_wrap_validator_function(
            read, handler.generate_schema(Activity)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        hours = super().__get_pydantic_json_schema__(schema, handler)
        return {**hours, "anyOf": [*hours["anyOf"], handler(schema)]}

    def _text(self, text: str, currency: str) -> Hours | None:
        try:
            return super()._text(text, currency)
        except QuantityError:
            units = _units(text)
            if units is None:
                raise
            raise QuantityError(
                say("{text} says how many, not how long they take", text=quoted(text)),
                say("write {texts}", texts=units),
            ) from None


def _units(text: str) -> str | None:
    """A text such as ``12 posts/month`` as an activity in full; None where it counts no units."""
    try:
        head, period = split_period(text)
        found = find_number(head)
    except QuantityError:
        return None
    if found is None or found[1] or not _is_noun(found[2]) or not (period or found[2]):
        return None
    times = {"quarter": 1 / 3, "half-year": 1 / 6, "year": 1 / 12}.get(period or "", 1.0)
    if period in ("hour", "night", "weekend", "total"):
        return None
    per = period if period in ("day", "week") else "month"
    return f"{{per_{per}: {in_full(found[0] * times)}, hours_each: 1.5}}"


def _is_noun(text: str) -> bool:
    """Whether a text can name what is counted: it is no unit of time, nor short for one."""
    return not text or (text.isalpha() and len(text) > 1 and text not in PERIODS)
