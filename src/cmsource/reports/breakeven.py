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
        say(
            " is {value} today; tried from {low} to {high}.",
            value=words.value(chosen, chosen.value),
            low=low,
            high=high,
        ),
    )
    if not found.crossings:
        yield Panel(words.title(), (Span(_no_crossing(words, found), Look.BEST), today))
        yield from _drawn(words, found)
        return
    places = [_place(words, chosen, crossing) for crossing in found.crossings]
    head = counted(
        len(places),
        "Break-even: {places}",
        "{count} break-evens: {places}",
        places=listed(places, "; "),
    )
    yield Panel(words.title(), (Span(head, Look.BEST), today))
    yield from _drawn(words, found)
    for place, crossing in zip(places, found.crossings, strict=True):
        yield _sides(
            words, chosen, crossing, say("At {place}", place=place) if len(places) > 1 else ""
        )


def _drawn(words: Words, found: Breakeven) -> Iterator[Block]:
    """Both options while the input moves, where pages can draw it."""
    graph = breakeven_lines(found, words)
    if graph is not None:
        yield graph


def _no_crossing(words: Words, found: Breakeven) -> str:
    who = found.ahead_low or found.ahead_high
    ends = {found.ahead_low, found.ahead_high}
    if words.result.eligible and ends == {""}:
        text = say("No break-even: in the range tried neither is the one to take.")
    elif words.result.eligible and len(ends) > 1:
        text = say(
            "No break-even: {option} {ahead} wherever one of the two does the job.",
            option=words.label(who),
            ahead=words.ahead,
        )
    elif not who:
        text = say("No break-even: both are equal on {figure} throughout.", figure=words.name)
    else:
        low, high = (words.value(found.input, value) for value in (found.low, found.high))
        text = say(
            "No break-even between {low} and {high}: {option} {ahead} throughout.",
            low=low,
            high=high,
            option=words.label(who),
            ahead=words.ahead,
        )
    if who and not words.result.eligible and words.result.misses[who]:
        # Who is cheaper need not be who does the job.
        lacks = say(
            "Yet {option} misses {misses}: --eligible counts it only where it does the job.",
            option=words.label(who),
            misses=words.misses(who),
        )
        text = listed([text, lacks], " ")
    if found.input.about == "requirement" and not words.result.eligible:
        moves = say("A requirement moves no figure, only who is eligible.")
        return listed([text, moves], " ")
    return text


def _place(words: Words, chosen: Input, crossing: Crossing) -> str:
    """Where a break-even is, and how far from today's value."""
    text = _where(words, chosen, crossing)
    if not chosen.value:
        return text
    change = change_text((crossing.at - chosen.value) / chosen.value, words.style)
    return say("{place} ({change})", place=text, change=change)


def _where(words: Words, chosen: Input, crossing: Crossing) -> str:
    if chosen.whole:
        above = words.value(chosen, crossing.above)
        if crossing.above - crossing.below == 2:
            at = words.value(chosen, crossing.at)
            return say("{value}, where both are equal", value=at)
        below = f"{crossing.below:g}"
        if crossing.above - crossing.below > 2:
            return say("both are equal between {low} and {high}", low=below, high=above)
        return say("between {low} and {high}", low=below, high=above)
    text = words.value(chosen, crossing.at, exact=True)
    return say("{value}, where the difference jumps", value=text) if crossing.jumps else text


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
        (unbroken(say("up to {value}", value=below)), crossing.before, crossing.figures_below),
        (unbroken(say("from {value}", value=above)), crossing.after, crossing.figures_above),
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
        return listed(
            [
                say(
                    "There {option} misses: {misses}.",
                    option=words.label(name),
                    misses=listed(misses(missed, words.style)),
                )
                for name, missed in crossing.misses.items()
                if missed
            ],
            " ",
        )
    if _something_is_asked(words.result):
        return say("There both meet every requirement.")
    return say("Nothing is required of either.")


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
        now = say("{value} today, {change}", value=today, change=change_text(change, words.style))
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
    asked = _something_is_asked(words.result)
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
