"""The inputs and the ledger of a workbook: what may be changed, and the costs that follow it."""

from collections.abc import Sequence

from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.names import in_words
from cmsource.analysis.links import Factor, Links
from cmsource.reports.blocks import Look
from cmsource.reports.formulas import added, digits, in_cents, to_the_cent
from cmsource.reports.sheets import At, Cell, Form, Formula, Limits, Parts, Sheet, head
from cmsource.results.comparison import Comparison
from cmsource.results.entry import CATEGORIES, Entry
from cmsource.results.option import OptionResult
from cmsource.scenario.provenance import ref_in_words
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import listed, say
from cmsource.values.written import unit_name

INPUTS, LEDGER = "inputs", "ledger"
"""The keys of the two sheets."""

_VALUE, _LEAST, _MOST, _COUNTS, _WRITTEN = 2, 4, 5, 6, 7
"""Columns of the inputs."""
CATEGORY, AMOUNT, CASH, PRESENT = 3, 11, 12, 15
"""Columns of the ledger that are summed; the last where there is a discount rate."""
_QUANTITY, _PRICE, _INDEX, _EXACT = 7, 9, 10, 14
_MONTHS = 12  # a year

_UNITS = {
    "h": say("h"),
    "day": say("day"),
    "night": say("night"),
    "week": say("week"),
    "weekend": say("weekend"),
    "month": say("month"),
    "year": say("year"),
    "of pay": say("of pay"),
    "of ads": say("of ads"),
    "message": say("message"),
    "call-out": say("call-out"),
    "head": say("head"),
    "hire": say("hire"),
    "time": say("time"),
}


class Inputs:
    """The sheet of inputs, and where on it each value is that counts."""

    def __init__(self, scenario: Scenario, links: Links) -> None:
        linked = [each for each in links.inputs if each.path in links.linked]
        locked = [each for each in links.inputs if each.path not in links.linked]
        rows: list[Sequence[Cell]] = [
            (Cell(say("May be changed"), look=Look.STRONG),),
            head(
                say("Input"),
                say("Key"),
                say("Value"),
                say("Unit"),
                say("Least"),
                say("Most"),
                say("Counts as"),
                say("As written"),
                say("Origin"),
            ),
        ]
        self._first = len(rows)
        self._cells = {}
        for row, each in enumerate(linked, self._first):
            self._cells[each.path] = At(INPUTS, row, _COUNTS)
            rows.append(_linked(row, each, scenario))
        self._last = len(rows) - 1
        text = say(
            "Locked, as these move more than amounts: give them to `cmsource compare` with `--set`"
        )
        rows += [(), (Cell(text, look=Look.STRONG),)]
        rows += [_locked(each, scenario) for each in locked]
        widths = (44, 34, 14, 14, 12, 14, 14, 14, 30)
        self.sheet = Sheet(INPUTS, say("Inputs"), rows, widths, self._first)

    def factor(self, factor: Factor, today: float) -> float | Formula:
        """A factor of a cost: a number, or what follows inputs."""
        if factor.growth:
            rise = self._cells[factor.growth]
            return Formula(("(1+", rise, f")^{factor.years}"), today)
        if not factor.terms:
            return today
        parts: Parts = ()
        for path, slope in factor.terms:
            parts += ("+",) if parts else ()
            parts += () if slope == 1 else (f"{digits(slope)}*",)
            parts += (self._cells[path],)
        if factor.constant:
            parts += (f"+{digits(factor.constant)}",)
        return Formula(parts, today)

    @property
    def changed(self) -> Parts:
        """How many inputs are not as they were written."""
        if not self._cells:
            return ("0",)
        first, last = self._first, self._last
        values = At(INPUTS, first, _VALUE, last, _VALUE)
        return ("SUMPRODUCT(--(", values, "<>", At(INPUTS, first, _WRITTEN, last, _WRITTEN), "))")


def _linked(row: int, each: Input, scenario: Scenario) -> Sequence[Cell]:
    """An input that may be changed; outside its limits, or empty, it counts as not available."""
    form = _form(each)
    value = At(INPUTS, row, _VALUE)
    least, most = At(INPUTS, row, _LEAST), At(INPUTS, row, _MOST)
    counts: Parts = ("IF(ISNUMBER(", value, "),IF(AND(", value, ">=", least, ",", value)
    counts += ("<=", most, "),", value, ",NA()),NA())")
    return (
        Cell(in_words(each.path, scenario), wraps=True),
        Cell(each.path, look=Look.KEY),
        Cell(each.value, form, limits=Limits(each.low, each.high)),
        Cell(unit_name(each.unit)),
        Cell(each.low, form, Look.FAINT),
        Cell(each.high, form, Look.FAINT),
        Cell(Formula(counts, each.value), form),
        Cell(each.value, form, Look.FAINT),
        Cell(each.ref, look=Look.FAINT),
    )


def _locked(each: Input, scenario: Scenario) -> Sequence[Cell]:
    form = _form(each)
    return (
        Cell(in_words(each.path, scenario), wraps=True),
        Cell(each.path, look=Look.KEY),
        Cell(each.value, form),
        Cell(unit_name(each.unit)),
        *(Cell(), Cell(), Cell()),
        Cell(each.value, form, Look.FAINT),
        Cell(each.ref, look=Look.FAINT),
    )


def _form(each: Input) -> Form:
    head = each.unit.partition("/")[0]
    if each.is_share:
        return Form.SHARE
    if each.whole:
        return Form.WHOLE
    return Form.PRICE if len(head) == 3 and head.isupper() else Form.NUMBER


class Ledger:
    """The sheet of the ledger, and where the entries and the total of each option are."""

    def __init__(
        self, result: Comparison, links: Links, inputs: Inputs, discount: float | None
    ) -> None:
        titles = [
            *(say("Option"), say("Phase"), say("Source"), say("Category"), say("What for")),
            *(say("From month"), say("Months"), say("Quantity"), say("Unit"), say("Unit price")),
            *(say("Index"), say("Amount"), say("Cash"), say("Origin"), say("Unrounded, in cents")),
        ]
        self.discounted = discount is not None
        if self.discounted:
            titles.append(say("Present value"))
        self._inputs, self._discount = inputs, discount
        self._rows: list[Sequence[Cell]] = [head(*titles)]
        self._entries: dict[str, tuple[int, int]] = {}
        self._totals: dict[str, At] = {}
        for name, option in result.options.items():
            self._add(option, links)
            self._totals[name] = At(LEDGER, len(self._rows) - 1, AMOUNT)
        widths = (24, 7, 20, 24, 56, 9, 8, 13, 11, 13, 9, 15, 11, 30, 18, 16)
        self.sheet = Sheet(LEDGER, say("Ledger"), self._rows, widths[: len(titles)], 1)

    def cells(self, name: str, column: int) -> At | None:
        """A column of the entries of an option; None where there are none."""
        first, last = self._entries[name]
        return At(LEDGER, first, column, last, column) if last >= first else None

    def total(self, name: str) -> At:
        """The total of an option."""
        return self._totals[name]

    def _add(self, option: OptionResult, links: Links) -> None:
        first = len(self._rows)
        for entry, line in zip(option.entries, links.lines[option.name], strict=True):
            factors = [
                self._inputs.factor(factor, today)
                for factor, today in zip(
                    line, (entry.quantity, entry.unit_price, entry.price_index), strict=True
                )
            ]
            self._rows.append(self._entry(option, entry, factors))
        self._entries[option.name] = (first, len(self._rows) - 1)
        title = say("{option}: total", option=option.label)
        total = Formula(added(self.cells(option.name, AMOUNT)), option.total_cents / 100)
        cells = [Cell(title, look=Look.STRONG), *[Cell() for _ in range(1, AMOUNT)]]
        self._rows.append((*cells, Cell(total, Form.MONEY, Look.STRONG)))

    def _entry(
        self, option: OptionResult, entry: Entry, factors: Sequence[float | Formula]
    ) -> Sequence[Cell]:
        row = len(self._rows)
        quantity, price, index, exact, amount = (
            At(LEDGER, row, column) for column in (_QUANTITY, _PRICE, _INDEX, _EXACT, AMOUNT)
        )
        unrounded = entry.quantity * entry.unit_price * entry.price_index * 100
        cells = [
            Cell(option.label),
            Cell(entry.phase + 1, Form.WHOLE),
            Cell(entry.source, look=Look.KEY),
            Cell(_category(entry.category)),
            Cell(entry.why, wraps=True),
            Cell(entry.from_month, Form.NUMBER),
            Cell(entry.months, Form.NUMBER),
            Cell(factors[0], Form.NUMBER),
            Cell(_UNITS.get(entry.unit, entry.unit)),
            Cell(factors[1], Form.PRICE),
            Cell(factors[2], Form.INDEX),
            Cell(Formula(to_the_cent((), (exact,)), entry.cents / 100), Form.MONEY),
            Cell(int(entry.cash), Form.YES_NO),
            Cell(listed(map(ref_in_words, entry.refs)), look=Look.FAINT),
            Cell(
                Formula(in_cents((quantity, "*", price, "*", index)), round(unrounded, 4)),
                Form.NUMBER,
                Look.FAINT,
            ),
        ]
        if self._discount is not None:
            years = (entry.from_month + entry.months / 2) / _MONTHS
            parts: Parts = (amount, f"/(1+{digits(self._discount)})^(({digits(entry.from_month)}")
            parts += (f"+{digits(entry.months)}/2)/{_MONTHS})",)
            value = entry.cents / 100 / (1 + self._discount) ** years
            cells.append(Cell(Formula(parts, value), Form.MONEY))
        return cells


def _category(name: str) -> str:
    return next((each for each in CATEGORIES if each == name), name)
