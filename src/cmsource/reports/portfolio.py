"""``portfolio``: what each brand has of the sources that they share, and what it costs."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.portfolio import Alone, Part, Portfolio, Shared
from cmsource.reports.blocks import NONE, Block, Column, Look, Panel, Row, Span, Table, Text
from cmsource.reports.comparison_data import scenario_data, share
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    CHOSEN,
    horizon_text,
    hours_text,
    money_text,
    share_text,
    title_text,
    yes_no,
)
from cmsource.results.entry import money, per
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import counted, say
from cmsource.values.money import Style, style_for, to_cents

FORMAT = "cmsource/portfolio/1"
HEADER = (
    *("option", "eligible", "recommended", "brand", "total", "monthly", "share"),
    *("message_hours", "planned_hours", "alone", "alone_monthly"),
)


class PortfolioReport(NamedTuple):
    """What each brand of a portfolio has of an option, and what it would pay by itself.

    Attributes:
        scenario: the portfolio.
        found: the parts.
        option: the option that people are shown; the recommended one, else the first, when "".
    """

    scenario: Scenario
    found: Portfolio
    option: str = ""

    @property
    def _shown(self) -> Shared:
        name = self.option or self.found.recommended or next(iter(self.found.options))
        return self.found.options[name]

    @property
    def _recommended(self) -> Shared | None:
        return self.found.options.get(self.found.recommended or "")

    @property
    def _style(self) -> Style:
        return style_for(self.scenario.currency)

    def blocks(self) -> Iterator[Block]:
        """What the brands pay together and by themselves; the part of each; every option."""
        yield self._answer()
        yield self._brands()
        yield self._options()

    def _answer(self) -> Panel:
        shown, style = self._shown, self._style
        length = horizon_text(self.scenario.horizon)
        title = title_text(self.scenario.name, self.scenario.country, length)
        lines: list[Text] = []
        if self.found.recommended is None:
            none = say("No option does the job of all brands.")
            lines.append(Span(none, Look.WARNING))
        places = {
            "option": shown.option.label,
            "monthly": self._monthly(shown.option.total_cents),
            "brands": counted(len(shown.parts), "{count} brand", "{count} brands"),
        }
        lines.append(
            Span(say("Take {option}: {monthly} a month for {brands}.", **places), Look.BEST)
            if shown is self._recommended
            else Span(say("{option}: {monthly} a month for {brands}.", **places), Look.STRONG)
        )
        alone = list(self.found.alone.values())
        known = [each.monthly for each in alone if each is not None]
        if len(known) == len(alone):
            apart = to_cents(sum(known))
            now = per(shown.option.total_cents, self.scenario.horizon) or money(0)
            less = apart - int(now * 100)
            amounts = {"apart": money_text(apart, style), "less": money_text(abs(less), style)}
            lines.append(
                say(
                    "Each by itself, they would pay {apart}: sharing saves {less} a month.",
                    **amounts,
                )
                if less >= 0
                else say(
                    "Each by itself, they would pay {apart}: sharing costs {less} a month more.",
                    **amounts,
                )
            )
        look = Look.WARNING if self.found.recommended is None else Look.GOOD
        return Panel(title, tuple(lines), look)

    def _brands(self) -> Table:
        shown, style = self._shown, self._style
        columns = (
            Column(say("Brand"), wraps=True),
            Column(say("A month"), right=True),
            Column(say("Share"), right=True),
            Column(say("Messages"), right=True, keep=60),
            Column(say("Planned"), right=True, keep=50),
            Column(say("By itself"), right=True),
            Column(say("With"), wraps=True, keep=40),
        )
        rows = []
        for part in shown.parts:
            alone = self.found.alone[part.brand.name]
            rows.append(
                Row(
                    (
                        part.brand.name,
                        self._monthly(part.cents),
                        share_text(self._share(part, shown)),
                        hours_text(part.messages),
                        hours_text(part.planned),
                        NONE if alone is None else money_text(to_cents(alone.monthly), style),
                        NONE if alone is None else alone.option,
                    )
                )
            )
        note = say("Hours a week, and amounts a month, with {option}.", option=shown.option.label)
        return Table(columns, tuple(rows), noun=say("brands"), note=note)

    def _options(self) -> Table:
        style = self._style
        columns = (
            Column(""),
            Column(say("Option"), wraps=True),
            Column(say("Total"), right=True),
            Column(say("A month"), right=True),
            Column(say("OK")),
        )
        rows = [
            Row(
                (
                    CHOSEN if each is self._recommended else "",
                    each.option.label,
                    money_text(each.option.total_cents, style),
                    self._monthly(each.option.total_cents),
                    Span("✓", Look.GOOD) if each.eligible else Span("✗", Look.BAD),
                ),
                Look.STRONG if each is self._recommended else Look.PLAIN,
            )
            for each in self.found.options.values()
        ]
        return Table(columns, tuple(rows), noun=say("options"))

    def _monthly(self, cents: int) -> str:
        found = per(cents, self.scenario.horizon) or money(0)
        return money_text(int(found * 100), self._style)

    @staticmethod
    def _share(part: Part, shown: Shared) -> float | None:
        total = shown.option.total_cents
        return part.cents / total if total else None

    def data(self) -> Json:
        """``cmsource/portfolio/1``."""
        return {
            "format": FORMAT,
            "scenario": scenario_data(self.scenario),
            "recommended": self.found.recommended,
            "options": {
                name: {
                    "eligible": each.eligible,
                    "total": money(each.option.total_cents),
                    "brands": {part.brand.name: self._data(part, each) for part in each.parts},
                }
                for name, each in self.found.options.items()
            },
            "alone": {
                name: None if each is None else {"option": each.option, "monthly": _amount(each)}
                for name, each in self.found.alone.items()
            },
        }

    def _data(self, part: Part, shown: Shared) -> Json:
        return {
            "file": part.brand.scenario.file,
            "total": money(part.cents),
            "monthly": per(part.cents, self.scenario.horizon),
            "share": share(self._share(part, shown)),
            "message_hours": share(part.messages),
            "planned_hours": share(part.planned),
        }

    def header(self) -> Sequence[str]:
        """What is said of each brand's part of each option."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each option and brand."""
        for name, shown in self.found.options.items():
            for part in shown.parts:
                data = self._data(part, shown)
                alone = self.found.alone[part.brand.name]
                yield (
                    name,
                    yes_no(shown.eligible),
                    yes_no(name == self.found.recommended),
                    part.brand.name,
                    *(data[key] for key in HEADER[4:9]),
                    None if alone is None else alone.option,
                    None if alone is None else _amount(alone),
                )


def _amount(alone: Alone) -> Json:
    return money(to_cents(alone.monthly))
