"""Freelancers: one person who bills hours or days."""

from cmsource.model.providers import Prices, ceiling, provider
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.freelancer import Freelancer


def resource(source: Freelancer, setting: Setting) -> Resource:
    """The resource of a freelancer."""

    def costs(year: int) -> tuple[CostLine, ...]:
        prices = Prices.of(source, setting, year)
        return (*prices.work(), *prices.setup(source.setup))

    return provider(
        source,
        costs,
        depth=1 - source.planned_absence,
        absent=source.unplanned_absence,
        capacity=ceiling(source),
        seats=1,
    )
