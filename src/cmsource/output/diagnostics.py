"""Diagnostics for people: the line of source, what is wrong under it, and the way out."""

from collections.abc import Sequence

from cmsource.diagnostics import Diagnostic, Place
from cmsource.output.layout import Paint, painter, paragraph, safe

_MAX_LINE = 160


def render(diagnostics: Sequence[Diagnostic], *, colour: bool = False, width: int = 80) -> str:
    """Diagnostics as text, one block each, with a count at the end."""
    paint = painter(colour=colour)
    blocks = [_block(diagnostic, paint, width) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, count(diagnostics)]) + "\n" if blocks else ""


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
    message = paragraph(safe(diagnostic.message), width, "  ", first=f"{head}: ")
    lines = [message.replace(head, paint(head, style), 1)]
    place = diagnostic.place
    gutter = " "
    if place is not None:
        gutter = " " * len(str(place.line or ""))
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
    """The line of source with a caret under the place, cut to the width when it is long."""
    number = str(place.line)
    bar = paint("|", "blue")
    blank = f"{' ' * len(number)} {bar}"
    text = safe(place.text.replace("\t", " "))
    start = max(0, place.column - 1)
    room = max(20, min(width, _MAX_LINE) - len(number) - 3)
    if len(text) > room:
        shift = max(0, min(start - room // 3, len(text) - room))
        text, start = text[shift : shift + room], start - shift
    lines = [blank, f"{paint(number, 'blue')} {bar} {text}"]
    if place.column:
        length = max(1, min(place.length, len(text) - start))
        lines.append(f"{blank} {' ' * start}{paint('^' * length, style)}")
    return lines
