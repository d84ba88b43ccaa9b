"""What becomes of the messages of a team: who takes them, and when their answers go out.

Each type of message (`message_types`) has a line of its own, with the people who may take it. What
these people take of other types joins that line (`shared`).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from cmsource.model.line.answerer import Answerer, answerers
from cmsource.model.line.line import PATIENCE, Line, Stay
from cmsource.model.line.message_types import message_types
from cmsource.model.line.shared import Lined, lines_of
from cmsource.model.resource import Resource
from cmsource.results.phase import Answering
from cmsource.scenario.needs import Needs
from cmsource.values.week import Week

_NUDGE = 0.01  # minutes: on which side of a change a moment is
_FEW = 1e-6  # of the messages, that do not count
_ALMOST = 1e-9  # minutes: an error of rounding
_CLOSER = 2  # steps between two of those
_LADDER = tuple([2.0**step for step in range(15)])  # minutes, up to two weeks


_Place = tuple[int, int]
"""A piece of the week: its day, and its place in it."""


class Work(NamedTuple):
    """What a source does of the messages.

    Attributes:
        share: of all messages that it answers.
        after_hours: the part of it that it does outside office hours.
    """

    share: float
    after_hours: float


class Due(NamedTuple):
    """By when a message has to be taken for its answer to go out in time.

    Attributes:
        minutes: after it came.
        at_once: share of the messages taken at once that have to be taken by then.
        later: share of those that wait.
    """

    minutes: float
    at_once: float
    later: float


def answers(resources: Sequence[Resource], needs: Needs, office: Week) -> "Answers | None":
    """What becomes of the messages that some resources may take; None where no messages come."""
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return None
    return _answers(
        answerers(resources),
        messages.weekly,
        messages.minutes_each,
        messages.profile,
        needs.answer_within,
        office,
    )


@lru_cache(maxsize=256)
def _answers(
    team: tuple[Answerer, ...],
    weekly: float,
    service: float,
    profile: str | tuple[float, ...],
    within: float,
    office: Week,
) -> "Answers":
    # Phases and options often have the same people, whatever these cost.
    return Answers(team, weekly, service, profile, within, office)


class Answers:
    """What becomes of the messages of a team.

    Args:
        team: who may answer, in the option's order.
        weekly: messages a week.
        service: minutes of an answer.
        profile: when messages come.
        within: minutes within which an answer is wanted.
        office: office hours.
    """

    def __init__(
        self,
        team: tuple[Answerer, ...],
        weekly: float,
        service: float,
        profile: str | tuple[float, ...],
        within: float,
        office: Week,
    ) -> None:
        self.team = team
        self.weekly = weekly
        self.service = service
        self.profile = profile
        self.within = within
        self.office = office
        self._known: dict[float, float] = {}

    @cached_property
    def lines(self) -> Sequence[Lined]:
        """The lines of all types of messages that anybody may take."""
        types = message_types(tuple([each.takes for each in self.team]))
        dues = {
            self.within - self.service - delay for each in self.team for delay, _ in each.delays
        }
        deadlines = tuple(sorted([min(due, PATIENCE) for due in dues if due > 0]))
        return lines_of(
            self.team, types, self.weekly, self.service, self.profile, self.office, deadlines
        )

    @cached_property
    def answered(self) -> float:
        """Share of all messages that are ever answered."""
        return min(1.0, sum([lined.share * lined.line.answered for lined in self.lines]))

    @cached_property
    def work(self) -> tuple[Work, ...]:
        """What each source does of the messages."""
        shares = [0.0] * len(self.team)
        after = [0.0] * len(self.team)
        for lined in self.lines:
            for source, (done, outside) in enumerate(self._done(lined)):
                shares[source] += lined.share * done
                after[source] += lined.share * outside
        return tuple([Work(*pair) for pair in zip(shares, after, strict=True)])

    def _done(self, lined: Lined) -> list[tuple[float, float]]:
        """The share of a type that each source answers, in all and outside office hours."""
        ever = lined.line.answered
        size = len(self.team)
        takers = lined.takers
        if len(takers) == 1 and not self.team[takers[0]].duty.difference(self.office):
            return [(ever if i in takers else 0.0, 0.0) for i in range(size)]
        soon, soon_out, late, late_out = ([0.0] * size for _ in range(4))
        for stay, at_once, later in lined.taken():
            for source, (first, then) in enumerate(zip(at_once, later, strict=True)):
                soon[source] += first / lined.weekly
                late[source] += then
                if not stay.piece.office:
                    soon_out[source] += first / lined.weekly
                    late_out[source] += then
        # All that are answered are taken by somebody, at once or later.
        first, then = sum(soon), sum(late)
        scale = min(1.0, ever / first) if first else 0.0
        each = (ever - scale * first) / then if then else 0.0
        return [
            (s * scale + w * each, so * scale + wo * each)
            for s, w, so, wo in zip(soon, late, soon_out, late_out, strict=True)
        ]

    @cached_property
    def in_time(self) -> float:
        """Share of all messages whose answer goes out within the time that was asked for."""
        return self.answered_within(self.within)

    def answered_within(self, minutes: float) -> float:
        """Share of all messages whose answer goes out so soon after they came."""
        found = self._known.get(minutes)
        if found is None:
            soon = [self._by_piece(lined, minutes) for lined in self.lines]
            found = sum(
                [
                    lined.share * self._within(lined, minutes, soon, number)
                    for number, lined in enumerate(self.lines)
                ]
            )
            found = self._known[minutes] = min(self.answered, found)
        return found

    def _within(
        self, lined: Lined, minutes: float, soon: Sequence[Mapping[_Place, float]], number: int
    ) -> float:
        """Share of the messages of a type whose answer goes out so soon.

        Args:
            lined: the type.
            minutes: how soon.
            soon: of each type, the share of its messages that come in each piece and are in time.
            number: of this type among them.
        """
        slowest = max([delay for i in lined.takers for delay, _ in self.team[i].delays])
        if minutes - self.service - slowest >= PATIENCE:
            return lined.line.answered
        found = 0.0
        for place, share in soon[number].items():
            other, alone = lined.inner.get(place, (number, 0.0))
            found += soon[other].get(place, share) if alone >= minutes - self.service else share
        return found

    def _by_piece(self, lined: Lined, minutes: float) -> dict[_Place, float]:
        """Share of the messages of a type that come in each piece and are answered so soon."""
        found: dict[_Place, float] = {}
        for stay in lined.line.stays:
            if stay.chance * stay.piece.share * stay.piece.length < _FEW:
                continue
            dues = self._dues(lined, stay, minutes)
            if not dues:
                continue
            last = len(stay.minutes) - 1
            nudges = {0: _NUDGE, last: -_NUDGE}
            soon = [
                self._soon(lined.line, stay, minute + nudges.get(number, 0.0), chances, dues)
                for number, (minute, chances) in enumerate(
                    zip(stay.minutes, stay.line, strict=True)
                )
            ]
            share = stay.chance * stay.piece.length * stay.piece.share * stay.mean(soon)
            place = stay.day, stay.place
            found[place] = found.get(place, 0.0) + share
        return found

    def chance_at(self, minute: float, within: float | None = None) -> float:
        """Chance that a message that comes at a minute of the week is answered so soon.

        Args:
            minute: from Monday 00:00.
            within: minutes; those that were asked for when None.
        """
        asked = self.within if within is None else within
        found = 0.0
        for lined in self.lines:
            for stay in lined.line.stays:
                if stay.piece.start <= minute < stay.piece.end:
                    dues = self._dues(lined, stay, asked)
                    soon = self._soon(lined.line, stay, minute, stay.at(minute), dues)
                    found += lined.share * stay.chance * soon
        return found

    def half_at(self, minute: float) -> float | None:
        """Minutes within which a message that comes then is as likely to be answered as not.

        None where it is more likely never to be.
        """
        return self._reached(0.5, lambda within: self.chance_at(minute, within))

    def _dues(self, lined: Lined, stay: Stay, minutes: float) -> list[Due]:
        """By when messages of a stay have to be taken for their answers to go out so soon."""
        takers = lined.takers
        delays = self.team[takers[0]].delays
        if all(self.team[i].delays == delays for i in takers[1:]):
            parts = {delay: (share, share) for delay, share in delays}
        else:
            parts = {}
            for i, at_once, later in zip(
                range(len(self.team)), lined.first(stay), lined.next(stay), strict=True
            ):
                for delay, share in self.team[i].delays:
                    a, b = parts.get(delay, (0.0, 0.0))
                    parts[delay] = a + share * at_once, b + share * later
        dues = []
        for delay, (at_once, later) in parts.items():
            due = minutes - self.service - delay
            if due >= -_ALMOST:
                dues.append(Due(max(0.0, min(PATIENCE, due)), at_once, later))
        return dues

    def _soon(
        self, line: Line, stay: Stay, minute: float, chances: Sequence[float], dues: Sequence[Due]
    ) -> float:
        """The chance that a message of one minute is taken by the time it has to be."""
        if len(dues) == 1 and dues[0].at_once == dues[0].later:
            return dues[0].later * line.taken_within(stay, minute, chances, dues[0].minutes)
        free = line.levels.free(chances, stay.people) if stay.people > 0 else 0.0
        found = 0.0
        for due, at_once, later in dues:
            taken = line.taken_within(stay, minute, chances, due)
            found += at_once * free + later * max(0.0, taken - free)
        return found

    @cached_property
    def waiting(self) -> tuple[float, ...]:
        """Messages that wait for somebody in each hour of the week, on average."""
        sums = [0.0] * 168
        for lined in self.lines:
            for stay in lined.line.stays:
                part = stay.chance * lined.part_of(stay)
                levels = lined.line.levels
                waits = [levels.waiting(each, stay.people) for each in stay.line]
                for hour, minutes, mean in stay.by_hour(waits):
                    sums[hour] += part * minutes * mean / 60
        return tuple(sums)

    def quantile(self, share: float) -> float | None:
        """Minutes within which a share of all messages is answered; None if it never is."""
        if self.answered < share:
            return None
        found = self._reached(share, self.answered_within)
        if found is None:
            return None
        # The share in time is known better than what lies between two others.
        return min(found, self.within) if self.in_time >= share else max(found, self.within)

    def _reached(self, share: float, answered: Callable[[float], float]) -> float | None:
        """The time within which a share is answered, between times that are each twice as long."""
        delays = [delay for each in self.team for delay, _ in each.delays]
        least = self.service + min(delays)
        longest = PATIENCE + self.service + max(delays)
        times = [least, *[least + step for step in _LADDER if least + step < longest], longest]
        low, high = 0, len(times) - 1
        above = answered(times[high])
        if above < share:
            return None
        below = 0.0
        while high - low > 1:
            middle = (low + high) // 2
            value = answered(times[middle])
            if value >= share:
                high, above = middle, value
            else:
                low, below = middle, value
        if low == 0:
            below = answered(least)
            if below >= share:
                return least
        start, end = times[low], times[high]
        for _ in range(_CLOSER):
            between = start + (end - start) * min(0.9, max(0.1, _part(below, share, above)))
            value = answered(between)
            if value >= share:
                end, above = between, value
            else:
                start, below = between, value
        return start + (end - start) * _part(below, share, above)


def answering(found: Answers) -> Answering:
    """How late messages are answered, and when most work waits."""
    hours = found.waiting
    peak = max(range(len(hours)), key=lambda hour: (hours[hour], -hour))
    return Answering(
        found.quantile(0.5), found.quantile(0.9), hours[peak] * found.service / 60, peak * 60
    )


def _part(below: float, value: float, above: float) -> float:
    """How far a value lies between two others, from 0 to 1."""
    return (value - below) / (above - below) if above > below else 0.5
