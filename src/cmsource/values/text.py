"""Texts of the user's, made fit to be shown: short, and without control characters."""

from math import isinf


def shown(value: object, width: int = 60) -> str:
    """A value of the user's in a message: short, and without control characters."""
    text = str(value)
    return f"`{printable(text[: width - 1])}…`" if len(text) > width else f"`{printable(text)}`"


def printable(text: str) -> str:
    """A text without control characters: nothing in it can drive a terminal."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def described(value: object) -> str:
    """What a value of a file is, for messages: ``a map``, ``the text `5 h` ``."""
    if isinstance(value, dict):
        return "a map" if value else "an empty map"
    if isinstance(value, (list, tuple)):
        return "a list" if value else "an empty list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, float) and isinf(value):  # nobody wrote that: it has too many digits
        return "a number that is absurdly large"
    return f"the {'text' if isinstance(value, str) else 'number'} {shown(value)}"
