"""A small spreadsheet: works out the formulas of a workbook, as ECMA-376 has them.

It shares nothing with the program: it reads the file with openpyxl, and rounds decimals as
spreadsheets do, halves away from zero.
"""

import operator
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from math import floor
from typing import Any

import openpyxl
from openpyxl.utils import coordinate_to_tuple

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)|\"(?P<text>(?:[^\"]|\"\")*)\""
    r"|'(?P<sheet>(?:[^']|'')+)'!(?P<place>\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)"
    r"|(?P<name>[A-Z]+)(?=\()|(?P<sign><=|>=|<>|[-+*/^=<>(),]))"
)
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class NotAvailableError(Exception):
    """What a formula gives that rests on ``NA()``."""


def rounded(number: float, digits: float) -> float:
    """A number rounded to so many digits, halves away from zero, on its 15 digits."""
    exact = Decimal(f"{number:.15g}")
    return float(exact.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


def flat(values: list[Any]) -> Iterator[Any]:
    """The values of some arguments, ranges and all."""
    for value in values:
        yield from flat(value) if isinstance(value, list) else [value]


def numbers(values: list[Any]) -> list[float]:
    """The numbers among the values of some arguments."""
    return [float(value) for value in flat(values) if isinstance(value, (int, float))]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ROUND": rounded,
    "INT": floor,
    "SUM": lambda *values: sum(numbers(list(values))),
    "MIN": lambda *values: min(numbers(list(values))),
    "SUMPRODUCT": lambda *values: sum(numbers(list(values))),
    "AND": lambda *values: all(flat(list(values))),
    "ISNUMBER": lambda value: isinstance(value, (int, float)),
    "INDEX": lambda values, place: list(flat([values]))[int(place) - 1],
    "MATCH": lambda value, values, _: list(flat([values])).index(value) + 1,
}


class Spreadsheet:
    """The workbook of a file, with values that can be changed.

    Args:
        data: the bytes of the file.
    """

    def __init__(self, data: bytes) -> None:
        self._book = openpyxl.load_workbook(BytesIO(data))
        self._known: dict[tuple[str, int, int], Any] = {}

    def put(self, sheet: str, place: str, value: Any) -> None:  # noqa: ANN401 - as cells are
        """Write a value into a cell."""
        self._book[sheet][place] = value
        self._known.clear()

    def at(self, sheet: str, place: str) -> Any:  # noqa: ANN401
        """What a cell shows."""
        return self._value(sheet, *coordinate_to_tuple(place))

    def _value(self, sheet: str, row: int, column: int) -> Any:  # noqa: ANN401
        key = sheet, row, column
        if key not in self._known:
            cell = self._book[sheet].cell(row, column)
            value = cell.value
            if cell.data_type == "f":
                value = _Formula(str(value)[1:], self._range).value()
            self._known[key] = value
        return self._known[key]

    def _range(self, sheet: str, place: str) -> Any:  # noqa: ANN401
        first, _, last = place.partition(":")
        top, left = coordinate_to_tuple(first)
        bottom, right = coordinate_to_tuple(last or first)
        found = [
            self._value(sheet, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return found if last else found[0]


def _each(work: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:  # noqa: ANN401
    """An operation on two values, element by element where there are several."""
    if isinstance(left, list) or isinstance(right, list):
        size = len(left if isinstance(left, list) else right)
        lefts = left if isinstance(left, list) else [left] * size
        rights = right if isinstance(right, list) else [right] * size
        return [_each(work, a, b) for a, b in zip(lefts, rights, strict=True)]
    return work(left, right)


def _worked(work: Callable[[float, float], float], left: Any, right: Any) -> Any:  # noqa: ANN401
    """Arithmetic on two values; an empty cell counts as 0."""
    return _each(lambda a, b: work(float(a or 0), float(b or 0)), left, right)


class _Formula:
    """A formula that is worked out as it is read.

    Args:
        text: without its equals sign.
        cells: gives the value of a cell, or those of a range.
    """

    def __init__(self, text: str, cells: Callable[[str, str], Any]) -> None:
        self._cells = cells
        self._tokens: list[re.Match[str]] = []
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            assert found, f"{text[place:]} in {text}"
            self._tokens.append(found)
            place = found.end()
        self._next = 0

    def value(self) -> Any:  # noqa: ANN401
        """What it gives."""
        found = self._compared(live=True)
        assert self._next == len(self._tokens)
        return found

    def _sign(self, *signs: str) -> str:
        """The next sign, where it is one of some; else ""."""
        if self._next < len(self._tokens) and self._tokens[self._next]["sign"] in signs:
            self._next += 1
            return self._tokens[self._next - 1]["sign"]
        return ""

    def _compared(self, *, live: bool) -> Any:  # noqa: ANN401
        left = self._added(live=live)
        while sign := self._sign(*COMPARED):
            right = self._added(live=live)
            left = _each(COMPARED[sign], left, right) if live else None
        return left

    def _added(self, *, live: bool) -> Any:  # noqa: ANN401
        left = self._multiplied(live=live)
        while sign := self._sign("+", "-"):
            right = self._multiplied(live=live)
            work = operator.add if sign == "+" else operator.sub
            left = _worked(work, left, right) if live else None
        return left

    def _multiplied(self, *, live: bool) -> Any:  # noqa: ANN401
        left = self._powered(live=live)
        while sign := self._sign("*", "/"):
            right = self._powered(live=live)
            work = operator.mul if sign == "*" else operator.truediv
            left = _worked(work, left, right) if live else None
        return left

    def _powered(self, *, live: bool) -> Any:  # noqa: ANN401
        left = self._one(live=live)
        while self._sign("^"):
            right = self._one(live=live)
            left = _worked(operator.pow, left, right) if live else None
        return left

    def _one(self, *, live: bool) -> Any:  # noqa: ANN401
        if self._sign("-"):
            found = self._one(live=live)
            return _worked(operator.sub, 0, found) if live else None
        if self._sign("("):
            found = self._compared(live=live)
            assert self._sign(")")
            return found
        token = self._tokens[self._next]
        self._next += 1
        if token["number"]:
            return float(token["number"])
        if token["text"] is not None:
            return token["text"].replace('""', '"')
        if token["sheet"]:
            place = token["place"].replace("$", "")
            return self._cells(token["sheet"].replace("''", "'"), place) if live else None
        return self._called(token["name"], live=live)

    def _called(self, name: str, *, live: bool) -> Any:  # noqa: ANN401
        """A function; of IF, only the branch that counts is worked out."""
        assert self._sign("(")
        if name == "IF":
            asked = self._compared(live=live)
            assert self._sign(",")
            first = self._compared(live=live and bool(asked))
            assert self._sign(",")
            second = self._compared(live=live and not asked)
            assert self._sign(")")
            return first if asked else second
        values = []
        while not self._sign(")"):
            values.append(self._compared(live=live))
            self._sign(",")
        if name == "NA" and live:
            raise NotAvailableError
        return FUNCTIONS[name](*values) if live else None
