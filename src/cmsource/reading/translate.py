"""What pydantic refuses, as diagnostics in the words of the scenario and in their place.

Each type of error has one way to be told; what it is about is found by its location alone.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from cmsource.reading.french_keys import french_names
from cmsource.reading.report import Report
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.node import Node
from cmsource.scenario.record import Key, Record, keys_of
from cmsource.scenario.shapes import keys_with, shape_of
from cmsource.scenario.short_prices import in_full, is_short
from cmsource.scenario.source import Source, Worth
from cmsource.values.language import Said, listed, say
from cmsource.values.money import format_shortest
from cmsource.values.money_types import Amount, PeriodError
from cmsource.values.quantities import QuantityError, ShapeError
from cmsource.values.text import shown
from cmsource.values.written import written

Location: TypeAlias = tuple[str | int, ...]
_NAME_ITSELF = "[key]"
"""The end of pydantic's location of an error about a key of a map rather than its value."""


def joined(path: str, name: str | int | None) -> str:
    """A path one key deeper; the same without a key."""
    if name is None:
        return path
    return f"{path}.{name}" if path else str(name)


class Translator:
    """Reports what is wrong with one record.

    Args:
        cls: the record.
        node: what was to be one.
        path: its path.
        report: receives the diagnostics.
    """

    def __init__(self, cls: type[Record], node: Node, path: str, report: Report) -> None:
        self._cls = cls
        self._node = node
        self._path = path
        self._report = report

    def add(self, error: ValidationError) -> None:
        """Report everything that pydantic found."""
        for found in error.errors(include_url=False):
            location = self._location(found["loc"])
            tell = _WAYS.get(found["type"], Translator._other)
            tell(self, location, {"message": found["msg"], **found.get("ctx", {})})

    def refuse(self, error: QuantityError, location: Location) -> None:
        """Report a single value that cannot be read."""
        location = (*location, *error.at)
        path = self._path_of(location)
        hint = error.hint
        if isinstance(error, ShapeError):
            hint = hint or self._shape(location)
        if isinstance(error, PeriodError):
            hint = self._other_key(error, location) or hint
        message = (
            say("`{path}` {problem}", path=path, problem=error.message)
            if isinstance(error, ShapeError)
            else say("`{path}`: {problem}", path=path, problem=error.message)
        )
        self._report.add(error.code, message, self._at(location), hint, path)

    def unknown(self, name: str, node: Node, allowed: Sequence[str], path: str) -> None:
        """Report a key that nothing knows, with the closest one that is known."""
        hint = self._report.closest(name, allowed, meaning=french_names(allowed))
        if node.value is None and name[:1].isdigit():
            hint = say(
                "a comma ends a value inside { }: leave it out of the number, or quote the value"
            )
        message = (
            say("unknown key {name} in `{path}`", name=shown(name), path=path)
            if path
            else say("unknown key {name}", name=shown(name))
        )
        self._report.add("E201", message, node.place, hint, joined(path, name))

    def _value(self, location: Location, words: Mapping[str, Any]) -> None:
        self.refuse(words["error"], location)

    def _unknown(self, location: Location, _: Mapping[str, Any]) -> None:
        name = str(location[-1])
        node, record = self._at(location), self._record_at(location[:-1])
        path = self._path_of(location[:-1])
        key = in_full(name, ())[0] if is_short(name) else name
        owners = [word for word, kind in KINDS.items() if key in keys_of(kind)]
        if not issubclass(record, Source) or not owners:
            self.unknown(name, node, list(keys_of(record)), path)
            return
        message = say("`{word}` sources do not take {name}", word=record.word(), name=shown(name))
        hint = say("it is a key of: {kinds}", kinds=listed(owners))
        self._report.add("E201", message, node.place, hint, joined(path, name))

    def _missing(self, location: Location, _: Mapping[str, Any]) -> None:
        meaning = keys_of(self._record_at(location[:-1]))[str(location[-1])].meaning
        path = self._path_of(location)
        around = self._at(location[:-1]).place
        self._report.add("E202", say("`{path}` is missing", path=path), around, meaning, path)

    def _none_of(self, location: Location, words: Mapping[str, Any]) -> None:
        around, first = self._path_of(location[:-1]), words["first"]
        message = say("`{around}` says neither {keys}", around=around, keys=words["keys"])
        at = self._at(location[:-1]).place
        self._report.add("E202", message, at, words["hint"], joined(around, first))

    def _exclusive(self, location: Location, words: Mapping[str, Any]) -> None:
        around = self._path_of(location[:-1])
        message = say(
            "`{around}` has both `{first}` and `{other}`",
            around=around,
            first=words["first"],
            other=words["other"],
        )
        elsewhere = self._elsewhere(location[:-1], words["first"], words["other"])
        hint = say("keep one of the two")
        if elsewhere:
            hint = say("write `{text}` too: it takes away what stands there", text=_null(elsewhere))
        at = self._at(location).place
        self._report.add("E207", message, at, hint, self._path_of(location))

    def _elsewhere(self, around: Location, *keys: str) -> str:
        """The first of some keys of a map that something gives which the map builds on; else ""."""
        here = self._at(around).origin
        origins = {key: self._at((*around, *key.split("."))).origin for key in keys}
        flagged = any(origin.kind == "set" for origin in origins.values())
        for key, origin in origins.items():
            # So do a base, the source that an option changes, and what an anchor stands for.
            before = origin.name != here.name or origin[2:4] < here[2:4]
            if origin.kind == "file" and (before or flagged):
                return key
        return ""

    def _no_map(self, location: Location, _: Mapping[str, Any]) -> None:
        self.refuse(
            ShapeError(
                say("takes a map of keys, found {found}", found=self._at(location).kind()), ""
            ),
            location,
        )

    def _no_list(self, location: Location, _: Mapping[str, Any]) -> None:
        found = self._at(location).kind()
        self.refuse(ShapeError(say("takes a list, found {found}", found=found), ""), location)

    def _name(self, location: Location, words: Mapping[str, Any]) -> None:
        at = self._at(location).place
        self._report.add("E109", words["message"], at, say("choose another name"))

    def _months(self, location: Location, words: Mapping[str, Any]) -> None:
        path = self._path_of(location[:-1])
        message = say("`{path}`: {problem}", path=path, problem=words["message"])
        self._report.add("E204", message, self._at(location).place, words["hint"], path)

    def _other(self, location: Location, words: Mapping[str, Any]) -> None:
        self.refuse(QuantityError(words["message"], ""), location)

    def _location(self, keys: Location) -> Location:
        """A location in the file: without what pydantic or a model of ours adds to it."""
        found: Location = ()
        for key in keys:
            value = self._at(found).value
            if key != _NAME_ITSELF and (
                key or isinstance(key, int) or (isinstance(value, dict) and key in value)
            ):
                found = (*found, key)
        return found

    def _at(self, location: Location) -> Node:
        """The node at a location, or the nearest one around it."""
        node = self._node
        for key in location:
            if isinstance(node.value, dict) and key in node.value:
                node = node.value[str(key)]
            elif isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
            else:
                break
        return node

    def _path_of(self, location: Location) -> str:
        path = self._path
        for key in location:
            path = joined(path, key)
        return path

    def _shape(self, location: Location) -> str:
        """The way out for a value of the wrong shape: an example of the right one."""
        found = self._at(location).value
        key, names = self._key_at(location)
        if key is None:
            shape = keys_with(self._cls, found)
        elif names and isinstance(names[-1], int):
            shape = keys_with(key.record, found) if key.record else None
        else:
            shape = shape_of(key, found, at_name=bool(names))
        return say("write {texts}", texts=shape) if shape else ""

    def _other_key(self, error: PeriodError, location: Location) -> str:
        """The way out for an amount that another key of a source takes; "" where none does."""
        record = self._record_at(location[:-1])
        if not issubclass(record, Source) or str(location[-1]) not in keys_of(record):
            return ""
        around, node = self._at(location[:-1]), self._at(location)
        keys = keys_of(record)
        asked = keys[str(location[-1])].quantity
        if not isinstance(asked, Amount):
            return ""
        others = {name: keys[name].quantity for name in asked.others if name in keys}
        taking = {
            name: other.period == error.found.per
            for name, other in others.items()
            if isinstance(other, Amount) and other.takes(error.found.per)
        }
        if not taking:
            return ""
        worth = None if asked.is_range(node.value) else record.worth(asked, error.found, around)
        best = max(taking, key=taking.__getitem__)
        return _instead(error, worth, shown(f"{best}: {node.value}"))

    def _key_at(self, location: Location) -> tuple[Key | None, Location]:
        """The last key of a record on the way to a location, and the names and numbers after it."""
        record, found, after = self._cls, None, location
        for depth, name in enumerate(location, 1):
            key = keys_of(record).get(str(name))
            if key is not None:
                record, found, after = key.record or record, key, location[depth:]
        return found, after

    def _record_at(self, location: Location) -> type[Record]:
        """The record at a location."""
        record = self._cls
        for key in location:
            found = keys_of(record).get(str(key))
            record = record if found is None or found.record is None else found.record
        return record


def _instead(error: PeriodError, worth: Worth | None, other: str) -> Said:
    """How to say an amount of another period: for the wanted one, or under another key."""
    if worth is None:
        return say(
            "{hint}; a source in the full form takes {other} too", hint=error.hint, other=other
        )
    return say(
        "write {amount}, which it is at {hours} h a week; "
        "a source in the full form takes {other} too",
        amount=written(worth.amount),
        hours=format_shortest(worth.hours),
        other=other,
    )


def _null(key: str) -> str:
    """A key that is nothing, as a file writes it: ``price: null``, ``per: {resolutions: null}``."""
    outer, _, inner = key.partition(".")
    return f"{outer}: {{{_null(inner)}}}" if inner else f"{outer}: null"


_WAYS: dict[str, Callable[[Translator, Location, Mapping[str, Any]], None]] = {
    "value_error": Translator._value,
    "extra_forbidden": Translator._unknown,
    "missing": Translator._missing,
    "none_of": Translator._none_of,
    "exclusive": Translator._exclusive,
    "model_type": Translator._no_map,
    "tuple_type": Translator._no_list,
    "name": Translator._name,
    "months": Translator._months,
}
"""How each type of error is told."""
