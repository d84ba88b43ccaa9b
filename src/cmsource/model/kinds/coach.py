"""Coaches: days that are agreed on, and work where they do any."""

from cmsource.model.providers import Prices, ceiling, provider
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.coach import Coach
from cmsource.values.language import say


def resource(source: Coach, setting: Setting) -> Resource:
    """The resource of a coach."""

    def costs(year: int) -> tuple[CostLine, ...]:
        prices = Prices.of(source, setting, year)
        return (*_days(source, prices), *prices.work(), *prices.setup(source.setup))

    return provider(source, costs, depth=1.0, absent=0.0, capacity=ceiling(source))


def _agreed() -> str:
    return say("days agreed")


def _days(source: Coach, prices: Prices) -> list[CostLine]:
    """The days agreed on."""
    if source.rate is None or source.days <= 0:
        return []
    price = source.day_rate
    if price is None:
        price = source.rate * (source.day_length / 60)
    keys = ("days", source.rate_key)
    return [prices.line("fees", _agreed, source.days, "day", price, *keys)]
