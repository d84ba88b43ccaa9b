"""Interns: successive placements with gaps, and a tutor's time."""

from functools import partial

from cmsource.model.employer import weekly_hours
from cmsource.model.kinds.staff import (
    headcount_of,
    on_the_roster,
    own_time,
    planned_absence_of,
)
from cmsource.model.resource import CostLine, Resource, Words
from cmsource.model.setting import Setting
from cmsource.scenario.sources import Placement, Source


def intern(source: Source, setting: Setting) -> Resource:
    """The resource of interns. In the gaps between placements nobody is there or paid."""
    terms = source.terms
    assert isinstance(terms, Placement)
    people = headcount_of(source, planned_absence_of(source))
    present = terms.share_present

    def costs(year: int) -> tuple[CostLine, ...]:
        index = setting.wages(year)
        month = setting.employer.month(source, index)

        def pay_words() -> Words:
            keys = ("gratification", "hours", "headcount", "placement", "gap")
            share = f" ({present:.0%} of the time: placements of {terms.placement:g} months)"
            why = "gratification" + (share if present < 1 else "")
            refs = terms.origins.refs(*keys)
            return Words(why, (*refs, *setting.price_refs("wages", year)))

        def charges_words() -> Words:
            schedule = f"{setting.country.code}: payroll {setting.country.period}"
            refs = (schedule, *setting.price_refs("wages", year))
            return Words("on what exceeds the exempt gratification", refs, month.details)

        hours = people * present * weekly_hours(source) * 52 / 12
        return (
            CostLine("pay", hours, "h", terms.gratification, pay_words, index),
            CostLine("employer charges", people * present, "month", month.charges, charges_words),
            own_time(
                setting,
                terms.tutoring,
                year,
                "a tutor's time while a placement runs",
                partial(terms.origins.refs, "tutoring"),
                share=present,
            ),
        )

    return on_the_roster(source, costs, people)
