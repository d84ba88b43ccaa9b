"""Weekly rotations: every one that is found is checked by other means than those that found it."""

import datetime
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmsource.countries import load_country
from cmsource.countries.labour import Limits, breaches, limits_of, smallest_headcount
from cmsource.countries.rotations import rotation
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week

FRANCE = limits_of(load_country("FR", datetime.date(2026, 7, 1)))
QUEBEC = limits_of(load_country("CA-QC", datetime.date(2026, 7, 1)))
DAY = 1440
WEEK = 7 * DAY
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minutes_of(row: str) -> list[int]:
    """The minutes of work that a row's text says, from its Monday 00:00; past Sunday goes on."""
    found: list[int] = []
    for clause in row.split(", ") if row != "never" else ():
        days, *times = clause.split(" ")
        first, _, last = days.partition("-")
        for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
            for time in times:
                parts = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", time)
                assert parts is not None, time
                h1, m1, h2, m2 = map(int, parts.groups())
                start, end = h1 * 60 + m1, h2 * 60 + m2
                end += DAY if end <= start else 0
                found += range(day * DAY + start, day * DAY + end)
    return found


def check_law(rows: tuple[str, ...], limits: Limits, hours: float) -> None:
    """One person works all rows in turn: hold every minute of that cycle against the law.

    Written from the rules (Code du travail L3121-18, -20, L3131-1, L3132-1, L3132-2), minute by
    minute, without anything of the package.
    """
    cycle = len(rows) * WEEK
    work = [False] * cycle
    for number, row in enumerate(rows):
        for minute in minutes_of(row):
            at = (number * WEEK + minute) % cycle
            assert not work[at], "in two places at once"
            work[at] = True
    for first in range(0, cycle, DAY):
        assert sum(work[first : first + DAY]) <= limits.day * 60, "too long a day"
    weeks = [sum(work[first : first + WEEK]) for first in range(0, cycle, WEEK)]
    assert max(weeks) <= limits.week * 60, "too long a week"
    assert sum(weeks) / len(weeks) <= min(hours, limits.average) * 60 + 1e-6, "too much on average"
    begins = [m for m in range(cycle) if work[m] and not work[m - 1]]
    if not begins:
        return
    # Rests go round the cycle: the last one ends where the first work begins.
    rests = []
    for begin, following in pairwise([*begins, begins[0] + cycle]):
        end = begin
        while work[end % cycle] and end - begin < cycle:
            end += 1
        rests.append((end, following))
    nightly = [(end, begin) for end, begin in rests if end < begin - limits.daily_rest * 60 + 1]
    assert nightly, "no daily rest at all"
    for (_, begin), (end, _) in pairwise([*nightly, (nightly[0][0] + cycle, 0)]):
        assert end - begin <= DAY - limits.daily_rest * 60, "no daily rest for too long"
    days = {begin % cycle // DAY for _, begin in nightly}
    run = longest = 0
    for day in range(2 * cycle // DAY):
        run = run + 1 if day % (cycle // DAY) in days else 0
        longest = max(longest, run)
    assert longest <= limits.days, "too many days in a row"
    check_weekly_rests(rests, limits, len(rows))


def check_weekly_rests(rests: list[tuple[int, int]], limits: Limits, count: int) -> None:
    """Each week has its own rest, of which at least a day lies in it."""
    served = [0] * count
    least = limits.weekly_rest * 60
    for end, begin in rests:
        if begin - end < least:
            continue
        shares: dict[int, int] = {}
        for minute in range(end, begin):
            week = minute // WEEK
            shares[week] = shares.get(week, 0) + 1
        weeks_of = [week for week, share in shares.items() if share >= DAY]
        if begin - end < 2 * least:
            weeks_of = sorted(weeks_of, key=lambda week: (-shares[week], week))[:1]
        for week in weeks_of:
            served[week % count] += 1
    assert all(served), "a week without its rest"


def check_cover(rows: tuple[str, ...], duty: Week) -> None:
    """All rows together are on duty in every minute of the duty, once, and in no other."""
    people = [0] * WEEK
    for row in rows:
        for minute in minutes_of(row):
            people[minute % WEEK] += 1
    wanted = [0] * WEEK
    for start, end in duty.intervals:
        wanted[start:end] = [1] * (end - start)
    assert people == wanted


@pytest.mark.parametrize(
    ("duty", "people", "hours"),
    [
        ("24/7", 5, 35),
        ("24/7", 6, 35),
        ("24/7", 7, 35),
        ("24/7", 8, 35),
        ("24/7", 6, 30),
        ("24/7", 9, 20),
        ("24/7", 12, 35),
        ("mon-fri 09:00-12:30 13:30-17:00", 2, 35),
        ("daily 08:00-22:00", 3, 35),
        ("daily 08:00-22:00", 4, 35),
        ("daily 09:00-18:00", 2, 35),
        ("daily 18:00-02:00", 2, 35),
        ("mon-sat 08:00-20:00", 2, 39),
        ("mon-fri 08:00-20:00, sat 09:00-13:00", 2, 35),
        ("mon-fri 00:00-24:00", 4, 35),
        ("sat-sun 00:00-24:00", 3, 35),
    ],
)
def test_usual_teams_have_a_rotation(duty: str, people: int, hours: float) -> None:
    """For the duties and teams that one meets there is a rotation, and it is legal."""
    week = parse_week(duty)
    found = rotation(week, people, hours, FRANCE)
    rows = found.texts()
    assert rows
    assert found.needed == people
    assert len(rows) * found.teams <= people
    check_law(rows, FRANCE, hours)
    check_cover(rows, week)
    assert sum(found.hours()) == pytest.approx(week.hours)


def test_round_the_clock_in_quebec() -> None:
    """Five people at 40 h, with 32 h of rest a week."""
    rows = rotation(Week.always(), 5, 40, QUEBEC).texts()
    check_law(rows, QUEBEC, 40)
    check_cover(rows, Week.always())


def test_two_people_for_a_weekend_round_the_clock() -> None:
    """24 hours are three shifts of at most ten hours, and after each 11 hours of rest follow."""
    found = rotation(parse_week("sat-sun 00:00-24:00"), 2, 35, FRANCE)
    assert found.rows == ()
    assert found.needed == 3
    assert found.why_not == "sat has 3 shifts, each for another person"


def test_one_person_for_a_week_of_seven_days() -> None:
    """Nobody works every day; two people share them."""
    found = rotation(parse_week("daily 09:00-13:00"), 1, 35, FRANCE)
    assert (found.rows, found.needed) == ((), 2)


def test_too_few_hours() -> None:
    """168 hours of duty take five contracts of 35 hours."""
    found = rotation(Week.always(), 4, 35, FRANCE)
    assert (found.rows, found.needed) == ((), 5)
    assert found.why_not == "4 x 35 h is less than the 168 h of duty"


def test_many_people_are_several_teams() -> None:
    """Twelve people are two teams of six; each fills the week once."""
    found = rotation(Week.always(), 12, 35, FRANCE)
    assert (found.teams, len(found.rows)) == (2, 6)
    large = rotation(Week.always(), 10_000, 35, FRANCE)
    assert large.teams * len(large.rows) <= 10_000
    check_law(large.texts(), FRANCE, 35)


def test_no_duty_needs_no_rotation() -> None:
    """Without hours of duty, or without a contract, there is nothing to share out."""
    assert rotation(Week.empty(), 3, 35, FRANCE).rows == ()
    assert rotation(Week.always(), 3, 0, FRANCE).why_not == ""


def test_the_same_rotation_each_time() -> None:
    """The search has no chance in it."""
    again = rotation.__wrapped__(Week.always(), 6, 35.0, FRANCE)
    assert again == rotation(Week.always(), 6, 35.0, FRANCE)


HOURS = st.integers(0, 23)


@st.composite
def duties(draw: st.DrawFn) -> Week:
    """Duties of a stretch a day on some days, or of any stretches."""
    if draw(st.booleans()):
        start, length = draw(HOURS) * 60, draw(st.integers(1, 24)) * 60
        days = draw(st.sets(st.integers(0, 6), min_size=1))
        return Week.of((day * DAY + start, day * DAY + start + length) for day in days)
    pieces = st.tuples(st.integers(0, 335), st.integers(1, 40))
    found = draw(st.lists(pieces, min_size=1, max_size=8))
    return Week.of((start * 30, (start + length) * 30) for start, length in found)


@settings(max_examples=60, deadline=None)
@given(duties(), st.integers(0, 3), st.sampled_from([10.0, 20.0, 24.0, 35.0, 39.0]))
def test_whatever_is_found_is_legal(duty: Week, more: int, hours: float) -> None:
    """Any rotation fills the duty exactly and breaks no rule; none is said with its reason."""
    people = smallest_headcount(hours, 0.0, duty.hours) + more
    found = rotation(duty, people, hours, FRANCE)
    if found.rows:
        check_law(found.texts(), FRANCE, hours)
        check_cover(found.texts(), duty)
        assert found.why_not == ""
    else:
        assert found.why_not
        assert found.needed is None or found.needed > people


@settings(max_examples=60, deadline=None)
@given(duties())
def test_breaches_agree_with_the_minutes(duty: Week) -> None:
    """A week of work breaks a rule exactly when counting its minutes says so."""
    found = list(breaches(duty.intervals, FRANCE))
    row = ", ".join(
        f"{DAYS[start // DAY]} {_clock(start % DAY)}-{_clock((end - 1) % DAY + 1)}"
        for interval in duty.intervals
        for start, end in _by_day(interval)
    )
    if duty == Week.always():
        assert found
        return
    try:
        check_law((row,), FRANCE, 168)
    except AssertionError:
        assert found
    else:
        assert not found


def _by_day(interval: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = interval
    return [
        (max(start, day * DAY), min(end, (day + 1) * DAY))
        for day in range(start // DAY, (end - 1) // DAY + 1)
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
