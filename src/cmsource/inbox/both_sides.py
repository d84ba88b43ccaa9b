"""Both sides of the conversations of a log: which of its rows go to whoever counts answer times."""

from cmsource.inbox.answers import Exchange, conversation_of, person_of
from cmsource.inbox.columns import Rows, column_of
from cmsource.inbox.layout import Layout
from cmsource.inbox.selection import Selection, Side, kept_by, side_of
from cmsource.values.text import printable


class BothSides:
    """Takes the messages of conversations in.

    Attributes:
        exchange: what they are taken into.
    """

    def __init__(self, exchange: Exchange, side: Side | None, selection: Selection) -> None:
        self.exchange = exchange
        self._side = side
        self._selection = selection

    def take_in(self, batch: Rows, layout: Layout) -> None:
        """Take the messages of a batch in with their conversations, those of the company too."""
        side = None if self._side is None else self._side.at
        # Which way messages went is no condition of a conversation.
        asked = [
            condition
            for condition in self._selection.conditions
            if column_of(condition.column, layout.titles) != side
        ]
        conditions = kept_by(asked, layout.titles)[0]
        for row in batch:
            there = max(layout.at, layout.clock or 0) < len(row)
            own = self._side is not None and self._side.is_own(row)
            if own and self.exchange.in_rows:
                continue
            if there and all(condition(row) for condition in conditions):
                self.exchange.add(row, layout.time_in(row), layout.form, own)


def both_sides_of(layout: Layout, selection: Selection, owner: str) -> BothSides | None:
    """What takes conversations in, where a log has both sides of them and times.

    Args:
        layout: how the log is laid out.
        selection: which rows are asked for.
        owner: whose log it is; empty when nobody knows.
    """
    if layout.days:
        return None
    side = side_of(layout.titles, layout.body, owner)
    at = conversation_of(layout.titles, layout.body)
    if side is None or at is None:
        if layout.replied is None:
            return None
        title = printable(layout.titles[layout.replied])
        return BothSides(Exchange(layout.replied, title, in_rows=True), side, selection)
    person = person_of(layout.titles, [row for row in layout.body if side.is_own(row)], side.at)
    return BothSides(Exchange(at, printable(layout.titles[at]), person), side, selection)
