"""How texts look on a terminal: our looks as styles of Rich."""

import re

from rich.text import Text as RichText

from cmsource.reports.blocks import Look, Text, spans
from cmsource.values.text import printable, without_commands

STYLES = {
    Look.PLAIN: "",
    Look.STRONG: "bold",
    Look.TITLE: "bold",
    Look.KEY: "cyan",
    Look.GOOD: "green",
    Look.BAD: "red",
    Look.WARNING: "yellow",
    Look.BEST: "bold green",
    Look.FAINT: "dim",
}
# Rich breaks lines at no-break spaces as at others. These stand for them until the lines are made,
# and one more for a space that shall not break there: between a number and its unit.
_KEPT = {"\N{NO-BREAK SPACE}": "\ue000", "\N{NARROW NO-BREAK SPACE}": "\ue001"}
_KEEP = str.maketrans(_KEPT)
_WITH_ITS_UNIT = "\ue002"
_KEPT_BACK = str.maketrans({kept: space for space, kept in _KEPT.items()} | {_WITH_ITS_UNIT: " "})
_UNITS = (
    "h|min|s|j|k?€|%|days?|weeks?|months?|years?|nights?|hours?|minutes?|points?|messages?|people"
    "|person|jours?|semaines?|mois|ans?|nuits?|heures?|personnes?|posts?"
)
_BEFORE_UNIT = re.compile(rf"(?<=[0-9]) (?=(?:{_UNITS})(?![^\W_]))")
"""The space between a number and what it counts."""

_END = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)
"""Spaces at the end of a line, and the codes that end its colours among them."""


def rich_text(text: Text, look: Look = Look.PLAIN) -> RichText:
    """A text of ours as one of Rich's: printable, and without a chance to be taken for markup."""
    found = RichText()
    for span in spans(text):
        style = STYLES[span.look if span.look is not Look.PLAIN else look]
        shown = _BEFORE_UNIT.sub(_WITH_ITS_UNIT, printable(span.text)).translate(_KEEP)
        found.append(shown, style)
    return found


def finished(text: str) -> str:
    """What Rich wrote, without spaces at the ends of lines and with no-break spaces again.

    Only now is it known where lines begin, and so which would be commands of a CI platform.
    """
    lines = _END.sub(lambda end: end[0].replace(" ", ""), text).translate(_KEPT_BACK)
    return without_commands(lines)
