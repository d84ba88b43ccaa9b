"""What each kind of source costs and covers: a module for each, called by the kind's word."""

from importlib import import_module

from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.source import Source


def take_less(source: Source, plain: Source, setting: Setting) -> None:
    """Let a source that is another one but for what it takes be translated with it.

    What a source takes changes nothing of what it costs, which is most of a translation.
    """
    resource = translate(plain, setting)._replace(takes=source.takes)
    setting.resources[id(source)] = source, resource


def translate(source: Source, setting: Setting) -> Resource:
    """The resource that a source is: one and the same in every option that it is in.

    Options share their sources; translated once for a scenario, they make verdicts take 7 % less
    (benchmarks/batch.py, as a table).
    """
    known = setting.resources.get(id(source))
    if known is None:
        # What is said of costs keeps a setting. One without resources, as else they kept each other
        # until they were looked for as garbage.
        kind = import_module(f"{__name__}.{source.kind}")
        resource = kind.resource(source, setting._replace(resources={}))
        # The source is kept beside, so that no other object can come to have its identity.
        known = setting.resources[id(source)] = source, resource
    return known[1]
