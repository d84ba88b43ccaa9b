"""System logs, and logs of web servers whose lines stand under ``#Fields:``."""

from datetime import datetime
from pathlib import Path

import pytest

import cmsource
from cmsource.inbox.log import read_log
from cmsource.inbox.selection import Selection, parse_condition
from conftest import Cli
from test_inbox_formats import came, refusal, write

# The examples of RFC 5424, section 6.5, cut short; their quarters of an hour are by hand.
RFC_5424 = """\
<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick
<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.
<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3"] An
"""
# That of the W3C, in Extended Log File Format, with the lines that IIS has above.
W3C = """\
#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 1996-05-12 00:00:00
#Fields: date time cs-method cs-uri c-ip
1996-05-12 00:34:23 GET /foo/bar.html 192.0.2.1
1996-05-12 12:21:16 GET /foo/bar.html 192.0.2.2
1996-05-12 12:45:52 POST /contact 192.0.2.1
"""


def test_examples_of_rfc_5424(tmp_path: Path) -> None:
    """Each says its zone; 05:14 at -07:00 is 12:14 UTC."""
    path = write(tmp_path, RFC_5424)
    found = read_log(path)
    assert found.column == "time"
    assert sorted(came(found)) == [datetime(2003, 8, 24, 12, 0), datetime(2003, 10, 11, 22, 0)]
    assert (found.rows, found.instants.total, found.local.total) == (3, 3, 0)
    of_one = Selection((parse_condition("program=myproc"),))
    assert read_log(path, selection=of_one).instants.total == 1


@pytest.mark.parametrize(
    "line",
    [
        "2024-03-05T14:22:11.003123+01:00 mail postfix/smtpd[77]: connect from unknown",
        "2024-03-05T14:22:11+0100 mail postfix/smtpd[77]: connect from unknown",
        "<34>2024-03-05T13:22:11Z mail postfix/smtpd: connect from unknown",
    ],
)
def test_system_logs_with_times_of_iso_8601(tmp_path: Path, line: str) -> None:
    """As rsyslog and journalctl write them; at +01:00 it is an hour earlier in UTC."""
    found = read_log(write(tmp_path, f"-- Journal begins at Tue --\n{line}\n{line}\n"))
    assert came(found) == [datetime(2024, 3, 5, 13, 15)]
    assert (found.rows, found.instants.total) == (2, 2)


@pytest.mark.parametrize(
    "line",
    [
        "2024 Mar  5 14:22:11 mail postfix/smtpd[77]: connect from unknown",
        "2024 <34>Mar  5 14:22:11 mail postfix/smtpd[77]: connect from unknown",
        "<34>Mar  5 2024 14:22:11 fw %ASA-6-302013: Built inbound TCP connection",
        "<34>2024 Mar 05 14:22:11.123 fw last message repeated 2 times",
    ],
)
def test_system_logs_of_rfc_3164_with_a_year(tmp_path: Path, line: str) -> None:
    """In front, as the hint has it, or where devices write it; times do not say their zone."""
    found = read_log(write(tmp_path, f"{line}\n{line}\n"))
    assert came(found) == [datetime(2024, 3, 5, 14, 15)]
    assert (found.instants.total, found.local.total) == (0, 2)


@pytest.mark.parametrize("priority", ["", "<34>"])
def test_system_logs_without_a_year_are_refused(tmp_path: Path, priority: str) -> None:
    """It decides on the day of the week; what the hint says to write is read."""
    line = f"{priority}Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8\n"
    path = write(tmp_path, line, "messages.log")
    said = refusal(path)
    assert "`messages.log` says no year in its times: `Oct 11 22:14:15`" in said
    assert f"{path}:1" in said
    assert "sed 's/^/2024 /'" in said
    read = read_log(write(tmp_path, f"2024 {line}"))
    assert came(read) == [datetime(2024, 10, 11, 22, 0)]


def test_lines_of_a_system_log_that_go_on_are_told(tmp_path: Path) -> None:
    """A line without a time is no message, and is counted."""
    text = RFC_5424.replace("\n", "\n  at main.py, line 3\n", 1)
    found = read_log(write(tmp_path, text))
    assert (found.rows, found.unreadable, found.instants.total) == (4, 1, 3)


def test_the_example_of_the_w3c(tmp_path: Path) -> None:
    """Dates and times stand in two columns, and are those of UTC."""
    path = write(tmp_path, W3C)
    found = read_log(path)
    assert came(found) == [datetime(1996, 5, 12, h, m) for h, m in ((0, 30), (12, 15), (12, 45))]
    assert (found.rows, found.unreadable, found.local.total) == (3, 0, 0)
    chosen = Selection((parse_condition("cs-uri=/contact"),))
    assert came(read_log(path, selection=chosen)) == [datetime(1996, 5, 12, 12, 45)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (W3C.replace(" GET", "\tGET").replace("date time cs", "date time\tcs"), 3),
        (W3C.replace("/foo/bar.html", '"/foo bar ""1"".html"'), 3),
        (W3C.replace("#Version: 1.0\n", "").replace("\n", "\r\n"), 3),
        ("\ufeff" + W3C, 3),
        (W3C + W3C.replace("date time", "c-agent date time").replace("1996-", "Moz 1996-"), 6),
    ],
)
def test_w3c_logs_of_other_programs(tmp_path: Path, text: str, rows: int) -> None:
    """Tabs, texts in quotes, other line ends, and a second head with other columns."""
    if "\t" in text:
        text = "\n".join(
            line if line.startswith("#") else line.replace(" ", "\t") for line in text.split("\n")
        )
    found = read_log(write(tmp_path, text))
    assert {each.hour for each in came(found)} == {0, 12}
    assert (found.rows, found.unreadable, found.instants.total) == (rows, 0, rows)


def test_a_line_with_other_values_than_fields_is_told(tmp_path: Path) -> None:
    """It was broken off, or is of something else."""
    found = read_log(write(tmp_path, W3C + "1996-05-12 13:00:00 GET\n"))
    assert (found.rows, found.unreadable, found.instants.total) == (4, 1, 3)


def test_times_of_a_local_clock(tmp_path: Path) -> None:
    """The firewall of Windows says that its times are not those of UTC."""
    head = "#Version: 1.5\n#Time Format: Local\n\n#Fields: date time action\n"
    path = write(tmp_path, head.replace("\n\n", "\n") + "2024-03-05 14:22:11 ALLOW\n" * 2)
    found = read_log(path)
    assert came(found) == [datetime(2024, 3, 5, 14, 15)]
    assert (found.instants.total, found.local.total) == (0, 2)


def test_times_under_a_date(tmp_path: Path) -> None:
    """Where lines say only times, the head says the day, and after 23:50 comes the next one."""
    head = "#Date: 2024-03-05 14:00:00\n#Fields: time c-ip\n"
    lines = [f"{clock} 192.0.2.1\n" for clock in ("14:22:11", "23:50:00", "00:10:00")]
    found = read_log(write(tmp_path, head + "".join(lines)))
    days = [datetime(2024, 3, 5, 14, 15), datetime(2024, 3, 5, 23, 45), datetime(2024, 3, 6)]
    assert came(found) == days
    assert "has no column of dates with times" in refusal(
        write(tmp_path, "#Version: 1.0\n#Fields: time c-ip\n" + "".join(lines))
    )


def test_the_log_of_a_mail_server(tmp_path: Path) -> None:
    """Exchange has commas, and the whole time in one column."""
    text = (
        "#Software: Microsoft Exchange Server\n#Log-type: Message Tracking Log\n"
        "#Fields: date-time,event-id,message-subject\n"
        '2024-03-05T14:22:11.123Z,RECEIVE,"Hello, you"\n2024-03-05T14:23:11.123Z,SEND,Re\n'
    )
    path = write(tmp_path, text)
    assert (read_log(path).column, read_log(path).instants.total) == ("date-time", 2)
    received = Selection((parse_condition("event-id=RECEIVE"),))
    assert read_log(path, selection=received).instants.total == 1


@pytest.mark.parametrize("text", ["#Fields: date time\n", "#Fields:\n", "#Fields:\nx\n#Fields:\n"])
def test_heads_alone_are_refused(tmp_path: Path, text: str) -> None:
    """In a sentence."""
    assert "log" in refusal(write(tmp_path, text))


def test_the_command_reads_them_in_both_languages(cli: Cli, tmp_path: Path) -> None:
    """Hours are those of UTC, counted in Paris; without a year, the way out is told."""
    path = write(tmp_path, W3C, "iis.log")
    result = cli("inbox", path, "--timezone", "Europe/Paris", "--format", "json")
    assert result.status == 0
    assert cmsource.read_inbox(path, timezone="Europe/Paris").counts[6 * 24 + 14] == 2
    path = write(tmp_path, "Oct 11 22:14:15 host su: failed\n", "messages.log")
    result = cli("inbox", path, "--lang", "fr")
    assert result.status == 2
    assert "n’indique pas d’année" in result.err.replace("\n", " ")
