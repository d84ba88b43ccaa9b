"""What is billed: the parts of its prices, each as lines of the ledger."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import inf
from typing import Generic, Self, TypeVar

from cmsource.model.resource import CostLine, Counted, Explanation, Usage
from cmsource.model.setting import Setting
from cmsource.model.volumes import Volume, Volumes
from cmsource.scenario.biller import MESSAGES, RESOLUTIONS, Biller
from cmsource.scenario.tiers import Step, Tier, Tiers, steps
from cmsource.values.language import counted, listed, say
from cmsource.values.quantities import in_full
from cmsource.values.written import written

Seller = TypeVar("Seller", bound=Biller)

_NOISE = 1e-9

_WHAT = {
    MESSAGES: say("messages"),
    RESOLUTIONS: say("resolutions"),
    "hours": say("hours of work"),
}
"""What is counted that is no activity of the user's."""

_UNITS = {MESSAGES: "message", RESOLUTIONS: "resolution"}
"""What one of them is called in the ledger; of an activity, what the user calls it."""


class Prices(Generic[Seller]):
    """The prices of a biller in a year of the horizon.

    Args:
        source: who bills.
        setting: where.
        year: of the horizon, from 0.
        risen: how far the prices have risen.
    """

    def __init__(self, source: Seller, setting: Setting, year: int, risen: float) -> None:
        self.source = source
        self.setting = setting
        self.year = year
        self.risen = risen

    @classmethod
    def of(cls, source: Seller, setting: Setting, year: int) -> Self:
        """The prices of a year."""
        return cls(source, setting, year, setting.vendors(year))

    def lines(self) -> list[CostLine]:
        """All that is billed, part by part."""
        return [*self.agreed(), *self.pieces(), *self.ads(), *self.setup()]

    def agreed(self) -> list[CostLine]:
        """What is paid whatever is done: fees, and packages by how much there is."""
        return [*self.fees(), *self.packages()]

    def committed(self, usage: Usage) -> float:
        """What a month costs whatever is done, at the prices of the first year.

        That is what is agreed on, of packages that of the work done last, and the least fee for
        ads.
        """
        monthly = sum(
            [
                (line.quantity if line.billed is None else line.billed(usage)) * line.unit_price
                for line in self.agreed()
            ]
        )
        fee = self.source.ad_spend
        return monthly + (0.0 if fee is None else fee.minimum * self._factor)

    @property
    def volumes(self) -> Volumes:
        """How much there is of what is billed."""
        return Volumes(self.source, self.setting.scenario.needs)

    @property
    def _factor(self) -> float:
        """What is left of a price after the discount for the commitment."""
        return 1 - self.source.commits[1]

    def line(
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

    def by_tier(
        self,
        category: str,
        why: Callable[[], str],
        unit: str,
        tiers: Tiers,
        volume: Volume,
        *keys: str,
        counted: Counted | None = None,
    ) -> Iterator[CostLine]:
        """A line for each tier of a price, by how much there is in a month."""
        whole = self.source.tiers == "whole"
        part = _whole if whole else _marginal
        rises = _sure_rises(tiers)
        for step, tier, rise in zip(steps(tiers), tiers, rises, strict=True):
            line = self.line(
                category,
                partial(_tier_words, why, step, whole),
                0.0,
                unit,
                step.price,
                *keys,
                tier=tier,
                billed=partial(part, volume, step),
            )._replace(counted=counted)
            yield line._replace(surely=partial(_above, volume, step, rise)) if whole else line

    # What is paid whatever is done --------------------------------------------------------------

    def fees(self) -> Iterator[CostLine]:
        """What a month costs."""
        source = self.source
        assumed = source.origins.get("included")
        most = getattr(source, "max_hours", None)
        keys = []
        if assumed is not None and assumed.fact is not None and (most is None or most.amount):
            keys.append("included")  # how much it buys is open, so all of it rests on that
        for key, fee in source.fees.items():
            if fee:
                yield self.line("fees", _FEES[key], 1, "month", fee, key, *keys)

    def packages(self) -> Iterator[CostLine]:
        """A monthly price by how much there is of something, the smallest where there is none."""
        counts = self.setting.scenario.needs.counts
        for name, packages in self.source.packages.items():
            volume = self.volumes.of(name)
            found = list(zip(steps(packages), packages, _sure_rises(packages), strict=True))
            for number, (step, package, rise) in enumerate(found):
                above = -inf if not number else step.above
                up_to = inf if number == len(found) - 1 else step.up_to
                held = Step(above, up_to, step.price)
                line = self.line(
                    "fees",
                    partial(_package_words, name, step, name not in counts),
                    0.0,
                    "month",
                    step.price,
                    tier=package,
                    billed=partial(_chosen, volume, held),
                )
                sure = None if name in counts else partial(_begun, volume, held, rise)
                yield line._replace(surely=sure, counted=self.volumes.counted(name))

    def pieces(self) -> Iterator[CostLine]:
        """What is billed by the piece, beyond what is included."""
        for name, price, key, depends in self.source.pieces():
            unit = _UNITS.get(name, name)
            included = self.volumes.included(name)
            volume = self.volumes.beyond(name)
            why = partial(_piece_words, name, included > 0)
            keys = (*depends, f"included.{name}")
            counted = self.volumes.counted(name)
            if isinstance(price, tuple):
                yield from self.by_tier("fees", why, unit, price, volume, *keys, counted=counted)
                continue
            line = self.line("fees", why, 0.0, unit, price, key, *keys, billed=volume)
            yield line._replace(counted=counted._replace(even=not included))

    # Ads and setting up -------------------------------------------------------------------------

    def ads(self) -> list[CostLine]:
        """A share of what is spent on ads, or the least fee; what is spent does not rise."""
        fee, spent = self.source.ad_spend, self.setting.scenario.needs.ad_spend or 0.0
        if fee is None:
            return []
        if spent * fee.share < fee.minimum * self.risen:
            why, price = _least_for_ads, fee.minimum
            refs = fee.origins.refs("minimum", "share")
            line = self.line("fees", why, 1, "month", price)
        else:
            refs = fee.origins.refs("share")
            line = self.line("fees", _share_of_ads, spent, "of ads", fee.share)
            line = line._replace(price_index=1.0)
        refs += self.setting.scenario.needs.origins.refs("ad_spend")
        return [line._replace(explain=partial(with_refs, line.explain, refs))]

    def setup(self) -> list[CostLine]:
        """What starting costs."""
        price = self.source.setup
        if not price:
            return []
        words = partial(self._words, _setting_up, ("setup",), None)
        return [CostLine("setup", 1, "time", price, words, self.risen, once=True)]


# How much of a volume is in a tier --------------------------------------------------------------


def _marginal(volume: Volume, step: Step, usage: Usage) -> float:
    return max(0.0, min(volume(usage), step.up_to) - step.above)


def _whole(volume: Volume, step: Step, usage: Usage) -> float:
    return volume(usage) if _is_in(step, volume(usage)) else 0.0


def _above(volume: Volume, step: Step, rise: float, usage: Usage) -> float:
    return rise * volume(usage) if _is_past(step, volume(usage)) else 0.0


def _begun(volume: Volume, step: Step, rise: float, usage: Usage) -> float:
    return rise if _is_past(step, volume(usage)) else 0.0


def _sure_rises(tiers: Tiers) -> list[float]:
    """How far the least price from each tier on is above that from the one before on.

    As shares of the tier's own price. Whatever is more than in a tier costs that least price.
    """
    prices = [step.price for step in steps(tiers)]
    least = [min(prices[place:]) for place in range(len(prices))]
    rises = [after - before for before, after in pairwise([0.0, *least])]
    return [rise / price if price else 0.0 for rise, price in zip(rises, prices, strict=True)]


def _chosen(volume: Volume, step: Step, usage: Usage) -> float:
    return float(_is_in(step, volume(usage)))


def _is_in(step: Step, amount: float) -> bool:
    """Whether an amount is in a tier, but for the noise of how it was worked out."""
    return _is_past(step, amount) and amount <= step.up_to * (1 + _NOISE)


def _is_past(step: Step, amount: float) -> bool:
    return step.above * (1 + _NOISE) < amount


# What is said of the lines ----------------------------------------------------------------------


def _discounted(why: Callable[[], str], share: float, months: float) -> str:
    off = written(f"{share * 100:.10g}%")
    said = counted(
        months,
        "{share} off for {count} month",
        "{share} off for {count} months",
        share=off,
        count=written(in_full(months)),
    )
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


def _piece_words(name: str, included: bool) -> str:
    if name == RESOLUTIONS:
        if included:
            return say("messages that it answers beyond those included")
        return say("messages that it answers")
    if included:
        return say("{what} beyond those included", what=_WHAT.get(name, name))
    return say("{what} by the piece", what=_WHAT.get(name, name))


def with_refs(explain: Callable[[], Explanation], refs: Sequence[str]) -> Explanation:
    """What is said of a line, with more references before the others."""
    said = explain()
    return said._replace(refs=(*refs, *said.refs))


def _the_retainer() -> str:
    return say("retainer")


def _a_month() -> str:
    return say("price of a month")


_FEES = {"retainer": _the_retainer, "price": _a_month}
"""What is said of a price of a month, by the key under which it was given."""


def _share_of_ads() -> str:
    return say("running ads; what is spent on them is in no total")


def _least_for_ads() -> str:
    return say("running ads, the least fee; what is spent on them is in no total")


def _setting_up() -> str:
    return say("setting up, once")
