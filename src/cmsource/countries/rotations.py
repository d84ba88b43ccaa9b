"""Weekly rotations: a team's duty shared out in shifts that labour law allows each of its people.

A rotation is cyclic: it has one row a person, each row is a week of work, and after each week
everybody moves on to the next row. So the rows together must fill the duty of a week, and one
person must be able to work all rows one after the other, the first again after the last.

The search cuts the duty into shifts, chooses the days of work of each row, then who has which
shift, and keeps a rotation only when labour law has nothing against it. It always tries
the same things in the same order and gives up after a fixed number of steps.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from cmsource.countries.labour import Interval, Limits, breaches
from cmsource.values.language import Said, say
from cmsource.values.money import format_digits
from cmsource.values.week import DAY, DAYS, WEEK, Week
from cmsource.values.written import written

_TOLERANCE = 1e-9
_MORE_PEOPLE = 12
_MOST_ROWS = 60
_MOST_TEAM = 200
_MOST_STEPS = 1500
_MOST_STEPS_IN_ALL = 6000
_LENGTHS = (8, 7, 6, 5, 4, 3, 2, 1)
_FIRST_SHIFT = 6 * 60
_STEP = 15
_DAYS_OF = tuple(tuple(day for day in range(7) if mask >> day & 1) for mask in range(128))
"""The days of a set of days as bits, Monday first."""


class Shift(NamedTuple):
    """One person's work of one day: minutes from Monday 00:00, a shift past Sunday goes on.

    Attributes:
        parts: stretches of work, more than one when there is a break.
    """

    parts: tuple[Interval, ...]

    @property
    def start(self) -> int:
        """The minute at which it begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """The minute at which it ends."""
        return self.parts[-1][1]

    @property
    def minutes(self) -> int:
        """Minutes of work, breaks left out."""
        return sum(end - start for start, end in self.parts)

    @property
    def day(self) -> int:
        """The day on which it begins, Monday being 0."""
        return self.start // DAY


Row = tuple[Shift, ...]


class _Steps:
    """How many steps are left: for one way to cut the duty, and in all."""

    def __init__(self) -> None:
        self.in_all = _MOST_STEPS_IN_ALL
        self.here = 0

    def begin(self) -> None:
        """Begin with another way to cut the duty."""
        self.here = _MOST_STEPS

    def take(self) -> bool:
        """Take one; whether there was one left."""
        self.here -= 1
        self.in_all -= 1
        return self.here >= 0 and self.in_all >= 0


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
        return tuple(_text(row) for row in self.rows)

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
    steps = _Steps()
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
    duty: Week, people: int, hours: float, limits: Limits, steps: _Steps
) -> tuple[Row, ...] | None:
    """The rows of a team that fills the duty once, or None when none is found."""
    above = min(limits.week, limits.average)
    bounds = limits._replace(week=above)
    tried: list[list[list[Shift]]] = []
    for most in dict.fromkeys((min(hours, above), above)):
        tried.clear()
        for shifts in _cuts(duty, hours, limits):
            if shifts not in tried:
                tried.append(shifts)
                rows = _Search(shifts, people, most, bounds, steps).rows()
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
    shifts = next(_cuts(duty, hours, limits))
    day, busiest = max(enumerate(shifts), key=lambda each: len(each[1]))
    if len(busiest) > people:
        return say(
            "{day} has {count} shifts, each for another person",
            day=written(DAYS[day]),
            count=len(busiest),
        )
    longest = max(shift.minutes for each in shifts for shift in each) / 60
    count = sum(map(len, shifts))
    each = min(int(limits.week // longest), limits.days, 7)
    if each * people < count:
        return say(
            "a week has {count} shifts of up to {longest} h, one person can work {each}",
            count=count,
            longest=format_digits(longest),
            each=each,
        )
    return say(
        "no order was found of the {count} shifts a week that leaves everybody {daily} h of rest "
        "a day and {weekly} h in a row a week",
        count=count,
        daily=format_digits(limits.daily_rest),
        weekly=format_digits(limits.weekly_rest),
    )


def _cuts(duty: Week, hours: float, limits: Limits) -> Iterator[list[list[Shift]]]:
    """Ways to cut the duty into shifts by the day on which they begin, the longest shifts first."""
    most = min(limits.day, hours)
    for length in (most, *(each for each in _LENGTHS if each < most)):
        days: list[list[Shift]] = [[] for _ in range(7)]
        for shift in _with_breaks(list(_pieces(duty, length)), length, limits):
            days[shift.day].append(shift)
        yield days


def _pieces(duty: Week, length: float) -> Iterator[Interval]:
    """The duty in pieces of at most so many hours, of about the same size within a day."""
    for start, end in _stretches(duty):
        for first in range(start, end, DAY):
            last = min(first + DAY, end)
            count = ceil((last - first) / (length * 60) - _TOLERANCE)
            edges = [
                first + round((last - first) * number / count / _STEP) * _STEP
                for number in range(count)
            ]
            for here, there in zip(edges, [*edges[1:], last], strict=True):
                if there > here:
                    yield here, there


def _stretches(duty: Week) -> list[Interval]:
    """The duty's intervals, one that goes over Sunday night in one piece."""
    found = list(duty.intervals)
    if found == [(0, WEEK)]:
        return [(_FIRST_SHIFT, _FIRST_SHIFT + WEEK)]
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == WEEK:
        found = [*found[1:-1], (found[-1][0], WEEK + found[0][1])]
    return found


def _with_breaks(pieces: list[Interval], length: float, limits: Limits) -> list[Shift]:
    """Pieces of the same day put together as one shift with breaks, where that is allowed."""
    found: list[Shift] = []
    # A piece that was cut off beyond Sunday belongs to the day on which it begins.
    for start, end in sorted((start % WEEK, start % WEEK + end - start) for start, end in pieces):
        last = found[-1] if found else None
        if (
            last is not None
            and last.day == start // DAY
            and start > last.end
            and last.minutes + end - start <= length * 60
            and end - last.start <= DAY - limits.daily_rest * 60
        ):
            found[-1] = Shift((*last.parts, (start, end)))
        else:
            found.append(Shift(((start, end),)))
    return found


class _Search:
    """Looks for rows that fill given shifts.

    Args:
        shifts: shifts of each day of the week.
        people: rows.
        most: most hours of a row.
        limits: what is allowed.
        steps: how many may be taken.
    """

    def __init__(
        self,
        shifts: Sequence[Sequence[Shift]],
        people: int,
        most: float,
        limits: Limits,
        steps: _Steps,
    ) -> None:
        self.shifts = shifts
        self.people = people
        self.most = most * 60 + _TOLERANCE
        self.limits = limits
        self.steps = steps
        shortest = [min((s.minutes for s in day), default=0) for day in shifts]
        never = sum(1 << day for day in range(7) if not shifts[day])
        self.masks = [
            mask
            for mask in range(128)
            if not mask & never
            and mask.bit_count() <= limits.days
            and sum([shortest[day] for day in _DAYS_OF[mask]]) <= self.most
        ]
        self.pairs = [self.both(day) for day in range(7)]

    def rows(self) -> tuple[Row, ...] | None:
        """The rows found, or None."""
        need = [len(day) for day in self.shifts]
        most = max(map(int.bit_count, self.masks), default=0)
        if self.people > _MOST_TEAM:  # the search goes as deep as there are rows
            return None
        if max(need) > self.people or most * self.people < sum(need):
            return None
        self.steps.begin()
        for masks in self.days_of_work([], need, self.pairs):
            slots = [
                (row, day) for row, mask in enumerate(masks) for day in range(7) if mask >> day & 1
            ]
            found = self.placed(slots)
            if found is not None:
                return found
        return None

    def both(self, day: int) -> int:
        """How many people can work on a day and on the next, by the rest between their shifts."""
        after = sorted(shift.start for shift in self.shifts[(day + 1) % 7])
        later = [start + WEEK for start in after] if day == 6 else after
        count = 0
        for end in sorted(shift.end for shift in self.shifts[day]):
            while later and later[0] - end < self.limits.daily_rest * 60:
                later = later[1:]
            if not later:
                break
            later = later[1:]
            count += 1
        return count

    def days_of_work(
        self, chosen: list[int], need: list[int], pairs: list[int]
    ) -> Iterator[list[int]]:
        """Which days each row works, as bits, such that each day has the people it needs.

        Args:
            chosen: the rows so far.
            need: people that each day still needs.
            pairs: people who may still work on each day and on the next.
        """
        left = self.people - len(chosen)
        if left == 0:
            over = chosen[-1] >> 6 & chosen[0] & 1
            if self.joins(chosen[-1], chosen[0], chosen) and pairs[6] >= over:
                yield chosen
            return
        must = sum(1 << day for day in range(7) if need[day] == left)
        may = sum(1 << day for day in range(7) if need[day] > 0)
        share = sum(need) / left
        worth = [2 * each / left for each in need]
        before = chosen[-1] if chosen else 0
        apart = sum(1 << day for day in range(6) if pairs[day] <= 0)
        if pairs[6] <= 0 and before >> 6 & 1:
            may &= ~1
        options = [
            (
                4 * abs(mask.bit_count() - share)
                - sum([worth[day] for day in _DAYS_OF[mask]])
                + _roughness(before >> 6, mask),
                mask,
            )
            for mask in self.masks
            if mask & must == must
            and not mask & ~may
            and not mask & (mask >> 1) & apart
            and self.joins(before, mask, chosen)
        ]
        for _, mask in sorted(options):
            if not self.steps.take():
                return
            less = [need[day] - (mask >> day & 1) for day in range(7)]
            fewer = [pairs[day] - (mask >> day & mask >> day + 1 & 1) for day in range(6)]
            fewer.append(pairs[6] - (before >> 6 & mask & 1))
            yield from self.days_of_work([*chosen, mask], less, fewer)

    def joins(self, before: int, after: int, chosen: Sequence[int]) -> bool:
        """Whether a row may follow another without too many days of work in a row."""
        if not chosen or self.limits.days >= 7:
            return True
        # The days of work at the end of the one row and at the begin of the other.
        tail = 7 - (~before & 127).bit_length()
        free = ~after & 127
        head = (free & -free).bit_length() - 1 if free else 7
        return tail + head <= self.limits.days

    def placed(self, slots: list[tuple[int, int]]) -> tuple[Row, ...] | None:
        """The rows when every slot (row and day) is given a shift, or None."""
        if not slots:
            return None
        free = [set(range(len(day))) for day in self.shifts]
        worked = set(slots)
        # Begin where a stretch of work begins, so that its rests are checked from one end.
        first = next((i for i, slot in enumerate(slots) if self.before(slot) not in worked), 0)
        order = slots[first:] + slots[:first]
        given: dict[tuple[int, int], int] = {}
        stack = [iter(self.choices(order[0], given, free, worked))]
        while stack:
            number = len(stack) - 1
            slot = order[number]
            if slot in given:
                free[slot[1]].add(given.pop(slot))
            choice = next(stack[-1], None)
            if choice is None:
                stack.pop()
                continue
            if not self.steps.take():
                return None
            given[slot] = choice
            free[slot[1]].discard(choice)
            if number + 1 == len(order):
                rows = self.lawful(given)
                if rows is not None:
                    return rows
            else:
                stack.append(iter(self.choices(order[number + 1], given, free, worked)))
        return None

    def before(self, slot: tuple[int, int]) -> tuple[int, int]:
        """The day before a slot, in the row before on Mondays."""
        row, day = slot
        return (row, day - 1) if day else ((row - 1) % self.people, 6)

    def choices(
        self,
        slot: tuple[int, int],
        given: dict[tuple[int, int], int],
        free: Sequence[set[int]],
        worked: set[tuple[int, int]],
    ) -> list[int]:
        """The shifts a slot can have: that of the day before first, else what lasts longest."""
        row, day = slot
        yesterday = given.get(self.before(slot))
        found = [
            shift
            for shift in sorted(free[day])
            if yesterday is None or self.rested((day - 1) % 7, yesterday, shift)
        ]
        if yesterday is not None:
            # Going on at the same time of day, else later: that never shortens a rest.
            was = self.shifts[(day - 1) % 7][yesterday].start
            return sorted(found, key=lambda shift: (self.shifts[day][shift].start - was) % DAY)

        def lasts(shift: int) -> int:
            length, (at, on) = 0, (row, day)
            time = self.shifts[day][shift].start % DAY
            while (at, on) in worked and length < 7:
                if not any(self.shifts[on][each].start % DAY == time for each in free[on]):
                    break
                length += 1
                at, on = (at, on + 1) if on < 6 else ((at + 1) % self.people, 0)
            return length

        return sorted(found, key=lambda shift: (-lasts(shift), shift))

    def rested(self, day: int, one: int, other: int) -> bool:
        """Whether a day's shift leaves the daily rest before a shift of the next day."""
        end = self.shifts[day][one].end
        start = self.shifts[(day + 1) % 7][other].start + (WEEK if day == 6 else 0)
        return start - end >= self.limits.daily_rest * 60

    def lawful(self, given: dict[tuple[int, int], int]) -> tuple[Row, ...] | None:
        """The rows, when nothing in them breaks a limit."""
        rows = tuple(
            tuple(self.shifts[day][given[row, day]] for day in range(7) if (row, day) in given)
            for row in range(self.people)
        )
        if any(sum([shift.minutes for shift in row]) > self.most for row in rows):
            return None
        work = [
            (start + number * WEEK, end + number * WEEK)
            for number, row in enumerate(rows)
            for shift in row
            for start, end in shift.parts
        ]
        found = next(iter(breaches(work, self.limits, self.people)), None)
        return rows if found is None else None


def _roughness(before: int, mask: int) -> float:
    """How much a row's days off are scattered: single days off, and many stretches of work.

    Args:
        before: 1 when the Sunday before is a day of work.
        mask: the row's days of work as bits, Monday first.
    """
    days = mask << 1 | before
    starts = (~days & days >> 1 & 0x7F).bit_count()
    alone = (days & ~(days >> 1) & days >> 2 & 0x3F).bit_count()
    together = ~mask & ~(mask >> 1) & 0x3F
    return 1.5 * starts + 3 * alone + (0 if together else 6)


def _text(row: Row) -> str:
    """A row such as ``mon-thu 06:00-14:00, sat-sun 22:00-06:00``; ``never`` for a week off."""
    if not row:
        return "never"
    groups: list[tuple[str, list[int]]] = []
    for shift in row:
        midnight = shift.day * DAY
        times = " ".join(
            f"{_clock(start - midnight)}-{_clock(end - midnight)}" for start, end in shift.parts
        )
        if groups and groups[-1][0] == times and groups[-1][1][-1] == shift.day - 1:
            groups[-1][1].append(shift.day)
        else:
            groups.append((times, [shift.day]))
    return ", ".join(
        f"{DAYS[days[0]]}{f'-{DAYS[days[-1]]}' if len(days) > 1 else ''} {times}"
        for times, days in groups
    )


def _clock(minute: int) -> str:
    """A time of day; midnight is 24:00, which only ends of shifts are."""
    minute -= DAY if minute > DAY else 0
    return f"{minute // 60:02d}:{minute % 60:02d}"
