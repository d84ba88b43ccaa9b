"""Kinds of sources, each translated into a `Resource`: one module a family of terms."""

from cmsource.model.kinds.colleague import colleague
from cmsource.model.kinds.employee import employee
from cmsource.model.kinds.intern import intern
from cmsource.model.kinds.service import service
from cmsource.model.memo import Memo
from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.sources import Source

_TRANSLATIONS = {
    "employee": employee,
    "apprentice": employee,
    "colleague": colleague,
    "intern": intern,
    "freelancer": service,
    "agency": service,
    "coach": service,
}


_known: Memo[Resource] = Memo(64)


def translate(source: Source, setting: Setting) -> Resource:
    """The resource that a source is."""
    scenario = setting.scenario
    rests_on = (source, setting.country, scenario.company, scenario.prices, scenario.needs.cover)
    translation = _TRANSLATIONS[source.kind]
    return _known(rests_on, setting.own_time, lambda: translation(source, setting))
