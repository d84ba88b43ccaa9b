"""Sets of hours of the week: their text, their algebra, their words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmsource.values.quantities import QuantityError
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from cmsource.values.week_words import in_words

DAY, WEEK = 1440, 10080

minutes = st.integers(0, WEEK - 1)
# Times people write, times at the edges of days, and any minute.
edges = st.sampled_from([0, 540, 720, 1020, 1440, 1560, 5 * 1440, 10079])
lengths = st.one_of(st.integers(1, 300), st.sampled_from([480, 1439, 1440, 1441, 3000, 9000]))
pairs = st.tuples(st.one_of(minutes, edges), lengths).map(lambda p: (p[0], p[0] + p[1]))
weeks = st.lists(pairs, max_size=8).map(Week.of)


def members(week: Week) -> set[int]:
    """The minutes of a week, one by one, straight from its intervals."""
    return {minute for start, end in week.intervals for minute in range(start, end)}


def hours(*spans: tuple[int, float, float]) -> Week:
    """A week from (day, hour, hour)."""
    return Week.of(
        (day * DAY + round(start * 60), day * DAY + round(end * 60)) for day, start, end in spans
    )


OFFICE = hours(*((day, 9, 12.5) for day in range(5)), *((day, 13.5, 17) for day in range(5)))
NINE_TO_FIVE = hours(*((day, 9, 17) for day in range(5)))


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("mon-fri 09:00-12:30 13:30-17:00", OFFICE),
        ("lun-ven 9h-12h30 13h30-17h", OFFICE),
        ("lundi-vendredi 9h à 12h30, 13h30 à 17h", OFFICE),
        ("du lundi au vendredi de 9 h à 12 h 30 et de 13 h 30 à 17 h", OFFICE),
        ("Monday-Friday 9am-12:30pm 1:30pm-5pm", OFFICE),
        ("weekdays 9:00 to 12:30 and 13:30 to 17:00", OFFICE),
        ("mon-fri 9-12:30; 13:30–17", OFFICE),
        ("mon-fri 9-12:30\nmon-fri 13:30—17:00\n", OFFICE),
        ("mon-fri 9-12, 11-17", NINE_TO_FIVE),
        ("mon, tue, wed, thu, fri 9-17", NINE_TO_FIVE),
        ("mon tue wed thu fri 9-17", NINE_TO_FIVE),
        ("mon, tue-thu, fri, 9-17", NINE_TO_FIVE),
        ("lun\u00a0mar mer\u202fjeu ven 9h\u00a0-\u00a017h", NINE_TO_FIVE),
        ("9-17", hours(*((day, 9, 17) for day in range(7)))),
        ("daily 9-17", hours(*((day, 9, 17) for day in range(7)))),
        ("every day 9-17", hours(*((day, 9, 17) for day in range(7)))),
        ("tous les jours 9h-17h", hours(*((day, 9, 17) for day in range(7)))),
        ("weekend 10-14", hours((5, 10, 14), (6, 10, 14))),
        ("week-end 10h-14h", hours((5, 10, 14), (6, 10, 14))),
        ("fri-mon 10-14", hours((4, 10, 14), (5, 10, 14), (6, 10, 14), (0, 10, 14))),
        ("mon-mon 10-14", hours((0, 10, 14))),
        ("sat 18:00-02:00", hours((5, 18, 24), (6, 0, 2))),
        ("sun 18:00-02:00", hours((6, 18, 24), (0, 0, 2))),
        ("sun 18:00-00:00", hours((6, 18, 24))),
        ("mon 12am-12pm", hours((0, 0, 12))),
        ("mon 12pm-12am", hours((0, 12, 24))),
        ("mon 9 am - 5 pm", hours((0, 9, 17))),
        ("mon 9 h 30 - 12 h 14 h - 17 h", hours((0, 9.5, 12), (0, 14, 17))),
        ("24/7", Week.always()),
        ("24h/24 7j/7", Week.always()),
        ("24 h/24, 7 j/7", Week.always()),
        ("7j/7 24h/24", Week.always()),
        ("daily 00:00-24:00", Week.always()),
        ("daily 18:00-08:00, 8-18", Week.always()),
        ("never", Week.empty()),
        ("mon-fri 9-12, sat 10-14, 15-16", None),
    ],
)
def test_texts_and_their_hours(text: str, week: Week | None) -> None:
    """Each form of the grammar, beside the same hours as numbers."""
    if week is None:  # hours without days go with the days just before them
        week = hours(*((day, 9, 12) for day in range(5)), (5, 10, 14), (5, 15, 16))
    assert parse_week(text) == week


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["no hours here"]),
        (",;\n", ["no hours here"]),
        ("mon-fri", ["mon-fri has no hours", "mon-fri 09:00-17:00", "mon-fri 00:00-24:00"]),
        ("sun 9-12, mon, wed", ["mon, wed has no hours"]),
        ("munday 9-17", ['"munday"', "did you mean monday?"]),
        ("dimenche 9-17", ["did you mean dimanche?"]),
        ("mon-fir 9-17", ["mon-", "name of a day"]),
        ("mon- 9-17", ["mon-", "name of a day"]),
        ("mon 25:00-26:00", ['"25:00"']),
        ("mon 09:00-24:30", ['"24:30"']),
        ("mon 09:60-10:00", ['"09:60"']),
        ("mon 9:5-10", ['"9:5"']),
        ("mon 9.30-10", ['"9.30"']),
        ("mon 13pm-14pm", ['"13pm"']),
        ("mon 0900-1700", ['"0900"']),
        ("mon 18-18", ['"18-18" has no length', "00:00-24:00"]),
        ("mon 24:00-08:00", ["starts where its day ends"]),
        ("mon 5-9pm", ["morning or in the afternoon", "am or pm"]),
        ("mon 9", ['"9" is not a range']),
        ("mon 9-", ['"9" is not a range']),
        ("mon 9-12 13", ['"13" is not a range']),
        ("mon 9-12 tue 9-12", ["tue stands after hours", "comma"]),
        ("fri 18:00 - mon 08:00", ['"18:00" is not a range']),
        ("mon 9-12 ? 14-17", ['"?" is not a time']),
        ("\x1b[31m 9-17", ['" " is not a day']),
        ("mon 9-10, " * 1000, ["too long"]),
    ],
)
def test_refusals_name_the_piece_and_the_way_out(text: str, said: list[str]) -> None:
    """Messages name what is wrong, never with a control character."""
    with pytest.raises(QuantityError) as caught:
        parse_week(text)
    for words in said:
        assert words in str(caught.value)
    assert caught.value.message
    assert caught.value.hint
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("text", "hours", "readings"),
    [
        ("9-5", "9-5", ("09:00-17:00", "09:00-05:00")),
        ("mon-fri 9 to 5", "9-5", ("09:00-17:00", "09:00-05:00")),
        ("lun-ven de 9 à 5", "9-5", ("09:00-17:00", "09:00-05:00")),
        ("mon-fri 9:00-5:30", "9:00-5:30", ("09:00-17:30", "09:00-05:30")),
        ("mon-fri 09:00-5", "09:00-5", ("09:00-17:00", "09:00-05:00")),
        ("mon noon-5", "noon-5", ("12:00-17:00", "12:00-05:00")),
        ("mon 9-9", "9-9", ("09:00-21:00", "00:00-24:00")),
        ("mon 12-10", "12-10", ("12:00-22:00", "12:00-10:00")),
        ("mon-fri 9-12 1-5", "1-5", ("13:00-17:00", "01:00-05:00")),
        ("lun-ven 9h-12h30, 1-5", "1-5", ("13:00-17:00", "01:00-05:00")),
        ("mon-fri 9:00-12:30 and 1:30-5:30", "1:30-5:30", ("13:30-17:30", "01:30-05:30")),
        ("mon 9am-1pm 2-6", "2-6", ("14:00-18:00", "02:00-06:00")),
    ],
)
def test_hours_of_which_half_of_the_day_is_open(
    text: str, hours: str, readings: tuple[str, str]
) -> None:
    """They are refused with both readings, each of which is taken when it is written."""
    with pytest.raises(QuantityError) as caught:
        parse_week(text)
    assert caught.value.message == f'"{hours}" can be read as {readings[0]} or as {readings[1]}'
    assert caught.value.hint == f"write {readings[0]} or {readings[1]}"
    one, other = map(parse_week, readings)
    assert one != other


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("mon 09:00-05:00", hours((0, 9, 24), (1, 0, 5))),
        ("mon 9h-5h", hours((0, 9, 24), (1, 0, 5))),
        ("mon 9am-5am", hours((0, 9, 24), (1, 0, 5))),
        ("mon 22-6", hours((0, 22, 24), (1, 0, 6))),
        ("mon 9-12 14-18 4-6", hours((0, 4, 6), (0, 9, 12), (0, 14, 18))),
        ("mon 9-12, tue 1-5", hours((0, 9, 12), (1, 1, 5))),
        ("mon 7-0", hours((0, 7, 24))),
    ],
)
def test_hours_of_a_clock_of_twenty_four(text: str, week: Week) -> None:
    """What only such a clock shows has one reading, past midnight too."""
    assert parse_week(text) == week


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("24/7", "24/7"),
        ("never", "never"),
        ("lun-ven 9h-17h30", "mon-fri 09:00-17:30"),
        ("daily 18-2", "daily 18:00-02:00"),
        ("fri sat 18-2", "fri-sat 18:00-02:00"),
        ("sun 22-4", "sun 22:00-04:00"),
        ("mon wed fri 9-12", "mon wed fri 09:00-12:00"),
        (
            "sat 10-14, mon-fri 13:30-17 9-12:30",
            "mon-fri 09:00-12:30 13:30-17:00, sat 10:00-14:00",
        ),
        ("weekend 0-24", "sat-sun 00:00-24:00"),
        ("daily 8-20", "daily 08:00-20:00"),
        ("fri 18-24, sat 0-24, sun 0-8", "fri 18:00-24:00, sat 00:00-24:00, sun 00:00-08:00"),
        ("mon 9-9:30 9:30-10", "mon 09:00-10:00"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    """Days with the same hours are named together, and nights at the day they begin."""
    assert str(parse_week(text)) == canonical


@given(weeks)
@example(Week.of([(9000, 9000 + 1439)]))
@example(Week.of([(1, 10080)]))
@example(Week.of([(0, 10079)]))
@example(Week.of([(5000, 15079)]))
def test_canonical_text_reads_back(week: Week) -> None:
    """A week and its text say the same."""
    assert parse_week(str(week)) == week


@given(weeks)
def test_weeks_are_normal(week: Week) -> None:
    """Intervals are sorted, disjoint, apart and within the week, so that equal sets are equal."""
    flat = week.boundaries()
    assert list(flat) == sorted(set(flat))
    assert all(0 <= minute <= WEEK for minute in flat)
    assert Week.of(week.intervals) == week
    assert bool(week) == (week.minutes > 0) == (week != Week.empty())


@given(st.lists(st.tuples(st.integers(-30000, 30000), st.integers(-100, 12000)), max_size=5))
def test_any_intervals_wrap_round_the_week(raw: list[tuple[int, int]]) -> None:
    """Minute by minute, `Week.of` keeps each minute modulo the week and drops what is empty."""
    week = Week.of((start, start + length) for start, length in raw)
    wanted = {
        minute % WEEK for start, length in raw for minute in range(start, start + min(length, WEEK))
    }
    assert members(week) == wanted


@settings(max_examples=50)
@given(weeks, weeks)
def test_algebra_minute_by_minute(a: Week, b: Week) -> None:
    """The operations are those of sets."""
    mine, theirs = members(a), members(b)
    assert members(a.union(b)) == mine | theirs
    assert members(a.intersection(b)) == mine & theirs
    assert members(a.difference(b)) == mine - theirs
    assert members(a.complement()) == set(range(WEEK)) - mine
    assert a.minutes == len(mine)
    assert a.days == tuple(sorted({minute // DAY for minute in mine}))


@given(weeks, weeks)
def test_measures_add_up(a: Week, b: Week) -> None:
    """|A| + |B| = |A ∪ B| + |A ∩ B|, and a set and its complement make a week."""
    assert a.minutes + b.minutes == a.union(b).minutes + a.intersection(b).minutes
    assert a.minutes + a.complement().minutes == WEEK
    assert a.complement().complement() == a
    assert a.difference(b).union(a.intersection(b)) == a
    assert a.hours * 60 == pytest.approx(a.minutes)


@given(weeks, st.integers(-20000, 20000))
def test_next_on_leads_to_the_first_minute_on_duty(week: Week, minute: int) -> None:
    """Nothing between now and then is on duty, and then is."""
    wait = week.next_on(minute)
    if wait is None:
        assert not week
        return
    there = members(week)
    assert (minute + wait) % WEEK in there
    assert not any((minute + step) % WEEK in there for step in range(wait))
    assert week.contains(minute) == (minute % WEEK in there)


@given(weeks, st.integers(-10, 1500))
def test_first_minutes_of_each_day(week: Week, count: int) -> None:
    """Each calendar day keeps its first minutes on duty, in order."""
    kept = members(week.first_minutes_of_each_day(count))
    for day in range(7):
        on_duty = sorted(members(week.day_part(day)))
        assert all(minute // DAY == day for minute in on_duty)
        assert sorted(kept & set(on_duty)) == on_duty[: max(count, 0)]
    assert kept <= members(week)


def test_hand_worked_measures() -> None:
    """Five days of 3.5 + 3.5 hours, and the rest of 168."""
    assert OFFICE.hours == 35
    assert OFFICE.complement().hours == 133
    assert OFFICE.days == (0, 1, 2, 3, 4)
    assert OFFICE.next_on(4 * DAY + 17 * 60) == 64 * 60  # Friday 17:00 to Monday 09:00
    assert OFFICE.next_on(0) == 9 * 60
    assert OFFICE.first_minutes_of_each_day(240) == parse_week("mon-fri 9-12:30 13:30-14:00")
    assert Week.always().hours == 168
    assert Week.empty().next_on(0) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("never", "none"),
        ("24/7", "24/7"),
        ("daily 18:00-08:00", "nights (18:00-08:00)"),
        ("daily 18:00-08:00, sun 0-24", "nights (18:00-08:00) and Sunday"),
        ("weekend 0-24", "weekends"),
        ("mon-fri 0-24", "weekdays"),
        ("mon-fri 18-24", "weekdays after 18:00"),
        ("mon-wed 18-22", "Monday to Wednesday 18:00-22:00"),
        ("daily 12:30-13:30", "every day 12:30-13:30"),
        ("mon fri 0-7 19-24", "Monday and Friday before 07:00 and after 19:00"),
        ("mon 9-12, sun 0-24", "Sunday, and Monday 09:00-12:00"),
        ("mon 9-12, tue 9-10", "mon 09:00-12:00, tue 09:00-10:00"),
    ],
)
def test_hours_in_words(text: str, words: str) -> None:
    """Short where the hours allow it, the canonical text otherwise."""
    assert in_words(parse_week(text)) == words


def test_what_office_hours_leave_uncovered_in_words() -> None:
    """The hours that a 24/7 cover misses with one person in the office."""
    expected = "nights (17:00-09:00), 12:30-13:30 and weekends"
    assert in_words(OFFICE.complement()) == expected


@given(weeks)
def test_nights_in_words_are_those_nights(week: Week) -> None:
    """Where the words speak of nights, those hours are in the set on every day."""
    words = in_words(week)
    assert words
    if words.startswith("nights ("):
        night = parse_week("daily " + words[8 : words.index(")")])
        assert night.difference(week) == Week.empty()


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but QuantityError comes out of any text."""
    try:
        parse_week(text)
    except QuantityError as error:
        assert str(error).isprintable()


@given(
    st.lists(
        st.sampled_from(
            (
                *("mon", "tue-fri", "sam", "daily", "7j/7", "-", "to", "à", "and", ",", ";", ":"),
                *("9", "09:00", "24:00", "9h30", "12", "h", "14", "am", "pm", "5pm"),
            )
        ),
        max_size=12,
    )
)
def test_any_words_of_the_grammar_are_read_or_refused(words: list[str]) -> None:
    """The same for texts that are nearly right; what is read has some hours."""
    try:
        assert parse_week(" ".join(words)).minutes
    except QuantityError as error:
        assert str(error).isprintable()
