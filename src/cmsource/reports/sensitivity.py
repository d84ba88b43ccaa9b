"""``sensitivity``: which input moves the answer, each one moved by itself."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.quantity import quantity
from cmsource.analysis.sensitivity.moves import Span as Reach
from cmsource.analysis.sensitivity.moves import State
from cmsource.analysis.sensitivity.sensitivity import Bar, Tornado
from cmsource.reports.blocks import (
    Aside,
    Block,
    Look,
    Panel,
    Paragraph,
    Section,
    Span,
    Text,
    joined,
)
from cmsource.reports.comparison_data import amount, months, scenario_data, share
from cmsource.reports.pictures import Swing, SwingGroup, Swings
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    figure_text,
    horizon_text,
    labels_of,
    plain_number,
    share_text,
    title_text,
    unbroken,
    yes_no,
)
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import counted, listed, say
from cmsource.values.money import Style, format_share, style_for

FORMAT = "cmsource/sensitivity/1"
TOP = 10
HEADER = (
    "path",
    "unit",
    "given",
    "today",
    "end",
    "value",
    "clipped",
    "flips",
    "recommended",
    "option",
    "figure",
    "figure_today",
    "figure_then",
)


class SensitivityReport(NamedTuple):
    """Every input of a scenario moved by itself.

    Attributes:
        scenario: what was looked at.
        found: the inputs that move it.
        top: how many inputs people are shown besides those that change the recommendation.
    """

    scenario: Scenario
    found: Tornado
    top: int = TOP

    def blocks(self) -> Iterator[Block]:
        """What changes the recommendation, then the widest bars, then what is left."""
        found, style = self.found, style_for(self.scenario.currency)
        yield _answer(self.scenario, found, style)
        labels = labels_of(self.scenario.options)
        moving = [bar for bar in found.bars if bar.flips or any(map(bar.swing, found.options))]
        flips = [_group(bar, found, labels, style) for bar in moving if bar.flips]
        others = [bar for bar in moving if not bar.flips]
        widest = [_group(bar, found, labels, style) for bar in others[: self.top]]
        reach = max((s.reach for group in (*flips, *widest) for s in group.swings), default=0.0)
        note: str = say("Bars: {figure}", figure=FIGURES[found.figure].meaning)
        for title, groups in (
            (say("These change the recommendation"), flips),
            (say("Widest first"), widest),
        ):
            if groups:
                yield Section(title, (Swings(tuple(groups), note, reach),))
                note = ""
        rest = listed(_rest(found, len(moving), len(others), len(widest)), " ")
        if rest:
            yield Paragraph(rest, Look.FAINT)
        if len(others) > len(widest):
            yield Aside(say("--top {all}: all of them", all=len(others)))

    def data(self) -> Json:
        """``cmsource/sensitivity/1``: every input that moves anything, with both ends."""
        found = self.found
        return {
            "format": FORMAT,
            "scenario": scenario_data(self.scenario),
            "figure": found.figure,
            "by": share(found.by),
            "today": state_data(found.figure, found.today),
            "options": list(found.options),
            "inputs": [_bar_data(found.figure, bar) for bar in found.bars],
            "without_effect": list(found.without_effect),
            "unmoved": list(found.unmoved),
        }

    def header(self) -> Sequence[str]:
        """What is said of each input, end and option."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each input, end and option."""
        found = self.found
        for bar in found.bars:
            each, span = bar.input, bar.span
            for end, value, clipped, state in (
                ("low", span.low, span.low_clipped, bar.low),
                ("high", span.high, span.high_clipped, bar.high),
            ):
                for name, then in state.figures.items():
                    yield (
                        each.path,
                        each.unit,
                        yes_no(each.given),
                        share(each.value),
                        end,
                        share(value),
                        yes_no(clipped),
                        yes_no(bar.flips),
                        state.recommended or "",
                        name,
                        found.figure,
                        figure_data(found.figure, found.today.figures[name]),
                        figure_data(found.figure, then),
                    )


def recommended_today(state: State, labels: Mapping[str, str]) -> Span:
    """What is recommended as things stand.

    Args:
        state: today's.
        labels: how options are called, by their names.
    """
    if state.recommended is None:
        return Span(say("Recommended today: none"), Look.WARNING)
    return Span(say("Recommended today: {option}", option=labels[state.recommended]), Look.BEST)


def _answer(scenario: Scenario, found: Tornado, style: Style) -> Panel:
    today, labels = found.today, labels_of(scenario.options)
    title = title_text(scenario.name, scenario.country, horizon_text(scenario.horizon))
    shown = listed(
        [
            say(
                "{option} ({figure})",
                option=labels[name],
                figure=amount_text(found.figure, today.figures[name], style),
            )
            for name in found.options
        ],
        say(" and "),
    )
    places = {"tried": found.tried, "step": _step(found)}
    if not found.flips:
        flips: Text = counted(
            found.tried,
            "The one input moved {step} does not change it alone.",
            "None of the {count} inputs moved {step} changes it alone.",
            step=places["step"],
        )
    else:
        names = joined([Span(bar.input.path, Look.KEY) for bar in found.flips])
        head = counted(
            len(found.flips),
            "{count} of the {tried} inputs moved {step} changes it alone: ",
            "{count} of the {tried} inputs moved {step} change it alone: ",
            **places,
        )
        flips = (head, *names, ".")
    lines: list[Text] = [recommended_today(today, labels), flips]
    guesses = [Span(bar.input.path, Look.KEY) for bar in found.flips if not bar.input.given]
    if guesses:
        first = Span(say("Not given but assumed, so find these out first: "), Look.WARNING)
        lines.append((first, *joined(guesses), "."))
    lines.append(say("Shown: {options}.", options=shown))
    return Panel(title, tuple(lines), Look.GOOD if today.recommended else Look.WARNING)


def _step(found: Tornado) -> str:
    whole = round(found.by * 100, 6) % 1 == 0
    by = say("by ±{share}", share=format_share(found.by, 0 if whole else 1))
    ranged = any(bar.input.range is not None for bar in found.bars)
    return say("{step} (or over their ranges)", step=by) if ranged else by


def _group(bar: Bar, found: Tornado, labels: Mapping[str, str], style: Style) -> SwingGroup:
    """An input and its values, what it flips to, and a bar for each option that it moves."""
    each, span = bar.input, bar.span
    notes = [
        "" if each.given else say("assumed"),
        say("a range") if each.range is not None else "",
    ]
    if span.low_clipped or span.high_clipped:
        notes.append(say("as far as it may go"))
    low, high = value_text(each, span.low, style, unit=False), value_text(each, span.high, style)
    today = value_text(each, each.value, style, unit=False)
    said = listed([say("today {value}", value=today), *(note for note in notes if note)])
    span_text = say(": {low} to {high} ({notes})", low=low, high=high, notes=said)
    title = (Span(each.path, Look.KEY), span_text)
    flips = [
        Span(
            _flip(value_text(each, value, style), labels.get(state.recommended or "")), Look.WARNING
        )
        for value, state in ((span.low, bar.low), (span.high, bar.high))
        if state.recommended != found.today.recommended
    ]
    swings = [
        _swing(name, bar, found, style)._replace(label=labels[name])
        for name in _names(bar, found)
        if bar.swing(name)
    ]
    return SwingGroup(title, tuple(swings), tuple(flips))


def _flip(value: str, recommended: str | None) -> str:
    """What is recommended where an input has another value."""
    if recommended is None:
        return say("→ at {value}: none can be recommended", value=value)
    return say("→ at {value}: {option} is recommended", value=value, option=recommended)


def _names(bar: Bar, found: Tornado) -> tuple[str, ...]:
    """The options to draw for an input: those shown, and those that it makes recommended."""
    usual = {None, found.today.recommended}
    then = [s.recommended for s in (bar.low, bar.high) if s.recommended not in usual]
    return tuple(dict.fromkeys(name for name in (*found.options, *then) if name is not None))


def _swing(name: str, bar: Bar, found: Tornado, style: Style) -> Swing:
    low, today, high = (state.figures[name] for state in (bar.low, found.today, bar.high))
    assert low is not None
    assert high is not None  # else nothing would swing
    known = (low, high) if today is None else (low, today, high)
    least, most = (amount_text(found.figure, f(known), style) for f in (min, max))
    if today is None:  # nothing to draw a bar from
        return Swing(name, 0.0, 0.0, 0.0, least, most)
    return Swing(name, low, today, high, least, most)


def _rest(found: Tornado, moving: int, others: int, shown: int) -> Iterator[str]:
    """What is not shown, counted."""
    if others > shown:
        yield counted(
            others - shown,
            "{count} more, no wider.",
            "{count} more, no wider.",
        )
    silent = len(found.bars) - moving
    if silent:
        yield counted(
            silent, "{count} move other options only.", "{count} move other options only."
        )
    if found.without_effect:
        yield counted(
            len(found.without_effect), "{count} have no effect.", "{count} have no effect."
        )
    if found.unmoved:
        yield counted(
            len(found.unmoved),
            "{count} stayed where they are: at 0, or with no room to move.",
            "{count} stayed where they are: at 0, or with no room to move.",
        )


def amount_text(figure: str, value: float | None, style: Style) -> str:
    """A figure of an option, fine enough to see it move."""
    found = FIGURES[figure]
    if found.unit == "share":
        return share_text(value, 1)
    return figure_text(found, value, style, exact=found.group == "unit cost")


def value_text(each: Input, value: float, style: Style, *, unit: bool = True) -> str:
    """A value of an input for people, with its unit."""
    if unit:
        return unbroken(quantity(value, each.unit, style))
    return plain_number(round(value * 100, 8) if each.is_share else value)


def state_data(figure: str, state: State) -> Json:
    """What is recommended, and the figure of each option."""
    figures = {name: figure_data(figure, value) for name, value in state.figures.items()}
    return {"recommended": state.recommended, "figures": figures}


def figure_data(figure: str, value: float | None) -> Decimal | int | None:
    """A figure of an option: money with two decimals, shares with six, months."""
    unit = FIGURES[figure].unit
    if unit == "money":
        return amount(value)
    return share(value) if unit == "share" else months(value)


def input_data(each: Input, span: Reach) -> Json:
    """An input and how far it goes; shares from 0 to 1."""
    return {
        "path": each.path,
        "unit": each.unit,
        "today": share(each.value),
        "given": each.given,
        "range": each.range is not None,
        "low": share(span.low),
        "low_clipped": span.low_clipped,
        "high": share(span.high),
        "high_clipped": span.high_clipped,
    }


def _bar_data(figure: str, bar: Bar) -> Json:
    return {
        **input_data(bar.input, bar.span),
        "flips": bar.flips,
        "at_low": state_data(figure, bar.low),
        "at_high": state_data(figure, bar.high),
    }
