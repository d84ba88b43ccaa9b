"""Kinds of sources, each translated into a `Resource`: one module a family of terms."""

from cmsource.model.kinds.colleague import colleague
from cmsource.model.kinds.employee import employee
from cmsource.model.kinds.intern import intern
from cmsource.model.kinds.service import service
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


def translate(source: Source, setting: Setting) -> Resource:
    """The resource that a source is."""
    return _TRANSLATIONS[source.kind](source, setting)
