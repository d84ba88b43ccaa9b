"""Reports as one HTML page: readable without scripts or a network, on a phone and on paper.

Jinja2 fills the template and escapes whatever goes in; this module says what each block is for it.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from cmsource.reports.blocks import ALWAYS, Aside, Heading, Look, Panel, Table, Text, plain, spans
from cmsource.reports.pictures import Graph, Stacks, Swings, WeekPicture
from cmsource.reports.report import Readable
from cmsource.values.language import Language, say
from cmsource.values.text import printable, without_commands
from cmsource.values.week_words import DAY_NAMES
from cmsource.writers.labels import Box, Drawing, Label, box_of
from cmsource.writers.page import Page

_COLOURS = 14
"""Colours of a chart, in the style sheet; more names begin again."""
_MOST_COLUMNS = 8
"""Columns of a table that have room on a page; those that want to be kept least go first."""
_SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75, "█": 1.0}
"""Signs with which terminals shade, and how full they are."""
_SIGNS = re.compile(f"([{''.join(_SHADES)}]+)")
_CODE = re.compile(r"`([^`\n]+)`")
_LONGEST_LABEL = 22
_WIDTH = 700
_LABELS, _AMOUNTS = 150, 110
_ROW = 34
_HEIGHT = 300
_LEFT, _BOTTOM, _TOP = 74, 40, 36


def write(report: Readable, page: Page) -> str:
    """A report as a page that is whole by itself."""
    blocks = [page.language.of(block) for block in report.blocks() if not isinstance(block, Aside)]
    panel = next((block for block in blocks if isinstance(block, Panel)), None)
    heading = next((block.text for block in blocks if isinstance(block, Heading)), "cmsource")
    title = heading if panel is None else plain(panel.title)
    words = {
        "more": page.language.of(say("more")),
        "hour": page.language.of(say("Hour")),
        "of": page.language.of(say("{name}: {what}")),
        "higher": page.language.of(say("where it is higher")),
        "lower": page.language.of(say("where it is lower")),
        "made": page.language.of(
            say("Written by cmsource. Figures of law and market are as of their dates, not advice.")
        ),
    }
    found: str = _template().render(
        blocks=blocks,
        title=printable(title),
        language=page.language.code,
        words=words,
        days=[page.language.of(day) for day in DAY_NAMES],
    )
    # A page may be written to the log of a job, where lines can be commands.
    return without_commands(found, "&#58;", "&#35;")


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2.Template
    environment = Environment(
        loader=PackageLoader("cmsource.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__.lower(),
        "text": _text,
        "words": lambda text: printable(plain(text)),
        "kept": _kept,
        "stacks": _stacks,
        "graph": _graph,
        "swings": _swings,
        "hours": _hours,
        "short": _short,
        "excerpt": _excerpt,
    }
    return environment.get_template("page.html")


def _text(text: Text, look: Look = Look.PLAIN) -> Markup:
    """A text with its looks as elements; what it says is escaped."""
    parts = []
    for span in spans(text):
        own = span.look if span.look is not Look.PLAIN else look
        said = printable(span.text)
        if own is Look.KEY:
            parts.append(Markup("<code>{}</code>").format(said))
        elif own is Look.PLAIN:
            parts.append(_with_code(said))
        else:
            parts.append(Markup('<span class="{}">{}</span>').format(own.value, _with_code(said)))
    return Markup("").join(parts)


def _with_code(said: str) -> Markup:
    """A text in which what stands between backticks is code: keys, commands, parts of a file.

    What terminals shade with signs has the colours of the page.
    """
    parts = _CODE.split(said)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else _shaded(part)
        for number, part in enumerate(parts)
    )


def _shaded(said: str) -> Markup:
    parts = _SIGNS.split(said)
    return Markup("").join(
        Markup('<i class="swatch"><i style="opacity:{:.2f}"></i></i>').format(
            _fill(_SHADES[part[0]])
        )
        if number % 2
        else escape(part)
        for number, part in enumerate(parts)
    )


def _fill(share: float) -> float:
    """How much of its colour a cell of a week has."""
    return share * 0.7


def _kept(block: Table) -> list[int]:
    """The columns of a table that are shown, as indexes."""
    named = [i for i, column in enumerate(block.columns) if column.title]
    spare = sorted(named, key=lambda i: block.columns[i].keep)
    spare = [i for i in spare if block.columns[i].keep < ALWAYS]
    gone = set(spare[: max(0, len(named) - _MOST_COLUMNS)])
    return [i for i in range(len(block.columns)) if i not in gone]


def _short(label: Text) -> str:
    """A label that has room beside a chart."""
    said = printable(plain(label))
    return said if len(said) <= _LONGEST_LABEL else f"{said[: _LONGEST_LABEL - 1]}…"


class _Piece(NamedTuple):
    """A rectangle of a stack."""

    x: float
    width: float
    colour: int
    name: str
    text: str


class _Stacked(NamedTuple):
    """A stack with its place."""

    label: str
    y: float
    pieces: Sequence[_Piece]
    end: float
    text: str
    best: bool


class _StackChart(NamedTuple):
    """Stacks as a template draws them."""

    height: float
    rows: Sequence[_Stacked]
    legend: Sequence[tuple[int, str]]


def _stacks(block: Stacks) -> _StackChart:
    names = list(dict.fromkeys(part.name for stack in block.stacks for part in stack.parts))
    colours = {name: number % _COLOURS for number, name in enumerate(names)}
    room = _WIDTH - _LABELS - _AMOUNTS - 16
    rows = []
    for number, stack in enumerate(block.stacks):
        x = float(_LABELS)
        pieces = []
        for part in stack.parts:
            width = part.share * room
            places = round(x, 1), round(width, 1), colours[part.name]
            pieces.append(_Piece(*places, part.name, part.text))
            x += width
        best = stack.look is Look.BEST
        rows.append(_Stacked(stack.label, _ROW * number, pieces, round(x + 8, 1), stack.text, best))
    legend = [(colours[name], name) for name in names]
    return _StackChart(_ROW * len(rows), rows, legend)


class _Placed(NamedTuple):
    """Something that is written or drawn at a place."""

    x: float
    y: float
    label: str
    title: str = ""
    look: str = ""
    points: str = ""


class _Marked(NamedTuple):
    """A dot and its label, if it has one."""

    at: _Placed
    label: Label | None


class _GraphChart(NamedTuple):
    """A graph as a template draws it."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    x_ticks: Sequence[_Placed]
    y_ticks: Sequence[_Placed]
    dots: Sequence[_Marked]
    series: Sequence[_Placed]
    limit: _Placed | None
    limit_label: Label | None


def _graph(block: Graph) -> _GraphChart:
    left, right = float(_LEFT), float(_WIDTH - 110)
    top, bottom = float(_TOP), float(_HEIGHT - _BOTTOM)

    def across(at: float) -> float:
        return round(left + at * (right - left), 1)

    def up(at: float) -> float:
        return round(bottom - at * (bottom - top), 1)

    dots = [_Placed(across(d.x), up(d.y), d.label, d.text, d.look.value) for d in block.dots]
    series = []
    for each in block.series:
        points = " ".join(f"{across(x)},{up(y)}" for x, y in each.points)
        x, y = each.points[-1] if each.points else (0.0, 0.0)
        series.append(_Placed(across(x), up(y), each.label, "", each.look.value, points))
    lines = [[(across(x), up(y)) for x, y in each.points] for each in block.series]
    drawing = Drawing(Box(left, 0, _WIDTH, bottom), [(dot.x, dot.y) for dot in dots], lines)
    for line in series:
        drawing.take(box_of(line.x + 6, line.y + 4, _short(line.label)))
    limit, limit_label = None, None
    if block.limit is not None:
        limit = _Placed(right, up(block.limit.at), block.limit.text)
        limit_label = drawing.at_best(_along(limit, left, right))
    return _GraphChart(
        _WIDTH,
        _HEIGHT,
        left,
        right,
        top,
        bottom,
        [_Placed(across(tick.at), bottom, tick.text) for tick in block.x.ticks],
        [_Placed(left, up(tick.at), tick.text) for tick in block.y.ticks],
        [_marked(dot, drawing) for dot in sorted(dots, key=lambda each: (-each.x, each.y))],
        series,
        limit,
        limit_label,
    )


def _along(limit: _Placed, left: float, right: float) -> list[Label]:
    """Places of what is said of a limit: at either end, above it or below."""
    said = printable(plain(limit.label))
    return [
        Label(x, y, anchor, box_of(x, y, said, anchor))
        for x, anchor in ((left + 6, "start"), (right, "end"))
        for y in (limit.y - 5, limit.y + 14)
    ]


def _marked(dot: _Placed, drawing: Drawing) -> _Marked:
    """A dot with its label where there is room for it."""
    said = _short(dot.label)
    return _Marked(dot, drawing.beside(dot.x, dot.y, said) if said else None)


class _SwingBar(NamedTuple):
    """The two halves of a swing, in per cent of half the width."""

    label: str
    least: str
    most: str
    bars: Sequence[tuple[float, float, str]]


def _swings(block: Swings) -> list[tuple[Any, list[_SwingBar]]]:
    every = [swing for group in block.groups for swing in group.swings]
    reach = block.reach or max((swing.reach for swing in every), default=0.0)
    found = []
    for group in block.groups:
        rows = []
        for each in group.swings:
            bars = []
            for amount, name in ((each.low, "lower"), (each.high, "higher")):
                moved = (amount - each.today) / reach if reach else 0.0
                moved = max(-1.0, min(1.0, moved))
                start = 50 + 50 * min(0.0, moved)
                bars.append((round(start, 2), round(50 * abs(moved), 2), name))
            label = printable(plain(each.label))
            rows.append(_SwingBar(label, each.least_text, each.most_text, bars))
        found.append((group, rows))
    return found


def _hours(block: WeekPicture) -> list[list[tuple[str, str, float]]]:
    """Seven days of 24 cells: what is written there, its look, and how full it is."""
    days = []
    for day in range(7):
        cells = []
        for hour in block.hours[24 * day : 24 * day + 24]:
            share = _SHADES.get(hour.text[:1], 0.0)
            if hour.text.isdecimal():
                share = min(1.0, int(hour.text) / 100)
            written = "" if hour.text[:1] in _SHADES else printable(hour.text)
            cells.append((written, hour.look.value, _fill(share)))
        days.append(cells)
    return days


def _excerpt(block: Any, language: str) -> str:  # noqa: ANN401 - a Problem
    """What is wrong, as a terminal shows it."""
    from cmsource.writers.terminal import block_text

    return block_text(block, Page(width=100, language=Language(language)))
