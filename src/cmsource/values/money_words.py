"""Amounts of money as people write them: ``75 € HT/h``, ``32 k€ brut par an``, ``16.50 a day``."""

import re

from cmsource.values.quantities import (
    PERIODS,
    QuantityError,
    bounded,
    find_number,
    in_full,
    quoted,
    split_period,
)

_CURRENCIES = {
    word: codes
    for codes, words in {
        "EUR": "€ eur eurs euro euros",
        "CAD": "cad ca$ $ca c$ $cad cad$",
        "USD": "usd us$ $us $usd usd$",
        "CAD or USD": "$ dollar dollars",
        "GBP": "£ gbp",
        "CHF": "chf",
    }.items()
    for word in words.split()
}
_MANY = {"k": 1e3, "m": 1e6}
"""Letters before a currency that stand for zeros: ``32 k€``."""

_SALES_TAX = r"(?:vat|tva|sales tax|tax(?:es)?|tps|tvq)"
_WITH_TAX = re.compile(
    rf"\b(?:ttc|t\.t\.c\.?|tvac|{_SALES_TAX} (?:included|inclusive|comprises?|incluses?)"
    rf"|toutes taxes comprises|(?:inc(?:l\.?|luding|lusive of)?|with|avec) {_SALES_TAX})(?=$|[ /)])"
)
"""What says of a price that it holds a tax which a company gets back."""

_AS_COUNTED = re.compile(
    rf"(?:\b(?:ht|h\.t\.?|htva|hors {_SALES_TAX}|nets? (?:of|de) {_SALES_TAX}"
    rf"|(?:ex(?:cl\.?|cluding|clusive of)?|without|before|plus|sans|avant) {_SALES_TAX}"
    rf"|{_SALES_TAX} (?:excluded|exclusive|en sus)|brut(?:e?s?)|gross)|\+ ?{_SALES_TAX})(?=$|[ /)])"
)
"""What says of an amount that it is what a scenario counts: a price without VAT, pay as gross."""

_TAKE_HOME = re.compile(r"\b(?:net(?:te)?s?|take-home)(?=$|[ /)])")


def find_money(text: str, currency: str) -> tuple[float, str | None] | None:
    """An amount in the wanted currency and its period; None where the text is no amount.

    Raises:
        QuantityError: it is in another currency, with VAT, or what somebody takes home.
    """
    lower = _as_counted(text.lower(), text)
    head, period = split_period(lower)
    found = find_number(head)
    if found is None:
        return None
    value, before, after = found
    factor = 1.0
    if after[:1] in _MANY and (after[1:].strip() in _CURRENCIES or after == "k"):
        factor, after = _MANY[after[0]], after[1:].strip()
    elif after == "" and before[:1] in _MANY and before[1:].strip() in _CURRENCIES:
        factor, before = _MANY[before[0]], before[1:].strip()
    currency_word, _, last = after.rpartition(" ")
    if period is None and currency_word in _CURRENCIES and last in PERIODS:
        after, period = currency_word, PERIODS[last]
    for word in (before, after):
        codes = _CURRENCIES.get(word.replace(" ", ""))
        if codes is None:
            if word and word.upper() != currency:
                return None
        elif currency not in codes:
            raise QuantityError(
                f"the scenario is in {currency}, this amount is in {codes}",
                f"convert the amount into {currency}",
            )
    return bounded(value * factor), period


def _as_counted(text: str, written: str) -> str:
    """The text without what says that the amount is gross, or without VAT.

    Args:
        text: in lower case.
        written: the same as it was written, for messages.
    """
    if not any(letter.isalpha() for letter in text):
        return text
    taxed = _WITH_TAX.search(text)
    if taxed is not None:
        rest = _without(text, taxed)
        raise QuantityError(
            f"{quoted(written)} holds VAT, which a company gets back",
            f"{_untaxed(rest)}; if you do not get VAT back, write {rest}",
        )
    counted = _AS_COUNTED.search(text)
    while counted is not None:
        text = _without(text, counted)
        counted = _AS_COUNTED.search(text)
    home = _TAKE_HOME.search(text)
    if home is not None:
        rest = _without(text, home)
        raise QuantityError(
            f"{quoted(written)} is take-home pay, or a price without VAT",
            f"write the gross pay; for a price without VAT, write {rest}",
        )
    return text


def _without(text: str, found: re.Match[str]) -> str:
    """A text without what was found in it, and the plus, comma or brackets around that."""
    before = text[: found.start()].rstrip(" +,(")
    after = text[found.end() :].lstrip(" )")
    return f"{before}{'' if after[:1] in ('', '/') else ' '}{after}".strip()


def _untaxed(text: str) -> str:
    """How to write a price without VAT: worked out for a usual rate where it is a plain number."""
    head = split_period(text)[0]
    found = find_number(head)
    if found is None:
        return "write the price without VAT"
    untaxed = in_full(round(found[0] / 1.2, 2))
    return f"write it without VAT, {untaxed} at a rate of 20 %"
