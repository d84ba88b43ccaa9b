"""What an amount is for one of, as people say it: ``60 €/post``, ``60 € la publication``."""

import re
from collections.abc import Collection


def words_in(text: str) -> frozenset[str]:
    """Words of which one may be said: those of a text with spaces between them."""
    return frozenset(text.split())


_ONE = r"(?:each|every|chaque|an?|one|the|l[ea]|une?)"
_FOR = re.compile(
    rf"(?: ?/ ?| (?:per|par|for|pour|à|{_ONE}) |(?: à| de)? l')(?:{_ONE} |l')*(?P<unit>[^\W\d_].*)$"
)
"""What stands between an amount and what it is for one of."""

EACH = words_in("each apiece unit piece item one unité unite pièce piece chacun chacune unitaire")
"""Words that say of an amount that it is for one, and not of what."""

_BETWEEN = re.compile(
    r" ?/ ?| (?:et |and )?(?:per|par) | (?:et|and) (?:an? |l[ea] |chaque |each )?"
)
"""What stands between two units of one amount: ``per person and month``."""


def split_unit(text: str) -> tuple[str, str]:
    """Takes ``60 €/post`` apart into ``60 €`` and ``post``; the unit is "" where there is none.

    Args:
        text: in lower case, with single spaces.
    """
    found = _FOR.search(text)
    if found is not None:
        return text[: found.start()].strip(), found["unit"]
    head, _, last = text.rpartition(" ")
    return (head, last) if last in EACH else (text, "")


def units_in(unit: str) -> list[str]:
    """The units that stand behind one amount: ``month`` and ``person`` of ``month/person``."""
    return _BETWEEN.split(unit)


def without(text: str, words: Collection[str]) -> str:
    """An amount without those of its units that some words say: ``90 €/month/person``.

    Args:
        text: in lower case, with single spaces.
        words: that are left out; what else stands behind the amount stays as it is.
    """
    head, unit = split_unit(text)
    units = units_in(unit)
    rest = [each for each in units if each not in words]
    return text if len(rest) == len(units) else "/".join([head, *rest])
