"""Diagnostics for people: the line of source, what is wrong under it, and the way out."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from cmsource.output.layout import Paint, painter, paragraph
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.text import printable as safe

_MAX_LINE = 160


def render(diagnostics: Sequence[Diagnostic], *, colour: bool = False, width: int = 80) -> str:
    """Diagnostics as text, one block each, with a count at the end."""
    text = blocks(diagnostics, colour=colour, width=width)
    return f"{text}\n{count(diagnostics)}\n" if text else ""


def blocks(diagnostics: Sequence[Diagnostic], *, colour: bool = False, width: int = 80) -> str:
    """Diagnostics as text, one block each, without the count."""
    paint = painter(colour=colour)
    found = [_block(diagnostic, paint, width) for diagnostic in diagnostics]
    return "\n\n".join(found) + "\n" if found else ""


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """How many errors and warnings there are."""
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    parts = [
        f"{number} {noun}{'s' if number > 1 else ''}"
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return " and ".join(parts)


def _block(diagnostic: Diagnostic, paint: Paint, width: int) -> str:
    style = "bold red" if diagnostic.severity == "error" else "bold yellow"
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    message = paragraph(f"{head}: {safe(diagnostic.message)}", width, "  ", first="")
    lines = [message.replace(head, paint(head, style), 1)]
    place = diagnostic.place
    gutter = " "
    if place is not None:
        gutter = " " * max(1, len(str(place.line or "")))
        lines.append(f"{gutter}{paint('-->', 'blue')} {safe(str(place))}")
        if place.text.strip() and place.line:
            lines += _excerpt(place, paint, style, width)
    if diagnostic.hint:
        mark = f"{gutter} = "
        lines.append(
            paragraph(safe(diagnostic.hint), width, " " * (len(mark) + 6), f"{mark}help: ")
        )
    return "\n".join(lines)


def _excerpt(place: Place, paint: Paint, style: str, width: int) -> list[str]:
    """The line of source with a caret under the place, cut to the width when it is long.

    Places count characters; here they become cells, of which wide characters take two.
    """
    number = str(place.line)
    bar = paint("|", "blue")
    blank = f"{' ' * len(number)} {bar}"
    room = max(20, min(width, _MAX_LINE) - len(number) - 3)
    start = max(0, place.column - 1)
    # Only what can be seen is looked at: a line may have a million characters.
    before = _visible(place.text[max(0, start - room) : start])
    after = _visible(place.text[start : start + room])
    if cell_len(before) + cell_len(after) > room or start > room:
        before = _last(before, max(room // 3, room - cell_len(after)))
        after = set_cell_size(after, min(cell_len(after), room - cell_len(before)))
    lines = [blank, f"{paint(number, 'blue')} {bar} {before}{after}".rstrip()]
    if place.column:
        marked = cell_len(_visible(place.text[start : start + min(place.length, room)]))
        carets = max(1, min(marked, room - cell_len(before)))
        lines.append(f"{blank} {' ' * cell_len(before)}{paint('^' * carets, style)}")
    return lines


def _visible(text: str) -> str:
    return safe(text.replace("\t", "    "))


def _last(text: str, cells: int) -> str:
    """The end of a text, of so many cells at most."""
    return set_cell_size(text[::-1], min(cell_len(text), cells))[::-1]
