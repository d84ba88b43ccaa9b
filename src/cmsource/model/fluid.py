"""Work that waits, as a fluid: messages flow in by the profile, people on duty take them down.

The backlog B follows dB/dt = λ(t)·s − c(t), never below zero and periodic over the week, with the
expected capacity c(t) = E[N(t)] of those who take messages. It is worked out exactly between the
breakpoints of the week. Where a week's work exceeds its capacity, arrivals are thinned to what can
be served. Chance plays no part in it: it shows where backlog sits on an average week.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from cmsource.model.arrivals import profile_weights
from cmsource.model.resource import Resource
from cmsource.model.timeline import pieces
from cmsource.scenario.needs import Needs
from cmsource.values.week import WEEK, Week

_GRID = Week(tuple((60 * hour, 60 * hour + 60) for hour in range(0, 168, 2)))
"""Every other hour, so that the week is cut at each."""


class Piece(NamedTuple):
    """A stretch of the week within which nothing changes, in minutes.

    Attributes:
        start: its first minute.
        end: the minute after its last.
        flow: work that arrives a minute, in minutes of one person.
        people: expected people on duty who take messages.
        backlog: work that waits at its start, in minutes of one person.
    """

    start: int
    end: int
    flow: float
    people: float
    backlog: float

    def backlog_at(self, minute: float) -> float:
        """Work that waits at a minute of it."""
        return max(0.0, self.backlog + (self.flow - self.people) * (minute - self.start))

    @property
    def waiting(self) -> float:
        """Work that waits, integrated over its length."""
        change = self.flow - self.people
        length: float = self.end - self.start
        if change < 0:
            length = min(length, self.backlog / -change)
        return self.backlog * length + change * length * length / 2


class Fluid(NamedTuple):
    """A week of backlog.

    Attributes:
        pieces: the week, cut where anything changes.
        answered: share of the messages that the week's capacity is enough for.
    """

    pieces: tuple[Piece, ...]
    answered: float

    @property
    def by_hour(self) -> tuple[float, ...]:
        """Mean work that waits in each hour of the week, in hours of one person."""
        sums = [0.0] * 168
        for piece in self.pieces:
            sums[piece.start // 60] += piece.waiting
        return tuple(total / 3600 for total in sums)

    def wait(self, minute: int) -> float | None:
        """Minutes until work on a message that comes at a minute of the week starts.

        What came before it is done first. None where nobody ever takes messages.
        """
        at = bisect_right(self.pieces, minute, key=lambda piece: piece.start) - 1
        ahead = self.pieces[at].backlog_at(minute)
        # What is left of this piece, all others, and what of this piece comes before the minute.
        for turn in range(len(self.pieces) + 1):
            piece = self.pieces[(at + turn) % len(self.pieces)]
            begins = minute if turn == 0 else piece.start + (WEEK if piece.start < minute else 0)
            ends = piece.end + (WEEK if turn and piece.start < minute else 0)
            if turn == len(self.pieces):
                begins, ends = piece.start + WEEK, minute + WEEK
            if piece.people > 0 and ahead <= piece.people * (ends - begins):
                return begins - minute + ahead / piece.people
            ahead -= piece.people * (ends - begins)
        return None


def fluid(resources: Sequence[Resource], needs: Needs) -> Fluid | None:
    """The backlog of some resources over the week; None where no messages come."""
    messages = needs.messages
    if messages is None or messages.weekly <= 0:
        return None
    weights = profile_weights(messages.profile)
    work = messages.weekly * messages.minutes_each
    takers = [
        (r.depth * (1 - r.absent) if r.largest_share("messages") > 0 else 0.0) for r in resources
    ]
    cut = [
        (start, end, sum(takers[index - 1] for index in sets if index))
        for start, end, sets in pieces((_GRID, *(r.duty for r in resources)))
    ]
    capacity = sum(people * (end - start) for start, end, people in cut)
    answered = min(1.0, capacity / work)
    flows = [work * answered * weights[start // 60] / 60 for start, _, _ in cut]
    changes = [
        (flow - people) * (end - start)
        for flow, (start, end, people) in zip(flows, cut, strict=True)
    ]
    # Once round, the week ends with what it cannot take down; so it begins with that.
    last = 0.0
    for _ in range(2):
        levels = list(accumulate(changes, lambda level, c: max(0.0, level + c), initial=last))
        last = levels[-1]
    return Fluid(
        tuple(
            Piece(start, end, flow, people, level)
            for (start, end, people), flow, level in zip(cut, flows, levels, strict=False)
        ),
        answered,
    )
