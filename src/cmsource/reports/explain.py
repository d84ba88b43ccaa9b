"""``explain``: the ledger of options, each entry as quantity × unit price and where it is from."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.reports.blocks import (
    Block,
    Column,
    Heading,
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
from cmsource.reports.comparison_data import (
    assumption_data,
    comparison_data,
    entry_data,
)
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    assumption_text,
    cells,
    horizon_text,
    plain_number,
    share_text,
    title_text,
    units_kept,
)
from cmsource.results.comparison import Comparison
from cmsource.results.entry import Entry
from cmsource.results.option import OptionResult
from cmsource.results.phase import Roster
from cmsource.scenario.figures import of_group
from cmsource.values.money import (
    Style,
    format_money,
    format_months,
    format_share,
    format_shortest,
    style_for,
)

HEADER = (
    "option",
    "label",
    "source",
    "category",
    "phase",
    "from_month",
    "months",
    "quantity",
    "unit",
    "unit_price",
    "price_index",
    "amount",
    "cash",
    "why",
    "refs",
)
_UNITS = {"h": "h", "day": "days", "month": "months", "year": "years"}
_SPACE = "\N{NO-BREAK SPACE}"


class ExplainReport(NamedTuple):
    """The ledgers of some options of a comparison.

    Attributes:
        result: the comparison.
        names: the options.
    """

    result: Comparison
    names: Sequence[str]

    def blocks(self) -> Iterator[Block]:
        """The ledger of each option, then the assumptions that they rest on."""
        style = style_for(self.result.currency)
        for name in self.names:
            yield from _option(self.result.options[name], self.result, style)
        if self.result.assumptions:
            title = "Assumptions, those that most money rests on first"
            yield Items(tuple(map(assumption_text, self.result.assumptions)), title)

    def data(self) -> Json:
        """``cmsource/explanation/1``: entries with what their unit prices are made of."""
        whole = comparison_data(self.result)
        return {
            "format": "cmsource/explanation/1",
            "scenario": whole["scenario"],
            "options": {
                name: {
                    **whole["options"][name],
                    "entries": [
                        entry_data(entry, details=True)
                        for entry in self.result.options[name].entries
                    ],
                }
                for name in self.names
            },
            "assumptions": [assumption_data(each) for each in self.result.assumptions],
        }

    def header(self) -> Sequence[str]:
        """What is said of each entry."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row an entry."""
        for name in self.names:
            option = self.result.options[name]
            for entry in option.entries:
                data = entry_data(entry)
                data |= {"option": option.name, "label": option.label, "phase": entry.phase + 1}
                yield cells({**data, "refs": ", ".join(entry.refs)}, HEADER)


def _option(option: OptionResult, result: Comparison, style: Style) -> Iterator[Block]:
    length = horizon_text(result.horizon_months, style)
    total = format_money(option.total_cents, style)
    lines: list[Text] = [(Span(total, Look.STRONG), f" over {length}")]
    if option.cash != option.total:
        cash = format_money(round(option.cash * 100), style)
        lines.append(f"of which {cash} is cash, the rest own time")
    live = option.coverage.live_after_months
    if live:
        lines.append(f"all at work after {format_months(live, style)}: month 0 is that day")
    yield Panel(title_text(option.label, result.name), tuple(lines), Look.PLAIN)
    for number, phase in enumerate(option.phases):
        if len(option.phases) > 1:
            end = plain_number(phase.from_month + phase.months, style)
            yield Heading(f"Months {plain_number(phase.from_month, style)} to {end}")
        entries = [entry for entry in option.entries if entry.phase == number]
        if entries:
            yield _entries(entries, style)
        yield from _people(option, number, style)
        for name, roster in phase.rosters.items():
            yield _roster(name, roster, style)
    yield from _schedules(option, style)


def _entries(entries: Sequence[Entry], style: Style) -> Table:
    """Each entry: what it is, its arithmetic, its references, its amount."""
    columns = (Column("Cost"), Column("How", wraps=True), Column("Amount", right=True))
    rows = []
    for entry in entries:
        unpaid = "" if entry.cash or entry.category == "own time" else ", own time"
        how: list[str | Span] = [
            Span(arithmetic(entry, style), Look.STRONG),
            f": {entry.why}{unpaid}{_when(entry, style)}",
        ]
        if entry.refs:
            how.append(Span(f" from {', '.join(entry.refs)}", Look.FAINT))
        cost = Span(f"{entry.source} · {entry.category}", Look.KEY)
        rows.append(Row((cost, tuple(how), format_money(entry.cents, style))))
    return Table(columns, tuple(rows))


def _when(entry: Entry, style: Style) -> str:
    start = plain_number(entry.from_month, style)
    if not entry.months:
        return f" (at month{_SPACE}{start})"
    end = plain_number(entry.from_month + entry.months, style)
    return f" (months{_SPACE}{start} to{_SPACE}{end})"


def arithmetic(entry: Entry, style: Style) -> str:
    """An entry's arithmetic, such as ``1 820 h × 16,50 € × 1,02``."""
    index = f" ×{_SPACE}{number(entry.price_index, style, 6)}" if entry.price_index != 1 else ""
    if entry.unit == "of pay":
        pay = format_money(round(entry.quantity * 100), style)
        return f"{pay} of pay ×{_SPACE}{format_share(entry.unit_price, style, 2)}{index}"
    quantity = f"{number(entry.quantity, style, 4)}{_SPACE}{_unit(entry)}"
    return f"{quantity} ×{_SPACE}{price_text(entry.unit_price, style)}{index}"


def _unit(entry: Entry) -> str:
    plural = _UNITS.get(entry.unit, f"{entry.unit}s")
    return entry.unit if abs(entry.quantity - 1) < 1e-9 else plural


def number(value: float, style: Style, decimals: int) -> str:
    """A number with as many decimals as it needs, up to a limit."""
    return format_shortest(value, decimals)


def price_text(value: float, style: Style) -> str:
    """A unit price: to the cent, or with more decimals where the cent does not hold it."""
    cents = round(value * 100)
    if abs(value * 100 - cents) < 1e-6:
        return format_money(cents, style)
    return style.amount(number(abs(value), style, 6), negative=value < 0)


def _people(option: OptionResult, phase: int, style: Style) -> Iterator[Block]:
    """Who is there in a phase, and what that covers."""
    result = option.phases[phase]
    columns = (
        Column("Who"),
        Column("People", right=True),
        Column("On each hour", right=True),
        Column("Somebody there", right=True),
        Column("Work a week", right=True),
    )
    rows = [
        Row(
            (
                Span(name, Look.KEY),
                str(source.headcount),
                number(source.depth, style, 4),
                share_text(source.presence, style, 2),
                f"{number(source.hours_done, style, 2)}{_SPACE}h",
            )
        )
        for name, source in result.sources.items()
    ]
    yield Table(columns, tuple(rows), "Who is there")
    figures = [
        f"{figure.phrase} {share_text(value, style, 2)}"
        for figure in of_group("coverage")
        if figure.unit == "share" and (value := figure.value(result)) is not None
    ]
    if figures:
        yield Paragraph(", ".join(figures))


def _roster(name: str, roster: Roster, style: Style) -> Block:
    """A team's weekly rotation, one row a week, or why there is none."""
    title = f"Weekly rotation of {name}"
    if not roster.rows:
        needed = f"; {roster.needed} people would do" if roster.needed else ""
        return Section(title, (Paragraph(f"none that is legal: {roster.why_not}{needed}"),))
    columns = (Column("Row"), Column("On duty", wraps=True), Column("Hours", right=True))
    rows = [
        Row((str(row), duty, number(hours, style, 2)))
        for row, (duty, hours) in enumerate(zip(roster.rows, roster.hours, strict=True), 1)
    ]
    people = len(roster.rows)
    mean = number(sum(roster.hours) / people, style, 2)
    text = units_kept(f"{mean} h a week on average. ")
    if people > 1:
        text += "One person begins in each row and takes the next one each week. "
    if roster.teams > 1:
        text += f"{roster.teams} such teams work side by side. "
    text += "The rest of the contract's hours covers leave and absence."
    return Table(columns, tuple(rows), title, text)


def _schedules(option: OptionResult, style: Style) -> Iterator[Table]:
    """What the employer charges of each source are made of, in its first year."""
    shown = set()
    columns = (
        Column("Contribution", wraps=True),
        Column("Base", right=True),
        Column("Rate", right=True),
        Column("Amount", right=True),
    )
    for entry in option.entries:
        if not entry.details or entry.source in shown:
            continue
        shown.add(entry.source)
        rows = [
            Row(
                (
                    detail.name,
                    format_money(round(detail.base * 100), style),
                    "" if detail.rate == 1 else format_share(detail.rate, style, 3),
                    format_money(round(detail.amount * 100), style),
                )
            )
            for detail in entry.details
        ]
        total = sum(round(detail.amount * 100) for detail in entry.details)
        rows.append(Row(("total", "", "", format_money(total, style)), Look.STRONG))
        title = f"Employer charges of {entry.source}, one person, a month"
        yield Table(columns, tuple(rows), title)
