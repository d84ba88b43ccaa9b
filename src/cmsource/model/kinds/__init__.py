"""Kinds of sources, each translated into a `Resource`: one module a family of terms."""

from cmsource.model.kinds.colleague import colleague
from cmsource.model.kinds.employee import employee
from cmsource.model.kinds.intern import intern
from cmsource.model.kinds.service import service
from cmsource.model.memo import Memo
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.sources import Source

_TRANSLATIONS = {
    "employee": employee,
    "apprentice": employee,
    "colleague": colleague,
    "intern": intern,
    "freelancer": service,
    "agency": service,
    "coach": service,
}


_known: Memo[tuple[Resource, Resource]] = Memo(64)


def translate(source: Source, setting: Setting) -> Resource:
    """The resource that a source is."""
    return translated(source, setting)[0]


def translated(source: Source, setting: Setting) -> tuple[Resource, Resource]:
    """The resource that a source is, and the one for all that are alike but for their costs."""
    scenario = setting.scenario
    rests_on = (source, setting.country, scenario.company, scenario.prices, scenario.needs.cover)

    def work_out() -> tuple[Resource, Resource]:
        resource = _TRANSLATIONS[source.kind](source, setting)
        return resource, resource.alike

    return _known(rests_on, setting.own_time, work_out)
