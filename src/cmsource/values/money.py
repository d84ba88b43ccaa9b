"""Money and numbers written for people, by the conventions of each currency."""

from cmsource.values.currencies import Style, in_use, style_of

__all__ = [
    "Style",
    "format_money",
    "format_months",
    "format_number",
    "format_share",
    "is_currency",
    "style_for",
    "to_cents",
]

_NBSP = "\u00a0"

# Those of the first two countries stand here: no Babel then, which takes a tenth of a comparison,
# and no narrow spaces, which terminals draw in all widths.
_STYLES = {
    "EUR": Style(_NBSP, ",", "", f"{_NBSP}€", "-"),
    "CAD": Style(_NBSP, ",", "", f"{_NBSP}$", "-"),  # as in Québec
}


def style_for(currency: str) -> Style:
    """The style of a currency's code; an unknown one is written ``82 700.80 XYZ``."""
    known = _STYLES.get(currency)
    if known is None:
        known = Style(_NBSP, ".", "", f"{_NBSP}{currency}", "-")
        if currency in in_use():
            known = style_of(currency)
    return known


def is_currency(code: str) -> bool:
    """Whether a text is the code of a currency with which people pay today."""
    return code in _STYLES or code in in_use()


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
        decimals: 2, or 0 to round to whole units of the currency, half to even; a currency that
            has no hundredths is always rounded so.
    """
    units, rest = divmod(abs(cents), 100)
    if decimals == 0 or style.digits == 0:
        units += rest > 50 or (rest == 50 and units % 2 == 1)
        rest = 0
    number = style.grouped(units)
    if decimals and style.digits:
        number += f"{style.decimal}{rest:02}"
    return style.amount(number, negative=cents < 0 and bool(units or rest))


def format_number(x: float, style: Style, decimals: int = 0) -> str:
    """A number with that many decimals, grouped by three: ``1 607,5``."""
    whole, _, fraction = f"{x:z.{decimals}f}".partition(".")
    if whole.lstrip("-").isdecimal():  # and neither nan nor infinite
        sign = "-" if whole[0] == "-" else ""
        whole = sign + style.grouped(int(whole.lstrip("-")))
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
