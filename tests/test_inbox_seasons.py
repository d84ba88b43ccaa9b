"""Seasons of a log: months that differ from the others by more than chance explains."""

import json
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import cmsource
from cmsource.inbox.seasons import Year, year_of
from conftest import Cli

Level = Callable[[date], float]


def days(first: date, count: int) -> list[date]:
    """So many days in a row."""
    return [first + timedelta(days=number) for number in range(count)]


def found(by_day: list[tuple[date, int]]) -> Year | None:
    """The seasons of a log of whole weeks."""
    volumes = [sum(count for _, count in by_day[n : n + 7]) for n in range(0, len(by_day) - 6, 7)]
    return year_of(by_day, by_day[0][0], by_day[-1][0], volumes)


def drawn(seed: int, first: date, count: int, level: Level) -> list[tuple[date, int]]:
    """Days with messages of a Poisson process, 20 a day times a level, fewer at weekends."""
    chance = random.Random(seed)

    def messages(mean: float) -> int:
        moment, number = chance.expovariate(1), 0
        while moment < mean:
            moment, number = moment + chance.expovariate(1), number + 1
        return number

    return [
        (day, messages(20 * level(day) * (0.5 if day.weekday() > 4 else 1.2)))
        for day in days(first, count)
    ]


def test_a_year_worked_by_hand() -> None:
    """10 a day, in November and December 18, in August 4: 70 a week, 180 % and 40 %."""
    levels = {11: 18, 12: 18, 8: 4}
    year = found([(day, levels.get(day.month, 10)) for day in days(date(2025, 1, 1), 365)])
    assert year is not None
    assert year.per_week == pytest.approx(70)
    assert [season.months for season in year.seasons] == [(7,), (10, 11)]
    assert [season.share for season in year.seasons] == pytest.approx([0.4, 1.8])
    winter = [(day, 20 if day.month in (12, 1) else 10) for day in days(date(2025, 3, 1), 365)]
    assert [season.months for season in (found(winter) or Year(0, ())).seasons] == [(11, 0)]


def test_neighbours_of_other_levels_are_seasons_of_their_own() -> None:
    """November at 150 %, December at 300 %."""
    levels = {11: 15, 12: 30}
    year = found([(day, levels.get(day.month, 10)) for day in days(date(2025, 1, 1), 365)])
    assert year is not None
    assert [(each.months, round(each.share, 3)) for each in year.seasons] == [
        ((10,), 1.5),
        ((11,), 3.0),
    ]


def test_less_than_a_year_has_no_seasons() -> None:
    """Nobody knows what the months would be that are missing."""
    log = [(day, 20 if day.month == 12 else 10) for day in days(date(2025, 1, 1), 365)]
    assert found(log) is not None
    assert found(log[1:]) is None


def test_chance_is_no_season() -> None:
    """Of forty years without one, one in twenty or so may seem to have one; five are the bound.

    Were it so often by right, six and more of forty would be seen in less than two of a hundred
    trials, and the trial is the same each time.
    """
    years = [found(drawn(seed, date(2024, 5, 6), 371, lambda _: 1.0)) for seed in range(40)]
    assert sum(year is not None for year in years) <= 5


def test_busy_weeks_are_no_season() -> None:
    """Weeks of campaigns, here and there, vary by more than a Poisson process: so may months."""
    years = []
    for seed in range(20):
        chance = random.Random(seed)
        busy = {week: chance.choice((0.5, 1.0, 1.0, 2.5)) for week in range(60)}
        start = date(2024, 5, 6)
        log = drawn(seed, start, 371, lambda day: busy[(day - start).days // 7])  # noqa: B023
        years.append(found(log))
    assert sum(year is not None for year in years) <= 4


def test_seasons_are_found_as_they_were_drawn() -> None:
    """Twice as much in November and December of two years, within a tenth."""
    log = drawn(3, date(2024, 2, 12), 731, lambda day: 2.0 if day.month > 10 else 1.0)
    year = found(log)
    assert year is not None
    assert [season.months for season in year.seasons] == [(10, 11)]
    assert year.seasons[0].share == pytest.approx(2, rel=0.1)
    assert year.per_week == pytest.approx(20 * (5 * 1.2 + 2 * 0.5), rel=0.05)


def test_the_scenario_has_the_messages_of_the_log(cli: Cli, tmp_path: Path) -> None:
    """Two years: what the piece of scenario says of twelve months adds up to what came in them."""
    level = {7: 0.5, 12: 2.2}
    log = drawn(5, date(2024, 1, 1), 731, lambda day: level.get(day.month, 1.0))
    chance = random.Random(5)
    times = [
        datetime(day.year, day.month, day.day, chance.randrange(24), chance.randrange(60))
        for day, count in log
        for _ in range(count)
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["created_at", *map(str, times)]), "utf-8")
    out = cli("inbox", path, "--output", tmp_path / "profile.csv").out
    assert "  seasons: {jul: {messages: " in out
    piece = out[out.index("needs:") :].replace("   # your own", "  # your own")
    scenario = tmp_path / "shop.yaml"
    scenario.write_text(
        f"{piece}\ncountry: FR\nhorizon: 12 months\n"
        "sources: {firm: {kind: agency, hourly_rate: 75, on_duty: mon-sun 00:00-24:00}}\n"
        "options: {firm: [firm]}\n",
        "utf-8",
    )
    needs = cmsource.load(scenario).needs
    assert needs.messages is not None
    assert needs.messages.per_week is not None
    data = json.loads(cli("inbox", path, "-f", "json").out)
    shares = dict.fromkeys(range(12), 1.0)
    shares |= {6: data["seasons"]["levels"]["jul"], 11: data["seasons"]["levels"]["dec"]}
    a_year = needs.messages.per_week * 365.25 / 7 * sum(shares.values()) / 12
    assert a_year == pytest.approx(len(times) / 731 * 365.25, rel=0.01)
    assert set(needs.seasons) == {"jul", "dec"}


def test_a_part_that_is_missing_is_no_season(cli: Cli, tmp_path: Path) -> None:
    """A log of a year and a half without its summer: nobody knows what came then."""
    times = [
        f"{day} {hour:02}:30"
        for day in days(date(2024, 1, 1), 540)
        if not date(2024, 6, 1) <= day <= date(2024, 8, 31)
        for hour in range(8, 18)
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["created_at", *times]), "utf-8")
    data = json.loads(cli("inbox", path, "-f", "json").out)
    assert data["seasons"] is None
    assert any("there is no message between 2024-05-31 and 2024-09-01" in n for n in data["notes"])


@pytest.mark.parametrize(
    ("per_week", "written"),
    [(102.897, "102.9"), (1234.567, "1234.57"), (0.125, "0.1250"), (70.0, "70"), (9.5, "9.5")],
)
def test_volumes_are_written_as_scenarios_take_them(per_week: float, written: str) -> None:
    """102.897 could be a hundred thousand, and would be refused."""
    from cmsource.reports.inbox_snippet import _number

    assert _number(per_week) == written
    text = f"country: FR\nhorizon: 1\nneeds: {{messages: {{per_week: {written}}}}}\n"
    text += "sources: {firm: {kind: agency, hourly_rate: 75}}\noptions: {firm: [firm]}\n"
    messages = cmsource.loads(text).needs.messages
    assert messages is not None
    assert messages.per_week == pytest.approx(per_week, rel=1e-4)
