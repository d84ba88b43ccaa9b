"""Charts of reports: amounts as stacks, and what an option covers for its money."""

from collections.abc import Sequence
from math import floor, log10

from cmsource.reports.blocks import Axis, Dot, Graph, Look, Part, Series, Stack, Stacks, Tick
from cmsource.reports.wording import money_text, share_text
from cmsource.results.comparison import Comparison
from cmsource.results.entry import CATEGORIES
from cmsource.results.option import OptionResult
from cmsource.values.language import say
from cmsource.values.money import Style, style_for

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
        text = f"{money_text(option.total_cents, style)}, {share_text(watched, style)}"
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
        text = say("asked for: {share} watched", share=share_text(asked[0], style))
        limit = Tick(asked[0], text)
    return Graph(
        say("Cost against hours watched"),
        Axis(say("total"), amounts(most, style)),
        Axis(say("watched"), tuple(Tick(at, share_text(at, style)) for at in (0.0, 0.5, 1.0))),
        tuple(dots),
        (frontier,) if len(best) > 1 else (),
        limit,
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
