"""A scenario as it is in one month of its year."""

from typing import NamedTuple

from cmsource.scenario.scenario import Scenario
from cmsource.scenario.seasons import ordinary


class Month(NamedTuple):
    """A scenario all of whose months are like one of its months.

    Attributes:
        scenario: with the work of that month.
        season: the months of the year that are like it, for people; "" where all are.
    """

    scenario: Scenario
    season: str


def one_month(scenario: Scenario, month: int | None = None) -> Month:
    """A scenario as if every month were like one of its year.

    Args:
        scenario: as read.
        month: which, from 0 for January; an ordinary one when None.
    """
    needs = scenario.needs
    levels = needs.levels()
    if month is None:
        level = max(levels, key=ordinary)
    else:
        level = next(each for each in levels if month in each.months)
    there = needs.at(level)
    return Month(scenario if there is needs else scenario.changed(needs=there), level.name)
