"""What plain words mean: the core schema of YAML 1.2 (its section 10.3.2).

The meaning of words is ours because PyYAML reads YAML 1.1, in which the country ``NO`` is false
and the time ``9:30`` is the number 570.
"""

import re
from functools import cache

from cmsource.scenario.node import Plain
from cmsource.values.quantities import has_two_readings

_LONGEST_NUMBER = 400
"""Longer integers are read as floats, which makes them infinite."""

_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(
        (f"{sign}.{word}" for sign in ("", "+") for word in ("inf", "Inf", "INF")), float("inf")
    ),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_NUMBER_ENDS = frozenset("0123456789abcdefABCDEF.")

CORE_TAGS: dict[str, tuple[type, ...]] = {
    "tag:yaml.org,2002:int": (int,),
    "tag:yaml.org,2002:float": (int, float),
    "tag:yaml.org,2002:bool": (bool,),
    "tag:yaml.org,2002:null": (type(None),),
}
"""Tags of plain words, and what such a word has to be."""


@cache
def _number() -> re.Pattern[str]:
    """Numbers; those that have the group are integers."""
    digits = f"{{1,{_LONGEST_NUMBER - 3}}}"
    integer = rf"[-+]?[0-9]+|0o[0-7]{digits}|0x[0-9a-fA-F]{digits}"
    real = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    return re.compile(f"({integer})|{real}")


def plain_value(text: str) -> Plain:
    """What a plain scalar means.

    A number such as ``2.500``, whose point may group thousands, stays a text: which of the two it
    is, is for the quantity to say, and it can tell only from what was written.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS or text[-1] not in _NUMBER_ENDS:
        return text
    found = _number().fullmatch(text)
    if found is None:
        return text
    if has_two_readings(text.lstrip("+-")):
        return text
    if found[1] is None or len(text) >= _LONGEST_NUMBER:
        return float(text)
    return int(text, 0 if text[:2] in ("0o", "0x") else 10)


def tagged_value(text: str, tag: str) -> Plain:
    """What a plain scalar means of which a tag of `CORE_TAGS` says what it is."""
    value = plain_value(text)
    if tag.endswith(":float") and isinstance(value, str) and has_two_readings(text.lstrip("+-")):
        return float(text)
    return value


def fits(value: Plain, tag: str) -> bool:
    """Whether a value is what a tag of `CORE_TAGS` says that it is."""
    wanted = CORE_TAGS[tag]
    return isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool))
