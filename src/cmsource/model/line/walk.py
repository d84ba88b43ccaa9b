"""A line from week to week: a walk that goes up and down, and never below nothing."""

from collections.abc import Sequence
from math import exp
from operator import mul

from cmsource.model.line.levels import Flow

_MOST = 4.0  # times as much as on average that may join a line while it is not long
_CLOSE = 0.01  # of that
_HARDLY = -30.0  # the logarithm of a chance that is none
_FLAT = 1e-9  # of which a walk is as steep as one that goes neither up nor down


class Walk:
    """How likely lines of some length are.

    A walk with drift −v and variance σ² a week, which never goes below nothing, is above x with a
    chance of exp(−2vx/σ²); we call −2v/σ² its steepness. That of a line changes where it is long:
    what others may take as well joins no line that is longer than they let it wait. On average as
    much joins as they leave; so more does while the line is not long.

    Args:
        days: of a week, each with its ways: their chances, and the answers that can be finished.
        weekly: messages that come in a week on average.
        long: the same while the line is long.
        limit: messages above which it is.
        lasting: whether a line is hardly ever gone.

    Attributes:
        capacity: answers that can be finished in a week, on average.
        times: of what joins the line on average, how many times as much does while it is not long;
            1 where it hardly ever is.
        steep: how steep the walk is while it is not long.
        steep_long: the same while it is; no other where it hardly ever is.
    """

    def __init__(
        self,
        days: Sequence[tuple[Sequence[float], Sequence[float]]],
        weekly: float,
        long: float,
        limit: float,
        *,
        lasting: bool = False,
    ) -> None:
        self._days = days
        self._limit = limit
        self.capacity: float = sum([sum(map(mul, chances, done)) for chances, done in days])
        self.times = 1.0
        self.steep = self._steepness(weekly)
        self.steep_long = self.steep
        if long < weekly:
            self.steep_long = self._steepness(long)
            if lasting and self.steep_long < 0 and self._long_chance() > _CLOSE:
                self._even_out(weekly, long)

    def _steepness(self, weekly: float) -> float:
        # Nobody does more on a day than a week's messages, however much time there would be.
        noise = weekly + min(weekly, self.capacity)
        done = 0.0
        for chances, each in self._days:
            turned = [min(turns, weekly) for turns in each]
            mean = sum(map(mul, chances, turned))
            done += mean
            noise += sum(map(mul, chances, [(turns - mean) ** 2 for turns in turned]))
        return -2 * (done - weekly) / noise

    def _long_chance(self) -> float:
        """The chance that the line is long."""
        rise = self.steep * self._limit
        if rise < _HARDLY:
            return 0.0
        short = (1 - exp(-rise)) / self.steep if abs(rise) > _FLAT else self._limit
        long = -1 / self.steep_long
        return long / (short + long)

    def _even_out(self, weekly: float, long: float) -> None:
        """Let as much join on average as it has to: none while the line is long, more else."""
        low, high = 1.0, _MOST
        while high - low > _CLOSE:
            self.times = (low + high) / 2
            self.steep = self._steepness(long + self.times * (weekly - long))
            if self.times * (1 - self._long_chance()) < 1:
                low = self.times
            else:
                high = self.times

    def fading(self, messages: float) -> float:
        """The logarithm of how likely a line of so many messages is, against none."""
        short = min(messages, self._limit)
        return self.steep * short + self.steep_long * (messages - short)


def with_more(
    flows: Sequence[Sequence[Sequence[Flow]]], times: float
) -> Sequence[Sequence[Sequence[Flow]]]:
    """What comes, where so many times as much joins the line while it is not long.

    Args:
        flows: what comes a minute, by day, way and piece.
        times: of what joins on average; with 1 as much joins while the line is long.
    """
    return [
        [
            [Flow(long + times * (come - long), long if times > 1 else come) for come, long in row]
            for row in rows
        ]
        for rows in flows
    ]
