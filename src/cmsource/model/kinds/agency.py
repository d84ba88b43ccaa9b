"""Agencies: a retainer, work beyond what it includes, and a watch."""

from functools import partial
from math import inf

from cmsource.model.providers import HOURS_A_MONTH, Prices, ceiling, provider
from cmsource.model.resource import Commitment, CostLine, Resource
from cmsource.model.setting import Setting
from cmsource.model.staff import own_time
from cmsource.scenario.kinds.agency import Agency
from cmsource.values.language import say
from cmsource.values.written import written


def resource(source: Agency, setting: Setting) -> Resource:
    """The resource of an agency."""

    def costs(year: int) -> tuple[CostLine, ...]:
        prices = Prices.of(source, setting, year)
        lines = _retainer(source, prices)
        lines += prices.work(source.weekly_included * HOURS_A_MONTH)
        lines += _watch(source, prices)
        lines += _after_hours(source, prices)
        lines += prices.setup(source.setup)
        if source.coordination.amount:
            refs = partial(source.origins.refs, "coordination")
            lines.append(own_time(setting, source.coordination, year, _steering, refs))
        return tuple(lines)

    capacity = ceiling(source)
    if source.rate is None and source.included is not None:
        capacity = min(capacity, source.weekly_included)
    return provider(
        source,
        costs,
        depth=source.depth,
        absent=1 - source.service_level,
        capacity=capacity,
        commitment=_commitment(source, setting) if source.min_months > 0 else None,
        dear_after_hours=source.after_hours > 1,
    )


def _steering() -> str:
    return say("in-house time to steer the provider")


def _commitment(source: Agency, setting: Setting) -> Commitment | None:
    """The shortest time to be paid for; None where nothing is paid whatever happens."""
    watch = _watch(source, Prices(source, setting, 0, 1.0))
    monthly = source.retainer + sum([line.quantity * line.unit_price for line in watch])
    owed = partial(source.origins.refs, "min_months", "retainer", "watch")
    return Commitment(source.min_months, monthly, owed) if monthly > 0 else None


def _retainer(source: Agency, prices: Prices) -> list[CostLine]:
    if not source.retainer:
        return []
    keys = ["retainer"]
    assumed = source.origins.get("included")
    if assumed is not None and assumed.fact is not None:
        keys.append("included")  # how much it buys is open, so all of it rests on that
    why = _the_retainer
    return [prices.line("fees", why, 1, "month", source.retainer, *keys)]


def _the_retainer() -> str:
    return say("retainer")


def _on_watch() -> str:
    return say("being on watch")


def _watched() -> str:
    return say("hours of cover on watch")


def _watch(source: Agency, prices: Prices) -> list[CostLine]:
    """The price of being on watch, whatever happens: a month, or an hour of cover."""
    watch = source.watch
    if watch is None or not watch.amount:
        return []
    if watch.per == "month":
        return [prices.line("watch", _on_watch, 1, "month", watch.amount, "watch")]
    cover = prices.setting.scenario.needs.cover
    hours = source.on_duty.intersection(cover).hours * HOURS_A_MONTH
    return [prices.line("watch", _watched, hours, "h", watch.amount, "watch", "on_duty")]


def _after_hours(source: Agency, prices: Prices) -> list[CostLine]:
    """What answering outside office hours costs on top of the rate."""
    if source.after_hours <= 1:
        return []
    rate = source.rate
    included = source.weekly_included * HOURS_A_MONTH
    if rate is None and 0 < included < inf:
        rate = source.retainer / included
    if rate is None:
        return []
    more = source.after_hours - 1

    def why() -> str:
        share = written(f"{more:.0%}")
        return say("messages outside office hours, {share} on top of the rate", share=share)

    return [
        prices.line(
            "watch",
            why,
            0.0,
            "h",
            rate * more,
            "after_hours",
            source.rate_key,
            billed=lambda usage: usage.after_hours * HOURS_A_MONTH,
        )
    ]
