"""Which input moves the answer: each one moved by itself, everything else as it is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input, input_at, inputs
from cmsource.analysis.selection import named_options
from cmsource.analysis.sensitivity.moves import Span, State, moved_state, span_of, state_of
from cmsource.scenario.scenario import Scenario

STEP = 0.2
"""How far inputs move where the scenario gives no range, as a share of their value."""


class Bar(NamedTuple):
    """One input at its least and at its largest value.

    Attributes:
        input: which one.
        span: how far it goes.
        low: what the options come to at its least value.
        high: the same at its largest.
        flips: whether another option is recommended at one of them.
    """

    input: Input
    span: Span
    low: State
    high: State
    flips: bool

    def swing(self, option: str) -> float:
        """How far the figure of an option moves, both ends and today taken together."""
        known = [s.figures[option] for s in (self.low, self.high)]
        found = [value for value in known if value is not None]
        return max(found) - min(found) if len(found) == len(known) else 0.0


class Tornado(NamedTuple):
    """Every input moved by itself.

    Attributes:
        figure: which figure of the options is looked at.
        by: how far inputs move where they have no range, as a share.
        today: what the options come to as the scenario stands.
        options: the options to show: those named, else the recommended one and its runner-up.
        bars: inputs that move a figure or the recommendation: those that flip it first, then by
            how far they move the figures of `options`.
        without_effect: paths of the inputs that move nothing.
        unmoved: paths of the inputs that stayed where they are: a share of 0 is 0, and some
            numbers have no room.
    """

    figure: str
    by: float
    today: State
    options: tuple[str, ...]
    bars: tuple[Bar, ...]
    without_effect: tuple[str, ...]
    unmoved: tuple[str, ...]

    @property
    def flips(self) -> tuple[Bar, ...]:
        """The inputs that change the recommendation."""
        return tuple(bar for bar in self.bars if bar.flips)

    @property
    def tried(self) -> int:
        """How many inputs were moved."""
        return len(self.bars) + len(self.without_effect)


def sensitivity(
    scenario: Scenario,
    *,
    by: float = STEP,
    on: Sequence[str] = (),
    figure: str = "total",
    options: Sequence[str] = (),
    step: Callable[[int], Callable[[], None]] | None = None,
) -> Tornado:
    """Move each numeric input of a scenario by itself.

    Args:
        scenario: as it was read.
        by: how far, as a share of the value, where the scenario gives no range.
        on: paths of inputs, or of what they are in (``sources.agency``); all inputs when empty.
        figure: one of `cmsource.scenario.figures.measured`.
        options: names of the options to rank the inputs by; else the recommended one and its
            runner-up.
        step: told how many inputs there are, gives what is called after each.

    Raises:
        ScenarioError: there is no number at a path, or no option of a name.
    """
    options = named_options(scenario, options)
    chosen = _chosen(scenario, on)
    today = state_of(scenario, figure)
    shown = tuple(dict.fromkeys(options)) or leaders(today)
    advance = step(len(chosen)) if step is not None else lambda: None
    bars: list[Bar] = []
    still: list[str] = []
    unmoved: list[str] = []
    for each in chosen:
        found = _bar(scenario, each, by, today, figure)
        if found is None:
            unmoved.append(each.path)
        elif found.flips or any(s.differs(today, today.figures) for s in (found.low, found.high)):
            bars.append(found)
        else:
            still.append(each.path)
        advance()

    def rank(bar: Bar) -> tuple[bool, float, str]:
        return not bar.flips, -max((bar.swing(name) for name in shown), default=0.0), bar.input.path

    return Tornado(
        figure, by, today, shown, tuple(sorted(bars, key=rank)), tuple(still), tuple(unmoved)
    )


def leaders(today: State) -> tuple[str, ...]:
    """The recommended option and its runner-up: the next that is eligible, else the next dearer.

    When none is recommended, the two cheapest.
    """

    def key(name: str) -> tuple[bool, bool, int, str]:
        total = today.options[name].total_cents
        return name != today.recommended, name not in today.eligible, total, name

    return tuple(sorted(today.options, key=key)[:2])


def _bar(scenario: Scenario, each: Input, by: float, today: State, figure: str) -> Bar | None:
    span = span_of(each, by)
    if span.low == each.value == span.high:
        return None
    low, high = (
        today if value == each.value else moved_state(scenario, today, figure, {each.path: value})
        for value in (span.low, span.high)
    )
    flips = any(state.recommended != today.recommended for state in (low, high))
    return Bar(each, span, low, high, flips)


def _chosen(scenario: Scenario, on: Sequence[str]) -> tuple[Input, ...]:
    """The inputs to move: those at or below the paths, else all; judgements move no figure."""
    every = tuple(each for each in inputs(scenario) if each.about != "context")
    if not on:
        return every
    found: dict[str, Input] = {}
    for path in on:
        below = [e for e in every if e.path == path or e.path.startswith(f"{path}.")]
        for each in below or [input_at(scenario, path)]:
            found[each.path] = each
    return tuple(found.values())
