"""How long a company takes to answer today, from both sides of conversations."""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cmsource.inbox.log import read_log
from cmsource.inbox.message_counts import Answers
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
    tally = read_log(log(tmp_path, rows, form))
    assert tally.answers == Answers("conversation_id", 21, 20, 10.5, 18.5)


def test_where_nothing_is_said_of_answers(tmp_path: Path) -> None:
    """Without both sides, without conversations, with fewer than ten answers."""
    rows = conversations()
    assert read_log(log(tmp_path, rows[:36])).answers is None
    assert read_log(log(tmp_path, [row for row in rows if row[1] == "in"])).answers is None
    path = log(tmp_path, rows)
    path.write_text(path.read_text("utf-8").replace("conversation_id", "shop"), "utf-8")
    assert read_log(path).answers is None


def test_answers_are_told(cli: Cli, tmp_path: Path) -> None:
    """Beside the volume, to be held against answered_in_time."""
    path = log(tmp_path, conversations())
    out = " ".join(cli("inbox", path).out.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "within 10.5 min for half of them, 18.5 min for nine of ten; 95.2% of 21" in out
    data = json.loads(cli("inbox", path, "-f", "json").out)
    assert data["answers"]["median_minutes"] == 10.5
    assert (data["messages"], data["own_replies"]) == (41, 40)
