"""Who answers the messages of a type, and when."""

from collections import deque
from collections.abc import Sequence

from cmsource.model.line.lined import Lined
from cmsource.model.line.sharing import Served, Taken

_TURNS = 3  # of the week, until what waits at its start is what waits at its end
_NOTHING = 1e-9


def served(lined: Lined) -> Served:
    """What each source takes of a type, as its line has it."""
    days = lined.line.days
    if lined.spread is not None:
        return lined.spread.served
    if lined.line.full:
        later = [
            [
                [part * piece.length for part in row]
                for piece, row in zip(day.pieces, rows, strict=True)
            ]
            for day, rows in zip(days, lined.busy, strict=True)
        ]
        return Served([[[0.0] * len(row) for row in rows] for rows in later], later)
    found = Served([], [])
    for number, alike in enumerate(lined.line.alike):
        if alike < number:
            found.at_once.append(found.at_once[alike])
            found.later.append(found.later[alike])
            continue
        once, then = ([[0.0] * lined.size for _ in days[number].pieces] for _ in range(2))
        for stay, soon, late in lined.taken(number):
            place = stay.place
            once[place] = _plus(once[place], lined.first(stay), soon)
            then[place] = _plus(then[place], late, 1.0)
        found.at_once.append(once)
        found.later.append(then)
    return found


def by_arrival(lined: Lined, found: Served) -> Taken:
    """How many of the messages that come in a piece each source takes, a minute.

    Those who wait are taken in turn, the oldest first, so that who has come is matched with who is
    taken, from piece to piece around the week.
    """
    if lined.spread is not None:
        return lined.spread.came
    if lined.line.full:
        return lined.busy
    days = lined.line.days
    week = [(day, place) for day in range(7) for place in range(len(days[day].pieces))]
    sums = [list(found.at_once[day][place]) for day, place in week]
    lengths = [days[day].pieces[place].length for day, place in week]
    came = [
        max(0.0, lined.weekly * days[day].pieces[place].share * length - sum(once))
        for (day, place), length, once in zip(week, lengths, sums, strict=True)
    ]
    gone = [sum(found.later[day][place]) for day, place in week]
    scale = min(1.0, sum(came) / sum(gone)) if sum(gone) > 0 else 0.0
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
    for (day, _), length, row in zip(week, lengths, sums, strict=True):
        rows[day].append([part / length for part in row])
    return rows


def _plus(row: Sequence[float], other: Sequence[float], times: float) -> list[float]:
    return [a + times * b for a, b in zip(row, other, strict=True)]
