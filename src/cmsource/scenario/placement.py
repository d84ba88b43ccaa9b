"""People on successive placements."""

from math import floor
from typing import Annotated, ClassVar

from pydantic import Field

from cmsource.countries import Country, Fact
from cmsource.scenario.on_payroll import MOST_PEOPLE, OnPayroll
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Count, Share
from cmsource.values.quantities import Hours
from cmsource.values.time_types import Duration, Effort
from cmsource.values.week import a_month_of
from cmsource.values.word_types import YesNo


class Placement(OnPayroll):
    """A succession of internships."""

    own_time_key: ClassVar[str] = "tutoring"

    hours: Annotated[Hours, Effort(bare=True)] = Field(
        description=say("Hours of presence, such as 35 h/week.")
    )
    gratification: Annotated[float, Amount("hour", usual="4.50")] = Field(
        description=say("Gratification an hour.")
    )
    headcount: Annotated[int | str, Count(minimum=1, maximum=MOST_PEOPLE, word="auto")] = Field(
        1, description="How many interns at a time; auto takes as many as the duty needs."
    )
    placement: Annotated[float, Duration("month", bare=True, zero=False)] = Field(
        6.0, description="Length of one placement."
    )
    gap: Annotated[float, Duration("month", bare=True)] = Field(
        1.0, description="Time between two placements."
    )
    tutoring: Annotated[Hours, Effort(bare=True)] = Field(
        Hours(0.0, "week"), description="Tutor's hours, such as 2 h/week; own time."
    )
    lawful: Annotated[bool, YesNo()] = Field(
        False,
        description="Whether the law allows them for this job; see `options.NAME.lawful`.",
    )
    planned_absence: Annotated[float, Share(maximum=0.95)] = Field(
        0.0, description="Share of working time off, gaps apart."
    )
    unplanned_absence: Annotated[float, Share(maximum=0.95)] = Field(
        0.0, description="Share of working time lost to sickness."
    )

    def hourly(self, contract_hours: float) -> float:
        """The gratification, which is by the hour."""
        return self.gratification

    def months_of_placements(self, months: float) -> float:
        """Months in which a placement runs, of so many after the start of the first one."""
        cycle = self.placement + self.gap
        whole = floor(months / cycle)
        return whole * self.placement + min(months - whole * cycle, self.placement)

    @property
    def share_present(self) -> float:
        """Share of the time in which a placement runs, in the long run."""
        return self.placement / (self.placement + self.gap)

    @property
    def absent_by_plan(self) -> float:
        """Planned absence as a share of working time, gaps between people included."""
        return 1 - (1 - self.planned_absence) * self.share_present

    @property
    def hours_of_a_placement(self) -> float:
        """Hours of presence in one placement."""
        return a_month_of(self.placement) * self.weekly_hours

    def gratification_due(self, country: Country) -> Fact | None:
        """The least gratification an hour; None where a placement so long needs none."""
        due_from = country.facts.get("gratification_due_from_hours")
        if due_from is None or self.hours_of_a_placement <= due_from.value:
            return None
        fact = country.facts.get("gratification")
        return None if fact is None or fact.confidence == "G" else fact
