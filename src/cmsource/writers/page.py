"""The page that text is written on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What a writer knows of where its text goes.

    Attributes:
        width: cells a line.
        colour: whether colours may be used.
        details: whether folded sections are shown.
    """

    width: int = 80
    colour: bool = False
    details: bool = False
