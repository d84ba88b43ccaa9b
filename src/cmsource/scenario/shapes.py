"""The right shape of what stands under a key, as an example for who wrote another one."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cmsource.scenario.record import Key, Record, keys_of
from cmsource.values.language import Language, Said, said
from cmsource.values.quantity_type import Quantity
from cmsource.values.word_types import Text
from cmsource.values.written import written

_SAFE = re.compile(r"[^\W_][\w%/.+: -]{0,38}(?<![: ])")
"""Texts that mean the same inside braces."""


def shape_of(key: Key, found: object, *, at_name: bool = False) -> Said | None:
    """What stands under a key that takes a map or a list: ``{share: 12%}``; None if a value does.

    Args:
        key: the key.
        found: what stands there; it is in the example where it could be meant so.
        at_name: whether it stands at one of the names of the key's map.
    """
    in_list = key.several and not (key.quantity and key.record)  # else a list is one way of two
    by_name = key.named if key.named and not key.named.or_one and not at_name else None
    shape: object
    if key.quantity is None and key.record is not None:
        shape = _keys(key.record, found)
    elif key.quantity is not None and (in_list or by_name):
        shape = found if _reads(key.quantity, found) else key.quantity.example
    else:
        return None
    if in_list:
        names = [*found] if isinstance(found, dict) and key.record is None else []
        shape = names if names and all(_is_safe(name) for name in names) else [shape]
    return said(_in_file, shape if by_name is None else {by_name.example: shape})


def keys_with(record: type[Record], found: object) -> Said | None:
    """A map of what a record cannot do without, or of one of its keys; None if it has none.

    Args:
        record: the record.
        found: what stands in its place; it is in the example where it could be meant so.
    """
    keys = _keys(record, found)
    return said(_in_file, keys) if keys else None


def _keys(record: type[Record], found: object) -> dict[str, object]:
    keys = {name: key.quantity for name, key in keys_of(record).items() if key.quantity}
    needed = [name for name in keys if keys_of(record)[name].required]
    usual: dict[str, object] = {name: keys[name].example for name in needed}
    if _is_safe(found):  # any text can be a text, so that it is the last thing that one means
        for name in sorted(needed or keys, key=lambda each: isinstance(keys[each], Text)):
            if _valid(record, {**usual, name: found}):
                return {**usual, name: found}
    return usual or {name: keys[name].example for name in list(keys)[:1]}


def _is_safe(found: object) -> bool:
    """Whether something is a single value that means the same inside braces."""
    single = isinstance(found, (str, int, float)) and not isinstance(found, bool)
    return single and _SAFE.fullmatch(str(found)) is not None


def _reads(quantity: Quantity[Any], found: object) -> bool:
    try:
        return _is_safe(found) and quantity.value(found) is not None
    except ValueError:
        return False


def _valid(record: type[Record], data: Mapping[str, object]) -> bool:
    try:
        record.model_validate(data)
    except ValidationError:
        return False
    return True


def _in_file(language: Language, shape: object) -> str:
    """A shape as one writes it in a file: on one line, in braces and brackets."""
    if isinstance(shape, dict):
        inside = (f"{name}: {_in_file(language, each)}" for name, each in shape.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(shape, list):
        return "[" + ", ".join(_in_file(language, each) for each in shape) + "]"
    text = language.of(shape if isinstance(shape, Said) else written(str(shape)))
    return str(shape) if "," in text else text  # which would end the value
