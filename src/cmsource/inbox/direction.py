"""Which way messages go."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way messages went, seen from the company."""

    IN = "in"
    OUT = "out"
    ALL = "all"
