"""Which input moves the answer, as text, JSON and CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.quantity import quantity
from cmsource.analysis.sensitivity.moves import Span, State
from cmsource.analysis.sensitivity.sensitivity import Bar, Tornado
from cmsource.output.layout import Paint, cell_len, pad, painter, paragraph
from cmsource.reports.blocks import NONE
from cmsource.reports.comparison_data import Json, amount, months, share
from cmsource.reports.wording import plain_number, share_text
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, format_money, format_share, style_for, to_cents
from cmsource.values.text import printable as safe
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

FORMAT = "cmsource/sensitivity/1"
TOP = 10
COLUMNS = (
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
_LONGEST_NAME, _SHORTEST_BAR, _LONGEST_BAR = 16, 8, 40
_DOWN, _UP = "░", "█"


def sensitivity_text(
    scenario: Scenario, found: Tornado, *, width: int = 80, colour: bool = False, top: int = TOP
) -> str:
    """The answer, then a block an input: its values, and a bar for each option shown.

    Args:
        scenario: what was looked at.
        found: the inputs that move it.
        width: cells a line.
        colour: whether to paint.
        top: how many inputs to show besides those that change the recommendation.
    """
    paint = painter(colour=colour)
    style = style_for(scenario.currency)
    horizon = plain_number(scenario.horizon, style)
    title = f"{scenario.name} · {horizon} months · each input moved {_step(found, style)}"
    moving = [bar for bar in found.bars if bar.flips or any(map(bar.swing, found.options))]
    flips = [bar for bar in moving if bar.flips]
    others = [bar for bar in moving if not bar.flips]
    shown = others[:top]
    parts = [paint(paragraph(safe(title), width), "bold"), _answer(found, style, paint, width)]
    scale = _Scale(found, [*flips, *shown], style, width)
    if flips or shown:
        legend = f"{FIGURES[found.figure].meaning}; {_UP} the input higher, {_DOWN} lower"
        parts.append(paint(paragraph(f"Bars: {legend}; │ today.", width), "dim"))
    for heading, bars in (("These change the recommendation", flips), ("Widest first", shown)):
        if bars:
            lines = [paint(heading, "bold")]
            for bar in bars:
                lines += _block(bar, found, scale, style, paint, width)
            parts.append("\n".join(lines))
    parts.append(_rest(found, len(moving), others, len(shown), width))
    return "\n\n".join(part for part in parts if part) + "\n"


def _step(found: Tornado, style: Style) -> str:
    by = f"by ±{format_share(found.by, style, 0 if round(found.by * 100, 6) % 1 == 0 else 1)}"
    ranged = sum(bar.input.range is not None for bar in found.bars)
    return f"{by}, or over its range" if ranged else by


def _answer(found: Tornado, style: Style, paint: Paint, width: int) -> str:
    today = found.today

    def with_figure(name: str) -> str:
        return f"{name} ({figure_text(found.figure, today.figures[name], style)})"

    if today.recommended is None:
        answer = paint("Recommended today: none", "bold yellow")
    else:
        answer = paint(f"Recommended today: {safe(today.recommended)}", "bold green")
    leaders = " and ".join(with_figure(name) for name in found.options)
    lines = [answer, paragraph(safe(f"Shown: {leaders}."), width)]
    flips = found.flips
    if not flips:
        text = f"None of the {found.tried} inputs moved changes it alone."
    else:
        names = ", ".join(bar.input.path for bar in flips)
        verb = "changes" if len(flips) == 1 else "change"
        text = f"{len(flips)} of the {found.tried} inputs moved {verb} it alone: {names}."
    lines.append(paragraph(safe(text), width))
    guesses = [bar.input.path for bar in flips if not bar.input.given]
    if guesses:
        text = f"Not given but assumed, so find these out first: {', '.join(guesses)}."
        lines.append(paint(paragraph(safe(text), width), "yellow"))
    return "\n".join(lines)


class _Scale:
    """Where bars stand and how long they are: one scale for all, today in the middle."""

    def __init__(self, found: Tornado, bars: Sequence[Bar], style: Style, width: int) -> None:
        self._today = found.today.figures
        self._most = 0.0
        texts = [NONE]
        for bar in bars:
            for state in (bar.low, bar.high):
                for name in _names(bar, found):
                    value, today = state.figures[name], self._today[name]
                    texts.append(figure_text(found.figure, value, style))
                    if value is not None and today is not None:
                        self._most = max(self._most, abs(value - today))
        names = [cell_len(safe(name)) for bar in bars for name in _names(bar, found)]
        self.figures = max(map(cell_len, texts))
        self.names = min(_LONGEST_NAME, max(names, default=1))
        room = (width - 4 - self.names - 2 * self.figures - 7) // 2
        self.half = max(_SHORTEST_BAR // 2, min(_LONGEST_BAR // 2, room))

    def bar(self, name: str, bar: Bar) -> str:
        """The bar of an option: what the input's lower and higher end do to its figure."""
        left, right = [" "] * self.half, [" "] * self.half
        ends = [(self._cells(name, bar.low), _DOWN), (self._cells(name, bar.high), _UP)]
        for cells, sign in sorted(ends, key=lambda end: -abs(end[0])):
            side = left if cells < 0 else right
            for n in range(abs(cells)):
                side[-1 - n if cells < 0 else n] = sign
        return "".join(left) + "│" + "".join(right)

    def _cells(self, name: str, state: State) -> int:
        value, today = state.figures[name], self._today[name]
        if value is None or today is None or not self._most:
            return 0
        cells = (value - today) / self._most * self.half
        return round(cells) or (0 if cells == 0 else 1 if cells > 0 else -1)


def _block(
    bar: Bar, found: Tornado, scale: _Scale, style: Style, paint: Paint, width: int
) -> Iterator[str]:
    """An input and its values, what it flips to, and a bar for each option that it moves."""
    each, span = bar.input, bar.span
    notes = ["" if each.given else "assumed", "a range" if each.range is not None else ""]
    if span.low_clipped or span.high_clipped:
        notes.append("as far as it may go")
    said = "".join(f", {note}" for note in notes if note)
    low, high = value_text(each, span.low, style, unit=False), value_text(each, span.high, style)
    today = value_text(each, each.value, style, unit=False)
    text = f"{each.path}: {low} to {high} (today {today}{said})"
    yield paint(paragraph(safe(text), width, "      ", "  "), "" if each.given else "yellow")
    for value, state in ((span.low, bar.low), (span.high, bar.high)):
        if state.recommended != found.today.recommended:
            then = f"{state.recommended} is" if state.recommended else "none can be"
            what = f"→ at {value_text(each, value, style)}: {then} recommended"
            yield paint(paragraph(safe(what), width, "      ", "    "), "bold yellow")
    for name in _names(bar, found):
        if not bar.swing(name):
            continue
        ends = [bar.low.figures[name], bar.high.figures[name], found.today.figures[name]]
        known = [value for value in ends if value is not None]
        least, most = (figure_text(found.figure, f(known), style) for f in (min, max))
        label = pad(_short(safe(name), scale.names), scale.names, right=False)
        sides = (
            pad(least, scale.figures, right=True),
            scale.bar(name, bar),
            pad(most, scale.figures, right=True),
        )
        yield f"    {label}  {'  '.join(sides)}"


def _names(bar: Bar, found: Tornado) -> tuple[str, ...]:
    """The options to draw for an input: those shown, and those that it makes recommended."""
    usual = {None, found.today.recommended}
    then = [s.recommended for s in (bar.low, bar.high) if s.recommended not in usual]
    return tuple(dict.fromkeys(name for name in (*found.options, *then) if name is not None))


def _short(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    while cell_len(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _rest(found: Tornado, moving: int, others: Sequence[Bar], shown: int, width: int) -> str:
    """What is not shown, counted."""
    texts = []
    if len(others) > shown:
        hidden = len(others) - shown
        texts.append(f"{hidden} more, no wider; --top {len(others)} shows all.")
    silent = len(found.bars) - moving
    if silent:
        texts.append(f"{silent} move other options only.")
    if found.without_effect:
        texts.append(f"{len(found.without_effect)} have no effect.")
    if found.unmoved:
        texts.append(f"{len(found.unmoved)} stayed where they are: at 0, or with no room to move.")
    return paragraph(" ".join(texts), width) if texts else ""


def figure_text(figure: str, value: float | None, style: Style) -> str:
    """A figure of an option for people."""
    if value is None:
        return NONE
    unit = FIGURES[figure].unit
    if unit == "money":
        return format_money(to_cents(value), style, 2 if figure.startswith("per_") else 0)
    if unit == "share":
        return share_text(value, style, 1)
    return f"{plain_number(value, style)} mo"


def value_text(each: Input, value: float, style: Style, *, unit: bool = True) -> str:
    """A value of an input for people, with its unit."""
    if unit:
        return quantity(value, each.unit, style)
    return plain_number(round(value * 100, 8) if each.unit.startswith("%") else value, style)


def sensitivity_json(scenario: Scenario, found: Tornado) -> str:
    """Every input that moves anything, with both ends; format ``cmsource/sensitivity/1``."""
    return dumps(
        {
            "format": FORMAT,
            "scenario": scenario_data(scenario),
            "figure": found.figure,
            "by": share(found.by),
            "today": state_data(found.figure, found.today),
            "options": list(found.options),
            "inputs": [_bar_data(found.figure, bar) for bar in found.bars],
            "without_effect": list(found.without_effect),
            "unmoved": list(found.unmoved),
        }
    )


def scenario_data(scenario: Scenario) -> Json:
    """Which scenario a result is about."""
    return {
        "name": scenario.name,
        "file": scenario.file,
        "country": scenario.country,
        "currency": scenario.currency,
        "horizon_months": months(scenario.horizon),
    }


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


def input_data(each: Input, span: Span) -> Json:
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


def sensitivity_csv(found: Tornado) -> str:
    """A row for each input, end and option."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for bar in found.bars:
        each, span = bar.input, bar.span
        for end, value, clipped, state in (
            ("low", span.low, span.low_clipped, bar.low),
            ("high", span.high, span.high_clipped, bar.high),
        ):
            for name, then in state.figures.items():
                row = (
                    harmless(each.path),
                    each.unit,
                    "yes" if each.given else "no",
                    share(each.value),
                    end,
                    share(value),
                    "yes" if clipped else "no",
                    "yes" if bar.flips else "no",
                    harmless(state.recommended or ""),
                    harmless(name),
                    found.figure,
                    figure_data(found.figure, found.today.figures[name]),
                    figure_data(found.figure, then),
                )
                writer.writerow(row)
    return out.getvalue()
