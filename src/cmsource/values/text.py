"""Texts of the user's, made fit to be shown: short, without controls, and no commands."""

import re
from math import isinf

from cmsource.values.language import ENGLISH, Language, Said, said, say

# str.isprintable also refuses the no-break spaces of French and the joiners of emoji. These are the
# C1 controls, marks and overrides of text direction, line separators, halves of characters in file
# names and the mark of byte order. Patterns are compiled when one is first looked for: that takes
# an eighth of the time of `--version`, which looks for none.
_UNFIT = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff"
_NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_UNFIT_IN_JSON = f"[{_UNFIT}]"
_CONTROL = f"[\x00-\x1f{_UNFIT}]"

# CI platforms read commands from what a program prints. GitHub Actions takes a line that begins
# with ``::``, blanks before it or not, and ``##[`` anywhere in a line (ActionCommand.cs of its
# runner); Azure Pipelines ``##vso[`` anywhere (Command.cs of its agent), TeamCity ``##teamcity[``.
# Their comparisons pass over characters without a look of their own, and colours may be taken out.
_PASSED_OVER = (
    "\x1b\\[[0-9;]*m|[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_COMMAND = (
    rf"(?m)^((?:[^\S\n]|{_PASSED_OVER})*):(?=(?:{_PASSED_OVER})*:)"
    rf"|#(?=(?:{_PASSED_OVER})*#(?:[A-Za-z]|{_PASSED_OVER})*\[)"
)


def without_commands(
    text: str, colon: str = "\N{RATIO}", sign: str = "\N{MUSIC SHARP SIGN}"
) -> str:
    """Lines in which no CI platform finds a command.

    Args:
        text: lines as they will be printed.
        colon: what stands for the first colon of a line that begins with two; it looks like one.
        sign: what stands for the first of two number signs that would begin a command.
    """
    if "#" not in text and ":" not in text:  # as most numbers have it
        return text
    return re.sub(_COMMAND, lambda found: sign if found[1] is None else found[1] + colon, text)


def json_escaped(text: str) -> str:
    """JSON with everything escaped that a terminal or a CI platform could take for a command."""
    if "#" in text:
        text = without_commands(text, sign="\\u0023")
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(_UNFIT_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)


def control_in(text: str) -> str:
    """The first character of a text that could drive a terminal or hide what is there, or ""."""
    found = None if text.isprintable() else re.search(_CONTROL, text)
    return found[0] if found else ""


def shown(value: object, width: int = 60) -> str:
    """A value of the user's in a message: short, and without control characters."""
    text = str(value)
    return f"`{printable(text[: width - 1])}…`" if len(text) > width else f"`{printable(text)}`"


def printable(text: str) -> str:
    """A text without control characters, in every language: nothing in it drives a terminal."""
    if text.isprintable():
        return text
    return said(_printable, text) if isinstance(text, Said) else _printable(ENGLISH, text)


def _printable(language: Language, text: str) -> str:
    return "".join(
        c if c.isprintable() or c in _NO_BREAK else "\N{REPLACEMENT CHARACTER}"
        for c in language.of(text)
    )


def described(value: object) -> Said:
    """What a value of a file is, for messages: ``a map``, ``the text `5 h` ``."""
    if isinstance(value, dict):
        return say("a map") if value else say("an empty map")
    if isinstance(value, (list, tuple)):
        return say("a list") if value else say("an empty list")
    if value is None:
        return say("nothing")
    if isinstance(value, bool):
        return say("the truth value {value}", value=str(value).lower())
    if isinstance(value, float) and isinf(value):  # nobody wrote that: it has too many digits
        return say("a number that is absurdly large")
    if isinstance(value, str):
        return say("the text {value}", value=shown(value))
    return say("the number {value}", value=shown(value))
