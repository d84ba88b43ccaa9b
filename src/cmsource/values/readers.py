"""Readers: each turns one YAML scalar into one checked value.

A reader knows how to say what it expects, to people and as a JSON Schema. All that a reader
refuses, it refuses with a `QuantityError`; no input makes it raise anything else.
"""

from typing import TYPE_CHECKING, Generic, TypeVar

from cmsource.values.quantities import (
    LARGEST,
    MINUTES,
    PERIODS,
    SUFFIX,
    TIMES_A_YEAR,
    Hours,
    PriceTag,
    QuantityError,
    Scalar,
    ambiguous,
    at_most,
    bounded,
    find_money,
    find_number,
    not_negative,
    pieces,
    shown,
    split_period,
)

if TYPE_CHECKING:  # datetime and week are wanted by one reader each
    import datetime

    from cmsource.values.week import Week

T = TypeVar("T")


class Reader(Generic[T]):
    """Reads one kind of scalar; immutable.

    Attributes:
        expected: What the reader takes, as the end of a sentence: ``a share, such as 30%``.
        examples: Texts or numbers that it accepts.
        numeric: Whether it reads numbers; in the place of a number a range may stand.
    """

    __slots__ = ("examples", "expected")
    numeric = False
    expected: str
    examples: tuple[str | float, ...]

    def __init__(self, expected: str, *examples: str | float, **fields: object) -> None:
        if examples:
            expected += ", such as " + " or ".join(str(example) for example in examples[:2])
        for name, value in {"expected": expected, "examples": examples, **fields}.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def read(self, raw: Scalar, currency: str) -> T:
        """Reads a scalar.

        Args:
            raw: The scalar as YAML resolved it.
            currency: The code of the scenario's currency, such as ``EUR``.

        Returns:
            The value, in the units that the class names.

        Raises:
            QuantityError: The scalar is not what is expected, is ambiguous or is out of range.
        """
        if isinstance(raw, str):
            text = " ".join(raw.replace("’", "'").replace("−", "-").split())
            if ".." in text and self.numeric and len(text) <= 500:
                return self._range(text, currency)
            value = self._text(text, currency) if text and len(text) <= 500 else None
            if value is None:
                raise self._refusal(raw)
            return value
        if isinstance(raw, bool):
            raise self._refusal(raw)
        return self._bare(bounded(raw))

    def limits(self) -> tuple[float, float]:
        """The least and the most that a number may be, in the units that the class names.

        Of hours per period they are hours a week. Nothing but 0 is closer to zero than a millionth.
        """
        least = float(getattr(self, "_minimum", 0.0))
        if not getattr(self, "_zero", True):
            least = max(least, 1e-6)
        most = getattr(self, "_maximum", None)
        return least, LARGEST if most is None else float(most)

    def json_schema(self) -> dict[str, object]:
        """A JSON Schema of what `read` accepts, for editors: never narrower, often wider."""
        schema = self._schema()
        if self.examples:
            schema["examples"] = list(self.examples)
        return schema

    def _refusal(self, raw: Scalar) -> QuantityError:
        expected, such_as, examples = self.expected.partition(", such as ")
        what = "an empty text" if raw == "" else shown(raw)
        return QuantityError(
            f"{what} is not {expected}", f"write {examples if such_as else expected}"
        )

    def _bare(self, value: float) -> T:
        raise self._refusal(value)

    def _text(self, text: str, currency: str) -> T | None:
        found = find_number(text)
        return None if found is None or found[1] or found[2] else self._bare(found[0])

    def _range(self, text: str, currency: str) -> T:
        """The range between two quantities, such as ``60..90``; see `cmsource.values.ranges`."""
        from cmsource.values.ranges import ends_of, ranged  # few scenarios have one

        low, high = ends_of(text)
        value: T = ranged(self.read(low, currency), None, self.read(high, currency))
        return value

    def written(self, value: T) -> str:
        """A value that the reader read, as one would write it: rounded, in its own unit."""
        return f"{value:.10g}" if isinstance(value, (int, float)) else str(value)

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"], "minimum": 0, "maximum": LARGEST}


class Amount(Reader[float]):
    """Money per hour, day, month or year, or once (None).

    A bare number takes the period; weeks, months and years convert into each other (a year has 52
    weeks and 12 months), hours and days into nothing.
    """

    __slots__ = ("_period", "_zero")
    numeric = True
    _period: str | None
    _zero: bool

    def __init__(self, period: str | None, zero: bool = True) -> None:
        usual = {"hour": "16.50", "day": "350", "month": "1500", "year": "38 000"}
        number = usual.get(period or "", "2000")
        examples = (number, number + (SUFFIX[period] if period else " EUR"))
        what = "an amount of money" + (f" per {period}" if period else "")
        super().__init__(what, *(examples if period else examples[:1]), _period=period, _zero=zero)

    @property
    def period(self) -> str | None:
        """What the money is for: an hour, a day, a month or a year; None for once."""
        return self._period

    def _bare(self, value: float) -> float:
        return not_negative(value, self._zero)

    def _text(self, text: str, currency: str) -> float | None:
        money = find_money(text, currency)
        if money is None:
            return None
        value, period = money
        if period is None or period == (self._period or "total"):
            return self._bare(value)
        if self._period is None:
            raise QuantityError(
                f"this is paid once, and cannot be per {period}",
                f"leave out {SUFFIX[period]}",
            )
        if period in TIMES_A_YEAR and self._period in TIMES_A_YEAR:
            return self._bare(value * TIMES_A_YEAR[period] / TIMES_A_YEAR[self._period])
        raise QuantityError(
            f"this is an amount per {self._period}, and cannot be "
            + ("in total" if period == "total" else f"per {period}"),
            f"write it per {self._period}, such as {self.examples[1]}",
        )

    def written(self, value: float) -> str:
        """The value as one would write it; see `Reader.written`."""
        return f"{value:.10g}{SUFFIX[self._period] if self._period else ''}"

    def _schema(self) -> dict[str, object]:
        low = "minimum" if self._zero else "exclusiveMinimum"
        return {"type": ["number", "string"], low: 0, "maximum": LARGEST}


class Price(Reader[PriceTag]):
    """Money whose period matters: one of `periods`, among which ``total`` means once.

    Where months are allowed and weeks or years are not, those become months. A bare number takes
    the period `bare`; without one it is refused with its possible readings.
    """

    __slots__ = ("_bare_period", "_periods")
    numeric = True
    _bare_period: str | None
    _periods: tuple[str, ...]

    def __init__(self, *periods: str, bare: str | None = None) -> None:
        examples = [
            f"{'3' if period == 'hour' else '900'}{SUFFIX.get(period, ' total')}"
            for period in periods
        ]
        super().__init__("a price", *examples, _periods=periods, _bare_period=bare)

    def _bare(self, value: float) -> PriceTag:
        not_negative(value, True)
        if self._bare_period is None:
            raise ambiguous(value, [SUFFIX.get(period, " total") for period in self._periods])
        return PriceTag(value, self._bare_period)

    def _text(self, text: str, currency: str) -> PriceTag | None:
        money = find_money(text, currency)
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
            f"this price cannot be {'in total' if period == 'total' else f'per {period}'}",
            "write " + " or ".join(str(example) for example in self.examples),
        )

    def written(self, value: PriceTag) -> str:
        """The value as one would write it; see `Reader.written`."""
        return f"{value.amount:.10g}{SUFFIX.get(value.per, ' total')}"

    def _schema(self) -> dict[str, object]:
        return super()._schema() if self._bare_period else {"type": "string"}


class Share(Reader[float]):
    """A share from 0 to `maximum`: ``95%``, or a bare number from 0 to 1.

    With `per_year`, ``2%/year`` is read as 2%.
    """

    __slots__ = ("_maximum", "_per_year")
    numeric = True
    _maximum: float
    _per_year: bool

    def __init__(self, maximum: float = 1.0, per_year: bool = False) -> None:
        examples = ("2%/year", "2%") if per_year else ("30%", "0.3") if maximum >= 0.3 else ("2%",)
        super().__init__("a share", *examples, _maximum=maximum, _per_year=per_year)

    @property
    def per_year(self) -> bool:
        """Whether it is a share a year."""
        return self._per_year

    def _bare(self, value: float) -> float:
        if value > 1:
            fitting = [f"{n:.12g}%" for n in (value, value * 100) if n <= self._maximum * 100]
            raise QuantityError(
                f"{value:.12g} can be {value:.12g}% or {value * 100:.12g}%",
                f"write {' or '.join(fitting) or f'at most {self._maximum * 100:.12g}%'}",
            )
        return self._checked(value)

    def _checked(self, value: float) -> float:
        if value > self._maximum:
            most = f"{self._maximum * 100:.12g}%"
            raise QuantityError(f"{value * 100:.12g}% is more than {most}", f"write at most {most}")
        return not_negative(value, True)

    def _text(self, text: str, currency: str) -> float | None:
        head, period = split_period(text)
        found = find_number(head)
        if found is None or found[1] or found[2] not in ("", "%"):
            return None
        if period is not None and (period != "year" or not self._per_year):
            raise QuantityError(
                f"this is a share {'a year' if self._per_year else 'without a period'}, "
                f"and cannot be {'in total' if period == 'total' else f'per {period}'}",
                f"write {self.examples[0]}",
            )
        return self._checked(found[0] / 100) if found[2] else self._bare(found[0])

    def written(self, value: float) -> str:
        """The value as one would write it; see `Reader.written`."""
        return f"{value * 100:.10g}%"

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"], "minimum": 0, "maximum": min(1.0, self._maximum)}


class Duration(Reader[float]):
    """A length of time in minutes or months: ``1h30``, ``2 days`` (of 24 hours), ``18 months``.

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
        usual = ("24 months", "12 weeks") if unit == "month" else ("30 min", "1h")
        fits = maximum is None or maximum >= (24 if unit == "month" else 60)
        name = "months" if unit == "month" else "min"
        examples = usual if fits else (f"{maximum:.12g} {name}",)
        super().__init__(
            "a length of time", *examples, _unit=unit, _bare_ok=bare, _zero=zero, _maximum=maximum
        )

    @property
    def unit(self) -> str:
        """What it is counted in, ``minute`` or ``month``."""
        return self._unit

    def _bare(self, value: float) -> float:
        if value and not self._bare_ok:
            units = [" months", " weeks"] if self._unit == "month" else [" min", " h"]
            raise ambiguous(value, units)
        return self._checked(value)

    def _checked(self, value: float) -> float:
        unit = " months" if self._unit == "month" else " min"
        return at_most(not_negative(value, self._zero), self._maximum, unit)

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
        """The value as one would write it; see `Reader.written`."""
        return f"{value:.10g} {'months' if self._unit == 'month' else 'min'}"

    def _schema(self) -> dict[str, object]:
        limit = (LARGEST if self._maximum is None else self._maximum) if self._bare_ok else 0
        return {"type": ["number", "string"], "minimum": 0, "maximum": limit}


class Effort(Reader[Hours]):
    """Working time per day, week or month: ``2 h/day``, ``1h30/day``, ``1607 h/year`` (in months).

    With `bare`, a number or hours without a period are hours a week; otherwise they are refused,
    but for 0. The maximum is in hours a week (a day may have all of them, up to 24).
    """

    __slots__ = ("_bare_ok", "_maximum")
    numeric = True
    _bare_ok: bool
    _maximum: float

    def __init__(self, bare: bool, maximum: float = 168.0) -> None:
        examples = (f"{min(maximum, 35):.12g} h/week", f"{min(maximum, 2):.12g} h/day")
        super().__init__("hours per period", *examples, _bare_ok=bare, _maximum=maximum)

    def _bare(self, value: float) -> Hours:
        if value and not self._bare_ok:
            raise ambiguous(value, [" h/day", " h/week", " h/month"])
        return self._checked(Hours(value, "week"))

    def _checked(self, hours: Hours) -> Hours:
        not_negative(hours.amount, True)
        if hours.per == "day":
            at_most(hours.amount, min(24.0, self._maximum), " h/day")
        else:
            at_most(hours.weekly(0), self._maximum, " h/week")
        return hours

    def _text(self, text: str, currency: str) -> Hours | None:
        head, period = split_period(text)
        found = pieces(head)
        if found is None:
            return None
        if not found[0][1]:
            if period is None:
                return self._bare(found[0][0])
            raise QuantityError(f"{shown(text)} has no unit", "write h or min, such as 2 h/day")
        if any(unit not in ("hour", "minute") for _, unit in found):
            raise QuantityError("working time is counted in hours", "write h or min")
        hours = sum(n if unit == "hour" else n / 60 for n, unit in found)
        if period is None:
            if self._bare_ok:
                return self._bare(hours)
            raise ambiguous(hours, [" h/day", " h/week", " h/month"])
        if period == "year":
            return self._checked(Hours(hours / 12, "month"))
        if period in ("hour", "total"):
            raise QuantityError(
                "working time is per day, week, month or year", f"write {self.examples[0]}"
            )
        return self._checked(Hours(hours, period))

    def written(self, value: Hours) -> str:
        """The value as one would write it; see `Reader.written`."""
        return f"{value.amount:.10g} h/{value.per}"

    def _schema(self) -> dict[str, object]:
        limit = self._maximum if self._bare_ok else 0
        return {"type": ["number", "string"], "minimum": 0, "maximum": limit}


class DaysPerMonth(Reader[float]):
    """Days a month, from 0 to 31: ``1/month``, ``2 days/month``, ``12/year`` or a bare number."""

    __slots__ = ()
    numeric = True

    def __init__(self) -> None:
        super().__init__("a number of days per month", "1/month", "12/year")

    def limits(self) -> tuple[float, float]:
        """From 0 to 31 days."""
        return 0.0, 31.0

    def _bare(self, value: float) -> float:
        return at_most(not_negative(value, True), 31, " days a month")

    def _text(self, text: str, currency: str) -> float | None:
        head, period = split_period(text)
        found = find_number(head)
        if found is None or found[1] or (found[2] and PERIODS.get(found[2]) != "day"):
            return None
        if period is not None and period not in TIMES_A_YEAR:
            raise QuantityError("days are per week, month or year", "write 1/month or 12/year")
        return self._bare(found[0] * TIMES_A_YEAR[period or "month"] / 12)

    def written(self, value: float) -> str:
        """The value as one would write it; see `Reader.written`."""
        return f"{value:.10g}/month"

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"], "minimum": 0, "maximum": 31}


class Count(Reader[int | str]):
    """A whole number from `minimum` to `maximum`, or the one word that is allowed instead."""

    __slots__ = ("_maximum", "_minimum", "_word")
    numeric = True
    _maximum: int
    _minimum: int
    _word: str | None

    def __init__(self, minimum: int = 1, maximum: int = 1_000_000, word: str | None = None) -> None:
        examples: tuple[int | str, ...] = (max(minimum, 1), word) if word else (max(minimum, 1),)
        super().__init__(
            "a whole number" + (f' or "{word}"' if word else ""),
            *examples,
            _minimum=minimum,
            _maximum=maximum,
            _word=word,
        )

    def _bare(self, value: float) -> int:
        if value < self._minimum:
            raise QuantityError(
                f"{value:.12g} is less than {self._minimum}", f"write at least {self._minimum}"
            )
        if value % 1:
            low = int(value // 1)
            raise QuantityError(f"{value:.12g} is not a whole number", f"write {low} or {low + 1}")
        return int(at_most(value, self._maximum))

    def _text(self, text: str, currency: str) -> int | str | None:
        if self._word is not None and text.lower() == self._word.lower():
            return self._word
        return super()._text(text, currency)

    def _schema(self) -> dict[str, object]:
        kinds = ["integer", "string"]
        return {"type": kinds, "minimum": self._minimum, "maximum": self._maximum}


class Number(Reader[float]):
    """A plain number without a unit, from `minimum` to `maximum`; without 0 unless `zero`."""

    __slots__ = ("_maximum", "_minimum", "_zero")
    numeric = True
    _maximum: float
    _minimum: float
    _zero: bool

    def __init__(self, minimum: float = 0.0, maximum: float = LARGEST, zero: bool = True) -> None:
        limits = "" if maximum >= LARGEST else f" from {minimum:.12g} to {maximum:.12g}"
        super().__init__(f"a number{limits}", _minimum=minimum, _maximum=maximum, _zero=zero)

    def _bare(self, value: float) -> float:
        if value == 0:
            not_negative(value, self._zero)
        if value < self._minimum:
            raise QuantityError(
                f"{value:.12g} is less than {self._minimum:.12g}",
                f"write at least {self._minimum:.12g}",
            )
        return at_most(value, self._maximum)

    def _schema(self) -> dict[str, object]:
        kinds = ["number", "string"]
        return {"type": kinds, "minimum": self._minimum, "maximum": self._maximum}


class Text(Reader[str]):
    """Text on one line; a number is taken as its text."""

    __slots__ = ("_maximum",)
    _maximum: int

    def __init__(self, maximum: int = 200) -> None:
        super().__init__("a text on one line", _maximum=maximum)

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a text; see `Reader.read`."""
        if isinstance(raw, bool):
            raise QuantityError(f"{shown(raw)} is not a text", f'write "{shown(raw)}", in quotes')
        if not isinstance(raw, str):
            if not -1e15 < raw < 1e15:
                raise QuantityError(f"{shown(raw)} is not a text", "write it in quotes")
            raw = f"{raw:.15g}"
        text = raw.strip()
        if not text:
            raise QuantityError("the text is empty", "write a text, or leave the key out")
        if len(text) > self._maximum:
            raise QuantityError(
                f"the text has {len(text)} characters", f"write at most {self._maximum}"
            )
        for character in "" if text.isprintable() else text:
            if _is_control(character):
                raise QuantityError(
                    f"the text has the control character U+{ord(character):04X}",
                    "write it on one line, in printable characters",
                )
        return text

    def _schema(self) -> dict[str, object]:
        return {"type": ["string", "number"], "minLength": 1}


def _is_control(character: str) -> bool:
    # str.isprintable also refuses the no-break spaces of French and the joiners of emoji. The later
    # ranges are line separators, overrides of text direction and lone surrogates.
    code = ord(character)
    return (
        code < 0x20
        or 0x7F <= code <= 0x9F
        or 0x2028 <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
        or code in (0x061C, 0x200E, 0x200F, 0xFEFF)  # marks of direction, and of byte order
    )


class Choice(Reader[str]):
    """One of a few words, written exactly."""

    __slots__ = ("_words",)
    _words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        super().__init__("one of " + ", ".join(words), _words=words)

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a word; see `Reader.read`."""
        text = raw if isinstance(raw, str) else shown(raw)
        if text in self._words:
            return text
        import difflib  # only for a message: it costs more than reading a scenario

        close = difflib.get_close_matches(text[:40].lower(), self._words, 1)
        raise QuantityError(
            f"{shown(raw)} is not {self.expected}",
            f"did you mean {close[0]}?" if close else f"write {' or '.join(self._words)}",
        )

    def _schema(self) -> dict[str, object]:
        return {"enum": list(self._words)}


class Flag(Reader[bool]):
    """True or false, and no other word for them."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("true or false")

    def read(self, raw: Scalar, currency: str) -> bool:
        """Reads a truth value; see `Reader.read`."""
        if isinstance(raw, bool):
            return raw
        word = raw.strip().lower() if isinstance(raw, str) else ""
        meant = {"yes": "true", "on": "true", "oui": "true", "true": "true"}
        meant |= {"no": "false", "off": "false", "non": "false", "false": "false"}
        hint = f"write {meant.get(word, self.expected)}"
        raise QuantityError(
            f"{shown(raw)} is not true or false",
            f"{hint}, without quotes" if word in ("true", "false") else hint,
        )

    def _schema(self) -> dict[str, object]:
        return {"type": "boolean"}


class Day(Reader["datetime.date"]):
    """A date between 1970 and 2199, written year-month-day."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("a date written year-month-day", "2027-01-04")

    def _text(self, text: str, currency: str) -> "datetime.date | None":
        import datetime

        # fromisoformat alone would also take weeks (2027-W01-1) and dates without dashes.
        if len(text) != 10 or not text.isascii() or text[4] != "-" or text[7] != "-":
            return None
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            return None
        if not 1970 <= day.year <= 2199:
            raise QuantityError(
                f"the year {day.year} is out of range", "write a year from 1970 to 2199"
            )
        return day

    def _schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": r"^\s*[0-9]{4}[-−][0-9]{2}[-−][0-9]{2}\s*$"}


class WeekHours(Reader["Week"]):
    """Hours of the week; ``never`` (no hours at all) only if `empty`."""

    __slots__ = ("_empty",)
    _empty: bool

    def __init__(self, empty: bool = False) -> None:
        super().__init__("hours of the week", "24/7", "mon-fri 09:00-17:00", _empty=empty)

    def read(self, raw: Scalar, currency: str) -> "Week":
        """Reads hours of the week; see `Reader.read`."""
        if not isinstance(raw, str):
            raise self._refusal(raw)
        from cmsource.values.week import parse_week  # week itself needs QuantityError

        week = parse_week(raw)
        if not week and not self._empty:
            raise QuantityError("there must be some hours", f"write {self.examples[1]}")
        return week

    def _schema(self) -> dict[str, object]:
        return {"type": "string"}
