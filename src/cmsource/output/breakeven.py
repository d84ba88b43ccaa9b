"""Break-evens for people, as JSON and as CSV."""

import csv
import io
from collections.abc import Sequence
from math import isnan

from cmsource.analysis.breakeven.breakeven import Breakeven, Breakevens, nearest_first
from cmsource.analysis.breakeven.crossings import Crossing
from cmsource.analysis.breakeven.gap import MORE_IS_BETTER
from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.quantity import quantity
from cmsource.model.judgement import WORDS, miss_in_words
from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table
from cmsource.reports.comparison_data import Json, amount, months, share
from cmsource.results.comparison import RequirementResult
from cmsource.scenario.bounds import FIGURES
from cmsource.values.money import (
    Style,
    format_money,
    format_number,
    format_share,
    style_for,
    to_cents,
)
from cmsource.values.text import printable as safe
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

SHOWN = 10
FORMAT = "cmsource/breakeven/1"


def breakeven_text(
    result: Breakevens, *, asked: bool, width: int = 80, colour: bool = False, everything: bool
) -> str:
    """Break-evens for a terminal or a pipe.

    Args:
        result: what was found.
        asked: whether one input was asked for.
        width: cells a line.
        colour: whether to paint.
        everything: whether to show all inputs that have a break-even, not the nearest ones only.
    """
    paint = painter(colour=colour)
    style = style_for(result.scenario.currency)
    parts = [_title(result, paint, width), _today(result, style, paint, width)]
    if asked:
        parts.append(_one(result, result.found[0], style, paint, width))
    else:
        parts += _all(result, style, paint, width, everything=everything)
    return "\n\n".join(parts) + "\n"


def _title(result: Breakevens, paint: Paint, width: int) -> str:
    scenario = result.scenario
    horizon = quantity(scenario.horizon, "months", style_for(scenario.currency))
    text = f"{safe(scenario.name)} · {scenario.country} · {horizon}"
    return paint(paragraph(text, width), "bold")


def _label(result: Breakevens, name: str) -> str:
    option = next(option for option in result.scenario.options if option.name == name)
    return safe(option.label)


def _today(result: Breakevens, style: Style, paint: Paint, width: int) -> str:
    """The two options as things stand."""
    first, second = _label(result, result.first), _label(result, result.second)
    title = paint(f"{first} or {second}: where does the answer change?", "bold")
    values = _today_figures(result, style)
    if any(isnan(value) for value in result.today):
        text = f"Today there is no {_name(result)} to compare: nothing to measure."
    elif not result.ahead:
        text = f"Today both have the same {_name(result)}: {values[0]}."
    else:
        turned = result.ahead == result.second
        one, other = (second, first) if turned else (first, second)
        mine, theirs = (values[1], values[0]) if turned else values
        text = f"Today {one} {_verb(result)}: {mine} against {theirs} for {other}."
    return f"{title}\n{paragraph(text, width)}"


def _today_figures(result: Breakevens, style: Style) -> tuple[str, str]:
    """The figure of both as things stand, fine enough to tell them apart."""
    rough = [_figure(result, value, style) for value in result.today]
    if rough[0] == rough[1] and result.ahead:
        rough = [_figure(result, value, style, exact=True) for value in result.today]
    return rough[0], rough[1]


def _name(result: Breakevens) -> str:
    return "total" if result.figure == "total" else result.figure.replace("_", " ")


def _verb(result: Breakevens) -> str:
    """What an option does that is ahead."""
    if result.figure == "total":
        return "costs less"
    more = "more" if result.figure in MORE_IS_BETTER else "less"
    return f"has {more} {_name(result)}"


def _figure(result: Breakevens, value: float, style: Style, *, exact: bool = False) -> str:
    unit = FIGURES[result.figure].unit
    if isnan(value):
        return "nothing to measure"
    if unit == "money":
        small = result.figure.startswith("per_")
        return format_money(to_cents(value), style, 2 if exact or small else 0)
    if unit == "share":
        return format_share(value, style, 2 if exact else 1)
    return f"{format_number(value, style, 1)} months"


def _one(result: Breakevens, found: Breakeven, style: Style, paint: Paint, width: int) -> str:
    """All break-evens on one input."""
    chosen = found.input
    low, high = (_written(chosen, value, style) for value in (found.low, found.high))
    head = paragraph(
        f"{safe(chosen.path)} is {_written(chosen, chosen.value, style)} today; "
        f"tried from {low} to {high}.",
        width,
    )
    if not found.crossings:
        who = found.ahead_low or found.ahead_high
        if not who:
            text = f"No break-even: both have the same {_name(result)} throughout."
        else:
            text = (
                f"No break-even between {low} and {high}: "
                f"{_label(result, who)} {_verb(result)} throughout."
            )
        if chosen.about == "requirement":
            text += " A requirement moves no figure, only who is eligible."
        return f"{head}\n\n{paint(paragraph(text, width), 'bold')}"
    lines = [head]
    for crossing in found.crossings:
        lines += ["", *_crossing(result, chosen, crossing, style, paint, width)]
    return "\n".join(lines)


def _crossing(
    result: Breakevens,
    chosen: Input,
    crossing: Crossing,
    style: Style,
    paint: Paint,
    width: int,
) -> list[str]:
    """One break-even: where, who is ahead on each side, and whether both do the job there."""
    below, above = (
        _written(chosen, value, style, exact=True) for value in (crossing.below, crossing.above)
    )
    text = f"Break-even: {_place(chosen, crossing, style)}"
    if chosen.value:
        text += f" ({_percent((crossing.at - chosen.value) / chosen.value, style)})"
    lines = [paint(paragraph(text, width), "bold")]
    money = FIGURES[result.figure].unit == "money"
    columns = [Column(""), Column("Cheaper" if money else "Ahead", wraps=True)]
    names = result.first, result.second
    columns += [Column(_label(result, name), right=True) for name in names]
    rows = [
        [Cell(head), Cell(_label(result, ahead)), *_pair(result, figures, style)]
        for head, ahead, figures in (
            (f"up to {below}", crossing.before, crossing.figures_below),
            (f"from {above}", crossing.after, crossing.figures_above),
        )
    ]
    lines += table(columns, rows, width, paint, "  ")
    lines.append(paragraph(_does_the_job(result, crossing, style), width, "  "))
    return lines


def _pair(result: Breakevens, values: tuple[float, float], style: Style) -> list[Cell]:
    return [Cell(_figure(result, value, style, exact=True)) for value in values]


def _place(chosen: Input, crossing: Crossing, style: Style) -> str:
    """Where a break-even is, in words."""
    if chosen.whole:
        above = _written(chosen, crossing.above, style)
        if crossing.above - crossing.below == 2:
            return f"{_written(chosen, crossing.at, style)}, where both are equal"
        if crossing.above - crossing.below > 2:
            return f"both are equal between {crossing.below:g} and {above}"
        return f"between {crossing.below:g} and {above}"
    text = _written(chosen, crossing.at, style, exact=True)
    return f"{text}, where the difference jumps" if crossing.jumps else text


def _does_the_job(result: Breakevens, crossing: Crossing, style: Style) -> str:
    """Whether the two options meet the requirements at a break-even."""
    misses = {name: found.all() for name, found in crossing.misses.items()}
    if not any(misses.values()):
        asked = any(
            getattr(result.scenario.require, name) is not None
            for name in result.scenario.require._fields
            if name != "origins"
        )
        return "There both meet every requirement." if asked else "Nothing is required of either."
    return " ".join(
        f"There {_label(result, name)} misses: {_misses(missed, style)}."
        for name, missed in misses.items()
        if missed
    )


def _misses(missed: Sequence[RequirementResult], style: Style) -> str:
    return ", ".join(miss_in_words(held, style) for held in missed)


def _all(
    result: Breakevens, style: Style, paint: Paint, width: int, *, everything: bool
) -> list[str]:
    """The nearest break-even on every input, and how many inputs have none."""
    having = list(nearest_first(result.found))
    shown = having if everything else having[:SHOWN]
    parts = []
    money = FIGURES[result.figure].unit == "money"
    if shown:
        title = "Break-evens, the nearest to today's value first"
        if len(shown) < len(having):
            title += f" ({len(shown)} of {len(having)}; --all shows all)"
        columns = [
            Column("Key to set", wraps=True),
            Column("Today", right=True),
            Column("Break-even", right=True),
            Column("Change", right=True),
            Column("Then cheaper" if money else "Then ahead", wraps=True),
        ]
        rows = [_row(result, each, style) for each in shown]
        parts.append("\n".join([paint(title, "bold"), *table(columns, rows, width, paint)]))
    else:
        who = _label(result, result.ahead) if result.ahead else "neither"
        parts.append(
            paint(paragraph(f"No single input changes it: {who} {_verb(result)}.", width), "bold")
        )
    tried = [each for each in result.found if each.nearest is None and each.touched]
    still = [each for each in result.found if not each.touched]
    note = (
        f"No break-even in the range tried: {len(tried)} inputs. The difference does not rest on "
        f"{len(still)} more. Without --from and --to a range goes from 0 to four times today's "
        "value, a share to 100 %, or as far as the scenario says."
    )
    parts.append(paragraph(note, width))
    return parts


def _row(result: Breakevens, found: Breakeven, style: Style) -> list[Cell]:
    chosen, nearest = found.input, found.nearest
    assert nearest is not None
    place = quantity(nearest.at, chosen.unit, style, short=True)
    if chosen.unit.startswith(("h/", "m", "days")):  # the unit stands beside today's value
        place = place.partition(" ")[0].partition("/")[0]
    if chosen.whole and nearest.above - nearest.below == 1:
        place = f"{nearest.below:g}/{nearest.above:g}"
    up = nearest.at >= chosen.value
    winner = nearest.after if up else nearest.before
    text = _label(result, winner)
    missed = nearest.misses[winner].some()
    if missed:
        text += f" (misses {', '.join(WORDS[held.name] for held in missed)})"
    change = "" if found.change is None else _percent(found.change, style)
    return [
        Cell(safe(chosen.path)),
        Cell(quantity(chosen.value, chosen.unit, style, short=True)),
        Cell(place),
        Cell(change),
        Cell(text),
    ]


def _written(chosen: Input, value: float, style: Style, *, exact: bool = False) -> str:
    return quantity(value, chosen.unit, style, exact=exact)


def _percent(change: float, style: Style) -> str:
    """A change with its sign."""
    sign = "+" if change >= 0 else "-"
    return sign + format_share(abs(change), style, 0 if abs(change) >= 0.1 else 1)


# Machines ----------------------------------------------------------------------------------------


def breakeven_json(result: Breakevens) -> str:
    """Break-evens as JSON, format ``cmsource/breakeven/1``."""
    scenario = result.scenario
    return dumps(
        {
            "format": FORMAT,
            "scenario": {
                "name": scenario.name,
                "file": scenario.file,
                "country": scenario.country,
                "currency": scenario.currency,
                "horizon_months": months(scenario.horizon),
            },
            "options": [result.first, result.second],
            "figure": result.figure,
            "today": _both(result, result.today),
            "ahead": result.ahead or None,
            "inputs": [_input(result, each) for each in result.found],
        }
    )


def _both(result: Breakevens, values: tuple[float, float]) -> Json:
    """The figure of both options by their names."""
    form = amount if FIGURES[result.figure].unit == "money" else share
    names = result.first, result.second
    return {
        name: None if isnan(value) else form(value)
        for name, value in zip(names, values, strict=True)
    }


def _input(result: Breakevens, found: Breakeven) -> Json:
    chosen, nearest = found.input, found.nearest
    return {
        "path": chosen.path,
        "unit": chosen.unit,
        "value": share(chosen.value),
        "given": chosen.given,
        "low": share(found.low),
        "high": share(found.high),
        "moves_the_difference": found.touched,
        "ahead_low": found.ahead_low or None,
        "ahead_high": found.ahead_high or None,
        "nearest": None if nearest is None else share(nearest.at),
        "change": share(found.change),
        "breakevens": [_crossing_data(result, crossing) for crossing in found.crossings],
    }


def _crossing_data(result: Breakevens, crossing: Crossing) -> Json:
    return {
        "at": share(crossing.at),
        "jumps": crossing.jumps,
        "below": share(crossing.below),
        "above": share(crossing.above),
        "ahead_below": crossing.before,
        "ahead_above": crossing.after,
        "figures_below": _both(result, crossing.figures_below),
        "figures_above": _both(result, crossing.figures_above),
        "eligible": {name: not found.some() for name, found in crossing.misses.items()},
    }


def breakeven_csv(result: Breakevens) -> str:
    """Break-evens as CSV: a row for each, and one for each input without any."""
    names = result.first, result.second
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COLUMNS, *(f"eligible_{name}" for name in names)])
    for found in result.found:
        chosen = found.input
        head = [harmless(chosen.path), chosen.unit]
        head += [str(share(value)) for value in (chosen.value, found.low, found.high)]
        if not found.crossings:
            ahead = harmless(found.ahead_low), harmless(found.ahead_high)
            writer.writerow([*head, "", "", "", *ahead, "", ""])
        for crossing in found.crossings:
            change = (crossing.at - chosen.value) / chosen.value if chosen.value else None
            does = ["no" if crossing.misses[name].some() else "yes" for name in names]
            writer.writerow(
                [
                    *head,
                    share(crossing.at),
                    share(change),
                    "yes" if crossing.jumps else "no",
                    harmless(crossing.before),
                    harmless(crossing.after),
                    *does,
                ]
            )
    return out.getvalue()


_COLUMNS = (
    "path",
    "unit",
    "value",
    "low",
    "high",
    "breakeven",
    "change",
    "jumps",
    "ahead_below",
    "ahead_above",
)
