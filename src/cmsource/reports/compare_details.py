"""What `compare` says of each option below its answer: everything, folded."""

from collections.abc import Callable, Iterable, Iterator

from cmsource.reports.blocks import (
    NONE,
    Block,
    Column,
    Items,
    Look,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from cmsource.reports.seasons import seasons_table
from cmsource.reports.wording import (
    assumption_text,
    figure_text,
    share_text,
)
from cmsource.results.comparison import Comparison
from cmsource.results.entry import CATEGORIES, category_name
from cmsource.results.option import OptionResult
from cmsource.scenario.figures import FIGURES, Figure
from cmsource.values.language import counted, listed, say
from cmsource.values.money import Style, format_money, format_shortest

_SAID = 90
"""Figures whose columns are kept as long as this stand among the options already."""


def details_of(result: Comparison, style: Style) -> Iterator[Block]:
    """All figures, costs by category, seasons, units, signals and assumptions, folded."""
    yield _section(say("Figures"), _figures(result, style))
    yield _section(say("Cost by category"), _categories(result, style))
    seasons = seasons_table(result)
    if seasons is not None:
        yield _section(say("Seasons"), seasons)
    if result.units:
        yield _section(say("Units done a month"), _units(result))
    if result.signals:
        title = say("Signals (judgement; they change no figure)")
        yield Section(title, tuple(_signals(result)), True)
    if result.assumptions:
        title = counted(
            len(result.assumptions),
            "{count} assumption, those that matter most first",
            "{count} assumptions, those that matter most first",
        )
        yield _section(
            title, Items(tuple(assumption_text(each, style) for each in result.assumptions))
        )
    if result.advice:
        yield _section(say("In three sentences"), Paragraph(listed(result.advice, " ")))


def _section(title: str, block: Block) -> Section:
    return Section(title, (block,), folded=True)


def _figures(result: Comparison, style: Style) -> Table:
    """The figures behind the table: cash, unit costs, idle hours, the average with leads."""

    def text(figure: Figure) -> Callable[[OptionResult], str]:
        return lambda option: figure_text(figure, figure.value(option), style, exact=True)

    figures = [(each.title, text(each)) for each in FIGURES.values() if each.keep < _SAID]
    figures += [
        (say("Watched on average"), lambda o: share_text(o.horizon_average.watched)),
        (
            say("In time on average"),
            lambda o: share_text(o.horizon_average.answered_in_time),
        ),
        (say("Work on average"), lambda o: share_text(o.horizon_average.work_done)),
    ]
    return _by_option(result, figures)


def _categories(result: Comparison, style: Style) -> Table:
    def cost(category: str) -> Callable[[OptionResult], str]:
        return lambda o: (
            format_money(round(o.by_category[category] * 100), style, 0)
            if category in o.by_category
            else NONE
        )

    figures = [(category_name(category), cost(category)) for category in CATEGORIES]
    figures.append((say("total"), lambda o: format_money(o.total_cents, style, 0)))
    return _by_option(result, figures)


def _units(result: Comparison) -> Table:
    """What each option does of the activities that are counted in units."""

    def done(activity: str) -> Callable[[OptionResult], str]:
        return lambda option: format_shortest(option.units_done.get(activity, 0.0), 2)

    needed = [
        (
            say(
                "{activity}: {count} a month of {hours} h",
                activity=name,
                count=format_shortest(each.per_month, 2),
                hours=format_shortest(each.hours_each, 2),
            ),
            done(name),
        )
        for name, each in result.units.items()
    ]
    return _by_option(result, needed)


def _by_option(
    result: Comparison, figures: Iterable[tuple[str, Callable[[OptionResult], str]]]
) -> Table:
    """Figures down, options across; figures that no option has are left out."""
    options = list(result.options.values())
    labels = (Column(option.label, right=True, wraps=True) for option in options)
    rows = [Row((name, *(text(option) for option in options))) for name, text in figures]
    said = tuple(row for row in rows if any(cell != NONE for cell in row.cells[1:]))
    return Table((Column(""), *labels), said, goes_on_below=True)


def signals_by_option(result: Comparison) -> Iterator[tuple[str, str, str]]:
    """For each option with any: its label, what speaks for it and what against it, by rule."""
    for name, option in result.options.items():
        speaks_for = listed([s.rule for s in result.signals if name in s.speaks_for])
        against = listed([s.rule for s in result.signals if name in s.speaks_against])
        if speaks_for or against:
            yield option.label, speaks_for or NONE, against or NONE


def _signals(result: Comparison) -> Iterator[Block]:
    columns = tuple(
        Column(title, wraps=True) for title in (say("Option"), say("For"), say("Against"))
    )
    yield Table(columns, tuple(Row(row) for row in signals_by_option(result)))
    yield Items(
        tuple(
            (Span(s.rule, Look.STRONG), say(": {reason}", reason=s.reason)) for s in result.signals
        ),
        look=Look.FAINT,
    )
