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
    "person": "personne",
    "people": "personnes",
    "message": "message",
    "messages": "messages",
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
    "call-outs": "interventions",
    "call-out": "intervention",
    "units": "unités",
    "unit": "unité",
    "resolutions": "résolutions",
    "companies": "entreprises",
    "company": "entreprise",
    "times": "fois",
    "time": "fois",
    "heads": "personnes",
    "head": "personne",
    "hires": "embauches",
    "hire": "embauche",
    "of pay": "de salaires",
    "of ads": "de publicité",
}
_SINGULAR = {
    "people": "person",
    "companies": "company",
    **{
        f"{one}s": one
        for one in (
            *("day", "week", "month", "year", "night", "weekend", "message", "unit"),
            *("resolution", "time", "head", "hire", "call-out"),
        )
    },
}
_PLURAL = {one: many for many, one in _SINGULAR.items()}
# A unit after a number or a slash, and a day before hours or another day.
_WORD = re.compile(
    r"(?P<number>-?[0-9][0-9,]*(?:\.[0-9]+)?) "
    r"(?P<unit>days?|weeks?|months?|years?|people|person|messages?)\b"
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


def in_units(number: str, unit: str, shown: str = "") -> Said:
    """A number with its unit as it goes with the number: ``1 day``, ``1,5 jour``.

    Args:
        number: as English shows it, in every language.
        unit: as inputs and ledgers have it, such as ``people``, ``days/month`` or ``month``.
        shown: what stands before the unit, where it is more than the number.
    """
    return said(_in_units, number, unit, shown or number)


def _in_units(language: Language, number: str, unit: str, shown: str) -> str:
    return f"{language.of(shown)} {_unit_name(language, _agreeing(language, number, unit))}"


def _agreeing(language: Language, number: str, unit: str) -> str:
    """A unit in the number that goes with a number."""
    head, slash, period = unit.partition("/")
    forms = _SINGULAR if language.is_singular(str(number)) else _PLURAL
    return forms.get(head, head) + slash + period


def _unit_name(language: Language, unit: str) -> str:
    if language.code == ENGLISH.code:
        return str(unit)
    return "/".join(_UNITS.get(word, word) for word in unit.split("/"))


def _written(language: Language, text: str) -> str:
    if language.code == ENGLISH.code or isinstance(text, Said):
        return language.of(text)
    found = _WORD.sub(lambda word: _in_french(language, word), text)
    return _PERCENT.sub("\N{NO-BREAK SPACE}%", _POINT.sub(",", found))


def _in_french(language: Language, word: re.Match[str]) -> str:
    """A word of a value, and the number before it where there is one."""
    if word["unit"] is None:
        return _FRENCH[word[0]]
    return f"{word['number']} {_FRENCH[_agreeing(language, word['number'], word['unit'])]}"
