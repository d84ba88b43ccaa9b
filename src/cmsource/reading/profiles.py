"""``profile: {file: profile.csv}``: the 168 weights of an arrival profile from a CSV file.

The weights take the place of the file's name in the tree, so that all that comes after reads, and
``cmsource expand`` prints, a list of 168 numbers.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cmsource.reading.files import Home, NotFollowed, followed, read_file
from cmsource.reading.here import located
from cmsource.reading.records import unknown_key
from cmsource.reading.report import Report
from cmsource.reading.translate import joined
from cmsource.scenario.node import Node
from cmsource.scenario.provenance import Origin
from cmsource.values.diagnostics import did_you_mean
from cmsource.values.language import counted, say
from cmsource.values.money import format_shortest
from cmsource.values.quantity_type import SMALLEST
from cmsource.values.system_errors import reason_of
from cmsource.values.text import shown
from cmsource.values.week import HOURS
from cmsource.values.week_words import hour_name

_PATH = "needs.messages.profile"
_MOST = 1e9
_SHOWN = 5  # problems of one file that are shown
_LONGEST = 1_000  # characters of a line that are read
_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]{1,3})?|[.,][0-9]+")


class _Row(NamedTuple):
    """A row of a profile: its line, its cells and where each begins."""

    line: int
    cells: list[str]


def with_weights(needs: Node, home: Home, report: Report) -> Node:
    """The needs with the weights of a profile in the place of the file that holds them.

    A file that cannot be used is reported, and the needs have no profile then.
    """
    messages, node = needs.get("messages"), needs.get("messages", "profile")
    assert messages is not None and node is not None
    weights = node.replaced(_weights(node, home, report))
    inner = messages.replaced({**dict(messages.entries()), "profile": weights})
    return needs.replaced({**dict(needs.entries()), "messages": inner})


def _weights(node: Node, home: Home, report: Report) -> list[Node] | None:
    """The weights in the file that a map names, or None with a report."""
    for name, child in node.items():
        if name != "file":
            unknown_key(name, child, ["file"], _PATH, report)
    named = node.get("file")
    if named is None:
        if not any(node.items()):
            hint = say("`cmsource inbox LOG.csv --output profile.csv` writes one")
            report.add(
                "E202",
                say("`{path}.file` is missing", path=_PATH),
                node,
                hint,
                joined(_PATH, "file"),
            )
        return None
    file = _followed(named, home, report)
    source = None if file is None else read_file(file, report, named=named)
    if source is None:
        return None
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    report.texts[source.name] = text
    return _File(source.name, text, report).weights()


def _followed(named: Node, home: Home, report: Report) -> Path | None:
    """The path of a named file, confined to the folder tree like that of ``extends``."""
    text = named.value
    if not isinstance(text, str):
        message = say(
            "`{path}.file` takes the name of a CSV file, found {found}",
            path=_PATH,
            found=named.kind(),
        )
        report.add("E203", message, named, path=joined(_PATH, "file"))
        return None
    problem: str
    try:
        path = followed(named, home)
        if located(path).exists():
            return path
        problem, hint = say("{text} does not exist", text=shown(text)), _nearby(path)
    except NotFollowed as error:
        problem, hint = error.problem, error.hint
    except (OSError, ValueError) as error:
        problem, hint = (
            say(
                "{text} is not a path that can be followed: {reason}",
                text=shown(text),
                reason=reason_of(error),
            ),
            "",
        )
    report.add("E114", problem, named, hint, joined(_PATH, "file"))
    return None


def _nearby(path: Path) -> str:
    """A file in the same folder that may be meant."""
    try:
        names = sorted(
            entry.name for entry in located(path.parent).iterdir() if entry.suffix == ".csv"
        )
    except OSError:
        return say("check the path")
    return did_you_mean(path.name, names) or say("`cmsource inbox LOG.csv` writes one")


class _File:
    """Reads the weights of one file, reporting all that is wrong with it."""

    def __init__(self, name: str, text: str, report: Report) -> None:
        self.name = name
        self.report = report
        self.lines = text.split("\n")
        head = next((line for line in self.lines if line.strip()), "")
        self.delimiter = max(",;\t", key=head.count)
        self.rows = list(self.read())
        self.problems = 0

    def read(self) -> Iterator[_Row]:
        """The rows that are not empty."""
        for number, line in enumerate(self.lines, 1):
            if line.strip():
                row = next(csv.reader([line[:_LONGEST]], delimiter=self.delimiter), [])
                yield _Row(number, [cell.strip() for cell in row])

    def add(
        self, row: _Row | None, message: str, hint: str = "", column: int | None = None
    ) -> None:
        """Report a problem of a row, or of one of its cells."""
        self.problems += 1
        if self.problems > _SHOWN:
            return
        line = row.line if row is not None else 1
        at, length = 1, max(1, len(self.lines[line - 1]))
        if row is not None and column is not None and column < len(row.cells):
            cell = row.cells[column]
            before = len(self.delimiter.join(row.cells[:column]))
            start = self.lines[line - 1].find(cell, before)
            if cell and start >= 0:
                at, length = start + 1, len(cell)
        origin = Origin("file", self.name, line, at, length)
        self.report.add("E204", message, origin, hint, _PATH)

    def weights(self) -> list[Node] | None:
        """The weights as nodes with their places, or None when something is wrong."""
        titles = self.titles()
        column = self.weight_column(titles)
        if column is None:
            return None
        rows = self.rows[1:] if titles else self.rows
        found: list[Node] = []
        for position, row in enumerate(rows):
            if not self.in_order(row, position, titles):
                return None
            value = self.number(row, column)
            if value is not None:
                found.append(Node(value, Origin("file", self.name, row.line)))
        if len(rows) != HOURS:
            self.wrong_count(rows)
        elif not self.problems and not any(node.value for node in found):
            self.add(rows[0], say("all weights are zero"), say("at least one hour has messages"))
        if self.problems > _SHOWN:
            self.problems, more = 0, self.problems - _SHOWN
            text = counted(
                more,
                "there is {count} more problem with this file",
                "there are {count} more problems with this file",
            )
            self.add(rows[-1], text)
        return None if self.problems else found

    def titles(self) -> list[str]:
        """The titles of the columns in lower case; none when the first row is one of weights."""
        if not self.rows or any(_NUMBER.fullmatch(cell) for cell in self.rows[0].cells):
            return []
        cells = [cell.lower() for cell in self.rows[0].cells]
        # A first row of one text could as well be a weight that is none: say so, do not skip it.
        return cells if "weight" in cells or len(self.rows) > HOURS else []

    def weight_column(self, titles: list[str]) -> int | None:
        """The column of the weights: the one called so, or the only one there is."""
        if "weight" in titles:
            return titles.index("weight")
        if not self.rows:
            hint = say("`cmsource inbox LOG.csv --output profile.csv` writes one")
            self.add(
                None,
                say(
                    "{file} is empty; it should have {count} rows",
                    file=shown(self.name),
                    count=HOURS,
                ),
                hint,
            )
            return None
        if max(len(row.cells) for row in self.rows) > 1:
            hint = say("write `day,hour,weight` in the first line, or keep the weights alone")
            self.add(self.rows[0], say("no column is called `weight`"), hint)
            return None
        return 0

    def in_order(self, row: _Row, position: int, titles: list[str]) -> bool:
        """Whether a row that names its hour stands where that hour belongs."""
        if "day" not in titles or "hour" not in titles or position >= HOURS:
            return True
        columns = titles.index("day"), titles.index("hour")
        if max(columns) >= len(row.cells):
            return True
        day, hour = (row.cells[column] for column in columns)
        expected = hour_name(position)
        named = f"{day.lower()[:3]} {hour.partition(':')[0].zfill(2)}:00"
        if named != expected:
            self.add(
                row,
                say(
                    "this row is for {found} where {expected} was expected",
                    found=shown(f"{day} {hour}"),
                    expected=expected,
                ),
                say("{count} rows, one an hour, from mon 00:00 to sun 23:00", count=HOURS),
                columns[0],
            )
        return named == expected

    def number(self, row: _Row, column: int) -> float | None:
        """The weight in a row, or None with a report."""
        text = row.cells[column] if column < len(row.cells) else ""
        hint = say("a weight is a number from 0 to {most}", most=format_shortest(_MOST))
        if _NUMBER.fullmatch(text) and ("," not in text or self.delimiter != ","):
            value = float(text.replace(",", "."))
            if value == 0 or SMALLEST <= value <= _MOST:
                return value
            what = (
                say("the weight {text} is too large", text=shown(text))
                if value > _MOST
                else say("the weight {text} is too small", text=shown(text))
            )
            self.add(row, what, hint, column)
        elif text.startswith("-") and _NUMBER.fullmatch(text[1:]):
            self.add(row, say("the weight {text} is negative", text=shown(text)), hint, column)
        else:
            what = (
                say("{text} is not a weight", text=shown(text))
                if text
                else say("this row has no weight")
            )
            self.add(row, what, hint, column)
        return None

    def wrong_count(self, rows: list[_Row]) -> None:
        """Report a number of rows that is not 168, where they stop or go on too long."""
        message = say(
            "{count} rows are needed, one for each hour from Monday 00:00, found {found}",
            count=HOURS,
            found=len(rows),
        )
        if not rows:
            self.add(None, message)
        elif len(rows) < HOURS:
            stops = hour_name(len(rows) - 1)
            self.add(
                rows[-1],
                message,
                say("the last row stands for {stops}; add those to sun 23:00", stops=stops),
            )
        else:
            self.add(rows[HOURS], message, say("nothing follows the row for sun 23:00"))
