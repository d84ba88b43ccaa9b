"""``best``: the cheapest organisation found, why it is cheaper, and the least it could cost."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cmsource.analysis.best.best import Best
from cmsource.model.evaluation import Evaluation, coverage
from cmsource.model.judgement import misses
from cmsource.reports.best_words import BestWords, members
from cmsource.reports.blocks import Block
from cmsource.reports.comparison_data import scenario_data, share
from cmsource.reports.report import Json
from cmsource.reports.wording import cells
from cmsource.results.entry import money
from cmsource.scenario.figures import requirable
from cmsource.values.money import style_for

FORMAT = "cmsource/best/1"
HEADER = ("source", "people", "hours", "on_duty", "takes", "work_hours", "total")


class BestReport(NamedTuple):
    """The cheapest organisation found.

    Attributes:
        found: what was found.
    """

    found: Best

    def blocks(self) -> Iterator[Block]:
        """The answer, who does what, why it costs less, and the option for the file."""
        yield from BestWords(self.found).blocks()

    def data(self) -> Json:
        """``cmsource/best/1``."""
        found = self.found
        style = style_for(found.scenario.currency)
        answer, shipped = found.found, found.shipped
        return {
            "format": FORMAT,
            "scenario": scenario_data(found.scenario),
            "option": found.name if answer is not None else None,
            "total": None if answer is None else money(answer.total_cents),
            "cash": None if answer is None else money(answer.cash_cents),
            "coverage": None if answer is None else _covered(answer),
            "sources": [dict(zip(HEADER, row, strict=True)) for row in self.rows()],
            "written": list(found.written),
            "misses": misses(found.misses, style),
            "stays": found.stays,
            "shipped": None
            if shipped is None
            else {
                "option": shipped.name,
                "total": money(shipped.total_cents),
                "coverage": _covered(shipped),
            },
            "changes": [
                {
                    "source": each.source,
                    "category": each.category,
                    "before": money(each.before),
                    "after": money(each.after),
                }
                for each in found.changes
            ],
            "cursor": None if found.cursor_cents is None else money(found.cursor_cents),
            "mixes": None if found.mixes_cents is None else money(found.mixes_cents),
            "lower_bound": None if found.bound_cents is None else money(found.bound_cents),
            "gap": share(found.gap),
            "looked_at": found.looked,
            "sets": {
                "searched": found.sets - found.left_out,
                "ruled_out": found.ruled_out,
                "left_out": found.left_out,
            },
            "effort": found.effort,
        }

    def header(self) -> Sequence[str]:
        """What is said of each source of the answer."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each source of each phase of the answer."""
        answer = self.found.found
        for source, people, hours, cents in members(answer):
            takes = {name: share(part) for name, part in source.takes.items()}
            data: Mapping[str, object] = {
                "source": source.name,
                "people": people,
                "hours": share(source.weekly_hours * people) if source.in_house else None,
                "on_duty": str(source.on_duty),
                "takes": " ".join(f"{name or 'all'}={part}" for name, part in takes.items()),
                "work_hours": share(hours),
                "total": money(cents),
            }
            yield cells(data, HEADER)


def _covered(option: Evaluation) -> Json:
    found = coverage(option)
    figures = [figure for figure in requirable().values() if figure.is_of_phases]
    return {each.column: share(getattr(found, each.name)) for each in figures}
