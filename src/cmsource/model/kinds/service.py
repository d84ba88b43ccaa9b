"""Providers: agencies, freelancers and coaches, who bill what they do."""

from collections.abc import Callable
from functools import partial
from math import inf
from typing import NamedTuple

from cmsource.model.kinds.staff import own_time
from cmsource.model.resource import Commitment, CostLine, Resource, Usage, Words, by_year
from cmsource.model.setting import Setting, days_of_duty
from cmsource.scenario.sources import Service, Source

_HOURS_A_MONTH = 52 / 12


def service(source: Source, setting: Setting) -> Resource:
    """The resource of a provider."""
    terms = source.terms
    assert isinstance(terms, Service)
    replaced = source.kind == "agency"
    depth = terms.depth if replaced else 1 - terms.planned_absence
    absent = 1 - terms.service_level if replaced else terms.unplanned_absence
    on_watch = bool(source.on_duty)

    def costs(year: int) -> tuple[CostLine, ...]:
        prices = _Prices(terms, setting, year, setting.vendors(year))
        lines = _fees(prices, source)
        lines += _standing_watch(prices, source)
        lines += _after_hours(prices, source)
        if terms.setup:
            price = terms.setup
            lines.append(
                prices.line("setup", "setting up, once", 1, "time", price, "setup", once=True)
            )
        if terms.coordination.amount:
            why = "in-house time to steer the provider"
            refs = partial(terms.origins.refs, "coordination")
            lines.append(own_time(setting, terms.coordination, year, why, refs))
        return tuple(lines)

    return Resource(
        name=source.name,
        in_house=False,
        replaced=replaced,
        headcount=1,
        depth=depth if on_watch else 0.0,
        depth_less_one=0.0,
        absent=absent,
        duty=source.on_duty,
        capacity=_capacity(terms, source),
        contract=0.0,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=1 if source.kind == "freelancer" else 0,
        costs=by_year(costs),
        commitment=_commitment(terms, source, setting) if terms.min_months > 0 else None,
        answer_delay=source.answer_delay,
        escalates=source.escalates,
        escalation_delay=source.escalation_delay,
    )


def _commitment(terms: Service, source: Source, setting: Setting) -> Commitment | None:
    """The shortest time to be paid for; None where nothing is paid whatever happens."""
    standing = _standing_watch(_Prices(terms, setting, 0, 1.0), source)
    monthly = terms.retainer + sum([line.quantity * line.unit_price for line in standing])
    owed = partial(terms.origins.refs, "min_months", "retainer", "watch")
    return Commitment(terms.min_months, monthly, owed) if monthly > 0 else None


def _capacity(terms: Service, source: Source) -> float:
    """Hours of work a week at most: the ceiling, or the included hours where no rate is agreed."""
    days = days_of_duty(source)
    ceiling = terms.max_hours.weekly(days) if terms.max_hours is not None else inf
    if terms.rate is None and terms.included is not None:
        ceiling = min(ceiling, terms.included.weekly(days))
    return ceiling


def _included(terms: Service, source: Source) -> float:
    """Hours of work a month inside the retainer; infinite for an all-inclusive retainer."""
    if terms.included is not None:
        return terms.included.weekly(days_of_duty(source)) * _HOURS_A_MONTH
    return 0.0 if terms.rate is not None else inf


class _Prices(NamedTuple):
    """The terms of a provider in a year of the horizon, and how far its prices have risen."""

    terms: Service
    setting: Setting
    year: int
    risen: float

    def line(
        self,
        category: str,
        why: str,
        quantity: float,
        unit: str,
        price: float,
        *keys: str,
        once: bool = False,
        billed: Callable[[Usage], float] | None = None,
    ) -> CostLine:
        """A rule of cost at this year's prices; the keys are those its numbers came from."""
        words = partial(self._words, why, keys)
        risen = self.risen
        return CostLine(category, quantity, unit, price, words, risen, once=once, billed=billed)

    def _words(self, why: str, keys: tuple[str, ...]) -> Words:
        risen = self.setting.price_refs("vendors", self.year)
        return Words(why, self.terms.origins.refs(*keys) + risen)


def _fees(prices: _Prices, source: Source) -> list[CostLine]:
    """The retainer, the days agreed, and the hours that go beyond what is included."""
    terms = prices.terms
    lines = []
    if terms.retainer:
        lines.append(prices.line("fees", "retainer", 1, "month", terms.retainer, "retainer"))
    rate = terms.rate
    if rate is None:
        return lines
    length = terms.day_length / 60
    if terms.days > 0:
        price = terms.day_rate if terms.day_rate is not None else rate * length
        lines.append(
            prices.line("fees", "days agreed", terms.days, "day", price, "days", terms.rate_key)
        )
    included = _included(terms, source)

    def hours(usage: Usage) -> float:
        return max(0.0, usage.total * _HOURS_A_MONTH - included)

    def days(usage: Usage) -> float:
        return hours(usage) / length

    why = "hours of work" + (" beyond those included" if included > 0 else "")
    if terms.hourly_rate is not None:
        price = terms.hourly_rate
        lines.append(
            prices.line("fees", why, 0.0, "h", price, "hourly_rate", "included", billed=hours)
        )
    else:
        why += f", in days of {length:g} h"
        keys = ("day_rate", "day_length", "included")
        price = terms.day_rate or 0.0
        lines.append(prices.line("fees", why, 0.0, "day", price, *keys, billed=days))
    return lines


def _standing_watch(prices: _Prices, source: Source) -> tuple[CostLine, ...]:
    """The price of being on watch, whatever happens: a month, or an hour of cover."""
    watch = prices.terms.watch
    if watch is None:
        return ()
    if watch.per == "month":
        return (prices.line("watch", "being on watch", 1, "month", watch.amount, "watch"),)
    cover = prices.setting.scenario.needs.cover
    hours = source.on_duty.intersection(cover).hours * _HOURS_A_MONTH
    why = "hours of cover on watch"
    return (prices.line("watch", why, hours, "h", watch.amount, "watch", "on_duty"),)


def _after_hours(prices: _Prices, source: Source) -> tuple[CostLine, ...]:
    """What answering outside office hours costs on top of the rate."""
    terms = prices.terms
    if terms.after_hours <= 1:
        return ()
    rate = terms.rate
    included = _included(terms, source)
    if rate is None and 0 < included < inf:
        rate = terms.retainer / included
    if rate is None:
        return ()
    more = terms.after_hours - 1
    return (
        prices.line(
            "watch",
            f"messages outside office hours, {more:.0%} on top of the rate",
            0.0,
            "h",
            rate * more,
            "after_hours",
            terms.rate_key,
            billed=lambda usage: usage.after_hours * _HOURS_A_MONTH,
        ),
    )
