"""What a provider bills beside what others do: time of work, being on watch, odd hours."""

from collections.abc import Iterator
from functools import partial
from math import inf

from cmsource.model.on_call_words import (
    UNITS,
    being_on_call,
    call_outs,
    each_call_out,
    hours_of_call_outs,
    paid_hours,
)
from cmsource.model.prices import Prices, with_refs
from cmsource.model.resource import CostLine, Usage
from cmsource.scenario.provider import Provider
from cmsource.values.language import listed, say
from cmsource.values.quantities import Hours
from cmsource.values.week import WEEKS_A_MONTH
from cmsource.values.week_reader import parse_week
from cmsource.values.written import written

_WEEKENDS = parse_week("sat-sun 00:00-24:00")


class ProviderPrices(Prices[Provider]):
    """The prices of a provider in a year of the horizon."""

    def lines(self) -> list[CostLine]:
        """All that is billed, part by part."""
        return [
            *self.fees(),
            *self.packages(),
            *self.pack(),
            *self.time(),
            *self.pieces(),
            *self.watch(),
            *self.standby(),
            *self.call_outs(),
            *self.after_hours(),
            *self.ads(),
            *self.setup(),
        ]

    def agreed(self) -> list[CostLine]:
        """What is paid whatever is done: days or hours agreed on, the watch, being on call, too."""
        return [*super().agreed(), *self.pack(), *self.watch(), *self.standby()]

    def committed_pack(self) -> float:
        """The part of that for days or hours agreed on."""
        return sum([line.quantity * line.unit_price for line in self.pack()])

    def pack(self) -> list[CostLine]:
        """Days or hours agreed on, where they have one price."""
        source, pack = self.source, self.source.pack
        if source.rate is None or pack is None or pack.amount <= 0 or self._has_time_tiers:
            return []
        length = source.day_length / 60
        price = source.rate
        if pack.in_days:
            daily = source.day_rate
            price = daily if isinstance(daily, float) else price * length
        key = "days" if pack.in_days else "hours"
        unit = "day" if pack.in_days else "h"
        why = _days_agreed if pack.in_days else _hours_agreed
        keys = (key, source.rate_key)
        return [self.line("fees", why, _a_month(pack), unit, price, *keys)]

    @property
    def _has_time_tiers(self) -> bool:
        return isinstance(getattr(self.source, self.source.rate_key), tuple)

    def time(self) -> Iterator[CostLine]:
        """The hours or days of work beyond those that are included or agreed on."""
        source = self.source
        price = getattr(source, source.rate_key)
        included = self.volumes.included_hours
        if price is None or included == inf:
            return
        by_day = source.rate_key == "day_rate"
        length = source.day_length / 60
        unit = length if by_day else 1.0  # hours of what is billed
        hours, counted = self.volumes.timed_hours, self.volumes.counted("hours")
        pack = source.pack
        agreed = 0.0
        if pack is not None and not source.teaches:
            agreed = _a_month(pack) * (length if pack.in_days else 1.0)

        def worked(usage: Usage) -> float:
            return max(0.0, hours(usage) - included) / unit

        def beyond(usage: Usage) -> float:
            return max(0.0, hours(usage) - included - agreed) / unit

        def at_least(usage: Usage) -> float:
            return max(agreed / unit, worked(usage))

        keys = (source.rate_key, *(("day_length",) if by_day else ()), "included")
        why = partial(_time_words, included > 0, agreed > 0, length if by_day else 0.0)
        name = "day" if by_day else "h"
        if isinstance(price, tuple):
            key = "days" if pack is not None and pack.in_days else "hours"
            words = partial(_time_words, included > 0, False, length if by_day else 0.0)
            yield from self.by_tier(
                "fees", words, name, price, at_least, *keys[1:], key, counted=counted
            )
        elif pack is not None and pack.per == "year" and agreed > 0:
            yield self.line(
                "fees", why, 0.0, name, price, *keys, billed=worked, yearly=agreed * 12 / unit
            )
        else:
            line = self.line("fees", why, 0.0, name, price, *keys, billed=beyond)
            yield line._replace(counted=counted._replace(even=not included + agreed + counted.free))

    def watch(self) -> list[CostLine]:
        """The price of being on watch: a month, an hour of cover, a weekend with any of them."""
        watch = self.source.watch
        if watch is None or not watch.amount:
            return []
        if watch.per == "month":
            return [self.line("watch", _on_watch, 1, "month", watch.amount, "watch")]
        watched = self.source.on_duty.intersection(self.setting.scenario.needs.cover)
        keys = ("watch", "on_duty")
        if watch.per == "weekend":
            some = bool(watched.intersection(_WEEKENDS))
            weekends = WEEKS_A_MONTH if some else 0.0
            return [self.line("watch", _on_call, weekends, "weekend", watch.amount, *keys)]
        hours = watched.hours * WEEKS_A_MONTH
        return [self.line("watch", _watched, hours, "h", watch.amount, *keys)]

    def standby(self) -> list[CostLine]:
        """The price of being on call, called out or not."""
        on_call, hours = self.source.on_call, self.source.hours_on_call
        if on_call is None or not hours or not on_call.pay.amount:
            return []
        times = on_call.times_a_week(hours) * WEEKS_A_MONTH
        unit = UNITS.get(on_call.pay.per, on_call.pay.per)
        why = partial(being_on_call, hours)
        line = self.line("watch", why, times, unit, on_call.pay.amount)
        refs = on_call.origins.refs("pay", "hours")
        return [line._replace(explain=partial(with_refs, line.explain, refs))]

    def call_outs(self) -> Iterator[CostLine]:
        """The price of call-outs: of each, and of their hours where these have one of their own."""
        on_call = self.source.on_call
        if on_call is None or not self.source.hours_on_call:
            return
        if on_call.per_call_out:
            price = on_call.per_call_out
            line = self.line("watch", each_call_out, 0.0, "call-out", price, billed=call_outs)
            refs = on_call.origins.refs("per_call_out")
            yield line._replace(explain=partial(with_refs, line.explain, refs))
        if on_call.call_out:
            why = partial(hours_of_call_outs, on_call.minimum)
            line = self.line("watch", why, 0.0, "h", on_call.call_out, billed=paid_hours)
            refs = on_call.origins.refs("call_out", "minimum")
            yield line._replace(explain=partial(with_refs, line.explain, refs))

    def after_hours(self) -> Iterator[CostLine]:
        """What answering outside office hours costs on top of the price."""
        source, needs = self.source, self.setting.scenario.needs
        if source.after_hours <= 1:
            return
        more = source.after_hours - 1
        why = partial(_after_hours_words, more)
        each = source.per.get("messages")
        if each is not None and needs.messages is not None:
            price = each if isinstance(each, float) else each[0].price
            a_message = needs.messages.mean_minutes / 60

            def messages(usage: Usage) -> float:
                return usage.after_hours / a_message * WEEKS_A_MONTH

            keys = ("after_hours", "per.messages")
            yield self.line("watch", why, 0.0, "message", price * more, *keys, billed=messages)
            return
        rate = source.rate
        included = source.weekly_included * WEEKS_A_MONTH
        if rate is None and 0 < included < inf:
            rate = source.retainer / included
        if rate is None:
            return

        def hours(usage: Usage) -> float:
            return usage.after_hours * WEEKS_A_MONTH

        keys = ("after_hours", source.rate_key)
        yield self.line("watch", why, 0.0, "h", rate * more, *keys, billed=hours)


def _a_month(pack: Hours) -> float:
    """Days or hours a month of a pack."""
    return pack.amount / 12 if pack.per == "year" else pack.amount


def _time_words(included: bool, agreed: bool, length: float) -> str:
    text = say("hours of work")
    if agreed:
        text = say("hours of work beyond those agreed")
    elif included:
        text = say("hours of work beyond those included")
    if not length:
        return text
    return listed([text, say("in days of {hours} h", hours=written(f"{length:g}"))])


def _after_hours_words(more: float) -> str:
    share = written(f"{more:.0%}")
    return say("messages outside office hours, {share} on top of the rate", share=share)


def _days_agreed() -> str:
    return say("days agreed")


def _hours_agreed() -> str:
    return say("hours agreed")


def _on_watch() -> str:
    return say("being on watch")


def _watched() -> str:
    return say("hours of cover on watch")


def _on_call() -> str:
    return say("weekends on call")
