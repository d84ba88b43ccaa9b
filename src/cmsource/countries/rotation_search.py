"""The search for a rotation: which days each row works, and then who has which shift."""

from collections.abc import Iterator, Sequence

from cmsource.countries.labour import Limits, breaches
from cmsource.countries.shifts import Row, Shift
from cmsource.values.week import DAY, WEEK

_TOLERANCE = 1e-9
_MOST_TEAM = 200
_MOST_STEPS = 1500
_MOST_STEPS_IN_ALL = 6000
_DAYS_OF = tuple(tuple(day for day in range(7) if mask >> day & 1) for mask in range(128))
"""The days of a set of days as bits, Monday first."""


class Steps:
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


class Search:
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
        steps: Steps,
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
