"""The events of a YAML text: from libyaml where PyYAML has it, else from PyYAML's own parser.

PyYAML has no libyaml on PyPy and in the browser. Both parsers read the same scenarios, and refuse
what is not YAML at the same place and, for the slips that people make, in the same words.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from yaml import ScalarEvent, YAMLError
from yaml.scanner import ScannerError

from cmsource.values.language import say

_PROBLEMS = {
    "while parsing a block collection": "did not find expected '-' indicator",
    "while parsing a block mapping": "did not find expected key",
    "while parsing a block node": "did not find expected node content",
    "while parsing a flow mapping": "did not find expected ',' or '}'",
    "while parsing a flow node": "did not find expected node content",
    "while parsing a flow sequence": "did not find expected ',' or ']'",
    "while scanning a block scalar": "did not find expected comment or line break",
    "while scanning an alias": "did not find expected alphabetic or numeric character",
    "while scanning an anchor": "did not find expected alphabetic or numeric character",
    "while scanning for the next token": "found character that cannot start any token",
    "mapping keys are not allowed here": "mapping keys are not allowed in this context",
    "mapping values are not allowed here": "mapping values are not allowed in this context",
    "sequence entries are not allowed here": (
        "block sequence entries are not allowed in this context"
    ),
    "special characters are not allowed": "control characters are not allowed",
}
"""What libyaml says where PyYAML's own parser, in a context or without one, says something else."""


_TOLD = {
    str(text): text
    for text in (
        say("while parsing a block collection"),
        say("while parsing a block mapping"),
        say("while parsing a block node"),
        say("while parsing a flow mapping"),
        say("while parsing a flow node"),
        say("while parsing a flow sequence"),
        say("while parsing a node"),
        say("while parsing a quoted scalar"),
        say("while parsing a tag"),
        say("while scanning a %TAG directive"),
        say("while scanning a %YAML directive"),
        say("while scanning a block scalar"),
        say("while scanning a directive"),
        say("while scanning a plain scalar"),
        say("while scanning a quoted scalar"),
        say("while scanning a simple key"),
        say("while scanning a tag"),
        say("while scanning an alias"),
        say("while scanning an anchor"),
        say("while scanning for the next token"),
        say("block sequence entries are not allowed in this context"),
        say("control characters are not allowed"),
        say("could not find expected ':'"),
        say("could not find expected directive name"),
        say("did not find URI escaped octet"),
        say("did not find expected '!'"),
        say("did not find expected ',' or ']'"),
        say("did not find expected ',' or '}'"),
        say("did not find expected '-' indicator"),
        say("did not find expected alphabetic or numeric character"),
        say("did not find expected comment or line break"),
        say("did not find expected hexdecimal number"),
        say("did not find expected key"),
        say("did not find expected node content"),
        say("did not find expected tag URI"),
        say("did not find expected whitespace"),
        say("did not find expected whitespace or line break"),
        say("found a tab character that violates indentation"),
        say("found a tab character where an indentation space is expected"),
        say("found an indentation indicator equal to 0"),
        say("found character that cannot start any token"),
        say("found duplicate %TAG directive"),
        say("found duplicate %YAML directive"),
        say("found extremely long version number"),
        say("found incompatible YAML document"),
        say("found invalid Unicode character escape code"),
        say("found undefined tag handle"),
        say("found unexpected ':'"),
        say("found unexpected document indicator"),
        say("found unexpected end of stream"),
        say("found unexpected non-alphabetical character"),
        say("found unknown directive name"),
        say("found unknown escape character"),
        say("mapping keys are not allowed in this context"),
    )
} | {
    "did not find expected <document start>": say("what stands here belongs to no key before it"),
    "mapping values are not allowed in this context": say("no value can follow this colon"),
}
"""What libyaml says, word for word or in plain words, for other languages."""


class Malformed(NamedTuple):
    """Why a text is not YAML.

    Attributes:
        message: the reason.
        before: how many characters stand before the place.
        unreadable: whether a character is there that no YAML text may hold.
    """

    message: str
    before: int
    unreadable: bool


def event_reader(name: str, text: str) -> Callable[[], Any]:
    """A function that gives the next event of a text each time, and None after the last one.

    Args:
        name: the file's name, which the events' marks carry.
        text: its text.

    Raises:
        UnicodeEncodeError: half of a surrogate pair is in the text.
        YAMLError: by the function; the text is not YAML. `malformed` says why.
    """
    data = text.encode()
    if not yaml.__with_libyaml__:
        return _PythonParser(name, text).get_event
    return yaml.CBaseLoader(_Stream(name, data)).get_event


def malformed(error: YAMLError, text: str) -> Malformed:
    """Why and where a parser has refused a text."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if not yaml.__with_libyaml__:
        problem = _PROBLEMS.get(context or problem, problem)
        if problem.startswith("expected '<document start>'"):
            problem = "did not find expected <document start>"
    message = _TOLD.get(problem, problem)
    if context:
        message = say("{context}: {problem}", context=_TOLD.get(context, context), problem=message)
    if mark is not None:
        return Malformed(message, mark.index, unreadable=False)
    position = getattr(error, "position", 0)
    if yaml.__with_libyaml__:  # whose reader counts bytes
        position = len(text.encode()[:position].decode("utf-8", "ignore"))
    return Malformed(message, position, unreadable=True)


class _Stream:
    """A text to parse, and the name that the parser's marks then have."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data

    def read(self, _: int = -1, /) -> bytes:
        """All of the text, then nothing."""
        data, self.data = self.data, b""
        return data


class _PythonParser(yaml.BaseLoader):
    """PyYAML's own parser, which takes ten times as long as libyaml."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name

    def scan_to_next_token(self) -> None:
        """Skip what stands between two tokens: tabs too, outside the indentation."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def get_event(self) -> Any:  # noqa: ANN401
        """The next event; characters that do not exist are refused, as libyaml refuses them."""
        problem = "found invalid Unicode character escape code"
        try:
            event = super().get_event()  # type: ignore[no-untyped-call]
            if type(event) is ScalarEvent and not event.value.isascii():
                event.value.encode()
        except (ValueError, OverflowError):
            where = self.get_mark()
            raise ScannerError("while parsing a quoted scalar", where, problem, where) from None
        return event
