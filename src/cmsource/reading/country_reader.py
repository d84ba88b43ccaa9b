"""The tree of a country's file to its sourced values; whatever is wrong is reported in place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from cmsource.countries import CONTRACTS, BadCountryFile, Country, Employment, completed, schedule
from cmsource.countries.facts import CountryFile, country_file, country_of
from cmsource.countries.rules import FLAGS, KEYS, BadRule, Names, check_rule
from cmsource.reading.records import unknown_key
from cmsource.reading.report import Report
from cmsource.reading.translate import Translator, joined
from cmsource.scenario.country_keys import (
    ENTRY,
    FACTS,
    NEEDED,
    PAYROLL,
    REGION,
    SECTIONS,
    TOP,
    FactKey,
)
from cmsource.scenario.node import Node
from cmsource.scenario.record import MAX_NAME, Record
from cmsource.values.number_types import Share
from cmsource.values.quantities import QuantityError, ShapeError, find_number, has_two_readings
from cmsource.values.text import shown

_CODE = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_LONGEST_CODE = 20
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_STANDS_IN = {"source": "?", "as_of": "2000", "confidence": "G"}
"""What a key counts as that is given and cannot be read, so that nothing else is blamed for it."""
_RATE = Share(maximum=10.0)
_TRIAL_WAGES = (1_000.0, 4_000.0, 20_000.0)


class OwnCountry(NamedTuple):
    """A country by its file.

    Attributes:
        code: by which it is called, and its public holidays found.
        file: what it says.
    """

    code: str
    file: CountryFile

    def country(self, on: date | None) -> Country:
        """What it says of a day; the end of its period when None."""
        file = self.file
        country = country_of(self.code, file, on)
        if on is None or file.first <= on <= file.last:
            return country
        note = f"start {on} is outside the known periods; {file.period} is used"
        return country._replace(notes=(note,))


class CountryReader:
    """Reads the tree of one file."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.currency = ""
        self.missing: dict[str, list[tuple[str, Node]]] = {"source": [], "confidence": []}

    def country(self, root: Node, stem: str) -> OwnCountry | None:
        """The country; None where anything is wrong with it."""
        allowed = [*TOP, *SECTIONS]
        self.known_keys(root, allowed, "")
        for key in NEEDED:
            if root.get(key) is None:
                meaning = TOP[key].meaning if key in TOP else "what holds there, by key"
                self.report.add("E202", f"`{key}` is missing", root.place, meaning, key)
        currency = root.get("currency")
        if currency is not None:
            self.currency = self.value(TOP["currency"], currency, "currency") or ""
        data: dict[str, Any] = {
            key: self.value(kind, node, key)
            for key, kind in TOP.items()
            if (node := root.get(key)) is not None and key != "currency"
        }
        data["currency"] = self.currency
        self.in_order(root, data)
        about = {key: data[key] or _STANDS_IN[key] for key in _STANDS_IN if key in data}
        data["also"] = self.names(root.get("also"), "also")
        data["facts"] = self.facts(root.get("facts"), "facts", about)
        data["payroll"] = self.payroll(root.get("payroll"), "payroll", about, data["facts"], {})
        data["regions"] = self.regions(root.get("regions"), about, data)
        data["rising_with_wages"] = self.rising(root.get("rising_with_wages"), data)
        self.report_missing()
        if self.report.failed:
            return None
        code = data.get("code") or stem
        code = code.upper() if _CODE.fullmatch(code) else code[:_LONGEST_CODE]
        first, last = data["from"].year, data["to"].year
        period = str(first) if first == last else f"{first}-{last}"
        try:
            file = country_file(data, period)
        except BadCountryFile as error:  # everything that it would say has been looked at
            self.report.add("E204", str(error), root)
            return None
        self.try_payroll(code, file, root)
        return None if self.report.failed else OwnCountry(code, file)

    def report_missing(self) -> None:
        """Report values that do not say where they are from or how sure, all of them at once."""
        for key, places in self.missing.items():
            if not places:
                continue
            (path, entry), *others = places
            message = f"`{path}` is missing"
            hint = ENTRY[key].meaning
            if others:
                message += f", and that of {len(others)} more"
                hint += f"; `{key}` at the top of the file counts for all that give none"
            self.report.add("E202", message, entry.place, hint, path)

    def in_order(self, root: Node, data: Mapping[str, Any]) -> None:
        """The period ends after it begins."""
        first, last, node = data.get("from"), data.get("to"), root.get("to")
        if first and last and node and last < first:
            hint = "write the last day on which all this holds"
            self.report.add("E204", f"`to`: {last} is before {first}", node, hint, "to")

    def facts(self, node: Node | None, path: str, about: Mapping[str, str]) -> dict[str, Any]:
        """The facts of a section, by key, each a list of values with where they are from."""
        found: dict[str, Any] = {}
        if node is None or not self.is_map(node, path, "values"):
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
            meaning = kind.meaning if kind is not None else "a number, a list or a table"
            self.report.add("E202", f"`{here}` is missing", entry.place, meaning, here)
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
            hint = "write {value: …, source: …, confidence: O}"
            self.report.add("E203", f"`{path}` takes values, found an empty list", node, hint, path)
        found = []
        days: dict[Any, int] = {}
        for number, entry in enumerate(entries):
            here = joined(path, number) if listed else path
            if not isinstance(entry.value, dict):
                message = f"`{here}` takes a map of value, source, as_of and confidence, found "
                hint = f"write {{value: {_brief(entry)}, source: …, confidence: O}}"
                self.report.add("E203", message + entry.kind(), entry, hint, here)
                continue
            one = {**self.about(entry, here, about), **read(entry, here)}
            day = one.get("from")
            if day in days:
                at = entry.get("from") or entry
                when = "without `from`" if day is None else f"from {day}"
                message = f"`{here}`: there are two values {when}"
                self.report.add("E204", message, at, "say from which day each one holds", here)
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
        if source.startswith("assumption") and mark not in (None, "G"):
            node = entry.get("confidence") or entry.get("source") or entry
            message = f"`{path}`: a source that is an assumption has the mark G, not {mark}"
            self.report.add("E204", message, node, "write confidence: G, or the source", path)
        return found

    def payroll(
        self,
        node: Node | None,
        path: str,
        about: Mapping[str, str],
        facts: Mapping[str, Any],
        around: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The schedule of payroll.

        Args:
            node: the section.
            path: its path.
            about: what counts for values that do not say it.
            facts: the values that its lines may name, beside its own.
            around: the schedule of the country, of a region's.
        """
        if node is None or not self.is_map(node, path, "values and lines"):
            return {}
        self.known_keys(node, PAYROLL, path)
        own = {
            key: self.value(ENTRY[key], child, joined(path, key)) or _STANDS_IN[key]
            for key in _STANDS_IN
            if (child := node.get(key)) is not None
        }
        found: dict[str, Any] = dict(own)
        about = {**about, **own}
        found["values"] = self.section(
            node.get("values"), joined(path, "values"), about, partial(self.sole, None)
        )
        names = {*facts, *around.get("values", ()), *found["values"]}
        earlier = set(around.get("lines", ()))
        found["lines"] = {}
        lines, here = node.get("lines"), joined(path, "lines")
        for name, child in self.named(lines, here):
            way = joined(here, name)
            known = Names(names, earlier)
            found["lines"][name] = self.dated(child, way, about, partial(self.rule, known))
            earlier.add(name)
        module = node.get("module")
        if module is not None:
            found["module"] = self.value(TOP["name"], module, joined(path, "module"))
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
            for name, child in self.named(node, path)
        }

    def rule(self, names: Names, entry: Node, path: str) -> dict[str, Any]:
        """A line of payroll."""
        rule = {
            key: self.part(node, joined(path, key))
            for key, node in entry.items()
            if key not in ENTRY
        }
        for key in FLAGS:
            node = entry.get(key)
            if node is not None:
                rule[key] = self.value(FACTS["cadre"], node, joined(path, key))
                if rule[key] is None:
                    return {}
        try:
            check_rule(rule, names)
        except BadRule as error:
            way = ".".join([path, *map(str, error.keys)])
            at = _at(entry, error.keys)
            unknown = bool(error.keys) and error.keys[0] not in KEYS
            code = "E201" if unknown else "E204"
            place = at.place if unknown else at
            self.report.add(code, f"`{way}`: {error}", place, error.hint, way)
        return rule

    def regions(
        self, node: Node | None, about: Mapping[str, str], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is different in parts of the country."""
        found: dict[str, Any] = {}
        every = dict(self.named(node, "regions"))
        for code, child in every.items():
            path = joined("regions", code)
            if not self.is_map(child, path, "name, facts and payroll"):
                continue
            self.known_keys(child, REGION, path)
            name, within = child.get("name"), child.get("within")
            one: dict[str, Any] = {"also": self.names(child.get("also"), joined(path, "also"))}
            if name is not None:
                one["name"] = self.value(TOP["name"], name, joined(path, "name"))
            if within is not None:
                one["within"] = str(within.value)
                if one["within"] not in every:
                    message = f"`{path}.within`: there is no region {within.kind()}"
                    hint = self.report.closest(str(within.value), list(every))
                    self.report.add("E204", message, within, hint, f"{path}.within")
            one["facts"] = self.facts(child.get("facts"), joined(path, "facts"), about)
            one["payroll"] = self.payroll(
                child.get("payroll"),
                joined(path, "payroll"),
                about,
                {**data["facts"], **one["facts"]},
                data["payroll"],
            )
            found[code] = one
        return found

    def rising(self, node: Node | None, data: Mapping[str, Any]) -> list[str]:
        """The keys of amounts that rise with wages."""
        path = "rising_with_wages"
        payroll = data["payroll"]
        sections = (("", data["facts"]), ("payroll.", payroll.get("values", {})))
        numbers = {
            prefix + name
            for prefix, section in sections
            for name, values in section.items()
            # What cannot be read has been reported, and may be a number.
            if all(isinstance(each.get("value", 0), (int, float)) for each in values)
        }
        found = []
        for child in self.words(node, path):
            name = str(child.value)
            if name in numbers:
                found.append(name)
            else:
                message = f"`{path}`: {child.kind()} is no number of this file"
                self.report.add(
                    "E204", message, child, self.report.closest(name, list(numbers)), path
                )
        return found

    def names(self, node: Node | None, path: str) -> list[str]:
        """Other names of a country or a region."""
        return [str(child.value) for child in self.words(node, path)]

    def words(self, node: Node | None, path: str) -> Iterator[Node]:
        """The single values of a list."""
        if node is None:
            return
        if not isinstance(node.value, list):
            hint = f"write [{_brief(node)}]"
            message = f"`{path}` takes a list, found {node.kind()}"
            self.report.add("E203", message, node, hint, path)
            return
        for child in node.elements():
            if isinstance(child.value, str):
                yield child
            else:
                message = f"`{path}` takes names, found {child.kind()}"
                self.report.add("E203", message, child, "", path)

    def try_payroll(self, code: str, file: CountryFile, root: Node) -> None:
        """Find out whether payroll can be worked out, for every contract and some wages."""
        at = root.get("payroll")
        if at is None:
            return
        for day in (file.first, file.last):
            country = completed(country_of(code, file, day), {})
            for contract in CONTRACTS:
                for wage in _TRIAL_WAGES:
                    person = Employment(wage, 35.0, contract, age=30)
                    try:
                        schedule(country, person)
                    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                        why = (
                            f"{shown(error.args[0])} is missing"
                            if isinstance(error, KeyError)
                            else error
                        )
                        message = f"`payroll` cannot be worked out for {wage:,.0f} a month: {why}"
                        hint = "say every value that its lines or its module need"
                        self.report.add("E204", message, at.place, hint, "payroll")
                        return

    def named(self, node: Node | None, path: str) -> Iterator[tuple[str, Node]]:
        """The entries of a map whose names the file chooses."""
        if node is None or not self.is_map(node, path, "names"):
            return
        for name, child in node.items():
            if name.strip() and name.isprintable() and len(name) <= MAX_NAME:
                yield name, child
            else:
                message = f"the name {shown(name)} in `{path}` is empty, too long or unprintable"
                self.report.add("E109", message, child.place, "choose another name", path)

    def is_map(self, node: Node, path: str, holds: str) -> bool:
        """Whether a node is a map; reported when not."""
        if isinstance(node.value, dict):
            return True
        message = f"`{path}` takes a map of {holds}, found {node.kind()}"
        self.report.add("E203", message, node, "", path)
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
                    raise ShapeError(f"takes a number, a list or a table, found {node.kind()}", "")
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


def _at(node: Node, keys: Sequence[str | int]) -> Node:
    """The node at a way of keys, as far as there is one."""
    for key in keys:
        value = node.value
        if isinstance(value, dict):
            found = value.get(str(key))
        else:
            elements = node.elements()
            found = elements[key] if isinstance(key, int) and key < len(elements) else None
        if found is None:
            break
        node = found
    return node


def _brief(node: Node) -> str:
    text = str(node.value) if not isinstance(node.value, (dict, list)) else "…"
    return shown(text, 30).strip("`")
