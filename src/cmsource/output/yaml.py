"""A scenario in full as YAML, each value with a comment that says where it came from."""

import json
from typing import TYPE_CHECKING

from cmsource.output.layout import safe

if TYPE_CHECKING:
    from cmsource.reading.node import Node

_INDENT = "  "
_COMMENT_COLUMN = 56


def to_yaml(tree: "Node") -> str:
    """The tree as YAML that reads back as the same scenario."""
    lines: list[str] = []
    _write_map(tree, 0, lines)
    return "\n".join(lines) + "\n"


def _write_map(node: "Node", depth: int, lines: list[str]) -> None:
    for name, child in node.items():
        _write_item(f"{_INDENT * depth}{scalar(name)}:", child, depth, lines)


def _write_item(head: str, child: "Node", depth: int, lines: list[str]) -> None:
    """One value behind a key or a dash."""
    if isinstance(child.value, dict) and any(child.items()):
        lines.append(head)
        _write_map(child, depth + 1, lines)
    elif isinstance(child.value, dict):
        lines.append(f"{head} {{}}")
    elif isinstance(child.value, list):
        if all(not isinstance(element.value, (dict, list)) for element in child.value):
            inner = ", ".join(scalar(element.value) for element in child.value)
            lines.append(_commented(f"{head} [{inner}]", child))
        else:
            lines.append(head)
            for element in child.value:
                _write_element(element, depth + 1, lines)
    else:
        lines.append(_commented(f"{head} {scalar(child.value)}", child))


def _write_element(element: "Node", depth: int, lines: list[str]) -> None:
    """One element of a block list; a map begins on the line of its dash."""
    dash = f"{_INDENT * depth}-"
    if isinstance(element.value, dict) and any(element.items()):
        start = len(lines)
        _write_map(element, depth + 1, lines)
        first = lines[start]
        lines[start] = f"{dash} {first.lstrip(' ')}"
    elif isinstance(element.value, (dict, list)):
        lines.append(f"{dash} {json.dumps(element.plain(), ensure_ascii=False)}")
    else:
        lines.append(_commented(f"{dash} {scalar(element.value)}", element))


def _commented(line: str, node: "Node") -> str:
    origin = node.origin
    comment = origin.ref
    if origin.fact is not None:
        date = f", {origin.fact.as_of}" if origin.fact.as_of else ""
        comment += f": {origin.fact.source}{date} [{origin.fact.confidence}]"
    return f"{line.ljust(_COMMENT_COLUMN)}  # {safe(comment)}"


def scalar(value: object) -> str:
    """A single value as YAML that means the same to any reader of YAML 1.1 or 1.2."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value)
    plain = (
        text[:1].isalpha()
        and all(c.isalnum() or c in " -_/%.," for c in text)
        and text == text.strip()
        and text.casefold() not in _WORDS
    )
    inside_flow = "," not in text
    return text if plain and inside_flow else json.dumps(text, ensure_ascii=False)


_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
