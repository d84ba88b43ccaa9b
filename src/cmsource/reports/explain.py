"""``explain``: the ledger of options, each entry as quantity × unit price and where it is from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cmsource.reports.blocks import (
    NONE,
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
    figure_text,
    horizon_text,
    plain_number,
    share_text,
    title_text,
    units_kept,
)
from cmsource.results.comparison import Comparison
from cmsource.results.entry import Entry, category_name
from cmsource.results.option import OptionResult
from cmsource.results.phase import OnCallResult, PhaseResult, Roster, SourceResult
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import of_group
from cmsource.scenario.provenance import ref_in_words
from cmsource.values.language import counted, listed, say
from cmsource.values.money import (
    Style,
    format_money,
    format_months,
    format_price,
    format_share,
    format_shortest,
    style_for,
)
from cmsource.values.week import a_month_of
from cmsource.values.written import written

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
_UNITS: Mapping[str, Callable[[float, str], str]] = {
    "h": lambda _, count: say("{count}\N{NO-BREAK SPACE}h", count=count),
    "day": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}day", "{count}\N{NO-BREAK SPACE}days", count=count
    ),
    "night": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}night", "{count}\N{NO-BREAK SPACE}nights", count=count
    ),
    "week": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}week", "{count}\N{NO-BREAK SPACE}weeks", count=count
    ),
    "weekend": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}weekend", "{count}\N{NO-BREAK SPACE}weekends", count=count
    ),
    "month": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}month", "{count}\N{NO-BREAK SPACE}months", count=count
    ),
    "year": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}year", "{count}\N{NO-BREAK SPACE}years", count=count
    ),
    "head": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}head", "{count}\N{NO-BREAK SPACE}heads", count=count
    ),
    "hire": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}hire", "{count}\N{NO-BREAK SPACE}hires", count=count
    ),
    "resolution": lambda n, count: counted(
        n,
        "{count}\N{NO-BREAK SPACE}resolution",
        "{count}\N{NO-BREAK SPACE}resolutions",
        count=count,
    ),
    "time": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}time", "{count}\N{NO-BREAK SPACE}times", count=count
    ),
    "call-out": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}call-out", "{count}\N{NO-BREAK SPACE}call-outs", count=count
    ),
    "message": lambda n, count: counted(
        n, "{count}\N{NO-BREAK SPACE}message", "{count}\N{NO-BREAK SPACE}messages", count=count
    ),
}
"""How many units an entry has, from the number and how it is written."""
_SHARED = {"of pay": say("{amount} of pay"), "of ads": say("{amount} spent on ads")}
"""Amounts of which an entry is a share, by its unit."""
_SPACE = "\N{NO-BREAK SPACE}"
_TIMES = f" ×{_SPACE}"


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
        if self._assumptions:
            title = say("Assumptions, those that most money rests on first")
            yield Items(tuple(assumption_text(each, style) for each in self._assumptions), title)

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
            "assumptions": [assumption_data(each) for each in self._assumptions],
        }

    @property
    def _assumptions(self) -> Sequence[Assumption]:
        """Those that the options rest on."""
        options = [self.result.options[name] for name in self.names]
        return [each for each in self.result.assumptions if _is_used(each, options)]

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


def _is_used(assumption: Assumption, options: Sequence[OptionResult]) -> bool:
    """Whether some options rest on an assumption: on their sources, their money, or what is asked.

    A company counts for its own people, and for whoever takes its time.
    """
    head, *keys = assumption.path.split(".")
    if head == "options":
        return any(option.name == keys[0] for option in options)
    if head == "sources":
        return any(keys[0] in phase.sources for option in options for phase in option.phases)
    entries = [entry for option in options for entry in option.entries]
    if head == "tools":
        return any(f"tools.{keys[0]}" == entry.source for entry in entries)
    if head == "own_time":
        return any(entry.category == "own time" for entry in entries)
    if head == "company":
        return any(entry.category in {"pay", "employer charges", "own time"} for entry in entries)
    return True


def _option(option: OptionResult, result: Comparison, style: Style) -> Iterator[Block]:
    length = horizon_text(result.horizon_months)
    total = format_money(option.total_cents, style)
    over = listed(["", say("over {months}", months=length)], " ")
    lines: list[Text] = [(Span(total, Look.STRONG), over)]
    if option.cash != option.total:
        cash = format_money(round(option.cash * 100), style)
        lines.append(say("of which {amount} is cash, the rest own time", amount=cash))
    live = option.coverage.live_after_months
    if live:
        after = format_months(live)
        lines.append(say("all at work after {months}: month 0 is that day", months=after))
    yield Panel(title_text(option.label, result.name), tuple(lines), Look.PLAIN)
    for number, phase in enumerate(option.phases):
        if len(option.phases) > 1:
            end = plain_number(phase.from_month + phase.months)
            first = plain_number(phase.from_month)
            yield Heading(say("Months {first} to {last}", first=first, last=end))
        entries = [entry for entry in option.entries if entry.phase == number]
        if entries:
            yield _entries(entries, style)
        yield from _people(option, number, style)
        for name, roster in phase.rosters.items():
            yield _roster(name, roster)
    yield from _schedules(option, style)


def _entries(entries: Sequence[Entry], style: Style) -> Table:
    """Each entry: what it is, its arithmetic, its references, its amount."""
    columns = (
        Column(say("Cost")),
        Column(say("How"), wraps=True),
        Column(say("Amount"), right=True),
    )
    rows = []
    for entry in entries:
        paid = entry.cash or entry.category == "own time"
        why = entry.why if paid else listed([entry.why, say("own time")])
        how: list[str | Span] = [
            Span(arithmetic(entry, style), Look.STRONG),
            say(": {reason}", reason=listed([why, _when(entry)], " ")),
        ]
        if entry.refs:
            refs = say("from {places}", places=listed(map(ref_in_words, entry.refs)))
            how.append(Span(listed(["", refs], " "), Look.FAINT))
        cost = Span(listed([entry.source, category_name(entry.category)], " · "), Look.KEY)
        rows.append(Row((cost, tuple(how), format_money(entry.cents, style))))
    return Table(columns, tuple(rows))


def _when(entry: Entry) -> str:
    start = plain_number(entry.from_month)
    if not entry.months:
        return say("(at month\N{NO-BREAK SPACE}{number})", number=start)
    end = plain_number(entry.from_month + entry.months)
    return say(
        "(months\N{NO-BREAK SPACE}{first} to\N{NO-BREAK SPACE}{last})", first=start, last=end
    )


def arithmetic(entry: Entry, style: Style) -> str:
    """An entry's arithmetic, such as ``1 820 h × 16,50 € × 1,02``."""
    index = [number(entry.price_index, 6)] if entry.price_index != 1 else []
    if entry.unit in _SHARED:
        amount = format_money(round(entry.quantity * 100), style)
        whole = _SHARED[entry.unit].with_places(amount=amount)
        return listed([whole, format_share(entry.unit_price, 2), *index], _TIMES)
    price = price_text(entry.unit_price, style)
    return listed([_quantity(entry), price, *index], _TIMES)


def _quantity(entry: Entry) -> str:
    """How many units of an entry there are."""
    count = number(entry.quantity, 4)
    unit = _UNITS.get(entry.unit)
    if unit is None:  # of a result of another version
        return listed([count, entry.unit], _SPACE)
    # What is 1 but for the noise of how it was added up is one.
    return unit(1 if abs(entry.quantity - 1) < 1e-9 else entry.quantity, count)


def number(value: float, decimals: int) -> str:
    """A number with as many decimals as it needs, up to a limit."""
    return format_shortest(value, decimals)


def price_text(value: float, style: Style) -> str:
    """A unit price: to the cent, or with more decimals where the cent does not hold it."""
    cents = round(value * 100)
    if abs(value * 100 - cents) < 1e-6:
        return format_money(cents, style)
    return format_price(value, style)


def _people(option: OptionResult, phase: int, style: Style) -> Iterator[Block]:
    """Who is there in a phase, and what that covers."""
    result = option.phases[phase]
    columns = (
        Column(say("Who")),
        Column(say("People"), right=True),
        Column(say("On each hour"), right=True),
        Column(say("Somebody there"), right=True),
        Column(say("Work a week"), right=True),
        Column(say("Messages"), right=True),
    )
    messages = any(source.messages_share > 0 for source in result.sources.values())
    rows = [
        Row(
            (
                Span(name, Look.KEY),
                *_there(source),
                say("{count}\N{NO-BREAK SPACE}h", count=number(source.hours_done, 2)),
                *((share_text(source.messages_share, 1),) if messages else ()),
            )
        )
        for name, source in result.sources.items()
    ]
    shown = columns if messages else columns[:-1]
    note = say("Work a week is an average over the seasons.") if result.seasons else ""
    yield Table(shown, tuple(rows), say("Who is there"), note)
    for name, source in result.sources.items():
        if source.on_call is not None:
            yield Paragraph(_on_call(name, source.on_call))
    if any(source.units_done for source in result.sources.values()):
        yield _units(result)
    figures = [
        listed(
            [
                figure.phrase,
                share_text(value, 2)
                if figure.unit == "share"
                else figure_text(figure, value, style),
            ],
            " ",
        )
        for figure in of_group("coverage")
        if figure.is_of_phases and (value := figure.value(result)) is not None
    ]
    if figures:
        yield Paragraph(listed(figures))


def _on_call(name: str, found: OnCallResult) -> str:
    """When a source is on call, and how often it is called out."""
    return counted(
        found.call_outs,
        "{name} is on call {hours}, there {share} of the time: {count} call-out a week, "
        "{paid} h paid for {work} h of messages",
        "{name} is on call {hours}, there {share} of the time: {count} call-outs a week, "
        "{paid} h paid for {work} h of messages",
        name=name,
        hours=written(str(found.hours)),
        share=share_text(found.presence, 2),
        count=number(found.call_outs, 2),
        paid=number(found.paid_hours, 2),
        work=number(found.messages_done, 2),
    )


def _units(result: PhaseResult) -> Table:
    """Who does how many a month of what is counted in units."""
    activities = dict.fromkeys(
        name for source in result.sources.values() for name in source.units_done
    )
    columns = (Column(say("Who")), *(Column(name, right=True) for name in activities))
    rows = [
        Row(
            (
                Span(name, Look.KEY),
                *(
                    number(a_month_of(source.units_done.get(activity, 0.0)), 2)
                    for activity in activities
                ),
            )
        )
        for name, source in result.sources.items()
    ]
    return Table(columns, tuple(rows), say("Units done a month"))


def _there(source: SourceResult) -> tuple[str, str, str]:
    """How many people there are, and when; dashes for what is nobody."""
    if not source.headcount:
        return NONE, NONE, NONE
    return (
        str(source.headcount),
        number(source.depth, 4),
        share_text(source.presence, 2),
    )


def _roster(name: str, roster: Roster) -> Block:
    """A team's weekly rotation, one row a week, or why there is none."""
    title = say("Weekly rotation of {name}", name=name)
    if not roster.rows:
        why: list[str] = [say("none that is legal: {reason}", reason=roster.why_not)]
        if roster.needed:
            why.append(counted(roster.needed, "{count} person would do", "{count} people would do"))
        return Section(title, (Paragraph(listed(why, say("; "))),))
    columns = (
        Column(say("Row")),
        Column(say("On duty"), wraps=True),
        Column(say("Hours"), right=True),
    )
    rows = [
        Row((str(row), written(duty), number(hours, 2)))
        for row, (duty, hours) in enumerate(zip(roster.rows, roster.hours, strict=True), 1)
    ]
    people = len(roster.rows)
    mean = number(sum(roster.hours) / people, 2)
    text: list[str] = [units_kept(say("{hours} h a week on average.", hours=mean))]
    if people > 1:
        text.append(say("One person begins in each row and takes the next one each week."))
    if roster.teams > 1:
        text.append(say("{count} such teams work side by side.", count=roster.teams))
    text.append(say("The rest of the contract's hours covers leave and absence."))
    return Table(columns, tuple(rows), title, listed(text, " "))


def _schedules(option: OptionResult, style: Style) -> Iterator[Table]:
    """What the employer charges of each source are made of, in its first year."""
    shown = set()
    columns = (
        Column(say("Contribution"), wraps=True),
        Column(say("Base"), right=True),
        Column(say("Rate"), right=True),
        Column(say("Amount"), right=True),
    )
    for entry in option.entries:
        if not entry.details or entry.source in shown:
            continue
        shown.add(entry.source)
        rows = [
            Row(
                (
                    say(detail.name),
                    format_money(round(detail.base * 100), style),
                    "" if detail.rate == 1 else format_share(detail.rate, 3),
                    format_money(round(detail.amount * 100), style),
                )
            )
            for detail in entry.details
        ]
        total = sum(round(detail.amount * 100) for detail in entry.details)
        rows.append(Row((say("total"), "", "", format_money(total, style)), Look.STRONG))
        title = say("Employer charges of {source}, one person, a month", source=entry.source)
        yield Table(columns, tuple(rows), title)
