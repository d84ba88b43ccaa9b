"""Seasons: months of the year with more or less work than the others."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from cmsource.scenario.record import ByName
from cmsource.values.language import say
from cmsource.values.months import YEAR, months_in_words, months_of, months_text
from cmsource.values.quantities import QuantityError, ShapeError
from cmsource.values.text import described

MESSAGES = "messages"
MOST = 10.0
"""The largest level of a season, as a share of the volume that is written."""

Seasons = Mapping[str, Mapping[str, float]]
"""Levels by months and by activity, "" being all of them."""


class ByMonths(ByName):
    """Annotates a map from months of the year, such as ``seasons: {nov-dec: 180%}``."""

    def __init__(self) -> None:
        super().__init__(say("month"), "nov-dec")

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**super().__get_pydantic_json_schema__(schema, handler), "examples": [_EXAMPLE]}

    def usual(self, name: str) -> str:
        """Months as they are held; a name of none stays as it is."""
        try:
            return months_text(months_of(name))
        except QuantityError:
            return name

    def _given(self, value: object) -> object:
        if isinstance(value, dict):
            return super()._given(value)
        raise ShapeError(
            say("takes a map of months, found {found}", found=described(value)),
            say("write {texts}", texts="{nov-dec: 180%, aug: 40%}"),
        )

    def _name(self, name: object) -> str:
        try:
            return months_text(months_of(str(name)))
        except QuantityError as error:
            words = {"message": error.message, "hint": error.hint}
            raise PydanticCustomError("months", "{message}", words) from None


_EXAMPLE = {"nov-dec": "180%", "aug": "40%"}


class Level(NamedTuple):
    """How much work some months of the year bring, as shares of the volume that is written.

    Attributes:
        months: of the calendar, from 0 for January, in order.
        shares: by activity, ``messages`` and all of ``needs.work``.
    """

    months: tuple[int, ...]
    shares: Mapping[str, float]

    @property
    def name(self) -> str:
        """The months, for people; "" for a whole year."""
        return "" if len(self.months) == YEAR else months_in_words(self.months)

    @property
    def messages(self) -> float:
        """The share of messages."""
        return self.shares[MESSAGES]

    @property
    def is_written(self) -> bool:
        """Whether the volume is the one that is written."""
        return all(share == 1 for share in self.shares.values())


_ALL_MONTHS = tuple(range(YEAR))


def ordinary(level: Level, months: float | None = None) -> tuple[float, bool]:
    """How ordinary a level is: it has many months, and is the one that is written.

    Args:
        level: the level.
        months: how many of it there are; those of a year when None.
    """
    return len(level.months) if months is None else months, level.is_written


def levels_of(seasons: Seasons, activities: tuple[str, ...]) -> tuple[Level, ...]:
    """The different levels of a year, in the order in which their first months come.

    Args:
        seasons: as a scenario has them, whose months do not overlap.
        activities: of planned work.
    """
    names = (MESSAGES, *activities)
    if not seasons:
        return (Level(_ALL_MONTHS, dict.fromkeys(names, 1.0)),)
    year = [(1.0,) * len(names)] * YEAR
    for key, shares in seasons.items():
        every = shares.get("", 1.0)
        for month in months_of(key):
            year[month] = tuple([shares.get(name, every) for name in names])
    found: dict[tuple[float, ...], list[int]] = {}
    for month, level in enumerate(year):
        found.setdefault(level, []).append(month)
    return tuple(
        [
            Level(tuple(months), dict(zip(names, level, strict=True)))
            for level, months in found.items()
        ]
    )
