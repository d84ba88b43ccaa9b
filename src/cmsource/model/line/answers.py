"""What becomes of the messages of a team: who takes them, and when their answers go out.

Each type of message (`message_types`) has a line of its own, with the people who may take it. What
these people take of other types joins that line (`shared`).
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from cmsource.model.line.answerer import Answerer, answerers, readers, who_answer
from cmsource.model.line.late import bent, reached
from cmsource.model.line.line import PATIENCE
from cmsource.model.line.lined import Lined
from cmsource.model.line.message_types import MessageType, message_types
from cmsource.model.line.shared import lines_of
from cmsource.model.line.software import Fate, Left, Mix, Read, Reader, read_by
from cmsource.model.line.soon import Soon
from cmsource.model.line.takers import Takers
from cmsource.model.resource import Resource
from cmsource.results.phase import Answering
from cmsource.scenario.arrivals import profile_weights, share_within
from cmsource.scenario.needs import Needs
from cmsource.values.week import DAY, WEEK, Week

_COARSE = 0.004  # a share of the messages: whose fate may stand for theirs where time is rounded
_COARSER = 0.015  # the same where time is rounded to more minutes
_ROUNDING = 1e-9
_ADJUSTED = 4  # times that the share of sources with few hours is looked for
_FEW_HOURS = 0.01  # a part of those hours that does not count


_EVERY = (1.0,) * 168
_ALL = (Fate(0.0, 0.0, _EVERY),)
_UNMIXED = (Mix(0.0, _EVERY),)
"""What comes to people where no software reads it first."""


def answers(resources: Sequence[Resource], needs: Needs, office: Week) -> "Answers | None":
    """What becomes of the messages that some resources may take; None where no messages come.

    It speaks of those of them on which messages depend (`who_answer`), in the same order.
    Whoever has agreed on fewer hours than its duty has takes no larger share of the messages than
    those are enough for.
    """
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return None
    hours = messages.weekly_hours
    software = readers(resources)
    resources = [resources[index] for index in who_answer(resources)]
    # The largest share of the messages that those can answer in their hours.
    most = {
        index: each.capacity / hours
        for index, each in enumerate(resources)
        if each.capacity < (1 - _ROUNDING) * each.depth * (1 - each.absent) * each.duty.hours
    }
    team = [
        each._replace(takes=min(each.takes, most.get(index, 1.0)))
        for index, each in enumerate(answerers(resources))
    ]
    for _ in range(_ADJUSTED):
        found = _answers(
            tuple(team),
            messages.weekly,
            messages.mean_minutes,
            messages.profile,
            needs.answer_within,
            office,
            software,
        )
        close = True
        for index, hours_left in most.items():
            # Answers to what software had before take longer.
            limit = hours_left * messages.mean_minutes / found.service
            share, takes = found.shares[index], team[index].takes
            if share > 0:
                wanted = min(resources[index].largest_share("messages"), takes * limit / share)
                if abs(wanted - takes) > _FEW_HOURS * takes:
                    close = False
                    team[index] = team[index]._replace(takes=wanted)
        if close:
            break
    return found


class Answers:
    """What becomes of the messages of a team.

    Args:
        team: who may answer, in the option's order.
        weekly: messages a week.
        service: minutes of an answer.
        profile: when messages come.
        within: minutes within which an answer is wanted.
        office: office hours.
        software: what reads messages before they do, in the option's order.

    Attributes:
        each: minutes of an answer.
        service: the same on average: longer where software hands messages over.
    """

    def __init__(
        self,
        team: tuple[Answerer, ...],
        weekly: float,
        service: float,
        profile: str | tuple[float, ...],
        within: float,
        office: Week,
        software: tuple[Reader, ...] = (),
    ) -> None:
        self.team = team
        self.weekly = weekly
        self.software = software
        self.each = service
        self.profile = profile
        self.within = within
        self.office = office
        self._read = self._read_by(tuple([each.takes for each in team]))
        self.service = self._read.service
        self._known: dict[float, float] = {}

    def _read_by(self, takes: tuple[float, ...]) -> Read:
        """What becomes of messages that software reads; all come to people where there is none.

        Args:
            takes: the largest share that each of the team takes.
        """
        beside = tuple([each.beside for each in self.team])
        if self.software:
            return read_by(self.software, takes, self.profile, self.each, beside)
        types = message_types(takes, beside)
        left = tuple([Left(kind, kind.share, _ALL, _UNMIXED) for kind in types])
        return Read(left, (), (), (), self.each)

    def asked_of(self, takes: tuple[float, ...]) -> Sequence[MessageType]:
        """What would come to people, by who may take it, if each of them took such a share."""
        return [left.comes for left in self._read_by(takes).left]

    def _left_of(self, lined: Lined) -> Left:
        """What comes to people of a line's type."""
        return next(
            left
            for left in self.left
            if left.comes.share == lined.share and {*lined.takers} <= {*left.comes.takers}
        )

    @cached_property
    def lines(self) -> Sequence[Lined]:
        """The lines of all types of messages that anybody may take."""
        dues = {self.within - minutes for minutes in self._by_people}
        deadlines = tuple(sorted([min(due, PATIENCE) for due in dues if due > 0]))
        return lines_of(
            self.team, self.types, self.weekly, self.service, self.profile, self.office, deadlines
        )

    @property
    def types(self) -> Sequence[MessageType]:
        """What comes to people, by who may take it."""
        return [left.comes for left in self.left]

    @property
    def weekly_hours(self) -> float:
        """Hours a week that people need to answer what comes to them."""
        coming = sum([kind.share for kind in self.types]) if self.software else 1.0
        return self.weekly * coming * self.service / 60

    @property
    def left(self) -> tuple[Left, ...]:
        """The types of messages by who may take them, and how they come to people."""
        return self._read.left

    def comes_within(self, hours: Week, fate: Fate) -> float:
        """Of all messages of a type, those that come to people so and arrive in some hours."""
        weights = profile_weights(self.profile)
        come = tuple([a * b for a, b in zip(weights, fate.share, strict=True)])
        return sum(come) * share_within(come, hours) if any(come) else 0.0

    @property
    def resolved(self) -> tuple[float, ...]:
        """The share of all messages that each software answers, wrong answers among them."""
        return self._read.resolved

    @property
    def right(self) -> tuple[float, ...]:
        """The share of all messages that each software answers for good."""
        return self._read.right

    @cached_property
    def takers(self) -> Takers:
        """Who answers them."""
        return Takers(self.team, self.lines)

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of all messages that each source answers."""
        return self.takers.shares

    @property
    def after_hours(self) -> tuple[float, ...]:
        """The part of them that each source answers outside office hours."""
        return self.takers.after_hours

    @cached_property
    def answered(self) -> float:
        """Share of all messages that are ever answered."""
        people = sum([lined.share * lined.ever for lined in self.lines])
        return min(1.0, people + sum(self.right))

    @cached_property
    def _soon(self) -> Soon:
        lines = self.lines
        mixes = [self._left_of(lined).mixes for lined in lines]
        return Soon(self.team, lines, mixes, self.service, plain=not self.software)

    @cached_property
    def in_time(self) -> float:
        """Share of all messages whose answer goes out within the time that was asked for.

        None of people's does where an answer takes all of it.
        """
        if self.within <= self.each:
            return self.at_once(self.within)
        return self.answered_within(self.within)

    def at_once(self, minutes: float) -> float:
        """Share of all messages that software answers so soon, for good."""
        return sum(
            [
                right
                for reader, right in zip(self.software, self.right, strict=True)
                if reader.delay <= minutes
            ]
        )

    def answered_within(self, minutes: float) -> float:
        """Share of all messages whose answer goes out so soon after they came."""
        found = self._known.get(minutes)
        if found is None:
            found = self._known[minutes] = max(0.0, min(self.answered, self._within(minutes)))
        return found

    def _within(self, minutes: float, least: float = 0.0) -> float:
        return self.at_once(minutes) + self._soon.share(minutes, least)

    def chance_at(self, minute: float, within: float | None = None) -> float:
        """Chance that a message that comes at a minute of the week is answered so soon.

        Args:
            minute: from Monday 00:00.
            within: minutes; those that were asked for when None.
        """
        asked = self.within if within is None else within
        hour = int(minute // 60)
        found = self.at_once_at(minute, asked)
        for lined in self.lines:
            left = self._left_of(lined)
            for fate in left.fates:
                part = left.share * fate.share[hour]
                found += part * self._chance_of(lined, fate, minute, asked) if part else 0.0
        return found

    def at_once_at(self, minute: float, within: float) -> float:
        """Share of the messages of a minute of the week that software answers so soon, for good."""
        return sum(
            [
                right[int(minute // 60)]
                for reader, right in zip(self.software, self._read.right_by_hour, strict=True)
                if reader.delay <= within
            ]
        )

    def _chance_of(self, lined: Lined, fate: Fate, minute: float, asked: float) -> float:
        """The chance that a message that comes at a minute, and so to people, is answered soon."""
        minute = (minute + fate.later) % WEEK
        asked -= fate.later + fate.more - (self.service - self.each)
        return self._soon.chance_of(lined, minute, asked)

    def half_at(self, minute: float) -> float | None:
        """Minutes within which a message that comes then is as likely to be answered as not.

        None where it is more likely never to be.
        """
        return reached(
            0.5,
            lambda within: self.chance_at(minute, within),
            {},
            self._bounds,
            jumps=self._jumps,
        )

    @cached_property
    def waiting(self) -> tuple[float, ...]:
        """Messages that wait for somebody in each hour of the week, on average."""
        sums = [0.0] * 168
        for lined in self.lines:
            line = lined.line
            here = [0.0] * 168
            for day, alike in enumerate(line.first_like):
                if alike < day:
                    here[24 * day : 24 * day + 24] = here[24 * alike : 24 * alike + 24]
                    continue
                for stay in line.stays_of(day):
                    part = stay.chance * lined.part_of(stay) / 60
                    waits = stay.values(stay.course.track.waiting)
                    for hour, minutes, mean in stay.by_hour(waits) if any(waits) else ():
                        here[hour] += part * minutes * mean
            sums = [a + b for a, b in zip(sums, here, strict=True)]
        # A step in which a line is soon gone may leave chances a little below nothing.
        return tuple([max(0.0, each) for each in sums])

    def waiting_at(self, minute: float) -> float:
        """Minutes of work that wait for somebody in an hour of the week, on average.

        Args:
            minute: of that hour.
        """
        return self.waiting[int(minute // 60)] * self.service

    @property
    def median(self) -> float | None:
        """Minutes within which half of all messages are answered; None if they never are."""
        return self._late[0]

    @property
    def p90(self) -> float | None:
        """Minutes within which nine in ten messages are answered; None if they never are."""
        return self._late[1]

    @cached_property
    def _late(self) -> tuple[float | None, float | None]:
        """Both, never at odds with the share in time; what is known of one helps with the other."""
        known = {self._bounds[1]: self.answered}
        if self.within > self.each:  # else none counts as in time, whatever has gone out
            known[self.within] = self.in_time

        def answered(minutes: float) -> float:
            return self._within(minutes, _COARSE if minutes < DAY else _COARSER)

        about = bent(self._soon.about(_COARSER), known)
        half = reached(0.5, answered, known, self._bounds, about, self._jumps)
        if half is not None:
            known[half] = max(0.5, known.get(half, 0.5))  # nine in ten take as long at least
        return half, reached(0.9, answered, known, self._bounds, about, self._jumps)

    @cached_property
    def _jumps(self) -> list[float]:
        """Minutes after which exactly many answers may go out, upwards.

        They do where messages wait for nobody, and where they are as good as given up.
        """
        return [*self._at_once, *[PATIENCE + minutes for minutes in sorted(self._by_people)]]

    @cached_property
    def _by_people(self) -> frozenset[float]:
        """Minutes after which exactly answers of people go out, where no message waits."""
        return frozenset(
            [
                self.service + delay + mix.delay
                for left in self.left
                for taker in left.comes.takers
                for delay, _ in self.team[taker].delays
                for mix in left.mixes
            ]
        )

    @cached_property
    def _at_once(self) -> list[float]:
        """Minutes after which exactly answers go out, where no message waits, upwards."""
        right = zip(self.software, self.right, strict=True)
        return sorted({*self._by_people, *[reader.delay for reader, share in right if share > 0]})

    @cached_property
    def _bounds(self) -> tuple[float, float]:
        """Minutes before which no answer goes out, and within which all do that ever do."""
        first, *_, last = [*self._at_once, *self._at_once] or (0.0, 0.0)
        return first, PATIENCE + last


_answers = lru_cache(maxsize=64)(Answers)
"""Phases and options often have the same people, whatever these cost. Each holds a megabyte."""


def answering(found: Answers) -> Answering:
    """How late messages are answered, and when most work waits."""
    if not found.lines:
        return Answering(found.median, found.p90, None, None)
    hours = found.waiting
    peak = max(range(len(hours)), key=lambda hour: (hours[hour], -hour))
    return Answering(found.median, found.p90, hours[peak] * found.service / 60, peak * 60)
