"""Agencies: they bill, keep people on duty, and take time to be steered."""

from functools import partial

from cmsource.model.providers import provider
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting
from cmsource.model.staff import own_time
from cmsource.scenario.kinds.agency import Agency
from cmsource.values.language import say


def resource(source: Agency, setting: Setting) -> Resource:
    """The resource of an agency."""

    def steering(year: int) -> tuple[CostLine, ...]:
        if not source.coordination.amount:
            return ()
        refs = partial(source.origins.refs, "coordination")
        return (own_time(setting, source.coordination, year, _steering, refs),)

    return provider(
        source, setting, depth=source.depth, absent=1 - source.service_level, beside=steering
    )


def _steering() -> str:
    return say("in-house time to steer the provider")
