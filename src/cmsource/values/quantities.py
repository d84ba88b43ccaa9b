"""Numbers, units, periods and currencies as people write them: ``16,50 €/h``, ``1h30``, ``95%``.

What the quantity types have in common: the words of a text taken apart, the values that are more
than a number, and the error of all that cannot be understood.
"""

import re
from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple, TypeAlias

from cmsource.values.language import Said, either, listed, say
from cmsource.values.money import format_digits
from cmsource.values.week import WEEK, WEEKS_A_YEAR, a_month_of, a_week_of
from cmsource.values.written import in_units, written

Scalar: TypeAlias = str | int | float | bool
"""A YAML scalar, resolved by the rules of YAML 1.2 core."""

LARGEST = 1e9
"""No number of a scenario may be further from zero than this."""

MINUTES = {
    "minute": 1,
    "hour": 60,
    "day": 1440,
    "week": 10080,
    "month": round(a_month_of(WEEK)),
    "quarter": 131040,
    "half-year": 262080,
    "year": 524160,
}
TIMES_A_YEAR = {"week": WEEKS_A_YEAR, "month": 12, "quarter": 4, "half-year": 2, "year": 1}
SUFFIX = {
    "hour": say("/h"),
    "day": say("/day"),
    "week": say("/week"),
    "month": say("/month"),
    "quarter": say("/quarter"),
    "half-year": say("/half-year"),
    "year": say("/year"),
    "weekend": say("/weekend"),
    "night": say("/night"),
    "resolution": say("/resolution"),
    "total": say(" total"),
}
"""What stands behind an amount, by its period."""

PER = {
    "hour": say("per hour"),
    "day": say("per day"),
    "week": say("per week"),
    "month": say("per month"),
    "quarter": say("per quarter"),
    "half-year": say("per half-year"),
    "year": say("per year"),
    "weekend": say("per weekend"),
    "night": say("per night"),
    "resolution": say("per resolution"),
    "total": say("in total"),
}
"""The same in words."""


def _words(table: dict[str, str]) -> dict[str, str]:
    """What words mean, from the words of each meaning."""
    return {word: meaning for meaning, words in table.items() for word in words.split()}


_UNITS = _words(
    {
        "minute": "min mins minute minutes mn",
        "hour": "h hr hrs hour hours heure heures",
        "day": "d day days j jr jrs jour jours journée journées journee journees",
        "week": "w wk wks week weeks sem semaine semaines",
        "month": "mo month months mois",
        "quarter": "quarter quarters qtr trimestre trimestres",
        "half-year": "half-year half-years semester semesters semestre semestres",
        "year": "y yr yrs year years an ans année années annee annees",
    }
)
PERIODS = {
    **{word: unit for word, unit in _UNITS.items() if unit != "minute"},
    **_words({"resolution": "resolution resolutions outcome outcomes résolution résolutions"}),
    "total": "total",
    "annum": "year",
    **dict.fromkeys(("weekend", "weekends", "week-end", "week-ends"), "weekend"),
    **dict.fromkeys(("night", "nights", "nuit", "nuits"), "night"),
}
ADJECTIVES = _words(
    {
        "hour": "hourly horaire horaires",
        "day": "daily journalier journaliers quotidien quotidiens",
        "week": "weekly hebdo hebdomadaire hebdomadaires",
        "month": "monthly mensuel mensuels mensuelle mensuelles",
        "quarter": "quarterly trimestriel trimestriels trimestrielle trimestrielles",
        "half-year": "half-yearly semestriel semestriels semestrielle semestrielles",
        "year": "yearly annual annually annuel annuels annuelle annuelles",
    }
)
"""Words that say a period at the end of a text: ``1 500 € mensuels``."""

_EACH = re.compile(r" (?:(?:per|par|an?|each|every|chaque|the|l[ea]) |(?:de )?l' ?)(?=[^ ]+$)")
"""What stands before a period in place of the slash: ``16,50 € de l'heure``, ``75 an hour``."""
# A number with its separators, and the letters right after it. Whether the separators make sense is
# for _value to say, so that its message can name them.
_NUMBER = re.compile(r"([0-9]+(?:[ .,'][0-9]+)*|[.,][0-9]+) ?([^\W\d_]*)")


class QuantityError(ValueError):
    """A scalar that cannot be read.

    Attributes:
        code: The code of the diagnostic that says so.
        message: What is wrong, such as ``1,500 can be read as 1.5 or as 1500``.
        hint: The way out, such as ``write 1500 or 1.5``.
        at: The keys that lead to the part that is meant, where it is not the whole value.
    """

    code = "E204"
    at: tuple[str | int, ...] = ()

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)  # both, so that the error survives a process boundary
        self.message = message
        self.hint = hint

    def inside(self, key: str | int) -> "QuantityError":
        """The same error about a part of a value, by its key or number."""
        self.at = (key, *self.at)
        return self

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}"


class ShapeError(QuantityError):
    """A map, a list or nothing where a single value is taken, or the other way round.

    Attributes:
        message: goes on after the name of the key: ``takes a map of names, found a list``.
    """

    code = "E203"


class PriceTag(NamedTuple):
    """An amount of money and the period it is for.

    Attributes:
        amount: In the scenario's currency.
        per: ``hour``, ``day``, ``night``, ``week``, ``weekend``, ``month``, ``year`` or ``total``
            (once).
    """

    amount: float
    per: str


class Hours(NamedTuple):
    """An amount of working time per period.

    Attributes:
        amount: In hours, or in days where ``in_days``.
        per: ``day``, ``week`` or ``month``; ``year`` for a pack.
        in_days: Whether the amount counts days of work, whose length is still to be known.
    """

    amount: float
    per: str
    in_days: bool = False

    def weekly(self, days: int) -> float:
        """Hours a week, where a week has that many days of the kind ``per day`` means."""
        if self.per == "day":
            return self.amount * days
        if self.per == "year":
            return self.amount / WEEKS_A_YEAR
        return a_week_of(self.amount) if self.per == "month" else self.amount


def quoted(value: Scalar) -> str | Said:
    """The value as a message may print it: short, on one line, without control characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        # Python refuses to print integers of thousands of digits, and reads some as infinite.
        small = -1e15 < value < 1e15 or (isinstance(value, float) and isfinite(value))
        return format_digits(value, 12) if small else say("this number")
    text = "".join(c if c.isprintable() else " " for c in value[:41])
    return f'"{text[:40]}…"' if len(value) > 40 else f'"{text}"'


def bounded(value: float) -> float:
    """The value, unless it is not finite or beyond `LARGEST`: QuantityError."""
    if -LARGEST <= value <= LARGEST:
        return value + 0.0  # a float, and never -0.0
    if value > LARGEST or value < -LARGEST:
        raise QuantityError(
            say("{value} is absurdly large", value=quoted(value)),
            say("the largest number that is read is 1 000 000 000"),
        )
    raise QuantityError(say("nan is not a number"), say("write a number"))


def as_text(raw: Scalar) -> str:
    """A scalar as it was written, or a number in full; QuantityError where that is too long."""
    if not isinstance(raw, (str, bool)):
        bounded(raw)  # Python refuses to write integers of thousands of digits
    return str(raw).strip()


class TwoReadingsError(QuantityError):
    """A mark before three digits that may group thousands or begin the decimals.

    Attributes:
        digits: what was written, such as ``1,500``.
        grouped: the first reading as one writes it for sure, ``1500``.
        decimal: the second, ``1.5``.
    """

    def __init__(self, digits: str, grouped: str, decimal: str) -> None:
        one, other = format_digits(float(decimal), 12), grouped
        super().__init__(
            say("{digits} can be read as {one} or as {other}", digits=digits, one=one, other=other),
            say("write {other} or {decimal}", other=other, decimal=written(decimal)),
        )
        self.digits, self.grouped, self.decimal = digits, grouped, decimal

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.digits, self.grouped, self.decimal)


_THREE_DIGITS_AFTER = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})")


def has_two_readings(digits: str) -> bool:
    """Whether digits have one mark, before exactly three of them: ``1,500`` and ``2.500``."""
    return _THREE_DIGITS_AFTER.fullmatch(digits) is not None


def sure(digits: str) -> str:
    """The digits of a decimal number, with a zero behind it where it would have two readings."""
    return f"{digits}0" if has_two_readings(digits.lstrip("-")) else digits


def number_text(value: float, decimals: int = 4) -> str:
    """A number as one writes it in a scenario: no needless zeros, no exponent, one reading."""
    return sure(f"{value:z.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}")


def in_full(value: float) -> str:
    """A number to ten digits, as `number_text` writes it."""
    digits = f"{value:.10g}"
    return number_text(value, 15) if "e" in digits else sure(digits)


def _value(digits: str) -> float:
    """The number that matched _NUMBER, its decimal mark and its grouping worked out."""
    two = _THREE_DIGITS_AFTER.fullmatch(digits)
    if two is not None:
        decimal = f"{two[1]}.{two[2]}".rstrip("0").rstrip(".")
        raise TwoReadingsError(digits, two[1] + two[2], sure(decimal))
    commas, dots = digits.count(","), digits.count(".")
    spaced = " " in digits or "'" in digits
    if not commas and not spaced and dots <= 1:
        return bounded(float(digits))
    if commas and dots:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
    elif spaced:
        decimal = "," if commas else "."
    else:
        decimal = "," if commas == 1 or dots else "."
    whole, _, fraction = digits.partition(decimal)
    marks = {c for c in whole if not c.isdecimal()}
    groups = whole.split(marks.pop()) if len(marks) == 1 else [whole]
    if (
        marks
        or (fraction and not fraction.isdecimal())
        or (len(groups) > 1 and (groups[0].startswith("0") or len(groups[0]) > 3))
        or any(len(group) != 3 for group in groups[1:])
    ):
        plain = "".join(c for c in digits if c.isdecimal())
        raise QuantityError(
            say("{digits} does not group its digits by three", digits=quoted(digits)),
            say("write it without separators, such as 38000 or 16.50")
            if "," in digits or "." in digits or len(plain) > 10
            else say("write {plain}, or group it like 38 000", plain=plain),
        )
    return bounded(float(f"{''.join(groups)}.{fraction or 0}"))


def find_number(text: str) -> tuple[float, str, str] | None:
    """The first number of a text, signed, with what stands before and after it."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    value, before = _value(found[1]), text[: found.start()].strip()
    if before and (before[0] in "+-" or before[-1] in "+-"):
        value = -value + 0.0 if "-" in before else value
        before = before[1:].strip() if before[0] in "+-" else before[:-1].strip()
    return value, before, text[found.end(1) :].strip()


def with_number(text: str, number: str) -> str:
    """A text with another number in the place of its first one."""
    return _NUMBER.sub(lambda found: number + found[0].removeprefix(found[1]), text, count=1)


def split_period(text: str, hint: str = "") -> tuple[str, str | None]:
    """Takes ``75 €/h`` apart into ``75 €`` and ``hour``, or None; `hint` is of what is none."""
    text = text.lower()
    if text.endswith(" total"):
        text = text.removesuffix(" total").removesuffix(" in").removesuffix(" au") + "/total"
    head, slash, word = text.partition("/")
    if not slash:
        head, _, word = text.rpartition(" ")
        if word in ADJECTIVES:
            return head, ADJECTIVES[word]
        each = _EACH.search(text)
        if each is None:
            return text, None
        head, word = text[: each.start()], text[each.end() :]
    period = PERIODS.get(word.strip())
    if period is None:
        raise QuantityError(
            say("{word} is not a period", word=quoted(word.strip())),
            hint or say("write /h, /day, /week, /month, /quarter or /year"),
        )
    return head.strip(), period


def pieces(text: str) -> list[tuple[float, str]] | None:
    """``1 h 30 min`` as [(1, "hour"), (30, "minute")]; the unit of a bare number is ""."""
    pieces: list[tuple[float, str]] = []
    sign = -1 if text.startswith("-") else 1
    rest = text[1:].strip() if text[:1] in ("-", "+") else text
    while rest:
        found = _NUMBER.match(rest)
        if found is None:
            return None
        value, word = _value(found[1]), found[2].lower()
        unit = _UNITS.get(word, "")
        if word and not unit:
            raise QuantityError(
                say('"m" can be minutes or months')
                if word == "m"
                else say("{word} is not a unit of time", word=quoted(word)),
                say("write min, h, days, weeks, months or years"),
            )
        last = pieces[-1] if pieces else None
        if last and last[1] == "hour" and not word and len(found[1]) == 2 and value < 60:
            unit = "minute"
        if last and (not unit or MINUTES[unit] >= MINUTES[last[1]] or last[0] % 1):
            return None
        pieces.append((value, unit))
        rest = rest[found.end() :].strip()
        if rest and not unit:
            return None
    return [(sign * value + 0.0, unit) for value, unit in pieces] or None


def not_negative(value: float, zero: bool) -> float:
    """The value, unless it is negative, or zero where that makes no sense: QuantityError."""
    if value < 0 or (value == 0 and not zero):
        raise QuantityError(
            say("a negative value makes no sense here")
            if value < 0
            else say("zero makes no sense here"),
            say("write a number from 0") if zero else say("write a number above 0"),
        )
    return value


def at_most(value: float, maximum: float | None, unit: str = "") -> float:
    """The value, unless it is above the maximum: QuantityError."""
    if maximum is not None and value > maximum:
        raise QuantityError(
            say(
                "{amount} is more than {most}",
                amount=with_unit(value, unit),
                most=with_unit(maximum, unit),
            ),
            say("write at most {most}", most=with_unit(maximum, unit)),
        )
    return value


def with_unit(number: float, unit: str) -> Said:
    """A number with what stands behind it: ``2 h/day``, or ``3/h`` where that is told as it is."""
    shown = format_digits(number, 12)
    if unit and not isinstance(unit, Said):
        return in_units(shown, unit)
    return listed([shown, unit], "")


def ambiguous(number: float, units: Sequence[str]) -> QuantityError:
    """The error for a number that could be in any of several units."""
    both = either([with_unit(number, unit) for unit in units])
    return QuantityError(
        say("{number} can be {both}", number=format_digits(number, 12), both=both),
        say("write {both}", both=both),
    )
