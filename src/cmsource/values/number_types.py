"""Numbers as annotated types: shares, numbers and counts."""

import re

from cmsource.values.language import either, say
from cmsource.values.money import format_digits
from cmsource.values.quantities import (
    LARGEST,
    PER,
    QuantityError,
    at_most,
    find_number,
    not_negative,
    split_period,
    with_unit,
)
from cmsource.values.quantity_type import Quantity

_PER_CENT = re.compile(r"\b(?:per ?cent|percent|pour ?cent|pct|p\. ?100)(?![^\W_])", re.IGNORECASE)

_PER_CENT_SIGN = say("%")
_ANY = 40
"""A number that most numbers could be."""
_MESSAGES = re.compile(r" (?:messages?|msgs?)$")


class Share(Quantity[float]):
    """A share from 0 to `maximum`: ``95%``, or a bare number from 0 to 1; without 0 unless `zero`.

    With `per_year`, ``2%/year`` is read as 2%.
    """

    __slots__ = ("_maximum", "_per_year", "_zero")
    numeric = True
    _maximum: float
    _per_year: bool
    _zero: bool

    def __init__(self, maximum: float = 1.0, per_year: bool = False, zero: bool = True) -> None:
        examples = (
            (say("2%/year"), "2%") if per_year else ("30%", "0.3") if maximum >= 0.3 else ("2%",)
        )
        fields = {"_maximum": maximum, "_per_year": per_year, "_zero": zero}
        super().__init__(say("a share"), *examples, **fields)

    @property
    def per_year(self) -> bool:
        """Whether it is a share a year."""
        return self._per_year

    def _bare(self, value: float) -> float:
        if value > 1:
            readings = [with_unit(number, _PER_CENT_SIGN) for number in (value, value * 100)]
            most = with_unit(self._maximum * 100, _PER_CENT_SIGN)
            fitting = [
                reading
                for reading, number in zip(readings, (value, value * 100), strict=True)
                if number <= self._maximum * 100
            ]
            raise QuantityError(
                say(
                    "{number} can be {both}", number=format_digits(value, 12), both=either(readings)
                ),
                say("write {texts}", texts=either(fitting))
                if fitting
                else say("write at most {most}", most=most),
            )
        return self._checked(value)

    def _checked(self, value: float) -> float:
        if value > self._maximum:
            at_most(value * 100, self._maximum * 100, _PER_CENT_SIGN)
        return not_negative(value, self._zero)

    def _text(self, text: str, currency: str) -> float | None:
        head, period = split_period(_PER_CENT.sub("%", text))
        found = find_number(head)
        if found is None or found[1] or found[2] not in ("", "%"):
            return None
        if period is not None and (period != "year" or not self._per_year):
            raise QuantityError(
                say("this is a share a year, and cannot be {per}", per=PER[period])
                if self._per_year
                else say("this is a share without a period, and cannot be {per}", per=PER[period]),
                say("write {texts}", texts=self.examples[0]),
            )
        return self._checked(found[0] / 100) if found[2] else self._bare(found[0])

    def written(self, value: float) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return f"{value * 100:.10g}%"

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"], "minimum": 0, "maximum": min(1.0, self._maximum)}


class Number(Quantity[float]):
    """A plain number without a unit, from `minimum` to `maximum`; without 0 unless `zero`."""

    __slots__ = ("_maximum", "_minimum", "_zero")
    numeric = True
    _maximum: float
    _minimum: float
    _zero: bool

    def __init__(self, minimum: float = 0.0, maximum: float = LARGEST, zero: bool = True) -> None:
        least, most = format_digits(minimum, 12), format_digits(maximum, 12)
        what = say("a number from {least} to {most}", least=least, most=most)
        super().__init__(
            say("a number") if maximum >= LARGEST else what,
            _minimum=minimum,
            _maximum=maximum,
            _zero=zero,
        )

    @property
    def example(self) -> float:
        """A number like any other; see `Quantity.example`."""
        return max(self._minimum, min(_ANY, self._maximum))

    def _bare(self, value: float) -> float:
        if value == 0:
            not_negative(value, self._zero)
        if value < self._minimum:
            raise QuantityError(
                say(
                    "{number} is less than {least}",
                    number=format_digits(value, 12),
                    least=format_digits(self._minimum, 12),
                ),
                say("write at least {least}", least=format_digits(self._minimum, 12)),
            )
        return at_most(value, self._maximum)

    def _schema(self) -> dict[str, object]:
        kinds = ["number", "string"]
        return {"type": kinds, "minimum": self._minimum, "maximum": self._maximum}


class Frequency(Number):
    """How many there are in a period, which may stand behind the number too: ``40 par jour``."""

    __slots__ = ("_period",)
    _period: str

    def __init__(self, period: str, zero: bool = True) -> None:
        super().__init__(minimum=0, zero=zero)
        object.__setattr__(self, "_period", period)

    def _text(self, text: str, currency: str) -> float | None:
        head, period = split_period(text)
        if period not in (None, self._period):
            raise QuantityError(
                say(
                    "this is a number {per}, and cannot be {other}",
                    per=PER[self._period],
                    other=PER[period or ""],
                ),
                say("write it {per}, or under the key of the other period", per=PER[self._period]),
            )
        return super()._text(_MESSAGES.sub("", head), currency)


class Rate(Number):
    """A plain number from 0 on, which may be written in per cent: ``1.56%`` is 0.0156."""

    __slots__ = ()

    def _text(self, text: str, currency: str) -> float | None:
        head = _PER_CENT.sub("%", text)
        found = find_number(head)
        if found is None or found[1] or found[2] not in ("", "%"):
            return None
        return self._bare(found[0] / 100 if found[2] else found[0])


class Count(Quantity[int | str]):
    """A whole number from `minimum` to `maximum`, or the one word that is allowed instead."""

    __slots__ = ("_maximum", "_minimum", "_word")
    numeric = True
    _maximum: int
    _minimum: int
    _word: str | None

    def __init__(self, minimum: int = 1, maximum: int = 1_000_000, word: str | None = None) -> None:
        examples: tuple[int | str, ...] = (max(minimum, 1), word) if word else (max(minimum, 1),)
        super().__init__(
            say('a whole number or "{word}"', word=word) if word else say("a whole number"),
            *examples,
            _minimum=minimum,
            _maximum=maximum,
            _word=word,
        )

    def _bare(self, value: float) -> int:
        if value < self._minimum:
            raise QuantityError(
                say(
                    "{number} is less than {least}",
                    number=format_digits(value, 12),
                    least=self._minimum,
                ),
                say("write at least {least}", least=self._minimum),
            )
        if value % 1:
            low = int(value // 1)
            raise QuantityError(
                say("{value} is not a whole number", value=format_digits(value, 12)),
                say("write {texts}", texts=either([str(low), str(low + 1)])),
            )
        return int(at_most(value, self._maximum))

    def _text(self, text: str, currency: str) -> int | str | None:
        if self._word is not None and text.lower() == self._word.lower():
            return self._word
        return super()._text(text, currency)

    def _schema(self) -> dict[str, object]:
        kinds = ["integer", "string"]
        return {"type": kinds, "minimum": self._minimum, "maximum": self._maximum}
