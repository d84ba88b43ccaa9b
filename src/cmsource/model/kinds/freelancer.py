"""Freelancers: one person, who bills what is worked."""

from cmsource.model.providers import provider
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.freelancer import Freelancer


def resource(source: Freelancer, setting: Setting) -> Resource:
    """The resource of a freelancer."""
    return provider(
        source,
        setting,
        depth=1 - source.planned_absence,
        absent=source.unplanned_absence,
        seats=1,
        rostered=1 - source.planned_absence,
    )
