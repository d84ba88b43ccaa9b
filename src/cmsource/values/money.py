"""Money and numbers written for people, by the conventions of each currency."""

from typing import NamedTuple

_NBSP = "\u00a0"


class Style(NamedTuple):
    """How numbers and amounts are written.

    Attributes:
        group: What stands between groups of three digits.
        decimal: The decimal mark.
        symbol: The currency's symbol, or its code.
        after: Whether the symbol follows the number, after a no-break space.
    """

    group: str
    decimal: str
    symbol: str
    after: bool


_STYLES = {
    "EUR": Style(_NBSP, ",", "€", True),
    "CAD": Style(_NBSP, ",", "$", True),  # as in Québec
    "CHF": Style("'", ".", "CHF", True),
    "USD": Style(",", ".", "$", False),
    "GBP": Style(",", ".", "£", False),
}

CURRENCIES = tuple(_STYLES)
"""The codes of the currencies that are known."""


def style_for(currency: str) -> Style:
    """The style of a currency's code; an unknown one is written ``82 700.80 XYZ``."""
    return _STYLES.get(currency) or Style(_NBSP, ".", currency, True)


def to_cents(x: float) -> int:
    """Rounds an amount of money to whole cents, half to even on its decimal value.

    Raises:
        ValueError: The amount is not a number.
        OverflowError: The amount is infinite.
    """
    exact = x * 100
    cents = round(exact)
    # The float nearest to 2.675 is a little less, and so is its product with 100: rounded at once,
    # it would be 267. Rounding to a ten-thousandth of a cent first takes the binary noise away;
    # only next to a half can it matter, and it takes long.
    return cents if -0.4999 < exact - cents < 0.4999 else round(round(exact, 4))


def format_money(cents: int, style: Style, decimals: int = 2) -> str:
    """An amount of whole cents with its symbol: ``82 700,80 €``.

    Args:
        cents: The amount.
        style: The currency's style.
        decimals: 2, or 0 to round to whole units of the currency, half to even.
    """
    units, rest = divmod(abs(cents), 100)
    if decimals == 0:
        units += rest > 50 or (rest == 50 and units % 2 == 1)
        rest = 0
    number = f"{units:,}".replace(",", style.group)
    if decimals:
        number += f"{style.decimal}{rest:02}"
    sign = "-" if cents < 0 and (units or rest) else ""
    if style.after:
        return f"{sign}{number}{_NBSP}{style.symbol}"
    return f"{sign}{style.symbol}{number}"


def format_number(x: float, style: Style, decimals: int = 0) -> str:
    """A number with that many decimals, grouped by three: ``1 607,5``."""
    whole, _, fraction = f"{x:z,.{decimals}f}".partition(".")
    whole = whole.replace(",", style.group)
    return f"{whole}{style.decimal}{fraction}" if fraction else whole


def format_months(x: float, style: Style) -> str:
    """A number of months with its unit, with one decimal where it is not whole: ``1,5 months``."""
    number = format_number(x, style, 0 if x == int(x) else 1)
    return f"{number} {'month' if x == 1 else 'months'}"


def format_share(x: float, style: Style, decimals: int = 1) -> str:
    """A share (1 is the whole) in per cent: ``64,3 %`` beside a decimal comma, else ``64.3%``."""
    # Without the inner rounding, 0.1235 * 100 could fall on the other side of a half.
    number = format_number(round(x * 100, 10), style, decimals)
    return number + (f"{_NBSP}%" if style.decimal == "," else "%")
