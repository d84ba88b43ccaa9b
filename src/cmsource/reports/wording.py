"""Figures in words, as reports write them."""

import re
from collections.abc import Mapping, Sequence

from cmsource.reports.blocks import NONE, Look, Span, Text
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import Figure
from cmsource.values.language import Said, say
from cmsource.values.money import (
    Style,
    format_money,
    format_months,
    format_share,
    format_shortest,
    to_cents,
)

MARKS = {
    "O": "official",
    "O2": "official, second-hand",
    "S": "survey",
    "V": "vendor",
    "B": "press or blog",
    "D": "derived",
    "G": "guess",
}
"""How far each figure can be trusted, by its mark."""


CHOSEN = "▸"
"""The sign of what is recommended."""

_ROUNDING = 1e-9


def verdict(fits: bool) -> Span:
    """Whether something does the job, as one sign."""
    return Span("✓", Look.GOOD) if fits else Span("✗", Look.BAD)


def missing(label: str) -> Span:
    """The name of something that does not do the job."""
    return Span(f"✗ {label}", Look.BAD)


def origin_text(assumption: Assumption) -> str:
    """How far an assumption can be trusted, and where it is from."""
    mark = MARKS.get(assumption.confidence, assumption.confidence)
    return f"{mark}: {assumption.source.removeprefix('assumption: ')}"


def assumption_text(assumption: Assumption) -> Text:
    """An assumption as one line: the key to set, the value taken, where it is from and when."""
    date = f", {assumption.as_of}" if assumption.as_of else ""
    origin = Span(f"({origin_text(assumption)}{date})", Look.FAINT)
    return (Span(assumption.path, Look.KEY), f" = {units_kept(assumption.value)} ", origin)


def share_text(value: float | None, style: Style, decimals: int = 0) -> str:
    """A share in per cent, never rounded up to a whole that it is not; a dash for none."""
    if value is None:
        return NONE
    text = format_share(value, style, decimals)
    if value < 1 - _ROUNDING and text == format_share(1.0, style, decimals):
        return format_share(value if value < 0.9995 else 0.999, style, 1)
    return text


def money_text(cents: int | None, style: Style, decimals: int = 0) -> str:
    """An amount of cents; a dash for none."""
    return NONE if cents is None else format_money(cents, style, decimals)


def plain_number(value: float, style: Style) -> str:
    """A number with as many decimals as it needs, two at most."""
    return format_shortest(value)


def months_text(value: float | None, style: Style) -> str:
    """A number of months with its unit; a dash for none."""
    return NONE if value is None else unbroken(format_months(value, style))


def figure_text(figure: Figure, value: float | None, style: Style, *, exact: bool = False) -> str:
    """The value of a figure with its unit; a dash for none.

    Args:
        figure: which.
        value: from `Figure.value`.
        style: of the currency.
        exact: whether amounts are shown to the cent.
    """
    if figure.unit == "money":
        return money_text(None if value is None else to_cents(value), style, 2 if exact else 0)
    if figure.unit == "share":
        return share_text(value, style)
    if figure.unit == "months":
        return months_text(value, style)
    return "yes" if value else "no"


def count_text(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun, such as ``1 option`` or ``3 options``."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def hours_text(value: float, style: Style) -> str:
    """Hours with their unit, such as ``17,5 h``."""
    return f"{plain_number(value, style)}\N{NO-BREAK SPACE}h"


def horizon_text(value: float, style: Style) -> str:
    """The horizon, to two decimals where it is not whole."""
    return f"{plain_number(value, style)}\N{NO-BREAK SPACE}months"


def unbroken(text: str) -> str:
    """A short text that never goes on in the next line, such as a number with its unit."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def and_text(texts: Sequence[str]) -> str:
    """Texts as one, such as ``a, b and c``."""
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def yes_no(fact: bool) -> Said:
    """A truth as one word."""
    return say("yes") if fact else say("no")


def cells(data: Mapping[str, object], columns: Sequence[str]) -> list[object]:
    """A row of CSV from the data that JSON has, of which it says the same in the same form.

    Args:
        data: by the names of the columns; what is not there is empty.
        columns: the names, in order.
    """
    found = map(data.get, columns)
    return [yes_no(value) if isinstance(value, bool) else value for value in found]


def title_text(name: str, *facts: str) -> Text:
    """The title of a panel: a name that stands out, and what else it is about."""
    return (Span(name, Look.TITLE), *(f" · {fact}" for fact in facts if fact))


def change_text(change: float, style: Style) -> str:
    """A change in per cent with its sign."""
    sign = "+" if change >= 0 else "-"
    return sign + format_share(abs(change), style, 0 if abs(change) >= 0.1 else 1)


def time_text(minutes: float, style: Style) -> str:
    """A time in the largest unit that fits: 40 min, 5.5 h, 2.3 days."""
    if minutes < 120 and minutes % 60:
        return f"{max(1, round(minutes))} min"
    size, unit = (60, "h") if minutes < 2880 else (1440, "days")
    return f"{plain_number(round(minutes / size, 1), style)} {unit}"


_UNIT = re.compile(r"(?<=\d) (?=(?:h|min|days?|weeks?|months?|years?|people)\b)")


def units_kept(text: str) -> str:
    """A text in which no line ends between a number and its unit."""
    return _UNIT.sub("\N{NO-BREAK SPACE}", text)
