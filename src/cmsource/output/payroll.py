"""What somebody on the payroll costs, as a table, as JSON and as CSV."""

import csv
import io
from decimal import Decimal

from cmsource.analysis.employer import EmployerCost
from cmsource.output.layout import Cell, Column, painter, paragraph, table
from cmsource.reports.comparison_data import Json, amount, share
from cmsource.values.money import format_money, format_number, format_share, style_for
from cmsource.values.text import printable as safe
from cmsource.writers.json import dumps

COLUMNS = ("name", "base", "rate", "amount", "source")


def cost_table(cost: EmployerCost, *, width: int = 80, colour: bool = False) -> str:
    """The cost of a month as text for a terminal or a pipe: gross pay, every line, the total."""
    paint = painter(colour=colour)
    style = style_for(cost.currency)

    def money(value: float) -> str:
        return format_money(round(value * 100), style)

    hours = format_number(cost.hours, style, 2).rstrip("0").rstrip(style.decimal)
    people = f"{cost.size} employee{'s' if cost.size > 1 else ''}"
    head = f"{cost.country} {cost.period} · {cost.contract} · {hours} h a week · {people}"
    sources = list(dict.fromkeys(line.source for line in cost.lines))
    rows = [_row("gross pay", "", "", money(cost.gross))]
    for line in cost.lines:
        fixed = line.rate == 1
        base, rate = ("", "") if fixed else (money(line.base), _rate(line.rate, cost))
        note = f"[{sources.index(line.source) + 1}]"
        rows.append(_row(line.name, base, rate, money(line.amount), note))
    rows.append(_row("employer cost a month", "", "", money(cost.total), look="bold"))
    columns = [
        Column("", wraps=True),
        Column("Base", right=True),
        Column("Rate", right=True),
        Column("A month", right=True),
        Column("From"),
    ]
    lines = [paint(paragraph(head, width), "bold"), "", *table(columns, rows, width, paint), ""]
    if cost.ratio is not None:
        year = format_money(round(cost.total * 1200), style, 0)
        lines += [f"{format_number(cost.ratio, style, 3)} times the gross, {year} a year", ""]
    for number, source in enumerate(sources, 1):
        mark = f"[{number}] "
        lines.append(paint(paragraph(safe(source), width, " " * len(mark), mark), "dim"))
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(name: str, base: str, rate: str, month: str, note: str = "", look: str = "") -> list[Cell]:
    return [
        Cell(safe(name), look),
        Cell(base),
        Cell(rate),
        Cell(month, look),
        Cell(note, "dim"),
    ]


def _rate(rate: float, cost: EmployerCost) -> str:
    """A rate in per cent; one that is no share of the base, such as money an hour, as it is."""
    style = style_for(cost.currency)
    if abs(rate) > 1:
        return format_number(rate, style, 2)
    return format_share(rate, style, 3)


def cost_json(cost: EmployerCost) -> str:
    """The same as JSON; money with two decimals, rates and the ratio with six."""
    data: Json = {
        "country": cost.country,
        "total": amount(cost.total),
        "gross": amount(cost.gross),
        "ratio": share(cost.ratio),
        "lines": [
            {
                "name": line.name,
                "base": amount(line.base),
                "rate": share(line.rate),
                "amount": amount(line.amount),
                "source": line.source,
            }
            for line in cost.lines
        ],
    }
    return dumps(data)


def cost_csv(cost: EmployerCost) -> str:
    """The same as CSV: gross pay, one row a line, the total."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow(("gross pay", amount(cost.gross), _one(), amount(cost.gross), ""))
    for line in cost.lines:
        row = (amount(line.base), share(line.rate), amount(line.amount), line.source)
        writer.writerow((line.name, *row))
    writer.writerow(("total", amount(cost.total), _one(), amount(cost.total), ""))
    return text.getvalue()


def _one() -> Decimal | None:
    return share(1.0)
