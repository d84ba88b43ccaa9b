"""How long a company takes to answer today, from both sides of conversations."""

import json
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cmsource.inbox.answers import Answers
from cmsource.inbox.log import read_log
from cmsource.inbox.profile import inbox
from cmsource.inbox.selection import Selection, parse_condition
from cmsource.inbox.span import EVERY_DAY, Days
from cmsource.inbox.tally import Tally
from cmsource.values.week import Week
from conftest import Cli

FORMS = ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")


def log(folder: Path, rows: list[tuple[int, str, datetime]], form: str = FORMS[0]) -> Path:
    """A log of conversations, with who wrote and when."""
    path = folder / "log.csv"
    lines = [f"{conversation},{side},{at.strftime(form)}" for conversation, side, at in rows]
    path.write_text("\n".join(["conversation_id,direction,created_at", *lines]), "utf-8")
    return path


def conversations() -> list[tuple[int, str, datetime]]:
    """Twenty questions, answered after 1, 2, … 20 minutes and 30 seconds, one a day.

    The customer asks again before the answer, which changes nothing; a second answer does not
    either. One more question has none.
    """
    rows = []
    for number in range(1, 21):
        asked = datetime(2024, 3, 1, 9, 3) + timedelta(days=number)
        answered = asked + timedelta(minutes=number, seconds=30)
        again = asked + timedelta(seconds=20)
        rows += [(number, "in", asked), (number, "in", again), (number, "out", answered)]
        rows.append((number, "out", answered + timedelta(hours=5)))
    rows.append((99, "in", datetime(2024, 3, 25, 9)))
    return rows


def answers(tally: Tally, zone: str = "UTC", days: Days = EVERY_DAY) -> Answers | None:
    """How long answers take in a log."""
    return inbox(tally, ZoneInfo(zone), None, Week(()), days).answers


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("order", ["old first", "new first", "shuffled"])
def test_how_long_answers_take(tmp_path: Path, form: str, order: str) -> None:
    """Of 1.5, 2.5, … 20.5 minutes, ten are up to 10.5 and eighteen of twenty up to 18.5.

    Whatever the order of the rows and the form of the dates: 03/04 can be March or April.
    """
    rows = conversations()
    if order == "new first":
        rows.reverse()
    elif order == "shuffled":
        random.Random(5).shuffle(rows)
    found = answers(read_log(log(tmp_path, rows, form)))
    assert found is not None
    assert (found.column, found.asked, found.answered) == ("conversation_id", 21, 20)
    assert (found.within(0.5), found.within(0.9)) == (10.5, 18.5)


def test_where_nothing_is_said_of_answers(tmp_path: Path) -> None:
    """Without both sides, without conversations, with fewer than ten answers."""
    rows = conversations()
    assert answers(read_log(log(tmp_path, rows[:36]))) is None
    assert answers(read_log(log(tmp_path, [row for row in rows if row[1] == "in"]))) is None
    path = log(tmp_path, rows)
    path.write_text(path.read_text("utf-8").replace("conversation_id", "shop"), "utf-8")
    assert answers(read_log(path)) is None


def test_answers_are_told(cli: Cli, tmp_path: Path) -> None:
    """Beside the volume, to be held against answered_in_time."""
    path = log(tmp_path, conversations())
    out = " ".join(cli("inbox", path).out.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "within 10.5 min for half of them, 18.5 min for nine of ten; 95.2% of 21" in out
    data = json.loads(cli("inbox", path, "-f", "json").out)
    assert data["answers"]["median_minutes"] == 10.5
    assert (data["messages"], data["own_replies"]) == (41, 40)


def test_a_conversation_may_go_on_in_another_file(tmp_path: Path) -> None:
    """Questions in one file, answers in the other: the same as in one; what is in both is one."""
    rows = conversations()
    whole = answers(read_log(log(tmp_path, rows)))
    paths = []
    for name, part in (("a", rows[:30]), ("b", rows[28:])):
        (tmp_path / name).mkdir()
        paths.append(log(tmp_path / name, part))
    assert whole is not None
    assert answers(read_log(*paths)) == whole


def test_answers_of_the_days_and_rows_that_are_asked_for(tmp_path: Path) -> None:
    """Of the last eleven days: 10.5 to 20.5 minutes. Conditions hold for both sides."""
    rows = conversations()
    tally = read_log(log(tmp_path, rows))
    found = answers(tally, days=Days(since=date(2024, 3, 11)))
    assert found is not None
    assert (found.answered, found.waits[0], found.waits[-1]) == (11, 10.5, 20.5)
    selection = Selection((parse_condition("conversation_id!=20"), parse_condition("direction=in")))
    found = answers(read_log(log(tmp_path, rows), selection=selection))
    assert found is not None
    assert (found.answered, found.waits[-1]) == (19, 19.5)


def test_a_wait_across_the_change_of_the_clock(tmp_path: Path) -> None:
    """From 00:30 to 03:30 on the clock of Paris of 31 March 2024, two hours went by."""
    rows = conversations()
    night = datetime(2024, 3, 31, 0, 30)
    rows += [(50, "in", night), (50, "out", night + timedelta(hours=3))]
    tally = read_log(log(tmp_path, rows))
    for zone, minutes in (("Europe/Paris", 120), ("UTC", 180)):
        found = answers(tally, zone)
        assert found is not None
        assert found.waits[-1] == minutes


def shift(folder: Path, gaps: list[tuple[str, float]], messages: int = 1) -> Path:
    """Two people answer what waits since the morning, each so many minutes after the last one."""
    lines = []
    clocks = {name: datetime(2024, 3, 4, 10) for name, _ in gaps}
    for number, (name, minutes) in enumerate([*((name, 0.0) for name in clocks), *gaps]):
        clocks[name] += timedelta(minutes=minutes)
        for second in range(messages):
            lines.append(f"{number},customer,guest {number},{datetime(2024, 3, 4, 8, 0, second)}")
        lines.append(f"{number},agent,{name},{clocks[name]}")
    path = folder / "shift.csv"
    path.write_text("\n".join(["ticket_id,sender_type,sender_name,date", *lines]), "utf-8")
    return path


def handling(path: Path) -> float | None:
    """The minutes of work on a message that a log shows."""
    found = answers(read_log(path))
    assert found is not None
    return None if found.handling is None else found.handling.minutes


def test_minutes_between_two_answers_of_one_person(tmp_path: Path) -> None:
    """20 intervals of 3 minutes and 20 of 5 are 4 on average, whoever else answers meanwhile.

    A pause of three hours is none of them. Where each question is of two messages, each takes 2.
    """
    gaps = [("Ana", 3.0), ("Ben", 5.0)] * 20
    assert handling(shift(tmp_path, gaps)) == 4
    assert handling(shift(tmp_path, [*gaps, ("Ana", 180.0)])) == 4
    assert handling(shift(tmp_path, gaps, messages=2)) == 2
    assert handling(shift(tmp_path, gaps[:20])) is None


def test_waiting_for_questions_is_no_work(tmp_path: Path) -> None:
    """Each question comes an hour after the last answer: how long it takes cannot be seen."""
    rows = conversations()
    lines = [f"{number},{side},Ana,{at}" for number, side, at in rows * 3]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["conversation_id,direction,agent,created_at", *lines]), "utf-8")
    assert handling(path) is None


def test_minutes_each_of_a_line_whose_work_is_known(tmp_path: Path) -> None:
    """Messages to two people, whose work on each is exponential with a mean of six minutes."""
    chance = random.Random(7)
    moment, free = 0.0, {"Ana": 0.0, "Ben": 0.0}
    lines = []
    for number in range(2000):
        moment += chance.expovariate(1 / 3.3)
        name = min(free, key=lambda each: free[each])
        free[name] = max(free[name], moment) + chance.expovariate(1 / 6)
        for side, who, minutes in (("in", "", moment), ("out", name, free[name])):
            at = datetime(2024, 3, 4) + timedelta(seconds=round(60 * minutes))
            lines.append(f"{number},{side},{who},{at}")
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["conversation_id,direction,agent,created_at", *lines]), "utf-8")
    found = handling(path)
    assert found == pytest.approx(6, rel=0.1)


def test_the_estimate_is_offered_with_its_basis(cli: Cli, tmp_path: Path) -> None:
    """In the piece of scenario, marked as derived; a log of a day has none to stand in."""
    path = shift(tmp_path, [("Ana", 4.0)] * 40)
    later = "\n".join(f"x{day},customer,,2024-03-{day:02} 09:00" for day in range(5, 26))
    path.write_text(path.read_text("utf-8") + "\n" + later, "utf-8")
    out = cli("inbox", path).out
    assert "minutes_each: 4 min   # D: derived from 40 intervals" in out
    data = json.loads(cli("inbox", path, "-f", "json").out)
    assert data["minutes_each"] == {"minutes": 4, "intervals": 40, "confidence": "D"}


def test_a_log_of_hours_is_told_in_hours(cli: Cli, tmp_path: Path) -> None:
    """From 9:05 to 14:40, six hours; two days and a half."""
    path = tmp_path / "log.csv"
    path.write_text("created_at\n2024-03-05 09:05\n2024-03-05 14:40\n", "utf-8")
    out = " ".join(cli("inbox", path).out.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "2 messages from 2024-03-05 to 2024-03-05, 6 hours" in out
    assert "the log covers 6 hours: messages a week" in out
    path.write_text("created_at\n2024-03-05 09:05\n2024-03-07 20:40\n", "utf-8")
    assert "the log covers 2.5 days" in " ".join(cli("inbox", path).out.split())
