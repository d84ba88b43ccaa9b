"""One key at the top of a scenario's text, changed; every other character stays."""

from typing import NamedTuple

from cmsource.live.words import FORM
from cmsource.reading.document import read_document
from cmsource.reading.report import Report
from cmsource.scenario.node import Node
from cmsource.scenario.shortform import ShortForm
from cmsource.writers.yaml import typed

_FULL = ("needs", "sources", "options")


class Field(NamedTuple):
    """A key that the form asks for.

    Attributes:
        key: its name.
        text: its value as the text has it; "" where it is not there.
        open: whether it can be changed: it has a single value, and the form of the scenario fits.
    """

    key: str
    text: str
    open: bool


def fields(text: str) -> tuple[Field, ...]:
    """What a text says under the keys of the form."""
    tree = read_document("scenario", text, Report())
    top = {} if tree is None else tree.given()
    in_full = any(key in top for key in _FULL)
    found = []
    for key in FORM:
        node = top.get(key)
        single = node is None or _span(text, node) is not None
        fits = not (in_full and key in ShortForm.model_fields)
        said = "" if node is None or not single else str(node.value)
        found.append(Field(key, said, single and fits))
    return tuple(found)


def edited(text: str, key: str, value: str) -> str:
    """A text that says another value under a key; "" takes the key away."""
    tree = read_document("scenario", text, Report())
    node = None if tree is None else tree.get(key)
    new = typed(value)
    if node is None:
        ended = text if not text or text.endswith("\n") else f"{text}\n"
        return f"{ended}{key}: {new}\n" if new else text
    span = _span(text, node)
    if span is None:
        return text
    if new:
        return text[: span[0]] + new + text[span[1] :]
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _span(text: str, node: Node) -> tuple[int, int] | None:
    """Where a single value stands in a text; None where it is no value of one line."""
    origin = node.origin
    if isinstance(node.value, (dict, list)) or origin.kind != "file":
        return None
    start = 0
    for _ in range(origin.line - 1):
        start = text.find("\n", start) + 1
    start += origin.column - 1
    end = start + origin.length
    return (
        None if text[start : start + 1] in ("|", ">") or "\n" in text[start:end] else (start, end)
    )
