"""Charts of reports: amounts as stacks, and what an option covers for its money."""

from collections.abc import Sequence
from math import floor, isnan, log10
from typing import TYPE_CHECKING

from cmsource.reports.blocks import Look
from cmsource.reports.pictures import Axis, Dot, Graph, Part, Series, Stack, Stacks, Tick
from cmsource.reports.wording import money_text, share_text
from cmsource.results.comparison import Comparison
from cmsource.results.entry import CATEGORIES
from cmsource.results.option import OptionResult
from cmsource.values.language import listed, say
from cmsource.values.money import Style, format_shortest, style_for

if TYPE_CHECKING:  # whoever compares needs none of them
    from cmsource.analysis.breakeven.breakeven import Breakeven
    from cmsource.analysis.cursor.cursor import Cursor
    from cmsource.reports.breakeven_words import Words

_TICKS = 4
"""Places on an axis at which an amount is written, about."""


def costs(result: Comparison) -> Stacks:
    """What each option costs, by category, on one scale."""
    style = style_for(result.currency)
    most = max([_spent(option) for option in result.options.values()], default=0.0) or 1.0
    stacks = []
    for option in result.options.values():
        by = {name: float(amount) for name, amount in option.by_category.items()}
        names = [name for name in CATEGORIES if by.get(name, 0.0) > 0]
        parts = [
            Part(name, by[name] / most, money_text(round(by[name] * 100), style)) for name in names
        ]
        chosen = option.name == result.recommended
        total = money_text(option.total_cents, style)
        look = Look.BEST if chosen else Look.PLAIN
        stacks.append(Stack(option.label, tuple(parts), total, look))
    return Stacks(say("Where the money goes"), tuple(stacks))


def _spent(option: OptionResult) -> float:
    """All that costs something, without what is paid back."""
    return sum(max(0.0, float(amount)) for amount in option.by_category.values())


def cover(result: Comparison) -> Graph | None:
    """What the options watch for their money, and the ones than which none is cheaper and better.

    None where no hour is to be watched.
    """
    style = style_for(result.currency)
    known = [
        (option, float(option.total), watched)
        for option in result.options.values()
        if (watched := option.coverage.watched) is not None
    ]
    if not known:
        return None
    most = max(total for _, total, _ in known) * 1.05 or 1.0
    dots = []
    for option, total, watched in known:
        look = Look.GOOD if option.eligible else Look.BAD
        text = listed([money_text(option.total_cents, style), share_text(watched)])
        dots.append(Dot(option.label, max(0.0, total) / most, watched, text, look))
    best: list[tuple[float, float]] = []
    for dot in sorted(dots, key=lambda each: (each.x, -each.y)):
        if not best or dot.y > best[-1][1]:
            best.append((dot.x, dot.y))
    frontier = Series("", tuple(best), Look.FAINT)
    asked = [
        held.limit
        for option in result.options.values()
        for held in option.requirements
        if held.name == "watched"
    ]
    limit = None
    if asked:
        text = say("asked for: {share} watched", share=share_text(asked[0]))
        limit = Tick(asked[0], text)
    return Graph(
        say("Cost against hours watched"),
        Axis(say("total"), amounts(most, style)),
        Axis(say("watched"), tuple(Tick(at, share_text(at)) for at in (0.0, 0.5, 1.0))),
        tuple(dots),
        (frontier,) if len(best) > 1 else (),
        limit,
    )


def cursor_curve(found: "Cursor", style: Style) -> Graph:
    """What each step of a cursor costs, by the hours in-house."""
    hours = max((step.hours for step in found.steps), default=0.0) or 1.0
    most = max((step.total_cents for step in found.steps), default=0) / 100 * 1.05 or 1.0
    beside: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    dots = []
    for number, step in enumerate(found.steps):
        at = step.hours / hours, step.total_cents / 100 / most
        (alone if step.alone else beside).append(at)
        look = Look.BEST if number == found.recommended else Look.GOOD
        look = look if step.eligible else Look.BAD
        place = say("{hours} h a week", hours=format_shortest(step.hours))
        text = money_text(step.total_cents, style)
        named = number in (found.recommended, 0, len(found.steps) - 1)
        dots.append(Dot(place if named else "", *at, text, look))
    lines = [
        Series(text, tuple(points), Look.FAINT)
        for text, points in ((say("beside"), beside), (say("alone"), alone))
        if len(points) > 1
    ]
    across = tuple(Tick(each / hours, format_shortest(each)) for each in steps(hours))
    return Graph(
        say("Cost by hours in-house"),
        Axis(say("hours a week in-house"), across),
        Axis(say("total"), amounts(most, style)),
        tuple(dots),
        tuple(lines),
    )


def breakeven_lines(found: "Breakeven", words: "Words") -> Graph | None:
    """What two options come to while one input moves; None where it was not asked for."""
    measured = [each for each in found.measured if not any(map(isnan, each))]
    if len(measured) < 2 or found.high <= found.low:
        return None
    top = max(max(one, other) for _, one, other in measured) * 1.05
    most = top if top > 0 else 1.0

    def across(value: float) -> float:
        return (value - found.low) / (found.high - found.low)

    lines = []
    for name, index in ((words.result.first, 1), (words.result.second, 2)):
        points = tuple((across(each[0]), max(0.0, each[index]) / most) for each in measured)
        lines.append(Series(words.label(name), points, Look.GOOD if index == 1 else Look.PLAIN))
    by_value = {each[0]: each[1] for each in measured}
    dots = [
        Dot(text, across(crossing.at), max(0.0, by_value[crossing.at]) / most, text)
        for crossing in found.crossings
        if crossing.at in by_value
        for text in (words.value(found.input, crossing.at),)
    ]
    ends = (found.low, (found.low + found.high) / 2, found.high)
    return Graph(
        say("Where the two meet"),
        Axis(
            found.input.path, tuple(Tick(across(at), words.value(found.input, at)) for at in ends)
        ),
        Axis(words.name, tuple(Tick(at / most, words.figure(at)) for at in steps(most))),
        tuple(dots),
        tuple(lines),
    )


def amounts(most: float, style: Style) -> tuple[Tick, ...]:
    """Round amounts on an axis that begins at nothing.

    Args:
        most: the amount at its end, in units of the currency.
        style: the currency's.
    """
    return tuple(Tick(each / most, money_text(round(each * 100), style)) for each in steps(most))


def steps(most: float) -> Sequence[float]:
    """Round numbers from 0 to a number, a few of them."""
    if most <= 0:
        return (0.0,)
    rough = most / _TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough)
    return tuple(step * number for number in range(int(most / step) + 1))
