"""Blocks of rows that are counted at once say what reading them row by row says."""

import csv
import io
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cmsource.inbox import single_log, text_lines
from cmsource.inbox.direction import Direction
from cmsource.inbox.log import read_log
from cmsource.inbox.selection import EVERY_ROW, Selection
from cmsource.inbox.tally import Tally
from cmsource.values.diagnostics import ScenarioError

pytest.importorskip("numpy")

FORMS: dict[str, Callable[[datetime], str]] = {
    "iso": lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    "minutes": lambda at: f"{at:%Y-%m-%d %H:%M}",
    "zulu": lambda at: f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06}Z",
    "offset": lambda at: f"{at:%Y-%m-%dT%H:%M:%S}+01:00",
    "a strange offset": lambda at: f"{at:%Y-%m-%dT%H:%M:%S}+05:53",
    "day first": lambda at: f"{at:%d/%m/%Y %H:%M}",
    "month first": lambda at: f"{at:%m/%d/%Y %H:%M:%S}",
    "bare": lambda at: f"{at.month}/{at.day}/{at.year} {at.hour}:{at.minute:02}",
    "spaced": lambda at: f"{at:%d/%m/%Y} {at.hour:>2}:{at:%M}",
    "half days": lambda at: f"{at:%m/%d/%y %I:%M %p}",
    "bare half days": lambda at: f"{at.month}/{at.day}/{at:%Y} {at.hour % 12 or 12}:{at:%M %p}",
    "twitter": lambda at: f"{at:%a %b %d %H:%M:%S +0000 %Y}",
    "words": lambda at: f"{at:%d %B %Y, %H:%M}",
    "dots": lambda at: f"{at:%d.%m.%Y %H:%M}",
    "seconds": lambda at: str(int(at.timestamp())),
    "thousandths": lambda at: str(int(at.timestamp() * 1000)),
    "digits": lambda at: f"{at:%Y%m%d%H%M%S}",
    "apache": lambda at: f"{at:%d/%b/%Y:%H:%M:%S +0000}",
    "days": lambda at: f"{at:%Y-%m-%d}",
}
"""How times are written; the last ones only row by row."""
QUICK = [name for name in FORMS if name not in {"digits", "apache", "days", "a strange offset"}]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few lines, so that rows are cut wherever a chunk may end."""
    monkeypatch.setattr(text_lines, "CHUNK", 700)


@pytest.fixture
def counted_at_once(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Which blocks were counted at once, one after the other."""
    found: list[bool] = []
    original = single_log.SingleLog.at_once

    def at_once(*arguments: object) -> bool:
        found.append(original(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(single_log.SingleLog, "at_once", at_once)
    return found


def moments(chance: random.Random, count: int, *, in_order: bool = True) -> list[datetime]:
    """Times within half a year, both winter and summer."""
    start = datetime(2023, 11, 20, tzinfo=UTC)
    found = [
        start + timedelta(seconds=chance.randrange(180 * 86400), microseconds=chance.randrange(10))
        for _ in range(count)
    ]
    return sorted(found) if in_order else found


def rows(
    chance: random.Random, form: Callable[[datetime], str], *, in_order: bool = True
) -> list[list[str]]:
    """Some hundred messages with texts as people write them, and sides."""
    texts = (
        "where is my parcel",
        "two\nlines",
        'a "quoted" word',
        "commas, and; semicolons",
        "déjà vu",
        "",
        " spaces ",
        "#1 at 10:15",
    )
    return [
        [str(number), chance.choice(("in", "in", "out")), form(at), chance.choice(texts)]
        for number, at in enumerate(moments(chance, 500, in_order=in_order))
    ]


def written(lines: list[list[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """A CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerows(lines)
    return out.getvalue()


def said(path: Path, selection: Selection = EVERY_ROW) -> object:
    """All that is read of a log, or why it is none."""
    try:
        tally = read_log(path, selection=selection)
    except ScenarioError as error:
        return [str(found) for found in error.diagnostics]
    return plain(tally)


def plain(tally: Tally) -> object:
    """A tally as values that can be compared."""
    return tally._replace(instants=None, local=None), [*tally.instants], [*tally.local]  # type: ignore[arg-type]


def row_by_row(path: Path, monkeypatch: pytest.MonkeyPatch, selection: Selection) -> object:
    """The same, without numpy."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "cmsource.inbox.quick_counts", None)
        return said(path, selection)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("direction", [Direction.ALL, Direction.IN])
def test_forms_of_times(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    counted_at_once: list[bool],
    form: str,
    in_order: bool,
    direction: Direction,
) -> None:
    """Every form gives the same counts, notes and lines; large logs use most of them at once."""
    chance = random.Random(form)
    path = tmp_path / "log.csv"
    selection = Selection(direction=direction)
    lines = rows(chance, FORMS[form], in_order=in_order)
    for delimiter, quoting in ((",", csv.QUOTE_MINIMAL), (";", csv.QUOTE_ALL)):
        counted_at_once.clear()
        path.write_text(
            written([["id", "direction", "date", "text"], *lines], delimiter, quoting), "utf-8"
        )
        found = said(path, selection)
        assert found == row_by_row(path, monkeypatch, selection)
        assert isinstance(found, tuple)
        assert found[0].rows == 500
        if form in QUICK:
            assert counted_at_once.count(True) > 0.9 * len(counted_at_once) > 5


def oddities(chance: random.Random) -> Iterator[str]:
    """A log of some hundred lines, of which some are wrong in each of the ways that there are."""
    form = FORMS[chance.choice(list(FORMS))]
    other = FORMS[chance.choice(list(FORMS))]
    delimiter = chance.choice((",", ";", "\t"))
    wrong = chance.choice((0.0, 0.002, 0.05))
    yield delimiter.join(("id", "direction", "date", "text")) + "\n"
    for line in rows(chance, form, in_order=chance.random() < 0.7):
        if chance.random() >= wrong:
            quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
            yield written([line], delimiter, quoting)
            continue
        number, side, date, text = line
        yield delimiter.join(
            chance.choice(
                (
                    [number, side, "", text],
                    [number, side, "soon", "a"],
                    [number, side],
                    [],
                    ["   "],
                    [number, side, f" {date}", "b"],
                    [number, side, f"{date} ", "b"],
                    [number, side, f' "{date}"', "b"],
                    [number, f'"{side}"', f'"{date}"x', "b"],
                    [number, side, date, 'an inch is 1"'],
                    [number, side, date, '"never closed'],
                    [number, side, date, '"closed" and on'],
                    [number, side, date, "x" * chance.choice((900, 140_000))],
                    [number, side, other(datetime(2024, 3, 5, 14, 22, tzinfo=UTC)), "c"],
                    [number, side, "31/12/2150 10:00", "c"],
                    [number, side, "2024-02-30 10:00:00", "c"],
                    [number, side, "2024-02-20 24:61:00", "c"],
                    [number, side, date, "d", "e", "f"],
                    [number, side, date, "\x00"],
                    [number, side, date, "\udcff"],
                )
            )
        ) + chance.choice(("\n", "\r\n", "\n\n"))


def try_oddities(folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int, cases: int) -> None:
    """Hold both ways against each other on logs from a seed."""
    path = folder / "log.csv"
    for case in range(cases):
        chance = random.Random(f"{seed} {case}")
        text = "".join(oddities(chance))
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        selection = Selection(direction=chance.choice((Direction.ALL, Direction.IN, None)))
        found, expected = said(path, selection), row_by_row(path, monkeypatch, selection)
        assert found == expected, f"seed {seed}, case {case}"


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("seed", "cases"), [(0, 12), *(pytest.param(n, 100, marks=pytest.mark.slow) for n in (1, 2))]
)
def test_fuzz_files_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, cases: int, fuzz: int
) -> None:
    """Whatever is wrong with some lines, both ways say the same of all of them."""
    try_oddities(tmp_path, monkeypatch, seed, cases * (fuzz if cases == 100 else 1))


@pytest.mark.usefixtures("small_chunks")
def test_blocks_without_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long time of empty lines, and a row longer than several blocks, are nothing special."""
    path = tmp_path / "log.csv"
    lines = rows(random.Random(1), FORMS["iso"])
    text = written([["id", "direction", "date", "text"], *lines[:300]])
    long = [["x", "in", lines[300][2], "two\nlines " * 500]]
    path.write_text(text + "\n" * 3000 + written([*long, *lines[301:]]), "utf-8")
    for direction in (Direction.IN, Direction.ALL):
        selection = Selection(direction=direction)
        found = said(path, selection)
        assert found == row_by_row(path, monkeypatch, selection)
        assert isinstance(found, tuple)
        assert found[0].rows == 500


def test_without_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: logs are read without it, and those of one chunk never ask for it."""
    path = tmp_path / "log.csv"
    path.write_text(written([["date"], *([f"2024-03-05 {n % 24}:10"] for n in range(300))]))
    monkeypatch.setitem(sys.modules, "cmsource.inbox.quick_counts", None)
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert read_log(path).rows == 300
    monkeypatch.setattr(text_lines, "CHUNK", 700)
    assert read_log(path).rows == 300
