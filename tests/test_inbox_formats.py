"""Logs that are no CSV files, archives of them, and files that do harm."""

import gzip
import io
import json
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

import cmsource
from cmsource.inbox import packed, records
from cmsource.inbox.log import read_log
from cmsource.inbox.selection import Selection, parse_condition
from cmsource.inbox.tally import Tally
from conftest import Cli

EPOCH = datetime(1970, 1, 1)
MESSAGES = [datetime(2024, 3, 5, 14, 22), datetime(2024, 3, 25, 9, 5)]
QUARTERS = [datetime(2024, 3, 5, 14, 15), datetime(2024, 3, 25, 9)]
CSV = "id,created_at,text\n1,2024-03-05 14:22,a\n2,2024-03-25 09:05,b\n"


def write(folder: Path, content: str | bytes, name: str = "log") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def came(tally: Tally) -> list[datetime]:
    """The quarters of an hour in which messages came, of UTC or of the clock."""
    return [
        EPOCH + timedelta(minutes=15 * quarter) for quarter, _ in (*tally.instants, *tally.local)
    ]


def refusal(path: Path, *more: Path) -> str:
    """What is said about files that are no log."""
    with pytest.raises(cmsource.ScenarioError) as caught:
        read_log(path, *more)
    [found] = caught.value.diagnostics
    said = f"{found.code} {found.place}: {found.message}; {found.hint}"
    assert found.code in ("E115", "E101")
    assert said.isprintable()
    assert len(said) < 600
    return said


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def dumped(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """JSON."""
    return json.dumps(value, ensure_ascii=False)


TELEGRAM = {
    "name": "Shop",
    "type": "personal_chat",
    "messages": [
        {"id": 1, "type": "service", "date": "2024-03-01T08:00:00", "action": "create"},
        {
            "id": 2,
            "type": "message",
            "date": "2024-03-05T14:22:00",
            "date_unixtime": "1709648520",
            "edited": "2024-03-06T10:00:00",
            "from": "Ada",
            "text": ["see ", {"type": "link", "text": "a\nb"}],
        },
        {"id": 3, "type": "message", "date": "2024-03-25T09:05:00", "from": "Bo", "text": "hi"},
    ],
}
DISCORD = {
    "guild": {"id": "1", "name": "Shop"},
    "dateRange": {"after": None},
    "exportedAt": "2024-04-01T00:00:00+00:00",
    "messages": [
        {
            "id": "5",
            "timestamp": at.isoformat() + "+00:00",
            "timestampEdited": "2024-03-30T10:00:00+00:00",
            "author": {"name": "Ada", "isBot": False},
            "reactions": [{"emoji": {"name": "x"}, "count": n} for n in range(5)],
        }
        for at in MESSAGES
    ],
}
TWEETS = "window.YTD.tweets.part0 = " + dumped(
    [
        {"tweet": {"created_at": "Tue Mar 05 14:22:01 +0000 2024", "entities": {"urls": []}}},
        {"tweet": {"created_at": "Mon Mar 25 09:05:01 +0000 2024", "full_text": "hi"}},
    ]
)
SLACK = [
    {"type": "message", "subtype": "channel_join", "ts": "1709600000.000100", "user": "U0"},
    {"type": "message", "ts": "1709648520.123456", "thread_ts": "1709648520.123456", "text": "a"},
]
MBOX = """\
From ada@example.org Tue Mar  5 14:22:00 2024
Date: Tue, 5 Mar 2024 15:22:00 +0100
From: =?utf-8?q?Ad=C3=A9?= <ada@example.org>
Subject: Where is
 my order?
Message-ID: <1@example.org>

Date: Mon, 1 Jan 2024 00:00:00 +0000 is no header here
From the text, not a mail

From bo@example.org Mon Mar 25 09:05:00 2024
Date: Mon, 25 Mar 2024 09:05:00 +0000 (UTC)
From: bo@example.org

Hello
"""


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (dumped([{"created_at": at.isoformat()} for at in MESSAGES]), "created_at"),
        (json.dumps([{"created_at": str(at)} for at in MESSAGES], indent=2), "created_at"),
        ("\ufeff" + dumped([{"a": {"sent": str(at), "n": 1}} for at in MESSAGES]), "a.sent"),
        ("\n".join(dumped({"n": None, "sent": str(at)}) for at in MESSAGES), "sent"),
        (dumped({"meta": {"n": 2}, "data": {"items": [{"at": str(m)} for m in MESSAGES]}}), "at"),
        (dumped([{"chat": 1, "messages": [{"createdAt": str(m)} for m in MESSAGES]}]), "createdAt"),
        (dumped(TELEGRAM), "date"),
        (dumped(DISCORD), "timestamp"),
        (TWEETS, "tweet.created_at"),
        (MBOX, "Date"),
        ("[05/03/2024, 14:22:10] Ada: hello\n[25/03/2024, 09:05:00] Bo: more\nlines\n", "date"),
        (
            "3/5/24, 2:22\u202fPM - Messages are encrypted.\n"
            "3/5/24, 2:22\u202fPM - Ada: hello: you\n"
            "3/25/24, 9:05\u202fAM - Bo: <Media omitted>\n",
            "date",
        ),
        ("\u200e[05.03.24, 14:22:10] Ada: hello\n[25.03.24, 09:05:00] Bo: \u200eimage\n", "date"),
        ("05/03/2024 à 14:22 - Ada: salut\n25/03/2024 à 09:05 - Bo: oui\n", "date"),
        (
            '192.0.2.1 - - [05/Mar/2024:06:22:36 -0800] "GET / HTTP/1.1" 200 12 "-" "x"\n'
            '192.0.2.2 - ada [25/Mar/2024:09:05:36 +0000] "POST /contact HTTP/1.1" 302 0\n',
            "time",
        ),
    ],
)
@pytest.mark.parametrize("packing", ["", "gz", "zip"])
def test_formats(tmp_path: Path, content: str, column: str, packing: str) -> None:
    """Each has two messages, on 5 March 2024 at 14:22 and on 25 March at 9:05; packed ones too."""
    data = content.encode()
    if packing:
        data = gzip.compress(data) if packing == "gz" else zipped({"a/log.txt": data, "b.png": ""})
    tally = read_log(write(tmp_path, data))
    assert came(tally) == QUARTERS
    assert (tally.column, tally.rows, tally.unreadable) == (column, 2, 0)


@pytest.mark.parametrize("word", ["=?utf\u00ba8?q?x?=", "=?nonsense?q?x?=", "=?utf-8?b?a?="])
def test_headers_that_cannot_be_decoded(tmp_path: Path, word: str) -> None:
    """Names in encodings that are none stay as they are; the mail counts."""
    path = write(tmp_path, MBOX.replace("=?utf-8?q?Ad=C3=A9?=", word))
    assert came(read_log(path)) == QUARTERS


def test_a_column_by_its_path(tmp_path: Path) -> None:
    """Keys of records within records are joined by dots, for --column and --where."""
    rows = [{"user": {"kind": "a", "at": str(at)}, "sent": "2020-01-01 10:00"} for at in MESSAGES]
    path = write(tmp_path, dumped(rows))
    assert came(read_log(path, column="user.at")) == QUARTERS
    met = Selection((parse_condition("user.kind!=a"),))
    with pytest.raises(cmsource.ScenarioError, match="2 rows do not meet"):
        read_log(path, selection=met)


def test_records_that_cannot_be_read(tmp_path: Path) -> None:
    """They are counted by their number, lines that are no JSON too."""
    lines = [dumped({"sent": str(at)}) for at in MESSAGES]
    path = write(tmp_path, "\n".join([lines[0], '{"sent": "soon"}', "{", "", lines[1]]))
    tally = read_log(path)
    assert (came(tally), tally.rows, tally.unreadable) == (QUARTERS, 4, 2)
    assert [row.line for row in tally.examples] == [2, 3]


def test_records_are_named_as_such(cli: Cli, tmp_path: Path) -> None:
    """Their numbers are those of records, not of lines."""
    path = write(tmp_path, dumped([{"sent": str(MESSAGES[0])}, {"sent": "soon"}]))
    assert "record 2: `soon` is not a date" in " ".join(cli("inbox", path).out.split())


def test_objects_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large one, the first list is read piece by piece, where only values stand before it."""
    monkeypatch.setattr(records, "_DOCUMENT", 1000)
    monkeypatch.setattr(records, "CHUNK", 50)
    messages = [{"id": n, "date": str(MESSAGES[n % 2]), "text": "[x" * 9} for n in range(60)]
    chat = {"name": 'a "[chat]"', "id": 7, "left": False, "messages": messages, "more": [1]}
    tally = read_log(write(tmp_path, dumped(chat)))
    assert (came(tally), tally.rows) == (QUARTERS, 60)
    nested = {"about": {"x": [1]}, "messages": messages}
    assert "is one JSON object of more than 1,000 bytes" in refusal(write(tmp_path, dumped(nested)))
    assert "is not JSON" in refusal(write(tmp_path, dumped(chat)[:3000]))


def test_an_export_of_slack(tmp_path: Path) -> None:
    """A folder a channel, a file a day; files about users and channels are no logs."""
    later = [{"type": "message", "ts": "1711357500.000200", "text": "b"}]
    members: dict[str, str | bytes] = {
        "users.json": dumped([{"id": "U0", "updated": 1709600000}]),
        "general/2024-03-05.json": dumped(SLACK),
        "general/2024-03-24.json": "[]",
        "help/2024-03-25.json": dumped(later),
    }
    tally = read_log(write(tmp_path, zipped(members)))
    assert (came(tally), tally.rows, tally.column) == (QUARTERS, 2, "ts")
    assert tally.notes[0] == "2 files are one log"
    assert "1 file in it is no log" in tally.notes[1]


def test_an_archive_of_x(tmp_path: Path) -> None:
    """Its posts are the log, not whatever else has a time."""
    likes = "window.YTD.like.part0 = " + dumped([{"like": {"created_at": "2020-01-01 10:00"}}])
    members: dict[str, str | bytes] = {"data/like.js": likes, "data/tweets.js": TWEETS}
    assert came(read_log(write(tmp_path, zipped(members)))) == QUARTERS


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook of two sheets, the second with these rows."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Messages")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        [["id", "Received"], *([n, at] for n, at in enumerate(MESSAGES))],
        [["Report"], [], ["id", "Date", "Time"], *([1, m.date(), m.time()] for m in MESSAGES)],
        [["id", "sent"], *([1, m.isoformat()] for m in MESSAGES)],
    ],
)
def test_workbooks(tmp_path: Path, rows: list[list[object]]) -> None:
    """Times as dates, in two columns, as text; the longest sheet counts."""
    tally = read_log(write(tmp_path, workbook(rows), "log.xlsx"))
    assert (came(tally), tally.unreadable) == (QUARTERS, 0)


def test_several_files_are_one_log(cli: Cli, tmp_path: Path) -> None:
    """Messages of an id that an earlier file has count once; files may have different formats."""
    first = write(tmp_path, CSV, "a.csv")
    rows = [{"id": 2, "sent": "2024-03-25 09:05"}, {"id": 3, "sent": "2024-03-26 10:10"}]
    second = write(tmp_path, dumped(rows), "b.json")
    tally = read_log(first, second)
    assert came(tally) == [*QUARTERS, datetime(2024, 3, 26, 10)]
    assert (tally.rows, tally.again, tally.unreadable) == (4, 1, 0)
    assert "2 files are one log" in tally.notes
    assert any("1 row stands in an earlier file too" in note for note in tally.notes)
    data = json.loads(cli("inbox", first, second, "-f", "json").out)
    assert (data["messages"], data["duplicates"]) == (3, 1)
    # Without ids, and within one file, nothing is a duplicate.
    plain = write(tmp_path, CSV.replace("id,", "number,"), "c.csv")
    assert read_log(plain, plain).local.total == 4
    assert read_log(write(tmp_path, CSV.replace("\n2,", "\n1,"), "d.csv")).local.total == 2
    assert "does not exist" in refusal(first, tmp_path / "none.csv")


def test_the_order_of_dates_is_that_of_the_other_files(tmp_path: Path) -> None:
    """03/04/2024 is in April where another file has 25/03/2024; not where the two are at odds."""
    clear = write(tmp_path, "date\n25/03/2024 10:00\n26/03/2024 10:00\n", "a.csv")
    other = write(tmp_path, "date\n03/25/2024 10:00\n03/26/2024 10:00\n", "b.csv")
    either = write(tmp_path, "date\n03/04/2024 10:00\n04/04/2024 10:00\n", "c.csv")
    april = [datetime(2024, 4, 3, 10), datetime(2024, 4, 4, 10)]
    tally = read_log(either, clear)
    assert came(tally)[-2:] == april
    assert any("as those of other files" in note for note in tally.notes)
    assert came(read_log(clear, either))[-2:] == april
    march = [datetime(2024, 3, 4, 10), datetime(2024, 4, 4, 10)]
    assert set(came(read_log(other, either))) >= set(march)
    assert "--dayfirst or --monthfirst" in refusal(clear, other, either)
    assert "--dayfirst or --monthfirst" in refusal(either)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[{"a": 1}, {', "is not JSON that can be read"),
        (b'[{"at": "2024-03-05 14:22"}\n, nonsense]', "log:2"),
        (b'{"messages": [1, 2', "is not JSON that can be read"),
        (b"[" * 100_000, "is not JSON that can be read"),
        (b'{"a":' * 100_000, "is not JSON that can be read"),
        (b'[{"a": ' + b"9" * 10_000 + b"}]", "is not JSON that can be read"),
        (b"[]", "has no rows"),
        (b"{}", "has no"),
        (b'[{"name": "x"}]', "no column of dates with times"),
        (zipped({"a.zip": zipped({"b.csv": CSV})}), "packs no log, but `a.zip`"),
        (zipped({"a.csv": zipped({"b.csv": CSV})}), "an archive within an archive"),
        (
            gzip.compress(gzip.compress(CSV.encode(), mtime=0), mtime=0),
            "an archive within an archive",
        ),
        (gzip.compress(CSV.encode() * 1000, mtime=0)[:-40], "is a broken archive"),
        (zipped({"a.csv": CSV})[:-30], "is an archive that cannot be read"),
        (zipped({"a.csv": CSV}).replace(b"2024", b"2025"), "log"),
        (zipped({"a.exe": "x"}), "packs no log, but `a.exe`"),
        (zipped({"xl/workbook.xml": "<nothing/>"}), "is a workbook that cannot be read"),
        (zipped({"a.csv": ""}), "is empty"),
    ],
)
def test_files_that_do_harm(tmp_path: Path, content: bytes, said: str) -> None:
    """Each is refused with what is the matter, and nothing else happens."""
    path = write(tmp_path, content)
    if said == "log":  # stored text that was changed: whatever the check of the archive finds
        content = zipped({"a.csv": CSV}, zipfile.ZIP_STORED).replace(b"2024-03", b"2025-03")
        path, said = write(tmp_path, content), "is a broken archive: Bad CRC-32"
    assert said in refusal(path)


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than its size is refused before it fills the memory."""
    monkeypatch.setattr(packed, "_ANY_SIZE", 1 << 20)
    bomb = b"id,created_at\n" + b"1,2024-03-05 14:22\n" * 1_000_000
    tracemalloc.start()
    small = write(tmp_path, gzip.compress(bomb), "bomb.gz")
    assert "unpacks to more than" in refusal(small)
    assert "unpacks to more than" in refusal(write(tmp_path, zipped({"a.csv": bomb}), "bomb.zip"))
    book = zipped({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b" " * (64 << 20)})
    assert "unpacks to more than" in refusal(write(tmp_path, book, "bomb.xlsx"))
    tracemalloc.stop()


def test_entities_of_a_workbook(tmp_path: Path) -> None:
    """A workbook whose XML multiplies itself is refused; libexpat stops it."""
    pytest.importorskip("openpyxl")
    source = workbook([["id", "sent"], [1, "2024-03-05 14:22"]])
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    members: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    members["xl/workbook.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "laugh">{entities}]><x>&e11;</x>'
    )
    assert "is a workbook that cannot be read" in refusal(write(tmp_path, zipped(members)))


def test_fields_of_ten_megabytes(tmp_path: Path) -> None:
    """They cost their own row, or the lines that a quote has swallowed, and are told."""
    long = "x" * 10_000_000
    path = write(tmp_path, CSV + f"3,2024-03-26 10:00,{long}\n4,2024-03-27 10:00,c\n")
    tally = read_log(path)
    assert (tally.rows, tally.unreadable, tally.local.total) == (4, 1, 3)
    assert tally.examples[0].line == 4
    values = [{"sent": str(at), "text": long} for at in MESSAGES]
    assert came(read_log(write(tmp_path, dumped(values)))) == QUARTERS


def test_a_null_after_the_beginning(tmp_path: Path) -> None:
    """A stray NUL in a cell is a cell like others."""
    rows = "".join(f"{n},2024-03-05 14:22,{'x' * 90}\n" for n in range(6000))
    path = write(tmp_path, f"id,created_at,text\n{rows}1,2024-03-25 09:05,\0\n")
    assert read_log(path).local.total == 6001


@pytest.mark.slow
def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    """Four times the elements of an array take the same memory."""
    peaks = []
    for count in (20_000, 80_000):
        path = write(tmp_path, dumped([{"at": str(MESSAGES[0]), "text": "x" * 50}] * count))
        tracemalloc.start()
        read_log(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] + 100_000


def test_chunks_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an array is cut while it is read makes no difference, within a letter too."""
    values = [{"at": str(at), "n": n, "text": 'é,]}\\"'} for n, at in enumerate(MESSAGES)]
    path = write(tmp_path, dumped(values))
    for size in (1, 2, 3, 5, 8, 13, 40):
        monkeypatch.setattr(records, "CHUNK", size)
        assert came(read_log(path)) == QUARTERS


def test_dates_of_a_workbook_are_those_of_its_cells() -> None:
    """Cells without a time stay days, times stay times."""
    assert records._cell(date(2024, 3, 5)) == "2024-03-05"
    assert records._cell(time(14, 22)) == "14:22:00"
    assert records._cell(None) == ""
