"""How often somebody on call is called out, and how long that is paid.

A call-out begins with a message that comes while none is going on: a reaction time later its
minutes begin to count. Whoever is called out answers all that waits and all that comes meanwhile,
and stops once nobody waits and the minimum that is paid has passed. Of messages that have waited
for the hours on call to begin, all belong to one call-out at their beginning.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil, exp, inf
from typing import NamedTuple

from cmsource.values.week import WEEK, Week

_FEW = 1e-9
_MANY = 40.0  # messages: their number hardly varies
_ROUNDING = 1.01  # of a rate: what the line of messages counts in steps is not exact
_NO_SPARE = 0.98  # of the time: no call-out ends before the hours on call do


class Flow(NamedTuple):
    """Messages for one source that come in a piece of the week.

    Attributes:
        start: minute of the week at which it begins.
        end: minute at which it ends.
        rate: messages a minute that come then and that it answers, then or later.
        most: messages a minute that come then and that it may take.
    """

    start: float
    end: float
    rate: float
    most: float = inf


class CallOuts(NamedTuple):
    """The call-outs of a week, on average: how many, and the hours that are paid for them."""

    number: float
    hours: float


class Terms(NamedTuple):
    """What a call-out takes, in minutes: an answer, the time to react, the least that is paid."""

    service: float
    reaction: float
    minimum: float


@lru_cache(maxsize=64)
def call_outs(flows: tuple[Flow, ...], on_call: Week, there: float, terms: Terms) -> CallOuts:
    """The call-outs of a week.

    Args:
        flows: when the messages come that the source answers on call, before its hours or in them.
        on_call: its hours on call.
        there: chance that somebody is on call in them.
        terms: what a call-out takes.
    """
    if there <= 0 or not on_call or not any(flow.rate > 0 for flow in flows):
        return CallOuts(0.0, 0.0)
    number = minutes = 0.0
    # More than comes is not answered as it comes: the rest has waited since another day.
    soon = [flow._replace(rate=min(flow.rate, flow.most * there)) for flow in flows]
    waited = _waited(flows, soon, on_call)
    for (start, end), before in zip(on_call.in_a_row, waited, strict=True):
        rates = _rates(soon, start, end)
        found = _of_a_stretch([rate / there for rate in rates], before / there, terms)
        number += there * found.number
        minutes += there * found.hours * 60
    return CallOuts(number, minutes / 60)


def _waited(flows: Sequence[Flow], soon: Sequence[Flow], on_call: Week) -> list[float]:
    """Messages that wait for a stretch to begin, by the stretch: those that come between two.

    Args:
        flows: all that the source answers.
        soon: the part of it that is answered as it comes, where it comes in hours on call.
        on_call: the hours on call.
    """
    stretches = on_call.in_a_row
    found = [0.0] * len(stretches)
    for flow, now in zip(flows, soon, strict=True):
        piece = Week.of([(ceil(flow.start), ceil(flow.end))])
        rest = flow.rate - now.rate if flow.rate > now.rate * _ROUNDING else 0.0
        for part, rate in (
            (piece.difference(on_call), flow.rate),
            (piece.intersection(on_call), rest),
        ):
            for start, end in part.intervals if rate > _FEW else ():
                after = min(
                    range(len(stretches)),
                    key=lambda place: (stretches[place][0] - start - 1) % WEEK,
                )
                found[after] += rate * (end - start)
    return found


def _rates(flows: Iterable[Flow], start: int, end: int) -> list[float]:
    """Messages that come in each minute of a stretch."""
    rates = [0.0] * (end - start)
    for flow in flows:
        for turn in (0, WEEK):
            first, last = max(start, flow.start + turn), min(end, flow.end + turn)
            for minute in range(int(first), ceil(last)):
                part = min(last, minute + 1.0) - max(first, float(minute))
                rates[minute - start] += flow.rate * max(0.0, part)
    return rates


def _of_a_stretch(rates: Sequence[float], before: float, terms: Terms) -> CallOuts:
    """The call-outs of one stretch in which somebody is there, minute by minute.

    Args:
        rates: messages that come in each minute.
        before: messages that wait at its beginning, on average.
        terms: what a call-out takes.
    """
    length = len(rates)
    ends = [0.0] * (length + 1)  # of call-outs, by minute
    going = number = paid = 0.0
    for minute, rate in enumerate(rates):
        going -= ends[minute]
        starts = max(0.0, 1.0 - going) * (1.0 - exp(-rate))
        told = 1.0
        if minute == 0 and before > _FEW:
            starts = 1.0 - exp(-before - rate)
            told = (before + rate) / starts
        if starts <= 0:
            continue
        lasts = _paid(_rounded(rate), terms, _rounded(told))
        left = length - minute - terms.reaction
        number += starts
        paid += starts * max(terms.minimum, min(lasts, left))
        going += starts
        # It begins in the middle of its minute, on average.
        whole, part = divmod(max(1.0, terms.reaction + lasts + 0.5), 1.0)
        ends[min(length, minute + int(whole))] += starts * (1.0 - part)
        ends[min(length, minute + int(whole) + 1)] += starts * part
    return CallOuts(number, paid / 60)


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


@lru_cache(maxsize=4096)
def _paid(rate: float, terms: Terms, first: float) -> float:
    """Minutes that one call-out counts on average, however long the hours on call are.

    It is the minimum, and as long again as it takes to answer what waits when that has passed,
    with all that comes meanwhile: each message then takes service / (1 - load) minutes.

    Args:
        rate: messages a minute.
        terms: what a call-out takes.
        first: messages that it begins with, on average, one at least.
    """
    load = rate * terms.service
    if load >= _NO_SPARE:
        return float(WEEK)
    each = terms.service / (1.0 - load)
    waiting = first + rate * terms.reaction
    if terms.minimum <= 0:
        return waiting * each
    if waiting > _MANY:
        return max(terms.minimum, waiting * each)
    return terms.minimum + each * _left(rate, terms, waiting)


def _left(rate: float, terms: Terms, waiting: float) -> float:
    """Messages at hand when the minimum has passed, on average.

    Those at hand change one by one: more by `rate`, fewer by one in `service` minutes. Uniformised,
    the chances are a mixture, by a Poisson number of steps, of those after so many steps.
    """
    done = 1.0 / terms.service
    both = rate + done
    steps_meant = both * terms.minimum
    more, size = rate / both, int(waiting + 10 * (waiting + 1) ** 0.5 + rate * terms.minimum + 20)
    # One message, and by chance others that wait with it.
    chances = [0.0] * size
    term = exp(-(waiting - 1.0))
    for extra in range(size - 1):
        chances[extra + 1] = term
        term *= (waiting - 1.0) / (extra + 1)
    if steps_meant > 600:  # long forgotten how it began
        load = rate / done
        return load / (1 - load)
    weight = exp(-steps_meant)
    mean = weight * _mean(chances)
    steps = int(steps_meant + 8 * steps_meant**0.5 + 10)
    for step in range(1, steps):
        last = chances
        chances = [
            more * (last[n - 1] if n else 0.0)
            + (1 - more) * ((last[n + 1] if n + 1 < size else 0.0) + (last[0] if n == 0 else 0.0))
            for n in range(size)
        ]
        weight *= steps_meant / step
        mean += weight * _mean(chances)
    return mean


def _mean(chances: Sequence[float]) -> float:
    return sum([number * chance for number, chance in enumerate(chances)])
