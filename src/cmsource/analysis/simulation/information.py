"""What it is worth to know a number: the value of information, from the draws of a simulation.

Who has to choose today takes the option that costs least on average. Who knew one number first
could choose by it, and would pay less on average. The difference is what knowing it is worth at
most.
"""

from collections.abc import Sequence
from typing import NamedTuple

_BINS = 20
"""Into how many parts the draws are put, by the value of an input."""
_LEAST = 25
"""Draws of a part whose averages a choice may rest on."""


class Information(NamedTuple):
    """What knowledge is worth, in cents of the horizon.

    Attributes:
        options: the places of the options that the choice is between.
        chosen: the place of the one that costs least on average.
        perfect: what it is worth to know every number.
        of_inputs: what it is worth to know each of the inputs alone, in their order.
    """

    options: tuple[int, ...]
    chosen: int | None
    perfect: float
    of_inputs: tuple[float, ...]


def information(
    inputs: Sequence[Sequence[float]], totals: Sequence[Sequence[float]], options: Sequence[int]
) -> Information:
    """What it is worth to know each input before the choice, and to know all of them.

    Args:
        inputs: the values of each input, draw by draw.
        totals: the totals of each option, draw by draw, in cents.
        options: the places of the options that the choice is between.
    """
    if not options:
        return Information((), None, 0.0, (0.0,) * len(inputs))
    sums = {place: sum(totals[place]) for place in options}
    chosen = min(options, key=lambda place: (sums[place], place))
    if len(options) == 1:
        return Information(tuple(options), chosen, 0.0, (0.0,) * len(inputs))
    columns = [totals[place] for place in options]
    count = len(columns[0])
    least = sum([min(row) for row in zip(*columns, strict=True)])
    perfect = max(0.0, (sums[chosen] - least) / count)
    mine = totals[chosen]
    more = [[cents - own for cents, own in zip(each, mine, strict=True)] for each in columns]
    worth = (min(perfect, _worth(values, more)) for values in inputs)
    return Information(tuple(options), chosen, perfect, tuple(worth))


def _worth(values: Sequence[float], more: Sequence[Sequence[float]]) -> float:
    """What it is worth to know one input.

    The draws are put into parts by its value. In each part, one half of the draws says which option
    to take, and the other half what that saves; then the other way round. Were both the same draws,
    chance alone would look like knowledge.

    Args:
        values: of the input, draw by draw.
        more: what each option costs more than the one that is chosen without knowing.
    """
    saved = 0.0
    for part in _parts(values):
        halves = part[::2], part[1::2]
        sums = [[sum([each[place] for place in half]) for each in more] for half in halves]
        for says, pays in (sums, sums[::-1]):
            best = min(range(len(more)), key=says.__getitem__)
            if says[best] < 0.0:
                saved -= pays[best]
    return max(0.0, saved / len(values))


def _parts(values: Sequence[float]) -> list[list[int]]:
    """The places of draws in parts of about equal size, by value; equal values stay together.

    Within a part they are in the order of the draws, so that halves of it have nothing to do with
    the value.
    """
    size = max(2 * _LEAST, -(-len(values) // _BINS))
    order = sorted(range(len(values)), key=values.__getitem__)
    parts: list[list[int]] = []
    start = 0
    while start < len(order):
        end = min(start + size, len(order))
        while end < len(order) and values[order[end]] == values[order[end - 1]]:
            end += 1
        if len(order) - end < size // 2:
            end = len(order)
        parts.append(sorted(order[start:end]))
        start = end
    return parts
