"""The ledger of options: each entry as quantity × unit price = amount, and where it came from."""

from collections.abc import Iterable, Sequence

from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table
from cmsource.reports.comparison_data import Json, assumption_data, comparison_data, entry_data
from cmsource.reports.wording import MARKS, plain_number, share_text
from cmsource.results.comparison import Comparison, Entry, OptionResult, Roster
from cmsource.scenario.figures import of_group
from cmsource.values.money import Style, format_money, format_number, format_share, style_for
from cmsource.values.text import printable as safe
from cmsource.writers.json import dumps

_UNITS = {"h": "h", "day": "days", "month": "months", "year": "years"}


def explain_text(
    result: Comparison, names: Sequence[str], *, width: int = 80, colour: bool = False
) -> str:
    """The ledgers of the named options, then the assumptions that they rest on."""
    paint = painter(colour=colour)
    style = style_for(result.currency)
    parts: list[str] = []
    for name in names:
        parts += _option(result.options[name], result, style, paint, width)
    parts.append("\n".join(_assumptions(result, paint, width)))
    return "\n\n".join(part for part in parts if part) + "\n"


def explain_json(result: Comparison, names: Sequence[str]) -> str:
    """The same as JSON: entries with their arithmetic and what their unit prices are made of."""
    whole = comparison_data(result)
    options = {
        name: {
            **whole["options"][name],
            "entries": [entry_data(e, details=True) for e in result.options[name].entries],
        }
        for name in names
    }
    data: Json = {
        "format": "cmsource/explanation/1",
        "scenario": whole["scenario"],
        "options": options,
        "assumptions": [assumption_data(assumption) for assumption in result.assumptions],
    }
    return dumps(data)


def _option(
    option: OptionResult, result: Comparison, style: Style, paint: Paint, width: int
) -> Iterable[str]:
    months = plain_number(result.horizon_months, style)
    total = format_money(option.total_cents, style)
    title = f"{safe(option.label)}: {total} over {months} months"
    cash = ""
    if option.cash != option.total:
        cash = (
            f"of which {format_money(round(option.cash * 100), style)} is cash, the rest own time"
        )
    yield paint(title, "bold") + (f"\n{cash}" if cash else "")
    for number, phase in enumerate(option.phases):
        if len(option.phases) > 1:
            end = plain_number(phase.from_month + phase.months, style)
            head = f"Months {plain_number(phase.from_month, style)} to {end}"
            yield paint(head, "bold")
        entries = [entry for entry in option.entries if entry.phase == number]
        yield "\n".join(_entries(entries, style, paint, width))
        yield "\n".join(_people(option, number, style, paint, width))
        for name, roster in phase.rosters.items():
            yield "\n".join(_roster(name, roster, style, paint, width))
    yield from _schedules(option, style, paint, width)


def _entries(entries: Sequence[Entry], style: Style, paint: Paint, width: int) -> list[str]:
    """One block an entry: what it is, its arithmetic, and its references below."""
    lines = []
    for entry in entries:
        money = format_money(entry.cents, style)
        head = f"{safe(entry.source)} · {entry.category}"
        own = "" if entry.cash else " (own time)"
        space = " " * max(1, width - len(head) - len(own) - len(money) - 2)
        lines.append(f"  {paint(head, 'cyan')}{own}{space}{paint(money, 'bold')}")
        when = _when(entry, style)
        text = f"{arithmetic(entry, style)}: {safe(entry.why)}{when}"
        lines.append(paragraph(text, width, "      ", "    "))
        if entry.refs:
            lines.append(
                paint(
                    paragraph(f"from {safe(', '.join(entry.refs))}", width, "      ", "    "),
                    "dim",
                )
            )
    return lines


def _when(entry: Entry, style: Style) -> str:
    start = plain_number(entry.from_month, style)
    if not entry.months:
        return f" (at month {start})"
    end = plain_number(entry.from_month + entry.months, style)
    return f" (months {start} to {end})"


def arithmetic(entry: Entry, style: Style) -> str:
    """An entry's arithmetic, such as ``1 820 h × 16,50 € × 1,02``."""
    index = f" × {number(entry.price_index, style, 6)}" if entry.price_index != 1 else ""
    if entry.unit == "of pay":
        pay = format_money(round(entry.quantity * 100), style)
        return f"{pay} of pay × {format_share(entry.unit_price, style, 2)}{index}"
    unit = _unit(entry)
    price = price_text(entry.unit_price, style)
    return f"{number(entry.quantity, style, 4)} {unit} × {price}{index}"


def _unit(entry: Entry) -> str:
    plural = _UNITS.get(entry.unit, f"{entry.unit}s")
    return entry.unit if abs(entry.quantity - 1) < 1e-9 else plural


def number(value: float, style: Style, decimals: int) -> str:
    """A number with as many decimals as it needs, up to a limit."""
    text = format_number(value, style, decimals)
    return text.rstrip("0").rstrip(style.decimal) if style.decimal in text else text


def price_text(value: float, style: Style) -> str:
    """A unit price: to the cent, or with more decimals where the cent does not hold it."""
    cents = round(value * 100)
    if abs(value * 100 - cents) < 1e-6:
        return format_money(cents, style)
    text = number(value, style, 6)
    space = "\N{NO-BREAK SPACE}"
    return f"{text}{space}{style.symbol}" if style.after else f"{style.symbol}{text}"


def _people(option: OptionResult, phase: int, style: Style, paint: Paint, width: int) -> list[str]:
    """Who is there in a phase, and what that covers."""
    result = option.phases[phase]
    columns = [
        Column("Who"),
        Column("People", right=True),
        Column("On each hour", right=True),
        Column("Somebody there", right=True),
        Column("Hours done a week", right=True),
    ]
    rows = [
        [
            Cell(safe(name)),
            Cell(str(source.headcount)),
            Cell(number(source.depth, style, 4)),
            Cell(share_text(source.presence, style, 2)),
            Cell(number(source.hours_done, style, 2)),
        ]
        for name, source in result.sources.items()
    ]
    figures = ", ".join(
        f"{figure.phrase} {share_text(value, style, 2)}"
        for figure in of_group("coverage")
        if figure.unit == "share" and (value := figure.value(result)) is not None
    )
    return [*table(columns, rows, width, paint, "  "), paragraph(figures, width, "  ")]


def _roster(name: str, roster: Roster, style: Style, paint: Paint, width: int) -> list[str]:
    """A team's weekly rotation, one row a week, or why there is none."""
    title = paint(f"Weekly rotation of {safe(name)}", "bold")
    if not roster.rows:
        needed = f"; {roster.needed} people would do" if roster.needed else ""
        return [
            title,
            paragraph(f"none that is legal: {safe(roster.why_not)}{needed}", width, "  "),
        ]
    columns = [Column("Row"), Column("On duty", wraps=True), Column("Hours", right=True)]
    rows = [
        [Cell(str(row)), Cell(safe(duty)), Cell(number(hours, style, 2))]
        for row, (duty, hours) in enumerate(zip(roster.rows, roster.hours, strict=True), 1)
    ]
    people = len(roster.rows)
    mean = number(sum(roster.hours) / people, style, 2)
    text = f"{mean} h a week on average. "
    if people > 1:
        text += "One person begins in each row and takes the next one each week. "
    if roster.teams > 1:
        text += f"{roster.teams} such teams work side by side. "
    text += "The rest of the contract's hours covers leave and absence."
    return [title, *table(columns, rows, width, paint, "  "), paragraph(text, width, "  ")]


def _schedules(option: OptionResult, style: Style, paint: Paint, width: int) -> Iterable[str]:
    """What the employer charges of each source are made of, in its first year."""
    shown = set()
    for entry in option.entries:
        if not entry.details or entry.source in shown:
            continue
        shown.add(entry.source)
        columns = [
            Column("Contribution", wraps=True),
            Column("Base", right=True),
            Column("Rate", right=True),
            Column("Amount", right=True),
        ]
        rows = [
            [
                Cell(safe(detail.name)),
                Cell(format_money(round(detail.base * 100), style)),
                Cell("" if detail.rate == 1 else format_share(detail.rate, style, 3)),
                Cell(format_money(round(detail.amount * 100), style)),
            ]
            for detail in entry.details
        ]
        total = sum(round(detail.amount * 100) for detail in entry.details)
        rows.append([Cell("total"), Cell(""), Cell(""), Cell(format_money(total, style))])
        title = f"Employer charges of {safe(entry.source)}, one person, a month"
        yield "\n".join([paint(title, "bold"), *table(columns, rows, width, paint, "  ")])


def _assumptions(result: Comparison, paint: Paint, width: int) -> list[str]:
    """Every assumption with its source, date and mark."""
    if not result.assumptions:
        return []
    lines = [paint("Assumptions, those that most money rests on first", "bold")]
    for assumption in result.assumptions:
        date = f", {assumption.as_of}" if assumption.as_of else ""
        mark = MARKS.get(assumption.confidence, assumption.confidence)
        text = f"{assumption.path} = {assumption.value}: {assumption.source}{date} ({mark})"
        lines.append(paragraph(safe(text), width, "    ", "  "))
    return lines
