"""What waits on average, as a tide that comes in and is worked off: who takes what, and when.

Messages of several types flow in and those who are there work them off, the oldest first, each
source what it may take. Nothing here is left to chance but who is there on a day: where nobody has
work left over, the first in order who is likely to be free takes what comes. So it says what a line
of one type cannot know: which sources are held up by older messages of other types, and when.
"""

from collections.abc import Collection, Sequence
from math import ceil, sqrt
from typing import NamedTuple

from cmsource.model.line.message_types import MessageType
from cmsource.model.line.week_plan import Day, WeekPlan

_STEP = 60.0  # minutes, at most
_TURNS = 20  # of the week, at most, until as much is taken as in the one before
_SETTLED = 0.003  # of the week's messages, a difference between two that does not count
_TOLD = 1e-9  # of the week's messages, a difference of what waits that is told
_TRIES = 4  # of how busy everybody is
_KEPT = 14  # days that messages wait before they are given up
_LITTLE = 1e-6  # of the messages, that are as good as none
_HUNDREDTH = 2  # decimals of the part of a step that people have time for what comes


class Came(NamedTuple):
    """When messages came: of which day of the week, in which piece of it."""

    day: int
    place: int


class Step(NamedTuple):
    """Messages that are taken in a piece of one way of a day.

    Attributes:
        at_once: of those that come then, by type and source, those that wait for nobody.
        later: those that have waited, by type and source and when they came, today's apart.
        left: of those that come then, by type, those that are not taken on that day.
    """

    at_once: list[list[float]]
    later: dict[tuple[int, int, Came, bool], float]
    left: list[float]

    def moved(self, days: int) -> "Step":
        """The same so many days later."""
        later = {
            (kind, i, Came((came.day + days) % 7, came.place), today): more
            for (kind, i, came, today), more in self.later.items()
        }
        return self._replace(later=later)


class Tide:
    """A week of messages of several types that flow in and are worked off.

    Args:
        types: of messages, each with takers who have time.
        coming: messages of each type a minute, by day and piece.
        plan: the week, its ways told apart by everybody who takes any of these types.
        service: minutes of an answer.
        full: the types of which more come than there is time for.

    Attributes:
        steps: what is taken by day, way and piece.
        waits: weeks that messages of each type wait, on average.
    """

    def __init__(
        self,
        types: Sequence[MessageType],
        coming: Sequence[Sequence[Sequence[float]]],
        plan: WeekPlan,
        service: float,
        full: Collection[int] = (),
    ) -> None:
        self.types = types
        self.coming = coming
        self.full = full
        self.days = plan.days
        self.service = service
        self.size = len(plan.days[0].ways[0].people)
        self._narrow = sorted(range(len(types)), key=lambda t: len(types[t].takers))
        self._kinds = self._alike()
        self._gone: dict[object, tuple[int, list[Step], _Waiting]] = {}
        self._hunts: dict[object, tuple[list[list[float]], list[float]]] = {}
        total = sum([self.weekly(kind) for kind in range(len(types))])
        self._little = _LITTLE * total
        self._enough = _SETTLED * total
        self._told = _TOLD * total
        self.steps, left = self._followed()
        self.waits = [
            sum(each) / len(each) / self.weekly(kind)
            for kind, each in enumerate(zip(*left, strict=True))
        ]

    def weekly(self, kind: int) -> float:
        """How many messages of a type come in a week."""
        return sum(
            [
                more * piece.length
                for day, row in zip(self.days, self.coming[kind], strict=True)
                for piece, more in zip(day.pieces, row, strict=True)
            ]
        )

    def _followed(self) -> tuple[list[list[list[Step]]], list[list[float]]]:
        """What is taken, and what of each type is left at the end of each day."""
        # Where more comes than there is time for, two weeks of it wait.
        waiting: _Waiting = [{} for _ in self.types]
        for date in range(-_KEPT, 0):
            for place, piece in enumerate(self.days[date % 7].pieces):
                for kind in self.full:
                    more = self.coming[kind][date % 7][place] * piece.length
                    if more > 0:
                        waiting[kind][date, place, 0] = more
        steps: list[list[list[Step]]] = []
        left_over: list[list[float]] = []
        before = [-1.0] * len(self.types)
        for turn in range(_TURNS):
            steps, left_over = [], []
            for number, day in enumerate(self.days):
                date = turn * 7 + number
                ended = []
                ways = []
                for way in day.ways:
                    rows, left = self._like_another(date, day, way.crews[0].people, waiting)
                    ways.append(rows)
                    ended.append((way.chance, left))
                steps.append(ways)
                waiting = _mixed(ended, len(self.types), date - _KEPT, self._little)
                left_over.append([sum(each.values()) for each in waiting])
            now = left_over[-1]
            changed = max([abs(a - b) for a, b in zip(now, before, strict=True)])
            if changed < self._enough:
                break
            before = now
        self._gone.clear()  # what it took to find them is not held for as long as they are
        return steps, left_over

    def _alike(self) -> list[int]:
        """Of each day, the first that is the same but for its date."""
        seen: dict[object, int] = {}
        found = []
        for number, day in enumerate(self.days):
            pieces = tuple([(piece.length, piece.on) for piece in day.pieces])
            coming = tuple([tuple(each[number]) for each in self.coming])
            found.append(seen.setdefault((pieces, coming), number))
        return found

    def _like_another(
        self, date: int, day: Day, people: Sequence[float], waiting: "_Waiting"
    ) -> tuple[list[Step], "_Waiting"]:
        """Follow one way of a day, as another that was the same but for its date, if one was.

        The arguments are those of `_day`.
        """
        kinds = self._kinds
        old = [
            [
                (date - since, place, turn, kinds[since % 7], round(more / self._told))
                for (since, place, turn), more in each.items()
            ]
            for each in waiting
        ]
        key = kinds[date % 7], tuple(people), tuple(map(tuple, old))
        known = self._gone.get(key)
        if known is None:
            rows, left = self._day(date, day, people, waiting)
            self._gone[key] = date, rows, left
            return rows, left
        before, rows, left = known
        later = date - before
        moved = [
            {(since + later, place, turn): more for (since, place, turn), more in each.items()}
            for each in left
        ]
        if later % 7:
            rows = [row.moved(later) if row.later else row for row in rows]
        return rows, moved

    def _day(
        self, date: int, day: Day, people: Sequence[float], waiting: "_Waiting"
    ) -> tuple[list[Step], "_Waiting"]:
        """Follow one way of a day.

        Args:
            date: days since the first.
            day: its plan.
            people: of each source who have come.
            waiting: of each type, what waits at its start, by date and piece.
        """
        sources = range(self.size)
        line = [dict(each) for each in waiting]
        rows = []
        before: tuple[int, ...] = ()  # at midnight others come
        for place, piece in enumerate(day.pieces):
            # Who comes takes a message at once: the first in order the oldest.
            hands = [people[i] if i in piece.on and i not in before else 0.0 for i in sources]
            before = piece.on
            number = max(1, ceil(piece.length / _STEP))
            minutes = piece.length / number
            here = [people[i] if i in piece.on else 0.0 for i in sources]
            able = [n * minutes / self.service for n in here]
            coming = [each[date % 7][place] for each in self.coming]
            step = Step([[0.0] * self.size for _ in self.types], {}, [0.0] * len(self.types))
            rows.append(step)
            came = Came(date % 7, place)
            for turn in range(number):
                rest = [each * minutes for each in coming]
                if any(here):
                    left = list(able)
                    self._worked_off(line, left, step, date, hands)
                    free = tuple(
                        [round(left[i] / able[i], _HUNDREDTH) if able[i] else 0.0 for i in sources]
                    )
                    if any(free):
                        rest = self._taken(here, coming, free, minutes, left, step, came)
                for kind, more in enumerate(rest):
                    if more > self._little:
                        line[kind][date, place, turn] = more
        for kind, each in enumerate(line):
            for (since, place, _), more in each.items():
                if since == date:
                    rows[place].left[kind] += more
        return rows, line

    def _worked_off(
        self,
        line: "_Waiting",
        left: list[float],
        step: Step,
        date: int,
        hands: list[float],
    ) -> None:
        """Take what waits, the oldest first; of what came together, what fewest may take."""
        asked = [kind for kind in self._narrow if line[kind]]
        while asked:
            kind = asked[0]
            if len(asked) > 1:
                kind = min(asked, key=lambda kind: next(iter(line[kind])))
            takers = self.types[kind].takers
            room = sum([left[i] for i in takers])
            if room <= self._little:
                asked.remove(kind)
                continue
            key = next(iter(line[kind]))
            have = line[kind][key]
            part = min(have, room)
            came = Came(key[0] % 7, key[1])
            rest = part
            for i in takers if any(hands) else ():
                by = min(rest, hands[i], left[i])
                if by > 0:
                    rest -= by
                    hands[i] -= by
                    left[i] -= by
                    entry = kind, i, came, key[0] == date
                    step.later[entry] = step.later.get(entry, 0.0) + by
            free = sum([left[i] for i in takers])
            if rest > 0 and free > 0:
                self._given(kind, min(1.0, rest / free), left, step, (came, key[0] == date))
            if have - part > self._little:
                line[kind][key] = have - part
            else:
                del line[kind][key]
                if not line[kind]:
                    asked.remove(kind)

    def _taken(
        self,
        here: Sequence[float],
        coming: Sequence[float],
        free: tuple[float, ...],
        minutes: float,
        left: list[float],
        step: Step,
        now: Came,
    ) -> list[float]:
        """Take what comes, at once or soon; returned is what has to wait for longer."""
        key = tuple(here), tuple(coming), free
        found = self._hunts.get(key)
        if found is None:
            found = self._hunts[key] = self._hunted(here, coming, free)
        rest = [each * minutes for each in found[1]]
        for kind, row in enumerate(found[0]):
            for i in self.types[kind].takers:
                by = row[i] * minutes
                step.at_once[kind][i] += by
                left[i] = max(0.0, left[i] - by)
        for kind in self._narrow:
            takers = self.types[kind].takers
            room = sum([left[i] for i in takers])
            if room > self._little and rest[kind] > 0:
                part = min(rest[kind], room)
                rest[kind] -= part
                self._given(kind, part / room, left, step, (now, True))
        return rest

    def _given(
        self, kind: int, part: float, left: list[float], step: Step, came: tuple[Came, bool]
    ) -> None:
        """Let those who may take a type answer messages of it in a part of the time they have."""
        for i in self.types[kind].takers:
            if left[i] > 0:
                by = part * left[i]
                left[i] = max(0.0, left[i] - by)
                entry = kind, i, *came
                step.later[entry] = step.later.get(entry, 0.0) + by

    def _hunted(
        self, here: Sequence[float], coming: Sequence[float], free: Sequence[float]
    ) -> tuple[list[list[float]], list[float]]:
        """Of what comes a minute, what each source takes at once, and what finds nobody free.

        Whether people are free follows from all that they take, so that it is looked for anew.

        Args:
            here: people of each source.
            coming: messages of each type a minute.
            free: the part of the time in which each source has no older messages left.
        """
        sources = range(self.size)
        taken = [1 - each for each in free]
        once: list[list[float]] = []
        rest: list[float] = []
        for turn in range(_TRIES):
            load = [n * (1 - part) for n, part in zip(here, free, strict=True)]
            once, rest = [], []
            for each, comes in zip(self.types, coming, strict=True):
                row = [0.0] * self.size
                left = comes
                for i in each.takers:
                    if here[i] > 0:
                        row[i] = left * (1 - taken[i])
                        left -= row[i]
                        load[i] += row[i] * self.service
                once.append(row)
                rest.append(left)
            for kind in self._narrow:
                takers = self.types[kind].takers
                spare = [max(0.0, here[i] - load[i]) for i in takers]
                room = sum(spare)
                if room > 0:
                    part = min(rest[kind] * self.service, room)
                    for i, some in zip(takers, spare, strict=True):
                        load[i] += part * some / room
            now = [
                1 - free[i] * (1 - _all_busy(here[i], load[i])) if here[i] > 0 else 1.0
                for i in sources
            ]
            taken = [(a + b) / 2 for a, b in zip(taken, now, strict=True)] if turn else now
        return once, rest


_Waiting = list[dict[tuple[int, int, int], float]]
"""Of each type, what waits, by date, piece and step in which it came, in this order."""


def _mixed(
    ended: Sequence[tuple[float, _Waiting]], size: int, oldest: int, little: float
) -> _Waiting:
    """What waits on average at the end of a day, but for what is too old or too little."""
    mixed: _Waiting = [{} for _ in range(size)]
    for chance, line in ended:
        for into, each in zip(mixed, line, strict=True):
            for key, more in each.items():
                if key[0] > oldest:
                    into[key] = into.get(key, 0.0) + chance * more
    return [{key: more for key, more in sorted(each.items()) if more > little} for each in mixed]


def _all_busy(people: float, load: float) -> float:
    """The chance that all of some people are busy who have so much to do, in erlangs.

    H. Sakasegawa, "An approximation formula L_q ≈ α·ρ^β/(1 − ρ)" (1977), exact for one person.
    """
    use = load / people
    if use >= 1:
        return 1.0
    return use ** (sqrt(2 * (people + 1)) - 1) if people > 1 else use
