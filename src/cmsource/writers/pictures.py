"""Pictures on a terminal: weeks, and what moves; all of them legible without colours."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from cmsource.reports.blocks import Look, plain
from cmsource.reports.pictures import Swing, Swings, WeekPicture
from cmsource.values.language import say
from cmsource.values.week_words import DAY_NAMES
from cmsource.writers.looks import STYLES, rich_text
from cmsource.writers.page import Page

_SHORTEST_HALF, _LONGEST_HALF = 4, 24
_LOWER, _HIGHER, _TODAY = "░", "█", "│"


def week(block: WeekPicture, page: Page) -> RenderableType:
    """Hours across, days down; half a day at a time where room is short."""
    across = 24 if page.width >= 6 + 3 * 24 else 12
    parts: list[RenderableType] = []
    for start in range(0, 24, across):
        table = RichTable.grid(padding=(0, 1, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True)
        for _ in range(across):
            table.add_column(justify="right", no_wrap=True, min_width=2)
        hours = range(start, start + across)
        table.add_row("", *(RichText(str(hour), "dim") for hour in hours))
        for day, name in enumerate(map(page.language.of, DAY_NAMES)):
            cells = (block.hours[24 * day + hour] for hour in hours)
            table.add_row(name, *(RichText(cell.text, STYLES[cell.look]) for cell in cells))
        parts += ["", table] if parts else [table]
    return Padding(Group(*parts), (0, 0, 0, 2))


def swings(block: Swings, page: Page) -> RenderableType:
    """Bars on one scale from today's amount: full where what moves is higher, light where lower."""
    every = [swing for group in block.groups for swing in group.swings]
    reach = block.reach or max((swing.reach for swing in every), default=0.0)
    names = max((cell_len(plain(each.label)) for each in every), default=0)
    ends = [text for each in every for text in (each.least_text, each.most_text)]
    sides = max(map(cell_len, ends), default=0)
    half = min(_LONGEST_HALF, (page.width - 4 - names - 2 * sides - 3 * 2 - 1) // 2)
    parts: list[RenderableType] = []
    if block.note:
        note = say(
            "{note}; {higher} where it is higher, {lower} lower, {today} today.",
            note=block.note,
            higher=_HIGHER,
            lower=_LOWER,
            today=_TODAY,
        )
        parts += [rich_text(page.language.of(note), Look.FAINT), ""]
    for group in block.groups:
        parts.append(rich_text(group.title))
        parts += [Padding(rich_text(line), (0, 0, 0, 2)) for line in group.lines]
        if half < _SHORTEST_HALF:
            parts += [Padding(_said(each, page), (0, 0, 0, 4)) for each in group.swings]
        elif group.swings:
            table = RichTable.grid(padding=(0, 2, 0, 0))
            table.add_column(min_width=names, no_wrap=True)
            table.add_column(min_width=sides, justify="right", no_wrap=True)
            table.add_column(no_wrap=True)
            table.add_column(min_width=sides, justify="right", no_wrap=True)
            for each in group.swings:
                drawn = _swing(each, reach, half)
                amounts = rich_text(each.least_text), drawn, rich_text(each.most_text)
                table.add_row(rich_text(each.label), *amounts)
            parts.append(Padding(table, (0, 0, 0, 4)))
    return Group(*parts)


def _said(swing: Swing, page: Page) -> RichText:
    """An amount that moves where there is no room for its bar."""
    text = rich_text(swing.label).append(page.language.of(say(": ")))
    return text.append_text(rich_text(f"{swing.least_text} – {swing.most_text}"))


def _swing(swing: Swing, reach: float, half: int) -> str:
    left, right = [" "] * half, [" "] * half
    ends: Sequence[tuple[float, str]] = ((swing.low, _LOWER), (swing.high, _HIGHER))
    # The shorter one last, so that both are seen where they lie on the same side.
    for amount, sign in sorted(ends, key=lambda end: -abs(end[0] - swing.today)):
        moved = amount - swing.today
        cells = max(round(half * abs(moved) / reach), 1) if moved and reach else 0
        for n in range(min(cells, half)):
            if moved < 0:
                left[-1 - n] = sign
            else:
                right[n] = sign
    return "".join(left) + _TODAY + "".join(right)
