"""Who answers the messages of several types, and when: nobody more on a day than there is time for.

Each type has a line of its own, which knows of the others only on average. Together they may give
somebody more to do on a day than the day has hours; then messages wait for whoever has time next.
"""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from cmsource.model.line.lined import Lined, Taken

_LITTLE = 0.005  # of a source's time, by which it may do too much
_TURNS = 3  # of the week, until what waits at its start is what waits at its end
_SHARED_OUT = 4  # times that what waits is shared out among those who have time
_NOTHING = 1e-9


class Served(NamedTuple):
    """Messages of a type that each source takes in a week, by day and piece.

    Attributes:
        at_once: of those that come then, those that nobody let wait.
        later: of those that have waited.
    """

    at_once: Taken
    later: Taken


def served(lined: Lined) -> Served:
    """What each source takes of a type, as its line has it."""
    days = lined.line.days
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
        once, then = ([[0.0] * len(lined.parts) for _ in days[number].pieces] for _ in range(2))
        for stay, soon, late in lined.taken(number):
            place = stay.place
            once[place] = _plus(once[place], lined.first(stay), soon)
            then[place] = _plus(then[place], lined.next(stay), late)
        found.at_once.append(once)
        found.later.append(then)
    return found


def settled(lines: Sequence[Lined], found: Sequence[Served]) -> Sequence[Served]:
    """The same of all types, nobody taking more on a day than there is time for.

    What is too much waits until somebody who may take it has time, and is left where nobody ever
    has.

    Args:
        lines: of all types.
        found: what each of them has by itself.
    """
    size = len(lines[0].parts)
    sources = range(size)
    most = _time(lines)
    once = [[_sums(rows, size) for rows in each.at_once] for each in found]
    late = [[_sums(rows, size) for rows in each.later] for each in found]
    soon = [[sum([each[day][i] for each in once]) for i in sources] for day in range(7)]
    then = [[sum([each[day][i] for each in late]) for i in sources] for day in range(7)]
    if all(
        soon[day][i] + then[day][i] <= most[day][i] * (1 + _LITTLE)
        for day in range(7)
        for i in sources
    ):
        return found
    waiting = [0.0] * len(lines)
    later: list[Taken] = []
    for _ in range(_TURNS):
        later = [[] for _ in lines]
        for day in range(7):
            room = [max(0.0, most[day][i] - soon[day][i]) for i in sources]
            kept = [min(1.0, room[i] / then[day][i]) if then[day][i] > 0 else 1.0 for i in sources]
            for number, rows in enumerate(late):
                waiting[number] += sum([rows[day][i] * (1 - kept[i]) for i in sources])
            spare = [max(0.0, room[i] - then[day][i]) for i in sources]
            more = _shared_out(lines, waiting, spare)
            for number, each in enumerate(found):
                pieces = lines[number].line.days[day].pieces
                on = [
                    sum([piece.length for piece in pieces if i in piece.on]) or 1.0 for i in sources
                ]
                later[number].append(
                    [
                        [
                            part * kept[i]
                            + (more[number][i] * piece.length / on[i] if i in piece.on else 0.0)
                            for i, part in enumerate(row)
                        ]
                        for piece, row in zip(pieces, each.later[day], strict=True)
                    ]
                )
    return [Served(each.at_once, rows) for each, rows in zip(found, later, strict=True)]


def _time(lines: Sequence[Lined]) -> list[list[float]]:
    """Messages that each source can answer on each day."""
    size = len(lines[0].parts)
    found = []
    for day in range(7):
        most = [0.0] * size
        for lined in lines:
            plan = lined.line.days[day]
            for i in range(size):
                people = sum([way.chance * way.people[i] for way in plan.ways])
                minutes = sum([piece.length for piece in plan.pieces if i in piece.on])
                most[i] = max(most[i], people * minutes / lined.line.service)
        found.append(most)
    return found


def _shared_out(
    lines: Sequence[Lined], waiting: list[float], spare: list[float]
) -> list[list[float]]:
    """What waits, by those who have time for it; both become what is left of them."""
    found = [[0.0] * len(spare) for _ in lines]
    for _ in range(_SHARED_OUT):
        rest = sum(waiting)
        if rest < _NOTHING:
            break
        for number, lined in enumerate(lines):
            room = sum([spare[i] for i in lined.takers])
            if room < _NOTHING:
                continue
            # As long as others wait too, each type gets its part of the time.
            part = min(waiting[number], room * waiting[number] / rest)
            waiting[number] -= part
            for i in lined.takers:
                here = part * spare[i] / room
                found[number][i] += here
                spare[i] -= here
    return found


def by_arrival(lined: Lined, found: Served) -> Taken:
    """How many of the messages that come in a piece each source takes, a minute.

    Those who wait are taken in turn, the oldest first, so that who has come is matched with who is
    taken, from piece to piece around the week.
    """
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


def _sums(rows: Sequence[Sequence[float]], size: int) -> list[float]:
    return [sum([row[i] for row in rows]) for i in range(size)]
