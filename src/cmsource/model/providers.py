"""What providers have in common: they bill what they do."""

from collections.abc import Callable
from functools import partial
from math import inf
from typing import NamedTuple

from cmsource.model.resource import (
    Commitment,
    CostLine,
    Costs,
    Explanation,
    Resource,
    Usage,
    by_year,
)
from cmsource.model.setting import Setting
from cmsource.scenario.provider import Provider
from cmsource.values.language import listed, say
from cmsource.values.written import written

HOURS_A_MONTH = 52 / 12


def provider(
    source: Provider,
    costs: Costs,
    *,
    depth: float,
    absent: float,
    capacity: float,
    seats: int = 0,
    commitment: Commitment | None = None,
    dear_after_hours: bool = False,
) -> Resource:
    """The resource of a provider.

    Args:
        source: the provider.
        costs: its rules of cost in a year of the horizon.
        depth: people that it keeps on each hour of duty.
        absent: chance that one of them is not there.
        capacity: hours of work a week at most.
        seats: seats of tools that it needs.
        commitment: what leaving early costs.
        dear_after_hours: whether its work outside office hours costs more.
    """
    return Resource(
        name=source.name,
        in_house=False,
        replaced=source.replaced,
        headcount=1,
        depth=depth if source.on_duty else 0.0,
        depth_less_one=0.0,
        absent=absent,
        duty=source.on_duty,
        capacity=capacity,
        contract=0.0,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=seats,
        costs=by_year(costs),
        commitment=commitment,
        answer_delay=source.answer_delay,
        escalates=source.escalates,
        escalation_delay=source.escalation_delay,
        dear_after_hours=dear_after_hours,
    )


def ceiling(source: Provider) -> float:
    """Hours of work a week that are agreed on at most; infinite without such a number."""
    most = source.max_hours
    return most.weekly(source.days_of_duty) if most is not None else inf


def _setting_up() -> str:
    return say("setting up, once")


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

    def line(
        self,
        category: str,
        why: Callable[[], str],
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

    def _words(self, why: Callable[[], str], keys: tuple[str, ...]) -> Explanation:
        risen = self.setting.price_refs("vendors", self.year)
        return Explanation(why(), self.source.origins.refs(*keys) + risen)

    def work(self, included: float = 0.0) -> list[CostLine]:
        """The hours or days of work beyond those a month that are included elsewhere."""
        source = self.source
        length = source.day_length / 60

        def hours(usage: Usage) -> float:
            return max(0.0, usage.total * HOURS_A_MONTH - included)

        def days(usage: Usage) -> float:
            return hours(usage) / length

        def why() -> str:
            text = say("hours of work")
            if included > 0:
                text = say("hours of work beyond those included")
            if source.hourly_rate is not None:
                return text
            return listed([text, say("in days of {hours} h", hours=written(f"{length:g}"))])

        keys: tuple[str, ...]
        price = source.hourly_rate
        if price is not None:
            keys = ("hourly_rate", "included")
            return [self.line("fees", why, 0.0, "h", price, *keys, billed=hours)]
        price = source.day_rate
        if price is None:
            return []
        keys = ("day_rate", "day_length", "included")
        return [self.line("fees", why, 0.0, "day", price, *keys, billed=days)]

    def setup(self, price: float) -> list[CostLine]:
        """What starting costs."""
        if not price:
            return []
        why = _setting_up
        return [self.line("setup", why, 1, "time", price, "setup", once=True)]
