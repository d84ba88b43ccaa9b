"""The values of a country's file: each with its source, date and mark, or a report in its place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from cmsource.countries import is_assumption
from cmsource.reading.records import unknown_key
from cmsource.reading.report import Report
from cmsource.reading.translate import Translator, joined
from cmsource.scenario.country_keys import ENTRY, FACTS, FactKey
from cmsource.scenario.node import Node
from cmsource.scenario.record import MAX_NAME, Record
from cmsource.values.language import counted, say
from cmsource.values.number_types import Share
from cmsource.values.quantities import QuantityError, ShapeError, find_number, has_two_readings
from cmsource.values.text import shown

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
STANDS_IN = {"source": "?", "as_of": "2000", "confidence": "G"}
"""What a key counts as that is given and cannot be read, so that nothing else is blamed for it."""
_RATE = Share(maximum=10.0)


class ValueReader:
    """Reads the values of a file.

    Args:
        report: receives what is wrong.

    Attributes:
        currency: of the amounts; none is judged when it is "".
        missing: values that do not say their source or mark, as path and node.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.currency = ""
        self.missing: dict[str, list[tuple[str, Node]]] = {"source": [], "confidence": []}

    def report_missing(self) -> None:
        """Report values that do not say where they are from or how sure, all of them at once."""
        for key, places in self.missing.items():
            if not places:
                continue
            (path, entry), *others = places
            message = say("`{path}` is missing", path=path)
            hint = ENTRY[key].meaning
            if others:
                message = counted(
                    len(others),
                    "`{path}` is missing, and that of {count} more",
                    "`{path}` is missing, and that of {count} more",
                    path=path,
                )
                hint = say(
                    "{meaning}; `{key}` at the top of the file counts for all that give none",
                    meaning=hint,
                    key=key,
                )
            self.report.add("E202", message, entry.place, hint, path)

    def facts(self, node: Node | None, path: str, about: Mapping[str, str]) -> dict[str, Any]:
        """The facts of a section, by key, each a list of values with where they are from."""
        found: dict[str, Any] = {}
        if node is None or not self.is_map(node, path, say("values"), "{turnover: {value: 15%}}"):
            return found
        self.known_keys(node, FACTS, path)
        for key, child in node.items():
            if key in FACTS:
                kind = FACTS[key]
                here = joined(path, key)
                found[key] = self.dated(child, here, about, partial(self.sole, kind))
        return found

    def sole(self, kind: FactKey | None, entry: Node, path: str) -> dict[str, Any]:
        """The one value of an entry that has no other keys."""
        self.known_keys(entry, ["value", *ENTRY], path)
        node, here = entry.get("value"), joined(path, "value")
        if node is None and entry.given().keys() - {*ENTRY}:
            return {}  # a key that means nothing, and has been reported, may be a slip of this one
        if node is None:
            meaning = kind.meaning if kind is not None else say("a number, a list or a table")
            self.report.add(
                "E202", say("`{here}` is missing", here=here), entry.place, meaning, here
            )
            return {}
        return {"value": self.plain(node, here) if kind is None else self.value(kind, node, here)}

    def dated(
        self,
        node: Node,
        path: str,
        about: Mapping[str, str],
        read: Callable[[Node, str], dict[str, Any]],
    ) -> list[dict[str, Any]]:
        """The values of one key: a map, or a list of maps that each hold from a day on."""
        listed = isinstance(node.value, list)
        entries = node.elements() if listed else [node]
        if not entries:
            hint = say("write {value: …, source: …, confidence: O}")
            self.report.add(
                "E203",
                say("`{path}` takes values, found an empty list", path=path),
                node,
                hint,
                path,
            )
        found = []
        days: dict[Any, int] = {}
        for number, entry in enumerate(entries):
            here = joined(path, number) if listed else path
            if not isinstance(entry.value, dict):
                message = say(
                    "`{here}` takes a map of value, source, as_of and confidence, found {found}",
                    here=here,
                    found=entry.kind(),
                )
                hint = say(
                    "write {{value: {brief}, source: …, confidence: O}}", brief=_brief(entry)
                )
                self.report.add("E203", message, entry, hint, here)
                continue
            one = {**self.about(entry, here, about), **read(entry, here)}
            day = one.get("from")
            if day in days:
                at = entry.get("from") or entry
                message = (
                    say("`{here}`: there are two values without `from`", here=here)
                    if day is None
                    else say("`{here}`: there are two values from {day}", here=here, day=day)
                )
                self.report.add("E204", message, at, say("say from which day each one holds"), here)
            days[day] = number
            found.append({key: value for key, value in one.items() if value is not None})
        return found

    def about(self, entry: Node, path: str, otherwise: Mapping[str, str]) -> dict[str, Any]:
        """Where a value is from, of when, and how sure it is."""
        found: dict[str, Any] = dict(otherwise)
        for key, kind in ENTRY.items():
            node = entry.get(key)
            here = joined(path, key)
            if node is not None:
                found[key] = self.value(kind, node, here)
            elif key in ("source", "confidence") and key not in found:
                self.missing[key].append((here, entry))
        source, mark = found.get("source") or "", found.get("confidence")
        if is_assumption(source) and mark not in (None, "G"):
            node = entry.get("confidence") or entry.get("source") or entry
            message = say(
                "`{path}`: a source that is an assumption has the mark G, not {mark}",
                path=path,
                mark=mark,
            )
            self.report.add("E204", message, node, say("write confidence: G, or the source"), path)
        return found

    def section(
        self,
        node: Node | None,
        path: str,
        about: Mapping[str, str],
        read: Callable[[Node, str], dict[str, Any]],
    ) -> dict[str, Any]:
        """Values under names that the file chooses."""
        return {
            name: self.dated(child, joined(path, name), about, read)
            for name, child in self.named(node, path, "{ceiling: {value: 36000}}")
        }

    def names(self, node: Node | None, path: str) -> list[str]:
        """Other names of a country or a region."""
        return [str(child.value) for child in self.words(node, path)]

    def words(self, node: Node | None, path: str) -> Iterator[Node]:
        """The single values of a list."""
        if node is None:
            return
        if not isinstance(node.value, list):
            hint = say("write [{brief}]", brief=_brief(node))
            message = say("`{path}` takes a list, found {found}", path=path, found=node.kind())
            self.report.add("E203", message, node, hint, path)
            return
        for child in node.elements():
            if isinstance(child.value, str):
                yield child
            else:
                message = say("`{path}` takes names, found {found}", path=path, found=child.kind())
                self.report.add("E203", message, child, "", path)

    def named(self, node: Node | None, path: str, shape: str) -> Iterator[tuple[str, Node]]:
        """The entries of a map whose names the file chooses; an example stands in errors."""
        if node is None or not self.is_map(node, path, say("names"), shape):
            return
        for name, child in node.items():
            if name.strip() and name.isprintable() and len(name) <= MAX_NAME:
                yield name, child
            else:
                message = say(
                    "the name {name} in `{path}` is empty, too long or unprintable",
                    name=shown(name),
                    path=path,
                )
                self.report.add("E109", message, child.place, say("choose another name"), path)

    def is_map(self, node: Node, path: str, holds: str, shape: str) -> bool:
        """Whether a node is a map; reported when not, with an example of the right shape."""
        if isinstance(node.value, dict):
            return True
        message = say(
            "`{path}` takes a map of {holds}, found {found}",
            path=path,
            holds=holds,
            found=node.kind(),
        )
        self.report.add("E203", message, node, say("write {texts}", texts=shape), path)
        return False

    def known_keys(self, node: Node, allowed: Sequence[str] | Mapping[str, Any], path: str) -> None:
        """Report keys that mean nothing."""
        for key, child in node.entries():
            if key not in allowed:
                unknown_key(key, child, [*allowed], path, self.report)

    def value(self, kind: FactKey, node: Node, path: str) -> Any:  # noqa: ANN401 - as its kind says
        """A single value or a table; None, and a report, where it cannot be understood."""
        try:
            return kind.value(node.plain(), self.currency)
        except QuantityError as error:
            Translator(Record, node, path, self.report).refuse(error, ())
            return None

    def part(self, node: Node, path: str) -> Any:  # noqa: ANN401 - numbers, lists and tables
        """Plain data in which a text may be a name."""
        return node.value if _is_word(node) else self.plain(node, path)

    def plain(self, node: Node, path: str) -> Any:  # noqa: ANN401 - numbers, lists and tables
        """Plain data of payroll: texts that are numbers as such, and so the steps of tables."""
        value = node.value
        if isinstance(value, dict):
            return {
                _number(key): child.value
                if _is_word(child)
                else self.plain(child, joined(path, key))
                for key, child in value.items()
            }
        if isinstance(value, list):
            return [self.part(child, joined(path, n)) for n, child in enumerate(value)]
        try:
            if isinstance(value, str) and value.rstrip().endswith("%"):
                return _RATE.value(value)
            if isinstance(value, str):
                found = find_number(value)
                if found is None or found[1] or found[2]:
                    raise ShapeError(
                        say("takes a number, a list or a table, found {found}", found=node.kind()),
                        "",
                    )
                return found[0]
        except QuantityError as error:
            Translator(Record, node, path, self.report).refuse(error, ())
            return 0.0  # a number, so that the line is looked at further
        return value


def _is_word(node: Node) -> bool:
    """Whether a value of a line is a name rather than a number."""
    text = node.value
    return isinstance(text, str) and not (has_two_readings(text) or text.rstrip().endswith("%"))


def _number(key: str) -> str | float:
    """The step of a table; what is no number stays as it is."""
    if not _NUMBER.fullmatch(key):
        return key
    return float(key) if "." in key else int(key)


def _brief(node: Node) -> str:
    text = str(node.value) if not isinstance(node.value, (dict, list)) else "…"
    return shown(text, 30).strip("`")
