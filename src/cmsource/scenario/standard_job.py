"""The job that the standard options are made for: what their sources do and when."""

from cmsource.scenario.defaults import Defaults, assumed
from cmsource.scenario.node import Node, Tree
from cmsource.values.language import counted, say
from cmsource.values.week import Week


class StandardJob:
    """What is known of a job that the standard options are to do.

    Args:
        short: what the scenario says in short, by key of the short form.
        minutes: of work a day.
        defaults: what the country says.
        cover: the hours of ``needs.cover``, when they can be read.
    """

    def __init__(self, short: Tree, minutes: int, defaults: Defaults, cover: Week | None) -> None:
        self._short = short
        self._minutes = minutes
        self.defaults = defaults
        self.cover = cover

    def said(self, short_key: str, key: str) -> Tree:
        """A key with what a key of the short form says; nothing where it says nothing."""
        return {key: self._short[short_key]} if short_key in self._short else {}

    def daily(self, key: str) -> Node:
        """The work of a day, as far as it fits the office hours of the shortest day."""
        office = self.defaults.office
        minutes = min(self._minutes, self._office_minutes())
        daily = f"{minutes // 60} h/day" if minutes % 60 == 0 else f"{minutes} min/day"
        days = len(office.days)
        return assumed(
            daily,
            key,
            counted(
                days,
                "hours_per_day on {count} working day, in office hours",
                "hours_per_day on each of {count} working days, in office hours",
            ),
        )

    def sittings(self, count: int) -> Node:
        """One or two sittings that make up the work of a day, at the ends of the office day."""
        office = self.defaults.office
        if self._minutes >= self._office_minutes():
            return assumed(str(office), "on_duty", say("office hours, as far as they go"))
        source = say("hours_per_day in two sittings a working day")
        if count == 1:
            source = say("hours_per_day in one sitting a working day")
        first = self._minutes // count
        duty = office.first_minutes_of_each_day(first)
        if count == 2:
            duty = duty.union(office.last_minutes_of_each_day(self._minutes - first))
        return assumed(str(duty), "on_duty", source)

    def _office_minutes(self) -> int:
        """Minutes of office hours on their shortest day."""
        office = self.defaults.office
        return min(office.day_part(day).minutes for day in office.days)
