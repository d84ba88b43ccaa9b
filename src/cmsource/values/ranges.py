"""Numbers that are not known exactly: a low end, a likely value and a high end.

A ranged number *is* its likely value, so whatever needs one number takes that one; what wants to
know how far it could be off looks at its ends. Written ``60..90`` (the likely value is the middle)
or ``{low: 60, likely: 70, high: 90}``.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from cmsource.values.language import Said, either, listed, say
from cmsource.values.money import format_digits
from cmsource.values.quantities import PER, Hours, PriceTag, QuantityError, quoted
from cmsource.values.text import described, shown

SHAPES = ("triangular", "pert")
"""How likely the values of a range are; both are zero at the ends and highest at the likely one."""

_BARE = re.compile(r"[-+]? ?[0-9.,' ]*[0-9]")
_NUMBER = re.compile(r"[0-9]+(?:[ .,'][0-9]+)*|[.,][0-9]+")
_PERIOD = re.compile(
    r"(?: ?/| per | par | an? | each | every | chaque | (?:de )?l').*", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"(?:(?:de|from) )?(.*[^ ]) (?:à|to) (.*)|(?:entre|between) (.*) (?:et|and) (.*)"
    r"|(.*[^ ]) ?[-–—] ?([€$£]?[0-9].*)",
    re.IGNORECASE,
)


class RangeError(QuantityError):
    """A range that says nothing: its ends are the wrong way round, or do not fit together."""

    code = "E210"


class Ranged(float):
    """A number with a range: as a number, it is its likely value.

    Attributes:
        low: the lowest value that it can have.
        high: the highest.
        shape: one of `SHAPES`.
    """

    __slots__ = ("high", "low", "shape")
    low: float
    high: float
    shape: str

    def __new__(cls, low: float, likely: float, high: float, shape: str = SHAPES[0]) -> "Ranged":
        """A range whose numbers are in order: low, likely, high."""
        self = super().__new__(cls, likely)
        self.low, self.high, self.shape = low, high, shape
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:  # so that copies and pickles keep the range
        return self.low, float(self), self.high, self.shape


def scaled(number: float, factor: float) -> float:
    """A number times a factor above 0; of a range, all three of its numbers."""
    if isinstance(number, Ranged):
        low, likely, high = (each * factor for each in (number.low, float(number), number.high))
        return Ranged(low, likely, high, number.shape)
    return number * factor


class RangedCount(int):
    """A whole number with a range; see `Ranged`."""

    low: int
    high: int
    shape: str

    def __new__(cls, low: int, likely: int, high: int, shape: str = SHAPES[0]) -> "RangedCount":
        """A range whose numbers are in order: low, likely, high."""
        self = super().__new__(cls, likely)
        self.low, self.high, self.shape = low, high, shape
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.low, int(self), self.high, self.shape


class Range(BaseModel):
    """A number that is not known exactly."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"minProperties": 1}, defer_build=True
    )
    low: str | float | None = Field(None, description="The lowest value.")
    likely: str | float | None = Field(None, description="The likely value; else the middle.")
    high: str | float | None = Field(None, description="The highest value.")
    shape: Literal["triangular", "pert"] | None = Field(
        None, description="How likely the values are."
    )


_KEYS = frozenset(Range.model_fields)


def is_range(value: object) -> bool:
    """Whether a value is a map that stands for a range: it has ends, and no other keys."""
    return (
        isinstance(value, Mapping) and ("low" in value or "high" in value) and value.keys() <= _KEYS
    )


def may_be_range(value: Mapping[str, object]) -> bool:
    """Whether a map has nothing but keys of a range, if not all that one takes."""
    return bool(value) and value.keys() <= _KEYS


def dotted(text: str) -> str:
    """A range in words, or with a dash, as one with two dots: ``15 à 20`` as ``15..20``.

    Args:
        text: any text, with single spaces; what is no such range stays as it is.
    """
    if ".." in text:
        return text
    found = _FROM_TO.fullmatch(text)
    ends = [] if found is None else [end.strip() for end in found.groups() if end is not None]
    if len(ends) == 2 and all(any(mark.isdigit() for mark in end) for end in ends):
        return "..".join(ends)
    return text


class Ends(NamedTuple):
    """The two ends of a range as they are written, each a quantity of its own."""

    low: str
    high: str


def ends_of(text: str) -> Ends:
    """The ends of a range such as ``60..90 €/h``, the unit and period of its high end at both.

    Args:
        text: the range, with single spaces.

    Raises:
        RangeError: it has not two ends, or the unit is not clear.
    """
    low, _, high = (part.strip() for part in text.partition(".."))
    if not low or not high or ".." in high or high.startswith("."):
        raise RangeError(
            say("{text} has not two ends", text=quoted(text)),
            say("write 60..90, or {low: 60, likely: 70, high: 90}"),
        )
    found = _PERIOD.search(high)
    period = found[0] if found else ""
    if _BARE.fullmatch(low):
        head = high.removesuffix(period)
        number = _NUMBER.search(head)
        unit = head[number.end() :] if number else ""
        if any(character.isdigit() for character in unit):
            raise RangeError(
                say("the low end of {text} has no unit", text=quoted(text)),
                say("write it at both ends"),
            )
        low += unit
    if period and not _PERIOD.search(low):
        low += period
    return Ends(low, high)


def ranged(low: Any, likely: Any, high: Any, shape: str = SHAPES[0]) -> Any:  # noqa: ANN401
    """A range made of values that one quantity has read.

    Args:
        low: a number, `Hours` or a `PriceTag`.
        likely: the same; the middle of the two others when None (of whole numbers the lower one).
        high: the same.
        shape: one of `SHAPES`.

    Returns:
        A number that is a `Ranged` or `RangedCount`; `Hours` and price tags with one as amount.

    Raises:
        RangeError: they are not in order, are for different periods, or are no numbers.
    """
    given = [value for value in (low, likely, high) if value is not None]
    if any(isinstance(value, str) for value in given):
        raise RangeError(
            say("the ends of a range are numbers"), say("write two numbers, such as 2..4")
        )
    if isinstance(low, (Hours, PriceTag)):
        periods = list(dict.fromkeys(value.per for value in given))
        if len({type(value) is Hours and value.in_days for value in given}) > 1:
            raise RangeError(
                say("a range cannot go from days to hours"), say("write the same unit twice")
            )
        if len(periods) > 1:
            raise RangeError(
                say(
                    "a range cannot go from {one} to {other}",
                    one=_per(periods[0]),
                    other=_per(periods[1]),
                ),
                say("write the same period everywhere"),
            )
        middle = None if likely is None else likely.amount
        return low._replace(amount=ranged(low.amount, middle, high.amount, shape))
    if likely is None and high >= low:
        likely = (low + high) // 2 if isinstance(low, int) else low + (high - low) / 2
    if not low <= (low if likely is None else likely) <= high:
        numbers = listed([format_digits(value, 12) for value in given], say(", "))
        raise RangeError(
            say("the numbers of this range are not in order: {numbers}", numbers=numbers), _ORDER
        )
    if isinstance(low, int):
        return RangedCount(low, likely, high, shape)
    return Ranged(low, likely, high, shape)


def range_of(said: Mapping[str, Any], read: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """The range that a map says; see `ranged`.

    Args:
        said: a map for which `is_range` holds.
        read: reads each of its numbers.

    Raises:
        QuantityError: one of the numbers cannot be read, or they make no range.
    """
    values: dict[str, Any] = {}
    for key in ("low", "likely", "high"):
        part = said.get(key)
        if part is None:
            continue
        if isinstance(part, (dict, list)) or (isinstance(part, str) and ".." in part):
            message = say("an end of a range is one number, found {found}", found=described(part))
            raise QuantityError(message, "").inside(key)
        try:
            values[key] = read(part)
        except QuantityError as error:
            raise error.inside(key) from None
    for key in ("low", "high"):
        if key not in values:
            lacking = (
                say("the range has no low end")
                if key == "low"
                else say("the range has no high end")
            )
            raise RangeError(lacking, say("write {key}: and a number", key=key))
    shape = said.get("shape") or SHAPES[0]
    if shape not in SHAPES:
        message = say("no range has the shape {shape}", shape=shown(shape))
        raise RangeError(message, either(SHAPES)).inside("shape")
    return ranged(values["low"], values.get("likely"), values["high"], shape)


_ORDER = say("write the lowest first: low, likely, high")


def _per(period: str) -> Said:
    return say("a total") if period == "total" else say("an amount {per}", per=PER[period])
