"""Figures in words, as reports write them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from cmsource.analysis.inputs.quantity import quantity
from cmsource.reports.blocks import NONE, Look, Span, Text
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import Figure
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import Language, Said, counted, listed, said, say
from cmsource.values.money import (
    LENGTHS,
    Style,
    format_money,
    format_months,
    format_share,
    format_shortest,
    to_cents,
)
from cmsource.values.written import written

MARKS = {
    "O": say("official"),
    "O2": say("official, second-hand"),
    "S": say("survey"),
    "V": say("vendor"),
    "B": say("press or blog"),
    "D": say("derived"),
    "G": say("guess"),
}
"""How far each figure can be trusted, by its mark."""


class Named(Protocol):
    """What has a name in a scenario and one for people."""

    @property
    def name(self) -> str:
        """In the scenario."""

    @property
    def label(self) -> str:
        """For people."""


CHOSEN = "▸"
"""The sign of what is recommended."""

_ROUNDING = 1e-9


def verdict(fits: bool) -> Span:
    """Whether something does the job, as one sign."""
    return Span("✓", Look.GOOD) if fits else Span("✗", Look.BAD)


def labels_of(options: Iterable[Named]) -> Mapping[str, str]:
    """How each of some options is called for people, by its name in the scenario."""
    return {option.name: option.label for option in options}


def missing(label: str) -> Span:
    """The name of something that does not do the job."""
    return Span(listed(["✗", label], " "), Look.BAD)


def origin_text(assumption: Assumption) -> str:
    """How far an assumption can be trusted, and where it is from."""
    mark = MARKS.get(assumption.confidence, assumption.confidence)
    return say("{mark}: {source}", mark=mark, source=said(_unmarked, assumption.source))


def _unmarked(language: Language, source: str) -> str:
    """A source without the word that says what its mark says too."""
    mark = say("assumption: {what}", what="")
    return language.of(source).removeprefix(mark).removeprefix(language.of(mark))


def assumed_value(assumption: Assumption, style: Style) -> str:
    """The value that is taken, an amount of money with its currency."""
    number, slash, period = assumption.value.partition("/")
    if assumption.money and number.replace(".", "", 1).isdecimal():
        return quantity(float(number), f"{style.currency}{slash}{period}", style)
    return units_kept(written(assumption.value))


def assumption_text(assumption: Assumption, style: Style) -> Text:
    """An assumption as one line: the key to set, the value taken, where it is from and when."""
    dated = [origin_text(assumption), *([assumption.as_of] if assumption.as_of else [])]
    origin = Span(listed(["(", listed(dated), ")"], ""), Look.FAINT)
    value = listed([" =", assumed_value(assumption, style), ""], " ")
    return (Span(assumption.path, Look.KEY), value, origin)


def share_text(value: float | None, decimals: int = 0) -> str:
    """A share in per cent, never rounded up to a whole that it is not; a dash for none."""
    if value is None:
        return NONE
    text = format_share(value, decimals)
    if value < 1 - _ROUNDING and text == format_share(1.0, decimals):
        return format_share(value if value < 0.9995 else 0.999, 1)
    return text


def money_text(cents: int | None, style: Style, decimals: int = 0) -> str:
    """An amount of cents; a dash for none."""
    return NONE if cents is None else format_money(cents, style, decimals)


def plain_number(value: float) -> str:
    """A number with as many decimals as it needs, two at most."""
    return format_shortest(value)


def months_text(value: float | None) -> str:
    """A number of months with its unit; a dash for none."""
    return NONE if value is None else unbroken(format_months(value))


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
        return share_text(value)
    if figure.unit in LENGTHS:
        return NONE if value is None else unbroken(LENGTHS[figure.unit](value))
    return yes_no(bool(value))


def hours_text(value: float) -> str:
    """Hours with their unit, such as ``17,5 h``."""
    return say("{count}\N{NO-BREAK SPACE}h", count=plain_number(value))


def horizon_text(value: float) -> str:
    """The horizon, to two decimals where it is not whole."""
    return counted(
        value,
        "{count}\N{NO-BREAK SPACE}month",
        "{count}\N{NO-BREAK SPACE}months",
        count=plain_number(value),
    )


def changed_ones(count: int) -> Said:
    """How many scenarios are not as they were."""
    return counted(count, "{count} changed", "{count} changed")


def new_ones(count: int) -> Said:
    """How many scenarios were not there before."""
    return counted(count, "{count} new", "{count} new")


def gone_ones(count: int) -> Said:
    """How many scenarios are there no longer."""
    return counted(count, "{count} gone", "{count} gone")


def capital(text: str) -> str:
    """A text that begins a sentence."""
    return said(_capital, text)


def _capital(language: Language, text: str) -> str:
    told = language.of(text)
    return told[:1].upper() + told[1:]


def small(text: str) -> str:
    """A heading within a sentence."""
    return said(_small, text)


def _small(language: Language, text: str) -> str:
    return language.of(text).lower()


def unbroken(text: str) -> str:
    """A short text that never goes on in the next line, such as a number with its unit."""
    return said(_unbroken, text)


def _unbroken(language: Language, text: str) -> str:
    return language.of(text).replace(" ", "\N{NO-BREAK SPACE}")


def warning_text(warning: Diagnostic) -> str:
    """A warning as one line: its code, what it says, and where."""
    text = say("{code}: {message}", code=warning.code, message=warning.message)
    return listed([text, f"({warning.place})"], " ") if warning.place else text


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
    rest = [piece for fact in facts if fact for piece in (" · ", fact)]
    return (Span(name, Look.TITLE), *rest)


def change_text(change: float) -> str:
    """A change in per cent with its sign."""
    share = format_share(abs(change), 0 if abs(change) >= 0.1 else 1)
    return listed(["+" if change >= 0 else "-", share], "")


def time_text(minutes: float) -> str:
    """A time in the largest unit that fits: 40 min, 5.5 h, 2.3 days."""
    if minutes < 120 and minutes % 60:
        return say("{count} min", count=max(1, round(minutes)))
    if minutes < 2880:
        return say("{count} h", count=plain_number(round(minutes / 60, 1)))
    days = round(minutes / 1440, 1)
    return counted(days, "{count} day", "{count} days", count=plain_number(days))


_UNIT = re.compile(
    r"(?<=\d) (?=(?:h|min|days?|weeks?|months?|years?|people"
    r"|jours?|semaines?|mois|ans?|personnes?)\b)"
)


def units_kept(text: str) -> str:
    """A text in which no line ends between a number and its unit."""
    return said(_units_kept, text)


def _units_kept(language: Language, text: str) -> str:
    return _UNIT.sub("\N{NO-BREAK SPACE}", language.of(text))
