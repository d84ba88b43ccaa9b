"""Saved results: the file of a baseline, of one side of a `diff`, of a part of a sharded run.

An archive holds comparisons (``cmsource/comparison/1``: one object, an array, or one a line) or the
rows of a batch (``cmsource/batch/1``, or ``cmsource/row/1`` one a line). What this tool writes has
one scenario a line, and of such a file only the names stay in memory.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import simplejson

from cmsource.results.comparison import Comparison
from cmsource.results.difference import Changed, Difference, Move, OptionChange, ShareChanged
from cmsource.results.rows import Row
from cmsource.values.diagnostics import CODES, Diagnostic, Place, ScenarioError
from cmsource.values.text import shown

COMPARISON = "cmsource/comparison/1"
BATCH = "cmsource/batch/1"
ROW = "cmsource/row/1"
COMPARISON_KEY = ', "comparison": '
"""What stands before the comparison in the line of a row; no text can hold these quotes."""

_BATCH_HEAD = f'{{"format": "{BATCH}"'


class Header(NamedTuple):
    """What a batch says besides its rows.

    Attributes:
        shard: which part it is, and of how many; None for a whole run.
        bases: how many files were left out because others extend them.
        removed: scenarios of the baseline that are no longer there; None without a baseline.
    """

    shard: tuple[int, int] | None = None
    bases: int = 0
    removed: tuple[str, ...] | None = None


class _Item(NamedTuple):
    """Where one scenario is: a piece of the file, or data that had to be read whole."""

    file: str
    name: str
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
        header: what the file says besides its rows, when it is of a batch.
        is_batch: whether it is a whole ``cmsource/batch/1`` file.

    Raises:
        ScenarioError: the file cannot be read, or is in no format that this version knows.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self._path = path
        self.name = name or str(path)
        self.header = Header()
        self.is_batch = False
        try:
            with path.open("rb") as stream:
                head = stream.readline(200).rstrip()
            if head.startswith(_BATCH_HEAD.encode()) and head.endswith(b"["):
                self._items = self._index_batch()
            else:
                self._items = self._index_other()
        except OSError as error:
            self._refuse(
                f"{shown(self.name)} cannot be read: {error.strerror or error}", code="E101"
            )
        except UnicodeDecodeError:
            self._refuse(f"{shown(self.name)} is not UTF-8 text", code="E103")
        except RecursionError:
            self._refuse(f"{shown(self.name)} is nested too deeply to be a result")
        self._by_file = {item.file: number for number, item in reversed([*enumerate(self._items)])}
        self._by_name: dict[str, list[int]] = {}
        for number, item in enumerate(self._items):
            self._by_name.setdefault(item.name, []).append(number)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def files(self) -> list[str]:
        """The file of every scenario, in order."""
        return [item.file for item in self._items]

    @property
    def names(self) -> list[str]:
        """The name of every scenario, in order."""
        return [item.name for item in self._items]

    def find(self, file: str, name: str, taken: "frozenset[str] | set[str]") -> int | None:
        """The number of the scenario of a file, or else of the only one of that name.

        Args:
            file: its file.
            name: its name.
            taken: files that are somebody else's and are not matched by name.
        """
        if file in self._by_file:
            return self._by_file[file]
        same = [n for n in self._by_name.get(name, ()) if self._items[n].file not in taken]
        return same[0] if name and len(same) == 1 else None

    def is_invalid(self, number: int) -> bool:
        """Whether a scenario was not valid, and so has no result."""
        item = self._items[number]
        if item.data is None:
            return _comparison_text(self._line(item)) == "null"
        data: Any = item.data
        return data["format"] == ROW and data.get("comparison") is None

    def comparison(self, number: int) -> Comparison | None:
        """One result, or None when its scenario was not valid.

        Raises:
            ScenarioError: it is not of the format that it says it is.
        """
        from cmsource.reading.saved_comparison import read_comparison

        item = self._items[number]
        if item.data is not None:
            data: Any = item.data
            if data["format"] == ROW:
                data = data.get("comparison")
            text = "null" if data is None else simplejson.dumps(data)
        else:
            text = _comparison_text(self._line(item))
        if text == "null":
            return None
        try:
            return read_comparison(text)
        except ScenarioError as error:
            place = Place(self.name)
            raise ScenarioError(
                d._replace(place=place._replace(path=d.place.path if d.place else ""))
                for d in error.diagnostics
            ) from None

    def rows(self) -> Iterator[tuple[Row, str]]:
        """Every row of a batch, and the text of its comparison (``null`` when there is none).

        Raises:
            ScenarioError: a row is not of the format.
        """
        for number, item in enumerate(self._items):
            if item.data is not None:
                data: Any = item.data
                text = simplejson.dumps(data.get("comparison"), ensure_ascii=False)
            else:
                line = self._line(item)
                text = _comparison_text(line)
                data = _loads(line.removesuffix(text + "}") + "null}")
            try:
                row = _row(data)
            except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
                self._refuse(f"row {number + 1} of {shown(self.name)} is not of format {ROW}")
            yield row, text

    def _line(self, item: _Item) -> str:
        with self._path.open("rb") as stream:
            stream.seek(item.start)
            data = stream.read(item.length)
        # an archive that is written over meanwhile does not go unnoticed
        text = data.decode("utf-8", "replace")
        if not _comparison_text(text):
            self._refuse(f"{shown(self.name)} changed while it was read")
        return text

    def _refuse(self, message: str, hint: str = "", code: str = "E113") -> NoReturn:
        assert code in CODES
        raise ScenarioError([Diagnostic(code, message, Place(self.name), hint)]) from None

    def _index_batch(self) -> list[_Item]:
        """The rows of a batch file with one row a line, by where they stand."""
        self.is_batch = True
        items = []
        rest: list[str] = []
        in_rows = True
        start = 0
        with self._path.open("rb") as stream:
            for number, data in enumerate(stream):
                line = data.decode("utf-8")
                if number and in_rows and line.startswith("{"):
                    length = len(line.rstrip("\n").removesuffix(",").encode())
                    items.append(self._place(line, start, length, number))
                else:
                    in_rows = in_rows and not line.startswith("]")
                    rest.append(line)
                start += len(data)
        try:
            self.header = _header(_loads("".join(rest)))
        except (KeyError, TypeError, ValueError, AttributeError):
            self._refuse(f"{shown(self.name)} breaks off, or is not of format {BATCH}")
        return items

    def _place(self, line: str, start: int, length: int, number: int) -> _Item:
        head, key, _ = line.partition(COMPARISON_KEY)
        try:
            data = _loads(head + "}")
            if not key or data["format"] != ROW:
                raise ValueError
        except (KeyError, TypeError, ValueError):
            self._refuse(f"line {number + 1} of {shown(self.name)} is not of format {ROW}")
        return _Item(str(data.get("file")), str(data.get("name")), start, length)

    def _index_other(self) -> list[_Item]:
        """Results that are read whole: one object, an array, or one object a line."""
        text = self._path.read_text(encoding="utf-8-sig")
        try:
            data = _loads(text)
        except ValueError as error:
            lines = [line for line in text.splitlines() if line.strip()]
            try:
                data = [_loads(line) for line in lines]
            except ValueError:
                data = None
            if not data or len(data) < 2:
                self._refuse(f"{shown(self.name)} is not JSON: {error}")
        if isinstance(data, dict) and data.get("format") == BATCH:
            self.is_batch = True
            try:
                self.header = _header(data)
                data = data["scenarios"]
            except (KeyError, TypeError, ValueError, AttributeError):
                self._refuse(f"{shown(self.name)} is not of format {BATCH}")
        return [self._item(each) for each in (data if isinstance(data, list) else [data])]

    def _item(self, data: Any) -> _Item:  # noqa: ANN401 - whatever the file holds
        form = data.get("format") if isinstance(data, dict) else None
        if form not in (COMPARISON, ROW):
            what = f"in format {shown(form)}" if isinstance(form, str) else "no result of cmsource"
            self._refuse(
                f"{shown(self.name)} is {what}",
                f"this version reads {COMPARISON}, {BATCH} and {ROW}: "
                "make them with `cmsource compare --format json` or `cmsource batch --format json`",
            )
        try:
            about = data["scenario"] if form == COMPARISON else data
            file, name = about["file"], about["name"]
            if not (isinstance(file, str) and isinstance(name, str)):
                raise TypeError
        except (KeyError, TypeError):
            self._refuse(f"{shown(self.name)} is not of format {form}")
        return _Item(file, name, data=data)


def _comparison_text(line: str) -> str:
    """The comparison at the end of a row's line; "" when there is none."""
    _, key, rest = line.partition(COMPARISON_KEY)
    return rest.removesuffix("}") if key and rest.endswith("}") else ""


def _loads(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    return json.loads(text, parse_float=Decimal)


def _header(data: Any) -> Header:  # noqa: ANN401
    shard, summary = data.get("shard"), data["summary"]
    return Header(
        None if shard is None else (int(shard["index"]), int(shard["of"])),
        int(summary["bases_left_out"]),
        None if summary["removed"] is None else tuple(map(str, summary["removed"])),
    )


def _row(data: Any) -> Row:  # noqa: ANN401
    if data["status"] not in ("ok", "failed", "invalid"):
        raise ValueError
    return Row(
        file=data["file"],
        status=data["status"],
        name=data["name"],
        country=data["country"],
        currency=data["currency"],
        horizon_months=_number(data["horizon_months"]),
        recommended=data["recommended"],
        label=data["label"],
        cents=_cents(data["total"]),
        monthly_cents=_cents(data["monthly"]),
        watched=_number(data["watched"]),
        answered_in_time=_number(data["answered_in_time"]),
        work_done=_number(data["work_done"]),
        options=int(data["options"]),
        eligible=int(data["eligible"]),
        expected=int(data["expected"]),
        failures=tuple(map(_diagnostic, data["failures"])),
        diagnostics=tuple(map(_diagnostic, data["diagnostics"])),
        change=None if data["change"] is None else _change(data["change"]),
        is_new=bool(data["new"]),
    )


def _number(value: int | Decimal | None) -> float | None:
    return None if value is None else float(value)


def _cents(value: int | Decimal | None) -> int | None:
    return None if value is None else int(Decimal(value).scaleb(2))


def _diagnostic(data: Any) -> Diagnostic:  # noqa: ANN401
    place = None
    if data["file"] is not None:
        place = Place(
            data["file"],
            data["line"] or 0,
            data["column"] or 0,
            data["length"],
            data["text"],
            data["path"] or "",
        )
    return Diagnostic(data["code"], data["message"], place, data["hint"] or "")


def _change(data: Any) -> Difference:  # noqa: ANN401
    def changed(key: str) -> tuple[Changed, ...]:
        return tuple(Changed(each["name"], each["old"], each["new"]) for each in data[key])

    return Difference(
        name=data["name"],
        file=data["file"],
        old_file=data["old_file"],
        currency=data["currency"],
        old_currency=data["old_currency"],
        old_recommended=data["recommended"]["old"],
        new_recommended=data["recommended"]["new"],
        old_cents=_cents(data["total"]["old"]),
        new_cents=_cents(data["total"]["new"]),
        options=tuple(map(_option, data["options"])),
        inputs=changed("inputs") if data["inputs"] is not None else (),
        assumptions=changed("assumptions"),
        moves=tuple(
            Move(
                each["option"],
                each["source"],
                each["category"],
                _cents(each["old"]) or 0,
                _cents(each["new"]) or 0,
                each["old_why"] or "",
                each["new_why"] or "",
            )
            for each in data["moves"]
        ),
        inputs_known=data["inputs"] is not None,
    )


def _option(data: Any) -> OptionChange:  # noqa: ANN401
    return OptionChange(
        data["option"],
        data["label"],
        _cents(data["total"]["old"]),
        _cents(data["total"]["new"]),
        data["eligible"]["old"],
        data["eligible"]["new"],
        tuple(
            ShareChanged(name, _number(pair["old"]), _number(pair["new"]))
            for name, pair in data["coverage"].items()
        ),
    )
