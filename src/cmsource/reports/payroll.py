"""``payroll``: what somebody on the payroll costs the employer a month, line by line."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.employer import EmployerCost
from cmsource.countries import PayrollLine
from cmsource.reports.blocks import Block, Column, Facts, Look, Panel, Row, Span, Table
from cmsource.reports.comparison_data import amount, share
from cmsource.reports.report import Json
from cmsource.reports.wording import plain_number, units_kept
from cmsource.values.language import counted, listed, say
from cmsource.values.money import Style, format_money, format_number, format_share, style_for

_CONTRACTS = {
    "permanent": say("permanent"),
    "fixed-term": say("fixed-term"),
    "apprentice": say("apprentice"),
    "intern": say("intern"),
}
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
                (f"[{number}]", Span(source_text(source), Look.FAINT))
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
        yield say("gross pay"), agreed, one, agreed, ""
        for line in (*cost.overtime, *cost.lines):
            money = amount(line.base), share(line.rate), amount(line.amount)
            yield say(line.name), *money, source_text(line.source)
        yield say("total"), amount(cost.total), one, amount(cost.total), ""


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
    facts: list[str] = [
        " ".join([cost.country, *cost.region[:1], cost.period]),
        _CONTRACTS[cost.contract],
        units_kept(say("{count} h a week", count=plain_number(cost.hours))),
        counted(cost.size, "{count} employee", "{count} employees"),
    ]
    if cost.assumed_age is not None:
        facts.append(say("aged {age}, a guess", age=cost.assumed_age))
    total = Span(say("{amount} a month", amount=_money(cost.total, style)), Look.STRONG)
    gross = _money(cost.gross, style)
    line = say(" for {gross} gross", gross=gross)
    if cost.ratio is not None:
        line = say(
            " for {gross} gross: {ratio} times the gross, {year} a year",
            gross=gross,
            ratio=format_number(cost.ratio, 3),
            year=format_money(round(cost.annual * 100), style, 0),
        )
    return Panel(listed(facts, " · "), ((total, line),))


def source_text(source: str) -> str:
    """Where a rate is from; citations stay as they are."""
    return say("given") if source == "given" else source


def _lines(cost: EmployerCost, sources: Sequence[str], style: Style) -> Table:
    columns = (
        Column(say("Line"), wraps=True),
        Column(say("Base"), right=True),
        Column(say("Rate"), right=True),
        Column(say("A month"), right=True),
        Column(say("From")),
    )
    rows = [Row((say("gross pay"), "", "", _money(_agreed(cost), style), ""))]
    for line in (*cost.overtime, *cost.lines):
        fixed = abs(line.rate) == 1
        base, rate = ("", "") if fixed else (_money(line.base, style), _rate(line.rate))
        note = Span(f"[{sources.index(line.source) + 1}]", Look.FAINT)
        rows.append(Row((say(line.name), base, rate, _money(line.amount, style), note)))
    total = (say("employer cost a month"), "", "", _money(cost.total, style), "")
    return Table(columns, (*rows, Row(total, Look.STRONG)))


def _rate(rate: float) -> str:
    """A rate in per cent; one that is no share of the base, such as money an hour, as it is."""
    return format_number(rate, 2) if abs(rate) > 1 else format_share(rate, 3)
