"""Interns: successive placements with gaps, and a tutor's time."""

from cmsource.model.kinds.staff import (
    headcount_of,
    on_the_roster,
    own_time,
    planned_absence_of,
)
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting, payroll, weekly_hours
from cmsource.sources import Placement, Source


def intern(source: Source, setting: Setting) -> Resource:
    """The resource of interns. In the gaps between placements nobody is there or paid."""
    terms = source.terms
    assert isinstance(terms, Placement)
    people = headcount_of(source, planned_absence_of(source))
    present = terms.share_present

    def costs(year: int) -> tuple[CostLine, ...]:
        index = setting.wages(year)
        month = payroll(source, setting.scenario, setting.country, index)
        risen = setting.price_refs("wages", year)
        refs = terms.origins.refs("gratification", "hours", "headcount", "placement", "gap")
        schedule = f"{setting.country.code}: payroll {setting.country.period}"
        share = f" ({present:.0%} of the time: placements of {terms.placement:g} months)"
        return (
            CostLine(
                "pay",
                "gratification" + (share if present < 1 else ""),
                people * present * weekly_hours(source) * 52 / 12,
                "h",
                terms.gratification,
                price_index=index,
                refs=(*refs, *risen),
            ),
            CostLine(
                "employer charges",
                "on what exceeds the exempt gratification",
                people * present,
                "month",
                month.charges,
                refs=(schedule, *risen),
                details=month.details,
            ),
            own_time(
                setting,
                terms.tutoring,
                year,
                "a tutor's time while a placement runs",
                terms.origins.refs("tutoring"),
                share=present,
            ),
        )

    return on_the_roster(source, costs, people)
