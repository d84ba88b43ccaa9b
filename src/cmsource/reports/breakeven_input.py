"""Where two options change places on one input: each crossing, and who is ahead on its sides."""

from collections.abc import Iterator

from cmsource.analysis.breakeven.breakeven import Breakeven
from cmsource.analysis.breakeven.crossings import Crossing
from cmsource.analysis.inputs.inputs import Input
from cmsource.model.judgement import misses
from cmsource.reports.blocks import (
    Block,
    Column,
    Look,
    Panel,
    Row,
    Span,
    Table,
)
from cmsource.reports.breakeven_words import Words
from cmsource.reports.charts import breakeven_lines
from cmsource.reports.wording import (
    change_text,
    unbroken,
)
from cmsource.values.language import counted, listed, say


def one_input(words: Words) -> Iterator[Block]:
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
        places=listed(places, say("; ")),
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
    change = change_text((crossing.at - chosen.value) / chosen.value)
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
    if words.something_is_asked:
        return say("There both meet every requirement.")
    return say("Nothing is required of either.")
