"""Values as people write them in a file, in each language: ``2 h/week``, ``2 h/semaine``.

What stands in a file may be written in either language; results hold it in English.
"""

import re

from cmsource.values.language import ENGLISH, Language, Said, said

_FRENCH = {
    "day": "jour",
    "days": "jours",
    "week": "semaine",
    "weeks": "semaines",
    "month": "mois",
    "months": "mois",
    "year": "an",
    "years": "ans",
    "night": "nuit",
    "nights": "nuits",
    "weekend": "week-end",
    "weekends": "week-ends",
    "people": "personnes",
    "resolution": "résolution",
    **dict(
        zip(
            ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
            ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
            strict=True,
        )
    ),
    "daily": "tous les jours",
    "never": "jamais",
}
_UNITS = {
    **_FRENCH,
    "person": "personne",
    "message": "message",
    "call-out": "intervention",
    "units": "unités",
    "unit": "unité",
    "resolution": "résolution",
    "companies": "entreprises",
    "company": "entreprise",
    "times": "fois",
    "time": "fois",
    "head": "personne",
    "hire": "embauche",
    "of pay": "de salaires",
    "of ads": "de publicité",
}
# A unit after a number or a slash, and a day before hours or another day.
_WORD = re.compile(
    r"(?<=[0-9] )(?:days?|weeks?|months?|years?|people)\b"
    r"|(?<=/)(?:day|night|weekend|week|month|year|resolution)\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun|daily)\b(?=[- ,]|$)|^never$"
)
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_PERCENT = re.compile(r"(?<=[0-9])%")


def written(text: str) -> Said:
    """A value as somebody would write it in a file: hours of the week, an amount, a duration."""
    return said(_written, text)


def unit_name(unit: str) -> Said:
    """A unit as inputs have it: ``h/week``, ``people``, ``messages/day``."""
    return said(_unit_name, unit)


def _unit_name(language: Language, unit: str) -> str:
    if language.code == ENGLISH.code:
        return str(unit)
    return "/".join(_UNITS.get(word, word) for word in unit.split("/"))


def _written(language: Language, text: str) -> str:
    if language.code == ENGLISH.code or isinstance(text, Said):
        return language.of(text)
    found = _WORD.sub(lambda word: _FRENCH[word[0]], text)
    return _PERCENT.sub("\N{NO-BREAK SPACE}%", _POINT.sub(",", found))
