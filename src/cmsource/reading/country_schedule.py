"""The payroll schedule of a country's file: its values, and its lines held against their rules."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from cmsource.countries.rules import FLAGS, KEYS, BadRule, Names, check_rule
from cmsource.reading.country_values import STANDS_IN, ValueReader
from cmsource.reading.translate import joined
from cmsource.scenario.country_keys import ENTRY, FACTS, PAYROLL, TOP
from cmsource.scenario.node import Node
from cmsource.values.language import said_by, say

_LINES = "{pension: {rate: 12%}}"
"""An example, in errors about what is none."""


class ScheduleReader(ValueReader):
    """Reads the schedule of a file."""

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
        if node is None or not self.is_map(
            node, path, say("values and lines"), f"{{lines: {_LINES}}}"
        ):
            return {}
        self.known_keys(node, PAYROLL, path)
        own = {
            key: self.value(ENTRY[key], child, joined(path, key)) or STANDS_IN[key]
            for key in STANDS_IN
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
        for name, child in self.named(lines, here, _LINES):
            way = joined(here, name)
            known = Names(names, earlier)
            found["lines"][name] = self.dated(child, way, about, partial(self.rule, known))
            earlier.add(name)
        module = node.get("module")
        if module is not None:
            found["module"] = self.value(TOP["name"], module, joined(path, "module"))
        return found

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
            self.report.add(
                code,
                say("`{path}`: {problem}", path=way, problem=said_by(error)),
                place,
                error.hint,
                way,
            )
        return rule


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
