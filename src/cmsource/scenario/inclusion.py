"""What a retainer includes: hours of work, or so much of what there is by name."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from cmsource.scenario.record import EVERYTHING, ByName
from cmsource.values.language import say
from cmsource.values.quantities import (
    LARGEST,
    PER,
    TIMES_A_YEAR,
    Hours,
    QuantityError,
    find_number,
    in_full,
    not_negative,
    pieces,
    quoted,
    split_period,
)
from cmsource.values.ranges import is_range
from cmsource.values.time_types import EffortOrAll

MOST_INCLUDED = 10_000.0  # h/week, of many people; more is a slip
OF_TIME = {"hours": "hour", "days": "day"}
"""Names of an inclusion that are no activities, but times of work."""

Included: TypeAlias = Hours | str | float
"""Hours of work, ``all``, or how many a month."""


class Inclusion(EffortOrAll):
    """Hours of work, ``all``, or a count for a period, which is told in months: ``12/month``."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(MOST_INCLUDED, days=True)

    def _bare(self, value: float) -> Any:  # noqa: ANN401 - a count; a name says of what
        return not_negative(value, True)

    def _text(self, text: str, currency: str) -> Any:  # noqa: ANN401 - hours, a count, or the word
        if self.usual(text).lower() == self.word:
            return self.word
        head, period = split_period(text)
        found = find_number(head)
        if found is None or found[1] or found[2]:
            number, _ = _counted(text)
            _refuse_unit(text, say("write {number}/month", number=number))
            return super()._text(text, currency)
        if period is not None and period not in TIMES_A_YEAR:
            raise QuantityError(
                say("what is included cannot be {per}", per=PER[period]), say("write 12/month")
            )
        return self._bare(found[0] * TIMES_A_YEAR[period or "month"] / 12)

    def _schema(self) -> dict[str, object]:
        """Of counts, which need no unit; see `Quantity.json_schema`."""
        return {**super()._schema(), "maximum": LARGEST}

    def written(self, value: Included) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return f"{in_full(value)}/month" if isinstance(value, float) else super().written(value)


def _counted(text: str) -> tuple[str, str]:
    """How many of what a text counts that is no time: ``15`` and ``posts``; else nothing."""
    found = find_number(split_period(text)[0])
    if found is None or found[1] or len(found[2]) < len("an") or not found[2].isalpha():
        return "", ""
    try:
        pieces(f"1 {found[2]}")
    except QuantityError:
        return in_full(found[0]), found[2]
    return "", ""


def _refuse_unit(text: str, hint: str) -> None:
    """Refuse a count with the name of what it counts, such as ``15 posts/month``."""
    _, noun = _counted(text)
    if noun:
        raise QuantityError(say("{word} is not a unit of time", word=quoted(noun)), hint)


_PLAIN = EffortOrAll(MOST_INCLUDED, days=True)


class Inclusions(ByName):
    """Annotates what is included: hours of work as one value, or a map by what is counted."""

    def __init__(self) -> None:
        super().__init__(say("activity"), "posts", or_one=True)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        by_name = super().__get_pydantic_core_schema__(source, handler)
        read = core_schema.no_info_after_validator_function(_timed, by_name)
        return core_schema.with_info_before_validator_function(_hours_alone, read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        _, named = super().__get_pydantic_json_schema__(schema, handler)["anyOf"]
        return {"anyOf": [_PLAIN.__get_pydantic_json_schema__(schema, handler), named]}


def _hours_alone(value: object, info: ValidationInfo) -> object:
    """One value for everything, which is a time of work."""
    if isinstance(value, Mapping) and not is_range(value):
        return value
    if isinstance(value, str):
        number, noun = _counted(value)
        count = f"{{{noun}: {number}/month}}"
        _refuse_unit(value, say("write {count}, or {number} h/month", count=count, number=number))
    return {EVERYTHING: _PLAIN.validated(value, info)}


def _timed(found: dict[str, Included]) -> dict[str, Included]:
    """What is included, with counts under the names of times as times of work."""
    read: dict[str, Included] = {}
    for name, value in found.items():
        if name in OF_TIME and isinstance(value, float):
            read[name] = Hours(value, "month", name == "days")
        else:
            read[name] = value
    return read
