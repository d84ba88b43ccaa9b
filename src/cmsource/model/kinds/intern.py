"""Interns: successive placements with gaps, and a tutor's time."""

from functools import partial

from cmsource.model.departures import short_between
from cmsource.model.resource import CostLine, Explanation, Resource
from cmsource.model.setting import Setting
from cmsource.model.staff import (
    headcount_of,
    on_the_roster,
    own_time,
)
from cmsource.scenario.kinds.intern import Intern
from cmsource.values.language import counted, say
from cmsource.values.week import a_month_of
from cmsource.values.written import written


def _tutoring() -> str:
    return say("a tutor's time while a placement runs")


def resource(source: Intern, setting: Setting) -> Resource:
    """The resource of interns. In the gaps between placements nobody is there or paid."""
    people = headcount_of(source, source.absent_by_plan)

    def costs(year: int) -> tuple[CostLine, ...]:
        index = setting.wages(year)
        month = setting.employer.month(source, year)

        def pay_words() -> Explanation:
            keys = ("gratification", "hours", "headcount", "placement", "gap")
            why = say("gratification")
            if source.gap:
                why = counted(
                    source.placement,
                    "gratification of placements of {count} month, {gap} between them",
                    "gratification of placements of {count} months, {gap} between them",
                    count=written(f"{source.placement:g}"),
                    gap=written(f"{source.gap:g}"),
                )
            refs = source.origins.refs(*keys)
            return Explanation(why, (*refs, *setting.price_refs("wages", year)))

        def charges_words() -> Explanation:
            refs = (setting.employer.schedule_ref(year), *setting.price_refs("wages", year))
            return Explanation(say("payroll schedule of a placement"), refs, month.details)

        hours = a_month_of(people * source.weekly_hours)
        tutor = partial(source.origins.refs, "tutoring")
        lines = (
            CostLine("pay", hours, "h", source.gratification, pay_words, index),
            CostLine("employer charges", people, "month", month.charges, charges_words),
            own_time(setting, source.tutoring, year, _tutoring, tutor),
        )
        return tuple(line._replace(attended=source.months_of_placements) for line in lines)

    short = short_between(source.placement, source.gap, source.ramp_up)
    return on_the_roster(source, costs, people, short=short)
