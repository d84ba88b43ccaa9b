"""The cursor for each activity as text, JSON and CSV."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from cmsource.analysis.cursor.cursor import SHARES
from cmsource.analysis.cursor.mixes import Done, Mix, Mixes
from cmsource.model.judgement import miss_in_words
from cmsource.output.cursor import bar, label
from cmsource.output.cursor_data import FIGURES, head, yes
from cmsource.output.layout import (
    Cell,
    Column,
    Paint,
    cell_len,
    painter,
    paragraph,
    table,
    table_width,
)
from cmsource.reports.comparison_data import Json, share
from cmsource.reports.wording import plain_number, share_text
from cmsource.results.comparison import money
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, format_money, format_share, style_for
from cmsource.values.text import printable as safe
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

FORMAT = "cmsource/mixes/1"
_LEAST_BAR, _LONGEST_BAR = 4, 24
_SHOWN = 12
_HEADING, _LONGEST_HEADING = 11, 16
_LEAST_HOURS = 0.005


def mixes_text(scenario: Scenario, found: Mixes, *, width: int = 80, colour: bool = False) -> str:
    """The best mix, what it does of each activity, the frontier, and each activity by itself."""
    paint = painter(colour=colour)
    style = style_for(scenario.currency)
    horizon = plain_number(scenario.horizon, style)
    hours = plain_number(found.hours, style)
    title = (
        f"{scenario.name} · {horizon} months · {label(found.inside)} with {hours} h a week, "
        f"{label(found.outside)} for the rest"
    )
    parts = [
        paint(paragraph(safe(title), width), "bold"),
        _answer(scenario, found, style, paint, width),
    ]
    if found.recommended is not None:
        best = found.mixes[found.recommended]
        parts.append("\n".join(_work(best.work, found, style, paint, width)))
    parts.append("\n".join(_frontier(found, style, paint, width)))
    if found.recommended is not None:
        parts += [
            "\n".join(_activity(place, found, style, paint, width))
            for place in range(len(found.activities))
        ]
    return "\n\n".join(parts) + "\n"


def _answer(scenario: Scenario, found: Mixes, style: Style, paint: Paint, width: int) -> str:
    count = len(found.mixes)
    if found.recommended is None:
        head_ = paint(f"None of the {count} mixes meets every requirement", "bold yellow")
        nearest = min(found.mixes, key=lambda m: (len(_missed(m, style)), m.total_cents))
        text = (
            f"Nearest is {_shares(nearest, found, style)} in-house, at "
            f"{format_money(nearest.total_cents, style, 0)}: it misses "
            f"{', '.join(_missed(nearest, style))}."
        )
        return f"{head_}\n{paragraph(safe(text), width)}"
    best = found.mixes[found.recommended]
    first = paint(
        paragraph(safe(f"Best mix: {_shares(best, found, style)} in-house"), width),
        "bold green",
    )
    which = " that meet every requirement" if best.requirements else ""
    horizon = plain_number(scenario.horizon, style)
    text = (
        f"It costs the least of the mixes{which}, {count} tried: "
        f"{format_money(best.total_cents, style, 0)} over {horizon} months, "
        f"{share_text(best.in_house, style)} of the work in-house."
    )
    return f"{first}\n{paragraph(safe(text), width)}"


def _shares(mix: Mix, found: Mixes, style: Style) -> str:
    return ", ".join(
        f"{activity} {format_share(part, style, 0)}"
        for activity, part in zip(found.activities, mix.shares, strict=True)
    )


def _missed(mix: Mix, style: Style) -> list[str]:
    return [miss_in_words(held, style) for held in mix.requirements if held.met is False]


def _work(
    work: Mapping[str, Done], found: Mixes, style: Style, paint: Paint, width: int
) -> Iterator[str]:
    """Who does what in the best mix."""
    undone = any(done.undone > _LEAST_HOURS for done in work.values())
    columns = [
        Column("Hours a week", wraps=True),
        Column("Needed", right=True),
        Column(_short(label(found.inside), _LONGEST_HEADING), right=True),
        Column(_short(label(found.outside), _LONGEST_HEADING), right=True),
        *([Column("Undone", right=True)] if undone else []),
        Column("In-house", right=True),
    ]
    rows = []
    for activity, done in work.items():
        figures = [done.needed, done.inside, done.outside, *([done.undone] if undone else [])]
        part = done.inside / done.needed if done.needed > 0 else None
        rows.append(
            [
                Cell(safe(activity)),
                *(Cell(plain_number(hours, style)) for hours in figures),
                Cell(share_text(part, style)),
            ]
        )
    yield from table(columns, rows, width, paint)


def _frontier(found: Mixes, style: Style, paint: Paint, width: int) -> Iterator[str]:
    """Cost against in-house share: no other mix costs less and does as much in-house."""
    every = [found.mixes[index] for index in found.frontier]
    shown = every[:_SHOWN]
    best = found.mixes[found.recommended] if found.recommended is not None else None
    yield paint("Frontier: more in-house for the least money", "bold")
    rows = [
        _row(mix, best, style, fits=index in found.choices)
        for mix, index in zip(shown, found.frontier, strict=False)
    ]
    for most in range(_LONGEST_HEADING, 5, -1):
        columns = [
            Column(""),
            *(Column(_short(activity, most), right=True) for activity in found.activities),
            Column("Total", right=True),
            Column(""),
            Column("Watched", right=True),
            Column("In time", right=True),
            Column("Share", right=True),
            Column("OK?"),
        ]
        if table_width(columns, rows) + _LEAST_BAR <= width:
            break
    _draw(columns, rows, shown, found, width)
    yield from table(columns, rows, width, paint)
    if len(every) > len(shown):
        yield paint(f"  and {len(every) - len(shown)} more; --format csv shows all", "dim")


def _row(mix: Mix, best: Mix | None, style: Style, *, fits: bool) -> list[Cell]:
    look = "bold green" if mix is best else "" if fits else "dim"
    coverage = mix.coverage
    return [
        Cell(">" if mix is best else "", look),
        *(Cell(format_share(part, style, 0), look) for part in mix.shares),
        Cell(format_money(mix.total_cents, style, 0), look),
        Cell("", "green" if mix is best else "cyan" if fits else "dim"),
        Cell(share_text(coverage.watched, style), look),
        Cell(share_text(coverage.answered_in_time, style), look),
        Cell(share_text(mix.in_house, style), look),
        Cell("yes", "green") if fits else Cell("no", "red"),
    ]


def _draw(
    columns: Sequence[Column],
    rows: Sequence[list[Cell]],
    shown: Sequence[Mix],
    found: Mixes,
    width: int,
) -> None:
    """Fill the column of bars with what room is left."""
    length = max(_LEAST_BAR, min(_LONGEST_BAR, width - table_width(columns, rows)))
    most = max(mix.total_cents for mix in found.mixes)
    place = next(i for i, column in enumerate(columns) if i and not column.title)
    for row, mix in zip(rows, shown, strict=True):
        row[place] = Cell(bar(mix.total_cents, most, length), row[place].style)


def _activity(place: int, found: Mixes, style: Style, paint: Paint, width: int) -> Iterator[str]:
    """The cursor of one activity, the others as is cheapest."""
    activity = found.activities[place]
    others = [name for name in found.activities if name != activity]
    beside = f", {_and(others)} as is cheapest" if others else ""
    yield paint(paragraph(safe(f"{activity} in-house{beside}"), width), "bold")
    columns = [
        Column(""),
        Column("Up to", right=True),
        *(Column(_short(name), right=True) for name in others),
        Column("Total", right=True),
        Column(""),
        Column("In time", right=True),
        Column("Really in-house", right=True),
    ]
    rows: list[list[Cell]] = []
    shown: list[Mix] = []
    for part, index in zip(SHARES, found.by_activity[activity], strict=True):
        if index is None:
            continue
        mix = found.mixes[index]
        chosen = index == found.recommended
        look = "bold green" if chosen else ""
        done = mix.work[activity]
        real = done.inside / done.needed if done.needed > 0 else None
        rest = [mix.shares[found.activities.index(name)] for name in others]
        rows.append(
            [
                Cell(">" if chosen else "", look),
                Cell(format_share(part, style, 0), look),
                *(Cell(format_share(other, style, 0), look) for other in rest),
                Cell(format_money(mix.total_cents, style, 0), look),
                Cell("", "green" if chosen else "cyan"),
                Cell(share_text(mix.coverage.answered_in_time, style), look),
                Cell(share_text(real, style), look),
            ]
        )
        shown.append(mix)
    _draw(columns, rows, shown, found, width)
    yield from table(columns, rows, width, paint)
    lacking = [p for p, i in zip(SHARES, found.by_activity[activity], strict=True) if i is None]
    if lacking:
        text = f"no mix with {_and([format_share(p, style, 0) for p in lacking])} will do"
        yield paint(paragraph(text, width, "  "), "dim")


def _short(name: str, most: int = _HEADING) -> str:
    """A name as the heading of a narrow column."""
    shown = safe(name)
    if cell_len(shown) <= most:
        return shown
    while cell_len(shown) >= most:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def _and(texts: Sequence[str]) -> str:
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def mixes_json(scenario: Scenario, found: Mixes) -> str:
    """Every mix as JSON: ``cmsource/mixes/1``; mixes are numbered from 0."""
    return dumps(
        {
            **head(scenario, FORMAT),
            "outside": found.outside.name,
            "inside": found.inside.name,
            "hours": share(found.hours),
            "activities": list(found.activities),
            "mixes": [_data(mix, found, style_for(scenario.currency)) for mix in found.mixes],
            "recommended": found.recommended,
            "choices": list(found.choices),
            "frontier": list(found.frontier),
            "by_activity": {name: list(rows) for name, rows in found.by_activity.items()},
        }
    )


def _data(mix: Mix, found: Mixes, style: Style) -> Json:
    return {
        "shares": {
            name: share(part) for name, part in zip(found.activities, mix.shares, strict=True)
        },
        "total": money(mix.total_cents),
        "cash": money(mix.cash_cents),
        "coverage": {name: share(getattr(mix.coverage, name)) for name in FIGURES},
        "eligible": mix.eligible,
        "misses": _missed(mix, style),
        "work": {
            name: {
                "needed": share(done.needed),
                "inside": share(done.inside),
                "outside": share(done.outside),
                "undone": share(done.undone),
            }
            for name, done in mix.work.items()
        },
    }


def mixes_csv(scenario: Scenario, found: Mixes) -> str:
    """A row for each mix."""
    style = style_for(scenario.currency)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [harmless(activity) for activity in found.activities]
    writer.writerow(
        ["mix", *names, "total", "cash", *FIGURES, "eligible", "misses", "recommended", "frontier"]
    )
    for index, mix in enumerate(found.mixes):
        writer.writerow(
            [
                index,
                *(share(part) for part in mix.shares),
                money(mix.total_cents),
                money(mix.cash_cents),
                *(share(getattr(mix.coverage, name)) for name in FIGURES),
                yes(mix.eligible),
                "; ".join(_missed(mix, style)),
                yes(index == found.recommended),
                yes(index in found.frontier),
            ]
        )
    return text.getvalue()
