"""What a log says about volumes: only what the time that it covers carries."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import cmsource
from cmsource.inbox.profile import check_profile
from cmsource.inbox.trend import trend_of
from conftest import Cli

MONDAY = datetime(2024, 6, 3)


def write(folder: Path, moments: Iterable[datetime], mark: str = "") -> Path:
    """A log with one column of times."""
    path = folder / "log.csv"
    path.write_text(
        "\n".join(["created_at", *(moment.isoformat() + mark for moment in moments)]), "utf-8"
    )
    return path


def every_hour(first: datetime, hours: int) -> list[datetime]:
    """A message in the middle of each hour."""
    return [first + timedelta(hours=hour, minutes=30) for hour in range(hours)]


def test_stray_dates_do_not_dilute(tmp_path: Path) -> None:
    """One message an hour for ten weeks is 168 a week, whatever a few old dates say.

    10 · 168 = 1,680 messages, of which 16, one in a hundred, may be stray.
    """
    weeks = every_hour(MONDAY, 1680)
    old = [datetime(2015, 1, 1) + timedelta(days=200 * n) for n in range(16)]
    found = cmsource.read_inbox(write(tmp_path, [*weeks, *old]))
    assert (found.messages, found.strays) == (1680, 16)
    assert (found.first, found.last) == (date(2024, 6, 3), date(2024, 8, 11))
    assert found.per_week == pytest.approx(168)
    said = "16 messages, of 2015-01-01 to 2023-03-20, lie far outside"  # 15 times 200 days later
    assert any(said in note for note in found.notes)
    for stray in (datetime(2090, 1, 1), datetime(1990, 1, 1)):
        found = cmsource.read_inbox(write(tmp_path, [*weeks, stray]))
        assert (found.strays, found.weeks) == (1, 10)
        [said] = [note for note in found.notes if "far outside" in note]
        assert f"1 message, of {stray:%Y-%m-%d}, lies" in said


def test_a_log_with_hardly_any_days(tmp_path: Path) -> None:
    """One old message too many to be stray, and ten weeks are no nine years of 3 messages a week.

    A season of four months in each of two years is a log, whose closed months are as long again;
    so are messages that are months apart by themselves.
    """
    weeks = every_hour(MONDAY, 1680)
    old = [datetime(2015, 1, 1) + timedelta(days=100 * n) for n in range(17)]
    path = write(tmp_path, [*weeks, *old])
    found = cmsource.read_inbox(path)
    assert (found.strays, found.hollow, found.per_week, found.profile) == (0, True, None, ())
    assert any("--since and --until say which days it covers" in note for note in found.notes)
    with pytest.raises(cmsource.ScenarioError, match="without a message for most of the time"):
        check_profile(found)
    found = cmsource.read_inbox(path, since=MONDAY.date())
    assert found.per_week == pytest.approx(168)
    winters = [*every_hour(datetime(2022, 12, 1), 2880), *every_hour(datetime(2023, 12, 1), 2880)]
    assert cmsource.read_inbox(write(tmp_path, winters)).per_week is not None
    rare = [MONDAY + timedelta(days=45 * n, hours=5 * n) for n in range(30)]
    assert not cmsource.read_inbox(write(tmp_path, rare)).hollow


def test_what_is_not_stray(tmp_path: Path) -> None:
    """Messages of a day that is asked for, more than one in a hundred, quiet days in between."""
    weeks = every_hour(MONDAY, 1680)
    old = [datetime(2015, 1, 1) + timedelta(days=100 * n) for n in range(17)]
    path = write(tmp_path, [*weeks, *old])
    assert cmsource.read_inbox(path).strays == 0
    path = write(tmp_path, [*weeks, *old[:9]])
    assert cmsource.read_inbox(path).strays == 9
    assert cmsource.read_inbox(path, since=date(2015, 1, 1)).strays == 0
    assert cmsource.read_inbox(path, until=date(2030, 1, 1)).strays == 9
    few = [MONDAY + timedelta(days=day) for day in (0, 1, 2, 400)]
    assert cmsource.read_inbox(write(tmp_path, few)).strays == 0


def test_the_days_next_to_the_densest_ones_stay(tmp_path: Path) -> None:
    """A log that ends within a day keeps it, however few messages that day has.

    100 a day for 30 days and 20 on the 31st: the densest days without one in a hundred, 30
    messages, would do without the 31st.
    """
    busy = [MONDAY + timedelta(days=day, minutes=9 * n) for day in range(30) for n in range(100)]
    last = [MONDAY + timedelta(days=30, minutes=9 * n) for n in range(20)]
    found = cmsource.read_inbox(write(tmp_path, [datetime(2001, 1, 1), *busy, *last]))
    assert (found.strays, found.messages) == (1, 3020)


@pytest.mark.parametrize("hours", [1, 24, 100, 144])
def test_less_than_a_week_says_nothing_of_weeks(cli: Cli, tmp_path: Path, hours: int) -> None:
    """One row is not 168 messages a week: there is no rate, no profile, no piece of scenario."""
    path = write(tmp_path, every_hour(MONDAY + timedelta(days=1, hours=5), hours))
    found = cmsource.read_inbox(path)
    assert (found.messages, found.per_week, found.profile) == (hours, None, ())
    assert (found.outside_office, found.weekend, found.spread) == (None, None, None)
    ran = cli("inbox", path)
    assert ran.status == 0
    assert "too short for messages a week" in ran.out
    assert "needs:" not in ran.out
    assert "messages a week:" not in ran.out
    assert "24/7" not in ran.out
    output = tmp_path / "profile.csv"
    ran = cli("inbox", path, "--output", output)
    assert (ran.status, ran.out, output.exists()) == (2, "", False)
    assert "E115" in ran.err
    data = json.loads(cli("inbox", path, "-f", "json").out)
    assert (data["per_week"], data["profile"]) == (None, None)
    rows = cli("inbox", path, "-f", "csv").out.splitlines()
    assert len(rows) == 169
    assert {row.split(",")[2] for row in rows[1:]} == {""}


def test_a_week_less_its_edges(tmp_path: Path) -> None:
    """A week of a shop, from the first message of Monday to the last of Sunday, carries a rate.

    Ten messages an hour from 9:00 to 19:00, the first at 9:00, the last at 18:54.
    """
    rows = [
        MONDAY + timedelta(days=day, hours=hour, minutes=6 * n)
        for day in range(7)
        for hour in range(9, 19)
        for n in range(10)
    ]
    found = cmsource.read_inbox(write(tmp_path, rows))
    assert found.per_week == pytest.approx(700)
    assert found.spread == (1, 700, 700, 700, None)


def test_a_monday_seen_for_24_minutes_is_no_whole_week(tmp_path: Path) -> None:
    """Weeks count as whole when nearly all of their messages lie within the log."""
    hours = every_hour(MONDAY, 3 * 168)
    late = [MONDAY + timedelta(hours=23, minutes=36), *hours[24:]]
    found = cmsource.read_inbox(write(tmp_path, late))
    assert found.spread == (2, 168, 168, 168, 0)
    assert (found.first, found.last) == (date(2024, 6, 3), date(2024, 6, 23))
    found = cmsource.read_inbox(write(tmp_path, hours[: -24 + 1]))
    assert found.spread == (2, 168, 168, 168, 0)
    found = cmsource.read_inbox(write(tmp_path, hours[2:]))  # two of 168 messages are missing
    assert found.spread is not None
    assert found.spread.weeks == 3


@pytest.mark.parametrize("clock", ["17:30:00", "00:00:00"])
@pytest.mark.parametrize("zone", ["", "Z"])
def test_one_time_of_the_day_is_no_hour(cli: Cli, tmp_path: Path, clock: str, zone: str) -> None:
    """Such a column says days. Four on Mondays, two on other days, for four weeks: 16 a week."""
    moments = [
        datetime.fromisoformat(f"{(MONDAY + timedelta(days=day)).date()}T{clock}")
        for day in range(28)
        for _ in range(2 if day % 7 else 4)
    ]
    path = write(tmp_path, moments, zone)
    found = cmsource.read_inbox(path, timezone="America/Toronto")
    assert (found.first, found.last, found.weeks) == (date(2024, 6, 3), date(2024, 6, 30), 4)
    assert found.per_week == pytest.approx(16)
    assert found.weekend == pytest.approx(4 / 16)
    assert (found.outside_office, found.profile, found.busiest) == (None, (), ())
    assert found.busiest_days[0] == pytest.approx((0, 4))
    assert found.spread == (4, 16, 16, 16, 0)
    ran = cli("inbox", path, "-z", "America/Toronto")
    assert "16.0 messages a week: 25.0% at weekends" in ran.out
    assert "Busiest days" in ran.out
    assert "Mon (4.00 a day)" in ran.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "per_week: 16" in ran.out
    assert "profile: [" not in ran.out
    assert "hours are not known" in " ".join(ran.out.split())
    ran = cli("inbox", path, "--output", tmp_path / "profile.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "says days and no hours in `created_at`" in ran.err


def test_times_without_a_zone_are_told(tmp_path: Path) -> None:
    """What follows when they are those of UTC, unless it was said whose they are."""
    rows = every_hour(MONDAY, 400)
    path = write(tmp_path, rows)
    [note] = [note for note in cmsource.read_inbox(path).notes if "zone" in note]
    assert "do not say their zone" in note
    assert "--naive-as UTC --timezone Europe/Paris" in note
    for found in (
        cmsource.read_inbox(path, naive_as="UTC"),
        cmsource.read_inbox(path, timezone="Europe/Paris"),
    ):
        assert not any("zone" in note for note in found.notes)
    mixed = tmp_path / "mixed.csv"
    mixed.write_text(
        "at\n" + "".join(f"{at.isoformat()}{'Z' * (n % 2)}\n" for n, at in enumerate(rows)), "utf-8"
    )
    found = cmsource.read_inbox(mixed, timezone="Europe/Paris")
    assert any("200 times do not say their zone, the others do" in note for note in found.notes)


def test_months_and_trend(cli: Cli, tmp_path: Path) -> None:
    """Ten messages a day in February and March, twenty in April: whole months, seven days each.

    From 20 January to 10 May 2024. February has 29 days, 290 messages: 70 a week.
    """
    first, days = datetime(2024, 1, 20), 112
    moments = [
        first + timedelta(days=day, hours=hour, minutes=10)
        for day in range(days)
        for hour in range(20 if (first + timedelta(days=day)).month >= 4 else 10)
    ]
    path = write(tmp_path, moments)
    found = cmsource.read_inbox(path)
    assert [(month.first.month, month.messages) for month in found.months] == [
        (2, 290),
        (3, 310),
        (4, 600),
    ]
    assert [month.per_week for month in found.months] == pytest.approx([70, 70, 140])
    assert found.trend is not None
    assert found.trend.per_month > found.trend.margin
    out = " ".join(cli("inbox", path).out.split())
    assert "Whole months 3, with 70.0 a week in 2024-02 to 140.0 a week in 2024-04" in out
    assert "Trend up " in out
    data = json.loads(cli("inbox", path, "-f", "json").out)
    assert data["months"][2] == {"month": "2024-04", "messages": 600, "per_week": 140}


def test_a_line_through_the_weeks() -> None:
    """By hand: 100, 101, … rises by one of 105.5 a week; 4.348 weeks are a month."""
    trend = trend_of(range(100, 112))
    assert trend is not None
    assert trend.per_month == pytest.approx(365.25 / 12 / 7 / 105.5)
    assert trend.margin == pytest.approx(0, abs=1e-9)
    assert trend.stands_out
    # 90 and 110 in turn, six times: the slope is 6 · 10 / 143 (each pair rises by 20, and the sum
    # of the squares of -5.5 … 5.5 is 143), far from two of its errors.
    trend = trend_of([90, 110] * 6)
    assert trend is not None
    assert trend.per_month == pytest.approx(60 / 143 * 365.25 / 12 / 7 / 100)
    assert not trend.stands_out
    assert trend_of([1] * 11) is None
    assert trend_of([0] * 12) is None


@pytest.mark.parametrize(
    ("daily", "said"),
    [
        # Two and three a day, week by week in turn: the two at the ends differ by one, by chance.
        ([2, 3] * 7, "Trend none that stands out from "),
        (range(20, 6, -1), "Trend down "),
        (range(6, 20), "Trend up "),
    ],
)
def test_a_trend_in_words(cli: Cli, tmp_path: Path, daily: Iterable[int], said: str) -> None:
    """Fourteen weeks from a Monday on, each with so many messages a day."""
    moments = [
        datetime(2024, 1, 1) + timedelta(weeks=week, days=day, hours=hour)
        for week, count in enumerate(daily)
        for day in range(7)
        for hour in range(count)
    ]
    assert said in " ".join(cli("inbox", write(tmp_path, moments)).out.split())
