"""What people call the countries that are known: in English, in French, and by other names.

A country's file says its name and what else it is called (``also``); the usual names of whole
countries in both languages are Babel's.
"""

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from cmsource.countries.facts import SHIPPED, known_countries, read_once
from cmsource.values.language import listed, say

_LANGUAGES = ("en", "fr")
_BETWEEN = frozenset(" -'._")
"""What may stand between the letters of a name."""
_LONGEST = 200
_AS_CLOSE = 0.8
"""How alike a slip and a name are, of 1: Wakanda and Canada, Ireland and England are less."""
_ARTICLES = ("the ", "la ", "le ", "les ", "l'")


def code_named(name: str) -> str:
    """The code of the country of that name; "" where none is called so.

    Capitals, accents, hyphens and articles do not matter.
    """
    key = folded(name)
    return _codes().get(key, "") if key else ""


@cache
def names() -> Mapping[str, str]:
    """The codes of all known countries, by every name."""
    from babel import Locale

    found: dict[str, str] = {}
    usual = [Locale(language).territories for language in _LANGUAGES]
    for code in known_countries():
        file = read_once(max((SHIPPED / code).glob("*.yaml")))
        for name in (file.name, *file.also, *(each[code] for each in usual if code in each)):
            found.setdefault(name, code)
    return MappingProxyType(found)


def which_country(name: str, otherwise: str = "") -> str:
    """A hint that names the known country that may be meant, or all of them.

    Args:
        name: what somebody calls it; a country of the world is no slip for another one.
        otherwise: what else to do; goes on after ``else``.
    """
    known, called = known_countries(), {folded(each): code for each, code in names().items()}
    called |= {folded(code): code for code in known}
    wanted = folded(name[:_LONGEST])
    slip = len(wanted) > 1 and not territory_named(name[:_LONGEST])
    close = get_close_matches(wanted, list(called), n=1, cutoff=_AS_CLOSE) if slip else []
    if not close:
        hint = say("known here: {names}", names=listed(known))
        return say("{hint}; else {others}", hint=hint, others=otherwise) if otherwise else hint
    code = called[close[0]]
    meant = next((each for each in names() if folded(each) == close[0]), code)
    hint = (
        say("did you mean `{name}`?", name=code)
        if meant == code
        else say("did you mean `{name}` ({meant})?", name=code, meant=meant)
    )
    return say("{hint} Else {others}", hint=hint, others=otherwise) if otherwise else hint


def territory_named(name: str) -> str:
    """The code of any territory of the world (ISO 3166), by its code or its name; "" for none."""
    from babel import Locale

    wanted = folded(name)
    if not wanted:
        return ""
    for language in _LANGUAGES:
        for code, each in Locale(language).territories.items():
            if code.isalpha() and wanted in (code.casefold(), folded(each)):
                return str(code)
    return ""


@cache
def _codes() -> Mapping[str, str]:
    by_code = {folded(code): code for code in known_countries()}
    return {folded(name): code for name, code in names().items()} | by_code


def folded(name: str) -> str:
    """A name to compare it by: its letters without accents, capitals, hyphens and articles.

    What has other signs is no name, and comes out empty.
    """
    parts = unicodedata.normalize("NFD", name.strip().casefold().replace("’", "'"))
    text = "".join(letter for letter in parts if not unicodedata.combining(letter))
    for article in _ARTICLES:
        text = text.removeprefix(article)
    if any(not letter.isalpha() and letter not in _BETWEEN for letter in text):
        return ""
    return "".join(letter for letter in text if letter.isalpha())
