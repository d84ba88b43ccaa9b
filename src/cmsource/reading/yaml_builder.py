"""The events of YAML to a tree of nodes, with limits.

PyYAML parses; this module puts its events together. It never recurses, so that no nesting can
exhaust the stack, and it stops at the first event that goes beyond a limit.
"""

from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from cmsource.reading.report import Report
from cmsource.reading.yaml_events import event_reader
from cmsource.reading.yaml_scalars import CORE_TAGS, fits, plain_value, tagged_value
from cmsource.scenario.node import Marked, Node, Plain, origin_of
from cmsource.scenario.provenance import Origin
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.text import shown

MAX_DEPTH = 40
MAX_VALUES = 20_000

_TEXT_TAG = "tag:yaml.org,2002:str"
_MAP_TAG = "tag:yaml.org,2002:map"
_LIST_TAG = "tag:yaml.org,2002:seq"


class _Event(Marked, Protocol):
    """What the parser says, one after the other; which attributes there are depends on the kind."""

    anchor: Any
    tag: str | None
    implicit: Any
    value: str


class Refused(Exception):  # noqa: N818 - what happened, not what to call it
    """Stops reading a file; says why, as `Report.add` takes it."""

    def __init__(self, code: str, message: str, origin: Origin, hint: str) -> None:
        super().__init__(code, message, origin, hint)
        self.code = code


class _Open:
    """A map or a list of which the end has not come yet.

    Attributes:
        children: what is in it so far.
        event: its start.
        before: how many values had been read when it began.
        height: levels below it so far.
        append: adds to a list; None in a map.
        name: in a map, the key that waits for its value.
        key: that key, as it was read.
        use: what is done with a value that is not simply put under its key; None for most.
        merged: the values of ``<<``.
    """

    __slots__ = ("append", "before", "children", "event", "height", "key", "merged", "name", "use")

    def __init__(
        self, children: dict[str, Node] | list[Node], event: _Event | None, before: int
    ) -> None:
        self.children: Any = children
        self.event: Any = event  # None around the whole document
        self.before = before
        self.height = 1
        self.append = children.append if isinstance(children, list) else None
        self.name: str | None = None
        self.key: Origin | Marked | None = None
        self.use: Callable[[Node], object] | None = None
        self.merged: list[Node] = []


class _Anchored:
    """What an alias stands for: a node, how many values it holds, how many levels it has."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node, size: int, height: int) -> None:
        self.node = node
        self.size = size
        self.height = height


def _left_out(_: Node) -> None:
    """The use of a value whose key has been refused."""


class Builder:
    """Puts the parser's events together."""

    def __init__(self, name: str, text: str, report: Report) -> None:
        self.report = report
        self.next_event = event_reader(name, text)
        self.count = 0
        self.found: list[Node] = []
        self.top = _Open(self.found, None, 0)
        self.around: list[_Open] = []
        self.anchors: dict[str, _Anchored | None] = {}  # None while the value is being read

    def root(self) -> Node | None:
        """The tree of the one document, or None when there is none."""
        others: dict[type[Any], Callable[[Any], None]] = {
            MappingStartEvent: self.start,
            MappingEndEvent: self.end,
            SequenceStartEvent: self.start,
            SequenceEndEvent: self.end,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
        }
        next_event = self.next_event
        top = self.top
        while (event := next_event()) is not None:
            if type(event) is not ScalarEvent:
                if type(event) in others:
                    others[type(event)](event)
                    top = self.top
            elif event.tag is not None or event.anchor is not None:
                self.marked_scalar(event)
            # Plain values and keys, which are most of a file, are done with right here: a method
            # for each of them would take as long as the parser.
            elif top.name is not None or top.append is not None:
                self.count += 1
                if self.count > MAX_VALUES:
                    self.too_many(event)
                text = event.value
                node = Node(plain_value(text) if event.implicit[0] else text, event, top.key)
                if top.append is not None:
                    top.append(node)
                elif top.use is not None:
                    self.give(node)
                else:
                    top.children[top.name] = node
                    top.name = top.key = None
            elif (name := event.value) in top.children or name == "<<":
                self.name_next(name, event, plain=event.implicit[0])
            else:
                top.name = name
                top.key = event
        return self.found[0] if self.found else None

    def document(self, event: _Event) -> None:
        """A document begins: the only one."""
        if self.found:
            hint = say("one file is one scenario: split it at the line ---")
            self.refuse("E104", say("there is more than one document in the file"), event, hint)

    def refuse(self, code: str, message: str, event: _Event, hint: str) -> NoReturn:
        """Stop at what goes beyond a limit."""
        raise Refused(code, message, origin_of(event), hint)

    def counted(self, event: _Event, more: int = 1) -> None:
        """Count values, aliases as often as they are used."""
        self.count += more
        if self.count > MAX_VALUES:
            self.too_many(event)

    def too_many(self, event: _Event) -> NoReturn:
        """Refuse more values than any scenario has."""
        message = say(
            "more than {most} values once aliases are expanded", most=format_shortest(MAX_VALUES)
        )
        self.refuse("E106", message, event, say("use fewer aliases inside aliases"))

    def marked_scalar(self, event: _Event) -> None:
        """A single value that has a tag or an anchor, or the key of one."""
        if self.wants_key():
            self.key(event)
            return
        self.counted(event)
        node = Node(self.meaning(event), event, self.top.key)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, 1, 0)
        self.give(node)

    def wants_key(self) -> bool:
        """Whether what comes next is the key of a map."""
        return self.top.append is None and self.top.name is None

    def key(self, event: _Event) -> None:
        """The key of the next value of a map."""
        if event.tag not in (None, "!", _TEXT_TAG):
            self.refuse_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(Node(event.value, event), 1, 0)
        self.name_next(event.value, event, plain=event.implicit[0])

    def name_next(self, name: str, event: _Event, *, plain: bool) -> None:
        """Note the name and the place of the value that comes next."""
        top = self.top
        top.name = name
        top.key = event
        merges = plain and name == "<<"
        if merges:
            top.use = top.merged.append
        if top.merged if merges else name in top.children:
            first = top.merged[0] if merges else top.children[name]
            hint = say("it is already on line {line}: keep one of the two", line=first.place.line)
            if merges:
                hint = say("merge several maps as `<<: [*one, *other]`")
            self.report.add(
                "E108", say("{name} is given twice", name=shown(name)), origin_of(event), hint
            )
            top.use = _left_out

    def meaning(self, event: _Event) -> Plain:
        """The value of a scalar that may have a tag."""
        text, tag = event.value, event.tag
        if tag is None and event.implicit[0]:
            return plain_value(text)
        if tag in (None, "!", _TEXT_TAG):
            return text
        if tag not in CORE_TAGS:
            self.refuse_tag(event)
            return None
        value = tagged_value(text, tag)
        if not fits(value, tag):
            message = say(
                "{text} is not what the tag {tag} says", text=shown(text), tag=_short(tag)
            )
            self.report.add("E107", message, origin_of(event), say("leave the tag out"))
        return value

    def refuse_tag(self, event: _Event) -> None:
        """Report a tag: a scenario is data, and nothing in it makes objects."""
        message = say("the tag {tag} is not allowed", tag=shown(_short(event.tag or "")))
        self.report.add("E107", message, origin_of(event), say("leave the tag out"))

    def start(self, event: _Event) -> None:
        """A map or a list begins."""
        if len(self.around) >= MAX_DEPTH:
            self.too_deep(event)
        self.counted(event)
        is_map = isinstance(event, MappingStartEvent)
        if event.tag is not None and event.tag not in ("!", _MAP_TAG if is_map else _LIST_TAG):
            self.refuse_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.around.append(self.top)
        self.top = _Open({} if is_map else [], event, self.count - 1)

    def too_deep(self, event: _Event) -> NoReturn:
        """Refuse nesting that no scenario needs."""
        hint = say("a scenario needs about eight")
        self.refuse("E105", say("nested more than {most} levels deep", most=MAX_DEPTH), event, hint)

    def end(self, event: _Event) -> None:
        """A map or a list ends."""
        done = self.top
        top = self.top = self.around.pop()
        for other in done.merged:
            self.merge(other, done.children)
        start = done.event
        start.end_mark = event.end_mark  # from now on it stands for the whole
        node = Node(done.children, start, top.key)
        if start.anchor is not None:
            self.anchors[start.anchor] = _Anchored(node, self.count - done.before, done.height)
        if done.height >= top.height:
            top.height = done.height + 1
        self.give(node)

    def alias(self, event: _Event) -> None:
        """A value that was given before, or a key."""
        hint = say("an alias repeats a value that an anchor (&) above it names")
        if event.anchor not in self.anchors:
            self.refuse(
                "E104",
                say("there is no anchor {anchor}", anchor=shown("&" + event.anchor)),
                event,
                hint,
            )
        known = self.anchors[event.anchor]
        if known is None:
            message = say(
                "{anchor} stands inside the value that it repeats", anchor=shown("*" + event.anchor)
            )
            self.refuse("E105", message, event, hint)
        node = known.node
        if self.wants_key():
            if isinstance(node.value, str):
                self.name_next(node.value, event, plain=False)
            else:
                self.give(node)
            return
        if len(self.around) + known.height > MAX_DEPTH:
            self.too_deep(event)
        self.counted(event, known.size)
        if known.height >= self.top.height:
            self.top.height = known.height + 1
        self.give(Node(node.value, node.origin, self.top.key))

    def give(self, node: Node) -> None:
        """Put a value where it belongs."""
        top = self.top
        if top.append is not None:
            top.append(node)
            return
        if top.name is None:
            self.report.add("E109", say("a key must be a plain name"), node, say("use a word"))
            top.name, top.key, top.use = "", node.origin, _left_out
            return
        if top.use is not None:
            top.use(node)
            top.use = None
        else:
            top.children[top.name] = node
        top.name = top.key = None

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
            message = say("`<<` takes a map or a list of maps, found {found}", found=other.kind())
            self.report.add("E203", message, other, say("write `<<: *anchor`"))


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
