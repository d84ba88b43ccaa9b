"""The cursor between outside and in-house as text."""

from collections.abc import Iterator, Sequence

from cmsource.analysis.cursor.cursor import Cursor, Step
from cmsource.model.judgement import miss_in_words
from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table, table_width
from cmsource.reports.wording import MARKS, plain_number, share_text
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.sources import Source
from cmsource.values.money import Style, format_money, format_share, style_for
from cmsource.values.text import printable as safe

_LEAST_BAR, _LONGEST_BAR = 4, 24
_TOLERANCE = 1e-9
_WORSE = {
    "total": "costs more",
    "watched": "watches less",
    "answered_in_time": "answers less in time",
    "work_done": "leaves more work undone",
    "continuity": "rests more on one person",
}


def cursor_text(scenario: Scenario, found: Cursor, *, width: int = 80, colour: bool = False) -> str:
    """The answer, then the curve step by step, then the cheapest step for each in-house share."""
    paint = painter(colour=colour)
    style = style_for(scenario.currency)
    horizon = plain_number(scenario.horizon, style)
    title = (
        f"{scenario.name} · {horizon} months · cursor from {label(found.outside)} "
        f"to {label(found.inside)}"
    )
    parts = [
        paint(paragraph(safe(title), width), "bold"),
        _answer(scenario, found, style, paint, width),
        "\n".join(_curve(found, style, paint, width)),
        "\n".join(_shares(found, style, paint, width)),
        paragraph(safe(worse_in_words(found, style)), width),
        "\n".join(_assumed(found, paint, width)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def label(source: Source) -> str:
    """How a source is called for people."""
    return source.label or source.name


def _answer(scenario: Scenario, found: Cursor, style: Style, paint: Paint, width: int) -> str:
    if found.recommended is None:
        cheapest = found.steps[found.cheapest]
        head = paint("No step meets every requirement", "bold yellow")
        nearest = min(found.steps, key=lambda s: (len(_missed(s)), s.total_cents))
        text = (
            f"The cheapest, {place(cheapest, found, style)}, costs "
            f"{_money(cheapest, style)} and misses: {misses(cheapest, style)}."
        )
        if nearest != cheapest:
            text += (
                f" Nearest is {place(nearest, found, style)}, at {_money(nearest, style)}: "
                f"it misses {misses(nearest, style)}."
            )
        return f"{head}\n{paragraph(safe(text), width)}"
    best = found.steps[found.recommended]
    lines = [paint(paragraph(safe(_advice(best, found, style)), width), "bold green")]
    lines.append(paragraph(safe(_why(scenario, best, found, style)), width))
    if best.people and best.on_duty:
        verb = "is" if best.people == 1 else "are together"
        duty = f"In-house {verb} on duty {best.on_duty}."
        lines.append(paragraph(safe(duty), width))
    return "\n".join(lines)


def _advice(best: Step, found: Cursor, style: Style) -> str:
    if not best.people:
        return f"Leave it all outside, with {label(found.outside)}"
    if best.alone:
        return f"Bring it all in-house: {_size(best, style)}, without {label(found.outside)}"
    return f"Put the cursor at {_size(best, style)} in-house, the rest with {label(found.outside)}"


def _size(step: Step, style: Style) -> str:
    hours = f"{plain_number(step.hours, style)} h a week"
    return hours if step.people == 1 else f"{step.people} people, {hours}"


def place(step: Step, found: Cursor, style: Style) -> str:
    """Where a step is, for a sentence."""
    if not step.people:
        return f"all of it outside with {label(found.outside)}"
    beside = "alone" if step.alone else f"beside {label(found.outside)}"
    return f"{_size(step, style)} in-house {beside}"


def _why(scenario: Scenario, best: Step, found: Cursor, style: Style) -> str:
    horizon = plain_number(scenario.horizon, style)
    which = " that meets every requirement" if best.requirements else ""
    if not which and len(found.choices) < len(found.steps):
        which = " that does the work"
    text = (
        f"It is the cheapest step{which}: {_money(best, style)} over {horizon} months, "
        f"{share_text(best.in_house, style)} of the work in-house."
    )
    compared = [(found.steps[0], "All outside"), (found.steps[-1], "All in-house")]
    cheapest = found.steps[found.cheapest]
    if all(cheapest != end for end, _ in compared):
        where = place(cheapest, found, style)
        compared.append((cheapest, where[0].upper() + where[1:]))
    for end, name in compared:
        if end != best:
            size = f" ({_size(end, style)})" if name == "All in-house" else ""
            text += f" {name}{size} {_against(end, best, style)}."
    return text


def _against(step: Step, best: Step, style: Style) -> str:
    """What another step costs against the best one, and what it misses."""
    more = step.total_cents - best.total_cents
    amount = format_money(abs(more), style, 0)
    compared = f"costs {amount} more" if more > 0 else f"costs {amount} less"
    if more == 0:
        compared = "costs the same"
    undone = 1 - (step.coverage.work_done if step.coverage.work_done is not None else 1.0)
    if step.eligible and undone > 1 - (best.coverage.work_done or 0.0) + _TOLERANCE:
        return f"{compared} but leaves {share_text(undone, style)} of the work undone"
    if step.eligible:
        return compared
    return f"{compared} {'and' if more > 0 else 'but'} misses {misses(step, style)}"


def _missed(step: Step) -> list[str]:
    return [held.name for held in step.requirements if held.met is False]


def misses(step: Step, style: Style) -> str:
    """Which requirements a step does not meet, in words."""
    return ", ".join(miss_in_words(held, style) for held in step.requirements if held.met is False)


def _money(step: Step, style: Style) -> str:
    return format_money(step.total_cents, style, 0)


def bar(cents: int, most: int, width: int) -> str:
    """A bar as long as its part of the largest amount; never nothing for something."""
    if cents <= 0 or most <= 0:
        return ""
    return "█" * max(1, round(width * cents / most))


def _curve(found: Cursor, style: Style, paint: Paint, width: int) -> Iterator[str]:
    """The table of steps; the bar takes what room is left."""
    asked = any(step.requirements for step in found.steps)
    skip = {
        figure
        for figure, usual in (("answered_in_time", None), ("work_done", 1.0))
        if all(_is(getattr(step.coverage, figure), usual) for step in found.steps)
    }
    columns, rows = _columns(found, style, skip, "")
    room = width - table_width(columns, rows)
    length = max(_LEAST_BAR, min(_LONGEST_BAR, room))
    most = max(step.total_cents for step in found.steps)
    for row, step in zip(rows, found.steps, strict=True):
        row[4] = Cell(bar(step.total_cents, most, length), row[4].style)
    yield from table(columns, rows, width, paint)
    marks = []
    if found.recommended is not None:
        which = "the cheapest"
        if len(found.choices) < len(found.steps):
            which = f"{which} that {'meets every requirement' if asked else 'does the work'}"
        marks.append(f"> {which}")
    if found.cheapest != found.recommended:
        marks.append("* the cheapest")
    if marks:
        yield paint(paragraph("; ".join(marks), width, "  "), "dim")


def _is(value: float | None, usual: float | None) -> bool:
    """Whether a figure says nothing: there is none, or it is what it usually is."""
    return value is None or (usual is not None and value >= usual - _TOLERANCE)


def _columns(
    found: Cursor, style: Style, skip: set[str], blank: str
) -> tuple[list[Column], list[list[Cell]]]:
    figures = [
        (title, figure)
        for title, figure in (
            ("Watched", "watched"),
            ("In time", "answered_in_time"),
            ("Work", "work_done"),
            ("Share", "in_house"),
        )
        if figure not in skip
    ]
    columns = [
        Column(""),
        Column("In-house"),
        Column("People", right=True),
        Column("Total", right=True),
        Column(blank),
        *(Column(title, right=True) for title, _ in figures),
        Column("OK?"),
    ]
    rows = []
    for index, step in enumerate(found.steps):
        chosen = index == found.recommended
        fits = index in found.choices
        look = "bold green" if chosen else "" if fits else "dim"
        mark = ">" if chosen else "*" if index == found.cheapest else ""
        rows.append(
            [
                Cell(mark, look),
                Cell(position(step, style), look),
                Cell(str(step.people), look),
                Cell(_money(step, style), look),
                Cell(blank, "green" if chosen else "cyan" if fits else "dim"),
                *(Cell(share_text(getattr(step.coverage, f), style), look) for _, f in figures),
                Cell("yes", "green") if fits else Cell("no", "red"),
            ]
        )
    return columns, rows


def position(step: Step, style: Style) -> str:
    """Where a step is, for a table."""
    if not step.people:
        return "all outside"
    return f"{plain_number(step.hours, style)} h" + (" alone" if step.alone else "")


def _shares(found: Cursor, style: Style, paint: Paint, width: int) -> Iterator[str]:
    """The cheapest step for each in-house share."""
    required = len(found.choices) < len(found.steps)
    columns = [Column("In-house at least"), Column("Cheapest"), Column("Total", right=True)]
    if required:
        columns += [Column("That does the job"), Column("Total", right=True)]
    rows = []
    for row in found.by_share:
        cells = [Cell(format_share(row.at_least, style, 0))]
        for index in (row.step, row.eligible) if required else (row.step,):
            if index is None:
                cells += [Cell("none", "dim"), Cell("–", "dim")]
                continue
            step = found.steps[index]
            people = f" ({step.people} people)" if step.people > 1 else ""
            cells += [Cell(position(step, style) + people), Cell(_money(step, style))]
        rows.append(cells)
    yield from table(columns, rows, width, paint)


def worse_in_words(found: Cursor, style: Style) -> str:
    """From which step on it becomes worse, and in what."""
    sentences = []
    for figure, words in _WORSE.items():
        runs: list[tuple[int, int]] = []
        for index, step in enumerate(found.steps):
            if figure not in step.worse:
                continue
            if runs and runs[-1][1] == index - 1:
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
        if runs:
            where = [
                position(found.steps[a], style)
                if a == b
                else f"{position(found.steps[a], style)} to {position(found.steps[b], style)}"
                for a, b in runs
            ]
            sentences.append(f"{words} at {_and(where)}")
    if not sentences:
        return "No step is worse than the one before it."
    return f"Against the step before it, the cursor {'; '.join(sentences)}."


def _and(texts: Sequence[str]) -> str:
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def _assumed(found: Cursor, paint: Paint, width: int) -> Iterator[str]:
    if not found.assumptions:
        return
    yield paint("Assumed for duty beyond what the scenario gives", "bold")
    for assumption in found.assumptions:
        mark = MARKS.get(assumption.confidence, assumption.confidence)
        text = f"{assumption.path} = {assumption.value}: {assumption.source} ({mark})"
        yield paragraph(safe(text), width, "    ", "  ")
