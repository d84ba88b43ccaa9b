"""Who answers how many messages, in all and outside office hours."""

from collections.abc import Sequence
from functools import cached_property

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.arrival import by_arrival
from cmsource.model.line.call_outs import Flow
from cmsource.model.line.lined import Lined


class Takers:
    """Who answers the messages of some types.

    Args:
        team: who may answer, in the option's order.
        lines: of the types.
    """

    def __init__(self, team: Sequence[Answerer], lines: Sequence[Lined]) -> None:
        self._team = team
        self._lines = lines

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """The share of all messages that each source answers."""
        rows = []
        for number, lined in enumerate(self._lines):
            if len(lined.takers) == 1:
                # What is answered, nobody else can have answered.
                row = [0.0] * len(self._team)
                row[lined.takers[0]] = lined.share * lined.ever
            else:
                row = [lined.share * done for done, _ in self._done[number]]
            rows.append(row)
        return tuple([sum(parts) for parts in zip(*rows, strict=True)]) or (0.0,) * len(self._team)

    @cached_property
    def after_hours(self) -> tuple[float, ...]:
        """The part of them that each source answers outside office hours."""
        found = [0.0] * len(self._team)
        for lined, each in zip(self._lines, self._done, strict=True):
            for source, (_, outside) in enumerate(each):
                found[source] += lined.share * outside
        return tuple(found)

    def flows_to(self, place: int) -> tuple[Flow, ...]:
        """When the messages come that one of the team answers, on call or not."""
        found: list[Flow] = []
        if not self._lines:
            return ()
        for lined in self._lines:
            if place not in lined.takers:
                continue
            for day, rows in zip(lined.line.days, by_arrival(lined), strict=True):
                for piece, row in zip(day.pieces, rows, strict=True):
                    comes = lined.weekly * piece.share
                    found.append(Flow(piece.start, piece.end, row[place], comes))
        return tuple(found)

    @cached_property
    def _done(self) -> Sequence[list[tuple[float, float]]]:
        """The share of each type that each source answers, in all and outside office hours."""
        return [
            _busy(lined) if lined.line.full and lined.spread is None else _added(lined)
            for lined in self._lines
        ]


def _added(lined: Lined) -> list[tuple[float, float]]:
    ever = lined.ever
    soon, soon_out, late, late_out = ([0.0] * lined.size for _ in range(4))
    for plan, at_once, later in zip(lined.line.days, *lined.served, strict=True):
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


def _busy(lined: Lined) -> list[tuple[float, float]]:
    """The same where everybody is always busy."""
    done = [0.0] * lined.size
    outside = [0.0] * lined.size
    for day, rows in zip(lined.line.days, lined.busy, strict=True):
        for piece, row in zip(day.pieces, rows, strict=True):
            for source, rate in enumerate(row):
                done[source] += rate * piece.length
                outside[source] += 0.0 if piece.office else rate * piece.length
    scale = lined.ever / sum(done) if any(done) else 0.0
    return [(scale * all_, scale * out) for all_, out in zip(done, outside, strict=True)]
