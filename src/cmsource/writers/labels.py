"""Labels of a chart, placed so that none lies on another one, on a dot or across a line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot
from typing import NamedTuple

_LETTER, _LINE = 7.0, 14.0
"""How wide a letter and how high a line of text is at most, in the units of a drawing."""
_DOT = 7.0
_ASIDE = (10.0, 30.0, 60.0, 100.0, 150.0, 220.0)
_UP_OR_DOWN = 16
_NEAR = 20.0
_EVERY = 5.0
_OVER, _HIDES, _CROSSES = 1e6, 1e4, 300.0
"""What it costs to lie on a text or outside, on a dot, and across a line."""


class Box(NamedTuple):
    """A rectangle of a drawing, whose y goes downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles have a part in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether another one lies within."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


class Label(NamedTuple):
    """A text beside a place.

    Attributes:
        x, y: where it is written.
        anchor: which end of it is there: ``start`` or ``end``.
        box: the room that it takes.
        leads: where a line to it begins and ends; none where it stands beside its place.
    """

    x: float
    y: float
    anchor: str
    box: Box
    leads: tuple[tuple[float, float], ...] = ()

    def distance(self, x: float, y: float) -> float:
        """How far it is from a place; of equals those to the right come first."""
        return round(hypot(self.x - x, self.y - 4 - y), 1) + (self.anchor == "end")


def box_of(x: float, y: float, text: str, anchor: str = "start") -> Box:
    """The room of a text that is written at a place, on its lower line."""
    width = _LETTER * len(text)
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return Box(left, y - _LINE + 3, left + width, y + 3)


class Drawing:
    """What is drawn already, so that labels keep clear of it.

    Args:
        frame: where labels may stand.
        dots: middles of all dots.
        lines: corners of each line.
    """

    def __init__(
        self,
        frame: Box,
        dots: Sequence[tuple[float, float]],
        lines: Sequence[Sequence[tuple[float, float]]],
    ) -> None:
        self._frame = frame
        self._dots = [Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in dots]
        self._lines = [spot for line in lines for spot in _spots(line)]
        self._texts: list[Box] = []

    def take(self, box: Box) -> None:
        """Keep some room clear of labels."""
        self._texts.append(box)

    def beside(self, x: float, y: float, text: str) -> Label:
        """The label of a dot, as near as there is room for it, which is then taken."""
        return self.at_best(sorted(_around(x, y, text), key=lambda each: each.distance(x, y)))

    def at_best(self, places: Sequence[Label]) -> Label:
        """The first of some places for a label that is as clear as any; it is then taken."""
        found = min(places, key=self._cost)
        self.take(found.box)
        self._lines += _spots(found.leads)
        return found

    def _cost(self, label: Label) -> float:
        """How much a label there would hide or cross."""
        box, leads = label.box, _spots(label.leads)
        over = sum(box.meets(each) for each in self._texts) + (not self._frame.holds(box))
        hides = sum(box.meets(each) for each in self._dots)
        hides += sum(spot.meets(each) for each in self._texts for spot in leads)
        crosses = any(box.meets(each) for each in self._lines)
        others = [dot for dot in self._dots if leads and not dot.meets(leads[0])]
        crosses |= any(spot.meets(dot) for dot in others for spot in leads)
        return _OVER * over + _HIDES * hides + _CROSSES * crosses


def _spots(line: Sequence[tuple[float, float]]) -> list[Box]:
    """Small rectangles along a line."""
    found = []
    for start, end in pairwise(line):
        count = max(1, ceil(hypot(end[0] - start[0], end[1] - start[1]) / _EVERY))
        for number in range(count + 1):
            part = number / count
            x, y = (one + (other - one) * part for one, other in zip(start, end, strict=True))
            found.append(Box(x - 1, y - 1, x + 1, y + 1))
    return found


def _around(x: float, y: float, text: str) -> Iterator[Label]:
    """Places around a dot."""
    for aside in _ASIDE:
        for lines in range(-_UP_OR_DOWN, _UP_OR_DOWN + 1):
            for sign, anchor in ((1, "start"), (-1, "end")):
                at, down = x + sign * aside, round(y + 4 + lines * _LINE, 1)
                end = at - sign * 2, down - 4
                far = hypot(end[0] - x, end[1] - y) > _NEAR
                leads = ((x, y), end) if far else ()
                yield Label(round(at, 1), down, anchor, box_of(at, down, text, anchor), leads)
