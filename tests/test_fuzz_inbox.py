"""No file that `inbox` is given breaks it: exports of every tool with accidents in their bytes.

Each case is made from a seed, so that every run has the same ones.
"""

import gzip
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import cmsource
from cmsource.reports.inbox import InboxReport
from cmsource.values.diagnostics import ScenarioError
from cmsource.writers.formats import written
from cmsource.writers.page import Page
from readings import render
from test_fuzz_files import FORMS, every, seeds
from test_hostile_texts import assert_harmless
from test_inbox_exports import ANSWER, BESIDE, BOTH, TICKETS, TIMES
from test_inbox_formats import workbook, zipped

SECONDS = 10
"""No case takes more of the processor: a hang, not a budget."""


def mails() -> str:
    """A mailbox."""
    return "".join(
        f"From - {at:%a %b %d %H:%M:%S %Y}\nDate: {at:%a, %d %b %Y %H:%M:%S +0000}\n"
        f"From: =?utf-8?b?w4lsw6lh?= <a{n}@example.org>\nSubject: Colis\n\nWhere?\n\n"
        for n, at in enumerate(TIMES)
    )


def chat() -> str:
    """A chat as WhatsApp exports it."""
    return "".join(
        f"[{at + later:%d/%m/%Y, %H:%M:%S}] {who}: hello\nmore\n"
        for at in TIMES
        for who, later in (("Ana", timedelta(0)), ("Shop", ANSWER))
    )


def requests() -> str:
    """The log of a web server."""
    return "".join(
        f'203.0.113.7 - - [{at:%d/%b/%Y:%H:%M:%S +0000}] "GET /contact HTTP/1.1" 200 12\n'
        for at in TIMES
    )


def fields() -> str:
    """The log of a web server as the W3C has it."""
    head = "#Software: IIS\n#Date: 2024-03-04 00:00:00\n#Fields: date time cs-uri-stem c-ip\n"
    return head + "".join(f'{at:%Y-%m-%d %H:%M:%S} "/con ""tact" 203.0.113.7\n' for at in TIMES)


def undated() -> str:
    """The same where only the head says the day."""
    head = "#Version: 1.0\n#Date: 2024-03-04 00:00:00\n#Fields: time\tc-ip\n"
    return head + "".join(f"{at:%H:%M:%S}\t203.0.113.7\n" for at in TIMES)


def system_log() -> str:
    """A system log in three forms."""
    return "".join(
        f"<34>1 {at:%Y-%m-%dT%H:%M:%SZ} host app 1 - - hello\n"
        f"{at:%Y-%m-%dT%H:%M:%S+01:00} host app[1]: hello\n"
        f"<34>{at:%b} {at.day:2} {at:%Y %H:%M:%S} host app: hello\n"
        for at in TIMES
    )


FILES = [
    *(
        text.encode() if isinstance(text, str) else text
        for group in (TICKETS, BOTH, BESIDE)
        for text in group.values()
    ),
    *(text.encode() for text in (mails(), chat(), requests(), fields(), undated(), system_log())),
]
PIECES = (
    *(b"\0", b'"', b"'", b"\n", b"\r", b",", b";", b"\t", b"{", b"}", b"[", b"]", b"<", b">", b"&"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", "\u202e".encode(), b"\x1b[31m"),
    *(b"99999999999999999999", b"-1", b"1e400", b"NaN", b"null", b"2024-02-30 25:61", b"<!--"),
    *(b'"' * 500, b"[" * 3000, b'{"a":' * 300, b"<div>" * 300, b"9" * 5000, b"x" * 150_000),
    *(b"&lol;" * 50, b"<![CDATA[", b"sep=|\n", b"From x\n", b"PK\x03\x04", b"\x1f\x8b"),
)


def broken(rng: random.Random, data: bytes) -> bytes:
    """A file with a few accidents."""
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        size = rng.choice((0, 0, 1, 40, end - at))
        accident = rng.randrange(5)
        if accident == 0:
            data = data[:at] + rng.choice(PIECES) + data[at + size :]
        elif accident == 1:
            data = data[:at] + rng.randbytes(rng.randint(1, 4)) + data[at + size :]
        elif accident == 2:
            data = data[:at] + data[at + size :]
        elif accident == 3:
            data = data[:end] + data[at : at + 3000] + data[end:]
        else:
            data = data[: max(1, end)]
    return data


PACKED: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data,
    lambda data: data,
    lambda data: data,
    lambda data: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data: data.decode("utf-8", "replace").encode("utf-16-be"),
    lambda data: data.decode("utf-8", "replace").encode("latin-1", "replace"),
    gzip.compress,
    lambda data: zipped({"a.csv": data, "b.json": data[: len(data) // 2]}),
    lambda data: zipped({"log.txt": gzip.compress(data)}),
)


def assert_told(path: Path, rng: random.Random, case: object) -> bool:
    """A file is read and can be shown, or refused in words; whether it was read."""
    start = time.process_time()
    try:
        found = cmsource.read_inbox(path, timezone="Europe/Paris")
    except ScenarioError as error:
        [diagnostic] = error.diagnostics
        assert diagnostic.code in ("E101", "E115"), case
        assert_harmless(render(tuple(error.diagnostics), width=60))
        return False
    finally:
        assert time.process_time() - start < SECONDS, case
    assert_harmless(written(InboxReport(found), rng.choice(FORMS), Page()))
    assert sum(found.counts) == found.messages, case
    return True


@pytest.mark.parametrize("seed", seeds(3))
def test_exports_with_accidents(tmp_path: Path, fuzz: int, seed: int) -> None:
    """Each is read or refused, in time; some of both."""
    path = tmp_path / "export"
    read = tried = 0
    for rng in every(seed, 900, fuzz):
        tried += 1
        data = broken(rng, rng.choice(FILES))
        data = rng.choice(PACKED)(data)
        if rng.random() < 0.15:
            data = broken(rng, data)
        path.write_bytes(data)
        read += assert_told(path, rng, (seed, tried))
    assert tried / 10 < read < tried


@pytest.mark.parametrize("seed", seeds(1))
def test_workbooks_with_accidents(tmp_path: Path, fuzz: int, seed: int) -> None:
    """A workbook of which some bytes are others is read or refused."""
    pytest.importorskip("openpyxl")
    whole = workbook(
        [["id", "sent"], *([n, at.replace(tzinfo=None)] for n, at in enumerate(TIMES))]
    )
    path = tmp_path / "log.xlsx"
    for rng in every(seed, 400, fuzz):
        path.write_bytes(broken(rng, whole))
        assert_told(path, rng, seed)
