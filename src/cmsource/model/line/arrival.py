"""When the messages come that each source answers."""

from collections import deque
from collections.abc import Sequence

from cmsource.model.line.lined import Lined
from cmsource.model.line.sharing import Taken

_TURNS = 3  # of the week, until what waits at its start is what waits at its end
_NOTHING = 1e-9


def by_arrival(lined: Lined) -> Taken:
    """How many of the messages that come in a piece each source takes, a minute."""
    if lined.spread is not None:
        return lined.spread.came
    if lined.line.full:
        return lined.busy
    return [
        [
            [(a + b) / piece.length for a, b in zip(once, then, strict=True)]
            for piece, once, then in zip(day.pieces, *rows, strict=True)
        ]
        for day, *rows in zip(
            lined.line.days, lined.served.at_once, waited_by_arrival(lined), strict=True
        )
    ]


def waited_by_arrival(lined: Lined) -> Taken:
    """How many of the messages that come in a piece and have to wait each source takes.

    They are taken in turn, the oldest first, so that who has come is matched with who is taken,
    from piece to piece around the week.
    """
    days, found = lined.line.days, lined.served
    week = [(day, place) for day in range(7) for place in range(len(days[day].pieces))]
    came = [
        max(0.0, lined.weekly * piece.share * piece.length - sum(once))
        for day, rows in zip(days, found.at_once, strict=True)
        for piece, once in zip(day.pieces, rows, strict=True)
    ]
    gone = [sum(found.later[day][place]) for day, place in week]
    scale = min(1.0, sum(came) / sum(gone)) if sum(gone) > 0 else 0.0
    sums = [[0.0] * lined.size for _ in week]
    line: deque[tuple[int, float]] = deque()
    for turn in range(_TURNS):
        for index, (day, place) in enumerate(week):
            line.append((index, came[index]))
            left = gone[index] * scale
            while left > _NOTHING and line:
                since, count = line.popleft()
                part = min(left, count)
                left -= part
                if count > part:
                    line.appendleft((since, count - part))
                if turn == _TURNS - 1:
                    by = found.later[day][place]
                    sums[since] = _plus(sums[since], by, part / gone[index])
    rows: Taken = [[] for _ in range(7)]
    for (day, _), row in zip(week, sums, strict=True):
        rows[day].append(row)
    return rows


def _plus(row: Sequence[float], other: Sequence[float], times: float) -> list[float]:
    return [a + times * b for a, b in zip(row, other, strict=True)]
