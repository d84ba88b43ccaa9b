"""Which currencies there are, how each language writes them, what people call them: from Babel.

Babel's tables (Unicode CLDR) know every currency; reading them takes as long as a tenth of a
comparison, so that they are looked into only for what a scenario really says. Babel's own
`format_currency` is not used: it takes the marks of CHF 1'234'567 for quotes, and drops them.
"""

from functools import cache
from typing import Any, NamedTuple

_NBSP = "\u00a0"
_NARROW = "\u202f"
_LANGUAGES = ("en", "fr")
"""The languages in whose words people write amounts."""


class Style(NamedTuple):
    """How numbers and amounts of a currency are written.

    Attributes:
        currency: Its code.
        group: What stands between groups of digits.
        decimal: The decimal mark.
        before: What stands before an amount: a symbol and its space, or nothing.
        after: What stands after it.
        minus: What stands before a negative amount, in the place of `before`.
        digits: Decimals, 2 at most; 0 for currencies that have no hundredths.
    """

    currency: str
    group: str
    decimal: str
    before: str
    after: str
    minus: str
    digits: int = 2

    def grouped(self, units: int) -> str:
        """A whole number, not negative, in groups of three digits."""
        return f"{units:,}".replace(",", self.group)

    def amount(self, number: str, *, negative: bool = False) -> str:
        """A number, not negative, with the symbol."""
        return f"{self.minus if negative else self.before}{number}{self.after}"


@cache
def in_use() -> frozenset[str]:
    """The codes (ISO 4217) of all currencies with which people pay today."""
    return frozenset(code for codes in _territories().values() for code in codes)


@cache
def style_of(code: str, language: str) -> Style:
    """How a language writes amounts of a currency.

    Spaces are no-break spaces of the usual width, where Babel has narrow ones too, which terminals
    draw in all widths; one stands between a number and a symbol of letters, as CLDR asks for.
    """
    from babel.core import Locale
    from babel.numbers import get_currency_precision

    locale = Locale.parse(language)
    pattern = locale.currency_formats["standard"]
    symbol = locale.currency_symbols.get(code, code).replace(_NARROW, _NBSP)
    marks = locale.number_symbols["latn"]
    before, after = pattern.prefix[0], pattern.suffix[0]
    if before == "¤":
        head, tail = symbol + (_NBSP if symbol[-1].isalpha() or symbol[-1] == "." else ""), ""
    else:
        head, tail = "", after.replace("¤", symbol)
    group = marks["group"].replace(_NARROW, _NBSP)
    digits = min(2, get_currency_precision(code))
    return Style(code, group, marks["decimal"], head, tail, f"-{head}", digits)


@cache
def words_of(code: str) -> frozenset[str]:
    """What stands for a currency where it is the one that is meant: in lower case, no spaces.

    Its code, its symbol with and without the letters (``$`` is right for every dollar), and its
    names, whole or the noun alone.
    """
    from babel.numbers import get_currency_name, get_currency_symbol

    if code not in in_use():
        return frozenset([code.lower()])
    home = _locale_of(code)
    symbols = {get_currency_symbol(code, each) for each in (home, *_LANGUAGES)}
    signs = {"".join(c for c in each if not c.isalnum()).strip() for each in symbols} - {""}
    found = {code, *symbols, *signs}
    found |= {text for sign in signs for text in (code[:2] + sign, sign + code[:2])}
    for language in (home, *_LANGUAGES):
        for count in (1, 2):
            name = get_currency_name(code, count, language)
            words = name.split()
            # English says Swiss francs, French francs suisses.
            found |= {name, words[0 if language == "fr" else -1]}
    return frozenset("".join(each.lower().split()).rstrip(".") for each in found)


@cache
def named_by(word: str) -> tuple[str, ...]:
    """The codes of all currencies that a word stands for, in lower case and without spaces."""
    return _by_word().get(word, ())


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in sorted(in_use()):
        for word in words_of(code):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def _territories() -> dict[str, tuple[str, ...]]:
    """The currencies of each territory that are legal tender today."""
    from babel.core import get_global

    return {
        territory: tuple(code for code, _, until, tender in rows if until is None and tender)
        for territory, rows in get_global("territory_currencies").items()
    }


@cache
def currency_of(territory: str) -> str:
    """The currency of a territory (ISO 3166), the first where it has several; "" for none."""
    return next(iter(_territories().get(territory, ())), "")


@cache
def _locale_of(code: str) -> Any:  # noqa: ANN401 - babel.core.Locale, which is imported late
    """The language and place whose conventions a currency follows."""
    from babel.core import Locale, UnknownLocaleError

    # The first two letters of a code are the territory's, but for currencies of several.
    here = code[:2]
    if code in _territories().get(here, ()):
        wanted = (f"{_language_of(here)}_{here}", "en")
    else:
        spoken = [_language_of(each) for each, codes in _territories().items() if code in codes]
        wanted = (max(sorted(set(spoken)), key=spoken.count, default="en"), "en")
    for name in wanted:
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows English")


def _language_of(territory: str) -> str:
    """The language that most people there speak, if it is written in Latin letters; else en."""
    from babel.core import get_global

    likely = get_global("likely_subtags").get(f"und_{territory}", "en_Latn")
    language, _, script = str(likely).partition("_")
    return language if script.startswith("Latn") else "en"
