"""Weekly rotations: a team's duty shared out in shifts that labour law allows each of its people.

A rotation is cyclic: it has one row a person, each row is a week of work, and after each week
everybody moves on to the next row. So the rows together must fill the duty of a week, and one
person must be able to work all rows one after the other, the first again after the last.

The search cuts the duty into shifts, chooses the days of work of each row, then who has which
shift, and keeps a rotation only when labour law has nothing against it. It always tries
the same things in the same order and gives up after a fixed number of steps.
"""

from functools import lru_cache
from math import ceil
from typing import NamedTuple

from cmsource.countries.labour import Limits
from cmsource.countries.rotation_search import Search, Steps
from cmsource.countries.shifts import Row, Shift, cuts, row_text
from cmsource.values.language import Said, counted, say
from cmsource.values.money import format_digits
from cmsource.values.week import DAYS, Week
from cmsource.values.written import written

_TOLERANCE = 1e-9
_MORE_PEOPLE = 12
_MOST_ROWS = 60


class Rotation(NamedTuple):
    """What came of looking for a rotation.

    Attributes:
        people: headcount asked for.
        rows: weeks of work of one team; empty when no rotation was found.
        teams: how many teams of that size the headcount makes.
        needed: the headcount when it has a rotation, else the next larger one for which one was
            found, None when none was.
        why_not: why there is no rotation for the headcount; "" when there is one.
    """

    people: int
    rows: tuple[Row, ...]
    teams: int
    needed: int | None
    why_not: str

    def texts(self) -> tuple[str, ...]:
        """The rows as hours of the week, a shift past midnight under the day on which it begins."""
        return tuple(row_text(row) for row in self.rows)

    def hours(self) -> tuple[float, ...]:
        """Hours of work of each row."""
        return tuple(sum(shift.minutes for shift in row) / 60 for row in self.rows)


@lru_cache(maxsize=256)
def rotation(duty: Week, people: int, hours: float, limits: Limits) -> Rotation:
    """A legal weekly rotation of so many people that fills every hour of the duty.

    With people enough for several, the duty is filled once by each of several teams. On average
    over the rotation nobody works more than the contract; single weeks do where it cannot be
    helped, never above the legal average.

    Args:
        duty: hours of the week to be filled.
        people: headcount.
        hours: contract hours a week of each person.
        limits: what the law allows.
    """
    if not duty or hours <= 0:
        return Rotation(people, (), 1, None, "")
    least = max(1, ceil(duty.hours / hours - _TOLERANCE))
    steps = Steps()
    # The smallest team that has a rotation; where it is made larger so that as many such teams
    # share all the people, that size is tried first.
    for smallest in range(least, min(people, least + _MORE_PEOPLE) + 1):
        teams = people // smallest
        size = people // teams
        for each in dict.fromkeys((min(size, _MOST_ROWS), smallest)):
            rows = _team(duty, each, hours, limits, steps)
            if rows is not None:
                return Rotation(people, rows, teams, people, "")
    why_not = _why_not(duty, people, hours, limits)
    for needed in range(max(least, people + 1), max(least, people) + _MORE_PEOPLE + 1):
        if needed <= _MOST_ROWS and _team(duty, needed, hours, limits, steps) is not None:
            return Rotation(people, (), 1, needed, why_not)
    return Rotation(people, (), 1, None, why_not)


def _team(
    duty: Week, people: int, hours: float, limits: Limits, steps: Steps
) -> tuple[Row, ...] | None:
    """The rows of a team that fills the duty once, or None when none is found."""
    above = min(limits.week, limits.average)
    bounds = limits._replace(week=above)
    tried: list[list[list[Shift]]] = []
    for most in dict.fromkeys((min(hours, above), above)):
        tried.clear()
        for shifts in cuts(duty, hours, limits):
            if shifts not in tried:
                tried.append(shifts)
                rows = Search(shifts, people, most, bounds, steps).rows()
                if rows is not None:
                    return rows
    return None


def _why_not(duty: Week, people: int, hours: float, limits: Limits) -> Said:
    """Why so many people have no rotation, by the longest shifts."""
    if people * hours < duty.hours - _TOLERANCE:
        return say(
            "{people} x {hours} h is less than the {duty} h of duty",
            people=people,
            hours=format_digits(hours),
            duty=format_digits(duty.hours),
        )
    shifts = next(cuts(duty, hours, limits))
    day, busiest = max(enumerate(shifts), key=lambda each: len(each[1]))
    if len(busiest) > people:
        return counted(
            len(busiest),
            "{day} has {count} shift, for another person",
            "{day} has {count} shifts, each for another person",
            day=written(DAYS[day]),
        )
    longest = max(shift.minutes for each in shifts for shift in each) / 60
    count = sum(map(len, shifts))
    each = min(int(limits.week // longest), limits.days, 7)
    if each * people < count:
        return counted(
            count,
            "a week has {count} shift of up to {longest} h, one person can work {each}",
            "a week has {count} shifts of up to {longest} h, one person can work {each}",
            longest=format_digits(longest),
            each=each,
        )
    return counted(
        count,
        "no place was found for the {count} shift a week that leaves everybody {daily} h of rest "
        "a day and {weekly} h in a row a week",
        "no order was found of the {count} shifts a week that leaves everybody {daily} h of rest "
        "a day and {weekly} h in a row a week",
        daily=format_digits(limits.daily_rest),
        weekly=format_digits(limits.weekly_rest),
    )
