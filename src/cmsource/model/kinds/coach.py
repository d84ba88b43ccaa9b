"""Coaches: days that are agreed on, and work where they do any."""

from cmsource.model.providers import provider
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.coach import Coach


def resource(source: Coach, setting: Setting) -> Resource:
    """The resource of a coach."""
    return provider(source, setting, depth=1.0, absent=0.0)
