"""Charts of a log of messages: its weeks, its months, how long answers take."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.inbox.answers import Answers
from cmsource.inbox.trend import Month, Week
from cmsource.reports.blocks import Bar, Cell, Column, Look, Row, Table
from cmsource.reports.charts import steps
from cmsource.reports.pictures import Axis, Graph, Series, Tick
from cmsource.reports.wording import share_text, time_text
from cmsource.values.language import say
from cmsource.values.money import format_number, format_shortest

_SOME_WEEKS = 4
_SOME_MONTHS = 3
_TICKS = 4
_BAR = 20
_LIMITS = (5.0, 15.0, 60.0, 240.0, 480.0, 1440.0, 4320.0, 10080.0)
"""Minutes within which answers are counted."""


class Charts(NamedTuple):
    """What a log has to draw."""

    weeks: Sequence[Week]
    months: Sequence[Month]
    answers: Answers | None

    def blocks(self) -> Iterator[Graph | Table]:
        """The charts from top to bottom."""
        if len(self.weeks) >= _SOME_WEEKS:
            yield _weeks(self.weeks)
        if len(self.months) >= _SOME_MONTHS:
            yield _months(self.months)
        if self.answers is not None:
            yield _waits(self.answers)


def _weeks(weeks: Sequence[Week]) -> Graph:
    """Messages of each whole week."""
    most = max(week.messages for week in weeks) * 1.05 or 1.0
    last = len(weeks) - 1
    points = tuple((at / last, week.messages / most) for at, week in enumerate(weeks))
    places = sorted({round(last * tick / (_TICKS - 1)) for tick in range(_TICKS)})
    across = tuple(Tick(at / last, weeks[at].monday.isoformat()) for at in places)
    up = tuple(Tick(each / most, format_shortest(each)) for each in steps(most))
    return Graph(
        say("Messages a week"),
        Axis(say("weeks, by their Mondays"), across),
        Axis(say("messages"), up),
        series=(Series("", points, Look.GOOD),),
    )


def _months(months: Sequence[Month]) -> Table:
    """Messages a week in each whole month."""
    most = max(month.per_week for month in months) or 1.0
    columns = (Column(say("Month")), Column(say("A week"), right=True), Column(""))
    rows = tuple(
        Row(
            (
                f"{month.first:%Y-%m}",
                format_number(month.per_week, 1),
                Cell("", Bar(month.per_week / most, width=_BAR, track=False)),
            )
        )
        for month in months
    )
    return Table(columns, rows, say("Messages a week, by month"), noun=say("months"))


def _waits(answers: Answers) -> Table:
    """How many questions are answered within how long."""
    columns = (Column(say("Within")), Column(say("Answered"), right=True), Column(""))
    rows = []
    for limit in _LIMITS:
        part = bisect_right(answers.waits, limit) / answers.asked
        bar = Cell("", Bar(part, width=_BAR))
        rows.append(Row((time_text(limit), share_text(part), bar)))
        if limit >= answers.waits[-1]:
            break
    return Table(columns, tuple(rows), say("How soon messages are answered today"))
