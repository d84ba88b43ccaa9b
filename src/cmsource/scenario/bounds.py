"""Bounds on the figures of an option: ``<= 90000``, ``>= 95%``, ``= 3 months``.

Expectations of a scenario and the rules of ``--fail-on`` are made of them.
"""

import re
from typing import NamedTuple

from cmsource.scenario.figures import FIGURES, Figure
from cmsource.values.language import counted, say
from cmsource.values.money import format_money, format_number, format_share, style_for, to_cents
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share
from cmsource.values.quantities import QuantityError, Scalar, quoted
from cmsource.values.quantity_type import Quantity
from cmsource.values.time_types import Duration
from cmsource.values.word_types import Flag

_TOLERANCE = 1e-9


def _limit_reader(figure: Figure) -> Quantity[float] | Quantity[bool]:
    """Reads the limit of a bound on a figure."""
    match figure.unit:
        case "money":
            return Amount(figure.per)
        case "share":
            return Share(figure.most)
        case "months":
            return Duration("month", bare=True)
        case "weeks":
            return Duration("week", bare=True)
        case "days":
            return Duration("day", bare=True)
        case "flag":
            return Flag()


_OPERATORS = {"<=": "<=", "≤": "<=", ">=": ">=", "≥": ">=", "<": "<", ">": ">"}
_OPERATORS |= {"==": "=", "=": "=", "!=": "!=", "≠": "!="}
_BOUND = re.compile(rf"\s*({'|'.join(map(re.escape, _OPERATORS))})\s*(.*)", re.DOTALL)
_DECIMALS = re.compile(r"[0-9][.,]([0-9]+)(?![0-9]*[ .,'][0-9])")


class Bound(NamedTuple):
    """One comparison with a limit.

    Attributes:
        operator: ``<=``, ``>=``, ``<``, ``>``, ``=`` or ``!=``.
        limit: in the unit of the figure; shares from 0 to 1, flags as 0 and 1.
        step: how finely the limit was written; equality is held to that (``= 95%`` holds for
            94.7 %, ``= 95.0%`` does not).
        text: the bound as it was written, such as ``<= 90000``.
    """

    operator: str
    limit: float
    step: float
    text: str

    def holds(self, value: float) -> bool:
        """Whether a value keeps to the bound."""
        difference = value - self.limit
        if self.operator == "<=":
            return difference <= _TOLERANCE
        if self.operator == ">=":
            return difference >= -_TOLERANCE
        if self.operator == "<":
            return difference < -_TOLERANCE
        if self.operator == ">":
            return difference > _TOLERANCE
        equal = abs(difference) <= self.step / 2 + _TOLERANCE
        return equal if self.operator == "=" else not equal


def read_bound(raw: Scalar, figure: str, currency: str) -> Bound:
    """Read a bound on a figure.

    Args:
        raw: the scalar as YAML resolved it; a text but for flags, such as ``eligible: true``.
        figure: a key of `FIGURES`.
        currency: the scenario's currency.

    Raises:
        QuantityError: it is no bound, or its limit makes no sense for the figure.
    """
    unit, reader = FIGURES[figure].unit, _limit_reader(FIGURES[figure])
    if unit == "flag":
        wanted = bool(reader.read(raw, currency))
        return Bound("=", float(wanted), 0.0, "true" if wanted else "false")
    found = _BOUND.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        reader.read(raw, currency)  # what is no number either is told so first
        text = str(raw).strip()
        raise QuantityError(
            say("{value} can be a least, a most or an exact value", value=quoted(raw)),
            say('write ">= {text}", "<= {text}" or "= {text}", in quotes', text=text),
        )
    operator, text = _OPERATORS[found[1]], found[2].strip()
    limit = float(reader.read(text, currency))
    decimals = _DECIMALS.search(text)
    step = 10.0 ** -len(decimals[1]) if decimals else 1.0
    if unit == "share" and "%" in text:
        step /= 100
    elif unit == "share":
        step = min(step, 0.01)
    return Bound(operator, limit, step, f"{operator} {text}")


def value_in_words(figure: str, value: float | None, currency: str, step: float = 1.0) -> str:
    """A figure's value for people, fine enough to be told from a limit written in `step`."""
    if value is None:
        return say("nothing to measure")
    style, unit = style_for(currency), FIGURES[figure].unit
    if unit == "flag":
        return say("true") if value else say("false")
    if unit == "money":
        return format_money(to_cents(value), style)
    if unit == "share":
        return format_share(value, 1 if step >= 0.01 else 2 if step >= 0.001 else 4)
    number = format_number(value, 0 if value == int(value) else 2)
    if unit == "weeks":
        return counted(value, "{count} week", "{count} weeks", count=number)
    if unit == "days":
        return counted(value, "{count} day", "{count} days", count=number)
    return counted(value, "{count} month", "{count} months", count=number)
