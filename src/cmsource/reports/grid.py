"""``sensitivity --grid``: what is recommended where two inputs move together."""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.sensitivity.grid import Grid
from cmsource.analysis.sensitivity.moves import Span as Reach
from cmsource.analysis.sensitivity.moves import State
from cmsource.reports.blocks import NONE, Block, Column, Look, Panel, Row, Span, Table, Text
from cmsource.reports.comparison_data import scenario_data, share
from cmsource.reports.report import Json
from cmsource.reports.sensitivity import (
    amount_text,
    figure_data,
    input_data,
    recommended_today,
    state_data,
    value_text,
)
from cmsource.reports.wording import horizon_text, labels_of, title_text, unbroken
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import listed, say
from cmsource.values.money import Style, style_for
from cmsource.values.written import unit_name

FORMAT = "cmsource/grid/1"


class GridReport(NamedTuple):
    """Two inputs of a scenario moved together.

    Attributes:
        scenario: what was looked at.
        found: its cells.
    """

    scenario: Scenario
    found: Grid

    def blocks(self) -> Iterator[Block]:
        """A table with a letter for the recommended option in each cell, and its figure."""
        found, style = self.found, style_for(self.scenario.currency)
        states = [state for row in found.cells for state in row]
        chosen = {state.recommended for state in states}
        labels = labels_of(self.scenario.options)
        names = [name for name in found.today.figures if name in chosen]
        letters = dict(zip(names, _letters(len(names)), strict=True))
        length = horizon_text(self.scenario.horizon)
        yield Panel(
            title_text(self.scenario.name, self.scenario.country, length),
            (recommended_today(found.today, labels), _counted(states, names, labels)),
            Look.GOOD if found.today.recommended else Look.WARNING,
        )
        named = {labels[name]: letter for name, letter in letters.items()}
        yield _table(found, letters, _legend(found, named, none=None in chosen), style)

    def data(self) -> Json:
        """``cmsource/grid/1``: every cell with all options."""
        found = self.found
        return {
            "format": FORMAT,
            "scenario": scenario_data(self.scenario),
            "figure": found.figure,
            "today": state_data(found.figure, found.today),
            "rows": _side(found.rows, found.row_span, found.row_values),
            "columns": _side(found.columns, found.column_span, found.column_values),
            "cells": [[state_data(found.figure, state) for state in row] for row in found.cells],
        }

    def header(self) -> Sequence[str]:
        """Both inputs, the recommended option and its figure."""
        found = self.found
        return (found.rows.path, found.columns.path, "recommended", found.figure)

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each cell."""
        found = self.found
        for row, cells in zip(found.row_values, found.cells, strict=True):
            for column, state in zip(found.column_values, cells, strict=True):
                name = state.recommended
                value = None if name is None else figure_data(found.figure, state.figures[name])
                yield share(row), share(column), name or "", value


def _letters(count: int) -> list[str]:
    return [ascii_uppercase[n] if n < len(ascii_uppercase) else f"#{n + 1}" for n in range(count)]


def _counted(states: Sequence[State], names: Sequence[str], labels: Mapping[str, str]) -> str:
    """In how many cells each option is recommended."""
    counts = [(labels[n], sum(state.recommended == n for state in states)) for n in names]
    none = sum(state.recommended is None for state in states)
    if none:
        counts.append((say("none"), none))
    if len(counts) == 1:
        return say("It is so in all {count} cells.", count=len(states))
    named = listed([say("{option} in {count}", option=name, count=n) for name, n in counts])
    return say("Of {count} cells: {options}.", count=len(states), options=named)


def _legend(found: Grid, letters: dict[str, str], *, none: bool) -> str:
    said = [unbroken(listed([letter, name], " ")) for name, letter in letters.items()]
    if none:
        said.append(say("{sign} none is recommended", sign=NONE))
    clipped = [
        each.path
        for each, span in ((found.rows, found.row_span), (found.columns, found.column_span))
        if span.low_clipped or span.high_clipped
    ]
    text = say(
        "{letters}; with its {figure}. * today.",
        letters=listed(said),
        figure=FIGURES[found.figure].meaning,
    )
    if clipped:
        ends = say("As far as it may go: {inputs}.", inputs=listed(clipped))
        return listed([text, ends], " ")
    return text


def _table(found: Grid, letters: dict[str, str], legend: str, style: Style) -> Table:
    columns = [
        Column(_head(found.columns, value, style), right=True) for value in found.column_values
    ]
    rows = [
        Row(
            (
                Span(_head(found.rows, value, style), Look.STRONG),
                *(_cell(found, state, letters, style) for state in cells),
            )
        )
        for value, cells in zip(found.row_values, found.cells, strict=True)
    ]
    return Table(
        (Column("", right=True), *columns),
        tuple(rows),
        title=say(
            "Down: {rows}. Across: {columns}.",
            rows=_named(found.rows),
            columns=_named(found.columns),
        ),
        note=legend,
        goes_on_below=True,
    )


def _named(each: Input) -> str:
    if not each.unit:
        return each.path
    return say("{input} in {unit}", input=each.path, unit=unit_name(each.unit))


def _head(each: Input, value: float, style: Style) -> str:
    mark = "*" if value == each.value else ""
    return listed([mark, value_text(each, value, style, unit=False)], "")


def _cell(found: Grid, state: State, letters: dict[str, str], style: Style) -> Text:
    name = state.recommended
    if name is None:
        return Span(NONE, Look.FAINT)
    amount = amount_text(found.figure, state.figures[name], style)
    text = listed([letters[name], amount], " ")
    return Span(text, Look.PLAIN if name == found.today.recommended else Look.WARNING)


def _side(each: Input, span: Reach, values: Sequence[float]) -> Json:
    return {**input_data(each, span), "values": [share(value) for value in values]}
