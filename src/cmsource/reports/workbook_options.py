"""The options of a workbook: what each costs and covers, and which one to take."""

from collections.abc import Iterator, Mapping, Sequence

from cmsource.model.judgement import misses
from cmsource.model.requirements import TOLERANCE
from cmsource.model.verdict import cheapest
from cmsource.reports.blocks import NONE, Look
from cmsource.reports.formulas import digits, to_the_cent
from cmsource.reports.sheets import At, Cell, Form, Formula, Parts, Pile, Sheet, head
from cmsource.reports.workbook_ledger import AMOUNT, CASH, CATEGORY, PRESENT, Ledger
from cmsource.results.comparison import Comparison
from cmsource.results.entry import CATEGORIES
from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.figures import FIGURES, of_group, requirable
from cmsource.values.language import listed, say
from cmsource.values.money import style_for

OPTIONS = "options"
"""The key of the sheet."""


class Options:
    """The sheet of options, and where the figures of each are."""

    def __init__(self, result: Comparison, ledger: Ledger) -> None:
        self._result, self._ledger = result, ledger
        self._names = list(result.options)
        style = style_for(result.currency)
        limited = [
            held
            for option in result.options.values()
            for held in option.requirements
            if _is_money(held)
        ]
        coverage = [
            figure
            for figure in of_group("coverage")
            if figure.unit != "flag"
            and any(figure.read(option) is not None for option in result.options.values())
        ]
        self.columns = ["option", "take", "total", "more", "monthly", "cash", "own"]
        titles = [
            *(say("Option"), say("Take"), FIGURES["total"].title, say("vs least")),
            *(FIGURES["monthly"].title, FIGURES["cash"].title, say("own time")),
        ]
        if ledger.discounted:
            self.columns.append("npv")
            titles.append(FIGURES["npv"].title)
        self.columns += [figure.name for figure in coverage]
        titles += [figure.title for figure in coverage]
        self.columns += ["does"]
        titles += [say("Does the job")]
        if limited:
            self.columns += ["affordable"]
            titles += [say("Within the limits of cost")]
        self.columns += ["ok", "tie", "misses"]
        titles += [say("OK"), say("Order on a tie"), say("Misses, beside cost")]
        ties = self._ties()
        rows: list[Sequence[Cell]] = [head(*titles)]
        for number, option in enumerate(result.options.values()):
            figures = self._figures(option, number, ties[option.name])
            for figure in coverage:
                form = Form.SHARE if figure.unit == "share" else Form.NUMBER
                value = figure.value(option)
                figures[figure.name] = Cell(NONE if value is None else value, form)
            missed = [held for held in option.requirements if not _is_money(held)]
            figures["misses"] = Cell(listed(misses(missed, style), say("; ")), wraps=True)
            rows.append([figures[column] for column in self.columns])
        self._piles: list[tuple[At, At]] = []
        rows += [(), (), *self._categories(2 + len(rows))]
        widths = {"option": 30, "misses": 60, "does": 10, "ok": 6, "tie": 9, "take": 6}
        pile = Pile(
            say("Where the money goes"), len(rows) + 1, 0, self.cells("option"), tuple(self._piles)
        )
        self.sheet = Sheet(
            OPTIONS,
            say("Options"),
            rows,
            [widths.get(column, 14) for column in self.columns],
            1,
            (pile,) if self._piles else (),
        )

    def cells(self, column: str) -> At:
        """A figure of all options."""
        place = self.columns.index(column)
        return At(OPTIONS, 1, place, len(self._names), place)

    def cell(self, column: str, number: int) -> At:
        """A figure of an option by its number."""
        return At(OPTIONS, 1 + number, self.columns.index(column))

    def _ties(self) -> Mapping[str, int]:
        """The place of each option where all cost the same."""
        order: list[str] = []
        left = dict.fromkeys(self._names, 0)
        while left:
            first = cheapest(left, lambda name: self._result.options[name].coverage)
            assert first is not None
            order.append(first)
            del left[first]
        return {name: place for place, name in enumerate(order, 1)}

    def _figures(self, option: OptionResult, number: int, tie: int) -> dict[str, Cell]:
        result, ledger = self._result, self._ledger
        total, cash = self.cell("total", number), self.cell("cash", number)
        horizon = digits(result.horizon_months)
        amounts, paid = ledger.cells(option.name, AMOUNT), ledger.cells(option.name, CASH)
        paid_parts: Parts = ("0",)
        if amounts is not None and paid is not None:
            paid_parts = ("ROUND(SUMPRODUCT(", amounts, "*", paid, "),2)")
        least = min(each.total_cents for each in result.options.values())
        does = all(h.met is not False for h in option.requirements if not _is_money(h))
        chosen = option.name == result.recommended
        figures = {
            "option": Cell(option.label),
            "take": Cell(Formula(self._take(number), int(chosen)), Form.MARK),
            "total": Cell(
                Formula((ledger.total(option.name),), option.total_cents / 100), Form.MONEY
            ),
            "more": Cell(
                Formula(
                    ("ROUND(", total, "-MIN(", self.cells("total"), "),2)"),
                    (option.total_cents - least) / 100,
                ),
                Form.MONEY,
            ),
            "monthly": Cell(
                Formula(to_the_cent((total, "/", horizon)), float(option.monthly)), Form.MONEY
            ),
            "cash": Cell(Formula(paid_parts, option.cash_cents / 100), Form.MONEY),
            "own": Cell(
                Formula(
                    ("ROUND(", total, "-", cash, ",2)"),
                    (option.total_cents - option.cash_cents) / 100,
                ),
                Form.MONEY,
            ),
            "does": Cell(int(does), Form.YES_NO),
            "tie": Cell(tie, Form.WHOLE, Look.FAINT),
        }
        if ledger.discounted:
            present = ledger.cells(option.name, PRESENT)
            parts = ("0",) if present is None else to_the_cent(("SUM(", present, ")"))
            figures["npv"] = Cell(Formula(parts, float(option.npv or 0)), Form.MONEY)
        fits: Parts = (self.cell("does", number),)
        if "affordable" in self.columns:
            held = [each for each in option.requirements if _is_money(each)]
            figures["affordable"] = Cell(
                Formula(self._affordable(held, number), int(all(h.met is not False for h in held))),
                Form.YES_NO,
            )
            fits += ("*", self.cell("affordable", number))
        figures["ok"] = Cell(Formula(fits, int(option.eligible)), Form.YES_NO)
        return figures

    def _affordable(self, held: Sequence[RequirementResult], number: int) -> Parts:
        """Whether an option keeps the limits of cost."""
        conditions: Parts = ()
        for each in held:
            value: Parts = (self.cell(requirable()[each.name].name, number),)
            if each.unit == "month":
                value = ("ROUND(", *value, f"/{digits(self._result.horizon_months)},2)")
            conditions += (",", *value, f"<={digits(each.limit + TOLERANCE)}")
        return ("IF(AND(", *conditions[1:], "),1,0)") if conditions else ("1",)

    def _take(self, number: int) -> Parts:
        """Whether an option is the one to take: none that does the job costs less."""
        totals, total = self.cells("total"), self.cell("total", number)
        ties, tie = self.cells("tie"), self.cell("tie", number)
        cheaper: Parts = (
            "((",
            totals,
            "<",
            total,
            ")+(",
            totals,
            "=",
            total,
            ")*(",
            ties,
            "<",
            tie,
        )
        cheaper += ("))",)
        able: Parts = (self.cell("ok", number),)
        return ("IF(", *able, "*(SUMPRODUCT(", self.cells("ok"), "*", *cheaper, ")=0),1,0)")

    def _categories(self, start: int) -> Iterator[Sequence[Cell]]:
        """The categories of cost of each option, summed over its ledger.

        Args:
            start: the row on which they begin.
        """
        options = list(self._result.options.values())
        used = {category for option in options for category in option.by_category}
        shown = [category for category in CATEGORIES if category in used]
        yield head(say("Cost by category"), "", *shown)
        for number, option in enumerate(options):
            row: list[Cell] = [Cell(option.label), Cell()]
            for place, category in enumerate(shown, 2):
                names = self._ledger.cells(option.name, CATEGORY)
                amounts = self._ledger.cells(option.name, AMOUNT)
                parts: Parts = ("0",)
                if names is not None and amounts is not None:
                    name = At(OPTIONS, start, place)
                    parts = ("ROUND(SUMPRODUCT((", names, "=", name, ")*", amounts, "),2)")
                value = float(option.by_category.get(category, 0))
                row.append(Cell(Formula(parts, value), Form.MONEY))
            yield row
            if number == len(options) - 1:
                first, last = start + 1, start + len(options)
                self._piles += [
                    (At(OPTIONS, start, place), At(OPTIONS, first, place, last, place))
                    for place in range(2, 2 + len(shown))
                ]


def _is_money(held: RequirementResult) -> bool:
    return held.unit in ("month", "total")
