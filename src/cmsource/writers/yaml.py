"""A scenario in full as YAML, each value with a comment that says where it came from."""

import re

from cmsource.scenario.node import Node
from cmsource.scenario.provenance import Origin, ref_in_words
from cmsource.values.language import ENGLISH, Language, listed, say
from cmsource.values.quantities import sure
from cmsource.values.text import printable as safe
from cmsource.values.text import without_commands

_INDENT = "  "
_COMMENT_COLUMN = 56


class _Page:
    """The lines that are written so far.

    Args:
        language: that of the comments.
    """

    def __init__(self, language: Language) -> None:
        self.lines: list[str] = []
        self._language = language

    def write_map(self, node: Node, depth: int) -> None:
        """The entries of a map, each on lines of its own."""
        for name, child in node.entries():
            self._write_item(f"{_INDENT * depth}{scalar(name)}:", child, depth)

    def _write_item(self, head: str, child: Node, depth: int) -> None:
        """One value behind a key or a dash."""
        value = child.value
        if isinstance(value, dict) and value:
            self.lines.append(head)
            self.write_map(child, depth + 1)
        elif isinstance(value, dict):
            self.lines.append(f"{head} {{}}")
        elif isinstance(value, list):
            if all(not isinstance(element.value, (dict, list)) for element in value):
                inner = ", ".join(scalar(element.value, in_flow=True) for element in value)
                self.lines.append(self._commented(f"{head} [{inner}]", child))
            else:
                self.lines.append(head)
                for element in value:
                    self._write_element(element, depth + 1)
        else:
            self.lines.append(self._commented(f"{head} {scalar(value)}", child))

    def _write_element(self, element: Node, depth: int) -> None:
        """One element of a block list; a map or a list begins on the line of its dash."""
        dash = f"{_INDENT * depth}-"
        if isinstance(element.value, dict) and element.value:
            start = len(self.lines)
            self.write_map(element, depth + 1)
            self.lines[start] = f"{dash} {self.lines[start].lstrip(' ')}"
        else:
            self._write_item(dash, element, depth)

    def _commented(self, line: str, node: Node) -> str:
        origin = node.origin
        if origin.kind == "built-in" and not origin.detail:
            return line
        comment = safe(self._language.of(_comment(origin)))
        return f"{line.ljust(_COMMENT_COLUMN)}  # {without_commands(comment)}"


def to_yaml(tree: Node, language: Language = ENGLISH) -> str:
    """The tree as YAML that reads back as the same scenario.

    Args:
        tree: the scenario.
        language: that of the comments; keys and values are the same in every language.
    """
    page = _Page(language)
    page.write_map(tree, 0)
    return "\n".join(page.lines) + "\n"


def _comment(origin: Origin) -> str:
    """Where a value came from; of one that is assumed, its source, date and mark too."""
    if origin.is_written:
        return origin.ref
    ref = ref_in_words(origin.ref)
    if origin.fact is None:
        return ref
    dated = [origin.fact.source, *([str(origin.fact.as_of)] if origin.fact.as_of else [])]
    marked = listed([listed(dated), f"[{origin.fact.confidence}]"], " ")
    return say("{name}: {what}", name=ref, what=marked)


_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that YAML 1.1 or 1.2 takes for something else than a text."""

_NAME = re.compile(r"[^\W\d_](?:[\w %/.-]|,(?=.)|(?<=[0-9]):(?=[0-9]))*(?<! )")
_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_QUANTITY = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:h|%(?:/[a-z]+)?|(?: [a-z]+)?/[a-z0-9]+| [a-z]+)")
"""A number with a unit behind it, which no YAML takes for a number or a date."""


def scalar(value: object, *, in_flow: bool = False) -> str:
    """A single value as YAML that means the same to any reader of YAML 1.1 or 1.2.

    Args:
        value: the value.
        in_flow: whether it stands between brackets, where a comma ends it.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return sure(repr(value))
    text = str(value)
    plain = _NAME.fullmatch(text) is not None or _QUANTITY.fullmatch(text) is not None
    if plain and text.casefold() not in _WORDS and not (in_flow and "," in text):
        return text
    return without_commands(f'"{"".join(map(_escaped, text))}"', sign="\\x23")


def typed(text: str) -> str:
    """What somebody typed as the value of a key, so that it is read as typed.

    Args:
        text: a number, or words as a file would have them without quotes.
    """
    said = text.strip()
    return said if not said or _NUMBER.fullmatch(said) else scalar(said)


def _escaped(character: str) -> str:
    """A character between double quotes; what cannot be printed as its number."""
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
