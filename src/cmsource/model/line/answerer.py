"""A source as the line of messages sees it, whatever else it does and costs."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cmsource.model.line.software import Reader
from cmsource.model.resource import Resource
from cmsource.values.week import Week


class Answerer(NamedTuple):
    """Somebody who answers messages.

    Attributes:
        duty: hours of the week in which it answers.
        depth: people that the roster can put on each hour of duty.
        absent: chance that a rostered person stays away for a day.
        takes: largest share of the messages that it takes.
        delay: minutes before an answer goes out, besides the time that it takes.
        escalates: share of its messages that it has to ask about.
        escalation_delay: further minutes that those take.
        beside: whether it is the one before it in other hours, and may take the same messages.
    """

    duty: Week
    depth: float
    absent: float
    takes: float = 1.0
    delay: float = 0.0
    escalates: float = 0.0
    escalation_delay: float = 0.0
    beside: bool = False

    @property
    def delays(self) -> tuple[tuple[float, float], ...]:
        """Minutes until an answer goes out besides the time that it takes, each with its share."""
        if not self.escalates or not self.escalation_delay:
            return ((self.delay, 1.0),)
        asked = self.delay + self.escalation_delay
        return ((self.delay, 1 - self.escalates), (asked, self.escalates))


def who_answer(resources: Sequence[Resource]) -> list[int]:
    """The sources on which messages depend, as indexes: who is ever there or leaves some.

    Whoever is never there and may take all messages or none changes nothing about them, so that
    teams that differ by a coach only are the same.
    """
    return [
        index
        for index, each in enumerate(resources)
        if each.software is None
        and (
            each.depth * (1 - each.absent) * each.duty.minutes > 0
            or 0 < each.largest_share("messages") < 1
        )
    ]


def which_read(resources: Sequence[Resource]) -> list[int]:
    """The software on which messages depend, as indexes: what answers some or hands some over."""
    return [
        index
        for index, each in enumerate(resources)
        if each.software is not None
        and each.software.duty
        and each.largest_share("messages") > 0
        and (each.software.resolves > 0 or each.software.hand_over > 0)
    ]


def readers(resources: Sequence[Resource]) -> tuple[Reader, ...]:
    """The software on which messages depend, in the option's order."""
    answer = who_answer(resources)
    found = []
    for index in which_read(resources):
        each = resources[index]
        assert each.software is not None
        after = sum([place < index for place in answer])
        takes = each.largest_share("messages")
        found.append(Reader(after, takes, each.answer_delay, each.software))
    return tuple(found)


def answerers(resources: Iterable[Resource]) -> tuple[Answerer, ...]:
    """Some sources as answerers, in the same order."""
    return tuple(
        [
            Answerer(
                r.duty,
                r.depth,
                r.absent,
                r.largest_share("messages"),
                r.answer_delay,
                r.escalates,
                r.escalation_delay,
                r.on_call,
            )
            for r in resources
        ]
    )
