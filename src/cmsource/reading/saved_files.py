"""Saved results: the file of a baseline, of one side of a `diff`, of a part of a sharded run.

An archive holds comparisons (``cmsource/comparison/1``: one object, an array, or one a line) or the
rows of a batch (``cmsource/batch/1``, or ``cmsource/row/1`` one a line). What this tool writes has
one scenario a line, and of such a file only the names stay in memory.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, NamedTuple, NoReturn

import simplejson
from pydantic import ValidationError

from cmsource.reading.here import located
from cmsource.reading.saved_comparison import comparison_of
from cmsource.reading.saved_rows import Header, header_of, place_of, row_of
from cmsource.reading.saved_values import parsed, problems
from cmsource.results.comparison import FORMAT as COMPARISON
from cmsource.results.comparison import Comparison
from cmsource.results.rows import BATCH, ROW, Row
from cmsource.values.diagnostics import CODES, Diagnostic, Place, ScenarioError
from cmsource.values.language import said_by, say
from cmsource.values.money import format_shortest
from cmsource.values.system_errors import reason_of
from cmsource.values.text import json_escaped, shown

_BLANKS = str.maketrans("\t\r", "  ")
"""Blanks that JSON may have between its values, where it is passed on as it was written."""
COMPARISON_KEY = ', "comparison": '
"""What stands before the comparison in the line of a row; no text can hold these quotes."""
MOST_AT_ONCE = 1 << 24
"""Bytes of a line, or of a file that does not have a scenario a line."""
MOST_VALUES = 1_000_000
"""Values in as much; each may take a hundred times the room in memory that it takes in a file."""
MOST_ROWS = 100_000
"""Scenarios of a file."""

_BATCH_HEAD = f'{{"format": "{BATCH}"'.encode()
_ROW_HEAD = f'{{"format": "{ROW}"'.encode()
_LONGEST_HEAD = 200


class _Item(NamedTuple):
    """Where one scenario is: a piece of the file, or data that had to be read whole."""

    file: str
    name: str
    was: str
    start: int = 0
    length: int = 0
    data: object = None


class Archive:
    """The results in a file.

    Args:
        path: the file.
        name: the name under which it is shown; the path when empty.

    Attributes:
        name: the name under which it is shown.
        files: the file of every scenario, in order.
        names: the name of every scenario, in order.
        earlier: the file that each was compared with, as its run found it; its own where none.
        header: what the file says besides its rows, when it is of a batch.
        is_batch: whether it is a whole ``cmsource/batch/1`` file.
        is_alone: whether it is the result of one scenario by itself, and of no run of several.
        is_part: whether it is one part of a sharded run.

    Raises:
        ScenarioError: the file cannot be read, or is in no format that this version knows.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self._path = path
        self.name = name or str(path)
        self.header = Header()
        self.is_batch = False
        try:
            kind = path.stat().st_mode
            if S_ISDIR(kind):
                self._refuse(
                    say("{file} is a folder", file=shown(self.name)),
                    say("name a file of results in it"),
                    "E101",
                )
            if not S_ISREG(kind):
                self._refuse(
                    say("{name} is not a file that can be read to its end", name=shown(self.name)),
                    say("write what it gives to a file first"),
                    "E101",
                )
            with path.open("rb") as stream:
                head = stream.readline(_LONGEST_HEAD).rstrip()
            if head.startswith(_BATCH_HEAD) and head.endswith(b"["):
                self._items = self._index_lines(is_batch=True)
            elif head.startswith(_ROW_HEAD):
                self._items = self._index_lines(is_batch=False)
            else:
                self._items = self._index_whole()
        except (OSError, ValueError) as error:
            if isinstance(error, UnicodeDecodeError):
                self._refuse(say("{name} is not UTF-8 text", name=shown(self.name)), code="E103")
            reason = reason_of(error)
            self._refuse(
                say("{name} cannot be read: {reason}", name=shown(self.name), reason=reason),
                code="E101",
            )
        self.files = [item.file for item in self._items]
        self.names = [item.name for item in self._items]
        self.earlier = [item.was or item.file for item in self._items]
        self.is_alone = len(self._items) == 1 and self._is_comparison(self._items[0])
        self.is_part = self.header.shard is not None

    def __len__(self) -> int:
        return len(self._items)

    @staticmethod
    def _is_comparison(item: _Item) -> bool:
        """Whether it was saved as the result of one scenario, and not as a row of a batch."""
        data: Any = item.data
        return data is not None and data["format"] == COMPARISON

    def is_invalid(self, number: int) -> bool:
        """Whether a scenario was not valid, and so has no result."""
        item = self._items[number]
        data: Any = item.data
        if data is None:
            return _comparison_text(self._line(item)) == "null"
        return data["format"] == ROW and data.get("comparison") is None

    def comparison(self, number: int) -> Comparison | None:
        """One result, or None when its scenario was not valid.

        Raises:
            ScenarioError: it is not of the format that it says it is.
        """
        item = self._items[number]
        data: Any = item.data
        if data is None:
            data = self._parsed(_comparison_text(self._line(item)))
        elif data["format"] == ROW:
            data = data.get("comparison")
        return None if data is None else comparison_of(data, self.name)

    def rows(self) -> Iterator[tuple[Row, str]]:
        """Every row of a batch, and the text of its comparison (``null`` when there is none).

        Raises:
            ScenarioError: a row, or its comparison, is not of the format.
        """
        for number, item in enumerate(self._items):
            where = say("row {number} of ", number=number + 1)
            data: Any = item.data
            if data is None:
                line = self._line(item)
                data, text = self._parsed(line), _comparison_text(line)
            else:
                text = self._dumped(data.get("comparison"))
            result = None
            if data.get("comparison") is not None:
                result = comparison_of(data["comparison"], self.name, where)
            if "NaN" in text or "Infinity" in text:  # under a key that nothing is read from
                self._parsed(text, strict=True)
            with self._told(ROW, where):
                row = row_of(data, result)
            yield row, json_escaped(text.translate(_BLANKS))

    def _dumped(self, data: object) -> str:
        try:
            return simplejson.dumps(data, ensure_ascii=False)
        except (RecursionError, ValueError):  # of keys that nothing is read from
            self._refuse(
                say("{name} has numbers or depths that no result has", name=shown(self.name))
            )

    def _line(self, item: _Item) -> str:
        with located(self._path).open("rb") as stream:
            stream.seek(item.start)
            data = stream.read(item.length)
        # an archive that is written over meanwhile does not go unnoticed
        text = data.decode("utf-8", "replace")
        if not _comparison_text(text):
            self._refuse(say("{name} changed while it was read", name=shown(self.name)))
        return text

    def _refuse(self, message: str, hint: str = "", code: str = "E113") -> NoReturn:
        assert code in CODES
        raise ScenarioError([Diagnostic(code, message, Place(self.name), hint)]) from None

    @contextlib.contextmanager
    def _told(self, form: str, where: str = "") -> Iterator[None]:
        """Turns what pydantic refuses into diagnostics of this file."""
        try:
            yield
        except ValidationError as error:
            raise ScenarioError(problems(error, self.name, form, where)) from None

    def _parsed(self, text: str, where: str = "", *, strict: bool = False) -> Any:  # noqa: ANN401
        try:
            return parsed(text, strict=strict)
        except ValueError as error:
            self._refuse(
                say(
                    "{where}{name} is not JSON: {problem}",
                    where=where,
                    name=shown(self.name),
                    problem=said_by(error),
                )
            )

    def _lines(self) -> Iterator[bytes]:
        """The lines of the file, none longer than what is read at once."""
        with self._path.open("rb") as stream:
            while line := stream.readline(MOST_AT_ONCE + 1):
                self._bounded(line, in_a_line=True)
                yield line

    def _bounded(self, text: bytes, *, in_a_line: bool) -> None:
        """Refuse what would take more memory than any result does, before it is taken."""
        for most, count, message in (
            (
                MOST_AT_ONCE,
                len(text),
                say("{name} has more than {most} bytes in one line of it")
                if in_a_line
                else say("{name} has more than {most} bytes not in lines"),
            ),
            (
                MOST_VALUES,
                sum(map(text.count, (b",", b"[", b"{"))),
                say("{name} has more than {most} values in one line of it")
                if in_a_line
                else say("{name} has more than {most} values not in lines"),
            ),
        ):
            if count > most:
                hint = say(
                    "`cmsource batch --format json` writes a line a scenario, and is read by lines"
                )
                places = {"name": shown(self.name), "most": format_shortest(most)}
                self._refuse(message.with_places(**places), hint, "E102")

    def _index_lines(self, *, is_batch: bool) -> list[_Item]:
        """The rows of a file with one row a line, by where they stand."""
        self.is_batch = is_batch
        items = []
        rest: list[str] = []
        in_rows = True
        start = 0
        for number, data in enumerate(self._lines()):
            line = data.decode("utf-8")
            if is_batch and not (number and in_rows and line.startswith("{")):
                in_rows = in_rows and not line.startswith("]")
                rest.append(line)
            elif line.strip():
                length = len(line.rstrip("\r\n").removesuffix(",").encode())
                items.append(self._item_at(line, start, length, number))
                if len(items) > MOST_ROWS:
                    message = say(
                        "{name} has more than {most} scenarios",
                        name=shown(self.name),
                        most=format_shortest(MOST_ROWS),
                    )
                    self._refuse(
                        message, say("compare parts of them: `cmsource batch --shard`"), "E102"
                    )
            start += len(data)
        if is_batch:
            try:
                about = parsed("".join(rest))
            except ValueError:
                self._refuse(
                    say(
                        "{name} breaks off, or is not of format {batch}",
                        name=shown(self.name),
                        batch=BATCH,
                    )
                )
            with self._told(BATCH):
                self.header = header_of(about)
        return items

    def _item_at(self, line: str, start: int, length: int, number: int) -> _Item:
        head, key, _ = line.partition(COMPARISON_KEY)
        where = say("line {number} of ", number=number + 1)
        data = self._parsed(head + "}", where) if key else None
        if not isinstance(data, dict) or data.get("format") != ROW:
            self._refuse(
                say(
                    "{where}{name} is not of format {row}",
                    where=where,
                    name=shown(self.name),
                    row=ROW,
                )
            )
        with self._told(ROW, where):
            return _Item(*place_of(data), start, length)

    def _index_whole(self) -> list[_Item]:
        """Results that are read whole: one object, an array, or one object a line."""
        with self._path.open("rb") as stream:
            content = stream.read(MOST_AT_ONCE + 1)
        self._bounded(content, in_a_line=False)
        text = content.decode("utf-8-sig")
        try:
            data = parsed(text)
        except ValueError as error:
            lines = [line for line in text.splitlines() if line.strip()]
            try:
                data = [parsed(line) for line in lines]
            except ValueError:
                data = None
            if not data or len(data) < 2:
                self._refuse(
                    say(
                        "{name} is not JSON: {problem}",
                        name=shown(self.name),
                        problem=said_by(error),
                    )
                )
        if isinstance(data, dict) and data.get("format") == BATCH:
            self.is_batch = True
            with self._told(BATCH):
                self.header, data = header_of(data), data.get("scenarios")
            if not isinstance(data, list):
                self._refuse(
                    say("{name} is not of format {batch}", name=shown(self.name), batch=BATCH)
                )
        return [self._item(each) for each in (data if isinstance(data, list) else [data])]

    def _item(self, data: Any) -> _Item:  # noqa: ANN401 - whatever the file holds
        form = data.get("format") if isinstance(data, dict) else None
        if form not in ((ROW,) if self.is_batch else (COMPARISON, ROW)):
            self._refuse(
                say("{name} is in format {form}", name=shown(self.name), form=shown(form))
                if isinstance(form, str)
                else say("{name} is no result of cmsource", name=shown(self.name)),
                say(
                    "this version reads {comparison}, {batch} and {row}: make them with "
                    "`cmsource compare --format json` or `cmsource batch --format json`",
                    comparison=COMPARISON,
                    batch=BATCH,
                    row=ROW,
                ),
            )
        with self._told(str(form)):
            return _Item(*place_of(data, is_row=form == ROW), data=data)


def _comparison_text(line: str) -> str:
    """The comparison at the end of a row's line; "" when there is none."""
    _, key, rest = line.partition(COMPARISON_KEY)
    return rest.removesuffix("}") if key and rest.endswith("}") else ""
