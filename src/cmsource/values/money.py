"""Money and numbers written for people, by the conventions of each language."""

from functools import cache

from cmsource.values.currencies import Style, in_use, style_of
from cmsource.values.language import Language, Said, counted, said

__all__ = [
    "Style",
    "currency_sign",
    "format_amount",
    "format_digits",
    "format_money",
    "format_months",
    "format_number",
    "format_price",
    "format_share",
    "format_shortest",
    "is_currency",
    "style_for",
    "to_cents",
]

_NBSP = "\u00a0"

# Those of the countries that come with the tool stand here: no Babel then, which takes a third of a
# comparison. They are Babel's, as a test says.
_SYMBOLS = {
    "en": {"EUR": "€", "CAD": "CA$", "USD": "$", "GBP": "£", "CHF": f"CHF{_NBSP}"},
    "fr": {"EUR": "€", "CAD": "$CA", "USD": "$US", "GBP": "£GB", "CHF": "CHF"},
}


@cache
def style_for(currency: str, language: str = "en") -> Style:
    """How a language writes amounts of a currency, by its code; an unknown one by the code."""
    symbol = _SYMBOLS[language].get(currency)
    if symbol is None:
        if currency and currency in in_use():
            return style_of(currency, language)
        symbol = currency + _NBSP if language == "en" else currency
    if language == "en":
        return Style(currency, ",", ".", symbol, "", f"-{symbol}")
    return Style(currency, _NBSP, ",", "", _NBSP + symbol, "-")


def currency_sign(code: str) -> Said:
    """What stands beside an amount of a currency, by its code: ``€``, ``CA$``, ``$CA``."""
    return said(_sign, code)


def is_currency(code: str) -> bool:
    """Whether a text is the code of a currency with which people pay today."""
    return code in _SYMBOLS["en"] or code in in_use()


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


def format_money(cents: int, style: Style, decimals: int = 2) -> Said:
    """An amount of whole cents with its symbol: ``€82,700.80``, ``82 700,80 €``.

    Args:
        cents: The amount.
        style: The currency's style.
        decimals: 2, or 0 to round to whole units of the currency, half to even; a currency that
            has no hundredths is always rounded so.
    """
    return said(_money, cents, style.currency, decimals)


def format_amount(amount: float, currency: str) -> Said:
    """An amount in units of a currency, by its code, to the cent: ``€12.31``."""
    return said(_money, to_cents(amount), currency, 2)


def format_price(price: float, style: Style, decimals: int = 6) -> Said:
    """A price finer than a cent, with as many decimals as it needs: ``€0.0125``."""
    return said(_price, price, style.currency, decimals)


def format_number(x: float, decimals: int = 0) -> Said:
    """A number with that many decimals, grouped by three: ``1,607.5``, ``1 607,5``."""
    return said(_number, x, decimals, False)


def format_shortest(x: float, decimals: int = 2) -> Said:
    """A number with as many decimals as it needs, so many at most: ``17.5``, ``17,5``."""
    return said(_number, x, decimals, True)


def format_digits(x: float, digits: int = 6) -> Said:
    """A number with so many digits that count, not grouped: ``1607``, ``37.5``, ``37,5``."""
    return said(_digits, x, digits)


def format_months(x: float, decimals: int = 1) -> Said:
    """A number of months with its unit, with decimals where it is not whole: ``1.5 months``."""
    shown = format_number(x, 0 if x == int(x) else decimals)
    return counted(x, "{count} month", "{count} months", count=shown)


def format_weeks(x: float, decimals: int = 1) -> Said:
    """A number of weeks with its unit, with decimals where it is not whole: ``4.5 weeks``."""
    shown = format_number(x, 0 if x == int(x) else decimals)
    return counted(x, "{count} week", "{count} weeks", count=shown)


def format_days(x: float, decimals: int = 1) -> Said:
    """A number of days with its unit, with decimals where it is not whole: ``1.5 days``."""
    shown = format_number(x, 0 if x == int(x) else decimals)
    return counted(x, "{count} day", "{count} days", count=shown)


LENGTHS = {"months": format_months, "weeks": format_weeks, "days": format_days}
"""How a length of time is written in each of its units."""


def format_share(x: float, decimals: int = 1) -> Said:
    """A share (1 is the whole) in per cent: ``64.3%``, ``64,3 %``."""
    return said(_share, x, decimals)


def _sign(language: Language, code: str) -> str:
    style = style_for(code, language.code)
    return (style.before or style.after).strip()


def _money(language: Language, cents: int, currency: str, decimals: int) -> str:
    style = style_for(currency, language.code)
    units, rest = divmod(abs(cents), 100)
    if decimals == 0 or style.digits == 0:
        units += rest > 50 or (rest == 50 and units % 2 == 1)
        rest = 0
    number = style.grouped(units)
    if decimals and style.digits:
        number += f"{style.decimal}{rest:02}"
    return style.amount(number, negative=cents < 0 and bool(units or rest))


def _price(language: Language, price: float, currency: str, decimals: int) -> str:
    number = _number(language, abs(price), decimals, True)
    return style_for(currency, language.code).amount(number, negative=price < 0)


def _number(language: Language, x: float, decimals: int, shortest: bool) -> str:
    style = style_for("", language.code)
    whole, _, fraction = f"{x:z.{decimals}f}".partition(".")
    if whole.lstrip("-").isdecimal():  # and neither nan nor infinite
        sign = "-" if whole[0] == "-" else ""
        whole = sign + style.grouped(int(whole.lstrip("-")))
    if shortest:
        fraction = fraction.rstrip("0")
    return f"{whole}{style.decimal}{fraction}" if fraction else whole


def _digits(language: Language, x: float, digits: int) -> str:
    text = f"{x:.{digits}g}"
    return text if language.code == "en" else text.replace(".", ",")


def _share(language: Language, x: float, decimals: int) -> str:
    # Without the inner rounding, 0.1235 * 100 could fall on the other side of a half.
    number = _number(language, round(x * 100, 10), decimals, False)
    return number + ("%" if language.code == "en" else f"{_NBSP}%")
