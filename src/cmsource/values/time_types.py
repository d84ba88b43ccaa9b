"""Times as annotated types: lengths, working time, days, dates and hours of the week."""

import datetime
from typing import Any, ClassVar

from cmsource.values.language import Said, listed, say
from cmsource.values.quantities import (
    LARGEST,
    MINUTES,
    PERIODS,
    SUFFIX,
    TIMES_A_YEAR,
    Hours,
    QuantityError,
    Scalar,
    ambiguous,
    at_most,
    find_number,
    in_full,
    not_negative,
    pieces,
    quoted,
    split_period,
    with_unit,
)
from cmsource.values.quantity_type import Quantity
from cmsource.values.week import Week, a_week_of
from cmsource.values.week_reader import parse_week
from cmsource.values.written import in_units, written

_IN = {
    "minute": "min",
    "hour": "h",
    "day": "days",
    "week": "weeks",
    "month": "months",
}
_USUAL_LENGTHS = {
    "minute": ("30 min", "1h"),
    "hour": ("1.5 h", "90 min"),
    "day": (say("2 days"), "36 h"),
    "week": (say("4 weeks"), say("10 days")),
    "month": (say("24 months"), say("12 weeks")),
}
_LEAST_USUAL = {"minute": 60.0, "hour": 1.5, "day": 2.0, "week": 4.0, "month": 24.0}
"""What a maximum has to allow, for the examples to be among what is taken."""
_A_DAY = "h/day"
_A_WEEK = "h/week"


class Duration(Quantity[float]):
    """A length of time from minutes to months: ``1h30``, ``2 days`` of 24 h, ``18 months``.

    A month is 52/12 weeks. A number without a unit is refused, but for 0, unless `bare`.
    """

    __slots__ = ("_bare_ok", "_maximum", "_unit", "_zero")
    numeric = True
    _bare_ok: bool
    _maximum: float | None
    _unit: str
    _zero: bool

    def __init__(
        self, unit: str, bare: bool, zero: bool = True, maximum: float | None = None
    ) -> None:
        usual = _USUAL_LENGTHS[unit]
        fits = maximum is None or maximum >= _LEAST_USUAL[unit]
        examples = usual if fits else (with_unit(maximum or 0, _IN[unit]),)
        super().__init__(
            say("a length of time"),
            *examples,
            _unit=unit,
            _bare_ok=bare,
            _zero=zero,
            _maximum=maximum,
        )

    @property
    def unit(self) -> str:
        """What it is counted in: ``minute``, ``hour``, ``day``, ``week`` or ``month``."""
        return self._unit

    def _bare(self, value: float) -> float:
        if value and not self._bare_ok:
            units = ["months", "weeks"] if self._unit == "month" else ["min", "h"]
            raise ambiguous(value, units)
        return self._checked(value)

    def _checked(self, value: float) -> float:
        return at_most(not_negative(value, self._zero), self._maximum, _IN[self._unit])

    def _text(self, text: str, currency: str) -> float | None:
        found = pieces(text)
        if found is None:
            return None
        if not found[0][1]:
            return self._bare(found[0][0])
        scale = MINUTES[self._unit]
        return self._checked(
            sum(n if unit == self._unit else n * MINUTES[unit] / scale for n, unit in found)
        )

    def written(self, value: float) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return str(in_units(in_full(value), _IN[self._unit]))

    def _schema(self) -> dict[str, object]:
        limit = (LARGEST if self._maximum is None else self._maximum) if self._bare_ok else 0
        return {"type": ["number", "string"], "minimum": 0, "maximum": limit}


class Effort(Quantity[Hours]):
    """Working time per day, week or month: ``2 h/day``, ``1h30/day``, ``1607 h/year`` (in months).

    With `bare`, a number or hours without a period are hours a week; otherwise they are refused,
    but for 0. The maximum is in hours a week (a day may have all of them, up to 24). With `days`,
    days of work are taken as well: ``6 days/month``, whose length is for the record to know.
    """

    __slots__ = ("_bare_ok", "_days_ok", "_maximum")
    kept: ClassVar[tuple[type, ...]] = (Hours,)
    numeric = True
    _bare_ok: bool
    _days_ok: bool
    _maximum: float

    def __init__(self, bare: bool, maximum: float = 168.0, days: bool = False) -> None:
        examples = with_unit(min(maximum, 35), _A_WEEK), with_unit(min(maximum, 2), _A_DAY)
        if days:
            examples = (examples[0], say("6 days/month"))
        fields = {"_bare_ok": bare, "_maximum": maximum, "_days_ok": days}
        super().__init__(say("hours per period"), *examples, **fields)

    def _bare(self, value: float) -> Hours:
        if value and not self._bare_ok:
            raise ambiguous(value, [_A_DAY, _A_WEEK, say(" h/month")])
        return self._checked(Hours(value, "week"))

    def _checked(self, hours: Hours) -> Hours:
        not_negative(hours.amount, True)
        if hours.in_days:
            at_most(hours.weekly(0), 7, "days/week")
        elif hours.per == "day":
            at_most(hours.amount, min(24.0, self._maximum), _A_DAY)
        else:
            at_most(hours.weekly(0), self._maximum, _A_WEEK)
        return hours

    def _text(self, text: str, currency: str) -> Hours | None:
        head, period = split_period(text)
        found = pieces(head.removesuffix(" of work").removesuffix(" de travail"))
        if found is None:
            return None
        if not found[0][1]:
            if period is None or not found[0][0]:
                return self._bare(found[0][0])
            raise QuantityError(
                say("{text} has no unit", text=quoted(text)), say("write h or min, such as 2 h/day")
            )
        if period in ("hour", "night", "weekend", "total"):
            raise QuantityError(
                say("working time is per day, week, month or year"),
                say("write {texts}", texts=self.examples[0]),
            )
        if any(unit not in ("hour", "minute") for _, unit in found):
            return self._in_days(found, period)
        hours = sum(n if unit == "hour" else n / 60 for n, unit in found)
        if period is None:
            if self._bare_ok or not hours:
                return self._bare(hours)
            raise ambiguous(hours, [_A_DAY, _A_WEEK, say(" h/month")])
        return self._checked(_in_months(hours, period))

    def _in_days(self, found: list[tuple[float, str]], period: str | None) -> Hours:
        """Days of work, where they are taken; else how many hours they usually have."""
        days, unit = found[0]
        if len(found) > 1 or unit != "day" or period == "day":
            raise QuantityError(say("working time is counted in hours"), say("write h or min"))
        if period is None:
            raise ambiguous(days, ["days/week", "days/month"])
        if not self._days_ok:
            raise QuantityError(
                say("working time is counted in hours here"),
                say(
                    "write {hours} h{per} for days of {day} hours",
                    hours=in_full(days * _USUAL_DAY),
                    per=SUFFIX[period],
                    day=_USUAL_DAY,
                ),
            )
        return self._checked(_in_months(days, period, in_days=True))

    def written(self, value: Hours) -> str:
        """The value as one would write it; see `Quantity.written`."""
        unit = "days" if value.in_days else "h"
        return str(in_units(in_full(value.amount), f"{unit}/{value.per}"))

    def _schema(self) -> dict[str, object]:
        limit = self._maximum if self._bare_ok else 0
        return {"type": ["number", "string"], "minimum": 0, "maximum": limit}


class EffortOrAll(Effort):
    """Working time as `Effort` reads it without `bare`, or the word ``all``, which stays a text."""

    __slots__ = ()
    word: ClassVar[str] = "all"

    def __init__(self, maximum: float = 168.0, days: bool = False) -> None:
        super().__init__(False, maximum, days)
        object.__setattr__(self, "examples", (*self.examples, self.word))

    @property
    def such_as(self) -> Said:
        """Some examples; see `Quantity.such_as`."""
        *hours, word = self.examples[:3]
        return say(
            "{hours} or {word}", hours=listed([written(str(each)) for each in hours]), word=word
        )

    def usual(self, text: str) -> str:
        """The usual word; see `Quantity.usual`."""
        return self.word if text.strip().lower() == "tout" else text

    def _text(self, text: str, currency: str) -> Any:  # noqa: ANN401 - hours, or the word
        text = self.usual(text)
        return self.word if text.lower() == self.word else super()._text(text, currency)

    def written(self, value: Hours | str) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return value if isinstance(value, str) else super().written(value)


_USUAL_DAY = 7


def _in_months(amount: float, period: str, *, in_days: bool = False) -> Hours:
    """Working time, by the month where it is given for a longer period."""
    if period in ("day", "week", "month"):
        return Hours(amount, period, in_days)
    return Hours(amount * TIMES_A_YEAR[period] / 12, "month", in_days)


class Pack(Quantity[Hours]):
    """Days or hours agreed on, a month or a year: ``6/month``, ``6 days/month``, ``120 h/year``.

    A bare number is a month's; weeks become months, quarters and half-years too. At most 31 days or
    744 hours a month.
    """

    __slots__ = ("_maximum", "_unit")
    kept: ClassVar[tuple[type, ...]] = (Hours,)
    numeric = True
    _maximum: float
    _unit: str

    def __init__(self, unit: str) -> None:
        days = unit == "day"
        what = say("a number of days per month") if days else say("a number of hours per month")
        examples = (say("1/month"), say("12/year")) if days else (say("10/month"), say("120/year"))
        super().__init__(what, *examples, _unit=unit, _maximum=31.0 if days else 744.0)

    def limits(self) -> tuple[float, float]:
        """From 0 to as many a week as a month of 31 days has."""
        return 0.0, a_week_of(self._maximum)

    def _bare(self, value: float) -> Hours:
        return self._in(value, "month")

    def _in(self, value: float, period: str) -> Hours:
        if period not in ("month", "year"):
            value, period = value * TIMES_A_YEAR[period] / 12, "month"
        a_month = not_negative(value, True) / (12 if period == "year" else 1)
        days = self._unit == "day"
        at_most(a_month, self._maximum, say(" days a month") if days else say(" hours a month"))
        return Hours(value, period, days)

    def _text(self, text: str, currency: str) -> Hours | None:
        head, period = split_period(text)
        found = find_number(head)
        if found is None or found[1]:
            return None
        first, _, rest = found[2].partition(" ")
        words = [word for word in (first, rest) if word]
        if words and PERIODS.get(words[0]) == self._unit:
            del words[0]
        if words and period is None:  # ``12 an``, ``1 jour mois``
            period = PERIODS.get(words.pop(0))
        if words:
            return None
        if period is not None and period not in TIMES_A_YEAR:
            raise QuantityError(
                say("days are per week, month or year")
                if self._unit == "day"
                else say("hours of a pack are per week, month or year"),
                say("write {texts}", texts=self.such_as),
            )
        return self._in(found[0], period or "month")

    def written(self, value: Hours) -> str:
        """The value as one would write it; see `Quantity.written`."""
        return f"{in_full(value.amount)}/{value.per}"

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"], "minimum": 0, "maximum": self._maximum}


class Day(Quantity[datetime.date]):
    """A date between 1970 and 2199, written year-month-day."""

    __slots__ = ()
    kept: ClassVar[tuple[type, ...]] = (datetime.date,)

    def __init__(self) -> None:
        super().__init__(say("a date written year-month-day"), "2027-01-04")

    def _text(self, text: str, currency: str) -> datetime.date | None:
        # fromisoformat alone would also take weeks (2027-W01-1) and dates without dashes.
        if len(text) != 10 or not text.isascii() or text[4] != "-" or text[7] != "-":
            return None
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            return None
        if not 1970 <= day.year <= 2199:
            raise QuantityError(
                say("the year {year} is out of range", year=day.year),
                say("write a year from 1970 to 2199"),
            )
        return day

    def _schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": r"^\s*[0-9]{4}[-−][0-9]{2}[-−][0-9]{2}\s*$"}


class WeekHours(Quantity[Week]):
    """Hours of the week; ``never`` (no hours at all) only if `empty`."""

    __slots__ = ("_empty",)
    kept: ClassVar[tuple[type, ...]] = (Week,)
    _empty: bool

    def __init__(self, empty: bool = False) -> None:
        super().__init__(say("hours of the week"), "24/7", say("mon-fri 09:00-17:00"), _empty=empty)

    def read(self, raw: Scalar, currency: str) -> Week:
        """Reads hours of the week; see `Quantity.read`."""
        if not isinstance(raw, str):
            raise self._refusal(raw)
        week = parse_week(raw)
        if not week and not self._empty:
            raise QuantityError(
                say("there must be some hours"), say("write {texts}", texts=self.examples[1])
            )
        return week

    def _schema(self) -> dict[str, object]:
        return {"type": "string"}
