"""What each kind of source costs and covers: a module for each, called by the kind's word."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from cmsource.model.memo import Memo
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.source import Source

RESOURCES: dict[str, Callable[[Any, Setting], Resource]] = {
    word: import_module(f"{__name__}.{word}").resource for word in KINDS
}
"""What makes a resource of a source, by the word for its kind."""

_known: Memo[tuple[Resource, Resource]] = Memo(64)


def translate(source: Source, setting: Setting) -> Resource:
    """The resource that a source is."""
    return translated(source, setting)[0]


def translated(source: Source, setting: Setting) -> tuple[Resource, Resource]:
    """The resource that a source is, and the one for all that are alike but for their costs."""
    scenario = setting.scenario
    rests_on = (source, setting.country, scenario.company, scenario.prices, scenario.needs.cover)

    def work_out() -> tuple[Resource, Resource]:
        resource = RESOURCES[source.kind](source, setting)
        return resource, resource.alike

    return _known(rests_on, setting.own_time, work_out)
