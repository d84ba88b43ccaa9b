"""Logs of messages: reading them, the profile they make, the command."""

import codecs
import csv
import io
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import cmsource
from cmsource.cli.app import run
from cmsource.inbox import text_lines
from cmsource.inbox.log import read_log
from cmsource.inbox.selection import Selection, parse_condition
from cmsource.inbox.tally import Tally
from cmsource.inbox.timestamps import StampError, read_stamp
from cmsource.values.quantities import QuantityError
from cmsource.writers.formats import Format
from conftest import Cli, unframed

PARIS = ZoneInfo("Europe/Paris")
EPOCH = datetime(1970, 1, 1)
HALLOWEEN = datetime(2017, 10, 31, 22, 0)  # the quarter of an hour of 22:10:47

quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def quarter(moment: datetime) -> int:
    """A moment in quarters of an hour since 1970."""
    return (moment - EPOCH) // timedelta(minutes=15)


def write(folder: Path, lines: Iterable[str], title: str = "created_at") -> Path:
    """A log with one column."""
    path = folder / "log.csv"
    path.write_text("\n".join([title, *lines]) + "\n", encoding="utf-8")
    return path


def iso(moments: Iterable[datetime]) -> list[str]:
    """Moments as ISO 8601."""
    return [moment.isoformat() for moment in moments]


def hourly(first: datetime, last: datetime) -> list[datetime]:
    """A moment in the middle of each real hour, between two moments of UTC."""
    found = []
    while first < last:
        found.append(first + timedelta(minutes=30))
        first += timedelta(hours=1)
    return found


def refusal(path: Path, **given: object) -> str:
    """What is said about a log that cannot be used, with the place and the hint."""
    with pytest.raises(cmsource.ScenarioError) as caught:
        read_log(path, **given)  # type: ignore[arg-type]
    [found] = caught.value.diagnostics
    assert found.place is not None
    return f"{found.code} {found.place}: {found.message}; {found.hint}"


def counted(tally: Tally) -> tuple[dict[int, int], dict[int, int]]:
    """The counts of a tally as plain maps: with a zone, without one."""
    return dict(tally.instants), dict(tally.local)


@pytest.mark.parametrize(
    ("text", "moment", "zoned"),
    [
        ("2017-10-31T22:10:47", HALLOWEEN, False),
        ("2017-10-31 22:10", HALLOWEEN, False),
        ("2017-10-31 22:10:47.123456", HALLOWEEN, False),
        ("2017-10-31 22:10:47,123", HALLOWEEN, False),
        ("2017-10-31T22:10:47Z", HALLOWEEN, True),
        ("2017-10-31 22:10:47 UTC", HALLOWEEN, True),
        ("2017-10-31 22:10:47 +0000 UTC", HALLOWEEN, True),
        ("2017-11-01T00:10:47+02:00", HALLOWEEN, True),
        ("2017-10-31 17:10:47 -0500", HALLOWEEN, True),
        ("2017-11-01T03:55:47+05:45", HALLOWEEN, True),
        ("20171031T221047Z", HALLOWEEN, True),
        ("Tue Oct 31 22:10:47 +0000 2017", HALLOWEEN, True),
        ("Tue Oct 31 22:10:47 UTC 2017", HALLOWEEN, True),
        ("Tue, 31 Oct 2017 22:10:47 GMT", HALLOWEEN, True),
        ("Tue, 31 Oct 2017 23:10:47 +0100 (CET)", HALLOWEEN, True),
        ("31/10/2017 22:10", HALLOWEEN, False),
        ("31/10/2017, 22:10:47", HALLOWEEN, False),
        ("31-10-2017 22:10", HALLOWEEN, False),
        ("31.10.2017 22:10", HALLOWEEN, False),
        ("31/10/17 22h10", HALLOWEEN, False),
        ("31/10/2017 à 22h10", HALLOWEEN, False),
        ("2017/10/31 22:10", HALLOWEEN, False),
        ("Oct 31, 2017, 10:10 PM", HALLOWEEN, False),
        ("October 31st, 2017 at 10:10 p.m.", HALLOWEEN, False),
        ("31-Oct-2017 22:10", HALLOWEEN, False),
        ("mardi 31 octobre 2017 à 22 h 10", HALLOWEEN, False),
        ("1er août 2017 00:05", datetime(2017, 8, 1), False),
        ("1509487847", HALLOWEEN, True),
        ("1509487847.25", HALLOWEEN, True),
        ("1509487847000", HALLOWEEN, True),
        ("1509487847000000", HALLOWEEN, True),
        ("1509487847000000000", HALLOWEEN, True),
        ("  2017-10-31   22:10 ", HALLOWEEN, False),
        ("01/01/2017 12:05 AM", datetime(2017, 1, 1), False),
        ("01/01/2017 12:05 PM", datetime(2017, 1, 1, 12), False),
    ],
)
def test_ways_to_write_a_time(text: str, moment: datetime, zoned: bool) -> None:
    """Each form, beside its moment in UTC, or on the clock when it says no zone."""
    stamp = read_stamp(text)
    assert (stamp.quarter, stamp.zoned, stamp.month_first) == (quarter(moment), zoned, None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "hello", "12", "2017", "22:10", "2017-10-31", "31/10/2017", "20171031"),
        *("2017-13-01 10:00", "2017-02-29 10:00", "32/01/2017 10:00", "2017-10-31 25:00"),
        *("1970-01-01 00:00", "0", "0001-01-01T00:00Z", "9999-12-31T23:59-14:00", "3e9"),
        *("10/31/2017 22", "10/31/2017 13:10 PM", "1.50948E+12", "31/10/2017 22:10 IST"),
        *("31/10/2017 22:10 +99:00", "Tue Foo 31 22:10:47 +0000 2017", "²/10/2017 22:10"),
        *("9" * 400, "9" * 50 + "/10/2017 10:00", "2017-10-31 22:10\x1b[31m", "1/2/3 4:5"),
    ],
)
def test_texts_that_are_no_time(text: str) -> None:
    """They are refused with a reason, without control characters, and nothing else is raised."""
    with pytest.raises(StampError) as caught:
        read_stamp(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 150


@given(text=st.text(max_size=40) | st.text("0123456789/-:. TZ+hAPM,", max_size=30))
def test_any_text_is_a_time_or_not(text: str) -> None:
    """No text makes the reader fail in any other way."""
    try:
        stamp = read_stamp(text)
    except StampError:
        return
    assert stamp.quarter is not None or stamp.month_first is not None


def test_a_date_in_two_orders() -> None:
    """03/04 is 3 April, or 4 March; 31/10 and 10/31 are one thing only."""
    either, day, month = (read_stamp(f"{text}/2017 22:10") for text in ("03/04", "31/10", "10/31"))
    assert either.quarter == quarter(datetime(2017, 4, 3, 22))
    assert either.month_first == quarter(datetime(2017, 3, 4, 22))
    assert (day.quarter, day.month_first) == (quarter(HALLOWEEN), None)
    assert (month.quarter, month.month_first) == (None, quarter(HALLOWEEN))


def test_the_column_is_found(tmp_path: Path) -> None:
    """Among numbers, names, dates without times and two columns of times, by its title."""
    path = tmp_path / "log.csv"
    path.write_text(
        "ticket,day,closed,Created at,author\n"
        '1509487847,2017-10-31,2017-11-02 10:00,2017-10-31 22:10,"A, B"\n'
        "1509487848,2017-10-31,,2017-10-31 22:11,C\n",
        encoding="utf-8",
    )
    tally = read_log(path)
    assert (tally.column, tally.others) == ("Created at", ("ticket", "closed"))
    assert counted(tally) == ({}, {quarter(HALLOWEEN): 2})
    for name in ("closed", "CLOSED", "3"):
        tally = read_log(path, column=name)
        assert (tally.column, tally.rows, tally.unreadable) == ("closed", 2, 1)
    assert counted(read_log(path, column="ticket"))[0] == {quarter(HALLOWEEN): 2}
    for wrong in ("Created", "0", "6", "99999999999999999999"):
        assert "has no column" in refusal(path, column=wrong)
    assert "did you mean `Created at`?" in refusal(path, column="created_at")


def test_a_log_without_titles(tmp_path: Path) -> None:
    """The first row is a message when its cell is a time."""
    path = write(tmp_path, ["2,2017-10-31 22:11"], "1,2017-10-31 22:10")
    tally = read_log(path)
    assert (tally.column, tally.rows) == ("column 2", 2)
    path.write_text("2017-10-31 22:10", encoding="utf-8")
    assert read_log(path).rows == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "\x01"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]
)
def test_ways_to_write_a_file(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    """Separators, line ends, encodings, line ends within quotes: the messages are the same."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(["id", "créé", "message"])
    for number in range(50):
        writer.writerow([number, "2017-10-31 22:10", f'déjà "lu", {delimiter} ou{end}pas; été'])
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    path = tmp_path / "log.csv"
    path.write_bytes((mark + out.getvalue()).encode(encoding))
    tally = read_log(path)
    assert counted(tally) == ({}, {quarter(HALLOWEEN): 50})
    assert (tally.column, tally.rows, tally.unreadable) == ("créé", 50, 0)
    assert tally.notes == (
        ("101 lines are not UTF-8 and were read as Windows-1252",) if encoding == "latin-1" else ()
    )


def test_what_windows_writes(tmp_path: Path) -> None:
    """Titles and cells with the apostrophes and the ligatures of French spreadsheets."""
    path = tmp_path / "log.csv"
    path.write_bytes("Date d’envoi;Œuvre\n31/10/2017 22:10;Cœur à 5 €\n".encode("cp1252"))
    asked = Selection((parse_condition("Œuvre~cœur à 5 €"),))
    assert read_log(path, column="Date d’envoi", selection=asked).local.total == 1
    path.write_bytes(b"created_at,\x81\n2017-10-31 22:10,\xe9\n")  # no letter of it
    assert read_log(path).local.total == 1


@pytest.mark.parametrize("data", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b""])
def test_files_with_nothing_but_a_mark(tmp_path: Path, data: bytes) -> None:
    """Of the order of bytes: they are empty."""
    path = tmp_path / "log.csv"
    path.write_bytes(data)
    with pytest.raises(cmsource.ScenarioError, match=r"is empty|has no rows"):
        read_log(path)


def test_titles_without_messages(tmp_path: Path) -> None:
    """The error says so, and does not send to look for a column."""
    with pytest.raises(cmsource.ScenarioError, match="has titles and no message: `created_at`"):
        read_log(write(tmp_path, []))


def test_chunks_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file is cut while it is read makes no difference, nor within the end of a line."""
    path = tmp_path / "log.csv"
    path.write_bytes(
        'créé;x\r\n2017-10-31 22:10;"é\r\nà"\r\n\r\n2017-10-31 22:11;ü\r\n'.encode() * 3
    )
    whole = read_log(path)
    assert (whole.rows, whole.unreadable) == (8, 2)  # titles that come again are no messages
    for size in range(1, 40):
        monkeypatch.setattr(text_lines, "CHUNK", size)
        tally = read_log(path)
        assert counted(tally) == counted(whole)
        assert tally._replace(instants=whole.instants, local=whole.local) == whole


def test_what_stands_above_the_titles(tmp_path: Path) -> None:
    """A line for spreadsheets, a heading and empty lines are passed over."""
    rows = "\n".join(f"{n};2017-10-31 22:10" for n in range(9))
    path = tmp_path / "log.csv"
    for head in ("sep=;\n", "Report of October\n\n", "\n\n", "sep=;\nReport\n"):
        path.write_text(f"{head}id;sent\n{rows}\n", encoding="utf-8")
        tally = read_log(path)
        assert (tally.column, tally.rows, tally.unreadable) == ("sent", 9, 0), head


def test_rows_that_cannot_be_read(tmp_path: Path) -> None:
    """They are counted, the first five shown with their lines, and the others are read."""
    rows = [f'{n},2017-10-31 22:10,"two\nlines"' for n in range(2000)]
    for at in (3, 700, 701, 1500, 1501, 1999):
        rows[at] = f"{at},soon,x"
    rows[5] = "5"
    tally = read_log(write(tmp_path, rows, "id,sent,text"))
    assert (tally.rows, tally.unreadable, sum(counted(tally)[1].values())) == (2000, 7, 1993)
    # Row n begins on line 2 + 2n, less one for each row above it that takes a single line.
    assert [row.line for row in tally.examples] == [8, 11, 1400, 1401, 2998]
    assert "`soon` is not a date" in tally.examples[0].reason
    assert "the row has no column 2" in tally.examples[1].reason


def test_texts_broken_into_lines(tmp_path: Path) -> None:
    """Rows of any width: of a text without quotes, only its first line belongs to a message."""
    path = tmp_path / "log.csv"
    for rows, messages, unreadable, column in (
        ("name,when,text A,1,hello how are you B,2,hello bye", 2, 4, "when"),
        ("name,when,text A,1,hello B,2 C,3", 3, 0, "when"),
        ("name,when A,1,hello,x B,2,hello,y", 2, 0, "when"),
        ("when,text 1,hello how are you 2,hello thanks bye", 2, 5, "when"),
        ("A,1,hello how are you B,2,hello bye", 2, 4, "column 2"),
        ("A,1,hello B,2 C,3", 3, 0, "column 2"),
        ("Report name,when,text A,1,hello thanks bye", 1, 2, "when"),
    ):
        text = "\n".join(rows.split())
        path.write_text(re.sub(r"\d", r"2024-03-05 14:0\g<0>", text), encoding="utf-8")
        tally = read_log(path)
        found = (tally.rows, tally.unreadable, tally.local.total, tally.column)
        assert found == (messages + unreadable, unreadable, messages, column), rows


cells = st.text("ab é'=", max_size=4)
words = st.text("abé'=", min_size=1, max_size=4)


@quick
@given(
    messages=st.lists(st.tuples(words, st.integers(0, 9999), words), min_size=1, max_size=12),
    broken=st.lists(st.tuples(st.integers(0, 12), st.lists(cells, min_size=1, max_size=6))),
    shorter=st.booleans(),
    titles=st.booleans(),
    delimiter=st.sampled_from(",;\t|"),
)
def test_ragged_rows(
    tmp_path: Path,
    messages: list[tuple[str, int, str]],
    broken: list[tuple[int, list[str]]],
    shorter: bool,
    titles: bool,
    delimiter: str,
) -> None:
    """Rows without a time, of any width, between the messages: each is counted as what it is."""
    first = datetime(2024, 1, 1)
    rows: list[list[str]] = [
        [name, (first + timedelta(minutes=at)).isoformat(" "), *([] if shorter else [text])]
        for name, at, text in messages
    ]
    width = len(rows[0])
    for number, row in broken:  # of another width, or most cells of the column would be no times
        if len(row) != width:
            rows.insert(1 + number % len(rows), row)
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL)
        writer.writerows([["who", "when", "what"], *rows] if titles else rows)
    tally = read_log(path)
    assert tally.column == ("when" if titles else "column 2")
    assert tally.local.total == len(messages)
    assert tally.rows == len(messages) + tally.unreadable
    assert tally.unreadable == len([row for row in rows if len(row) < 2 or "2024" not in row[1]])


@settings(quick, suppress_health_check=[*quick.suppress_health_check, HealthCheck.filter_too_much])
@given(
    lines=st.lists(
        st.lists(
            st.sampled_from(["2024-03-05 14:22", "1509487847", "", " ", "hi", '"', 'a"b', "sep=;"])
            | st.text(max_size=8),
            max_size=5,
        ).flatmap(lambda cells: st.sampled_from(",;\t|").map(lambda mark: mark.join(cells))),
        max_size=30,
    ),
    column=st.sampled_from(["", "1", "3", "when", " "]),
)
def test_any_file_is_a_log_or_not(tmp_path: Path, lines: list[str], column: str) -> None:
    """No file makes the reader fail in any other way, and every row is a message or is not.

    Most files are no log: as many are tried as it takes for the others.
    """
    path = tmp_path / "log.csv"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    try:
        tally = read_log(path, column=column, dayfirst=True)
    except cmsource.ScenarioError as refused:
        assert refused.diagnostics
        reject()
    counts = tally.instants.total + tally.local.total
    assert tally.rows == counts + tally.unreadable
    assert counts > 0


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    """What it swallows is reported, whether it ends with the file or with what a cell can hold."""
    rows = [f"{n},2017-10-31 22:10,text" for n in range(20)]
    rows[10] = '10,2017-10-31 22:10,"text'
    tally = read_log(write(tmp_path, rows, "id,sent,text"))
    assert (tally.rows, tally.unreadable) == (20, 10)
    assert (tally.examples[0].line, tally.examples[0].rows) == (12, 10)
    assert "never closed: 10 lines from here on are lost" in tally.examples[0].reason
    rows += ["x" * 1000] * 200
    rows += [f"{n},2017-10-31 22:10,text" for n in range(700)]
    tally = read_log(write(tmp_path, rows, "id,sent,text"))
    assert tally.examples[0].line == 12
    assert "never closed" in tally.examples[0].reason
    assert sum(counted(tally)[1].values()) + tally.unreadable == tally.rows == len(rows)


def test_a_quote_on_the_last_line(tmp_path: Path) -> None:
    """It takes that line alone, whether the file ends with a line end or not."""
    for end in ("", "\n"):
        path = tmp_path / "log.csv"
        path.write_text(
            f'sent,text\n2017-10-31 22:10,a\n2017-10-31 22:10,"b{end}', encoding="utf-8"
        )
        tally = read_log(path)
        assert (tally.rows, tally.unreadable, tally.examples[0].line) == (2, 1, 3)
        assert tally.examples[0].reason.endswith("never closed: this line is lost")


def test_rows_that_a_quote_swallowed_are_shown_as_not_read(cli: Cli, tmp_path: Path) -> None:
    """The title counts rows, not reasons."""
    rows = [f"{n},2017-10-31 22:10,text" for n in range(4000)]
    rows[300] = '300,2017-10-31 22:10,"text'
    ran = cli("inbox", write(tmp_path, rows, "id,sent,text"))
    assert "Not read: 3,700 of 4,000 rows" in ran.out
    assert "more" not in ran.out.partition("Not read")[2].partition("For your")[0]


@pytest.mark.parametrize(
    ("rows", "dayfirst", "total", "unreadable", "note"),
    [
        (["03/04/2017 9:00", "31/10/2017 22:10"], None, {(4, 3): 1, (10, 31): 1}, 0, "day first"),
        (["03/04/2017 9:00", "10/31/2017 22:10"], None, {(3, 4): 1, (10, 31): 1}, 0, "month first"),
        (["03/04/2017 9:00"], True, {(4, 3): 1}, 0, ""),
        (["03/04/2017 9:00"], False, {(3, 4): 1}, 0, ""),
        (["03/04/2017 9:00", "31/10/2017 22:10"], False, {(3, 4): 1}, 1, ""),
        (["31/10/2017 9:00", "10/31/2017 9:00"], True, {(10, 31): 1}, 1, ""),
        (["04/04/2017 9:00"], None, {(4, 4): 1}, 0, ""),
    ],
)
def test_day_first_or_month_first(
    tmp_path: Path,
    rows: list[str],
    dayfirst: bool | None,
    total: dict[tuple[int, int], int],
    unreadable: int,
    note: str,
) -> None:
    """The flag decides, else the dates that can be read in one way only."""
    tally = read_log(write(tmp_path, rows), dayfirst=dayfirst)
    days = [(EPOCH + timedelta(minutes=15 * q)).date() for q, _ in tally.local]
    assert {(day.month, day.day): 1 for day in days} == total
    assert (tally.rows, tally.unreadable) == (len(rows), unreadable)
    assert len(tally.examples) == unreadable
    assert note in " ".join(tally.notes)
    assert bool(tally.notes) == bool(note)


def test_dates_that_do_not_tell(tmp_path: Path) -> None:
    """When all can be read both ways, or they contradict each other, it is refused."""
    said = refusal(write(tmp_path, ["03/04/2017 9:00", "05/04/2017 9:00"]))
    assert said.startswith(f"E115 {tmp_path / 'log.csv'}:2: ")
    assert "`03/04/2017 9:00`" in said
    assert "--dayfirst or --monthfirst" in said
    said = refusal(write(tmp_path, ["31/10/2017 9:00", "10/31/2017 9:00"]))
    assert "on line 2" in said
    assert "on line 3" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n\n\n", "has no rows"),
        (b"PK\x03\x04rest", "is an archive that cannot be read"),
        (b"\x1f\x8brest", "is a broken archive"),
        (b"created_at\n\x00\x01\x02", "is not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not a text file"),
        (b"id,name\n1,x\n", "no column of dates with times; its first row is `id`, `name`"),
        (b"created_at\n", "has titles and no message"),
        (b"\x1b[31m,\x07\n1,2\n", "no column of dates"),
    ],
)
def test_files_that_are_no_log(tmp_path: Path, data: bytes, said: str) -> None:
    """Each is refused with what is the matter, on one printable line."""
    path = tmp_path / "log.csv"
    path.write_bytes(data)
    message = refusal(path)
    assert said in message
    assert message.isprintable()


def test_a_column_without_times(tmp_path: Path) -> None:
    """A named column of which no cell can be read is refused with the first of them."""
    path = write(tmp_path, ["2017-10-31 22:10,soon", "2017-10-31 22:10,later"], "at,text")
    said = refusal(path, column="text")
    assert f"{path}:2" in said
    assert "`soon` is not a date" in said


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """A missing file and a folder are said to be that."""
    assert "E101" in refusal(tmp_path / "none.csv")
    assert "does not exist" in refusal(tmp_path / "none.csv")
    assert "is a folder" in refusal(tmp_path)


def test_a_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is one endless line does not fill the memory."""
    monkeypatch.setattr(text_lines, "MAX_LINE", 1000)
    monkeypatch.setattr(text_lines, "CHUNK", 100)
    path = tmp_path / "log.csv"
    path.write_bytes(b"x" * 5000)
    assert "more than 1,000 bytes" in refusal(path)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Four times the rows over the same weeks take the same memory."""
    import tracemalloc

    peaks = []
    for rows in (150_000, 600_000):  # several times what is read at once
        first = datetime(2024, 1, 1)
        step = timedelta(days=28) / rows
        path = write(tmp_path, iso(first + n * step for n in range(rows)))
        tracemalloc.start()
        read_log(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] + 100_000


def test_what_is_read_is_told(tmp_path: Path) -> None:
    """The callback for progress hears of every byte."""
    path = write(tmp_path, ["2017-10-31 22:10"] * 50_000)
    heard: list[int] = []
    read_log(path, advance=heard.append)
    assert sum(heard) == path.stat().st_size
    assert len(heard) > 2


def test_a_log_of_october(tmp_path: Path) -> None:
    """One message a real hour: the hour that winter time repeats was observed once more.

    In Paris clocks go from 3:00 back to 2:00 on Sunday 27 October 2024. From Monday 21 October
    0:00 (22:00 UTC the day before) to Sunday 3 November 24:00 (23:00 UTC) there are two weeks and
    one hour: each hour of the week comes twice, Sunday 2:00 three times.
    """
    moments = hourly(datetime(2024, 10, 20, 22, tzinfo=UTC), datetime(2024, 11, 3, 23, tzinfo=UTC))
    assert len(moments) == 2 * 168 + 1
    found = cmsource.read_inbox(write(tmp_path, iso(moments)), timezone="Europe/Paris")
    twice = [2.0] * 168
    twice[6 * 24 + 2] = 3.0
    assert list(found.observed) == twice
    assert list(found.counts) == twice
    assert found.profile == pytest.approx([1 / 168] * 168, abs=1e-15)
    assert found.per_week == pytest.approx(168)
    assert found.weeks == pytest.approx(2 + 1 / 168)
    assert (found.first, found.last) == (date(2024, 10, 21), date(2024, 11, 3))
    assert found.spread is not None
    assert found.spread[:4] == (2, 168, 168.5, 169)


def test_a_log_of_march(tmp_path: Path) -> None:
    """One message a real hour: the hour that summer time skips was there once less.

    In Paris clocks go from 2:00 to 3:00 on Sunday 31 March 2024. From Monday 25 March 0:00 (23:00
    UTC the day before) to Sunday 7 April 24:00 (22:00 UTC) there are two weeks less one hour.
    """
    moments = hourly(datetime(2024, 3, 24, 23, tzinfo=UTC), datetime(2024, 4, 7, 22, tzinfo=UTC))
    assert len(moments) == 2 * 168 - 1
    found = cmsource.read_inbox(write(tmp_path, iso(moments)), timezone="Europe/Paris")
    twice = [2.0] * 168
    twice[6 * 24 + 2] = 1.0
    assert list(found.observed) == twice
    assert found.profile == pytest.approx([1 / 168] * 168, abs=1e-15)
    assert found.per_week == pytest.approx(168)


def test_times_without_a_zone_when_clocks_change(tmp_path: Path) -> None:
    """A time that comes twice stays in its hour; one that never comes counts an hour later."""
    rows = [f"2024-{day} {clock}" for day in ("10-21", "10-27", "11-03") for clock in ("02:10",)]
    found = cmsource.read_inbox(write(tmp_path, rows), timezone="Europe/Paris")
    assert found.counts[6 * 24 + 2] == 2
    assert found.observed[6 * 24 + 2] == 3.0
    rows = ["2024-03-24 02:10", "2024-03-31 02:10", "2024-04-07 02:10"]
    found = cmsource.read_inbox(write(tmp_path, rows), timezone="Europe/Paris")
    assert (found.counts[6 * 24 + 2], found.counts[6 * 24 + 3]) == (2, 1)
    assert any("1 time stands in an hour that summer time skips" in n for n in found.notes)


def test_times_of_another_zone(tmp_path: Path) -> None:
    """--naive-as says where times without a zone are from; half-hour offsets are exact."""
    path = write(tmp_path, ["2024-07-01 00:00"])  # a Monday
    cases = {"": 0, "UTC": 2, "America/Toronto": 6, "Asia/Kolkata": 6 * 24 + 20, "Asia/Tokyo": 161}
    for naive, hour in cases.items():
        found = cmsource.read_inbox(path, timezone="Europe/Paris", naive_as=naive)
        assert [h for h, count in enumerate(found.counts) if count] == [hour], naive
    path = write(tmp_path, ["2024-07-01 00:00Z"])
    for zone, hour in {"Asia/Kathmandu": 5, "America/St_Johns": 6 * 24 + 21}.items():
        assert cmsource.read_inbox(path, timezone=zone).counts[hour] == 1, zone


@pytest.mark.parametrize("zone", ["", "Europe", "Europe/Pari", "../etc/passwd", "/etc", "a\0b"])
def test_zones_that_are_not_there(tmp_path: Path, zone: str) -> None:
    """A name that is no time zone is refused, whatever it looks like."""
    with pytest.raises(QuantityError, match="is not a time zone"):
        cmsource.read_inbox(write(tmp_path, ["2024-07-01 00:00"]), timezone=zone)


def test_a_partial_week_does_not_bias(tmp_path: Path) -> None:
    """From Wednesday 12:00 to the Sunday of the week after, the profile is still flat."""
    first = datetime(2024, 6, 5, 12)
    moments = [first + timedelta(minutes=30 + 60 * n) for n in range(12 + 4 * 24 + 168)]
    found = cmsource.read_inbox(write(tmp_path, iso(moments)))
    assert (found.observed[0], found.observed[2 * 24 + 11], found.observed[167]) == (1, 1, 2)
    assert found.profile == pytest.approx([1 / 168] * 168)
    assert found.per_week == pytest.approx(168)
    assert found.weekend == pytest.approx(48 / 168)
    assert found.outside_office == pytest.approx(123 / 168)
    assert found.spread is not None
    assert found.spread == (1, 168, 168, 168, None)


def test_hours_that_were_never_observed(tmp_path: Path) -> None:
    """They are as the same hour of the days that were, and that is said: unknown is not zero.

    From Monday at 9:00 to Sunday at 21:00 each hour has one message, but Sunday evening and Monday
    morning: those 12 hours are taken to have one as well, which makes 168 a week.
    """
    rows = iso(datetime(2024, 7, 1, 9, 30) + timedelta(hours=n) for n in range(168 - 12))
    found = cmsource.read_inbox(write(tmp_path, rows))
    assert found.per_week == pytest.approx(168)
    assert found.profile == pytest.approx([1 / 168] * 168)
    assert any("12 hours of the week were never observed" in note for note in found.notes)
    assert all(9 <= hour < 165 for hour, _ in found.busiest)


def test_a_silence_is_told(tmp_path: Path) -> None:
    """A wrong date thins the whole log out, so that long silences are named."""
    days = [datetime(2024, 1, 1) + timedelta(days=n) for n in range(20)]
    later = [datetime(2026, 1, 1) + timedelta(days=n) for n in range(9)]
    found = cmsource.read_inbox(write(tmp_path, iso([*days, *later])))
    assert any("between 2024-01-20 and 2026-01-01" in note for note in found.notes)
    assert not any("no message" in n for n in cmsource.read_inbox(write(tmp_path, iso(days))).notes)


counts = st.lists(st.integers(0, 4), min_size=168, max_size=168).filter(any)


@pytest.mark.slow
@quick
@given(counts=counts, weeks=st.integers(3, 5), cut=st.integers(0, 167), seed=st.integers(0, 99))
def test_a_known_profile_comes_back(
    tmp_path: Path, counts: list[int], weeks: int, cut: int, seed: int
) -> None:
    """A log made from a profile gives it back exactly, wherever it begins, in whatever order."""
    chance = random.Random(seed)
    monday = datetime(2024, 6, 3)
    moments = [
        monday + timedelta(hours=168 * week + hour, seconds=chance.randrange(3600))
        for week in range(weeks)
        for hour, count in enumerate(counts)
        for _ in range(count)
        if week or hour >= cut
    ]
    chance.shuffle(moments)
    found = cmsource.read_inbox(write(tmp_path, iso(moments)))
    assert found.profile == pytest.approx([count / sum(counts) for count in counts], abs=1e-12)
    assert found.per_week == pytest.approx(sum(counts))


def by_hand(rows: Sequence[tuple[datetime, bool]], zone: ZoneInfo) -> tuple[list[int], list[float]]:
    """Counts and observed hours worked out the slow way, quarter by quarter of real time."""
    instants = sorted(
        (moment if zoned else moment.replace(tzinfo=zone)).astimezone(UTC) for moment, zoned in rows
    )
    hours = Counter(
        (local := moment.astimezone(zone)).weekday() * 24 + local.hour for moment in instants
    )
    tick = timedelta(minutes=15)
    start = instants[0] - timedelta(minutes=instants[0].minute % 15)
    start = start.replace(second=0, microsecond=0)
    while start.astimezone(zone).minute:
        start -= tick
    seen: Counter[int] = Counter()
    while start <= instants[-1] or start.astimezone(zone).minute:
        local = start.astimezone(zone)
        seen[local.weekday() * 24 + local.hour] += 1
        start += tick
    return [hours[h] for h in range(168)], [seen[h] / 4 for h in range(168)]


@pytest.mark.slow
@quick
@given(
    rows=st.lists(
        st.tuples(
            st.datetimes(datetime(2024, 2, 20), datetime(2024, 4, 20))
            | st.datetimes(datetime(2024, 10, 20), datetime(2024, 11, 5)),
            st.booleans(),
        ),
        min_size=1,
        max_size=40,
    ),
    zone=st.sampled_from(
        ["Europe/Paris", "America/Toronto", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]
    ),
    shuffled=st.randoms(use_true_random=False),
)
def test_one_pass_is_as_good_as_two(
    tmp_path: Path, rows: list[tuple[datetime, bool]], zone: str, shuffled: random.Random
) -> None:
    """The fast way agrees with the slow one, and the order of the rows changes nothing."""
    where = ZoneInfo(zone)
    aware = [(m.replace(tzinfo=UTC), True) if zoned else (m, False) for m, zoned in rows]
    path = write(tmp_path, iso(moment for moment, _ in aware))
    first, last = date(2024, 1, 1), date(2024, 12, 31)  # as they are asked for, none is stray
    found = cmsource.read_inbox(path, timezone=zone, since=first, until=last)
    assert (list(found.counts), list(found.observed)) == by_hand(aware, where)
    assert not found.profile or sum(found.profile) == pytest.approx(1)
    shuffled.shuffle(aware)
    path = write(tmp_path, iso(m for m, _ in aware))
    again = cmsource.read_inbox(path, timezone=zone, since=first, until=last)
    assert again._replace(tally=found.tally) == found


def test_batches_and_cells_agree(tmp_path: Path) -> None:
    """A log read in batches gives what it gives cell by cell, in each form that has a fast way."""
    moments = [datetime(2024, 5, 1, tzinfo=UTC) + timedelta(minutes=37 * n) for n in range(3000)]
    forms = {
        "iso": [m.isoformat() for m in moments],
        "naive": [m.replace(tzinfo=None).isoformat(" ") for m in moments],
        "twitter": [m.strftime("%a %b %d %H:%M:%S +0000 %Y") for m in moments],
        "seconds": [str(int(m.timestamp())) for m in moments],
        "thousandths": [str(int(m.timestamp() * 1000)) for m in moments],
        "day first": [m.strftime("%d/%m/%Y %H:%M") for m in moments],
        "month first": [m.strftime("%m/%d/%y %I:%M %p") for m in moments],
        "words": [m.strftime("%d %B %Y %H:%M") for m in moments],
    }
    without_zone = {"naive", "day first", "month first", "words"}
    wanted = Counter(quarter(m.replace(tzinfo=None)) for m in moments)
    for form, cells in forms.items():
        for rows in (cells, [cell for c in cells for cell in (c, "?")]):
            tally = read_log(write(tmp_path, rows))
            instants, local = counted(tally)
            assert (local if form in without_zone else instants) == wanted, form
            assert tally.unreadable == len(rows) - len(cells)


def command(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Status, output and errors of `cmsource inbox`."""
    status = run(["inbox", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Ten weeks of ten messages an evening and four a morning, in Paris in summer."""
    monday = datetime(2024, 6, 3)
    return write(
        tmp_path,
        [
            (monday + timedelta(days=day, hours=hour - 2)).isoformat() + "Z"
            for day in range(70)
            for hour in (*[20] * 10, *[9] * 4)
        ],
    )


def test_the_command(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Volume, spread, shares and busiest hours, each as worked out by hand.

    14 messages a day: 98 a week. Of the 14, 4 on each of five days come in office hours: 20 of 98.
    """
    status, out, err = command(capsys, log, "--timezone", "Europe/Paris")
    assert (status, err) == (0, "")
    assert "980 messages from 2024-06-03 to 2024-08-11" in out
    assert "98.0 messages a week: 79.6% outside office hours, 28.6% at weekends" in out
    assert "10, with 98 to 98, median 98.0, standard deviation 0.0" in out
    assert "Office hours   mon-fri 09:00-18:00" in out
    spaced = out.replace("\N{NO-BREAK SPACE}", " ")
    assert "mon 20:00 (10.0 an hour), tue 20:00 (10.0 an hour)" in spaced
    assert max(map(len, out.splitlines())) <= 80 + 30  # only the snippet may be wider
    assert "\x1b" not in out


def test_its_json(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same figures, in a versioned format."""
    status, out, _ = command(capsys, log, "-z", "Europe/Paris", "--format", "json")
    data = json.loads(out)
    assert status == 0
    assert data["format"] == "cmsource/inbox/1"
    assert (data["rows"], data["messages"], data["unreadable"]) == (980, 980, 0)
    assert data["per_week"] == 98
    assert data["whole_weeks"] == {
        "count": 10,
        "least": 98,
        "median": 98.0,
        "most": 98,
        "standard_deviation": 0.0,
    }
    assert data["outside_office_hours"] == pytest.approx(78 / 98, abs=1e-6)
    assert data["weekend"] == pytest.approx(28 / 98, abs=1e-6)
    assert data["busiest"][0] == {"hour": "mon 20:00", "per_hour": 10}
    assert len(data["profile"]) == len(data["observed_hours"]) == 168
    assert data["profile"][20] == pytest.approx(10 / 98, abs=1e-6)


def test_its_profile_file_and_snippet(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file and the piece of scenario work as they are, and mean the same."""
    output = log.parent / "profile.csv"
    rest = "sources: {a: {kind: agency, hourly_rate: 75}}\noptions: {agency: [a]}\n"
    shares = []
    for flags in ((), ("-o", output)):
        status, out, err = command(capsys, log, "-z", "Europe/Paris", *flags)
        assert status == 0
        text = out[out.index("needs:") :]
        messages = cmsource.loads(text + rest, root=log.parent).needs.messages
        assert messages is not None
        assert messages.weekly == 98
        weights = messages.profile
        assert isinstance(weights, tuple)
        shares.append([weight / sum(weights) for weight in weights])
    assert err == f"wrote {output}\n"
    assert shares[0] == pytest.approx(shares[1], abs=1e-5)
    assert shares[1] == pytest.approx(
        [(10 if h % 24 == 20 else 4 if h % 24 == 9 else 0) / 98 for h in range(168)], abs=1e-9
    )
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "day,hour,weight,messages,observed_hours"
    assert lines[1 + 20] == "mon,20:00,10,100,10"


def test_files_are_not_overwritten(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --force a file stays as it is; with it, it is replaced whole; the log never is."""
    output = log.parent / "profile.csv"
    output.write_text("mine", encoding="utf-8")
    status, out, err = command(capsys, log, "-o", output)
    assert (status, out) == (2, "")
    assert "exists" in err
    assert output.read_text(encoding="utf-8") == "mine"
    assert command(capsys, log, "-o", output, "--force")[0] == 0
    assert output.read_text(encoding="utf-8").startswith("day,hour,weight")
    before = log.read_bytes()
    assert command(capsys, log, "-o", log, "--force")[0] == 2
    assert log.read_bytes() == before
    status, _, err = command(capsys, log, "-o", log.parent / "none" / "profile.csv")
    assert status == 2
    assert "cannot be written" in err
    bad = write(log.parent, ["soon"])
    assert command(capsys, bad, "-o", log.parent / "new.csv")[0] == 2
    names = {path.name for path in log.parent.iterdir()}
    assert names == {"log.csv", "profile.csv"}


def test_what_the_command_refuses(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad flags and bad logs end with status 2, a message, and nothing on standard output."""
    empty = log.parent / "empty.csv"
    empty.touch()
    for arguments, message in (
        ((log, "--timezone", "Europe/Pari"), "did you mean Europe/Paris?"),
        ((log, "--naive-as", "Mars"), '--naive-as: "Mars" is not a time zone'),
        ((log, "--office", "monday"), "--office: monday has no hours"),
        ((log, "--column", "created"), "has no column `created`"),
        ((log, "--format", "yaml"), "'yaml' is not one of 'table', 'markdown'"),
        ((empty,), "is empty"),
        ((log.parent,), "is a folder"),
        ((log.parent / "none.csv",), "does not exist"),
        ((log, "--wat"), "No such option"),
        ((), "Missing argument"),
    ):
        status, out, err = command(capsys, *arguments)
        assert (status, out) == (2, ""), arguments
        assert message in unframed(err)


def test_nothing_of_a_log_drives_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control characters in titles, cells and file names are shown as what they are not."""
    path = tmp_path / "l\x1b[2Jog.csv"
    path.write_text(
        "a\x1b[31mt\x07,b\x9b\n2017-10-31 22:10,2017-10-31 22:10\n\x1b]0;x\x07,1\n", "utf-8"
    )
    for form in Format:
        status, out, err = command(capsys, path, "--format", form)
        assert status == 0
        assert not set("\x1b\x07\x9b") & set(out + err)
    status, out, err = command(capsys, path, "--column", "no\x1b[31m")
    assert status == 2
    assert not set("\x1b\x07\x9b") & set(out + err)


def test_a_bar_on_a_terminal_only(
    log: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large log has a bar on standard error when somebody watches, and none in a pipe."""
    from cmsource.cli import progress

    monkeypatch.setattr(progress, "_WAIT", 0.0)
    monkeypatch.setattr(progress, "_REFRESH", 0.0)
    assert command(capsys, log)[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    status, out, err = command(capsys, log)
    assert status == 0
    assert "━" in err or "/" in err
    assert "━" not in out


def test_the_guide_shows_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The output in the guide is that of the example log."""
    root = Path(__file__).parent.parent
    status, out, _ = command(
        capsys, root / "scenarios" / "messages.csv", "--timezone", "Europe/Paris", "-f", "json"
    )
    assert status == 0
    from cmsource.reports.inbox import InboxReport
    from cmsource.writers import terminal
    from cmsource.writers.page import Page

    found = cmsource.read_inbox(root / "scenarios" / "messages.csv", timezone="Europe/Paris")
    tally = found.tally._replace(file="scenarios/messages.csv")
    text = terminal.write(InboxReport(found._replace(tally=tally), "profile.csv"), Page())
    assert f"```text\n{text}```" in (root / "docs" / "inbox.md").read_text(encoding="utf-8")
    assert json.loads(out)["messages"] == found.messages
