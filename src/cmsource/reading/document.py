"""YAML text to a tree of nodes: YAML 1.2 core on libyaml's C parser, with limits.

libyaml parses; the meaning of plain words is ours, because PyYAML reads YAML 1.1, in which the
country ``NO`` is false and the time ``9:30`` is the number 570.
"""

import re
from functools import cache
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from cmsource.origin import Origin
from cmsource.reading.node import Node, Plain, Report, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 50_000
_SAFE_DEPTH = 1_000  # of C stack: libyaml's composer recurses once a level

_CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}
_SHAPE_TAGS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


class _Composer(CParser):
    """Composes nodes without resolving them: plain scalars get the tag ``?``."""

    def resolve(self, _kind: object, _value: object, implicit: Any) -> str:  # noqa: ANN401
        return "?" if implicit is True or (isinstance(implicit, tuple) and implicit[0]) else "!"

    def descend_resolver(self, _current: object, _index: object) -> None:
        """Paths decide nothing here."""

    def ascend_resolver(self) -> None:
        """Paths decide nothing here."""


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """Stops reading a file; the reason is already in the report."""


def read_document(name: str, text: str, report: Report) -> Node | None:
    """Read one YAML document.

    Args:
        name: the file's name as the user gave it.
        text: its text.
        report: receives what is wrong.

    Returns:
        The tree, or None when the text cannot be read at all.
    """
    report.texts[name] = text
    if len(text) > MAX_BYTES:
        report.add(
            "E102",
            f"the file holds {len(text):,} characters; at most {MAX_BYTES:,} are read",
            Origin("file", name),
            "a scenario is a few pages: is this the right file?",
        )
        return None
    try:
        _refuse_deep(name, text, report)
        root = _Composer(text).get_single_node()
        if root is None:
            report.add(
                "E112",
                "the file holds no scenario",
                Origin("file", name),
                "`cmsource init` writes one to start from",
            )
            return None
        return _Builder(name, report).build(root)
    except yaml.YAMLError as error:
        _report_yaml_error(name, error, report)
    except _Refused:
        pass
    return None


def _refuse_deep(name: str, text: str, report: Report) -> None:
    """Refuse nesting that would exhaust the C stack, before composing anything."""
    if sum(text.count(sign) for sign in "[{-?:") < _SAFE_DEPTH:
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                _too_deep(name, event.start_mark, report)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(name: str, mark: Any, report: Report) -> None:  # noqa: ANN401
    report.add(
        "E105",
        f"nested more than {MAX_DEPTH} levels deep",
        Origin("file", name, mark.line + 1, mark.column + 1),
        "a scenario needs about eight",
    )
    raise _Refused


def _report_yaml_error(name: str, error: yaml.YAMLError, report: Report) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    message = f"{context}: {problem}" if context else str(problem)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    if mark is None and (position := getattr(error, "position", None)) is not None:
        before = report.texts[name][:position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    lines = report.texts[name].split("\n")
    hint = "check the indentation, the colons and the quotes around here"
    if 0 < line <= len(lines) and "\t" in lines[line - 1]:
        hint = "YAML indents with spaces: replace the tab"
    elif "expected a single document" in message:
        hint = "one file is one scenario: split it at the line ---"
    report.add("E104", message.replace("\n", " "), Origin("file", name, line, column), hint)


@cache
def _core_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Integers and floats of YAML 1.2's core schema (section 10.3.2)."""
    return (
        re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
        re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
    )


_WORDS: dict[str, Plain] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_STARTS = frozenset("0123456789+-.")


def plain_value(text: str) -> Plain:
    """What a plain scalar means in YAML 1.2 core."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    integer, real = _core_patterns()
    if len(text) < 400 and integer.fullmatch(text):
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    if real.fullmatch(text):
        return float(text)
    return text


class _Builder:
    """Turns composed YAML nodes into nodes of ours, once for each use of an alias."""

    def __init__(self, name: str, report: Report) -> None:
        self.name = name
        self.report = report
        self.count = 0

    def build(self, node: Any, depth: int = 0, key: Origin | None = None) -> Node:  # noqa: ANN401
        """Build the tree below one composed node."""
        self.count += 1
        if self.count > MAX_VALUES:
            self.report.add(
                "E106",
                f"more than {MAX_VALUES:,} values once aliases are expanded",
                self.origin(node),
                "use fewer aliases inside aliases",
            )
            raise _Refused
        if depth > MAX_DEPTH:
            _too_deep(self.name, node.start_mark, self.report)
        origin = self.origin(node)
        if isinstance(node, yaml.ScalarNode):
            return Node(self.scalar(node, origin), origin, key)
        if node.tag not in ("?", "!") and node.tag not in _SHAPE_TAGS:
            self.refuse_tag(node.tag, origin)
        if isinstance(node, yaml.SequenceNode):
            return Node([self.build(item, depth + 1) for item in node.value], origin, key)
        return Node(self.mapping(node, depth), origin, key)

    def origin(self, node: Any) -> Origin:  # noqa: ANN401
        """The place of a composed node; what spans lines is underlined to the end of the first."""
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Origin("file", self.name, start.line + 1, start.column + 1, max(1, length))

    def scalar(self, node: Any, origin: Origin) -> Plain:  # noqa: ANN401
        """The value of a scalar: plain words by the core schema, quoted ones as they are."""
        text: str = node.value
        if node.tag == "?":
            return plain_value(text)
        if node.tag in ("!", "tag:yaml.org,2002:str"):
            return text
        if node.tag not in _CORE_TAGS:
            self.refuse_tag(node.tag, origin)
            return None
        return plain_value(text)

    def refuse_tag(self, tag: str, origin: Origin) -> None:
        """Report a tag: a scenario is data, and nothing in it makes objects."""
        short = tag.replace("tag:yaml.org,2002:", "!!")
        self.report.add(
            "E107", f"the tag {shown(short)} is not allowed", origin, "leave the tag out"
        )

    def mapping(self, node: Any, depth: int) -> dict[str, Node]:  # noqa: ANN401
        """The entries of a map; ``<<`` merges other maps under the keys that are given."""
        found: dict[str, Node] = {}
        merged: list[Node] = []
        for key_node, value_node in node.value:
            place = self.origin(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.report.add("E109", "a key must be a plain name", place, "use a word")
                continue
            name: str = key_node.value
            if name == "<<" and key_node.tag == "?":
                merged.append(self.build(value_node, depth + 1, place))
                continue
            value = self.build(value_node, depth + 1, place)
            if name in found:
                first = found[name].key
                self.report.add(
                    "E108",
                    f"{shown(name)} is given twice",
                    place,
                    f"it is already on line {first.line if first else 0}: keep one of the two",
                )
                continue
            found[name] = value
        for other in merged:
            self.merge(other, found)
        return found

    def merge(self, other: Node, found: dict[str, Node]) -> None:
        """Add the keys of a map, or of each map in a list, that are not there yet."""
        if isinstance(other.value, dict):
            for name, node in other.value.items():
                found.setdefault(name, node)
        elif isinstance(other.value, list):
            for element in other.value:
                self.merge(element, found)
        else:
            self.report.add(
                "E203", f"`<<` takes a map, found {other.kind()}", other, "write `<<: *anchor`"
            )
