"""YAML text to a tree of nodes, on libyaml's C parser, with limits.

libyaml parses; this module puts its events together. It never recurses, so that no nesting can
exhaust the stack, and it stops at the first event that goes beyond a limit.
"""

from collections.abc import Callable
from typing import Any, Protocol

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from cmsource.origin import Origin
from cmsource.reading.node import Node, Plain, shown
from cmsource.reading.plain import CORE_TAGS, fits, plain_value
from cmsource.reading.report import LINE_ENDS, Report, end_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 20_000
MAX_DIRECTIVES = 100

_TEXT_TAG = "tag:yaml.org,2002:str"
_MAP_TAG = "tag:yaml.org,2002:map"
_LIST_TAG = "tag:yaml.org,2002:seq"


class _Event(Protocol):
    """What libyaml says, one after the other; which attributes there are depends on the kind."""

    start_mark: Any
    end_mark: Any
    anchor: str
    tag: str | None
    implicit: Any
    value: str


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
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    report.texts[name] = text
    if len(text) > MAX_BYTES:
        report.add(
            "E102",
            f"the file holds {len(text):,} characters; at most {MAX_BYTES:,} are read",
            Origin("file", name),
            "a scenario is a few pages: is this the right file?",
        )
        return None
    if sum(text.count(f"{end}%") for end in LINE_ENDS) > MAX_DIRECTIVES:
        # libyaml compares each with all that came before.
        message = f"more than {MAX_DIRECTIVES} lines begin with %"
        report.add("E106", message, Origin("file", name), "a scenario needs no YAML directives")
        return None
    try:
        root = _Builder(name, text, report).root()
    except _Refused:
        return None
    except UnicodeEncodeError as error:
        where = end_of(name, text[: error.start])
        report.add("E103", "a half of a surrogate pair is not a character", where, "take it out")
        return None
    except YAMLError as error:
        _report_yaml_error(name, text, error, report)
        return None
    if root is None:
        hint = "`cmsource init` writes one to start from"
        report.add("E112", "the file holds no scenario", Origin("file", name), hint)
    return root


def _report_yaml_error(name: str, text: str, error: YAMLError, report: Report) -> None:
    """Report what libyaml could not parse."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    hint = "check the indentation, the colons and the quotes around here"
    lines = report.lines(name)
    if mark is not None and mark.line >= len(lines):  # the end of a file without a last line end
        origin = end_of(name, text)
    elif mark is not None:
        origin = Origin("file", name, mark.line + 1, mark.column + 1)
    else:  # an error of the reader, which counts bytes
        before = text.encode()[: getattr(error, "position", 0)].decode("utf-8", "ignore")
        origin = end_of(name, before)
        hint = "take the character out, or write it as an escape in double quotes"
    if mark is not None and 0 < origin.line <= len(lines) and "\t" in lines[origin.line - 1]:
        hint = "YAML indents with spaces: replace the tab"
    message = f"{context}: {problem}" if context else str(problem)
    report.add("E104", message, origin, hint)


class _Open:
    """A map or a list of which the end has not come yet.

    Attributes:
        children: what is in it so far.
        event: its start.
        key: where its key stands, in a map.
        before: how many values had been read when it began.
        height: levels below it so far.
        name: in a map, the key that waits for its value.
        place: where that key stands.
        merges: whether that key is ``<<``.
        skips: whether that key has been refused, and its value is left out.
        merged: the values of ``<<``.
    """

    __slots__ = (
        "before",
        "children",
        "event",
        "height",
        "key",
        "merged",
        "merges",
        "name",
        "place",
        "skips",
    )

    def __init__(
        self, children: dict[str, Node] | list[Node], event: _Event, key: Origin | None, before: int
    ) -> None:
        self.children = children
        self.event = event
        self.key = key
        self.before = before
        self.height = 1
        self.name: str | None = None
        self.place: Origin | None = None
        self.merges = False
        self.skips = False
        self.merged: list[Node] = []


class _Anchored:
    """What an alias stands for: a node, how many values it holds, how many levels it has."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node, size: int, height: int) -> None:
        self.node = node
        self.size = size
        self.height = height


class _Builder:
    """Puts libyaml's events together."""

    def __init__(self, name: str, text: str, report: Report) -> None:
        self.name = name
        self.report = report
        self.parser = CParser(text)
        self.count = 0
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchored | None] = {}  # None while the value is being read
        self.found: Node | None = None

    def root(self) -> Node | None:
        """The tree of the one document, or None when there is none."""
        documents = 0
        next_event: Callable[[], Any] = self.parser.get_event
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self.scalar(event)
            elif kind is MappingStartEvent:
                self.start(event, {}, _MAP_TAG)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.end(event)
            elif kind is SequenceStartEvent:
                self.start(event, [], _LIST_TAG)
            elif kind is AliasEvent:
                self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "one file is one scenario: split it at the line ---"
                    self.refuse("E104", "there is more than one document in the file", event, hint)
        return self.found

    def origin(self, event: _Event, last: _Event | None = None) -> Origin:
        """The place of an event, or from it to a later one when both are on one line."""
        start, end = event.start_mark, (last or event).end_mark
        line, column = start.line, start.column
        length = end.column - column if end.line == line else 1
        place = ("file", self.name, line + 1, column + 1, length if length > 1 else 1, "", None)
        return tuple.__new__(Origin, place)  # its own way takes twice as long

    def refuse(self, code: str, message: str, event: _Event, hint: str) -> None:
        """Report what goes beyond a limit, and stop."""
        self.report.add(code, message, self.origin(event), hint)
        raise _Refused

    def counted(self, event: _Event, more: int = 1) -> None:
        """Count values, aliases as often as they are used."""
        self.count += more
        if self.count > MAX_VALUES:
            message = f"more than {MAX_VALUES:,} values once aliases are expanded"
            self.refuse("E106", message, event, "use fewer aliases inside aliases")

    def place_of_key(self) -> Origin | None:
        """Where the key of the next value stands."""
        return self.open[-1].place if self.open else None

    def scalar(self, event: _Event) -> None:
        """A single value, or the key of one."""
        top = self.open[-1] if self.open else None
        origin = self.origin(event)
        if top is not None and top.name is None and type(top.children) is dict:
            name = event.value
            simple = event.tag is None and event.anchor is None and name != "<<"
            if simple and name not in top.children:  # what nearly every key is
                top.name, top.place, top.merges = name, origin, False
                return
            self.key(event, origin, top)
            return
        self.counted(event)
        plain = event.tag is None and event.implicit[0]
        value = plain_value(event.value) if plain else self.meaning(event, origin)
        node = Node(value, origin, None if top is None else top.place)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, 1, 0)
        self.give(node, top)

    def key(self, event: _Event, origin: Origin, top: _Open) -> None:
        """The key of the next value of a map."""
        if event.tag not in (None, "!", _TEXT_TAG):
            self.refuse_tag(event.tag, origin)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(Node(event.value, origin), 1, 0)
        self.name_next(event.value, origin, top, plain=event.implicit[0])

    def name_next(self, name: str, place: Origin, top: _Open, *, plain: bool) -> None:
        """Note the name and the place of the value that comes next."""
        top.name = name
        top.place = place
        top.merges = plain and name == "<<"
        if top.merges and not top.merged:
            return
        if top.merges or name in top.children:
            first = top.merged[0] if top.merges else top.children[name]  # type: ignore[call-overload]
            line = first.place.line
            hint = f"it is already on line {line}: keep one of the two"
            if top.merges:
                hint = "merge several maps as `<<: [*one, *other]`"
            self.report.add("E108", f"{shown(name)} is given twice", place, hint)
            top.skips = True

    def meaning(self, event: _Event, origin: Origin) -> Plain:
        """The value of a scalar that is quoted or has a tag."""
        text, tag = event.value, event.tag
        if tag is None or tag in ("!", _TEXT_TAG):
            return text
        if tag not in CORE_TAGS:
            self.refuse_tag(tag, origin)
            return None
        value = plain_value(text)
        if not fits(value, tag):
            message = f"{shown(text)} is not what the tag {_short(tag)} says"
            self.report.add("E107", message, origin, "leave the tag out")
        return value

    def refuse_tag(self, tag: str, origin: Origin) -> None:
        """Report a tag: a scenario is data, and nothing in it makes objects."""
        message = f"the tag {shown(_short(tag))} is not allowed"
        self.report.add("E107", message, origin, "leave the tag out")

    def start(self, event: _Event, children: dict[str, Node] | list[Node], tag: str) -> None:
        """A map or a list begins."""
        if len(self.open) >= MAX_DEPTH:
            self.too_deep(event)
        self.counted(event)
        if event.tag not in (None, "!", tag):
            self.refuse_tag(event.tag, self.origin(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.open.append(_Open(children, event, self.place_of_key(), self.count - 1))

    def too_deep(self, event: _Event) -> None:
        """Refuse nesting that no scenario needs."""
        hint = "a scenario needs about eight"
        self.refuse("E105", f"nested more than {MAX_DEPTH} levels deep", event, hint)

    def end(self, event: _Event) -> None:
        """A map or a list ends."""
        done = self.open.pop()
        top = self.open[-1] if self.open else None
        for other in done.merged:
            self.merge(other, done.children)  # type: ignore[arg-type] # only maps have them
        node = Node(done.children, self.origin(done.event, event), done.key)
        if done.event.anchor is not None:
            size = self.count - done.before
            self.anchors[done.event.anchor] = _Anchored(node, size, done.height)
        if top is not None and done.height >= top.height:
            top.height = done.height + 1
        self.give(node, top)

    def alias(self, event: _Event) -> None:
        """A value that was given before, or a key."""
        hint = "an alias repeats a value that an anchor (&) above it names"
        if event.anchor not in self.anchors:
            self.refuse("E104", f"there is no anchor {shown('&' + event.anchor)}", event, hint)
        known = self.anchors[event.anchor]
        if known is None:
            message = f"{shown('*' + event.anchor)} stands inside the value that it repeats"
            self.refuse("E105", message, event, hint)
            return
        top = self.open[-1] if self.open else None
        if top is not None and top.name is None and type(top.children) is dict:
            value = known.node.value
            if isinstance(value, str):
                self.name_next(value, self.origin(event), top, plain=False)
            else:
                self.give(known.node, top)
            return
        if len(self.open) + known.height > MAX_DEPTH:
            self.too_deep(event)
        self.counted(event, known.size)
        if top is not None and known.height >= top.height:
            top.height = known.height + 1
        node = known.node
        self.give(Node(node.value, node.origin, None if top is None else top.place), top)

    def give(self, node: Node, top: _Open | None) -> None:
        """Put a value where it belongs."""
        if top is None:
            self.found = node
            return
        children, name = top.children, top.name
        if isinstance(children, list):
            children.append(node)
            return
        if name is None:
            self.report.add("E109", "a key must be a plain name", node, "use a word")
            top.name, top.place, top.skips, top.merges = "", node.origin, True, False
            return
        if top.skips:
            top.skips = False
        elif top.merges:
            top.merged.append(node)
        else:
            children[name] = node
        top.name = top.place = None

    def merge(self, other: Node, found: dict[str, Node]) -> None:
        """Add the keys of a map, or of each map in a list, that are not there yet."""
        if isinstance(other.value, dict):
            for name, node in other.value.items():
                found.setdefault(name, node)
        elif isinstance(other.value, list) and all(
            isinstance(element.value, dict) for element in other.value
        ):
            for element in other.value:
                self.merge(element, found)
        else:
            message = f"`<<` takes a map or a list of maps, found {other.kind()}"
            self.report.add("E203", message, other, "write `<<: *anchor`")


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
