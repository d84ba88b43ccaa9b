"""A comparison as a table for people: the answer first, then every option."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cmsource.model.judgement import miss_in_words
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
from cmsource.results.comparison import (
    CATEGORIES,
    Comparison,
    OptionResult,
)
from cmsource.values.money import Style, format_money, format_number, format_share, style_for
from cmsource.values.text import printable as safe
from cmsource.values.week import in_words

NONE = "–"
SHOWN_ASSUMPTIONS = 5
_LEAST_VERDICT = 20
_LEAST_OPTION = 16
_ALWAYS = 99

MARKS = {
    "O": "official",
    "O2": "official, second-hand",
    "S": "survey",
    "V": "vendor",
    "B": "press or blog",
    "D": "derived",
    "G": "guess",
}


class Figure(NamedTuple):
    """A column of the table of options.

    Attributes:
        title: its heading.
        text: its text for an option.
        keep: the higher, the longer it stays when room is short.
        requirement: the key under ``require`` that asks for it, if any.
    """

    title: str
    text: Callable[[OptionResult], str]
    keep: int
    requirement: str = ""


def to_table(
    result: Comparison, *, width: int = 80, colour: bool = False, details: bool = False
) -> str:
    """A comparison as text for a terminal or a pipe.

    Args:
        result: the comparison; its options are shown in its order.
        width: cells a line.
        colour: whether to paint.
        details: whether to show every assumption and the figures behind the table.
    """
    paint = painter(colour=colour)
    style = style_for(result.currency)
    parts = [
        _title(result, paint, width),
        _answer(result, paint, width),
        "\n".join(_options(result, style, paint, width)),
    ]
    if details:
        parts.append("\n".join(_more(result, style, paint, width)))
        parts.append("\n".join(_categories(result, style, paint, width)))
    if result.signals:
        parts.append("\n".join(_signals(result, paint, width)))
    if result.warnings:
        parts.append(_warnings(result, paint, width))
    if result.assumptions:
        parts.append(_assumptions(result, paint, width, details=details))
    if result.advice:
        sentences = "\n".join(paragraph(safe(each), width) for each in result.advice)
        parts.append(f"{paint('In three sentences', 'bold')}\n{sentences}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(result: Comparison, paint: Paint, width: int) -> str:
    style = style_for(result.currency)
    months = plain_number(result.horizon_months, style)
    text = f"{safe(result.name)} · {result.country} · {months} months"
    return paint(paragraph(text, width), "bold")


def _answer(result: Comparison, paint: Paint, width: int) -> str:
    reason = paragraph(safe(result.reason), width)
    if result.recommended is None:
        return f"{paint('Recommended: none', 'bold yellow')}\n{reason}"
    option = result.options[result.recommended]
    name = f"Recommended: {safe(option.label)}"
    gaps = left_uncovered(option, style_for(result.currency))
    parts = [paint(name, "bold green"), reason, *([paragraph(gaps, width)] if gaps else [])]
    return "\n".join(parts)


def left_uncovered(option: OptionResult, style: Style) -> str:
    """The hours of the cover in which nobody is on duty, as a sentence; "" when there are none."""
    gaps = [(phase, phase.uncovered) for phase in option.phases if phase.uncovered]
    if not gaps:
        return ""
    if all(phase.uncovered == gaps[0][1] for phase in option.phases):
        return f"Nobody is on duty: {in_words(gaps[0][1])}."
    spans = [
        f"{in_words(week)} in months {plain_number(phase.from_month, style)} to "
        f"{plain_number(phase.from_month + phase.months, style)}"
        for phase, week in gaps
    ]
    return f"Nobody is on duty: {'; '.join(spans)}."


def figures(result: Comparison, style: Style) -> list[Figure]:
    """The columns of the table of options, from left to right."""
    cheapest = min((option.total_cents for option in result.options.values()), default=0)

    def share(name: str) -> Callable[[OptionResult], str]:
        return lambda option: share_text(getattr(option.coverage, name), style)

    def more(option: OptionResult) -> str:
        cents = option.total_cents - cheapest
        return f"+{format_money(cents, style, 0)}" if cents else NONE

    def live(option: OptionResult) -> str:
        months = option.coverage.live_after_months
        if months is None:
            return NONE
        return f"{format_number(months, style, 0 if months == int(months) else 1)} mo"

    return [
        Figure("Total", lambda o: format_money(o.total_cents, style, 0), _ALWAYS),
        Figure("A month", lambda o: format_money(round(o.monthly * 100), style, 0), 7, "budget"),
        Figure("vs least", more, 5),
        Figure("Watched", share("watched"), 9, "watched"),
        Figure("In time", share("answered_in_time"), 6, "answered_in_time"),
        Figure("Work", share("work_done"), 9, "work_done"),
        Figure("Skills", share("skills_met"), 4, "skills_met"),
        Figure("Continuity", share("continuity"), 3, "continuity"),
        Figure("In-house", share("in_house"), 2, "in_house"),
        Figure("Live", live, 1, "live_within"),
    ]


def _options(result: Comparison, style: Style, paint: Paint, width: int) -> list[str]:
    """The table of options, with as many columns as there is room for."""
    options = list(result.options.values())
    shown = figures(result, style)
    asked = {held.name for option in options for held in option.requirements}

    def keep(figure: Figure) -> int:
        return figure.keep + (10 if figure.requirement in asked else 0)

    for figure in list(shown):
        # A column that says nothing for any option gives its room to the others, if it is short.
        if all(figure.text(option) == NONE for option in options) and width < 120:
            shown.remove(figure)
    columns, rows = _columns(shown, options, result, style)
    while len(shown) > 3 and _needed(columns, rows) > width:
        shown.remove(min(shown, key=keep))
        columns, rows = _columns(shown, options, result, style)
    return table(columns, rows, width, paint)


def _needed(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
    """Cells that the columns need when labels and verdicts fold as far as they reasonably can."""
    whole = table_width(columns, rows)
    for column, least in ((1, _LEAST_OPTION), (-1, _LEAST_VERDICT)):
        widest = max([cell_len(columns[column].title), *(cell_len(r[column].text) for r in rows)])
        whole -= max(0, widest - least)
    return whole


def _columns(
    shown: Sequence[Figure], options: Sequence[OptionResult], result: Comparison, style: Style
) -> tuple[list[Column], list[list[Cell]]]:
    columns = [
        Column(""),
        Column("Option", wraps=True),
        *(Column(figure.title, right=True) for figure in shown),
        Column("Does the job?", wraps=True),
    ]
    rows = []
    for option in options:
        chosen = option.name == result.recommended
        look = "bold green" if chosen else "" if option.eligible else "dim"
        verdict, colour = verdict_of(option, style)
        cells = [
            Cell(">" if chosen else "", look),
            Cell(safe(option.label), look),
            *(Cell(figure.text(option), look) for figure in shown),
            Cell(verdict, colour),
        ]
        rows.append(cells)
    return columns, rows


def verdict_of(option: OptionResult, style: Style) -> tuple[str, str]:
    """Whether an option is eligible or what it misses, and the colour to say it in."""
    missed = [held for held in option.requirements if held.met is False]
    if missed:
        return "no: " + ", ".join(miss_in_words(held, style) for held in missed), "red"
    return "yes", "green"


def _more(result: Comparison, style: Style, paint: Paint, width: int) -> list[str]:
    """The figures behind the table: cash, unit costs, idle hours, the average with leads."""

    def money(value: object) -> str:
        return NONE if value is None else format_money(round(value * 100), style)  # type: ignore[operator]

    rows: list[tuple[str, Callable[[OptionResult], str]]] = [
        ("cash", lambda o: money(o.cash)),
        ("present value", lambda o: money(o.npv)),
        ("per hour worked", lambda o: money(o.per_hour_worked)),
        ("per watched hour", lambda o: money(o.per_watched_hour)),
        ("per answered message", lambda o: money(o.per_answered_message)),
        ("idle hours", lambda o: share_text(o.coverage.idle, style)),
        ("utilisation", lambda o: share_text(o.coverage.utilisation, style)),
        ("watched, start included", lambda o: share_text(o.horizon_average.watched, style)),
        ("work done, start included", lambda o: share_text(o.horizon_average.work_done, style)),
        ("on the frontier", lambda o: "yes" if o.on_frontier else "no"),
    ]
    return _by_option("Figure", rows, result, paint, width)


def _categories(result: Comparison, style: Style, paint: Paint, width: int) -> list[str]:
    """Cost by category and option."""
    used = [
        category
        for category in CATEGORIES
        if any(category in option.by_category for option in result.options.values())
    ]

    def cost(category: str) -> Callable[[OptionResult], str]:
        return lambda o: (
            format_money(round(o.by_category[category] * 100), style, 0)
            if category in o.by_category
            else NONE
        )

    rows = [(category, cost(category)) for category in used]
    rows.append(("total", lambda o: format_money(o.total_cents, style, 0)))
    return _by_option("Cost", rows, result, paint, width)


def _by_option(
    title: str,
    rows: Sequence[tuple[str, Callable[[OptionResult], str]]],
    result: Comparison,
    paint: Paint,
    width: int,
) -> list[str]:
    """A table with options as columns, in as many pieces as the width asks for."""
    kept = [row for row in rows if any(row[1](o) != NONE for o in result.options.values())]
    left = list(result.options.values())
    lines: list[str] = []
    while left:
        for count in range(len(left), 0, -1):
            part = left[:count]
            columns = [
                Column(title),
                *(Column(safe(option.label), right=True) for option in part),
            ]
            cells = [[Cell(name), *(Cell(text(o)) for o in part)] for name, text in kept]
            if count == 1 or table_width(columns, cells) <= width:
                break
        if lines:
            lines.append("")
        lines += table(columns, cells, width, paint)
        left = left[count:]
    return lines


def _signals(result: Comparison, paint: Paint, width: int) -> list[str]:
    """What speaks for and against each option, then the reason of each rule."""
    from cmsource.output.signals import TITLE, by_option

    columns = [
        Column("Option", wraps=True),
        Column("For", wraps=True),
        Column("Against", wraps=True),
    ]
    rows = [
        [Cell(safe(label)), Cell(speaks_for or NONE), Cell(speaks_against or NONE)]
        for label, speaks_for, speaks_against in by_option(result)
    ]
    lines = [paint(TITLE, "bold"), *table(columns, rows, width, paint, "  "), ""]
    for signal in result.signals:
        text = paragraph(safe(f"{signal.rule}: {signal.reason}"), width, "    ", "  ")
        lines.append(paint(text, "dim"))
    return lines


def _warnings(result: Comparison, paint: Paint, width: int) -> str:
    lines = [paint("Warnings", "bold yellow")]
    for warning in result.warnings:
        where = f" ({warning.place})" if warning.place else ""
        text = f"{warning.code}: {warning.message}{where}"
        lines.append(paragraph(safe(text), width, "    ", "  "))
    return "\n".join(lines)


def _assumptions(result: Comparison, paint: Paint, width: int, *, details: bool) -> str:
    every = result.assumptions
    shown = every if details else every[:SHOWN_ASSUMPTIONS]
    if len(shown) < len(every):
        title = f"Assumptions that matter most ({len(shown)} of {len(every)}; --details shows all)"
    else:
        title = "Assumptions"
    columns = [
        Column("Key to set", wraps=True),
        Column("Taken as", wraps=True),
        Column("From", wraps=True),
    ]
    rows = [
        [
            Cell(safe(assumption.path), "cyan"),
            Cell(safe(assumption.value)),
            Cell(safe(f"{assumption.source} [{assumption.confidence}]"), "dim"),
        ]
        for assumption in shown
    ]
    legend = "; ".join(
        f"{mark} {meaning}"
        for mark, meaning in MARKS.items()
        if any(assumption.confidence == mark for assumption in shown)
    )
    lines = [paint(title, "bold"), *table(columns, rows, width, paint, "  ")]
    lines.append(paint(paragraph(f"[{legend}]", width, "  "), "dim"))
    return "\n".join(lines)


def share_text(value: float | None, style: Style, decimals: int = 0) -> str:
    """A share in per cent, never rounded up to a whole that it is not; a dash for none."""
    if value is None:
        return NONE
    text = format_share(value, style, decimals)
    if value < 1 and text == format_share(1.0, style, decimals):
        return format_share(value if value < 0.9995 else 0.999, style, 1)
    return text


def plain_number(value: float, style: Style) -> str:
    """A number with as many decimals as it needs, two at most."""
    return format_number(value, style, 2).rstrip("0").rstrip(style.decimal)
