"""Reports as JSON.

Written with simplejson, which writes decimals as numbers with the digits they have: money keeps
its two decimals and shares their six, where the standard library would print floats.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

import simplejson

from cmsource.reports.report import RECORDS, Encoded, Json, Recorded, Structured
from cmsource.values.text import json_escaped

_AT_A_TIME = 1 << 13
"""Pieces of JSON that are put together: a result may have a hundred times its size in them."""


def texts(report: Structured) -> Iterator[str]:
    """A report as JSON text, two spaces a level, in parts."""
    pieces = iter(_encoder(2).iterencode(report.data()))
    while part := "".join(islice(pieces, _AT_A_TIME)):
        yield json_escaped(part)
    yield "\n"


def pieces(report: Recorded) -> Iterator[str]:
    """A report of records as one JSON object, a line a record, each as soon as it is known."""
    yield begin(report)
    for number, record in enumerate(report.records()):
        yield element(number, record)
    yield end(report)


def begin(report: Recorded) -> str:
    """What stands before the first record."""
    return dumps({**report.head(), RECORDS: []}, indent=None, end="")[:-2]


def element(number: int, record: Mapping[str, Json]) -> str:
    """One of the records, counted from 0."""
    return f"{',' if number else ''}\n{line(record)}"


def end(report: Recorded) -> str:
    """What stands after the last record."""
    return f"\n],\n{line(report.rest())[1:]}\n"


def lines(report: Recorded) -> Iterator[str]:
    """A report of records as JSON lines, each complete."""
    for record in report.records():
        yield line(record) + "\n"


def line(record: Mapping[str, Json]) -> str:
    """JSON on one line; what is JSON already, which is long, is taken over as it is."""
    *_, (name, value) = record.items()
    if not isinstance(value, Encoded):
        return dumps(record, indent=None, end="")
    rest = {key: each for key, each in record.items() if key != name}
    return f'{dumps(rest, indent=None, end="")[:-1]}, "{name}": {value.text}}}'


def dumps(data: object, *, indent: int | None = 2, end: str = "\n") -> str:
    """JSON text of plain data: in its own script, but what is not fit to be printed is escaped."""
    return json_escaped(_encoder(indent).encode(data)) + end


def _encoder(indent: int | None) -> simplejson.JSONEncoder:
    # iterable NamedTuples must not slip through as objects: all data here is plain
    return simplejson.JSONEncoder(
        indent=indent, ensure_ascii=False, use_decimal=True, namedtuple_as_object=False
    )
