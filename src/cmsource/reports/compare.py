"""``compare``: what every option costs and covers, the answer first."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cmsource.model.assumption_weights import to_find_out
from cmsource.model.judgement import amounts_in_words, by_cost, misses, tempting
from cmsource.reports.blocks import (
    NONE,
    Aside,
    Bar,
    Block,
    Cell,
    Column,
    Facts,
    Items,
    Look,
    Panel,
    Row,
    Span,
    Table,
    Text,
)
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    CHOSEN,
    assumed_value,
    figure_text,
    horizon_text,
    missing,
    origin_text,
    plain_number,
    title_text,
    verdict,
    warning_text,
)
from cmsource.results.comparison import Comparison
from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.figures import FIGURES, Figure, requirable
from cmsource.values.language import counted, listed, say
from cmsource.values.money import Style, format_money, style_for
from cmsource.values.week_words import in_words

_BARS = frozenset({"watched", "answered_in_time"})
_BAR = 10


class CompareReport(NamedTuple):
    """Comparisons of scenarios.

    Attributes:
        results: one comparison each, their options in the order in which they are to be shown.
        alone: whether there is one scenario, whose JSON is an object rather than an array.
        in_full: whether its charts and folded sections are made, which few terminals show.
    """

    results: Sequence[Comparison]
    alone: bool = True
    in_full: bool = True

    def blocks(self) -> Iterator[Block]:
        """The answer, the options, what they miss, and what to look at next."""
        for result in self.results:
            yield from _comparison(result, in_full=self.in_full)
            if self.in_full:
                from cmsource.reports.compare_details import details_of

                yield from details_of(result, style_for(result.currency))

    def data(self) -> Json:
        """``cmsource/comparison/1``, or an array of them."""
        from cmsource.reports.comparison_data import comparison_data

        found = [comparison_data(result) for result in self.results]
        return found[0] if self.alone else found

    def header(self) -> Sequence[str]:
        """What is said of each option."""
        from cmsource.reports.comparison_rows import header

        return header()

    def rows(self) -> Iterator[Sequence[object]]:
        """One row an option."""
        from cmsource.reports.comparison_rows import rows_of

        for result in self.results:
            yield from rows_of(result)


def _comparison(result: Comparison, *, in_full: bool) -> Iterator[Block]:
    style = style_for(result.currency)
    yield _answer(result, style)
    yield _options(result, style)
    if in_full:
        yield from _charts(result)
    missed = tuple(_missed(result, style))
    if missed:
        yield Facts(missed)
    if result.warnings:
        points = tuple(warning_text(warning) for warning in result.warnings)
        yield Items(points, title=say("Warnings"), look=Look.WARNING)
    hints = tuple(_hints(result, style))
    if hints:
        yield Facts(hints)
    more = [say("all figures")]
    if result.assumptions:
        more.append(counted(len(result.assumptions), "{count} assumption", "{count} assumptions"))
    if result.signals:
        more.append(counted(len(result.signals), "{count} signal", "{count} signals"))
    yield Aside(say("--details: {more} · explain: why", more=listed(more)))


def _charts(result: Comparison) -> Iterator[Block]:
    from cmsource.reports.charts import costs, cover

    yield costs(result)
    graph = cover(result)
    if graph is not None:
        yield graph


# The answer ---------------------------------------------------------------------------------------


def _answer(result: Comparison, style: Style) -> Panel:
    title = title_text(result.name, result.country, horizon_text(result.horizon_months))
    if result.recommended is None:
        head = (Span(say("None can be recommended"), Look.WARNING), result.reason)
        return Panel(title, (*head, *_taken_as_asked(result, style)), Look.WARNING)
    chosen = result.options[result.recommended]
    total = format_money(chosen.total_cents, style, 0)
    take = say("Take {option}: {total}", option=chosen.label, total=total)
    lines: list[Text] = [(Span(take, Look.BEST), listed([", ", _which(result, chosen), "."], ""))]
    others = list(_beside(result, chosen, style))
    lines += [listed(others, " ")] if others else []
    gaps = left_uncovered(chosen)
    lines += [gaps] if gaps else []
    return Panel(title, (*lines, *_taken_as_asked(result, style)))


def _taken_as_asked(result: Comparison, style: Style) -> Iterator[str]:
    """What is required of every option although the scenario does not say so."""
    held = {each.name: each for option in result.options.values() for each in option.requirements}
    taken = [
        listed([each.phrase, amounts_in_words(each, style)[1]], " ")
        for each in held.values()
        if each.assumed
    ]
    if taken:
        yield say("Assumed to be asked for: {what} (`require` says otherwise).", what=listed(taken))


def _which(result: Comparison, chosen: OptionResult) -> str:
    """Which of the options the recommended one is."""
    count = len(result.options)
    if count == 1:
        return say("the only option")
    able = len(result.eligible)
    if not chosen.requirements:
        if able == 1:
            return say("the only one of {count} options that the law allows", count=count)
        if able < count:
            return say("the cheapest of the {count} options that the law allows", count=able)
        return say("the cheapest of the {count} options", count=able)
    if able == 1:
        return say("the only one of {count} options that does the job", count=count)
    return say("the cheapest of the {count} options that do the job", count=able)


def _beside(result: Comparison, chosen: OptionResult, style: Style) -> Iterator[str]:
    """The runner-up, and the cheaper option that somebody would ask about."""
    others = [each for each in result.options.values() if each.name != chosen.name]
    able = [each for each in others if each.eligible]
    if able:
        second = min(able, key=by_cost)
        gap = _gap(second, chosen)
        more = _amount(gap, style)
        if chosen.requirements and gap:
            yield say("{option} does it for {amount} more.", option=second.label, amount=more)
        elif chosen.requirements:
            yield say("{option} does it for the same money.", option=second.label)
        elif gap:
            yield say("{option} is there for {amount} more.", option=second.label, amount=more)
        else:
            yield say("{option} is there for the same money.", option=second.label)
    least = tempting(others, chosen)
    if least is not None:
        yield say(
            "{option} costs {amount} less but misses: {what}.",
            option=least.label,
            amount=_amount(_gap(chosen, least), style),
            what=listed(misses(least.requirements, style)),
        )


def _gap(dear: OptionResult, cheap: OptionResult) -> int:
    return dear.total_cents - cheap.total_cents


def _amount(cents: int, style: Style) -> str:
    """An amount to the unit, to the cent where it would be nothing."""
    return format_money(cents, style, 0 if cents > 50 else 2)


def left_uncovered(option: OptionResult) -> str:
    """The hours of the cover in which nobody is on duty, as a sentence; "" when there are none."""
    gaps = [(phase, phase.uncovered) for phase in option.phases if phase.uncovered]
    if not gaps:
        return ""
    if all(phase.uncovered == gaps[0][1] for phase in option.phases):
        return say("Nobody is on duty: {when}.", when=in_words(gaps[0][1]))
    spans = [
        say(
            "{when} in months {first} to {last}",
            when=in_words(week),
            first=plain_number(phase.from_month),
            last=plain_number(phase.from_month + phase.months),
        )
        for phase, week in gaps
    ]
    return say("Nobody is on duty: {when}.", when=listed(spans, say("; ")))


# The options --------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """A figure as a column of the table of options.

    Attributes:
        column: its column.
        cell: its cell for an option.
    """

    column: Column
    cell: Callable[[OptionResult], Text | Cell]


def shown_figures(result: Comparison, style: Style) -> list[Shown]:
    """The figures in the table of options, from left to right."""
    cheapest = min((option.total_cents for option in result.options.values()), default=0)
    held = {each.name for option in result.options.values() for each in option.requirements}
    asked = [figure for key, figure in requirable().items() if key in held]

    def keep(figure: Figure) -> int:
        """What is asked for is shown before what is not; of coverage, at all."""
        if figure in asked and (figure.keep or figure.is_of_phases):
            return min(99, figure.keep + 50)
        return figure.keep

    def more(option: OptionResult) -> str:
        cents = option.total_cents - cheapest
        return listed(["+", format_money(cents, style, 0)], "") if cents else NONE

    found = [
        Shown(Column(figure.title, right=True, keep=keep(figure)), _cell(figure, style))
        for figure in FIGURES.values()
        if keep(figure) and figure.unit != "flag"
    ]
    found.insert(2, Shown(Column(say("vs least"), right=True, keep=1), more))
    return found


def _cell(figure: Figure, style: Style) -> Callable[[OptionResult], Text | Cell]:
    def cell(option: OptionResult) -> Text | Cell:
        text = figure_text(figure, figure.value(option), style)
        if text == NONE or figure.name not in _BARS:
            return text
        held = [each for each in option.requirements if figure is requirable().get(each.name)]
        return Cell(text, Bar(figure.read(option), _verdict_look(held[0] if held else None), _BAR))

    return cell


def _verdict_look(held: RequirementResult | None) -> Look:
    if held is None or held.met is None:
        return Look.PLAIN
    return Look.GOOD if held.met else Look.BAD


def _options(result: Comparison, style: Style) -> Table:
    """The table of options, without the figures that say nothing of any option."""
    options = list(result.options.values())
    shown = [
        figure
        for figure in shown_figures(result, style)
        if any(figure.cell(option) != NONE for option in options)
    ]
    columns = (
        Column(""),
        Column(say("Option"), wraps=True),
        *(figure.column for figure in shown),
        Column(say("OK")),
    )
    rows = []
    for option in options:
        chosen = option.name == result.recommended
        cells = (
            CHOSEN if chosen else "",
            option.label,
            *(figure.cell(option) for figure in shown),
            verdict(option.eligible),
        )
        rows.append(Row(cells, Look.BEST if chosen else Look.PLAIN))
    return Table(columns, tuple(rows), note=listed(_averages(options), " "))


def _averages(options: Sequence[OptionResult]) -> Iterator[str]:
    """What shares are averages over, and where each of it is told."""
    if any(option.worst_month is not None for option in options):
        yield say("Shares are averages over the seasons.")
    if any(len(option.phases) > 1 for option in options):
        yield say("Shares are averages over the phases.")


def _missed(result: Comparison, style: Style) -> Iterator[tuple[Text, Text]]:
    """What each option misses of what is asked for, and what it would take to pass."""
    for option in result.options.values():
        missed = misses(option.requirements, style)
        if missed:
            text = listed(missed, " · ")
            takes = option.would_take
            yield missing(option.label), listed([text, takes], say("; ")) if takes else text


# What to look at next -----------------------------------------------------------------------------


def _hints(result: Comparison, style: Style) -> Iterator[tuple[Text, Text]]:
    """The assumption that matters most, what would change the answer, what speaks against it."""
    first = to_find_out(result)
    if first is not None:
        key = Span(first.path, Look.KEY)
        taken = say(
            "taken as {value}, {origin}",
            value=assumed_value(first, style),
            origin=origin_text(first),
        )
        yield say("Find out"), (key, listed([" (", taken, ")"], ""))
    if result.advice and len(result.options) > 1:
        yield say("Tips over") if result.recommended else say("Way out"), result.advice[-1]
    against = [each.rule for each in result.signals if result.recommended in each.speaks_against]
    if against:
        chosen = result.options[result.recommended or ""]
        yield (
            say("Mind"),
            say("{rules} (speaks against {option})", rules=listed(against), option=chosen.label),
        )
