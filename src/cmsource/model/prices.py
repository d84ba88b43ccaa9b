"""What a provider bills: the parts of its prices, each as lines of the ledger."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import inf
from typing import NamedTuple

from cmsource.model.resource import CostLine, Explanation, Usage
from cmsource.model.setting import Setting
from cmsource.model.volumes import HOURS_A_MONTH, Volume, Volumes
from cmsource.scenario.provider import Provider
from cmsource.scenario.tiers import Step, Tier, Tiers, steps
from cmsource.values.language import listed, say
from cmsource.values.quantities import Hours, in_full
from cmsource.values.week_reader import parse_week
from cmsource.values.written import written

_NOISE = 1e-9
_WEEKENDS = parse_week("sat-sun 00:00-24:00")
_WEEKENDS_A_MONTH = 52 / 12

_WHAT = {"messages": say("messages"), "hours": say("hours of work")}
"""What is counted that is no activity of the user's."""


class Prices(NamedTuple):
    """The prices of a provider in a year of the horizon.

    Attributes:
        source: the provider.
        setting: where.
        year: of the horizon, from 0.
        risen: how far its prices have risen.
    """

    source: Provider
    setting: Setting
    year: int
    risen: float

    @classmethod
    def of(cls, source: Provider, setting: Setting, year: int) -> "Prices":
        """The prices of a year."""
        return cls(source, setting, year, setting.vendors(year))

    def lines(self) -> list[CostLine]:
        """All that it bills, part by part."""
        return [
            *self._retainer(),
            *self._packages(),
            *self._pack(),
            *self._time(),
            *self._pieces(),
            *self._watch(),
            *self._after_hours(),
            *self._ads(),
            *self._setup(),
        ]

    def committed(self, usage: Usage) -> float:
        """What a month costs whatever is done, at the prices of the first year.

        That is the retainer, the package of the work done last, days or hours agreed on, the watch,
        and the least fee for ads.
        """
        lines = [*self._retainer(), *self._packages(), *self._pack(), *self._watch()]
        monthly = sum(
            [
                (line.quantity if line.billed is None else line.billed(usage)) * line.unit_price
                for line in lines
            ]
        )
        fee = self.source.ad_spend
        return monthly + (0.0 if fee is None else fee.minimum * self._factor)

    def committed_pack(self) -> float:
        """The part of that for days or hours agreed on."""
        return sum([line.quantity * line.unit_price for line in self._pack()])

    @property
    def _volumes(self) -> Volumes:
        return Volumes(self.source, self.setting.scenario.needs)

    @property
    def _factor(self) -> float:
        """What is left of a price after the discount for the commitment."""
        return 1 - self.source.commits[1]

    def _line(
        self,
        category: str,
        why: Callable[[], str],
        quantity: float,
        unit: str,
        price: float,
        *keys: str,
        tier: Tier | None = None,
        billed: Volume | None = None,
        yearly: float = 0.0,
    ) -> CostLine:
        """A rule of cost at this year's prices; the keys are those its numbers came from."""
        name, share = self.source.commits
        if share:
            keys = (*keys, "min_months", f"discount.{name}")
            why = partial(_discounted, why, share, self.source.min_months)
            price *= 1 - share
        return CostLine(
            category,
            quantity,
            unit,
            price,
            partial(self._words, why, keys, tier),
            self.risen,
            billed=billed,
            yearly=yearly,
        )

    def _words(
        self, why: Callable[[], str], keys: tuple[str, ...], tier: Tier | None
    ) -> Explanation:
        refs = self.source.origins.refs(*keys)
        if tier is not None:
            refs = (*tier.origins.refs("price", "up_to"), *refs)
        return Explanation(why(), refs + self.setting.price_refs("vendors", self.year))

    def _by_tier(
        self,
        category: str,
        why: Callable[[], str],
        unit: str,
        tiers: Tiers,
        volume: Volume,
        *keys: str,
    ) -> Iterator[CostLine]:
        """A line for each tier of a price, by how much there is in a month."""
        whole = self.source.tiers == "whole"
        part = _whole if whole else _marginal
        for step, tier in zip(steps(tiers), tiers, strict=True):
            yield self._line(
                category,
                partial(_tier_words, why, step, whole),
                0.0,
                unit,
                step.price,
                *keys,
                tier=tier,
                billed=partial(part, volume, step),
            )

    # What is paid whatever is done --------------------------------------------------------------

    def _retainer(self) -> list[CostLine]:
        source = self.source
        if not source.retainer:
            return []
        keys = ["retainer"]
        assumed = source.origins.get("included")
        if assumed is not None and assumed.fact is not None:
            keys.append("included")  # how much it buys is open, so all of it rests on that
        return [self._line("fees", _the_retainer, 1, "month", source.retainer, *keys)]

    def _packages(self) -> Iterator[CostLine]:
        """A monthly price by how much there is of something, the smallest where there is none."""
        counts = self.setting.scenario.needs.counts
        for name, packages in self.source.packages.items():
            volume = self._volumes.of(name)
            found = list(steps(packages))
            for number, (step, package) in enumerate(zip(found, packages, strict=True)):
                above = -inf if not number else step.above
                up_to = inf if number == len(found) - 1 else step.up_to
                held = Step(above, up_to, step.price)
                yield self._line(
                    "fees",
                    partial(_package_words, name, step, name not in counts),
                    0.0,
                    "month",
                    step.price,
                    tier=package,
                    billed=partial(_chosen, volume, held),
                )

    def _pack(self) -> list[CostLine]:
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
        return [self._line("fees", why, _a_month(pack), unit, price, *keys)]

    @property
    def _has_time_tiers(self) -> bool:
        return isinstance(getattr(self.source, self.source.rate_key), tuple)

    # What is paid for work done -----------------------------------------------------------------

    def _time(self) -> Iterator[CostLine]:
        """The hours or days of work beyond those that are included or agreed on."""
        source = self.source
        price = getattr(source, source.rate_key)
        included = self._volumes.included_hours
        if price is None or included == inf:
            return
        by_day = source.rate_key == "day_rate"
        length = source.day_length / 60
        unit = length if by_day else 1.0  # hours of what is billed
        hours = self._volumes.timed_hours
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
            yield from self._by_tier("fees", words, name, price, at_least, *keys[1:], key)
        elif pack is not None and pack.per == "year" and agreed > 0:
            yield self._line(
                "fees", why, 0.0, name, price, *keys, billed=worked, yearly=agreed * 12 / unit
            )
        else:
            yield self._line("fees", why, 0.0, name, price, *keys, billed=beyond)

    def _pieces(self) -> Iterator[CostLine]:
        """What is billed by the piece, beyond what is included."""
        for name, price in self.source.per.items():
            unit = "message" if name == "messages" else name
            included = self._volumes.included(name)
            volume = self._volumes.beyond(name)
            why = partial(_piece_words, name, included > 0)
            keys = (f"per.{name}", f"included.{name}")
            if isinstance(price, tuple):
                yield from self._by_tier("fees", why, unit, price, volume, *keys[1:])
            else:
                yield self._line("fees", why, 0.0, unit, price, *keys, billed=volume)

    # Being on watch -----------------------------------------------------------------------------

    def _watch(self) -> list[CostLine]:
        """The price of being on watch: a month, an hour of cover, a weekend with any of them."""
        watch = self.source.watch
        if watch is None or not watch.amount:
            return []
        if watch.per == "month":
            return [self._line("watch", _on_watch, 1, "month", watch.amount, "watch")]
        watched = self.source.on_duty.intersection(self.setting.scenario.needs.cover)
        keys = ("watch", "on_duty")
        if watch.per == "weekend":
            some = bool(watched.intersection(_WEEKENDS))
            weekends = _WEEKENDS_A_MONTH if some else 0.0
            return [self._line("watch", _on_call, weekends, "weekend", watch.amount, *keys)]
        hours = watched.hours * HOURS_A_MONTH
        return [self._line("watch", _watched, hours, "h", watch.amount, *keys)]

    def _after_hours(self) -> Iterator[CostLine]:
        """What answering outside office hours costs on top of the price."""
        source, needs = self.source, self.setting.scenario.needs
        if source.after_hours <= 1:
            return
        more = source.after_hours - 1
        why = partial(_after_hours_words, more)
        each = source.per.get("messages")
        if each is not None and needs.messages is not None:
            price = each if isinstance(each, float) else each[0].price
            a_message = needs.messages.minutes_each / 60

            def messages(usage: Usage) -> float:
                return usage.after_hours / a_message * HOURS_A_MONTH

            keys = ("after_hours", "per.messages")
            yield self._line("watch", why, 0.0, "message", price * more, *keys, billed=messages)
            return
        rate = source.rate
        included = source.weekly_included * HOURS_A_MONTH
        if rate is None and 0 < included < inf:
            rate = source.retainer / included
        if rate is None:
            return

        def hours(usage: Usage) -> float:
            return usage.after_hours * HOURS_A_MONTH

        keys = ("after_hours", source.rate_key)
        yield self._line("watch", why, 0.0, "h", rate * more, *keys, billed=hours)

    # Ads and setting up -------------------------------------------------------------------------

    def _ads(self) -> list[CostLine]:
        """A share of what is spent on ads, or the least fee; what is spent does not rise."""
        fee, spent = self.source.ad_spend, self.setting.scenario.needs.ad_spend or 0.0
        if fee is None:
            return []
        if spent * fee.share < fee.minimum * self.risen:
            why, price = _least_for_ads, fee.minimum
            refs = fee.origins.refs("minimum", "share")
            line = self._line("fees", why, 1, "month", price)
        else:
            refs = fee.origins.refs("share")
            line = self._line("fees", _share_of_ads, spent, "of ads", fee.share)
            line = line._replace(price_index=1.0)
        refs += self.setting.scenario.needs.origins.refs("ad_spend")
        return [line._replace(explain=partial(_with_refs, line.explain, refs))]

    def _setup(self) -> list[CostLine]:
        """What starting costs."""
        price = self.source.setup
        if not price:
            return []
        words = partial(self._words, _setting_up, ("setup",), None)
        return [CostLine("setup", 1, "time", price, words, self.risen, once=True)]


def _a_month(pack: Hours) -> float:
    """Days or hours a month of a pack."""
    return pack.amount / 12 if pack.per == "year" else pack.amount


# How much of a volume is in a tier --------------------------------------------------------------


def _marginal(volume: Volume, step: Step, usage: Usage) -> float:
    return max(0.0, min(volume(usage), step.up_to) - step.above)


def _whole(volume: Volume, step: Step, usage: Usage) -> float:
    return volume(usage) if _is_in(step, volume(usage)) else 0.0


def _chosen(volume: Volume, step: Step, usage: Usage) -> float:
    return float(_is_in(step, volume(usage)))


def _is_in(step: Step, amount: float) -> bool:
    """Whether an amount is in a tier, but for the noise of how it was worked out."""
    return step.above * (1 + _NOISE) < amount <= step.up_to * (1 + _NOISE)


# What is said of the lines ----------------------------------------------------------------------


def _discounted(why: Callable[[], str], share: float, months: float) -> str:
    off = written(f"{share * 100:.10g}%")
    said = say("{share} off for {count} months", share=off, count=written(in_full(months)))
    return listed([why(), said])


def _tier_words(why: Callable[[], str], step: Step, whole: bool) -> str:
    above, up_to = (written(in_full(bound)) for bound in (step.above, step.up_to))
    if step.up_to == inf:
        bounds = say("above {above} a month", above=above)
    elif step.above:
        bounds = say("above {above} and up to {up_to} a month", above=above, up_to=up_to)
    else:
        bounds = say("up to {up_to} a month", up_to=up_to)
    if whole:
        bounds = say("all at the price for {bounds}", bounds=bounds)
    return listed([why(), bounds])


def _package_words(name: str, step: Step, a_month: bool) -> str:
    above, up_to = (written(in_full(bound)) for bound in (step.above, step.up_to))
    what = _WHAT.get(name, name)
    if step.up_to == inf and not step.above:
        return say("package, whatever the number of {what}", what=what)
    if step.up_to == inf and a_month:
        return say("package for more than {above} {what} a month", above=above, what=what)
    if step.up_to == inf:
        return say("package for more than {above} {what}", above=above, what=what)
    if a_month:
        return say("package for up to {up_to} {what} a month", up_to=up_to, what=what)
    return say("package for up to {up_to} {what}", up_to=up_to, what=what)


def _time_words(included: bool, agreed: bool, length: float) -> str:
    text = say("hours of work")
    if agreed:
        text = say("hours of work beyond those agreed")
    elif included:
        text = say("hours of work beyond those included")
    if not length:
        return text
    return listed([text, say("in days of {hours} h", hours=written(f"{length:g}"))])


def _piece_words(name: str, included: bool) -> str:
    if included:
        return say("{what} beyond those included", what=_WHAT.get(name, name))
    return say("{what} by the piece", what=_WHAT.get(name, name))


def _after_hours_words(more: float) -> str:
    share = written(f"{more:.0%}")
    return say("messages outside office hours, {share} on top of the rate", share=share)


def _with_refs(explain: Callable[[], Explanation], refs: Sequence[str]) -> Explanation:
    said = explain()
    return said._replace(refs=(*refs, *said.refs))


def _the_retainer() -> str:
    return say("retainer")


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


def _share_of_ads() -> str:
    return say("running ads; what is spent on them is in no total")


def _least_for_ads() -> str:
    return say("running ads, the least fee; what is spent on them is in no total")


def _setting_up() -> str:
    return say("setting up, once")
