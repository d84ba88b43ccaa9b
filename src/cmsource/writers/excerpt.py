"""A diagnostic on a terminal: what is wrong, the line of source with carets under it, a way out."""

import io

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from cmsource.values.diagnostics import SEVERITIES, Diagnostic, Place
from cmsource.values.language import Language, say
from cmsource.values.text import printable
from cmsource.writers.looks import rich_text

_MAX_LINE = 160
_MEASURE = Console(file=io.StringIO(), _environ={})
"""Folds texts; nothing is ever printed to it."""
_STYLES = {"error": "bold red", "warning": "bold yellow"}


def excerpt(found: Diagnostic, width: int, language: Language) -> Text:
    """A diagnostic as lines of so many cells at most; only the name of its file stays whole.

    Args:
        found: the diagnostic, in the language that is asked for.
        width: cells.
        language: of the words around it.
    """
    style = _STYLES[found.severity]
    head = f"{language.of(SEVERITIES[found.severity])}[{found.code}]"
    message = rich_text(language.of(say("{head}: {message}", head=head, message=found.message)))
    message.stylize(style, 0, len(head))
    lines = [_hanging(message, width, Text(), Text("  "))]
    place = found.place
    gutter = " "
    if place is not None:
        gutter = " " * max(1, len(str(place.line or "")))
        lines.append(Text.assemble(gutter, ("-->", "blue"), f" {printable(str(place))}"))
        if place.text.strip() and place.line:
            lines += _source(place, style, width)
    if found.hint:
        mark = language.of(say("{gutter} = help: ", gutter=gutter))
        lines.append(_hanging(rich_text(found.hint), width, Text(mark), Text(" " * len(mark))))
    whole = Text("\n").join(lines)
    whole.no_wrap, whole.overflow = True, "ignore"
    return whole


def _hanging(text: Text, width: int, first: Text, indent: Text) -> Text:
    """A text folded to the width less an indent, which all its lines but the first have."""
    folded = text.wrap(_MEASURE, max(1, width - len(indent.plain)), overflow="fold")
    for line in folded:
        line.rstrip()
    return first + Text("\n").join([folded[0], *(indent + line for line in folded[1:])])


def _source(place: Place, style: str, width: int) -> list[Text]:
    """The line of source with carets under the place, cut to the width when it is long.

    Places count characters; here they become cells, of which wide characters take two.
    """
    number = str(place.line)
    blank = Text.assemble(" " * len(number), " ", ("|", "blue"))
    room = max(20, min(width, _MAX_LINE) - len(number) - 3)
    start = max(0, place.column - 1)
    # Only what can be seen is looked at: a line may have a million characters.
    before = _visible(place.text[max(0, start - room) : start])
    after = _visible(place.text[start : start + room])
    taken = max(1, cell_len(after))  # a caret behind the end of the line takes a cell too
    if cell_len(before) + taken > room or start > room:
        before = _last(before, max(room // 3, room - taken))
        after = set_cell_size(after, min(cell_len(after), room - cell_len(before)))
    source = Text.assemble((number, "blue"), " ", ("|", "blue"), f" {before}{after}".rstrip())
    lines = [blank, source]
    if place.column:
        marked = cell_len(_visible(place.text[start : start + min(place.length, room)]))
        carets = max(1, min(marked, room - cell_len(before)))
        lines.append(Text.assemble(blank, " " * (cell_len(before) + 1), ("^" * carets, style)))
    return lines


def _visible(text: str) -> str:
    return printable(text.replace("\t", "    "))


def _last(text: str, cells: int) -> str:
    """The end of a text, of so many cells at most."""
    return set_cell_size(text[::-1], min(cell_len(text), cells))[::-1]
