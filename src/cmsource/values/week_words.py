"""Hours and moments of the week in words for people."""

from cmsource.values.week import ALWAYS, DAY, DAYS, WEEK, Week, clock, runs

_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def hour_name(hour: int) -> str:
    """The name of an hour of the week, 0 to 167: ``sat 21:00``."""
    day, of_day = divmod(hour, 24)
    return f"{DAYS[day]} {of_day:02}:00"


def moment_in_words(minute: int) -> str:
    """A minute of the week for people, counted round the week: ``Saturday at 21:00``."""
    day, of_day = divmod(minute % WEEK, DAY)
    return f"{_LONG[day]} at {clock(of_day)}"


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
        inner = [f"{clock(start)}-{clock(end)}" for start, end in hours[1:-1]]
        return _and([f"nights ({clock(closes)}-{clock(opens)})", *inner, *all_day])
    some = f"{'every day' if every else _days_in_words(days)} {_joined(hours)}"
    return ", and ".join([*all_day, some])


def _joined(hours: tuple[tuple[int, int], ...]) -> str:
    return _and(
        [
            f"before {clock(end)}"
            if start == 0
            else f"after {clock(start)}"
            if end == DAY
            else f"{clock(start)}-{clock(end)}"
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
            for first, last in runs(days)
        ]
    )


def _and(phrases: list[str]) -> str:
    *most, last = phrases
    return f"{', '.join(most)} and {last}" if most else last
