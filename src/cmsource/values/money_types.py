"""Money as annotated types: an amount per period, and a price whose period matters."""

import re
from typing import ClassVar

from cmsource.values.language import Said, either, say
from cmsource.values.money import is_currency
from cmsource.values.money_words import currencies_named, find_money, find_price_of_one
from cmsource.values.quantities import (
    ADJECTIVES,
    LARGEST,
    PER,
    PERIODS,
    SUFFIX,
    TIMES_A_YEAR,
    PriceTag,
    QuantityError,
    Scalar,
    ambiguous,
    in_full,
    not_negative,
    quoted,
)
from cmsource.values.quantity_type import Quantity
from cmsource.values.text import printable
from cmsource.values.unit_words import EACH, units_in
from cmsource.values.written import written

_MOST_NAMED = 3
_USUAL = {
    "hour": "3",
    "weekend": "120",
    "week": "150",
    "night": "30",
    "day": "50",
    "resolution": "0.99",
}
"""A usual price by its period; any other is 900."""


_USUAL_AMOUNT = {"hour": "16.50", "day": "350", "month": "1500", "year": "38 000"}
"""The same of an amount, which is most often pay."""


class PeriodError(QuantityError):
    """An amount for a period that does not convert into the wanted one.

    Attributes:
        found: the amount and its period.
    """

    found: PriceTag

    def of(self, found: PriceTag) -> "PeriodError":
        """The same error, of an amount."""
        self.found = found
        return self


class Amount(Quantity[float]):
    """Money per hour, day, month or year, or once (None).

    A bare number takes the period; weeks, months and years convert into each other (a year has 52
    weeks and 12 months), hours and days into nothing. What else it is for one of may be said in the
    words of `each`: ``90 €/month per person``.

    Args:
        period: that the amount is for.
        zero: whether it may be 0.
        each: words for what else it is for one of.
        usual: a usual amount, which messages take for an example.
        others: keys of the same record of which one is given, each for a period of its own.
    """

    __slots__ = ("_each", "_period", "_zero", "others")
    numeric = True
    examples: tuple[str, ...]
    others: tuple[str, ...]
    _each: frozenset[str]
    _period: str | None
    _zero: bool

    def __init__(
        self,
        period: str | None,
        zero: bool = True,
        each: frozenset[str] = frozenset(),
        usual: str = "",
        others: tuple[str, ...] = (),
    ) -> None:
        number = usual or _USUAL_AMOUNT.get(period or "", "2000")
        what = say("an amount of money")
        examples: tuple[str, ...] = (number,)
        if period:
            what = say("an amount of money {per}", per=PER[period])
            examples = (number, say("{number}{per}", number=written(number), per=SUFFIX[period]))
        super().__init__(what, *examples, _period=period, _zero=zero, _each=each, others=others)

    @property
    def period(self) -> str | None:
        """What the money is for: an hour, a day, a month or a year; None for once."""
        return self._period

    @property
    def example(self) -> str:
        """An amount with its period, where it has one; see `Quantity.example`."""
        return self.examples[-1]

    def _bare(self, value: float) -> float:
        return not_negative(value, self._zero)

    def _text(self, text: str, currency: str) -> float | None:
        money = find_money(text, currency, self._hint, self._each)
        if money is None:
            return None
        value, period = money
        if period is None or period == (self._period or "total"):
            return self._bare(value)
        if self._period is None:
            message = say("this is paid once, and cannot be {per}", per=PER[period])
            if not EACH.isdisjoint(self._each):
                message = say("this is the price of one, and cannot be {per}", per=PER[period])
            raise QuantityError(message, say("leave out {text}", text=SUFFIX[period]))
        if self.takes(period):
            return self._bare(value * TIMES_A_YEAR[period] / TIMES_A_YEAR[self._period])
        message = say(
            "this is an amount {per}, and cannot be {other}",
            per=PER[self._period],
            other=PER[period],
        )
        raise PeriodError(message, self._hint).of(PriceTag(value, period))

    def takes(self, period: str) -> bool:
        """Whether it takes an amount for a period: its own, or one that converts into that."""
        return period == self._period or (period in TIMES_A_YEAR and self._period in TIMES_A_YEAR)

    @property
    def _hint(self) -> Said:
        """How to write an amount for another period."""
        if self._period is None:
            return say("write it without a unit, such as {text}", text=self.such_as)
        return say("write it {per}, such as {text}", per=PER[self._period], text=self.examples[1])

    def written(self, value: float) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return f"{in_full(value)}{SUFFIX[self._period] if self._period else ''}"

    def _schema(self) -> dict[str, object]:
        low = "minimum" if self._zero else "exclusiveMinimum"
        return {"type": ["number", "string"], low: 0, "maximum": LARGEST}


class UnitPrice(Amount):
    """Money for one of what is counted: ``60``, ``60 €``, ``60 €/post`` or ``60 € la pièce``.

    Whether the unit is the right one is for those to say who know what is counted.
    """

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(None)
        object.__setattr__(self, "what", say("a price for one"))
        object.__setattr__(self, "examples", ("60",))

    def _text(self, text: str, currency: str) -> float | None:
        _refuse_several(text, currency)
        money = find_price_of_one(
            text, currency, say("write the price of one, such as {text}", text=self.such_as)
        )
        if money is None:
            return None
        value, unit = money
        for each in units_in(unit):
            period = PERIODS.get(each) or ADJECTIVES.get(each)
            if period is not None and period != "resolution":
                raise QuantityError(
                    say("this is the price of one, and cannot be {per}", per=PER[period]),
                    say(
                        "leave out {text}",
                        text=quoted(each) if period == "total" else SUFFIX[period],
                    ),
                )
        return self._bare(value)


_SEVERAL = re.compile(
    r"(?P<amount>.{1,40}?)(?: ?/ ?| (?:for|per|pour|les|the) )"
    r"(?P<several>(?P<count>[0-9]{1,4}) (?P<unit>[^\W\d_].{0,40}))"
)
"""A price of several pieces: ``60 €/2 posts``, ``60 € for 2 posts``."""


def _refuse_several(text: str, currency: str) -> None:
    """Refuse the price of several pieces, and say what one of them costs.

    Raises:
        QuantityError: it is one.
    """
    found = _SEVERAL.fullmatch(" ".join(text.split()))
    if found is None or int(found["count"]) < 2 or found["unit"].lower() in PERIODS:
        return
    money = find_money(found["amount"], currency, "")
    if money is not None and money[1] is None:
        raise QuantityError(
            say(
                "{amount} for {several} is the price of several",
                amount=printable(found["amount"]),
                several=printable(found["several"]),
            ),
            say(
                "write the price of one, {price}",
                price=written(in_full(round(money[0] / int(found["count"]), 2))),
            ),
        )


class Currency(Quantity[str]):
    """The code of a currency, ISO 4217; capitals do not matter."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(say("the code of a currency"), "CHF", "GBP")

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a code; see `Quantity.read`."""
        text = raw.strip() if isinstance(raw, str) else ""
        if is_currency(text.upper()):
            return text.upper()
        close = currencies_named(text)
        if not close:
            raise self._refusal(raw)
        hint = (
            say("write its code")
            if len(close) > _MOST_NAMED
            else say("write {texts}", texts=either(close))
        )
        raise QuantityError(say("{found} is not {what}", found=quoted(raw), what=self.what), hint)

    def _schema(self) -> dict[str, object]:
        return {"type": "string", "minLength": 1}


class Price(Quantity[PriceTag]):
    """Money whose period matters: one of `periods`, among which ``total`` means once.

    Where months are allowed and weeks or years are not, those become months. A bare number takes
    the period `bare`; without one it is refused with its possible readings, but for 0.
    """

    __slots__ = ("_bare_period", "_periods")
    kept: ClassVar[tuple[type, ...]] = (PriceTag,)
    numeric = True
    _bare_period: str | None
    _periods: tuple[str, ...]

    def __init__(self, *periods: str, bare: str | None = None) -> None:
        examples = [
            say("{number}{per}", number=written(_USUAL.get(period, "900")), per=SUFFIX[period])
            for period in periods
        ]
        super().__init__(say("a price"), *examples, _periods=periods, _bare_period=bare)

    def _bare(self, value: float) -> PriceTag:
        not_negative(value, True)
        if self._bare_period is None and not value:
            return PriceTag(value, self._periods[0])
        if self._bare_period is None:
            raise ambiguous(value, [SUFFIX[period] for period in self._periods])
        return PriceTag(value, self._bare_period)

    def _text(self, text: str, currency: str) -> PriceTag | None:
        hint = say("write {texts}", texts=either(written(str(each)) for each in self.examples))
        money = find_money(text, currency, hint)
        if money is None:
            return None
        value, period = money
        if period is None:
            return self._bare(value)
        not_negative(value, True)
        if period in self._periods:
            return PriceTag(value, period)
        if period in TIMES_A_YEAR and "month" in self._periods:
            return PriceTag(value * TIMES_A_YEAR[period] / 12, "month")
        raise QuantityError(
            say("this price cannot be {per}", per=PER[period]),
            hint,
        )

    def written(self, value: PriceTag) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return f"{in_full(value.amount)}{SUFFIX[value.per]}"

    def _schema(self) -> dict[str, object]:
        return super()._schema() if self._bare_period else {**super()._schema(), "maximum": 0}
