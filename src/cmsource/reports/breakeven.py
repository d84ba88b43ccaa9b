"""``breakeven``: where two options change places, on one input or on each in turn."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import NamedTuple

from cmsource.analysis.breakeven.breakeven import Breakeven, Breakevens
from cmsource.analysis.breakeven.crossings import Crossing
from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.quantity import quantity
from cmsource.model.judgement import misses
from cmsource.reports.blocks import (
    Aside,
    Bar,
    Block,
    Cell,
    Column,
    Facts,
    Look,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
    joined,
)
from cmsource.reports.breakeven_words import Words
from cmsource.reports.charts import breakeven_lines
from cmsource.reports.comparison_data import amount, scenario_data, share
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    cells,
    change_text,
    count_text,
    missing,
    unbroken,
    verdict,
)
from cmsource.scenario.figures import FIGURES

FORMAT = "cmsource/breakeven/1"
SHOWN = 10
HEADER = (
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


class BreakevenReport(NamedTuple):
    """The break-evens of two options.

    Attributes:
        result: what was found.
        asked: whether one input was asked for.
    """

    result: Breakevens
    asked: bool = False

    def blocks(self) -> Iterator[Block]:
        """What stands today, then where it changes."""
        words = Words(self.result)
        yield from _one(words) if self.asked else _all(words)

    def data(self) -> Json:
        """``cmsource/breakeven/1``."""
        result = self.result
        return {
            "format": FORMAT,
            "scenario": scenario_data(result.scenario),
            "options": [result.first, result.second],
            "figure": result.figure,
            "today": _both(result, result.today),
            "ahead": result.ahead or None,
            "inputs": [_input(result, each) for each in result.found],
        }

    def header(self) -> Sequence[str]:
        """What is said of each break-even."""
        names = self.result.first, self.result.second
        return (*HEADER, *(f"eligible_{name}" for name in names))

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each break-even, and one for each input without any."""
        columns = self.header()
        for found in self.result.found:
            chosen, data = found.input, _input(self.result, found)
            if not found.crossings:
                data |= {"ahead_below": found.ahead_low, "ahead_above": found.ahead_high}
                yield cells(data, columns)
            for crossing in found.crossings:
                here = _crossing_data(self.result, crossing)
                here["breakeven"] = here["at"]
                here["change"] = share(
                    (crossing.at - chosen.value) / chosen.value if chosen.value else None
                )
                here |= {f"eligible_{name}": fits for name, fits in here["eligible"].items()}
                yield cells({**data, **here}, columns)


# One input ----------------------------------------------------------------------------------------


def _one(words: Words) -> Iterator[Block]:
    """All break-evens on one input."""
    [found] = words.result.found
    chosen = found.input
    low, high = (words.value(chosen, value) for value in (found.low, found.high))
    today = (
        words.today(),
        " ",
        Span(chosen.path, Look.KEY),
        f" is {words.value(chosen, chosen.value)} today; tried from {low} to {high}.",
    )
    if not found.crossings:
        yield Panel(words.title(), (Span(_no_crossing(words, found), Look.BEST), today))
        yield from _drawn(words, found)
        return
    places = [_place(words, chosen, crossing) for crossing in found.crossings]
    head = "Break-even: " if len(places) == 1 else f"{len(places)} break-evens: "
    yield Panel(words.title(), (Span(head + "; ".join(places), Look.BEST), today))
    yield from _drawn(words, found)
    for place, crossing in zip(places, found.crossings, strict=True):
        yield _sides(words, chosen, crossing, f"At {place}" if len(places) > 1 else "")


def _drawn(words: Words, found: Breakeven) -> Iterator[Block]:
    """Both options while the input moves, where pages can draw it."""
    graph = breakeven_lines(found, words)
    if graph is not None:
        yield graph


def _no_crossing(words: Words, found: Breakeven) -> str:
    who = found.ahead_low or found.ahead_high
    if not who:
        text = f"No break-even: both are equal on {words.name} throughout."
    else:
        low, high = (words.value(found.input, value) for value in (found.low, found.high))
        text = (
            f"No break-even between {low} and {high}: {words.label(who)} {words.ahead} throughout."
        )
    if found.input.about == "requirement":
        text += " A requirement moves no figure, only who is eligible."
    return text


def _place(words: Words, chosen: Input, crossing: Crossing) -> str:
    """Where a break-even is, and how far from today's value."""
    text = _where(words, chosen, crossing)
    if not chosen.value:
        return text
    return f"{text} ({change_text((crossing.at - chosen.value) / chosen.value, words.style)})"


def _where(words: Words, chosen: Input, crossing: Crossing) -> str:
    if chosen.whole:
        above = words.value(chosen, crossing.above)
        if crossing.above - crossing.below == 2:
            return f"{words.value(chosen, crossing.at)}, where both are equal"
        if crossing.above - crossing.below > 2:
            return f"both are equal between {crossing.below:g} and {above}"
        return f"between {crossing.below:g} and {above}"
    text = words.value(chosen, crossing.at, exact=True)
    return f"{text}, where the difference jumps" if crossing.jumps else text


def _sides(words: Words, chosen: Input, crossing: Crossing, title: str) -> Table:
    """Who is ahead on each side of a break-even, and whether both do the job there."""
    names = words.result.first, words.result.second
    below, above = (
        words.value(chosen, value, exact=True) for value in (crossing.below, crossing.above)
    )
    columns = (
        Column(""),
        Column(words.ahead_title, wraps=True),
        *(Column(words.label(name), right=True, wraps=True) for name in names),
    )
    sides = (
        (unbroken(f"up to {below}"), crossing.before, crossing.figures_below),
        (unbroken(f"from {above}"), crossing.after, crossing.figures_above),
    )
    rows = [
        Row(
            (
                side,
                Span(words.label(ahead), Look.BEST),
                *(words.figure(value, exact=True) for value in values),
            )
        )
        for side, ahead, values in sides
    ]
    return Table(columns, tuple(rows), title=title, note=_does_the_job(words, crossing))


def _does_the_job(words: Words, crossing: Crossing) -> str:
    """Whether the two options meet the requirements at a break-even."""
    if any(crossing.misses.values()):
        return " ".join(
            f"There {words.label(name)} misses: {', '.join(misses(missed, words.style))}."
            for name, missed in crossing.misses.items()
            if missed
        )
    if _something_is_asked(words.result):
        return "There both meet every requirement."
    return "Nothing is required of either."


def _something_is_asked(result: Breakevens) -> bool:
    require = result.scenario.require
    return any(getattr(require, name) is not None for name in type(require).model_fields)


# All inputs ---------------------------------------------------------------------------------------


class _Nearest(NamedTuple):
    """The nearest break-even on an input, and who is ahead beyond it."""

    found: Breakeven
    crossing: Crossing
    winner: str

    @property
    def misses(self) -> tuple[str, ...]:
        """What the winner misses there, in words."""
        return tuple(held.phrase for held in self.crossing.misses[self.winner])


def _nearest(found: Breakeven) -> _Nearest:
    nearest = found.nearest
    assert nearest is not None
    up = nearest.at >= found.input.value
    return _Nearest(found, nearest, nearest.after if up else nearest.before)


def _all(words: Words) -> Iterator[Block]:
    """The nearest break-even on every input, and how many inputs have none."""
    result = words.result
    every = [_nearest(found) for found in result.found if found.nearest is not None]
    shown, more = every[:SHOWN], every[SHOWN:]
    yield Panel(words.title(), (Span(words.today(), Look.BEST), _first(words, shown)))
    if shown:
        title = "Break-evens, the nearest to today's value first"
        if more:
            title += f" ({len(shown)} of {len(every)})"
        yield from _nearest_blocks(words, shown, title)
    tried = [each for each in result.found if each.nearest is None and each.touched]
    still = [each for each in result.found if not each.touched]
    yield Paragraph(
        f"No break-even in the range tried: {count_text(len(tried), 'input')}. The difference "
        f"does not rest on {len(still)} more. Without --from and --to a range goes from 0 to four "
        "times today's value, a share to 100\N{NO-BREAK SPACE}%, or as far as the scenario says.",
        Look.FAINT,
    )
    if more:
        title = f"{count_text(len(more), 'more break-even')}, further away"
        yield Aside(f"--details: {title}")
        yield Section(title, tuple(_nearest_blocks(words, more)), folded=True)


def _first(words: Words, shown: Sequence[_Nearest]) -> Text:
    """What has to change least for the answer to change."""
    if not shown:
        ahead = words.result.ahead
        if not ahead:
            return "No single input changes that."
        return f"No single input changes it: {words.label(ahead)} {words.ahead}."
    first = shown[0]
    chosen, crossing = first.found.input, first.crossing
    up = crossing.at >= chosen.value
    place = crossing.at if not chosen.whole else crossing.above if up else crossing.below
    change = first.found.change
    away = f", {change_text(change, words.style)}" if change is not None else ""
    misses = f" but misses {', '.join(first.misses)} there" if first.misses else ""
    return (
        f"{words.label(first.winner)} {words.ahead} when ",
        Span(chosen.path, Look.KEY),
        f" {'rises' if up else 'falls'} to {words.value(chosen, place)} "
        f"({words.value(chosen, chosen.value)} today{away}){misses}.",
    )


def _short(words: Words, each: _Nearest) -> str:
    """Where a break-even is, as shortly as can be."""
    chosen, crossing = each.found.input, each.crossing
    if chosen.whole and crossing.above - crossing.below == 1:
        return f"{crossing.below:g}/{crossing.above:g}"
    return unbroken(quantity(crossing.at, chosen.unit, words.style, short=True))


def _nearest_blocks(words: Words, every: Sequence[_Nearest], title: str = "") -> Iterator[Block]:
    usual = words.other(words.result.ahead) if words.result.ahead else ""
    who = any(each.winner != usual for each in every)
    asked = _something_is_asked(words.result)
    if title and not who:
        title += f"; beyond them {words.label(usual)} {words.ahead}"
    columns = (
        Column("Key to set"),
        Column("Today", right=True),
        Column("Break-even", right=True),
        Column("Change", right=True),
        Column("", keep=1),
        *([Column(f"Then {words.ahead_title.lower()}", wraps=True)] if who else []),
        *([Column("OK")] if asked else []),
    )
    rows = []
    for each in every:
        chosen, change = each.found.input, each.found.change
        rows.append(
            Row(
                (
                    Span(chosen.path, Look.KEY),
                    unbroken(quantity(chosen.value, chosen.unit, words.style, short=True)),
                    _short(words, each),
                    "" if change is None else change_text(change, words.style),
                    Cell("", Bar(1.0 if change is None else min(1.0, abs(change)), width=10)),
                    *([words.label(each.winner)] if who else []),
                    *([verdict(not each.misses)] if asked else []),
                )
            )
        )
    yield Table(columns, tuple(rows), title=title)
    missed: dict[tuple[str, tuple[str, ...]], list[Text]] = {}
    for each in every:
        if each.misses:
            path = Span(each.found.input.path, Look.KEY)
            missed.setdefault((each.winner, each.misses), []).append(path)
    if missed:
        yield Facts(
            tuple(
                (
                    missing(words.label(winner)),
                    (f"misses {', '.join(misses)} there: ", *joined(paths)),
                )
                for (winner, misses), paths in missed.items()
            )
        )


# Machines -----------------------------------------------------------------------------------------


def _both(result: Breakevens, values: tuple[float, float]) -> Json:
    """The figure of both options by their names."""
    form = amount if FIGURES[result.figure].unit == "money" else share
    names = result.first, result.second
    return {
        name: None if isnan(value) else form(value)
        for name, value in zip(names, values, strict=True)
    }


def _input(result: Breakevens, found: Breakeven) -> dict[str, Json]:
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


def _crossing_data(result: Breakevens, crossing: Crossing) -> dict[str, Json]:
    return {
        "at": share(crossing.at),
        "jumps": crossing.jumps,
        "below": share(crossing.below),
        "above": share(crossing.above),
        "ahead_below": crossing.before,
        "ahead_above": crossing.after,
        "figures_below": _both(result, crossing.figures_below),
        "figures_above": _both(result, crossing.figures_above),
        "eligible": {name: not missed for name, missed in crossing.misses.items()},
    }
