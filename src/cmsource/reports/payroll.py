"""``payroll``: what somebody on the payroll costs the employer a month, line by line."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.employer import EmployerCost
from cmsource.countries import PayrollLine
from cmsource.reports.blocks import Block, Column, Facts, Look, Panel, Row, Span, Table
from cmsource.reports.comparison_data import amount, share
from cmsource.reports.report import Json
from cmsource.reports.wording import count_text, plain_number, units_kept
from cmsource.values.money import Style, format_money, format_number, format_share, style_for

HEADER = ("name", "base", "rate", "amount", "source")


class PayrollReport(NamedTuple):
    """What one person costs the employer."""

    cost: EmployerCost

    def blocks(self) -> Iterator[Block]:
        """The total, then gross pay and every line, then where each is from."""
        cost, style = self.cost, style_for(self.cost.currency)
        sources = list(dict.fromkeys(line.source for line in (*cost.overtime, *cost.lines)))
        yield _answer(cost, style)
        yield _lines(cost, sources, style)
        if sources:
            pairs = [
                (f"[{number}]", Span(source, Look.FAINT))
                for number, source in enumerate(sources, 1)
            ]
            yield Facts(tuple(pairs))

    def data(self) -> Json:
        """Money with two decimals, rates and the ratio with six; overtime where there is any."""
        cost = self.cost
        overtime = [_line_data(line) for line in cost.overtime]
        return {
            "country": cost.country,
            "total": amount(cost.total),
            "annual": amount(cost.annual),
            "gross": amount(cost.gross),
            "ratio": share(cost.ratio),
            **({"overtime": overtime} if overtime else {}),
            "lines": [_line_data(line) for line in cost.lines],
        }

    def header(self) -> Sequence[str]:
        """What is said of each line."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """Gross pay, one row a line, the total."""
        cost, one = self.cost, share(1.0)
        agreed = amount(_agreed(cost))
        yield "gross pay", agreed, one, agreed, ""
        for line in (*cost.overtime, *cost.lines):
            yield line.name, amount(line.base), share(line.rate), amount(line.amount), line.source
        yield "total", amount(cost.total), one, amount(cost.total), ""


def _agreed(cost: EmployerCost) -> float:
    """Gross pay of the contract's hours."""
    return round(cost.gross - sum(line.amount for line in cost.overtime), 2)


def _line_data(line: PayrollLine) -> Json:
    return {
        "name": line.name,
        "base": amount(line.base),
        "rate": share(line.rate),
        "amount": amount(line.amount),
        "source": line.source,
    }


def _money(value: float, style: Style) -> str:
    return format_money(round(value * 100), style)


def _answer(cost: EmployerCost, style: Style) -> Panel:
    hours = units_kept(f"{plain_number(cost.hours, style)} h a week")
    people = count_text(cost.size, "employee")
    place = " ".join([cost.country, *cost.region[:1], cost.period])
    title = f"{place} · {cost.contract} · {hours} · {people}"
    if cost.assumed_age is not None:
        title += f" · aged {cost.assumed_age}, a guess"
    total = Span(f"{_money(cost.total, style)} a month", Look.STRONG)
    line = f" for {_money(cost.gross, style)} gross"
    if cost.ratio is not None:
        year = format_money(round(cost.annual * 100), style, 0)
        line += f": {format_number(cost.ratio, style, 3)} times the gross, {year} a year"
    return Panel(title, ((total, line),))


def _lines(cost: EmployerCost, sources: Sequence[str], style: Style) -> Table:
    columns = (
        Column("Line", wraps=True),
        Column("Base", right=True),
        Column("Rate", right=True),
        Column("A month", right=True),
        Column("From"),
    )
    rows = [Row(("gross pay", "", "", _money(_agreed(cost), style), ""))]
    for line in (*cost.overtime, *cost.lines):
        fixed = abs(line.rate) == 1
        base, rate = ("", "") if fixed else (_money(line.base, style), _rate(line.rate, style))
        note = Span(f"[{sources.index(line.source) + 1}]", Look.FAINT)
        rows.append(Row((line.name, base, rate, _money(line.amount, style), note)))
    total = ("employer cost a month", "", "", _money(cost.total, style), "")
    return Table(columns, (*rows, Row(total, Look.STRONG)))


def _rate(rate: float, style: Style) -> str:
    """A rate in per cent; one that is no share of the base, such as money an hour, as it is."""
    return format_number(rate, style, 2) if abs(rate) > 1 else format_share(rate, style, 3)
