"""Labels of a chart: near their dots, and none on another one, on a dot or beyond the drawing."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cmsource.writers.labels import Box, Drawing, box_of

FRAME = Box(74, 0, 700, 260)
_SPOTS = st.tuples(st.integers(80, 560), st.integers(40, 250))


@settings(max_examples=60)
@given(st.lists(_SPOTS, min_size=1, max_size=9, unique=True), st.booleans())
def test_no_label_lies_on_another(spots: list[tuple[int, int]], line: bool) -> None:
    """Nine options anywhere, with a line between them or not."""
    lines = [sorted(spots)] if line else []
    drawing = Drawing(FRAME, spots, lines)
    limit = box_of(80, 60, "asked for: 75% watched")
    drawing.take(limit)
    labels = [drawing.beside(x, y, "réaffectation") for x, y in spots]
    for one, other in combinations([limit, *(label.box for label in labels)], 2):
        assert not one.meets(other)
    assert all(FRAME.holds(label.box) for label in labels)


def test_alone_it_stands_to_the_right() -> None:
    """Without a line to it; at the right end to the left."""
    label = Drawing(FRAME, [(100, 100)], []).beside(100, 100, "hire")
    assert (label.x, label.y, label.anchor, label.leads) == (110, 104, "start", ())
    last = Drawing(FRAME, [(690, 100)], []).beside(690, 100, "hire")
    assert (last.x, last.anchor) == (680, "end")


def test_what_stands_far_has_a_line_to_it() -> None:
    """It begins at the dot, and crosses no other label."""
    spots = [(100.0 + 6 * n, 200.0) for n in range(4)]
    drawing = Drawing(FRAME, spots, [])
    labels = [drawing.beside(x, y, "indépendant") for x, y in spots]
    far = [label for label in labels if label.leads]
    assert far
    for label in far:
        assert label.leads[0] in spots
