"""The page that text is written on."""

from collections.abc import Callable
from typing import NamedTuple

from cmsource.values.language import ENGLISH, Language


class Page(NamedTuple):
    """What a writer knows of where its text goes.

    Attributes:
        width: cells a line.
        colour: whether colours may be used.
        details: whether folded sections are shown.
        limit: bytes that a document may have; None for as many as there are.
        language: in which it is written.
        path_of: the path under which whoever reads it knows a file.
    """

    width: int = 80
    colour: bool = False
    details: bool = False
    limit: int | None = None
    language: Language = ENGLISH
    path_of: Callable[[str], str] = str
