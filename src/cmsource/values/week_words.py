"""Hours and moments of the week in words for people."""

from cmsource.values.language import Said, both, listed, say
from cmsource.values.week import ALWAYS, DAY, DAYS, WEEK, Week, clock, runs
from cmsource.values.written import written

WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


DAY_NAMES = (
    say("Mon"),
    say("Tue"),
    say("Wed"),
    say("Thu"),
    say("Fri"),
    say("Sat"),
    say("Sun"),
)
"""The days in short, where a week is drawn."""


def hour_name(hour: int) -> Said:
    """The name of an hour of the week, 0 to 167: ``sat 21:00``."""
    return minute_name(hour * 60)


def minute_name(minute: int) -> Said:
    """The name of a minute of the week, counted round the week: ``sat 21:00``."""
    day, of_day = divmod(minute % WEEK, DAY)
    return written(f"{DAYS[day]} {clock(of_day)}")


def moment_in_words(minute: int) -> str:
    """A minute of the week for people, counted round the week: ``Saturday at 21:00``."""
    day, time = day_and_clock(minute)
    return say("{day} at {time}", day=day, time=time)


def day_and_clock(minute: int) -> tuple[str, str]:
    """The day and the time of a minute of the week, counted round the week."""
    day, of_day = divmod(minute % WEEK, DAY)
    return WEEKDAYS[day], clock(of_day)


def in_words(week: Week) -> str:
    """A short description for people, as exact as the canonical text: ``nights (18:00-08:00)``.

    Weeks that have no short one get their canonical text.
    """
    if not week or week == ALWAYS:
        return say("24/7") if week else say("none")
    groups: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day in range(7):
        part = week.day_part(day).intervals
        shifted = tuple((start - day * DAY, end - day * DAY) for start, end in part)
        if shifted:
            groups.setdefault(shifted, []).append(day)
    whole = groups.pop(((0, DAY),), [])
    if len(groups) > 1:
        return written(str(week))
    all_day = [_days_in_words(whole)] if whole else []
    if not groups:
        return all_day[0]
    [(hours, days)] = groups.items()
    # A whole day has all hours, so what the other days share holds for every day of the week.
    every = len(days) + len(whole) == 7
    opens, closes = hours[0][1], hours[-1][0]
    if every and hours[0][0] == 0 and hours[-1][1] == DAY and opens <= 600 and closes >= 1020:
        inner = [f"{clock(start)}-{clock(end)}" for start, end in hours[1:-1]]
        nights = say("nights ({closes}-{opens})", closes=clock(closes), opens=clock(opens))
        return both([nights, *inner, *all_day])
    some = listed([say("every day") if every else _days_in_words(days), _joined(hours)], " ")
    return say("{days}, and {others}", days=listed(all_day), others=some) if all_day else some


def _joined(hours: tuple[tuple[int, int], ...]) -> str:
    return both(
        [
            say("before {time}", time=clock(end))
            if start == 0
            else say("after {time}", time=clock(start))
            if end == DAY
            else f"{clock(start)}-{clock(end)}"
            for start, end in hours
        ]
    )


def _days_in_words(days: list[int]) -> str:
    if days == [5, 6]:
        return say("weekends")
    if days == [0, 1, 2, 3, 4]:
        return say("weekdays")
    return both(
        [
            WEEKDAYS[first]
            if first == last
            else say("{first} to {last}", first=WEEKDAYS[first], last=WEEKDAYS[last])
            for first, last in runs(days)
        ]
    )
