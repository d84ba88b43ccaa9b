"""What everybody on the company's own roster has in common."""

from collections.abc import Callable

from cmsource.model.resource import (
    CostLine,
    Costs,
    Explanation,
    Publishing,
    Resource,
    Standby,
    Weeks,
    by_year,
)
from cmsource.model.setting import Setting
from cmsource.model.staffing import rostered_depth, smallest_headcount
from cmsource.scenario.on_payroll import OnPayroll
from cmsource.values.quantities import Hours
from cmsource.values.week import a_month_of


def headcount_of(source: OnPayroll, planned: float) -> int:
    """People of a source; ``auto`` is the smallest number that fills every hour of duty."""
    if isinstance(source.headcount, int):
        return source.headcount
    return smallest_headcount(source.weekly_hours, planned, source.on_duty.hours)


def on_the_roster(
    source: OnPayroll,
    costs: Costs,
    people: int,
    standby: Standby | None = None,
    *,
    second: float = 0.0,
    short: float = 0.0,
) -> Resource:
    """The resource of people on the company's own roster.

    Args:
        source: somebody on the payroll.
        costs: its rules of cost in a year of the horizon: it is paid whatever it does.
        people: headcount.
        standby: hours on call besides those on duty.
        second: share of the weeks in which another job leaves no time for planned work.
        short: share of the time in which a post is short because somebody left.
    """
    hours = source.weekly_hours
    planned = source.absent_by_plan
    there = (1 - planned) * (1 - source.unplanned_absence)
    duty = source.on_duty.hours

    return Resource(
        name=source.name,
        in_house=True,
        replaced=False,
        headcount=people,
        depth=rostered_depth(people, hours, planned, duty),
        depth_less_one=rostered_depth(people - 1, hours, planned, duty),
        absent=source.unplanned_absence,
        duty=source.on_duty,
        capacity=people * hours * there,
        contract=0.0 if source.works_elsewhere else people * hours,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=people,
        costs=by_year(costs),
        answer_delay=source.answer_delay,
        escalates=source.escalates,
        escalation_delay=source.escalation_delay,
        standby=standby,
        weeks=Weeks(people * (1 - planned), hours, second, short),
        publishing=Publishing(material=1.0),
    )


def own_time(
    setting: Setting,
    hours: Hours,
    year: int,
    why: Callable[[], str],
    refs: Callable[[], tuple[str, ...]],
    people: int = 1,
) -> CostLine:
    """Hours of people who are paid anyway: tutoring, management, coordination.

    Args:
        setting: how prices rise.
        hours: a week.
        year: of the horizon, from 0.
        why: what they do.
        refs: where the hours came from.
        people: that they are spent on.
    """

    def words() -> Explanation:
        risen = setting.price_refs("wages", year)
        return Explanation(why(), (*refs(), *setting.own_time.refs, *risen))

    return CostLine(
        "own time",
        a_month_of(hours.weekly(5) * people),
        "h",
        1.0,
        words,
        setting.wages(year),
        cash=False,
        own_time=True,
    )
