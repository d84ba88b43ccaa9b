"""Exports of the tools that community managers use, with their titles and their times.

Made up: 40 messages, one every five hours from 8 March 2024, 08:10 UTC, each answered 20 minutes
later.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cmsource.inbox.log import read_log
from cmsource.inbox.profile import Inbox, inbox
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.week import Week
from test_inbox_formats import zipped

START = datetime(2024, 3, 8, 8, 10, tzinfo=UTC)
TIMES = [START + timedelta(hours=5 * number) for number in range(40)]
ANSWER = timedelta(minutes=20)
LAST = datetime(2024, 3, 16, 11, 10, tzinfo=UTC)


def test_the_times() -> None:
    """39 times five hours after the first are 8 days and 3 hours."""
    assert TIMES[-1] == LAST


def table(titles: Sequence[str], row: Callable[[int, datetime], list[list[object]]]) -> str:
    """A CSV file with the rows of each message."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(titles)
    for number, at in enumerate(TIMES):
        writer.writerows(row(number, at))
    return out.getvalue()


def plain(at: datetime) -> str:
    """``2024-03-08 08:10:00``."""
    return f"{at:%Y-%m-%d %H:%M:%S}"


def seconds(at: datetime) -> int:
    """Since 1970."""
    return int(at.timestamp())


def meta(text: str) -> str:
    """A text as the downloads of Meta write it: the bytes of UTF-8, each as a letter."""
    return text.encode().decode("latin-1")


def intercom(number: int, at: datetime) -> dict[str, Any]:
    """A conversation whose first message stands beside its parts."""

    def part(kind: str, author: str, minutes: int, body: str | None) -> dict[str, Any]:
        moment = seconds(at + timedelta(minutes=minutes))
        who = {"type": author, "id": author, "name": author}
        return {"part_type": kind, "created_at": moment, "body": body, "author": who}

    return {
        "id": str(number),
        "created_at": seconds(at),
        "updated_at": seconds(at) + 9000,
        "source": {"delivered_as": "customer_initiated", "author": {"type": "user", "id": "9"}},
        "conversation_parts": {
            "conversation_parts": [
                part("note", "admin", 10, "for us"),
                part("comment", "admin", 20, "Yes"),
                part("close", "bot", 30, None),
            ]
        },
    }


def zendesk(number: int, at: datetime) -> dict[str, Any]:
    """A ticket with its comments, one of which is a note."""
    return {
        "id": number,
        "created_at": at.isoformat(),
        "updated_at": LAST.isoformat(),
        "requester_id": 500 + number,
        "comments": [
            {"id": 1, "author_id": 500 + number, "public": True, "created_at": at.isoformat()},
            {"id": 2, "author_id": 7, "public": False, "created_at": at.isoformat()},
            {"id": 3, "author_id": 7, "public": True, "created_at": (at + ANSWER).isoformat()},
        ],
    }


def telegram_page(number: int, at: datetime) -> str:
    """A message of an export of Telegram as a page, with a time in its text too."""

    def message(name: str, moment: datetime) -> str:
        return (
            '<div class="message default clearfix"><div class="body">'
            f'<div class="pull_right date details" title="{moment:%d.%m.%Y %H:%M:%S} UTC+00:00">'
            f'{moment:%H:%M}</div><div class="from_name"> {name} </div>'
            '<div class="text">at 5.3.2024 10:15<br>we &amp; you</div></div></div>\n'
        )

    return message(f"Ana {number}", at)


def instagram() -> bytes:
    """A folder a conversation, and other files that are none."""
    members: dict[str, str | bytes] = {
        "personal_information/logins.json": json.dumps(
            [{"time": {"timestamp": seconds(at)}} for at in TIMES]
        )
    }
    for first in range(4):
        names = [meta(f"Zoé {first}"), meta("Boutique Éléa")]
        messages = [
            {
                "sender_name": name,
                "timestamp_ms": 1000 * seconds(at + later),
                "content": meta("voilà"),
            }
            for at in TIMES[first::4]
            for name, later in zip(names, (timedelta(0), ANSWER), strict=True)
        ]
        thread = {
            "participants": [{"name": name} for name in names],
            "messages": messages[::-1],
            "thread_path": f"inbox/zoe_{first}",
        }
        path = f"your_activity/messages/inbox/zoe_{first}/message_1.json"
        members[path] = json.dumps(thread)
    return zipped(members)


TICKETS = {
    "Zendesk view": table(
        ["Id", "Requester", "Created at", "Updated at", "Initially assigned at", "Solved at"],
        lambda n, at: [[n, "Ana", f"{at:%Y-%m-%d %H:%M}", plain(LAST), plain(LAST), plain(LAST)]],
    ),
    "HubSpot": table(
        ["Ticket ID", "Create date", "Last activity date", "Last modified date", "Close date"],
        lambda n, at: [[n, f"{at:%Y-%m-%d %H:%M}", plain(LAST), plain(LAST), plain(LAST)]],
    ),
    "Outlook, copied": table(
        ["De", "Objet", "Reçu", "Taille"],
        lambda _, at: [["Ana", "Colis", f"lun. {at:%d/%m/%Y %H:%M}", "45 Ko"]],
    ),
    "Gmail": table(
        ["Expéditeur", "Date d'envoi", "Objet"],
        lambda n, at: [[f"Ana {n}", f"{at.day} mars {at:%Y à %H:%M}", "Colis"]],
    ),
    "Sprout Social": table(
        ["Date", "Message ID", "Network", "From", "Completed Date"],
        lambda n, at: [
            [f"{at:%m-%d-%Y %I:%M:%S %p}", n, "X", f"@a{n}", f"{LAST:%m-%d-%Y %I:%M:%S %p}"]
        ],
    ),
    "Agorapulse": table(
        ["Date", "Type", "Author", "Content", "Assigned to", "Reviewed by"],
        lambda n, at: [[f"{at:%d/%m/%Y %H:%M:%S}", "Comment", f"a{n}", "Hello", "", "Lea"]],
    ),
    "YouTube": table(
        ["Channel ID", "Comment Create Timestamp", "Comment ID", "Comment Text"],
        lambda n, at: [["UC", f"{at:%Y-%m-%dT%H:%M:%S}.123456+00:00", n, '{"text":"Hi"}']],
    ),
    "Discord": table(
        ["AuthorID", "Author", "Date", "Content"],
        lambda n, at: [[n, f"a{n}", f"{at:%Y-%m-%dT%H:%M:%S}.1230000+00:00", "Hello"]],
    ),
    "Trustpilot": table(
        ["Review Id", "Review Created (UTC)", "Review Stars"],
        lambda n, at: [[n, plain(at), 5]],
    ),
    "Google Chat": json.dumps(
        {
            "messages": [
                {
                    "created_date": f"{at:%A, %B} {at.day}, {at:%Y at %I:%M:%S\u202f%p} UTC",
                    "text": "",
                }
                for at in TIMES
            ]
        }
    ),
    "Google Forms": table(
        ["Timestamp", "Question"],
        lambda _, at: [[f"{at:%Y/%m/%d} {at.hour % 12 or 12}:{at:%M:%S %p} GMT+0", "When?"]],
    ),
    "Help Scout": table(
        ["Number", "Created At", "Modified At", "First Response Time"],
        lambda n, at: [[n, f"{at:%b} {at.day}, {at:%Y @ %I:%M%p}", plain(LAST), 300]],
    ),
    "Telegram, a page": "<!DOCTYPE html>\n<html><head><title>2024-03-05 10:00</title></head><body>"
    + "".join(telegram_page(n, at) for n, at in enumerate(TIMES))
    + "</body></html>",
    "Instagram, a page": "<html><body>"
    + "".join(
        f'<div class="pam"><h2 class="_a6-h">Ana</h2><div>Hello</div>'
        f'<div class="_a6-o">{at:%b} {at.day}, {at:%Y, %I:%M %p}</div></div>'
        for at in TIMES
    )
    + "</body></html>",
    "Discord, a page": "<!DOCTYPE html><html><body>"
    + "".join(
        f'<span class=chatlog__author title="a">a{n}</span><span class=chatlog__timestamp '
        f'title="{at:%A, %B} {at.day}, {at:%Y %I:%M %p}"><a>{at:%m/%d/%Y %I:%M %p}</a></span>'
        f'<span class=chatlog__edited-timestamp title="{at:%A, %B} {at.day}, {at:%Y %I:%M %p}">'
        "(edited)</span><div>Hello</div>"
        for n, at in enumerate(TIMES)
    )
    + "</body></html>",
    "WhatsApp Business": "\n".join(
        json.dumps(
            {
                "entry": [
                    {
                        "id": "1",
                        "changes": [
                            {"value": {"messages": [{"id": n, "timestamp": str(seconds(at))}]}}
                        ],
                    }
                ]
            }
        )
        for n, at in enumerate(TIMES)
    ),
}
"""Exports of messages that came in, without answers."""

BOTH: dict[str, str | bytes] = {
    "Front": table(
        ["Message ID", "Conversation ID", "Direction", "Message date", "Author", "Response time"],
        lambda n, at: [
            [f"{n}a", n, "Inbound", plain(at), "", ""],
            [f"{n}b", n, "Outbound", plain(at + ANSWER), "Lea", "1200"],
        ],
    ),
    "Chatwoot": table(
        ["Conversation ID", "Message Type", "Sender Name", "Created At", "Private"],
        lambda n, at: [
            [n, "incoming", "Ana", f"{at:%b %d, %Y %I:%M %p}", "false"],
            [n, "outgoing", "Lea", f"{at + ANSWER:%b %d, %Y %I:%M %p}", "false"],
        ],
    ),
    "Brevo": table(
        ["conversationId", "id", "type", "agentName", "createdAt"],
        lambda n, at: [
            [f"c{n}", f"a{n}", "visitor", "", 1000 * seconds(at)],
            [f"c{n}", f"b{n}", "agent", "Lea", 1000 * seconds(at + ANSWER)],
        ],
    ),
    "Crisp": json.dumps(
        [
            {"session_id": f"s{n}", "from": who, "timestamp": 1000 * seconds(at + later)}
            for n, at in enumerate(TIMES)
            for who, later in (("user", timedelta(0)), ("operator", ANSWER))
        ]
    ),
    "Signal": "\n".join(
        json.dumps({"conversationId": n, "type": kind, "sent_at": 1000 * seconds(at + later)})
        for n, at in enumerate(TIMES)
        for kind, later in (("incoming", timedelta(0)), ("outgoing", ANSWER))
    ),
    "tawk.to": json.dumps(
        [
            {
                "id": f"chat {n}",
                "createdOn": at.isoformat(),
                "messages": [
                    {"sender": {"t": "v"}, "time": at.isoformat()},
                    {"sender": {"t": "a"}, "time": (at + ANSWER).isoformat()},
                ],
            }
            for n, at in enumerate(TIMES)
        ]
    ),
    "Intercom": json.dumps({"conversations": [intercom(n, at) for n, at in enumerate(TIMES)]}),
    "Zendesk": "\n".join(json.dumps(zendesk(n, at)) for n, at in enumerate(TIMES)),
    "Instagram": instagram(),
    "SMS backup": '<?xml version="1.0" encoding="UTF-8"?>\n<smses count="80">\n'
    + "".join(
        f'  <sms address="+3360000{n}" date="{1000 * seconds(at + later)}" type="{kind}" '
        'body="Hello &#10; you" readable_date="5 mars 2024 14:22:10" />\n'
        for n, at in enumerate(TIMES)
        for kind, later in ((1, timedelta(0)), (2, ANSWER))
    )
    + "</smses>",
    "Snapchat": json.dumps(
        {
            f"guest {first}": [
                {"From": who, "Created": f"{plain(at + later)} UTC", "IsSender": who == "shop"}
                for at in TIMES[first::4]
                for who, later in ((f"guest {first}", timedelta(0)), ("shop", ANSWER))
            ]
            for first in range(4)
        }
    ),
    "TikTok": json.dumps(
        {
            "Direct Messages": {
                "Chat History": {
                    "ChatHistory": {
                        f"Chat History with guest {first}:": [
                            {"Date": plain(at + later), "From": who, "Content": ""}
                            for at in TIMES[first::4]
                            for who, later in ((f"guest {first}", timedelta(0)), ("shop", ANSWER))
                        ]
                        for first in range(4)
                    }
                }
            }
        }
    ),
    "Telegram": json.dumps(
        {
            "chats": {
                "list": [
                    {
                        "id": first,
                        "messages": [
                            {"type": "message", "date": (at + later).isoformat(), "from": who}
                            for at in TIMES[first::4]
                            for who, later in ((f"guest {first}", timedelta(0)), ("Shop", ANSWER))
                        ],
                    }
                    for first in range(4)
                ]
            }
        }
    ),
}
"""Exports with the company's own answers in rows of their own."""

BESIDE = {
    "Freshdesk": table(
        ["Ticket ID", "Created time", "Due by Time", "Resolved time", "Initial response time"],
        lambda n, at: [[n, plain(at), plain(LAST), plain(LAST), plain(at + ANSWER)]],
    ),
    "Zendesk Explore": table(
        ["Ticket ID", "Ticket created - Timestamp", "Ticket first reply - Timestamp"],
        lambda n, at: [[n, plain(at).replace(" ", "T"), plain(at + ANSWER).replace(" ", "T")]],
    ),
    "Trustpilot": table(
        ["Review Id", "Review Created (UTC)", "Company Reply Date (UTC)"],
        lambda n, at: [[n, plain(at), plain(at + ANSWER)]],
    ),
    "Google reviews": json.dumps(
        {
            "reviews": [
                {
                    "name": f"accounts/1/reviews/{n}",
                    "createTime": at.isoformat().replace("+00:00", ".123456Z"),
                    "updateTime": LAST.isoformat(),
                    "reviewReply": {"updateTime": (at + ANSWER).isoformat()},
                }
                for n, at in enumerate(TIMES)
            ]
        }
    ),
}
"""Exports with the time of the answer beside that of the message."""


def read(folder: Path, content: str | bytes) -> Inbox:
    """What an export says, on the clock of Lyon; its times are those of UTC."""
    path = folder / "export"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return inbox(read_log(path), ZoneInfo("Europe/Paris"), ZoneInfo("UTC"), Week(()))


def hours_of(times: Sequence[datetime]) -> list[int]:
    """Messages in each hour of the week in Paris."""
    counts = [0] * 168
    for at in times:
        local = at.astimezone(ZoneInfo("Europe/Paris"))
        counts[24 * local.weekday() + local.hour] += 1
    return counts


@pytest.mark.parametrize("tool", TICKETS)
def test_messages_that_came_in(tmp_path: Path, tool: str) -> None:
    """All count, in the hours in which they came and not those of what happened later."""
    result = read(tmp_path, TICKETS[tool])
    assert list(result.counts) == hours_of(TIMES)
    assert (result.tally.unreadable, result.tally.own, result.answers) == (0, 0, None)
    assert not any("would do too" in note for note in result.notes)


@pytest.mark.parametrize("tool", BOTH)
def test_answers_in_rows_of_their_own(tmp_path: Path, tool: str) -> None:
    """They are left out, counted, and say that each took 20 minutes."""
    result = read(tmp_path, BOTH[tool])
    assert list(result.counts) == hours_of(TIMES)
    assert result.tally.own == 40
    assert result.answers is not None
    assert (result.answers.asked, list(result.answers.waits)) == (40, [20.0] * 40)


@pytest.mark.parametrize("tool", BESIDE)
def test_answers_beside_the_message(tmp_path: Path, tool: str) -> None:
    """Each row is one message, answered after 20 minutes."""
    result = read(tmp_path, BESIDE[tool])
    assert list(result.counts) == hours_of(TIMES)
    assert result.answers is not None
    assert (result.answers.asked, list(result.answers.waits)) == (40, [20.0] * 40)
    assert result.answers.in_rows


@pytest.mark.parametrize(
    ("title", "hour"),
    [
        ("Created (UTC)", 9),
        ("created_at_utc", 9),
        ("Time(GMT)", 9),
        ("Date (GMT+2)", 7),
        ("Timestamp (EST)", 14),
        ("Date (America/New_York)", 14),
        ("Date (CET)", 8),
        ("chat creation date Europe/London", 9),
        ("Date", 8),
        ("Date (Eastern)", 8),
    ],
)
def test_zones_in_titles(tmp_path: Path, title: str, hour: int) -> None:
    """8:10 on the clock that the title names, in the week of 4 March, on that of Paris.

    New York is six hours behind; from 10 to 30 March, when only it has summer time, five.
    """
    path = tmp_path / "log.csv"
    days = "".join(f"{n},2024-03-0{day} 08:1{n}\n" for day in range(4, 10) for n in range(3))
    path.write_text(f"id,{title}\n{days}", "utf-8")
    result = inbox(read_log(path), ZoneInfo("Europe/Paris"), None, Week(()))
    assert [number for number, count in enumerate(result.counts[:24]) if count] == [hour]
    told = any("as the title of their column says" in note for note in result.notes)
    assert told == (title not in {"Date", "Date (Eastern)"})
    asked = inbox(read_log(path), ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Tokyo"), Week(()))
    assert asked.counts[0] == 3  # 8:10 in Tokyo is 0:10 in Paris


def test_who_wrote_but_not_for_whom(tmp_path: Path) -> None:
    """A chat of two names: which of them is the company is asked, not guessed."""
    names = ("Ana", "Boutique Éléa", "Boutique Éléa")
    messages = [
        {"sender_name": meta(name), "timestamp_ms": 1000 * seconds(at)}
        for at in TIMES
        for name in names
    ]
    result = read(tmp_path, json.dumps({"messages": messages}))
    assert result.messages == 120
    assert any("--where 'sender_name!=Boutique Éléa'" in note for note in result.notes)


def test_whose_conversations_they_are(tmp_path: Path) -> None:
    """Who takes part in all of three is the company; not in all of two, nor where two do."""

    def chats(count: int, *more: str) -> str:
        rows = [
            {"conversation_id": n, "from": who, "date": at.isoformat()}
            for n in range(count)
            for at in TIMES[:10]
            for who in (f"guest {n}", "shop", *more)
        ]
        return json.dumps(rows)

    assert read(tmp_path, chats(3)).tally.own == 30
    assert read(tmp_path, chats(2)).tally.own == 0
    assert read(tmp_path, chats(3, "bot of the shop")).tally.own == 0


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body><p>Hello</p></body></html>", "is a page in which no time"),
        ("<?xml version='1.0'?><feed><entry when='today'/></feed>", "is a page in which no time"),
        ("<html><!--" + "x" * (5 << 20), "a tag that is never closed"),
        ("<html><a title='" + "x" * (5 << 20), "a tag that is never closed"),
        ("<html><![nonsense[x]]>", "a tag that is never closed"),
        ("<!DOCTYPE html><html>" + "<div>" * 200_000, "is a page in which no time"),
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
            "is a page in which no time",
        ),
    ],
)
def test_pages_that_are_no_chats(tmp_path: Path, page: str, reason: str) -> None:
    """They are refused in words, whatever their tags, and entities are never multiplied."""
    with pytest.raises(ScenarioError, match=reason):
        read(tmp_path, page)
