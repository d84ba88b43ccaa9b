"""``simulate``: how sure the answer is, and which input matters most to it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.simulation.simulation import OptionDraws, Simulation, Weight
from cmsource.reports.blocks import (
    NONE,
    Aside,
    Bar,
    Block,
    Cell,
    Column,
    Items,
    Look,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.comparison_data import amount, months, share
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    CHOSEN,
    horizon_text,
    labels_of,
    money_text,
    plain_number,
    share_text,
    title_text,
    unbroken,
)
from cmsource.reports.worth import find_out, range_text, worth_data, worth_table
from cmsource.values.language import counted, listed, say
from cmsource.values.money import Style, format_money, format_number, style_for
from cmsource.values.written import in_units

FORMAT = "cmsource/simulation/1"
HEADER = (
    "scenario",
    "option",
    "label",
    "currency",
    "draws",
    "seed",
    "cheapest_eligible",
    "eligible",
    "total_p10",
    "total_p50",
    "total_p90",
    "total_least",
    "total_most",
    "total_mean",
    "total_at_likely",
    "over_budget",
    "over_cost",
)
_BY_INPUT = ("rank_correlation", "worth_of_knowing")
_TINY = 0.005
_SHOWN = 15
"""Inputs that are shown without being asked for."""
_BAR, _LONG_BAR = 10, 40


class SimulateReport(NamedTuple):
    """A scenario drawn many times.

    Attributes:
        result: the simulation.
    """

    result: Simulation

    def blocks(self) -> Iterator[Block]:
        """The answer, the options, which input matters most, how the totals spread."""
        result, style = self.result, style_for(self.result.currency)
        yield _answer(result, style)
        yield _options(result, style)
        yield _weights(result, result.weights[:_SHOWN])
        if others := result.weights[_SHOWN:]:
            title = say("The other inputs")
            yield Section(title, (_weights(result, others)._replace(title=""),), folded=True)
        if result.worth is not None and result.worth.perfect > 0:
            title = say("What knowing a number is worth")
            yield Section(title, (worth_table(result, result.worth, style),), folded=True)
            yield Aside(say("--details: what knowing each number is worth"))
        beyond = [_beyond(weight) for weight in result.weights if weight.clipped > 0]
        if beyond:
            yield Items(tuple(beyond), say("Draws beyond what is allowed"), Look.WARNING)
        spread = tuple(_spread(option, style) for option in _ranked(result))
        yield Section(say("How the totals spread"), spread)

    def data(self) -> Json:
        """``cmsource/simulation/1``."""
        result = self.result
        return {
            "format": FORMAT,
            "scenario": {
                "name": result.name,
                "file": result.file,
                "currency": result.currency,
                "horizon_months": months(result.horizon_months),
            },
            "draws": result.draws,
            "seed": result.seed,
            "options": {option.name: _option_data(option) for option in result.options},
            "none_eligible": share(result.none_eligible),
            "at_likely": result.at_likely,
            "leaders": list(result.leaders),
            "inputs": [_input_data(weight) for weight in result.weights],
            "by": share(result.by),
            "worth_of_knowing": worth_data(result.worth),
        }

    def header(self) -> Sequence[str]:
        """What is said of each option, and a column for each input."""
        paths = [weight.drawn.path for weight in self.result.weights]
        found = (f"{what} {path}" for what in _BY_INPUT for path in paths)
        return (*HEADER, *found)

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each option, with the rank correlation of its total with each input."""
        result = self.result
        known = {} if result.worth is None else result.worth.of_inputs
        worth = [
            amount(round(known[each.drawn.path]) / 100) if known else None
            for each in result.weights
        ]
        for option in result.options:
            totals = option.totals
            spread = (totals.p10, totals.p50, totals.p90, totals.least, totals.most, totals.mean)
            yield (
                result.name,
                option.name,
                option.label,
                result.currency,
                result.draws,
                result.seed,
                share(option.cheapest),
                share(option.eligible),
                *(amount(cents / 100) for cents in (*spread, option.at_likely)),
                share(option.over_budget),
                share(option.over_cost),
                *(share(weight.with_total[option.name]) for weight in result.weights),
                *worth,
            )


def _answer(result: Simulation, style: Style) -> Panel:
    draws = counted(
        result.draws,
        "{count} draw",
        "{count} draws",
        count=format_number(result.draws),
    )
    ranges = counted(len(result.weights), "{count} range", "{count} ranges")
    title = title_text(
        result.name,
        horizon_text(result.horizon_months),
        unbroken(say("{draws} of {ranges}", draws=draws, ranges=ranges)),
        *([say("what nobody gave ± {share}", share=share_text(result.by))] if result.by else []),
        unbroken(say("seed {number}", number=result.seed)),
    )
    labels = labels_of(result.options)
    ranked = [option for option in _ranked(result) if option.cheapest > 0]
    lines: list[Text] = []
    if not ranked:
        lines.append(Span(say("In no draw is any option eligible."), Look.WARNING))
    else:
        first, *others = ranked
        lines.append(
            Span(
                say(
                    "In {share} of the draws, {option} is the cheapest eligible option",
                    share=share_text(first.cheapest, 1),
                    option=first.label,
                ),
                Look.BEST,
            )
        )
        named = [
            say(
                "{option} in {share}",
                option=each.label,
                share=share_text(each.cheapest, 1),
            )
            for each in others
        ]
        if result.none_eligible > 0:
            none = share_text(result.none_eligible, 1)
            named.append(say("none is eligible in {share}", share=none))
        if named:
            lines.append(listed([listed(named), "."], ""))
    likely = result.at_likely
    if likely is None:
        lines.append(say("At the likely values, none is eligible."))
    elif not ranked or likely != ranked[0].name:
        lines.append(say("At the likely values, it is {option}.", option=labels[likely]))
    if result.worth is not None:
        lines.append(find_out(result.worth, labels, style))
    return Panel(title, tuple(lines), Look.GOOD if ranked else Look.WARNING)


def _ranked(result: Simulation) -> list[OptionDraws]:
    """The options, those first that are chosen most often."""
    return sorted(result.options, key=lambda o: (-o.cheapest, -o.eligible, o.totals.p50))


def _options(result: Simulation, style: Style) -> Table:
    """How often each option is chosen, and what its total may be."""
    limits = [
        (name, f"> {name}", [getattr(option, f"over_{name}") for option in result.options])
        for name in ("budget", "cost")
    ]
    passed = [(name, title) for name, title, over in limits if any(x is not None for x in over)]
    columns = (
        Column(""),
        Column(say("Option"), wraps=True),
        Column(say("Cheapest"), right=True),
        Column(say("Eligible"), right=True),
        *(Column(title, right=True) for title in (say("P10"), say("P50"), say("P90"))),
        *(Column(title, right=True) for _, title in passed),
    )
    rows = []
    for option in _ranked(result):
        leads = option.name == result.leaders[0] and option.cheapest > 0
        totals = option.totals
        look = Look.GOOD if leads else Look.PLAIN
        cells: tuple[Text | Cell, ...] = (
            CHOSEN if leads else "",
            option.label,
            Cell(share_text(option.cheapest, 1), Bar(option.cheapest, look, _BAR)),
            share_text(option.eligible, 1),
            *(money_text(round(cents), style) for cents in (totals.p10, totals.p50, totals.p90)),
            *(share_text(getattr(option, f"over_{name}"), 1) for name, _ in passed),
        )
        rows.append(Row(cells, Look.BEST if leads else Look.PLAIN))
    notes = [
        say("Cheapest: share of the draws in which it costs the least of the eligible options."),
        say("P10, P50, P90: a tenth, half and nine tenths of the draws have a smaller total."),
    ]
    if passed:
        over = listed([title for _, title in passed], say(" and "))
        notes.append(say("{limits}: share of the draws above what require allows.", limits=over))
    return Table(columns, tuple(rows), note=listed(notes, " "))


def _weights(result: Simulation, weights: Sequence[Weight]) -> Table:
    """How each of some inputs goes together with the choice and with the totals."""
    names, labels = result.leaders, labels_of(result.options)
    several = len(names) > 1
    columns = (
        Column(say("Input")),
        Column(say("Low – likely – high"), wraps=True),
        *([Column(say("Choice"), right=True), Column("", keep=1)] if several else []),
        *(Column(labels[name], right=True, wraps=True) for name in names),
    )
    rows = []
    for weight in weights:
        lead = weight.with_lead
        choice: list[Text | Cell] = [
            _coefficient(lead),
            Cell("", Bar(abs(lead or 0.0), width=_BAR)),
        ]
        rows.append(
            Row(
                (
                    Span(weight.drawn.path, Look.KEY),
                    range_text(weight.drawn),
                    *(choice if several else []),
                    *(_coefficient(weight.with_total[name]) for name in names),
                )
            )
        )
    if not several:
        title = say("Which input matters most")
        note = say("Rank correlation of each input, from -1 to 1, with the total of an option.")
    else:
        both = {"first": labels[names[0]], "second": labels[names[1]]}
        title = say("Which input matters most to the choice between {first} and {second}", **both)
        note = say(
            "Rank correlation of each input, from -1 to 1, with the total of an option and, under "
            "Choice, with the total of {first} less that of {second}: above 0, more of it speaks "
            "for {second}.",
            **both,
        )
    return Table(columns, tuple(rows), title, note)


def _coefficient(value: float | None) -> str:
    if value is None:
        return NONE
    if abs(value) < _TINY:
        return format_number(0.0, 2)
    return listed(["+" if value > 0 else "", format_number(value, 2)], "")


def _beyond(weight: Weight) -> Text:
    """How many draws of an input lay beyond what is allowed, and what is."""
    each = weight.drawn.input
    scale = 100.0 if each.is_share else 1.0
    bounds = []
    last = ""
    if weight.drawn.low < each.low:
        last = plain_number(scale * each.low)
        bounds.append(say("at least {number}", number=last))
    if weight.drawn.high > each.high:
        last = plain_number(scale * each.high)
        bounds.append(say("at most {number}", number=last))
    ends = listed(bounds, say(" and "))
    allowed = unbroken(in_units(last, each.unit, ends) if each.unit else ends)
    return (
        Span(each.path, Look.KEY),
        say(
            ": {share} of its draws count as the nearest allowed value, {allowed}",
            share=share_text(weight.clipped, 1),
            allowed=allowed,
        ),
    )


def _spread(option: OptionDraws, style: Style) -> Block:
    """The totals of an option: how many draws lie between which amounts."""
    name = option.label
    if len(option.histogram) == 1 and option.totals.least == option.totals.most:
        total = format_money(round(option.totals.least), style)
        return Paragraph((Span(name, Look.STRONG), say(": {total} in every draw", total=total)))
    decimals = 2 if any(each.low % 100 for each in option.histogram) else 0
    longest = max(each.share for each in option.histogram)
    rows = (
        Row(
            (
                format_money(each.low, style, decimals),
                format_money(each.high, style, decimals),
                share_text(each.share, 1),
                Cell("", Bar(each.share / longest, width=_LONG_BAR, track=False)),
            )
        )
        for each in option.histogram
    )
    columns = (
        *(Column(title, right=True) for title in (say("From"), say("To"), say("Draws"))),
        Column(""),
    )
    return Table(columns, tuple(rows), title=name)


def _option_data(option: OptionDraws) -> Json:
    totals = option.totals
    return {
        "label": option.label,
        "cheapest_eligible": share(option.cheapest),
        "eligible": share(option.eligible),
        "total": {name: amount(cents / 100) for name, cents in totals._asdict().items()},
        "total_at_likely": amount(option.at_likely / 100),
        "over_budget": share(option.over_budget),
        "over_cost": share(option.over_cost),
        "histogram": [
            {"from": amount(each.low / 100), "to": amount(each.high / 100)}
            | {"share": share(each.share)}
            for each in option.histogram
        ],
    }


def _input_data(weight: Weight) -> Json:
    drawn = weight.drawn
    return {
        "path": drawn.path,
        "unit": drawn.input.unit,
        "low": share(drawn.low),
        "likely": share(drawn.input.value),
        "high": share(drawn.high),
        "shape": drawn.shape,
        "correlated_with": drawn.group if drawn.correlation > 0 else None,
        "correlation": share(drawn.correlation),
        "clipped": share(weight.clipped),
        "rank_correlation": {
            "leaders": share(weight.with_lead),
            "totals": {name: share(value) for name, value in weight.with_total.items()},
        },
    }
