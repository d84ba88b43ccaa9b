"""Two inputs moved together: which option is recommended at each pair of values."""

from collections.abc import Callable
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, input_at
from cmsource.analysis.sensitivity.moves import Span, State, moved_state, span_of, state_of
from cmsource.analysis.sensitivity.sensitivity import STEP
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import say

STEPS = 5


class Grid(NamedTuple):
    """Two inputs at some values each.

    Attributes:
        figure: which figure of the options is looked at.
        rows: the first input.
        columns: the second one.
        row_span: how far the first goes.
        column_span: how far the second goes.
        row_values: its values, from the least to the largest.
        column_values: the same of the second.
        today: what the options come to as the scenario stands.
        cells: what they come to, by row and column.
    """

    figure: str
    rows: Input
    columns: Input
    row_span: Span
    column_span: Span
    row_values: tuple[float, ...]
    column_values: tuple[float, ...]
    today: State
    cells: tuple[tuple[State, ...], ...]


def grid(
    scenario: Scenario,
    rows: str,
    columns: str,
    *,
    by: float = STEP,
    steps: int = STEPS,
    figure: str = "total",
    step: Callable[[int], Callable[[], None]] | None = None,
) -> Grid:
    """Move two inputs together.

    Args:
        scenario: as it was read.
        rows: path of the first input.
        columns: path of the second one.
        by: how far they move on each side, as a share, where the scenario gives no range.
        steps: how many values each takes, 2 at least; fewer for whole numbers close together.
        figure: one of `cmsource.scenario.figures.measured`.
        step: told how many cells there are, gives what is called after each.

    Raises:
        ScenarioError: there is no number at a path.
        ValueError: the paths are the same, or there are fewer than two steps.
    """
    if rows == columns:
        raise ValueError(say("a table takes two different inputs"))
    if steps < 2:
        raise ValueError(say("a table takes two steps at least"))
    first, second = input_at(scenario, rows), input_at(scenario, columns)
    spans = span_of(first, by), span_of(second, by)
    down, across = values_of(first, spans[0], steps), values_of(second, spans[1], steps)
    today = state_of(scenario, figure)
    advance = step(len(down) * len(across)) if step is not None else lambda: None

    def cell(row: float, column: float) -> State:
        state = moved_state(scenario, today, figure, {rows: row, columns: column})
        advance()
        return state

    cells = tuple(tuple(cell(row, column) for column in across) for row in down)
    return Grid(figure, first, second, spans[0], spans[1], down, across, today, cells)


def values_of(moved: Input, span: Span, steps: int) -> tuple[float, ...]:
    """Values of an input from the least to the largest; of an odd number, today's is the middle.

    Evenly spaced, on each side of today's where that is the middle.
    """
    if steps % 2:
        half = steps // 2
        below = [span.low + (moved.value - span.low) * n / half for n in range(half)]
        above = [span.high - (span.high - moved.value) * n / half for n in reversed(range(half))]
        found = [*below, moved.value, *above]
    else:
        width = span.high - span.low
        found = [span.low + width * n / (steps - 1) for n in range(steps - 1)] + [span.high]
    if moved.whole:
        found = [round(value) for value in found]
    return tuple(sorted(set(found)))
