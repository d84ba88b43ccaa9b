"""What software answers before people see it, and what comes to people because of it.

Of a Poisson stream, what is left by chance is one too, and so is what comes back a fixed time
later. So people have the line that they would have without software, with other messages in it:
fewer, and those that come back.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from cmsource.model.line.message_types import Arc, MessageType, cut
from cmsource.model.resource import Software
from cmsource.scenario.arrivals import profile_weights
from cmsource.values.week import WEEK, Week

HOURS = 168
_SAME = 1e-9  # by which the weights of two profiles may differ
_NONE = 1e-12  # of all messages
_DIGITS = 9  # of a delay, in minutes

_Key = TypeVar("_Key", float, tuple[float, float])

_ByHour: TypeAlias = tuple[float, ...]
"""Shares, one for each hour of the week."""


class Reader(NamedTuple):
    """Software in the option's order.

    Attributes:
        after: how many of those who answer stand before it, software left out.
        takes: largest share of the messages that it takes.
        delay: minutes until its answers go out.
        software: what it answers.
    """

    after: int
    takes: float
    delay: float
    software: Software


class Fate(NamedTuple):
    """Messages of a type that come to people alike.

    Attributes:
        later: minutes after its arrival at which such a message comes to them.
        more: minutes that its answer takes beyond what one takes that no software had.
        share: of the messages of this type, those that do, by the hour in which they arrive.
    """

    later: float
    more: float
    share: _ByHour


class Mix(NamedTuple):
    """A part of what comes to people.

    Attributes:
        delay: minutes by which its answers go out later, from when it came to people.
        share: of what comes to people in each hour of the week.
    """

    delay: float
    share: _ByHour


class Left(NamedTuple):
    """Messages that the same people may take, as far as they come to people.

    Attributes:
        comes: of all messages, those that come to people, and when.
        share: of all messages, those of this type that arrive.
        fates: how they come to people.
        mixes: what they are made of, hour by hour.
    """

    comes: MessageType
    share: float
    fates: tuple[Fate, ...]
    mixes: tuple[Mix, ...]


class Read(NamedTuple):
    """What becomes of messages that software reads.

    Attributes:
        left: what comes to people, by who may take it.
        resolved: of all messages, those that each software answers, wrong answers among them.
        right: those of them that are answered for good.
        right_by_hour: the same as a share of what arrives in each hour of the week.
        service: minutes that an answer of people takes, on average.
    """

    left: tuple[Left, ...]
    resolved: tuple[float, ...]
    right: tuple[float, ...]
    right_by_hour: tuple[_ByHour, ...]
    service: float


def read_by(
    readers: Sequence[Reader],
    takes: Sequence[float],
    profile: str | tuple[float, ...],
    service: float,
    beside: Sequence[bool] = (),
) -> Read:
    """What becomes of messages that some software reads before people do.

    Args:
        readers: the software, in the option's order.
        takes: the largest share that each of those takes who answer, in the same order.
        profile: when messages arrive.
        service: minutes of an answer to a message that no software had.
        beside: which of them may take the same types as the one before it; none when empty.
    """
    weights = profile_weights(profile)
    resolved, right = ([[0.0] * HOURS for _ in readers] for _ in range(2))
    fates: dict[tuple[int, ...], dict[tuple[float, float], list[float]]] = {}
    shares: dict[tuple[int, ...], float] = {}
    on = [_on_duty(reader.software.duty) for reader in readers]
    for share, takers, here in _pieces(readers, takes, beside):
        shares[takers] = shares.get(takers, 0.0) + share
        found = fates.setdefault(takers, {})
        left: dict[float, list[float]] = {0.0: [share] * HOURS}
        for number in here:
            software = readers[number].software
            good = software.resolves * (1 - software.wrong)
            bad = software.resolves * software.wrong
            before, left = left, {}
            for more, messages in before.items():
                had = [a * b for a, b in zip(messages, on[number], strict=True)]
                longer = more + software.hand_over
                _add(left, more, [a - b for a, b in zip(messages, had, strict=True)])
                _add(left, longer, [(1 - software.resolves) * a for a in had])
                _add(found, (software.noticed_after, longer), [bad * a for a in had])
                right[number] = [a + good * b for a, b in zip(right[number], had, strict=True)]
                resolved[number] = [
                    a + software.resolves * b for a, b in zip(resolved[number], had, strict=True)
                ]
        for more, messages in left.items():
            _add(found, (0.0, more), messages)
    coming, minutes = 0.0, 0.0
    for found in fates.values():
        for (_, more), messages in found.items():
            count = _all(messages, weights)
            coming += count
            minutes += count * more
    mean = minutes / coming if coming > _NONE else 0.0
    return Read(
        tuple([_left(takers, shares[takers], fates[takers], weights, mean) for takers in fates]),
        tuple([_all(each, weights) for each in resolved]),
        tuple([_all(each, weights) for each in right]),
        tuple([tuple(each) for each in right]),
        service + mean,
    )


def _pieces(
    readers: Sequence[Reader], takes: Sequence[float], beside: Sequence[bool]
) -> Iterator[tuple[float, tuple[int, ...], tuple[int, ...]]]:
    """The types of messages: how much of all they are, who may take them, what software reads them.

    The arc of software begins where the one before it ended, and moves nobody's: those of people
    go on from each other, as if there was no software.
    """
    people: list[Arc] = []
    software: list[Arc] = []
    after = end = 0.0  # where the arc of the person before, and of anybody before, ended
    for index in range(len(takes) + 1):
        for reader in readers[len(software) :]:
            if reader.after > index:
                break
            software.append(Arc(end, reader.takes))
            end = software[-1].end
        if index < len(takes) and people and beside and beside[index]:
            people.append(Arc(people[-1].begin, takes[index]))
        elif index < len(takes):
            people.append(Arc(after, takes[index]))
            after = end = people[-1].end
    for share, arcs in cut([*people, *software]):
        size = len(people)
        yield (
            share,
            tuple([i for i in arcs if i < size]),
            tuple([i - size for i in arcs if i >= size]),
        )


def _on_duty(duty: Week) -> list[float]:
    """The part of each hour of the week that is in a duty."""
    part = [0.0] * HOURS
    for start, end in duty.intervals:
        for hour in range(start // 60, -(-end // 60)):
            part[hour] += (min(end, hour * 60 + 60) - max(start, hour * 60)) / 60
    return part


def _left(
    takers: tuple[int, ...],
    share: float,
    found: Mapping[tuple[float, float], Sequence[float]],
    weights: Sequence[float],
    mean: float,
) -> Left:
    """What comes to people of messages of a type.

    Args:
        takers: who may take them.
        share: of all messages.
        found: the part of all messages that comes to people, by how, by the hour of arrival.
        weights: the share of all messages that arrives in each hour.
        mean: minutes that an answer of people takes on average, beyond those of one that no
            software had.
    """
    fates = {how: messages for how, messages in found.items() if any(messages)}
    come = {
        (later, more): _moved([a * b for a, b in zip(messages, weights, strict=True)], later)
        for (later, more), messages in fates.items()
    }
    by_hour = [sum(hour) for hour in zip(*come.values(), strict=True)] or [0.0] * HOURS
    total = sum(by_hour)
    profile = tuple([each / total for each in by_hour]) if total > _NONE else None
    if profile and all(abs(a - b) <= _SAME for a, b in zip(profile, weights, strict=True)):
        profile = None
    return Left(
        MessageType(total, takers, profile),
        share,
        tuple(
            [
                Fate(later, more, tuple([each / share for each in messages]))
                for (later, more), messages in fates.items()
            ]
        ),
        tuple(
            [
                Mix(
                    round(later + more - mean, _DIGITS),
                    tuple([a / b if b > 0 else 0.0 for a, b in zip(part, by_hour, strict=True)]),
                )
                for (later, more), part in come.items()
            ]
        ),
    )


def _moved(by_hour: Sequence[float], later: float) -> list[float]:
    """What comes in each hour of the week, so many minutes later."""
    hours, minutes = divmod(later % WEEK, 60)
    part, whole = minutes / 60, int(hours)
    return [
        (1 - part) * by_hour[hour - whole] + part * by_hour[hour - whole - 1]
        for hour in range(HOURS)
    ]


def _all(by_hour: Sequence[float], weights: Sequence[float]) -> float:
    """A share of all messages, from the shares of those of each hour."""
    return sum([a * b for a, b in zip(by_hour, weights, strict=True)])


def _add(sums: dict[_Key, list[float]], key: _Key, more: Sequence[float]) -> None:
    known = sums.get(key)
    sums[key] = list(more) if known is None else [a + b for a, b in zip(known, more, strict=True)]
