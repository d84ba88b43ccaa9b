"""``breakeven``: where two options change places, on one input or on each in turn."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import NamedTuple

from cmsource.analysis.breakeven.breakeven import Breakeven, Breakevens
from cmsource.analysis.breakeven.crossings import Crossing
from cmsource.analysis.inputs.quantity import quantity
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
from cmsource.reports.breakeven_input import one_input
from cmsource.reports.breakeven_words import Words
from cmsource.reports.comparison_data import amount, scenario_data, share
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    cells,
    change_text,
    missing,
    unbroken,
    verdict,
)
from cmsource.scenario.figures import FIGURES
from cmsource.values.language import counted, listed, say

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
        yield from one_input(words) if self.asked else _all(words)

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
            "eligible_only": result.eligible,
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
        title = say("Break-evens, the nearest to today's value first")
        if more:
            title = say(
                "Break-evens, the nearest to today's value first ({count} of {all})",
                count=len(shown),
                all=len(every),
            )
        yield from _nearest_blocks(words, shown, title)
    tried = [each for each in result.found if each.nearest is None and each.touched]
    still = [each for each in result.found if not each.touched]
    yield Paragraph(
        listed(
            [
                counted(
                    len(tried),
                    "No break-even in the range tried: {count} input.",
                    "No break-even in the range tried: {count} inputs.",
                ),
                counted(
                    len(still),
                    "The difference does not rest on {count} more.",
                    "The difference does not rest on {count} more.",
                ),
                say(
                    "Without --from and --to a range goes from 0 to four times today's value, a "
                    "share to {whole}, or as far as the scenario says.",
                    whole="100\N{NO-BREAK SPACE}%",
                ),
            ],
            " ",
        ),
        Look.FAINT,
    )
    if more:
        title = counted(
            len(more),
            "{count} more break-even, further away",
            "{count} more break-evens, further away",
        )
        yield Aside(say("--details: {what}", what=title))
        yield Section(title, tuple(_nearest_blocks(words, more)), folded=True)


def _first(words: Words, shown: Sequence[_Nearest]) -> Text:
    """What has to change least for the answer to change."""
    if not shown:
        ahead = words.result.ahead
        if not ahead:
            return say("No single input changes that.")
        return say(
            "No single input changes it: {option} {ahead}.",
            option=words.label(ahead),
            ahead=words.ahead,
        )
    first = shown[0]
    chosen, crossing = first.found.input, first.crossing
    up = crossing.at >= chosen.value
    place = crossing.at if not chosen.whole else crossing.above if up else crossing.below
    change = first.found.change
    to, today = words.value(chosen, place), words.value(chosen, chosen.value)
    now = say("{value} today", value=today)
    if change is not None:
        now = say("{value} today, {change}", value=today, change=change_text(change))
    then = (
        say(" rises to {value} ({today})", value=to, today=now)
        if up
        else say(" falls to {value} ({today})", value=to, today=now)
    )
    if first.misses:
        then = say("{then} but misses {misses} there", then=then, misses=listed(first.misses))
    return (
        say("{option} {ahead} when ", option=words.label(first.winner), ahead=words.ahead),
        Span(chosen.path, Look.KEY),
        listed([then, "."], ""),
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
    asked = words.something_is_asked
    if title and not who:
        title = say(
            "{title}; beyond them {option} {ahead}",
            title=title,
            option=words.label(usual),
            ahead=words.ahead,
        )
    columns = (
        Column(say("Key to set")),
        Column(say("Today"), right=True),
        Column(say("Break-even"), right=True),
        Column(say("Change"), right=True),
        Column("", keep=1),
        *([Column(words.then_ahead, wraps=True)] if who else []),
        *([Column(say("OK"))] if asked else []),
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
                    "" if change is None else change_text(change),
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
                    (say("misses {misses} there: ", misses=listed(misses)), *joined(paths)),
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
