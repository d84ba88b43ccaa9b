"""Sets of hours of the week: exact, in minutes from Monday 00:00, and their text."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from cmsource.values.later import once
from cmsource.values.quantities import QuantityError, quoted

DAY = 1440
"""Minutes in a day."""
WEEK = 10080
"""Minutes in a week."""

_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {
    word: day
    for day, words in enumerate(
        (
            "mon monday mondays lun lundi lundis",
            "tue tues tuesday tuesdays mar mardi mardis",
            "wed weds wednesday wednesdays mer mercredi mercredis",
            "thu thur thurs thursday thursdays jeu jeudi jeudis",
            "fri friday fridays ven vendredi vendredis",
            "sat saturday saturdays sam samedi samedis",
            "sun sunday sundays dim dimanche dimanches",
        )
    )
    for word in words.split()
}
_GROUPS = {
    "daily": range(7),
    "weekday": range(5),
    "weekdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_PHRASES = {
    "every day": "daily",
    "tous les jours": "daily",
    "week-end": "weekend",
    "–": "-",
    "—": "-",
    "−": "-",
}
_DASHES = frozenset(("-", "to", "à", "au"))
_FILLERS = frozenset(("and", "et", "&", "from", "du", "de", "le", "les"))
_MOMENT_FILLERS = _FILLERS | {"on", "at", "à", ","}
# Without spaces and commas, which people put in different places.
_ALWAYS = frozenset(("24/7", "24h/7", "24h/7j", "24h/247j/7", "7j/724h/24", "24/247/7", "7/724/24"))
# A time with what sticks to it ("9h30", "9 h 30", "9 am"), a word, or any other character. In
# "12 h 14 h" the 14 begins another time.
_TOKEN = re.compile(
    r"[0-9][0-9a-z:.]*(?: h\b(?: [0-9]{2}(?! ?h\b|[0-9a-z:.]))?)?(?: [ap]m\b)?|[^\W\d_]+|\S"
)


class _Week(NamedTuple):
    intervals: tuple[tuple[int, int], ...]


class Week(_Week):
    """A set of minutes of the week; true if it has any.

    Make one with `Week.of`, `Week.always`, `Week.empty` or `parse_week`.

    Attributes:
        intervals: Half-open, sorted, disjoint, not touching, in [0, 10080); Monday 00:00 is 0.
    """

    def __bool__(self) -> bool:
        return bool(self.intervals)

    def __str__(self) -> str:
        return _written(self)

    @classmethod
    def of(cls, intervals: Iterable[tuple[int, int]]) -> "Week":
        """The union of half-open intervals of minutes, in any order.

        One that passes minute 10080 goes on from Monday 00:00; one that ends before it starts, or
        where it starts, is empty.
        """
        pieces: list[tuple[int, int]] = []
        for start, end in intervals:
            if end - start >= WEEK:
                return ALWAYS
            if end > start:
                first = start % WEEK
                last = first + end - start
                pieces.append((first, min(last, WEEK)))
                if last > WEEK:
                    pieces.append((0, last - WEEK))
        pieces.sort()
        merged: list[tuple[int, int]] = []
        for start, end in pieces:
            if merged and start <= merged[-1][1]:
                if end > merged[-1][1]:
                    merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        return cls(tuple(merged))

    @classmethod
    def always(cls) -> "Week":
        """The whole week, 24/7."""
        return ALWAYS

    @classmethod
    def empty(cls) -> "Week":
        """No minute at all."""
        return EMPTY

    def union(self, other: "Week") -> "Week":
        """The minutes in either."""
        return Week.of(self.intervals + other.intervals)

    def intersection(self, other: "Week") -> "Week":
        """The minutes in both."""
        found: list[tuple[int, int]] = []
        mine, theirs = self.intervals, other.intervals
        i = j = 0
        while i < len(mine) and j < len(theirs):
            start, end = max(mine[i][0], theirs[j][0]), min(mine[i][1], theirs[j][1])
            if start < end:
                found.append((start, end))
            if mine[i][1] < theirs[j][1]:
                i += 1
            else:
                j += 1
        return Week(tuple(found))

    def complement(self) -> "Week":
        """The minutes of the week that are not in this set."""
        points = [0, *self.boundaries(), WEEK]
        pairs = zip(points[::2], points[1::2], strict=True)
        return Week(tuple((start, end) for start, end in pairs if start < end))

    def difference(self, other: "Week") -> "Week":
        """The minutes in this set and not in the other."""
        return self.intersection(other.complement())

    @once
    def minutes(self) -> int:
        """How many minutes there are."""
        return sum([end - start for start, end in self.intervals])

    @once
    def hours(self) -> float:
        """How many hours there are."""
        return self.minutes / 60

    @once
    def days(self) -> tuple[int, ...]:
        """The days that have any minute, Monday being 0."""
        return tuple(
            sorted(
                {
                    day
                    for start, end in self.intervals
                    for day in range(start // DAY, (end - 1) // DAY + 1)
                }
            )
        )

    def contains(self, minute: int) -> bool:
        """Whether a minute, counted round the week, is in the set."""
        return self.next_on(minute) == 0

    def next_on(self, minute: int) -> int | None:
        """Minutes from a minute until the set has one: 0 within it, None if it has none at all."""
        if not self.intervals:
            return None
        minute %= WEEK
        for start, end in self.intervals:
            if minute < end:
                return max(start - minute, 0)
        return WEEK - minute + self.intervals[0][0]

    def boundaries(self) -> tuple[int, ...]:
        """The minutes at which the intervals start and end, sorted; within 0 to 10080."""
        return tuple(minute for interval in self.intervals for minute in interval)

    def day_part(self, day: int) -> "Week":
        """The minutes of one calendar day, Monday being 0."""
        return self.intersection(Week(((day * DAY, (day + 1) * DAY),)))

    def first_minutes_of_each_day(self, minutes: int) -> "Week":
        """The first so many minutes of the set in each calendar day."""
        kept: list[tuple[int, int]] = []
        for day in range(7):
            left = minutes
            for start, end in self.day_part(day).intervals:
                if left > 0:
                    kept.append((start, min(end, start + left)))
                    left -= end - start
        return Week.of(kept)

    def last_minutes_of_each_day(self, minutes: int) -> "Week":
        """The last so many minutes of the set in each calendar day."""
        kept: list[tuple[int, int]] = []
        for day in range(7):
            left = minutes
            for start, end in reversed(self.day_part(day).intervals):
                if left > 0:
                    kept.append((max(start, end - left), end))
                    left -= end - start
        return Week.of(kept)


ALWAYS = Week(((0, WEEK),))
EMPTY = Week(())


def parse_week(text: str) -> Week:
    """Reads hours of the week: ``24/7``, ``mon-fri 09:00-12:30 13:30-17:00, sat 10-14``.

    Clauses are separated by commas, semicolons or line ends. One without days is for the days of
    the clause before it (daily if it is the first); one without hours gives its days to the next.
    Hours that end before they start go on past midnight. French day names and ``9h30`` are read
    too; ``never`` is the empty set.

    Raises:
        QuantityError: The text is not hours of the week.
    """
    lowered = text.lower().strip()
    if "".join(lowered.replace(",", " ").split()) in _ALWAYS:
        return ALWAYS
    if lowered in ("never", "jamais"):
        return EMPTY
    if len(text) > 2000:
        raise QuantityError("the text is too long for hours of the week", "write 24/7, or fewer")
    for phrase, word in _PHRASES.items():
        lowered = lowered.replace(phrase, word)
    intervals: list[tuple[int, int]] = []
    pending: set[int] = set()  # days that still wait for their hours, from these clauses
    waiting: list[str] = []
    current = set(range(7))
    for part in lowered.replace(";", ",").replace("\n", ",").split(","):
        clause = " ".join(part.split())
        tokens = [token for token in _TOKEN.findall(clause) if token not in _FILLERS]
        days, rest = _read_days(tokens)
        pending |= days
        if not rest:
            waiting += [clause] if days else []
            continue
        current, pending, waiting = pending or current, set(), []
        for start, end in _read_ranges(rest):
            intervals += [(day * DAY + start, day * DAY + end) for day in current]
    if pending:
        named = ", ".join(waiting) if len(waiting) < 8 else "this"
        raise QuantityError(
            f"{named} has no hours",
            f"write {named} 09:00-17:00, or {named} 00:00-24:00 for whole days",
        )
    if not intervals:
        raise QuantityError("there are no hours here", "write 24/7 or mon-fri 09:00-17:00")
    return Week.of(intervals)


def parse_moment(text: str) -> int:
    """Reads one moment of the week, such as ``sat 21:00`` or ``samedi 21h``, as its minute.

    Raises:
        QuantityError: The text is not one day and one time.
    """
    hint = "write a day and a time, such as sat 21:00"
    if len(text) > 100:
        raise QuantityError("the text is too long for a moment of the week", hint)
    tokens = [token for token in _TOKEN.findall(text.lower()) if token not in _MOMENT_FILLERS]
    days, rest = _read_days(tokens)
    if len(days) != 1 or len(rest) != 1:
        raise QuantityError(f"{quoted(text)} is not one moment of the week", hint)
    return (days.pop() * DAY + _read_time(rest[0])) % WEEK


def hour_name(hour: int) -> str:
    """The name of an hour of the week, 0 to 167: ``sat 21:00``."""
    day, clock = divmod(hour, 24)
    return f"{_SHORT[day]} {clock:02}:00"


def moment_in_words(minute: int) -> str:
    """A minute of the week for people, counted round the week: ``Saturday at 21:00``."""
    day, clock = divmod(minute % WEEK, DAY)
    return f"{_LONG[day]} at {_clock(clock)}"


def _read_days(tokens: list[str]) -> tuple[set[int], list[str]]:
    """The days that the tokens begin with, and the tokens that are left."""
    days: set[int] = set()
    i = 0
    while i < len(tokens) and not _is_time(tokens[i]):
        word = tokens[i]
        if word in _GROUPS:
            days.update(_GROUPS[word])
        elif word not in _DAYS:
            raise _unknown(word)
        elif i + 1 < len(tokens) and tokens[i + 1] in _DASHES:
            end = tokens[i + 2] if i + 2 < len(tokens) else ""
            if end not in _DAYS:
                raise QuantityError(
                    f"{word}- needs the name of a day after it", f"write {word}-{_SHORT[4]}"
                )
            span = (_DAYS[end] - _DAYS[word]) % 7
            days.update((_DAYS[word] + step) % 7 for step in range(span + 1))
            i += 2
        else:
            days.add(_DAYS[word])
        i += 1
    return days, tokens[i:]


def _unknown(word: str) -> QuantityError:
    import difflib  # only for a message: it costs more than reading a scenario

    close = difflib.get_close_matches(word[:40], [*_DAYS, *_GROUPS], 5)
    close.sort(key=lambda name: name[0] != word[0])  # munday is as close to sunday as to monday
    return QuantityError(
        f"{quoted(word)} is not a day of the week",
        f"did you mean {close[0]}?" if close else "write mon-fri 09:00-17:00, daily or 24/7",
    )


def _read_ranges(tokens: list[str]) -> Iterable[tuple[int, int]]:
    """Ranges of minutes of a day; one that goes past midnight ends after 1440."""
    for i in range(0, len(tokens), 3):
        first, dash, second = (*tokens[i : i + 3], "", "")[:3]
        if not _is_time(first):
            if first in _DAYS or first in _GROUPS:
                raise QuantityError(
                    f"{first} stands after hours", f"put a comma before it: , {first}"
                )
            raise QuantityError(f"{quoted(first)} is not a time", "write 09:00-17:00")
        if dash not in _DASHES or not _is_time(second):
            raise QuantityError(
                f"{quoted(first)} is not a range of hours",
                "write where it ends too, such as 09:00-17:00",
            )
        both = quoted(f"{first}-{second}")
        if (first[-1] == "m") != (second[-1] == "m"):
            raise QuantityError(
                f"{both} can be in the morning or in the afternoon",
                "write am or pm after both, or neither",
            )
        start, end = _read_time(first), _read_time(second)
        if start == end:
            raise QuantityError(f"{both} has no length", "write 00:00-24:00 for a whole day")
        if start == DAY:
            raise QuantityError(f"{both} starts where its day ends", "write it at the next day")
        yield start, end if end > start else end + DAY


def _is_time(token: str) -> bool:
    return token.isascii() and token[:1].isdecimal()


def _read_time(text: str) -> int:
    """Minutes from midnight, up to 24:00."""
    half = text[-2:] if text[-2:] in ("am", "pm") else ""
    digits = text.removesuffix(half).replace(" ", "")
    hour, mark, minute = digits.replace("h", ":", 1).partition(":")
    if (mark and minute) or (mark and "h" not in digits):
        known = len(minute) == 2 and minute.isdecimal() and minute <= "59"
    else:
        known, minute = True, "0"
    if known and hour.isdecimal() and len(hour) <= 2:
        total = int(hour) * 60 + int(minute)
        if half and 1 <= int(hour) <= 12:
            return total % (DAY // 2) + (DAY // 2 if half == "pm" else 0)
        if not half and total <= DAY:
            return total
    raise QuantityError(
        f"{quoted(text)} is not a time of the day", "write 09:00, 9:30, 9h30 or 9am"
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of days that follow each other, as first and last."""
    runs: list[tuple[int, int]] = []
    for day in sorted(days):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _written(week: Week) -> str:
    """The canonical text of a week, which parses back to it."""
    if week == ALWAYS:
        return "24/7"
    if not week:
        return "never"
    intervals = list(week.intervals)
    if intervals[-1][1] == WEEK and intervals[0][0] == 0:
        intervals[-1] = (intervals[-1][0], WEEK + intervals.pop(0)[1])
    hours: dict[int, list[tuple[int, int]]] = {}
    for start, end in intervals:
        # Up to a day, hours past midnight are written at the day they start on; longer ones day by
        # day, since nothing tells 33 hours from 9.
        cuts = [start, end]
        if end - start >= DAY:
            cuts[1:1] = range((start // DAY + 1) * DAY, end, DAY)
        for first, last in pairwise(cuts):
            day = first // DAY
            hours.setdefault(day % 7, []).append((first - day * DAY, last - day * DAY))
    groups: dict[str, list[int]] = {}
    for day in sorted(hours):
        text = " ".join(
            f"{_clock(start)}-{_clock(end if end <= DAY else end - DAY)}"
            for start, end in sorted(hours[day])
        )
        groups.setdefault(text, []).append(day)
    return ", ".join(f"{_day_names(days)} {text}" for text, days in groups.items())


def _day_names(days: list[int]) -> str:
    if len(days) == 7:
        return "daily"
    return " ".join(
        _SHORT[first] if first == last else f"{_SHORT[first]}-{_SHORT[last]}"
        for first, last in _runs(days)
    )


def in_words(week: Week) -> str:
    """A short description for people, as exact as the canonical text: ``nights (18:00-08:00)``.

    Weeks that have no short one get their canonical text.
    """
    if not week or week == ALWAYS:
        return "24/7" if week else "none"
    groups: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day in range(7):
        part = week.day_part(day).intervals
        shifted = tuple((start - day * DAY, end - day * DAY) for start, end in part)
        if shifted:
            groups.setdefault(shifted, []).append(day)
    whole = groups.pop(((0, DAY),), [])
    if len(groups) > 1:
        return str(week)
    all_day = [_days_in_words(whole)] if whole else []
    if not groups:
        return all_day[0]
    [(hours, days)] = groups.items()
    # A whole day has all hours, so what the other days share holds for every day of the week.
    every = len(days) + len(whole) == 7
    opens, closes = hours[0][1], hours[-1][0]
    if every and hours[0][0] == 0 and hours[-1][1] == DAY and opens <= 600 and closes >= 1020:
        inner = [f"{_clock(start)}-{_clock(end)}" for start, end in hours[1:-1]]
        return _and([f"nights ({_clock(closes)}-{_clock(opens)})", *inner, *all_day])
    some = f"{'every day' if every else _days_in_words(days)} {_joined(hours)}"
    return ", and ".join([*all_day, some])


def _joined(hours: tuple[tuple[int, int], ...]) -> str:
    return _and(
        [
            f"before {_clock(end)}"
            if start == 0
            else f"after {_clock(start)}"
            if end == DAY
            else f"{_clock(start)}-{_clock(end)}"
            for start, end in hours
        ]
    )


def _days_in_words(days: list[int]) -> str:
    if days == [5, 6]:
        return "weekends"
    if days == [0, 1, 2, 3, 4]:
        return "weekdays"
    return _and(
        [
            _LONG[first] if first == last else f"{_LONG[first]} to {_LONG[last]}"
            for first, last in _runs(days)
        ]
    )


def _and(phrases: list[str]) -> str:
    *most, last = phrases
    return f"{', '.join(most)} and {last}" if most else last
