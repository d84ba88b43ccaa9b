"""Reports as JSON.

Written with simplejson, which writes decimals as numbers with the digits they have: money keeps
its two decimals and shares their six, where the standard library would print floats.
"""

import re

import simplejson

from cmsource.reports.report import Structured

# What a terminal could take for a command, or a reader for other text than there is, besides what
# JSON escapes anyway: C1 controls, marks of text direction, halves of characters in file names.
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def write(report: Structured) -> str:
    """A report as JSON text, two spaces a level."""
    return dumps(report.data())


def dumps(data: object, *, indent: int | None = 2, end: str = "\n") -> str:
    """JSON text of plain data: in its own script, but what is not fit to be printed is escaped."""
    # iterable NamedTuples must not slip through as objects: all data here is plain
    text = simplejson.dumps(
        data, indent=indent, ensure_ascii=False, use_decimal=True, namedtuple_as_object=False
    )
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + end
