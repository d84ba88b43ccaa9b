"""The seasons of a comparison: how much comes in which months, and how much of it gets done."""

from collections.abc import Mapping

from cmsource.reports.blocks import NONE, Bar, Cell, Column, Look, Row, Table, Text
from cmsource.reports.wording import hours_text, plain_number, share_text
from cmsource.results.comparison import Comparison
from cmsource.results.coverage import Coverage
from cmsource.results.phase import PhaseResult, SeasonResult
from cmsource.scenario.figures import FIGURES
from cmsource.values.language import listed, say

_BARS = ("answered_in_time", "work_done")
_BAR = 8


def seasons_table(result: Comparison) -> Table | None:
    """Each season of each option; None where every month is the same."""
    rows = []
    for option in result.options.values():
        label = option.label
        several = len(option.phases) > 1
        for phase in option.phases:
            for season in phase.seasons:
                rows.append(_row(label, _months(phase, season, several), season))
                label = ""
    if not rows:
        return None
    columns = (
        Column(say("Option"), wraps=True),
        Column(say("Months"), wraps=True),
        Column(say("Level"), right=True, wraps=True),
        Column(say("Work a week"), right=True),
        Column(say("Hours of people"), right=True, keep=60),
        *(Column(FIGURES[name].title, right=True) for name in _BARS),
        Column(FIGURES["idle"].title, right=True, keep=50),
    )
    return Table(columns, tuple(rows))


def _row(label: str, months: str, season: SeasonResult) -> Row:
    return Row(
        (
            label,
            months,
            level_text(season.shares),
            hours_text(season.needed),
            NONE if season.able is None else hours_text(season.able),
            *(_bar(season.coverage, name) for name in _BARS),
            share_text(season.coverage.idle),
        )
    )


def _months(phase: PhaseResult, season: SeasonResult, several: bool) -> str:
    """The months of a season, and which months of the horizon its phase has."""
    if not several:
        return season.name
    return say(
        "{season} (months {first} to {last})",
        season=season.name,
        first=plain_number(phase.from_month),
        last=plain_number(phase.from_month + phase.months),
    )


def level_text(shares: Mapping[str, float]) -> str:
    """How much there is of what is written, by activity where that is not the same."""
    if len(set(shares.values())) == 1:
        return share_text(next(iter(shares.values())))
    parts = [listed([name, share_text(share)], " ") for name, share in shares.items() if share != 1]
    return listed(parts)


def _bar(covered: Coverage, name: str) -> Text | Cell:
    value: float | None = getattr(covered, name)
    text = share_text(value)
    return text if value is None else Cell(text, Bar(value, Look.PLAIN, _BAR))
