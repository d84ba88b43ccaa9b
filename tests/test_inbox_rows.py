"""Which column of a log says when messages came in, and which of its rows count."""

import json
from datetime import date
from pathlib import Path

import pytest

import cmsource
from cmsource.inbox.direction import Direction
from cmsource.inbox.log import read_log
from cmsource.inbox.selection import Selection, parse_condition
from cmsource.values.quantities import QuantityError
from conftest import Cli


def log(folder: Path, text: str) -> Path:
    """A log with these lines."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("titles", "taken"),
    [
        ("updated_at,created_at", "created_at"),
        ("closed_at,date_received", "date_received"),
        ("First Response Time,Submitted", "Submitted"),
        ("scraped_at,date", "date"),
        ("user.created_at,tweet.created_at", "tweet.created_at"),
        ("lastModified,createdAt", "createdAt"),
        ("timestamp,received_at", "received_at"),
        ("Date de clôture,Date de réception", "Date de réception"),
        ("Geändert,Eingang", "Eingang"),
        ("Resolved,When", "When"),
        ("Date de livraison,Date de contact", "Date de contact"),
        ("Traité le,Reçu le", "Reçu le"),
        ("Order date,Date", "Date"),
        ("Processed at,timestamp", "timestamp"),
        ("Wait time,Time", "Time"),
        ("Date Sent to Company,Date received", "Date received"),
        ("Gewijzigd op,Aangemaakt op", "Aangemaakt op"),
        ("Hora de cierre,Fecha", "Fecha"),
        ("Post published time,Comment time", "Comment time"),
        ("ticket_created_at,message_created_at", "message_created_at"),
    ],
)
def test_the_time_at_which_a_message_came_in(tmp_path: Path, titles: str, taken: str) -> None:
    """Never when it was changed, answered, closed or read out, wherever the columns stand."""
    for order in (1, -1):
        head = ",".join(titles.split(",")[::order])
        path = log(tmp_path, f"{head}\n2024-03-05 14:22,2024-03-05 18:40\n")
        assert read_log(path).column == taken


def test_only_times_of_something_else(tmp_path: Path) -> None:
    """They are not taken for when messages came in, unless by name."""
    path = log(tmp_path, "id,updated_at,closed_at\n1,2024-03-05 14:22,2024-03-05 18:40\n")
    with pytest.raises(cmsource.ScenarioError) as caught:
        read_log(path)
    [found] = caught.value.diagnostics
    assert "`updated_at`, `closed_at`" in found.message
    assert "--column" in found.hint
    assert read_log(path, column="updated_at").local.total == 1


def test_days_of_something_else(tmp_path: Path) -> None:
    """Nobody wrote on the day of a purchase."""
    path = log(tmp_path, "id,Date of Purchase\n1,2024-03-05\n2,2024-03-06\n")
    with pytest.raises(cmsource.ScenarioError, match="no column of dates with times"):
        read_log(path)
    assert read_log(path, column="Date of Purchase").days


def test_days_are_shown_as_they_stand(tmp_path: Path) -> None:
    """No note and no reason says a time that the file does not."""
    tally = read_log(log(tmp_path, "Date;Canal\n05/03/2024;x\n13/03/2024;x\nbientôt;x\n;y\n"))
    assert any("as `13/03/2024` on line 3 has it" in note for note in tally.notes)
    reasons = [(row.line, row.reason) for row in tally.examples]
    assert reasons == [(4, "`bientôt` is not a date"), (5, "the cell is empty")]


def test_the_same_moments_with_their_zone(tmp_path: Path) -> None:
    """They are taken: 14:22 and 16:22 in Paris are 13:22 in winter and 14:22 in summer UTC."""
    times = ("2024-03-05T14:22:00,1709644920", "2024-07-05T16:22:00,1720189320") * 2
    tally = read_log(log(tmp_path, "\n".join(["date,date_unixtime", *times])))
    assert (tally.column, tally.local.total) == ("date_unixtime", 0)
    assert [quarter % 96 for quarter, _ in tally.instants] == [4 * 13 + 1, 4 * 14 + 1]
    others = ("2024-03-05T14:22:00,1709644980", *times)  # a minute later
    assert read_log(log(tmp_path, "\n".join(["date,date_unixtime", *others]))).column == "date"


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        ("Date,Hour", "2024-03-05,{}"),
        ("AvgTalkDuration,Date,Topic,Time", "00:02:23,2024-03-05,refund,{}:05"),
        ("Date;Durée;Heure", "05.03.2024;00:12;{}:05"),
        ("Date,Time on hold,Heure", "2024-03-05,3,{}"),
    ],
)
def test_hours_in_a_column_of_their_own(tmp_path: Path, titles: str, cells: str) -> None:
    """Whole numbers too, where the title says that they are hours; how long it took is none."""
    rows = [cells.format(hour) for hour in range(24)]
    tally = read_log(log(tmp_path, "\n".join([titles, *rows])))
    assert [quarter % 96 // 4 for quarter, _ in tally.local] == list(range(24))
    assert not tally.unreadable


def test_numbers_that_are_no_hours(tmp_path: Path) -> None:
    """Minutes that somebody waited are not when he wrote."""
    rows = [f"2024-03-05,{number}" for number in range(20)]
    assert read_log(log(tmp_path, "\n".join(["Date,Time in minutes", *rows]))).days


def test_decimal_commas_do_not_part_columns(tmp_path: Path) -> None:
    """A comma stands in each number, and not in the titles: 45356,59861 is 14:22 on 5 March."""
    tally = read_log(log(tmp_path, "Date;Canal\n" + "45356,59861;x\n" * 3))
    assert (tally.column, tally.days, tally.local.total) == ("Date", False, 3)
    assert [quarter % 96 for quarter, _ in tally.local] == [4 * 14 + 1]


def test_hours_stand_before_days(tmp_path: Path) -> None:
    """A column in which every message came at midnight says no hour, another one does."""
    rows = [f"2024-03-{day:02} 00:00:00,2024-03-{day:02} {day % 24:02}:10" for day in range(1, 29)]
    assert read_log(log(tmp_path, "\n".join(["created,stamp", *rows]))).column == "stamp"


def test_several_columns_fit(tmp_path: Path) -> None:
    """The choice is said with the way to change it; a column of what happens later is no choice."""
    path = log(tmp_path, "created_at,sent_at\n2024-03-05 14:22,2024-03-05 14:23\n")
    [note] = read_log(path).notes
    assert "`created_at`; `sent_at` would do too: --column takes another" in note
    assert not read_log(path, column="created_at").notes
    number = log(tmp_path, "created_at,score\n2024-03-05 14:22,1509487847\n")
    assert (read_log(number).others, read_log(number).notes) == (("score",), ())
    assert not read_log(log(tmp_path, "created_at,closed_at\n" + "2024-03-05 14:22," * 2)).notes


ROWS = """\
channel,inbound,created_at,text
chat,True,2024-03-04 09:10,Where is my refund?
chat,False,2024-03-04 09:20,On its way
email,TRUE,2024-03-05 10:10,Refund please
chat,true,2024-03-06 11:10,
phone
"""


def hours(path: Path, *conditions: str, direction: Direction | None = None) -> list[str]:
    """The days and hours of the messages that count."""
    selection = Selection(tuple(map(parse_condition, conditions)), direction)
    tally = read_log(path, selection=selection)
    assert tally.rows == tally.local.total + tally.unreadable + tally.own + tally.left_out
    moments = [divmod(quarter // 4, 24) for quarter, _ in tally.local]
    return [f"{date.fromordinal(day + 719163).day} {hour}" for day, hour in moments]


def test_conditions(tmp_path: Path) -> None:
    """Equal, not equal, contains, all of them; capitals do not matter, a missing cell is empty."""
    path = log(tmp_path, ROWS)
    assert hours(path, "channel=Chat") == ["4 9", "6 11"]
    assert hours(path, "channel!=chat") == ["5 10"]
    assert hours(path, "text~REFUND") == ["4 9", "5 10"]
    assert hours(path, "text~refund", "channel!=email") == ["4 9"]
    assert hours(path, "text=", "1!=phone") == ["6 11"]
    assert hours(path, "text= on its way ", direction=Direction.ALL) == ["4 9"]


def test_the_companys_own_replies(tmp_path: Path) -> None:
    """They are left out and counted where a column says which they are, unless asked for."""
    path = log(tmp_path, ROWS)
    tally = read_log(path)
    assert (tally.rows, tally.own, tally.local.total, tally.unreadable) == (5, 1, 3, 1)
    assert "1 row is the company's own, as `inbound` says" in tally.notes[0]
    assert hours(path, direction=Direction.OUT) == ["4 9"]
    # At 9:10 and 9:20 are two quarters of an hour.
    assert hours(path, direction=Direction.ALL) == ["4 9", "4 9", "5 10", "6 11"]


@pytest.mark.parametrize(
    ("title", "came_in", "own"),
    [
        ("inbound", "True", "False"),
        ("is_incoming", "1", "0"),
        ("is_from_me", "0", "1"),
        ("fromMe", "false", "true"),
        ("Direction", "Incoming", "Outgoing"),
        ("direction", "IN", "OUT"),
        ("message type", "received", "sent"),
        ("author_type", "user", "admin"),
        ("Sens", "entrant", "sortant"),
        ("sender", "customer", "agent"),
        ("Direction", "inbound", "outbound-api"),
        ("type", "incoming_message", "outgoing_message"),
        ("sender_type", "Contact", "User"),
        ("key.fromMe", "False", "True"),
        ("is_customer", "true", "false"),
        ("isFromBusiness", "false", "true"),
        ("Type", "Message reçu", "Message envoyé"),
        ("Auteur", "Client", "Conseillère"),
        ("role", "user", "assistant"),
        ("Richtung", "eingehend", "ausgehend"),
        ("Message Type", "Customer Message", "Agent Reply"),
        ("Created by", "End user", "Agent"),
    ],
)
def test_columns_that_say_the_direction(tmp_path: Path, title: str, came_in: str, own: str) -> None:
    """Each as some export writes it: three messages came in, two are the company's own."""
    rows = [f"2024-03-05 14:2{n},{came_in if n % 2 == 0 else own}" for n in range(5)]
    tally = read_log(log(tmp_path, "\n".join([f"created_at,{title}", *rows])))
    assert (tally.local.total, tally.own) == (3, 2)


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("status", ("sent", "received")),
        ("sender", ("customer", "Anna")),
        ("resolved", ("true", "false")),
        ("channel", ("in", "out")),
        ("Source", ("customer", "page")),
    ],
)
def test_columns_that_do_not(tmp_path: Path, title: str, values: tuple[str, str]) -> None:
    """Words that could mean something else leave nothing out, and cannot be asked about."""
    rows = [f"2024-03-05 14:2{n},{values[n % 2]}" for n in range(5)]
    path = log(tmp_path, "\n".join([f"created_at,{title}", *rows]))
    assert read_log(path).local.total == 5
    with pytest.raises(cmsource.ScenarioError, match="no column that plainly says"):
        read_log(path, selection=Selection(direction=Direction.OUT))


def test_conditions_that_cannot_be_met(tmp_path: Path) -> None:
    """A column that is not there, and rows of which none counts, are errors that say why."""
    path = log(tmp_path, ROWS)
    with pytest.raises(cmsource.ScenarioError) as caught:
        read_log(path, selection=Selection((parse_condition("chanel=chat"),)))
    [found] = caught.value.diagnostics
    assert (found.message, found.hint) == (
        "`log.csv` has no column `chanel`",
        "did you mean `channel`?",
    )
    with pytest.raises(cmsource.ScenarioError, match="5 rows do not meet --where"):
        read_log(path, selection=Selection((parse_condition("channel=fax"),)))
    for wrong in ("", "inbound", "=true", "~x"):
        with pytest.raises(QuantityError, match="is no condition"):
            parse_condition(wrong)
    assert parse_condition("a!=b=c") == ("a", "!=", "b=c")
    assert parse_condition("a=b!=c") == ("a", "=", "b!=c")


def test_rows_are_told_by_their_lines(tmp_path: Path) -> None:
    """Those left out count as lines: the one that cannot be read is on line 1 + 3 · 600 + 1."""
    rows = [f'{n % 2},2024-03-05 14:22,"a\nb\nc"' for n in range(1000)]
    rows[600] = '0,soon,"a\nb\nc"'
    path = log(tmp_path, "\n".join(["outbound,at,text", *rows]))
    tally = read_log(path)
    assert (tally.rows, tally.own, tally.local.total) == (1000, 500, 499)
    assert [row.line for row in tally.examples] == [1802]


def test_days_that_are_asked_for(tmp_path: Path) -> None:
    """On the clock of the time zone, both days included, and observed whole within the log.

    One message at 12:30 UTC each day from 1 to 28 July 2024. From Monday the 8th to Sunday the 21st
    are two weeks, each of whose hours was observed twice, although no message came before 14:30.
    """
    rows = [f"2024-07-{day:02}T12:30Z" for day in range(1, 29)]
    path = log(tmp_path, "\n".join(["at", *rows]))
    found = cmsource.read_inbox(
        path, timezone="Europe/Paris", since=date(2024, 7, 8), until=date(2024, 7, 21)
    )
    assert (found.messages, found.first, found.last) == (14, date(2024, 7, 8), date(2024, 7, 21))
    assert set(found.observed) == {2.0}
    assert found.per_week == pytest.approx(7)
    late = log(tmp_path, "at\n2024-07-01T23:30Z\n2024-07-02T12:30Z\n")
    assert cmsource.read_inbox(late, since=date(2024, 7, 2)).messages == 1
    in_paris = cmsource.read_inbox(late, timezone="Europe/Paris", since=date(2024, 7, 2))
    assert in_paris.messages == 2  # 23:30 in London is 1:30 of the next day in Paris
    with pytest.raises(cmsource.ScenarioError) as caught:
        cmsource.read_inbox(late, since=date(2025, 1, 1))
    [said] = caught.value.diagnostics
    assert "no message on the days" in said.message
    assert said.hint == "its messages are from 2024-07-01 to 2024-07-02"


def test_the_flags(cli: Cli, tmp_path: Path) -> None:
    """Each reaches the reading; what cannot be understood is an error of usage."""
    path = log(tmp_path, ROWS)
    ran = cli(
        *("inbox", path, "--where", "channel=chat", "--direction", "all", "--since", "2024-03-01"),
        *("--until", "2024-03-05", "-f", "json"),
    )
    data = json.loads(ran.out)
    assert (data["messages"], data["own_replies"], data["left_out"]) == (2, 0, 2)
    for flags, said in (
        (("--where", "chat"), '"chat" is no condition'),
        (("--since", "March"), "'March' is no day"),
        (("--direction", "up"), "'up' is not one of 'in', 'out', 'all'"),
        (("--where", "fax=1"), "has no column `fax`"),
    ):
        ran = cli("inbox", path, *flags)
        assert (ran.status, ran.out) == (2, ""), flags
        assert said in " ".join(ran.err.replace("│", " ").split())
