"""Bounds on the figures of an option: ``<= 90000``, ``>= 95%``, ``= 3 months``.

Expectations of a scenario and the rules of ``--fail-on`` are made of them.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cmsource.values.money import format_money, format_number, format_share, style_for, to_cents
from cmsource.values.quantities import QuantityError, Scalar, shown
from cmsource.values.readers import Amount, Duration, Flag, Reader, Share

_TOLERANCE = 1e-9


class Figure(NamedTuple):
    """A figure of an option that can be asserted.

    Attributes:
        unit: ``money``, ``share``, ``months`` or ``flag``.
        reader: reads the limit of a bound on it.
        meaning: what it says, for the documentation.
    """

    unit: str
    reader: Reader[float] | Reader[bool]
    meaning: str


def _share(meaning: str, maximum: float = 1.0) -> Figure:
    return Figure("share", Share(maximum), meaning)


def _money(meaning: str, period: str | None = None) -> Figure:
    return Figure("money", Amount(period), meaning)


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "total": _money("economic cost over the horizon"),
        "cash": _money("what is really paid over the horizon"),
        "monthly": _money("economic cost a month", "month"),
        "npv": _money("present value of the economic cost"),
        "per_hour_worked": _money("total for each hour of work done", "hour"),
        "per_watched_hour": _money("total for each hour watched", "hour"),
        "per_answered_message": _money("total for each message answered"),
        "watched": _share("share of the cover in which somebody watches"),
        "answered_in_time": _share("share of messages answered in time"),
        "work_done": _share("share of the work that gets done"),
        "skills_met": _share("share of the skills that somebody has"),
        "continuity": _share("share still watched without the one who matters most"),
        "in_house": _share("share of the work done in-house"),
        "idle": _share("share of contract hours without work"),
        "utilisation": _share("message work over capacity on duty", 100.0),
        "live_after": Figure("months", Duration("month", bare=True), "months until all work"),
        "eligible": Figure("flag", Flag(), "whether every requirement holds"),
        "on_frontier": Figure("flag", Flag(), "whether no other costs less and covers as much"),
    }
)
"""Every figure that a bound can be put on, in the order in which they are documented."""

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
    unit, reader, _ = FIGURES[figure]
    if unit == "flag":
        wanted = bool(reader.read(raw, currency))
        return Bound("=", float(wanted), 0.0, "true" if wanted else "false")
    found = _BOUND.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        reader.read(raw, currency)  # what is no number either is told so first
        text = str(raw).strip()
        raise QuantityError(
            f"{shown(raw)} can be a least, a most or an exact value",
            f'write ">= {text}", "<= {text}" or "= {text}", in quotes',
        )
    operator, text = _OPERATORS[found[1]], found[2].strip()
    limit = float(reader.read(_plain(text), currency))
    decimals = _DECIMALS.search(text)
    step = 10.0 ** -len(decimals[1]) if decimals else 1.0
    if unit == "share" and "%" in text:
        step /= 100
    elif unit == "share":
        step = min(step, 0.01)
    return Bound(operator, limit, step, f"{operator} {text}")


def _plain(text: str) -> Scalar:
    """A limit as YAML would resolve it, so that ``>= 1`` reads like ``1``."""
    try:
        return float(text) if text[:1].isdigit() and "_" not in text else text
    except ValueError:
        return text


def value_in_words(figure: str, value: float | None, currency: str, step: float = 1.0) -> str:
    """A figure's value for people, fine enough to be told from a limit written in `step`."""
    if value is None:
        return "nothing to measure"
    style, unit = style_for(currency), FIGURES[figure].unit
    if unit == "flag":
        return "true" if value else "false"
    if unit == "money":
        return format_money(to_cents(value), style)
    if unit == "share":
        return format_share(value, style, 1 if step >= 0.01 else 2 if step >= 0.001 else 4)
    return f"{format_number(value, style, 0 if value == int(value) else 2)} months"
