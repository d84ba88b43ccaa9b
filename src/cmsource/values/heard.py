"""Sentences of ours that come back as plain English, such as the reasons in saved results.

JSON holds what people are told in English. Read back, a text is found again among the sentences of
the catalogue, with what stood in its places, and so it can be said in another language. What is not
found stays as it is, and so do words between backticks, which are somebody's own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cmsource.values.language import ENGLISH, Language, Said, listed, pairs_of, said, say
from cmsource.values.money import style_for
from cmsource.values.months import MONTHS
from cmsource.values.week_reader import parse_week
from cmsource.values.written import in_units, written

_PLACE = re.compile(r"\{([a-z_]*)\}")
_OWN = re.compile("`[^`]*`")
"""What somebody wrote, or should write, as messages show it."""
_KEY = re.compile(r"--?[a-z][\w-]*|[\w.:/()+-]*[\w)]")
"""A key, a name, a flag or a file: what may stand in a message without backticks."""
_OF_KEY = re.compile("(?P<name>`[^`]*`|--[a-z-]+ [^ ]+): (?P<what>.+)")
"""What is said of a key or of a flag."""
_MONTH = re.compile("|".join(MONTHS))
_MONTHS = f"(?:{_MONTH.pattern})(?:-(?:{_MONTH.pattern}))?"
_IN_SEASON = re.compile(f"(?P<what>.+) in (?P<season>{_MONTHS}(?: and {_MONTHS})*)")
_NEXT_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
_FACTOR = re.compile("(?P<number>[^ ]+)(?: (?P<unit>.+))?")
_LONGEST = 500
"""Characters of a text that is looked for; no sentence of ours comes near, and each takes time."""
_LEAST = 4
"""Letters that a sentence must have beside its places, to be known by them."""
_LEAST_OF_OWN = 2
"""The same, where backticks tell something of it too."""
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
        own: the places between backticks.
        usual: what it counts, where it does not show it.
        forms: the sentence in the other language; for one and for many, where it counts.
    """

    letters: int
    longest: str
    pattern: re.Pattern[str]
    own: frozenset[str]
    usual: str
    forms: Sequence[str]


def heard(text: str, names: frozenset[str] = frozenset()) -> str:
    """A text that may be a sentence of ours, so that it can be said in each language.

    Args:
        text: the text, in English.
        names: what may stand in it as it is: names of options and sources.
    """
    return said(_heard, text, names) if text and not isinstance(text, Said) else text


def heard_problem(text: str) -> str:
    """The same for the message or the hint of a diagnostic, in which keys and names stand alone."""
    return said(_heard_problem, text) if text and not isinstance(text, Said) else text


def heard_arithmetic(text: str, names: frozenset[str] = frozenset()) -> str:
    """The same for the arithmetic of a cost: ``12.00 months × €1,500.00: retainer``."""
    factors, _, why = text.partition(": ")
    if " × " not in factors:  # results of an early version say the reason alone
        return heard(text, names)
    parts = [said(_factor, each) for each in factors.split(" × ")]
    return say("{arithmetic}: {why}", arithmetic=listed(parts, " × "), why=heard(why, names))


def _heard(language: Language, text: str, names: frozenset[str]) -> str:
    if language.code == ENGLISH.code:
        return text
    found = _again(language.code, text, names, 0)
    return text if found is None else found


def _heard_problem(language: Language, text: str) -> str:
    if language.code == ENGLISH.code:
        return text
    found = _again(language.code, text, None, 0)
    return text if found is None else found


def _factor(language: Language, text: str) -> str:
    """A quantity or a price, as ledgers show it: ``1,248.00 h``, ``€7,924.57 of pay``."""
    found = _FACTOR.fullmatch(text)
    amount = "" if found is None else _amount(found["number"], language.code)
    if found is None or language.code == ENGLISH.code or not amount:
        return text
    if not found["unit"]:
        return amount
    number = re.sub("[^-0-9,.]", "", found["number"])
    return language.of(in_units(number, found["unit"], amount))


@lru_cache(maxsize=16_384)
def _again(code: str, text: str, names: frozenset[str] | None, depth: int) -> str | None:
    """A text in another language, with what stands in its places; None where any of it is unknown.

    Half of a sentence in each language would be worse than a sentence that stays English.

    Args:
        code: of the language.
        text: the text.
        names: what stays as it is; None where each single word in a place does.
        depth: in how many places of sentences it stands.
    """
    whole, with_places = _sentences(code)
    if _stays(text, names, depth):
        return text
    if text in whole:
        return whole[text]
    if depth and (amount := _amount(text, code)):
        return amount
    if depth and _is_week(text):
        return Language(code).of(written(text))
    if depth > _DEEPEST or len(text) > _LONGEST or not any(letter.isalpha() for letter in text):
        return None
    for each in with_places:
        if each.longest in text and (found := each.pattern.fullmatch(text)) is not None:
            places = found.groupdict()
            told = {
                name: part if name in each.own else _again(code, part, names, depth + 1)
                for name, part in places.items()
            }
            if None not in told.values():
                return _form(code, each, places).format_map(told)
    if names is None and (found := _OF_KEY.fullmatch(text)) is not None:
        what = _again(code, found["what"], names, depth + 1)
        if what is not None:
            return Language(code).of(say("{name}: {what}", name=found["name"], what=what))
    return _in_parts(code, text, names, depth)


def _in_parts(code: str, text: str, names: frozenset[str] | None, depth: int) -> str | None:
    """A text of several sentences, or a list, or what is not met; None where it is none."""

    def told(parts: Iterable[str]) -> list[str | None]:
        return [_again(code, part, names, depth + 1) for part in parts]

    if depth and (missed := _missed(text)) is not None:
        name, value, sign, limit = missed
        what, amounts = _sentences(code)[0].get(name), told((value, limit))
        if what is not None and None not in amounts:
            return f"{what} {amounts[0]} {sign} {amounts[1]}"
    if (found := _IN_SEASON.fullmatch(text)) is not None:
        season = _MONTH.sub(lambda month: _sentences(code)[0][month[0]], found["season"])
        (what,) = told((found["what"],))
        place = {"what": what, "season": season.replace(" and ", _JOINED[code][" and "])}
        return None if what is None else Language(code).of(say("{what} in {season}", **place))
    splits = [(" ", _NEXT_SENTENCE.split(text))]
    splits += [(_JOINED[code].get(each, each), text.split(each)) for each in _BETWEEN]
    for between, parts in splits:
        if len(parts) > 1 and None not in (each := told(parts)):
            return between.join(filter(None, each))
    return None


def _missed(text: str) -> tuple[str, str, str, str] | None:
    """What is asked for and not met: the words, value, sign and limit of ``watched 56% < 90%``."""
    for sign in "<>":
        left, between, limit = text.partition(f" {sign} ")
        words = left.split(" ")
        first = next((n for n, word in enumerate(words) if any(map(str.isdigit, word))), 0)
        if between and first:
            return " ".join(words[:first]), " ".join(words[first:]), sign, limit
    return None


def _stays(text: str, names: frozenset[str] | None, depth: int) -> bool:
    """Whether a text is somebody's own, and the same in every language."""
    if names is not None:
        return text in names or (depth > 0 and _OWN.fullmatch(text) is not None)
    if not depth or _is_week(text) or _AMOUNT.fullmatch(text):
        return False
    return _OWN.fullmatch(text) is not None or _KEY.fullmatch(text) is not None


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


def _form(code: str, sentence: _Sentence, places: Mapping[str, str]) -> str:
    if len(sentence.forms) == 1:
        return sentence.forms[0]
    one = Language(code).is_singular(places.get("count", sentence.usual))
    return sentence.forms[0 if one else 1]


@cache
def _sentences(code: str) -> tuple[Mapping[str, str], Sequence[_Sentence]]:
    """The sentences without places, and those with some, the most telling first."""
    whole: dict[str, str] = {}
    found: list[_Sentence] = []
    for texts, forms in pairs_of(code):
        for text, usual in zip(texts, ("1", "2"), strict=False):
            pieces = _PLACE.split(text)
            literals, names = pieces[::2], pieces[1::2]
            if not names:
                whole.setdefault(text, forms[0])
                small = text[:1].lower() + text[1:]
                whole.setdefault(small, forms[0][:1].lower() + forms[0][1:])
                continue
            letters = sum(map(len, literals))
            own = frozenset(
                name
                for name, before, after in zip(names, literals, literals[1:], strict=False)
                if before.endswith("`") and after.startswith("`")
            )
            telling = sum(letter.isalpha() for part in literals for letter in part)
            if telling < (_LEAST_OF_OWN if own else _LEAST):
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
            longest = max(literals, key=len)
            found.append(_Sentence(letters, longest, re.compile(pattern), own, usual, forms))
    return whole, sorted(found, key=lambda each: -each.letters)
