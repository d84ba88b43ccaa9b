"""``compare`` as a workbook: the ledger as arithmetic that goes on when a price is changed."""

from collections.abc import Sequence
from typing import NamedTuple

from cmsource.analysis.coverage.week_picture import OptionWeek
from cmsource.analysis.links import Links
from cmsource.reports.blocks import NONE, Look
from cmsource.reports.sheets import Cell, Form, Formula, Parts, Sheet, Words, head
from cmsource.reports.wording import MARKS, assumed_value, horizon_text
from cmsource.reports.workbook_ledger import Inputs, Ledger
from cmsource.reports.workbook_options import Options
from cmsource.results.comparison import Comparison
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import listed, say
from cmsource.values.money import style_for
from cmsource.values.week_words import WEEKDAYS


class WorkbookReport(NamedTuple):
    """A comparison whose ledger a spreadsheet works out again.

    Attributes:
        scenario: as it was read.
        result: its comparison, the options in the order in which they are to be shown.
        links: how the ledgers follow the numbers of the scenario.
        weeks: of the options.
    """

    scenario: Scenario
    result: Comparison
    links: Links
    weeks: Sequence[OptionWeek]

    @property
    def currency(self) -> str:
        """That of the scenario."""
        return self.result.currency

    def sheets(self) -> Sequence[Sheet]:
        """Answer, options, ledger, inputs, assumptions, week."""
        inputs = Inputs(self.scenario, self.links)
        ledger = Ledger(self.result, self.links, inputs, self.scenario.prices.discount)
        options = Options(self.result, ledger)
        return (
            _answer(self.result, options, inputs),
            options.sheet,
            ledger.sheet,
            inputs.sheet,
            _assumptions(self.result),
            _week(self.result, self.weeks),
        )


def _answer(result: Comparison, options: Options, inputs: Inputs) -> Sheet:
    """What to take, live; what was said when it was written; how to go on."""
    chosen = None if result.recommended is None else result.options[result.recommended]
    marks = options.cells("take")

    def of_chosen(column: str, today: float | str, otherwise: Parts) -> Formula:
        found: Parts = ("INDEX(", options.cells(column), ",MATCH(1,", marks, ",0))")
        return Formula(("IF(SUM(", marks, ")=0,", *otherwise, ",", *found, ")"), today)

    nothing: Parts = (Words(NONE),)
    none = say("None can be recommended")
    label = none if chosen is None else chosen.label
    total = NONE if chosen is None else chosen.total_cents / 100
    monthly = NONE if chosen is None else float(chosen.monthly)
    as_written = say("The inputs are as they were written.")
    changed = say("Inputs have been changed: figures follow, the sentences below do not.")
    facts = [each for each in (result.country, horizon_text(result.horizon_months)) if each]
    rows: list[Sequence[Cell]] = [
        (Cell(result.name, look=Look.TITLE),),
        (Cell(listed(facts, " · "), look=Look.FAINT),),
        (),
        (Cell(say("Take")), Cell(of_chosen("option", label, (Words(none),)), look=Look.BEST)),
        (
            Cell(FIGURES["total"].title),
            Cell(of_chosen("total", total, nothing), Form.MONEY, Look.BEST, wraps=True),
        ),
        (
            Cell(FIGURES["monthly"].title),
            Cell(of_chosen("monthly", monthly, nothing), Form.MONEY, wraps=True),
        ),
        (
            Cell(say("State")),
            Cell(
                Formula(
                    ("IF(", *inputs.changed, "=0,", Words(as_written), ",", Words(changed), ")"),
                    as_written,
                ),
                wraps=True,
            ),
        ),
        (),
        (
            Cell(say("How to go on"), look=Look.STRONG),
            Cell(
                say(
                    "Change a coloured cell of the inputs: ledger, options and this answer follow. "
                    "All else is locked, since it moves more than amounts."
                ),
                wraps=True,
            ),
        ),
        (),
        (Cell(say("As it was written"), look=Look.STRONG),),
    ]
    said = [*(result.advice or (result.reason,))]
    rows += [(Cell(), Cell(sentence, wraps=True)) for sentence in said]
    if result.warnings:
        rows.append((Cell(say("Warnings"), look=Look.STRONG),))
        rows += [
            (Cell(warning.code), Cell(warning.message, wraps=True)) for warning in result.warnings
        ]
    return Sheet("answer", say("Answer"), rows, (26, 90))


def _assumptions(result: Comparison) -> Sheet:
    """Every value that the scenario did not give, as it was taken."""
    style = style_for(result.currency)
    rows: list[Sequence[Cell]] = [
        head(say("Key"), say("Taken as"), say("How sure"), say("Source"), say("As of"))
    ]
    rows += [
        (
            Cell(each.path, look=Look.KEY),
            Cell(assumed_value(each, style), wraps=True),
            Cell(MARKS.get(each.confidence, each.confidence)),
            Cell(each.source, wraps=True),
            Cell(each.as_of),
        )
        for each in result.assumptions
    ]
    return Sheet("assumptions", say("Assumptions"), rows, (40, 20, 20, 90, 12), 1)


def _week(result: Comparison, weeks: Sequence[OptionWeek]) -> Sheet:
    """The chance that somebody is there in each hour of the cover, phase by phase."""
    by_name = {option.name: option for option in weeks}
    rows: list[Sequence[Cell]] = [
        (Cell(say("The chance that somebody is there, in the hours to be covered")),)
    ]
    for name in result.options:
        option = by_name[name]
        for number, phase in enumerate(option.phases, 1):
            title = (
                option.label
                if len(option.phases) == 1
                else say("{option}, phase {number}", option=option.label, number=number)
            )
            clock = [Cell(f"{hour}:00", look=Look.TITLE) for hour in range(24)]
            rows += [(), (Cell(title, look=Look.STRONG), *clock)]
            for day, word in enumerate(WEEKDAYS):
                hours = phase.hours[24 * day : 24 * day + 24]
                shares = [
                    Cell(hour.watched / hour.asked, Form.LIKELY) if hour.asked > 0 else Cell()
                    for hour in hours
                ]
                rows.append((Cell(word), *shares))
    return Sheet("week", say("Week"), rows, (30, *[6.5] * 24))
