"""Sentences of ours that come back as plain English, such as the reasons in saved results.

JSON holds what people are told in English. Read back, a text is found again among the sentences of
the catalogue, with what stood in its places, and so it can be said in another language. What is not
found stays as it is.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cmsource.values.language import ENGLISH, Language, Said, pairs_of, said
from cmsource.values.money import style_for
from cmsource.values.week_reader import parse_week
from cmsource.values.written import written

_PLACE = re.compile(r"\{([a-z_]*)\}")
_LEAST = 4
"""Letters that a sentence must have beside its places, to be known by them."""
_DEEPEST = 4
_BETWEEN = ("; ", ", ", " and ", "-")
"""What stands between the parts of a list."""
_JOINED = {"fr": {"; ": "\N{NO-BREAK SPACE}; ", " and ": " et "}}
"""What stands there in another language."""
_NO_LIST = "(?:(?!, |; ).)+?"
_GROUPS = "\x00"
_AMOUNT = re.compile(
    "(?P<sign>[-+]?)(?P<symbol>€|CA\\$|\\$|£|[A-Z]{3}\N{NO-BREAK SPACE})?"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    "(?P<unit>%|(?: ?%)?(?:[ /\N{NO-BREAK SPACE}][a-z]+)*)"
)
"""A number as English writes it, with what may stand around it."""


class _Sentence(NamedTuple):
    """A sentence with places.

    Attributes:
        letters: how many characters stand beside its places.
        longest: the longest piece between two places.
        pattern: matches what it becomes.
        forms: the sentence in the other language; for one and for many, where it counts.
    """

    letters: int
    longest: str
    pattern: re.Pattern[str]
    forms: Sequence[str]


def heard(text: str, names: frozenset[str] = frozenset()) -> str:
    """A text that may be a sentence of ours, so that it can be said in each language.

    Args:
        text: the text, in English.
        names: what may stand in it as it is: names of options and sources.
    """
    return said(_heard, text, names) if text and not isinstance(text, Said) else text


def _heard(language: Language, text: str, names: frozenset[str]) -> str:
    if language.code == ENGLISH.code:
        return text
    found = _again(language.code, text, names, 0)
    return text if found is None else found


@lru_cache(maxsize=16_384)
def _again(code: str, text: str, names: frozenset[str], depth: int) -> str | None:
    """A text in another language, with what stands in its places; None where any of it is unknown.

    Half of a sentence in each language would be worse than a sentence that stays English.
    """
    whole, with_places = _sentences(code)
    if text in names:
        return text
    if text in whole:
        return whole[text]
    if depth and (amount := _amount(text, code)):
        return amount
    if depth and _is_week(text):
        return Language(code).of(written(text))
    if depth > _DEEPEST or not any(letter.isalpha() for letter in text):
        return None
    for each in with_places:
        if each.longest in text and (found := each.pattern.fullmatch(text)) is not None:
            places = found.groupdict()
            told = {name: _again(code, part, names, depth + 1) for name, part in places.items()}
            if None not in told.values():
                return _form(code, each.forms, places).format_map(told)
    for between in _BETWEEN:
        if between in text:
            parts = [_again(code, part, names, depth + 1) for part in text.split(between)]
            if None not in parts:
                return _JOINED[code].get(between, between).join(filter(None, parts))
    return None


def _is_week(text: str) -> bool:
    """Whether a text is hours of the week, such as ``sat-sun 09:00-21:00``."""
    try:
        return str(parse_week(text)) == text
    except ValueError:
        return False


def _amount(text: str, code: str) -> str:
    """A number, a share, an amount or a quantity in the style of a language; "" for other texts."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return ""
    style = style_for("", code)
    number = found["number"].replace(",", _GROUPS).replace(".", style.decimal)
    number = number.replace(_GROUPS, style.group)
    amount = f"{found['sign']}{number}"
    if found["symbol"]:
        currency = _currencies().get(found["symbol"], found["symbol"].strip("\N{NO-BREAK SPACE}"))
        amount = style_for(currency, code).amount(number, negative=found["sign"] == "-")
    language = Language(code)
    count = 1 if language.is_singular(found["number"]) else 2
    return amount + language.of(written(f"{count}{found['unit']}"))[1:]


@cache
def _currencies() -> Mapping[str, str]:
    """The codes of currencies by the symbols that English has for them."""
    return {style_for(each).before: each for each in ("EUR", "CAD", "USD", "GBP", "CHF")}


def _form(code: str, forms: Sequence[str], places: Mapping[str, str]) -> str:
    if len(forms) == 1:
        return forms[0]
    return forms[0 if Language(code).is_singular(places.get("count", "2")) else 1]


@cache
def _sentences(code: str) -> tuple[Mapping[str, str], Sequence[_Sentence]]:
    """The sentences without places, and those with some, the most telling first."""
    whole: dict[str, str] = {}
    found: list[_Sentence] = []
    for texts, forms in pairs_of(code):
        for text in texts:
            pieces = _PLACE.split(text)
            literals, names = pieces[::2], pieces[1::2]
            if not names:
                whole.setdefault(text, forms[0])
                small = text[:1].lower() + text[1:]
                whole.setdefault(small, forms[0][:1].lower() + forms[0][1:])
                continue
            letters = sum(map(len, literals))
            if sum(letter.isalpha() for part in literals for letter in part) < _LEAST:
                continue
            if len(set(names)) < len(names):
                continue
            # What a sentence begins with is no list, of which the sentence is the last part.
            pattern = "".join(
                f"{re.escape(literal)}(?P<{name}>{'.+?' if literal else _NO_LIST})"
                if name
                else re.escape(literal)
                for literal, name in zip(literals, [*names, ""], strict=True)
            )
            sentence = _Sentence(letters, max(literals, key=len), re.compile(pattern), forms)
            found.append(sentence)
    return whole, sorted(found, key=lambda each: -each.letters)
