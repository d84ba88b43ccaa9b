"""What results rest on that nobody gave: every assumption with its source, date and mark."""

from collections.abc import Sequence

from cmsource.reports.blocks import Column, Look, Row, Span, Table
from cmsource.reports.wording import MARKS, units_kept
from cmsource.scenario.assumption import Assumption


def assumptions_table(assumptions: Sequence[Assumption], title: str = "") -> Table:
    """Assumptions, those that matter most first."""
    columns = (
        Column("Key to set"),
        Column("Taken as", wraps=True),
        Column("Mark", wraps=True, keep=50),
        Column("From", wraps=True),
    )
    rows = (
        Row(
            (
                Span(each.path, Look.KEY),
                units_kept(each.value),
                MARKS.get(each.confidence, each.confidence),
                Span(f"{each.source}, {each.as_of}" if each.as_of else each.source, Look.FAINT),
            )
        )
        for each in assumptions
    )
    return Table(columns, tuple(rows), title)
