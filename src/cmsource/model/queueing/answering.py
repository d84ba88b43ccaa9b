"""How late messages are answered: the share answered in time, and the work that waits.

A message is answered in time when the work before it is at most the capacity until its deadline
(`reach`), for the backlog that the queue has at its arrival (`queue`); where there is none, when it
waits no longer than Erlang's formula says. Between the breakpoints of the week all of these change
evenly, and the mean over the messages that arrive is worked out exactly or by quadrature.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import erf, exp, pi, sqrt
from typing import NamedTuple

from cmsource.model.queueing.answerer import Answerer, answerers
from cmsource.model.queueing.backlog import Backlog, Levels, exceeds, mixed
from cmsource.model.queueing.erlang import waiting
from cmsource.model.queueing.queue import Lived, Queue, Run
from cmsource.model.queueing.reach import Reach
from cmsource.model.resource import Resource
from cmsource.scenario.needs import Needs
from cmsource.values.week import DAY, WEEK

_LONGEST = 2 * WEEK
_SOME = 5e-5  # chance of a way to go and of a backlog then that is spoken of
_SLIGHT = 1e-3  # of the messages: it matters little how the backlog spreads before so few
_ROOT2 = sqrt(2)
_NODES = (0.5 - sqrt(3) / 6, 0.5 + sqrt(3) / 6)  # of Gauss-Legendre quadrature with two points


def answers(resources: Sequence[Resource], needs: Needs) -> "Answers | None":
    """What becomes of the messages that some resources answer; None where no messages come."""
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return None
    within = min(needs.answer_within, _LONGEST)
    takers = answerers(resources)
    return _answers(takers, messages.weekly, messages.minutes_each, messages.profile, within)


@lru_cache(maxsize=64)
def _answers(
    takers: tuple[Answerer, ...],
    weekly: float,
    service: float,
    profile: str | tuple[float, ...],
    within: float,
) -> "Answers":
    # Options of a scenario often have phases with the same people.
    return Answers(Queue(takers, weekly, service, profile, within))


@lru_cache(maxsize=64)
def share_in_time(answers: "Answers") -> float:
    """Share of all messages that are answered within the time that was asked for.

    A phase, what is required of it and the average over the months ask for the same.
    """
    return answers.in_time()


class _Stay(NamedTuple):
    """A time of arrival within a piece of a run.

    Attributes:
        run: who is there.
        load: erlangs.
        clear: chance that the queue is clear at the start of the run.
        levels: the backlog at the start of the run; None where there is none to speak of.
        arrived: minutes of work that have arrived in the run before it.
        served: minutes of people's time in the run before it.
        arriving: minutes of work that arrive in it.
        serving: minutes of people's time in it.
        spreads: whether it matters how the backlog spreads in the course of the run.
    """

    run: Run
    load: float
    clear: float
    levels: Levels | None
    arrived: float
    served: float
    arriving: float
    serving: float
    spreads: bool


class Answers:
    """What becomes of the messages of a queue.

    Args:
        queue: in steady state.

    Attributes:
        queue: the same.
    """

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self._waiting: dict[tuple[float, float], float] = {}

    def in_time(self) -> float:
        """Share of all messages that are answered within the time that was asked for.

        It is linear in the distributions of the backlog, so that stretches of which everything
        else is alike are looked at once, with the mean of their backlogs.
        """
        queue = self.queue
        total = 0.0
        for beyond in (False, True):
            alike: dict[object, list[Lived]] = {}
            for lived in queue.week:
                # Stretches that are alike may be followed by days that are not.
                kind = (lived.likeness, lived.ahead) if beyond else lived.likeness
                alike.setdefault(kind, []).append(lived)
            for same in alike.values():
                stays = self._stays(same, beyond=beyond)
                part = sum([stay.run.chance * stay.arriving * share for stay, share in stays])
                total += len(same) * part
        return min(1.0, queue.answered * total / queue.work) if total else 0.0

    def chance_at(self, minute: int) -> float:
        """Chance that a message of one minute of the week is answered in time."""
        found = 0.0
        for lived in self.queue.week:
            at = (minute - lived.day * DAY) % WEEK
            for stay, share in self._stays([lived], at=at):
                found += stay.run.chance * share
        return self.queue.answered * found

    def backlog(self) -> list[tuple[int, float]]:
        """Expected work that waits, in hours of one person, where duties or arrivals change.

        Returns:
            Minutes of the week in order, from 0 up, with the work at that time.
        """
        waits: dict[int, float] = {}
        levels: dict[int, list[Levels | None]] = {}  # stretches often go alike
        for day, _, _, passed in self.queue.week:
            if id(passed) not in levels:
                pairs = zip(passed.runs, passed.backlogs, strict=True)
                levels[id(passed)] = [self._levels(run, backlog) for run, backlog in pairs]
            known = levels[id(passed)]
            for run, before, level in zip(passed.runs, passed.backlogs, known, strict=True):
                arrived = served = 0.0
                for piece in run.pieces:
                    arrived += piece.load * (piece.end - piece.start)
                    served += run.people * (piece.end - piece.start)
                    work = before.clear * max(0.0, arrived - served)
                    if level is not None:
                        work += level.above(served - arrived)
                    minute = round((day + piece.day) * DAY + piece.end) % WEEK
                    waits[minute] = waits.get(minute, 0.0) + run.chance * work
        return [(minute, work / 60) for minute, work in sorted(waits.items())]

    def _levels(self, run: Run, backlog: Backlog) -> Levels | None:
        """The levels of a backlog before a run; None where there is none to speak of."""
        if run.chance * (1 - backlog.clear) <= _SOME:
            return None
        return Levels(backlog, self.queue.step)

    def _stays(
        self, same: Sequence[Lived], *, beyond: bool | None = None, at: int | None = None
    ) -> Iterator[tuple[_Stay, float]]:
        """The times of arrival of a stretch from which messages can be answered in time.

        Args:
            same: stretches that are alike but for their backlogs, of which the mean is taken.
            beyond: whether only those that may be answered on a later day are wanted, or only the
                others; None for both.
            at: the only minute of it that is wanted; None for all.

        Yields:
            A time, and the share of its messages that is.
        """
        first_day, runs = same[0].day, same[0].passed.runs
        reach = self.queue.calendar.reach
        slight = _SLIGHT * self.queue.work
        for number, run in enumerate(runs):
            if beyond is not None and all(piece.beyond is not beyond for piece in run.pieces):
                continue
            backlog = mixed([(1 / len(same), lived.passed.backlogs[number]) for lived in same])
            level = self._levels(run, backlog)
            arrived = served = 0.0
            people, much = run.people, run.chance * (1 - backlog.clear)
            around: tuple[int, tuple[float, float]] | None = None
            for piece in run.pieces:
                day, start, end, load = piece[:4]
                whole, until = piece.reach
                length = end - start
                wanted = (load > 0 or at is not None) and beyond in (None, piece.beyond)
                if wanted and around != (day, piece.reach):
                    around = day, piece.reach
                    ways = reach(first_day + day, run.way, whole, until)
                if wanted and ways:
                    first, last = start, end
                    if at is not None:
                        first, last = max(start, at - day * DAY), min(end, at - day * DAY + 1)
                    if first < last:
                        before, time = first - start, last - first
                        stay = _Stay(
                            run,
                            load,
                            backlog.clear,
                            level,
                            arrived + load * before,
                            served + people * before,
                            load * time,
                            people * time,
                            at is not None or much * load * length >= slight,
                        )
                        half = until - whole
                        part = (first - whole) / half, (last - whole) / half
                        yield stay, self._answered(stay, ways, *part)
                arrived += load * length
                served += people * length

    def _answered(self, stay: _Stay, ways: Sequence[Reach], begin: float, stop: float) -> float:
        """Mean chance over a time that the work before a message is at most what is in reach.

        Args:
            stay: the time.
            ways: the chances of what is in reach.
            begin: where it begins, as a part of the time that those are given for.
            stop: where it ends.
        """
        run, load, clear, levels, arrived, served, arriving, serving, spreads = stay
        service = self.queue.service
        people = run.people
        start = end = before = after = cleared = fading = 0.0
        if people:
            fading = (people - load) / (people * service)
        if levels is not None:
            # Levels that the backlog at the start of the run may have had.
            start = served - arrived
            end = start + serving - arriving
            if spreads:
                before = sqrt(2 * service * arrived)
                after = sqrt(2 * service * (arrived + arriving))
            if people:
                cleared = levels.blurred(start, end, before, after)
        total = 0.0
        for chance, low, high, there in ways:
            change = high - low
            first, last = low + begin * change, low + stop * change
            # Work that others have at hand keeps nobody waiting.
            at_hand = (there - 1) * service if there > 1 else 0.0
            backlogged = 0.0
            if levels is not None:
                backlogged = levels.blurred(
                    first + at_hand + start, last + at_hand + end, before, after
                )
            if not people:
                empty = self._empty(first + at_hand, last + at_hand, arrived, arriving)
                total += chance * (backlogged + clear * empty)
                continue
            if not run.busy:
                late = self._waits(people, load) * _fading_along(fading * first, fading * last)
            else:
                late = self._grown(stay, first, last)
                if load < people:
                    # In the long run Erlang's formula has it, which counts whole messages.
                    rate = (people - load) / sqrt(people)
                    late *= self._waits(people, load) * exp(rate)
            soon = (clear + cleared) * (1 - late)
            total += chance * (soon + (backlogged - cleared if backlogged > cleared else 0.0))
        return total

    def _empty(self, first: float, last: float, arrived: float, arriving: float) -> float:
        """Mean chance over a time without people that less than some capacity has arrived.

        Args:
            first: the capacity for a message at its start, in minutes.
            last: for one at its end.
            arrived: minutes of work that have arrived before.
            arriving: minutes of work that arrive in it.
        """
        service = self.queue.service
        middle = arrived + arriving / 2
        nothing = exp(-middle / service)
        if middle <= 0:
            return nothing
        deviation = sqrt(2 * service * middle)
        low, high = (first - arrived) / deviation, (last - arrived - arriving) / deviation
        return max(nothing, _normal_along(low, high))

    def _grown(self, stay: _Stay, first: float, last: float) -> float:
        """Mean chance that a queue that was clear has grown beyond some capacity.

        Gauss-Legendre quadrature between points set around the time at which it does so on
        average, where the chance changes fastest.
        """
        service = self.queue.service
        people, load = stay.run.people, stay.load
        # An answer begun goes on beyond the level at which the next message has to wait.
        at_hand = service * sqrt(people)
        points = [0.0, 1.0]
        if load > people:
            growth = stay.arriving - stay.serving
            ahead = (first + last) / 2 + at_hand - stay.arrived + stay.served
            middle = ahead / growth
            if 0 < middle < 1.5:
                work = stay.arrived + min(1.0, middle) * stay.arriving
                wide = 2 * sqrt(2 * service * work) / growth
                around = (middle - wide, middle, middle + wide)
                points[1:1] = [point for point in around if 0 < point < 1]
        elif not stay.arrived:
            points[1:1] = [0.1, 0.4]
        total = 0.0
        for low, high in pairwise(points):
            for node in _NODES:
                part = low + node * (high - low)
                work = stay.arrived + part * stay.arriving
                done = stay.served + part * stay.serving
                level = first + part * (last - first) + at_hand
                chance = exceeds(level, work - done, 2 * service * max(work, done))
                total += chance * (high - low) / 2
        return total

    def _waits(self, people: float, load: float) -> float:
        known = self._waiting.get((people, load))
        if known is None:
            known = self._waiting[people, load] = waiting(people, load)
        return known


def _fading_along(first: float, last: float) -> float:
    """Mean of exp(−x) while x moves evenly from one value to another."""
    if abs(last - first) < 1e-6:
        return exp(-(first + last) / 2)
    return (exp(-first) - exp(-last)) / (last - first)


def _normal_along(first: float, last: float) -> float:
    """Mean of the normal distribution function while its argument moves evenly."""
    if abs(last - first) < 1e-3:
        return _normal((first + last) / 2)
    return (_normal_area(last) - _normal_area(first)) / (last - first)


def _normal(z: float) -> float:
    return (1 + erf(z / _ROOT2)) / 2


def _normal_area(z: float) -> float:
    """The integral of the normal distribution function up to z."""
    return z * _normal(z) + exp(-z * z / 2) / sqrt(2 * pi)
