"""Two inputs moved together, as text, JSON and CSV."""

import csv
import io
from collections.abc import Sequence
from string import ascii_uppercase

from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.sensitivity.grid import Grid
from cmsource.analysis.sensitivity.moves import Span, State
from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table, table_width
from cmsource.output.sensitivity import (
    figure_data,
    figure_text,
    input_data,
    scenario_data,
    state_data,
    value_text,
)
from cmsource.reports.blocks import NONE
from cmsource.reports.comparison_data import Json, share
from cmsource.reports.wording import plain_number
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, style_for
from cmsource.values.text import printable as safe
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

FORMAT = "cmsource/grid/1"


def grid_text(scenario: Scenario, found: Grid, *, width: int = 80, colour: bool = False) -> str:
    """A table with a letter for the recommended option in each cell, and its figure."""
    paint = painter(colour=colour)
    style = style_for(scenario.currency)
    horizon = plain_number(scenario.horizon, style)
    title = f"{scenario.name} · {horizon} months · {found.rows.path} and {found.columns.path}"
    states = [state for row in found.cells for state in row]
    chosen = dict.fromkeys(state.recommended for state in states)
    names = [name for name in found.today.figures if name in chosen]
    letters = dict(zip(names, _letters(len(names)), strict=True))
    today = found.today.recommended
    answer = paint(
        f"Recommended today: {safe(today or 'none')}", "bold green" if today else "bold yellow"
    )
    parts = [
        paint(paragraph(safe(title), width), "bold"),
        f"{answer}\n{paragraph(safe(_answer(found, names, chosen)), width)}",
        "\n".join(_table(found, letters, style, paint, width)),
        paragraph(safe(_legend(found, letters, None in chosen)), width),
    ]
    return "\n\n".join(parts) + "\n"


def _letters(count: int) -> list[str]:
    return [ascii_uppercase[n] if n < len(ascii_uppercase) else f"#{n + 1}" for n in range(count)]


def _answer(found: Grid, names: Sequence[str], chosen: dict[str | None, None]) -> str:
    states = [state for row in found.cells for state in row]
    if len(chosen) == 1:
        return f"It is so in all {len(states)} cells."
    counts = [(n, sum(state.recommended == n for state in states)) for n in names]
    if None in chosen:
        counts.append(("none", sum(state.recommended is None for state in states)))
    said = ", ".join(f"{name} in {count}" for name, count in counts)
    return f"Of {len(states)} cells: {said}."


def _legend(found: Grid, letters: dict[str, str], none: bool) -> str:
    said = [f"{letter} {name}" for name, letter in letters.items()]
    if none:
        said.append(f"{NONE} none is recommended")
    clipped = [
        each.path
        for each, span in ((found.rows, found.row_span), (found.columns, found.column_span))
        if span.low_clipped or span.high_clipped
    ]
    text = f"{', '.join(said)}; with its {FIGURES[found.figure].meaning}. * today."
    if clipped:
        text += f" As far as it may go: {', '.join(clipped)}."
    return text


def _table(
    found: Grid, letters: dict[str, str], style: Style, paint: Paint, width: int
) -> list[str]:
    """The cells, in as many pieces of columns as the width asks for."""
    left = list(range(len(found.column_values)))
    lines = [
        paragraph(safe(f"Down: {_named(found.rows)}. Across: {_named(found.columns)}."), width)
    ]
    while left:
        for count in range(len(left), 0, -1):
            part = left[:count]
            columns = [Column("", right=True)]
            columns += [
                Column(_head(found.columns, found.column_values[n], style), right=True)
                for n in part
            ]
            rows = [
                [
                    Cell(_head(found.rows, value, style), "bold"),
                    *(_cell(found, cells[n], letters, style) for n in part),
                ]
                for value, cells in zip(found.row_values, found.cells, strict=True)
            ]
            if count == 1 or table_width(columns, rows) <= width:
                break
        lines += ["", *table(columns, rows, width, paint)]
        left = left[count:]
    return lines


def _named(each: Input) -> str:
    return f"{each.path} in {each.unit}" if each.unit else each.path


def _head(each: Input, value: float, style: Style) -> str:
    mark = "*" if value == each.value else ""
    return f"{mark}{value_text(each, value, style, unit=False)}"


def _cell(found: Grid, state: State, letters: dict[str, str], style: Style) -> Cell:
    name = state.recommended
    if name is None:
        return Cell(NONE, "dim")
    text = f"{letters[name]} {figure_text(found.figure, state.figures[name], style)}"
    return Cell(text, "" if name == found.today.recommended else "yellow")


def grid_json(scenario: Scenario, found: Grid) -> str:
    """Every cell with all options; format ``cmsource/grid/1``."""
    return dumps(
        {
            "format": FORMAT,
            "scenario": scenario_data(scenario),
            "figure": found.figure,
            "today": state_data(found.figure, found.today),
            "rows": _side(found.rows, found.row_span, found.row_values),
            "columns": _side(found.columns, found.column_span, found.column_values),
            "cells": [[state_data(found.figure, state) for state in row] for row in found.cells],
        }
    )


def _side(each: Input, span: Span, values: Sequence[float]) -> Json:
    return {**input_data(each, span), "values": [share(value) for value in values]}


def grid_csv(found: Grid) -> str:
    """A row for each cell: both values, the recommended option and its figure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [harmless(each.path) for each in (found.rows, found.columns)]
    writer.writerow([*heads, "recommended", found.figure])
    for row, cells in zip(found.row_values, found.cells, strict=True):
        for column, state in zip(found.column_values, cells, strict=True):
            name = state.recommended
            value = None if name is None else figure_data(found.figure, state.figures[name])
            writer.writerow([share(row), share(column), harmless(name or ""), value])
    return out.getvalue()
