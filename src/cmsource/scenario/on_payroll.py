"""Everybody on the company's own payroll."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from cmsource.countries import Country
from cmsource.countries import Employment as Contract
from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Node
from cmsource.scenario.source import Source
from cmsource.values.language import say
from cmsource.values.quantities import Hours, number_text

MOST_PEOPLE = 10_000
"""A team of more is a slip."""


class OnPayroll(Source):
    """Somebody whom the company pays by the hour, month or year, and puts on its roster."""

    in_house: ClassVar[bool] = True

    if TYPE_CHECKING:  # each family declares these where they belong among its own keys
        hours: Hours
        headcount: int | str
        planned_absence: float
        unplanned_absence: float

    @property
    def weekly_hours(self) -> float:
        """Hours a week that one person of it gives to the job."""
        return self.hours.weekly(self.days_of_duty)

    @property
    def absent_by_plan(self) -> float:
        """Planned absence as a share of working time, gaps between people included."""
        return self.planned_absence

    def hourly(self, contract_hours: float) -> float:
        """Gross pay an hour.

        Args:
            contract_hours: hours a week that pay by the month or year is for.
        """
        raise AssertionError(f"a {self.kind} has no pay")

    def risen(self, wage: float, served: int, country: Country) -> float:
        """An hourly wage after so many whole years on the contract, the yearly rises apart."""
        return wage

    def contract_for(self, gross: float, hours: float, served: int = 0) -> Contract:
        """The contract of one person as payroll schedules take it, the company left out.

        Args:
            gross: pay a month, in money.
            hours: a week.
            served: whole years on the contract since the start.
        """
        raise AssertionError(f"a {self.kind} has no contract")

    @classmethod
    def fill_contract(cls, draft: Draft) -> None:
        """Fill the hours of a full post, and hours on duty that fit the contract."""
        full_time = draft.defaults.fact("full_time_hours", number_text, " h/week")
        draft.fill("hours", full_time)
        draft.fill("on_duty", lambda: cls._duty(draft))

    @classmethod
    def _duty(cls, draft: Draft) -> Node:
        defaults, office = draft.defaults, draft.defaults.office
        headcount = draft.tree.get("headcount")
        if headcount is not None and headcount.value == "auto" and draft.cover is not None:
            source = say("headcount auto: the team watches the cover")
            return assumed(str(draft.cover), "on_duty", source)
        hours: Hours | None = draft.early("hours")
        days = max(1, len(office.days))
        if hours is None or hours.weekly(days) >= office.hours:
            return defaults.fact("office_hours")
        part = office.first_minutes_of_each_day(int(hours.weekly(days) * 60 / days))
        if not part:
            return defaults.fact("office_hours")
        source = say("office hours, as far into each day as the contract goes")
        return assumed(str(part), "on_duty", source, "D")

    @staticmethod
    def fill_absence(draft: Draft, leave: Callable[[], Node], loss: Callable[[], Node]) -> None:
        """Fill the share of working time that people are away, planned and unplanned."""
        draft.fill("planned_absence", leave)
        draft.fill("unplanned_absence", loss)
