"""Amounts of money as people write them: ``75 € HT/h``, ``32 k€ brut par an``, ``16.50 a day``."""

import re
from collections.abc import Collection

from cmsource.values.currencies import named_by, words_of
from cmsource.values.language import Said, either, say
from cmsource.values.quantities import (
    ADJECTIVES,
    PERIODS,
    QuantityError,
    bounded,
    find_number,
    quoted,
    split_period,
    with_number,
)
from cmsource.values.ranges import dotted
from cmsource.values.unit_words import split_unit, without
from cmsource.values.written import written

_USUAL = {
    word: tuple(codes.split())
    for codes, words in {
        "EUR": "€ eur eurs euro euros",
        "CAD": "cad ca$ $ca c$ $cad cad$",
        "USD": "usd us$ $us $usd usd$",
        "USD CAD": "$ dollar dollars",
        "GBP": "£ gbp quid",
        "CHF": "chf fr sfr",
    }.items()
    for word in words.split()
}
"""What people write most, colloquial words too; everything else is looked up in Babel's tables."""

_MANY = {"k": 1e3, "m": 1e6}
"""Letters before a currency that stand for zeros: ``32 k€``."""

_MOST_NAMED = 3
_NO_CENTS = re.compile(r"(?<=[0-9])\.[-–—]+(?=$|[ /])")
"""A dash in the place of cents, as the Swiss write them: ``CHF 65'000.–``."""

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


def find_money(
    text: str, currency: str, hint: str, each: Collection[str] = ()
) -> tuple[float, str | None] | None:
    """An amount in the wanted currency and its period; None where the text is no amount.

    Args:
        text: what is written.
        currency: the wanted one, any when it is "".
        hint: what to write in the place of a period that is none.
        each: words for what the amount is for one of, which may stand beside the period.

    Raises:
        QuantityError: it is in another currency, with VAT, or what somebody takes home.
    """
    lower = _as_counted(text.lower(), text)
    head, period = split_period(_NO_CENTS.sub("", without(lower, each)), hint)
    found = find_number(head)
    if found is None:
        return None
    value, before, after = found
    factor = 1.0
    if after == "k" or _is_many(after):
        factor, after = _MANY[after[0]], after[1:].strip()
    elif after == "" and _is_many(before):
        factor, before = _MANY[before[0]], before[1:].strip()
    currency_word, _, last = after.rpartition(" ")
    if period is None and last in PERIODS and _is_said(currency_word):
        after, period = currency_word, PERIODS[last]
    for word in (before, after):
        if word and not _is_meant(word, currency):
            return None
    return bounded(value * factor), period


def find_price_of_one(text: str, currency: str, hint: str) -> tuple[float, str] | None:
    """A price in the wanted currency and what it is for one of; None where the text is no price.

    Args:
        text: what is written.
        currency: the wanted one, any when it is "".
        hint: what to write in the place of a unit that is none.

    Returns:
        The price, and its unit in lower case: ``post``, a period, or "" where none is written.

    Raises:
        QuantityError: it is in another currency, or with VAT.
    """
    head, unit = split_unit(_NO_CENTS.sub("", _as_counted(text.lower(), text)))
    said = "" if unit else next((word for word in _NO_UNITS if head.endswith(f" {word}")), "")
    money = find_money(head.removesuffix(f" {said}"), currency, hint)
    return None if money is None else (money[0], unit or said)


def units_of(text: str) -> list[str]:
    """What a price that can be read is said to be for one of, at each end where it is a range."""
    try:
        counted = _as_counted(" ".join(text.lower().split()), text)
    except QuantityError:
        return []
    ends = [end.strip() for end in dotted(counted).split("..")]
    return [unit for _, unit in map(split_unit, ends) if unit]


_NO_UNITS = ("total", *ADJECTIVES)
"""Words behind an amount that say, without a slash, that it is not for one."""


def currencies_named(word: str) -> tuple[str, ...]:
    """The codes of the currencies that a word stands for, the usual ones first; none for others."""
    key = _key(word)
    return _USUAL.get(key) or named_by(key)


def _key(word: str) -> str:
    """A word as tables have it: in lower case, no spaces, no point of an abbreviation."""
    return "".join(word.lower().split()).rstrip(".")


def _is_many(word: str) -> bool:
    """Whether a word has a letter for zeros before a currency: ``k€``, but not Sweden's ``kr``."""
    rest = word[1:].strip()
    lone_letter = len(rest) == 1 and rest.isascii() and rest.isalpha()  # KD is no thousand dalasis
    return word[:1] in _MANY and not lone_letter and not _is_said(word) and _is_said(rest)


def _is_said(word: str) -> bool:
    """Whether a word, in lower case, stands for any currency."""
    return bool(word) and bool(currencies_named(word))


def _is_meant(word: str, currency: str) -> bool:
    """Whether a word, in lower case, stands for the wanted currency; False where it is none.

    Raises:
        QuantityError: it stands for another one.
    """
    if word.upper() == currency:
        return True
    codes = currencies_named(word)
    if not codes:
        return False
    # A bare dollar is right for every dollar.
    if not currency or currency in codes or _key(word) in words_of(currency):
        return True
    said = either(codes) if len(codes) <= _MOST_NAMED else say("another currency")
    raise QuantityError(
        say("amounts here are in {currency}, this one is in {said}", currency=currency, said=said),
        say(
            "convert it into {currency}; where all are in {codes}, say `currency: {codes}`",
            currency=currency,
            codes=codes[0],
        ),
    )


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
            say("{written} holds VAT, which a company gets back", written=quoted(written)),
            _untaxed(rest),
        )
    counted = _AS_COUNTED.search(text)
    while counted is not None:
        text = _without(text, counted)
        counted = _AS_COUNTED.search(text)
    home = _TAKE_HOME.search(text)
    if home is not None:
        rest = _without(text, home)
        raise QuantityError(
            say("{written} is take-home pay, or a price without VAT", written=quoted(written)),
            say("write the gross pay; for a price without VAT, write {rest}", rest=rest),
        )
    return text


def _without(text: str, found: re.Match[str]) -> str:
    """A text without what was found in it, and the plus, comma or brackets around that."""
    before = text[: found.start()].rstrip(" +,(")
    after = text[found.end() :].lstrip(" )")
    return f"{before}{'' if after[:1] in ('', '/') else ' '}{after}".strip()


def _untaxed(text: str) -> Said:
    """How to write a price without VAT: worked out for a usual rate where it is a plain number."""
    found = find_number(split_unit(text)[0])
    if found is None:
        return say(
            "write the price without VAT; if you do not get VAT back, write {price}", price=text
        )
    untaxed = f"{found[0] / 1.2:.2f}".removesuffix(".00")
    return say(
        "write it without VAT, {untaxed} at a rate of 20 %; "
        "if you do not get VAT back, write {price}",
        untaxed=written(with_number(text, untaxed)),
        price=text,
    )
