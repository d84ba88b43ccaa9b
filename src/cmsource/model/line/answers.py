"""What becomes of the messages of a team: who takes them, and when their answers go out.

Each type of message (`message_types`) has a line of its own, with the people who may take it. What
these people take of other types joins that line (`shared`).
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from math import ceil, exp, log
from typing import NamedTuple

from cmsource.model.line.answerer import Answerer, answerers, readers, who_answer
from cmsource.model.line.call_outs import Flow
from cmsource.model.line.course import Stay
from cmsource.model.line.line import PATIENCE, Line, Moment
from cmsource.model.line.lined import Lined
from cmsource.model.line.message_types import MessageType, message_types
from cmsource.model.line.served import Served, by_arrival, served, settled
from cmsource.model.line.shared import lines_of, within_capacity
from cmsource.model.line.software import Fate, Left, Mix, Read, Reader, read_by
from cmsource.model.resource import Resource
from cmsource.results.phase import Answering
from cmsource.scenario.arrivals import profile_weights, share_within
from cmsource.scenario.needs import Needs
from cmsource.values.week import DAY, WEEK, Week

_COARSE = 0.002  # a share of the messages: whose fate may stand for theirs where time is rounded
_FEW = 1e-5  # of the messages, that do not count
_ALMOST = 1e-9  # minutes: an error of rounding
_NEVER = 1e-6  # of the messages, that are as good as none
_ROUNDING = 1e-9
_ADJUSTED = 4  # times that the share of sources with few hours is looked for
_FEW_HOURS = 0.01  # a part of those hours that does not count
_TRIES = 8  # of a time until which a share is answered, at most
_CLOSE = 2.0  # minutes between two times, between which a straight line is good enough
_CLOSE_PART = 0.25  # the same as a part of the time
_CLOSER = 0.01  # the same for one moment


_EVERY = (1.0,) * 168
_ALL = (Fate(0.0, 0.0, _EVERY),)
_UNMIXED = (Mix(0.0, _EVERY),)
"""What comes to people where no software reads it first."""


class Part(NamedTuple):
    """Messages whose answers take as long to go out, besides the time that they take.

    Attributes:
        delay: minutes.
        at_once: share of the messages taken at once.
        later: share of those that wait.
    """

    delay: float
    at_once: float
    later: float


class Sample(NamedTuple):
    """A message that stands for some others.

    Attributes:
        share: of all messages of its type, those that it stands for.
        moment: at which it comes.
        parts: how long its answer takes to go out.
    """

    share: float
    moment: Moment
    parts: Sequence[Part]


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
            messages.minutes_each,
            messages.profile,
            needs.answer_within,
            office,
            software,
        )
        close = True
        for index, hours_left in most.items():
            # Answers to what software had before take longer.
            limit = hours_left * messages.minutes_each / found.service
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
        self._read = self._read_by(software, service, profile)
        self.service = self._read.service
        self.profile = profile
        self.within = within
        self.office = office
        self._known: dict[float, float] = {}
        self._doing: dict[tuple[int, ...], list[tuple[float, float]]] = {}
        self._sampled: dict[tuple[int, int, float], list[list[Sample]]] = {}
        self._pieced: dict[tuple[tuple[int, ...], int, int], Sequence[Part]] = {}
        self._parted: dict[tuple[tuple[int, ...], int, int, int], tuple[Part, ...]] = {}

    def _read_by(
        self, software: tuple[Reader, ...], service: float, profile: str | tuple[float, ...]
    ) -> Read:
        """What becomes of messages that software reads; all come to people where there is none."""
        takes = tuple([each.takes for each in self.team])
        beside = tuple([each.beside for each in self.team])
        if software:
            return read_by(software, takes, profile, service, beside)
        types = message_types(takes, beside)
        left = tuple([Left(kind, kind.share, _ALL, _UNMIXED) for kind in types])
        return Read(left, (), (), (), service)

    def _left_of(self, lined: Lined) -> Left:
        """What comes to people of a line's type."""
        return next(
            left
            for left in self.left
            if left.comes.share == lined.share and {*lined.takers} <= {*left.comes.takers}
        )

    def _mixes(self, lined: Lined) -> tuple[Mix, ...]:
        return self._left_of(lined).mixes

    @cached_property
    def lines(self) -> Sequence[Lined]:
        """The lines of all types of messages that anybody may take."""
        dues = {
            self.within - self.service - delay - mix.delay
            for each in self.team
            for delay, _ in each.delays
            for left in self.left
            for mix in left.mixes
        }
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

    def flows_to(self, place: int) -> tuple[Flow, ...]:
        """When the messages come that one of the team answers, on call or not."""
        found: list[Flow] = []
        if not self.lines:
            return ()
        for lined, done in zip(self.lines, self._served, strict=True):
            if place not in lined.takers:
                continue
            for day, rows in zip(lined.line.days, by_arrival(lined, done), strict=True):
                for piece, row in zip(day.pieces, rows, strict=True):
                    comes = lined.weekly * piece.share
                    found.append(Flow(piece.start, piece.end, row[place], comes))
        return tuple(found)

    @cached_property
    def answered(self) -> float:
        """Share of all messages that are ever answered."""
        people = sum([lined.share * _ever(lined) for lined in self.lines])
        return min(1.0, people + sum(self.right))

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """The share of all messages that each source answers."""
        rows = []
        for lined in self.lines:
            if len(lined.takers) == 1:
                # What is answered, nobody else can have answered.
                row = [0.0] * len(self.team)
                row[lined.takers[0]] = lined.share * _ever(lined)
            else:
                row = [lined.share * done for done, _ in self._done(lined)]
            rows.append(row)
        if len(rows) > 1:
            # Each line knows about the others only on average.
            minutes = self.weekly * self.service
            rows = within_capacity(
                rows, [e.depth * (1 - e.absent) * e.duty.minutes / minutes for e in self.team]
            )
        return tuple([sum(parts) for parts in zip(*rows, strict=True)]) or (0.0,) * len(self.team)

    @cached_property
    def after_hours(self) -> tuple[float, ...]:
        """The part of them that each source answers outside office hours."""
        found = [0.0] * len(self.team)
        for lined in self.lines:
            for source, (_, outside) in enumerate(self._done(lined)):
                found[source] += lined.share * outside
        return tuple(found)

    @cached_property
    def _served(self) -> Sequence[Served]:
        """What each source takes of each type, nobody more on a day than there is time for."""
        return settled(self.lines, [served(lined) for lined in self.lines])

    def _done(self, lined: Lined) -> list[tuple[float, float]]:
        """The share of a type that each source answers, in all and outside office hours."""
        found = self._doing.get(lined.takers)
        if found is None:
            found = self._doing[lined.takers] = self._added(lined)
        return found

    def _added(self, lined: Lined) -> list[tuple[float, float]]:
        ever = _ever(lined)
        size = len(self.team)
        if lined.line.full:
            return self._busy(lined, ever)
        soon, soon_out, late, late_out = ([0.0] * size for _ in range(4))
        found = self._served[self.lines.index(lined)]
        for plan, at_once, later in zip(lined.line.days, *found, strict=True):
            for piece, here, there in zip(plan.pieces, at_once, later, strict=True):
                soon = [a + b / lined.weekly for a, b in zip(soon, here, strict=True)]
                late = [a + b for a, b in zip(late, there, strict=True)]
                if not piece.office:
                    soon_out = [a + b / lined.weekly for a, b in zip(soon_out, here, strict=True)]
                    late_out = [a + b for a, b in zip(late_out, there, strict=True)]
        # All that are answered are taken by somebody, at once or later.
        first, then = sum(soon), sum(late)
        scale = min(1.0, ever / first) if first > 0 else 0.0
        each = (ever - scale * first) / then if then > 0 else 0.0
        return [
            (s * scale + w * each, so * scale + wo * each)
            for s, w, so, wo in zip(soon, late, soon_out, late_out, strict=True)
        ]

    def _busy(self, lined: Lined, ever: float) -> list[tuple[float, float]]:
        """The same where everybody is always busy."""
        done = [0.0] * len(self.team)
        outside = [0.0] * len(self.team)
        for day, rows in zip(lined.line.days, lined.busy, strict=True):
            for piece, row in zip(day.pieces, rows, strict=True):
                for source, rate in enumerate(row):
                    done[source] += rate * piece.length
                    outside[source] += 0.0 if piece.office else rate * piece.length
        scale = ever / sum(done) if any(done) else 0.0
        return [(scale * all_, scale * out) for all_, out in zip(done, outside, strict=True)]

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
            found = self._known[minutes] = max(0.0, min(self.answered, self._sum(minutes)))
        return found

    def _sum(self, minutes: float, least: float = 0.0) -> float:
        """Share of all messages that are answered so soon, by types and days."""
        found = self.at_once(minutes)
        asked: list[int] = []
        for number, lined in enumerate(self.lines):
            slowest = max([delay for i in lined.takers for delay, _ in self.team[i].delays])
            slowest += max([mix.delay for mix in self._mixes(lined)])
            if minutes - self.service - slowest >= PATIENCE:
                found += lined.share * _ever(lined)
            else:
                asked.append(number)
        for day, times in self._days(minutes) if asked else []:
            soon = [
                self._by_piece(number, day, minutes, least) for number in range(len(self.lines))
            ]
            pooled = [self._pooled(lined, day, minutes) for lined in self.lines]
            for number in asked:
                lined = self.lines[number]
                for place, share in enumerate(soon[number]):
                    other, alone = lined.inner.get((day, place), (number, 0.0))
                    in_line = share
                    if alone >= minutes - self.service:
                        in_line = soon[other][place]
                        own, theirs = (
                            each.line.days[day].pieces[place].share
                            for each in (lined, self.lines[other])
                        )
                        if own != theirs and theirs > 0:
                            in_line *= own / theirs
                    if lined.pool is not None:
                        in_line = lined.pool.blended(in_line, pooled[number][place])
                    found += lined.share * times * in_line
        return found

    def _days(self, minutes: float) -> list[tuple[int, int]]:
        """The days whose messages are answered so soon alike: one of them, and how many."""
        reach = min(7, 1 + max(0, int((minutes - self.service) // DAY)))
        alike: dict[tuple[object, ...], list[int]] = {}
        for day in range(7):
            outlook = tuple(
                [
                    line.outlook(day, reach)
                    for lined in self.lines
                    for line in (lined.line, lined.pool and lined.pool.line)
                    if line is not None
                ]
            )
            alike.setdefault(outlook, []).append(day)
        return [(days[0], len(days)) for days in alike.values()]

    def _by_piece(self, number: int, day: int, minutes: float, least: float) -> list[float]:
        """Share of the messages of a type that come in each piece of a day and are in time.

        Args:
            number: of the type.
            day: of the week.
            minutes: how soon an answer is in time.
            least: as in `_samples`.
        """
        line = self.lines[number].line
        return [
            sum([sample.share * self._soon(line, sample, minutes) for sample in samples])
            for samples in self._samples(number, day, least)
        ]

    def _pooled(self, lined: Lined, day: int, minutes: float) -> list[float]:
        """The same as `_by_piece` in the pool of a type; nothing where it has none."""
        if lined.pool is None:
            return []
        line = lined.pool.line
        pieces = lined.line.days[day].pieces
        found = [0.0] * len(pieces)
        for stay in line.stays_of(day):
            piece = pieces[stay.place]
            share = stay.chance * piece.share * piece.length
            if share > _FEW:
                parts = self._parts_of_piece(lined, day, stay.place)
                for minute, weight, chances in stay.course.samples:
                    moment = line.moment(stay, stay.piece.start + minute, chances)
                    sample = Sample(share * weight, moment, parts)
                    found[stay.place] += sample.share * self._soon(line, sample, minutes)
        return found

    def _parts_of_piece(self, lined: Lined, day: int, place: int) -> Sequence[Part]:
        """The messages of a type that come in a piece by how long their answers take to go out."""
        key = lined.takers, day, place
        found = self._pieced.get(key)
        if found is None:
            stays = [stay for stay in lined.line.stays_of(day) if stay.place == place]
            found = _mean_of([(stay.chance, self._parts(lined, stay)) for stay in stays])
            self._pieced[key] = found
        return found

    def _samples(self, number: int, day: int, least: float) -> list[list[Sample]]:
        """Some messages that stand for all of a type, by the piece of a day in which they come.

        Args:
            number: of the type.
            day: of the week.
            least: the share of its type that one of them stands for at least: of those that would
                stand for less, some are left out, and the others stand for them too.
        """
        found = self._sampled.get((number, day, least))
        if found is None:
            lined = self.lines[number]
            found = self._sampled[number, day, least] = [[] for _ in lined.line.days[day].pieces]
            samples = [
                (stay.messages * weight, minute, chances, stay)
                for stay in lined.line.stays_of(day)
                for minute, weight, chances in stay.course.samples
                if stay.messages > _FEW
            ]
            total = sum([share for share, *_ in samples])
            each = total / ceil(total / least) if least > 0 and total > 0 else 0.0
            passed = each / 2
            for share, minute, chances, stay in samples:
                passed += share
                if passed >= each:
                    stands = share if share >= each else passed - passed % each
                    passed -= stands
                    moment = lined.line.moment(stay, stay.piece.start + minute, chances)
                    found[stay.place].append(Sample(stands, moment, self._parts(lined, stay)))
        return found

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

        def chance(line: Line, parts_of: Callable[[Stay], Sequence[Part]]) -> float:
            found = 0.0
            for stay in line.stays:
                if stay.piece.start <= minute < stay.piece.end:
                    moment = line.moment(stay, minute, stay.at(minute))
                    sample = Sample(stay.chance, moment, parts_of(stay))
                    found += stay.chance * self._soon(line, sample, asked)
            return found

        own = chance(lined.line, partial(self._delayed, lined))
        if lined.pool is None:
            return own
        parts = _mean_of(
            [
                (stay.chance, self._delayed(lined, stay))
                for stay in lined.line.stays
                if stay.piece.start <= minute < stay.piece.end
            ]
        )
        return lined.pool.blended(own, chance(lined.pool.line, lambda _: parts))

    def half_at(self, minute: float) -> float | None:
        """Minutes within which a message that comes then is as likely to be answered as not.

        None where it is more likely never to be.
        """
        return self._reached(0.5, lambda within: self.chance_at(minute, within), {}, _CLOSER)

    def _parts(self, lined: Lined, stay: Stay) -> tuple[Part, ...]:
        """The messages of a stay by how long their answers take to go out."""
        key = lined.takers, stay.day, stay.way, stay.place
        found = self._parted.get(key)
        if found is None:
            found = self._delayed(lined, stay)
            mixes = self._mixes(lined)
            if mixes != _UNMIXED:
                hour = int(stay.piece.start // 60)
                found = tuple(
                    [
                        Part(part.delay + delay, share * part.at_once, share * part.later)
                        for part in found
                        for delay, by_hour in mixes
                        if (share := by_hour[hour]) > 0
                    ]
                )
            self._parted[key] = found
        return found

    def _delayed(self, lined: Lined, stay: Stay) -> tuple[Part, ...]:
        takers = lined.takers
        delays = self.team[takers[0]].delays
        if all(self.team[i].delays == delays for i in takers[1:]):
            return tuple([Part(delay, share, share) for delay, share in delays])
        parts: dict[float, tuple[float, float]] = {}
        for who, at_once, later in zip(self.team, lined.first(stay), lined.next(stay), strict=True):
            for delay, share in who.delays:
                a, b = parts.get(delay, (0.0, 0.0))
                parts[delay] = a + share * at_once, b + share * later
        return tuple([Part(delay, *shares) for delay, shares in parts.items()])

    def _soon(self, line: Line, sample: Sample, minutes: float) -> float:
        """The chance that a message is answered so soon."""
        _, moment, parts = sample
        found = 0.0
        for delay, at_once, later in parts:
            due = minutes - self.service - delay
            if due < -_ALMOST:
                continue
            taken = line.taken_within(moment, max(0.0, min(PATIENCE, due)))
            if at_once == later:
                found += later * taken
            else:
                people = moment.stay.people
                free = line.levels.free(moment.chances, people) if people > 0 else 0.0
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
        known = {self._longest: self.answered, self.within: self.in_time}
        about = partial(self._sum, least=_COARSE)
        half, most = [self._reached(share, about, known) for share in (0.5, 0.9)]
        return half, most

    @cached_property
    def _least(self) -> float:
        """Minutes before which no answer goes out."""
        delays = [delay for each in self.team for delay, _ in each.delays]
        first = [
            reader.delay
            for reader, right in zip(self.software, self.right, strict=True)
            if right > 0
        ]
        return min([self.each + min(delays, default=0.0), *first])

    @cached_property
    def _longest(self) -> float:
        """Minutes within which all answers go out that ever do."""
        delays = [delay for each in self.team for delay, _ in each.delays]
        mixes = [mix.delay for left in self.left for mix in left.mixes]
        delays = [delay + max(mixes, default=0.0) for delay in delays]
        first = [reader.delay for reader in self.software]
        return max([PATIENCE + self.service + max(delays, default=0.0), *first])

    def _reached(
        self,
        share: float,
        answered: Callable[[float], float],
        known: dict[float, float],
        close: float = _CLOSE_PART,
    ) -> float | None:
        """The time within which a share is answered, narrowed down in the logarithm of time.

        Args:
            share: the share.
            answered: what is answered within some minutes.
            known: the same for some minutes, to which others are added.
            close: a part of the time that does not count.
        """

        def value(minutes: float) -> float:
            if minutes not in known:
                known[minutes] = answered(minutes)
            return known[minutes]

        least = self._least
        if value(self._longest) < share:
            return None
        low = max([least, *[t for t, found in known.items() if found < share]])
        if value(low) >= share:
            return low
        high = min([t for t, found in known.items() if found >= share and t > low])
        for _ in range(_TRIES):
            if high - low < max(_CLOSE, close * (high - least)):
                break
            part = min(0.8, max(0.2, _part(value(low), share, value(high))))
            start, end = log(low - least + 1), log(high - least + 1)
            between = least - 1 + exp(start + part * (end - start))
            if value(between) < share:
                low = between
            else:
                high = between
        return low + (high - low) * _part(value(low), share, value(high))


_answers = lru_cache(maxsize=24)(Answers)
"""Phases and options often have the same people, whatever these cost. Each holds a megabyte."""


def answering(found: Answers) -> Answering:
    """How late messages are answered, and when most work waits."""
    if not found.lines:
        return Answering(found.median, found.p90, None, None)
    hours = found.waiting
    peak = max(range(len(hours)), key=lambda hour: (hours[hour], -hour))
    return Answering(found.median, found.p90, hours[peak] * found.service / 60, peak * 60)


def _ever(lined: Lined) -> float:
    """The share of a type that is ever answered; that one in a million is not is nothing."""
    found = lined.line.answered
    if lined.pool is not None:
        found = lined.pool.blended(found, lined.pool.line.answered)
    return found if found < 1 - _NEVER else 1.0


def _mean_of(ways: Sequence[tuple[float, Sequence[Part]]]) -> list[Part]:
    """The parts of messages that come in one of several ways, each with its chance."""
    sums: dict[float, tuple[float, float]] = {}
    for chance, parts in ways:
        for delay, at_once, later in parts:
            a, b = sums.get(delay, (0.0, 0.0))
            sums[delay] = a + chance * at_once, b + chance * later
    return [Part(delay, *shares) for delay, shares in sums.items()]


def _part(below: float, value: float, above: float) -> float:
    """How far a value lies between two others, from 0 to 1."""
    return (value - below) / (above - below) if above > below else 0.5
