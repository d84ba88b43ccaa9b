"""Exports with a conversation a file, and what stands in exports beside messages.

Made up: 40 messages, one every five hours, each answered 20 minutes later.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cmsource.inbox.log import read_log
from cmsource.inbox.tally import Tally
from test_inbox_exports import ANSWER, LAST, TIMES, hours_of, plain, read, seconds
from test_inbox_formats import zipped

SHOP = "Boutique Éléa"
GUESTS = range(4)


def talk(guest: int) -> list[tuple[datetime, str]]:
    """Who wrote when in the conversation with a guest."""
    both = ((f"Zoé {guest}", timedelta(0)), (SHOP, ANSWER))
    return [(at + later, name) for at in TIMES[guest::4] for name, later in both]


def chat(guest: int) -> str:
    """As WhatsApp exports it in Québec."""
    lines = [f"{at:%Y-%m-%d %H h %M} - {name}: Allo\nà {at:%H:%M}" for at, name in talk(guest)]
    return "\n".join([f"{TIMES[0]:%Y-%m-%d %H h %M} - Les messages sont chiffrés.", *lines])


def page(guest: int) -> str:
    """As the downloads of Meta have it."""
    blocks = [
        f'<div class="pam"><h2 class="_3-95 _2pim _a6-h _a6-i">{name}</h2><div class="_a6-p">Allo '
        f'<ul class="_a6-q"><li><span>👍Ana<span> ({at:%b %d, %Y %I:%M %p})</span></span></li></ul>'
        f'</div><div class="_3-94 _a6-o"><div class="_a72d">{at:%b %d, %Y %I:%M:%S %p}</div></div>'
        "</div>"
        for at, name in talk(guest)[::-1]
    ]
    head = f'<h2 class="_2pim _a6-h _a6-i">Participants: Zoé {guest} and {SHOP}</h2>'
    return f"<html><body>{head}{''.join(blocks)}</body></html>"


def older_page(guest: int) -> str:
    """The same, before 2022."""
    text = page(guest).replace("_3-95 _2pim _a6-h _a6-i", "_3-96 _2pio _2lek _2lel")
    return text.replace("_3-94 _a6-o", "_3-94 _2lem")


def sealed(guest: int) -> str:
    """As Messenger has conversations that are encrypted."""
    messages = [
        {
            "senderName": name,
            "timestamp": 1000 * seconds(at),
            "reactions": [{"actor": SHOP, "reaction": "👍", "timestamp": 1000 * seconds(LAST)}] * 3,
        }
        for at, name in talk(guest)
    ]
    return json.dumps({"participants": [SHOP], "threadName": f"{guest}", "messages": messages})


KINDS: dict[str, Callable[[int], str]] = {
    "message_1.html": page,
    "message_2.html": older_page,
    "chat.txt": chat,
    "thread.json": sealed,
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("folder", ["", "messages/inbox/zoe_"])
def test_a_conversation_a_file(tmp_path: Path, name: str, folder: str) -> None:
    """Who alone takes part in all of them is the company, which is said."""
    content = {f"{folder}{guest}/{name}": KINDS[name](guest) for guest in GUESTS}
    result = read(tmp_path, zipped(dict(content)))
    assert list(result.counts) == hours_of(TIMES)
    assert (result.tally.own, result.tally.unreadable) == (40, 0)
    assert result.answers is not None
    assert (result.answers.asked, list(result.answers.waits)) == (40, [20.0] * 40)
    [said] = [note for note in result.notes if "taken for the company" in note]
    assert "40 rows are of Boutique Éléa" in said
    assert "--direction all" in said


def in_files(folder: Path, count: int, content: Callable[[int], str]) -> Tally:
    """The log of some files."""
    paths = [folder / f"{number}.log" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(content(number), "utf-8")
    return read_log(*paths)


def test_conversations_in_files_of_their_own(tmp_path: Path) -> None:
    """They are read as those of an archive are; two do not tell whose they are."""
    assert in_files(tmp_path, 4, chat).own == 40
    assert in_files(tmp_path, 2, chat).own == 0


def test_files_that_are_no_conversations(tmp_path: Path) -> None:
    """Who writes in each month of a group is not the company for that; it is asked."""

    def group(number: int) -> str:
        names = ("Ana", f"Zoé {number}", f"Max {number}", "Ana")
        return "\n".join(f"{TIMES[number]:%d.%m.%Y, %H:%M} - {name}: Allo" for name in names)

    tally = in_files(tmp_path, 5, group)
    assert (tally.own, tally.local.total) == (0, 20)
    [said] = [note for note in tally.notes if "who wrote" in note]
    assert "--where 'author!=…'" in said


def test_what_many_files_have_in_common(tmp_path: Path) -> None:
    """It is said once, and of how many."""

    def table(number: int) -> str:
        more = ",sent_at" if number else ""
        cell = ",2024-03-05 10:00" if number else ""
        return f"created_at{more}\n13/03/2024 10:0{number}{cell}\n"

    notes = in_files(tmp_path, 5, table).notes
    assert "dates were read with the day first" in notes
    assert any(
        note.startswith("in 4 of 5 files: the times are those of `created_at`; `sent_at` would")
        for note in notes
    )


def test_replies_that_are_named_again(tmp_path: Path) -> None:
    """A thread of Slack lists its replies, which are messages of other days."""
    messages = [
        {
            "type": "message",
            "user": f"U{number}",
            "ts": f"{seconds(at)}.000100",
            "thread_ts": f"{seconds(at)}.000100",
            "text": "Hello",
            "replies": [{"user": "U9", "ts": f"{seconds(LAST)}.000200"}] * 5,
            "reactions": [{"name": "wave", "users": ["U9"], "count": 1}],
        }
        for number, at in enumerate(TIMES)
    ]
    days = {f"support/2024-03-0{day}.json": json.dumps(messages[day::9]) for day in range(9)}
    result = read(tmp_path, zipped({"users.json": "[]", **days}))
    assert list(result.counts) == hours_of(TIMES)
    assert not any("would do too" in note for note in result.notes)


def test_reactions_are_no_messages(tmp_path: Path) -> None:
    """Telegram says when somebody reacted, of more people than wrote."""
    recent = [{"from": "Ana", "from_id": "user1", "date": LAST.isoformat()}] * 3
    messages = [
        {"type": "message", "date": at.isoformat(), "reactions": [{"count": 3, "recent": recent}]}
        for at in TIMES
    ]
    result = read(tmp_path, json.dumps({"name": "Shop", "messages": messages}))
    assert list(result.counts) == hours_of(TIMES)


def test_conversations_of_one_message(tmp_path: Path) -> None:
    """The message counts, and not when its conversation was changed, as in the API of Meta."""
    threads = [
        {
            "id": f"t_{number}",
            "updated_time": LAST.isoformat(),
            "messages": {"data": [{"id": f"m_{number}", "created_time": at.isoformat()}]},
        }
        for number, at in enumerate(TIMES)
    ]
    result = read(tmp_path, json.dumps({"data": threads}))
    assert (result.tally.column, list(result.counts)) == ("created_time", hours_of(TIMES))


def posts(count: int) -> str:
    """The posts of an account of X."""
    tweets = [
        {"tweet": {"id": str(number), "created_at": f"{at:%a %b %d %H:%M:%S} +0000 {at.year}"}}
        for number, at in enumerate(TIMES[:count])
    ]
    return f"window.YTD.tweets.part0 = {json.dumps(tweets)}"


def direct() -> str:
    """Messages to it and from it."""
    conversations = []
    for guest in GUESTS:
        messages: list[object] = [
            {"messageCreate": {"senderId": name, "createdAt": plain(at) + "Z", "id": plain(at)}}
            for at, name in talk(guest)
        ]
        joined = {"participantsJoin": {"userIds": [], "createdAt": plain(LAST) + "Z"}}
        content = {"conversationId": f"1-{guest}", "messages": [joined, *messages]}
        conversations.append({"dmConversation": content})
    return f"window.YTD.direct_messages.part0 = {json.dumps(conversations)}"


def test_messages_to_an_account_of_x(tmp_path: Path) -> None:
    """They are read, and not what the account has posted, where there are any."""
    archive: dict[str, str | bytes] = {
        "data/tweets.js": posts(30),
        "data/direct-messages.js": direct(),
    }
    result = read(tmp_path, zipped(archive))
    assert list(result.counts) == hours_of(TIMES)
    assert (result.tally.own, result.tally.unreadable) == (40, 0)
    archive["data/direct-messages.js"] = "window.YTD.direct_messages.part0 = [ ]"
    result = read(tmp_path, zipped(archive))
    assert list(result.counts) == hours_of(TIMES[:30])
    assert any("posts of the account itself" in note for note in result.notes)


def test_mails_of_gmail(tmp_path: Path) -> None:
    """Labels say what was sent, threads what it answers; a text may begin with From."""
    mails = []
    for number, at in enumerate(TIMES):
        for label, moment, name in (
            ("Inbox,Important", at, f"Zoé {number} <zoe{number}@example.org>"),
            ("=?UTF-8?Q?Messages_envoy=C3=A9s?=", at + ANSWER, f"{SHOP} <us@example.com>"),
        ):
            mails.append(
                f"From {number}@xxx {moment:%a %b %d %H:%M:%S} +0000 {moment.year}\n"
                f"X-GM-THRID: {number}\nX-Gmail-Labels: {label}\n"
                f"Date: {moment:%a, %d %b %Y %H:%M:%S} +0000\nFrom: {name}\n\n"
                "Hello\n\nFrom what I see\nDate: Mon, 1 Jan 2001 10:00:00 +0000\n\nFrom: me\n\n"
            )
    result = read(tmp_path, "".join(mails))
    assert list(result.counts) == hours_of(TIMES)
    assert (result.tally.own, result.tally.unreadable) == (40, 0)
    assert result.answers is not None
    assert (result.answers.asked, list(result.answers.waits)) == (40, [20.0] * 40)


@pytest.mark.parametrize("form", ["%d/%m/%Y %H:%M", "%d-%b-%y %I:%M %p"])
def test_discord_as_text(tmp_path: Path, form: str) -> None:
    """Who writes stands behind the time, and the text on lines of its own."""
    lines = "\n\n".join(f"[{at.strftime(form)}] a{n}\nHello: you" for n, at in enumerate(TIMES))
    rule = "=" * 62
    head = f"{rule}\nGuild: Shop\nChannel: Text / support\n{rule}\n\n"
    assert list(read(tmp_path, head + lines).counts) == hours_of(TIMES)


def test_servers_of_several_sites(tmp_path: Path) -> None:
    """Each request says the site first."""
    lines = [f'shop.fr:443 1.2.3.4 - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "GET /"' for at in TIMES]
    assert list(read(tmp_path, "\n".join(lines)).counts) == hours_of(TIMES)
