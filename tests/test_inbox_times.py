"""How logs write times: every form beside its moment, days and times in columns of their own."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import cmsource
from cmsource.inbox.log import read_log
from cmsource.inbox.timestamps import StampError, read_stamp

EPOCH = datetime(1970, 1, 1)
MARCH = datetime(2024, 3, 5, 14, 15)  # the quarter of an hour of 14:22


def moment(quarter: int | None) -> datetime | None:
    """The beginning of a quarter of an hour since 1970."""
    return None if quarter is None else EPOCH + timedelta(minutes=15 * quarter)


@pytest.mark.parametrize(
    ("text", "zoned"),
    [
        ("05/Mar/24 2:22 PM", False),
        ("05-Mar-24 02:22 PM", False),
        ("Tue 3/5/2024 2:22 PM", False),
        ("Tue, 05.03.2024 14:22", False),
        ("05.03.2024 um 14:22 Uhr", False),
        ("5 mar 2024 2:22 p. m.", False),
        ("5 mar 2024 2:22\u202fp.\u00a0m.", False),
        ("Tue Mar 05 2024 16:22:00 GMT+0200 (CEST)", True),
        ("Tue Mar 05 2024 16:22:00 GMT+0200 (heure d’été d’Europe centrale)", True),
        ("2024-03-05 09:22 EST", True),
        ("Mar 5, 2024 10:22:31 AM EDT", True),
        ("2024-03-05 07:22:10 PDT", True),
        ("05.03.2024 15:22 CET", True),
        ("20240305142201", False),
        ("202403051422", False),
        ("[05/Mar/2024:07:22:36 -0700]", True),
        ("05/Mar/2024:07:22:36 -0700", True),
        ("45356.5986111", False),
        ("mardi 5 mars 2024 à 14h22", False),
        ("mar. 5 mars 2024 14:22", False),
        ("Dienstag, 5. März 2024, 14:22 Uhr", False),
        ("Di., 5. März 2024 14:22", False),
        ("martes, 5 de marzo de 2024, 14:22", False),
        ("martedì 5 marzo 2024 alle ore 14:22", False),
        ("terça-feira, 5 de março de 2024 às 14:22", False),
        ("dinsdag 5 maart 2024 om 14:22", False),
        ("5 mrt. 2024 14:22", False),
        ("05.03.2024 14:22 (UTC)", True),
        ("05.03.2024 15:22 (CET)", True),
        ("05.03.2024 14:22 (local time)", False),
        ("2024-03-05T15:22:00+01:00[Europe/Paris]", True),
        ("2:22 PM · Mar 5, 2024", False),
        ("14:22 05.03.2024", False),
        ("2:22 pm, 2024/03/05", False),
        ("14h22 le 05.03.2024", False),
        ("'2024-03-05 14:22", False),
    ],
)
def test_more_ways_to_write_a_time(text: str, zoned: bool) -> None:
    """Each is 5 March 2024 at 14:22, of UTC where it says its zone.

    45356 is the number of 5 March 2024 in spreadsheets: 25569 is 1 January 1970, 19,787 days
    earlier, of which 54 years have 365, 13 of them one more, and 31 + 29 + 4 are those of 2024.
    14:22 is 862 of 1,440 minutes: 0.5986111.
    """
    assert 25569 + 54 * 365 + 13 + 31 + 29 + 4 == 45356
    stamp = read_stamp(text)
    quarter = stamp.month_first if stamp.quarter is None or "/5/" in text else stamp.quarter
    assert (moment(quarter), stamp.zoned) == (MARCH, zoned)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(("1er février 2024 9:05", 2), ("1 déc. 2024 9:05", 12), ("1 août 2024 9:05", 8)),
        *(("1. Mai 2024 9:05", 5), ("1. Okt. 2024 9:05", 10), ("1. Dez. 2024 9:05", 12)),
        *(("1 ene 2024 9:05", 1), ("1 de agosto de 2024 9:05", 8), ("1 dic 2024 9:05", 12)),
        *(("1 gen 2024 9:05", 1), ("1 luglio 2024 9:05", 7), ("1 set 2024 9:05", 9)),
        *(
            ("1 de fev. de 2024 9:05", 2),
            ("1 de outubro de 2024 9:05", 10),
            ("1 out 2024 9:05", 10),
        ),
        *(("1 mei 2024 9:05", 5), ("1 augustus 2024 9:05", 8), ("1 mrt 2024 9:05", 3)),
    ],
)
def test_months_of_seven_languages(text: str, month: int) -> None:
    """French, German, Spanish, Italian, Portuguese, Dutch; English is everywhere else."""
    assert moment(read_stamp(text).quarter) == datetime(2024, month, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        *("05/Foo/24 2:22 PM", "Foo 3/5/2024 2:22 PM", "20241305142201", "20240305256101"),
        *("12345.5", "99999.25", "45356", "05/Mar/2024:25:22:36 -0700", "mars mars 5 2024 14:22"),
        "2024-03-05 14:22 IST",
    ],
)
def test_more_texts_that_are_no_time(text: str) -> None:
    """Names that are none, numbers out of range, zones that mean several."""
    with pytest.raises(StampError):
        read_stamp(text)


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        ("id;Date;Heure\n1;05/03/2024;14:22\n2;25/03/2024;9h05", "Date"),
        ("id;Heure;Date\n1;14:22;05/03/2024\n2;9h05;25/03/2024", "Date"),
        ("id;Date;Time\n1;2024-03-05;2:22 PM\n2;2024-03-25;9:05 AM", "Date"),
        ("id;date;time;closed\n1;5 mars 2024;14:22;2024-03-09\n2;25 mars 2024;9:05;", "date"),
        ("id;Date;Time\n1;45356;0.59861\n2;45376;0,37847", "Date"),
        ("id;Date;Time\n1;45356;14:22\n2;45376;9:05", "Date"),
        ("id;Date;Heure\n1;2024-03-05 00:00:00;14:22\n2;2024-03-25 00:00:00;09:05", "Date"),
        ("2024-03-05;14:22\n2024-03-25;09:05", "column 1"),
        ("id;sent on\n1;45356.59861\n2;45376.37847", "sent on"),
    ],
)
def test_a_day_and_a_time_of_it(tmp_path: Path, lines: str, column: str) -> None:
    """In columns of their own, in whatever order, also as spreadsheets number them."""
    path = tmp_path / "log.csv"
    path.write_text(lines, encoding="utf-8")
    tally = read_log(path)
    assert [moment(quarter) for quarter, _ in tally.local] == [MARCH, datetime(2024, 3, 25, 9)]
    assert (tally.column, tally.unreadable, tally.days) == (column, 0, False)


def test_numbers_are_no_days_without_a_title(tmp_path: Path) -> None:
    """Prices look like the days of spreadsheets."""
    path = tmp_path / "log.csv"
    path.write_text("id,price,created\n1,45356.59,2024-03-05 14:22\n", encoding="utf-8")
    assert read_log(path).column == "created"
    path.write_text("id,price,count\n1,45356.59,45356\n", encoding="utf-8")
    with pytest.raises(cmsource.ScenarioError, match="no column of dates"):
        read_log(path)


def test_days_without_times(tmp_path: Path) -> None:
    """They count as days, in whichever order most of the column can be read.

    One message a day in January and February 2024: 1/13 shows that the month comes first.
    """
    days = [date(2024, 1, 1) + timedelta(days=day) for day in range(56)]
    path = tmp_path / "log.csv"
    rows = "\n".join(f"{day.month}/{day.day}/2024" for day in days)
    path.write_text(f"Date\n{rows}\n", encoding="utf-8")
    found = cmsource.read_inbox(path, timezone="America/Toronto")
    assert (found.first, found.last, found.messages) == (days[0], days[-1], 56)
    assert found.per_week == pytest.approx(7)
    assert not found.profile
    assert any("month first" in note for note in found.notes)
    assert any("days and no times of the day" in note for note in found.notes)
